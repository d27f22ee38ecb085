package widgets

import (
	"image"
	"image/color"
	"math"
	"testing"
)

// A line covers as much of the picture as it is long and wide, wherever it goes,
// and nothing away from it.
func TestStrokesCoverTheirLines(t *testing.T) {
	for _, l := range []stroke{
		{10, 20, 90, 20, 2, nil}, {20, 90, 20, 10, 3, nil}, {10, 10, 90, 90, 2, nil}, {90, 15, 10, 60, 1.5, nil}, {30, 5, 45, 95, 1, nil},
	} {
		l.ink = color.NRGBA{200, 40, 40, 255}
		img := image.NewRGBA(image.Rect(0, 0, 100, 100))
		l.draw(img)
		covered := 0.0
		for y := range 100 {
			for x := range 100 {
				a := float64(img.RGBAAt(x, y).A) / 255
				covered += a
				dx, dy := float64(l.x2-l.x1), float64(l.y2-l.y1)
				aside := math.Abs((float64(x)+0.5-float64(l.x1))*dy-(float64(y)+0.5-float64(l.y1))*dx) / math.Hypot(dx, dy)
				if a > 0 && aside > float64(l.width)/2+1 {
					t.Fatalf("%v paints %d,%d, which is %.1f away", l, x, y, aside)
				}
			}
		}
		if want := math.Hypot(float64(l.x2-l.x1), float64(l.y2-l.y1)) * float64(l.width); math.Abs(covered-want) > want*0.08 {
			t.Errorf("%v covers %.0f pixels, want %.0f", l, covered, want)
		}
	}
}

// Lines that leave the picture, and those without length, are cut off.
func TestStrokesEndAtTheEdge(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 20, 10))
	for _, l := range []stroke{{-50, 5, 70, 5, 2, color.White}, {5, -40, 5, 90, 40, color.Black}, {3, 3, 3, 3, 2, color.White}, {-9, -9, -3, -3, 2, color.White}} {
		l.draw(img)
	}
	if img.RGBAAt(0, 5).A == 0 || img.RGBAAt(19, 9).A == 0 {
		t.Error("the lines do not reach the edges")
	}
}
