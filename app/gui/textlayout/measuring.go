package textlayout

import (
	"context"
	"time"
)

// Measuring finds the heights of the pieces that were not measured yet.
type Measuring struct {
	document *Document // touched by what is handed over, on its own goroutine
	fonts    *Fonts
	text     []rune
	pieces   []piece
	width    float32
	turn     int
	order    []int
}

// How long pieces are measured before what was found is handed over.
const (
	firstBatch = 15 * time.Millisecond
	batch      = 60 * time.Millisecond
)

// Measuring prepares measuring the whole text, from a piece outward. nil when
// all is measured.
func (d *Document) Measuring(from int) *Measuring {
	m := &Measuring{document: d, fonts: d.fonts, text: d.text, pieces: d.pieces, width: d.width, turn: d.turn}
	add := func(i int) {
		if i >= 0 && i < len(d.pieces) && d.lines[i] < 0 {
			m.order = append(m.order, i)
		}
	}
	for step := range len(d.pieces) {
		if add(from + step); step > 0 {
			add(from - step)
		}
	}
	if len(m.order) == 0 {
		return nil
	}
	return m
}

type measure struct{ piece, lines int }

// Run measures on any goroutine until all is done or ctx ends. What it found it
// hands to apply in batches, as functions that must run on the document's
// goroutine; they do nothing when the document was set otherwise meanwhile.
func (m *Measuring) Run(ctx context.Context, apply func(fn func())) {
	fonts := m.fonts.background()
	var found []measure
	hand := func() {
		if len(found) == 0 {
			return
		}
		now := found
		found = nil
		apply(func() {
			if m.document.turn != m.turn {
				return
			}
			for _, f := range now {
				m.document.learn(f.piece, f.lines)
			}
		})
	}
	until := time.Now().Add(firstBatch)
	for _, i := range m.order {
		if ctx.Err() != nil {
			return
		}
		found = append(found, measure{i, len(fonts.setPiece(m.text, &m.pieces[i], m.width).Lines)})
		if now := time.Now(); now.After(until) {
			hand()
			until = now.Add(batch)
		}
	}
	hand()
}
