-- Search: words that mean the same to the user, what was searched for, and the
-- last change of each table.

CREATE TABLE synonyms (           -- words that stand for one another in a search
    id         TEXT PRIMARY KEY,
    words      TEXT NOT NULL,     -- JSON list
    created    INTEGER NOT NULL,
    modified   INTEGER NOT NULL
) STRICT;

CREATE TABLE searches (           -- what was searched for; no undo, no log
    text       TEXT PRIMARY KEY,
    at         INTEGER NOT NULL
) STRICT;
CREATE INDEX searches_by_time ON searches (at);

CREATE INDEX changes_by_table ON changes (tbl, seq);
CREATE INDEX articles_by_publisher ON articles (publisher) WHERE trashed IS NULL;
CREATE INDEX articles_by_language ON articles (language) WHERE trashed IS NULL;
