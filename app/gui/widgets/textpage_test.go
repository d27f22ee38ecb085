package widgets

import (
	"context"
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

// painted are the rectangles of a colour on the page, or all of them.
func (r *reading) painted(c color.Color) []textlayout.Rect {
	var out []textlayout.Rect
	for _, o := range test.WidgetRenderer(r.view.page).Objects() {
		if box, ok := o.(*canvas.Rectangle); ok && (c == nil || box.FillColor == c) {
			out = append(out, textlayout.Rect{X: box.Position().X, Y: box.Position().Y, Width: box.Size().Width, Height: box.Size().Height})
		}
	}
	return out
}

// lines are how many lines are drawn.
func (r *reading) lines() int {
	n := 0
	for _, o := range test.WidgetRenderer(r.view.page).Objects() {
		for _, t := range r.view.page.renderer.tiles {
			if o == t.raster {
				n += len(t.key.lines())
			}
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
	if len(red) != 2 || len(blue) != 2 || len(accent) != 5 {
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
	r.view.SetMarks(nil)
	if got := r.painted(inks[ColorAccent]); len(got) != 1 || got[0].Width != 2 {
		t.Errorf("the caret is drawn as %v", got)
	}
	r.window.Canvas().Unfocus()
	if len(r.painted(inks[ColorAccent])) != 0 || len(r.painted(selection)) != 0 {
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
	if n := r.lines(); n < 10 || n > 40 || r.lineOf(len(r.view.runes)) < 600 {
		t.Fatalf("%d of %d lines are drawn", n, r.lineOf(len(r.view.runes)))
	}
	passage := r.mark("Paragraph 200 says", TextMark{Color: "red"})
	r.view.SetMarks([]TextMark{passage})
	if len(r.painted(inks["red"])) != 0 {
		t.Error("a mark far below is drawn")
	}
	r.view.Reveal(passage.Start)
	y := r.view.page.top + r.view.text.Caret(passage.Start).Y - r.view.scroll.Offset.Y
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
	c := r.view.page.top + r.view.text.Caret(r.view.caret).Y - r.view.scroll.Offset.Y
	if c < 0 || c > 400-24 {
		t.Errorf("the caret went out of sight: %v", c)
	}
	for range 80 {
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

func TestResizingKeepsThePlace(t *testing.T) {
	r := read(t, report(100), 700, 400)
	r.view.Reveal(r.mark("Paragraph 40 says", TextMark{}).Start)
	top := r.top()
	for width := float32(690); width > 500; width -= 10 {
		r.view.Resize(fyne.NewSize(width, 400))
	}
	if line := r.lineOf(top) - r.lineOf(r.top()); line < 0 || line > 1 {
		t.Errorf("after resizing the top line is %d lines away", line)
	}
	lines := r.lineOf(len(r.view.runes))
	r.view.Resize(fyne.NewSize(20, 400)) // what a layout tries first
	if r.lineOf(len(r.view.runes)) != lines {
		t.Error("the text was set for an absurd width")
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

// Text is restyled, and measured later, without losing the place.
func TestRestylingKeepsThePlaceAndTheSelection(t *testing.T) {
	r := read(t, report(300), 1200, 400)
	m := r.mark("Paragraph 150 says", TextMark{Color: "red"})
	r.view.SetMarks([]TextMark{m})
	r.view.Reveal(m.Start)
	r.view.Select(m.Start, m.End)
	top := r.top()
	y := r.view.page.top + r.view.text.Caret(top).Y - r.view.scroll.Offset.Y
	_, paragraphs := paragraphsOf(string(r.view.runes))
	for i := range paragraphs {
		paragraphs[i].Size, paragraphs[i].LineHeight = 24, 36
	}
	r.view.Restyle(paragraphs, 500)
	if now := r.view.page.top + r.view.text.Caret(top).Y - r.view.scroll.Offset.Y; now < y-20 || now > y+20 {
		t.Errorf("the top line was at %v, is at %v", y, now)
	}
	if r.view.page.textWidth != 500 || len(r.painted(inks["red"])) == 0 {
		t.Errorf("the column is %v wide", r.view.page.textWidth)
	}
	r.selects("restyling keeps and", "Paragraph 150 says")
}

func TestHeightsThatAreLearntMoveNothing(t *testing.T) {
	var later []func()
	before := background
	background = func(_ context.Context, work func()) { later = append(later, work) }
	defer func() { background = before }()
	r := read(t, report(300), 700, 400)
	m := r.mark("Paragraph 200 says", TextMark{Color: "red"})
	r.view.Display(TextDocument{Runes: r.view.runes, Paragraphs: func() []textlayout.Paragraph { _, p := paragraphsOf(string(r.view.runes)); return p }()}, m.Start)
	if top := r.top(); top != m.Start {
		t.Errorf("opened at %d, want %d", top, m.Start)
	}
	y := r.view.text.Caret(m.Start).Y - r.view.scroll.Offset.Y
	for _, work := range later { // those that were begun before do nothing any more
		work()
	}
	if d := r.view.text.Caret(m.Start).Y - r.view.scroll.Offset.Y - y; d < -0.1 || d > 0.1 || !r.view.text.Measured(3) || r.top() != m.Start {
		t.Errorf("measuring moved the top line by %v", d)
	}
	for range 30 {
		r.view.scroll.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 50)})
	}
	if r.top() >= m.Start {
		t.Error("the text above is not reached")
	}
}

// top is the first code point on screen.
func (r *reading) top() int {
	top, _ := r.view.Seen()
	return top
}
