package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app/gui/textlayout"
)

// TextMark is a range of a text view that is drawn in a colour.
type TextMark struct {
	Start, End int // code points
	Color      fyne.ThemeColorName
	Underline  bool // a line below instead of a background
	Current    bool // the one that was chosen
}

// SideItem stands in the margin beside a code point of the text.
type SideItem struct {
	At     int
	Object Flowing
}

// TextView shows a long text with marks, a selection and a margin. Offsets are
// code points. It scrolls by itself and draws only what is seen.
type TextView struct {
	widget.BaseWidget
	OnSelect func(start, end int)        // the selection changed; empty when equal
	OnClick  func(offset int)            // a click that selected nothing
	OnMenu   func(at fyne.Position)      // secondary click, at an absolute position
	OnRune   func(r rune)                // a key while the text has the focus
	OnCopy   func()                      // copy was asked for
	OnKey    func(e *fyne.KeyEvent) bool // keys first go here; true when used

	runes  []rune
	text   *textlayout.Text
	layout *textlayout.Layout
	links  []textlayout.Ink
	marks  []TextMark
	side   []SideItem
	head   Flowing // above the text

	scroll *container.Scroll
	page   *textPage

	anchor, caret int // the selection's fixed and moving end
	shift         bool
	focused       bool
	lastClick     time.Time
	lastPlace     fyne.Position
	clicks        int
	dragging      bool
}

var (
	_ fyne.Focusable    = (*TextView)(nil)
	_ fyne.Shortcutable = (*TextView)(nil)
	_ desktop.Keyable   = (*TextView)(nil)
)

// NewTextView makes an empty text view.
func NewTextView() *TextView {
	v := &TextView{}
	v.page = newTextPage(v)
	v.scroll = container.NewVScroll(v.page)
	v.scroll.OnScrolled = func(fyne.Position) { v.page.Refresh() }
	v.ExtendBaseWidget(v)
	return v
}

// Display shows a shaped text from its beginning. head may be nil.
func (v *TextView) Display(runes []rune, text *textlayout.Text, head Flowing) {
	v.runes, v.text, v.head, v.layout = runes, text, head, nil
	v.anchor, v.caret = 0, 0
	v.page.forget()
	v.relayout()
	v.scroll.ScrollToTop()
	v.page.Refresh()
}

// SetHead changes what stands above the text.
func (v *TextView) SetHead(head Flowing) {
	v.head = head
	v.relayout()
}

// SetMarks replaces the marks; later ones lie above earlier ones.
func (v *TextView) SetMarks(marks []TextMark) {
	v.marks = marks
	v.page.Refresh()
}

// SetSide replaces what stands in the margin, in the order of the text.
func (v *TextView) SetSide(items []SideItem) {
	v.side = items
	v.relayout()
}

// relayout sets the text for the width that there is.
func (v *TextView) relayout() {
	v.page.measure(v.Size().Width)
	v.page.Refresh()
	v.scroll.Refresh()
}

// Resize implements fyne.CanvasObject.
func (v *TextView) Resize(size fyne.Size) {
	if size.Width != v.Size().Width {
		// The first passes of a layout give absurd widths.
		if size.Width > 150 {
			top := v.topOffset()
			v.page.measure(size.Width)
			defer func() {
				if top > 0 {
					v.scrollTo(v.page.top + v.layout.Caret(top).Y)
				}
			}()
		}
	}
	v.BaseWidget.Resize(size)
	v.page.Refresh()
}

// topOffset is the first code point that is seen, 0 at the top.
func (v *TextView) topOffset() int {
	if v.layout == nil || v.scroll.Offset.Y <= 0 || len(v.layout.Lines) == 0 {
		return 0
	}
	i := v.layout.LineAt(v.scroll.Offset.Y - v.page.top)
	return v.layout.Lines[max(0, i)].Start
}

// Reveal scrolls until a code point is seen, a third down from the top.
func (v *TextView) Reveal(offset int) {
	if v.layout == nil {
		return
	}
	v.scrollTo(v.page.top + v.layout.Caret(offset).Y - v.scroll.Size().Height/3)
}

// scrollTo puts y of the page at the top, as far as there is text below.
func (v *TextView) scrollTo(y float32) {
	bottom := max(0, v.page.MinSize().Height-v.scroll.Size().Height)
	v.scroll.ScrollToOffset(fyne.NewPos(0, max(0, min(bottom, y))))
	v.page.Refresh()
}

// Selection returns the selected code points; equal when there are none.
func (v *TextView) Selection() (start, end int) {
	return min(v.anchor, v.caret), max(v.anchor, v.caret)
}

// Select selects code points.
func (v *TextView) Select(start, end int) {
	v.anchor, v.caret = start, end
	v.page.Refresh()
	if v.OnSelect != nil {
		v.OnSelect(v.Selection())
	}
}

// moveTo puts the caret somewhere, extending the selection or not.
func (v *TextView) moveTo(offset int, extend bool) {
	offset = max(0, min(len(v.runes), offset))
	if !extend {
		v.anchor = offset
	}
	v.Select(v.anchor, offset)
	v.followCaret()
}

