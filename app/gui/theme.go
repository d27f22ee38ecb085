package gui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"rejoinder/app"
	"rejoinder/app/gui/textlayout"
	"rejoinder/app/gui/widgets"
)

// The colours of our own, beside Fyne's and the widgets'.
const (
	colorDesk  fyne.ThemeColorName = "desk" // what cards lie on
	colorMuted fyne.ThemeColorName = "muted"
	colorFound fyne.ThemeColorName = "mark-yellow" // behind the words that a search found
	// Behind what a new version of a text has more and less.
	colorAdded   fyne.ThemeColorName = "added"
	colorRemoved fyne.ThemeColorName = "removed"
)

// Appearance chooses between light, sepia and dark.
type Appearance string

// The appearances.
const (
	AppearanceSystem Appearance = ""
	AppearanceLight  Appearance = "light"
	AppearanceSepia  Appearance = "sepia"
	AppearanceDark   Appearance = "dark"
)

// pageTheme is a calm, printed page in light, sepia and dark.
type pageTheme struct{ appearance Appearance }

type pair struct{ light, dark uint32 }

var palette = map[fyne.ThemeColorName]pair{
	theme.ColorNameBackground:          {0xFBFAF7, 0x23272D}, // of the text: the window is cleared with it, which costs nothing
	theme.ColorNameForeground:          {0x1D2127, 0xE7E5E0},
	theme.ColorNamePlaceHolder:         {0x5A6270, 0x9BA3AF},
	theme.ColorNameDisabled:            {0x8A909B, 0x6B727E},
	theme.ColorNamePrimary:             {0x1F4E79, 0x8CB9E6},
	theme.ColorNameForegroundOnPrimary: {0xFFFFFF, 0x16181C},
	theme.ColorNameHyperlink:           {0x1F4E79, 0x8CB9E6},
	theme.ColorNameButton:              {0xFFFFFF, 0x23272D},
	theme.ColorNameDisabledButton:      {0xF0EEE8, 0x1E2126},
	theme.ColorNameInputBackground:     {0xFBFAF7, 0x23272D},
	theme.ColorNameInputBorder:         {0xE2DED4, 0x31363E},
	theme.ColorNameMenuBackground:      {0xFFFFFF, 0x23272D},
	theme.ColorNameOverlayBackground:   {0xFFFFFF, 0x1E2126},
	theme.ColorNameHeaderBackground:    {0xFFFFFF, 0x1E2126},
	theme.ColorNameSeparator:           {0xE2DED4, 0x31363E},
	theme.ColorNameError:               {0xB03A0E, 0xF08A5D},
	theme.ColorNameSuccess:             {0x0B7A57, 0x5CC7A0},
	theme.ColorNameWarning:             {0x8A6400, 0xE0B84C},
	widgets.ColorSurface:               {0xFFFFFF, 0x1E2126},
	widgets.ColorLine:                  {0xE2DED4, 0x31363E},
	widgets.ColorAccent:                {0x1F4E79, 0x8CB9E6},
	widgets.ColorAccentBack:            {0xE4EDF6, 0x22364A},
	colorDesk:                          {0xF6F4EF, 0x16181C},
	colorMuted:                         {0x5A6270, 0x9BA3AF},
	"asserts":                          {0x1B62A5, 0x7DB7F0},
	"supports":                         {0x0B7A57, 0x5CC7A0},
	"qualifies":                        {0x8A6400, 0xE0B84C},
	"disputes":                         {0xB03A0E, 0xF08A5D},
	"questions":                        {0x6E4796, 0xC09BE8},
	"declines":                         {0x6B7280, 0x9BA3AF},
	colorAdded:                         {0xD3EFDF, 0x1B4A38},
	colorRemoved:                       {0xF8DCD0, 0x5A2C1B},
	widgets.ColorHit:                   {0xB45309, 0xF0A35A},
	widgets.ColorHitCurrent:            {0xFFB066, 0x7A4200},
	widgets.ColorBox:                   {0xF1EEE7, 0x1B1E23},
	"mark-yellow":                      {0xFFE89A, 0x5E5012},
	"mark-green":                       {0xC6EBCB, 0x1F5233},
	"mark-blue":                        {0xC5E0F8, 0x1D4568},
	"mark-pink":                        {0xFACFDC, 0x652A43},
	"mark-orange":                      {0xFFD9B3, 0x683C18},
	"mark-violet":                      {0xE0D2F6, 0x453168},
}

// sepia are the colours of the light page that are warmer in sepia.
var sepia = map[fyne.ThemeColorName]uint32{
	theme.ColorNameBackground:        0xF5ECD7,
	theme.ColorNameForeground:        0x3A2E1F,
	theme.ColorNamePlaceHolder:       0x665642,
	theme.ColorNameButton:            0xFAF3E3,
	theme.ColorNameDisabledButton:    0xEFE5D0,
	theme.ColorNameInputBackground:   0xFAF3E3,
	theme.ColorNameInputBorder:       0xDCCDB0,
	theme.ColorNameMenuBackground:    0xFAF3E3,
	theme.ColorNameOverlayBackground: 0xFAF3E3,
	theme.ColorNameHeaderBackground:  0xFAF3E3,
	theme.ColorNameSeparator:         0xDCCDB0,
	widgets.ColorSurface:             0xFAF3E3,
	widgets.ColorLine:                0xDCCDB0,
	widgets.ColorAccentBack:          0xE6DDC4,
	colorDesk:                        0xEFE5D0,
	colorMuted:                       0x665642,
	"mark-yellow":                    0xFBDD7C,
	"mark-green":                     0xBFE0B4,
	"mark-blue":                      0xBBD6E8,
	"mark-pink":                      0xF4C3C9,
	"mark-orange":                    0xF9CB9C,
	"mark-violet":                    0xD8C8EA,
}

