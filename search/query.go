package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"

	"rejoinder/app"
)

// maxClauses and maxQuery keep a pasted page from becoming a query of its own
// size; what comes after them is left out.
const (
	maxClauses = 64
	maxQuery   = 8192
)

// request is a query as a tree: all groups must be met, each by any one of its
// clauses, and none of the excluded ones may be.
type request struct {
	all  [][]clause
	none []clause
}

// clause is a word or a phrase.
type clause struct {
	text   string   // as it was written, folded, for marking in snippets
	slots  []string // the terms, one after another
	others []string // other spellings that stand for the whole
	quoted bool     // exactly so: no stems
	prefix bool     // the last term is only the beginning of a word
	capped bool     // a prefix that need not be complete
}

// parse understands any text: words, "phrases", -exclusions, OR between two,
// AND and NOT as other tools have them, and beginnings*. What is no word is
// passed over. With typing, a last word that is not ended yet is a beginning.
func parse(text string, typing bool) request {
	if len(text) > maxQuery {
		text = text[:maxQuery]
	}
	p := parser{rest: []rune(strings.ToValidUTF8(text, " ")), typing: typing}
	for p.clauses < maxClauses && p.next() {
	}
	return p.tree
}

type parser struct {
	rest    []rune
	typing  bool
	tree    request
	clauses int
	or, not bool // an operator came just before
}

// next reads one word, phrase or operator; it is false at the end.
func (p *parser) next() bool {
	apart := p.clauses == 0
	for len(p.rest) > 0 && unicode.IsSpace(p.rest[0]) {
		p.rest = p.rest[1:]
		apart = true
	}
	if len(p.rest) == 0 {
		return false
	}
	not := false
	if apart && isMinus(p.rest[0]) && len(p.rest) > 1 && !unicode.IsSpace(p.rest[1]) {
		not = true
		p.rest = p.rest[1:]
	}
	if isQuote(p.rest[0]) {
		words, closed := p.phrase()
		p.add(words, true, !closed && p.typing, not)
		return true
	}
	word := p.word()
	if !not && p.operator(word) {
		return true
	}
	p.add(word, false, p.typing && len(p.rest) == 0, not)
	return true
}

func isMinus(r rune) bool { return r == '-' || r == '−' }

func isQuote(r rune) bool { return strings.ContainsRune("\"“”„‟«»＂", r) }

func (p *parser) phrase() (words string, closed bool) {
	p.rest = p.rest[1:]
	end := slices.IndexFunc(p.rest, isQuote)
	if end < 0 {
		words, p.rest = string(p.rest), nil
		return words, false
	}
	words, p.rest = string(p.rest[:end]), p.rest[end+1:]
	return words, true
}

func (p *parser) word() string {
	end := slices.IndexFunc(p.rest, func(r rune) bool { return unicode.IsSpace(r) || isQuote(r) })
	if end < 0 {
		end = len(p.rest)
	}
	word := string(p.rest[:end])
	p.rest = p.rest[end:]
	return word
}

func (p *parser) operator(word string) bool {
	switch word {
	case "OR":
		p.or = len(p.tree.all) > 0
	case "NOT":
		p.not = true
	case "AND":
	default:
		return false
	}
	return true
}

// add puts a clause into the tree. An exclusion holds for the whole query,
// wherever it stands.
func (p *parser) add(words string, quoted, typed, not bool) {
	c, ok := newClause(words, quoted, typed)
	not, p.not = not || p.not, false
	if !ok {
		return
	}
	p.clauses++
	switch {
	case not:
		if c.capped {
			c.prefix, c.capped = false, false // what is not asked for yet excludes nothing
		}
		p.tree.none = append(p.tree.none, c)
	case p.or:
		last := len(p.tree.all) - 1
		p.tree.all[last] = append(p.tree.all[last], c)
	default:
		p.tree.all = append(p.tree.all, []clause{c})
	}
	p.or = false
}

// newClause cuts words into terms; it is not ok when there are none.
func newClause(words string, quoted, typed bool) (clause, bool) {
	c := clause{quoted: quoted}
	starred := !quoted && strings.HasSuffix(words, "*")
	if r, _ := utf8.DecodeLastRuneInString(words); unicode.IsSpace(r) {
		typed = false
	}
	tokens := analyze(analyzerExact, words)
	if len(tokens) == 0 {
		return c, false
	}
	start, end := tokens[0].Start, 0
	for _, t := range tokens {
		start, end = min(start, t.Start), max(end, t.End)
	}
	c.text = strings.TrimSuffix(app.FoldText(words[start:end]), "'s")
	last := c.fill(tokens, start, end)
	if last != analysis.Single && last != analysis.Double {
		c.prefix = starred || typed
		c.capped = typed && !starred
	}
	return c, true
}

// fill sets slots and others, and returns the type of the last slot. Of a
// script without spaces it takes the pairs, and the last character only where a
// word follows: the pairs before it already say where it stands.
func (c *clause) fill(tokens analysis.TokenStream, start, end int) analysis.TokenType {
	at := map[int]*analysis.Token{}
	last := 0
	for _, t := range tokens {
		last = max(last, t.Position)
		switch had := at[t.Position]; {
		case t.Type == analysis.Shingle:
			if t.Start == start && t.End == end {
				c.others = append(c.others, string(t.Term))
			}
		case had == nil || t.Type == analysis.Double:
			at[t.Position] = t
		}
	}
	kind := analysis.AlphaNumeric
	for pos := 1; pos <= last; pos++ {
		t := at[pos]
		if t == nil {
			continue
		}
		if pos == last && t.Type == analysis.Single && kind == analysis.Double {
			break
		}
		kind = t.Type
		c.slots = append(c.slots, string(t.Term))
	}
	return kind
}

// stems are what other forms of the clause's word are found by.
func (c clause) stems() []string {
	if c.quoted || len(c.slots) != 1 {
		return nil
	}
	var stems []string
	for _, t := range analyze(analyzerEnglish, c.slots[0]) {
		stems = append(stems, string(t.Term))
	}
	return stems
}

// minStem is the length from which words that begin with a stem are marked.
const minStem = 3

// terms lists what a snippet marks: all that the query asks for, folded, and the
// stems, which are how a word finds its other forms.
func (q request) terms() []string {
	var out []string
	seen := map[string]bool{"": true}
	put := func(s string) {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	for _, group := range q.all {
		for _, c := range group {
			put(c.text)
			if len(c.slots) == 1 {
				put(c.slots[0])
			}
			for _, o := range c.others {
				put(o)
			}
			for _, stem := range c.stems() {
				if len(stem) >= minStem {
					put(stem)
				}
			}
		}
	}
	return out
}
