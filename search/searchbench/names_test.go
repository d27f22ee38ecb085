//go:build bench

package searchbench

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
)

// drawRank draws the rank of a name: Zipf–Mandelbrot with exponent 1.3 and no
// last rank, so that the number of different ones keeps growing with the number
// drawn, about as its power 0.77.
func drawRank(r *rand.Rand) uint64 {
	const exponent, shift = 1.3, 50
	rank := shift * (math.Pow(1-r.Float64(), -1/(exponent-1)) - 1)
	return uint64(min(rank, 1<<50))
}

// scrambled spreads neighbouring numbers, the same way in every run.
func scrambled(n uint64) uint64 {
	n ^= n >> 31
	n *= 0x9e3779b97f4a7c15
	n ^= n >> 29
	n *= 0xbf58476d1ce4e5b9
	return n ^ n>>32
}

var (
	onsets = strings.Fields("b br ch d dr f g gr h j k kl l m n p pr r s sh st t tr v w y z th")
	vowels = strings.Fields("a e i o u ai ea io ou a e i o")
	codas  = []string{"", "", "", "n", "r", "s", "l", "m", "nd", "rt", "ck", ""}
)

// madeName is the name of a rank, as a person's or place's; frequent ones are
// mostly shorter. Two ranks hardly ever share a name.
func madeName(rank uint64) string {
	syllables := 2
	for n := rank; n > 3000; n /= 400 {
		syllables++
	}
	var b strings.Builder
	for s := scrambled(rank); syllables > 0; syllables-- {
		b.WriteString(onsets[s%uint64(len(onsets))])
		s /= uint64(len(onsets))
		b.WriteString(vowels[s%uint64(len(vowels))])
		s /= uint64(len(vowels))
		b.WriteString(codas[s%uint64(len(codas))])
		s = scrambled(s/uint64(len(codas)) + uint64(syllables))
	}
	name := b.String()
	return strings.ToUpper(name[:1]) + name[1:]
}

// madeNumber is a year, a small number, or one of the endless many.
func madeNumber(r *rand.Rand) string {
	switch r.IntN(4) {
	case 0:
		return strconv.Itoa(1960 + zipfBelow(r, 66))
	case 1:
		return strconv.Itoa(1 + zipfBelow(r, 100))
	case 2:
		return strconv.Itoa(int(drawRank(r)%1000)) + "." + strconv.Itoa(r.IntN(10))
	}
	n := int(drawRank(r) % 100_000_000)
	if n >= 10_000 {
		return strconv.Itoa(n/1000) + "," + strconv.Itoa(1000 + n%1000)[1:]
	}
	return strconv.Itoa(n)
}

// languages are those of the corpus with their shares in thousandths.
var languages = []struct {
	code     string
	share    int
	alphabet []rune // what its made-up words are spelt with
}{
	{"en", 820, nil},
	{"de", 40, []rune("bädöfügaheknilomurasetiwu")},
	{"fr", 30, []rune("béçàdèfigolûmanêrîsatoveu")},
	{"es", 25, []rune("bacedifoguhájélímónúñapesu")},
	{"ru", 20, []rune("бавегодилимонупырястефахиц")},
	{"zh", 20, nil},
	{"ar", 12, []rune("بادوريزاسوشيفاقوكيلامونيها")},
	{"tr", 10, []rune("baçeğıdigoküloşümanısetavi")},
	{"ug", 8, []rune("باپەتىجوچۇدۆرۈزېغافەقىكو")},
	{"pt", 7, []rune("bãcõdáféginolúmàpêrasotevi")},
	{"uk", 5, []rune("баґевідїжозулиманопєрасетю")},
	{"it", 3, []rune("bacedifogulamenipiroqusàtè")},
}

func drawLanguage(r *rand.Rand) string {
	n := r.IntN(1000)
	for _, l := range languages {
		if n -= l.share; n < 0 {
			return l.code
		}
	}
	return "en"
}

// madeWord stands for an English word in a language's letters, for the same word
// always the same, and about as long.
func madeWord(language, word string) string {
	s := uint64(14695981039346656037)
	for _, b := range []byte(language + word) {
		s = (s ^ uint64(b)) * 1099511628211
	}
	var b strings.Builder
	if language == "zh" { // frequent words are short and have one character
		for range 1 + min(len(word)/4, 3) {
			b.WriteRune('一' + rune(s%3000))
			s = scrambled(s)
		}
		return b.String()
	}
	for _, l := range languages {
		if l.code == language {
			for i := range min(len(word), 12) {
				s = scrambled(s + uint64(i))
				b.WriteRune(l.alphabet[s%uint64(len(l.alphabet))])
			}
		}
	}
	return b.String()
}
