package widgets

import (
	"fmt"
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"rejoinder/app/gui/textlayout"
)

// painted are the rectangles of a colour on the page.
func (r *reading) painted(c color.Color) []textlayout.Rect {
	var out []textlayout.Rect
	for _, o := range test.WidgetRenderer(r.view.page).Objects() {
		if box, ok := o.(*canvas.Rectangle); ok && box.FillColor == c {
			out = append(out, textlayout.Rect{X: box.Position().X, Y: box.Position().Y, Width: box.Size().Width, Height: box.Size().Height})
		}
	}
	return out
}

// lines are how many lines are drawn.
func (r *reading) lines() int {
	n := 0
	for _, o := range test.WidgetRenderer(r.view.page).Objects() {
		if _, ok := o.(*canvas.Raster); ok {
			n++
		}
	}
	return n
}

func (r *reading) mark(words string, m TextMark) TextMark {
	r.t.Helper()
	text := string(r.view.runes)
	i := strings.Index(text, words)
	if i < 0 {
		r.t.Fatalf("the text does not say %q", words)
	}
	m.Start = len([]rune(text[:i]))
	m.End = m.Start + len([]rune(words))
	return m
}

func TestMarksLieUnderTheirWords(t *testing.T) {
	r := read(t, dispute, 900, 400)
	r.view.SetMarks([]TextMark{
		r.mark("quay wall", TextMark{Color: "red"}),
		r.mark("wall", TextMark{Color: "blue", Current: true}),
		r.mark("union", TextMark{Color: "blue", Underline: true}),
		r.mark("الرصيف", TextMark{Color: "red"}),
	})
	red, blue, accent := r.painted(inks["red"]), r.painted(inks["blue"]), r.painted(inks[ColorAccent])
	if len(red) != 2 || len(blue) != 2 || len(accent) != 1 {
		t.Fatalf("%d red, %d blue, %d accents", len(red), len(blue), len(accent))
	}
	holds := func(b textlayout.Rect, x, y float32) bool {
		return x >= b.X && x <= b.X+b.Width && y >= b.Y && y <= b.Y+b.Height
	}
	for _, c := range []struct {
		box   textlayout.Rect
		words string
	}{{red[0], "quay wall"}, {red[1], "الرصيف"}} {
		n := len([]rune(c.words)) - 1
		for _, letter := range []int{0, n} {
			if x, y := r.at(c.words, letter, 0.5); !holds(c.box, x, y) {
				t.Errorf("letter %d of %q is not marked: %v,%v in %+v", letter, c.words, x, y, c.box)
			}
		}
	}
	if blue[0].Height >= red[0].Height || blue[0].Y <= red[0].Y || blue[0].Y+blue[0].Height > red[0].Y+red[0].Height+0.1 {
		t.Errorf("of two marks on one word only one is seen: %+v over %+v", blue[0], red[0])
	}
	if _, y := r.at("union", 0, 0.5); blue[1].Height != 3 || blue[1].Y < y {
		t.Errorf("the underline is %+v", blue[1])
	}
	if accent[0].X != blue[0].X || accent[0].Width != blue[0].Width {
		t.Errorf("the current mark's line is %+v", accent[0])
	}

	selection := theme.Color(theme.ColorNameSelection)
	r.view.Select(r.mark("has moved", TextMark{}).Start, r.mark("has moved", TextMark{}).End)
	if got := r.painted(selection); len(got) != 1 {
		t.Errorf("the selection is drawn as %v", got)
	}
	r.view.Select(4, 4)
	r.window.Canvas().Focus(r.view)
	if got := r.painted(inks[ColorAccent]); len(got) != 2 || got[1].Width != 2 {
		t.Errorf("the caret is drawn as %v", got)
	}
	r.window.Canvas().Unfocus()
	if len(r.painted(inks[ColorAccent])) != 1 || len(r.painted(selection)) != 0 {
		t.Error("the caret is drawn without the focus")
	}
}

