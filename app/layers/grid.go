package layers

import "slices"

// grid is a part in rows. Its vertices are the part's nodes, by the same numbers,
// and then the bends: a link that passes rows has one in each, so that every
// link is a chain of vertices in rows that follow one another.
type grid struct {
	part   *part
	width  []float64 // of each vertex; a bend has none
	row    []int     // of each vertex
	rows   [][]int   // the vertices of each row from the left
	place  []int     // of each vertex in its row
	chains [][]int   // of each link, from low to high

	// Of each vertex those of the next row that a chain connects it with, from the
	// left; twice when two chains do.
	up, down [][]int

	looked int // how much the search for an order has looked at

	x                []float64 // of each vertex, its middle
	top, height      []float64 // of each row
	nodeGap, lineGap float64
	layerGap         float64
}

// grid makes the grid of nodes that have rows.
func (p *part) grid(rows []int, o Options) *grid {
	g := &grid{part: p, width: p.room(o.lineGap()), row: slices.Clone(rows)}
	g.nodeGap, g.lineGap, g.layerGap = o.NodeGap, o.lineGap(), o.LayerGap
	for _, l := range p.links {
		chain := []int{l.low}
		for at := rows[l.low] - 1; at > rows[l.high]; at-- {
			chain = append(chain, len(g.row))
			g.row, g.width = append(g.row, at), append(g.width, 0)
		}
		g.chains = append(g.chains, append(chain, l.high))
	}
	n := len(g.row)
	g.up, g.down, g.place, g.x = make([][]int, n), make([][]int, n), make([]int, n), make([]float64, n)
	for _, c := range g.chains {
		for i := 1; i < len(c); i++ {
			g.up[c[i-1]] = append(g.up[c[i-1]], c[i])
			g.down[c[i]] = append(g.down[c[i]], c[i-1])
		}
	}
	g.rows = make([][]int, slices.Max(g.row)+1)
	return g
}

func (g *grid) isBend(v int) bool { return v >= len(g.part.nodes) }

// apart is how far the middles of two neighbours in a row are at least apart.
func (g *grid) apart(left, right int) float64 {
	gap := g.nodeGap
	switch {
	case g.isBend(left) && g.isBend(right):
		gap = g.lineGap
	case g.isBend(left) || g.isBend(right):
		gap = g.nodeGap / 2
	}
	return (g.width[left]+g.width[right])/2 + gap
}

// setHeights gives the rows their heights.
func (g *grid) setHeights() {
	g.top, g.height = make([]float64, len(g.rows)), make([]float64, len(g.rows))
	for v := range g.part.nodes {
		g.height[g.row[v]] = max(g.height[g.row[v]], g.part.nodes[v].Height)
	}
	for r := 1; r < len(g.rows); r++ {
		g.top[r] = g.top[r-1] + g.height[r-1] + g.gapAbove(r)
	}
}

// gapAbove is what is free between a row and the one above: more where lines
// lead far to the side, or they would lie nearly flat on one another.
func (g *grid) gapAbove(row int) float64 {
	const slope, most = 8, 2.5
	far := 0.0
	for _, v := range g.rows[row] {
		for _, u := range g.up[v] {
			far = max(far, max(g.x[v]-g.x[u], g.x[u]-g.x[v]))
		}
	}
	return min(max(g.layerGap, far/slope), most*g.layerGap)
}

// corners are the top left corners of the nodes. Nodes stand at the top of their
// row.
func (g *grid) corners() []Point {
	out := make([]Point, len(g.part.nodes))
	for v := range out {
		out[v] = Point{g.x[v] - g.width[v]/2, g.top[g.row[v]]}
	}
	return out
}

func (g *grid) fullWidth() float64 {
	most := 0.0
	for v, x := range g.x {
		most = max(most, x+g.width[v]/2)
	}
	return most
}

func (g *grid) fullHeight() float64 {
	last := len(g.rows) - 1
	return g.top[last] + g.height[last]
}
