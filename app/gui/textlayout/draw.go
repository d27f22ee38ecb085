package textlayout

import (
	"image/color"
	"image/draw"

	"github.com/go-text/render"
	"github.com/go-text/typesetting/shaping"
)

// Ink colours some code points of a text.
type Ink struct {
	Start, End int
	Color      color.Color
}

// DrawLine draws line i with its top left at the image's origin, shifted by
// (dx, dy) units. scale is pixels for a unit. Inks colour whole runs: where one
// begins inside a run, the run keeps the ink of its beginning.
func (l *Layout) DrawLine(img draw.Image, i int, dx, dy, scale float32, ink color.Color, inks ...Ink) {
	l.fonts.mu.Lock()
	defer l.fonts.mu.Unlock()
	line := &l.Lines[i]
	r := render.Renderer{FontSize: line.size, PixScale: scale, Color: ink}
	y := int((line.Baseline+dy)*scale + 0.5)
	pen := func(runs []shaping.Output, x float32) {
		for _, run := range runs {
			r.Color = inkOf(line.base+run.Runes.Offset, ink, inks)
			r.DrawShapedRunAt(run, img, int(x*scale+0.5), y)
			x += float32(run.Advance) / 64
		}
	}
	pen(line.runs, line.X+dx)
	pen(line.marker, line.markerX+dx)
}

func inkOf(offset int, plain color.Color, inks []Ink) color.Color {
	for _, i := range inks {
		if offset >= i.Start && offset < i.End {
			return i.Color
		}
	}
	return plain
}
