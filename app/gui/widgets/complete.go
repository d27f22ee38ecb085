package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Complete is an entry with suggestions below it. The first is chosen when it is
// sure to be meant; Down and Up choose another or none; Return takes it, or what
// was typed, and submits.
type Complete struct {
	widget.BaseWidget
	Suggest  Suggester
	OnSubmit func() // Return, after it took what was chosen
	OnSave   func() // Ctrl+Return
	OnCancel func() // Escape, once no suggestions are shown

	look    Look
	entry   *completeEntry
	list    *Flow
	found   []string
	chosen  int // index into found; -1 for none
	taken   string
	asked   int      // counts the questions, so that late answers are dropped
	open    bool     // the last question has no answer yet
	entered bool     // Return was pressed before it had
	waiting []func() // for the answer
	hint    string   // stands above the suggestions; "" for nothing
	root    *fyne.Container
}

// Suggester calls found with the suggestions for what is typed, now or later; sure
// says that what is typed means the first of them.
type Suggester func(typed string, found func(names []string, sure bool))

// NewComplete makes an empty one; look is how suggestions are set.
func NewComplete(look Look, placeholder string, suggest Suggester) *Complete {
	c := &Complete{Suggest: suggest, look: look, chosen: -1, list: NewFlow(0, fyne.NewSize(0, 2))}
	c.entry = &completeEntry{owner: c}
	c.entry.ExtendBaseWidget(c.entry)
	c.entry.SetPlaceHolder(placeholder)
	c.entry.OnChanged = func(string) {
		c.update()
		c.release() // there are other words now
	}
	c.root = container.New(&flowLayout{}, c.entry, c.list)
	c.ExtendBaseWidget(c)
	return c
}

// Text is what was typed or taken.
func (c *Complete) Text() string { return c.entry.Text }

// SetText sets it, as taken.
func (c *Complete) SetText(s string) {
	c.taken = s
	c.entry.SetText(s)
	c.update()
}

// Focus gives the entry the keys.
func (c *Complete) Focus(canvas fyne.Canvas) { canvas.Focus(c.entry) }

// Offer shows suggestions before anything is typed; none is chosen.
func (c *Complete) Offer() {
	c.asked++
	question := c.asked
	c.Suggest("", func(found []string, _ bool) {
		if question == c.asked {
			c.found, c.chosen = found[:min(len(found), shownSuggestions)], -1
			c.show()
		}
	})
}

// OfferThese shows suggestions that nobody typed for, with what is to be known of
// them; none is chosen.
func (c *Complete) OfferThese(hint string, suggestions []string) {
	c.asked++ // an answer that comes now is to an older question
	c.open, c.entered = false, false
	c.hint, c.found, c.chosen = hint, suggestions, -1
	c.show()
}

// SelectAll selects what is in the entry, so that typing replaces it.
func (c *Complete) SelectAll() { c.entry.TypedShortcut(&fyne.ShortcutSelectAll{}) }

// Enable implements fyne.Disableable.
func (c *Complete) Enable() { c.entry.Enable() }

// Disable implements fyne.Disableable: the text changes only by an answer that
// Return waits for.
func (c *Complete) Disable() { c.entry.Disable() }

// Disabled implements fyne.Disableable.
func (c *Complete) Disabled() bool { return c.entry.Disabled() }

// HeightFor implements Flowing.
func (c *Complete) HeightFor(width float32) float32 {
	return c.entry.MinSize().Height + c.list.HeightFor(width)
}

// MinSize implements fyne.CanvasObject.
func (c *Complete) MinSize() fyne.Size {
	c.ExtendBaseWidget(c)
	return fyne.NewSize(200, c.HeightFor(max(200, c.Size().Width)))
}

// CreateRenderer implements fyne.Widget.
func (c *Complete) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.root) }

// clickTime is how long a click takes from pressing to releasing at the most.
const clickTime = 400 * time.Millisecond

// shownSuggestions keeps a form from jumping about.
const shownSuggestions = 4

func (c *Complete) update() {
	c.hint, c.found, c.chosen = "", nil, -1
	c.open, c.entered = false, false
	if c.entry.focused && c.entry.Text != c.taken {
		c.ask(c.entry.Text)
		return
	}
	c.asked++ // an answer that comes now is to an older question
	c.show()
}

// ask asks for suggestions; those shown stay until the answer is there.
func (c *Complete) ask(typed string) {
	c.asked++
	question := c.asked
	c.open = true
	c.Suggest(typed, func(found []string, sure bool) {
		if question != c.asked {
			return
		}
		c.open = false
		c.found, c.chosen = found[:min(len(found), shownSuggestions)], -1
		if sure && len(c.found) > 0 {
			c.chosen = 0
		}
		if c.entered {
			c.accept()
		} else {
			c.show()
		}
		c.release()
	})
}

