package gui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// timelineScreen is statements by date, a lane for each actor or each claim.
type timelineScreen struct {
	sideBase
	model *viewmodel.Timeline
	lanes *widgets.Lanes
	dots  map[int][]widgets.LaneDot
	by    [2]*widgets.Tab
	panel *sidePanel
}

func newTimelineScreen(w *window) *timelineScreen {
	m := viewmodel.NewTimeline(w.session)
	s := &timelineScreen{sideBase: sideBase{window: w}, model: m, lanes: widgets.NewLanes(), panel: newSidePanel(w, m),
		dots: map[int][]widgets.LaneDot{}}
	l := s.lanes
	l.Count = func() int { return len(m.Shown.Lanes) }
	l.Name = func(i int) (string, string) {
		return m.Shown.Lanes[i].Name, strconv.Itoa(len(m.Shown.Lanes[i].Statements))
	}
	l.Dots = s.laneDots
	l.Answers = func(i int) (int, bool) { to, ok := m.Shown.Replies[i]; return to, ok }
	l.Place = m.Place
	l.OnChoose = m.Choose
	l.OnOpen = func(i int) { m.OpenStatement(i, w.openPassage) }
	l.OnKey = s.key
	s.by[0], s.by[1] = widgets.NewTab("By actor", func() { m.SetByClaim(false) }), widgets.NewTab("By claim", func() { m.SetByClaim(true) })
	bar := container.NewHBox(s.by[0], s.by[1], layout.NewSpacer(), widgets.NewTab("−", func() { l.Zoom(1 / 1.5) }),
		widgets.NewTab("All", l.Fit), widgets.NewTab("+", func() { l.Zoom(1.5) }))
	legend := widgets.NewFlow(0, fyne.NewSize(16, 6), widgets.NewProse(lines(lookSmall, 1), legendSegments()[:len(legendSegments())-1]...))
	main := s.panel.beside(container.NewBorder(container.New(layout.NewCustomPaddedLayout(4, 0, 8, 8), bar), legend, nil, nil,
		container.New(layout.NewCustomPaddedLayout(4, 4, 14, 10), l)))
	empty := w.emptyScreen("No statement with a date yet.", "A statement takes the date of its article; give articles their dates with File, Edit the article.")
	s.stand(m, main, empty)
	m.OnChange, m.OnEvidence = s.update, s.panel.cards.Update
	return s
}

// laneDots are the statements of a lane, made once for each state.
func (s *timelineScreen) laneDots(lane int) []widgets.LaneDot {
	if dots, ok := s.dots[lane]; ok {
		return dots
	}
	var dots []widgets.LaneDot
	for _, i := range s.model.Shown.Lanes[lane].Statements {
		stance := s.model.Stance(i)
		dots = append(dots, widgets.LaneDot{ID: i, At: s.model.Days[i], Text: stance.Glyph(), Color: stanceColor(stance)})
	}
	s.dots[lane] = dots
	return dots
}

func (s *timelineScreen) update() {
	m := s.model
	clear(s.dots)
	first, last, ok := m.Span()
	if !s.fills(ok) {
		return
	}
	s.by[0].Choose(!m.ByClaim)
	s.by[1].Choose(m.ByClaim)
	s.lanes.Span(first, last)
	s.lanes.Update(m.Chosen)
	s.showPanel()
	s.window.sideUpdated()
}

func (s *timelineScreen) showPanel() {
	around := s.model.Around()
	text := "Choose a statement to read it, with what it may answer and what may answer it: going by the dates."
	switch n := len(around); {
	case n == 1:
		text = "It answers nothing that is recorded, and nothing answers it."
	case n > 1:
		text = "With what it may answer, and what may answer it."
	}
	s.panel.show(panelHead{over: text}, around, nil, nil, true)
}

// focus implements sideScreen.
func (s *timelineScreen) focus() { s.window.win.Canvas().Focus(s.lanes) }

// key implements sideScreen.
func (s *timelineScreen) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyC:
		s.model.SetByClaim(!s.model.ByClaim)
	case fyne.KeyEscape:
		s.model.Choose(-1)
	default:
		s.window.sideKey(e)
	}
}

// chosen implements sideScreen.
func (s *timelineScreen) chosen() (app.Ref, bool) {
	side := s.window.session.Side()
	switch {
	case s.model.Chosen < 0:
		return app.Ref{}, false
	case s.model.ByClaim:
		return app.RefTo(app.KindActor, side.Actor), true
	}
	return app.RefTo(app.KindClaim, side.Claim), true
}

// hint implements sideScreen.
func (s *timelineScreen) hint() string {
	return s.model.Summary() + " · arrows choose · + − zoom, 0 all · C claims or actors · Return opens the passage · P page"
}

// exports implements sideScreen.
func (s *timelineScreen) exports() []*fyne.MenuItem { return nil }
