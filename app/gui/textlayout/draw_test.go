package textlayout

import (
	"image"
	"image/color"
	"sync"
	"testing"
)

var (
	black = color.RGBA{A: 0xFF}
	red   = color.RGBA{R: 0xFF, A: 0xFF}
)

// inked counts the pixels of a colour between two columns.
func inked(img *image.RGBA, from, to float32, c color.RGBA) int {
	n := 0
	for y := range img.Rect.Dy() {
		for x := max(0, int(from)); x < min(img.Rect.Dx(), int(to)); x++ {
			p := img.RGBAAt(x, y)
			if p.A > 0x80 && (p.R > p.G) == (c.R > 0) {
				n++
			}
		}
	}
	return n
}

func TestLettersAreDrawnInTheirRectangles(t *testing.T) {
	f := bundled(t)
	for _, text := range []string{"WWW iii", "ئۇيغۇر خەت", "港口"} { // the last in boxes
		l, runes := lay(f, text, 200, 0)
		img := image.NewRGBA(image.Rect(0, 0, 400, 48))
		l.DrawLine(img, 0, 0, 0, 2, black)
		whole := l.Rects(0, len(runes))[0]
		inside := inked(img, 2*whole.X-2, 2*(whole.X+whole.Width)+2, black)
		if inside == 0 || inside != inked(img, 0, 400, black) {
			t.Errorf("%q: %d pixels in its rectangle, %d in all", text, inside, inked(img, 0, 400, black))
		}
		first := l.Rects(0, 1)[0]
		if inked(img, 2*first.X, 2*(first.X+first.Width), black) == 0 {
			t.Errorf("%q: its first letter is not drawn at %+v", text, first)
		}
	}
}

func TestInksColourWhatTheyAreFor(t *testing.T) {
	f := bundled(t)
	text := []rune("black رمادي")
	l := f.Shape(text, []Paragraph{plain(0, len(text))}).Set(300, 0)
	img := image.NewRGBA(image.Rect(0, 0, 300, 24))
	l.DrawLine(img, 0, 0, 0, 1, black, Ink{Start: 6, End: len(text), Color: red})
	border := l.Rects(6, len(text))[0].X
	if inked(img, border, 300, red) == 0 || inked(img, 0, border-1, red) > 0 {
		t.Errorf("red left of %v: %d pixels, right: %d", border, inked(img, 0, border-1, red), inked(img, border, 300, red))
	}
}

func TestMarkerIsDrawnBesideTheFirstLine(t *testing.T) {
	f := bundled(t)
	for text, beside := range map[string][2]float32{"item": {0, 24}, "بند": {176, 200}} {
		runes := []rune(text)
		p := plain(0, len(runes))
		p.Indent, p.Marker = 24, "•"
		img := image.NewRGBA(image.Rect(0, 0, 200, 24))
		f.Shape(runes, []Paragraph{p}).Set(200, 0).DrawLine(img, 0, 0, 0, 1, black)
		if inked(img, beside[0], beside[1], black) == 0 {
			t.Errorf("%q has no marker", text)
		}
	}
}

func TestFontsFallBack(t *testing.T) {
	f := bundled(t)
	l, _ := lay(f, "a", 100, 0)
	width := func(face Typeface) float32 {
		p := plain(0, 1)
		p.Typeface = face
		return f.Shape([]rune("a"), []Paragraph{p}).Set(100, 0).Lines[0].Width
	}
	if width(Typeface{Family: Mono}) != l.Lines[0].Width || width(Typeface{Bold: true, Italic: true}) != width(Typeface{Bold: true}) {
		t.Error("a typeface without a font of its own does not take the nearest")
	}
	all := NewFonts(t.TempDir()) // and the system's, whatever they are
	for face, own := range f.library.added {
		all.library.added[face] = own
	}
	for name, text := range texts {
		l, runes := lay(all, text, 160, 0)
		t.Run(name, func(t *testing.T) { checkLines(t, l, 0, len(runes)) })
	}
}

// Long texts are shaped off the screen's goroutine while others are drawn.
func TestLayoutsOfOneChainAreUsedFromAnyGoroutine(t *testing.T) {
	f := bundled(t)
	var all sync.WaitGroup
	for _, text := range texts {
		all.Go(func() {
			l, runes := lay(f, text, 120, 0)
			img := image.NewRGBA(image.Rect(0, 0, 120, 24))
			for i := range l.Lines {
				l.DrawLine(img, i, 0, 0, 1, black)
			}
			l.Hit(3, 3)
			l.Rects(0, len(runes))
		})
	}
	all.Wait()
}
