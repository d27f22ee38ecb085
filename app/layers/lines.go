package layers

import "slices"

// lines are the polylines of the part's links. Where a line passes a row it is
// upright, so it runs into no node; it slants between the rows only.
func (g *grid) lines() [][]Point {
	low, high := make([]float64, len(g.chains)), make([]float64, len(g.chains))
	top, bottom := g.setEnds()
	for v := range top {
		for _, e := range top[v] {
			low[e.chain] = e.x
		}
		for _, e := range bottom[v] {
			high[e.chain] = e.x
		}
	}
	out := make([][]Point, len(g.chains))
	for i, c := range g.chains {
		first, last := c[0], c[len(c)-1]
		line := []Point{{low[i], g.top[g.row[first]]}}
		for _, v := range c[1 : len(c)-1] {
			r := g.row[v]
			line = append(line, Point{g.x[v], g.top[r] + g.height[r]}, Point{g.x[v], g.top[r]})
		}
		r := g.row[last]
		line = append(line, Point{high[i], g.top[r] + g.height[r]},
			Point{high[i], g.top[r] + g.part.nodes[last].Height})
		if line = straightened(line); g.part.links[i].turned {
			slices.Reverse(line)
		}
		out[i] = line
	}
	return out
}

// straightened leaves out points that stand on a straight line, the ends apart.
func straightened(line []Point) []Point {
	out := line[:1]
	for i := 1; i < len(line); i++ {
		p, before := line[i], out[len(out)-1]
		if p == before && (i < len(line)-1 || len(out) > 1) {
			continue
		}
		if n := len(out); n > 1 && out[n-2].X == before.X && before.X == p.X {
			out[n-1] = p
			continue
		}
		out = append(out, p)
	}
	return out
}
