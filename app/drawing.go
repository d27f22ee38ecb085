package app

import (
	"strings"
	"unicode"

	"rejoinder/app/layers"
)

// Drawing is a map that is laid out, in units of the screen: the claims that
// others are set against stand above them.
type Drawing struct {
	Map           ClaimMap
	Boxes         []MapBox  // of each node
	Lines         []MapLine // of each edge
	Width, Height float64
}

// MapBox is where a node stands, and its text in lines.
type MapBox struct {
	X, Y, Width, Height float64
	Lines               []string
}

// MapLine is the way of an edge, from one border to the other.
type MapLine struct{ Points []layers.Point }

// How nodes are set.
const (
	MapBoxWidth   = 236
	MapBoxPad     = 12
	MapLineHeight = 18
	MapTextSize   = 13
	mapMostLines  = 5
)

// Drawing lays a map out.
func (m ClaimMap) Drawing() Drawing {
	out := Drawing{Map: m}
	nodes := make([]layers.Node, len(m.Nodes))
	for i, n := range m.Nodes {
		lines := brokenText(n.Text, MapBoxWidth-2*MapBoxPad)
		height := float64(2*MapBoxPad + len(lines)*MapLineHeight)
		if n.Claim != "" && len(n.Counts) > 0 {
			height += MapLineHeight + 2
		}
		nodes[i] = layers.Node{Width: MapBoxWidth, Height: height}
		out.Boxes = append(out.Boxes, MapBox{Width: MapBoxWidth, Height: height, Lines: lines})
	}
	edges := make([]layers.Edge, len(m.Edges))
	for i, e := range m.Edges {
		edges[i] = layers.Edge{From: e.From, To: e.To}
	}
	l := layers.Lay(nodes, edges, layers.Options{LayerGap: 64})
	for i, p := range l.Nodes {
		out.Boxes[i].X, out.Boxes[i].Y = p.X, p.Y
	}
	for _, points := range l.Edges {
		out.Lines = append(out.Lines, MapLine{points})
	}
	out.Width, out.Height = l.Width, l.Height
	return out
}

// brokenText breaks text into lines by how wide letters mostly are: a map may be
// drawn where no fonts are.
func brokenText(text string, width float64) []string {
	var lines []string
	line, used := "", 0.0
	flush := func() {
		lines, line, used = append(lines, line), "", 0
	}
	for _, word := range strings.Fields(text) {
		w := textWidth(word)
		if line != "" && used+textWidth(" ")+w > width {
			flush()
		}
		for w > width { // a long word, or a script without spaces
			head := 0.0
			cut := len(word)
			for i, r := range word {
				if head += letterWidth(r); head > width {
					cut = max(i, 1)
					break
				}
			}
			if cut == len(word) {
				break
			}
			line = word[:cut]
			word = word[cut:]
			w = textWidth(word)
			flush()
		}
		if line != "" {
			line += " "
			used += textWidth(" ")
		}
		line += word
		used += w
	}
	if line != "" || len(lines) == 0 {
		flush()
	}
	if len(lines) > mapMostLines {
		lines = lines[:mapMostLines]
		lines[mapMostLines-1] = strings.TrimRight(lines[mapMostLines-1], " .,") + "…"
	}
	return lines
}

func textWidth(s string) float64 {
	w := 0.0
	for _, r := range s {
		w += letterWidth(r)
	}
	return w
}

// letterWidth is about how wide a letter of MapTextSize is; rather more than less.
func letterWidth(r rune) float64 {
	switch {
	case unicode.Is(unicode.Mn, r):
		return 0
	case unspaced(r), unicode.Is(unicode.Hangul, r), r >= 0xFF00 && r < 0xFFF0, r >= 0x3000 && r < 0x3040:
		return MapTextSize
	case strings.ContainsRune("iljtfrI.,:;'’ ", r):
		return MapTextSize * 0.36
	case strings.ContainsRune("mwMW", r):
		return MapTextSize * 0.95
	case unicode.IsUpper(r):
		return MapTextSize * 0.72
	}
	return MapTextSize * 0.6
}
