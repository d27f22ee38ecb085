package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"rejoinder/app/gui/textlayout"
)

// FocusGained implements fyne.Focusable.
func (v *TextView) FocusGained() {
	v.focused = true
	v.edge.Show()
	v.update()
	if v.OnFocus != nil {
		v.OnFocus()
	}
}

// FocusLost implements fyne.Focusable.
func (v *TextView) FocusLost() {
	v.focused, v.shift = false, false
	v.edge.Hide()
	v.update()
}

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
	if v.text == nil || v.text.Len() == 0 {
		return
	}
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyRight:
		forward := v.forward(e.Name == fyne.KeyRight)
		if m := v.resizable(); m != nil && v.shift {
			v.resizeBy(m, true, forward, false)
			return
		}
		v.sideways(forward)
	case fyne.KeyUp, fyne.KeyDown:
		v.vertical(e.Name == fyne.KeyDown)
	case fyne.KeyHome:
		v.moveTo(v.text.LineStart(v.caret), v.shift)
	case fyne.KeyEnd:
		v.moveTo(v.text.LineEnd(v.caret), v.shift)
	case fyne.KeyPageUp:
		v.pageBy(-1, v.shift)
	case fyne.KeyPageDown:
		v.pageBy(1, v.shift)
	case fyne.KeySpace:
		if v.shift {
			v.pageBy(-1, false)
		} else {
			v.pageBy(1, false)
		}
	case fyne.KeyEscape:
		v.Select(v.caret, v.caret)
	case fyne.KeyReturn, fyne.KeyEnter:
		if url, ok := v.link(v.caret); ok && v.anchor == v.caret && v.OnLink != nil {
			v.OnLink(url)
		}
	}
}

// forward says whether an arrow leads on in the text: where it runs from right
// to left, the left one does.
func (v *TextView) forward(right bool) bool { return right != v.text.RTL(v.caret) }

// resizable is the mark whose ends the keys move; nil for none.
func (v *TextView) resizable() *laneMark {
	if v.anchor != v.caret || v.OnResize == nil {
		return nil
	}
	return v.marks.chosen()
}

// moveTo puts the caret somewhere, extending the selection or not.
func (v *TextView) moveTo(offset int, extend bool) {
	v.goal = -1
	v.setCaret(offset, extend)
}

func (v *TextView) setCaret(offset int, extend bool) {
	offset = max(0, min(len(v.runes), offset))
	anchor := v.anchor
	if !extend {
		anchor = offset
	}
	v.Select(anchor, offset)
	v.followCaret()
}

// moved is a place a letter or a word further.
func (v *TextView) moved(at int, forward, words bool) int {
	switch {
	case forward && words:
		return textlayout.NextWord(v.runes, at)
	case words:
		return textlayout.PreviousWord(v.runes, at)
	case forward:
		return textlayout.NextGrapheme(v.runes, at)
	}
	return textlayout.PreviousGrapheme(v.runes, at)
}

// sideways moves the caret by a letter; without Shift a selection ends there.
func (v *TextView) sideways(forward bool) {
	if start, end := v.Selection(); start < end && !v.shift {
		if forward {
			v.moveTo(end, false)
		} else {
			v.moveTo(start, false)
		}
		return
	}
	v.moveTo(v.moved(v.caret, forward, false), v.shift)
}

// column is the x that vertical moves keep.
func (v *TextView) keptColumn() float32 {
	if v.goal < 0 {
		v.goal = v.text.Caret(v.caret).X
	}
	return v.goal
}

// vertical moves the caret to the next line or the one before.
func (v *TextView) vertical(down bool) {
	x := v.keptColumn()
	move := v.text.LineAbove
	if down {
		move = v.text.LineBelow
	}
	if at, ok := move(v.caret, x); ok {
		v.setCaret(at, v.shift)
	}
}

// pageBy moves the text and the caret in it by a page; the caret stays at its
// height on the screen.
func (v *TextView) pageBy(direction float32, extend bool) {
	x, height := v.keptColumn(), v.scroll.Size().Height
	y := v.page.top + v.text.Caret(v.caret).Y - v.scroll.Offset.Y
	if y < 0 || y > height-30 {
		y = height / 3
	}
	before := v.scroll.Offset.Y
	v.scrollBy(direction * height * 0.9)
	if v.scroll.Offset.Y == before { // nothing more in this direction
		if y = 0; direction > 0 {
			y = v.page.height
		}
	}
	at := v.text.Hit(x, v.scroll.Offset.Y+y+4-v.page.top)
	anchor := v.anchor
	if !extend {
		anchor = at
	}
	v.Select(anchor, at)
}

// TypedShortcut implements fyne.Shortcutable. What is not for the text goes on
// to the window.
func (v *TextView) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutSelectAll:
		v.Select(0, len(v.runes))
		return
	case *fyne.ShortcutCopy:
		if v.OnCopy != nil {
			v.OnCopy()
		}
		return
	case *desktop.CustomShortcut:
		if v.text != nil && v.text.Len() > 0 && v.moveShortcut(s) {
			return
		}
	}
	if c, ok := fyne.CurrentApp().Driver().CanvasForObject(v).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// moveShortcut moves the caret, or the current mark's ends, for an arrow, Home
// or End with modifiers.
func (v *TextView) moveShortcut(s *desktop.CustomShortcut) bool {
	shift := s.Modifier&fyne.KeyModifierShift != 0
	ctrl := s.Modifier&(fyne.KeyModifierControl|fyne.KeyModifierSuper) != 0
	alt := s.Modifier&fyne.KeyModifierAlt != 0
	switch s.KeyName {
	case fyne.KeyLeft, fyne.KeyRight:
		forward := v.forward(s.KeyName == fyne.KeyRight)
		if m := v.resizable(); m != nil && shift {
			v.resizeBy(m, !alt, forward, ctrl)
			return true
		}
		if alt {
			return false // the window's history
		}
		v.moveTo(v.moved(v.caret, forward, true), shift)
	case fyne.KeyUp, fyne.KeyDown:
		v.moveTo(v.jump(s.KeyName == fyne.KeyDown, alt), shift)
	case fyne.KeyHome:
		v.moveTo(0, shift)
	case fyne.KeyEnd:
		v.moveTo(len(v.runes), shift)
	default:
		return false
	}
	return ctrl || alt
}

// jump is the next sentence or paragraph, or the one before.
func (v *TextView) jump(forward, sentence bool) int {
	switch {
	case forward && sentence:
		return textlayout.NextSentence(v.runes, v.caret)
	case sentence:
		return textlayout.PreviousSentence(v.runes, v.caret)
	case forward:
		return v.text.NextParagraph(v.caret)
	}
	return v.text.PreviousParagraph(v.caret)
}
