package widgets

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app/gui/textlayout"
)

// MapView is boxes joined by lines that can be moved and zoomed. Of any number
// only what is seen is drawn.
type MapView struct {
	widget.BaseWidget
	touch
	// OnChoose is called with the box that was clicked, -1 beside all.
	OnChoose func(box int)
	OnOpen   func(box int)
	// OnStep is called with the direction of an arrow key.
	OnStep func(dx, dy int)
	OnKey  func(*fyne.KeyEvent)

	boxes  []MapBox
	lines  []MapLine
	size   fyne.Size
	offset fyne.Position // of the map's corner, in units of the screen
	zoom   float32
	chosen int
	fitted bool
	proses map[mapProse]*Prose
	body   *mapBody
	clip   *container.Scroll
}

// MapBox is a box of the map.
type MapBox struct {
	Position fyne.Position
	Size     fyne.Size
	Text     string
	Lines    int       // of the text
	Below    []Segment // under the text
	Round    bool
}

// MapLine is a line from box to box.
type MapLine struct {
	Points   []fyne.Position
	Color    fyne.ThemeColorName
	Width    float32
	Dashed   bool
	Word     string
	From, To int
}

type mapProse struct {
	box   int
	below bool
	zoom  float32
}

const (
	mapLeast = 0.15
	mapMost  = 2
	mapPad   = 12
	// mapReadable is the least zoom at which text is drawn.
	mapReadable = 0.42
	mapWords    = 0.7 // and at which lines have words
)

var (
	_ fyne.Focusable      = (*MapView)(nil)
	_ fyne.Scrollable     = (*mapBody)(nil)
	_ fyne.Draggable      = (*mapBody)(nil)
	_ fyne.DoubleTappable = (*mapBody)(nil)
	_ desktop.Mouseable   = (*mapBody)(nil)
)

// NewMapView makes an empty map.
func NewMapView() *MapView {
	m := &MapView{zoom: 1, chosen: -1, proses: map[mapProse]*Prose{}}
	m.touched = m
	m.body = &mapBody{view: m}
	m.body.ExtendBaseWidget(m.body)
	m.clip = container.NewScroll(m.body) // nothing is scrolled by it: it cuts off
	m.ExtendBaseWidget(m)
	return m
}

// CreateRenderer implements fyne.Widget.
func (m *MapView) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(m.clip) }

// MinSize implements fyne.CanvasObject.
func (m *MapView) MinSize() fyne.Size {
	m.ExtendBaseWidget(m)
	return fyne.NewSize(200, 160)
}

// Refresh implements fyne.CanvasObject.
func (m *MapView) Refresh() { m.body.Refresh() }

// FocusGained implements fyne.Focusable.
func (m *MapView) FocusGained() { m.focused = true; m.body.Refresh() }

// FocusLost implements fyne.Focusable.
func (m *MapView) FocusLost() { m.focused = false; m.body.Refresh() }

// Set shows another map, whole where it can be read so.
func (m *MapView) Set(boxes []MapBox, lines []MapLine, size fyne.Size) {
	same := m.size == size && len(m.boxes) == len(boxes)
	m.boxes, m.lines, m.size = boxes, lines, size
	clear(m.proses)
	if !same {
		m.fitted = false
		m.Fit()
	}
	m.body.Refresh()
}

// Choose shows a box as chosen and moves it into sight; -1 for none.
func (m *MapView) Choose(box int) {
	if box != m.chosen {
		m.chosen = box
		m.reveal(box)
	}
	m.body.Refresh()
}

func (m *MapView) reveal(box int) {
	if box < 0 || box >= len(m.boxes) || !m.fitted {
		return
	}
	b, room := m.boxes[box], m.body.Size()
	x, y := m.offset.X+b.Position.X*m.zoom, m.offset.Y+b.Position.Y*m.zoom
	w, h := b.Size.Width*m.zoom, b.Size.Height*m.zoom
	if x < mapPad || x+w > room.Width-mapPad {
		m.offset.X += room.Width/2 - x - w/2
	}
	if y < mapPad || y+h > room.Height-mapPad {
		m.offset.Y += room.Height/2 - y - h/2
	}
}

