package gui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// pageScreen is everything about one actor, claim or note; all of one kind
// stand on the left.
type pageScreen struct {
	sideBase
	model  *viewmodel.Page
	kinds  []*widgets.Tab
	filter *pageFilter
	list   *widgets.CardList
	cards  *widgets.CardList
	parts  []pagePart
	shown  app.Ref         // that the cards are of
	whole  map[string]bool // the sections that are shown to their end
	none   fyne.CanvasObject
	stack  *fyne.Container // the page, or what is said without one
}

// pagePart is one card of the right side.
type pagePart struct {
	key  string
	make func(i int) widgets.Flowing
}

// pageWidth is how wide a page is at most: lines stay as short as in a book.
const pageWidth = 780

func newPageScreen(w *window) *pageScreen {
	s := &pageScreen{sideBase: sideBase{window: w}, model: viewmodel.NewPage(w.session), whole: map[string]bool{},
		list: widgets.NewCardList(0, fyne.NewSize(0, 4)), cards: widgets.NewCardList(10, fyne.NewSize(24, 20))}
	m := s.model
	s.list.Count = func() int { return max(1, len(m.Items)) } // one row says that there is none
	s.list.Key = func(i int) string {
		if len(m.Items) == 0 {
			return "none"
		}
		return m.Items[i].Ref.ID
	}
	s.list.Make = s.listRow
	s.cards.MaxWidth = pageWidth
	s.cards.Count = func() int { return len(s.parts) }
	s.cards.Key = func(i int) string { return s.parts[i].key }
	s.cards.Make = func(i int) widgets.Flowing { return s.parts[i].make(i) }
	s.cards.OnMade = m.Fetch
	s.none = w.emptyScreen("Nothing to show yet.", "Actors and claims come with the statements that you record in the reader with S. Each has a page here with all that is said, and notes about it; N writes a note.")
	s.stack = container.NewStack(s.cards, s.none)
	split := container.NewHSplit(widgets.NewSurface(widgets.ColorSurface, container.NewBorder(s.listHead(), nil, nil, nil, s.list)), s.stack)
	split.SetOffset(0.22)
	s.stand(m, split, nil)
	m.OnChange, m.OnEvidence = s.update, s.update
	return s
}

// kindNames are what the switch above the list says.
var kindNames = map[app.Kind]string{app.KindActor: "Actors", app.KindClaim: "Claims", app.KindNote: "Notes"}

// listHead is the switch between the kinds, over the filter.
func (s *pageScreen) listHead() fyne.CanvasObject {
	row := container.NewHBox()
	for _, kind := range viewmodel.PageKinds {
		tab := widgets.NewTab(kindNames[kind], func() { s.model.ShowKind(kind) })
		s.kinds = append(s.kinds, tab)
		row.Add(tab)
	}
	row.Add(layout.NewSpacer())
	row.Add(widgets.NewTab("+ Note", func() { s.window.newNote(app.Ref{}) }))
	s.filter = &pageFilter{down: s.focus}
	s.filter.ExtendBaseWidget(s.filter)
	s.filter.OnChanged = s.model.SetFilter
	return container.NewVBox(container.New(layout.NewCustomPaddedLayout(8, 0, 4, 8), row),
		container.New(layout.NewCustomPaddedLayout(0, 4, 8, 8), s.filter))
}

// pageFilter hands Down and Return to the list below it; Escape empties it.
type pageFilter struct {
	widget.Entry
	down func()
}

// TypedKey implements fyne.Focusable.
func (e *pageFilter) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnter:
		e.down()
	case fyne.KeyEscape:
		e.SetText("")
	default:
		e.Entry.TypedKey(k)
	}
}

func (s *pageScreen) update() {
	m := s.model
	for i, kind := range viewmodel.PageKinds {
		s.kinds[i].Choose(kind == m.Kind)
	}
	s.filter.SetPlaceHolder("Filter " + viewmodel.Counted(m.Total(), string(m.Kind)))
	s.list.Update()
	if m.Ref.ID == "" {
		s.parts, s.shown = nil, app.Ref{}
		s.cards.Hide()
		s.none.Show()
		s.window.sideUpdated()
		return
	}
	s.none.Hide()
	s.cards.Show()
	if m.Shown.Ref == m.Ref {
		s.showPage()
	}
	s.window.sideUpdated()
}

// showPage makes the cards; another page begins at its top, and takes the keys
// over from the one before.
func (s *pageScreen) showPage() {
	another, had := s.shown != s.model.Ref, s.cards.Focused() >= 0
	if another {
		clear(s.whole)
	}
	s.shown = s.model.Ref
	s.fill()
	s.cards.Update()
	if another {
		s.cards.Reveal(0)
		if had {
			s.focusPage()
		}
		if at := s.list.IndexOf(s.shown.ID); at >= 0 {
			s.list.Reveal(at)
		}
	}
}

