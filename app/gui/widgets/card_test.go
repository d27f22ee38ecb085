package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestCardIsChosenByMouseAndKeys(t *testing.T) {
	card := NewCard(Frame{}, NewProse(look, Segment{Text: "The union"}))
	w := inWindow(t, card, 200, 60)
	if card.Cursor() != desktop.DefaultCursor {
		t.Error("a card that does nothing has a hand over it")
	}
	test.Tap(card) // without any function
	chosen, other := 0, fyne.KeyName("")
	var menu fyne.Position
	card.OnTap, card.OnKey = func() { chosen++ }, func(e *fyne.KeyEvent) { other = e.Name }
	card.OnSecond = func(at fyne.Position) { menu = at }
	test.Tap(card)
	w.Canvas().Focus(card)
	press(w, fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyDelete)
	if chosen != 4 || other != fyne.KeyDelete {
		t.Errorf("chosen %d times, other key %q", chosen, other)
	}
	test.TapSecondaryAt(card, fyne.NewPos(7, 9))
	if menu.IsZero() || card.Cursor() != desktop.PointerCursor {
		t.Errorf("the menu opens at %v", menu)
	}
}

func TestCardShowsHowItIsTouched(t *testing.T) {
	card := NewCard(Frame{Flat: true}, NewProse(look, Segment{Text: "The union"}))
	card.OnTap = func() {}
	w := inWindow(t, card, 200, 60)
	back := test.WidgetRenderer(card).Objects()[0].(*canvas.Rectangle)
	rest := back.FillColor
	card.MouseIn(mouse(1, 1, 0, 0))
	if card.MouseMoved(nil); back.FillColor == rest {
		t.Error("the row under the pointer looks like the others")
	}
	card.MouseOut()
	if back.FillColor != rest {
		t.Error("the row stays lit")
	}
	card.frame = Frame{Flat: true, Chosen: true}
	card.Refresh()
	if back.FillColor != inks[ColorAccentBack] {
		t.Errorf("the chosen row is %v", back.FillColor)
	}
	w.Canvas().Focus(card)
	if back.StrokeColor != inks[ColorAccent] || back.StrokeWidth != 2 {
		t.Error("the focus is not seen")
	}
	w.Canvas().Unfocus()
	card.frame = Frame{Dashed: true}
	card.Refresh()
	dashes := test.WidgetRenderer(card).Objects()[1].(*canvas.Raster)
	if dashes.Hidden || back.StrokeWidth != 0 {
		t.Error("an uncertain card has no dashes")
	}
	img := dashes.Generator(200, 60)
	inked, gaps := 0, 0
	for x := range 200 {
		if _, _, _, a := img.At(x, 0).RGBA(); a > 0 {
			inked++
		} else {
			gaps++
		}
	}
	if inked < 50 || gaps < 50 {
		t.Errorf("the edge has %d inked pixels and %d gaps", inked, gaps)
	}
	card.frame = Frame{Chosen: true, Dashed: true}
	card.Refresh()
	if !dashes.Hidden || back.StrokeColor != inks[ColorAccent] {
		t.Error("a chosen card has no accent edge")
	}
}

func TestTabIsChosen(t *testing.T) {
	tapped := 0
	tab := NewTab("Library", func() { tapped++ })
	w := inWindow(t, tab, 120, 34)
	test.Tap(tab)
	w.Canvas().Focus(tab)
	press(w, fyne.KeyReturn, fyne.KeySpace, fyne.KeyLeft)
	if tapped != 3 {
		t.Errorf("chosen %d times", tapped)
	}
	objects := test.WidgetRenderer(tab).Objects()
	back, text := objects[0].(*canvas.Rectangle), objects[1].(*canvas.Text)
	width := tab.MinSize().Width
	tab.Choose(true)
	if back.FillColor != inks[ColorAccentBack] || !text.TextStyle.Bold || tab.MinSize().Width != width {
		t.Error("the chosen tab looks like the others, or moves them")
	}
	NewTab("Nothing", nil).Tapped(nil)
}

func TestQuoteOpensItsPassage(t *testing.T) {
	text, below := NewProse(look, Segment{Text: "“The quay is unsafe to load, and has been since January.”"}), NewProse(look, Segment{Text: "Coast Herald"})
	opened := 0
	quote := NewQuote(text, below, func() { opened++ }).(*Quote)
	w := inWindow(t, quote, 220, 200)
	test.Tap(quote)
	w.Canvas().Focus(quote)
	press(w, fyne.KeyReturn, fyne.KeySpace, fyne.KeyDown)
	if opened != 3 || quote.Cursor() != desktop.PointerCursor {
		t.Errorf("opened %d times", opened)
	}
	if h := quote.HeightFor(220); h < text.HeightFor(220)+24 || quote.HeightFor(120) <= h {
		t.Errorf("%v high, narrower %v", h, quote.HeightFor(120))
	}
	if below.Position().Y < text.Position().Y+text.Size().Height || text.Position().X < 10 {
		t.Errorf("the quote stands at %v, its source at %v", text.Position(), below.Position())
	}
	bar := test.WidgetRenderer(quote).Objects()[1].(*canvas.Rectangle)
	quote.MouseIn(mouse(1, 1, 0, 0))
	if bar.FillColor != inks[ColorAccent] {
		t.Error("under the pointer the quote does not look as if it opened")
	}
	quote.MouseOut()
	if bar.FillColor != inks[ColorLine] {
		t.Error("the quote stays lit")
	}
	for _, still := range []fyne.CanvasObject{NewQuote(text, below, nil), NewQuote(nil, below, nil)} {
		if _, focusable := still.(fyne.Focusable); focusable || still.(Flowing).HeightFor(200) < 24 {
			t.Error("a quote that opens nothing can be reached")
		}
	}
}

func TestChipsWrap(t *testing.T) {
	chips := NewChips(look, "safety", "jobs", "procedure", "a very long label that fits in no line of the margin at all")
	inWindow(t, chips, 1000, 100)
	if h := chips.HeightFor(1000); h != chipHeight {
		t.Errorf("with room for all they are %v high", h)
	}
	if h := chips.HeightFor(150); h < 3*chipHeight {
		t.Errorf("at 150 they are %v high", h)
	}
	chips.Resize(fyne.NewSize(150, 200))
	for i, box := range chips.boxes {
		if box.Position().X+box.Size().Width > 151 || box.Position().Y+box.Size().Height > chips.HeightFor(150)+0.1 {
			t.Errorf("chip %d stands at %v, %v large", i, box.Position(), box.Size())
		}
		for _, other := range chips.boxes[:i] {
			if other.Position().Y == box.Position().Y && other.Position().X+other.Size().Width > box.Position().X {
				t.Errorf("chip %d lies on another", i)
			}
		}
	}
}
