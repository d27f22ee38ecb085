package widgets

import (
	"context"
	"fmt"
	"image/color"
	"os"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"rejoinder/app/gui/textlayout"
	"rejoinder/assets"
)

// ticks is the timer that was started last, to be called by hand.
var ticks func()

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "rejoinder-fonts-")
		if err != nil {
			panic(err)
		}
		defer func() { _ = os.RemoveAll(dir) }()
		f := textlayout.NewFonts(dir)
		for _, name := range []string{"NotoSerif-Regular", "NotoNaskhArabic-Regular"} {
			data, err := assets.Fonts.ReadFile("fonts/" + name + ".ttf")
			if err == nil {
				err = f.Add(textlayout.Typeface{}, data)
			}
			if err != nil {
				panic(fmt.Errorf("font %s: %w", name, err))
			}
		}
		f.AddLazy(textlayout.Typeface{Family: textlayout.Sans}, func() ([]byte, error) { return theme.DefaultEmojiFont().Content(), nil })
		UseFonts(f)
		// One goroutine: Fyne's test driver has no other.
		background = func(_ context.Context, work func()) { work() }
		onScreen = func(fn func()) { fn() }
		ticking = func(_ context.Context, tick func()) { ticks = tick }
		return m.Run()
	}())
}

var look = Look{Size: 16, LineHeight: 24, Color: "ink"}

// paints is a theme in which every colour can be told from the others.
type paints struct{ fyne.Theme }

var inks = map[fyne.ThemeColorName]color.Color{
	"ink": color.NRGBA{0, 0, 0, 255}, "red": color.NRGBA{255, 0, 0, 255}, "blue": color.NRGBA{0, 0, 255, 255},
	ColorAccent: color.NRGBA{1, 2, 3, 255}, ColorAccentBack: color.NRGBA{4, 5, 6, 255},
	ColorSurface: color.NRGBA{7, 8, 9, 255}, ColorLine: color.NRGBA{10, 11, 12, 255},
	ColorHit: color.NRGBA{200, 100, 0, 255}, ColorHitCurrent: color.NRGBA{250, 150, 50, 255}, ColorBox: color.NRGBA{20, 30, 40, 255},
}

func (p paints) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if c, ok := inks[name]; ok {
		return c
	}
	return p.Theme.Color(name, v)
}

// inWindow shows an object in a window without a display.
func inWindow(t testing.TB, o fyne.CanvasObject, width, height float32) fyne.Window {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(paints{test.Theme()})
	w := test.NewTempWindow(t, o)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	return w
}

// press types keys into what has the focus.
func press(w fyne.Window, keys ...fyne.KeyName) {
	for _, k := range keys {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func mouse(x, y float32, button desktop.MouseButton, modifier fyne.KeyModifier) *desktop.MouseEvent {
	return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y), AbsolutePosition: fyne.NewPos(x, y)},
		Button: button, Modifier: modifier}
}
