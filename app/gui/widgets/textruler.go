package widgets

import (
	"image"
	"image/color"
	"image/draw"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// The ruler beside the scroll bar, and how near to a tick a click counts as one
// on it.
const (
	rulerWidth = 8
	tickHeight = 2
	tickReach  = 5
)

// textRuler shows where in the whole text the hits of a search and the marks
// are. A click leads there.
type textRuler struct {
	widget.BaseWidget
	view   *TextView
	raster *canvas.Raster
	stale  bool
}

var (
	_ fyne.Tappable      = (*textRuler)(nil)
	_ desktop.Cursorable = (*textRuler)(nil)
)

func newTextRuler(v *TextView) *textRuler {
	r := &textRuler{view: v}
	r.raster = canvas.NewRaster(r.draw)
	r.ExtendBaseWidget(r)
	r.Hide()
	return r
}

// CreateRenderer implements fyne.Widget.
func (r *textRuler) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.raster) }

// update draws the ruler again when something moved.
func (r *textRuler) update() {
	if !r.stale {
		return
	}
	r.stale = false
	if len(r.view.hits) == 0 && len(r.view.marks.list) == 0 {
		r.Hide()
		return
	}
	r.Show()
	r.raster.Refresh()
}

// at is where on the ruler a code point stands.
func (r *textRuler) at(offset int) float32 {
	whole := max(1, r.view.page.wholeHeight())
	return (r.view.page.top + r.view.text.About(offset)) / whole * r.Size().Height
}

func (r *textRuler) draw(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	size := r.Size()
	if r.view.text == nil || size.Height <= 0 {
		return img
	}
	scale := float32(h) / size.Height
	tick := func(offset int, c color.Color, inset, height float32) {
		y := int(r.at(offset) * scale)
		box := image.Rect(int(inset*scale), y, w-int(inset*scale), y+max(1, int(height*scale)))
		draw.Draw(img, box, image.NewUniform(c), image.Point{}, draw.Over)
	}
	faint := faded(theme.Color(theme.ColorNamePlaceHolder), 0x40)
	last := -1
	for i := range r.view.marks.list {
		if y := int(r.at(r.view.marks.list[i].Start) * scale); y > last { // many stand on one pixel
			tick(r.view.marks.list[i].Start, faint, 2, 1)
			last = y
		}
	}
	if m := r.view.marks.chosen(); m != nil {
		tick(m.Start, theme.Color(ColorAccent), 0, tickHeight)
	}
	hit := theme.Color(ColorHit)
	for i, found := range r.view.hits {
		if i != r.view.hit {
			tick(found.Start, hit, 1, tickHeight)
		}
	}
	if i := r.view.hit; i >= 0 && i < len(r.view.hits) {
		tick(r.view.hits[i].Start, hit, 0, 2*tickHeight)
	}
	return img
}

// Tapped implements fyne.Tappable: it leads to the tick under the pointer, or to
// that place of the text.
func (r *textRuler) Tapped(e *fyne.PointEvent) {
	v := r.view
	if v.text == nil {
		return
	}
	best, distance := -1, float32(tickReach)
	near := func(offset int) {
		d := r.at(offset) - e.Position.Y
		if d = max(d, -d); d < distance {
			best, distance = offset, d
		}
	}
	for _, hit := range v.hits {
		near(hit.Start)
	}
	if best < 0 {
		for i := range v.marks.list {
			near(v.marks.list[i].Start)
		}
	}
	if best >= 0 {
		v.Reveal(best)
		return
	}
	share := e.Position.Y / max(1, r.Size().Height)
	v.scrollBy(share*v.page.wholeHeight() - v.scroll.Size().Height/2 - v.scroll.Offset.Y)
}

// Cursor implements desktop.Cursorable.
func (r *textRuler) Cursor() desktop.Cursor { return desktop.PointerCursor }
