package gui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"rejoinder/app/gui/textlayout"
	"rejoinder/assets"
)

// loadFonts puts the fonts of the text engine together: ours for serif and for
// Arabic, Fyne's for sans serif and code; the system's stand behind them.
func loadFonts(cacheDir string) (*textlayout.Fonts, error) {
	f := textlayout.NewFonts(cacheDir)
	type face = textlayout.Typeface
	serif := func(bold, italic bool) face { return face{Family: textlayout.Serif, Bold: bold, Italic: italic} }
	sans := func(bold, italic bool) face { return face{Family: textlayout.Sans, Bold: bold, Italic: italic} }
	for _, own := range []struct {
		face face
		name string
	}{
		{serif(false, false), "NotoSerif-Regular"}, {serif(true, false), "NotoSerif-Bold"}, {serif(false, true), "NotoSerif-Italic"},
		{serif(false, false), "NotoNaskhArabic-Regular"}, {serif(true, false), "NotoNaskhArabic-Bold"},
	} {
		if err := addOwn(f, own.face, own.name); err != nil {
			return nil, err
		}
	}
	for _, style := range []fyne.TextStyle{{}, {Bold: true}, {Italic: true}, {Bold: true, Italic: true}} {
		if err := f.Add(sans(style.Bold, style.Italic), theme.DefaultTheme().Font(style).Content()); err != nil {
			return nil, err
		}
	}
	mono := theme.DefaultTheme().Font(fyne.TextStyle{Monospace: true}).Content()
	if err := f.Add(face{Family: textlayout.Mono}, mono); err != nil {
		return nil, err
	}
	for bold, name := range map[bool]string{false: "NotoSansArabic-Regular", true: "NotoSansArabic-Bold"} {
		if err := addOwn(f, sans(bold, false), name); err != nil {
			return nil, err
		}
	}
	return f, nil
}

func addOwn(f *textlayout.Fonts, t textlayout.Typeface, name string) error {
	data, err := assets.Fonts.ReadFile("fonts/" + name + ".ttf")
	if err == nil {
		err = f.Add(t, data)
	}
	if err != nil {
		return fmt.Errorf("font %s: %w", name, err)
	}
	return nil
}
