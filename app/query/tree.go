package query

// both is the And of nodes, of which some may be nothing.
func both(nodes []Node, strict bool) Node {
	nodes = flat(nodes, func(n Node) []Node {
		and, _ := n.(And)
		strict = strict || and.Strict
		return and.Nodes
	})
	if len(nodes) < 2 {
		return first(nodes)
	}
	return And{Nodes: nodes, Strict: strict, At: hull(nodes)}
}

// flat leaves out what is nothing, and puts in its place what a node is made of.
func flat(nodes []Node, parts func(Node) []Node) []Node {
	var out []Node
	for _, n := range nodes {
		if inner := parts(n); inner != nil {
			out = append(out, inner...)
		} else if n != nil {
			out = append(out, n)
		}
	}
	return out
}

func first(nodes []Node) Node {
	if len(nodes) == 0 {
		return nil
	}
	return nodes[0]
}

func hull(nodes []Node) Span {
	return Span{Start: nodes[0].Span().Start, End: nodes[len(nodes)-1].Span().End}
}

func negated(start int, n Node) Node {
	switch n := n.(type) {
	case nil:
		return nil
	case Not:
		return widened(n.Node, start, n.At.End)
	}
	return Not{Node: n, At: Span{Start: start, End: n.Span().End}}
}

// widened gives a node the place of what was written around it, so that who
// takes it out of the text leaves no empty parenthesis.
func widened(n Node, start, end int) Node {
	at := Span{Start: start, End: end}
	switch n := n.(type) {
	case Not:
		n.At = at
		return n
	case Near:
		n.At = at
		return n
	case Within:
		n.At = at
		return n
	case Prose:
		n.At = at
		return n
	case Word:
		n.At = at
		return n
	case Phrase:
		n.At = at
		return n
	case Condition:
		n.At = at
		return n
	}
	return n
}
