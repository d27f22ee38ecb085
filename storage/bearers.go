package storage

import (
	"context"
	"strings"

	"rejoinder/app"
)

// bearing says, of an attribute that things have besides their words, in which
// tables it is, and how to read value, kind and number of all that bear it.
// A list of values replaces VALUES, with the column before it, or nothing.
var bearing = map[string]struct {
	tables  []string
	queries []string
}{
	"tag": {[]string{"taggings"}, taggedOf("articles", "annotations", "notes", "actors", "claims", "statements")},
	"in": {[]string{"collected", "annotations", "statements"}, []string{
		`SELECT c.collection, 'article', a.rowid FROM collected c JOIN articles a ON a.id = c.article WHERE {c.collection}`,
		`SELECT c.collection, 'annotation', n.rowid FROM collected c JOIN annotations n ON n.article = c.article WHERE {c.collection}`,
		`SELECT c.collection, 'statement', s.rowid FROM collected c JOIN annotations n ON n.article = c.article
			JOIN statements s ON s.passage = n.id WHERE {c.collection}`,
	}},
	"actor": {[]string{"statements", "note_links", "annotations", "actors", "claims"}, []string{
		`SELECT s.actor, 'statement', s.rowid FROM statements s WHERE s.trashed IS NULL AND {s.actor}`,
		`SELECT s.actor, 'claim', c.rowid FROM statements s JOIN claims c ON c.id = s.claim WHERE s.trashed IS NULL AND {s.actor}`,
		`SELECT s.actor, 'annotation', n.rowid FROM statements s JOIN annotations n ON n.id = s.passage
			WHERE s.trashed IS NULL AND {s.actor}`,
		`SELECT s.actor, 'article', a.rowid FROM statements s JOIN annotations n ON n.id = s.passage
			JOIN articles a ON a.id = n.article WHERE s.trashed IS NULL AND {s.actor}`,
		`SELECT i.id, 'actor', i.rowid FROM actors i WHERE {i.id}`,
		`SELECT l.target, 'note', t.rowid FROM note_links l JOIN notes t ON t.id = l.note WHERE l.kind = 'actor' AND {l.target}`,
	}},
	"claim": {[]string{"statements", "relations", "note_links", "annotations", "claims"}, []string{
		`SELECT s.claim, 'statement', s.rowid FROM statements s WHERE s.trashed IS NULL AND {s.claim}`,
		`SELECT s.claim, 'annotation', n.rowid FROM statements s JOIN annotations n ON n.id = s.passage
			WHERE s.trashed IS NULL AND {s.claim}`,
		`SELECT s.claim, 'article', a.rowid FROM statements s JOIN annotations n ON n.id = s.passage
			JOIN articles a ON a.id = n.article WHERE s.trashed IS NULL AND {s.claim}`,
		`SELECT r.from_claim, 'annotation', n.rowid FROM relations r JOIN annotations n ON n.id = r.passage
			WHERE r.trashed IS NULL AND {r.from_claim}`,
		`SELECT r.to_claim, 'annotation', n.rowid FROM relations r JOIN annotations n ON n.id = r.passage
			WHERE r.trashed IS NULL AND {r.to_claim}`,
		`SELECT i.id, 'claim', i.rowid FROM claims i WHERE {i.id}`,
		`SELECT l.target, 'note', t.rowid FROM note_links l JOIN notes t ON t.id = l.note WHERE l.kind = 'claim' AND {l.target}`,
	}},
	"stance": {[]string{"statements"}, []string{
		`SELECT s.stance, 'statement', s.rowid FROM statements s WHERE {s.stance}`,
	}},
	"color": {[]string{"annotations"}, []string{
		`SELECT n.color, 'annotation', n.rowid FROM annotations n WHERE {n.color}`,
	}},
	"has": {[]string{"annotations", "statements", "note_links", "taggings"}, append([]string{
		`SELECT 'annotation', 'article', a.rowid FROM articles a WHERE {'annotation'}
			AND EXISTS (SELECT 1 FROM annotations n WHERE n.article = a.id AND n.trashed IS NULL)`,
		`SELECT 'statement', 'article', a.rowid FROM statements s JOIN annotations n ON n.id = s.passage
			JOIN articles a ON a.id = n.article WHERE s.trashed IS NULL AND {'statement'}`,
		`SELECT 'statement', 'annotation', n.rowid FROM statements s JOIN annotations n ON n.id = s.passage
			WHERE s.trashed IS NULL AND {'statement'}`,
		`SELECT 'statement', 'actor', a.rowid FROM statements s JOIN actors a ON a.id = s.actor
			WHERE s.trashed IS NULL AND {'statement'}`,
		`SELECT 'statement', 'claim', c.rowid FROM statements s JOIN claims c ON c.id = s.claim
			WHERE s.trashed IS NULL AND {'statement'}`,
		`SELECT 'note', 'annotation', n.rowid FROM annotations n WHERE n.note <> '' AND {'note'}`,
		`SELECT 'note', 'article', a.rowid FROM note_links l JOIN articles a ON a.id = l.target WHERE {'note'}`,
		`SELECT 'note', 'article', a.rowid FROM annotations n JOIN articles a ON a.id = n.article
			WHERE n.note <> '' AND n.trashed IS NULL AND {'note'}`,
		`SELECT 'note', 'actor', a.rowid FROM note_links l JOIN actors a ON a.id = l.target WHERE {'note'}`,
		`SELECT 'note', 'claim', c.rowid FROM note_links l JOIN claims c ON c.id = l.target WHERE {'note'}`,
	}, havingTags("articles", "annotations", "notes", "actors", "claims", "statements")...)},
	"is": {nil, []string{
		`SELECT 'read', 'article', a.rowid FROM readings g JOIN articles a ON a.id = g.article WHERE {'read'}`,
	}},
}

