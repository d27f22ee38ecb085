package app

import (
	"strings"
	"sync/atomic"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// FoldText is the form in which words are compared, in the index, in queries and
// where a text is searched for a quote: compatibility forms taken apart
// (ligatures, full-width letters), case folded, the digits of every script made
// 0 to 9, quotation marks and dashes made plain, the diacritics of Latin, Greek,
// Cyrillic, Hebrew and Arabic and all that is invisible left out. Marks that
// make another syllable, as in Indic scripts, stay. A raised number is told from
// one on the line: 10⁶ folds as 10^6 does, CO₂ as CO2.
func FoldText(s string) string {
	if isPlainASCII(s) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	joins := false
	var last rune
	for _, r := range s {
		f := folding(r)
		if isRaised(r) && !isRaised(last) {
			b.WriteByte('^')
		}
		last = r
		b.WriteString(f.text)
		joins = joins || f.joins
	}
	if joins {
		return plainHamza.Replace(norm.NFC.String(b.String()))
	}
	return b.String()
}

// plainHamza leaves the hamza of an alef and of ezafe out. On ya it stays: ئ
// carries the vowels of Uyghur.
var plainHamza = strings.NewReplacer("أ", "ا", "ه\u0654", "ه", "ہ\u0654", "ه")

// isRaised says whether a code point is a digit or sign of a superscript number.
func isRaised(r rune) bool {
	switch r {
	case '¹', '²', '³', '⁺', '⁻':
		return true
	}
	return r == '⁰' || '⁴' <= r && r <= '⁹'
}

func isPlainASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// What Unicode does not take apart but people type plainly: letters, the forms of
// an Arabic letter, punctuation that is only drawn differently.
var plainLetters = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th",
	'ł': "l", 'ħ': "h", 'ı': "i", 'ŧ': "t", 'ŋ': "ng", 'ς': "σ", 'ѣ': "е",
	'ـ': "", 'ٱ': "ا", 'ى': "ي", 'ی': "ي", 'ة': "ه", 'ک': "ك", 'ہ': "ه", '٫': ".", '٬': ",",
	'’': "'", '‘': "'", '‚': "'", '‛': "'", '′': "'", '‹': "'", '›': "'", 'ʼ': "'", '׳': "'",
	'“': `"`, '”': `"`, '„': `"`, '‟': `"`, '«': `"`, '»': `"`, '״': `"`,
	'ʹ': "", 'ʻ': "", 'ʽ': "", 'ʾ': "", 'ʿ': "", // of transliterations
	'‐': "-", '‑': "-", '‒': "-", '–': "-", '—': "-", '―': "-", '−': "-",
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
// folding of a string is that of its code points, with ^ before a raised number,
// composed.
func FoldRune(r rune) string { return folding(r).text }

func foldRune(r rune) string {
	switch {
	case r < 0x80:
		return string(unicode.ToLower(r))
	case r >= 0x4E00 && r <= 0x9FFF: // the common Han ideographs fold to themselves
		return string(r)
	case '¼' <= r && r <= '¾', unicode.Is(fractions, r): // 5½ is not 51⁄2
		return string(r)
	case r == 'ۀ': // he with the hamza of ezafe, which Unicode takes for another letter
		return "ه"
	}
	var b strings.Builder
	for _, d := range norm.NFKD.String(string(r)) {
		d = unicode.ToLower(d)
		if isDiacritic(d) || isInvisible(d) {
			continue
		}
		if p, ok := plainLetters[d]; ok {
			b.WriteString(p)
			continue
		}
		if n, ok := DigitOf(d); ok {
			d = '0' + n
		}
		b.WriteRune(d)
	}
	return plainHamza.Replace(norm.NFC.String(b.String()))
}

// fractions are one half and the like beyond Latin-1.
var fractions = &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0x2150, Hi: 0x215F, Stride: 1}, {Lo: 0x2189, Hi: 0x2189, Stride: 1}}}

// DigitOf is the value of a decimal digit of any script. Unicode has them ten by
// ten, from 0 on.
func DigitOf(r rune) (value rune, ok bool) {
	if !unicode.Is(unicode.Nd, r) {
		return 0, false
	}
	for _, in := range unicode.Nd.R16 {
		if rune(in.Lo) <= r && r <= rune(in.Hi) {
			return (r - rune(in.Lo)) % 10, true
		}
	}
	for _, in := range unicode.Nd.R32 {
		if rune(in.Lo) <= r && r <= rune(in.Hi) {
			return (r - rune(in.Lo)) % 10, true
		}
	}
	return 0, false
}

func isDiacritic(r rune) bool {
	switch {
	case r >= 0x0300 && r <= 0x036F: // combining marks of Latin, Greek, Cyrillic
	case r >= 0x0591 && r <= 0x05C7 && unicode.Is(unicode.Mn, r): // Hebrew points
	case r >= 0x0610 && r <= 0x061A, r >= 0x064B && r <= 0x065F && r != 0x0654, r == 0x0670: // Arabic vowels, madda, hamza below
	case r >= 0x06D6 && r <= 0x06ED && unicode.Is(unicode.Mn, r):
	case r >= 0x08D3 && r <= 0x08FF && unicode.Is(unicode.Mn, r):
	default:
		return false
	}
	return true
}
