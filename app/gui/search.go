package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// searchScreen is what the box over everything found: facets | results | preview.
type searchScreen struct {
	root     fyne.CanvasObject
	window   *window
	model    *viewmodel.Search
	head     *searchHead
	hints    *widgets.Prose
	coverage *widgets.Prose
	columns  *container.Split
	facets   *facetColumn
	list     *resultList
	preview  *previewPane
	empty    *searchEmpty
	wants    bool // the list gets the keys when the results are there
	partly   bool // the index did not hold everything a moment ago
}

var searchSorts = map[app.SearchSort]string{app.ByRelevance: "Relevance", app.ByDate: "Date", app.ByTitle: "Title", app.ByTouched: "Last touched"}

func newSearchScreen(w *window) *searchScreen {
	s := &searchScreen{window: w, model: w.search}
	s.head = newSearchHead(s)
	s.hints, s.coverage = widgets.NewProse(lookNote), widgets.NewProse(lookNote)
	s.hints.Hide()
	s.coverage.Hide()
	s.facets, s.list, s.preview, s.empty = newFacetColumn(s), newResultList(s), newPreviewPane(s), newSearchEmpty(s)
	top := widgets.NewFlow(0, fyne.Size{}, widgets.NewSurface(widgets.ColorSurface, widgets.NewFlow(4, fyne.NewSize(16, 4), s.head, s.coverage, s.hints)),
		widgets.Rule())
	results := container.NewHSplit(widgets.NewSurface(widgets.ColorSurface, container.NewStack(s.list, s.empty.root)), s.preview.root)
	results.SetOffset(0.47)
	s.columns = container.NewHSplit(widgets.NewSurface(widgets.ColorSurface, s.facets.column), results)
	s.columns.SetOffset(0.17)
	s.root = container.NewBorder(top, nil, nil, nil, s.columns)
	s.model.OnChange, s.model.OnPreview = s.update, s.preview.update
	s.update()
	return s
}

// update shows the view-model's state.
func (s *searchScreen) update() {
	m := s.model
	s.head.update()
	hint := ""
	for _, h := range m.Hints() {
		if hint != "" {
			hint += "\n"
		}
		hint += h
	}
	say(s.hints, hint)
	s.facets.update()
	s.list.update()
	s.empty.update()
	s.showCoverage()
	if s.wants && m.Fresh() {
		s.focusList()
	}
}

// say shows a line, or hides it when there is nothing to say.
func say(p *widgets.Prose, text string) {
	if text == "" {
		p.Hide()
		return
	}
	p.Set(widgets.Segment{Text: text})
	p.Show()
}

// showCoverage says how much can be found yet, and searches again when it is all.
func (s *searchScreen) showCoverage() {
	line := s.model.Coverage()
	say(s.coverage, line)
	if s.partly && line == "" {
		s.model.Again()
	}
	s.partly = line != ""
	s.root.Refresh()
}

// tick follows the index while the screen is seen.
func (s *searchScreen) tick() {
	if line := s.model.Coverage(); s.window.shown() == screenSearch && (s.partly || line != "") {
		s.showCoverage()
	}
}

// focusList gives the list the keys, now or when there are results, with its
// first row chosen if none is.
func (s *searchScreen) focusList() {
	m := s.model
	if s.wants = m.Active() && !m.Fresh(); s.wants || len(m.Found) == 0 {
		return
	}
	s.window.show(screenSearch)
	if m.ChosenIndex() < 0 {
		s.list.Select(0)
	}
	s.window.win.Canvas().Focus(s.list)
}

// open shows a result where it belongs, and remembers the search for it.
func (s *searchScreen) open(i int) {
	if i >= 0 && i < len(s.model.Found) {
		s.model.Keep()
		s.window.openFound(s.model.Found[i])
	}
}

// openFound shows what was found where it belongs.
func (w *window) openFound(f app.Found) {
	switch {
	case f.Article != "":
		w.show(screenLibrary)
		w.library.Select(f.Article)
		w.pane().model.OpenFound(f)
		w.pane().focus()
	case f.Kind == app.KindActor:
		w.show(screenBoard)
		w.board.Clear()
		w.board.ChooseActor(app.ActorID(f.ID))
	case f.Kind == app.KindClaim:
		w.show(screenBoard)
		w.board.Clear()
		w.board.ChooseClaim(app.ClaimID(f.ID))
	default:
		w.show(screenBoard)
	}
}

