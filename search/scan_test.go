package search

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/query"
)

// withoutIndex is an Index whose folder cannot be made.
func withoutIndex(t *testing.T, l *ledger) *Index {
	t.Helper()
	file := filepath.Join(t.TempDir(), "cache")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return opened(t, file, l)
}

// TestWithoutAnIndexTheSameIsFound asks small collections at random, and one that
// reads every document says what is to be found.
func TestWithoutAnIndexTheSameIsFound(t *testing.T) {
	asked, found := 0, 0
	for seed := range uint64(4) {
		c := newChance(100 + seed)
		l := c.collection(20 + c.IntN(40))
		l.batch = 7
		ix := withoutIndex(t, l)
		all := []*naive{newNaive(l, app.KindArticle), newNaive(l, smallKinds...)}
		for range 100 {
			text := query.Query{Root: c.tree(2)}.String()
			root := query.Parse(text, query.Options{}).Root
			want := append(all[0].find(root), all[1].find(root)...)
			asked, found = asked+1, found+min(len(want), 1)
			r, err := ix.Search(t.Context(), app.SearchQuery{Text: text, Limit: maxLimit})
			if err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			got := idsOf(r)
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) || int(r.Total) != len(want) || r.Whole != len(want) {
				t.Fatalf("seed %d: %s finds %q (%d), not %q", seed, text, got, r.Total, want)
			}
			checkFacets(t, ix, l, text, want)
		}
	}
	if found < asked/3 {
		t.Errorf("of %d queries only %d found something", asked, found)
	}
}

// TestSieveLetsThroughWhatAnIndexFinds compares the letters that are looked for
// with what the stemmer makes of words.
func TestSieveLetsThroughWhatAnIndexFinds(t *testing.T) {
	families := [][]string{
		{"sanction", "sanctions", "sanctioned", "sanctioning"}, {"spy", "spies", "spied"}, {"dying", "die", "dies"},
		{"lying", "lie"}, {"tying", "tie"}, {"sky", "skies"}, {"ski", "skis"}, {"relational", "relate", "relating"},
		{"happiness", "happy"}, {"hope", "hoping", "hoped"}, {"operate", "operational", "operation"}, {"run", "running"},
		{"company", "companies", "company's"}, {"labour", "labouring"}, {"cry", "cries"}, {"generate", "generation"},
	}
	for _, family := range families {
		for _, asked := range family {
			l := newLedger()
			for i, word := range family {
				l.put(article(fmt.Sprintf("a%d", i), "T", "It is said that "+word+" matters."))
			}
			with, err := opened(t, t.TempDir(), l), error(nil)
			synced(t, with)
			want, err := with.Search(t.Context(), app.SearchQuery{Text: asked})
			if err != nil {
				t.Fatal(err)
			}
			got, err := withoutIndex(t, l).Search(t.Context(), app.SearchQuery{Text: asked})
			if err != nil || got.Total != want.Total {
				t.Errorf("%s finds %d things without an index, not %d: %v", asked, got.Total, want.Total, err)
			}
		}
	}
}

