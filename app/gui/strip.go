package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rejoinder/app/gui/widgets"
)

// strip is a bar of one colour, sentences, and buttons beside them or, where it is
// narrow, below.
type strip struct {
	root *fyne.Container
	text *widgets.Prose
	bar  *widgets.Surface
	acts *fyne.Container
	// guess is its width before it has one, and resized is called when its height is
	// that of another width.
	guess   func() float32
	resized func()
	width   float32
}

func newStrip(color fyne.ThemeColorName, most int, guess func() float32, resized func(), acts ...fyne.CanvasObject) *strip {
	s := &strip{text: widgets.NewProse(lines(lookDoubt, most)), bar: widgets.NewSurface(color, nil), acts: container.NewHBox(acts...),
		guess: guess, resized: resized}
	inside := container.New(&stripLayout{s}, s.bar, s.text, s.acts, widgets.Rule())
	s.root = container.NewStack(widgets.NewSurface(widgets.ColorSurface, nil), inside)
	return s
}

// stripLayout sets a bar, the sentences, the buttons and a line.
type stripLayout struct{ strip *strip }

const (
	stripPad    = 10
	stripSide   = 18
	stripNarrow = 760 // below this the buttons stand under the sentences
)

// widths are those of the text, and of the buttons where they stand beside it.
func (l *stripLayout) widths(objects []fyne.CanvasObject, width float32) (text, beside float32) {
	text = width - 2*stripSide
	if width >= stripNarrow {
		beside = objects[2].MinSize().Width
		text -= beside + stripSide
	}
	return max(60, text), beside
}

func (l *stripLayout) height(objects []fyne.CanvasObject, width float32) float32 {
	text, beside := l.widths(objects, width)
	height, buttons := l.strip.text.HeightFor(text), objects[2].MinSize().Height
	if beside > 0 {
		return max(height, buttons) + 2*stripPad
	}
	return height + 6 + buttons + 2*stripPad
}

// Layout implements fyne.Layout.
func (l *stripLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if l.strip.width != size.Width {
		l.strip.width = size.Width
		fyne.Do(l.strip.resized) // its height is that of another width
	}
	text, beside := l.widths(objects, size.Width)
	height, buttons := l.strip.text.HeightFor(text), objects[2].MinSize()
	place := func(o fyne.CanvasObject, x, y, width, height float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(width, height))
	}
	place(objects[0], 0, 0, 3, size.Height-1)
	place(objects[3], 0, size.Height-1, size.Width, 1)
	if beside > 0 {
		place(objects[1], stripSide, max(stripPad, (size.Height-height)/2), text, height)
		place(objects[2], size.Width-stripSide-beside, max(stripPad, (size.Height-buttons.Height)/2), beside, buttons.Height)
		return
	}
	place(objects[1], stripSide, stripPad, text, height)
	place(objects[2], stripSide, stripPad+height+6, buttons.Width, buttons.Height)
}

// MinSize implements fyne.Layout.
func (l *stripLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := l.strip.width
	if width == 0 {
		width = max(200, l.strip.guess())
	}
	return fyne.NewSize(200, l.height(objects, width))
}
