package gui

import (
	"fyne.io/fyne/v2"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// filterTabs are what the list can be narrowed by, and its order.
func (s *annotationsScreen) filterTabs() []*filterTab {
	m := s.model
	q := func() *app.AnnotationQuery { return &m.Query }
	one := func(name, value string) (string, bool) {
		if value == "" {
			return name + " ▾", false
		}
		return name + ": " + app.Slice(value, 0, 24), true
	}
	return []*filterTab{
		s.filter(func() (string, bool) {
			if len(q().Colors) == 0 {
				return one("Colour", "")
			}
			return one("Colour", s.model.ColorName(q().Colors[0]))
		}, s.colorMenu),
		s.filter(func() (string, bool) {
			if len(q().Kinds) == 0 {
				return one("Kind", "")
			}
			return one("Kind", string(q().Kinds[0]))
		}, s.kindMenu),
		s.filter(func() (string, bool) { return one("Tag", nameOf(m.Tags, q().Tag, tagID, tagPath)) }, func(fyne.Position) { s.askTag() }),
		s.filter(func() (string, bool) { return one("Actor", nameOf(m.Actors, q().Actor, actorID, actorName)) }, func(fyne.Position) { s.askActor() }),
		s.filter(func() (string, bool) { return one("Claim", nameOf(m.Claims, q().Claim, claimID, claimText)) }, func(fyne.Position) { s.askClaim() }),
		s.filter(func() (string, bool) { return one("Article", m.ArticleTitle) }, func(fyne.Position) { s.askArticle() }),
		s.filter(func() (string, bool) {
			span := string(q().From) + "–" + string(q().To)
			if span == "–" {
				span = ""
			}
			return one("Date", span)
		}, func(fyne.Position) { s.askDates() }),
		s.filter(func() (string, bool) {
			if len(q().States) == 0 {
				return one("Place", "")
			}
			return one("Place", stateWords[q().States[0]])
		}, s.stateMenu),
		s.filter(func() (string, bool) {
			for _, o := range markSorts {
				if o.sort == q().Sort {
					return "Order: " + o.name + " ▾", false
				}
			}
			return "Order ▾", false
		}, s.sortMenu),
	}
}

func tagID(t app.TagRow) app.TagID    { return t.ID }
func tagPath(t app.TagRow) string     { return t.Path }
func actorID(a app.Actor) app.ActorID { return a.ID }
func actorName(a app.Actor) string    { return a.Name }
func claimID(c app.Claim) app.ClaimID { return c.ID }
func claimText(c app.Claim) string    { return c.Text }

// nameOf is the name of the thing with an identifier; "" for no identifier.
func nameOf[T any, ID ~string](all []T, id ID, idOf func(T) ID, name func(T) string) string {
	if id == "" {
		return ""
	}
	for _, x := range all {
		if idOf(x) == id {
			return name(x)
		}
	}
	return string(id)
}

func (s *annotationsScreen) filter(label func() (string, bool), open func(at fyne.Position)) *filterTab {
	text, _ := label()
	f := &filterTab{label: label}
	f.Tab = widgets.NewTab(text, nil)
	f.OnTap = func() { open(below(f.Tab)) }
	return f
}

// filterMenu offers values, the first of them for no limit.
func (s *annotationsScreen) filterMenu(at fyne.Position, any string, names []string, chosen int, choose func(int)) {
	items := []*fyne.MenuItem{item(any, func() { choose(-1) }), fyne.NewMenuItemSeparator()}
	for i, name := range names {
		entry := item(name, func() { choose(i) })
		entry.Checked = i == chosen
		items = append(items, entry)
	}
	showMenu(s.window, at, items)
}

func (s *annotationsScreen) colorMenu(at fyne.Position) {
	var names []string
	for _, c := range app.Colors {
		names = append(names, s.model.ColorName(c))
	}
	s.filterMenu(at, "Any colour", names, -1, func(i int) {
		s.model.Choose(func(q *app.AnnotationQuery) {
			if q.Colors = nil; i >= 0 {
				q.Colors = []app.Color{app.Colors[i]}
			}
		})
	})
}

func (s *annotationsScreen) kindMenu(at fyne.Position) {
	kinds := []app.AnnotationKind{app.Highlight, app.Underline, app.Comment}
	s.filterMenu(at, "Any kind", []string{"Highlights", "Underlines", "Comments"}, -1, func(i int) {
		s.model.Choose(func(q *app.AnnotationQuery) {
			if q.Kinds = nil; i >= 0 {
				q.Kinds = []app.AnnotationKind{kinds[i]}
			}
		})
	})
}

// stateWords name the states as a filter offers them; markStateWords tells of one
// mark whether its words changed.
var stateWords = map[app.AnchorState]string{app.AnchorExact: "sure", app.AnchorFuzzy: "carried",
	app.AnchorNeedsReview: "to review", app.AnchorOrphan: "not found"}

// markStateWords say how sure a mark's place is, and whether its words are those
// that were marked.
func markStateWords(a app.Annotation) string {
	switch {
	case a.TextChanged:
		return "text changed"
	case a.State == app.AnchorFuzzy:
		return "other typography"
	}
	return stateWords[a.State]
}

func (s *annotationsScreen) stateMenu(at fyne.Position) {
	states := []app.AnchorState{app.AnchorExact, app.AnchorFuzzy, app.AnchorNeedsReview, app.AnchorOrphan}
	var names []string
	for _, state := range states {
		names = append(names, stateWords[state])
	}
	s.filterMenu(at, "However sure the place is", names, -1, func(i int) {
		s.model.Choose(func(q *app.AnnotationQuery) {
			if q.States = nil; i >= 0 {
				q.States = []app.AnchorState{states[i]}
			}
		})
	})
}

func (s *annotationsScreen) sortMenu(at fyne.Position) {
	var items []*fyne.MenuItem
	for _, o := range markSorts {
		i := item(o.name, func() { s.model.Choose(func(q *app.AnnotationQuery) { q.Sort = o.sort }) })
		i.Checked = s.model.Query.Sort == o.sort
		items = append(items, i)
	}
	showMenu(s.window, at, items)
}

// ask asks for one of many by name; an empty line takes the limit away.
func ask[T any](s *annotationsScreen, title string, all []T, name func(T) string, choose func(*app.AnnotationQuery, T, bool)) {
	var names []string
	for _, x := range all {
		names = append(names, name(x))
	}
	s.window.askLineOrNone(title, suggest(func(typed string) []string { return viewmodel.Matching(names, typed) }), func(typed string) {
		var none T
		if typed == "" {
			s.model.Choose(func(q *app.AnnotationQuery) { choose(q, none, false) })
			return
		}
		for _, x := range all {
			if app.FoldName(name(x)) == app.FoldName(typed) {
				s.model.Choose(func(q *app.AnnotationQuery) { choose(q, x, true) })
				return
			}
		}
		s.window.say("There is none called " + typed)
	})
}

func (s *annotationsScreen) askTag() {
	ask(s, "Only marks with the tag…", s.model.Tags, tagPath, func(q *app.AnnotationQuery, t app.TagRow, _ bool) { q.Tag = t.ID })
}

func (s *annotationsScreen) askActor() {
	ask(s, "Only what this actor says…", s.model.Actors, actorName, func(q *app.AnnotationQuery, a app.Actor, _ bool) { q.Actor = a.ID })
}

func (s *annotationsScreen) askClaim() {
	ask(s, "Only what is said about the claim…", s.model.Claims, claimText, func(q *app.AnnotationQuery, c app.Claim, _ bool) { q.Claim = c.ID })
}

// askArticle narrows the list to one article, which is found by its title.
func (s *annotationsScreen) askArticle() {
	s.window.askLineOrNone("Only marks in the article…", s.model.Articles, s.model.ChooseArticle)
}

func (s *annotationsScreen) askDates() {
	from, to := newFormEntry(string(s.model.Query.From), "2019-10-08, 2019-10 or 2019"), newFormEntry(string(s.model.Query.To), "2019-10-08, 2019-10 or 2019")
	f := s.window.newForm("Articles published", 420, 260, fieldLabel("From"), from, fieldLabel("To"), to)
	f.save = func() {
		for _, d := range []string{from.Text, to.Text} {
			if err := app.Date(d).Validate(); err != nil {
				s.window.fail(err)
				return
			}
		}
		s.model.Choose(func(q *app.AnnotationQuery) { q.From, q.To = app.Date(from.Text), app.Date(to.Text) })
		f.hide()
	}
	f.showFrom(from)
}
