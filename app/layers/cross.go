package layers

import "slices"

// crossings is how many pairs of chains cross.
func (g *grid) crossings() int {
	sum := 0
	var tree []int
	for r := 1; r < len(g.rows); r++ {
		n := len(g.rows[r])
		tree = append(tree[:0], make([]int, n+1)...)
		seen := 0
		// Each segment crosses those before it that end further right: counted by
		// the sums of a Fenwick tree.
		for _, u := range g.rows[r-1] {
			g.looked += len(g.down[u])
			for _, v := range g.down[u] {
				before := 0
				for i := g.place[v] + 1; i > 0; i &= i - 1 {
					before += tree[i]
				}
				sum += seen - before
				for i := g.place[v] + 1; i <= n; i += i & -i {
					tree[i]++
				}
				seen++
			}
		}
	}
	return sum
}

// exchange changes neighbours in the rows as long as that saves crossings.
func (g *grid) exchange() {
	const tries = 8
	for range tries {
		saved := false
		g.looked += len(g.row)
		for r, row := range g.rows {
			moved := false
			for i := 1; i < len(row); i++ {
				a, b := row[i-1], row[i]
				now, then := g.pairCrossings(a, b)
				if then < now {
					row[i-1], row[i] = b, a
					g.place[a], g.place[b] = i, i-1
					moved = true
				}
			}
			if moved {
				g.tellNeighbours(r)
				saved = true
			}
		}
		if !saved {
			return
		}
	}
}

// pairCrossings is how often the segments of two vertices of a row cross with a
// to the left of b, and the other way round.
func (g *grid) pairCrossings(a, b int) (now, then int) {
	for _, near := range []([][]int){g.up, g.down} {
		n, t := g.inversions(near[a], near[b])
		now, then = now+n, then+t
	}
	return now, then
}

// inversions is how many pairs of the two lists have the one of a further right
// than that of b, and further left. Both lists are in order.
func (g *grid) inversions(a, b []int) (right, left int) {
	g.looked += len(a) + len(b)
	less, same := 0, 0 // in b, than the place of the one of a
	for _, v := range a {
		at := g.place[v]
		for less < len(b) && g.place[b[less]] < at {
			less++
		}
		same = max(same, less)
		for same < len(b) && g.place[b[same]] == at {
			same++
		}
		right += less
		left += len(b) - same
	}
	return right, left
}

// mirror is the grid as it is seen from below, from the right, or both. It has
// the rows and neighbours only.
func (g *grid) mirror(below, right bool) *grid {
	m := *g
	m.rows, m.place = make([][]int, len(g.rows)), make([]int, len(g.row))
	m.up, m.down = make([][]int, len(g.row)), make([][]int, len(g.row))
	for r, row := range g.rows {
		m.rows[r] = slices.Clone(row)
	}
	for v := range g.row {
		m.up[v], m.down[v] = slices.Clone(g.up[v]), slices.Clone(g.down[v])
	}
	if below {
		slices.Reverse(m.rows)
		m.up, m.down = m.down, m.up
	}
	if right {
		for r := range m.rows {
			slices.Reverse(m.rows[r])
		}
		for v := range m.row {
			slices.Reverse(m.up[v])
			slices.Reverse(m.down[v])
		}
	}
	for _, row := range m.rows {
		for i, v := range row {
			m.place[v] = i
		}
	}
	return &m
}
