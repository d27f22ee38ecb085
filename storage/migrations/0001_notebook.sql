-- The notebook. Times are milliseconds since 1970 in UTC; dates are partial ISO
-- dates; flags are 0 or 1; an empty text means "none" where a column may be NULL
-- only as a reference. No foreign key cascades: what goes, goes by name, so that
-- the change log sees it.

CREATE TABLE originals (          -- immutable; the bytes are in originals/
    sha256     TEXT PRIMARY KEY,  -- lower-case hexadecimal
    name       TEXT NOT NULL,     -- file name when first imported
    media_type TEXT NOT NULL,
    size       INTEGER NOT NULL,  -- bytes
    created    INTEGER NOT NULL
) STRICT;

CREATE TABLE texts (              -- immutable readings of originals
    id         TEXT PRIMARY KEY,
    original   TEXT NOT NULL REFERENCES originals (sha256),
    reader     TEXT NOT NULL,     -- importer and version: html/1
    words      INTEGER NOT NULL,
    plain      TEXT NOT NULL,     -- offsets elsewhere are code points of this
    blocks     TEXT NOT NULL,     -- JSON list of {kind, level, start, end}
    spans      TEXT NOT NULL,     -- JSON list of {kind, start, end, url}
    created    INTEGER NOT NULL
) STRICT;
CREATE INDEX texts_by_original ON texts (original);

CREATE TABLE stories (            -- articles that are copies of one report
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    created    INTEGER NOT NULL,
    modified   INTEGER NOT NULL,
    trashed    INTEGER,           -- when it went to the trash
    trashed_with TEXT             -- id of the thing it went there with
) STRICT;

CREATE TABLE articles (
    id         TEXT PRIMARY KEY,
    title      TEXT NOT NULL,
    authors    TEXT NOT NULL,     -- JSON list of names
    publisher  TEXT NOT NULL,
    url        TEXT NOT NULL,
    published  TEXT NOT NULL,     -- 2019-10-08, 2019-10, 2019 or empty
    date_source TEXT NOT NULL,    -- declared, guessed or empty
    language   TEXT NOT NULL,     -- ISO 639-1 or 639-3
    kind       TEXT NOT NULL,     -- a CSL type
    original   TEXT NOT NULL REFERENCES originals (sha256),
    text       TEXT NOT NULL REFERENCES texts (id), -- the version in use
    story      TEXT REFERENCES stories (id),
    created    INTEGER NOT NULL,
    modified   INTEGER NOT NULL,
    trashed    INTEGER,
    trashed_with TEXT
) STRICT;
CREATE INDEX articles_by_original ON articles (original);
CREATE INDEX articles_by_published ON articles (published, id) WHERE trashed IS NULL;
CREATE INDEX articles_by_created ON articles (created, id) WHERE trashed IS NULL;
CREATE INDEX articles_by_modified ON articles (modified, id) WHERE trashed IS NULL;
CREATE INDEX articles_by_title ON articles (title COLLATE NOCASE, id) WHERE trashed IS NULL;
CREATE INDEX articles_by_story ON articles (story) WHERE story IS NOT NULL;

CREATE TABLE article_texts (      -- the versions of an article's text
    article    TEXT NOT NULL REFERENCES articles (id),
    version    INTEGER NOT NULL,  -- from 1
    text       TEXT NOT NULL REFERENCES texts (id),
    PRIMARY KEY (article, version)
) STRICT;

CREATE TABLE annotations (        -- marked passages
    id         TEXT PRIMARY KEY,
    article    TEXT NOT NULL REFERENCES articles (id),
    text       TEXT NOT NULL REFERENCES texts (id), -- the version the offsets count in
    kind       TEXT NOT NULL,     -- highlight, underline or comment
    color      TEXT NOT NULL,
    note       TEXT NOT NULL,     -- Markdown
    start_at   INTEGER NOT NULL,  -- code points, from 0
    end_at     INTEGER NOT NULL,  -- code points, exclusive
    quote      TEXT NOT NULL,     -- exactly what stands between them
    prefix     TEXT NOT NULL,     -- up to 32 code points before
    suffix     TEXT NOT NULL,     -- up to 32 code points after
    state      TEXT NOT NULL,     -- exact, fuzzy, needs-review or orphan
    created    INTEGER NOT NULL,
    modified   INTEGER NOT NULL,
    trashed    INTEGER,
    trashed_with TEXT,
    CHECK (start_at >= 0 AND end_at > start_at)
) STRICT;
CREATE INDEX annotations_by_article ON annotations (article, start_at);