// Fit shows the whole map, but never so small that its text cannot be read.
func (m *MapView) Fit() {
	room := m.body.Size()
	if room.Width <= 0 || m.size.Width <= 0 {
		return
	}
	m.fitted = true
	m.zoom = max(mapReadable+0.06, min(1, (room.Width-2*mapPad)/m.size.Width, (room.Height-2*mapPad)/m.size.Height))
	m.offset = fyne.NewPos(max(mapPad, (room.Width-m.size.Width*m.zoom)/2), max(mapPad, (room.Height-m.size.Height*m.zoom)/2))
	clear(m.proses)
	m.reveal(m.chosen)
	m.body.Refresh()
}

// Zoom shows it larger or smaller around the middle.
func (m *MapView) Zoom(by float32) {
	room := m.body.Size()
	m.zoomAt(by, fyne.NewPos(room.Width/2, room.Height/2))
}

func (m *MapView) zoomAt(by float32, at fyne.Position) {
	to := max(mapLeast, min(mapMost, m.zoom*by))
	to = float32(math.Round(float64(to)*50) / 50) // few sizes of text have to be set
	m.offset = fyne.NewPos(at.X-(at.X-m.offset.X)*to/m.zoom, at.Y-(at.Y-m.offset.Y)*to/m.zoom)
	m.zoom = to
	if len(m.proses) > headsKept {
		clear(m.proses)
	}
	m.body.Refresh()
}

// TypedKey implements fyne.Focusable.
func (m *MapView) TypedKey(e *fyne.KeyEvent) {
	step := func(dx, dy int) {
		if m.OnStep != nil {
			m.OnStep(dx, dy)
		}
	}
	switch e.Name {
	case fyne.KeyUp:
		step(0, -1)
	case fyne.KeyDown:
		step(0, 1)
	case fyne.KeyLeft:
		step(-1, 0)
	case fyne.KeyRight:
		step(1, 0)
	case fyne.KeyPlus, fyne.KeyEqual:
		m.Zoom(1.25)
	case fyne.KeyMinus:
		m.Zoom(0.8)
	case fyne.Key0:
		m.Fit()
	case fyne.KeyReturn, fyne.KeyEnter:
		if m.OnOpen != nil && m.chosen >= 0 {
			m.OnOpen(m.chosen)
		}
	default:
		if m.OnKey != nil {
			m.OnKey(e)
		}
	}
}

// mapBody draws the map and takes the mouse.
type mapBody struct {
	widget.BaseWidget
	view *MapView
}

// MinSize implements fyne.CanvasObject.
func (b *mapBody) MinSize() fyne.Size { return fyne.NewSize(60, 60) }

// Scrolled implements fyne.Scrollable: the wheel zooms where the pointer is.
func (b *mapBody) Scrolled(e *fyne.ScrollEvent) {
	if e.Scrolled.DX != 0 {
		b.view.offset.X += e.Scrolled.DX
		b.Refresh()
		return
	}
	by := float32(1.12)
	if e.Scrolled.DY < 0 {
		by = 1 / by
	}
	b.view.zoomAt(by, e.Position)
}

// Dragged implements fyne.Draggable.
func (b *mapBody) Dragged(e *fyne.DragEvent) {
	b.view.offset = b.view.offset.AddXY(e.Dragged.DX, e.Dragged.DY)
	b.Refresh()
}

// DragEnd implements fyne.Draggable.
func (b *mapBody) DragEnd() {}

// MouseDown implements desktop.Mouseable.
func (b *mapBody) MouseDown(e *desktop.MouseEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(b); c != nil {
		c.Focus(b.view)
	}
	if box := b.at(e.Position); box >= 0 && b.view.OnChoose != nil {
		b.view.chosen = box
		b.view.OnChoose(box)
	}
}

