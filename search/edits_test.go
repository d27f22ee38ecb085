package search

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/query"
)

// TestEditsLeaveNoTraceInTheRanking compares an index after many changes with a
// new one of the same documents, and after opening it again.
func TestEditsLeaveNoTraceInTheRanking(t *testing.T) {
	rounds := uint64(3)
	if testing.Short() { // as under the race detector
		rounds = 1
	}
	for seed := range rounds {
		c, z := newChance(100+seed), newZipf(seed)
		l := c.collection(60)
		dir := t.TempDir()
		ix := synced(t, opened(t, dir, l))
		for round := 1; round < 5; round++ {
			c.edit(l, round)
			for i := range 40 {
				l.put(z.article(i))
			}
			synced(t, ix)
		}
		fresh := synced(t, opened(t, t.TempDir(), l))
		var asked []string
		for range 60 {
			asked = append(asked, query.Query{Root: c.tree(2)}.String(), z.query())
		}
		sameAnswers(t, ix, fresh, asked...)
		closed(t, ix)
		sameAnswers(t, opened(t, dir, l), fresh, asked...)
	}
}

// sameAnswers compares order and scores.
func sameAnswers(t *testing.T, ix, fresh *Index, asked ...string) {
	t.Helper()
	if wrong := difference(t, ix, fresh, asked...); wrong != "" {
		t.Fatal(wrong)
	}
}

// difference is the first answer in which two indexes differ. Sums over languages
// may be made in another order and then differ in the last digit.
func difference(t *testing.T, ix, fresh *Index, asked ...string) string {
	t.Helper()
	for _, text := range asked {
		got, err := ix.Search(t.Context(), app.SearchQuery{Text: text, Limit: 30})
		if err != nil {
			return fmt.Sprintf("%s: %v", text, err)
		}
		want, err := fresh.Search(t.Context(), app.SearchQuery{Text: text, Limit: 30})
		if err != nil {
			t.Fatal(err)
		}
		same := func(a, b app.Hit) bool { return a.Ref == b.Ref && math.Abs(a.Score-b.Score) < 1e-12 }
		if got.Total != want.Total || got.Whole != want.Whole || !slices.EqualFunc(rounded(got), rounded(want), same) {
			return fmt.Sprintf("%s:\n%d %d %v\n%d %d %v", text, got.Total, got.Whole, got.Hits, want.Total, want.Whole, want.Hits)
		}
	}
	return ""
}

// rounded orders hits that differ in nothing but the last digits by name.
func rounded(r app.SearchResult) []app.Hit {
	for _, part := range [][]app.Hit{r.Hits[:r.Whole], r.Hits[r.Whole:]} {
		for i := range part {
			if part[i].Score = math.Round(part[i].Score*1e10) / 1e10; i > 0 && part[i].Score > part[i-1].Score {
				return []app.Hit{{Score: math.NaN()}} // out of order: equal to nothing
			}
		}
		slices.SortStableFunc(part, func(a, b app.Hit) int { return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.ID, b.ID)) })
	}
	return r.Hits
}
