package app

import (
	"context"
	"slices"
)

// mostCandidates is how many places are offered for a mark.
const mostCandidates = 5

// Candidates are the places in the text in use that may be the mark's, the
// likeliest first, at most 5. They are looked for with twice the errors with
// which a mark is carried: a person chooses.
func (n *Notebook) Candidates(ctx context.Context, id AnnotationID) ([]Candidate, error) {
	var out []Candidate
	err := n.store.View(ctx, func(r Reader) error {
		m, article, err := markOf(r, id)
		if err != nil {
			return err
		}
		sure, err := lastSure(r, m)
		if err != nil {
			return err
		}
		c := newCarrier()
		old, err := c.ground(r, sure.Text)
		if err != nil {
			return err
		}
		text, err := c.ground(r, article.Text)
		if err == nil {
			out = sure.Anchor.offers(old, text, standing(m, article.Text))
		}
		return err
	})
	return out, err
}

// offers are the places in text that may be the anchor's passage in old: first the
// one where the mark stands, or without one ("") that it would be carried to. None
// that is found cuts a word that the passage does not.
func (a Anchor) offers(old, text *Ground, stands Anchor) []Candidate {
	folded, known := old.folded(a)
	length := RuneCount(folded.Quote)
	found := folded.candidates(text, 0)
	for _, errors := range []int{length / 4, length / 2} {
		if errors = min(errors, mostErrors); len(found) == 0 && errors > 0 {
			found = folded.candidates(text, errors)
		}
	}
	var out []Candidate
	if best, _, ok := a.likeliest(old, text, stands); ok {
		out = append(out, best)
	}
	for _, c := range found {
		from, to := text.uncut(c.start, c.end, old, folded, known)
		at := text.unfolded(a.Quote, from, to)
		if len(out) < mostCandidates && !slices.ContainsFunc(out, func(o Candidate) bool { return at.Start < o.Anchor.End && o.Anchor.Start < at.End }) {
			out = append(out, Candidate{Anchor: at, Errors: c.errors, Likeness: c.likeness(),
				Change: compareWords(old.wordsOf(a, known), text.words(at.Start, at.End))})
		}
	}
	return out
}

// likeliest is the first place that is offered for a mark, and whether another is
// about as likely.
func (a Anchor) likeliest(old, text *Ground, stands Anchor) (best Candidate, rivals, ok bool) {
	folded, known := old.folded(a)
	found := Reanchored{Anchor: stands, State: AnchorFuzzy}
	if stands.Quote == "" {
		if found = judgeCarried(a.Carry(old, text), a, old, text, true).Reanchored; found.State == AnchorOrphan {
			return Candidate{}, false, false
		}
	}
	from, to := text.span(found.Anchor.Start, found.Anchor.End)
	c := candidate{start: from, end: to, errors: distanceWithin([]rune(folded.Quote), text.runes[from:to], mostErrors)}
	c.weigh(text.runes, max(1, RuneCount(folded.Quote)), []rune(folded.Prefix), []rune(folded.Suffix))
	return Candidate{Anchor: found.Anchor, Errors: c.errors, Likeness: c.likeness(),
		Change: compareWords(old.wordsOf(a, known), text.words(found.Anchor.Start, found.Anchor.End))}, found.Rivals, true
}

func (c candidate) likeness() float64 { return min(1, max(0, (1+c.total)/2)) }

// wordsOf are the words of a passage of this text, or of a quote from elsewhere.
func (g *Ground) wordsOf(a Anchor, known bool) quoteWords {
	if known {
		return g.words(a.Start, a.End)
	}
	q := NewGround(a.Quote)
	return q.words(0, len(q.raw))
}

// standing is where a fuzzy mark was carried to in the text in use; "" for others,
// which were not.
func standing(m Annotation, inUse TextID) Anchor {
	if m.State == AnchorFuzzy && m.Text == inUse {
		return m.Anchor
	}
	return Anchor{}
}
