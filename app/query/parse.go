package query

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Parse reads any text. It never fails: what cannot be read as it was meant is
// read as words and told in Problems. Bytes that are no UTF-8 count as one
// code point each.
func Parse(text string, o Options) Query {
	p := read(text, o)
	return Query{Root: p.root, Problems: p.problems}
}

// parser reads a text once from its beginning to its end.
type parser struct {
	scanner
	pos      int
	typing   bool
	field    *Field // whose parenthesis this is, nil for none
	depth    int    // of parentheses
	leaves   int
	partial  bool // not all of the text was read
	root     Node
	problems []Problem

	openQuote bool // the end of the text left one open
	openGroup int  // and so many parentheses
	at        Completion
}

func read(text string, o Options) *parser {
	if p := newParser(clip(text, maxProse), o); p.prose() {
		return p
	}
	whole := utf8.RuneCountInString(text)
	p := newParser(clip(text, maxBytes), o)
	if n := len(p.text); n < whole {
		p.typing, p.partial = false, true
		p.complain(n, whole, "This is too long; the rest of it is left out.")
	}
	p.root = p.or()
	slices.SortStableFunc(p.problems, func(a, b Problem) int { return cmp.Compare(a.Start, b.Start) })
	return p
}

func newParser(text string, o Options) *parser {
	p := &parser{scanner: scanner{text: []rune(text)}, typing: o.Typing}
	p.at = Completion{Start: len(p.text), End: len(p.text)}
	return p
}

// clip cuts what is beyond so many bytes off, and the word that this would break:
// half a word finds something else.
func clip(text string, most int) string {
	if len(text) <= most {
		return text
	}
	cut := most
	for cut > most-utf8.UTFMax && !utf8.RuneStart(text[cut]) {
		cut--
	}
	if space := strings.LastIndexFunc(text[:cut], unicode.IsSpace); space > 0 {
		cut = space
	}
	return text[:cut]
}

func (p *parser) complain(start, end int, text string) {
	p.problems = append(p.problems, Problem{Start: start, End: end, Text: text})
}

// stop leaves out all from a place on.
func (p *parser) stop(from int, why string) {
	if !p.partial || p.pos < len(p.text) {
		p.complain(from, len(p.text), why)
	}
	p.pos, p.partial = len(p.text), true
}

// unfinished reports whether what ends here is what is being typed.
func (p *parser) unfinished(end int) bool { return p.typing && p.blanks(end) == len(p.text) }

// take reads the term up to end, and notes it when it is what is being typed.
func (p *parser) take(end int) string {
	term := string(p.text[p.pos:end])
	if end == len(p.text) {
		p.at = Completion{Field: p.fieldName(), Typed: term, Start: p.pos, End: end}
	}
	p.pos = end
	return term
}

func (p *parser) fieldName() string {
	if p.field == nil {
		return ""
	}
	return p.field.Name
}

func (p *parser) or() Node {
	nodes := []Node{p.and()}
	for p.more() && p.stands("OR") {
		p.take(p.termEnd(p.pos))
		nodes = append(nodes, p.and())
	}
	nodes = flat(nodes, func(n Node) []Node {
		if or, ok := n.(Or); ok {
			return or.Nodes
		}
		return nil
	})
	if len(nodes) < 2 {
		return first(nodes)
	}
	return Or{Nodes: nodes, At: hull(nodes)}
}

func (p *parser) and() Node {
	var nodes []Node
	strict := false
	for p.more() && (len(nodes) == 0 || !p.stands("OR")) {
		if len(nodes) > 0 && p.waiting() {
			break
		}
		if len(nodes) > 0 && p.stands("AND") {
			p.take(p.termEnd(p.pos))
			p.more()
			strict = true
		}
		nodes = append(nodes, p.nearby())
	}
	return both(nodes, strict)
}

// more passes over spaces, and over parentheses that close nothing, and reports
// whether something follows in this parenthesis.
func (p *parser) more() bool {
	for {
		p.pos = p.blanks(p.pos)
		switch {
		case p.pos == len(p.text):
			return false
		case !isClose(p.text[p.pos]):
			return !p.near || !p.distanceAt(p.pos)
		case p.depth > 0:
			return false
		}
		p.complain(p.pos, p.pos+1, "This parenthesis closes nothing; it is passed over.")
		p.pos++
	}
}

