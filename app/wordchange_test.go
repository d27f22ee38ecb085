package app_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"rejoinder/app"
)

// What two quotes have in common; each is compared both ways.
func TestCompareWords(t *testing.T) {
	for _, tt := range []struct {
		old, new string
		kind     app.WordChangeKind
		words    int
		facts    string // of n(umber), N(egation), c(apital), s(ign)
	}{
		{"the ramp was sound", "the ramp was sound", app.SameText, 0, ""},
		{"the “ramp” was ‘sound’", "the \"ramp\" was 'sound'", app.SameWords, 0, ""},
		{"the «ramp» was „sound“", "the “ramp” was “sound”", app.SameWords, 0, ""},
		{"didn’t say", "didn't say", app.SameWords, 0, ""},
		{"10 000 crowns – too much", "10\u00A0000 crowns - too much", app.SameWords, 0, ""},
		{"10 000 crowns — too much", "10\u202F000 crowns—too much", app.SameWords, 0, ""},
		{"2010–2015", "2010-2015", app.SameWords, 0, ""},
		{"2010 – 2015", "2010—2015", app.SameWords, 0, ""},
		{"well‑known", "well-known", app.SameWords, 0, ""},
		{"a man-eating shark", "a man — eating shark", app.WordsChanged, 0, ""},
		{"−5 degrees", "-5 degrees", app.SameWords, 0, ""},
		{"to −5 degrees", "to 5 degrees", app.WordsChanged, 1, "ns"},
		{"to - 5 degrees", "to -5 degrees", app.WordsChanged, 1, "ns"},
		{"in\u00ADspec\u00ADtion", "inspection", app.SameWords, 0, ""},
		{"line\none", "line one", app.SameWords, 0, ""},
		{"oﬃce ﬂag", "office flag", app.SameWords, 0, ""},
		{"café", "cafe\u0301", app.SameWords, 0, ""},
		{"１２３ ｋｍ", "123 km", app.SameWords, 0, ""},
		{"5 %", "5%", app.SameWords, 0, ""},
		{"wait…", "wait...", app.SameWords, 0, ""},
		{"10⁶", "106", app.WordsChanged, 2, "n"},
		{"½", "1⁄2", app.WordsChanged, 3, "ns"},
		{"10,5", "10.5", app.WordsChanged, 1, "n"},
		{"10 000", "10,000", app.WordsChanged, 1, "n"},
		{"10 000", "10000", app.WordsChanged, 1, "n"},
		{"1.000", "1,000", app.WordsChanged, 1, "n"},
		{"rose to 10. 5 men", "rose to 10.5 men", app.WordsChanged, 2, "n"},
		{"10 000 crowns", "70 000 crowns", app.WordsChanged, 1, "n"},
		{"٣ سفن", "٤ سفن", app.WordsChanged, 1, "n"},
		{"$5", "€5", app.WordsChanged, 1, "ns"},
		{"5 %", "5 ‰", app.WordsChanged, 1, "ns"},
		{"12 km away", "12 m away", app.WordsChanged, 1, "n"},
		{"5′ long", "5″ long", app.WordsChanged, 1, "ns"},
		{"it is sound", "it is not sound", app.WordsChanged, 1, "N"},
		{"it did so", "it didn’t so", app.WordsChanged, 1, "N"},
		{"it is safe", "it is unsafe", app.WordsChanged, 1, "N"},
		{"it was harmful", "it was harmless", app.WordsChanged, 1, "N"},
		{"es war eine Rampe", "es war keine Rampe", app.WordsChanged, 1, "N"},
		{"elle est sûre", "elle n'est pas sûre", app.WordsChanged, 2, "N"},
		{"трап надёжен", "трап ненадёжен", app.WordsChanged, 1, "N"},
		{"rampa byla pevná", "rampa nebyla pevná", app.WordsChanged, 1, "N"},
		{"yapıldı orada", "yapılmadı orada", app.WordsChanged, 1, "N"},
		{"said Brandt", "said Linus", app.WordsChanged, 1, "c"},
		{"four hundred men", "five hundred men", app.WordsChanged, 1, "n"},
		{"vierhundert Leute", "fünfhundert Leute", app.WordsChanged, 1, "n"},
		{"тридцати человек", "сорока человек", app.WordsChanged, 1, "n"},
		{"码头安全", "码头不安全", app.WordsChanged, 1, "Nc"},
		{"港口公司", "港务公司", app.WordsChanged, 1, "c"},
		{"三艘船", "四艘船", app.WordsChanged, 1, "n"},
		{"الرصيف آمن", "الميناء آمن", app.WordsChanged, 1, "c"},
		{"it is sound.", "it is sound?", app.WordsChanged, 0, ""},
		{"the experts said", "the “experts” said", app.WordsChanged, 0, ""},
		{"good 👍", "good 👎", app.WordsChanged, 1, "s"},
		{"good ❤️", "good ❤", app.SameWords, 0, ""},
		{"now here", "nowhere", app.WordsChanged, 2, "N"},
		{"the US team", "the us team", app.WordsChanged, 1, "c"},
		{"می\u200cخواهم", "میخواهم", app.WordsChanged, 1, "c"},
		{"", "", app.SameText, 0, ""},
	} {
		for _, pair := range [][2]string{{tt.old, tt.new}, {tt.new, tt.old}} {
			c := app.CompareWords(pair[0], pair[1])
			if c.Kind != tt.kind || c.Words != tt.words || facts(c) != tt.facts {
				t.Errorf("%q and %q: %s, %d words, %q", pair[0], pair[1], c.Kind, c.Words, facts(c))
			}
		}
	}
}

