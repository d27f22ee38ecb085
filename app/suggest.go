package app

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"rejoinder/app/query"
)

// SuggestClaims finds claims for what is typed: those that have every word of
// it, the last one perhaps not ended, the best first; behind them those that
// have most of the words. With nothing typed they are the claims used last.
// While the index cannot answer, all claims are looked at one by one.
func (n *Notebook) SuggestClaims(ctx context.Context, typed string, limit int) ([]Claim, error) {
	typed = strings.TrimLeft(typed, " \t\n")
	words := strings.Fields(typed)
	if len(words) == 0 {
		var out []Claim
		err := n.store.View(ctx, func(r Reader) (err error) {
			out, err = r.ClaimsUsed(limit)
			return err
		})
		return out, err
	}
	s := suggestion{typed: query.Literal(typed), words: words, limit: limit, seen: map[ClaimID]bool{}}
	if strings.TrimRight(typed, " \t\n") != typed { // the last word is ended
		s.typed += " "
	}
	err := n.suggestFromIndex(ctx, &s)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil || len(s.out) == 0 && n.index.Status().Building:
		s.out, s.seen = nil, map[ClaimID]bool{}
		err = n.store.View(ctx, s.fromAll)
	}
	return s.out, err
}

// suggestion gathers claims for some words.
type suggestion struct {
	typed string // as a query of mere words
	words []string
	limit int
	seen  map[ClaimID]bool
	out   []Claim
}

func (n *Notebook) suggestFromIndex(ctx context.Context, s *suggestion) error {
	q := SearchQuery{Text: s.typed, Kinds: []Kind{KindClaim}, Limit: s.limit * suggestMore, Typing: true}
	result, err := n.index.Search(ctx, q)
	if err != nil {
		return err
	}
	return n.store.View(ctx, func(r Reader) error {
		if err := s.fromHits(r, result.Hits[:min(result.Whole, s.limit)]); err != nil {
			return err
		}
		if err := s.fromNewest(r); err != nil {
			return err
		}
		whole := len(s.out)
		if err := s.fromHits(r, result.Hits[result.Whole:]); err != nil {
			return err
		}
		slices.SortStableFunc(s.out[whole:], func(a, b Claim) int { return cmp.Compare(s.held(b), s.held(a)) })
		s.out = s.out[:min(len(s.out), s.limit)]
		return nil
	})
}

// suggestNewest is how many of the claims used last are looked at without the index.
const suggestNewest = 50

// suggestMore is how many times more claims with some of the words are looked at
// than are shown, for those with most of them to be among them.
const suggestMore = 5

func (s *suggestion) fromHits(r Reader, hits []Hit) error {
	for _, hit := range hits {
		c, err := r.Claim(ClaimID(hit.ID))
		if errors.Is(err, ErrNotFound) {
			continue // since it was indexed
		}
		if err != nil {
			return err
		}
		s.add(c)
	}
	return nil
}

// fromNewest adds the claims used last that have every word: the index may not
// know yet of one that was made a moment ago.
func (s *suggestion) fromNewest(r Reader) error {
	newest, err := r.ClaimsUsed(suggestNewest)
	for _, c := range newest {
		if len(s.out) < s.limit && s.held(c) == len(s.words) {
			s.add(c)
		}
	}
	return err
}

func (s *suggestion) add(c Claim) {
	if c.Trashed.IsZero() && c.MergedInto == "" && !s.seen[c.ID] {
		s.seen[c.ID] = true
		s.out = append(s.out, c)
	}
}

// held is how many of the words a claim has.
func (s *suggestion) held(c Claim) int { return held(c.Text, s.words) }

// held is how many of the words a text has.
func held(text string, words []string) int {
	text, n := " "+FoldText(text), 0
	for _, w := range words {
		if w = FoldText(strings.TrimSpace(w)); w != "" && strings.Contains(text, w) {
			n++
		}
	}
	return n
}

// fromAll looks at every claim.
func (s *suggestion) fromAll(r Reader) error {
	all, err := r.Claims()
	if err != nil {
		return err
	}
	for _, c := range all {
		if 2*s.held(c) > len(s.words) || s.held(c) == len(s.words) {
			s.add(c)
		}
	}
	slices.SortStableFunc(s.out, func(a, b Claim) int { return cmp.Compare(s.held(b), s.held(a)) })
	s.out = s.out[:min(len(s.out), max(s.limit, 0))]
	return nil
}
