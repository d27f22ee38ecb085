package storage

import (
	"encoding/json"
	"slices"
	"strings"

	"rejoinder/app"
)

// filter gathers the conditions of a query and their arguments.
type filter struct {
	conditions []string
	args       []any
}

func (f *filter) add(condition string, args ...any) {
	f.conditions, f.args = append(f.conditions, condition), append(f.args, args...)
}

func (f *filter) where() string {
	if len(f.conditions) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(f.conditions, " AND ")
}

// asList is the argument of "IN (SELECT value FROM json_each(?))", which takes
// any number of texts.
func asList[T ~string](values []T) string {
	b, err := json.Marshal(values)
	if err != nil {
		panic(err) // texts only
	}
	return string(b)
}

const inList = " IN (SELECT value FROM json_each(?))"

// annotationFilter is the condition of an annotation query over annotations n and
// their articles a.
func (r *reader) annotationFilter(q app.AnnotationQuery) (filter, error) {
	var f filter
	if !q.Trashed {
		f.add("n.trashed IS NULL")
	}
	if q.Article != "" {
		f.add("n.article = ?", string(q.Article))
	}
	if len(q.Colors) > 0 {
		f.add("n.color"+inList, asList(q.Colors))
	}
	if len(q.Kinds) > 0 {
		f.add("n.kind"+inList, asList(q.Kinds))
	}
	if len(q.States) > 0 && !slices.Contains(q.States, app.AnchorExact) {
		f.add("n.state <> 'exact'") // these have an index
	}
	if len(q.States) > 0 {
		f.add("n.state"+inList, asList(q.States))
	}
	if q.Tag != "" {
		f.add(`n.id IN (SELECT g.target FROM taggings g JOIN tags t ON t.id = g.tag
			JOIN tags top ON top.id = ? WHERE t.trashed IS NULL
			AND (t.id = top.id OR substr(t.path, 1, length(top.path) + 1) = top.path || '/'))`, string(q.Tag))
	}
	if q.Actor != "" {
		f.add("n.id IN (SELECT passage FROM statements WHERE trashed IS NULL AND (actor = ? OR reported_by = ?))",
			string(q.Actor), string(q.Actor))
	}
	if q.Claim != "" {
		f.add(`n.id IN (SELECT passage FROM statements WHERE trashed IS NULL AND claim = ? UNION
			SELECT passage FROM relations WHERE trashed IS NULL AND (from_claim = ? OR to_claim = ?))`,
			string(q.Claim), string(q.Claim), string(q.Claim))
	}
	// A date that is only a month or a year stands for all its days.
	if q.From != "" {
		f.add("a.published <> '' AND a.published >= substr(?, 1, length(a.published))", string(q.From))
	}
	if q.To != "" {
		f.add("a.published <> '' AND substr(a.published, 1, ?) <= ?", len(q.To), string(q.To))
	}
	return f, r.addWords(&f, q.Words())
}

// addWords limits a query to annotations that hold these words.
func (r *reader) addWords(f *filter, words []string) error {
	if len(words) == 0 {
		return nil
	}
	tags, err := r.Tags()
	if err != nil {
		return err
	}
	paths := "''" // of an annotation's tags, which are read only where a tag can matter
	for _, t := range tags {
		for _, w := range words {
			if app.HoldsWords([]string{w}, t.Path) {
				paths = `coalesce((SELECT group_concat(t.path, ' ') FROM taggings g JOIN tags t ON t.id = g.tag
					WHERE g.target = n.id AND t.trashed IS NULL), '')`
			}
		}
	}
	f.add("holds_words(?, n.quote, n.note, "+paths+")", strings.Join(words, " "))
	return nil
}

// annotationOrder is the order of an annotation query, and what it reads from.
// Each begins with the table by whose index the rows come in their order, which
// SQLite is told by CROSS JOIN: a page is then read without sorting.
func annotationOrder(q app.AnnotationQuery) (from, order string) {
	const annotationsFirst = " FROM annotations n CROSS JOIN articles a ON a.id = n.article"
	const articlesFirst = " FROM articles a CROSS JOIN annotations n ON n.article = a.id"
	if q.Article != "" && (q.Sort == "" || q.Sort == app.SortPosition || q.Sort == app.SortPublished) {
		return annotationsFirst, "n.start_at, n.end_at, n.id"
	}
	switch q.Sort {
	case app.SortCreated:
		return annotationsFirst, "n.created DESC, n.id DESC"
	case app.SortModified:
		return annotationsFirst, "n.modified DESC, n.id DESC"
	case app.SortColor:
		return annotationsFirst, "instr('yellow green blue pink orange violet', n.color), n.created DESC, n.id DESC"
	case app.SortPublished:
		return articlesFirst, "a.published DESC, a.id DESC, n.start_at, n.end_at, n.id"
	}
	return articlesFirst, "a.title COLLATE NOCASE, a.id, n.start_at, n.end_at, n.id"
}

// annotationSelect is the query for these columns, with more tables joined, of
// what q chooses.
func (r *reader) annotationSelect(columns, joins string, q app.AnnotationQuery) (string, []any, error) {
	f, err := r.annotationFilter(q)
	from, order := annotationOrder(q)
	if !q.Trashed && strings.HasPrefix(from, " FROM articles") {
		f.add("a.trashed IS NULL") // as with every mark that is not in the trash; the index wants to be told
	}
	limit := q.Limit
	if limit <= 0 {
		limit = -1
	}
	return "SELECT " + columns + from + joins + f.where() + " ORDER BY " + order + " LIMIT ? OFFSET ?",
		append(f.args, limit, q.Offset), err
}

// Annotations implements app.Reader.
func (r *reader) Annotations(q app.AnnotationQuery) ([]app.Annotation, error) {
	query, args, err := r.annotationSelect(annotationColumns, "", q)
	if err != nil {
		return nil, err
	}
	return list(r, scanAnnotation, query, args...)
}

// AnnotationIDs implements app.Reader.
func (r *reader) AnnotationIDs(q app.AnnotationQuery) ([]app.AnnotationID, error) {
	query, args, err := r.annotationSelect("n.id", "", q)
	if err != nil {
		return nil, err
	}
	return list(r, scanText[app.AnnotationID], query, args...)
}

// CountAnnotations implements app.Reader.
func (r *reader) CountAnnotations(q app.AnnotationQuery) (int, error) {
	f, err := r.annotationFilter(q)
	if err != nil {
		return 0, err
	}
	from := " FROM annotations n"
	if q.From != "" || q.To != "" {
		from += " JOIN articles a ON a.id = n.article"
	}
	return r.count("SELECT count(*)"+from+f.where(), f.args...)
}

// AnnotationRows implements app.Reader.
func (r *reader) AnnotationRows(q app.AnnotationQuery) ([]app.AnnotationRow, error) {
	query, args, err := r.annotationSelect(passageColumns, joinStory, q)
	if err != nil {
		return nil, err
	}
	passages, err := list(r, scanPassage, query, args...)
	if err != nil {
		return nil, err
	}
	ids := make([]app.AnnotationID, len(passages))
	for i, p := range passages {
		ids[i] = p.ID
	}
	hanging, err := r.Hanging(ids)
	if err != nil {
		return nil, err
	}
	out := make([]app.AnnotationRow, len(passages))
	for i, p := range passages {
		out[i] = app.AnnotationRow{Passage: p, Hanging: hanging[p.ID]}
	}
	return out, nil
}
