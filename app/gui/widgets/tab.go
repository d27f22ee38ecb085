package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Tab is a word that can be chosen.
type Tab struct {
	widget.BaseWidget
	touch
	OnTap  func()
	label  string
	chosen bool
	off    bool
}

var (
	_ fyne.Focusable    = (*Tab)(nil)
	_ desktop.Hoverable = (*Tab)(nil)
)

// TabPad is the room on either side of a tab's word.
const TabPad = 12

// NewTab makes a tab.
func NewTab(label string, tap func()) *Tab {
	t := &Tab{label: label, OnTap: tap}
	t.touched = t
	t.ExtendBaseWidget(t)
	return t
}

// Choose shows the tab as chosen or not.
func (t *Tab) Choose(chosen bool) {
	t.chosen = chosen
	t.Refresh()
}

// Enable lets the tab be chosen, or greys it.
func (t *Tab) Enable(on bool) {
	t.off = !on
	t.Refresh()
}

// SetLabel changes the word.
func (t *Tab) SetLabel(label string) {
	t.label = label
	t.Refresh()
}

// Tapped implements fyne.Tappable.
func (t *Tab) Tapped(*fyne.PointEvent) {
	if t.OnTap != nil && !t.off {
		t.OnTap()
	}
}

// Cursor implements desktop.Cursorable.
func (t *Tab) Cursor() desktop.Cursor { return desktop.PointerCursor }

// TypedKey implements fyne.Focusable.
func (t *Tab) TypedKey(e *fyne.KeyEvent) {
	if chooses(e) {
		t.Tapped(nil)
	}
}

// CreateRenderer implements fyne.Widget.
func (t *Tab) CreateRenderer() fyne.WidgetRenderer {
	r := &tabRenderer{tab: t, back: canvas.NewRectangle(color.Transparent), text: canvas.NewText(t.label, color.Black)}
	r.back.CornerRadius = 6
	r.text.Alignment = fyne.TextAlignCenter
	r.Refresh()
	return r
}

type tabRenderer struct {
	tab  *Tab
	back *canvas.Rectangle
	text *canvas.Text
}

func (r *tabRenderer) Destroy()                     {}
func (r *tabRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.back, r.text} }

func (r *tabRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	r.text.Resize(size)
}

func (r *tabRenderer) MinSize() fyne.Size {
	bold := fyne.MeasureText(r.tab.label, r.text.TextSize, fyne.TextStyle{Bold: true}) // the width stays when chosen
	return fyne.NewSize(bold.Width+2*TabPad, 34)
}

func (r *tabRenderer) Refresh() {
	r.text.Text, r.text.TextSize = r.tab.label, theme.Size(theme.SizeNameText)
	r.text.Color, r.text.TextStyle = theme.Color(theme.ColorNamePlaceHolder), fyne.TextStyle{}
	r.back.FillColor, r.back.StrokeWidth = color.Transparent, 0
	if r.tab.off {
		r.text.Color = theme.Color(theme.ColorNameDisabled)
	} else if r.tab.hovered {
		r.back.FillColor = theme.Color(theme.ColorNameHover)
	}
	if r.tab.chosen {
		r.back.FillColor, r.text.Color = theme.Color(ColorAccentBack), theme.Color(ColorAccent)
		r.text.TextStyle = fyne.TextStyle{Bold: true}
	}
	if r.tab.focused {
		r.back.StrokeColor, r.back.StrokeWidth = theme.Color(ColorAccent), 2
	}
	r.back.Refresh()
	r.text.Refresh()
}
