package gui

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app/gui/widgets"
)

// button is one that Return presses too, that Escape leaves what it stands in, and
// that shows on every colour that it has the keys.
type button struct {
	widget.Button
	escape  func()
	focused bool
}

func newButton(label string, press, escape func()) *button {
	b := &button{escape: escape}
	b.ExtendBaseWidget(b)
	b.Text, b.OnTapped = label, press
	return b
}

// newMainButton is the button of what is to be done first.
func newMainButton(label string, press, escape func()) *button {
	b := newButton(label, press, escape)
	b.Importance = widget.HighImportance
	return b
}

// TypedKey implements fyne.Focusable. A tap would take the keys off it.
func (b *button) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if b.OnTapped != nil && !b.Disabled() {
			b.OnTapped()
		}
	case fyne.KeyEscape:
		if b.escape != nil {
			b.escape()
		}
	default:
		b.Button.TypedKey(k)
	}
}

// FocusGained implements fyne.Focusable.
func (b *button) FocusGained() { b.focused = true; b.Button.FocusGained() }

// FocusLost implements fyne.Focusable.
func (b *button) FocusLost() { b.focused = false; b.Button.FocusLost() }

// CreateRenderer implements fyne.Widget.
func (b *button) CreateRenderer() fyne.WidgetRenderer {
	ring := canvas.NewRectangle(color.Transparent)
	ring.StrokeWidth, ring.CornerRadius = 2, theme.Size(theme.SizeNameInputRadius)+ringGap
	r := &buttonRenderer{WidgetRenderer: b.Button.CreateRenderer(), button: b, ring: ring}
	r.Refresh()
	return r
}

// ringGap is how far the ring stands off the button.
const ringGap = 3

// buttonRenderer draws a ring around the button that has the keys.
type buttonRenderer struct {
	fyne.WidgetRenderer
	button *button
	ring   *canvas.Rectangle
}

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	return append(slices.Clone(r.WidgetRenderer.Objects()), r.ring)
}

func (r *buttonRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.ring.Move(fyne.NewPos(-ringGap, -ringGap))
	r.ring.Resize(size.AddWidthHeight(2*ringGap, 2*ringGap))
}

func (r *buttonRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	r.ring.Hidden = !r.button.focused
	r.ring.StrokeColor = theme.Color(widgets.ColorAccent)
	r.ring.Refresh()
}