// report is a long text of numbered paragraphs.
func report(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "Paragraph %d says that the quay wall has moved by more than four centimetres since January, and that nobody was told before May.\n\n", i)
	}
	return strings.TrimSpace(b.String())
}

func TestLettersAreDrawnWhereTheyAreHit(t *testing.T) {
	r := read(t, dispute, 900, 400)
	img := r.window.Canvas().Capture()
	scale := r.window.Canvas().Scale()
	for _, words := range []string{"quay", "moved", "النقابة", "Nobody"} {
		x, y := r.at(words, 0, 0.5)
		seen := map[color.Color]bool{}
		for dx := float32(-6); dx < 6; dx++ {
			for dy := float32(-10); dy < 10; dy++ {
				seen[img.At(int((x+dx)*scale), int((y+dy)*scale))] = true
			}
		}
		if len(seen) < 3 {
			t.Errorf("%q is not drawn at %v,%v", words, x, y)
		}
	}
	x, y := r.at("moved", 4, 0.5) // and nothing is drawn behind the end of the line
	if img.At(int((x+400)*scale), int(y*scale)) != img.At(int((x+405)*scale), int((y+3)*scale)) {
		t.Error("something is drawn beside the text")
	}
}

func TestOnlyWhatIsSeenIsDrawn(t *testing.T) {
	r := read(t, report(300), 700, 400)
	if n := r.lines(); n < 10 || n > 40 || len(r.view.layout.Lines) < 600 {
		t.Fatalf("%d of %d lines are drawn", n, len(r.view.layout.Lines))
	}
	passage := r.mark("Paragraph 200 says", TextMark{Color: "red"})
	r.view.SetMarks([]TextMark{passage})
	if len(r.painted(inks["red"])) != 0 {
		t.Error("a mark far below is drawn")
	}
	r.view.Reveal(passage.Start)
	y := r.view.page.top + r.view.layout.Caret(passage.Start).Y - r.view.scroll.Offset.Y
	if y < 100 || y > 200 || len(r.painted(inks["red"])) != 1 || r.lines() > 40 {
		t.Errorf("the passage stands %v below the top, %d lines", y, r.lines())
	}
	r.view.Reveal(len(r.view.runes))
	if bottom := r.view.page.MinSize().Height - 400; r.view.scroll.Offset.Y != bottom {
		t.Errorf("the end is shown at %v of %v", r.view.scroll.Offset.Y, bottom)
	}
	r.view.Reveal(0)
	press2 := func(k fyne.KeyName) { r.view.TypedKey(&fyne.KeyEvent{Name: k}) }
	press2(fyne.KeyPageDown)
	press2(fyne.KeySpace)
	press2(fyne.KeyPageUp)
	if r.view.scroll.Offset.Y != 360 {
		t.Errorf("a page down leads to %v", r.view.scroll.Offset.Y)
	}
	for range 40 {
		press2(fyne.KeyDown)
	}
	c := r.view.page.top + r.view.layout.Caret(r.view.caret).Y - r.view.scroll.Offset.Y
	if c < 0 || c > 400-24 {
		t.Errorf("the caret went out of sight: %v", c)
	}
	for range 40 {
		press2(fyne.KeyUp)
	}
	if r.view.caret != 0 || r.view.scroll.Offset.Y > r.view.page.top {
		t.Errorf("back at %d the page is at %v", r.view.caret, r.view.scroll.Offset.Y)
	}
	r.display("Another text.", nil)
	if r.view.scroll.Offset.Y != 0 || r.lines() != 1 {
		t.Errorf("another text begins at %v with %d lines", r.view.scroll.Offset.Y, r.lines())
	}
}