// followCaret scrolls until the caret is seen.
func (v *TextView) followCaret() {
	if v.layout == nil {
		return
	}
	c := v.layout.Caret(v.caret)
	top, height := v.page.top+c.Y, v.scroll.Size().Height
	switch {
	case top < v.scroll.Offset.Y:
		v.scroll.ScrollToOffset(fyne.NewPos(0, max(0, top-8)))
	case top+c.Height > v.scroll.Offset.Y+height:
		v.scroll.ScrollToOffset(fyne.NewPos(0, top+c.Height-height+8))
	}
	v.page.Refresh()
}

// FocusGained implements fyne.Focusable.
func (v *TextView) FocusGained() { v.focused = true; v.page.Refresh() }

// FocusLost implements fyne.Focusable.
func (v *TextView) FocusLost() { v.focused, v.shift = false, false; v.page.Refresh() }

// TypedRune implements fyne.Focusable.
func (v *TextView) TypedRune(r rune) {
	if v.OnRune != nil {
		v.OnRune(r)
	}
}

// KeyDown implements desktop.Keyable.
func (v *TextView) KeyDown(e *fyne.KeyEvent) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		v.shift = true
	}
}

// KeyUp implements desktop.Keyable.
func (v *TextView) KeyUp(e *fyne.KeyEvent) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		v.shift = false
	}
}

// TypedKey implements fyne.Focusable.
func (v *TextView) TypedKey(e *fyne.KeyEvent) {
	if v.OnKey != nil && v.OnKey(e) {
		return
	}
	if v.layout == nil || len(v.layout.Lines) == 0 {
		return
	}
	line := v.layout.LineOf(v.caret)
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyRight:
		forward := e.Name == fyne.KeyRight
		if v.layout.Lines[line].RTL {
			forward = !forward
		}
		v.moveTo(v.step(forward), v.shift)
	case fyne.KeyUp:
		v.vertical(line-1, v.shift)
	case fyne.KeyDown:
		v.vertical(line+1, v.shift)
	case fyne.KeyHome:
		v.moveTo(v.layout.Lines[line].Start, v.shift)
	case fyne.KeyEnd:
		v.moveTo(v.lineEnd(line), v.shift)
	case fyne.KeyPageUp:
		v.page.scrollBy(-v.scroll.Size().Height * 0.9)
	case fyne.KeyPageDown, fyne.KeySpace:
		v.page.scrollBy(v.scroll.Size().Height * 0.9)
	case fyne.KeyEscape:
		v.moveTo(v.caret, false)
	}
}

func (v *TextView) step(forward bool) int {
	if forward {
		return textlayout.NextGrapheme(v.runes, v.caret)
	}
	return textlayout.PreviousGrapheme(v.runes, v.caret)
}

// vertical moves the caret to another line, as near as it can to its column.
func (v *TextView) vertical(line int, extend bool) {
	if line < 0 || line >= len(v.layout.Lines) {
		return
	}
	l := v.layout.Lines[line]
	v.moveTo(min(v.layout.Hit(v.layout.Caret(v.caret).X, l.Y+l.Height/2), v.lineEnd(line)), extend)
}

// lineEnd is the last caret position of a line; what ends a wrapped line is the
// beginning of the next.
func (v *TextView) lineEnd(line int) int {
	l := v.layout.Lines[line]
	if line+1 < len(v.layout.Lines) && v.layout.Lines[line+1].Start == l.End && l.End > l.Start {
		return textlayout.PreviousGrapheme(v.runes, l.End)
	}
	return l.End
}

// TypedShortcut implements fyne.Shortcutable.
func (v *TextView) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutSelectAll:
		v.Select(0, len(v.runes))
	case *fyne.ShortcutCopy:
		if v.OnCopy != nil {
			v.OnCopy()
		}
	case *desktop.CustomShortcut:
		v.wordShortcut(s)
	}
}

// wordShortcut moves by words on Ctrl or Alt with an arrow.
func (v *TextView) wordShortcut(s *desktop.CustomShortcut) {
	if s.Modifier&(fyne.KeyModifierControl|fyne.KeyModifierAlt) == 0 {
		return
	}
	if s.KeyName != fyne.KeyLeft && s.KeyName != fyne.KeyRight || v.layout == nil || len(v.layout.Lines) == 0 {
		return
	}
	extend := s.Modifier&fyne.KeyModifierShift != 0
	if forward := s.KeyName == fyne.KeyRight; forward != v.layout.Lines[v.layout.LineOf(v.caret)].RTL {
		_, end := textlayout.Word(v.runes, v.caret)
		v.moveTo(end, extend)
	} else {
		start, _ := textlayout.Word(v.runes, max(0, v.caret-1))
		v.moveTo(start, extend)
	}
}

// CreateRenderer implements fyne.Widget.
func (v *TextView) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.scroll) }

// MinSize implements fyne.CanvasObject.
func (v *TextView) MinSize() fyne.Size {
	v.ExtendBaseWidget(v)
	return fyne.NewSize(260, 120)
}