func TestWithoutAnIndexPiecesArePutTogether(t *testing.T) {
	l := newLedger()
	for i := range 3*pieceDocuments/2 + 10 {
		l.put(article(fmt.Sprintf("a%05d", i), fmt.Sprintf("Title %d", i), "everybody met"))
	}
	l.put(article("b", "Everybody everybody", "a note on everybody"), article("c", "Nothing of the kind", strings.Repeat("other words ", 50)))
	ix := withoutIndex(t, l)
	r, err := ix.Search(t.Context(), app.SearchQuery{Text: "everybody", Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	if int(r.Total) != 3*pieceDocuments/2+11 || len(r.Hits) != 10 || r.Hits[0].ID != "b" || len(r.Terms) == 0 {
		t.Errorf("%d of %d, first %+v, terms %v", len(r.Hits), r.Total, r.Hits[0], r.Terms)
	}
	if marks := ix.Marks("Everybody met", "en", r.Terms); len(marks) != 1 {
		t.Errorf("marks %v", marks)
	}
	ctx, cancel := context.WithCancel(t.Context())
	l.with(func() { l.handed = func(int) error { cancel(); return nil } })
	if _, err := ix.Search(ctx, app.SearchQuery{Text: "everybody"}); !errors.Is(err, context.Canceled) {
		t.Errorf("a search that is given up: %v", err)
	}
}

func TestWithoutAnIndexSorted(t *testing.T) {
	l := newLedger(numbered(20)...)
	r, err := withoutIndex(t, l).Search(t.Context(), app.SearchQuery{Text: "everybody", Sort: app.ByTitle, Limit: 5})
	want, werr := synced(t, opened(t, t.TempDir(), l)).Search(t.Context(), app.SearchQuery{Text: "everybody", Sort: app.ByTitle, Limit: 5})
	if err != nil || werr != nil || !slices.Equal(idsOf(r), idsOf(want)) || len(r.Hits) != 5 {
		t.Errorf("%q %v, not %q %v", idsOf(r), err, idsOf(want), werr)
	}
}

// TestWithoutAnIndexItIsSaid has no folder for the index, and then one.
func TestWithoutAnIndexItIsSaid(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	ix := opened(t, dir, newLedger(numbered(3)...))
	st := ix.Status()
	if st.Without == nil || st.Err == nil || !strings.HasPrefix(st.Err.Error(), "searching without an index, which is slower: ") {
		t.Errorf("status %+v", st)
	}
	if err := ix.Sync(t.Context()); err != nil {
		t.Errorf("what is read is up to date: %v", err)
	}
	f, err := ix.Check(t.Context())
	if err != nil || !f.OK || !strings.Contains(f.Text, "there is no search index") {
		t.Errorf("check: %+v %v", f, err)
	}
	if err := ix.Rebuild(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "cannot be used") {
		t.Errorf("rebuild: %v", err)
	}
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	total(t, synced(t, ix), "everybody", 3)
	if st := ix.Status(); st.Without != nil || st.Err != nil {
		t.Errorf("with a folder: %+v", st)
	}
}

// TestIndexThatCannotBeWritten has the owner fail to build any, as on a full disk.
func TestIndexThatCannotBeWritten(t *testing.T) {
	dir := t.TempDir()
	ix := synced(t, opened(t, dir, newLedger(numbered(3)...)))
	o := ix.articles.owner
	away, articles := filepath.Join(t.TempDir(), "away"), filepath.Join(dir, "articles")
	if err := os.Rename(articles, away); err != nil {
		t.Skip(err) // where what is open cannot be moved
	}
	if err := os.WriteFile(articles, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	o.mu.RLock()
	serving := o.serving
	o.mu.RUnlock()
	o.discard(serving, errDamaged)
	if err := o.wait(t.Context(), func() (bool, error) { return o.none(), nil }); err != nil {
		t.Fatal(err)
	}
	total(t, ix, "everybody", 3)
	if err := ix.Sync(t.Context()); err != nil {
		t.Errorf("sync: %v", err)
	}
	if st := ix.Status(); st.Without == nil {
		t.Errorf("status %+v", st)
	}
	if err := os.Remove(articles); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(away, articles); err != nil {
		t.Fatal(err)
	}
	if err := o.wait(t.Context(), func() (bool, error) { return o.serving != nil, nil }); err != nil {
		t.Fatal(err)
	}
	total(t, synced(t, ix), "everybody", 3)
	if st := ix.Status(); st.Without != nil {
		t.Errorf("with room again: %+v", st)
	}
}

// TestAnotherNotebookIsNotAnswered has a process ask with the stamp of a copy.
func TestAnotherNotebookIsNotAnswered(t *testing.T) {
	dir := t.TempDir()
	l, copied := newLedger(numbered(3)...), newLedger(article("x", "Copy", "everybody only here"))
	copied.stamp = "copy"
	synced(t, opened(t, dir, l))
	ix := opened(t, dir, copied)
	finds(t, ix, "everybody", "x")
	if st := ix.Status(); st.Without == nil || !strings.Contains(st.Err.Error(), "another copy of this notebook") {
		t.Errorf("status %+v", st)
	}
	if f, err := ix.Check(t.Context()); err != nil || !f.OK || !strings.Contains(f.Text, "no search index") {
		t.Errorf("check %+v %v", f, err)
	}
}
