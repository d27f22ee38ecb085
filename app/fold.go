package app

import (
	"strings"
	"sync/atomic"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// FoldText is the form in which words are searched: compatibility forms taken
// apart (ligatures, full-width letters), case folded, and the diacritics of
// Latin, Greek, Cyrillic, Hebrew and Arabic left out. Marks that make another
// syllable, as in Indic scripts, stay.
func FoldText(s string) string {
	if isPlainASCII(s) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	joins := false
	for _, r := range s {
		f := folding(r)
		b.WriteString(f.text)
		joins = joins || f.joins
	}
	if joins {
		return norm.NFC.String(b.String())
	}
	return b.String()
}

func isPlainASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// Letters that Unicode does not take apart but that people type without.
var plainLetters = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th",
	'ł': "l", 'ħ': "h", 'ı': "i", 'ŧ': "t", 'ŋ': "ng",
	'ـ': "", 'ٱ': "ا", 'ى': "ي",
	'’': "'", '‘': "'", '‐': "-", '‑': "-", '\u00AD': "", '\u200B': "", '\u200C': "", '\u200D': "",
}

// folded is what a code point folds to, and whether that may join with what
// stands before it.
type folded struct {
	text  string
	joins bool
}

// foldings are the foldings found so far of the code points below 0x10000: a
// list of a hundred thousand quotes is folded with every key that is typed.
var foldings [0x10000]atomic.Pointer[folded]

func folding(r rune) *folded {
	if r >= 0 && int(r) < len(foldings) {
		if known := foldings[r].Load(); known != nil {
			return known
		}
	}
	f := &folded{text: foldRune(r)}
	f.joins = f.text != "" && !norm.NFC.PropertiesString(f.text).BoundaryBefore()
	if r >= 0 && int(r) < len(foldings) {
		foldings[r].Store(f)
	}
	return f
}

// FoldRune folds one code point; the result is empty for those left out. The
// folding of a string is that of its code points, composed.
func FoldRune(r rune) string { return folding(r).text }

func foldRune(r rune) string {
	if r < 0x80 {
		return string(unicode.ToLower(r))
	}
	if r >= 0x4E00 && r <= 0x9FFF { // the common Han ideographs fold to themselves
		return string(r)
	}
	var b strings.Builder
	for _, d := range norm.NFKD.String(string(r)) {
		d = unicode.ToLower(d)
		if isDiacritic(d) {
			continue
		}
		if p, ok := plainLetters[d]; ok {
			b.WriteString(p)
			continue
		}
		b.WriteRune(d)
	}
	return norm.NFC.String(b.String())
}

func isDiacritic(r rune) bool {
	switch {
	case r >= 0x0300 && r <= 0x036F: // combining marks of Latin, Greek, Cyrillic
	case r >= 0x0591 && r <= 0x05C7 && unicode.Is(unicode.Mn, r): // Hebrew points
	case r >= 0x0610 && r <= 0x061A, r >= 0x064B && r <= 0x0653, r == 0x0670: // Arabic vowels
	case r >= 0x06D6 && r <= 0x06ED && unicode.Is(unicode.Mn, r):
	default:
		return false
	}
	return true
}