// MouseUp implements desktop.Mouseable.
func (b *mapBody) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped implements fyne.DoubleTappable.
func (b *mapBody) DoubleTapped(e *fyne.PointEvent) {
	if box := b.at(e.Position); box >= 0 && b.view.OnOpen != nil {
		b.view.OnOpen(box)
	}
}

func (b *mapBody) at(p fyne.Position) int {
	m := b.view
	x, y := (p.X-m.offset.X)/m.zoom, (p.Y-m.offset.Y)/m.zoom
	for i, box := range m.boxes {
		if x >= box.Position.X && y >= box.Position.Y && x <= box.Position.X+box.Size.Width && y <= box.Position.Y+box.Size.Height {
			return i
		}
	}
	return -1
}

// CreateRenderer implements fyne.Widget.
func (b *mapBody) CreateRenderer() fyne.WidgetRenderer { return &mapRenderer{body: b} }

type mapRenderer struct {
	shapes
	body *mapBody
}

func (r *mapRenderer) Destroy()                     {}
func (r *mapRenderer) MinSize() fyne.Size           { return fyne.NewSize(60, 60) }
func (r *mapRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *mapRenderer) Layout(fyne.Size) {
	if !r.body.view.fitted {
		r.body.view.Fit()
	}
	r.draw()
}

func (r *mapRenderer) Refresh() {
	r.draw()
	r.end()
}

func (r *mapRenderer) draw() {
	m, room := r.body.view, r.body.Size()
	r.begin(room)
	if room.Width <= 0 {
		return
	}
	seen := func(x, y, w, h float32) bool { return x < room.Width && y < room.Height && x+w > 0 && y+h > 0 }
	for i := range m.lines {
		r.mapLine(&m.lines[i], seen)
	}
	for i, b := range m.boxes {
		x, y := m.offset.X+b.Position.X*m.zoom, m.offset.Y+b.Position.Y*m.zoom
		w, h := b.Size.Width*m.zoom, b.Size.Height*m.zoom
		if seen(x, y, w, h) {
			r.mapBox(i, x, y, w, h)
		}
	}
}

func (r *mapRenderer) mapBox(i int, x, y, w, h float32) {
	m := r.body.view
	b := m.boxes[i]
	box := r.box(x, y, w, h, theme.Color(ColorSurface))
	box.CornerRadius, box.StrokeWidth, box.StrokeColor = 8*m.zoom, 1, theme.Color(ColorLine)
	if b.Round {
		box.FillColor, box.CornerRadius, box.StrokeColor = theme.Color(ColorAccentBack), min(h/2, 20*m.zoom), theme.Color(ColorAccent)
	}
	if i == m.chosen {
		box.StrokeColor, box.StrokeWidth = theme.Color(ColorAccent), 2
		if m.focused {
			box.StrokeWidth = 3
		}
	}
	if m.zoom < mapReadable {
		return
	}
	pad := mapPad * m.zoom
	p := m.prose(i, false)
	height := p.HeightFor(w - 2*pad)
	p.Move(fyne.NewPos(x+pad, y+pad))
	p.Resize(fyne.NewSize(w-2*pad, height))
	r.put(p)
	if len(b.Below) > 0 {
		q := m.prose(i, true)
		q.Move(fyne.NewPos(x+pad, y+h-pad-18*m.zoom))
		q.Resize(fyne.NewSize(w-2*pad, 18*m.zoom))
		r.put(q)
	}
}

// prose is the text of a box at this zoom, made once.
func (m *MapView) prose(box int, below bool) *Prose {
	key := mapProse{box, below, m.zoom}
	p := m.proses[key]
	if p == nil {
		b := m.boxes[box]
		look := Look{Family: textlayout.Sans, Size: 13 * m.zoom, LineHeight: 18 * m.zoom, Color: theme.ColorNameForeground, MaxLines: b.Lines}
		if below {
			look.MaxLines, look.Size = 1, 12*m.zoom
			p = NewProse(look, b.Below...)
		} else {
			p = NewProse(look, Segment{Text: b.Text})
		}
		m.proses[key] = p
	}
	return p
}