func (s *pageScreen) listRow(i int) widgets.Flowing {
	if len(s.model.Items) == 0 {
		text := "No " + string(s.model.Kind) + " yet."
		if s.model.Filter != "" {
			text = "None has these words. Esc in the box shows all."
		}
		return widgets.NewFlow(0, fyne.NewSize(16, 8), widgets.NewProse(lookNote, widgets.Segment{Text: text}))
	}
	it := s.model.Items[i]
	name := it.Name
	if name == "" {
		name = "(no words)"
	}
	title := []widgets.Segment{{Text: name}}
	if it.Ref.Kind == app.KindNote {
		title = noteSegments(name)
	}
	objects := []fyne.CanvasObject{widgets.NewProse(lines(lookRow, 3), title...)}
	if it.About != "" {
		objects = append(objects, widgets.NewProse(lines(lookSmall, 1), widgets.Segment{Text: it.About}))
	} else if counts := stanceCounts(s.model.Counts(it.Ref)); len(counts) > 0 {
		objects = append(objects, widgets.NewProse(lines(lookSmall, 1), counts...))
	}
	card := widgets.NewCard(widgets.Frame{Flat: true, Chosen: it.Ref == s.model.Ref}, objects...)
	card.OnTap = func() { s.model.Open(it.Ref) }
	card.OnOpen = func() { s.openFromList(it.Ref) }
	card.OnKey = func(e *fyne.KeyEvent) {
		switch {
		case s.list.Step(i, e):
			if at := s.list.Focused(); at >= 0 && at != i {
				s.model.Open(s.model.Items[at].Ref)
			}
		case e.Name == fyne.KeyRight:
			s.openFromList(it.Ref)
		default:
			s.key(e)
		}
	}
	return card
}

func (s *pageScreen) openFromList(ref app.Ref) {
	s.model.Open(ref)
	s.focusPage()
}

// focusPage gives the first card that can be chosen the keys.
func (s *pageScreen) focusPage() {
	s.cards.Step(0, &fyne.KeyEvent{Name: fyne.KeyDown})
}

// openRef shows a thing: its page, or an article in the library.
func (s *pageScreen) openRef(ref app.Ref) {
	switch ref.Kind {
	case app.KindArticle:
		s.window.openArticle(app.ArticleID(ref.ID))
	case app.KindAnnotation:
		s.model.OpenPassage(app.AnnotationID(ref.ID), s.window.openPassage)
	default:
		s.window.openPage(ref)
	}
}

// follow shows what a [[link]] leads to.
func (s *pageScreen) follow(name string) {
	if ref, ok := s.model.Linked(name); ok {
		s.openRef(ref)
		return
	}
	s.window.say("Nothing, or more than one thing, is called “" + app.LinkName(name) + "”")
}

// openArticle shows an article in the library.
func (w *window) openArticle(id app.ArticleID) {
	w.show(screenLibrary)
	w.library.Select(id)
	w.pane().model.Open(id, -1)
	w.pane().focus()
}

// openPage shows everything about an actor, a claim or a note.
func (w *window) openPage(ref app.Ref) {
	w.pages.model.Open(ref)
	w.show(screenPage)
}

// focus implements sideScreen.
func (s *pageScreen) focus() { s.list.Focus(max(0, s.list.IndexOf(s.model.Ref.ID))) }

// key implements sideScreen.
func (s *pageScreen) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDown, fyne.KeyUp:
		s.focus()
	case fyne.KeyRight:
		s.focusPage()
	case fyne.KeyE:
		s.edit()
	default:
		s.window.sideKey(e)
	}
}

// cardKey runs the keys of a card of the page; digits open what it names.
func (s *pageScreen) cardKey(i int, e *fyne.KeyEvent, links []func()) {
	switch {
	case s.cards.Step(i, e):
	case e.Name == fyne.KeyLeft:
		s.focus()
	case len(e.Name) == 1 && e.Name >= fyne.Key1 && e.Name <= fyne.Key9:
		if n := int(e.Name[0] - '1'); n < len(links) {
			links[n]()
		}
	case e.Name == fyne.KeyRight:
	default:
		s.key(e)
	}
}

// chosen implements sideScreen.
func (s *pageScreen) chosen() (app.Ref, bool) { return s.model.Ref, s.model.Ref.ID != "" }

// hint implements sideScreen.
func (s *pageScreen) hint() string {
	picked := ""
	if n := len(s.model.Picked); n > 0 {
		picked = fmt.Sprintf("%d picked, Split… splits them off · ", n)
	}
	return picked + "↓ ↑ move · → into the page, ← back to the list · Return opens, 1–9 the links · Space picks statements · N note"
}

// exports implements sideScreen.
func (s *pageScreen) exports() []*fyne.MenuItem { return nil }