func TestTextScrollsOnWhileDraggingOverTheEdge(t *testing.T) {
	r := read(t, report(50), 700, 400)
	r.down("Paragraph 0", 0, 0.1, 0)
	for range 30 {
		r.view.page.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(300, r.view.scroll.Offset.Y+395)}})
	}
	start, end := r.view.Selection()
	if r.view.scroll.Offset.Y < 600 || start != 0 || r.view.layout.LineOf(end) < 30 {
		t.Errorf("at %v code points %d to %d are selected", r.view.scroll.Offset.Y, start, end)
	}
	for range 60 {
		r.view.page.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(300, r.view.scroll.Offset.Y+5)}})
	}
	if r.view.scroll.Offset.Y != 0 {
		t.Errorf("back at the top the page is at %v", r.view.scroll.Offset.Y)
	}
}

func TestResizingKeepsThePlace(t *testing.T) {
	r := read(t, report(100), 700, 400)
	r.view.Reveal(r.mark("Paragraph 40 says", TextMark{}).Start)
	top := r.view.topOffset()
	for width := float32(690); width > 500; width -= 10 {
		r.view.Resize(fyne.NewSize(width, 400))
	}
	if line := r.view.layout.LineOf(top) - r.view.layout.LineOf(r.view.topOffset()); line < 0 || line > 1 {
		t.Errorf("after resizing the top line is %d lines away", line)
	}
	lines := len(r.view.layout.Lines)
	r.view.Resize(fyne.NewSize(20, 400)) // what a layout tries first
	if len(r.view.layout.Lines) != lines {
		t.Error("the text was set for an absurd width")
	}
}

func TestMarginStandsBesideItsPassages(t *testing.T) {
	r := read(t, report(20), 1200, 700)
	card := func(text string) *Card { return NewCard(Frame{}, NewProse(look, Segment{Text: text})) }
	first, second, third := card("first note"), card("second note"), card("third note")
	at := r.mark("Paragraph 2 says", TextMark{}).Start
	far := r.mark("Paragraph 6 says", TextMark{}).Start
	r.view.SetSide([]SideItem{{at, first}, {at + 5, second}, {far, third}})
	line := r.view.page.top + r.view.layout.Caret(at).Y
	if d := first.Position().Y - line; d < -10 || d > 10 || first.Position().X < r.view.page.left+r.view.page.textWidth {
		t.Errorf("the note stands at %v, its passage at %v", first.Position(), line)
	}
	if second.Position().Y < first.Position().Y+first.Size().Height {
		t.Error("two notes lie on each other")
	}
	if d := third.Position().Y - r.view.page.top - r.view.layout.Caret(far).Y; d < -10 || d > 10 {
		t.Errorf("the third note stands %v from its passage", d)
	}
	width := r.view.page.textWidth
	r.view.SetSide(nil)
	if r.view.page.textWidth != width {
		t.Error("the text moves when its first note is taken away")
	}
	r.view.SetSide([]SideItem{{at, first}})
	r.window.Resize(fyne.NewSize(600, 700))
	if first.Visible() {
		t.Error("in a narrow window the margin lies over the text")
	}
	r.window.Resize(fyne.NewSize(1200, 700))
	if !first.Visible() {
		t.Error("the margin does not come back")
	}
}

func TestHeadStandsAboveTheText(t *testing.T) {
	r := read(t, dispute, 700, 400)
	top := r.view.page.top
	r.view.SetHead(NewProse(look, Segment{Text: "Coast Herald"}))
	if r.view.page.top != top+24+16 {
		t.Errorf("the text begins at %v, without a head at %v", r.view.page.top, top)
	}
	r.click("quay", 1, 0.5)
	if len(r.clicks) != 1 || r.clicks[0] != 5 {
		t.Errorf("under a head the click is on %v", r.clicks)
	}
	empty := NewTextView()
	inWindow(t, empty, 300, 200)
	empty.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	empty.Reveal(5)
	empty.page.MouseDown(mouse(10, 10, 1, 0))
	if start, end := empty.Selection(); start != 0 || end != 0 {
		t.Error("an empty view has a selection")
	}
}
