//go:build bench

package app_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// A book of a hundred thousand words with two thousand marks comes in again, one
// word in fifteen edited, so that most marks have other words.
func TestBenchABookIsUpdated(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	words := make([]string, 8000)
	for i := range words {
		for range 2 + rng.IntN(8) {
			words[i] += string(rune('a' + rng.IntN(26)))
		}
	}
	zipf := rand.NewZipf(rng, 1.1, 4, uint64(len(words)-1))
	var old, edited strings.Builder
	for i := range 100_000 {
		w := words[zipf.Uint64()] + map[bool]string{true: ".\n\n", false: " "}[i%60 == 59]
		old.WriteString(w)
		switch rng.IntN(30) {
		case 0:
		case 1:
			edited.WriteString("edited ")
		default:
			edited.WriteString(w)
		}
	}
	nb := apptest.New(t)
	a := nb.ImportText("A book", strings.Split(strings.TrimSpace(old.String()), "\n\n")...)
	plain := nb.Text(a)
	length := app.RuneCount(plain)
	_, err := nb.Update(t.Context(), app.Op{Name: "test"}, func(tx app.Tx) error {
		for range 2000 {
			at, n := rng.IntN(length-600), 10+rng.IntN(180)
			anchor, err := app.NewAnchor(plain, at, at+n)
			if err != nil {
				return err
			}
			err = tx.PutAnnotation(app.Annotation{ID: app.NewID[app.AnnotationID](), Article: a.ID, Text: a.Text, Kind: app.Highlight,
				Color: "yellow", Anchor: anchor, State: app.AnchorExact})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	c := update(t, nb, a, strings.Split(strings.TrimSpace(edited.String()), "\n\n")...)
	t.Logf("2,000 marks in %d words: %v; exact %d, fuzzy %d, needs review %d, orphan %d", c.Version.Words, time.Since(start).Round(time.Millisecond),
		c.Count(app.AnchorExact), c.Count(app.AnchorFuzzy), c.Count(app.AnchorNeedsReview), c.Count(app.AnchorOrphan))
	start = time.Now()
	queue := repairs(t, nb, a.ID)
	t.Logf("%d to repair: %v", len(queue), time.Since(start).Round(time.Millisecond))
	var times []time.Duration
	for _, q := range queue[:50] {
		start = time.Now()
		if _, err := nb.Candidates(t.Context(), q.ID); err != nil {
			t.Fatal(err)
		}
		times = append(times, time.Since(start))
	}
	slices.Sort(times)
	t.Logf("candidates: %v, at most %v", times[25].Round(time.Millisecond), times[49].Round(time.Millisecond))
	start = time.Now()
	_, _, blocks, err := nb.DiffVersions(t.Context(), a.ID, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("difference in %d blocks: %v", len(blocks), time.Since(start).Round(time.Millisecond))
}
