package widgets

import (
	"context"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app/gui/textlayout"
)

// TextDocument is what a text view shows. Offsets are code points.
type TextDocument struct {
	Runes      []rune
	Paragraphs []textlayout.Paragraph
	Links      []TextLink // in order, not overlapping
	Head       Flowing    // above the text; nil for none
	Column     float32    // the width that the text is set for at most; 0 for the standard
}

// TextLink leads somewhere else.
type TextLink struct {
	Start, End int
	URL        string
}

// TextRange is the code points Start to End.
type TextRange struct{ Start, End int }

// TextView shows a long text with marks, a selection and a margin. Offsets are
// code points. It scrolls by itself, sets and draws only what is seen, and
// measures the rest in the background.
type TextView struct {
	widget.BaseWidget
	OnSelect func(start, end int)               // the selection changed; empty when equal
	OnClick  func(offset int)                   // a click that selected nothing
	OnMenu   func(at fyne.Position, offset int) // secondary click, at an absolute position
	OnRune   func(r rune)                       // a key while the text has the focus
	OnCopy   func()                             // copy was asked for
	OnKey    func(e *fyne.KeyEvent) bool        // keys first go here; true when used
	OnFocus  func()                             // the text got the focus
	OnLink   func(url string)                   // Ctrl+click on a link, or Return with the caret in it
	OnResize func(id string, start, end int)    // the current mark's ends were moved
	OnScroll func()                             // the place changed

	runes  []rune
	text   *textlayout.Document // nil before the first Display
	links  []TextLink
	head   Flowing
	column float32
	marks  marking
	hits   []TextRange
	hit    int // the current one; -1 for none
	side   margin

	scroll *container.Scroll
	page   *textPage
	ruler  *textRuler
	edge   *canvas.Rectangle

	pending *place             // what to show when the width is known
	stop    context.CancelFunc // ends the measuring in the background
	busy    bool               // updating
	told    float32            // the scroll offset that was told last

	anchor, caret int     // the selection's fixed and moving end
	goal          float32 // the column that vertical moves keep; below 0 there is none
	shift         bool
	focused       bool
	mouse         mouseState
}

var (
	_ fyne.Focusable    = (*TextView)(nil)
	_ fyne.Shortcutable = (*TextView)(nil)
	_ desktop.Keyable   = (*TextView)(nil)
)

// NewTextView makes an empty text view.
func NewTextView() *TextView {
	v := &TextView{column: textWidest, hit: -1, goal: -1}
	v.page = newTextPage(v)
	v.ruler = newTextRuler(v)
	v.edge = canvas.NewRectangle(color.Transparent)
	v.edge.Hide()
	v.scroll = container.NewVScroll(v.page)
	v.scroll.OnScrolled = func(fyne.Position) { v.update() }
	v.ExtendBaseWidget(v)
	return v
}

// Display shows a text with code point at on top; nothing is selected. Marks,
// margin and hits of the text before are gone.
func (v *TextView) Display(doc TextDocument, at int) {
	v.endMeasuring()
	v.mouse.end()
	v.runes, v.links, v.head = doc.Runes, doc.Links, doc.Head
	if v.column = doc.Column; v.column <= 0 {
		v.column = textWidest
	}
	v.marks, v.hits, v.hit = marking{}, nil, -1
	v.side = margin{}
	at = textlayout.Snap(doc.Runes, at)
	v.anchor, v.caret, v.goal = at, at, -1
	v.text = Fonts().NewDocument(doc.Runes, doc.Paragraphs, max(v.page.textWidth, 120))
	v.pending = &place{offset: at, top: at <= 0}
	v.relayout()
}

// Restyle sets the same text in other sizes, spaces or typefaces, or in a column
// of another width; the place, the selection and the marks stay.
func (v *TextView) Restyle(paragraphs []textlayout.Paragraph, column float32) {
	if v.text == nil {
		return
	}
	v.keep()
	v.column = column
	v.text.SetParagraphs(paragraphs)
	v.relayout()
}

// SetHead changes what stands above the text.
func (v *TextView) SetHead(head Flowing) {
	v.keep()
	v.head = head
	v.relayout()
}

// SetMarks replaces the marks; of those that share words each stays visible.
func (v *TextView) SetMarks(marks []TextMark) {
	v.marks = newMarking(marks)
	v.ruler.stale = true
	v.update()
}

// SetSide replaces what stands in the margin, in the order of the text.
func (v *TextView) SetSide(items []SideItem) {
	v.side.set(items)
	v.update()
}

// SetHits marks what a search found, in the order of the text; current is the
// index of the chosen one, -1 for none.
func (v *TextView) SetHits(hits []TextRange, current int) {
	v.hits, v.hit = hits, current
	v.ruler.stale = true
	v.update()
}

// Selection returns the selected code points; equal when there are none.
func (v *TextView) Selection() (start, end int) {
	return min(v.anchor, v.caret), max(v.anchor, v.caret)
}

// Select selects code points; letters of several code points are not divided.
func (v *TextView) Select(start, end int) {
	start, end = textlayout.Snap(v.runes, start), textlayout.Snap(v.runes, end)
	if start == v.anchor && end == v.caret {
		return
	}
	v.anchor, v.caret = start, end
	v.update()
	if v.OnSelect != nil {
		v.OnSelect(v.Selection())
	}
}

// link is the link at a code point.
func (v *TextView) link(at int) (url string, ok bool) {
	for _, l := range v.links {
		if at >= l.Start && at < l.End {
			return l.URL, true
		}
	}
	return "", false
}

// MinSize implements fyne.CanvasObject.
func (v *TextView) MinSize() fyne.Size {
	v.ExtendBaseWidget(v)
	return fyne.NewSize(260, 120)
}

// CreateRenderer implements fyne.Widget.
func (v *TextView) CreateRenderer() fyne.WidgetRenderer {
	v.edge.FillColor = theme.Color(ColorAccent)
	return &viewRenderer{view: v, objects: []fyne.CanvasObject{v.scroll, v.ruler, v.edge}}
}

type viewRenderer struct {
	view    *TextView
	objects []fyne.CanvasObject
}

func (r *viewRenderer) Destroy()                     { r.view.endMeasuring() }
func (r *viewRenderer) MinSize() fyne.Size           { return r.view.MinSize() }
func (r *viewRenderer) Objects() []fyne.CanvasObject { return r.objects }

// Layout lets the text scroll over the whole room; the ruler stands left of the
// scroll bar at its widest, and the edge shows the focus.
func (r *viewRenderer) Layout(size fyne.Size) {
	r.view.scroll.Resize(size)
	x := size.Width - theme.Size(theme.SizeNameScrollBar) - rulerWidth - 2
	r.view.ruler.Move(fyne.NewPos(x, 0))
	r.view.ruler.Resize(fyne.NewSize(rulerWidth, size.Height))
	r.view.edge.Resize(fyne.NewSize(2, size.Height))
}

// Refresh follows the theme.
func (r *viewRenderer) Refresh() {
	v := r.view
	v.edge.FillColor = theme.Color(ColorAccent)
	v.ruler.stale = true
	v.update()
	v.edge.Refresh()
}
