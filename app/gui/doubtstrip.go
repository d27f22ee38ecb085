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
	root   *fyne.Container
	reader *readerScreen
	text   *widgets.Prose
	again  *widgets.Tab
	left   *widgets.Tab
	width  float32 // that the text is set to
}

func newDoubtStrip(r *readerScreen) *doubtStrip {
	s := &doubtStrip{reader: r, text: widgets.NewProse(lines(lookDoubt, doubtLines))}
	on := func(act func()) func() {
		return func() { r.window.activateReader(r); act() }
	}
	s.again = widgets.NewTab("Read again as…", on(r.window.readAgainForm))
	s.left = widgets.NewTab("Show what was left out…", on(r.window.showLeftOut))
	s.again.Choose(true)
	s.left.Choose(true)
	inside := container.New(&doubtLayout{strip: s}, widgets.NewSurface("qualifies", nil), s.text,
		container.NewHBox(s.again, s.left), widgets.Rule())
	s.root = container.NewStack(widgets.NewSurface(widgets.ColorSurface, nil), inside)
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

// doubtLayout sets a bar, the sentences, the buttons beside them or, where it is
// narrow, below, and a line.
type doubtLayout struct{ strip *doubtStrip }

const (
	doubtPad    = 10
	doubtSide   = 18
	doubtNarrow = 760 // below this the buttons stand under the sentences
)

// widths are those of the text, and of the buttons where they stand beside it.
func (l *doubtLayout) widths(objects []fyne.CanvasObject, width float32) (text, beside float32) {
	text = width - 2*doubtSide
	if width >= doubtNarrow {
		beside = objects[2].MinSize().Width
		text -= beside + doubtSide
	}
	return max(60, text), beside
}

func (l *doubtLayout) height(objects []fyne.CanvasObject, width float32) float32 {
	text, beside := l.widths(objects, width)
	height, buttons := l.strip.text.HeightFor(text), objects[2].MinSize().Height
	if beside > 0 {
		return max(height, buttons) + 2*doubtPad
	}
	return height + 6 + buttons + 2*doubtPad
}

// Layout implements fyne.Layout.
func (l *doubtLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if l.strip.width != size.Width {
		l.strip.width = size.Width
		fyne.Do(l.strip.reader.body.Refresh) // its height is that of another width
	}
	text, beside := l.widths(objects, size.Width)
	height, buttons := l.strip.text.HeightFor(text), objects[2].MinSize()
	place := func(o fyne.CanvasObject, x, y, width, height float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(width, height))
	}
	place(objects[0], 0, 0, 3, size.Height-1)
	place(objects[3], 0, size.Height-1, size.Width, 1)
	if beside > 0 {
		place(objects[1], doubtSide, max(doubtPad, (size.Height-height)/2), text, height)
		place(objects[2], size.Width-doubtSide-beside, max(doubtPad, (size.Height-buttons.Height)/2), beside, buttons.Height)
		return
	}
	place(objects[1], doubtSide, doubtPad, text, height)
	place(objects[2], doubtSide, doubtPad+height+6, buttons.Width, buttons.Height)
}

// MinSize implements fyne.Layout.
func (l *doubtLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := l.strip.width
	if width == 0 {
		width = max(200, l.strip.reader.view.Size().Width)
	}
	return fyne.NewSize(200, l.height(objects, width))
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
