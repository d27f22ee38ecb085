package query

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Has reports whether the condition field:value holds for all that a text asks
// for: whether it stands alone or beside others, not in an OR or a NOT. Values
// are compared without regard to case.
func Has(text, field, value string) bool {
	want := conditionOf(field, value)
	return want != nil && slices.ContainsFunc(conjuncts(Parse(text, Options{}).Root), func(n Node) bool { return same(n, want) })
}

// Toggle returns the text with the condition field:value as a further one at its
// end, or without it wherever Has sees it. All else stays as it was typed,
// but that an OR is put into parentheses, what is open is closed, and a text
// to which nothing can be added so is written in its one form (String). A
// condition that no field takes changes nothing.
func Toggle(text, field, value string, on bool) string {
	want := conditionOf(field, value)
	if want == nil || Has(text, field, value) == on {
		return text
	}
	if on {
		return added(text, want)
	}
	for {
		root := Parse(text, Options{}).Root
		left := conjuncts(root)
		i := slices.IndexFunc(left, func(n Node) bool { return same(n, want) })
		if i < 0 {
			return text
		}
		and, _ := root.(And)
		rest := both(slices.Delete(slices.Clone(left), i, i+1), and.Strict)
		text = without(text, left[i].Span(), rest)
	}
}

// conditionOf is what field:value asks for, nil when that is no condition.
func conditionOf(field, value string) Node {
	f := fieldNamed(field)
	if f == nil {
		return nil
	}
	q := Parse(f.Name+":"+Quote(value), Options{})
	if len(q.Problems) > 0 {
		return nil
	}
	switch q.Root.(type) {
	case Condition, Within:
		return q.Root
	}
	return nil
}

func conjuncts(root Node) []Node {
	if and, ok := root.(And); ok {
		return and.Nodes
	}
	if root == nil {
		return nil
	}
	return []Node{root}
}

func same(n, want Node) bool {
	a, ok := n.(Condition)
	b, wanted := want.(Condition)
	if ok && wanted {
		return a.Field == b.Field && strings.EqualFold(a.Value, b.Value)
	}
	return equal(n, want)
}

// equal reports whether two trees ask for the same, wherever they stand.
func equal(a, b Node) bool { return Query{Root: a}.String() == Query{Root: b}.String() }

func added(text string, want Node) string {
	condition := render(want)
	p := read(text, Options{})
	closed := strings.TrimRightFunc(text, unicode.IsSpace)
	if closed == "" {
		return condition
	}
	if p.openQuote {
		closed += `"`
	}
	closed += strings.Repeat(")", p.openGroup)
	and, _ := p.root.(And)
	goal := both([]Node{p.root, want}, and.Strict)
	for _, try := range []string{
		closed + " " + condition,
		"(" + closed + ") " + condition,
		"(" + render(p.root) + ") " + condition,
	} {
		if got := read(try, Options{}); !got.partial && loose(got.root, goal) {
			return try
		}
	}
	if _, ok := p.root.(Or); ok {
		closed = "(" + closed + ")"
	}
	return condition + " " + closed // what is beyond the limits is left out at the end
}

// loose is equal but for whether AND was written.
func loose(a, b Node) bool {
	if and, ok := a.(And); ok {
		and.Strict = false
		a = and
	}
	if and, ok := b.(And); ok {
		and.Strict = false
		b = and
	}
	return equal(a, b)
}

// without takes a condition out of a text, and with it the AND that joined it.
func without(text string, at Span, rest Node) string {
	before, after := text[:byteAt(text, at.Start)], text[byteAt(text, at.End):]
	for _, cut := range [][2]string{
		{before, after},
		{cutLastAnd(before), after},
		{before, cutFirstAnd(after)},
	} {
		if try := joined(cut[0], cut[1]); isClean(try, text) && loose(Parse(try, Options{}).Root, rest) {
			return try
		}
	}
	return Query{Root: rest}.String()
}

// isClean reports whether a text has no more problems than it had.
func isClean(text, had string) bool {
	return len(Parse(text, Options{}).Problems) <= len(Parse(had, Options{}).Problems)
}

func cutLastAnd(s string) string {
	return strings.TrimSuffix(strings.TrimRightFunc(s, unicode.IsSpace), "AND")
}

func cutFirstAnd(s string) string {
	return strings.TrimPrefix(strings.TrimLeftFunc(s, unicode.IsSpace), "AND")
}

// joined puts two ends of a text together where something between them was
// taken out, with no more space than stood there.
func joined(before, after string) string {
	left, right := strings.TrimRightFunc(before, unicode.IsSpace), strings.TrimLeftFunc(after, unicode.IsSpace)
	space := before[len(left):]
	if space == "" {
		space = after[:len(after)-len(right)]
	}
	last, _ := utf8.DecodeLastRuneInString(left)
	first, _ := utf8.DecodeRuneInString(right)
	switch {
	case left == "" || right == "" || isOpen(last) || isClose(first):
		space = ""
	case space == "":
		space = " "
	}
	return left + space + right
}

// byteAt is where a code point of a text begins.
func byteAt(text string, codePoint int) int {
	for i := range text {
		if codePoint == 0 {
			return i
		}
		codePoint--
	}
	return len(text)
}
