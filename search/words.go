package search

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	segmented "github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"

	"rejoinder/app"
)

// maxTerm is the length in bytes at which a term is cut off: nobody looks for
// more, and a page of Base64 would bloat the dictionary.
const maxTerm = 96

// maxParts is how many parts joined by hyphens are also indexed as one word.
const maxParts = 4

// echo is the type of a second token of a word that hyphens join.
const echo = analysis.TokenType(100)

// wordTokenizer cuts text into words for documents and queries alike: the words
// of UAX #29, folded by app.FoldText, with what people write in two ways made
// one. "Union's" is union, "Xi'an" is xian, "U.S." is us, "example.com" is two
// words, "co-operation" is co, operation and, where co stands, cooperation.
// Scripts without spaces become single characters and pairs of them. Offsets
// are those of the text as it was given.
//
// The type of a token tells what it is: Single and Double are characters and
// pairs, Shingle is another spelling of what stands at its position.
type wordTokenizer struct{}

func (wordTokenizer) Tokenize(input []byte) analysis.TokenStream {
	plain, from := plainInput(input)
	out := cutPlain(plain)
	if from == nil {
		return out
	}
	for _, t := range out {
		t.Start, t.End = from[t.Start].start, from[t.End-1].end
	}
	return out
}

// origin is where a byte of a plain input comes from, in bytes.
type origin struct{ start, end int }

// plainInput writes a text so that UAX #29 sees its words: it knows no full-width,
// raised and lowered digits, and takes some of what is invisible for a boundary.
// A raised number stands apart, as behind a ^. from is nil where nothing had to
// be changed.
func plainInput(input []byte) (plain []byte, from []origin) {
	raised := false
	for at := 0; at < len(input); {
		if input[at] < utf8.RuneSelf && from == nil {
			at++
			continue
		}
		r, n := utf8.DecodeRune(input[at:])
		as, isRaised, special := plainly(r)
		if special && from == nil {
			plain, from = append(make([]byte, 0, len(input)), input[:at]...), make([]origin, at, len(input))
			for i := range from {
				from[i] = origin{i, i + 1}
			}
		}
		if from != nil {
			if isRaised != raised {
				plain, from = append(plain, '^'), append(from, origin{at, at})
			}
			before := len(plain)
			if raised = isRaised; special {
				plain = append(plain, as...)
			} else {
				plain = append(plain, input[at:at+n]...)
			}
			for i := range len(plain) - before {
				if special {
					from = append(from, origin{at, at + n})
				} else {
					from = append(from, origin{at + i, at + i + 1})
				}
			}
		}
		at += n
	}
	if from == nil {
		return input, nil
	}
	return plain, from
}

// plainly is how a code point is written that UAX #29 does not cut well.
func plainly(r rune) (as string, raised, special bool) {
	switch {
	case r < 0xAD:
		return "", false, false
	case r == '²', r == '³', r == '¹', 0x2070 <= r && r <= 0x207B && r != 0x2071:
		return app.FoldRune(r), true, true
	case 0x2080 <= r && r <= 0x2089, 0xFF10 <= r && r <= 0xFF19:
		return app.FoldRune(r), false, true
	case r == 0xAD, r == 0x61C, r == 0x180E, 0x200B <= r && r <= 0x200F, 0x202A <= r && r <= 0x202E,
		0x2060 <= r && r <= 0x206F, r == 0xFEFF, 0xFE00 <= r && r <= 0xFE0F, r == 0x115F, r == 0x1160, r == 0x3164, r == 0xFFA0:
		return "", false, true
	}
	return "", false, false
}

func cutPlain(input []byte) analysis.TokenStream {
	raw := segmented.NewUnicodeTokenizer().Tokenize(input)
	c := cutting{input: input, out: make(analysis.TokenStream, 0, len(raw)+len(raw)/8)}
	end := 0
	for _, t := range raw {
		c.unsegmented(end, t.Start)
		end = t.End
		term := foldTerm(t.Term)
		switch {
		case len(term) == 0:
		case t.Type == analysis.Ideographic:
			c.ideographs(t, term)
		default:
			c.word(t, term)
		}
	}
	c.unsegmented(end, len(input))
	c.join()
	return c.out
}

func foldTerm(term []byte) []byte {
	upper := false
	for _, b := range term {
		if b >= utf8.RuneSelf {
			// The marks of a Hebrew abbreviation are often left out.
			return []byte(strings.ReplaceAll(app.FoldText(string(term)), `"`, ""))
		}
		upper = upper || 'A' <= b && b <= 'Z'
	}
	if upper {
		return bytes.ToLower(term)
	}
	return term
}

// cutting is the state of cutting one text.
type cutting struct {
	input []byte
	out   analysis.TokenStream
	pos   int // of the last word

	char  string // the last character of a script without spaces, for the pair
	start int
	end   int

	parts [][]byte // the words so far that hyphens join
	first *analysis.Token
	last  int // where the last of them ends
}

func (c *cutting) emit(t *analysis.Token, term []byte) {
	if len(term) > maxTerm {
		cut := maxTerm
		for cut > 0 && !utf8.RuneStart(term[cut]) {
			cut--
		}
		term = term[:cut]
	}
	t.Term = term
	c.out = append(c.out, t)
}