// See-through colours, which darken or lighten what they lie on.
var veils = map[fyne.ThemeColorName][2]color.NRGBA{
	theme.ColorNameHover:     {{0x1F, 0x4E, 0x79, 0x10}, {0x8C, 0xB9, 0xE6, 0x16}},
	theme.ColorNamePressed:   {{0x1F, 0x4E, 0x79, 0x28}, {0x8C, 0xB9, 0xE6, 0x30}},
	theme.ColorNameFocus:     {{0x1F, 0x4E, 0x79, 0x40}, {0x8C, 0xB9, 0xE6, 0x50}},
	theme.ColorNameSelection: {{0x1F, 0x4E, 0x79, 0x38}, {0x8C, 0xB9, 0xE6, 0x48}},
	theme.ColorNameScrollBar: {{0x5A, 0x62, 0x70, 0x70}, {0x9B, 0xA3, 0xAF, 0x70}},
	theme.ColorNameShadow:    {{0x00, 0x00, 0x00, 0x18}, {0x00, 0x00, 0x00, 0x60}},
}

// Color implements fyne.Theme.
func (t pageTheme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	dark := variant == theme.VariantDark
	switch t.appearance {
	case AppearanceLight, AppearanceSepia:
		dark, variant = false, theme.VariantLight
	case AppearanceDark:
		dark, variant = true, theme.VariantDark
	}
	if p, ok := palette[name]; ok {
		v := p.light
		if warm, ok := sepia[name]; ok && t.appearance == AppearanceSepia {
			v = warm
		}
		if dark {
			v = p.dark
		}
		return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 0xFF}
	}
	if v, ok := veils[name]; ok {
		if dark {
			return v[1]
		}
		return v[0]
	}
	return theme.DefaultTheme().Color(name, variant)
}

// Font implements fyne.Theme.
func (pageTheme) Font(s fyne.TextStyle) fyne.Resource { return theme.DefaultTheme().Font(s) }

// Icon implements fyne.Theme.
func (pageTheme) Icon(n fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(n) }

// Size implements fyne.Theme.
func (pageTheme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return 14
	case theme.SizeNameCaptionText:
		return 12
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius:
		return 6
	case theme.SizeNamePadding:
		return 4
	case theme.SizeNameSeparatorThickness:
		return 1
	}
	return theme.DefaultTheme().Size(name)
}

// The ways text is set.
var (
	lookTitle   = widgets.Look{Family: textlayout.Sans, Bold: true, Size: 14, LineHeight: 20, Color: theme.ColorNameForeground}
	lookRow     = widgets.Look{Family: textlayout.Sans, Size: 14, LineHeight: 20, Color: theme.ColorNameForeground}
	lookSmall   = widgets.Look{Family: textlayout.Sans, Size: 12.5, LineHeight: 18, Color: colorMuted}
	lookNote    = widgets.Look{Family: textlayout.Sans, Size: 13, LineHeight: 19, Color: colorMuted}
	lookHeading = widgets.Look{Family: textlayout.Sans, Bold: true, Size: 12.5, LineHeight: 18, Color: colorMuted}
	lookQuote   = widgets.Look{Family: textlayout.Serif, Size: 13.5, LineHeight: 20, Color: theme.ColorNameForeground}
	lookDoubt   = widgets.Look{Family: textlayout.Sans, Size: 13, LineHeight: 19, Color: theme.ColorNameForeground}
	lookBox     = widgets.Look{Family: textlayout.Sans, Size: 17, LineHeight: 20, Color: theme.ColorNameForeground} // of a tick
	lookEmpty   = widgets.Look{Family: textlayout.Serif, Size: 18, LineHeight: 28, Color: theme.ColorNameForeground}
)

// lines limits a look to so many lines.
func lines(l widgets.Look, n int) widgets.Look {
	l.MaxLines = n
	return l
}

// stanceColor is the colour of a stance's glyph and word.
func stanceColor(s app.Stance) fyne.ThemeColorName {
	if s == app.Denies {
		s = app.Disputes
	}
	return fyne.ThemeColorName(s)
}

// relationColor is the colour of a relation's word.
func relationColor(k app.RelationKind) fyne.ThemeColorName {
	switch k {
	case app.Rebuts, app.RejectsSource:
		return "disputes"
	case app.Undercuts:
		return "questions"
	case app.Reframes, app.RelationQualifies:
		return "qualifies"
	}
	return "supports"
}

// markColor is the colour of a mark.
func markColor(c app.Color) fyne.ThemeColorName { return fyne.ThemeColorName("mark-" + string(c)) }
