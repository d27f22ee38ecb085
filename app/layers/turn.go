package layers

// turnRound turns links until there is no cycle. The order of the nodes from the
// top is that of Eades, Lin and Smyth, "A Fast and Effective Heuristic for the
// Feedback Arc Set Problem" (1993): what points nowhere is next from the top,
// what nothing points to is next from the bottom, and else the one that most
// point to is next from the top. Of the links against that order, those that
// close no cycle are left as they are.
func (p *part) turnRound() {
	place := p.fromTheTop()
	for i, l := range p.links {
		if place[l.low] < place[l.high] {
			p.links[i] = link{low: l.high, high: l.low, turned: true}
		}
	}
	up := make([][]int, len(p.nodes)) // the links from each node
	for i, l := range p.links {
		up[l.low] = append(up[l.low], i)
	}
	for i, l := range p.links {
		if !l.turned {
			continue
		}
		// Back as it was, it goes from high to low: a cycle if a path leads up from
		// low to high without it.
		p.links[i] = link{}
		if !p.leads(l.low, l.high, up) {
			p.links[i] = link{low: l.high, high: l.low}
			up[l.high] = append(up[l.high], i)
			continue
		}
		p.links[i] = l
	}
}

// leads says whether a path of links leads up from one node to the other. A link
// whose ends are the same is left out.
func (p *part) leads(from, to int, up [][]int) bool {
	seen := make([]bool, len(p.nodes))
	seen[from] = true
	for next := []int{from}; len(next) > 0; {
		n := next[len(next)-1]
		next = next[:len(next)-1]
		for _, i := range up[n] {
			l := p.links[i]
			if l.low != n || l.high == l.low || seen[l.high] {
				continue
			}
			if l.high == to {
				return true
			}
			seen[l.high] = true
			next = append(next, l.high)
		}
	}
	return false
}

// fromTheTop is each node's place in the order.
func (p *part) fromTheTop() []int {
	n := len(p.nodes)
	up, down := p.neighbours()
	out, in := make([]int, n), make([]int, n)
	for i := range n {
		out[i], in[i] = len(up[i]), len(down[i])
	}
	place, placed := make([]int, n), make([]bool, n)
	first, last := 0, n-1
	var tops, bottoms []int
	take := func(node, at int) {
		place[node], placed[node] = at, true
		for _, d := range down[node] {
			if out[d]--; out[d] == 0 && !placed[d] {
				tops = append(tops, d)
			}
		}
		for _, u := range up[node] {
			if in[u]--; in[u] == 0 && !placed[u] {
				bottoms = append(bottoms, u)
			}
		}
	}
	for i := range n {
		if out[i] == 0 {
			tops = append(tops, i)
		} else if in[i] == 0 {
			bottoms = append(bottoms, i)
		}
	}
	for first <= last {
		var node int
		switch {
		case len(tops) > 0:
			if node, tops = tops[0], tops[1:]; !placed[node] {
				take(node, first)
				first++
			}
			continue
		case len(bottoms) > 0:
			if node, bottoms = bottoms[0], bottoms[1:]; !placed[node] {
				take(node, last)
				last--
			}
			continue
		}
		node = -1
		for i := range n {
			if !placed[i] && (node < 0 || in[i]-out[i] > in[node]-out[node]) {
				node = i
			}
		}
		take(node, first)
		first++
	}
	return place
}

// neighbours are, of each node, those it has a link up to and those it has a link
// down to; more than once when there are parallel links.
func (p *part) neighbours() (up, down [][]int) {
	up, down = make([][]int, len(p.nodes)), make([][]int, len(p.nodes))
	for _, l := range p.links {
		up[l.low] = append(up[l.low], l.high)
		down[l.high] = append(down[l.high], l.low)
	}
	return up, down
}
