package viewmodel

import (
	"context"
	"slices"

	"rejoinder/app"
)

// Annotations is the screen of all marks of the notebook: what is chosen of
// them, in which order, and which of them are ticked for doing something with
// several at once.
type Annotations struct {
	OnChange func()

	Query                    app.AnnotationQuery
	pager[app.AnnotationRow]        // Count and Row
	Total                    int    // marks in the notebook
	ArticleTitle             string // of the article that the list is narrowed to
	Colors                   map[app.Color]string
	Tags                     []app.TagRow
	Actors                   []app.Actor
	Claims                   []app.Claim
	Loaded                   bool

	choices load
	ids     load
	titles  load
	ticked  map[app.AnnotationID]bool
	last    app.AnnotationID // was ticked last, for a range
	current app.AnnotationID // the keys act on it
	row     int              // where it was seen last
}

// NewAnnotations makes the screen's view. Load fills it.
func NewAnnotations(s *Session) *Annotations {
	a := &Annotations{ticked: map[app.AnnotationID]bool{}, Query: app.AnnotationQuery{Sort: app.SortModified}}
	a.session = s
	a.onChange = func() { changed(a.OnChange) }
	a.list()
	return a
}

func (a *Annotations) list() {
	q := a.Query
	a.total = func(r app.Reader) (int, error) { return r.CountAnnotations(q) }
	a.read = func(r app.Reader, limit, offset int) ([]app.AnnotationRow, error) {
		q := q
		q.Limit, q.Offset = limit, offset
		return r.AnnotationRows(q)
	}
}

type annotationChoices struct {
	total  int
	colors map[app.Color]string
	tags   []app.TagRow
	actors []app.Actor
	claims []app.Claim
}

// Load reads the list, and what it can be filtered by, anew.
func (a *Annotations) Load() {
	start(a.session.Loop, &a.choices, func(ctx context.Context) (c annotationChoices, err error) {
		err = a.session.Notebook.View(ctx, func(r app.Reader) (err error) {
			if c.total, err = r.CountAnnotations(app.AnnotationQuery{}); err != nil {
				return err
			}
			if c.colors, err = r.ColorNames(); err != nil {
				return err
			}
			if c.tags, err = r.Tags(); err != nil {
				return err
			}
			if c.actors, err = r.Actors(); err != nil {
				return err
			}
			c.claims, err = r.Claims()
			return err
		})
		return c, err
	}, func(c annotationChoices, err error) {
		if err != nil {
			a.session.Fail(err)
			return
		}
		a.Total, a.Colors, a.Tags, a.Actors, a.Claims, a.Loaded = c.total, c.colors, c.tags, c.actors, c.claims, true
		changed(a.OnChange)
	})
	a.refresh()
}

// Changed loads anew what these changes touch, once the screen was shown.
func (a *Annotations) Changed(c app.Changes) {
	if a.Loaded && c.Touches(app.KindAnnotation, app.KindStatement, app.KindRelation, app.KindActor, app.KindClaim,
		app.KindTag, app.KindArticle, app.KindColor) {
		if len(a.ticked) > 0 {
			a.prune()
		}
		a.Load()
	}
}

// prune unticks what no longer belongs to the list.
func (a *Annotations) prune() {
	a.withIDs(func(all []app.AnnotationID) {
		there := map[app.AnnotationID]bool{}
		for _, id := range all {
			there[id] = true
		}
		for id := range a.ticked {
			if !there[id] {
				delete(a.ticked, id)
			}
		}
		changed(a.OnChange)
	})
}

// Choose changes the filter or the order; nothing is ticked after it.
func (a *Annotations) Choose(edit func(*app.AnnotationQuery)) {
	edit(&a.Query)
	a.ids.stop()
	clear(a.ticked)
	a.last = ""
	a.list()
	a.reload()
	changed(a.OnChange)
}

// Filtered says whether the list is narrowed.
func (a *Annotations) Filtered() bool {
	q := a.Query
	return len(q.Colors)+len(q.Kinds)+len(q.States) > 0 || q.Tag != "" || q.Actor != "" || q.Claim != "" || q.Article != "" ||
		q.From != "" || q.To != "" || q.Text != ""
}

