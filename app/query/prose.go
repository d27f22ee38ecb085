package query

import (
	"strings"
	"unicode"
)

// Prose asks for what is most like a text, as one that was pasted: what has the
// most of its rare words. Nothing in it is an operator. It stands alone or first
// in an And with conditions.
type Prose struct {
	Text string // as written
	At   Span
}

// Span implements Node.
func (n Prose) Span() Span { return n.At }

const (
	// proseWords is more than which words with signs of the language among them
	// (quotation marks, parentheses, colons) are text, not a query, where they have
	// the signs of sentences too; twice as many are so without.
	proseWords = 28
	// maxProse is how much of a text is looked at, in bytes; who pastes a book is
	// answered by its beginning.
	maxProse = 256 << 10
	// wordsPerOperator is how many words of a text that is too long for a query
	// stand to one operator at least for it to be text still; twice as many of a
	// shorter one.
	wordsPerOperator = 8
	// lettersPerWord counts the words of scripts that are written without spaces.
	lettersPerWord = 1.5
)

const proseNote = "Long text: showing what is most like it."

// fewProse is how many words a text has at least that was perhaps pasted, and
// mayBeProseNote what is said where it was read so.
const (
	fewProse       = 10
	mayBeProseNote = "If this was pasted: what is most like it is shown too."
)

// Pasted reads a text as one that was pasted, where it may well be: for where a
// query with quotation marks in it finds nothing. ok is false for what is better
// read as a query only, as what excludes something: of that nothing may be shown.
func Pasted(text string) (q Query, ok bool) {
	ok = true
	Parse(text, Options{}).Walk(func(n Node, _ Place) { ok = ok && !isMeant(n) })
	p := newParser(clip(text, maxProse), Options{})
	if !ok || !p.proseIf(mayBeProse, mayBeProseNote) {
		return Query{}, false
	}
	return Query{Root: p.root, Problems: p.problems}, true
}

// isMeant reports whether a node is written by who knows the language of queries.
// Conditions may stand behind a pasted text.
func isMeant(n Node) bool {
	switch n := n.(type) {
	case Or, Near, Within:
		return true
	case And:
		return n.Strict
	case Not:
		_, condition := n.Node.(Condition)
		return !condition
	case Word:
		return n.Prefix || n.Wild || n.Fuzzy != 0
	case Phrase:
		return n.Slop > 0
	}
	return false
}

// prose reads a text that is evidently no query.
func (p *parser) prose() bool { return p.proseIf(isProse, proseNote) }

// proseIf reads a text as prose, with the conditions behind it.
func (p *parser) proseIf(is func([]rune) bool, note string) bool {
	tail := p.conditionsAtEnd()
	if !is(p.text[:tail]) {
		return false
	}
	body := strings.TrimRightFunc(string(p.text[:tail]), unicode.IsSpace)
	start := p.blanks(0)
	end := len([]rune(body))
	p.problems = append(p.problems, Problem{Start: start, End: end, Text: note, Note: true})
	p.pos = tail
	found := Prose{Text: strings.TrimLeftFunc(body, unicode.IsSpace), At: Span{Start: start, End: end}}
	p.root = both([]Node{found, p.or()}, false)
	return true
}

// conditionsAtEnd is where the conditions begin that end the text, as the facets
// put them there.
func (p *parser) conditionsAtEnd() int {
	tail := len(p.text)
	for {
		end := tail
		for end > 0 && unicode.IsSpace(p.text[end-1]) {
			end--
		}
		start := end
		if end > 0 && isQuote(p.text[end-1]) {
			for start--; start > 0 && !isQuote(p.text[start-1]); {
				start--
			}
		}
		for start > 0 && !unicode.IsSpace(p.text[start-1]) {
			start--
		}
		at := start
		if at < end && isMinus(p.text[at]) {
			at++
		}
		f, value := p.fieldAt(at)
		if f == nil || value >= end || unicode.IsSpace(p.text[value]) {
			return tail
		}
		if !p.isWhole(f, value, end) {
			return tail
		}
		tail = start
	}
}

// isWhole reports whether a value of a field stands between two places, and no more.
func (p *parser) isWhole(f *Field, start, end int) bool {
	value := string(p.text[start:end])
	if isQuote(p.text[start]) {
		value = strings.TrimFunc(value, isQuote)
	}
	_, wrong, _ := f.value(value)
	return wrong == "" && strings.TrimSpace(value) != "" && !strings.ContainsFunc(value, func(r rune) bool { return isQuote(r) || isOpen(r) })
}

