package widgets

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"rejoinder/app/gui/textlayout"
)

func TestMarksOnTheSameWordsHaveLanesOfTheirOwn(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	var marks []TextMark
	for range 400 {
		at := random.IntN(3000)
		marks = append(marks, TextMark{Start: at, End: at + 1 + random.IntN(60), Underline: random.IntN(5) == 0})
	}
	m := newMarking(marks)
	for i, a := range m.list {
		for _, b := range m.list[i+1:] {
			if b.Start < a.End && a.Start < b.End && a.Underline == b.Underline && a.lane == b.lane {
				t.Fatalf("%+v and %+v share a lane", a, b)
			}
		}
		if a.lane >= a.lanes {
			t.Fatalf("lane %d of %d", a.lane, a.lanes)
		}
	}
	for at := 0; at < 3000; at += 37 {
		var got, want []int
		m.within(at, at+50, func(l *laneMark) { got = append(got, l.index) })
		for i, mark := range marks {
			if mark.Start < at+50 && mark.End > at {
				want = append(want, i)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Fatalf("from %d there are the marks %v, want %v", at, got, want)
		}
	}
	// Three on the same words: each has a step of the line to itself.
	three := newMarking([]TextMark{{Start: 0, End: 9}, {Start: 2, End: 9}, {Start: 4, End: 9}})
	line := textlayout.Rect{Width: 10, Height: 28}
	for i := range 2 {
		if a, b := three.list[i].band(line), three.list[i+1].band(line); b.Y < a.Y+5 || b.Y+b.Height < a.Y+a.Height-0.1 {
			t.Errorf("bands %+v and %+v", a, b)
		}
	}
}

// resizing is a reading with a current mark, and what was told of its ends.
func resizing(t *testing.T, words string) (*reading, *[]string) {
	r := read(t, dispute, 900, 400)
	var told []string
	r.view.OnResize = func(id string, start, end int) {
		told = append(told, fmt.Sprintf("%s:%s", id, string(r.view.runes[start:end])))
	}
	r.view.SetMarks([]TextMark{r.mark(words, TextMark{ID: "m", Color: "red", Current: true}), r.mark("asked", TextMark{ID: "n", Color: "blue"})})
	return r, &told
}

func TestMarksAreResizedByTheirHandles(t *testing.T) {
	r, told := resizing(t, "quay wall")
	r.down("quay wall", 8, 0.98, 0)
	if r.view.page.Cursor() != desktop.HResizeCursor {
		t.Error("the pointer does not show that the end can be moved")
	}
	r.drag("has", 2, 0.9)
	r.drag("moved", 4, 0.9)
	if len(*told) != 0 || len(r.painted(inks["red"])) != 1 {
		t.Errorf("while dragging %v is told, painted is %v", *told, r.painted(inks["red"]))
	}
	r.up("moved", 4, 0.9)
	r.down("quay", 0, 0.02, 0)
	r.drag("The", 0, 0.1)
	r.up("The", 0, 0.1)
	r.down("The", 0, 0.02, 0) // beyond the other end: one letter stays
	r.drag("union", 3, 0.9)
	r.up("union", 3, 0.9)
	r.selects("dragging handles", "")
	if want := []string{"m:quay wall has moved", "m:The quay wall has moved", "m:d"}; !slices.Equal(*told, want) {
		t.Errorf("told %q, want %q", *told, want)
	}
	if len(r.clicks) != 0 {
		t.Error("letting go of a handle counts as a click")
	}
	r.down("asked", 4, 0.98, 0)
	r.drag("why", 2, 0.9)
	r.selects("dragging at the end of another mark", " why")
}

func TestMarksAreResizedByKeys(t *testing.T) {
	r, told := resizing(t, "quay wall")
	r.click("quay", 2, 0.2)
	key := func(name fyne.KeyName, modifier fyne.KeyModifier) {
		if modifier == fyne.KeyModifierShift {
			r.view.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
			r.view.TypedKey(&fyne.KeyEvent{Name: name})
			r.view.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
			return
		}
		r.view.TypedShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: modifier})
	}
	const shift, ctrl, alt = fyne.KeyModifierShift, fyne.KeyModifierControl, fyne.KeyModifierAlt
	key(fyne.KeyLeft, shift)
	key(fyne.KeyRight, shift|ctrl)
	key(fyne.KeyRight, shift|ctrl)
	key(fyne.KeyLeft, shift|alt)
	key(fyne.KeyLeft, shift|ctrl|alt)
	key(fyne.KeyRight, shift|ctrl|alt)
	want := []string{"m:quay wal", "m:quay wall", "m:quay wall has", "m: quay wall has", "m:The quay wall has", "m: quay wall has"}
	if !slices.Equal(*told, want) {
		t.Errorf("told %q, want %q", *told, want)
	}
	r.selects("resizing", "")
	*told = nil
	r.view.Select(0, 3) // then Shift is for the selection
	key(fyne.KeyRight, shift)
	key(fyne.KeyRight, shift|ctrl)
	r.selects("shift and arrows", "The quay")
	if len(*told) != 0 {
		t.Errorf("a mark was resized: %q", *told)
	}

	arabic, told := resizing(t, "قالت النقابة")
	arabic.click("قالت", 2, 0.5)
	arabic.view.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	press(arabic.window, fyne.KeyRight)
	if !slices.Equal(*told, []string{"m:قالت النقاب"}) {
		t.Errorf("the right arrow makes an Arabic mark shorter: %q", *told)
	}
}

func TestUncertainMarksAreDashed(t *testing.T) {
	r := read(t, dispute, 900, 400)
	before := len(r.painted(nil))
	r.view.SetMarks([]TextMark{r.mark("quay wall has moved", TextMark{Color: "red", Uncertain: true})})
	if n := len(r.painted(nil)) - before; n < 6 {
		t.Errorf("%d dashes", n)
	}
}