// resultItems are the actions on a result.
func (s *searchScreen) resultItems(i int) []*fyne.MenuItem {
	f := s.model.Found[i]
	items := []*fyne.MenuItem{item("Open    Return", func() { s.open(i) })}
	if f.Kind == app.KindArticle || f.Kind == app.KindClaim {
		items = append(items, item("More like this", func() { s.window.moreLike(f.Ref, f.Title) }))
	}
	return items
}

// moreLike finds what is like an article or a claim.
func (w *window) moreLike(ref app.Ref, title string) {
	w.show(screenSearch)
	w.search.LikeThis(ref, title)
	w.searchView.focusList()
}

// moreLikeChosen finds what is like what is chosen on the screen in front.
func (w *window) moreLikeChosen() {
	switch {
	case w.shown() == screenSearch:
		if f, ok := w.search.Current(); ok && (f.Kind == app.KindArticle || f.Kind == app.KindClaim) {
			w.moreLike(f.Ref, f.Title)
			return
		} else if ok && f.Article != "" {
			w.moreLike(app.RefTo(app.KindArticle, f.Article), f.ArticleTitle)
			return
		}
	case w.shown() == screenLibrary && w.reader.Article.ID != "" && !w.onBoard():
		w.moreLike(app.RefTo(app.KindArticle, w.reader.Article.ID), w.reader.Article.Title)
		return
	}
	if ref, ok := w.chosenThing(); ok && ref.Kind == app.KindClaim {
		w.moreLike(ref, w.session.Side().NameOf(ref))
		return
	}
	w.say("Choose an article or a claim first")
}

// searchHead is the row over the results: how many there are and what they are
// like on the left, and what can be done with the search on the right.
type searchHead struct {
	widget.BaseWidget
	screen         *searchScreen
	summary, about *widgets.Prose
	unlike, renew  *widgets.Tab
	sort           *widgets.Tab
	acts           []*widgets.Tab
}

func newSearchHead(s *searchScreen) *searchHead {
	w, m := s.window, s.model
	h := &searchHead{screen: s, summary: widgets.NewProse(lines(lookTitle, 1)), about: widgets.NewProse(lines(lookNote, 1))}
	h.unlike = widgets.NewTab("✕", m.Unlike)
	h.renew = widgets.NewTab("Update", m.UpdateSaved)
	h.sort = widgets.NewTab("Relevance ▾", nil)
	h.sort.OnTap = func() { showMenu(w, below(h.sort), w.sortItems()) }
	h.acts = []*widgets.Tab{h.sort, widgets.NewTab("Save…", w.saveSearch), widgets.NewTab("Broaden…", w.broadenForm),
		widgets.NewTab("History", w.recallSearch), widgets.NewTab("?", w.showQueryHelp)}
	h.ExtendBaseWidget(h)
	return h
}

// sortItems are the orders of the results.
func (w *window) sortItems() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, sort := range app.SearchSorts {
		i := item(searchSorts[sort], func() { w.search.SortBy(sort); w.menu.update() })
		i.Checked = w.search.Sort == sort
		items = append(items, i)
	}
	return items
}

func (h *searchHead) update() {
	m := h.screen.model
	h.summary.Set(widgets.Segment{Text: m.Summary()})
	h.sort.SetLabel(searchSorts[m.Sort] + " ▾")
	show := func(o fyne.CanvasObject, visible bool) {
		if visible {
			o.Show()
		} else {
			o.Hide()
		}
	}
	switch {
	case m.Like != nil:
		h.about.Set(widgets.Segment{Text: "Like: ", Bold: true}, widgets.Segment{Text: m.Like.Title})
	case m.Saved != nil:
		h.about.Set(widgets.Segment{Text: "Saved: ", Bold: true}, widgets.Segment{Text: m.Saved.Name})
	default:
		h.about.Set()
	}
	show(h.unlike, m.Like != nil)
	show(h.renew, m.SavedDiffers())
	h.acts[1].Enable(m.CanSave() == "")
	h.acts[2].Enable(m.CanSave() == "")
	h.Refresh()
}

// HeightFor implements widgets.Flowing.
func (h *searchHead) HeightFor(float32) float32 { return 36 }

// CreateRenderer implements fyne.Widget.
func (h *searchHead) CreateRenderer() fyne.WidgetRenderer { return &searchHeadRenderer{h} }

