package app

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// RuneCount is the length of s in code points.
func RuneCount(s string) int { return utf8.RuneCountInString(s) }

// Slice returns the code points start (inclusive) to end (exclusive) of s;
// offsets outside s are moved to its ends.
func Slice(s string, start, end int) string {
	start = max(0, start)
	if start >= end {
		return ""
	}
	from, to, n := len(s), len(s), 0
	for i := range s {
		if n == start {
			from = i
		}
		if n == end {
			to = i
			break
		}
		n++
	}
	return s[from:max(from, to)]
}

// Clean makes text safe to store: valid UTF-8, "\n" for every line break, and
// no control characters but tab and line feed.
func Clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			return '\n'
		case r == '\n' || r == '\t':
			return r
		case r == '\uFEFF' || unicode.Is(unicode.Cc, r):
			return -1
		}
		return r
	}, s)
}

// OneLine cleans s and folds every run of white space into one space.
func OneLine(s string) string { return strings.Join(strings.Fields(Clean(s)), " ") }

var folder = cases.Fold()

// FoldName is the form in which names are compared: without what cannot be seen,
// NFKC, case folded, white space folded. Diacritics stay: Müller and Muller are
// different people.
func FoldName(s string) string {
	if isPlainASCII(s) {
		return OneLine(strings.ToLower(s))
	}
	s = norm.NFKC.String(folder.String(norm.NFKC.String(withoutInvisible(s))))
	return OneLine(norm.NFKC.String(withoutInvisible(s)))
}

// CountWords counts the words of a text: runs of letters and digits, and each
// ideograph or kana by itself, as readers of Chinese and Japanese count.
func CountWords(s string) int {
	n, in := 0, false
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			n++
			in = false
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if !in {
				n++
			}
			in = true
		case r == '\'' || r == '’' || r == '-':
			// inside a word it joins, elsewhere it does not count
		default:
			in = false
		}
	}
	return n
}

// countOf writes a number with its noun: "1 actor", "3 actors".
func countOf(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// shorten cuts s to at most n code points, at a word's end where it can, and
// says so with an ellipsis.
func shorten(s string, n int) string {
	s = OneLine(s)
	if RuneCount(s) <= n {
		return s
	}
	cut := Slice(s, 0, n-1)
	if at := strings.LastIndexByte(cut, ' '); at > len(cut)/2 {
		cut = cut[:at]
	}
	return cut + "…"
}

// Quoted puts a passage in quotation marks, unless it brings its own on both
// ends.
func Quoted(passage string) string {
	bare := strings.TrimRight(passage, ".,;:!?…")
	for _, marks := range []struct{ open, close string }{{"“", "”"}, {"\"", "\""}, {"„", "“"}, {"«", "»"}, {"「", "」"}} {
		if len(bare) > len(marks.open) && strings.HasPrefix(bare, marks.open) && strings.HasSuffix(bare, marks.close) {
			return passage
		}
	}
	return "“" + passage + "”"
}
