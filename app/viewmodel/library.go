package viewmodel

import (
	"context"
	"errors"
	"slices"
	"strings"

	"rejoinder/app"
)

// Library is the left half of the main screen: collections and tags, and the
// list of articles.
type Library struct {
	OnChange func() // anything but the selection changed
	OnSelect func() // another article was selected
	OnRead   func() // only how much of an article was read changed
	// OnPlace says in which row an article stands that was just selected: it
	// should be seen.
	OnPlace func(row int)

	Collections       []CollectionNode
	Tags              []app.TagRow
	Total             int // articles in the notebook
	pager[LibraryRow]     // the list: Count and Row
	Query             app.ArticleQuery
	Selected          app.ArticleID
	Loaded            bool // the first load is done

	tree    load
	seeking load
	sought  bool // the row of the selected article was not told yet
	row     int  // where it was seen last
}

// LibraryRow is an article of the list, with the doubts about its text.
type LibraryRow struct {
	app.ArticleRow
	Doubts []string
}

// CollectionNode is a collection in its place in the tree.
type CollectionNode struct {
	app.CollectionRow
	Depth    int
	Problems []string // of a saved search: what it can no longer find
}

// NewLibrary makes the library's view. Load fills it.
func NewLibrary(s *Session) *Library {
	l := &Library{Query: app.ArticleQuery{Sort: app.SortPublished}}
	l.session = s
	l.list()
	return l
}

// list makes the list that of the query.
func (l *Library) list() {
	q := l.Query
	l.onChange = func() {
		changed(l.OnChange)
		l.seek()
	}
	l.total = func(r app.Reader) (int, error) { return r.CountArticles(q) }
	l.read = func(r app.Reader, limit, offset int) ([]LibraryRow, error) {
		q := q
		q.Limit, q.Offset = limit, offset
		return libraryRows(r, q)
	}
}

func libraryRows(r app.Reader, q app.ArticleQuery) ([]LibraryRow, error) {
	articles, err := r.Articles(q)
	if err != nil {
		return nil, err
	}
	rows, ids := make([]LibraryRow, len(articles)), make([]app.ArticleID, len(articles))
	for i, a := range articles {
		rows[i].ArticleRow, ids[i] = a, a.ID
	}
	doubts, err := r.Doubts(ids)
	for i := range rows {
		rows[i].Doubts = doubts[rows[i].ID]
	}
	return rows, err
}

type libraryTree struct {
	collections []app.CollectionRow
	problems    map[app.CollectionID][]string
	tags        []app.TagRow
	total       int
	gone        bool // the selected article
}

// Load reads collections, tags and the list anew.
func (l *Library) Load() {
	selected := l.Selected
	start(l.session.Loop, &l.tree, func(ctx context.Context) (t libraryTree, err error) {
		err = l.session.Notebook.View(ctx, func(r app.Reader) (err error) {
			if t.collections, err = r.Collections(); err != nil {
				return err
			}
			t.problems = map[app.CollectionID][]string{}
			for _, c := range t.collections {
				if t.problems[c.ID], err = app.StoredProblems(r, c.Collection); err != nil {
					return err
				}
			}
			if t.tags, err = r.Tags(); err != nil {
				return err
			}
			if t.gone, err = articleGone(r, selected); err != nil {
				return err
			}
			t.total, err = r.CountArticles(app.ArticleQuery{})
			return err
		})
		return t, err
	}, func(t libraryTree, err error) {
		if err != nil {
			l.session.Fail(err)
			return
		}
		l.Collections, l.Tags, l.Total, l.Loaded = nest(t.collections, t.problems), t.tags, t.total, true
		if t.gone && l.Selected == selected {
			l.Select("")
		}
		if q := l.Query; q.Collection != "" && !l.hasCollection(q.Collection) || q.Tag != "" && !l.hasTag(q.Tag) {
			l.ShowAll() // what was shown went to the trash
			return
		}
		changed(l.OnChange)
	})
	l.refresh()
}

// articleGone says whether an article is in the trash or no longer there.
func articleGone(r app.Reader, id app.ArticleID) (bool, error) {
	if id == "" {
		return false, nil
	}
	a, err := r.Article(id)
	if errors.Is(err, app.ErrNotFound) {
		return true, nil
	}
	return !a.Trashed.IsZero(), err
}

func (l *Library) hasCollection(id app.CollectionID) bool {
	return slices.ContainsFunc(l.Collections, func(c CollectionNode) bool { return c.ID == id })
}

func (l *Library) hasTag(id app.TagID) bool {
	return slices.ContainsFunc(l.Tags, func(t app.TagRow) bool { return t.ID == id })
}

// nest orders collections as a tree, each after its parent.
func nest(all []app.CollectionRow, problems map[app.CollectionID][]string) []CollectionNode {
	children := map[app.CollectionID][]app.CollectionRow{}
	for _, c := range all {
		children[c.Parent] = append(children[c.Parent], c)
	}
	var out []CollectionNode
	var add func(parent app.CollectionID, depth int)
	add = func(parent app.CollectionID, depth int) {
		for _, c := range children[parent] {
			out = append(out, CollectionNode{c, depth, problems[c.ID]})
			add(c.ID, depth+1)
		}
	}
	add("", 0)
	return out
}

// ShowAll shows every article.
func (l *Library) ShowAll() { l.show("", "") }

// ShowCollection shows a collection with those inside it.
func (l *Library) ShowCollection(id app.CollectionID) { l.show(id, "") }

// ShowTag shows what bears a tag or one below it.
func (l *Library) ShowTag(id app.TagID) { l.show("", id) }

func (l *Library) show(c app.CollectionID, t app.TagID) {
	l.Query.Collection, l.Query.Tag = c, t
	l.list()
	l.reload()
	changed(l.OnChange)
}

