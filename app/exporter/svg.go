package exporter

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"rejoinder/app"
)

// relationInks are the colours of relations, and stanceInks of stances, on white.
var (
	relationInks = map[app.RelationKind]string{app.Rebuts: "#B03A0E", app.RejectsSource: "#B03A0E", app.Undercuts: "#6E4796",
		app.Reframes: "#8A6400", app.RelationQualifies: "#8A6400", app.RelationSupports: "#0B7A57", app.Restates: "#0B7A57"}
	stanceInks = map[app.Stance]string{app.Asserts: "#1B62A5", app.Supports: "#0B7A57", app.Qualifies: "#8A6400", app.Disputes: "#B03A0E",
		app.Denies: "#B03A0E", app.Questions: "#6E4796", app.Declines: "#6B7280"}
)

// svgMargin is around the map, and between it and its legend.
const svgMargin = 24

// MapSVG writes a map as a picture that other programs can edit. Every text is
// text in it, in its own direction; a line says by its colour what it is, and by
// its word where that crosses no other.
func MapSVG(w io.Writer, d app.Drawing, scope string) error {
	s := &svg{w: w}
	width := max(d.Width, 560) + 2*svgMargin
	items, rows := legend(d.Map, int(width)-2*svgMargin)
	height := d.Height + 3*svgMargin + float64(rows*legendLine)
	s.line(`<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f" font-family="Noto Sans, sans-serif" font-size="%d">`,
		width, height, width, height, app.MapTextSize)
	title := "Map of claims"
	if scope != "" {
		title += ": " + scope
	}
	s.line("<title>%s</title>", escaped(title))
	s.line("<defs>")
	for _, kind := range app.RelationKinds {
		s.marker(string(kind), relationInks[kind])
	}
	for _, stance := range app.Stances {
		s.marker("stance-"+string(stance), stanceInks[stance])
	}
	s.line("</defs>")
	s.line(`<rect width="100%%" height="100%%" fill="#FFFFFF"/>`)
	s.line(`<g transform="translate(%d %d)">`, svgMargin, svgMargin)
	for i, e := range d.Map.Edges {
		s.edge(e, d.Lines[i])
	}
	for _, l := range labels(d) {
		s.line(`<text x="%.1f" y="%.1f" font-size="10.5" fill="%s" text-anchor="middle" stroke="#FFFFFF" stroke-width="3" paint-order="stroke">%s</text>`,
			l.box.X+l.box.Width/2, l.box.Y+labelHeight-3, l.ink, escaped(l.word))
	}
	for i, n := range d.Map.Nodes {
		s.node(n, d.Boxes[i])
	}
	s.line("</g>")
	s.legend(items, int(d.Height)+2*svgMargin+legendLine)
	s.line("</svg>")
	return s.err
}

// svg writes lines until one cannot be written.
type svg struct {
	w   io.Writer
	err error
}

func (s *svg) line(format string, args ...any) {
	if s.err == nil {
		_, s.err = fmt.Fprintf(s.w, format+"\n", args...)
	}
}

func escaped(text string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		return ""
	}
	return b.String()
}

func (s *svg) marker(name, ink string) {
	s.line(`<marker id="%s" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto" markerUnits="userSpaceOnUse"><path d="M0 0 8 4 0 8z" fill="%s"/></marker>`, name, ink)
}

func (s *svg) edge(e app.MapEdge, line app.MapLine) {
	if len(line.Points) < 2 {
		return
	}
	ink, marker := relationInks[e.Kind], string(e.Kind)
	if e.Stance != "" {
		ink, marker = stanceInks[e.Stance], "stance-"+string(e.Stance)
	}
	var points []string
	for _, p := range line.Points {
		points = append(points, at(p.X, p.Y))
	}
	s.stroke(points, ink, lineWidth(e.Strength), e.Inferred, marker)
}

func at(x, y float64) string { return fmt.Sprintf("%.1f,%.1f", x, y) }

// stroke draws a line, with an arrow where there is a marker.
func (s *svg) stroke(points []string, ink string, width float64, dashed bool, marker string) {
	more := ""
	if dashed {
		more = ` stroke-dasharray="5 4"`
	}
	if marker != "" {
		more += ` marker-end="url(#` + marker + `)"`
	}
	s.line(`<polyline points="%s" fill="none" stroke="%s" stroke-width="%.1f"%s/>`, strings.Join(points, " "), ink, width, more)
}

// lineWidth is how thick a relation of a strength is drawn.
func lineWidth(s app.Strength) float64 {
	switch s {
	case app.Weak:
		return 1
	case app.Strong:
		return 3
	}
	return 1.8
}

func (s *svg) node(n app.MapNode, box app.MapBox) {
	fill, edge, radius := "#FFFFFF", "#CFC9BB", 8.0
	if n.Actor != "" {
		fill, edge, radius = "#E4EDF6", "#1F4E79", min(box.Height/2, 21)
	}
	s.line(`<g><rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="%.1f" fill="%s" stroke="%s"/>`, box.X, box.Y, box.Width, box.Height, radius, fill, edge)
	middle := box.X + box.Width/2
	y := box.Y + app.MapBoxPad + app.MapTextSize
	for _, text := range box.Lines {
		s.line(`<text x="%.1f" y="%.1f" text-anchor="middle" fill="#1D2127" direction="%s" unicode-bidi="plaintext">%s</text>`, middle, y, direction(text), escaped(text))
		y += app.MapLineHeight
	}
	if n.Claim != "" && len(n.Counts) > 0 {
		s.line(`<text x="%.1f" y="%.1f" text-anchor="middle" font-weight="bold" font-size="12">%s</text>`, middle, y+2, svgCounts(n.Counts))
	}
	s.line("</g>")
}

func svgCounts(counts map[app.Stance]int) string {
	out, gap := "", ""
	for _, stance := range app.Stances {
		if n := counts[stance]; n > 0 {
			out += fmt.Sprintf(`<tspan%s fill="%s">%s %d</tspan>`, gap, stanceInks[stance], escaped(stance.Glyph()), n)
			gap = ` dx="8"`
		}
	}
	return out
}

// direction is that of a text's first letter with one.
func direction(text string) string {
	for _, r := range text {
		switch {
		case r >= 0x0590 && r < 0x0900, r >= 0xFB1D && r < 0xFE00, r >= 0xFE70 && r < 0xFF00:
			return "rtl"
		case r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z', r > 0x00BF && r < 0x0590, r >= 0x0900:
			return "ltr"
		}
	}
	return "ltr"
}
