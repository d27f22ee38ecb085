package gui

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app/gui/widgets"
)

// searchEntry is the box over everything: it searches as one types. Below it
// stand completions of what is typed, or, with Down in the empty box, the
// searches of before.
type searchEntry struct {
	widget.Entry
	window  *window
	focused bool
}

func newSearchEntry(w *window) *searchEntry {
	e := &searchEntry{window: w}
	e.ExtendBaseWidget(e)
	e.SetPlaceHolder("Search everything   (" + shortcutText("Shift+F") + ")")
	e.OnChanged = e.typed
	w.search.OnText = func() {
		e.SetText(w.search.Text)
		e.toEnd(-1)
	}
	return e
}

// typed searches for the text; the screen one was on comes back when it is empty.
func (e *searchEntry) typed(text string) {
	w := e.window
	w.searchView.wants = false
	w.search.Type(text)
	if w.search.Active() {
		w.show(screenSearch)
	} else if text == "" && w.shown() == screenSearch {
		w.show(w.before)
	}
}

// toEnd puts the cursor at a code point, or at the end.
func (e *searchEntry) toEnd(cursor int) {
	if e.CursorColumn = cursor; cursor < 0 {
		e.CursorColumn = len([]rune(e.Text))
	}
	e.Refresh()
}

// accept takes what is offered into the box.
func (e *searchEntry) accept(i int) {
	w := e.window
	cursor := w.search.Accept(i)
	e.SetText(w.search.Text)
	w.win.Canvas().Focus(e)
	if e.toEnd(cursor); w.search.Active() {
		w.show(screenSearch)
	}
	if cursor >= 0 {
		w.search.Complete(cursor)
	}
}

// TypedRune implements fyne.Focusable.
func (e *searchEntry) TypedRune(r rune) {
	e.Entry.TypedRune(r)
	e.window.search.Complete(e.CursorColumn)
}

// TypedKey implements fyne.Focusable.
func (e *searchEntry) TypedKey(k *fyne.KeyEvent) {
	w, s := e.window, e.window.search
	switch k.Name {
	case fyne.KeyEscape:
		if s.Offering() {
			s.Dismiss()
			return
		}
		s.Clear()
		w.leaveSearch()
	case fyne.KeyDown:
		switch {
		case s.Offering() && s.Offer(true):
		case e.Text == "" && s.Like == nil && !s.Offering():
			s.Recall()
		default:
			s.Dismiss()
			w.searchView.focusList()
		}
	case fyne.KeyUp:
		if s.Offering() {
			s.Offer(false)
		}
	case fyne.KeyTab: // see AcceptsTab
		e.accept(max(0, s.Offered))
	case fyne.KeyReturn, fyne.KeyEnter:
		if s.Offered >= 0 {
			e.accept(s.Offered)
			return
		}
		s.Dismiss()
		s.Keep()
		if s.Active() {
			w.show(screenSearch)
			w.searchView.focusList()
		}
	case fyne.KeyBackspace, fyne.KeyDelete:
		e.Entry.TypedKey(k)
		s.Complete(e.CursorColumn)
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd:
		s.Dismiss()
		e.Entry.TypedKey(k)
	default:
		e.Entry.TypedKey(k)
	}
}

// AcceptsTab implements fyne.Tabbable.
func (e *searchEntry) AcceptsTab() bool { return e.window.search.Offering() }

// TypedShortcut implements fyne.Shortcutable.
func (e *searchEntry) TypedShortcut(s fyne.Shortcut) {
	e.window.search.Dismiss()
	e.Entry.TypedShortcut(s)
}

// FocusGained implements fyne.Focusable.
func (e *searchEntry) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
}

// FocusLost implements fyne.Focusable.
func (e *searchEntry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	time.AfterFunc(offerClick, func() { // a click on an offer takes the focus first
		fyne.Do(func() {
			if !e.focused {
				e.window.search.Dismiss()
			}
		})
	})
}

// offerClick is how long a click on an offer takes at the most.
const offerClick = 400 * time.Millisecond

