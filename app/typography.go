package app

import (
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// foldedText is a text with its typography folded: what two printings of the same
// words may differ in is the same in both. Words, numbers, signs and the case of
// letters stay. Every code point knows which of the text it was made of.
type foldedText struct {
	runes      []rune
	start, end []int // code points of the text, end exclusive
}

// foldTypography folds normal forms, ligatures and presentation forms, quotation
// marks, dashes, runs of white space and invisible characters. It does not fold
// by NFKC, which makes 106 of 10⁶ and 1⁄2 of ½.
func foldTypography(text []rune) foldedText {
	f := foldedText{runes: make([]rune, 0, len(text)), start: make([]int, 0, len(text)), end: make([]int, 0, len(text))}
	for i := 0; i < len(text); {
		j := i + 1
		for j < len(text) && text[j] >= 0x300 && !norm.NFC.PropertiesString(string(text[j])).BoundaryBefore() {
			j++
		}
		if j == i+1 && text[i] < 0x80 {
			f.add(plainTypography(text[i]), i, j)
			i = j
			continue
		}
		for _, r := range norm.NFC.String(string(text[i:j])) {
			for _, made := range printed(r) {
				f.add(made, i, j)
			}
		}
		i = j
	}
	return f
}

// add adds a code point made of the code points start to end; a run of white
// space is one blank, or one or two line breaks.
func (f *foldedText) add(r rune, start, end int) {
	n := len(f.runes)
	if r == ' ' || r == '\n' {
		last := rune(0)
		if n > 0 {
			last = f.runes[n-1]
		}
		switch {
		case last == ' ' && r == '\n':
			f.runes[n-1], f.end[n-1] = '\n', end
			return
		case last == ' ' || last == '\n' && (r == ' ' || n > 1 && f.runes[n-2] == '\n'):
			f.end[n-1] = end
			return
		}
	}
	f.runes, f.start, f.end = append(f.runes, r), append(f.start, start), append(f.end, end)
}

// span is where the code points start to end of the text are when folded; empty
// when they are all left out.
func (f *foldedText) span(start, end int) (from, to int) {
	from = sort.Search(len(f.end), func(i int) bool { return f.end[i] > start })
	to = sort.Search(len(f.start), func(i int) bool { return f.start[i] >= end })
	return from, max(from, to)
}

// place is where the folded code points from to to, of which there is at least
// one, stand in the text.
func (f *foldedText) place(from, to int) (start, end int) { return f.start[from], f.end[to-1] }

func plainTypography(r rune) rune {
	switch r {
	case '`':
		return '\''
	case '\t', '\r', '\v', '\f':
		return ' '
	}
	return r
}

// looseOccurrences finds a quote in a text where the two differ only in their
// typography: where each place begins and ends, in code points of the text.
func looseOccurrences(text, quote string) [][2]int {
	have := foldTypography([]rune(text))
	want := foldTypography([]rune(strings.TrimSpace(quote))).runes
	var out [][2]int
	for _, at := range Occurrences(string(have.runes), string(want)) {
		start, end := have.place(at, at+len(want))
		out = append(out, [2]int{start, end})
	}
	return out
}

const (
	softHyphen = '\u00AD'
	emDash     = '—'
)

// printed is what a composed code point is folded to.
func printed(r rune) string {
	switch {
	case r < 0x80:
		return string(plainTypography(r))
	case isTypesetting(r):
		return ""
	case r == '\u0085' || r == '\u2028' || r == '\u2029':
		return "\n"
	case unicode.IsSpace(r):
		return " "
	}
	switch r {
	case '“', '”', '„', '‟', '«', '»', '″', '〝', '〞', '〟', '「', '」', '『', '』', '＂', '｢', '｣':
		return `"`
	case '‘', '’', '‚', '‛', '‹', '›', '′', '´', 'ʼ', 'ʹ', '＇':
		return "'"
	case '‐', '‑', '‒', '–', '−', '﹣', '－', '﹘':
		return "-"
	case '―', '⸺', '⸻':
		return string(emDash)
	}
	if isPresentationForm(r) {
		return norm.NFKC.String(string(r))
	}
	return string(r)
}

// isTypesetting says that a character only tells a printer or a screen what to do.
// Joiners and overrides of direction are none of them: they change what is read.
func isTypesetting(r rune) bool {
	switch r {
	case softHyphen, '\u200B', '\u2060', '\uFEFF', '\u200E', '\u200F', '\u061C', '\u180E', '\u034F', // spaces of no width, directions
		'\u202A', '\u202B', '\u202C', '\u2066', '\u2067', '\u2068', '\u2069',
		'\uFE0E', '\uFE0F', // how an emoji is drawn
		'ـ': // an Arabic word made longer
		return true
	}
	return false
}

// presentationForms are the compatibility characters that are letters, digits and
// signs in another shape, and mean the same. Superscripts, fractions, numbers in
// circles and units in one square are not.
var presentationForms = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x00B5, 0x00B5, 1}, {0x0132, 0x0133, 1}, {0x0149, 0x0149, 1}, {0x017F, 0x017F, 1}, {0x01C4, 0x01CC, 1}, {0x01F1, 0x01F3, 1},
		{0x0587, 0x0587, 1}, {0x2025, 0x2026, 1}, {0x2103, 0x2103, 1}, {0x2109, 0x2109, 1}, {0x2116, 0x2116, 1}, {0x2160, 0x217F, 1},
		{0xFB00, 0xFB06, 1}, {0xFB13, 0xFB17, 1}, {0xFB1D, 0xFB28, 1}, {0xFB2A, 0xFB4F, 1}, {0xFB50, 0xFDFB, 1}, {0xFE10, 0xFE19, 1}, {0xFE30, 0xFE6F, 1},
		{0xFE70, 0xFEFC, 1}, {0xFF01, 0xFF5E, 1}, {0xFF61, 0xFF9F, 1}, {0xFFE0, 0xFFE6, 1},
	},
	R32: []unicode.Range32{{0x1D400, 0x1D7FF, 1}},
}

func isPresentationForm(r rune) bool { return unicode.Is(presentationForms, r) }