// SortBy orders the list.
func (l *Library) SortBy(s app.ArticleSort) {
	l.Query.Sort = s
	l.list()
	l.reload()
}

// Title names what the list shows.
func (l *Library) Title() string {
	for _, c := range l.Collections {
		if c.ID == l.Query.Collection {
			return c.Name
		}
	}
	for _, t := range l.Tags {
		if t.ID == l.Query.Tag {
			return strings.ReplaceAll(t.Path, "/", " / ")
		}
	}
	return "All articles"
}

// Select selects an article; "" selects nothing. It stays selected wherever its
// row comes to stand.
func (l *Library) Select(id app.ArticleID) {
	if l.Selected == id {
		return
	}
	l.Selected, l.sought = id, id != ""
	l.seeking.stop()
	changed(l.OnSelect)
	l.seek()
}

// SelectedRow is the row of the selected article, as far as rows were shown; -1
// when it is in none of them.
func (l *Library) SelectedRow() int {
	return l.rowWhere(func(a LibraryRow) bool { return a.ID == l.Selected })
}

// Beside is the article that stands so many rows below the selected one, negative
// above: of the rows as they are shown now. The first one without a selected row.
func (l *Library) Beside(rows int) (id app.ArticleID, ok bool) {
	if at := l.SelectedRow(); at >= 0 {
		l.row = at + rows
	}
	if l.row = max(0, min(l.row, l.Count-1)); l.Count == 0 {
		return "", false
	}
	a, ok := l.Row(l.row)
	return a.ID, ok
}

// seek tells once where the article stands that was selected.
func (l *Library) seek() {
	if !l.sought {
		return
	}
	id, q := l.Selected, l.Query
	start(l.session.Loop, &l.seeking, func(ctx context.Context) (row int, err error) {
		err = l.session.Notebook.View(ctx, func(r app.Reader) error {
			row, err = articleRow(r, q, id)
			return err
		})
		return row, err
	}, func(row int, err error) {
		if err != nil || row < 0 || row >= l.Count { // it is on its way into the list, or in another
			return
		}
		l.sought, l.row = false, row
		if l.OnPlace != nil {
			l.OnPlace(row)
		}
	})
}

// seekRows is how many rows are looked through at a time.
const seekRows = 500

// articleRow is where an article stands in a list; -1 when it does not.
func articleRow(r app.Reader, q app.ArticleQuery, id app.ArticleID) (int, error) {
	only := q
	only.IDs = []app.ArticleID{id}
	if n, err := r.CountArticles(only); err != nil || n == 0 {
		return -1, err
	}
	for q.Limit, q.Offset = seekRows, 0; ; q.Offset += seekRows {
		rows, err := r.Articles(q)
		if err != nil || len(rows) == 0 {
			return -1, err
		}
		if i := slices.IndexFunc(rows, func(a app.ArticleRow) bool { return a.ID == id }); i >= 0 {
			return q.Offset + i, nil
		}
	}
}

// Changed loads anew what these changes touch.
func (l *Library) Changed(c app.Changes) {
	if c.Touches(app.KindArticle, app.KindCollection, app.KindTag, app.KindAnnotation, app.KindStatement) {
		l.Load()
	}
}

// Import imports files and folders into the collection that is shown, telling
// progress, and calls done with what became of each.
func (l *Library) Import(ctx context.Context, paths []string, p app.Progress, done func([]app.ImportResult)) {
	into := l.Query.Collection
	for _, c := range l.Collections {
		if c.ID == into && c.Query != "" {
			into = "" // a saved search fills itself
		}
	}
	l.session.Loop.Work(func() {
		var results []app.ImportResult
		err := l.session.Notebook.Import(ctx, paths, app.ImportOptions{Collection: into}, p,
			func(r app.ImportResult) { results = append(results, r) })
		l.session.Loop.UI(func() {
			if err != nil && !errors.Is(err, context.Canceled) {
				l.session.Fail(err)
			}
			done(results)
		})
	})
}

// AddCollection makes a collection inside the one that is shown, and shows it.
func (l *Library) AddCollection(name, query string) {
	parent := l.Query.Collection
	if query != "" {
		parent = ""
	}
	do(l.session, func(ctx context.Context) (app.Collection, error) {
		return l.session.Notebook.AddCollection(ctx, app.Collection{Name: name, Parent: parent, Query: query})
	}, func(c app.Collection) {
		if query == "" {
			l.ShowCollection(c.ID)
		}
	})
}

// Collect puts the selected article into a collection.
func (l *Library) Collect(id app.CollectionID) {
	article := l.Selected
	do(l.session, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, l.session.Notebook.Collect(ctx, id, true, article)
	}, nil)
}

// RenameCollection gives a collection another name.
func (l *Library) RenameCollection(id app.CollectionID, name string) {
	do(l.session, func(ctx context.Context) (app.Collection, error) {
		return l.session.Notebook.EditCollection(ctx, id, func(c *app.Collection) { c.Name = name })
	}, nil)
}

// Trash moves a collection or a tag to the trash; the articles stay.
func (l *Library) Trash(ref app.Ref) {
	l.session.trash(ref)
}

// Read shows how much of an article was read, which is no change of the notebook.
func (l *Library) Read(id app.ArticleID, progress float64) {
	l.loaded(func(a *LibraryRow) {
		if a.ID == id {
			a.Progress = max(a.Progress, progress) // another pane may have seen more
		}
	})
	changed(l.OnRead)
}

// Titles lists the titles, of those articles whose rows were shown, that hold
// every word of what is typed.
func (l *Library) Titles(typed string) []string {
	var all []string
	l.loaded(func(a *LibraryRow) { all = append(all, a.Title) })
	return Matching(all, typed)
}
