package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"rejoinder/app/gui/textlayout"
	"rejoinder/assets"
)

// loadFonts puts the fonts of the text engine together: ours for serif and for
// other scripts, Fyne's for sans serif, code and emoji; the system's stand
// behind them, and behind those a font that has all of Chinese and Japanese.
// They are read when a character first needs them.
func loadFonts(cacheDir string) (*textlayout.Fonts, error) {
	f := textlayout.NewFonts(cacheDir)
	go f.Prepare()
	type face = textlayout.Typeface
	serif, sans := face{Family: textlayout.Serif}, face{Family: textlayout.Sans}
	bold := func(t face) face { t.Bold = true; return t }
	italic := func(t face) face { t.Italic = true; return t }
	for _, style := range []fyne.TextStyle{{}, {Bold: true}, {Italic: true}, {Bold: true, Italic: true}} {
		t := face{Family: textlayout.Sans, Bold: style.Bold, Italic: style.Italic}
		if err := f.Add(t, theme.DefaultTheme().Font(style).Content()); err != nil {
			return nil, err
		}
	}
	mono := theme.DefaultTheme().Font(fyne.TextStyle{Monospace: true}).Content()
	if err := f.Add(face{Family: textlayout.Mono}, mono); err != nil {
		return nil, err
	}
	for _, own := range []struct {
		face face
		name string
	}{
		{serif, "NotoSerif-Regular"}, {bold(serif), "NotoSerif-Bold"}, {italic(serif), "NotoSerif-Italic"},
		{serif, "NotoNaskhArabic-Regular"}, {bold(serif), "NotoNaskhArabic-Bold"},
		{serif, "NotoSerifDevanagari-Regular"}, {bold(serif), "NotoSerifDevanagari-Bold"},
		{serif, "NotoSerifThai-Regular"}, {bold(serif), "NotoSerifThai-Bold"},
		{sans, "NotoSansArabic-Regular"}, {bold(sans), "NotoSansArabic-Bold"},
		{sans, "NotoSansDevanagari-Regular"}, {bold(sans), "NotoSansDevanagari-Bold"},
		{sans, "NotoSansThai-Regular"}, {bold(sans), "NotoSansThai-Bold"},
	} {
		f.AddLazy(own.face, ownFont(own.name))
	}
	// Behind the system's: arrows and signs, emoji, and Chinese and Japanese.
	f.AddLast(func() ([]byte, error) { return mono, nil })
	f.AddLast(func() ([]byte, error) { return theme.DefaultEmojiFont().Content(), nil })
	f.AddLast(ownFont("DroidSansFallback"))
	return f, nil
}

// ownFont reads a font that is built into the program.
func ownFont(name string) func() ([]byte, error) {
	return func() ([]byte, error) { return assets.Fonts.ReadFile("fonts/" + name + ".ttf") }
}
