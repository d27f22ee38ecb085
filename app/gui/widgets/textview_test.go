package widgets

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"rejoinder/app/gui/textlayout"
)

// reading is a text view in a window with what it told.
type reading struct {
	t      *testing.T
	view   *TextView
	window fyne.Window
	clicks []int
}

// read shows a text, a paragraph for each blank line.
func read(t *testing.T, text string, width, height float32) *reading {
	t.Helper()
	r := &reading{t: t, view: NewTextView()}
	r.view.OnClick = func(at int) { r.clicks = append(r.clicks, at) }
	r.window = inWindow(t, r.view, width, height)
	r.display(text, nil)
	return r
}

func (r *reading) display(text string, head Flowing) {
	runes, paragraphs := paragraphsOf(text)
	r.view.Display(TextDocument{Runes: runes, Paragraphs: paragraphs, Head: head}, 0)
}

// paragraphsOf sets a paragraph for each blank line.
func paragraphsOf(text string) ([]rune, []textlayout.Paragraph) {
	runes := []rune(text)
	var paragraphs []textlayout.Paragraph
	at := 0
	for p := range strings.SplitSeq(text, "\n\n") {
		n := len([]rune(p))
		paragraphs = append(paragraphs, textlayout.Paragraph{Start: at, End: at + n, Size: 16, LineHeight: 24, Before: 12})
		at += n + 2
	}
	return runes, paragraphs
}

// at is the place of a share of the n-th letter of some words, on the page.
func (r *reading) at(words string, n int, share float32) (x, y float32) {
	r.t.Helper()
	text := string(r.view.runes)
	i := strings.Index(text, words)
	if i < 0 {
		r.t.Fatalf("the text does not say %q", words)
	}
	start := len([]rune(text[:i])) + n
	rects := r.view.text.Rects(start, start+1)
	if len(rects) != 1 {
		r.t.Fatalf("letter %d of %q stands at %v", n, words, rects)
	}
	return r.view.page.left + rects[0].X + share*rects[0].Width, r.view.page.top + rects[0].Y + rects[0].Height/2
}

func (r *reading) down(words string, n int, share float32, modifier fyne.KeyModifier) {
	x, y := r.at(words, n, share)
	r.view.page.MouseDown(mouse(x, y, desktop.MouseButtonPrimary, modifier))
}

func (r *reading) drag(words string, n int, share float32) {
	x, y := r.at(words, n, share)
	r.view.page.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}})
}

func (r *reading) up(words string, n int, share float32) {
	x, y := r.at(words, n, share)
	r.view.page.MouseUp(mouse(x, y, desktop.MouseButtonPrimary, 0))
	r.view.page.DragEnd()
}

func (r *reading) click(words string, n int, share float32) {
	r.down(words, n, share, 0)
	r.up(words, n, share)
}

// selects fails the test unless these words are selected.
func (r *reading) selects(what, want string) {
	r.t.Helper()
	start, end := r.view.Selection()
	if got := string(r.view.runes[start:end]); got != want {
		r.t.Errorf("%s selects %q, want %q", what, got, want)
	}
}

const dispute = "The quay wall has moved. The union asked why.\n\nقالت النقابة إن الرصيف آمن.\n\nNobody answered."

