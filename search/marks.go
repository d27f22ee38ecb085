package search

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"

	"rejoinder/app"
)

// longText is the length in bytes from which only the paragraphs that may hold
// something are cut into words.
const longText = 16 << 10

// Marks implements app.Index: it cuts the text into words as the index does, so
// what is marked is what was found.
func (ix *Index) Marks(text, language string, terms []app.Term) []app.Mark {
	m := newMarker(terms, stemLanguage(language))
	if len(text) <= longText {
		m.paragraph([]byte(text), 0)
	} else {
		for at := 0; at < len(text); {
			end := strings.IndexByte(text[at:], '\n')
			if end < 0 {
				end = len(text) - at
			}
			if p := text[at : at+end]; m.mayHold(p) {
				m.paragraph([]byte(p), at)
			}
			at += end + 1
		}
	}
	return m.marks(text)
}

// marker looks for terms in a text.
type marker struct {
	words    map[string]int // of a term of one word
	language string
	stems    map[string]int // in the language
	firsts   map[byte]bool  // with which stems begin; nil for any
	prefixes map[string]int
	phrases  []phraseTerm
	needles  []string // what a paragraph has to hold any of

	found []byteMark
}

type phraseTerm struct {
	app.Term
	number int
}

// byteMark is a mark in bytes.
type byteMark struct{ start, end, term int }

func newMarker(terms []app.Term, language string) *marker {
	m := &marker{language: language, words: map[string]int{}, stems: map[string]int{}, prefixes: map[string]int{}}
	if !stemsCutBeginnings[language] {
		m.firsts = map[byte]bool{}
	}
	for i, t := range terms {
		if len(t.Words) == 0 {
			continue
		}
		if t.Language != "" && t.Language != language {
			continue
		}
		m.needles = append(m.needles, needle(t))
		switch first := t.Words[0]; {
		case len(t.Words) > 1:
			m.phrases = append(m.phrases, phraseTerm{t, i})
		case t.Prefix:
			m.prefixes[first] = i
		case t.Language != "":
			if m.stems[first] = i; m.firsts != nil {
				m.firsts[first[0]] = true
			}
		default:
			m.words[first] = i
		}
	}
	return m
}

// stemsCutBeginnings are the languages whose stemmers take something off the
// beginnings of words too.
var stemsCutBeginnings = map[string]bool{"ar": true, "fa": true, "ckb": true, "hi": true}

// unwritten are what may stand inside a word without being of its term.
var unwritten = strings.NewReplacer(".", "", "'", "", "-", "")

// needle is the beginning of a word that every form of it shares: "spies" has
// little of "spy".
func needle(t app.Term) string {
	letters := 3
	if t.Language != "" {
		letters = 2
	}
	word := t.Words[0]
	for i := range word {
		if letters--; letters < 0 {
			return word[:i]
		}
	}
	return word
}

func (m *marker) mayHold(paragraph string) bool {
	folded := unwritten.Replace(app.FoldText(paragraph))
	return m.firsts == nil || slices.ContainsFunc(m.needles, func(n string) bool { return strings.Contains(folded, n) })
}

// paragraph marks the words of a piece of the text that begins at from.
func (m *marker) paragraph(text []byte, from int) {
	tokens := wordTokenizer{}.Tokenize(text)
	for _, t := range tokens {
		if term, ok := m.word(text, t); ok {
			m.found = append(m.found, byteMark{from + t.Start, from + t.End, term})
		}
	}
	if len(m.phrases) == 0 {
		return
	}
	at := byPosition(tokens)
	for pos := range at {
		for _, p := range m.phrases {
			if start, end, ok := m.phrase(at, pos, p.Term); ok {
				m.found = append(m.found, byteMark{from + start, from + end, p.number})
			}
		}
	}
}

// has says whether a term is looked for as it is, or by its beginning.
func (m *marker) has(term string) bool {
	_, ok := m.words[term]
	for prefix := range m.prefixes {
		ok = ok || strings.HasPrefix(term, prefix)
	}
	return ok
}

func (m *marker) word(text []byte, t *analysis.Token) (term int, ok bool) {
	if term, ok = m.words[string(t.Term)]; ok {
		return term, true
	}
	if t.Type != analysis.Single && len(t.Term) > 0 && (m.firsts == nil || m.firsts[t.Term[0]]) {
		if term, ok = m.stems[stemOf(m.language, text, t)]; ok {
			return term, true
		}
	}
	for prefix, term := range m.prefixes {
		if bytes.HasPrefix(t.Term, []byte(prefix)) {
			return term, true
		}
	}
	return 0, false
}

// byPosition lists the tokens at each position, from 0.
func byPosition(tokens analysis.TokenStream) [][]*analysis.Token {
	last := 0
	for _, t := range tokens {
		last = max(last, t.Position)
	}
	at := make([][]*analysis.Token, last)
	for _, t := range tokens {
		if t.Position > 0 {
			at[t.Position-1] = append(at[t.Position-1], t)
		}
	}
	return at
}

// phrase says whether a phrase begins at a position, and between which bytes it
// stands.
func (m *marker) phrase(at [][]*analysis.Token, pos int, p app.Term) (start, end int, ok bool) {
	start = noMoreBytes
	for i, want := range p.Words {
		if pos+i >= len(at) {
			return 0, 0, false
		}
		fits := false
		for _, t := range at[pos+i] {
			if string(t.Term) == want || p.Prefix && i == len(p.Words)-1 && bytes.HasPrefix(t.Term, []byte(want)) {
				fits, start, end = true, min(start, t.Start), max(end, t.End)
			}
		}
		if !fits {
			return 0, 0, false
		}
	}
	return start, end, true
}

const noMoreBytes = math.MaxInt

// marks orders what was found, leaves out what overlaps, and counts in code
// points. Of what begins at one place the longest stays; pairs of characters
// that follow one another become one mark.
func (m *marker) marks(text string) []app.Mark {
	slices.SortFunc(m.found, func(a, b byteMark) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(a.term, b.term))
	})
	var out []app.Mark
	at, points, last := 0, 0, -1
	count := func(to int) int {
		points += utf8.RuneCountInString(text[at:to])
		at = to
		return points
	}
	for _, f := range m.found {
		if f.start < last {
			continue
		}
		start := count(f.start)
		out = append(out, app.Mark{Start: start, End: count(f.end), Term: f.term})
		last = f.end
	}
	return out
}
