package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Tick is a moment on a time bar.
type Tick struct {
	At     float32 // 0 to 1
	Weight float32 // how high it is drawn, 0 to 1
}

// TimeBar is a bar with ticks and a knob that stands at one of them, or behind
// the last.
type TimeBar struct {
	widget.BaseWidget
	touch
	OnChange func(tick int)

	ticks []Tick
	value int
}

var (
	_ fyne.Focusable    = (*TimeBar)(nil)
	_ fyne.Draggable    = (*TimeBar)(nil)
	_ desktop.Mouseable = (*TimeBar)(nil)
)

const timeBarPad = 10

// NewTimeBar makes a bar.
func NewTimeBar() *TimeBar {
	b := &TimeBar{}
	b.touched = b
	b.ExtendBaseWidget(b)
	return b
}

// Set shows ticks and where the knob is; their number is behind the last.
func (b *TimeBar) Set(ticks []Tick, value int) {
	b.ticks, b.value = ticks, value
	b.Refresh()
}

// x is where a tick is; the place behind the last is the end.
func (b *TimeBar) x(i int) float32 {
	width := b.Size().Width - 2*timeBarPad
	if i >= len(b.ticks) {
		return timeBarPad + width
	}
	return timeBarPad + b.ticks[i].At*width*0.97 // the end stands for all times
}

func (b *TimeBar) moveTo(x float32) {
	best := len(b.ticks)
	for i := range b.ticks {
		if abs(b.x(i)-x) < abs(b.x(best)-x) {
			best = i
		}
	}
	b.set(best)
}

func abs(x float32) float32 { return max(x, -x) }

func (b *TimeBar) set(to int) {
	to = max(0, min(to, len(b.ticks)))
	if to != b.value && b.OnChange != nil {
		b.value = to
		b.Refresh()
		b.OnChange(to)
	}
}

// MouseDown implements desktop.Mouseable.
func (b *TimeBar) MouseDown(e *desktop.MouseEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(b); c != nil {
		c.Focus(b)
	}
	b.moveTo(e.Position.X)
}

// MouseUp implements desktop.Mouseable.
func (b *TimeBar) MouseUp(*desktop.MouseEvent) {}

// Dragged implements fyne.Draggable.
func (b *TimeBar) Dragged(e *fyne.DragEvent) { b.moveTo(e.Position.X) }

// DragEnd implements fyne.Draggable.
func (b *TimeBar) DragEnd() {}

// TypedKey implements fyne.Focusable.
func (b *TimeBar) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyDown:
		b.set(b.value - 1)
	case fyne.KeyRight, fyne.KeyUp:
		b.set(b.value + 1)
	case fyne.KeyHome:
		b.set(0)
	case fyne.KeyEnd:
		b.set(len(b.ticks))
	}
}

// CreateRenderer implements fyne.Widget.
func (b *TimeBar) CreateRenderer() fyne.WidgetRenderer {
	r := &timeBarRenderer{bar: b}
	r.draw()
	return r
}

type timeBarRenderer struct {
	bar     *TimeBar
	objects []fyne.CanvasObject
}

func (r *timeBarRenderer) Destroy()                     {}
func (r *timeBarRenderer) MinSize() fyne.Size           { return fyne.NewSize(200, 34) }
func (r *timeBarRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *timeBarRenderer) Layout(fyne.Size)             { r.draw() }
func (r *timeBarRenderer) Refresh()                     { r.draw(); canvas.Refresh(r.bar) }

// ticksDrawn is how many ticks are drawn at most: more would be a block.
const ticksDrawn = 400

func (r *timeBarRenderer) draw() {
	b := r.bar
	r.objects = nil
	box := func(x, y, w, h float32, fill color.Color) *canvas.Rectangle {
		o := canvas.NewRectangle(fill)
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
		r.objects = append(r.objects, o)
		return o
	}
	width := b.Size().Width - 2*timeBarPad
	if width <= 0 {
		return
	}
	step := len(b.ticks)/ticksDrawn + 1
	for i := 0; i < len(b.ticks); i += step {
		h := 4 + 10*b.ticks[i].Weight
		box(b.x(i)-1, 18-h, 2, h, theme.Color(theme.ColorNamePlaceHolder))
	}
	knob := b.x(b.value)
	box(timeBarPad, 20, width, 4, theme.Color(ColorLine)).CornerRadius = 2
	box(timeBarPad, 20, knob-timeBarPad, 4, theme.Color(ColorAccent)).CornerRadius = 2
	dot := canvas.NewCircle(theme.Color(ColorAccent))
	dot.Move(fyne.NewPos(knob-8, 14))
	dot.Resize(fyne.NewSize(16, 16))
	if b.focused {
		dot.StrokeColor, dot.StrokeWidth = theme.Color(theme.ColorNameFocus), 4
	}
	r.objects = append(r.objects, dot)
}
