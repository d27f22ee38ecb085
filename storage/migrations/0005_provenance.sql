-- How a text was made of its original, so that a check finds it there again.

ALTER TABLE texts ADD COLUMN provenance TEXT NOT NULL DEFAULT '{}'; -- JSON of encoding, source, doubts, places

-- Undo puts back whole rows: those of before have the new column too.
UPDATE changes SET old = json_set(old, '$.provenance', '{}') WHERE tbl = 'texts' AND old IS NOT NULL;
UPDATE changes SET new = json_set(new, '$.provenance', '{}') WHERE tbl = 'texts' AND new IS NOT NULL;