// ClearFilter shows all.
func (a *Annotations) ClearFilter() {
	a.ArticleTitle = ""
	a.Choose(func(q *app.AnnotationQuery) { *q = app.AnnotationQuery{Sort: q.Sort} })
}

// Articles calls found with the titles of the articles that the words typed are
// found in.
func (a *Annotations) Articles(typed string, found func(titles []string, sure bool)) {
	start(a.session.Loop, &a.titles, func(ctx context.Context) (titles []string, err error) {
		if typed == "" { // the newest
			err = a.session.Notebook.View(ctx, func(r app.Reader) error {
				rows, err := r.Articles(app.ArticleQuery{Sort: app.SortModified, Limit: mostCompletions})
				for _, row := range rows {
					titles = append(titles, row.Title)
				}
				return err
			})
			return titles, err
		}
		hits, err := a.session.Notebook.Search(ctx, app.SearchQuery{Text: typed, Kinds: []app.Kind{app.KindArticle}, Typing: true, Limit: mostCompletions})
		for _, h := range hits.Found {
			titles = append(titles, h.Title)
		}
		return titles, err
	}, func(titles []string, err error) {
		if err != nil {
			a.session.Fail(err)
		}
		found(titles, true)
	})
}

// ChooseArticle narrows the list to the article with a title; "" to none.
func (a *Annotations) ChooseArticle(title string) {
	if title == "" {
		a.ArticleTitle = ""
		a.Choose(func(q *app.AnnotationQuery) { q.Article = "" })
		return
	}
	do(a.session, func(ctx context.Context) (app.ArticleID, error) {
		return a.session.Notebook.ArticleID(ctx, title)
	}, func(id app.ArticleID) {
		a.ArticleTitle = title
		a.Choose(func(q *app.AnnotationQuery) { q.Article = id })
	})
}

// ColorName is what the user calls a colour.
func (a *Annotations) ColorName(c app.Color) string { return colorName(a.Colors, c) }

// Summary says how many marks are listed and ticked.
func (a *Annotations) Summary() string {
	s := plural(a.Count, "mark")
	if a.Filtered() {
		s = Thousands(a.Count) + " of " + plural(a.Total, "mark")
	}
	if n := len(a.ticked); n > 0 {
		s += " · " + Thousands(n) + " ticked"
	}
	return s
}

// Ticked says whether a mark is ticked; TickedCount how many are.
func (a *Annotations) Ticked(id app.AnnotationID) bool { return a.ticked[id] }

// TickedCount is how many marks are ticked.
func (a *Annotations) TickedCount() int { return len(a.ticked) }

// Tick ticks a row or takes its tick away; with through, the rows since the one
// ticked last as well.
func (a *Annotations) Tick(row int, through bool) {
	here, ok := a.Row(row)
	if !ok {
		return
	}
	before := a.last
	a.last = here.ID
	if !through || before == "" {
		if a.ticked[here.ID] = !a.ticked[here.ID]; !a.ticked[here.ID] {
			delete(a.ticked, here.ID)
		}
		changed(a.OnChange)
		return
	}
	a.withIDs(func(all []app.AnnotationID) {
		from, to := slices.Index(all, before), slices.Index(all, here.ID)
		if from < 0 {
			from = to
		}
		for i := max(0, min(from, to)); i <= max(from, to); i++ {
			a.ticked[all[i]] = true
		}
		changed(a.OnChange)
	})
}

// CurrentRow is the row that the keys act on: that of the mark they went to,
// wherever it stands now, or the one in its place when it is gone.
func (a *Annotations) CurrentRow() int {
	if at := a.rowWhere(func(r app.AnnotationRow) bool { return r.ID == a.current }); at >= 0 {
		a.row = at
	}
	return max(0, min(a.row, a.Count-1))
}