func (c *cutting) also(term string, start, end, pos int, kind analysis.TokenType) {
	c.emit(&analysis.Token{Start: start, End: end, Position: pos, Type: kind}, []byte(term))
}

// unsegmented takes the letters of scripts that UAX #29 does not cut into words,
// as Thai and Burmese, out of the text between two words.
func (c *cutting) unsegmented(start, end int) {
	for start < end {
		r, n := utf8.DecodeRune(c.input[start:end])
		if unicode.IsLetter(r) || unicode.IsMark(r) && c.end == start && c.char != "" {
			c.character(app.FoldText(string(r)), start, start+n)
		} else if unicode.Is(unicode.No, r) { // ① and ½
			c.number(r, start, start+n)
		}
		start += n
	}
}

func (c *cutting) number(r rune, start, end int) {
	term := app.FoldText(string(r))
	if !strings.ContainsFunc(term, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
		c.word(&analysis.Token{Start: start, End: end, Type: analysis.Numeric}, []byte(term))
	}
}

func (c *cutting) ideographs(t *analysis.Token, term []byte) {
	same := len(term) == t.End-t.Start
	for i, r := range string(term) {
		start, end := t.Start, t.End
		if same {
			start, end = t.Start+i, t.Start+i+utf8.RuneLen(r)
		} else if i > 0 {
			c.end = start
		}
		c.character(string(r), start, end)
	}
	c.end = t.End
}

func (c *cutting) character(char string, start, end int) {
	if char == "" {
		return
	}
	c.join()
	if c.char != "" && c.end == start {
		c.also(c.char+char, c.start, end, c.pos, analysis.Double)
	}
	c.pos++
	c.also(char, start, end, c.pos, analysis.Single)
	c.char, c.start, c.end = char, start, end
}

func (c *cutting) word(t *analysis.Token, term []byte) {
	c.char = ""
	var elided []byte
	if bytes.IndexByte(term, '\'') >= 0 {
		term, elided = withoutApostrophes(term)
	}
	if t.Type != analysis.Numeric && bytes.ContainsAny(term, "._:") {
		if plain, ok := acronym(term); ok {
			term = plain
		} else {
			c.split(t, term)
			return
		}
	}
	if len(term) == 0 {
		return
	}
	c.pos++
	t.Position = c.pos
	c.emit(t, term)
	if len(elided) > 0 {
		c.also(string(elided), t.Start, t.End, c.pos, analysis.Shingle)
	}
	c.hyphenated(t, term)
}

// withoutApostrophes drops the possessive and then every apostrophe; elided is
// what follows an article or pronoun that lost its vowel.
func withoutApostrophes(term []byte) (plain, elided []byte) {
	term = bytes.TrimSuffix(term, []byte("'s"))
	if before, after, ok := bytes.Cut(term, []byte("'")); ok {
		switch string(before) {
		case "l", "d", "j", "m", "t", "s", "c", "n", "qu":
			elided = bytes.ReplaceAll(after, []byte("'"), nil)
		}
	}
	return bytes.ReplaceAll(term, []byte("'"), nil), elided
}

// acronym takes the points out of single letters: "u.s.a" is "usa".
func acronym(term []byte) ([]byte, bool) {
	var plain []byte
	for part := range bytes.SplitSeq(term, []byte(".")) {
		if r, n := utf8.DecodeRune(part); n != len(part) || !unicode.IsLetter(r) {
			return nil, false
		}
		plain = append(plain, part...)
	}
	return plain, true
}

// split makes several words of one that holds points or underscores.
func (c *cutting) split(t *analysis.Token, term []byte) {
	c.join()
	joint := func(r rune) bool { return r == '.' || r == '_' || r == ':' }
	for part := range bytes.FieldsFuncSeq(term, joint) {
		c.pos++
		c.emit(&analysis.Token{Start: t.Start, End: t.End, Position: c.pos, Type: t.Type}, part)
	}
}

// hyphenated remembers a word that a hyphen may join with the next.
func (c *cutting) hyphenated(t *analysis.Token, term []byte) {
	if len(c.parts) > 0 && isHyphen(c.input[c.last:t.Start]) {
		c.parts = append(c.parts, term)
		c.last = t.End
		return
	}
	c.join()
	if t.Type == analysis.Numeric || t.End == len(c.input) || !startsHyphen(c.input[t.End:]) {
		return
	}
	c.parts = append(c.parts, term)
	c.first, c.last = t, t.End
}

func isHyphen(gap []byte) bool {
	switch string(gap) {
	case "-", "‐", "‑":
		return true
	}
	return false
}

func startsHyphen(rest []byte) bool {
	return rest[0] == '-' || bytes.HasPrefix(rest, []byte("‐")) || bytes.HasPrefix(rest, []byte("‑"))
}

// join ends a run of words with hyphens between them.
func (c *cutting) join() {
	if len(c.parts) > 1 && len(c.parts) <= maxParts {
		joined := string(bytes.Join(c.parts, nil))
		c.also(joined, c.first.Start, c.last, c.first.Position, analysis.Shingle)
		// Once more where the last part stands, for phrases that go on from there.
		c.also(joined, c.first.Start, c.last, c.first.Position+len(c.parts)-1, echo)
	}
	c.parts = c.parts[:0]
}
