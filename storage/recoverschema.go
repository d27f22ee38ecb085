package storage

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"

	"rejoinder/app"
	"rejoinder/storage/salvage"
)

// notCarried are the tables whose rows are not put into the new database: the
// history, whose rows mean nothing where others are missing, and SQLite's own.
// They are looked for, so that their rows are not taken for others'.
var notCarried = []string{"changes", "steps", "meta"}

// salvageTables are the tables of a notebook of this version as salvage looks for
// them, read from a database that is made of them. Older formats have the same
// tables with fewer columns at their ends.
func salvageTables(ctx context.Context, q querier) ([]salvage.Table, error) {
	names, err := list(&reader{ctx, q}, scanText[string],
		"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid")
	if err != nil {
		return nil, err
	}
	out := []salvage.Table{
		{Name: "sqlite_schema", Key: -1, Columns: []salvage.Column{{Fits: isWord}, {}, {}, {Integer: true, Null: true}, {Null: true}}},
		{Name: "sqlite_sequence", Key: -1, Columns: []salvage.Column{{Fits: oneOf("steps", "changes")}, {Integer: true}}},
		{Name: "sqlite_stat1", Key: -1, Columns: []salvage.Column{{Fits: oneOf(names...)}, {Null: true, Fits: isWord}, {Null: true, Fits: isNumbers}}},
	}
	// Of two that are equally likely the first is taken: words that the user wrote
	// are rather notes.
	names = append([]string{"notes"}, slices.DeleteFunc(names, func(n string) bool { return n == "notes" })...)
	for _, name := range names {
		t, err := salvageTable(ctx, q, name)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// salvageTable reads one table. Only columns that a migration added have defaults.
func salvageTable(ctx context.Context, q querier, name string) (salvage.Table, error) {
	t := salvage.Table{Name: name, Key: -1}
	if err := q.QueryRowContext(ctx, "SELECT rootpage FROM sqlite_master WHERE name = ?", name).Scan(&t.Root); err != nil {
		return t, err
	}
	rows, err := q.QueryContext(ctx, `SELECT c.name, c.type = 'INTEGER', NOT c."notnull", c.pk, c.dflt_value IS NOT NULL, coalesce(f."table", '')
		FROM pragma_table_info(?1) c LEFT JOIN pragma_foreign_key_list(?1) f ON f."from" = c.name ORDER BY c.cid`, name)
	if err != nil {
		return t, err
	}
	defer func() { _ = rows.Close() }()
	keys := 0
	for rows.Next() {
		var c salvage.Column
		var pk int
		if err := rows.Scan(&c.Name, &c.Integer, &c.Null, &pk, &c.Added, &c.References); err != nil {
			return t, err
		}
		if pk > 0 {
			keys++
			t.Key = len(t.Columns)
			c.Null = c.Null && c.Integer // a primary key of text is not NULL, though SQLite would let it
		}
		c.Fits = fitting(name, c)
		t.Columns = append(t.Columns, c)
	}
	if keys > 1 {
		t.Key = -1
	}
	return t, rows.Err()
}

// fitting says what the values of a column look like.
func fitting(table string, c salvage.Column) func(any) bool {
	if f, ok := looks[table+"."+c.Name]; ok {
		return f
	}
	if f, ok := looks[c.Name]; ok {
		return f
	}
	switch {
	case c.References == "originals":
		return isHash
	case c.References != "" && !c.Integer:
		return isIdentifier
	case c.Integer:
		return isCount
	}
	return nil
}

// looks are the looks of columns by table and name, or by name in all tables.
var looks = map[string]func(any) bool{
	"id": isIdentifier, "trashed_with": isIdentifier, "note_links.target": isIdentifier, "taggings.target": isIdentifier,
	"merged.other": isIdentifier, "readings.article": isIdentifier, "readings.text": isIdentifier,
	"steps.id": isCount, "original": isHash, "originals.sha256": isHash, "texts.sha256": orEmpty(isHash),
	"authors": isJSON, "aliases": isJSON, "blocks": isJSON, "spans": isJSON, "provenance": isJSON,
	"synonyms.words": isJSON, "scope": isJSON, "changes.key": isJSON, "changes.old": isJSON, "changes.new": isJSON,
	"kind": isWord, "stance": isWord, "state": isWord, "color": isWord, "screen": isWord, "role": isWord, "op": isWord,
	"date_source": isWord, "language": isWord, "strength": isWord, "tbl": isWord, "meta.name": isFact,
	"color_names.color": isColor, "published": isDate, "date": isDate, "reader": isReader, "media_type": isReader,
}

func isIdentifier(v any) bool { s, ok := v.(string); return ok && app.IsID(s) }
func isCount(v any) bool      { n, ok := v.(int64); return ok && n >= 0 }
func isFact(v any) bool       { return isWord(v) && !isColor(v) }

func isHash(v any) bool {
	s, ok := v.(string)
	return ok && len(s) == 64 && strings.Trim(s, "0123456789abcdef") == ""
}

func isJSON(v any) bool {
	s, ok := v.(string)
	return ok && len(s) >= 2 && (s[0] == '[' && s[len(s)-1] == ']' || s[0] == '{' && s[len(s)-1] == '}')
}

func isWord(v any) bool {
	s, ok := v.(string)
	return ok && len(s) <= 40 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_-0123456789") == ""
}

func isNumbers(v any) bool {
	s, ok := v.(string)
	return ok && strings.Trim(s, "0123456789 ") == ""
}

func isColor(v any) bool {
	s, ok := v.(string)
	return ok && slices.Contains(app.Colors, app.Color(s))
}

func isDate(v any) bool {
	s, ok := v.(string)
	return ok && len(s) <= 10 && strings.Trim(s, "0123456789-") == ""
}

func isReader(v any) bool {
	s, ok := v.(string)
	return ok && len(s) <= 100 && (s == "" || strings.Contains(s, "/"))
}

func oneOf(words ...string) func(any) bool {
	return func(v any) bool { s, ok := v.(string); return ok && slices.Contains(words, s) }
}

func orEmpty(fits func(any) bool) func(any) bool {
	return func(v any) bool { return v == "" || fits(v) }
}

// makeEmpty makes a new database of the newest format at path, without an
// identity, for one writer and fast: nobody sees it before it is whole.
func makeEmpty(ctx context.Context, path string) (*sql.DB, *sql.Conn, error) {
	db, err := sql.Open(driverName, dsn(path, "_journal_mode=OFF&_synchronous=OFF&_foreign_keys=off&_cache_size=-64000"))
	if err != nil {
		return nil, nil, err
	}
	db.SetMaxOpenConns(1)
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	all, err := migrations()
	for _, m := range all {
		if err == nil {
			_, err = conn.ExecContext(ctx, m.sql)
		}
	}
	if err == nil {
		_, err = conn.ExecContext(ctx, "PRAGMA user_version = "+strconv.Itoa(all[len(all)-1].version))
	}
	if err != nil {
		return nil, nil, errors.Join(err, conn.Close(), db.Close())
	}
	return db, conn, nil
}
