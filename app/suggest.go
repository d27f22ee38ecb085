package app

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
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
	for i, w := range words {
		words[i] = literalWord(w)
	}
	s := suggestion{words: words, limit: limit, seen: map[ClaimID]bool{}}
	if strings.TrimRight(typed, " \t\n") != typed { // the last word is ended
		words[len(words)-1] += " "
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

// literalWord takes from a word what a search would take for an operator.
func literalWord(w string) string {
	w = strings.TrimLeft(strings.Map(func(r rune) rune {
		if strings.ContainsRune("\"“”„‟«»＂*", r) {
			return ' '
		}
		return r
	}, w), " -−")
	return strings.ToLower(strings.TrimSpace(w))
}

// suggestion gathers claims for some words.
type suggestion struct {
	words []string
	limit int
	seen  map[ClaimID]bool
	out   []Claim
}

func (n *Notebook) suggestFromIndex(ctx context.Context, s *suggestion) error {
	if err := n.suggestFrom(ctx, s, strings.Join(s.words, " "), s.limit); err != nil {
		return err
	}
	if err := n.store.View(ctx, s.fromNewest); err != nil {
		return err
	}
	if len(s.out) >= s.limit || len(s.words) < 2 {
		return nil
	}
	whole := len(s.out)
	if err := n.suggestFrom(ctx, s, strings.Join(s.words, " OR "), s.limit*suggestMore); err != nil {
		return err
	}
	slices.SortStableFunc(s.out[whole:], func(a, b Claim) int { return cmp.Compare(s.held(b), s.held(a)) })
	s.out = s.out[:min(len(s.out), s.limit)]
	return nil
}

// suggestNewest is how many of the claims used last are looked at without the index.
const suggestNewest = 50

// suggestMore is how many times more claims with some of the words are looked at
// than are shown, for those with most of them to be among them.
const suggestMore = 5

// suggestFrom adds what the index finds.
func (n *Notebook) suggestFrom(ctx context.Context, s *suggestion, query string, limit int) error {
	result, err := n.index.Search(ctx, SearchQuery{Text: query, Kinds: []Kind{KindClaim}, Limit: limit, Typing: true})
	if err != nil {
		return err
	}
	return n.store.View(ctx, func(r Reader) error {
		for _, hit := range result.Hits {
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
	})
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
func (s *suggestion) held(c Claim) int {
	text, n := " "+FoldText(c.Text), 0
	for _, w := range s.words {
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
