package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// The measures of a text view's page.
const (
	textWidest  = 640 // 60 to 75 characters a line
	textPad     = 36
	textTop     = 24
	headGap     = 16
	sideWidth   = 270
	sideGap     = 28
	sideBetween = 10
	sideFrom    = 620 // the room from which on there is a margin
	bottomSpace = 160 // so that the last lines need not be read at the edge
	narrowest   = 150 // less is not a layout but a try at one
	overscan    = 60  // what is drawn above and below what is seen
)

// textPage is the sheet that a text view scrolls: the lines that are seen, what
// lies under them, and the margin.
type textPage struct {
	widget.BaseWidget
	view *TextView

	left, top float32 // where the text begins
	textWidth float32
	sideX     float32
	withSide  bool
	width     float32 // of the view, when it was measured
	height    float32
	fresh     bool // the text was set for another width
	allSet    bool // what is seen is set
	pointer   fyne.Position
	renderer  *pageRenderer
}

var (
	_ desktop.Mouseable  = (*textPage)(nil)
	_ desktop.Hoverable  = (*textPage)(nil)
	_ fyne.Draggable     = (*textPage)(nil)
	_ desktop.Cursorable = (*textPage)(nil)
)

func newTextPage(v *TextView) *textPage {
	p := &textPage{view: v}
	p.ExtendBaseWidget(p)
	return p
}

// measure finds the columns for the view's width.
func (p *textPage) measure(width float32) {
	v := p.view
	p.width = width
	room := width - 2*textPad
	side := float32(0)
	p.withSide = room > sideFrom // kept free for the first mark too, so that the text stays as it is
	if p.withSide {
		side = sideWidth + sideGap
	}
	textWidth := max(120, min(v.column, room-side))
	p.left = textPad + max(0, (room-side-textWidth)/2)
	p.top = textTop
	if v.head != nil {
		p.top += v.head.HeightFor(textWidth) + headGap
	}
	p.fresh = textWidth != v.text.Width()
	p.textWidth = textWidth
	p.sideX = p.left + textWidth + sideGap
	v.text.SetWidth(textWidth)
}

// wholeHeight is what the page takes.
func (p *textPage) wholeHeight() float32 {
	if p.view.text == nil {
		return 0
	}
	return max(p.top+p.view.text.Height()+bottomSpace, p.view.side.bottom()+24)
}

// MinSize implements fyne.CanvasObject.
func (p *textPage) MinSize() fyne.Size {
	p.ExtendBaseWidget(p)
	return fyne.NewSize(100, p.height)
}

// Refresh implements fyne.CanvasObject.
func (p *textPage) Refresh() { p.view.update() }

// setSeen sets the pieces that are seen at a scroll offset, and says whether all
// of them had been measured before.
func (p *textPage) setSeen(y float32) bool {
	text := p.view.text
	measured := true
	y -= p.top
	for i := max(0, text.PieceAt(y-overscan)); i < text.Len(); i++ {
		if text.Top(i) > y+p.view.scroll.Size().Height+overscan {
			break
		}
		measured = measured && text.Measured(i)
		text.Lines(i)
	}
	return measured
}

// holdSeen sets what is seen; the piece on top stays where it is when others
// above turn out higher or lower than was thought.
func (p *textPage) holdSeen() {
	text, scroll := p.view.text, p.view.scroll
	for range 4 {
		y := scroll.Offset.Y - p.top
		i := text.PieceAt(y)
		if i < 0 {
			return
		}
		dy := y - text.Top(i)
		done := p.setSeen(scroll.Offset.Y)
		if scroll.Offset.Y > 0 {
			scroll.Offset.Y = max(0, p.top+text.Top(i)+min(dy, max(0, text.Top(i+1)-text.Top(i))))
		}
		if done {
			return
		}
	}
}

// offsetAt is the caret position at a place of the page.
func (p *textPage) offsetAt(pos fyne.Position) int {
	if p.view.text == nil {
		return 0
	}
	return p.view.text.Hit(pos.X-p.left, pos.Y-p.top)
}

// under is the code point whose letter stands at a place of the page.
func (p *textPage) under(pos fyne.Position) int {
	if p.view.text == nil {
		return 0
	}
	return p.view.text.Under(pos.X-p.left, pos.Y-p.top)
}

// draw shows what is set.
func (p *textPage) draw() {
	if p.renderer != nil {
		p.renderer.draw()
	}
}

// CreateRenderer implements fyne.Widget.
func (p *textPage) CreateRenderer() fyne.WidgetRenderer {
	p.renderer = &pageRenderer{page: p, tiles: map[tileKey]*tile{}, next: map[tileKey]*tile{}}
	p.renderer.tick = canvas.NewRectangle(color.Transparent)
	p.renderer.tick.Resize(fyne.NewSize(1, 1))
	p.renderer.draw()
	if p.view.text != nil && p.width >= narrowest {
		p.view.measureRest() // which ended with the renderer before
	}
	return p.renderer
}
