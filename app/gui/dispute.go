package gui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// disputeScreen is one claim: a row for every actor, a column for every stance,
// and what is set against it; all claims stand on the left.
type disputeScreen struct {
	sideBase
	model  *viewmodel.Dispute
	claims *widgets.CardList
	rows   *widgets.CardList
	parts  []disputePart // what the rows are
}

// disputePart is one card of the right side.
type disputePart struct {
	key   string
	make  func(i int) widgets.Flowing
	shows any
}

// disputeShares are the widths of the actor's name and the five columns; those
// where nobody stands take no more than their titles need.
func disputeShares(d app.Dispute) []float32 {
	out := []float32{1.1}
	for column := range app.DisputeColumns {
		share := float32(0.75)
		if slices.ContainsFunc(d.Rows, func(r app.DisputeRow) bool { return len(r.Cells[column]) > 0 }) {
			share = 1.4
		}
		out = append(out, share)
	}
	return out
}

func newDisputeScreen(w *window) *disputeScreen {
	s := &disputeScreen{sideBase: sideBase{window: w}, model: viewmodel.NewDispute(w.session),
		claims: widgets.NewCardList(0, fyne.NewSize(0, 4)), rows: widgets.NewCardList(8, fyne.NewSize(14, 12))}
	m := s.model
	s.claims.Count = func() int { return len(m.Claims) }
	s.claims.Key = func(i int) string { return string(m.Claims[i]) }
	s.claims.Shows = func(i int) any { return s.claimShown(i) }
	s.claims.Make = s.claimRow
	s.rows.Count = func() int { return len(s.parts) }
	s.rows.Shows = func(i int) any { return s.parts[i].shows }
	s.rows.Key = func(i int) string { return s.parts[i].key }
	s.rows.Make = func(i int) widgets.Flowing { return s.parts[i].make(i) }
	split := container.NewHSplit(widgets.NewSurface(widgets.ColorSurface, s.claims), s.rows)
	split.SetOffset(0.22)
	empty := w.emptyScreen("No claim yet.", "Record statements in the reader with S: each claim has its dispute here, with a column for every stance.")
	s.stand(m, split, empty)
	m.OnChange = s.update
	return s
}

// emptyScreen says what belongs on a screen and offers the next step.
func (w *window) emptyScreen(what, how string) fyne.CanvasObject {
	return container.NewCenter(container.NewGridWrap(fyne.NewSize(520, 200), widgets.NewFlow(16, fyne.Size{},
		widgets.NewProse(lookEmpty, widgets.Segment{Text: what}), widgets.NewProse(lookRow, widgets.Segment{Text: how, Color: colorMuted}),
		container.NewHBox(widget.NewButton("Go to the library", func() { w.show(screenLibrary) }),
			widget.NewButton("Record a statement…", w.statementForm)))))
}

func (s *disputeScreen) update() {
	m := s.model
	s.claims.Update()
	s.fill()
	s.rows.Update()
	if !s.fills(len(m.Claims) > 0) {
		return
	}
	s.window.sideUpdated()
}

// claimRowShown is what a row of the claims shows.
type claimRowShown struct {
	text     string
	counts   map[app.Stance]int
	counters int
	chosen   bool
}

func (s *disputeScreen) claimShown(i int) (c claimRowShown) {
	id := s.model.Claims[i]
	c.text, c.counts, c.counters = s.model.Card(id)
	c.chosen = id == s.model.Claim
	return c
}

func (s *disputeScreen) claimRow(i int) widgets.Flowing {
	id, c := s.model.Claims[i], s.claimShown(i)
	line := stanceCounts(c.counts)
	if c.counters > 0 {
		line = append(line, widgets.Segment{Text: "   " + strconv.Itoa(c.counters) + " counter", Color: colorMuted})
	}
	objects := []fyne.CanvasObject{widgets.NewProse(lines(lookRow, 3), widgets.Segment{Text: c.text})}
	if len(line) > 0 {
		objects = append(objects, widgets.NewProse(lines(lookSmall, 1), line...))
	}
	card := widgets.NewCard(widgets.Frame{Flat: true, Chosen: c.chosen}, objects...)
	card.OnTap = func() { s.model.Choose(id) }
	card.OnOpen = func() { s.rows.Focus(s.firstRow()) }
	card.OnKey = func(e *fyne.KeyEvent) {
		switch {
		case s.claims.Step(i, e):
			if at := s.focusedClaim(); at >= 0 && at != i {
				s.model.Choose(s.model.Claims[at])
			}
		case e.Name == fyne.KeyRight:
			s.rows.Focus(s.firstRow())
		default:
			s.key(e)
		}
	}
	return card
}

