package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// button is one that Return presses too, and that Escape leaves what it stands in.
type button struct {
	widget.Button
	escape func()
}

func newButton(label string, press, escape func()) *button {
	b := &button{escape: escape}
	b.ExtendBaseWidget(b)
	b.Text, b.OnTapped = label, press
	return b
}

// newMainButton is the button of what is to be done first.
func newMainButton(label string, press, escape func()) *button {
	b := newButton(label, press, escape)
	b.Importance = widget.HighImportance
	return b
}

// TypedKey implements fyne.Focusable.
func (b *button) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		b.Tapped(nil)
	case fyne.KeyEscape:
		if b.escape != nil {
			b.escape()
		}
	default:
		b.Button.TypedKey(k)
	}
}
