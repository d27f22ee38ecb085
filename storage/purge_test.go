package storage

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"rejoinder/app"
)

// After a purge no file of the notebook holds a word of the article, and the
// others are as they were. The words are listed first.
func TestPurge(t *testing.T) {
	s, _ := written(t)
	const secret = "Xylophagous whistleblower testimony"
	a := addArticle(t, s, "Zanzibarian letter", secret+" about the quarry.")
	mark := addMark(t, s, a, secret+" about the quarry.", 0, 11)
	change(t, s, func(tx app.Tx) error {
		tx.Describe("Mark “%s”", secret[:20])
		mark.Note = "Ask the quartermaster"
		return tx.PutAnnotation(mark)
	})
	if err := s.KeepSearch(t.Context(), "whistleblower"); err != nil {
		t.Fatal(err)
	}
	kept := backedUp(t, s)
	for _, left := range []string{"backups/notebook.db.1.part", "originals/ab/.new-1", ".rejoinder-1-2-3/notebook.db"} { // by programs that were killed
		path := filepath.Join(s.dir, filepath.FromSlash(left))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(secret), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	plan, err := s.Purge(t.Context(), []app.ArticleID{a.ID}, app.PurgeOptions{DryRun: true}, app.NoProgress{})
	if err != nil || len(plan.Articles) != 1 || plan.Counts[app.KindAnnotation] != 1 || len(plan.Originals) != 1 ||
		plan.Searches != 1 || len(plan.Backups) != 1 || !plan.Backups[0].Kept {
		t.Fatalf("plan %+v, %v", plan, err)
	}
	words := []string{"Xylophagous", "whistleblower", "Zanzibarian", "quartermaster", "quarry"}
	if holding := filesWith(t, s.dir, words); len(holding) == 0 {
		t.Fatal("nothing to purge")
	}
	done, err := s.Purge(t.Context(), []app.ArticleID{a.ID}, app.PurgeOptions{Backups: true}, app.NoProgress{})
	if err != nil || len(done.Backups) != 1 || done.Backups[0].Removed {
		t.Fatalf("%+v, %v", done, err)
	}
	if holding := filesWith(t, s.dir, words); len(holding) > 0 {
		t.Errorf("still in %q", holding)
	}
	if bad := verified(t, app.BackupFile{Path: kept}); len(bad) > 0 {
		t.Errorf("the backup is not whole any more: %q", bad)
	}
	look(t, s, func(r app.Reader) error {
		n, err := r.CountArticles(app.ArticleQuery{})
		if n != 1 {
			t.Errorf("%d articles", n)
		}
		return err
	})
	if _, err := s.Undo(t.Context()); !errors.Is(err, app.ErrNothing) {
		t.Errorf("undo: %v", err)
	}
	found, err := s.Check(t.Context(), app.NoProgress{})
	for _, f := range found {
		if !f.OK {
			t.Errorf("check: %s", f.Text)
		}
	}
	if err != nil {
		t.Error(err)
	}
	addClaim(t, s, "Works on")
}

// What an emptied trash and an undone import leave behind goes too.
func TestPurgeOfWhatIsGone(t *testing.T) {
	s, _ := written(t)
	a := addArticle(t, s, "Emptied", "Zygomatic words.")
	change(t, s, func(tx app.Tx) error { return tx.SetTrashed(app.RefTo(app.KindArticle, a.ID), true) })
	change(t, s, func(tx app.Tx) error { _, err := tx.EmptyTrash(); return err })
	addArticle(t, s, "Undone", "Syzygial words.")
	if _, err := s.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if report, err := s.Purge(t.Context(), nil, app.PurgeOptions{}, app.NoProgress{}); err != nil || len(report.Originals) != 2 {
		t.Fatalf("%+v, %v", report, err)
	}
	if holding := filesWith(t, s.dir, []string{"Zygomatic", "Syzygial"}); len(holding) > 0 {
		t.Errorf("still in %q", holding)
	}
}

// filesWith lists the files below dir that hold any of the words.
func filesWith(t *testing.T, dir string, words []string) (out []string) {
	t.Helper()
	for _, path := range namesIn(t, dir) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range words {
			if bytes.Contains(bytes.ToLower(data), bytes.ToLower([]byte(w))) {
				out = append(out, path+": "+w)
			}
		}
	}
	return out
}