func (r *mapRenderer) mapLine(line *MapLine, seen func(x, y, w, h float32) bool) {
	m := r.body.view
	if len(line.Points) < 2 {
		return
	}
	at := func(p fyne.Position) fyne.Position {
		return fyne.NewPos(m.offset.X+p.X*m.zoom, m.offset.Y+p.Y*m.zoom)
	}
	ink, width := theme.Color(line.Color), max(1, line.Width*m.zoom)
	if m.chosen >= 0 && line.From != m.chosen && line.To != m.chosen {
		ink = faded(ink, 0x80)
	}
	for i := 1; i < len(line.Points); i++ {
		p, q := at(line.Points[i-1]), at(line.Points[i])
		if !seen(min(p.X, q.X)-1, min(p.Y, q.Y)-1, max(p.X, q.X)-min(p.X, q.X)+2, max(p.Y, q.Y)-min(p.Y, q.Y)+2) {
			continue
		}
		if line.Dashed {
			r.dashes(p, q, width, ink)
		} else {
			r.line(p.X, p.Y, q.X, q.Y, width, ink)
		}
	}
	end, before := at(line.Points[len(line.Points)-1]), at(line.Points[len(line.Points)-2])
	if dx, dy := float64(end.X-before.X), float64(end.Y-before.Y); seen(end.X-10, end.Y-10, 20, 20) && math.Hypot(dx, dy) > 1 {
		ux, uy := float32(dx/math.Hypot(dx, dy)), float32(dy/math.Hypot(dx, dy))
		long := 9 * max(0.6, m.zoom)
		for _, side := range []float32{1, -1} {
			r.line(end.X, end.Y, end.X-long*ux-side*long*0.5*uy, end.Y-long*uy+side*long*0.5*ux, width, ink)
		}
	}
	if m.zoom >= mapWords || m.zoom >= mapReadable && (line.From == m.chosen || line.To == m.chosen) {
		p, q := at(line.Points[0]), at(line.Points[1])
		x, y := p.X+(q.X-p.X)*0.4, p.Y+(q.Y-p.Y)*0.4
		back := r.box(0, 0, 0, 0, theme.Color(theme.ColorNameBackground))
		t := r.wordIn(line.Word, 0, 0, 11*max(0.85, m.zoom), ink, false)
		size := t.MinSize()
		t.Move(fyne.NewPos(x-size.Width/2, y-size.Height/2))
		back.FillColor = theme.Color("desk")
		back.Move(fyne.NewPos(x-size.Width/2-2, y-size.Height/2+1))
		back.Resize(fyne.NewSize(size.Width+4, size.Height-2))
	}
}

// dashes draws a broken line.
func (r *mapRenderer) dashes(p, q fyne.Position, width float32, ink color.Color) {
	const dash, gap = 6, 5
	dx, dy := float64(q.X-p.X), float64(q.Y-p.Y)
	length := float32(math.Hypot(dx, dy))
	if length == 0 {
		return
	}
	ux, uy := (q.X-p.X)/length, (q.Y-p.Y)/length
	for at, n := float32(0), 0; at < length && n < 400; at, n = at+dash+gap, n+1 {
		end := min(length, at+dash)
		r.line(p.X+ux*at, p.Y+uy*at, p.X+ux*end, p.Y+uy*end, width, ink)
	}
}

// SetWhole shows all of a map at a zoom, from its corner: for a picture of it.
func (m *MapView) SetWhole(boxes []MapBox, lines []MapLine, size fyne.Size, zoom float32) {
	m.boxes, m.lines, m.size, m.zoom, m.fitted, m.chosen = boxes, lines, size, zoom, true, -1
	m.offset = fyne.NewPos(16, 16)
	clear(m.proses)
	m.body.Refresh()
}
