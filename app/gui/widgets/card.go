package widgets

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// The colours that cards and rows take from the theme.
const (
	ColorSurface    fyne.ThemeColorName = "surface"
	ColorLine       fyne.ThemeColorName = "line"
	ColorAccent     fyne.ThemeColorName = "accent"
	ColorAccentBack fyne.ThemeColorName = "accentBackground"
)

// Frame is how a card's edge looks.
type Frame struct {
	Chosen bool // an accent edge
	Dashed bool // not certain
	Flat   bool // a row of a list: no edge, its background shows the choice
}

// Card is a flow on a surface that can be chosen by mouse and keyboard.
type Card struct {
	widget.BaseWidget
	touch
	OnTap    func()
	OnOpen   func()                 // Return; without it Return is a tap
	OnSecond func(at fyne.Position) // secondary click, at an absolute position
	OnKey    func(*fyne.KeyEvent)   // keys but Return and Space, digits too

	frame Frame
	body  *Flow
}

var (
	_ fyne.Focusable         = (*Card)(nil)
	_ fyne.SecondaryTappable = (*Card)(nil)
	_ desktop.Cursorable     = (*Card)(nil)
	_ desktop.Hoverable      = (*Card)(nil)
)

// NewCard makes a card of objects.
func NewCard(frame Frame, objects ...fyne.CanvasObject) *Card {
	pad := fyne.NewSize(14, 12)
	if frame.Flat {
		pad = fyne.NewSize(16, 6)
	}
	c := &Card{frame: frame, body: NewFlow(4, pad, objects...)}
	c.touched = c
	c.ExtendBaseWidget(c)
	return c
}

// Choose shows the card as chosen or not.
func (c *Card) Choose(chosen bool) {
	c.frame.Chosen = chosen
	c.Refresh()
}

// HeightFor implements Flowing.
func (c *Card) HeightFor(width float32) float32 { return c.body.HeightFor(width) }

// Tapped implements fyne.Tappable.
func (c *Card) Tapped(e *fyne.PointEvent) {
	if e != nil && (c.OnKey != nil || c.OnOpen != nil) { // the mouse takes the keys with it, where there are any
		if canvas := fyne.CurrentApp().Driver().CanvasForObject(c); canvas != nil {
			canvas.Focus(c)
		}
	}
	if c.OnTap != nil {
		c.OnTap()
	}
}

// TappedSecondary implements fyne.SecondaryTappable.
func (c *Card) TappedSecondary(e *fyne.PointEvent) {
	if c.OnSecond != nil {
		c.OnSecond(e.AbsolutePosition)
	}
}

// Cursor implements desktop.Cursorable.
func (c *Card) Cursor() desktop.Cursor {
	if c.OnTap != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// TypedKey implements fyne.Focusable.
func (c *Card) TypedKey(e *fyne.KeyEvent) {
	switch {
	case c.OnOpen != nil && (e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter):
		c.OnOpen()
	case chooses(e):
		c.Tapped(nil)
	case c.OnKey != nil:
		c.OnKey(e)
	}
}

// CreateRenderer implements fyne.Widget.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	r := &cardRenderer{card: c, back: canvas.NewRectangle(color.Transparent), bar: canvas.NewRectangle(color.Transparent)}
	r.dashes = canvas.NewRaster(r.dash)
	r.Refresh()
	return r
}

type cardRenderer struct {
	card   *Card
	back   *canvas.Rectangle
	bar    *canvas.Rectangle // the accent bar of a chosen row
	dashes *canvas.Raster
}

func (r *cardRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	r.bar.Resize(fyne.NewSize(3, size.Height))
	r.dashes.Resize(size)
	r.card.body.Resize(size)
}

func (r *cardRenderer) MinSize() fyne.Size {
	return fyne.NewSize(60, r.card.HeightFor(max(60, r.card.Size().Width)))
}

func (r *cardRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.back, r.dashes, r.bar, r.card.body}
}

func (r *cardRenderer) Destroy() {}

func (r *cardRenderer) Refresh() {
	f := r.card.frame
	r.back.FillColor, r.back.StrokeColor = theme.Color(ColorSurface), theme.Color(ColorLine)
	r.back.StrokeWidth, r.back.CornerRadius = 1, 8
	r.bar.FillColor = color.Transparent
	if f.Flat {
		r.back.FillColor, r.back.StrokeWidth, r.back.CornerRadius = color.Transparent, 0, 0
		if r.card.hovered && r.card.OnTap != nil {
			r.back.FillColor = theme.Color(theme.ColorNameHover)
		}
		if f.Chosen {
			r.back.FillColor, r.bar.FillColor = theme.Color(ColorAccentBack), theme.Color(ColorAccent)
		}
	} else if f.Chosen {
		r.back.StrokeColor, r.back.StrokeWidth = theme.Color(ColorAccent), 2
	} else if f.Dashed {
		r.back.StrokeWidth = 0
	}
	if r.card.focused {
		r.back.StrokeColor, r.back.StrokeWidth = theme.Color(ColorAccent), 2
	}
	r.dashes.Hidden = !f.Dashed || f.Chosen || r.card.focused
	r.back.Refresh()
	r.bar.Refresh()
	r.dashes.Refresh()
}

// dash draws a dashed edge.
func (r *cardRenderer) dash(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	scale := 1
	if width := r.card.Size().Width; width > 0 {
		scale = max(1, int(float32(w)/width+0.5))
	}
	ink, length := theme.Color(theme.ColorNamePlaceHolder), 4*scale
	for x := range w {
		for t := range scale {
			if x/length%2 == 0 {
				img.Set(x, t, ink)
				img.Set(x, h-1-t, ink)
			}
		}
	}
	for y := range h {
		for t := range scale {
			if y/length%2 == 0 {
				img.Set(t, y, ink)
				img.Set(w-1-t, y, ink)
			}
		}
	}
	return img
}