type searchHeadRenderer struct{ head *searchHead }

func (r *searchHeadRenderer) Destroy()           {}
func (r *searchHeadRenderer) MinSize() fyne.Size { return fyne.NewSize(300, 36) }

func (r *searchHeadRenderer) Objects() []fyne.CanvasObject {
	h := r.head
	out := []fyne.CanvasObject{h.summary, h.about, h.unlike, h.renew}
	for _, a := range h.acts {
		out = append(out, a)
	}
	return out
}

func (r *searchHeadRenderer) Layout(size fyne.Size) {
	h := r.head
	end := size.Width + 12 // a tab's own margin
	for i := range h.acts {
		a := h.acts[len(h.acts)-1-i]
		width := a.MinSize().Width
		end -= width
		a.Move(fyne.NewPos(end, 2))
		a.Resize(fyne.NewSize(width, 32))
	}
	summary := min(h.summary.NaturalWidth(), end)
	h.summary.Move(fyne.NewPos(0, 8))
	h.summary.Resize(fyne.NewSize(max(10, summary), 20))
	at := summary + 24
	room := end - at - 12
	for _, t := range []*widgets.Tab{h.unlike, h.renew} {
		if t.Visible() {
			room -= t.MinSize().Width
		}
	}
	about := max(10, min(h.about.NaturalWidth(), room))
	h.about.Move(fyne.NewPos(at, 9))
	h.about.Resize(fyne.NewSize(about, 19))
	at += about
	for _, t := range []*widgets.Tab{h.unlike, h.renew} {
		if t.Visible() {
			t.Move(fyne.NewPos(at, 2))
			t.Resize(fyne.NewSize(t.MinSize().Width, 32))
			at += t.MinSize().Width
		}
	}
}

func (r *searchHeadRenderer) Refresh() {
	r.Layout(r.head.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

// searchEmpty is what stands in the place of results when there are none.
type searchEmpty struct {
	root        *fyne.Container
	screen      *searchScreen
	title, more *widgets.Prose
	broaden     *widget.Button
}

func newSearchEmpty(s *searchScreen) *searchEmpty {
	e := &searchEmpty{screen: s, title: widgets.NewProse(lookEmpty), more: widgets.NewProse(lookRow)}
	e.broaden = widget.NewButton("Broaden…", s.window.broadenForm)
	row := container.NewHBox(e.broaden, widget.NewButton("History", s.window.recallSearch), widget.NewButton("What a query can say", s.window.showQueryHelp), layout.NewSpacer())
	e.root = container.NewPadded(container.NewPadded(container.NewVBox(
		container.New(&emptyLayout{}, widgets.NewFlow(12, fyne.NewSize(16, 24), e.title, e.more, row)))))
	return e
}

// emptyLayout gives a flow its width and its height.
type emptyLayout struct{ width float32 }

// Layout implements fyne.Layout.
func (l *emptyLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	for _, o := range objects {
		o.Resize(fyne.NewSize(size.Width, o.(widgets.Flowing).HeightFor(size.Width)))
	}
}

// MinSize implements fyne.Layout.
func (l *emptyLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(200, objects[0].(widgets.Flowing).HeightFor(max(200, l.width)))
}

func (e *searchEmpty) update() {
	m := e.screen.model
	title, more := "", ""
	switch {
	case !m.Active():
		title = "Search everything in this notebook."
		more = "Articles, marks, statements, actors, claims and notes, in any language: " + shortcutText("Shift+F") +
			" from anywhere. Down in the empty box brings back what you searched for before."
	case m.Err != nil:
		title = app.Sentence(m.Err)
	case m.Searched && len(m.Found) == 0:
		title, more = "Nothing here has these words.", "Fewer words find more; a facet or a condition such as tag: narrows."
		if m.Like != nil {
			title, more = "Nothing is like this.", "It may be too short, or speak of nothing that others speak of."
		}
		if m.Coverage() != "" {
			title, more = "Nothing found yet.", "The index is still being filled; what it finds appears here by itself."
		}
	}
	if title == "" {
		e.root.Hide()
		return
	}
	e.title.Set(widgets.Segment{Text: title})
	e.more.Set(widgets.Segment{Text: more, Color: colorMuted})
	if m.Active() && m.CanSave() == "" && m.Err == nil {
		e.broaden.Show()
	} else {
		e.broaden.Hide()
	}
	e.root.Show()
	e.root.Refresh()
}