// focusSearch gives the box the keys, with its results in front if it has any.
func (w *window) focusSearch() {
	if w.search.Active() {
		w.show(screenSearch)
	}
	w.win.Canvas().Focus(w.bar.entry)
	w.bar.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// recallSearch offers the searches of before.
func (w *window) recallSearch() {
	w.win.Canvas().Focus(w.bar.entry)
	w.search.Recall()
}

// leaveSearch returns to the screen one was on.
func (w *window) leaveSearch() {
	w.searchView.wants = false
	if w.shown() == screenSearch {
		w.show(w.before)
	}
	w.focusScreen(w.shown())
}

// offerPanel is the list below the box, over all else.
type offerPanel struct {
	root   *fyne.Container
	window *window
	entry  *searchEntry
	frame  *canvas.Rectangle
	shadow *canvas.Rectangle
	flow   *fyne.Container
}

func newOfferPanel(w *window, e *searchEntry) *offerPanel {
	p := &offerPanel{window: w, entry: e, frame: canvas.NewRectangle(color.Transparent), shadow: canvas.NewRectangle(color.Transparent), flow: container.NewStack()}
	p.frame.StrokeWidth, p.frame.CornerRadius, p.shadow.CornerRadius = 1, 8, 9
	p.root = container.New(&offerLayout{p}, p.shadow, p.frame, p.flow)
	p.root.Hide()
	w.search.OnOffer = p.update
	return p
}

const offerWidth = 440

// offerLayout puts the panel below the box.
type offerLayout struct{ panel *offerPanel }

// Layout implements fyne.Layout.
func (l *offerLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	p := l.panel
	if len(p.flow.Objects) == 0 {
		return
	}
	height := p.flow.Objects[0].(widgets.Flowing).HeightFor(offerWidth)
	at := fyne.NewPos(size.Width-offerWidth-12, p.window.bar.root.MinSize().Height-3)
	p.shadow.Move(at.SubtractXY(1, 0))
	p.shadow.Resize(fyne.NewSize(offerWidth+2, height+3))
	p.frame.Move(at)
	p.frame.Resize(fyne.NewSize(offerWidth, height))
	p.flow.Move(at)
	p.flow.Resize(fyne.NewSize(offerWidth, height))
}

// MinSize implements fyne.Layout.
func (*offerLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (p *offerPanel) update() {
	s := p.window.search
	if !s.Offering() {
		p.root.Hide()
		return
	}
	p.frame.FillColor, p.frame.StrokeColor = theme.Color(widgets.ColorSurface), theme.Color(widgets.ColorLine)
	p.shadow.FillColor = theme.Color(theme.ColorNameShadow)
	var rows []fyne.CanvasObject
	row := func(i int, segments ...widgets.Segment) {
		card := widgets.NewCard(widgets.Frame{Flat: true, Chosen: i == s.Offered}, widgets.NewProse(lines(lookRow, 1), segments...))
		card.OnTap = func() { p.entry.accept(i) }
		rows = append(rows, card)
	}
	for i, o := range s.Offers {
		segments := []widgets.Segment{{Text: o.Show, Bold: true}}
		if o.What != "" {
			segments = append(segments, widgets.Segment{Text: "   " + o.What, Color: colorMuted})
		}
		row(i, segments...)
	}
	for i, text := range s.Recalled {
		row(i, widgets.Segment{Text: text})
	}
	if len(s.Recalled) > 0 {
		forget := widgets.NewCard(widgets.Frame{Flat: true}, widgets.NewProse(lines(lookSmall, 1), widgets.Segment{Text: "Clear history"}))
		forget.OnTap = func() {
			s.Forget()
			p.window.win.Canvas().Focus(p.entry)
		}
		rows = append(rows, widgets.Rule(), forget)
	}
	p.flow.Objects = []fyne.CanvasObject{widgets.NewFlow(0, fyne.NewSize(1, 6), rows...)}
	p.root.Show()
	p.root.Refresh()
}