func TestTextIsSelectedByDragging(t *testing.T) {
	r := read(t, dispute, 900, 400)
	var told [][2]int
	r.view.OnSelect = func(start, end int) { told = append(told, [2]int{start, end}) }
	r.down("quay wall", 0, 0.1, 0)
	r.drag("quay wall", 5, 0.9)
	r.drag("quay wall", 8, 0.9)
	r.up("quay wall", 8, 0.9)
	r.selects("dragging", "quay wall")
	if want := [][2]int{{4, 4}, {4, 10}, {4, 13}}; !slices.Equal(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
	if len(r.clicks) != 0 || r.window.Canvas().Focused() != r.view {
		t.Errorf("dragging counts as clicks %v, focus %v", r.clicks, r.window.Canvas().Focused())
	}
	r.down("moved", 4, 0.9, 0)
	r.drag("has", 0, 0.1)
	r.selects("dragging back", "has moved")
	r.down("النقابة", 0, 0.9, 0)
	r.drag("النقابة", 6, 0.1)
	r.selects("dragging over Arabic", "النقابة")
	r.down("quay", 0, 0.1, 0)
	r.drag("answered", 7, 0.9)
	r.selects("dragging over paragraphs", string(r.view.runes[4:len(r.view.runes)-1]))
}

func TestClicksSelectWordsAndParagraphs(t *testing.T) {
	r := read(t, dispute, 900, 400)
	r.click("union", 4, 0.9) // the right half of its last letter
	r.selects("a click", "")
	r.click("union", 4, 0.9)
	r.selects("a double click", "union")
	r.click("union", 4, 0.9)
	r.selects("a triple click", "The quay wall has moved. The union asked why.")
	r.click("Nobody", 0, 0.2)
	r.selects("a click elsewhere", "")
	r.click("النقابة", 2, 0.5)
	r.click("النقابة", 2, 0.5)
	r.selects("a double click", "النقابة")
	want := []int{slices.Index(r.view.runes, 'N'), -1}
	if at := strings.Index(string(r.view.runes), "union"); len(r.clicks) != 3 || r.clicks[0] != at+4 || r.clicks[1] != want[0] {
		t.Errorf("clicks on %v, want on the letters under the pointer", r.clicks)
	}
	r.down("wall", 0, 0.1, 0)
	r.down("asked", 4, 0.9, fyne.KeyModifierShift)
	r.selects("shift and a click", "wall has moved. The union asked")

	var menu fyne.Position
	offset := -1
	r.view.OnMenu = func(at fyne.Position, under int) { menu, offset = at, under }
	x, y := r.at("wall", 2, 0.5)
	r.view.page.MouseDown(mouse(x, y, desktop.MouseButtonSecondary, 0))
	r.view.page.MouseUp(mouse(x, y, desktop.MouseButtonSecondary, 0))
	r.selects("a secondary click keeps and", "wall has moved. The union asked")
	if menu != fyne.NewPos(x, y) || offset != 11 || len(r.clicks) != 3 {
		t.Errorf("the menu opens at %v over %d", menu, offset)
	}
}

func TestTextIsSelectedWithKeys(t *testing.T) {
	r := read(t, dispute, 900, 400)
	r.down("quay", 0, 0.1, 0)
	shift := &fyne.KeyEvent{Name: desktop.KeyShiftLeft}
	r.view.KeyDown(shift)
	press(r.window, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft)
	r.selects("shift and arrows", "qua")
	press(r.window, fyne.KeyEnd)
	r.selects("shift and End", "quay wall has moved. The union asked why.")
	press(r.window, fyne.KeyHome)
	r.selects("shift and Home", "The ")
	r.view.KeyUp(shift)
	press(r.window, fyne.KeyRight)
	r.selects("an arrow", "")

	word := func(key fyne.KeyName, modifier fyne.KeyModifier) {
		r.view.TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: modifier})
	}
	press(r.window, fyne.KeyHome)
	word(fyne.KeyRight, fyne.KeyModifierControl|fyne.KeyModifierShift)
	word(fyne.KeyRight, fyne.KeyModifierControl|fyne.KeyModifierShift)
	r.selects("words to the right", "The quay")
	word(fyne.KeyLeft, fyne.KeyModifierControl|fyne.KeyModifierShift)
	r.selects("and one to the left", "The ")
	word(fyne.KeyRight, fyne.KeyModifierAlt)
	word(fyne.KeyF, fyne.KeyModifierControl)
	r.selects("other shortcuts keep and", "The ")
	press(r.window, fyne.KeyEscape)
	r.selects("Escape", "")

	arabic := slices.Index(r.view.runes, 'ق')
	r.view.Select(arabic, arabic)
	r.view.KeyDown(shift)
	press(r.window, fyne.KeyLeft, fyne.KeyLeft)
	r.selects("the arrow in the direction of Arabic", "قا")
	word(fyne.KeyLeft, fyne.KeyModifierControl|fyne.KeyModifierShift)
	r.selects("and to the word's end", "قالت")
	press(r.window, fyne.KeyRight)
	r.selects("against its direction", "قال")

	r.view.TypedShortcut(&fyne.ShortcutSelectAll{})
	r.selects("select all", dispute)
	copied, typed := 0, ""
	r.view.OnCopy = func() { copied++ }
	r.view.OnRune = func(c rune) { typed += string(c) }
	r.view.TypedShortcut(&fyne.ShortcutCopy{})
	r.view.TypedRune('h')
	r.view.TypedRune('1')
	if copied != 1 || typed != "h1" {
		t.Errorf("copied %d times, typed %q", copied, typed)
	}
	r.view.OnKey = func(e *fyne.KeyEvent) bool { return e.Name == fyne.KeyDelete }
	press(r.window, fyne.KeyDelete)
	r.selects("a key that is used elsewhere keeps and", dispute)
}

