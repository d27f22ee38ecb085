package app

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"
)

// doubleLeast is how much two wordings have to share, of 1, to be offered as one
// claim.
const doubleLeast = 0.6

// Doubles lists the claims, at most three and the nearest first, that read like
// words for which no claim is there yet: before a new claim is made it is asked
// whether one of them is meant. Where the claim is there it is none.
func (n *Notebook) Doubles(ctx context.Context, text string) ([]Claim, error) {
	text = strings.TrimSpace(text)
	if text == "" || IsID(text) {
		return nil, nil
	}
	there := false
	if err := n.store.View(ctx, func(r Reader) error {
		_, err := findClaim(r, text)
		there = !errors.Is(err, ErrNotFound)
		return nil
	}); err != nil || there {
		return nil, err
	}
	d, err := n.Discourse(ctx)
	if err != nil {
		return nil, err
	}
	words := wordPairs(foldedWords(text))
	share := map[ClaimID]float64{}
	var out []Claim
	for _, c := range d.Claims {
		if share[c.ID] = overlap(words, wordPairs(d.folded.wordsOf(c.Text))); share[c.ID] >= doubleLeast {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b Claim) int { return cmp.Compare(share[b.ID], share[a.ID]) })
	return out[:min(len(out), 3)], nil
}

// wordPairs are the words that are compared, in order and each once: without the
// shortest, which say little, and those of scripts without spaces as the pairs of
// their letters.
func wordPairs(words []string) []string {
	out := make([]string, 0, len(words))
	for _, word := range words {
		letters := []rune(word)
		switch {
		case strings.ContainsFunc(word, unspaced):
			for i := range max(1, len(letters)-1) {
				out = append(out, string(letters[i:min(i+2, len(letters))]))
			}
		case len(letters) > 3 || strings.ContainsFunc(word, unicode.IsDigit):
			out = append(out, word)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// overlap is the share of words that two texts have in common (Dice's
// coefficient).
func overlap(a, b []string) float64 {
	common := 0
	for _, word := range b {
		at, same := slices.BinarySearch(a, word)
		if same || at < len(a) && inflected(word, a[at]) || at > 0 && inflected(a[at-1], word) {
			common++
		}
	}
	return 2 * float64(common) / float64(max(1, len(a)+len(b)))
}

// inflected says whether a longer word is another with an ending.
func inflected(word, longer string) bool {
	return len(word) >= 4 && len(longer) <= len(word)+3 && strings.HasPrefix(longer, word)
}
