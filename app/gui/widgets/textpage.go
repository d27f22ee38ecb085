package widgets

import (
	"image"
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app/gui/textlayout"
)

// The measures of a text view's page.
const (
	textWidest  = 640 // 60 to 75 characters a line
	textPad     = 36
	sideWidth   = 270
	sideGap     = 28
	sideBetween = 10
	sideFrom    = 620 // the room from which on there is a margin
	bottomSpace = 160 // so that the last lines need not be read at the edge
)

// textPage is the sheet that a text view scrolls: the lines that are seen, what
// lies under them, and the margin.
type textPage struct {
	widget.BaseWidget
	view *TextView

	left, top  float32 // where the text begins
	textWidth  float32
	sideX      float32
	sideBottom float32
	width      float32
}

var (
	_ desktop.Mouseable  = (*textPage)(nil)
	_ fyne.Draggable     = (*textPage)(nil)
	_ desktop.Cursorable = (*textPage)(nil)
)

func newTextPage(v *TextView) *textPage {
	p := &textPage{view: v}
	p.ExtendBaseWidget(p)
	return p
}

// forget drops what was set for another text.
func (p *textPage) forget() { p.view.layout = nil }

// measure sets the text and the margin for the view's width.
func (p *textPage) measure(width float32) {
	v := p.view
	p.width = width
	room := width - 2*textPad
	side := float32(0)
	if room > sideFrom { // kept free for the first mark too, so that the text stays as it is
		side = sideWidth + sideGap
	}
	textWidth := max(120, min(textWidest, room-side))
	p.left = textPad + max(0, (room-side-textWidth)/2)
	p.top = 24
	if v.head != nil {
		p.top += v.head.HeightFor(textWidth) + 16
	}
	if v.text != nil && (v.layout == nil || p.textWidth != textWidth) {
		v.layout = v.text.Set(textWidth, 0)
	}
	p.textWidth = textWidth
	p.placeSide(side > 0)
}

// placeSide puts what stands in the margin beside its passage, or below what
// stands above it.
func (p *textPage) placeSide(shown bool) {
	p.sideX, p.sideBottom = p.left+p.textWidth+sideGap, 0
	for _, item := range p.view.side {
		o := item.Object
		if !shown || p.view.layout == nil {
			o.Hide()
			continue
		}
		o.Show()
		y := max(p.top+p.view.layout.Caret(item.At).Y-6, p.sideBottom)
		h := o.HeightFor(sideWidth)
		o.Move(fyne.NewPos(p.sideX, y))
		o.Resize(fyne.NewSize(sideWidth, h))
		p.sideBottom = y + h + sideBetween
	}
}

// MinSize implements fyne.CanvasObject.
func (p *textPage) MinSize() fyne.Size {
	p.ExtendBaseWidget(p)
	if p.view.layout == nil {
		return fyne.NewSize(100, 0)
	}
	return fyne.NewSize(100, max(p.top+p.view.layout.Height+bottomSpace, p.sideBottom+24))
}

func (p *textPage) scrollBy(dy float32) {
	s := p.view.scroll
	bottom := max(0, p.MinSize().Height-s.Size().Height)
	s.ScrollToOffset(fyne.NewPos(0, max(0, min(bottom, s.Offset.Y+dy))))
	p.Refresh()
}

// offsetAt is the code point at a place of the page.
func (p *textPage) offsetAt(pos fyne.Position) int {
	if p.view.layout == nil {
		return 0
	}
	return p.view.layout.Hit(pos.X-p.left, pos.Y-p.top)
}

// under is the code point whose letter stands at a place of the page.
func (p *textPage) under(pos fyne.Position) int {
	if p.view.layout == nil {
		return 0
	}
	return p.view.layout.Under(pos.X-p.left, pos.Y-p.top)
}

// How long the clicks of a double click may be apart, in time and in place.
const (
	doubleClick  = 400 * time.Millisecond
	doubleNearby = 5
)

