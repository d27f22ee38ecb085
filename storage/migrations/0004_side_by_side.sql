-- Side by side: how strong a relation is and what it rests on, views that were
-- saved, and what a merge moved, so that it can be split again.

ALTER TABLE relations ADD COLUMN strength TEXT NOT NULL DEFAULT ''; -- weak, strong or empty: plain
ALTER TABLE relations ADD COLUMN note TEXT NOT NULL DEFAULT '';     -- Markdown

-- Undo puts back whole rows: those of before have the new columns too.
UPDATE changes SET old = json_set(old, '$.strength', '', '$.note', '') WHERE tbl = 'relations' AND old IS NOT NULL;
UPDATE changes SET new = json_set(new, '$.strength', '', '$.note', '') WHERE tbl = 'relations' AND new IS NOT NULL;

CREATE TABLE relation_with (      -- claims that do it together with from_claim
    relation   TEXT NOT NULL REFERENCES relations (id),
    claim      TEXT NOT NULL REFERENCES claims (id),
    PRIMARY KEY (relation, claim)
) STRICT;
CREATE INDEX relation_with_by_claim ON relation_with (claim);

CREATE TABLE views (              -- a screen with its filter, under a name
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    screen     TEXT NOT NULL,     -- board, dispute, matrix, timeline, map or gaps
    scope      TEXT NOT NULL,     -- JSON of the filter
    created    INTEGER NOT NULL,
    modified   INTEGER NOT NULL,
    trashed    INTEGER,
    trashed_with TEXT
) STRICT;

CREATE TABLE merged (             -- what became of what hung on an actor or claim that was merged away
    other      TEXT NOT NULL,     -- id of the actor or claim that was merged away
    role       TEXT NOT NULL,     -- the place that held it: actor, reported_by, part_of, claim, from_claim,
                                  -- to_claim, relation_with, note_links, taggings, merged_into, alias; or trashed
    target     TEXT NOT NULL,     -- id of what held it; of an alias the name
    PRIMARY KEY (other, role, target)
) STRICT;