// focusedClaim is the claim in the list that has the keys; -1 for none.
func (s *disputeScreen) focusedClaim() int { return s.claims.Focused() }

// firstRow is the first card that can be chosen.
func (s *disputeScreen) firstRow() int {
	for i, p := range s.parts {
		if strings.HasPrefix(p.key, "row ") {
			return i
		}
	}
	return 0
}

// fill says what the cards of the right side are.
func (s *disputeScreen) fill() {
	d := s.model.Shown
	s.parts = []disputePart{{"head", func(int) widgets.Flowing { return s.headCard() }, d.Claim}, {"titles", func(int) widgets.Flowing { return s.titles() }, disputeShares(d)}}
	for _, row := range s.model.Speakers() {
		s.parts = append(s.parts, disputePart{"row " + string(row.Actor), func(i int) widgets.Flowing { return s.actorRow(i, row) }, []any{row, disputeShares(d)}})
	}
	if silent := s.model.Silent(); len(silent) > 0 {
		s.parts = append(s.parts, disputePart{"silent", func(int) widgets.Flowing { return silentCard(silent) }, silent})
	}
	title := "Nobody has set a claim against this one"
	if n := len(d.Counterclaims); n > 0 {
		title = "Counterclaims"
	}
	s.parts = append(s.parts, disputePart{"counters", func(int) widgets.Flowing {
		return widgets.NewFlow(0, fyne.NewSize(2, 6), widgets.NewProse(lines(lookTitle, 1), widgets.Segment{Text: title}))
	}, title})
	for _, c := range d.Counterclaims {
		s.parts = append(s.parts, disputePart{"counter " + string(c.ID), func(i int) widgets.Flowing { return s.counterCard(i, c) }, c})
	}
	for _, x := range d.Others {
		s.parts = append(s.parts, disputePart{"other " + string(x.ID), func(i int) widgets.Flowing { return s.otherCard(i, x) }, []any{x, s.model.Claim}})
	}
}

func (s *disputeScreen) headCard() widgets.Flowing {
	c := s.model.Shown.Claim
	objects := []fyne.CanvasObject{widgets.NewProse(lines(lookEmpty, 4), widgets.Segment{Text: c.Text})}
	objects = append(objects, noteProse(c.Notes)...)
	return widgets.NewFlow(6, fyne.NewSize(2, 2), append(objects, widgets.NewChips(lookSmall, claimFacts(c)...))...)
}

// titles are the titles of the columns.
func (s *disputeScreen) titles() widgets.Flowing {
	objects := []fyne.CanvasObject{widgets.NewProse(lines(lookHeading, 1), widgets.Segment{Text: ""})}
	for i, title := range app.DisputeColumns {
		glyph, ink := disputeGlyph(app.DisputeColumn(i))
		objects = append(objects, widgets.NewProse(lines(lookHeading, 2), widgets.Segment{Text: glyph, Color: ink}, widgets.Segment{Text: title, Color: ink}))
	}
	return widgets.NewFlow(0, fyne.NewSize(14, 0), widgets.NewRow(12, disputeShares(s.model.Shown), objects...))
}

func disputeGlyph(c app.DisputeColumn) (string, fyne.ThemeColorName) {
	stances := map[app.DisputeColumn]app.Stance{app.ColumnAsserts: app.Asserts, app.ColumnSupports: app.Supports,
		app.ColumnQualifies: app.Qualifies, app.ColumnDisputes: app.Disputes, app.ColumnSilent: app.Declines}
	return stances[c].Glyph() + " ", stanceColor(stances[c])
}

// cellShown is how many statements a cell shows.
const cellShown = 6

func (s *disputeScreen) actorRow(i int, row app.DisputeRow) widgets.Flowing {
	objects := []fyne.CanvasObject{widgets.NewProse(lines(lookTitle, 3), widgets.Segment{Text: s.model.ActorName(row.Actor)})}
	var passages []*app.Passage
	for _, cell := range row.Cells {
		var quotes []fyne.CanvasObject
		for _, st := range cell[:min(len(cell), cellShown)] {
			quotes = append(quotes, s.window.statementQuote(st, false, s.window.openPassage))
			if st.Passage != nil {
				passages = append(passages, st.Passage)
			}
		}
		if more := len(cell) - cellShown; more > 0 {
			quotes = append(quotes, widgets.NewProse(lookNote, widgets.Segment{Text: "and " + viewmodel.Thousands(more) + " more"}))
		}
		objects = append(objects, widgets.NewFlow(4, fyne.Size{}, quotes...))
	}
	card := widgets.NewCard(widgets.Frame{}, widgets.NewRow(12, disputeShares(s.model.Shown), objects...))
	card.OnTap = func() { s.model.ChooseActor(row.Actor) }
	card.OnOpen = func() { s.open(passages, 0) }
	card.OnKey = func(e *fyne.KeyEvent) { s.rowKey(i, e, passages) }
	card.OnSecond = func(at fyne.Position) {
		s.model.ChooseActor(row.Actor)
		showMenu(s.window, at, []*fyne.MenuItem{item("Page of "+s.model.ActorName(row.Actor), func() { s.window.openPage(app.RefTo(app.KindActor, row.Actor)) })})
	}
	return card
}