// MouseDown implements desktop.Mouseable.
func (p *textPage) MouseDown(e *desktop.MouseEvent) {
	v := p.view
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		c.Focus(v)
	}
	at := p.offsetAt(e.Position)
	if e.Button == desktop.MouseButtonSecondary {
		if v.OnMenu != nil {
			v.OnMenu(e.AbsolutePosition)
		}
		return
	}
	v.clicks++
	apart := e.Position.Subtract(v.lastPlace)
	if time.Since(v.lastClick) > doubleClick || max(apart.X, -apart.X, apart.Y, -apart.Y) > doubleNearby {
		v.clicks = 1
	}
	v.lastClick, v.lastPlace = time.Now(), e.Position
	v.dragging = false
	switch {
	case e.Modifier&fyne.KeyModifierShift != 0:
		v.Select(v.anchor, at)
	case v.clicks == 2:
		v.Select(textlayout.Word(v.runes, p.under(e.Position)))
	case v.clicks >= 3:
		v.Select(textlayout.ParagraphAround(v.runes, p.under(e.Position)))
	default:
		v.Select(at, at)
	}
}

// MouseUp implements desktop.Mouseable.
func (p *textPage) MouseUp(e *desktop.MouseEvent) {
	v := p.view
	if start, end := v.Selection(); e.Button == desktop.MouseButtonPrimary && start == end && v.OnClick != nil {
		v.OnClick(p.under(e.Position))
	}
}

// Dragged implements fyne.Draggable.
func (p *textPage) Dragged(e *fyne.DragEvent) {
	v := p.view
	v.dragging = true
	v.Select(v.anchor, p.offsetAt(e.Position))
	// Near an edge the text scrolls on under the pointer.
	switch y := e.Position.Y - v.scroll.Offset.Y; {
	case y < 12:
		p.scrollBy(-24)
	case y > v.scroll.Size().Height-12:
		p.scrollBy(24)
	}
}

// DragEnd implements fyne.Draggable.
func (p *textPage) DragEnd() { p.view.dragging = false }

// Cursor implements desktop.Cursorable.
func (p *textPage) Cursor() desktop.Cursor { return desktop.TextCursor }

// CreateRenderer implements fyne.Widget.
func (p *textPage) CreateRenderer() fyne.WidgetRenderer {
	r := &pageRenderer{page: p, caret: canvas.NewRectangle(color.Transparent)}
	return r
}

// pageRenderer keeps a pool of rectangles and lines and gives them to what is
// seen.
type pageRenderer struct {
	page    *textPage
	caret   *canvas.Rectangle
	rects   []*canvas.Rectangle
	lines   []*lineImage
	objects []fyne.CanvasObject
}

// lineImage draws one line of the layout.
type lineImage struct {
	raster *canvas.Raster
	page   *textPage
	layout *textlayout.Layout
	index  int
	ink    color.Color
}

// overhang is how far letters may reach out of their line.
const overhang = 6

func (l *lineImage) draw(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	width := l.raster.Size().Width
	if l.layout == nil || width <= 0 || l.index >= len(l.layout.Lines) {
		return img
	}
	l.layout.DrawLine(img, l.index, overhang, overhang, float32(w)/width, l.ink, l.page.view.links...)
	return img
}

// show gives the image a line; it is drawn again only when that is another one.
func (l *lineImage) show(layout *textlayout.Layout, index int, ink color.Color) {
	same := l.layout == layout && l.index == index && l.ink == ink
	l.layout, l.index, l.ink = layout, index, ink
	line := layout.Lines[index]
	l.raster.Move(fyne.NewPos(l.page.left-overhang, l.page.top+line.Y-overhang))
	l.raster.Resize(fyne.NewSize(l.page.textWidth+2*overhang, line.Height+2*overhang))
	if !same {
		l.raster.Refresh()
	}
}

func (r *pageRenderer) Layout(fyne.Size)             { r.Refresh() }
func (r *pageRenderer) MinSize() fyne.Size           { return r.page.MinSize() }
func (r *pageRenderer) Destroy()                     {}
func (r *pageRenderer) Objects() []fyne.CanvasObject { return r.objects }

