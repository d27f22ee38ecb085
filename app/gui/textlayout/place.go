package textlayout

import (
	"math"
	"slices"
	"sort"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/segmenter"
)

// Rect is a rectangle in the layout's units.
type Rect struct{ X, Y, Width, Height float32 }

// box is a cluster of glyphs that cannot be divided but by its code points.
type box struct {
	start, end int // code points
	x, width   float32
	rtl        bool
}

// boxes lists the line's clusters from left to right.
func (line *Line) boxes() []box {
	if line.clusters == nil {
		line.clusters = line.findBoxes()
	}
	return line.clusters
}

func (line *Line) findBoxes() []box {
	var out []box
	x := line.X
	for _, run := range line.runs {
		if run.Runes.Count == 0 {
			x += float32(run.Advance) / 64
			continue
		}
		rtl := run.Direction.Progression() == di.TowardTopLeft
		for i := 0; i < len(run.Glyphs); {
			g := run.Glyphs[i]
			b := box{start: line.base + g.TextIndex(), x: x, rtl: rtl}
			b.end = b.start + g.RunesCount()
			for j := 0; j < max(1, g.GlyphsCount()) && i < len(run.Glyphs); j++ {
				b.width += float32(run.Glyphs[i].Advance) / 64
				i++
			}
			out = append(out, b)
			x += b.width
		}
	}
	return out
}

// edge is the x of a code point's beginning inside a box.
func (b box) edge(offset int) float32 {
	share := float32(offset-b.start) / float32(b.end-b.start)
	if b.rtl {
		share = 1 - share
	}
	return b.x + share*b.width
}

// LineAt returns the index of the line at y; above the first it is the first,
// below the last the last. -1 when there are no lines.
func (l *Layout) LineAt(y float32) int {
	i := sort.Search(len(l.Lines), func(i int) bool { return l.Lines[i].Y+l.Lines[i].Height > y })
	return min(i, len(l.Lines)-1)
}

// LineOf returns the index of the line that holds a code point.
func (l *Layout) LineOf(offset int) int {
	i := sort.Search(len(l.Lines), func(i int) bool { return l.Lines[i].Start > offset })
	return max(0, i-1)
}

// Hit returns the caret position nearest to a point: the code point before
// which the caret stands.
func (l *Layout) Hit(x, y float32) int {
	i := l.LineAt(y)
	if i < 0 {
		return 0
	}
	boxes := l.Lines[i].boxes()
	start, end, rtl := l.Lines[i].grapheme(boxes, x)
	left, right := float32(math.MaxFloat32), float32(-math.MaxFloat32)
	for _, b := range boxes {
		if from, to := max(b.start, start), min(b.end, end); from < to {
			left, right = min(left, b.edge(from), b.edge(to)), max(right, b.edge(from), b.edge(to))
		}
	}
	if (x < (left+right)/2) != rtl {
		return start
	}
	return end
}

// Under returns the code point whose letter stands under a point, or nearest to
// it in its line.
func (l *Layout) Under(x, y float32) int {
	i := l.LineAt(y)
	if i < 0 {
		return 0
	}
	start, _, _ := l.Lines[i].grapheme(l.Lines[i].boxes(), x)
	return start
}

// grapheme finds the grapheme that stands at x, or nearest to it; the white
// space that ends the line is not there.
func (line *Line) grapheme(boxes []box, x float32) (start, end int, rtl bool) {
	boxes = slices.DeleteFunc(slices.Clone(boxes), func(b box) bool { return b.start >= line.seen })
	if len(boxes) == 0 {
		return line.Start, line.Start, false
	}
	b := boxes[len(boxes)-1]
	for _, c := range boxes {
		if x < c.x+c.width {
			b = c
			break
		}
	}
	share := float32(0)
	if b.width > 0 {
		share = min(1, max(0, (x-b.x)/b.width))
	}
	if b.rtl {
		share = 1 - share
	}
	start, end = line.graphemeAt(min(b.start+int(share*float32(b.end-b.start)), b.end-1))
	return start, end, b.rtl
}

// graphemeAt returns the grapheme around a code point of the line. Lines break
// between graphemes.
func (line *Line) graphemeAt(offset int) (start, end int) {
	var s segmenter.Segmenter
	s.Init(line.text[line.Start-line.base : line.End-line.base])
	for it := s.GraphemeIterator(); it.Next(); {
		g := it.Grapheme()
		start, end = line.Start+g.Offset, line.Start+g.Offset+len(g.Text)
		if offset < end {
			break
		}
	}
	return start, end
}

// Rects returns the rectangles of the code points start to end, a few for each
// line, those of one line from left to right.
func (l *Layout) Rects(start, end int) []Rect {
	var out []Rect
	for i := l.LineOf(start); i < len(l.Lines) && l.Lines[i].Start < end; i++ {
		line := &l.Lines[i]
		for _, b := range line.boxes() {
			from, to := max(b.start, start), min(b.end, end)
			if from >= to {
				continue
			}
			x0, x1 := b.edge(from), b.edge(to)
			x0, x1 = min(x0, x1), max(x0, x1)
			if x1 <= x0 {
				continue
			}
			if n := len(out); n > 0 && out[n-1].Y == line.Y && out[n-1].X+out[n-1].Width > x0-0.5 {
				out[n-1].Width = max(out[n-1].Width, x1-out[n-1].X)
				continue
			}
			out = append(out, Rect{x0, line.Y, x1 - x0, line.Height})
		}
	}
	return out
}

// Caret returns where the caret before a code point is drawn, with no width.
func (l *Layout) Caret(offset int) Rect {
	if len(l.Lines) == 0 {
		return Rect{}
	}
	line := &l.Lines[l.LineOf(offset)]
	c := Rect{X: line.X, Y: line.Y, Height: line.Height}
	if line.RTL {
		c.X += line.Width
	}
	for _, b := range line.boxes() {
		if offset >= b.start && offset <= b.end && b.end > b.start {
			c.X = b.edge(offset)
			if offset < b.end {
				break // the box that begins here goes before the one that ends here
			}
		}
	}
	return c
}
