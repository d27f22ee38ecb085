package storage

import (
	"context"

	"rejoinder/app"
)

// documentQueries select, for each kind that can be searched, id, title, body
// and language of what is neither in the trash nor merged away. A condition on
// the id, or none, is added behind.
var documentQueries = map[app.Kind]string{
	app.KindArticle: `SELECT i.id, i.title, t.plain || char(10) || i.publisher || char(10) ||
			(SELECT coalesce(group_concat(value, ', '), '') FROM json_each(i.authors)), i.language
		FROM articles i JOIN texts t ON t.id = i.text WHERE i.trashed IS NULL`,
	app.KindAnnotation: `SELECT i.id, '', i.quote || char(10) || i.note, a.language
		FROM annotations i JOIN articles a ON a.id = i.article WHERE i.trashed IS NULL`,
	app.KindNote: `SELECT i.id, '', i.body, '' FROM notes i WHERE i.trashed IS NULL`,
	app.KindActor: `SELECT i.id, i.name,
			(SELECT coalesce(group_concat(value, char(10)), '') FROM json_each(i.aliases)), ''
		FROM actors i WHERE i.trashed IS NULL AND i.merged_into IS NULL`,
	app.KindClaim: `SELECT i.id, i.text, '', '' FROM claims i WHERE i.trashed IS NULL AND i.merged_into IS NULL`,
	app.KindStatement: `SELECT i.id, a.name || ' ' || i.stance || ': ' || c.text, coalesce(p.quote, ''), ''
		FROM statements i JOIN actors a ON a.id = i.actor JOIN claims c ON c.id = i.claim
		LEFT JOIN annotations p ON p.id = i.passage WHERE i.trashed IS NULL`,
}

// indexedKinds are the keys of documentQueries in a fixed order.
var indexedKinds = []app.Kind{
	app.KindActor, app.KindClaim, app.KindStatement, app.KindNote, app.KindAnnotation, app.KindArticle,
}

func scanDocument(kind app.Kind) func(scanner) (app.Document, error) {
	return func(row scanner) (app.Document, error) {
		d := app.Document{Ref: app.Ref{Kind: kind}}
		err := row.Scan(&d.ID, &d.Title, &d.Body, &d.Language)
		return d, err
	}
}

// Documents implements app.IndexSource.
func (s *Store) Documents(ctx context.Context, refs []app.Ref) ([]app.Document, error) {
	var out []app.Document
	err := s.view(ctx, func(r *reader) error {
		for _, ref := range refs {
			query, ok := documentQueries[ref.Kind]
			if !ok {
				continue
			}
			docs, err := list(r, scanDocument(ref.Kind), query+" AND i.id = ?", ref.ID)
			if err != nil {
				return err
			}
			out = append(out, docs...)
		}
		return nil
	})
	return out, err
}

// documentBatch is how many documents EachDocument hands over at once at most,
// and batchBytes how long their words may be together.
const (
	documentBatch = 1000
	batchBytes    = 8 << 20
)

// EachDocument implements app.IndexSource.
func (s *Store) EachDocument(ctx context.Context, fn func([]app.Document) error) (int64, error) {
	var seq int64
	err := s.view(ctx, func(r *reader) (err error) {
		if seq, err = r.head(); err != nil {
			return err
		}
		for _, kind := range indexedKinds {
			if err := r.eachOfKind(kind, fn); err != nil {
				return err
			}
		}
		return nil
	})
	return seq, err
}

func (r *reader) eachOfKind(kind app.Kind, fn func([]app.Document) error) error {
	rows, err := r.q.QueryContext(r.ctx, documentQueries[kind])
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	scan := scanDocument(kind)
	var batch []app.Document
	size := 0
	for rows.Next() {
		d, err := scan(rows)
		if err != nil {
			return err
		}
		batch, size = append(batch, d), size+len(d.Body)
		if len(batch) == documentBatch || size > batchBytes {
			if err := fn(batch); err != nil {
				return err
			}
			batch, size = nil, 0
		}
	}
	if err := rows.Err(); err != nil || len(batch) == 0 {
		return err
	}
	return fn(batch)
}

// CountDocuments implements app.IndexSource.
func (s *Store) CountDocuments(ctx context.Context) (count int, seq int64, err error) {
	err = s.view(ctx, func(r *reader) error {
		for _, kind := range indexedKinds {
			n, err := r.count("SELECT count(*) FROM (" + documentQueries[kind] + ")")
			if err != nil {
				return err
			}
			count += n
		}
		seq, err = r.head()
		return err
	})
	return count, seq, err
}
