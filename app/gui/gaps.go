package gui

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// gapsScreen lists what is missing, by kind; each opens where it can be mended.
type gapsScreen struct {
	sideBase
	model *viewmodel.Gaps
	kinds *widgets.CardList
	list  *widgets.CardList
	none  *widgets.Prose // in the place of the list
	at    app.Gap        // that has the keys, or had them last; of no kind for none
}

func newGapsScreen(w *window) *gapsScreen {
	s := &gapsScreen{sideBase: sideBase{window: w}, model: viewmodel.NewGaps(w.session),
		kinds: widgets.NewCardList(0, fyne.NewSize(0, 4)), list: widgets.NewCardList(8, fyne.NewSize(14, 12))}
	m := s.model
	s.kinds.Count = func() int { return len(app.GapKinds) + 1 }
	s.kinds.Key = func(i int) string { return string(s.kindAt(i)) + "!" }
	s.kinds.Shows = func(i int) any { return []any{m.Total(), m.Count[s.kindAt(i)], m.Kind == s.kindAt(i)} }
	s.kinds.Make = s.kindRow
	s.list.Count = func() int { return len(m.Shown) }
	s.list.Key = func(i int) string {
		g := m.Shown[i]
		return fmt.Sprint(g.Kind, g.Open.ID, g.Actor, g.At, g.Text)
	}
	s.list.Shows = func(i int) any { return []any{m.Shown[i], s.firstOfKind(i)} }
	s.list.Make = s.gapCard
	s.none = widgets.NewProse(lookNote, widgets.Segment{Text: "No gap of this kind."})
	split := container.NewHSplit(widgets.NewSurface(widgets.ColorSurface, s.kinds), container.NewStack(s.list, container.New(layout.NewCustomPaddedLayout(18, 0, 20, 20), container.NewVBox(s.none))))
	split.SetOffset(0.24)
	empty := w.emptyScreen("Nothing is missing that we can see.", "Claims nobody answered, claims with one source, actors who were never heard themselves: what is missing is listed here, each where it can be mended.")
	s.stand(m, split, empty)
	m.OnChange = s.update
	return s
}

// kindAt is the kind of a row on the left; the first is for all.
func (s *gapsScreen) kindAt(i int) app.GapKind {
	if i == 0 {
		return ""
	}
	return app.GapKinds[i-1]
}

func (s *gapsScreen) update() {
	if !slices.Contains(s.model.Shown, s.at) {
		s.at = app.Gap{}
	}
	s.kinds.Update()
	s.list.Update()
	if !s.fills(!s.model.Loaded() || s.model.Total() > 0) {
		return
	}
	if len(s.model.Shown) > 0 {
		s.none.Hide()
	} else {
		s.none.Show()
	}
	s.window.sideUpdated()
}

func (s *gapsScreen) kindRow(i int) widgets.Flowing {
	kind := s.kindAt(i)
	title, count := "All gaps", s.model.Total()
	if kind != "" {
		title, count = kind.Title(), s.model.Count[kind]
	}
	ink := lookRow
	if count == 0 {
		ink = lookNote
	}
	card := widgets.NewCard(widgets.Frame{Flat: true, Chosen: kind == s.model.Kind},
		widgets.NewProse(lines(ink, 2), widgets.Segment{Text: title}, widgets.Segment{Text: "   " + viewmodel.Thousands(count), Color: colorMuted}))
	card.OnTap = func() { s.model.Choose(kind) }
	card.OnOpen = func() { s.list.Focus(0) }
	card.OnKey = func(e *fyne.KeyEvent) {
		switch {
		case s.kinds.Step(i, e):
			if at := s.kinds.Focused(); at >= 0 && at != i {
				s.model.Choose(s.kindAt(at))
			}
		case e.Name == fyne.KeyRight:
			s.list.Focus(0)
		default:
			s.key(e)
		}
	}
	return card
}

func (s *gapsScreen) firstOfKind(i int) bool {
	return i == 0 || s.model.Shown[i-1].Kind != s.model.Shown[i].Kind
}

func (s *gapsScreen) gapCard(i int) widgets.Flowing {
	g := s.model.Shown[i]
	objects := []fyne.CanvasObject{widgets.NewProse(lines(lookRow, 4), widgets.Segment{Text: g.Text})}
	if s.firstOfKind(i) { // said once for all of a kind
		objects = []fyne.CanvasObject{widgets.NewProse(lines(lookNote, 2), widgets.Segment{Text: g.Kind.Title(), Bold: true, Color: gapColor(g.Kind)},
			widgets.Segment{Text: "   " + g.Kind.Mend()}), objects[0]}
	}
	card := widgets.NewCard(widgets.Frame{Dashed: g.Kind == app.GapInference}, objects...)
	card.OnTap = func() { s.at = g; s.open(g) }
	card.OnOpen = card.OnTap
	card.OnKey = func(e *fyne.KeyEvent) {
		s.mark(g)
		switch {
		case s.list.Step(i, e):
			if at := s.list.Focused(); at >= 0 {
				s.mark(s.model.Shown[at])
			}
		case e.Name == fyne.KeyLeft:
			s.focus()
		default:
			s.key(e)
		}
	}
	card.OnSecond = func(at fyne.Position) {
		s.mark(g)
		s.menu(g, at)
	}
	return card
}

