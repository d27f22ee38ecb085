package layers

import "math"

// ranking gives every node its row, 0 at the top: all that a node points to is
// in rows above its own.
type ranking struct {
	up, down [][]int   // of each node
	size     []float64 // what each takes of a row, with the gap
	bend     float64   // what a line takes that passes a row
	limit    float64   // how wide a row should be at most
	row      []int     // of each node
	free     bool      // what points nowhere may stand lower than the first row
}

// narrowest is how many average nodes may stand in a row of the smallest part.
const narrowest = 6.5

// rows are the rows of the part's nodes.
func (p *part) rows(o Options) []int {
	r := ranking{bend: o.lineGap(), size: p.room(o.lineGap())}
	r.up, r.down = p.neighbours()
	area, sum, widest := 0.0, 0.0, 0.0
	for i := range r.size {
		r.size[i] += o.NodeGap
		area += r.size[i] * (p.nodes[i].Height + o.LayerGap)
		sum += r.size[i]
		widest = max(widest, r.size[i])
	}
	r.limit = max(1.2*math.Sqrt(area*o.Aspect), narrowest*sum/float64(len(r.size)), widest)

	r.longestPath()
	r.shorten()
	if r.widest() > r.limit {
		r.fill()
		r.balance()
		r.free = true
		r.shorten()
	}
	p.limit = r.limit
	return r.row
}

// longestPath puts every node as high as it can stand.
func (r *ranking) longestPath() {
	r.row = make([]int, len(r.size))
	left := make([]int, len(r.size)) // links up to what has no row yet
	var next []int
	for i := range r.size {
		if left[i] = len(r.up[i]); left[i] == 0 {
			next = append(next, i)
		}
	}
	for ; len(next) > 0; next = next[1:] {
		n := next[0]
		for _, d := range r.down[n] {
			r.row[d] = max(r.row[d], r.row[n]+1)
			if left[d]--; left[d] == 0 {
				next = append(next, d)
			}
		}
	}
}

// loads are how full the rows are: of nodes, and of lines that pass them.
func (r *ranking) loads() []float64 {
	var out []float64
	for i, at := range r.row {
		for len(out) <= at {
			out = append(out, 0)
		}
		out[at] += r.size[i]
		for _, u := range r.up[i] {
			for passed := r.row[u] + 1; passed < at; passed++ {
				out[passed] += r.bend
			}
		}
	}
	return out
}

func (r *ranking) widest() float64 {
	most := 0.0
	for _, l := range r.loads() {
		most = max(most, l)
	}
	return most
}

// shorten moves nodes to where their links are shortest, one at a time, until
// there is no such move or it has been tried often enough.
func (r *ranking) shorten() {
	const tries = 16
	loads := r.loads()
	for range tries {
		moved := false
		for i := range r.row {
			if to := r.best(i, loads); to != r.row[i] {
				loads[r.row[i]] -= r.size[i]
				loads[to] += r.size[i]
				r.row[i], moved = to, true
			}
		}
		if !moved {
			break
		}
	}
	r.dropEmpty()
}

// best is the row in which the node's links are shortest, of those with room
// for it.
func (r *ranking) best(node int, loads []float64) int {
	pull := len(r.down[node]) - len(r.up[node]) // downwards
	at := r.row[node]
	if pull == 0 || len(r.up[node]) == 0 && !r.free {
		return at
	}
	step, end := 1, len(loads)
	for _, d := range r.down[node] {
		end = min(end, r.row[d])
	}
	if pull < 0 {
		step, end = -1, -1
		for _, u := range r.up[node] {
			end = max(end, r.row[u])
		}
	}
	best := at
	for to := at + step; to != end; to += step {
		if loads[to]+r.size[node] <= r.limit {
			best = to
		}
	}
	return best
}

// dropEmpty takes away rows that have no node.
func (r *ranking) dropEmpty() {
	var used []int
	for _, at := range r.row {
		for len(used) <= at {
			used = append(used, 0)
		}
		used[at] = 1
	}
	rows := 0
	for at, one := range used {
		used[at] = rows
		rows += one
	}
	for i, at := range r.row {
		r.row[i] = used[at]
	}
}

// balance makes the rows as narrow as they can be without a further row, so that
// the last of a broken row is not left with one or two.
func (r *ranking) balance() {
	wide, row := r.limit, r.row
	rows := len(r.loads())
	low, high := wide/2, wide
	for range 6 {
		r.limit = (low + high) / 2
		r.fill()
		if len(r.loads()) > rows {
			low = r.limit
			continue
		}
		high, row = r.limit, r.row
	}
	r.limit, r.row = high, row
}
