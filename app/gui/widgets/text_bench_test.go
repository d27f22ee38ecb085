package widgets

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
)

// readLong shows 100,000 words with 2,000 marks and cards.
func readLong(t testing.TB, made *int) *TextView {
	v := NewTextView()
	inWindow(t, v, 1200, 800)
	runes, paragraphs := paragraphsOf(report(4400))
	v.Display(TextDocument{Runes: runes, Paragraphs: paragraphs}, 0)
	var marks []TextMark
	var side []SideItem
	for i := range 2000 {
		at := i * len(runes) / 2000
		marks = append(marks, TextMark{ID: fmt.Sprint(i), Start: at, End: at + 40 + i%400, Color: "red", Current: i == 900})
		side = append(side, SideItem{ID: fmt.Sprint(i), At: at, Estimate: 80, Make: func() Flowing {
			*made++
			return NewCard(Frame{}, NewProse(look, Segment{Text: fmt.Sprintf("Note %d on what was said of the quay", i)}))
		}})
	}
	v.SetMarks(marks)
	v.SetSide(side)
	return v
}

func BenchmarkScrolling(b *testing.B) {
	made := 0
	v := readLong(b, &made)
	b.ReportAllocs()
	for b.Loop() {
		v.scroll.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -60)})
		if v.scroll.Offset.Y >= v.bottom() {
			v.Reveal(0)
		}
	}
}
