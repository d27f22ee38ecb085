package layers

import (
	"math"
	"slices"
)

// setColumns gives every vertex its x, in the order of the rows: by the four
// extreme layouts of Brandes and Köpf, "Fast and Simple Horizontal Coordinate
// Assignment" (2002), and their middle; the blocks are put side by side by
// longest paths. Long links are straight where they pass rows. Then every node
// moves to its neighbours as far as there is room.
func (g *grid) setColumns() {
	broken := g.brokenSegments()
	var all [4][]float64
	narrowest, width := 0, math.Inf(1)
	for i := range all {
		right := i%2 == 1
		all[i] = g.mirror(i > 1, right).extreme(broken)
		if right {
			for v := range all[i] {
				all[i][v] = -all[i][v]
			}
		}
		if low, high := g.bounds(all[i]); high-low < width {
			narrowest, width = i, high-low
		}
	}
	low, high := g.bounds(all[narrowest])
	for i := range all {
		l, h := g.bounds(all[i])
		by := low - l
		if i%2 == 1 {
			by = high - h
		}
		for v := range all[i] {
			all[i][v] += by
		}
	}
	for v := range g.x {
		four := []float64{all[0][v], all[1][v], all[2][v], all[3][v]}
		slices.Sort(four)
		g.x[v] = (four[1] + four[2]) / 2
	}
	g.settle()
	g.squeeze(1.3 * g.part.limit)
	g.settle()
	low, _ = g.bounds(g.x)
	for v := range g.x {
		g.x[v] = max(g.x[v]-low, g.width[v]/2) // not below by rounding
	}
}

// bounds are the left and right side of a layout.
func (g *grid) bounds(x []float64) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for v := range x {
		low, high = min(low, x[v]-g.width[v]/2), max(high, x[v]+g.width[v]/2)
	}
	return low, high
}

// segment is a piece of a chain between two rows.
type segment struct{ upper, lower int }

// brokenSegments are those between two nodes that cross one between two bends:
// the long link stays straight.
func (g *grid) brokenSegments() map[segment]bool {
	out := map[segment]bool{}
	for r := 1; r < len(g.rows); r++ {
		lower := g.rows[r]
		from, left := 0, -1
		for i, v := range lower {
			inner := g.bendAbove(v)
			if inner < 0 && i < len(lower)-1 {
				continue
			}
			right := len(g.rows[r-1])
			if inner >= 0 {
				right = g.place[inner]
			}
			for ; from <= i; from++ {
				for _, u := range g.up[lower[from]] {
					if (g.place[u] < left || g.place[u] > right) && !g.isBend(u) && !g.isBend(lower[from]) {
						out[segment{u, lower[from]}] = true
						out[segment{lower[from], u}] = true
					}
				}
			}
			left = max(left, right)
		}
	}
	return out
}

// bendAbove is the bend that a chain leads up to from a bend; -1 when there is none.
func (g *grid) bendAbove(v int) int {
	if g.isBend(v) && len(g.up[v]) == 1 && g.isBend(g.up[v][0]) {
		return g.up[v][0]
	}
	return -1
}

// extreme is the layout that aligns every vertex with a middle neighbour in the
// row above, the left one of two, and puts what is aligned as far left as it
// goes. Bends are aligned with bends and nodes with nodes only: the end of a
// long link may stand beside it.
func (g *grid) extreme(broken map[segment]bool) []float64 {
	root, next := make([]int, len(g.row)), make([]int, len(g.row))
	for v := range root {
		root[v], next[v] = v, v
	}
	for r := 1; r < len(g.rows); r++ {
		last := -1
		for _, v := range g.rows[r] {
			var near []int
			for _, u := range g.up[v] {
				if g.isBend(u) == g.isBend(v) {
					near = append(near, u)
				}
			}
			if len(near) == 0 {
				continue
			}
			for _, u := range near[(len(near)-1)/2 : len(near)/2+1] {
				if next[v] != v || g.place[u] <= last || broken[segment{u, v}] {
					continue
				}
				next[u], root[v] = v, root[u]
				next[v] = root[v]
				last = g.place[u]
			}
		}
	}
	return g.compact(root)
}

// beside says that a block stands to the right of another, and how far at least.
type beside struct {
	block int
	apart float64
}

// compact puts the blocks, each named by its first vertex, as far left as they
// go, and then as near to what is right of them as they go.
func (g *grid) compact(root []int) []float64 {
	rightOf := make([][]beside, len(root))
	waits := make([]int, len(root))
	for _, row := range g.rows {
		for i := 1; i < len(row); i++ {
			a, b := root[row[i-1]], root[row[i]]
			rightOf[a] = append(rightOf[a], beside{b, g.apart(row[i-1], row[i])})
			waits[b]++
		}
	}
	x := make([]float64, len(root))
	var order []int
	for v := range root {
		if root[v] == v && waits[v] == 0 {
			order = append(order, v)
		}
	}
	for i := 0; i < len(order); i++ {
		for _, b := range rightOf[order[i]] {
			x[b.block] = max(x[b.block], x[order[i]]+b.apart)
			if waits[b.block]--; waits[b.block] == 0 {
				order = append(order, b.block)
			}
		}
	}
	for i := len(order) - 1; i >= 0; i-- {
		room := math.Inf(1)
		for _, b := range rightOf[order[i]] {
			room = min(room, x[b.block]-b.apart)
		}
		if !math.IsInf(room, 1) {
			x[order[i]] = max(x[order[i]], room)
		}
	}
	out := make([]float64, len(root))
	for v := range out {
		out[v] = x[root[v]]
	}
	return out
}
