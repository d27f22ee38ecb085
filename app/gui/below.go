package gui

import (
	"fyne.io/fyne/v2"

	"rejoinder/app/gui/widgets"
)

// showBelow shows the chosen mark's card under the text where there is no room
// for a margin.
func (r *readerScreen) showBelow() {
	r.below.Objects = nil
	r.below.Hide()
	if m := r.model.CurrentMark(); m != nil && m.Text == r.model.Text.ID && !r.view.HasMargin() {
		r.below.Objects = []fyne.CanvasObject{r.marginCard(*m)}
		r.below.Show()
	}
	r.below.Refresh()
	r.body.Refresh()
}

// belowLayout gives the card the width of the text and the height that it asks
// for, up to a limit.
type belowLayout struct{ reader *readerScreen }

const (
	belowPad  = 8
	belowMost = 220
)

// Layout implements fyne.Layout.
func (*belowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(belowPad, belowPad))
		o.Resize(fyne.NewSize(size.Width-2*belowPad, size.Height-2*belowPad))
	}
}

// MinSize implements fyne.Layout.
func (l *belowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if len(objects) == 0 {
		return fyne.Size{}
	}
	width := max(200, l.reader.view.Size().Width-2*belowPad)
	return fyne.NewSize(200, min(belowMost, objects[0].(widgets.Flowing).HeightFor(width))+2*belowPad)
}
