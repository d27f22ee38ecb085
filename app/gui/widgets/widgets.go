// Package widgets holds reusable Fyne widgets that know nothing of the
// notebook: text in any script, cards, columns. Text goes through
// textlayout, because Fyne draws text that runs from right to left wrongly.
package widgets

import (
	"fyne.io/fyne/v2"

	"rejoinder/app/gui/textlayout"
)

// fonts is what every widget sets its text with.
var fonts *textlayout.Fonts

// UseFonts sets the fonts for all widgets, before the first one is made.
func UseFonts(f *textlayout.Fonts) { fonts = f }

// Flowing is an object whose height follows from its width.
type Flowing interface {
	fyne.CanvasObject
	HeightFor(width float32) float32
}

// heightOf is the height that an object takes at a width.
func heightOf(o fyne.CanvasObject, width float32) float32 {
	if f, ok := o.(Flowing); ok {
		return f.HeightFor(width)
	}
	return o.MinSize().Height
}

// Fonts is what every widget sets its text with.
func Fonts() *textlayout.Fonts { return fonts }
