package exporter

import "rejoinder/app"

// legendItem is a line as the map has it, or none, and what it means.
type legendItem struct {
	words  string
	ink    string
	marker string  // of the arrow; "" without one
	width  float64 // of the line; 0 without one
	dashed bool
	x, row int
}

// How the legend is set.
const (
	legendLine   = 20
	legendSample = 30 // a line with the gap behind it
	legendGap    = 18
	legendLetter = 6.2 // about, of its 11 pixels; rather more than less
)

// legend is what the lines and signs of a map mean, in rows of a width, and how
// many rows those are.
func legend(m app.ClaimMap, width int) (items []legendItem, rows int) {
	for _, kind := range app.RelationKinds {
		items = append(items, legendItem{words: kind.Words(), ink: relationInks[kind], marker: string(kind), width: lineWidth(app.Plain)})
	}
	drawn, counted := map[app.Stance]bool{}, map[app.Stance]bool{}
	for _, e := range m.Edges {
		drawn[e.Stance] = true
	}
	for _, n := range m.Nodes {
		for stance, count := range n.Counts {
			counted[stance] = counted[stance] || count > 0
		}
	}
	for _, stance := range app.Stances {
		item := legendItem{words: stance.Glyph() + " " + string(stance), ink: stanceInks[stance]}
		if drawn[stance] {
			item.marker, item.width = "stance-"+string(stance), lineWidth(app.Plain)
		}
		if drawn[stance] || counted[stance] {
			items = append(items, item)
		}
	}
	for _, strength := range app.Strengths {
		items = append(items, legendItem{words: strength.Words(), ink: legendInk, width: lineWidth(strength)})
	}
	items = append(items, legendItem{words: "analyst’s inference", ink: legendInk, width: lineWidth(app.Plain), dashed: true})
	x := 0
	for i := range items {
		item := &items[i]
		wide := int(float64(app.RuneCount(item.words)) * legendLetter)
		if item.width > 0 {
			wide += legendSample
		}
		if x > 0 && x+wide > width {
			x, rows = 0, rows+1
		}
		item.x, item.row = x, rows
		x += wide + legendGap
	}
	return items, rows + 1
}

// legendInk is that of what has no colour of its own.
const legendInk = "#5A6270"

func (s *svg) legend(items []legendItem, top int) {
	for _, item := range items {
		x, y := svgMargin+item.x, top+item.row*legendLine
		if item.width > 0 {
			s.stroke([]string{at(float64(x), float64(y-4)), at(float64(x+legendSample-6), float64(y-4))}, item.ink, item.width, item.dashed, item.marker)
			x += legendSample
		}
		s.line(`<text x="%d" y="%d" font-size="11" fill="%s">%s</text>`, x, y, item.ink, escaped(item.words))
	}
}
