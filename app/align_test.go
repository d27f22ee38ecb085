package app

import (
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
)

const dockReport = "The harbour board met on Friday to hear about the dredging.\n\n" +
	"Engineers said that the channel silts up faster than anybody had foreseen in spring.\n\n" +
	"A spokesman for the pilots called the delay a danger to every ship above ten metres.\n\n" +
	"No vote was taken before the chairman closed the meeting at nine."

// carried anchors a quote of old and carries it to text.
func carried(t *testing.T, old, quote, text string) Reanchored {
	t.Helper()
	at := Occurrences(old, quote)
	if len(at) == 0 {
		t.Fatalf("%q is not in the text", quote)
	}
	a, err := NewAnchor(old, at[0], at[0]+RuneCount(quote))
	if err != nil {
		t.Fatal(err)
	}
	return a.Reanchor(old, text)
}

func TestWordsOf(t *testing.T) {
	for _, tt := range []struct {
		text, want string
		weight     int
	}{
		{"The quay’s gate, 3rd.\n \n\nA b", "The|quay|s|gate|3rd|\n|A|b", 7 * wordWeight},
		{"港口公司 x", "港|口|公|司|x", 4*hanWeight + wordWeight},
		{"ท่าเรือ", "ท|า|เ|ร|อ", 5 * letterWeight},
		{"e\u0301te\u0301 الوَزارة", "e\u0301te\u0301|الوَزارة", 2 * wordWeight},
		{" … 😀", "", 0},
	} {
		var words []string
		runes, weight := []rune(tt.text), 0
		for _, w := range wordsOf(runes) {
			words, weight = append(words, w.text), weight+w.weight
			if string(runes[w.start:w.end]) != w.text {
				t.Errorf("%q: %+v", tt.text, w)
			}
		}
		if got := strings.Join(words, "|"); got != tt.want || weight != tt.weight {
			t.Errorf("%q: %q of weight %d, want %q of %d", tt.text, got, weight, tt.want, tt.weight)
		}
	}
}

func TestAligned(t *testing.T) {
	paragraphs := strings.Split(dockReport, "\n\n")
	moved := strings.Join([]string{paragraphs[2], paragraphs[0], paragraphs[1], paragraphs[3]}, "\n\n")
	replaced := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(dockReport) }
	for _, tt := range []struct {
		name, quote, text string
		state             AnchorState
		want              string
	}{
		{"a word that comes often", "the", strings.Replace(dockReport, "hear", "learn", 1), AnchorExact, "the"},
		{"a moved paragraph", "called the delay a danger", moved, AnchorExact, "called the delay a danger"},
		{"all around it changed", "channel silts up faster than anybody had foreseen",
			replaced("said that the", "say our", "in spring", "last year"), AnchorExact, "channel silts up faster than anybody had foreseen"},
		{"changed inside", "A spokesman for the pilots called the delay a danger to every ship above ten metres.",
			replaced("called the delay", "calls such delay"), AnchorFuzzy, "A spokesman for the pilots calls such delay a danger to every ship above ten metres."},
		{"the last word another", "dredging.\n\nEngineers said that the channel silts up faster", replaced("faster", "quicker"), AnchorFuzzy,
			"dredging.\n\nEngineers said that the channel silts up quicker"},
		{"the first word gone", "hear about the dredging.\n\nEngineers said that the channel", replaced("to hear ", "to "), AnchorFuzzy,
			"about the dredging.\n\nEngineers said that the channel"},
		{"half of it moved away", paragraphs[2] + "\n\n" + paragraphs[3], moved, AnchorNeedsReview, ""},
		{"replaced", "danger", replaced("a danger", "a nuisance"), AnchorNeedsReview, ""},
		{"a sign", ".", replaced("hear", "learn"), AnchorExact, "."},
		{"a sign beside a change", ".", replaced("dredging", "works"), AnchorNeedsReview, ""},
		{"nothing but a break", "\n\n", replaced("hear", "learn"), AnchorNeedsReview, ""},
	} {
		got := carried(t, dockReport, tt.quote, tt.text)
		if got.State != tt.state || tt.want != "" && got.Anchor.Quote != tt.want {
			t.Errorf("%s: %s %q, want %s %q", tt.name, got.State, got.Anchor.Quote, tt.state, tt.want)
		}
	}
}

