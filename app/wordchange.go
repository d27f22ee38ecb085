package app

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// WordChange says what two quotes have in common and what not.
type WordChange struct {
	Kind WordChangeKind
	Old  []DiffWord // the first quote in pieces, the same or removed; words are whole
	New  []DiffWord // the second quote in pieces, the same or added

	Words int // how many words differ: the larger number of those removed and those added
	Of    int // words of the longer quote; of scripts without spaces each letter is one

	// What is among the words that differ.
	Number   bool // a number, or what stands beside one, as its unit
	Negation bool // a negation, or a word that is another's opposite by its beginning
	Name     bool // a word with a capital, or of a script that has none
	Sign     bool // a currency, a unit, an emoji
}

// WordChangeKind is how alike two quotes are.
type WordChangeKind string

// The kinds, from the most alike.
const (
	SameText     WordChangeKind = "same text"     // the same code points
	SameWords    WordChangeKind = "same words"    // in other typography
	WordsChanged WordChangeKind = "words changed" // a word, a number or a mark of punctuation
)

// CompareWords compares two quotes. Other typography changes no words: normal
// forms, ligatures, kinds of quotation marks, of dashes and of blanks, soft
// hyphens. Case, punctuation, digits of another script and separators in numbers
// do. It is symmetric.
func CompareWords(old, text string) WordChange {
	a, b := NewGround(old), NewGround(text)
	return compareWords(a.words(0, len(a.raw)), b.words(0, len(b.raw)))
}

// Summary says in a few words what changed: "1 word changed: a number".
func (c WordChange) Summary() string {
	switch {
	case c.Kind == SameText:
		return "the same words"
	case c.Kind == SameWords:
		return "the same words in other typography"
	case c.Words == 0:
		return "punctuation changed"
	}
	var facts []string
	for _, f := range []struct {
		is   bool
		name string
	}{{c.Number, "a number"}, {c.Negation, "a negation"}, {c.Name, "perhaps a name"}, {c.Sign, "a sign"}} {
		if f.is {
			facts = append(facts, f.name)
		}
	}
	s := countOf(c.Words, "word") + " changed"
	if len(facts) > 0 {
		s += ": " + strings.Join(facts, ", ")
	}
	return s
}

// hasFact says that a number, a negation, a name or a sign is among what differs.
func (c WordChange) hasFact() bool { return c.Number || c.Negation || c.Name || c.Sign }

// slight says that a bare highlight may follow the change without a question: not
// more than one word in ten, and no fact among them.
func (c WordChange) slight() bool {
	return 10*c.Words <= c.Of && !c.hasFact()
}

// quoteWords are the words of a part of a text.
type quoteWords struct {
	ground     *Ground
	start, end int // code points of the text
	tokens     []token
}

// words are those of the code points start to end of the text.
func (g *Ground) words(start, end int) quoteWords {
	from, to := g.span(start, end)
	q := quoteWords{ground: g, start: start, end: end, tokens: tokensOf(g.runes, from, to)}
	for i := range q.tokens {
		at, last := g.place(q.tokens[i].start, q.tokens[i].end)
		q.tokens[i].heading = g.inHeading(at, last)
	}
	return q
}

func compareWords(old, text quoteWords) WordChange {
	// Of several ways to pair the words always the same is taken, whichever is old.
	swapped := slices.CompareFunc(old.tokens, text.tokens, func(a, b token) int { return cmp.Compare(a.key, b.key) }) > 0
	first, second := old, text
	if swapped {
		first, second = second, first
	}
	onlyFirst, onlySecond := unpaired(first.tokens, second.tokens)
	gone, come := onlyFirst, onlySecond
	if swapped {
		gone, come = come, gone
	}
	c := WordChange{Kind: WordsChanged, Old: old.pieces(gone, DiffRemoved), New: text.pieces(come, DiffAdded)}
	removed, of := old.judge(gone, &c)
	added, ofNew := text.judge(come, &c)
	c.Words, c.Of = max(removed, added), max(of, ofNew)
	c.Negation = c.Negation || opposites(old.tokens, gone, text.tokens, come)
	if !slices.Contains(gone, true) && !slices.Contains(come, true) {
		c.Kind = SameWords
		if slices.Equal(old.ground.raw[old.start:old.end], text.ground.raw[text.start:text.end]) {
			c.Kind = SameText
		}
	}
	return c
}

// sameToken says that two words are the same; case counts but in headings.
func sameToken(a, b token) bool {
	return a.key == b.key || a.heading && b.heading && strings.EqualFold(a.key, b.key)
}

// mostTokenPairs bounds the table of a comparison; of longer changes all words
// between their ends differ.
const mostTokenPairs = 4_000_000

