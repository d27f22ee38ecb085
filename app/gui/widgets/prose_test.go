package widgets

import (
	"image"
	"image/draw"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// drawn is what a prose draws, in pixels of a unit each.
func drawn(p *Prose) image.Image {
	whole := image.NewRGBA(image.Rect(0, 0, int(p.Size().Width), int(p.Size().Height)))
	raster := test.WidgetRenderer(p).Objects()[0].(*canvas.Raster)
	part := raster.Generator(int(raster.Size().Width), int(raster.Size().Height))
	draw.Draw(whole, whole.Bounds(), part, image.Pt(-int(raster.Position().X), -int(raster.Position().Y)), draw.Src)
	return whole
}

// columns counts the pixels of a colour, and tells the first and last column.
func columns(img image.Image, of fyne.ThemeColorName) (n, first, last int) {
	want := inks[of]
	r, g, b, _ := want.RGBA()
	first = -1
	for x := range img.Bounds().Dx() {
		for y := range img.Bounds().Dy() {
			if pr, pg, pb, a := img.At(x, y).RGBA(); a == 0xffff && pr == r && pg == g && pb == b {
				if n++; first < 0 {
					first = x
				}
				last = x
			}
		}
	}
	return n, first, last
}

func TestProseIsAsHighAsItsWidthAsksFor(t *testing.T) {
	p := NewProse(look, Segment{Text: "The quay wall has moved by "}, Segment{Text: "more than four", Bold: true}, Segment{Text: " centimetres."})
	one := p.NaturalWidth()
	if p.HeightFor(one+1) != 24 || p.HeightFor(one/2) < 48 || p.HeightFor(one/4) <= p.HeightFor(one/2) {
		t.Errorf("%v wide on one line; %v high at half of it, %v at a quarter", one, p.HeightFor(one/2), p.HeightFor(one/4))
	}
	short := look
	short.MaxLines = 2
	q := NewProse(short, Segment{Text: "The quay wall has moved by more than four centimetres."})
	if q.HeightFor(one/8) != 48 || q.HeightFor(one+9) != 24 {
		t.Errorf("at most two lines are %v high", q.HeightFor(one/8))
	}
	q.Set(Segment{Text: "No"})
	if q.HeightFor(one/4) != 24 || q.NaturalWidth() > 40 {
		t.Error("the text did not change")
	}
	if empty := NewProse(look); empty.HeightFor(100) != 24 {
		t.Errorf("an empty prose is %v high", empty.HeightFor(100))
	}
}

func TestProseDrawsItsColours(t *testing.T) {
	p := NewProse(look, Segment{Text: "WWWW "}, Segment{Text: "WWWW", Color: "red"}, Segment{Text: " "}, Segment{Text: "WW", Marked: "blue"})
	inWindow(t, p, 300, 24)
	p.Resize(fyne.NewSize(300, 24))
	img := drawn(p)
	black, _, blackEnd := columns(img, "ink")
	red, redStart, redEnd := columns(img, "red")
	blue, blueStart, _ := columns(img, "blue")
	if black == 0 || red == 0 || blue == 0 || redEnd > blueStart || redStart < 20 || blackEnd < blueStart {
		t.Errorf("black %d to %d, red %d from %d to %d, blue %d from %d", black, blackEnd, red, redStart, redEnd, blue, blueStart)
	}
	p.Set(Segment{Text: "نص"})
	if n, first, _ := columns(drawn(p), "ink"); n == 0 || first < 250 {
		t.Errorf("Arabic begins at %d of 300", first)
	}
	p.Set()
	if n, _, _ := columns(drawn(p), "ink"); n != 0 {
		t.Error("an empty prose draws something")
	}
}

// A search marks letters inside words; these stay joined.
func TestMarkingLettersDoesNotMoveThem(t *testing.T) {
	whole := NewProse(look, Segment{Text: "ئۇيغۇرچە لا إله office"})
	cut := NewProse(look, Segment{Text: "ئۇي"}, Segment{Text: "غۇر", Marked: "blue"}, Segment{Text: "چە ل"}, Segment{Text: "ا", Marked: "red"}, Segment{Text: " إله offi"}, Segment{Text: "ce"})
	if whole.NaturalWidth() != cut.NaturalWidth() {
		t.Errorf("%v wide, with marks %v", whole.NaturalWidth(), cut.NaturalWidth())
	}
}

func TestEmojiAreDrawnInTheirColours(t *testing.T) {
	p := NewProse(look, Segment{Text: "👍🏽"})
	inWindow(t, p, 60, 24)
	p.Resize(fyne.NewSize(60, 24))
	img := drawn(p)
	first, last, colored := 24, 0, 0
	for y := range 24 {
		for x := range 60 {
			if r, g, b, a := img.At(x, y).RGBA(); a > 0x8000 && (r != g || g != b) {
				first, last = min(first, y), max(last, y)
				colored++
			}
		}
	}
	if colored < 40 || last-first < 10 || first < 2 || last > 22 {
		t.Errorf("%d coloured pixels from %d to %d", colored, first, last)
	}
}