// traits are what tells a text from a query.
type traits struct {
	words     float64
	operators int
	fields    int
	unquoted  int // words outside quotation marks
	quotes    int
	sentences int // signs that end sentences or parts of them
	signs     int // of the language, as text has them
	dashes    int // terms with a minus at their beginning, less those with one at their end
}

func isProse(text []rune) bool {
	t := traitsOf(text)
	switch {
	case t.words <= proseWords, t.fields > 0:
		return false
	case t.words > maxLeaves:
		return !t.isPhrase(text) && float64(t.unquoted*wordsPerOperator) > t.words && float64(t.operators+max(t.dashes, 0))*wordsPerOperator < t.words
	case t.isPhrase(text), (t.operators+max(t.dashes, 0))*2*wordsPerOperator > int(t.words):
		return false
	}
	return t.signs > 0 && t.unquoted >= proseWords/2 && (t.sentences > 0 || t.words > 2*proseWords && t.unquoted > proseWords)
}

// mayBeProse reports whether a text has as many words outside of quotation marks as
// inside.
func mayBeProse(text []rune) bool {
	t := traitsOf(text)
	return t.words >= fewProse && t.words <= maxLeaves && t.fields == 0 && !t.isPhrase(text) && float64(2*t.unquoted) >= t.words
}

// isPhrase reports whether all of a text is one phrase.
func (t traits) isPhrase(text []rune) bool {
	s := []rune(strings.TrimSpace(string(text)))
	return t.quotes == 2 && isQuote(s[0]) && isQuote(s[len(s)-1])
}

func traitsOf(text []rune) (t traits) {
	s := scanner{text: text}
	quoted := false
	before, at := "", s.blanks(0)
	for at < len(text) {
		end := at
		for end < len(text) && !unicode.IsSpace(text[end]) {
			end++
		}
		next := s.blanks(end)
		t.term(&s, at, end, &quoted)
		if term := string(text[at:end]); isOperator(term) || strings.HasPrefix(term, "NEAR(") {
			after := next
			for after < len(text) && !unicode.IsSpace(text[after]) {
				after++
			}
			if !isShouted(before) || !isShouted(string(text[next:after])) {
				t.operators++
			}
		}
		before, at = string(text[at:end]), next
	}
	if t.quotes%2 == 1 { // a piece of a text: which words are inside nobody knows
		t.unquoted = int(t.words)
	}
	return t
}

// term adds what one term between spaces shows.
func (t *traits) term(s *scanner, start, end int, quoted *bool) {
	term := s.text[start:end]
	inside := *quoted || isQuote(term[0])
	letters, spaceless := 0, 0
	for i, r := range term {
		switch {
		case s.quoteAt(start + i):
			t.quotes++
			t.signs++
			*quoted = !*quoted
		case isOpen(r), isColon(r), isMinus(r) && i == 0:
			t.signs++
		case strings.ContainsRune(".,;!?…。，、；！？،؛؟।։።", r):
			t.sentences++
		}
		if isSign(r) {
			letters++
			if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
				spaceless++
			}
		}
	}
	if spaceless > 0 {
		t.words += float64(spaceless) / lettersPerWord
		t.signs++ // nobody writes so long a word: it is a sentence
	}
	if letters > spaceless {
		t.words++
	}
	if letters > 0 && !inside {
		t.unquoted += 1 + spaceless
	}
	first := behindSigns(term)
	if f, value := s.fieldAt(start + first); f != nil && value < end {
		t.fields++
	}
	core := strings.TrimFunc(string(term), func(r rune) bool { return strings.ContainsRune(".,;:!?)", r) })
	if base, _ := cutFuzzy([]rune(core)); base != nil || len(core) > 1 && (strings.HasPrefix(core, `\`) || isBegun([]rune(core))) {
		t.operators++
	}
	if len(term) > 1 && isMinus(term[0]) && unicode.IsLetter(term[1]) {
		t.dashes++
	}
	if last := strings.TrimRight(string(term), ".,;:!?"); len(last) > 1 && strings.IndexFunc(last[len(last)-1:], isMinus) == 0 {
		t.dashes--
	}
}

// isBegun reports whether a term is letters and a star; behind a sign it is that of a
// footnote.
func isBegun(term []rune) bool {
	n := len(term)
	return n > 1 && term[n-1] == '*' && unicode.IsLetter(term[n-2]) && term[0] != '*'
}

// behindSigns is where a term begins behind the parentheses and the minus before it.
func behindSigns(term []rune) int {
	for i, r := range term {
		if !isOpen(r) && !isMinus(r) {
			return i
		}
	}
	return 0
}

// isShouted reports whether a term, if any, has no small letters.
func isShouted(term string) bool {
	return !strings.ContainsFunc(term, unicode.IsLower)
}
