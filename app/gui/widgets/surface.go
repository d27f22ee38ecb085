package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Surface is an object on a background of a theme colour that follows the theme.
type Surface struct {
	widget.BaseWidget
	color   fyne.ThemeColorName
	content fyne.CanvasObject
}

// NewSurface puts content, which may be nil, on a colour.
func NewSurface(color fyne.ThemeColorName, content fyne.CanvasObject) *Surface {
	s := &Surface{color: color, content: content}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer implements fyne.Widget.
func (s *Surface) CreateRenderer() fyne.WidgetRenderer {
	r := &surfaceRenderer{surface: s, back: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type surfaceRenderer struct {
	surface *Surface
	back    *canvas.Rectangle
}

func (r *surfaceRenderer) Destroy() {}

func (r *surfaceRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	if r.surface.content != nil {
		r.surface.content.Resize(size)
	}
}

func (r *surfaceRenderer) MinSize() fyne.Size {
	if r.surface.content == nil {
		return fyne.NewSize(1, 1)
	}
	return r.surface.content.MinSize()
}

func (r *surfaceRenderer) Objects() []fyne.CanvasObject {
	if r.surface.content == nil {
		return []fyne.CanvasObject{r.back}
	}
	return []fyne.CanvasObject{r.back, r.surface.content}
}

func (r *surfaceRenderer) Refresh() {
	r.back.FillColor = theme.Color(r.surface.color)
	r.back.Refresh()
	if r.surface.content != nil {
		r.surface.content.Refresh()
	}
}

// Rule is a line of one pixel.
func Rule() *Surface { return NewSurface(ColorLine, nil) }
