package gui

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// matrixScreen is actors against claims, with a bar that moves the time.
type matrixScreen struct {
	sideBase
	model  *viewmodel.Matrix
	grid   *widgets.Grid
	lines  []int // of the grid's rows the matrix's row; -1 and less a group's title
	groups []string
	panel  *sidePanel
	bar    *widgets.TimeBar
	until  *widgets.Prose
	play   *widgets.Tab
	plays  int // counts the replays; odd while one goes on
	sort   *widgets.Tab
	group  *widgets.Tab
}

var matrixOrderNames = map[app.MatrixOrder]string{app.OrderDisputed: "most disputed", app.OrderStatements: "most statements",
	app.OrderName: "name", app.OrderTime: "first statement"}

var matrixGroupNames = map[app.MatrixGroup]string{app.GroupNone: "none", app.GroupKind: "kind", app.GroupPartOf: "part of", app.GroupTag: "tag"}

func newMatrixScreen(w *window) *matrixScreen {
	m := viewmodel.NewMatrix(w.session)
	s := &matrixScreen{sideBase: sideBase{window: w}, model: m, grid: widgets.NewGrid(), panel: newSidePanel(w, m),
		bar: widgets.NewTimeBar(), until: widgets.NewProse(lines(lookNote, 1))}
	s.fillGrid()
	s.bar.OnChange = m.Until
	s.sort, s.group = widgets.NewTab("", nil), widgets.NewTab("", nil)
	s.play = widgets.NewTab("Replay", s.playOrStop)
	s.sort.OnTap = func() { showMenu(w, below(s.sort), s.orderItems()) }
	s.group.OnTap = func() { showMenu(w, below(s.group), s.groupItems()) }
	legend := widgets.NewProse(lines(lookSmall, 2), legendSegments()...)
	bar := widgets.NewSurface(widgets.ColorSurface, container.New(layout.NewCustomPaddedLayout(8, 6, 16, 16), container.NewVBox(
		container.NewBorder(nil, nil, nil, container.NewHBox(s.play, s.sort, s.group), container.NewVBox(layout.NewSpacer(), s.until, layout.NewSpacer())),
		s.bar, widgets.NewFlow(0, fyne.NewSize(0, 2), legend))))
	left := container.NewBorder(nil, container.NewVBox(widgets.Rule(), bar), nil, nil,
		container.New(layout.NewCustomPaddedLayout(14, 10, 14, 10), s.grid))
	main := s.panel.beside(left)
	empty := w.emptyScreen("No statement yet.", "Record statements in the reader with S: actors stand here against claims, each stance with its sign.")
	s.stand(m, main, empty)
	m.OnChange, m.OnEvidence = s.update, s.panel.cards.Update
	return s
}

// legendSegments explain the signs.
func legendSegments() []widgets.Segment {
	var out []widgets.Segment
	for _, st := range app.Stances {
		if st == app.Denies {
			continue
		}
		word := string(st)
		if st == app.Disputes {
			word = "disputes, denies"
		}
		out = append(out, widgets.Segment{Text: st.Glyph() + " " + word, Color: stanceColor(st)}, widgets.Segment{Text: "    "})
	}
	return append(out, widgets.Segment{Text: "a → b: changed stance    empty: silent"})
}

func (s *matrixScreen) fillGrid() {
	g, m := s.grid, s.model
	g.Corner, g.FootTitle = "Actor \\ Claim", "Independent sources"
	g.Rows = func() int { return len(s.lines) }
	g.Columns = func() int {
		if m.Shown == nil {
			return 0
		}
		return len(m.Shown.Columns)
	}
	g.Row = func(i int) widgets.GridHead {
		if s.lines[i] < 0 {
			return widgets.GridHead{Text: s.groups[-1-s.lines[i]], Title: true}
		}
		row := m.Shown.Rows[s.lines[i]]
		return widgets.GridHead{Text: row.Name, Right: strconv.Itoa(row.Total)}
	}
	g.Column = func(i int) widgets.GridHead {
		c := m.Shown.Columns[i]
		return widgets.GridHead{Text: c.Text, Above: c.Group}
	}
	g.Foot = func(i int) string { return strconv.Itoa(m.Shown.Columns[i].Sources) }
	g.Cell = func(row, column int) []widgets.GridMark {
		return cellMarks(m.Shown.Cell(m.Shown.Rows[s.lines[row]].Actor, m.Shown.Columns[column].Claim))
	}
	g.OnChoose = func(row, column int) {
		if row >= 0 {
			row = s.lines[row]
		}
		m.Choose(row, column)
	}
	g.OnOpen = func(int, int) { s.openFirst() }
	g.OnKey = s.key
}

// cellMarks are the sign of the last stance, with the one before where it
// changed, and the number of statements.
func cellMarks(c app.MatrixCell) []widgets.GridMark {
	if len(c.Statements) == 0 {
		return nil
	}
	mark := func(st app.Stance) widgets.GridMark {
		return widgets.GridMark{Text: st.Glyph(), Color: stanceColor(st)}
	}
	if c.First != c.Last {
		return []widgets.GridMark{mark(c.First), {Text: "→", Color: colorMuted, Small: true}, mark(c.Last),
			{Text: strconv.Itoa(len(c.Statements)), Color: colorMuted, Small: true}}
	}
	return []widgets.GridMark{mark(c.Last), {Text: strconv.Itoa(len(c.Statements)), Color: colorMuted, Small: true}}
}

