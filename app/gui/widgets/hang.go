package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Hang is content that is set in, with a mark in the margin on its left, as of a
// list, or with a bar there, as of a quotation.
type Hang struct {
	widget.BaseWidget
	indent  float32
	mark    fyne.CanvasObject // nil draws the bar
	content fyne.CanvasObject
}

// NewHang sets content in by indent; mark may be nil.
func NewHang(indent float32, mark, content fyne.CanvasObject) *Hang {
	h := &Hang{indent: indent, mark: mark, content: content}
	h.ExtendBaseWidget(h)
	return h
}

// HeightFor implements Flowing.
func (h *Hang) HeightFor(width float32) float32 { return heightOf(h.content, width-h.indent) }

// Inside implements Within.
func (h *Hang) Inside() []fyne.CanvasObject { return []fyne.CanvasObject{h.content} }

// CreateRenderer implements fyne.Widget.
func (h *Hang) CreateRenderer() fyne.WidgetRenderer {
	r := &hangRenderer{hang: h, bar: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type hangRenderer struct {
	hang *Hang
	bar  *canvas.Rectangle
}

func (r *hangRenderer) Destroy() {}

func (r *hangRenderer) Objects() []fyne.CanvasObject {
	if r.hang.mark == nil {
		return []fyne.CanvasObject{r.bar, r.hang.content}
	}
	return []fyne.CanvasObject{r.hang.mark, r.hang.content}
}

func (r *hangRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.hang.indent+20, r.hang.HeightFor(max(60, r.hang.Size().Width)))
}

func (r *hangRenderer) Layout(size fyne.Size) {
	h := r.hang
	r.bar.Resize(fyne.NewSize(3, size.Height))
	if h.mark != nil {
		h.mark.Resize(fyne.NewSize(h.indent-4, heightOf(h.mark, h.indent-4)))
	}
	h.content.Move(fyne.NewPos(h.indent, 0))
	h.content.Resize(fyne.NewSize(size.Width-h.indent, size.Height))
}

func (r *hangRenderer) Refresh() {
	r.bar.FillColor = theme.Color(ColorLine)
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
