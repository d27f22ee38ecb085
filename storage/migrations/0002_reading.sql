-- The reader: versions of texts, marks carried between them, how far an article
-- was read, names for colours, and lists of annotations in every order.

CREATE TABLE carried (            -- where an annotation stood before it was carried
    annotation TEXT NOT NULL REFERENCES annotations (id),
    number     INTEGER NOT NULL,  -- from 1, the oldest place
    text       TEXT NOT NULL REFERENCES texts (id),
    start_at   INTEGER NOT NULL,  -- code points of that text, from 0
    end_at     INTEGER NOT NULL,  -- code points, exclusive
    PRIMARY KEY (annotation, number)
) STRICT;

CREATE TABLE color_names (        -- what the colours of marks mean to the user
    color      TEXT PRIMARY KEY,
    name       TEXT NOT NULL
) STRICT;

CREATE TABLE readings (           -- how far an article was read; no undo, no log
    article    TEXT PRIMARY KEY,  -- may be gone: undo can take an article away and bring it back
    text       TEXT NOT NULL,     -- the version that the offsets count in
    at         INTEGER NOT NULL,  -- code points, from 0: the first on the screen
    furthest   INTEGER NOT NULL,  -- code points, exclusive: the end of what was seen
    length     INTEGER NOT NULL,  -- code points of the text
    seen       INTEGER NOT NULL
) STRICT;

CREATE INDEX article_texts_by_text ON article_texts (text);

DROP INDEX annotations_by_article;
CREATE INDEX annotations_by_place ON annotations (article, start_at, end_at, id);
CREATE INDEX annotations_by_created ON annotations (created, id) WHERE trashed IS NULL;
CREATE INDEX annotations_by_modified ON annotations (modified, id) WHERE trashed IS NULL;
-- The colours in the order in which the product lists them.
CREATE INDEX annotations_by_color ON annotations
    (instr('yellow green blue pink orange violet', color), created DESC, id DESC) WHERE trashed IS NULL;
-- What has to be looked at is little of it all.
CREATE INDEX annotations_to_repair ON annotations (article) WHERE state <> 'exact';
CREATE INDEX annotations_by_trash ON annotations (trashed_with) WHERE trashed_with IS NOT NULL;
CREATE INDEX statements_by_trash ON statements (trashed_with) WHERE trashed_with IS NOT NULL;
CREATE INDEX relations_by_trash ON relations (trashed_with) WHERE trashed_with IS NOT NULL;
