package storage

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"rejoinder/app"
)

func claimTexts(t *testing.T, s *Store) (out []string) {
	t.Helper()
	look(t, s, func(r app.Reader) error {
		claims, err := r.Claims()
		for _, c := range claims {
			out = append(out, c.Text)
		}
		return err
	})
	return out
}

// prune runs with small numbers what runs with a thousand steps.
func pruneTo(t *testing.T, s *Store, keep, slack int) {
	t.Helper()
	err := s.transact(t.Context(), func() error {
		x := &tx{reader: reader{ctx: t.Context(), q: s.writer}}
		return x.prune(keep, slack)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestOldStepsAreFixed(t *testing.T) {
	s := newStore(t)
	ctx := t.Context()
	var seqs []int64
	for i := range 8 {
		c := app.Claim{ID: app.NewID[app.ClaimID](), Text: fmt.Sprint(i)}
		seqs = append(seqs, change(t, s, func(tx app.Tx) error { return tx.PutClaim(c) }).Seq)
	}
	pruneTo(t, s, 3, 5) // within the slack: nothing happens
	if steps, _ := s.History(ctx, 0); slices.ContainsFunc(steps, func(x app.Step) bool { return x.Fixed }) {
		t.Errorf("fixed too early: %+v", steps)
	}
	pruneTo(t, s, 3, 4)
	steps, err := s.History(ctx, 0)
	if err != nil || len(steps) != 8 || steps[2].Fixed || !steps[3].Fixed {
		t.Errorf("history %+v, %v", steps, err)
	}
	for range 3 {
		if _, err := s.Undo(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Undo(ctx); !errors.Is(err, app.ErrNothing) {
		t.Errorf("undid a step that is fixed: %v", err)
	}
	if got := claimTexts(t, s); !slices.Equal(got, []string{"0", "1", "2", "3", "4"}) {
		t.Errorf("claims %q", got)
	}
	for range 3 {
		if _, err := s.Redo(ctx); err != nil {
			t.Fatal(err)
		}
	}
	// An index that stopped before the pruned part must know; one after it not.
	if _, _, err := s.ChangedDocuments(ctx, seqs[3], 10); !errors.Is(err, app.ErrIndexGap) {
		t.Errorf("a gap in the log was not told: %v", err)
	}
	if refs, _, err := s.ChangedDocuments(ctx, seqs[4], 100); err != nil || len(refs) != 3 {
		t.Errorf("after the gap: %v, %v", refs, err)
	}
	if c, err := s.ChangesAfter(ctx, 0); err != nil || c.Seq <= seqs[7] {
		t.Errorf("changes %+v, %v", c, err)
	}
}

// A long import is thousands of transactions and yet one step: it is never half
// fixed, and does not push out what was done before it.
func TestPruneKeepsGroupsTogether(t *testing.T) {
	s := newStore(t)
	ctx := t.Context()
	addClaim(t, s, "before")
	for i := range 20 {
		_, err := s.Update(ctx, app.Op{Name: "import", Group: "one import", Bulk: true}, func(tx app.Tx) error {
			tx.Describe("Import %d", i+1)
			return tx.PutClaim(app.Claim{ID: app.NewID[app.ClaimID](), Text: fmt.Sprint(i)})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	addClaim(t, s, "after")
	pruneTo(t, s, 3, 0)
	steps, err := s.History(ctx, 0)
	if err != nil || len(steps) != 3 || steps[1].Label != "Import 20" || steps[2].Fixed {
		t.Fatalf("history %+v, %v", steps, err)
	}
	if steps, err := s.History(ctx, 2); err != nil || len(steps) != 2 || steps[1].Label != "Import 20" {
		t.Errorf("the newest two: %+v, %v", steps, err)
	}
	pruneTo(t, s, 2, 0)
	for range 2 {
		if _, err := s.Undo(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if got := claimTexts(t, s); !slices.Equal(got, []string{"before"}) {
		t.Errorf("claims %q", got)
	}
	if c, err := s.Redo(ctx); err != nil || c.Label != "Import 20" || len(c.Refs) != 20 {
		t.Errorf("redone %+v, %v", c, err)
	}
	if _, err := s.Redo(ctx); err != nil || len(claimTexts(t, s)) != 22 {
		t.Errorf("claims %q, %v", claimTexts(t, s), err)
	}
}

// Steps of another process in the middle of an import are steps of their own.
func TestGroupsAreNeighbours(t *testing.T) {
	s := newStore(t)
	other := openIn(t, s.dir)
	part := func(text string) {
		t.Helper()
		_, err := s.Update(t.Context(), app.Op{Name: "import", Group: "g"}, func(tx app.Tx) error {
			return tx.PutClaim(app.Claim{ID: app.NewID[app.ClaimID](), Text: text})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	part("1")
	part("2")
	addClaim(t, other, "meanwhile")
	part("3")
	for _, want := range [][]string{{"1", "2", "meanwhile"}, {"1", "2"}, nil} {
		if _, err := other.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := claimTexts(t, s); !slices.Equal(got, want) {
			t.Errorf("claims %q, want %q", got, want)
		}
	}
}

// What a step did to the row of another table of every shape comes back: lists
// with keys of two and three parts too.
func TestUndoOfLinks(t *testing.T) {
	s := newStore(t)
	ctx := t.Context()
	a := addArticle(t, s, "A", "Text")
	change(t, s, func(tx app.Tx) error {
		return errors.Join(tx.PutTag(app.Tag{ID: "tag", Path: "p"}), tx.PutCollection(app.Collection{ID: "c", Name: "C"}),
			tx.PutNote(app.Note{ID: "n", Body: "b", On: []app.Ref{app.RefTo(app.KindArticle, a.ID)}}))
	})
	ref := app.RefTo(app.KindArticle, a.ID)
	on := change(t, s, func(tx app.Tx) error {
		return errors.Join(tx.SetTagged("tag", ref, true), tx.SetTagged("tag", ref, true), tx.SetCollected("c", a.ID, true),
			tx.PutNote(app.Note{ID: "n", Body: "b", Mentions: []app.Ref{ref}}))
	})
	if len(on.Refs) != 3 {
		t.Errorf("changed %v", on.Refs)
	}
	state := func() (out []int) {
		look(t, s, func(r app.Reader) error {
			tags, err := r.TagsOn(ref)
			n, err2 := r.CountArticles(app.ArticleQuery{Collection: "c"})
			note, err3 := r.Note("n")
			out = []int{len(tags), n, len(note.On), len(note.Mentions)}
			return errors.Join(err, err2, err3)
		})
		return out
	}
	if got := state(); !slices.Equal(got, []int{1, 1, 0, 1}) {
		t.Errorf("after: %v", got)
	}
	if _, err := s.Undo(ctx); err != nil || !slices.Equal(state(), []int{0, 0, 1, 0}) {
		t.Errorf("undone: %v, %v", state(), err)
	}
	if _, err := s.Redo(ctx); err != nil || !slices.Equal(state(), []int{1, 1, 0, 1}) {
		t.Errorf("redone: %v, %v", state(), err)
	}
}