func (s *matrixScreen) update() {
	m := s.model
	s.lines, s.groups = nil, nil
	if !s.fills(m.Shown != nil && len(m.Shown.Rows) > 0) {
		s.grid.Update(-1, -1)
		return
	}
	chosen := -1
	for i, row := range m.Shown.Rows {
		if m.Options.Group != app.GroupNone && (i == 0 || row.Group != m.Shown.Rows[i-1].Group) {
			name := row.Group
			if name == "" {
				name = "others"
			}
			s.groups = append(s.groups, name)
			s.lines = append(s.lines, -len(s.groups))
		}
		if i == m.Row {
			chosen = len(s.lines)
		}
		s.lines = append(s.lines, i)
	}
	s.grid.Update(chosen, m.Column)
	s.showTime()
	s.sort.SetLabel("Sort: " + matrixOrderNames[m.Options.Order] + " ▾")
	s.group.SetLabel("Group: " + matrixGroupNames[m.Options.Group] + " ▾")
	s.showPanel()
	s.window.sideUpdated()
}

// showTime shows the days on the bar, in proportion to the time between them.
func (s *matrixScreen) showTime() {
	days := s.model.Shown.Days
	text := "Statements of all times"
	if until := s.model.Options.Until; until != "" {
		text = "Statements until " + until.String()
	}
	s.until.Set(widgets.Segment{Text: text, Bold: true})
	var ticks []widgets.Tick
	if len(days) > 0 {
		most := 1
		for _, d := range days {
			most = max(most, d.Count)
		}
		first, last := viewmodel.DayOf(days[0].Date), viewmodel.DayOf(days[len(days)-1].Date)
		for _, d := range days {
			ticks = append(ticks, widgets.Tick{At: float32((viewmodel.DayOf(d.Date) - first) / max(1, last-first)), Weight: float32(d.Count) / float32(most)})
		}
	}
	s.bar.Set(ticks, s.model.Day())
}

func (s *matrixScreen) showPanel() {
	m := s.model
	actor, claim := m.Title()
	if actor == "" && claim == "" {
		s.panel.show(panelHead{over: "Choose a cell to see what was said. Double-click or Return opens the passage."}, nil, nil, nil, false)
		return
	}
	head := panelHead{title: actor + claim}
	if actor != "" && claim != "" {
		head = panelHead{over: widgets.Line(actor + " on"), title: claim}
		if len(m.Statements()) == 0 {
			head.below = "silent: no statement is recorded. S records one."
		}
	}
	s.panel.show(head, m.Statements(), nil, m.Gaps(), claim == "")
}

// openFirst opens the passage of the last statement in the chosen cell.
func (s *matrixScreen) openFirst() {
	all := s.model.Statements()
	if len(all) == 0 {
		s.window.say("Silent: nothing is recorded here. S records a statement")
		return
	}
	s.model.OpenStatement(all[len(all)-1], s.window.openPassage)
}

func (s *matrixScreen) orderItems() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, o := range app.MatrixOrders {
		i := item(matrixOrderNames[o], func() { s.model.Set(func(to *app.MatrixOptions) { to.Order = o }) })
		i.Checked = s.model.Options.Order == o
		items = append(items, i)
	}
	return items
}

func (s *matrixScreen) groupItems() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, o := range app.MatrixGroups {
		i := item(matrixGroupNames[o], func() { s.model.Set(func(to *app.MatrixOptions) { to.Group = o }) })
		i.Checked = s.model.Options.Group == o
		items = append(items, i)
	}
	return items
}

// focus implements sideScreen.
func (s *matrixScreen) focus() { s.window.win.Canvas().Focus(s.grid) }

// replayPause is how long each step of a replay is shown.
const replayPause = 700 * time.Millisecond

// playOrStop moves the time on by itself until everything is shown, or stops that.
func (s *matrixScreen) playOrStop() {
	s.plays++
	if s.plays%2 == 0 {
		s.play.SetLabel("Replay")
		return
	}
	s.play.SetLabel("Stop")
	s.replay(s.plays)
}

func (s *matrixScreen) replay(play int) {
	switch {
	case s.plays != play: // stopped
	case s.window.shown() != screenMatrix, !s.model.Replay():
		s.playOrStop()
	default:
		time.AfterFunc(replayPause, func() { loop.UI(func() { s.replay(play) }) })
	}
}

// key implements sideScreen: comma and full stop move the time, R replays it.
func (s *matrixScreen) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyComma:
		s.model.Step(false)
	case fyne.KeyPeriod:
		s.model.Step(true)
	case fyne.KeyR:
		s.playOrStop()
	case fyne.KeyEscape:
		s.model.Choose(-1, -1)
	default:
		s.window.sideKey(e)
	}
}

// chosen implements sideScreen.
func (s *matrixScreen) chosen() (app.Ref, bool) {
	actor, claim := s.model.Chosen()
	if claim != "" {
		return app.RefTo(app.KindClaim, claim), true
	}
	return app.RefTo(app.KindActor, actor), actor != ""
}

// hint implements sideScreen.
func (s *matrixScreen) hint() string {
	return s.model.Summary() + " · arrows choose · Return opens the passage · , . move the time, R replays it · P page"
}

// exports implements sideScreen.
func (s *matrixScreen) exports() []*fyne.MenuItem {
	return s.window.reportItems(func() *report { return s.window.matrixReport(s.model) })
}
