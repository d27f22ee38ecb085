package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Row is objects beside each other, each with a share of the width, as high as
// the highest.
type Row struct {
	widget.BaseWidget
	gap     float32
	shares  []float32
	objects []fyne.CanvasObject
}

// NewRow makes a row of as many objects as there are shares.
func NewRow(gap float32, shares []float32, objects ...fyne.CanvasObject) *Row {
	r := &Row{gap: gap, shares: shares, objects: objects}
	r.ExtendBaseWidget(r)
	return r
}

// widths are those of the objects.
func (r *Row) widths(width float32) []float32 {
	sum := float32(0)
	for _, s := range r.shares {
		sum += s
	}
	room := width - r.gap*float32(len(r.shares)-1)
	out := make([]float32, len(r.shares))
	for i, s := range r.shares {
		out[i] = max(10, room*s/sum)
	}
	return out
}

// HeightFor implements Flowing.
func (r *Row) HeightFor(width float32) float32 {
	h := float32(0)
	for i, w := range r.widths(width) {
		h = max(h, heightOf(r.objects[i], w))
	}
	return h
}

// Inside implements Within.
func (r *Row) Inside() []fyne.CanvasObject { return r.objects }

// CreateRenderer implements fyne.Widget.
func (r *Row) CreateRenderer() fyne.WidgetRenderer { return &rowRenderer{r} }

type rowRenderer struct{ row *Row }

func (r *rowRenderer) Destroy()                     {}
func (r *rowRenderer) Objects() []fyne.CanvasObject { return r.row.objects }
func (r *rowRenderer) MinSize() fyne.Size {
	return fyne.NewSize(60, r.row.HeightFor(max(60, r.row.Size().Width)))
}

func (r *rowRenderer) Layout(size fyne.Size) {
	x := float32(0)
	for i, w := range r.row.widths(size.Width) {
		r.row.objects[i].Move(fyne.NewPos(x, 0))
		r.row.objects[i].Resize(fyne.NewSize(w, size.Height))
		x += w + r.row.gap
	}
}

func (r *rowRenderer) Refresh() {
	for _, o := range r.row.objects {
		o.Refresh()
	}
}
