package layers

import (
	"cmp"
	"slices"
)

// filling gives nodes their rows from the top, a row at a time, each no wider
// than the limit: list scheduling, as of Coffman and Graham, "Optimal Scheduling
// for Two-Processor Systems" (1972), with an order that keeps links short. What
// a row has begun is finished before something new is begun.
type filling struct {
	*ranking
	waits  []int // how many of what each node points to have no row yet
	placed []bool
	left   int // nodes without a row
	lines  int // links of which only the upper end has a row

	width   float64 // of the row that is being filled
	asked   float64 // what the next row will have to hold
	current int
}

// fill gives every node a row.
func (r *ranking) fill() {
	f := filling{ranking: r, waits: make([]int, len(r.size)), placed: make([]bool, len(r.size)), left: len(r.size)}
	for i := range f.waits {
		f.waits[i] = len(r.up[i])
	}
	r.row = make([]int, len(r.size))
	for ; f.left > 0; f.current++ {
		f.width = min(float64(f.lines)*f.bend, f.limit/2)
		empty := f.left
		called, tops := f.ready()
		f.asked = 0
		slices.SortFunc(called, f.moreCalled)
		for _, next := range called {
			if f.fits(next) || f.left == empty {
				f.put(next)
			} else {
				f.asked += f.size[next]
			}
		}
		for len(tops) > 0 {
			var next int
			next, tops = f.nearest(tops)
			if f.left == empty || f.fits(next) && f.asked+f.calls(next) <= f.limit {
				f.put(next)
			}
		}
	}
}

// ready are the nodes that can stand in this row: those that point to something,
// and those that point nowhere.
func (f *filling) ready() (called, tops []int) {
	for i := range f.row {
		switch {
		case f.placed[i] || f.waits[i] > 0:
		case len(f.up[i]) > 0:
			called = append(called, i)
		default:
			tops = append(tops, i)
		}
	}
	return called, tops
}

// moreCalled puts first what ends more lines, then what has waited longer, then
// what nothing points to: what is below the others comes right after them.
func (f *filling) moreCalled(a, b int) int {
	return cmp.Or(
		cmp.Compare(len(f.up[b]), len(f.up[a])),
		cmp.Compare(f.since(a), f.since(b)),
		cmp.Compare(min(1, len(f.down[a])), min(1, len(f.down[b]))),
		cmp.Compare(a, b),
	)
}

// since is the row from which the node could stand.
func (f *filling) since(node int) int {
	lowest := 0
	for _, u := range f.up[node] {
		lowest = max(lowest, f.row[u]+1)
	}
	return lowest
}

// nearest takes from the list what most lines are waiting for.
func (f *filling) nearest(of []int) (int, []int) {
	first, most := 0, -1
	for i, node := range of {
		if n := f.waiting(node); n > most {
			first, most = i, n
		}
	}
	node := of[first]
	return node, append(of[:first], of[first+1:]...)
}

// waiting is how many lines from above end in nodes that also wait for this one.
func (f *filling) waiting(node int) int {
	n := 0
	for _, d := range f.down[node] {
		for _, u := range f.up[d] {
			if f.placed[u] {
				n += f.current - f.row[u]
			}
		}
	}
	return n
}

// calls is what the next rows have to hold once the node stands.
func (f *filling) calls(node int) float64 {
	sum := 0.0
	for _, d := range f.down[node] {
		sum += f.size[d]
	}
	return sum
}

// fits says whether the row has room for the node in place of the lines that it
// ends.
func (f *filling) fits(node int) bool {
	return f.width+f.size[node]-f.bend*float64(len(f.up[node])) <= f.limit
}

func (f *filling) put(node int) {
	f.row[node], f.placed[node] = f.current, true
	f.left--
	f.width += f.size[node] - f.bend*float64(len(f.up[node]))
	f.lines += len(f.down[node]) - len(f.up[node])
	for _, d := range f.down[node] {
		if f.waits[d]--; f.waits[d] == 0 {
			f.asked += f.size[d]
		}
	}
}
