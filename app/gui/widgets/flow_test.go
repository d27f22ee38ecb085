package widgets

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

func cards(n int, text string) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for i := range n {
		out = append(out, NewCard(Frame{}, NewProse(look, Segment{Text: fmt.Sprintf("%d %s", i, text)})))
	}
	return out
}

func TestFlowGivesEachItsHeight(t *testing.T) {
	long, hidden := NewProse(look, Segment{Text: "The quay wall has moved by more than four centimetres."}), NewProse(look, Segment{Text: "hidden"})
	last := NewProse(look, Segment{Text: "last"})
	flow := NewFlow(5, fyne.NewSize(10, 7), long, hidden, last)
	hidden.Hide()
	inWindow(t, flow, 150, 300)
	flow.Resize(fyne.NewSize(150, 300))
	if want := 7 + long.HeightFor(130) + 5; last.Position() != fyne.NewPos(10, want) || last.Size() != fyne.NewSize(130, 24) {
		t.Errorf("the last stands at %v, %v large, want at %v", last.Position(), last.Size(), want)
	}
	if h := flow.HeightFor(150); h != last.Position().Y+24+7 || long.HeightFor(130) < 48 {
		t.Errorf("%v high", h)
	}
}

func TestColumnKeepsItsPlace(t *testing.T) {
	column := NewColumn(10, fyne.NewSize(4, 6))
	inWindow(t, column, 200, 300)
	column.Set(cards(40, "claim")...)
	before := cards(40, "claim again")
	column.scroll.ScrollToOffset(fyne.NewPos(0, 700))
	column.Set(before...)
	if column.scroll.Offset.Y != 700 {
		t.Errorf("replacing the cards scrolls to %v", column.scroll.Offset.Y)
	}
	column.Set(cards(3, "claim")...)
	if column.scroll.Offset.Y != 0 {
		t.Errorf("three cards begin at %v", column.scroll.Offset.Y)
	}

	all := cards(40, "claim")
	column.Set(all...)
	seen := func(o fyne.CanvasObject) bool {
		top := o.Position().Y - column.scroll.Offset.Y
		return top >= 0 && top+o.Size().Height <= 300
	}
	for _, i := range []int{20, 5, 39, 0} {
		if column.Reveal(all[i]); !seen(all[i]) {
			t.Errorf("card %d stands at %v, the column at %v", i, all[i].Position().Y, column.scroll.Offset.Y)
		}
	}
	column.Reveal(all[2])
	at := column.scroll.Offset.Y
	if column.Reveal(all[1]); column.scroll.Offset.Y != at {
		t.Error("revealing what is seen scrolls")
	}
}

func TestColumnFollowsItsWidth(t *testing.T) {
	column := NewColumn(10, fyne.NewSize(4, 6))
	w := inWindow(t, column, 600, 300)
	card := cards(1, "The quay wall has moved by more than four centimetres since January.")[0]
	column.Set(card)
	wide := card.Size().Height
	w.Resize(fyne.NewSize(160, 300))
	if card.Size().Height <= wide || card.Size().Width > 160 {
		t.Errorf("%v large, before %v high", card.Size(), wide)
	}
}

func TestSurfaceIsBehindItsContent(t *testing.T) {
	content := NewProse(look, Segment{Text: "text"})
	s := NewSurface("red", content)
	inWindow(t, s, 100, 40)
	back := test.WidgetRenderer(s).Objects()[0].(*canvas.Rectangle)
	if back.FillColor != inks["red"] || back.Size() != content.Size() || s.MinSize() != content.MinSize() {
		t.Errorf("a surface %v large of %v", back.Size(), back.FillColor)
	}
	if rule := Rule(); rule.MinSize() != fyne.NewSize(1, 1) {
		t.Errorf("a rule is %v thick", rule.MinSize())
	}
}
