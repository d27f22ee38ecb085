package search

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search"

	"rejoinder/app"
)

const (
	defaultLimit = 50
	maxLimit     = 10_000
)

// search answers a query; errDamaged says that the volume is damaged.
func (v *volume) search(ctx context.Context, q app.SearchQuery) (result app.SearchResult, err error) {
	err = guarded(func() error {
		tree := parse(q.Text, q.Typing)
		match, err := tree.compile(q.Kinds, v.beginnings)
		if err != nil || match == nil {
			return err
		}
		limit := min(q.Limit, maxLimit)
		if limit <= 0 {
			limit = defaultLimit
		}
		found, err := v.index.SearchInContext(ctx, bleve.NewSearchRequestOptions(match, limit, 0, false))
		if err != nil {
			return err
		}
		result = app.SearchResult{Hits: hitsOf(found.Hits), Total: found.Total, Terms: tree.terms()}
		return nil
	})
	return result, err
}

// hitsOf orders equals by their keys, the newest first. Having bleve do that
// would read the key of everything that matches.
func hitsOf(found search.DocumentMatchCollection) []app.Hit {
	slices.SortStableFunc(found, func(a, b *search.DocumentMatch) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.ID, a.ID))
	})
	hits := make([]app.Hit, len(found))
	for i, m := range found {
		score := m.Score
		if math.IsNaN(score) || math.IsInf(score, 0) || score <= 0 {
			score = math.SmallestNonzeroFloat64
		}
		hits[i] = app.Hit{Ref: refOf(m.ID), Score: score}
	}
	return hits
}

// beginnings lists the words of titles and bodies that begin so, the most
// frequent first.
func (v *volume) beginnings(prefix string, limit int) ([]string, error) {
	counts := map[string]uint64{}
	for _, field := range []string{fieldTitle, fieldBody} {
		if err := v.count(field, prefix, counts); err != nil {
			return nil, err
		}
	}
	words := make([]string, 0, len(counts))
	for w := range counts {
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	return words[:min(limit, len(words))], nil
}

// count adds in how many documents each word of a field is.
func (v *volume) count(field, prefix string, counts map[string]uint64) error {
	dict, err := v.index.FieldDictPrefix(field, []byte(prefix))
	if err != nil {
		return err
	}
	defer dict.Close()
	for {
		entry, err := dict.Next()
		if err != nil || entry == nil {
			return err
		}
		counts[entry.Term] += entry.Count
	}
}
