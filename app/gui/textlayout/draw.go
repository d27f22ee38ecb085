package textlayout

import (
	"image"
	"image/color"
	"image/draw"

	"github.com/go-text/typesetting/shaping"
)

// Ink colours some code points of a text.
type Ink struct {
	Start, End int
	Color      color.Color
}

// DrawLine draws line i with its top left at the image's origin, shifted by
// (dx, dy) units. scale is pixels for a unit. Inks colour clusters of glyphs:
// where one begins inside a ligature, that keeps the ink of its beginning.
func (l *Layout) DrawLine(img draw.Image, i int, dx, dy, scale float32, ink color.Color, inks ...Ink) {
	l.fonts.mu.Lock()
	defer l.fonts.mu.Unlock()
	line := &l.Lines[i]
	p := pen{fonts: l.fonts, img: img, ink: image.NewUniform(ink), scale: scale, size: line.size}
	y := float32(int((line.Baseline+dy)*scale + 0.5))
	inks = inksOf(inks, line.Start, line.End)
	colored := func(offset int) color.Color { return inkOf(line.base+offset, ink, inks) }
	run := func(runs []shaping.Output, x float32, ink func(int) color.Color) {
		for _, run := range runs {
			p.draw(run, x*scale, y, ink)
			x += float32(run.Advance) / 64
		}
	}
	run(line.runs, line.X+dx, colored)
	run(line.marker, line.markerX+dx, func(int) color.Color { return ink })
}

// HasMarker says whether a bullet or a number stands beside the line.
func (line *Line) HasMarker() bool { return len(line.marker) > 0 }

// inksOf are the inks of a line.
func inksOf(inks []Ink, start, end int) []Ink {
	var out []Ink
	for _, i := range inks {
		if i.Start < end && i.End > start {
			out = append(out, i)
		}
	}
	return out
}

func inkOf(offset int, plain color.Color, inks []Ink) color.Color {
	for _, i := range inks {
		if offset >= i.Start && offset < i.End {
			return i.Color
		}
	}
	return plain
}
