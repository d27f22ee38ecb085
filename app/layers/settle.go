package layers

// settle moves nodes, and the straight runs of bends, to the middle of what they
// are connected with, as far as their neighbours in the rows leave room.
func (g *grid) settle() {
	const rounds = 24
	runs := g.runs()
	for round := range rounds {
		for i := range runs {
			run := runs[i]
			if round%2 == 1 {
				run = runs[len(runs)-1-i]
			}
			g.move(run)
		}
	}
}

// runs are what moves together: each node by itself, and bends of one chain that
// stand straight below one another. From left to right in each row, and in the
// order of the rows.
func (g *grid) runs() [][]int {
	const straight = 1e-6
	var out [][]int
	for _, row := range g.rows {
		for _, v := range row {
			if u := g.bendAbove(v); u >= 0 && g.x[u]-g.x[v] < straight && g.x[v]-g.x[u] < straight {
				continue // it is in the run of the one above
			}
			run := []int{v}
			for w := v; g.isBend(w); {
				d := g.down[w][0]
				if !g.isBend(d) || g.x[d]-g.x[w] > straight || g.x[w]-g.x[d] > straight {
					break
				}
				run, w = append(run, d), d
			}
			out = append(out, run)
		}
	}
	return out
}

// move moves a run to the middle of what it is connected with. What is below a
// node counts more than what is above: it stands over the middle of its own.
func (g *grid) move(run []int) {
	up, down := g.up[run[0]], g.down[run[len(run)-1]]
	above, sum, weight := 1.0, 0.0, 0.0
	if len(down) > 0 && !g.isBend(run[0]) {
		above = 0.05
	}
	for _, u := range up {
		sum, weight = sum+above*g.x[u], weight+above
	}
	for _, d := range down {
		sum, weight = sum+g.x[d], weight+1
	}
	to := sum / weight
	at := g.x[run[0]]
	for _, v := range run {
		row, i := g.rows[g.row[v]], g.place[v]
		if i > 0 && to < at {
			to = min(at, max(to, g.x[row[i-1]]+g.apart(row[i-1], v)))
		}
		if i < len(row)-1 && to > at {
			to = max(at, min(to, g.x[row[i+1]]-g.apart(v, row[i+1])))
		}
	}
	for _, v := range run {
		g.x[v] = to
	}
}
