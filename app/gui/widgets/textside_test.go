package widgets

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"fyne.io/fyne/v2"
)

// What stands in the margin: in order, apart, not above the top, and the current
// one exactly at its place; nothing could be moved nearer to its own.
func TestMarginIsPlacedAsNearAsItCan(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 300 {
		n := 1 + random.IntN(30)
		wanted, heights := make([]float32, n), make([]float32, n)
		y := float32(2000)
		for i := range n {
			y += random.Float32() * 120
			wanted[i], heights[i] = y, 30+random.Float32()*90
		}
		current := random.IntN(n+1) - 1
		got := beside(wanted, heights, 10, 24, current)
		for i := range n {
			if i > 0 && got[i] < got[i-1]+heights[i-1]+10-0.01 {
				t.Fatalf("round %d: %d stands at %v, on the one before", round, i, got[i])
			}
			free := i == 0 || got[i] > got[i-1]+heights[i-1]+10.1
			if free && got[i] > wanted[i]+0.1 && i != current {
				t.Fatalf("round %d: %d stands at %v though it could stand at %v", round, i, got[i], wanted[i])
			}
		}
		if current >= 0 && got[current] != wanted[current] {
			t.Fatalf("round %d: the current one stands at %v, not at %v", round, got[current], wanted[current])
		}
	}
	if got := beside([]float32{30, 30, 30}, []float32{100, 100, 100}, 10, 24, 2); got[0] < 24 || got[2] != 244 {
		t.Errorf("at the top there is no room above: %v", got)
	}
}

// sided shows items of the margin for some words, and notes which were made.
func (r *reading) side(made map[string]*Card, current string, words ...string) {
	var items []SideItem
	for _, w := range words {
		items = append(items, SideItem{ID: w, At: r.mark(w, TextMark{}).Start, Current: w == current, Version: fmt.Sprint(w == current), Estimate: 60, Make: func() Flowing {
			made[w] = NewCard(Frame{}, NewProse(look, Segment{Text: "A note on " + w}))
			return made[w]
		}})
	}
	r.view.SetSide(items)
}

func TestMarginStandsBesideItsPassages(t *testing.T) {
	r := read(t, report(20), 1200, 700)
	made := map[string]*Card{}
	first, second, far := "Paragraph 2 says", "2 says that the quay", "Paragraph 6 says"
	line := func(words string) float32 {
		return r.view.page.top + r.view.text.Caret(r.mark(words, TextMark{}).Start).Y
	}
	r.side(made, "", first, second, far)
	if d := made[first].Position().Y - line(first); d > 0 || d < -60 || made[first].Position().X < r.view.page.left+r.view.page.textWidth {
		t.Errorf("the note stands at %v, its passage at %v", made[first].Position(), line(first))
	}
	if made[second].Position().Y < made[first].Position().Y+made[first].Size().Height+sideBetween {
		t.Error("two notes lie on each other")
	}
	if d := made[far].Position().Y - line(far); d < -10 || d > 10 {
		t.Errorf("the third note stands %v from its passage", d)
	}
	old := made[far]
	r.side(made, second, first, second, far)
	if d := made[second].Position().Y - line(second) + 6; d < -0.1 || d > 0.1 {
		t.Errorf("the current note stands %v from its passage", d)
	}
	if made[far] != old {
		t.Error("a note that did not change was made again")
	}
	width := r.view.page.textWidth
	r.view.SetSide(nil)
	if r.view.page.textWidth != width || len(r.view.side.shown) != 0 {
		t.Error("the text moves when its notes are taken away, or these stay")
	}
	r.side(made, "", first)
	r.window.Resize(fyne.NewSize(600, 700))
	if len(r.view.side.shown) != 0 || r.view.HasMargin() {
		t.Error("in a narrow window the margin lies over the text")
	}
	r.window.Resize(fyne.NewSize(1200, 700))
	if len(r.view.side.shown) != 1 || !r.view.HasMargin() {
		t.Error("the margin does not come back")
	}
	empty := read(t, report(20), 600, 700)
	empty.side(map[string]*Card{}, "", first)
	if len(empty.view.side.built) != 0 {
		t.Error("notes are made though there is no margin")
	}
}

func TestNotesAreMadeWhenTheyComeNear(t *testing.T) {
	made := 0
	v := readLong(t, &made)
	if made == 0 || made > 15 {
		t.Errorf("%d of 2,000 notes were made at first", made)
	}
	for range 100 {
		v.scroll.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -300)})
		for i, o := range v.side.shown[1:] {
			if o.Position().Y < v.side.shown[i].Position().Y+v.side.shown[i].Size().Height+sideBetween-0.1 {
				t.Fatal("two notes lie on each other")
			}
		}
		if len(v.side.shown) < 2 {
			t.Fatal("there are no notes beside their passages")
		}
	}
	if made > 400 || len(v.side.built) > sidePool+20 {
		t.Errorf("%d notes were made, %d are kept", made, len(v.side.built))
	}
	before := v.side.shown[0]
	v.scrollBy(-50)
	v.scrollBy(50)
	if v.side.shown[0] != before {
		t.Error("notes near the screen are made again")
	}
}