// Refresh gives the pooled objects to what is seen now.
func (r *pageRenderer) Refresh() {
	v := r.page.view
	r.objects = r.objects[:0]
	if v.head != nil {
		v.head.Move(fyne.NewPos(r.page.left, 24))
		v.head.Resize(fyne.NewSize(r.page.textWidth, v.head.HeightFor(r.page.textWidth)))
		r.objects = append(r.objects, v.head)
	}
	if v.layout != nil {
		top, bottom := v.scroll.Offset.Y-r.page.top-100, v.scroll.Offset.Y-r.page.top+v.scroll.Size().Height+100
		first, last := v.layout.LineAt(top), v.layout.LineAt(bottom)
		if first >= 0 {
			r.showRects(first, last)
			r.showLines(first, last)
		}
		for _, item := range v.side {
			if y := item.Object.Position().Y; item.Object.Visible() && y < bottom+r.page.top && y+item.Object.Size().Height > top+r.page.top {
				r.objects = append(r.objects, item.Object)
			}
		}
	}
	canvas.Refresh(r.page)
}

// showLines gives each line that is seen an image, the one it had if it can:
// line i always takes image i modulo the pool.
func (r *pageRenderer) showLines(first, last int) {
	need := last - first + 1
	for len(r.lines) < need {
		l := &lineImage{page: r.page}
		l.raster = canvas.NewRaster(l.draw)
		r.lines = append(r.lines, l)
	}
	ink := theme.Color(theme.ColorNameForeground)
	for i := first; i <= last; i++ {
		l := r.lines[i%len(r.lines)]
		l.show(r.page.view.layout, i, ink)
		r.objects = append(r.objects, l.raster)
	}
}

// showRects draws marks, the selection and the caret under the lines.
func (r *pageRenderer) showRects(first, last int) {
	v := r.page.view
	start, end := v.layout.Lines[first].Start, v.layout.Lines[last].End
	used := 0
	add := func(rect textlayout.Rect, c color.Color) {
		if used == len(r.rects) {
			r.rects = append(r.rects, canvas.NewRectangle(color.Transparent))
		}
		o := r.rects[used]
		used++
		o.FillColor, o.StrokeWidth = c, 0
		o.Move(fyne.NewPos(r.page.left+rect.X, r.page.top+rect.Y))
		o.Resize(fyne.NewSize(rect.Width, rect.Height))
		o.Refresh()
		r.objects = append(r.objects, o)
	}
	for i, m := range v.marks {
		if m.End <= start || m.Start >= end {
			continue
		}
		for _, rect := range v.layout.Rects(max(m.Start, start), min(m.End, end)) {
			add(m.band(rect, overlapping(v.marks, i)), theme.Color(m.Color))
			if m.Current {
				add(textlayout.Rect{X: rect.X, Y: rect.Y + rect.Height - 3, Width: rect.Width, Height: 2}, theme.Color(ColorAccent))
			}
		}
	}
	if from, to := v.Selection(); from < to && from < end && to > start {
		for _, rect := range v.layout.Rects(max(from, start), min(to, end)) {
			add(rect, theme.Color(theme.ColorNameSelection))
		}
	}
	if v.focused && v.anchor == v.caret {
		c := v.layout.Caret(v.caret)
		add(textlayout.Rect{X: c.X, Y: c.Y + 4, Width: 2, Height: c.Height - 8}, theme.Color(ColorAccent))
	}
}

// overlapping says how many earlier marks share words with mark i.
func overlapping(marks []TextMark, i int) int {
	n := 0
	for _, m := range marks[:i] {
		if m.Start < marks[i].End && m.End > marks[i].Start {
			n++
		}
	}
	return n
}

// band is the part of a line that a mark takes: all of it, a line below for an
// underline, and for one that lies over others a lower band, so that each of
// them is seen.
func (m TextMark) band(r textlayout.Rect, above int) textlayout.Rect {
	inset := r.Height * 0.12
	r.Y, r.Height = r.Y+inset, r.Height-2*inset
	switch {
	case m.Underline:
		r.Y, r.Height = r.Y+r.Height-3, 3
	case above > 0:
		cut := r.Height * (1 - 1/float32(above+1))
		r.Y, r.Height = r.Y+cut, r.Height-cut
	}
	return r
}