// mark makes a gap the one that menus and other screens go on with.
func (s *gapsScreen) mark(g app.Gap) {
	s.at = g
	s.model.Mark(g)
}

func gapColor(k app.GapKind) fyne.ThemeColorName {
	switch k {
	case app.GapReply, app.GapUnanswered:
		return "disputes"
	case app.GapTurn:
		return "questions"
	case app.GapOneSource, app.GapOneStory:
		return "qualifies"
	}
	return colorMuted
}

// open opens a gap where it can be mended: a claim that nobody answered in its
// dispute, a change of stance at its passage, a relation in its form, the others
// on the page of what they are about.
func (s *gapsScreen) open(g app.Gap) {
	w := s.window
	s.model.Mark(g)
	switch g.Kind {
	case app.GapUnanswered, app.GapReply, app.GapOneSource, app.GapOneStory:
		w.show(screenDispute)
	case app.GapTurn:
		s.model.OpenStatement(g.At, w.openPassage)
	case app.GapInference:
		if x, ok := s.model.Relation(g); ok {
			w.relationForm(x)
		}
	case app.GapQuotedOnly:
		w.openPage(app.RefTo(app.KindActor, g.Actor))
	default:
		w.openPage(app.RefTo(app.KindClaim, g.Claim))
	}
}

// menu is what else can be done about a gap.
func (s *gapsScreen) menu(g app.Gap, at fyne.Position) {
	w := s.window
	items := []*fyne.MenuItem{item("Open where it can be mended", func() { s.open(g) })}
	if g.Claim != "" {
		claim := app.RefTo(app.KindClaim, g.Claim)
		items = append(items, item("Look for evidence: more like this claim", func() { w.moreLike(claim, w.session.Side().NameOf(claim)) }))
		items = append(items, item("Dispute of the claim", func() { w.show(screenDispute) }),
			item("Page of the claim", func() { w.openPage(app.RefTo(app.KindClaim, g.Claim)) }))
	}
	if g.Actor != "" {
		items = append(items, item("Page of the actor", func() { w.openPage(app.RefTo(app.KindActor, g.Actor)) }))
	}
	items = append(items, item("Record a statement…    S", w.statementForm))
	if st, ok := s.model.Statement(g); ok {
		items = append(items, fyne.NewMenuItemSeparator())
		items = append(items, w.statementItems(st)...)
	} else if x, ok := s.model.Relation(g); ok {
		items = append(items, fyne.NewMenuItemSeparator())
		items = append(items, w.relationItems(x)...)
	}
	showMenu(w, at, items)
}

// focus implements sideScreen.
func (s *gapsScreen) focus() {
	s.kinds.Focus(max(0, s.kinds.IndexOf(string(s.model.Kind)+"!")))
}

// key implements sideScreen.
func (s *gapsScreen) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDown, fyne.KeyUp:
		s.focus()
	default:
		s.window.sideKey(e)
	}
}

// chosen implements sideScreen.
func (s *gapsScreen) chosen() (app.Ref, bool) {
	if s.at.Claim != "" {
		return app.RefTo(app.KindClaim, s.at.Claim), true
	}
	return app.RefTo(app.KindActor, s.at.Actor), s.at.Actor != ""
}

// hint implements sideScreen.
func (s *gapsScreen) hint() string {
	return viewmodel.GapCount(len(s.model.Shown)) + " · → into the list · Return opens it where it can be mended · S statement · P page"
}

// exports implements sideScreen.
func (s *gapsScreen) exports() []*fyne.MenuItem {
	return []*fyne.MenuItem{item("Copy as Markdown", func() {
		text := ""
		last := app.GapKind("")
		for _, g := range s.model.Shown {
			if g.Kind != last {
				text += "\n## " + g.Kind.Title() + "\n\n" + g.Kind.Mend() + "\n\n"
				last = g.Kind
			}
			text += "- [ ] " + app.EscapeMarkdown(g.Text) + "\n"
		}
		s.window.app.Clipboard().SetContent("# Gaps\n" + text)
		s.window.say("Copied as Markdown")
	})}
}
