package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// paneHead is the row over a pane: back and forward, what is shown and how far
// it was read, and what can be done with the view.
type paneHead struct {
	widget.BaseWidget
	pane                        *paneView
	back, forward               *widgets.Tab
	find, marks, outline, aa, x *widgets.Tab
	doubt                       *widgets.Tab
	title                       *widgets.Prose
	line                        *canvas.Rectangle
	doubtful                    int
	label                       string // that the title shows
}

const (
	paneHeadHeight = 36
	paneHeadNarrow = 560 // below this, what the menu has too is left out
)

func newPaneHead(p *paneView) *paneHead {
	h := &paneHead{pane: p, title: widgets.NewProse(lines(lookSmall, 1)), line: canvas.NewRectangle(theme.Color(widgets.ColorLine))}
	w := p.window
	on := func(act func()) func() {
		return func() { w.activate(p); act() }
	}
	h.back, h.forward = widgets.NewTab("‹", on(p.model.Back)), widgets.NewTab("›", on(p.model.Forward))
	h.find = widgets.NewTab("Find", on(p.reader.find.open))
	h.marks = widgets.NewTab("Marks", nil)
	h.marks.OnTap = on(func() { p.reader.showFilter(below(h.marks)) })
	h.outline = widgets.NewTab("Outline", on(w.toggleOutline))
	h.aa = widgets.NewTab("Aa", nil)
	h.aa.OnTap = on(func() { showMenu(w, below(h.aa), w.readingItems()) })
	h.x = widgets.NewTab("✕", on(w.unsplit))
	h.doubt = widgets.NewTab("Marks to look at", on(w.showRepairs))
	h.ExtendBaseWidget(h)
	return h
}

// below is where a menu of an object opens.
func below(o fyne.CanvasObject) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).AddXY(0, o.Size().Height)
}

// text is what is shown, with how much of it was read.
func (h *paneHead) text() string {
	m := h.pane.model
	switch read := m.Reader.Progress(); {
	case m.Place.Board:
		return "Board"
	case m.Reader.Article.ID != "" && read > 0:
		return widgets.Line(viewmodel.Percent(read) + " read · " + m.Reader.Article.Title)
	}
	return m.Reader.Article.Title
}

// progressed shows how much was read, which changes seldom while one scrolls.
func (h *paneHead) progressed() {
	if h.text() != h.label {
		h.update()
	}
}

// update shows what the pane shows now.
func (h *paneHead) update() {
	m := h.pane.model
	show := func(t *widgets.Tab, visible bool) {
		if visible {
			t.Show()
		} else {
			t.Hide()
		}
	}
	reading := !m.Place.Board && m.Reader.Article.ID != ""
	h.label = h.text()
	h.title.Set(widgets.Segment{Text: h.label})
	roomy := h.Size().Width > paneHeadNarrow
	for _, t := range []*widgets.Tab{h.find, h.outline} {
		show(t, reading && roomy)
	}
	show(h.marks, reading)
	show(h.aa, reading)
	show(h.back, m.CanBack() || m.CanForward())
	show(h.forward, m.CanBack() || m.CanForward())
	h.back.Enable(m.CanBack())
	h.forward.Enable(m.CanForward())
	show(h.x, len(h.pane.window.panes) > 1)
	h.marks.Choose(m.Reader.Filter != viewmodel.MarkFilter{})
	h.outline.Choose(h.pane.window.settings.Reading.Outline)
	doubtful := 0
	if reading {
		doubtful = m.Reader.Doubtful()
	}
	if doubtful > 0 && doubtful != h.doubtful {
		h.doubt.SetLabel(viewmodel.MarksToLookAt(doubtful))
	}
	h.doubtful = doubtful
	show(h.doubt, doubtful > 0)
	h.doubt.Choose(true)
	h.Refresh()
}

// Resize implements fyne.CanvasObject.
func (h *paneHead) Resize(size fyne.Size) {
	before := h.Size().Width
	h.BaseWidget.Resize(size)
	if (before > paneHeadNarrow) != (size.Width > paneHeadNarrow) {
		h.update()
	}
}

// CreateRenderer implements fyne.Widget.
func (h *paneHead) CreateRenderer() fyne.WidgetRenderer { return &paneHeadRenderer{h} }

type paneHeadRenderer struct{ head *paneHead }

func (r *paneHeadRenderer) Destroy()           {}
func (r *paneHeadRenderer) MinSize() fyne.Size { return fyne.NewSize(200, paneHeadHeight) }

func (r *paneHeadRenderer) Objects() []fyne.CanvasObject {
	h := r.head
	return []fyne.CanvasObject{h.line, h.back, h.forward, h.title, h.doubt, h.find, h.marks, h.outline, h.aa, h.x}
}

func (r *paneHeadRenderer) Layout(size fyne.Size) {
	h := r.head
	const pad, tab = 6, 30
	left, right := float32(pad), size.Width-pad
	for _, t := range []*widgets.Tab{h.back, h.forward} {
		if t.Visible() {
			width := t.MinSize().Width
			t.Move(fyne.NewPos(left, 3))
			t.Resize(fyne.NewSize(width, tab))
			left += width
		}
	}
	for _, t := range []*widgets.Tab{h.x, h.aa, h.outline, h.marks, h.find, h.doubt} {
		if t.Visible() {
			width := t.MinSize().Width
			right -= width
			t.Move(fyne.NewPos(right, 3))
			t.Resize(fyne.NewSize(width, tab))
		}
	}
	h.title.Move(fyne.NewPos(left+10, 9))
	h.title.Resize(fyne.NewSize(max(10, right-left-20), 18))
	h.line.Move(fyne.NewPos(0, size.Height-1))
	h.line.Resize(fyne.NewSize(size.Width, 1))
	if r.accented() {
		h.line.Move(fyne.NewPos(0, size.Height-2))
		h.line.Resize(fyne.NewSize(size.Width, 2))
	}
}

// accented says whether the pane is the one that has the keys, of two.
func (r *paneHeadRenderer) accented() bool {
	w := r.head.pane.window
	return len(w.panes) > 1 && w.pane() == r.head.pane
}

func (r *paneHeadRenderer) Refresh() {
	r.head.line.FillColor = theme.Color(widgets.ColorLine)
	if r.accented() {
		r.head.line.FillColor = theme.Color(widgets.ColorAccent)
	}
	r.Layout(r.head.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