// Words are paired one to one with the same words, and told ones are paired.
func TestAlignmentIsOneToOne(t *testing.T) {
	for seed := range Rounds(300) {
		rng := rand.New(rand.NewPCG(seed, 5))
		words := strings.Fields(strings.Repeat("the quay ministry union port of and to in court ", 4) + dockReport)
		old := make([]string, 1+rng.IntN(300))
		for i := range old {
			old[i] = words[rng.IntN(len(words))] + []string{" ", " ", " ", "\n\n"}[rng.IntN(4)]
		}
		text := slices.Clone(old)
		for range rng.IntN(20) {
			from, to := rng.IntN(len(text)), rng.IntN(len(text))
			text = slices.Insert(slices.Delete(text, from, from+1), min(to, len(text)-1), text[from])
		}
		al := align(wordsOf([]rune(strings.Join(old, ""))), wordsOf([]rune(strings.Join(text, ""))))
		for i, j := range al.to {
			if j >= 0 && (al.from[j] != i || al.old[i].text != al.new[j].text) || j < 0 && al.told[i] {
				t.Fatalf("seed %d: word %d is paired with %d", seed, i, j)
			}
		}
		for j, i := range al.from {
			if i >= 0 && al.to[i] != j {
				t.Fatalf("seed %d: new word %d is paired with %d", seed, j, i)
			}
		}
	}
}

// Whatever two long texts are like, twice the text is aligned with twice the work.
func TestAlignmentOfABook(t *testing.T) {
	vocabulary := strings.Fields(dockReport)
	texts := func(n int) map[string][2]string {
		rng := rand.New(rand.NewPCG(1, 2))
		some := func() string {
			var b strings.Builder
			for range n {
				b.WriteString(vocabulary[rng.IntN(len(vocabulary))])
				if rng.IntN(4) > 0 {
					b.WriteByte(byte('a' + rng.IntN(26)))
				}
				b.WriteByte(' ')
			}
			return b.String()
		}
		book := some()
		return map[string][2]string{
			"the same":      {book, book},
			"halves turned": {book, book[len(book)/2:] + book[:len(book)/2]},
			"one word":      {strings.Repeat("quay ", n), strings.Repeat("quay ", n-n/100)},
			"other words":   {book, some()},
		}
	}
	once, twice := texts(25_000), texts(50_000)
	for name := range once {
		work := func(of [2]string) uint64 {
			return Allocated(func() { align(wordsOf([]rune(of[0])), wordsOf([]rune(of[1]))) })
		}
		TwiceTheWork(t, name, work(once[name]), work(twice[name]))
	}
}

func TestDistanceWithin(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 6))
	for range 5000 {
		a, b := make([]rune, rng.IntN(20)), make([]rune, rng.IntN(20))
		for _, s := range [][]rune{a, b} {
			for i := range s {
				s[i] = rune('a' + rng.IntN(3))
			}
		}
		most := rng.IntN(12)
		if got, want := distanceWithin(a, b, most), min(distance(a, b), most+1); got != want {
			t.Fatalf("%q and %q within %d: %d, want %d", string(a), string(b), most, got, want)
		}
	}
}

// The same texts are aligned by many goroutines at once.
func TestCarryOnEveryCore(t *testing.T) {
	old, text := NewGround(dockReport), NewGround(strings.Replace(dockReport, "hear", "learn", 1))
	a, err := NewAnchor(dockReport, 4, 17)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if got := a.Carry(old, text); got.State != AnchorExact || got.Anchor.Quote != a.Quote {
				t.Errorf("%+v", got)
			}
		})
	}
	all.Wait()
}