func TestCaretMovesThroughLinesOfAnyWidth(t *testing.T) {
	r := read(t, "A line with many very long words\nno\nlonger line again\n\nand the end", 900, 400)
	end := len(r.view.runes)
	r.view.Select(32, 32) // the end of the first line
	r.window.Canvas().Focus(r.view)
	for _, want := range []int{35, 53, 66} {
		press(r.window, fyne.KeyDown)
		if r.view.caret != want {
			t.Errorf("down leads to %d, want %d", r.view.caret, want)
		}
	}
	press(r.window, fyne.KeyEnd, fyne.KeyDown)
	if r.view.caret != end {
		t.Errorf("down from the last line's end leads to %d, want %d", r.view.caret, end)
	}
	var lines []int
	for range 6 {
		lines = append(lines, r.lineOf(r.view.caret))
		press(r.window, fyne.KeyUp, fyne.KeyEnd)
	}
	if !slices.Equal(lines, []int{3, 2, 1, 0, 0, 0}) {
		t.Errorf("up from the end leads through the lines %v", lines)
	}
	press(r.window, fyne.KeyHome, fyne.KeyLeft)
	if r.view.caret != 0 {
		t.Errorf("left of the beginning is %d", r.view.caret)
	}
}

func TestCaretMovesBySentencesAndParagraphs(t *testing.T) {
	r := read(t, dispute, 900, 400)
	r.window.Canvas().Focus(r.view)
	move := func(key fyne.KeyName, modifier fyne.KeyModifier) {
		r.view.TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: modifier})
	}
	const ctrl, alt, shift = fyne.KeyModifierControl, fyne.KeyModifierAlt, fyne.KeyModifierShift
	move(fyne.KeyDown, alt)
	move(fyne.KeyDown, alt|shift)
	r.selects("down and Alt", "The union asked why.\n\n")
	move(fyne.KeyUp, alt|shift)
	move(fyne.KeyUp, alt|shift)
	r.selects("up and Alt", "The quay wall has moved. ")
	move(fyne.KeyDown, ctrl)
	move(fyne.KeyDown, ctrl|shift)
	r.selects("down and Ctrl", "قالت النقابة إن الرصيف آمن.\n\n")
	move(fyne.KeyHome, ctrl)
	move(fyne.KeyEnd, ctrl|shift)
	r.selects("from beginning to end", dispute)
	press(r.window, fyne.KeyLeft)
	if r.view.caret != 0 || r.view.anchor != 0 {
		t.Errorf("an arrow after a selection leads to %d", r.view.caret)
	}
	long := read(t, report(60), 900, 400)
	long.window.Canvas().Focus(long.view)
	long.view.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	press(long.window, fyne.KeyPageDown, fyne.KeyPageDown)
	start, end := long.view.Selection()
	if top, bottom := long.view.Seen(); start != 0 || end < top || end > bottom || long.view.scroll.Offset.Y < 600 {
		t.Errorf("pages with Shift select %d to %d, seen is %d to %d", start, end, top, bottom)
	}
	for range 20 {
		press(long.window, fyne.KeyPageUp)
	}
	if start, end = long.view.Selection(); start != 0 || end > 40 {
		t.Errorf("and back %d to %d", start, end)
	}
}

// lineOf counts the lines above that of a code point.
func (r *reading) lineOf(at int) int {
	n := 0
	for {
		above, ok := r.view.text.LineAbove(at, 0)
		if !ok {
			return n
		}
		at = above
		n++
	}
}
