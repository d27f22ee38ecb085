package layers

import (
	"cmp"
	"slices"
)

// orderRows orders the rows so that few chains cross: from a first order by
// sweeps down and up, in which a vertex goes to the middle of its neighbours,
// and by changing neighbours that cross less the other way round (Gansner,
// Koutsofios, North and Vo, "A Technique for Drawing Directed Graphs", 1993).
func (g *grid) orderRows() {
	const patience = 6 // rounds without a better order
	// A round takes time with the vertices; this bounds the whole.
	rounds := min(max(400_000/len(g.row), 6), 40)
	var best [][]int
	fewest := -1
	keep := func() bool {
		n := g.crossings()
		if fewest >= 0 && n >= fewest {
			return false
		}
		fewest, best = n, make([][]int, len(g.rows))
		for r, row := range g.rows {
			best[r] = slices.Clone(row)
		}
		return true
	}
	for _, first := range []func(){g.fromAbove, g.fromBelow} {
		first()
		keep()
		for round, worse := 0, 0; round < rounds && worse < patience && fewest > 0; round++ {
			g.sweep(round%2 == 0, round%4 > 1)
			g.exchange()
			worse++
			if keep() {
				worse = 0
			}
		}
	}
	for r, row := range best {
		g.setRow(r, row)
	}
}

// setRow gives a row its order, and with it the lists of neighbours of the rows
// above and below.
func (g *grid) setRow(r int, row []int) {
	g.rows[r] = row
	for i, v := range row {
		g.place[v] = i
	}
	g.tellNeighbours(r)
}

func (g *grid) tellNeighbours(r int) {
	for _, v := range g.rows[r] {
		for _, u := range g.up[v] {
			g.down[u] = g.down[u][:0]
		}
		for _, d := range g.down[v] {
			g.up[d] = g.up[d][:0]
		}
	}
	for _, v := range g.rows[r] {
		for _, u := range g.up[v] {
			g.down[u] = append(g.down[u], v)
		}
		for _, d := range g.down[v] {
			g.up[d] = append(g.up[d], v)
		}
	}
}

// fromAbove orders the rows as a walk in depth meets their vertices, from the top.
func (g *grid) fromAbove() { g.walk(0, len(g.rows), 1) }

// fromBelow does so from the bottom.
func (g *grid) fromBelow() { g.walk(len(g.rows)-1, -1, -1) }

func (g *grid) walk(from, to, step int) {
	rows := make([][]int, len(g.rows))
	seen := make([]bool, len(g.row))
	ends := g.chainEnds()
	var visit func(v int)
	visit = func(v int) {
		if seen[v] {
			return
		}
		seen[v] = true
		rows[g.row[v]] = append(rows[g.row[v]], v)
		near := g.down[v]
		if step < 0 {
			near = g.up[v]
		}
		for _, n := range g.mixed(near, ends) {
			visit(n)
		}
	}
	for r := from; r != to; r += step {
		for v, at := range g.row {
			if at == r {
				visit(v)
			}
		}
	}
	for r, row := range rows {
		g.rows[r] = row
		for i, v := range row {
			g.place[v] = i
		}
	}
	for r := range rows {
		g.tellNeighbours(r)
	}
}

// chainEnds is, of each bend, the row in which its chain begins.
func (g *grid) chainEnds() []int {
	out := slices.Clone(g.row)
	for _, c := range g.chains {
		for _, v := range c[1 : len(c)-1] {
			out[v] = g.row[c[0]]
		}
	}
	return out
}

// mixed orders neighbours so that those whose chains end in the same row are
// spread evenly among the others: of a row that was broken in three, the three
// stand in columns and the lines between.
func (g *grid) mixed(near, ends []int) []int {
	all := map[int]int{}
	for _, n := range near {
		all[ends[n]]++
	}
	if len(all) < 2 {
		return slices.Clone(near)
	}
	share, met := map[int]float64{}, map[int]int{}
	for _, n := range near {
		if _, twice := share[n]; !twice {
			share[n] = float64(2*met[ends[n]]+1) / float64(2*all[ends[n]])
			met[ends[n]]++
		}
	}
	out := slices.Clone(near)
	slices.SortStableFunc(out, func(a, b int) int {
		return cmp.Or(cmp.Compare(share[a], share[b]), cmp.Compare(ends[a], ends[b]))
	})
	return out
}

// sweep puts the vertices of each row in the order of the middles of their
// neighbours in the row before. Of those with the same middle the last come
// first when it is to turn them.
func (g *grid) sweep(down, turn bool) {
	middle := make([]float64, len(g.row))
	for i := range g.rows {
		r, near := i, g.up
		if !down {
			r, near = len(g.rows)-1-i, g.down
		}
		var free, moved []int
		for _, v := range g.rows[r] {
			if len(near[v]) == 0 {
				continue
			}
			sum := 0
			for _, n := range near[v] {
				sum += g.place[n]
			}
			middle[v] = float64(sum) / float64(len(near[v]))
			free, moved = append(free, g.place[v]), append(moved, v)
		}
		if turn {
			slices.Reverse(moved)
		}
		slices.SortStableFunc(moved, func(a, b int) int { return cmp.Compare(middle[a], middle[b]) })
		row := g.rows[r]
		for j, v := range moved {
			row[free[j]] = v
		}
		g.setRow(r, row)
	}
}
