package query

import (
	"fmt"
	"strings"
)

// String is the query in its one form: Parse of it gives the same tree again, but
// for the places. A query with a Typed leaf is left open at its end and is read
// again with Typing, any other without.
func (q Query) String() string {
	if q.Root == nil {
		return ""
	}
	return render(q.Root)
}

func render(n Node) string {
	var w printer
	w.node(n)
	return w.text.String()
}

// printer writes a tree. After a leaf that is being typed, which is the last, it
// closes nothing any more.
type printer struct {
	text strings.Builder
	open bool
}

func (w *printer) put(s string) { w.text.WriteString(s) }

func (w *printer) close(s string) {
	if !w.open {
		w.put(s)
	}
}

func (w *printer) node(n Node) {
	switch n := n.(type) {
	case And:
		if n.Strict {
			w.list(n.Nodes, " AND ")
		} else {
			w.list(n.Nodes, " ")
		}
	case Or:
		w.list(n.Nodes, " OR ")
	case Not:
		w.put("-")
		w.joined(n.Node)
	case Near:
		w.near(n)
	case Within:
		w.put(n.Field + ":")
		w.joined(n.Node)
	case Prose:
		w.put(n.Text)
	case Word:
		w.put(wordText(n))
		w.open = n.Typed
	case Phrase:
		w.quoted(n.Text, n.Typed)
		if n.Slop > 0 {
			w.put(fmt.Sprintf("~%d", n.Slop))
		}
	case Condition:
		w.put(n.Field + ":")
		if n.Quoted || !isPlainValue(n.Field, n.Value) {
			w.quoted(doubled(n.Value), n.Typed)
			return
		}
		w.put(n.Value)
		w.open = n.Typed
	}
}

// near writes the distance last, so that no word before it can be taken for one.
// Where the end stays open it is first, and a second parenthesis, in which no
// distance is looked for, does the same.
func (w *printer) near(n Near) {
	nodes := printer{}
	nodes.list(n.Nodes, " ")
	w.open = nodes.open
	if w.open {
		w.put(fmt.Sprintf("NEAR/%d((%s", n.Distance, nodes.text.String()))
		return
	}
	w.put(fmt.Sprintf("NEAR(%s, %d)", nodes.text.String(), n.Distance))
}

func (w *printer) quoted(text string, open bool) {
	w.put(`"` + text)
	w.open = open
	w.close(`"`)
}

func (w *printer) list(nodes []Node, between string) {
	for i, n := range nodes {
		if i > 0 {
			w.put(between)
		}
		if _, ok := n.(And); ok && between == " OR " {
			w.node(n)
			continue
		}
		w.part(n)
	}
}

// part writes a node that must stay together.
func (w *printer) part(n Node) {
	before := w.text.String()
	group := false
	switch n.(type) {
	case And, Or:
		group = true
	case Not:
		group = strings.HasSuffix(before, "-") || strings.HasSuffix(before, ":")
	case Within, Condition:
		group = strings.HasSuffix(before, ":")
	}
	if !group {
		w.node(n)
		return
	}
	w.put("(")
	w.node(n)
	w.close(")")
}

// joined writes the node of a Not or a Within after its sign. A minus there
// would be a second one, or look like one in the wrong place.
func (w *printer) joined(n Node) {
	if word, ok := n.(Word); ok && strings.IndexFunc(wordText(word), isMinus) == 0 {
		w.put(`\`)
	}
	w.part(n)
}

func wordText(w Word) string {
	switch {
	case w.Prefix:
		return w.Text + "*"
	case w.Wild:
		return w.Text
	case w.Fuzzy < 0:
		return w.Text + "~"
	case w.Fuzzy > 0:
		return fmt.Sprintf("%s~%d", w.Text, w.Fuzzy)
	}
	q := Parse(w.Text, Options{})
	if read, ok := q.Root.(Word); ok && w.Text != "NEAR" && len(q.Problems) == 0 && read == (Word{Text: w.Text, At: read.At}) {
		return w.Text
	}
	return `\` + w.Text
}

// Literal is a query that finds the words of a text as mere words: nothing in it
// is an operator. It is Bare, or empty when the text has no words. What joins
// no word, as quotation marks and parentheses, is left out.
func Literal(text string) string {
	s := scanner{text: []rune(text)}
	var words []string
	for i := 0; i < len(s.text); {
		end := s.termEnd(i)
		if end == i {
			i++
			continue
		}
		word := string(s.text[i:end])
		i = end
		switch {
		case !says(word):
		case isOperator(word) && !isNear(word), word == "NEAR":
			words = append(words, strings.ToLower(word)) // reads better than a backslash
		default:
			words = append(words, wordText(Word{Text: word}))
		}
	}
	return strings.Join(words, " ")
}

// Quote is a value as it must be written after a field's colon: between quotation
// marks when it needs them. Parse reads just the value from it, unless it is
// blank or no UTF-8.
func Quote(value string) string {
	if isPlainValue("tag", value) && !isOperator(value) && strings.IndexFunc(value, isMinus) != 0 {
		return value
	}
	return `"` + doubled(value) + `"`
}

// isPlainValue reports whether a field's value needs no quotation marks.
func isPlainValue(field, value string) bool {
	q := Parse(field+":"+value, Options{})
	c, ok := q.Root.(Condition)
	return ok && c.Value == value && !c.Quoted
}

// doubled doubles the quotation marks in a value.
func doubled(value string) string {
	if !strings.ContainsFunc(value, isQuote) {
		return value
	}
	var b strings.Builder
	for _, r := range value {
		b.WriteRune(r)
		if isQuote(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}
