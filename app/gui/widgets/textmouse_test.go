package widgets

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// dragAt drags to a height of the view.
func (r *reading) dragAt(y float32) {
	r.view.page.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(300, y+r.view.scroll.Offset.Y)}})
}

func TestTextScrollsOnWhileThePointerRestsAtAnEdge(t *testing.T) {
	r := read(t, report(50), 700, 400)
	r.down("Paragraph 0", 0, 0.1, 0)
	ticks = nil
	r.dragAt(200)
	if ticks != nil {
		t.Error("the text scrolls in the middle of the view")
	}
	r.dragAt(395)
	if ticks == nil {
		t.Fatal("no timer scrolls on")
	}
	for range 200 {
		ticks()
	}
	start, end := r.view.Selection()
	if r.view.scroll.Offset.Y < 600 || start != 0 || r.lineOf(end) < 30 {
		t.Errorf("at %v code points %d to %d are selected", r.view.scroll.Offset.Y, start, end)
	}
	slow := r.view.scroll.Offset.Y
	r.dragAt(520)
	ticks()
	if r.view.scroll.Offset.Y-slow < 20 {
		t.Errorf("far beyond the edge it scrolls by %v", r.view.scroll.Offset.Y-slow)
	}
	r.dragAt(-200)
	for range 400 {
		ticks()
	}
	if r.view.scroll.Offset.Y != 0 {
		t.Errorf("back at the top the page is at %v", r.view.scroll.Offset.Y)
	}
	r.dragAt(200)
	if r.view.mouse.stop != nil {
		t.Error("the timer goes on in the middle")
	}
	r.dragAt(395)
	r.view.page.DragEnd()
	if r.view.mouse.stop != nil {
		t.Error("the timer goes on after the button was let go")
	}
}

func TestDraggingAfterADoubleClickSelectsWords(t *testing.T) {
	r := read(t, dispute, 900, 400)
	r.click("wall", 1, 0.5)
	r.down("wall", 1, 0.5, 0)
	r.selects("the second click", "wall")
	r.drag("moved", 1, 0.5)
	r.selects("dragging on", "wall has moved")
	r.drag("quay", 2, 0.5)
	r.selects("dragging back", "quay wall")
	r.up("quay", 2, 0.5)
	r.click("asked", 1, 0.5)
	r.click("asked", 1, 0.5)
	r.down("asked", 1, 0.5, 0)
	r.drag("الرصيف", 2, 0.5)
	r.selects("dragging after the third", dispute[:strings.Index(dispute, "\n\nNobody")])
}

func TestLinksAreFollowed(t *testing.T) {
	r := read(t, dispute, 900, 400)
	var followed []string
	r.view.OnLink = func(url string) { followed = append(followed, url) }
	link := r.mark("union", TextMark{})
	runes, paragraphs := paragraphsOf(dispute)
	r.view.Display(TextDocument{Runes: runes, Paragraphs: paragraphs, Links: []TextLink{{link.Start, link.End, "https://example.org"}}}, 0)
	r.window.Canvas().Focus(r.view)
	if lines := r.painted(inks[ColorAccent]); len(lines) != 2 { // and the caret
		t.Errorf("the link's line: %v", lines)
	}
	r.click("union", 1, 0.5)
	if len(followed) != 0 {
		t.Error("a plain click follows a link")
	}
	press(r.window, fyne.KeyReturn)
	r.down("union", 2, 0.5, fyne.KeyModifierControl)
	r.up("union", 2, 0.5)
	r.down("union", 2, 0.5, fyne.KeyModifierControl)
	r.up("asked", 2, 0.5)
	r.down("asked", 2, 0.5, fyne.KeyModifierControl)
	r.up("asked", 2, 0.5)
	r.view.Select(link.Start, link.End)
	press(r.window, fyne.KeyReturn)
	if !slices.Equal(followed, []string{"https://example.org", "https://example.org"}) {
		t.Errorf("followed %q", followed)
	}
}

func TestHitsAreMarkedInTheTextAndBesideTheScrollBar(t *testing.T) {
	r := read(t, report(300), 700, 400)
	var hits []TextRange
	for i := range 300 {
		m := r.mark(fmt.Sprintf("Paragraph %d says", i), TextMark{})
		hits = append(hits, TextRange{m.Start, m.Start + 9})
	}
	r.view.SetHits(hits, 1)
	seen := r.painted(faded(inks[ColorHit], 0x30))
	if current := r.painted(inks[ColorHitCurrent]); len(current) != 1 || len(seen) < 2 || len(seen) > 12 {
		t.Errorf("%d hits are drawn, and as the current one %v", len(seen), current)
	}
	raster := test.WidgetRenderer(r.view.ruler).Objects()[0].(*canvas.Raster)
	img := raster.Generator(rulerWidth, 400)
	ticks := 0
	for y := range 400 {
		if red, _, _, _ := img.At(4, y).RGBA(); red>>8 == 200 {
			ticks++
		}
	}
	if ticks < 250 {
		t.Errorf("the ruler has ticks on %d of 400 pixels", ticks)
	}
	r.view.SetHits(hits[200:201], -1)
	at := r.view.ruler.at(hits[200].Start)
	r.view.ruler.Tapped(&fyne.PointEvent{Position: fyne.NewPos(3, at+2)})
	if top, bottom := r.view.Seen(); hits[200].Start < top || hits[200].Start > bottom {
		t.Errorf("the tick leads to %d to %d, not to %d", top, bottom, hits[200].Start)
	}
	r.view.ruler.Tapped(&fyne.PointEvent{Position: fyne.NewPos(3, 40)})
	if share := (r.view.scroll.Offset.Y + 200) / r.view.page.wholeHeight(); share < 0.08 || share > 0.12 {
		t.Errorf("a click at a tenth leads to %v", share)
	}
	r.view.SetHits(nil, -1)
	if r.view.ruler.Visible() {
		t.Error("the ruler stays without anything on it")
	}
}

func TestTheFocusIsSeen(t *testing.T) {
	r := read(t, dispute, 700, 400)
	focused := 0
	r.view.OnFocus = func() { focused++ }
	if r.view.edge.Visible() {
		t.Error("the edge is drawn without the focus")
	}
	r.window.Canvas().Focus(r.view)
	if !r.view.edge.Visible() || focused != 1 || r.view.edge.FillColor != inks[ColorAccent] {
		t.Error("the focus is not seen")
	}
}