func facts(c app.WordChange) string {
	out := ""
	for _, f := range []struct {
		is   bool
		name string
	}{{c.Number, "n"}, {c.Negation, "N"}, {c.Name, "c"}, {c.Sign, "s"}} {
		if f.is {
			out += f.name
		}
	}
	return out
}

// The pieces of both quotes are the quotes, and what is marked are whole words.
func TestChangedWordsAreMarkedWhole(t *testing.T) {
	c := app.CompareWords("The owner paid 10 000 crowns, too much", "The old owner paid 70 000 crowns; too little")
	marked := func(words []app.DiffWord) string {
		out := ""
		for _, w := range words {
			if w.Kind == app.DiffSame {
				out += w.Text
			} else {
				out += "[" + w.Text + "]"
			}
		}
		return out
	}
	if got := marked(c.Old); got != "The owner paid [10 000] crowns[,] too [much]" {
		t.Error(got)
	}
	if got := marked(c.New); got != "The [old] owner paid [70 000] crowns[;] too [little]" {
		t.Error(got)
	}
	if c.Words != 3 || c.Of != 8 || c.Summary() != "3 words changed: a number" {
		t.Errorf("%d of %d: %s", c.Words, c.Of, c.Summary())
	}
}

// naiveSame says of texts of plain letters, digits, quotes and blanks whether they
// have the same words, another way: everything is made plain and compared as one
// string without blanks, once with a sign between words and once without a care.
func naiveSame(a, b string) bool {
	plain := func(s string) string {
		s = norm.NFC.String(s)
		for _, pair := range [][2]string{{"\u00AD", ""}, {"ﬁ", "fi"}, {"“", `"`}, {"”", `"`}, {"’", "'"}, {"\u00A0", " "}, {"\u202F", " "}, {"\n", " "}} {
			s = strings.ReplaceAll(s, pair[0], pair[1])
		}
		return strings.Join(strings.Fields(s), " ")
	}
	return plain(a) == plain(b)
}

// quotable are words and what typography does to each.
var quotable = [][]string{
	{"the"}, {"ramp"}, {"was"}, {"not", "no\u00ADt"}, {"sound"}, {"unsound"}, {"10", "1\u00AD0"}, {"70"}, {"Brandt"}, {"café", "cafe\u0301"},
	{"ﬁnd", "find"}, {"didn't", "didn’t"}, {`"yes"`, "“yes”"}, {"crowns"}, {"Москва"}, {"не"}, {"الرصيف"},
}

