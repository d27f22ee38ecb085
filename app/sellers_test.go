package app

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// Sellers' search with its short cuts finds what trying every piece of the text
// finds.
func TestSellersAgainstEveryPiece(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	letters := []rune("abaü港")
	some := func(n int) []rune {
		out := make([]rune, n)
		for i := range out {
			out[i] = letters[rng.IntN(len(letters))]
		}
		return out
	}
	for range 4000 {
		text, pattern := some(rng.IntN(24)), some(1+rng.IntN(8))
		k := rng.IntN(len(pattern))
		found := sellers(text, pattern, k)
		end := 0
		for _, m := range found {
			if m.start < end || m.end <= m.start || m.end > len(text) {
				t.Fatalf("%q in %q with %d: %+v", string(pattern), string(text), k, found)
			}
			if d := distance(text[m.start:m.end], pattern); d != m.errors || d > k {
				t.Fatalf("%q in %q: %+v has %d errors", string(pattern), string(text), m, d)
			}
			end = m.end
		}
		if plain := sellersPlainly(text, pattern, k); !slices.Equal(found, plain) {
			t.Fatalf("%q in %q with %d: %+v, want %+v", string(pattern), string(text), k, found, plain)
		}
		fewest := len(pattern)
		for i := range text {
			for j := i + 1; j <= len(text); j++ {
				fewest = min(fewest, distance(text[i:j], pattern))
			}
		}
		if got := slices.ContainsFunc(found, func(m approximate) bool { return m.errors == fewest }); got != (fewest <= k) {
			t.Fatalf("%q in %q with %d: %+v, and the best piece has %d errors", string(pattern), string(text), k, found, fewest)
		}
	}
}

// sellersPlainly is the dynamic programme without cut-off.
func sellersPlainly(text, pattern []rune, k int) []approximate {
	if k >= len(pattern) {
		return nil
	}
	type cell struct{ cost, from int }
	column := make([]cell, len(pattern)+1)
	for i := range column {
		column[i].cost = i
	}
	var out []approximate
	for j, r := range text {
		next := make([]cell, len(pattern)+1)
		next[0] = cell{0, j + 1}
		for i, p := range pattern {
			best := column[i]
			if p != r {
				best.cost++
			}
			if c := column[i+1]; c.cost+1 < best.cost {
				best = cell{c.cost + 1, c.from}
			}
			if c := next[i]; c.cost+1 < best.cost {
				best = cell{c.cost + 1, c.from}
			}
			next[i+1] = best
		}
		column = next
		if last := column[len(pattern)]; last.cost <= k && last.from <= j {
			out = keepBetter(out, approximate{last.from, j + 1, last.cost})
		}
	}
	return out
}

func TestSellersTakesTheBestOfOverlapping(t *testing.T) {
	got := sellers([]rune("the mininstry closed"), []rune("ministry"), 2)
	if len(got) != 1 || got[0] != (approximate{4, 13, 1}) {
		t.Errorf("got %+v", got)
	}
	if got := sellers([]rune("abc"), nil, 1); got != nil {
		t.Errorf("nothing is found at %+v", got)
	}
	if got := sellers([]rune("abc"), []rune("ab"), 2); got != nil {
		t.Errorf("a pattern that may be all errors is found at %+v", got)
	}
}

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"kitten", "sitting", 3}, {"", "abc", 3}, {"港口", "港", 1}, {"abc", "abc", 0}} {
		if got := distance([]rune(tt.a), []rune(tt.b)); got != tt.want {
			t.Errorf("%q to %q is %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}

// In a long text, sifted first, the same is found as without.
func TestSiftedTextAgainstSellers(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for round := range 300 {
		letters := []rune("abcdeü港 .")[:3+rng.IntN(7)]
		text := make([]rune, smallGround+rng.IntN(2000))
		for i := range text {
			text[i] = letters[rng.IntN(len(letters))]
		}
		at := rng.IntN(len(text) - 400)
		pattern := slices.Clone(text[at : at+1+rng.IntN(300)])
		for range rng.IntN(1 + len(pattern)/4) {
			pattern[rng.IntN(len(pattern))] = rune('a' + rng.IntN(8))
		}
		k := rng.IntN(1 + len(pattern)/3)
		ground := NewGround(string(text))
		want := sellers(ground.runes, pattern, k)
		if got := ground.approximations(pattern, k); !slices.Equal(got, want) {
			t.Fatalf("round %d: %d letters with %d errors: %v, want %v", round, len(pattern), k, got, want)
		}
	}
}
