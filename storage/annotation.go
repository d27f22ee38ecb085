package storage

import "rejoinder/app"

const annotationColumns = `n.id, n.article, n.text, n.kind, n.color, n.note, n.start_at, n.end_at, n.quote, n.prefix,
	n.suffix, n.state, n.text_changed, n.created, n.modified, n.trashed`

func annotationFields(a *app.Annotation) []any {
	return []any{&a.ID, &a.Article, &a.Text, &a.Kind, &a.Color, &a.Note, &a.Anchor.Start, &a.Anchor.End, &a.Anchor.Quote,
		&a.Anchor.Prefix, &a.Anchor.Suffix, &a.State, &a.TextChanged, moment{&a.Created}, moment{&a.Modified}, moment{&a.Trashed}}
}

func scanAnnotation(row scanner) (a app.Annotation, err error) {
	err = row.Scan(annotationFields(&a)...)
	return a, err
}

// Annotation implements app.Reader.
func (r *reader) Annotation(id app.AnnotationID) (app.Annotation, error) {
	return one(r, app.KindAnnotation, scanAnnotation,
		"SELECT "+annotationColumns+" FROM annotations n WHERE n.id = ?", string(id))
}

// passageColumns are those of an annotation n, its article a and, by joinStory,
// the story s of that.
const (
	passageColumns = annotationColumns + `, a.title, a.authors, a.publisher, a.url, a.published, coalesce(s.id, ''), a.text`
	joinStory      = " LEFT JOIN stories s ON s.id = a.story AND s.trashed IS NULL"
)

func scanPassage(row scanner) (p app.Passage, err error) {
	err = row.Scan(append(annotationFields(&p.Annotation), &p.ArticleTitle, asJSON{&p.Authors}, &p.Publisher, &p.URL,
		&p.Published, &p.Story, &p.InUse)...)
	return p, err
}

// Passages implements app.Reader.
func (r *reader) Passages(ids []app.AnnotationID) (map[app.AnnotationID]app.Passage, error) {
	out := make(map[app.AnnotationID]app.Passage, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	found, err := list(r, scanPassage, "SELECT "+passageColumns+" FROM annotations n JOIN articles a ON a.id = n.article"+
		joinStory+" WHERE n.id"+inList, asList(ids))
	for _, p := range found {
		out[p.ID] = p
	}
	return out, err
}

// PutAnnotation implements app.Tx.
func (t *tx) PutAnnotation(a app.Annotation) error {
	return t.put("annotations", string(a.ID), a.Created,
		column{"article", string(a.Article)}, column{"text", string(a.Text)}, column{"kind", string(a.Kind)},
		column{"color", string(a.Color)}, column{"note", a.Note}, column{"start_at", a.Anchor.Start},
		column{"end_at", a.Anchor.End}, column{"quote", a.Anchor.Quote}, column{"prefix", a.Anchor.Prefix},
		column{"suffix", a.Anchor.Suffix}, column{"state", string(a.State)},
		column{"text_changed", a.TextChanged})
}
