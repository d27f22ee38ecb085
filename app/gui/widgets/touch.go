package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// touch is what a widget that can be chosen remembers of pointer and keys. It
// implements desktop.Hoverable and, but for TypedKey, fyne.Focusable.
type touch struct {
	touched          fyne.Widget // what is drawn anew
	hovered, focused bool
}

// FocusGained implements fyne.Focusable.
func (t *touch) FocusGained() { t.focused = true; t.touched.Refresh() }

// FocusLost implements fyne.Focusable.
func (t *touch) FocusLost() { t.focused = false; t.touched.Refresh() }

// TypedRune implements fyne.Focusable.
func (t *touch) TypedRune(rune) {}

// MouseIn implements desktop.Hoverable.
func (t *touch) MouseIn(*desktop.MouseEvent) { t.hovered = true; t.touched.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (t *touch) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (t *touch) MouseOut() { t.hovered = false; t.touched.Refresh() }

// chooses says whether a key chooses what has the focus.
func chooses(e *fyne.KeyEvent) bool {
	return e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter || e.Name == fyne.KeySpace
}
