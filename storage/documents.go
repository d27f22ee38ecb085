package storage

import (
	"context"

	"rejoinder/app"
)

// documentColumns are what a query of documentQueries selects, and how its
// columns are called: of the row i, and of the article a where it stands.
const documentColumns = "i.rowid, i.id, "

// documentQueries select, for each kind that can be searched, what scanDocument
// reads, of what is neither in the trash nor merged away. A condition on the id,
// or none, is added behind. The number is SQLite's own of the row: it changes
// only where a row is removed and put back, which the change log tells, and in
// the copies that become notebooks of another generation.
var documentQueries = map[app.Kind]string{
	app.KindArticle: "SELECT " + documentColumns + `i.title, t.plain || char(10) || i.publisher || char(10) ||
			(SELECT coalesce(group_concat(value, ', '), '') FROM json_each(i.authors)), '',
			(SELECT coalesce(group_concat(value, char(10)), '') FROM json_each(i.authors)),
			i.publisher, i.language, i.published, i.kind
		FROM articles i JOIN texts t ON t.id = i.text WHERE i.trashed IS NULL`,
	app.KindAnnotation: "SELECT " + documentColumns + `'', i.quote || char(10) || i.note, i.note,
			'', a.publisher, a.language, a.published, i.kind
		FROM annotations i JOIN articles a ON a.id = i.article WHERE i.trashed IS NULL`,
	app.KindNote: "SELECT " + documentColumns + `'', i.body, i.body, '', '', '', '', ''
		FROM notes i WHERE i.trashed IS NULL`,
	app.KindActor: "SELECT " + documentColumns + `i.name,
			(SELECT coalesce(group_concat(value, char(10)), '') FROM json_each(i.aliases)), '', '', '', '', '', i.kind
		FROM actors i WHERE i.trashed IS NULL AND i.merged_into IS NULL`,
	app.KindClaim: "SELECT " + documentColumns + `i.text, '', '', '', '', '', '', ''
		FROM claims i WHERE i.trashed IS NULL AND i.merged_into IS NULL`,
	app.KindStatement: "SELECT " + documentColumns + `c.name || ' ' || i.stance || ': ' || k.text, coalesce(p.quote, ''), '',
			'', coalesce(a.publisher, ''), coalesce(a.language, ''), coalesce(nullif(i.date, ''), a.published, ''), ''
		FROM statements i JOIN actors c ON c.id = i.actor JOIN claims k ON k.id = i.claim
		LEFT JOIN annotations p ON p.id = i.passage LEFT JOIN articles a ON a.id = p.article WHERE i.trashed IS NULL`,
}

// indexedKinds are the keys of documentQueries in a fixed order.
var indexedKinds = []app.Kind{
	app.KindActor, app.KindClaim, app.KindStatement, app.KindNote, app.KindAnnotation, app.KindArticle,
}

// kindsOr are the kinds asked for, or all.
func kindsOr(kinds []app.Kind) []app.Kind {
	if len(kinds) == 0 {
		return indexedKinds
	}
	return kinds
}

func scanDocument(kind app.Kind) func(scanner) (app.Document, error) {
	return func(row scanner) (app.Document, error) {
		d := app.Document{Ref: app.Ref{Kind: kind}}
		err := row.Scan(&d.Number, &d.ID, &d.Title, &d.Body, &d.Note, &d.Author, &d.Publisher, &d.Language, &d.Date, &d.Sort)
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
func (s *Store) EachDocument(ctx context.Context, fn func([]app.Document) error, kinds ...app.Kind) (int64, error) {
	var seq int64
	err := s.view(ctx, func(r *reader) (err error) {
		if seq, err = r.head(); err != nil {
			return err
		}
		for _, kind := range kindsOr(kinds) {
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
func (s *Store) CountDocuments(ctx context.Context, kinds ...app.Kind) (count int, seq int64, err error) {
	err = s.view(ctx, func(r *reader) error {
		for _, kind := range kindsOr(kinds) {
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
