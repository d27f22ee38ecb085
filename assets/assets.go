// Package assets holds what is built into the program: the icon, fonts (Noto
// under the Open Font License, fonts/OFL.txt; Droid Sans Fallback under the
// Apache License, fonts/Apache-2.0.txt), and the sample notebook's articles,
// which we wrote for it; the dispute in them is invented. It may import nothing
// of ours.
package assets

import "embed"

// Sample holds the sample's articles as sample/N-name.md.
//
//go:embed sample/*.md
var Sample embed.FS

// Icon is the program's icon: two speech marks that face each other.
//
//go:embed icon.svg
var Icon []byte

// Fonts holds faces as fonts/NAME.ttf, serif and sans: Noto for Latin, Greek and
// Cyrillic (the sans of them comes with Fyne), Arabic with Uyghur and Persian,
// Devanagari and Thai; and Droid Sans Fallback for the Chinese, Japanese and
// Korean of a system without fonts for them. 7.1 MB in all, 3.5 of them Droid's.
//
//go:embed fonts/*.ttf
var Fonts embed.FS
