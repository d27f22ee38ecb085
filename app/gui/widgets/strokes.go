package widgets

import (
	"image"
	"image/color"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// strokes are the lines of a chart, drawn together into one picture: hundreds of
// canvas lines take longer to draw than all the rest.
type strokes struct {
	raster *canvas.Raster
	lines  []stroke
	drawn  []stroke // that the raster shows
}

// stroke is a line in units.
type stroke struct {
	x1, y1, x2, y2, width float32
	ink                   color.Color
}

func newStrokes() *strokes {
	s := &strokes{}
	s.raster = canvas.NewRaster(s.draw)
	return s
}

func (s *strokes) begin(size fyne.Size) {
	s.lines = s.lines[:0]
	s.raster.Resize(size)
}

// end draws the lines if they are others than before.
func (s *strokes) end() {
	if slices.Equal(s.lines, s.drawn) {
		return
	}
	canvas.Refresh(s.raster)
}

func (s *strokes) draw(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	s.drawn = append(s.drawn[:0], s.lines...)
	if width := s.raster.Size().Width; width > 0 {
		scale := float32(w) / width
		for _, l := range s.lines {
			l.x1, l.y1, l.x2, l.y2, l.width = l.x1*scale, l.y1*scale, l.x2*scale, l.y2*scale, l.width*scale
			l.draw(img)
		}
	}
	return img
}

// draw draws the line in pixels, smooth at its edges.
func (l stroke) draw(img *image.RGBA) {
	dx, dy := l.x2-l.x1, l.y2-l.y1
	length := float32(math.Hypot(float64(dx), float64(dy)))
	if length == 0 {
		return
	}
	ux, uy, half := dx/length, dy/length, l.width/2
	r, g, b, a := l.ink.RGBA()
	ink := [4]float32{float32(r >> 8), float32(g >> 8), float32(b >> 8), float32(a >> 8)}
	bounds := img.Bounds()
	steep := math.Abs(float64(dy)) > math.Abs(float64(dx))
	from, to, most := min(l.x1, l.x2), max(l.x1, l.x2), bounds.Dx()
	if steep {
		from, to, most = min(l.y1, l.y2), max(l.y1, l.y2), bounds.Dy()
	}
	// Pixel by pixel along the axis that the line is nearer to, and over its width.
	for major := max(0, int(from-half-1)); major <= min(most-1, int(to+half+1)); major++ {
		middle, reach := float32(0), float32(0)
		if steep {
			middle, reach = l.x1+(float32(major)+0.5-l.y1)*dx/dy, (half+1)*length/float32(math.Abs(float64(dy)))
		} else {
			middle, reach = l.y1+(float32(major)+0.5-l.x1)*dy/dx, (half+1)*length/float32(math.Abs(float64(dx)))
		}
		for minor := int(middle - reach); minor <= int(middle+reach); minor++ {
			x, y := major, minor
			if steep {
				x, y = minor, major
			}
			if minor < 0 || x >= bounds.Dx() || y >= bounds.Dy() {
				continue
			}
			px, py := float32(x)+0.5-l.x1, float32(y)+0.5-l.y1
			along, aside := px*ux+py*uy, px*uy-py*ux
			cover := min(half+0.5-max(aside, -aside), along+0.5, length-along+0.5, 1)
			if cover > 0 {
				blend(img.Pix[img.PixOffset(x, y):], ink, cover)
			}
		}
	}
}

// blend lays a colour, with its alpha in it, over a pixel.
func blend(pix []uint8, ink [4]float32, cover float32) {
	rest := 1 - ink[3]*cover/255
	for i := range 4 {
		pix[i] = uint8(ink[i]*cover + float32(pix[i])*rest + 0.5)
	}
}