// unpaired says which words of each are not in the other's, in order, with as
// many pairs as there can be.
func unpaired(a, b []token) (onlyA, onlyB []bool) {
	onlyA, onlyB = make([]bool, len(a)), make([]bool, len(b))
	head := 0
	for head < len(a) && head < len(b) && sameToken(a[head], b[head]) {
		head++
	}
	n, m := len(a), len(b)
	for n > head && m > head && sameToken(a[n-1], b[m-1]) {
		n, m = n-1, m-1
	}
	if (n-head)*(m-head) > mostTokenPairs {
		for i := head; i < n; i++ {
			onlyA[i] = true
		}
		for j := head; j < m; j++ {
			onlyB[j] = true
		}
		return onlyA, onlyB
	}
	width := m - head + 1
	common := make([]int32, (n-head+1)*width) // pairs of the words from i and from j on
	for i := n - 1; i >= head; i-- {
		for j := m - 1; j >= head; j-- {
			at := (i-head)*width + j - head
			if sameToken(a[i], b[j]) {
				common[at] = common[at+width+1] + 1
			} else {
				common[at] = max(common[at+width], common[at+1])
			}
		}
	}
	i, j := head, head
	for i < n || j < m {
		at := (i-head)*width + j - head
		switch {
		case i < n && j < m && sameToken(a[i], b[j]):
			i, j = i+1, j+1
		case j == m || i < n && common[at+width] >= common[at+1]:
			onlyA[i] = true
			i++
		default:
			onlyB[j] = true
			j++
		}
	}
	return onlyA, onlyB
}

// judge notes in c what is among the words that differ, and counts these and all.
func (q quoteWords) judge(differs []bool, c *WordChange) (words, of int) {
	for i, t := range q.tokens {
		isWord := t.kind != pointToken
		if isWord {
			of++
		}
		if !differs[i] {
			continue
		}
		if isWord {
			words++
		}
		lower := strings.ToLower(t.key)
		c.Number = c.Number || t.isNumber() || isWord && q.besideNumber(i)
		c.Negation = c.Negation || isNegation(lower)
		c.Name = c.Name || t.mayBeName()
		c.Sign = c.Sign || t.kind == signToken
	}
	return words, of
}

func (t token) isNumber() bool { return t.kind == numberToken || isNumberWord(strings.ToLower(t.key)) }

// besideNumber says that a number stands right behind the word, or at most two
// words before it, as in 12 square km and 2.8 gigawatt-hours.
func (q quoteWords) besideNumber(i int) bool {
	counts := func(t token) bool {
		return t.kind == numberToken || isPlainNumberWord(strings.ToLower(t.key))
	}
	if i+1 < len(q.tokens) && counts(q.tokens[i+1]) {
		return true
	}
	for words := 0; i > 0 && words < 2; {
		i--
		if t := q.tokens[i]; counts(t) {
			return true
		} else if t.kind == pointToken && t.key != hyphenKey {
			return false
		} else if t.kind != pointToken {
			words++
		}
	}
	return false
}

// mayBeName says that a word has a capital, or letters that have none: there any
// word may be a name.
func (t token) mayBeName() bool {
	if t.kind == letterToken {
		return true
	}
	if t.kind != wordToken {
		return false
	}
	for _, r := range t.key {
		if unicode.IsUpper(r) || unicode.IsTitle(r) || unicode.Is(unicode.Lo, r) || unicode.Is(unicode.Georgian, r) {
			return true
		}
	}
	return false
}

// opposites says that a word that is gone and one that has come are the same but
// for a negating beginning, or a negation in the middle.
func opposites(old []token, gone []bool, text []token, come []bool) bool {
	for i, a := range old {
		if !gone[i] || a.kind != wordToken {
			continue
		}
		for j, b := range text {
			if come[j] && b.kind == wordToken && areOpposites(strings.ToLower(a.key), strings.ToLower(b.key)) {
				return true
			}
		}
	}
	return false
}

// pieces are the quote as it is written, cut where words that differ begin and
// end; blanks between two that differ are with them.
func (q quoteWords) pieces(differs []bool, kind DiffKind) []DiffWord {
	var out wordDiff
	at := q.start
	put := func(to int, k DiffKind) {
		if to > at {
			out.add(k, []string{string(q.ground.raw[at:to])})
			at = to
		}
	}
	for i, t := range q.tokens {
		if !differs[i] {
			continue
		}
		start, end := q.ground.place(t.start, t.end)
		if i == 0 || !differs[i-1] {
			put(min(max(start, q.start), q.end), DiffSame)
		}
		put(min(end, q.end), kind)
	}
	put(q.end, DiffSame)
	return out.words
}
