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
	lines   []*canvas.Line
	nText   int
	nRect   int
	nLine   int
	changed []*canvas.Text // since the last drawing
}

// begin starts a new drawing.
func (s *shapes) begin() { s.objects, s.nText, s.nRect, s.nLine = s.objects[:0], 0, 0, 0 }

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

// line draws the next line.
func (s *shapes) line(x1, y1, x2, y2, width float32, ink color.Color) {
	if s.nLine == len(s.lines) {
		s.lines = append(s.lines, canvas.NewLine(color.Transparent))
	}
	line := s.lines[s.nLine]
	s.nLine++
	line.StrokeColor, line.StrokeWidth = ink, width
	line.Position1, line.Position2 = fyne.NewPos(x1, y1), fyne.NewPos(x2, y2)
	s.objects = append(s.objects, line)
}

// word draws the next text of the interface, never of the notebook: Fyne draws
// what runs from right to left wrongly.
func (s *shapes) word(text string, x, y, size float32, ink fyne.ThemeColorName, bold bool) *canvas.Text {
	if s.nText == len(s.texts) {
		s.texts = append(s.texts, canvas.NewText("", color.Black))
	}
	t := s.texts[s.nText]
	s.nText++
	before := *t
	t.Text, t.TextSize, t.Color, t.TextStyle = text, size, theme.Color(ink), fyne.TextStyle{Bold: bold}
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
