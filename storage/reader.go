package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"rejoinder/app"
)

// querier is what a transaction of the pool and the writer's connection share.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// reader implements app.Reader on one transaction.
type reader struct {
	ctx context.Context
	q   querier
}

// tx implements app.Tx on the writer's transaction.
type tx struct {
	reader
	label string
	now   time.Time
}

// Describe implements app.Tx.
func (t *tx) Describe(format string, args ...any) { t.label = fmt.Sprintf(format, args...) }

func (t *tx) exec(query string, args ...any) error {
	_, err := t.q.ExecContext(t.ctx, query, args...)
	return err
}

// column is a column's name and the value to store in it.
type column struct {
	name  string
	value any
}

// put inserts or updates the row of table with this id. A row that already
// holds these values is left alone, its modification time too.
func (t *tx) put(table, id string, created time.Time, columns ...column) error {
	if created.IsZero() {
		created = t.now
	}
	names, marks := []string{"id", "created", "modified"}, "?, ?, ?"
	values := []any{id, millis(created), millis(t.now)}
	var sets, differs []string
	for _, c := range columns {
		names, marks, values = append(names, c.name), marks+", ?", append(values, c.value)
		sets = append(sets, c.name+" = excluded."+c.name)
		differs = append(differs, table+"."+c.name+" IS NOT excluded."+c.name)
	}
	return t.exec("INSERT INTO "+table+" ("+strings.Join(names, ", ")+") VALUES ("+marks+")"+
		" ON CONFLICT (id) DO UPDATE SET modified = excluded.modified, "+strings.Join(sets, ", ")+
		" WHERE "+strings.Join(differs, " OR "), values...)
}

// scanner is what a row and a set of rows share.
type scanner interface{ Scan(...any) error }

// list runs a query and scans every row.
func list[T any](r *reader, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := r.q.QueryContext(r.ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// one runs a query for a single row of a kind; none is app.ErrNotFound.
func one[T any](r *reader, kind app.Kind, scan func(scanner) (T, error), query string, id any) (T, error) {
	v, err := scan(r.q.QueryRowContext(r.ctx, query, id))
	if err != nil {
		return v, fmt.Errorf("%s %v: %w", kind, id, domainError(err))
	}
	return v, nil
}

func (r *reader) count(query string, args ...any) (int, error) {
	var n int
	err := r.q.QueryRowContext(r.ctx, query, args...).Scan(&n)
	return n, err
}

// scanText scans a single column of text.
func scanText[T ~string](row scanner) (T, error) {
	var s string
	err := row.Scan(&s)
	return T(s), err
}

// millis is t as the database keeps it.
func millis(t time.Time) int64 { return t.UnixMilli() }

// moment scans a time, NULL as the zero time.
type moment struct{ to *time.Time }

// Scan implements sql.Scanner.
func (m moment) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*m.to = time.Time{}
	case int64:
		*m.to = time.UnixMilli(v).UTC()
	default:
		return fmt.Errorf("a time of type %T", v)
	}
	return nil
}

// reference is an identifier as a foreign key: "" becomes NULL.
func reference[T ~string](id T) any {
	if id == "" {
		return nil
	}
	return string(id)
}

// asJSON scans a column of JSON into to.
type asJSON struct{ to any }

// Scan implements sql.Scanner.
func (j asJSON) Scan(v any) error {
	s, ok := v.(string)
	if !ok {
		return fmt.Errorf("JSON of type %T", v)
	}
	return json.Unmarshal([]byte(s), j.to)
}

// toJSON writes v for a column of JSON; an empty list is [], not null.
func toJSON[T any](v []T) string {
	if len(v) == 0 {
		return "[]"
	}
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // only lists of plain structs and strings come here
	}
	return string(b)
}

// marksFor returns "?, ?, ?" and the arguments for an IN list.
func marksFor[T ~string](ids []T) (string, []any) {
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = string(id)
	}
	return strings.TrimSuffix(strings.Repeat("?, ", len(ids)), ", "), args
}

// objectJSON is a plain struct as JSON.
func objectJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // only plain structs come here
	}
	return string(b)
}
