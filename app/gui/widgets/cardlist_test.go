package widgets

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
)

// A list makes the cards that are seen, and makes anew only those that show
// something else; what they lack is asked for each time.
func TestCardsThatDidNotChangeStay(t *testing.T) {
	texts := make([]string, 500)
	for i := range texts {
		texts[i] = fmt.Sprint("card ", i)
	}
	made, asked := []int{}, 0
	l := NewCardList(10, fyne.NewSize(10, 10))
	l.Count = func() int { return len(texts) }
	l.Key = func(i int) string { return fmt.Sprint(i) }
	l.Shows = func(i int) any { return texts[i] }
	l.Make = func(i int) Flowing {
		made = append(made, i)
		return NewCard(Frame{}, NewProse(look, Segment{Text: texts[i]}))
	}
	l.OnMade = func() { asked++ }
	w := inWindow(t, l, 300, 400)
	l.Update()
	if len(made) == 0 || len(made) > 40 {
		t.Fatalf("of 500 cards %d were made", len(made))
	}
	made, asked = nil, 0
	l.Update()
	if len(made) != 0 || asked != 1 {
		t.Errorf("nothing changed, and %v were made anew; asked %d times", made, asked)
	}
	texts[1] = "another text"
	if l.Update(); len(made) != 1 || made[0] != 1 {
		t.Errorf("one changed, and %v were made anew", made)
	}
	made = nil
	l.RevealTop(300)
	if len(made) == 0 || made[0] < 290 {
		t.Errorf("further down %v were made", made)
	}
	texts = nil // all gone: nothing of them may be asked for
	l.Update()
	w.Resize(fyne.NewSize(300, 700))
}
