// Package assets holds what is built into the program: the icon, fonts (all
// under the Open Font License, fonts/OFL.txt), and the sample notebook's
// articles, which we wrote for it; the dispute in them is invented. It may
// import nothing of ours.
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

// Fonts holds Noto Serif for reading text and quotes, and Noto Naskh and Noto
// Sans Arabic, which also cover Uyghur and Persian, as fonts/NAME.ttf. Latin,
// Greek and Cyrillic sans serif comes with Fyne; the rest from the system.
//
//go:embed fonts/*.ttf
var Fonts embed.FS
