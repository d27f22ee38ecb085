package storage_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"rejoinder/app"
	"rejoinder/storage"
)

// claims lists what a notebook's claims say.
func claims(t *testing.T, s *storage.Store) []string {
	t.Helper()
	var out []string
	err := s.View(context.Background(), func(r app.Reader) error {
		all, err := r.Claims()
		for _, c := range all {
			out = append(out, c.Text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func addClaim(t *testing.T, s *storage.Store, text string) {
	t.Helper()
	_, err := s.Update(context.Background(), app.Op{Name: "add"}, func(tx app.Tx) error {
		return tx.PutClaim(app.Claim{ID: app.NewID[app.ClaimID](), Text: text})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func mustOpen(t *testing.T, dir string) *storage.Store {
	t.Helper()
	s, err := storage.Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A researcher goes back to yesterday's backup, finds that a mistake, and goes
// back to what was there before.
func TestRestoreAndBack(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	s := mustOpen(t, dir)
	addClaim(t, s, "said yesterday")
	backup, err := s.Backup(ctx)
	if err != nil {
		t.Fatal(err)
	}
	stamp, err := s.IndexStamp(ctx)
	if err != nil {
		t.Fatal(err)
	}
	addClaim(t, s, "said today")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	if err := storage.Restore(ctx, dir, backup); err != nil {
		t.Fatal(err)
	}
	s = mustOpen(t, dir)
	if got := claims(t, s); len(got) != 1 || got[0] != "said yesterday" {
		t.Errorf("restored: %q", got)
	}
	if again, err := s.IndexStamp(ctx); err != nil || again == stamp {
		t.Errorf("the index of the replaced database would be taken for this one's: %v %v", again, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	kept, err := filepath.Glob(filepath.Join(dir, "backups", "*before-restore.db"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("kept %q, %v", kept, err)
	}
	if err := storage.Restore(ctx, dir, kept[0]); err != nil {
		t.Fatal(err)
	}
	s = mustOpen(t, dir)
	defer func() { _ = s.Close() }()
	if got := claims(t, s); len(got) != 2 {
		t.Errorf("back again: %q", got)
	}
}

// What is of no use is refused and changes nothing.
func TestRestoreRefuses(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	s := mustOpen(t, dir)
	addClaim(t, s, "stays")
	backup, err := s.Backup(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := storage.Restore(ctx, dir, backup); !errors.Is(err, app.ErrBusy) {
		t.Errorf("while the notebook is open: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	rubbish := filepath.Join(t.TempDir(), "rubbish.db")
	if err := os.WriteFile(rubbish, []byte("not a database, however long this sentence may be"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := storage.Restore(ctx, dir, rubbish); !errors.Is(err, app.ErrDamaged) {
		t.Errorf("rubbish: %v", err)
	}
	release, err := storage.LockWindow(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := storage.Restore(ctx, dir, backup); !errors.Is(err, app.ErrBusy) {
		t.Errorf("while a window has it: %v", err)
	}
	release()
	s = mustOpen(t, dir)
	defer func() { _ = s.Close() }()
	if got := claims(t, s); len(got) != 1 {
		t.Errorf("afterwards: %q", got)
	}
}

// A database that cannot be opened any more is kept as it is and replaced.
func TestRestoreOverDamage(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	s := mustOpen(t, dir)
	addClaim(t, s, "safe")
	backup, err := s.Backup(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "notebook.db"), []byte("a disk wrote this over everything that was here"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := storage.Restore(ctx, dir, backup); err != nil {
		t.Fatal(err)
	}
	s = mustOpen(t, dir)
	defer func() { _ = s.Close() }()
	if got := claims(t, s); len(got) != 1 || got[0] != "safe" {
		t.Errorf("restored: %q", got)
	}
}
