package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// shapes are the rectangles, lines and words of a chart that is drawn anew with
// every change: they are used again, as new ones would cost textures.
type shapes struct {
	objects []fyne.CanvasObject
	texts   []*canvas.Text
	rects   []*canvas.Rectangle
	strokes *strokes // where the first line was drawn
	nText   int
	nRect   int
	changed []*canvas.Text // since the last drawing
}

// begin starts a new drawing of a size.
func (s *shapes) begin(size fyne.Size) {
	s.objects, s.nText, s.nRect = s.objects[:0], 0, 0
	if s.strokes == nil {
		s.strokes = newStrokes()
	}
	s.strokes.begin(size)
}

// box draws the next rectangle.
func (s *shapes) box(x, y, w, h float32, fill color.Color) *canvas.Rectangle {
	if s.nRect == len(s.rects) {
		s.rects = append(s.rects, canvas.NewRectangle(color.Transparent))
	}
	box := s.rects[s.nRect]
	s.nRect++
	box.FillColor, box.StrokeWidth, box.StrokeColor, box.CornerRadius = fill, 0, color.Transparent, 0
	box.Move(fyne.NewPos(x, y))
	box.Resize(fyne.NewSize(w, h))
	s.objects = append(s.objects, box)
	return box
}

// line draws a line; all of them stand where the first does.
func (s *shapes) line(x1, y1, x2, y2, width float32, ink color.Color) {
	if len(s.strokes.lines) == 0 {
		s.put(s.strokes.raster)
	}
	s.strokes.lines = append(s.strokes.lines, stroke{x1, y1, x2, y2, width, ink})
}

// word draws the next text of the interface, never of the notebook: Fyne draws
// what runs from right to left wrongly.
func (s *shapes) word(text string, x, y, size float32, ink fyne.ThemeColorName, bold bool) *canvas.Text {
	return s.wordIn(text, x, y, size, theme.Color(ink), bold)
}

func (s *shapes) wordIn(text string, x, y, size float32, ink color.Color, bold bool) *canvas.Text {
	if s.nText == len(s.texts) {
		s.texts = append(s.texts, canvas.NewText("", color.Black))
	}
	t := s.texts[s.nText]
	s.nText++
	before := *t
	t.Text, t.TextSize, t.Color, t.TextStyle = text, size, ink, fyne.TextStyle{Bold: bold}
	if t.Text != before.Text || t.TextSize != before.TextSize || t.Color != before.Color || t.TextStyle != before.TextStyle {
		s.changed = append(s.changed, t)
	}
	t.Move(fyne.NewPos(x, y))
	t.Resize(t.MinSize())
	s.objects = append(s.objects, t)
	return t
}

// end shows the drawing. Only texts that changed are set anew: refreshing the whole
// would set all, and what was put in too.
func (s *shapes) end() {
	s.strokes.end()
	for _, t := range s.changed {
		canvas.Refresh(t)
	}
	s.changed = s.changed[:0]
	if len(s.rects) > 0 {
		canvas.Refresh(s.rects[0]) // that costs nothing, and a new frame is drawn
	}
}

// put draws another object.
func (s *shapes) put(o fyne.CanvasObject) { s.objects = append(s.objects, o) }
