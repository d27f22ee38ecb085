package layers

// part is a connected part of the graph. Its nodes and edges are named by their
// places in its own lists.
type part struct {
	nodes []Node
	links []link  // the edges between two nodes
	loops []int   // the nodes of edges from a node to itself
	limit float64 // how wide a row should be at most, once the nodes have rows

	nodeAt, linkAt, loopAt []int // their places in the lists of the whole graph
}

// link is an edge: high is to stand above low. It is turned when it closes a
// cycle, and then low is the node that the edge points to.
type link struct {
	low, high int
	turned    bool
}

// split takes the graph apart, in the order of each part's first node: the parts
// with more than one node, and the nodes that stand alone.
func split(nodes []Node, edges []Edge) (parts, single []part) {
	in := func(i int) bool { return i >= 0 && i < len(nodes) }
	near := make([][]int, len(nodes))
	for _, e := range edges {
		if in(e.From) && in(e.To) && e.From != e.To {
			near[e.From] = append(near[e.From], e.To)
			near[e.To] = append(near[e.To], e.From)
		}
	}

	var all []part
	partOf, local := make([]int, len(nodes)), make([]int, len(nodes))
	for i := range nodes {
		partOf[i] = -1
	}
	for i := range nodes {
		if partOf[i] < 0 {
			reach(i, near, partOf, len(all))
			all = append(all, part{})
		}
		p := &all[partOf[i]]
		local[i] = len(p.nodes)
		p.nodes, p.nodeAt = append(p.nodes, nodes[i]), append(p.nodeAt, i)
	}
	for i, e := range edges {
		if !in(e.From) || !in(e.To) {
			continue
		}
		p := &all[partOf[e.From]]
		if e.From == e.To {
			p.loops, p.loopAt = append(p.loops, local[e.From]), append(p.loopAt, i)
			continue
		}
		p.links = append(p.links, link{low: local[e.From], high: local[e.To]})
		p.linkAt = append(p.linkAt, i)
	}

	for _, p := range all {
		if len(p.nodes) > 1 {
			parts = append(parts, p)
		} else {
			single = append(single, p)
		}
	}
	return parts, single
}

// reach marks all that is connected with the node as of part number.
func reach(node int, near [][]int, partOf []int, number int) {
	partOf[node] = number
	for next := []int{node}; len(next) > 0; {
		last := next[len(next)-1]
		next = next[:len(next)-1]
		for _, n := range near[last] {
			if partOf[n] < 0 {
				partOf[n] = number
				next = append(next, n)
			}
		}
	}
}

// drawing is a part that is laid out, with its top left corner at 0, 0 until it
// is moved.
type drawing struct {
	of            *part
	nodes         []Point
	lines, loops  [][]Point
	width, height float64
	corner        Point
}

// draw lays the part out.
func (p *part) draw(o Options) drawing {
	d := drawing{of: p}
	if len(p.nodes) == 1 {
		d.nodes = []Point{{}}
		d.width, d.height = p.room(o.lineGap())[0], p.nodes[0].Height
	} else {
		p.turnRound()
		g := p.grid(p.rows(o), o)
		g.orderRows()
		g.setColumns()
		g.setHeights()
		d.lines = g.lines()
		d.nodes, d.width, d.height = g.corners(), g.fullWidth(), g.fullHeight()
	}
	d.loops = p.drawLoops(d.nodes, o.lineGap())
	return d
}

// room is what each node takes of a row's width: itself, and its loops to the
// right of it.
func (p *part) room(gap float64) []float64 {
	out := make([]float64, len(p.nodes))
	for i, n := range p.nodes {
		out[i] = n.Width
	}
	for _, n := range p.loops {
		out[n] += gap
	}
	return out
}

// drawLoops draws the edges from a node to itself: the first goes round a
// quarter of the right side, and each further one round the one before.
func (p *part) drawLoops(at []Point, gap float64) [][]Point {
	all := make([]int, len(p.nodes))
	for _, n := range p.loops {
		all[n]++
	}
	out, drawn := make([][]Point, len(p.loops)), make([]int, len(p.nodes))
	for i, n := range p.loops {
		drawn[n]++
		share := 0.125 + 0.375*float64(drawn[n])/float64(all[n]+1)
		left := at[n].X + p.nodes[n].Width
		right := left + gap*float64(drawn[n])
		middle := at[n].Y + p.nodes[n].Height/2
		above, below := middle-share*p.nodes[n].Height, middle+share*p.nodes[n].Height
		out[i] = []Point{{left, below}, {right, below}, {right, above}, {left, above}}
	}
	return out
}

// putInto writes the drawing into the layout of the whole graph.
func (d drawing) putInto(l *Layout) {
	moved := func(p Point) Point { return Point{p.X + d.corner.X, p.Y + d.corner.Y} }
	for i, at := range d.nodes {
		l.Nodes[d.of.nodeAt[i]] = moved(at)
	}
	put := func(lines [][]Point, at []int) {
		for i, line := range lines {
			for j := range line {
				line[j] = moved(line[j])
			}
			l.Edges[at[i]] = line
		}
	}
	put(d.lines, d.of.linkAt)
	put(d.loops, d.of.loopAt)
	l.Width = max(l.Width, d.corner.X+d.width)
	l.Height = max(l.Height, d.corner.Y+d.height)
}
