package query

// defaultDistance is that of a NEAR without a number.
const defaultDistance = 10

const wrongNear = `NEAR is between words, beginnings* and "phrases" only; here they need not be near.`

// nearby reads operands with NEAR/5 between them. A chain at one distance is one
// Near.
func (p *parser) nearby() Node {
	start := p.pos
	left := p.not()
	var chain []Node
	last := -1
	for p.more() {
		end := p.termEnd(p.pos)
		if !isNear(string(p.text[p.pos:end])) || p.opens(end) || !p.follows(end) {
			break
		}
		operator := Span{Start: p.pos, End: end}
		distance := p.apart(p.pos+len("NEAR/"), end)
		p.take(end)
		p.more()
		right := p.not()
		if distance != last {
			chain = []Node{left}
		}
		chain, last = append(chain, right), distance
		switch {
		case left == nil || right == nil:
			left, last = both([]Node{left, right}, true), -1
		case nearable(chain):
			left = Near{Nodes: chain, Distance: distance, At: Span{Start: start, End: right.Span().End}}
		default:
			p.complain(operator.Start, operator.End, wrongNear)
			left, last = both([]Node{left, right}, true), -1
		}
	}
	return left
}

// nearGroup reads NEAR(a b, 10) or NEAR/10(a b), whose parenthesis opens at open.
func (p *parser) nearGroup(open int) Node {
	start := p.pos
	distance := defaultDistance
	if number := start + len("NEAR/"); open > number {
		distance = p.apart(number, open)
	}
	p.pos = open
	n, written, closed := p.group(p.field, true)
	if written >= 0 {
		distance = written
	}
	nodes := []Node{n}
	if and, ok := n.(And); ok {
		nodes = and.Nodes
	}
	switch {
	case n == nil:
		return nil
	case len(nodes) > 1 && nearable(nodes):
		return Near{Nodes: nodes, Distance: distance, At: Span{Start: start, End: p.pos}}
	case len(nodes) == 1 && nearable(nodes) && !closed && p.typing: // the second is still to come
	case len(nodes) == 1 && nearable(nodes):
		p.complain(start, open, "NEAR takes two words or more; it is passed over.")
	default:
		p.complain(start, open, wrongNear)
	}
	return widened(n, start, p.pos)
}

func nearable(nodes []Node) bool {
	for _, n := range nodes {
		switch n := n.(type) {
		case Word:
			if n.Wild || n.Fuzzy != 0 {
				return false
			}
		case Phrase:
			if n.Slop != 0 {
				return false
			}
		default:
			return false
		}
	}
	return true
}