// GoTo makes the mark in a row the one that the keys act on.
func (a *Annotations) GoTo(row int) {
	a.row = max(0, min(row, a.Count-1))
	a.current = ""
	if here, ok := a.Row(a.row); ok {
		a.current = here.ID
	}
	changed(a.OnChange)
}

// TickAll ticks everything that is listed, or nothing.
func (a *Annotations) TickAll(ticked bool) {
	if !ticked {
		a.ids.stop()
		clear(a.ticked)
		changed(a.OnChange)
		return
	}
	a.withIDs(func(all []app.AnnotationID) {
		for _, id := range all {
			a.ticked[id] = true
		}
		changed(a.OnChange)
	})
}

// withIDs calls then with the identifiers of the whole list, in its order.
func (a *Annotations) withIDs(then func([]app.AnnotationID)) {
	q := a.Query
	start(a.session.Loop, &a.ids, func(ctx context.Context) (ids []app.AnnotationID, err error) {
		err = a.session.Notebook.View(ctx, func(r app.Reader) (err error) {
			ids, err = r.AnnotationIDs(q)
			return err
		})
		return ids, err
	}, func(ids []app.AnnotationID, err error) {
		if err != nil {
			a.session.Fail(err)
			return
		}
		then(ids)
	})
}

// tickedIDs are the ticked marks; the order is theirs of making.
func (a *Annotations) tickedIDs() []app.AnnotationID {
	ids := make([]app.AnnotationID, 0, len(a.ticked))
	for id := range a.ticked {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// act does something to the ticked marks as one step.
func (a *Annotations) act(fn func(ctx context.Context, ids []app.AnnotationID) error, said string) {
	ids := a.tickedIDs()
	if len(ids) == 0 {
		a.session.Say("Tick some marks first")
		return
	}
	do(a.session, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, fn(ctx, ids)
	}, func(struct{}) { a.session.Say(said + " " + plural(len(ids), "mark") + " — undo with Ctrl+Z") })
}

// Recolor gives the ticked marks another colour.
func (a *Annotations) Recolor(c app.Color) {
	a.act(func(ctx context.Context, ids []app.AnnotationID) error {
		return a.session.Notebook.EditAnnotations(ctx, ids, func(n *app.Annotation) { n.Color = c })
	}, "Recoloured")
}

// Tag puts a tag on the ticked marks, or takes it off.
func (a *Annotations) Tag(path string, tagged bool) {
	said := "Tagged"
	if !tagged {
		said = "Untagged"
	}
	a.act(func(ctx context.Context, ids []app.AnnotationID) error {
		return a.session.Notebook.Tag(ctx, path, tagged, refsTo(ids)...)
	}, said)
}

// Trash moves the ticked marks to the trash.
func (a *Annotations) Trash() {
	a.act(func(ctx context.Context, ids []app.AnnotationID) error {
		_, err := a.session.Notebook.Trash(ctx, refsTo(ids)...)
		return err
	}, "Moved to the trash:")
}

func refsTo(ids []app.AnnotationID) []app.Ref {
	refs := make([]app.Ref, len(ids))
	for i, id := range ids {
		refs[i] = app.RefTo(app.KindAnnotation, id)
	}
	return refs
}

// Markdown calls then with the ticked marks, or all that are listed when none
// is, as Markdown in the order of the list, and how many they are.
func (a *Annotations) Markdown(then func(markdown string, n int)) {
	q, ticked, colors := a.Query, a.tickedIDs(), a.Colors
	type result struct {
		markdown string
		n        int
	}
	do(a.session, func(ctx context.Context) (out result, err error) {
		err = a.session.Notebook.View(ctx, func(r app.Reader) error {
			rows, err := r.AnnotationRows(q)
			if len(ticked) > 0 {
				rows = slices.DeleteFunc(rows, func(row app.AnnotationRow) bool {
					_, found := slices.BinarySearch(ticked, row.ID)
					return !found
				})
			}
			out = result{app.QuotesMarkdown(rows, colors), len(rows)}
			return err
		})
		return out, err
	}, func(out result) { then(out.markdown, out.n) })
}
