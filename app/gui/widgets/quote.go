package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Quote is a verbatim passage with a bar on the side where it begins and a line
// below; with an open function it can be clicked, and reached by the keyboard.
type Quote struct {
	widget.BaseWidget
	touch
	OnSecond func(at fyne.Position) // secondary click, at an absolute position

	text, below *Prose // text may be nil
	open        func()
}

var (
	_ fyne.Focusable    = (*Quote)(nil)
	_ desktop.Hoverable = (*Quote)(nil)
)

const quoteIndent = 14

// NewQuote makes a quote; text and open may be nil.
func NewQuote(text, below *Prose, open func()) fyne.CanvasObject {
	q := &Quote{text: text, below: below, open: open}
	if open == nil || text == nil { // then it is not there for mouse and keyboard
		if text == nil {
			return NewFlow(0, fyne.NewSize(0, 2), below)
		}
		return NewFlow(2, fyne.NewSize(quoteIndent, 2), text, below)
	}
	q.touched = q
	q.ExtendBaseWidget(q)
	return q
}

// HeightFor implements Flowing.
func (q *Quote) HeightFor(width float32) float32 {
	inner := width - quoteIndent
	return q.text.HeightFor(inner) + 2 + q.below.HeightFor(inner) + 6
}

// Tapped implements fyne.Tappable.
func (q *Quote) Tapped(*fyne.PointEvent) { q.open() }

// TappedSecondary implements fyne.SecondaryTappable.
func (q *Quote) TappedSecondary(e *fyne.PointEvent) {
	if q.OnSecond != nil {
		q.OnSecond(e.AbsolutePosition)
	}
}

// Cursor implements desktop.Cursorable.
func (q *Quote) Cursor() desktop.Cursor { return desktop.PointerCursor }

// TypedKey implements fyne.Focusable.
func (q *Quote) TypedKey(e *fyne.KeyEvent) {
	if chooses(e) {
		q.open()
	}
}

// CreateRenderer implements fyne.Widget.
func (q *Quote) CreateRenderer() fyne.WidgetRenderer {
	r := &quoteRenderer{quote: q, bar: canvas.NewRectangle(color.Transparent), back: canvas.NewRectangle(color.Transparent)}
	r.back.CornerRadius = 4
	r.Refresh()
	return r
}

type quoteRenderer struct {
	quote     *Quote
	bar, back *canvas.Rectangle
}

func (r *quoteRenderer) Destroy() {}
func (r *quoteRenderer) MinSize() fyne.Size {
	return fyne.NewSize(60, r.quote.HeightFor(r.quote.Size().Width))
}

func (r *quoteRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.back, r.bar, r.quote.text, r.quote.below}
}

func (r *quoteRenderer) Layout(size fyne.Size) {
	inner := size.Width - quoteIndent
	h := r.quote.text.HeightFor(inner)
	bar, text := float32(0), float32(quoteIndent)
	if r.quote.text.RTL(inner) {
		bar, text = size.Width-3, 0
	}
	r.back.Resize(size)
	r.bar.Move(fyne.NewPos(bar, 3))
	r.bar.Resize(fyne.NewSize(3, h))
	r.quote.text.Move(fyne.NewPos(text, 2))
	r.quote.text.Resize(fyne.NewSize(inner, h))
	r.quote.below.Move(fyne.NewPos(quoteIndent, h+4))
	r.quote.below.Resize(fyne.NewSize(inner, r.quote.below.HeightFor(inner)))
}

func (r *quoteRenderer) Refresh() {
	r.bar.FillColor = theme.Color(ColorLine)
	r.back.FillColor, r.back.StrokeWidth = color.Transparent, 0
	if r.quote.hovered {
		r.back.FillColor = theme.Color(theme.ColorNameHover)
		r.bar.FillColor = theme.Color(ColorAccent)
	}
	if r.quote.focused {
		r.back.StrokeColor, r.back.StrokeWidth = theme.Color(ColorAccent), 2
	}
	r.bar.Refresh()
	r.back.Refresh()
}
