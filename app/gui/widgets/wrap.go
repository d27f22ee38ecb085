package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Wrap is objects beside each other, as wide as they ask for, which go on in the
// next line where there is no more room.
type Wrap struct {
	widget.BaseWidget
	Outdent float32 // how far the lines begin to the left, so that words in tabs stand under other words
	gap     float32
	objects []fyne.CanvasObject
}

// NewWrap makes a row of objects that wraps.
func NewWrap(gap float32, objects ...fyne.CanvasObject) *Wrap {
	w := &Wrap{gap: gap, objects: objects}
	w.ExtendBaseWidget(w)
	return w
}

// HeightFor implements Flowing.
func (w *Wrap) HeightFor(width float32) float32 { return w.place(width, false) }

// Inside implements Within.
func (w *Wrap) Inside() []fyne.CanvasObject { return w.objects }

// place walks over the objects line by line and returns their height.
func (w *Wrap) place(width float32, move bool) float32 {
	x, y, high := -w.Outdent, float32(0), float32(0)
	for _, o := range w.objects {
		size := o.MinSize()
		size.Width = min(size.Width, width)
		if x > -w.Outdent && x+size.Width > width {
			x, y, high = -w.Outdent, y+high+w.gap, 0
		}
		if move {
			o.Move(fyne.NewPos(x, y))
			o.Resize(size)
		}
		x, high = x+size.Width+w.gap, max(high, size.Height)
	}
	return y + high
}

// CreateRenderer implements fyne.Widget.
func (w *Wrap) CreateRenderer() fyne.WidgetRenderer { return &wrapRenderer{w} }

type wrapRenderer struct{ wrap *Wrap }

func (r *wrapRenderer) Destroy()                     {}
func (r *wrapRenderer) Objects() []fyne.CanvasObject { return r.wrap.objects }
func (r *wrapRenderer) Layout(size fyne.Size)        { r.wrap.place(size.Width, true) }

func (r *wrapRenderer) MinSize() fyne.Size {
	return fyne.NewSize(40, r.wrap.HeightFor(max(40, r.wrap.Size().Width)))
}

func (r *wrapRenderer) Refresh() {
	for _, o := range r.wrap.objects {
		o.Refresh()
	}
}