// Random quotes and their typographic variants have the same words; one word put
// in, left out or changed is always seen; and the comparison is symmetric.
func TestCompareWordsAgreesWithANaiveComparison(t *testing.T) {
	blanks := []string{" ", "\u00A0", "\n", "  ", "\u202F"}
	print := func(rng *rand.Rand, words []int) string {
		var b strings.Builder
		for i, w := range words {
			if i > 0 {
				b.WriteString(blanks[rng.IntN(len(blanks))])
			}
			b.WriteString(quotable[w][rng.IntN(len(quotable[w]))])
		}
		return b.String()
	}
	for seed := range app.Rounds(4000) {
		rng := rand.New(rand.NewPCG(seed, 21))
		words := make([]int, 1+rng.IntN(30))
		for i := range words {
			words[i] = rng.IntN(len(quotable))
		}
		other := slices.Clone(words)
		for range rng.IntN(3) {
			at, w := rng.IntN(len(other)), rng.IntN(len(quotable))
			switch rng.IntN(3) {
			case 0:
				other[at] = w
			case 1:
				other = slices.Insert(other, at, w)
			case 2:
				if len(other) > 1 {
					other = slices.Delete(other, at, at+1)
				}
			}
		}
		a, b := print(rng, words), print(rng, other)
		c, back := app.CompareWords(a, b), app.CompareWords(b, a)
		if same := c.Kind != app.WordsChanged; same != naiveSame(a, b) || same != slices.Equal(words, other) || (c.Kind == app.SameText) != (a == b) {
			t.Errorf("seed %d: %q and %q are %s", seed, a, b, c.Kind)
		}
		if c.Kind != back.Kind || c.Words != back.Words || c.Of != back.Of || facts(c) != facts(back) {
			t.Errorf("seed %d: %q and %q: %v one way, %v the other", seed, a, b, c, back)
		}
		if joinPieces(c.Old) != a || joinPieces(c.New) != b || !reflect.DeepEqual(kinds(c.Old), kinds(back.New)) {
			t.Errorf("seed %d: %q and %q in pieces %v, %v", seed, a, b, c.Old, c.New)
		}
		distance := wordDistance(words, other)
		if c.Words < (distance+1)/2 || c.Words > max(len(words), len(other))+4 {
			t.Errorf("seed %d: %q and %q differ in %d words, %d counted otherwise", seed, a, b, c.Words, distance)
		}
	}
}

func joinPieces(words []app.DiffWord) string {
	out := ""
	for _, w := range words {
		out += w.Text
	}
	return out
}

// kinds are the texts of pieces and whether each differs.
func kinds(words []app.DiffWord) []string {
	var out []string
	for _, w := range words {
		out = append(out, w.Text, map[bool]string{true: "same", false: "differs"}[w.Kind == app.DiffSame])
	}
	return out
}

// wordDistance is how many words of both lists are in no common subsequence,
// counted by trying all of them, the plain way.
func wordDistance(a, b []int) int {
	memo := map[[2]int]int{}
	var common func(i, j int) int
	common = func(i, j int) int {
		if i == len(a) || j == len(b) {
			return 0
		}
		if n, ok := memo[[2]int{i, j}]; ok {
			return n
		}
		n := max(common(i+1, j), common(i, j+1))
		if a[i] == b[j] {
			n = max(n, 1+common(i+1, j+1))
		}
		memo[[2]int{i, j}] = n
		return n
	}
	return max(len(a), len(b)) - common(0, 0)
}

// Whatever the quotes, a digit or a letter that is in one and not in the other is
// seen, and the comparison is symmetric.
func FuzzCompareWords(f *testing.F) {
	f.Add("10 000 crowns – too much", "10\u00A0000 crowns - too much")
	f.Add("10⁶", "106")
	f.Add("the “ramp” was n't", "the \"ramp\" wasn't")
	f.Add("港口公司否认", "港口公司承认")
	f.Add("a\u0301\u00AD-5", "á −5")
	f.Fuzz(func(t *testing.T, a, b string) {
		if !utf8.ValidString(a) || !utf8.ValidString(b) || len(a) > 600 || len(b) > 600 {
			t.Skip()
		}
		c, back := app.CompareWords(a, b), app.CompareWords(b, a)
		if c.Kind != back.Kind || c.Words != back.Words || facts(c) != facts(back) {
			t.Errorf("%v one way, %v the other", c, back)
		}
		if joinPieces(c.Old) != a || joinPieces(c.New) != b {
			t.Errorf("pieces %q, %q", c.Old, c.New)
		}
		if (c.Kind == app.SameText) != (a == b) {
			t.Errorf("%s", c.Kind)
		}
		// Letters and digits of NFKC, which folds more than typography does, are the
		// same where the words are.
		if c.Kind == app.SameWords && bareLetters(a) != bareLetters(b) {
			t.Errorf("%q and %q are the same words", bareLetters(a), bareLetters(b))
		}
	})
}

func bareLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) && r != 'ـ' && r != 'ʼ' && r != 'ʹ' || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, norm.NFKC.String(s))
}