// rowKey runs the keys of a row: digits open its quotes.
func (s *disputeScreen) rowKey(i int, e *fyne.KeyEvent, passages []*app.Passage) {
	switch {
	case s.rows.Step(i, e):
	case e.Name == fyne.KeyLeft:
		s.focus()
	case len(e.Name) == 1 && e.Name >= fyne.Key1 && e.Name <= fyne.Key9:
		s.open(passages, int(e.Name[0]-'1'))
	default:
		s.key(e)
	}
}

func (s *disputeScreen) open(passages []*app.Passage, n int) {
	if n >= len(passages) {
		s.window.say("Nothing shows this yet: record it once more on a passage")
		return
	}
	s.window.openPassage(*passages[n])
}

func silentCard(names []string) widgets.Flowing {
	return widgets.NewCard(widgets.Frame{}, widgets.NewProse(lines(lookSmall, 1), widgets.Segment{Text: "silent", Bold: true}),
		widgets.NewProse(lines(lookNote, 6), widgets.Segment{Text: strings.Join(names, ", ")}))
}

func (s *disputeScreen) counterCard(i int, c app.DisputeCounter) widgets.Flowing {
	objects, passages := s.window.relationObjects(c.BoardRelation, false, s.window.openPassage)
	for _, st := range c.Statements[:viewmodel.Shown(c.Statements)] {
		if st.Passage != nil {
			passages = append(passages, st.Passage)
		}
		objects = append(objects, s.window.statementQuote(st, true, s.window.openPassage))
	}
	for _, x := range c.Against {
		objects = append(objects, widgets.NewProse(lines(lookNote, 3), widgets.Segment{Text: "answered: ", Color: theme.ColorNamePlaceHolder},
			widgets.Segment{Text: x.Kind.Words() + " ", Color: relationColor(x.Kind), Bold: true}, widgets.Segment{Text: x.FromText, Color: theme.ColorNameForeground}))
	}
	card := widgets.NewCard(widgets.Frame{Dashed: c.Inference()}, objects...)
	card.OnTap = func() { s.model.Choose(c.From) }
	card.OnOpen = func() { s.open(passages, 0) }
	card.OnKey = func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyRight {
			s.model.Choose(c.From)
			return
		}
		s.rowKey(i, e, passages)
	}
	card.OnSecond = func(at fyne.Position) { showMenu(s.window, at, s.window.relationItems(c.BoardRelation)) }
	return card
}

// otherCard is a relation that is no counterclaim.
func (s *disputeScreen) otherCard(i int, x app.BoardRelation) widgets.Flowing {
	objects, passages := s.window.relationObjects(x, true, s.window.openPassage)
	card := widgets.NewCard(widgets.Frame{Dashed: x.Inference()}, objects...)
	other := x.From
	if other == s.model.Claim {
		other = x.To
	}
	card.OnTap = func() { s.model.Choose(other) }
	card.OnOpen = func() { s.open(passages, 0) }
	card.OnKey = func(e *fyne.KeyEvent) { s.rowKey(i, e, passages) }
	card.OnSecond = func(at fyne.Position) { showMenu(s.window, at, s.window.relationItems(x)) }
	return card
}

// focus implements sideScreen.
func (s *disputeScreen) focus() { s.claims.Focus(max(0, s.claims.IndexOf(string(s.model.Claim)))) }

// key implements sideScreen.
func (s *disputeScreen) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDown, fyne.KeyUp:
		s.focus()
	case fyne.KeyRight:
		s.rows.Focus(s.firstRow())
	default:
		s.window.sideKey(e)
	}
}

// chosen implements sideScreen.
func (s *disputeScreen) chosen() (app.Ref, bool) {
	return app.RefTo(app.KindClaim, s.model.Claim), s.model.Claim != ""
}

// hint implements sideScreen.
func (s *disputeScreen) hint() string {
	return fmt.Sprintf("%s · ↓ ↑ another claim · → into it · Return opens the passage, 1–9 the others · P page", viewmodel.Claims(len(s.model.Claims)))
}

// exports implements sideScreen.
func (s *disputeScreen) exports() []*fyne.MenuItem {
	return s.window.reportItems(func() *report { return s.window.disputeReport(s.model) })
}
