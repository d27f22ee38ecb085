package search

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/analysis"

	"rejoinder/app"
)

const (
	// proseTerms is by how many words of a pasted text, the rarest, things are
	// found.
	proseTerms = 48
	// Found is what has a third of the share of these words that the best has, and
	// a tenth of them all: nearly everything has one of them.
	ofBest = 3
	ofAll  = 10
	// bySaturation is how much of a word's worth depends on how often it stands in a
	// document; the rest on its being there, so that a long article that has the
	// whole paragraph is before a short one that repeats some of it.
	bySaturation = 0.1
)

// alike finds what shares most of the rare words of a text, of what language
// either is.
func (b *planner) alike(text string) (node, error) {
	leaves, err := b.rarest([]byte(clip(text, tellingBytes)))
	if err != nil || len(leaves) == 0 {
		return nil, err
	}
	for _, w := range leaves {
		b.ranks(shared{w.word})
		for _, t := range w.terms {
			b.mark(t)
		}
	}
	return b.sharing(leaves), nil
}

// proseWord is a word of a text with what is marked for it.
type proseWord struct {
	*word
	terms []app.Term
}

// rarest lists the rarest words of a text that the index has.
func (b *planner) rarest(text []byte) ([]proseWord, error) {
	var out []proseWord
	seen := map[string]bool{}
	for _, t := range (wordTokenizer{}).Tokenize(text) {
		if t.Type == analysis.Single || t.Type == echo || seen[string(t.Term)] {
			continue
		}
		seen[string(t.Term)] = true
		w, terms, err := b.formsOf(t, text, everywhere)
		if err != nil {
			return nil, err
		}
		if w.weak || slices.ContainsFunc(out, func(o proseWord) bool { return slices.Equal(o.ranked, w.ranked) }) {
			continue
		}
		if err := w.open(b.view); err != nil {
			return nil, err
		}
		if w.frequency() > 0 {
			out = append(out, proseWord{w, terms})
		}
	}
	slices.SortStableFunc(out, func(a, b proseWord) int { return cmp.Compare(b.idf, a.idf) })
	return out[:min(len(out), proseTerms)], nil
}

// sharing is what has enough of the words.
func (b *planner) sharing(words []proseWord) fixed {
	shares, best, all := make([][]float32, len(b.view.segments)), float32(0), float32(0)
	for _, w := range words {
		all += float32(w.idf)
	}
	for i, p := range b.view.segments {
		shares[i] = make([]float32, p.size)
		for _, w := range words {
			w.sets[i].Iterate(func(d uint32) bool {
				shares[i][d] += float32(w.idf)
				best = max(best, shares[i][d])
				return true
			})
		}
	}
	least := max(best/ofBest, all/ofAll)
	out := make(fixed, len(b.view.segments))
	for i := range shares {
		out[i] = roaring.New()
		for d, share := range shares[i] {
			if share >= least {
				out[i].Add(uint32(d)) //nolint:gosec // below the size of the segment
			}
		}
	}
	return out
}

// shared is a word that ranks by being in a document, hardly by how often.
type shared struct{ *word }

type sharedCursor struct {
	cursor
	best float64
}

// scoring implements scorer.
func (s shared) scoring(p *part) (cursor, error) {
	c, err := s.word.scoring(p)
	if c == nil || err != nil {
		return nil, err
	}
	return &sharedCursor{c, s.best()}, nil
}

func (c *sharedCursor) score(document uint32) (float64, error) {
	score, err := c.cursor.score(document)
	if score > 0 {
		score = bySaturation*score + (1-bySaturation)*c.best
	}
	return score, err
}

// explain implements scorer.
func (s shared) explain(c cursor, d uint32, score float64) (app.Explanation, error) {
	return s.word.explain(c.(*sharedCursor).cursor, d, score)
}