CREATE TABLE actors (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL,     -- person, organisation, state, group or empty
    aliases    TEXT NOT NULL,     -- JSON list of names
    part_of    TEXT REFERENCES actors (id),
    merged_into TEXT REFERENCES actors (id),
    created    INTEGER NOT NULL,
    modified   INTEGER NOT NULL,
    trashed    INTEGER,
    trashed_with TEXT
) STRICT;
CREATE INDEX actors_by_part_of ON actors (part_of) WHERE part_of IS NOT NULL;
CREATE INDEX actors_by_merged_into ON actors (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE claims (
    id         TEXT PRIMARY KEY,
    text       TEXT NOT NULL,
    merged_into TEXT REFERENCES claims (id),
    created    INTEGER NOT NULL,
    modified   INTEGER NOT NULL,
    trashed    INTEGER,
    trashed_with TEXT
) STRICT;
CREATE INDEX claims_by_merged_into ON claims (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE statements (         -- one actor's stance on one claim
    id         TEXT PRIMARY KEY,
    actor      TEXT NOT NULL REFERENCES actors (id),
    claim      TEXT NOT NULL REFERENCES claims (id),
    stance     TEXT NOT NULL,
    date       TEXT NOT NULL,     -- when it was said; partial ISO date or empty
    indirect   INTEGER NOT NULL,  -- 1: in the reporter's words
    reported_by TEXT REFERENCES actors (id),
    passage    TEXT REFERENCES annotations (id),
    created    INTEGER NOT NULL,
    modified   INTEGER NOT NULL,
    trashed    INTEGER,
    trashed_with TEXT
) STRICT;
CREATE INDEX statements_by_actor ON statements (actor);
CREATE INDEX statements_by_claim ON statements (claim);
CREATE INDEX statements_by_passage ON statements (passage) WHERE passage IS NOT NULL;
CREATE INDEX statements_by_reporter ON statements (reported_by) WHERE reported_by IS NOT NULL;

CREATE TABLE relations (          -- from_claim does kind to to_claim
    id         TEXT PRIMARY KEY,
    from_claim TEXT NOT NULL REFERENCES claims (id),
    kind       TEXT NOT NULL,
    to_claim   TEXT NOT NULL REFERENCES claims (id),
    passage    TEXT REFERENCES annotations (id), -- NULL: the analyst's inference
    created    INTEGER NOT NULL,
    modified   INTEGER NOT NULL,
    trashed    INTEGER,
    trashed_with TEXT
) STRICT;
CREATE INDEX relations_by_from ON relations (from_claim);
CREATE INDEX relations_by_to ON relations (to_claim);
CREATE INDEX relations_by_passage ON relations (passage) WHERE passage IS NOT NULL;

CREATE TABLE notes (
    id         TEXT PRIMARY KEY,
    body       TEXT NOT NULL,     -- Markdown
    created    INTEGER NOT NULL,
    modified   INTEGER NOT NULL,
    trashed    INTEGER,
    trashed_with TEXT
) STRICT;

CREATE TABLE note_links (         -- what a note is about
    note       TEXT NOT NULL REFERENCES notes (id),
    kind       TEXT NOT NULL,     -- kind of the thing linked to
    target     TEXT NOT NULL,     -- its id
    mention    INTEGER NOT NULL,  -- 1: from a [[link]] in the body; 0: set by hand
    PRIMARY KEY (note, target, mention)
) STRICT;
CREATE INDEX note_links_by_target ON note_links (target);

CREATE TABLE tags (
    id         TEXT PRIMARY KEY,
    path       TEXT NOT NULL,     -- environment/dredging
    color      TEXT NOT NULL,
    created    INTEGER NOT NULL,
    modified   INTEGER NOT NULL,
    trashed    INTEGER,
    trashed_with TEXT
) STRICT;
CREATE UNIQUE INDEX tags_by_path ON tags (path COLLATE NOCASE) WHERE trashed IS NULL;

CREATE TABLE taggings (           -- what bears a tag
    tag        TEXT NOT NULL REFERENCES tags (id),
    kind       TEXT NOT NULL,
    target     TEXT NOT NULL,
    PRIMARY KEY (tag, target)
) STRICT;
CREATE INDEX taggings_by_target ON taggings (target);

CREATE TABLE collections (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    parent     TEXT REFERENCES collections (id),
    query      TEXT NOT NULL,     -- not empty: a saved search
    created    INTEGER NOT NULL,
    modified   INTEGER NOT NULL,
    trashed    INTEGER,
    trashed_with TEXT
) STRICT;
CREATE INDEX collections_by_parent ON collections (parent) WHERE parent IS NOT NULL;

CREATE TABLE collected (          -- which articles a collection holds
    collection TEXT NOT NULL REFERENCES collections (id),
    article    TEXT NOT NULL REFERENCES articles (id),
    PRIMARY KEY (collection, article)
) STRICT;
CREATE INDEX collected_by_article ON collected (article);

CREATE TABLE steps (              -- operations, for history, undo and redo
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    op         TEXT NOT NULL,
    label      TEXT NOT NULL,
    grp        TEXT NOT NULL,     -- not empty: undone together with its neighbours
    at         INTEGER NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped', 'fixed'))
        -- done: can be undone; undone: can be redone; dropped: undone, and then
        -- something else was done; fixed: too old to be undone
) STRICT;
CREATE INDEX steps_by_state ON steps (state, id);

CREATE TABLE changes (            -- the change log: one row for each row written
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    step       INTEGER REFERENCES steps (id), -- NULL: written by undo or redo
    tbl        TEXT NOT NULL,
    key        TEXT NOT NULL,     -- JSON list of the row's primary key
    old        TEXT,              -- JSON of the row before; NULL: there was none
    new        TEXT               -- JSON of the row after, recorded by undo for redo
) STRICT;
CREATE INDEX changes_by_step ON changes (step) WHERE step IS NOT NULL;

CREATE TABLE meta (               -- facts about this notebook
    name       TEXT PRIMARY KEY,  -- uuid; generation (changes with each restored backup)
    value      TEXT NOT NULL
) STRICT;
