package layers

import (
	"cmp"
	"math"
	"slices"
)

// end is where a chain meets a node, at its top or at its bottom.
type end struct {
	chain int
	next  int     // the vertex after the node
	x     float64 // of the port
}

// setEnds finds the ends at every node's top and bottom, in the order in which
// their chains go on, and gives each its own port on the border.
func (g *grid) setEnds() (top, bottom [][]end) {
	n := len(g.part.nodes)
	top, bottom = make([][]end, n), make([][]end, n)
	for i, c := range g.chains {
		low, high := c[0], c[len(c)-1]
		top[low] = append(top[low], end{chain: i, next: c[1]})
		bottom[high] = append(bottom[high], end{chain: i, next: c[len(c)-2]})
	}
	for v := range n {
		for _, ends := range [][]end{top[v], bottom[v]} {
			slices.SortStableFunc(ends, func(a, b end) int {
				return cmp.Compare(g.place[a.next], g.place[b.next])
			})
			g.spread(v, ends)
		}
	}
	return top, bottom
}

// spread gives the ends at one side of a node their ports: a line from a bend
// right above or below it, so that it is upright; one from another node nearer
// to the middle the less far that is to the side.
func (g *grid) spread(v int, ends []end) {
	const apart = 1.5 // line gaps
	half := g.part.nodes[v].Width / 2
	middle := g.x[v] - g.width[v]/2 + half
	// The corners stay free.
	half -= min(g.nodeGap/3, half/3)
	far := 0.0
	for _, e := range ends {
		if !g.isBend(e.next) {
			far = max(far, math.Abs(g.x[e.next]-middle))
		}
	}
	wish := make([]float64, len(ends))
	for i, e := range ends {
		off := g.x[e.next] - middle
		switch {
		case g.isBend(e.next):
			off = max(-half, min(half, off))
		case len(ends) == 1:
			off = 0
		case far > half:
			off *= half / far
		}
		wish[i] = middle + off
	}
	gap := apart * g.lineGap
	if len(ends) > 1 {
		gap = min(gap, 2*half/float64(len(ends)-1))
	}
	for i, x := range keepApart(wish, gap, middle-half, middle+half) {
		ends[i].x = x
	}
}

// keepApart is the places nearest to those wished for, by the sum of squares,
// that are in the same order, at least gap apart and between low and high, where
// there must be room for them: the pooling of adjacent violators, of places less
// the gaps before them.
func keepApart(wish []float64, gap, low, high float64) []float64 {
	type pool struct {
		sum float64
		n   int
	}
	var pools []pool
	for i, w := range wish {
		pools = append(pools, pool{w - float64(i)*gap, 1})
		for k := len(pools) - 1; k > 0 && pools[k-1].sum/float64(pools[k-1].n) > pools[k].sum/float64(pools[k].n); k-- {
			pools[k-1].sum += pools[k].sum
			pools[k-1].n += pools[k].n
			pools = pools[:k]
		}
	}
	last := high - float64(len(wish)-1)*gap
	out := make([]float64, 0, len(wish))
	for _, p := range pools {
		at := max(low, min(last, p.sum/float64(p.n)))
		for range p.n {
			// Where there is no room for all, rounding must not lead past the end.
			out = append(out, min(high, at+float64(len(out))*gap))
		}
	}
	return out
}