// release calls those who waited for the answer.
func (c *Complete) release() {
	waiting := c.waiting
	c.waiting = nil
	for _, fn := range waiting {
		fn()
	}
}

// Settled calls fn when no answer is outstanding that Return would take: at
// once, or when it is there.
func (c *Complete) Settled(fn func()) {
	if c.open && c.entered {
		c.waiting = append(c.waiting, fn)
		return
	}
	fn()
}

// accept takes what is chosen, or leaves what was typed.
func (c *Complete) accept() {
	c.entered = false
	if c.chosen >= 0 && c.chosen < len(c.found) {
		c.take(c.found[c.chosen])
		return
	}
	c.hint, c.found = "", nil
	c.show()
}

// enter takes what is chosen, now or when the answer is there, and submits at
// once: the keys that follow are for what comes next.
func (c *Complete) enter() {
	if c.entered = c.open; !c.open {
		c.accept()
	}
	if c.OnSubmit != nil {
		c.OnSubmit()
	}
}

func (c *Complete) show() {
	c.list.content.Objects = nil
	if c.hint != "" {
		small := c.look
		small.MaxLines = 2
		c.list.content.Add(NewProse(small, Segment{Text: c.hint, Color: theme.ColorNamePlaceHolder}))
	}
	for i, s := range c.found {
		card := NewCard(Frame{Flat: true, Chosen: i == c.chosen}, NewProse(c.look, Segment{Text: s}))
		card.OnTap = func() {
			if !c.Disabled() {
				c.take(s)
			}
		}
		c.list.content.Add(card)
	}
	c.list.Refresh()
	c.Refresh()
	c.Resize(fyne.NewSize(c.Size().Width, c.MinSize().Height))
}

func (c *Complete) take(s string) {
	c.SetText(s)
	c.entry.CursorColumn = len([]rune(s))
	c.entry.Refresh()
}

// completeEntry hands the keys of choosing to its owner.
type completeEntry struct {
	widget.Entry
	owner   *Complete
	focused bool
}

// FocusGained implements fyne.Focusable.
func (e *completeEntry) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
}

// FocusLost implements fyne.Focusable.
func (e *completeEntry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	// A click on a suggestion takes the focus first: let it arrive.
	time.AfterFunc(clickTime, func() {
		fyne.Do(func() {
			if !e.focused && !e.owner.entered {
				e.owner.update()
			}
		})
	})
}

// TypedKey implements fyne.Focusable.
func (e *completeEntry) TypedKey(k *fyne.KeyEvent) {
	o := e.owner
	switch {
	case e.Disabled():
		if k.Name == fyne.KeyEscape && o.OnCancel != nil {
			o.OnCancel()
		}
	case k.Name == fyne.KeyDown && len(o.found) == 0:
		o.taken = ""
		o.ask("")
	case k.Name == fyne.KeyDown:
		o.chosen = min(o.chosen+1, len(o.found)-1)
		o.show()
	case k.Name == fyne.KeyUp && len(o.found) > 0:
		o.chosen = max(o.chosen-1, -1)
		o.show()
	case k.Name == fyne.KeyEscape && len(o.found) > 0:
		o.hint, o.found = "", nil
		o.show()
	case k.Name == fyne.KeyEscape:
		if o.OnCancel != nil {
			o.OnCancel()
		}
	case k.Name == fyne.KeyTab: // see AcceptsTab
		o.accept()
		if c := fyne.CurrentApp().Driver().CanvasForObject(e); c != nil {
			c.FocusNext()
		}
	case k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter:
		o.enter()
	default:
		e.Entry.TypedKey(k)
	}
}

// AcceptsTab implements fyne.Tabbable: Tab takes what is chosen and goes on,
// not to the suggestions, which go away.
func (e *completeEntry) AcceptsTab() bool { return len(e.owner.found) > 0 }

// TypedShortcut implements fyne.Shortcutable.
func (e *completeEntry) TypedShortcut(s fyne.Shortcut) {
	if IsSave(s) {
		if e.owner.OnSave != nil {
			e.owner.OnSave()
		}
		return
	}
	if !e.Disabled() {
		e.Entry.TypedShortcut(s)
	}
}

// IsSave says whether a shortcut is Ctrl+Return, or Cmd+Return on a Mac.
func IsSave(s fyne.Shortcut) bool {
	c, ok := s.(*desktop.CustomShortcut)
	return ok && c.Modifier == fyne.KeyModifierShortcutDefault && (c.KeyName == fyne.KeyReturn || c.KeyName == fyne.KeyEnter)
}
