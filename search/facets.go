package search

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"rejoinder/app"
	"rejoinder/app/query"
)

// facetFields are the ways of dividing results, in the order in which they are
// shown; the query language knows them under these names, but for the year.
var facetFields = []string{"kind", "publisher", "lang", "year", "tag", "actor", "in"}

// indexed are those whose values the index holds.
var indexed = map[string]string{"kind": fieldKind, "publisher": fieldIssuer, "lang": fieldLanguage, "year": fieldDay}

// Of a facet with many values one index hands over so many, and so many are
// shown.
const (
	handedValues = 300
	shownValues  = 10
)

// facets counts what a query finds.
func (s searcher) facets(ctx context.Context, v *volume, q app.SearchQuery) (a answer, err error) {
	err = v.read(func(w *view) error {
		pl, _, err := s.plan(ctx, w, q, query.Parse(q.Text, query.Options{Typing: q.Typing}), q.Any)
		if err != nil || pl.root == nil {
			return err
		}
		counts, numbers, err := pl.countValues(ctx)
		if err != nil {
			return err
		}
		for _, field := range facetFields {
			if indexed[field] == "" {
				if err := s.countBearers(ctx, field, numbers, counts[field]); err != nil {
					return err
				}
			}
			handed := handedValues
			if s.piece {
				handed = len(counts[field])
			}
			a.Facets = append(a.Facets, facetOf(field, counts[field], handed))
		}
		return nil
	})
	return a, err
}

// countValues counts the values of all that a plan matches, and notes the numbers
// of its documents.
func (pl *plan) countValues(ctx context.Context) (map[string]map[string]int, *roaring.Bitmap, error) {
	counts, numbers := map[string]map[string]int{}, roaring.New()
	for _, f := range facetFields {
		counts[f] = map[string]int{}
	}
	parts := pl.view.segments
	var mu sync.Mutex
	err := eachAtOnce(len(parts), func() func(int) error {
		own, found := map[string]map[string]int{}, []*roaring.Bitmap(nil)
		for f := range indexed {
			own[f] = map[string]int{}
		}
		return func(i int) error {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			if i < len(parts) {
				set, err := pl.root.match(parts[i], nil)
				if err != nil {
					return err
				}
				of, err := parts[i].countValues(set, own)
				found = append(found, of)
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			for field, values := range own {
				for v, n := range values {
					counts[field][v] += n
				}
			}
			numbers.Or(union(found))
			return nil
		}
	})
	return counts, numbers, err
}

// countValues counts the values of a segment's columns, and returns the numbers of
// the documents.
func (p *part) countValues(set *roaring.Bitmap, counts map[string]map[string]int) (*roaring.Bitmap, error) {
	of, err := p.numbers()
	if err != nil {
		return nil, err
	}
	found := set.ToArray()
	for field, name := range indexed {
		c, err := p.column(name)
		if err != nil {
			return nil, err
		}
		n := make([]int, len(c.values)+1)
		for _, d := range found {
			n[c.of[d]]++
		}
		for i, v := range c.values {
			if field == "year" {
				v = v[:min(len(v), 4)]
			}
			if n[i+1] > 0 {
				counts[field][v] += n[i+1]
			}
		}
	}
	if len(found) == 0 {
		return roaring.New(), nil
	}
	bits := make([]uint64, slices.Max(of)/64+1)
	for _, d := range found {
		bits[of[d]/64] |= 1 << (of[d] % 64)
	}
	return roaring.FromDense(bits, false), nil
}

// countBearers counts how many of the numbers bear each value.
func (s searcher) countBearers(ctx context.Context, field string, numbers *roaring.Bitmap, counts map[string]int) error {
	all, err := s.sets.of(ctx, field, nil)
	if err != nil {
		return err
	}
	ids, byID := slices.Collect(maps.Keys(all)), map[string]int{}
	var mu sync.Mutex
	err = eachAtOnce(len(ids), func() func(int) error {
		return func(i int) error {
			if i == len(ids) || ctx.Err() != nil {
				return context.Cause(ctx)
			}
			if n := all[ids[i]].AndCardinality(numbers); n > 0 {
				mu.Lock()
				byID[ids[i]] = int(n)
				mu.Unlock()
			}
			return nil
		}
	})
	if err != nil {
		return err
	}
	handed := handedValues
	if s.piece {
		handed = len(byID)
	}
	top := facetOf(field, byID, handed)
	ids = ids[:0]
	for _, v := range top.Values {
		ids = append(ids, v.Value)
	}
	names, err := s.source.Called(ctx, field, ids)
	for id, n := range byID {
		if name := names[id]; name != "" {
			counts[name] += n
		}
	}
	return err
}

// facetOf takes the largest values; years go by time.
func facetOf(field string, counts map[string]int, limit int) app.Facet {
	out := app.Facet{Field: field}
	for v, n := range counts {
		out.Values = append(out.Values, app.FacetValue{Value: v, Count: n})
	}
	slices.SortFunc(out.Values, func(a, b app.FacetValue) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	out.Others = max(len(out.Values)-limit, 0)
	out.Values = out.Values[:min(len(out.Values), limit)]
	if field == "year" {
		slices.SortFunc(out.Values, func(a, b app.FacetValue) int { return cmp.Compare(b.Value, a.Value) })
	}
	return out
}

// mergeFacets adds up the answers of the two indexes.
func mergeFacets(answers []answer) []app.Facet {
	var out []app.Facet
	for _, field := range facetFields {
		counts, others := map[string]int{}, 0
		for _, a := range answers {
			for _, f := range a.Facets {
				if f.Field != field {
					continue
				}
				others += f.Others
				for _, v := range f.Values {
					counts[v.Value] += v.Count
				}
			}
		}
		if len(counts) > 0 {
			f := facetOf(field, counts, shownValues)
			f.Others += others
			out = append(out, f)
		}
	}
	return out
}
