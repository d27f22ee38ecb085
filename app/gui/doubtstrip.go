package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// doubtStrip says under the title why an article's text may not be what was
// published, and what can be done. It is not there without a doubt.
type doubtStrip struct {
	*strip
	reader *readerScreen
	again  *widgets.Tab
	left   *widgets.Tab
}

func newDoubtStrip(r *readerScreen) *doubtStrip {
	s := &doubtStrip{reader: r}
	on := func(act func()) func() {
		return func() { r.window.activateReader(r); act() }
	}
	s.again = widgets.NewTab("Read again as…", on(r.window.readAgainForm))
	s.left = widgets.NewTab("Show what was left out…", on(r.window.showLeftOut))
	s.again.Choose(true)
	s.left.Choose(true)
	s.strip = newStrip("qualifies", doubtLines, func() float32 { return r.view.Size().Width }, func() { r.body.Refresh() }, s.again, s.left)
	s.root.Hide()
	return s
}

// doubtLines is how many lines the doubts take at the most.
const doubtLines = 6

// update shows the doubts of the open text.
func (s *doubtStrip) update() {
	m := s.reader.model
	doubts := m.Doubts()
	if len(doubts) == 0 {
		s.root.Hide()
		return
	}
	s.text.Set(widgets.Segment{Text: "Doubtful text.", Bold: true, Color: "qualifies"}, widgets.Segment{Text: "  " + viewmodel.DoubtsSummary(doubts)})
	if m.LeftOutLine() == "" {
		s.left.Hide()
	} else {
		s.left.Show()
	}
	s.root.Show()
	s.root.Refresh()
}

// head is what stands above the text: where it is from, and how much of its page
// is not in it.
func (r *readerScreen) head() widgets.Flowing {
	meta := widgets.NewProse(lookSmall, widgets.Segment{Text: widgets.Line(r.model.Meta())})
	line := r.model.LeftOutLine()
	if line == "" {
		return meta
	}
	show := func() { r.window.activateReader(r); r.window.showLeftOut() }
	return widgets.NewFlow(2, fyne.Size{}, meta, widgets.NewLinkProse(lookSmall, map[int]func(){1: show},
		widgets.Segment{Text: line + "  "}, widgets.Segment{Text: "Show…", Color: widgets.ColorAccent}))
}

// above is what stands over the text without scrolling with it.
func (r *readerScreen) above() fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedVBoxLayout(0), r.doubts.root, r.find.root)
}
