//go:build bench

package searchbench

import (
	"context"
	"database/sql"
	"strings"
	"unicode"

	"github.com/mattn/go-sqlite3"
)

func sqliteVersion() string {
	version, _, _ := sqlite3.Version()
	return version
}

// fts5 is SQLite's own full-text search as it is commonly set up: an index over
// an external content table (the text is kept once, as in the notebook), porter
// over unicode61, prefixes of two and three characters, the title three times
// as heavy as the text. Dates, publishers and tags are in tables beside it, the
// text apart from them so that a row is small.
type fts5 struct {
	db       *sql.DB
	prepared map[string]*sql.Stmt
}

// openFTS5 opens a database with the caches that a program would give it which
// has nothing else to do.
func openFTS5(path string) (*fts5, error) {
	db, err := sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_synchronous=NORMAL&_cache_size=-256000")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	_, err = db.Exec("PRAGMA temp_store = MEMORY")
	return &fts5{db, map[string]*sql.Stmt{}}, err
}

// query prepares a statement once: what a program asks over and over it keeps.
func (f *fts5) query(ctx context.Context, statement string, args ...any) (*sql.Rows, error) {
	if f.prepared[statement] == nil {
		s, err := f.db.PrepareContext(ctx, statement) //nolint:sqlclosecheck // close closes it
		if err != nil {
			return nil, err
		}
		f.prepared[statement] = s
	}
	return f.prepared[statement].QueryContext(ctx, args...)
}

// mapped reads the database through a map of the file, as far as SQLite does
// that: only for reading, since it counts as memory of the process.
func (f *fts5) mapped() error {
	_, err := f.db.Exec("PRAGMA mmap_size = 2147418112")
	return err
}

func (f *fts5) close() error {
	for _, s := range f.prepared {
		_ = s.Close()
	}
	return f.db.Close()
}

// match writes a query in FTS5's language.
func (q query) match() string {
	words := make([]string, len(q.words))
	for i, w := range q.words {
		words[i] = `"` + strings.ReplaceAll(w, `"`, `""`) + `"`
	}
	switch q.kind {
	case or6:
		return strings.Join(words, " OR ")
	case phrase:
		return `"` + strings.Join(q.words, " ") + `"`
	case prefix2, prefix3, typing2, typing3:
		return words[0] + "*"
	}
	return strings.Join(words, " ")
}

// where is the condition that a query comes to. Of five ways to ask for a tag and
// a time this one was the fastest throughout at 100,000 articles, by 4 to 20
// times: the "+" keeps SQLite from asking the index again for each article of the
// tag, and bm25 instead of rank has it weigh only what is left.
func (q query) where() (condition, order string, args []any) {
	condition, order, args = " FROM found WHERE found MATCH ? ", "ORDER BY rank", []any{q.match()}
	if q.kind == fielded {
		condition += `AND +rowid IN (SELECT article FROM tagged JOIN facts ON id = article
			WHERE tag = ? AND published >= ? AND published < ?) `
		order = "ORDER BY bm25(found, 3.0, 1.0)"
		args = append(args, q.tag, q.from, q.to)
	}
	return condition, order, args
}

// search returns the 20 best and, with snippets, what is shown of each.
func (f *fts5) search(ctx context.Context, q query, snippets bool) (hits int, err error) {
	if q.kind == fuzzy {
		return 0, errNotYet
	}
	if q.kind == facets {
		return f.facets(ctx, q)
	}
	columns, places := "rowid", []any{new(int)}
	if snippets {
		columns = "rowid, highlight(found, 0, '', ''), snippet(found, 1, '[', ']', '…', 30)"
		places = append(places, new(string), new(string))
	}
	condition, order, args := q.where()
	rows, err := f.query(ctx, "SELECT "+columns+condition+order+" LIMIT 20", args...)
	if err != nil {
		return 0, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := rows.Scan(places...); err != nil {
			return 0, err
		}
		hits++
	}
	return hits, rows.Err()
}

// count is how many there are in all.
func (f *fts5) count(ctx context.Context, q query) (n int, err error) {
	condition, _, args := q.where()
	err = f.db.QueryRowContext(ctx, "SELECT count(*)"+condition, args...).Scan(&n)
	return n, err
}

const fts5Facets = `
WITH hits AS MATERIALIZED (SELECT rowid AS id FROM found WHERE found MATCH ?)
SELECT 'tag', tag AS value, count(*) FROM hits JOIN tagged ON article = hits.id GROUP BY tag
UNION ALL SELECT 'publisher', publisher, count(*) FROM hits JOIN facts USING (id) GROUP BY publisher
UNION ALL SELECT 'year', substr(published, 1, 4), count(*) FROM hits JOIN facts USING (id) GROUP BY 2`

// facets counts the matches by tag, publisher and year.
func (f *fts5) facets(ctx context.Context, q query) (groups int, err error) {
	rows, err := f.query(ctx, fts5Facets, q.match())
	if err != nil {
		return 0, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var facet, value string
		var n int
		if err := rows.Scan(&facet, &value, &n); err != nil {
			return 0, err
		}
		groups++
	}
	return groups, rows.Err()
}

// wordsOf cuts a text into words as unicode61 does.
func wordsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
}
