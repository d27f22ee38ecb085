package widgets

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"rejoinder/app/gui/textlayout"
)

// The colours that a text view takes from the theme besides those of cards.
const (
	ColorHit        fyne.ThemeColorName = "hit"        // around what a search found, and its ticks
	ColorHitCurrent fyne.ThemeColorName = "hitCurrent" // behind the chosen one of them
	ColorBox        fyne.ThemeColorName = "box"        // behind code
)

// How far letters and markers may reach out of their line, and how many lines
// are drawn as one image: every pixel of it costs time in every frame.
const (
	overhang     = 6
	overhangSide = 28
	tileLines    = 8
)

// pageRenderer keeps pools of rectangles and tiles and gives them to what is
// seen. It never refreshes the page as a whole: Fyne would draw every line anew.
type pageRenderer struct {
	page    *textPage
	tick    *canvas.Rectangle // refreshed so that the window is drawn
	rects   []*canvas.Rectangle
	used    int
	tiles   map[tileKey]*tile // what is shown now
	next    map[tileKey]*tile
	free    []*tile
	objects []fyne.CanvasObject
}

// tileKey is some lines of a piece of the text: first, and those that follow it
// in the same tile.
type tileKey struct {
	layout *textlayout.Layout
	first  int
}

// lines are the lines of the tile.
func (k tileKey) lines() []textlayout.Line {
	return k.layout.Lines[k.first:min(k.first+tileLines, len(k.layout.Lines))]
}

// box is what the tile takes of its piece, with what reaches out of the lines.
func (k tileKey) box() textlayout.Rect {
	lines := k.lines()
	left, right, side := lines[0].X, lines[0].X+lines[0].Width, float32(overhang)
	for i := range lines {
		l := &lines[i]
		left, right = min(left, l.X), max(right, l.X+l.Width)
		if l.HasMarker() {
			side = overhangSide
		}
	}
	last := &lines[len(lines)-1]
	return whole(textlayout.Rect{X: left - side, Y: lines[0].Y - overhang, Width: right - left + 2*side, Height: last.Y + last.Height - lines[0].Y + 2*overhang})
}

// whole makes a rectangle's sides whole units, so that what is drawn in it
// stands on whole pixels.
func whole(r textlayout.Rect) textlayout.Rect {
	floor := func(x float32) float32 { return float32(math.Floor(float64(x))) }
	x, y := floor(r.X), floor(r.Y)
	return textlayout.Rect{X: x, Y: y, Width: -floor(-r.X-r.Width) - x, Height: -floor(-r.Y-r.Height) - y}
}

// tile draws some lines.
type tile struct {
	raster *canvas.Raster
	page   *textPage
	key    tileKey
	box    textlayout.Rect
	ink    color.Color
	link   color.Color
}

func (t *tile) draw(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	if t.key.layout == nil || t.box.Width <= 0 {
		return img
	}
	lines := t.key.lines()
	var inks []textlayout.Ink
	for _, link := range t.page.view.links {
		if link.Start < lines[len(lines)-1].End && link.End > lines[0].Start {
			inks = append(inks, textlayout.Ink{Start: link.Start, End: link.End, Color: t.link})
		}
	}
	for i := range lines {
		t.key.layout.DrawLine(img, t.key.first+i, -t.box.X, lines[i].Y-t.box.Y, float32(w)/t.box.Width, t.ink, inks...)
	}
	return img
}

func (r *pageRenderer) Layout(fyne.Size)             {}
func (r *pageRenderer) MinSize() fyne.Size           { return r.page.MinSize() }
func (r *pageRenderer) Destroy()                     {}
func (r *pageRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *pageRenderer) Refresh()                     { r.page.Refresh() }

// draw gives the pooled objects to what is seen now.
func (r *pageRenderer) draw() {
	v := r.page.view
	r.objects, r.used = append(r.objects[:0], r.tick), 0
	if v.text != nil && r.page.width >= narrowest {
		r.showHead()
		top := v.scroll.Offset.Y - r.page.top - overscan
		bottom := top + v.scroll.Size().Height + 2*overscan
		if first := v.text.PieceAt(top); first >= 0 {
			last := first
			for last+1 < v.text.Len() && v.text.Top(last+1) < bottom {
				last++
			}
			r.showUnder(first, last, top, bottom)
			r.showTiles(first, last, top, bottom)
			r.showOver()
		}
		r.objects = append(r.objects, v.side.shown...)
	}
	r.tick.Refresh()
}

func (r *pageRenderer) showHead() {
	v := r.page.view
	if v.head == nil || v.scroll.Offset.Y > r.page.top {
		return
	}
	if pos := fyne.NewPos(r.page.left, textTop); v.head.Position() != pos {
		v.head.Move(pos)
	}
	if size := fyne.NewSize(r.page.textWidth, r.page.top-textTop-headGap); v.head.Size() != size {
		v.head.Resize(size)
	}
	r.objects = append(r.objects, v.head)
}

// rect shows a rectangle of the text's in a colour.
func (r *pageRenderer) rect(box textlayout.Rect, c color.Color) *canvas.Rectangle {
	if r.used == len(r.rects) {
		r.rects = append(r.rects, canvas.NewRectangle(color.Transparent))
	}
	o := r.rects[r.used]
	r.used++
	o.FillColor, o.StrokeWidth, o.StrokeColor, o.CornerRadius = c, 0, nil, 0
	o.Move(fyne.NewPos(r.page.left+box.X, r.page.top+box.Y))
	o.Resize(fyne.NewSize(box.Width, box.Height))
	r.objects = append(r.objects, o)
	return o
}

// showTiles gives the lines that are seen their tiles: those they had, or some
// that are not needed any more.
func (r *pageRenderer) showTiles(first, last int, top, bottom float32) {
	text := r.page.view.text
	ink, link := theme.Color(theme.ColorNameForeground), theme.Color(ColorAccent)
	var new []tileKey
	clear(r.next)
	each := func(show func(key tileKey, y float32)) {
		for i := first; i <= last; i++ {
			l, y := text.Lines(i), text.Top(i)
			for n := max(0, l.LineAt(top-y)) / tileLines * tileLines; n < len(l.Lines) && y+l.Lines[n].Y < bottom; n += tileLines {
				show(tileKey{l, n}, y)
			}
		}
	}
	each(func(key tileKey, _ float32) {
		if t := r.tiles[key]; t != nil {
			r.next[key] = t
			delete(r.tiles, key)
		} else {
			new = append(new, key)
		}
	})
	for _, t := range r.tiles {
		r.free = append(r.free, t)
	}
	for _, key := range new {
		r.next[key] = r.spare()
	}
	r.tiles, r.next = r.next, r.tiles
	each(func(key tileKey, y float32) {
		t := r.tiles[key]
		same := t.key == key && t.ink == ink && t.link == link
		if t.key != key {
			t.key, t.box = key, key.box()
		}
		t.ink, t.link = ink, link
		t.raster.Move(fyne.NewPos(r.page.left+t.box.X, r.page.top+y+t.box.Y))
		if size := fyne.NewSize(t.box.Width, t.box.Height); t.raster.Size() != size {
			t.raster.Resize(size)
			same = false
		}
		if !same {
			t.raster.Refresh()
		}
		r.objects = append(r.objects, t.raster)
	})
}

// spare is a tile that shows nothing else.
func (r *pageRenderer) spare() *tile {
	if n := len(r.free); n > 0 {
		t := r.free[n-1]
		r.free = r.free[:n-1]
		return t
	}
	t := &tile{page: r.page}
	t.raster = canvas.NewRaster(t.draw)
	return t
}
