//go:build bench

package searchbench

import (
	"errors"
	"fmt"
	"os"
	"time"
)

const fts5Tables = `
CREATE TABLE content (id INTEGER PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE facts (id INTEGER PRIMARY KEY, published TEXT NOT NULL, publisher TEXT NOT NULL, language TEXT NOT NULL);
CREATE TABLE tagged (tag INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (tag, article)) WITHOUT ROWID;
CREATE VIRTUAL TABLE found USING fts5(title, text, content='content', content_rowid='id',
	tokenize='porter unicode61', prefix='2 3');
INSERT INTO found (found, rank) VALUES ('rank', 'bm25(3.0, 1.0)');`

// fts5Indexes are made when the rows are there.
const fts5Indexes = `
CREATE INDEX facts_by_published ON facts (published);
CREATE INDEX tagged_by_article ON tagged (article, tag);`

// Names of files beside a database say how far it was built: an end that it did
// not come to leaves no name.
const (
	fts5Stored  = ".stored"
	fts5Indexed = ".indexed"
)

func (b *built) fts5Has(mark string) bool {
	_, err := os.Stat(b.fts5() + mark)
	return err == nil
}

// storeFTS5 stores the corpus in a database unless that was done.
func (b *built) storeFTS5() error {
	if b.fts5Has(fts5Stored) {
		return nil
	}
	for _, suffix := range []string{"", "-wal", "-shm", fts5Indexed} {
		if err := os.RemoveAll(b.fts5() + suffix); err != nil {
			return err
		}
	}
	f, err := openFTS5(b.fts5())
	if err != nil {
		return err
	}
	if err := errors.Join(f.fill(b.all), f.close()); err != nil {
		return err
	}
	return os.WriteFile(b.fts5()+fts5Stored, nil, 0o600)
}

// indexFTS5 indexes what is stored in a database, anew if it was before.
func (b *built) indexFTS5() (made indexed, err error) {
	if err := os.RemoveAll(b.fts5() + fts5Indexed); err != nil {
		return made, err
	}
	f, err := openFTS5(b.fts5())
	if err != nil {
		return made, err
	}
	defer func() { _ = f.close() }()
	if _, err = f.db.Exec("INSERT INTO found (found) VALUES ('delete-all')"); err != nil {
		return made, err
	}
	began := time.Now()
	if made.Bytes, err = f.index(); err != nil {
		return made, err
	}
	made.Took = time.Since(began)
	return made, os.WriteFile(b.fts5()+fts5Indexed, nil, 0o600)
}

// all makes the articles one by one.
func (b *built) all(yield func(madeArticle) bool) {
	for n := range b.articles {
		if !yield(b.corpus.article(n)) {
			return
		}
	}
}

// fill stores articles and no index of their words yet.
func (f *fts5) fill(articles func(yield func(madeArticle) bool)) error {
	if _, err := f.db.Exec(fts5Tables); err != nil {
		return fmt.Errorf("is it built with the tag sqlite_fts5? %w", err)
	}
	tx, err := f.db.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	content, err := tx.Prepare("INSERT INTO content VALUES (?, ?, ?)")
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	facts, err := tx.Prepare("INSERT INTO facts VALUES (?, ?, ?, ?)")
	if err != nil {
		return err
	}
	defer func() { _ = facts.Close() }()
	tagged, err := tx.Prepare("INSERT INTO tagged VALUES (?, ?)")
	if err != nil {
		return err
	}
	defer func() { _ = tagged.Close() }()
	for a := range articles {
		if _, err := content.Exec(a.number, a.title, a.content.Plain); err != nil {
			return err
		}
		if _, err := facts.Exec(a.number, string(a.published), a.publisher, a.language); err != nil {
			return err
		}
		for _, tag := range a.tags {
			if _, err := tagged.Exec(tag, a.number); err != nil {
				return err
			}
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = f.db.Exec(fts5Indexes)
	return err
}

// index makes the index of all rows, in one segment as after a bulk load, and
// returns its bytes on disk.
func (f *fts5) index() (int64, error) {
	before, err := f.bytes()
	if err != nil {
		return 0, err
	}
	for _, statement := range []string{
		"INSERT INTO found (found) VALUES ('rebuild')",
		"INSERT INTO found (found) VALUES ('optimize')",
		"ANALYZE",
		"PRAGMA wal_checkpoint(TRUNCATE)",
	} {
		if _, err := f.db.Exec(statement); err != nil {
			return 0, fmt.Errorf("%s: %w", statement, err)
		}
	}
	after, err := f.bytes()
	return after - before, err
}

// bytes are those of the pages in use.
func (f *fts5) bytes() (n int64, err error) {
	err = f.db.QueryRow(`SELECT (page_count - freelist_count) * page_size
		FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()`).Scan(&n)
	return n, err
}
