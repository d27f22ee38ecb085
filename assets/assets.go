// Package assets holds what is built into the program: the icon and the sample
// notebook's articles, which we wrote for it; the dispute in them is invented.
// It may import nothing of ours.
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
