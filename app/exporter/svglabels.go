package exporter

import (
	"math"

	"rejoinder/app"
)

// label is the word of a line, where it stands.
type label struct {
	word, ink string
	box       app.MapBox
}

// How the words of lines are set.
const (
	labelHeight = 14
	labelLetter = 6 // about, of its 10.5 pixels; rather more than less
	labelStep   = 7 // along a line, from one place to the next that is tried
)

// labels puts the word of each line on it where it leaves its claim, or as near
// as it crosses no box and no word that is there already; where there is no such
// place it is left out.
func labels(d app.Drawing) []label {
	var out []label
	for i, e := range d.Map.Edges {
		if len(d.Lines[i].Points) < 2 {
			continue
		}
		l := label{word: e.Kind.Words(), ink: relationInks[e.Kind]}
		if e.Stance != "" {
			l.word, l.ink = e.Stance.Glyph()+" "+string(e.Stance), stanceInks[e.Stance]
		}
		l.box.Width, l.box.Height = float64(app.RuneCount(l.word)*labelLetter), labelHeight
		if l.placed(d.Lines[i], d.Boxes, out) {
			out = append(out, l)
		}
	}
	return out
}

// placed finds the label its place; false when there is none.
func (l *label) placed(line app.MapLine, boxes []app.MapBox, others []label) bool {
	whole := 0.0
	for i := range line.Points[1:] {
		whole += length(line, i)
	}
	first := length(line, 0) * 0.4
	for step := 0.0; step <= whole; step += labelStep {
		for _, along := range []float64{first + step, first - step} {
			if along < 0 || along > whole {
				continue
			}
			x, y := pointAt(line, along)
			l.box.X, l.box.Y = x-l.box.Width/2, y-labelHeight/2
			if l.free(boxes, others) {
				return true
			}
		}
	}
	return false
}

func (l *label) free(boxes []app.MapBox, others []label) bool {
	for _, b := range boxes {
		if cross(l.box, b) {
			return false
		}
	}
	for _, o := range others {
		if cross(l.box, o.box) {
			return false
		}
	}
	return true
}

func cross(a, b app.MapBox) bool {
	return a.X < b.X+b.Width && b.X < a.X+a.Width && a.Y < b.Y+b.Height && b.Y < a.Y+a.Height
}

// length is that of a stretch of a line.
func length(line app.MapLine, i int) float64 {
	p, q := line.Points[i], line.Points[i+1]
	return math.Hypot(q.X-p.X, q.Y-p.Y)
}

// pointAt is the point at a distance along a line.
func pointAt(line app.MapLine, along float64) (x, y float64) {
	for i := range line.Points[1:] {
		p, q, long := line.Points[i], line.Points[i+1], length(line, i)
		if along <= long && long > 0 {
			return p.X + (q.X-p.X)*along/long, p.Y + (q.Y-p.Y)*along/long
		}
		along -= long
	}
	last := line.Points[len(line.Points)-1]
	return last.X, last.Y
}
