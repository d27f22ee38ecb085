-- Whether a fuzzy mark stands at other words than it marked. Until now nothing
-- told these from the same words in other typography: all are taken to be changed.

ALTER TABLE annotations ADD COLUMN text_changed INTEGER NOT NULL DEFAULT 0; -- 0 or 1; only of fuzzy ones
UPDATE annotations SET text_changed = 1 WHERE state = 'fuzzy';

-- Undo puts back whole rows: those of before have the new column too.
UPDATE changes SET old = json_set(old, '$.text_changed', old ->> '$.state' = 'fuzzy') WHERE tbl = 'annotations' AND old IS NOT NULL;
UPDATE changes SET new = json_set(new, '$.text_changed', new ->> '$.state' = 'fuzzy') WHERE tbl = 'annotations' AND new IS NOT NULL;
