package storage

import (
	"strings"

	"rejoinder/app"
)

const articleColumns = `a.id, a.title, a.authors, a.publisher, a.url, a.published, a.date_source, a.language,
	a.kind, a.original, a.text, coalesce(a.story, ''), a.created, a.modified, a.trashed`

func articleFields(a *app.Article) []any {
	return []any{&a.ID, &a.Title, asJSON{&a.Authors}, &a.Publisher, &a.URL, &a.Published, &a.DateSource, &a.Language,
		&a.Kind, &a.Original, &a.Text, &a.Story, moment{&a.Created}, moment{&a.Modified}, moment{&a.Trashed}}
}

func scanArticle(row scanner) (a app.Article, err error) {
	err = row.Scan(articleFields(&a)...)
	return a, err
}

// Article implements app.Reader.
func (r *reader) Article(id app.ArticleID) (app.Article, error) {
	return one(r, app.KindArticle, scanArticle, "SELECT "+articleColumns+" FROM articles a WHERE a.id = ?", string(id))
}

// ArticleByOriginal implements app.Reader.
func (r *reader) ArticleByOriginal(sha256 string) (app.Article, error) {
	return one(r, app.KindArticle, scanArticle, "SELECT "+articleColumns+` FROM articles a WHERE a.id IN (
			SELECT v.article FROM texts t JOIN article_texts v ON v.text = t.id WHERE t.original = ?)
		ORDER BY a.trashed IS NOT NULL, a.id LIMIT 1`, sha256)
}

// articleWhere is the condition of an article query and its arguments.
func articleWhere(q app.ArticleQuery) (string, []any) {
	conditions, args := []string{"a.trashed IS NULL"}, []any(nil)
	if q.Collection != "" {
		conditions = append(conditions, `a.id IN (WITH RECURSIVE inside (id) AS (
			VALUES (?) UNION SELECT c.id FROM collections c JOIN inside ON c.parent = inside.id WHERE c.trashed IS NULL)
			SELECT article FROM collected WHERE collection IN inside)`)
		args = append(args, string(q.Collection))
	}
	if q.Tag != "" {
		conditions = append(conditions, `a.id IN (SELECT g.target FROM taggings g JOIN tags t ON t.id = g.tag
			JOIN tags top ON top.id = ? WHERE t.trashed IS NULL
			AND (t.id = top.id OR substr(t.path, 1, length(top.path) + 1) = top.path || '/'))`)
		args = append(args, string(q.Tag))
	}
	if q.Kind != "" {
		conditions = append(conditions, "a.kind = ?")
		args = append(args, string(q.Kind))
	}
	if q.Title != "" {
		conditions = append(conditions, "a.title = ? COLLATE NOCASE")
		args = append(args, q.Title)
	}
	if q.IDs != nil {
		conditions = append(conditions, "a.id"+inList)
		args = append(args, asList(q.IDs))
	}
	if q.Unread {
		conditions = append(conditions, "NOT EXISTS (SELECT 1 FROM annotations n WHERE n.article = a.id AND n.trashed IS NULL)")
	}
	return " WHERE " + strings.Join(conditions, " AND "), args
}

// Articles implements app.Reader.
func (r *reader) Articles(q app.ArticleQuery) ([]app.ArticleRow, error) {
	order := map[app.ArticleSort]string{
		app.SortPublished: "a.published DESC, a.id DESC",
		app.SortTitle:     "a.title COLLATE NOCASE, a.id",
		app.SortModified:  "a.modified DESC, a.id DESC",
	}[q.Sort]
	if order == "" {
		order = "a.created DESC, a.id DESC"
	}
	where, args := articleWhere(q)
	limit := q.Limit
	if limit <= 0 {
		limit = -1
	}
	// The page is cut before anything is counted.
	query := "WITH page AS (SELECT a.* FROM articles a" + where + " ORDER BY " + order + " LIMIT ? OFFSET ?) SELECT " +
		articleColumns + `, t.words,
		(SELECT count(*) FROM annotations n WHERE n.article = a.id AND n.trashed IS NULL),
		(SELECT count(*) FROM statements s JOIN annotations n ON n.id = s.passage
			WHERE n.article = a.id AND s.trashed IS NULL),
		coalesce(g.furthest, 0), coalesce(g.length, 0)
		FROM page a JOIN texts t ON t.id = a.text LEFT JOIN readings g ON g.article = a.id ORDER BY ` + order
	return list(r, func(row scanner) (a app.ArticleRow, err error) {
		var g app.Reading
		err = row.Scan(append(articleFields(&a.Article), &a.Words, &a.Marks, &a.Statements, &g.Furthest, &g.Length)...)
		a.Progress = g.Progress()
		return a, err
	}, query, append(args, limit, q.Offset)...)
}

// CountArticles implements app.Reader.
func (r *reader) CountArticles(q app.ArticleQuery) (int, error) {
	where, args := articleWhere(q)
	return r.count("SELECT count(*) FROM articles a"+where, args...)
}

// PutArticle implements app.Tx.
func (t *tx) PutArticle(a app.Article) error {
	err := t.put("articles", string(a.ID), a.Created,
		column{"title", a.Title}, column{"authors", toJSON(a.Authors)}, column{"publisher", a.Publisher},
		column{"url", a.URL}, column{"published", string(a.Published)}, column{"date_source", string(a.DateSource)},
		column{"language", a.Language}, column{"kind", string(a.Kind)}, column{"original", a.Original},
		column{"text", string(a.Text)}, column{"story", reference(a.Story)})
	if err != nil {
		return err
	}
	return t.AddVersion(a.ID, a.Text)
}

// Text implements app.Reader.
func (r *reader) Text(id app.TextID) (app.Text, error) {
	return one(r, "text", func(row scanner) (t app.Text, err error) {
		err = row.Scan(&t.ID, &t.Original, &t.Reader, &t.Words, &t.Plain, asJSON{&t.Blocks}, asJSON{&t.Spans}, asJSON{&t.Provenance}, moment{&t.Created})
		return t, err
	}, "SELECT id, original, reader, words, plain, blocks, spans, provenance, created FROM texts WHERE id = ?", string(id))
}

// PutText implements app.Tx.
func (t *tx) PutText(x app.Text) error {
	blocks, spans, provenance := toJSON(x.Blocks), toJSON(x.Spans), objectJSON(x.Provenance)
	return t.exec(`INSERT INTO texts (id, original, reader, words, plain, blocks, spans, provenance, created, sha256)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		string(x.ID), x.Original, x.Reader, x.Words, x.Plain, blocks, spans, provenance, millis(t.now),
		textHash(x.Plain, blocks, spans, provenance))
}

// Story implements app.Reader.
func (r *reader) Story(id app.StoryID) (app.Story, error) {
	return one(r, app.KindStory, scanStory, "SELECT "+storyColumns+" FROM stories WHERE id = ?", string(id))
}

const storyColumns = "id, name, created, modified, trashed"

func scanStory(row scanner) (s app.Story, err error) {
	err = row.Scan(&s.ID, &s.Name, moment{&s.Created}, moment{&s.Modified}, moment{&s.Trashed})
	return s, err
}

// Stories implements app.Reader.
func (r *reader) Stories() ([]app.Story, error) {
	return list(r, scanStory, "SELECT "+storyColumns+" FROM stories WHERE trashed IS NULL ORDER BY id")
}

// PutStory implements app.Tx.
func (t *tx) PutStory(s app.Story) error {
	return t.put("stories", string(s.ID), s.Created, column{"name", s.Name})
}
