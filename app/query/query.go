// Package query is the language of the search box: it reads what a person
// typed into a tree and says what it could not read. It knows no notebook and
// no index, and may import neither: what a field's value stands for, and which
// words are one word, is for those who answer the query.
//
//	word  "exact phrase"  -not  NOT x  AND  OR  ( )
//	beginning*  wi?dcard  w*ld  fuzzy~  fuzzy~1  "a b"~10  NEAR(a b, 10)  a NEAR/5 b
//	title:word  title:"a phrase"  title:(a OR b)  tag:value  tag:"a value"  tag:(a OR b)
//	a pasted paragraph   what is most like it
//	\-word  \title:x  \OR   a term after a backslash is only its text
//
// Side by side means AND, which binds tighter than OR. Any text can be read: what
// is no operator is a word, and what looks like an operator but cannot be one
// is a word with a Problem.
package query

// Limits of what is read; what is beyond them is left out with a Problem.
const (
	maxBytes  = 8192
	maxLeaves = 64
	maxDepth  = 32
	maxApart  = 1000 // of a phrase's slop and NEAR's distance
)

// Options say how a text is to be read.
type Options struct {
	// Typing says that the text is not finished. Its last word, if no space,
	// quotation mark or parenthesis ends it, is a beginning (Typed). What still
	// waits for its other half at the end of the text (an operator, a field
	// without a value, half a date, half a value of a fixed list) asks for
	// nothing yet, and is no Problem.
	Typing bool
}

// Query is a text that was read. Root is nil when nothing is asked.
// Problems are in the order of where they start.
type Query struct {
	Root     Node
	Problems []Problem
}

// Problem is what could not be read as it was meant: where it stands in the
// text, in code points, End exclusive, and a sentence for a person.
type Problem struct {
	Start, End int
	Text       string
	Note       bool // nothing is wrong: it says how the text was read
}

// Span is a place in the text, in code points, End exclusive.
type Span struct{ Start, End int }

// Node is an And, Or, Not, Near, Within, Word, Phrase, Condition or Prose, as a
// value, never as a pointer. The last four are the leaves.
type Node interface {
	// Span is where the node stands in the text. It lies within its parent's,
	// and those of siblings follow each other.
	Span() Span
}

// And asks for all its nodes: two or more, none of them an And.
type And struct {
	Nodes  []Node
	Strict bool // the word AND was written between some of them
	At     Span
}

// Or asks for any of its nodes: two or more, none of them an Or.
type Or struct {
	Nodes []Node
	At    Span
}

// Not asks for what its node does not find. The node is never a Not.
type Not struct {
	Node Node
	At   Span
}

// Near asks for its nodes in any order with at most Distance other words among
// them all. There are two or more, each a Phrase without slop or a Word that
// is neither Wild nor fuzzy.
type Near struct {
	Nodes    []Node
	Distance int
	At       Span
}

// Within asks for its node in one Text field. Where one Within stands inside
// another, the inner field holds.
type Within struct {
	Field string // its Name in Fields
	Node  Node
	At    Span
}

// Word is a word as it was written, punctuation included: it may be several
// words to an index ("COVID-19", an address). It holds a letter, a digit or a
// sign such as an emoji. At most one of Prefix, Wild and Fuzzy is set; the signs
// of the first and the last are not in the text, nor is then punctuation at its
// beginning.
type Word struct {
	Text   string
	Prefix bool // the text is the beginning of the word
	Typed  bool // the text may be a beginning, as it is being typed
	Wild   bool // in the text * stands for any letters and ? for one
	Fuzzy  int  // how many letters may differ: 0, 1 or 2, or -1 for what suits its length
	At     Span
}

// Phrase is words one after another. Its text has no space at its ends and
// single ones inside.
type Phrase struct {
	Text  string
	Slop  int  // how many other words may stand between
	Typed bool // the last word may be a beginning, as it is being typed
	At    Span
}

// Condition asks for a field's value. It is never blank; of a field with fixed
// Values it is one of them, and of a Date field a date.
type Condition struct {
	Field  string // its Name in Fields
	Value  string // as written, without the quotation marks
	Quoted bool
	Typed  bool // being typed: it may be the beginning of the value
	At     Span
}

// Span implements Node.
func (n And) Span() Span { return n.At }

// Span implements Node.
func (n Or) Span() Span { return n.At }

// Span implements Node.
func (n Not) Span() Span { return n.At }

// Span implements Node.
func (n Near) Span() Span { return n.At }

// Span implements Node.
func (n Within) Span() Span { return n.At }

// Span implements Node.
func (n Word) Span() Span { return n.At }

// Span implements Node.
func (n Phrase) Span() Span { return n.At }

// Span implements Node.
func (n Condition) Span() Span { return n.At }

// Place is where in the tree a node stands.
type Place struct {
	Field string // of the innermost Within around it, "" outside any
	Not   bool   // an odd number of Nots is around it: it is excluded
}

// Walk calls fn with every node, a parent before its children and these in the
// order of the text.
func (q Query) Walk(fn func(n Node, at Place)) {
	if q.Root != nil {
		walk(q.Root, Place{}, fn)
	}
}

func walk(n Node, at Place, fn func(Node, Place)) {
	fn(n, at)
	if w, ok := n.(Within); ok {
		at.Field = w.Field
	}
	if _, ok := n.(Not); ok {
		at.Not = !at.Not
	}
	for _, child := range children(n) {
		walk(child, at, fn)
	}
}

func children(n Node) []Node {
	switch n := n.(type) {
	case And:
		return n.Nodes
	case Or:
		return n.Nodes
	case Near:
		return n.Nodes
	case Not:
		return []Node{n.Node}
	case Within:
		return []Node{n.Node}
	}
	return nil
}

// Bare returns the words of a query that is nothing but words side by side, as a
// sentence is, and whether it is one. The last may be Typed; parentheses
// around such words change nothing.
func (q Query) Bare() ([]Word, bool) {
	and, ok := q.Root.(And)
	switch {
	case q.Root == nil, and.Strict:
		return nil, false
	case !ok:
		and.Nodes = []Node{q.Root}
	}
	var words []Word
	for _, n := range and.Nodes {
		w, ok := n.(Word)
		if !ok || w.Prefix || w.Wild || w.Fuzzy != 0 {
			return nil, false
		}
		words = append(words, w)
	}
	return words, true
}
