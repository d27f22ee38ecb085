package query

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

func isOpen(r rune) bool  { return r == '(' || r == '（' }
func isClose(r rune) bool { return r == ')' || r == '）' }
func isMinus(r rune) bool { return r == '-' || r == '−' }
func isColon(r rune) bool { return r == ':' || r == '：' }
func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func isQuote(r rune) bool { return strings.ContainsRune("\"“”„‟«»＂", r) }

// isSign reports whether a word can be told by it: not punctuation, and not the
// signs that stand between words.
func isSign(r rune) bool {
	return unicode.In(r, unicode.L, unicode.N, unicode.M, unicode.So, unicode.Co) && r != unicode.ReplacementChar
}

// says reports whether there is anything in a text to look for.
func says(s string) bool { return strings.ContainsFunc(s, isSign) }

// scanner cuts a text at the signs of the language.
type scanner struct {
	text []rune
	near bool // directly in the parenthesis of NEAR, which ends with a distance
}

// quoteAt reports whether a quotation mark stands at i. The one before the last
// letter of a Hebrew abbreviation (צה"ל) is a letter of its word.
func (s *scanner) quoteAt(i int) bool {
	if !isQuote(s.text[i]) {
		return false
	}
	hebrew := func(i int) bool { return i >= 0 && i < len(s.text) && unicode.Is(unicode.Hebrew, s.text[i]) }
	return !hebrew(i-1) || !hebrew(i+1) || i+2 < len(s.text) && unicode.IsLetter(s.text[i+2])
}

// termEnd is where the term that begins at i ends.
func (s *scanner) termEnd(i int) int {
	address := false
	for start := i; i < len(s.text); i++ {
		r := s.text[i]
		if unicode.IsSpace(r) || s.quoteAt(i) || isClose(r) || s.near && s.distanceAt(i) {
			return i
		}
		if isOpen(r) {
			address = address || isAddress(string(s.text[start:i]))
			if !address {
				return i
			}
			end := s.closing(i)
			if end < 0 {
				return i
			}
			i = end
		}
	}
	return i
}

// closing returns where the parenthesis at i is closed within its term, or -1. It
// looks only as far as addresses go, lest a text of nothing but them take long.
func (s *scanner) closing(i int) int {
	depth := 0
	for far := min(i+256, len(s.text)); i < far && !unicode.IsSpace(s.text[i]) && !s.quoteAt(i); i++ {
		switch {
		case isOpen(s.text[i]):
			depth++
		case isClose(s.text[i]):
			depth--
			if depth == 0 {
				return i
			}
		}
	}
	return -1
}

// isAddress reports whether a term begins like a URL or a DOI, in which
// parentheses and other signs of the language are common.
func isAddress(term string) bool {
	if strings.Contains(term, "://") {
		return true
	}
	term = lowerASCII(strings.TrimPrefix(term, `\`))
	if strings.HasPrefix(term, "www.") || strings.HasPrefix(term, "doi:") {
		return true
	}
	number, _, slash := strings.Cut(term, "/")
	_, err := strconv.ParseUint(strings.TrimPrefix(number, "10."), 10, 64)
	return slash && err == nil && strings.HasPrefix(number, "10.")
}

// fieldAt returns the field whose name and colon begin at i, and where its value
// begins.
func (s *scanner) fieldAt(i int) (*Field, int) {
	start := i
	for i < len(s.text) && (s.text[i]|0x20) >= 'a' && (s.text[i]|0x20) <= 'z' {
		i++
	}
	if i == start || i == len(s.text) || !isColon(s.text[i]) {
		return nil, start
	}
	return fieldNamed(string(s.text[start:i])), i + 1
}

// distanceAt reports whether the end of a NEAR begins at i: a comma and a number.
func (s *scanner) distanceAt(i int) bool {
	if s.text[i] != ',' && s.text[i] != '，' {
		return false
	}
	number := s.blanks(i + 1)
	end := s.digits(number)
	if end == number || number == i+1 && i > 0 && isDigit(s.text[i-1]) { // "1,000" is one number
		return false
	}
	end = s.blanks(end)
	return end == len(s.text) || isClose(s.text[end])
}

// blanks is where the spaces that begin at i end.
func (s *scanner) blanks(i int) int {
	for i < len(s.text) && unicode.IsSpace(s.text[i]) {
		i++
	}
	return i
}

// digits is where the digits that begin at i end.
func (s *scanner) digits(i int) int {
	for i < len(s.text) && isDigit(s.text[i]) {
		i++
	}
	return i
}

// isOperator reports whether a term is one between or before two others.
func isOperator(term string) bool {
	return term == "AND" || term == "OR" || term == "NOT" || isNear(term)
}

// isNear reports whether a term is NEAR/5.
func isNear(term string) bool {
	number, ok := strings.CutPrefix(term, "NEAR/")
	return ok && number != "" && !strings.ContainsFunc(number, func(r rune) bool { return !isDigit(r) })
}

// phraseText is the text between quotation marks with its spaces made single.
func phraseText(text []rune) string { return strings.Join(strings.Fields(string(text)), " ") }

// trimSigns cuts what is neither a sign of a word nor one of keep from both ends.
func trimSigns(text []rune, keep string) []rune {
	kept := func(r rune) bool { return isSign(r) || strings.ContainsRune(keep, r) }
	start := slices.IndexFunc(text, kept)
	if start < 0 {
		return nil
	}
	end := len(text)
	for !kept(text[end-1]) {
		end--
	}
	return text[start:end]
}
