package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Chips is a row of small labels that wraps.
type Chips struct {
	widget.BaseWidget
	prose []*Prose
	boxes []*canvas.Rectangle
}

const (
	chipHeight = 20
	chipPad    = 8
	chipGap    = 6
)

// NewChips makes chips of labels.
func NewChips(look Look, labels ...string) *Chips {
	c := &Chips{}
	look.MaxLines, look.LineHeight = 1, chipHeight
	for _, l := range labels {
		c.prose = append(c.prose, NewProse(look, Segment{Text: l}))
		box := canvas.NewRectangle(color.Transparent)
		box.StrokeWidth, box.CornerRadius = 1, chipHeight/2
		c.boxes = append(c.boxes, box)
	}
	c.ExtendBaseWidget(c)
	return c
}

// HeightFor implements Flowing.
func (c *Chips) HeightFor(width float32) float32 { return c.place(width, false) }

// place walks over the chips line by line and returns their height.
func (c *Chips) place(width float32, move bool) float32 {
	x, y := float32(0), float32(0)
	for i, p := range c.prose {
		w := min(p.NaturalWidth(), width-2*chipPad)
		if x > 0 && x+w+2*chipPad > width {
			x, y = 0, y+chipHeight+chipGap
		}
		if move {
			c.boxes[i].Move(fyne.NewPos(x, y))
			c.boxes[i].Resize(fyne.NewSize(w+2*chipPad, chipHeight))
			p.Move(fyne.NewPos(x+chipPad, y))
			p.Resize(fyne.NewSize(w, chipHeight))
		}
		x += w + 2*chipPad + chipGap
	}
	return y + chipHeight
}

// CreateRenderer implements fyne.Widget.
func (c *Chips) CreateRenderer() fyne.WidgetRenderer {
	r := &chipsRenderer{chips: c}
	r.Refresh()
	return r
}

type chipsRenderer struct{ chips *Chips }

func (r *chipsRenderer) Layout(size fyne.Size) { r.chips.place(size.Width, true) }
func (r *chipsRenderer) MinSize() fyne.Size    { return fyne.NewSize(40, chipHeight) }
func (r *chipsRenderer) Destroy()              {}

func (r *chipsRenderer) Objects() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for i := range r.chips.boxes {
		out = append(out, r.chips.boxes[i], r.chips.prose[i])
	}
	return out
}

func (r *chipsRenderer) Refresh() {
	for i, box := range r.chips.boxes {
		box.StrokeColor = theme.Color(ColorLine)
		box.Refresh()
		r.chips.prose[i].Refresh()
	}
}