// stands reports whether an operator is here and something to its right.
func (p *parser) stands(operator string) bool {
	end := p.termEnd(p.pos)
	return string(p.text[p.pos:end]) == operator && p.follows(end)
}

func (p *parser) follows(end int) bool {
	i := p.blanks(end)
	return i < len(p.text) && !isClose(p.text[i]) && (!p.near || !p.distanceAt(i))
}

// waiting passes over an operator whose right side is still to be typed.
func (p *parser) waiting() bool {
	end := p.termEnd(p.pos)
	if term := string(p.text[p.pos:end]); term == "NOT" || !isOperator(term) || !p.unfinished(end) {
		return false
	}
	p.take(end)
	return true
}

// not reads what may have a minus or NOT before it.
func (p *parser) not() Node {
	start := p.pos
	if p.minus() {
		p.pos++
		return negated(start, p.operand(false))
	}
	end := p.termEnd(p.pos)
	if string(p.text[p.pos:end]) != "NOT" {
		return p.operand(true)
	}
	if p.unfinished(end) {
		p.take(end)
		return nil
	}
	next := p.blanks(end)
	after := string(p.text[next:p.termEnd(next)])
	if !p.follows(end) || after != "NOT" && isOperator(after) && !p.opens(p.termEnd(next)) {
		return p.operand(true)
	}
	p.pos = next
	return negated(start, p.not())
}

func (p *parser) opens(i int) bool { return i < len(p.text) && isOpen(p.text[i]) }

// minus reports whether one stands here that excludes. Two in a row, as in
// --verbose, are text.
func (p *parser) minus() bool {
	if !isMinus(p.text[p.pos]) || p.pos+1 == len(p.text) {
		return false
	}
	if p.pos > 0 {
		before := p.text[p.pos-1]
		if !unicode.IsSpace(before) && !isOpen(before) && !isClose(before) {
			return false
		}
	}
	next := p.text[p.pos+1]
	return !unicode.IsSpace(next) && !isClose(next) && !isMinus(next)
}

// operand reads a parenthesis, a phrase, a field or a word; with operators, one
// of these stands where it cannot be one.
func (p *parser) operand(operators bool) Node {
	start := p.pos
	switch {
	case isOpen(p.text[start]):
		n, _, _ := p.group(p.field, false)
		return widened(n, start, p.pos)
	case p.quoteAt(start):
		return p.quoted(start)
	}
	end := p.termEnd(start)
	term := string(p.text[start:end])
	valued := p.field != nil && !p.field.Text
	switch {
	case !valued && p.opens(end) && (term == "NEAR" || isNear(term)):
		return p.nearGroup(end)
	case operators && isOperator(term):
		if !p.unfinished(end) {
			side := "between two things"
			if term == "NOT" {
				side = "before what it excludes"
			}
			p.complain(start, end, term+" stands "+side+"; here it is read as a word.")
		}
	case term == "NEAR" && p.opens(p.blanks(end)):
		p.complain(start, end, "NEAR and its parenthesis belong together, as in NEAR(a b); with a space it is read as a word.")
	default:
		if f, value := p.fieldAt(start); f != nil {
			return p.inField(f, value)
		}
		p.noField(start, end)
	}
	return p.term(start, end)
}

// group reads the parenthesis that opens here; with near, its distance too.
func (p *parser) group(f *Field, near bool) (n Node, distance int, closed bool) {
	open := p.pos
	if p.depth == maxDepth {
		p.stop(open, "There are too many parentheses in one another; the rest from here is left out.")
		return nil, 0, false
	}
	p.pos++
	field, wasNear := p.field, p.near
	p.field, p.near = f, near
	p.depth++
	n = p.or()
	p.field, p.near = field, wasNear
	p.depth--
	if near && p.pos < len(p.text) && !isClose(p.text[p.pos]) {
		number := p.blanks(p.pos + 1)
		end := p.digits(number)
		distance = p.apart(number, end)
		p.pos = p.blanks(end)
	} else {
		distance = -1
	}
	if p.pos < len(p.text) {
		p.pos++
		return n, distance, true
	}
	p.openGroup++
	if !p.typing && !p.partial {
		p.complain(open, open+1, "This parenthesis is not closed; it is closed at the end.")
	}
	return n, distance, false
}