func taggedOf(tables ...string) (queries []string) {
	for _, t := range tables {
		queries = append(queries, "SELECT g.tag, '"+strings.TrimSuffix(t, "s")+"', i.rowid FROM taggings g JOIN "+t+
			" i ON i.id = g.target WHERE {g.tag}")
	}
	return queries
}

func havingTags(tables ...string) (queries []string) {
	for _, t := range tables {
		queries = append(queries, "SELECT 'tag', '"+strings.TrimSuffix(t, "s")+"', i.rowid FROM taggings g JOIN "+t+
			" i ON i.id = g.target WHERE {'tag'}")
	}
	return queries
}

// Bearers implements app.IndexSource.
func (s *Store) Bearers(ctx context.Context, field string, values []string, fn func(string, app.Kind, uint32)) error {
	return s.view(ctx, func(r *reader) error {
		for _, query := range bearing[field].queries {
			before, rest, _ := strings.Cut(query, "{")
			column, after, _ := strings.Cut(rest, "}")
			condition, args := "TRUE", []any(nil)
			if len(values) > 0 {
				condition, args = column+inList, []any{asList(values)}
			}
			if err := r.bearers(before+condition+after, args, fn); err != nil {
				return err
			}
		}
		return nil
	})
}

func (r *reader) bearers(query string, args []any, fn func(string, app.Kind, uint32)) error {
	rows, err := r.q.QueryContext(r.ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var value string
		var kind app.Kind
		var number uint32
		if err := rows.Scan(&value, &kind, &number); err != nil {
			return err
		}
		fn(value, kind, number)
	}
	return rows.Err()
}

// BearersVersion implements app.IndexSource: it is the place in the change log
// where one of the attribute's tables was last written. What was read is not in
// the log and has a time instead.
func (s *Store) BearersVersion(ctx context.Context, field string) (int64, error) {
	var version int64
	err := s.view(ctx, func(r *reader) error {
		if field == "is" {
			return r.q.QueryRowContext(ctx, "SELECT coalesce(max(seen), 0) + count(*) FROM readings").Scan(&version)
		}
		for _, table := range bearing[field].tables {
			var last int64
			err := r.q.QueryRowContext(ctx, "SELECT coalesce(max(seq), 0) FROM changes WHERE tbl = ?", table).Scan(&last)
			if err != nil {
				return err
			}
			version = max(version, last)
		}
		return nil
	})
	return version, err
}

// Called implements app.IndexSource.
func (s *Store) Called(ctx context.Context, field string, ids []string) (map[string]string, error) {
	query := map[string]string{
		"tag":   "SELECT id, path FROM tags WHERE trashed IS NULL AND id",
		"actor": "SELECT id, name FROM actors WHERE trashed IS NULL AND merged_into IS NULL AND id",
		"in":    "SELECT id, name FROM collections WHERE trashed IS NULL AND id",
	}[field]
	out := map[string]string{}
	err := s.view(ctx, func(r *reader) error {
		_, err := list(r, func(row scanner) (struct{}, error) {
			var id, name string
			err := row.Scan(&id, &name)
			out[id] = name
			return struct{}{}, err
		}, query+inList, asList(ids))
		return err
	})
	return out, err
}
