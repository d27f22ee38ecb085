package layers

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// orderRows orders the rows so that few chains cross: from a first order by
// sweeps down and up, in which a vertex goes to the middle of its neighbours,
// and by changing neighbours that cross less the other way round (Gansner,
// Koutsofios, North and Vo, "A Technique for Drawing Directed Graphs", 1993).
// When that gets no further it begins anew from the best order, shaken.
func (g *grid) orderRows() {
	const (
		perNode  = 20_000 // places looked at, and of
		leastOf  = 200    // so many nodes at least; this bounds the time,
		inAny    = 8      // but so many rounds there are in any case
		patience = 4      // rounds without a better order
		shakes   = 24
	)
	rounds, most := 0, perNode*max(len(g.part.nodes), leastOf)
	enough := func() bool { return g.looked > most && rounds >= inAny }
	best := ordering{crossings: -1}
	random := rand.New(rand.NewPCG(1, 2)) // the same each time
	for try := 0; try < shakes && !enough() && best.crossings != 0; try++ {
		switch try {
		case 0:
			g.walk(0, len(g.rows), 1)
		case 1:
			g.walk(len(g.rows)-1, -1, -1)
		default:
			g.use(best)
			g.shake(random)
		}
		here := ordering{crossings: -1}
		for round, worse := 0, 0; !enough() && worse < patience; round++ {
			if round > 0 || try > 1 {
				g.sweep((round+try)%2 == 0, round%4 > 1)
				g.exchange()
			}
			rounds++
			worse++
			if g.fewer(&here) {
				worse = 0
			}
		}
		if best.crossings < 0 || here.crossings < best.crossings {
			best = here
		}
	}
	g.use(best)
}

// ordering is an order of all rows, and how often chains cross in it; -1 when
// there is none.
type ordering struct {
	rows      [][]int
	crossings int
}

// fewer notes the order of the rows as it is now, if it crosses less.
func (g *grid) fewer(than *ordering) bool {
	n := g.crossings()
	if than.crossings >= 0 && n >= than.crossings {
		return false
	}
	than.crossings, than.rows = n, make([][]int, len(g.rows))
	for r, row := range g.rows {
		than.rows[r] = slices.Clone(row)
	}
	return true
}

func (g *grid) use(o ordering) {
	for r, row := range o.rows {
		g.setRow(r, slices.Clone(row))
	}
}

// shake puts some vertices elsewhere in their rows.
func (g *grid) shake(random *rand.Rand) {
	const share = 12 // one in so many
	for r, row := range g.rows {
		for range (len(row) + share - 1) / share {
			i, j := random.IntN(len(row)), random.IntN(len(row))
			v := row[i]
			row = slices.Insert(slices.Delete(row, i, i+1), j, v)
		}
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

// walk orders the rows as a walk in depth meets their vertices, from the first
// of the given rows on.
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

// mixed orders neighbours so that those whose chains end in the same row stand
// in columns: of a row that was broken in three, one of each of the three, and
// then the next of each. The lines of a column run down beside it.
func (g *grid) mixed(near, ends []int) []int {
	all, columns := map[int]int{}, 0
	for _, n := range near {
		all[ends[n]]++
		columns = max(columns, all[ends[n]])
	}
	out := slices.Clone(near)
	if len(all) < 2 {
		return out
	}
	column, met := map[int]int{}, map[int]int{}
	for _, n := range near {
		if _, twice := column[n]; !twice {
			column[n] = (2*met[ends[n]] + 1) * columns / (2 * all[ends[n]])
			met[ends[n]]++
		}
	}
	slices.SortStableFunc(out, func(a, b int) int {
		return cmp.Or(cmp.Compare(column[a], column[b]), cmp.Compare(ends[a], ends[b]))
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
			g.looked += 4
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
