package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rejoinder/app"
)

// A full disk refuses the step as a whole, and the notebook works on.
func TestDiskFull(t *testing.T) {
	s := newStore(t)
	ctx := t.Context()
	kept := addClaim(t, s, "Kept")
	var pages int
	if err := s.writer.QueryRowContext(ctx, "PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	limit := func(n int) {
		t.Helper()
		if _, err := s.writer.ExecContext(ctx, fmt.Sprintf("PRAGMA max_page_count = %d", n)); err != nil {
			t.Fatal(err)
		}
	}
	limit(pages + 4)
	_, err := s.Update(ctx, app.Op{Name: "large"}, func(tx app.Tx) error {
		for i := range 50 {
			c := app.Claim{ID: app.NewID[app.ClaimID](), Text: strings.Repeat("x", 3000) + fmt.Sprint(i)}
			if err := tx.PutClaim(c); err != nil {
				return fmt.Errorf("claim %d: %w", i, err)
			}
		}
		return nil
	})
	if !errors.Is(err, app.ErrDiskFull) || !strings.Contains(app.Sentence(err), s.path+" could not be written. Free some space on it and try again.") {
		t.Fatalf("on a full disk: %v", err)
	}
	limit(1 << 30)
	look(t, s, func(r app.Reader) error {
		claims, err := r.Claims()
		if len(claims) != 1 || claims[0].ID != kept.ID {
			t.Errorf("%d claims", len(claims))
		}
		return err
	})
	addClaim(t, s, "There is space again")
	if c, err := s.Undo(ctx); err != nil || c.Label != "Test" {
		t.Errorf("undo: %+v, %v", c, err)
	}
	if steps, err := s.History(ctx, 0); err != nil || len(steps) != 2 || !steps[0].Undone {
		t.Errorf("history %+v, %v", steps, err)
	}
}

func TestReadOnly(t *testing.T) {
	s := newStore(t)
	if _, err := s.writer.ExecContext(t.Context(), "PRAGMA query_only = 1"); err != nil {
		t.Fatal(err)
	}
	_, err := s.Update(t.Context(), app.Op{}, func(tx app.Tx) error { return tx.PutClaim(app.Claim{ID: "x"}) })
	if !errors.Is(err, app.ErrReadOnly) {
		t.Errorf("in a database that cannot be written: %v", err)
	}

	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir := closed(t)
	for _, path := range []string{filepath.Join(dir, databaseName), dir} {
		if err := os.Chmod(path, 0o500); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(path, 0o700) })
	}
	if _, err := Open(t.Context(), dir); !errors.Is(err, app.ErrReadOnly) {
		t.Errorf("in a folder that cannot be written: %v", err)
	}
	if _, err := Open(t.Context(), filepath.Join(dir, "inside")); !errors.Is(err, os.ErrPermission) {
		t.Errorf("made in a folder that cannot be written: %v", err)
	}
}

func TestDamagedFile(t *testing.T) {
	dir := closed(t)
	if err := os.WriteFile(filepath.Join(dir, databaseName), []byte(strings.Repeat("This is no database. ", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), dir)
	if !errors.Is(err, app.ErrDamaged) || !strings.Contains(err.Error(), "file is not a database") || !strings.Contains(err.Error(), dir) {
		t.Errorf("a file that is no database: %v", err)
	}
}

func TestCheckFindsDamage(t *testing.T) {
	dir := closed(t)
	s, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	const plain = "It is so, they said."
	a := addArticle(t, s, "A", plain)
	addMark(t, s, a, plain, 0, 8)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	rawly(t, dir, "PRAGMA foreign_keys = OFF",
		"INSERT INTO statements (id, actor, claim, stance, date, indirect, created, modified) SELECT 's', 'nobody', id, 'denies', '', 0, 0, 0 FROM claims",
		"INSERT INTO notes (id, body, created, modified) VALUES ('n', 'x', 0, 0)",
		"INSERT INTO note_links (note, kind, target, mention) VALUES ('n', 'actor', 'nobody', 0)")
	s = openIn(t, dir)
	found, err := s.Check(t.Context(), app.NoProgress{})
	if err != nil {
		t.Fatal(err)
	}
	var bad []string
	for _, f := range found {
		if !f.OK {
			bad = append(bad, f.Part+": "+f.Text)
		}
	}
	want := []string{"references: a row of statements refers to nothing in actors", "references: 1 rows of note_links refer to nothing"}
	if strings.Join(bad, "\n") != strings.Join(want, "\n") {
		t.Errorf("found %q, want %q", bad, want)
	}
	// Bytes of a table overwritten.
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	var page int
	db, err := sql.Open("sqlite3", filepath.Join(dir, databaseName))
	if err != nil {
		t.Fatal(err)
	}
	err = db.QueryRow("SELECT rootpage FROM sqlite_master WHERE name = 'statements_by_actor'").Scan(&page)
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(filepath.Join(dir, databaseName), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.WriteAt([]byte(strings.Repeat("\xee", 4096)), int64(page-1)*4096)
	if err = errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	hurt := openIn(t, dir)
	found, err = hurt.Check(t.Context(), app.NoProgress{})
	wrong := map[string]string{}
	for _, f := range found {
		if !f.OK {
			wrong[f.Part] += f.Text
		}
	}
	if err != nil || !strings.Contains(wrong["checksums"], fmt.Sprintf("page %d is not as it was written", page)) || wrong["database"] == "" ||
		wrong["texts"] != "" || wrong["originals"] != "" {
		t.Errorf("found %+v, %v", found, err)
	}
}

func TestBusy(t *testing.T) {
	s := newStore(t)
	other := openIn(t, s.dir)
	for _, writer := range []*sql.Conn{s.writer, other.writer} {
		if _, err := writer.ExecContext(t.Context(), "PRAGMA busy_timeout = 20"); err != nil {
			t.Fatal(err)
		}
	}
	_, err := s.Update(t.Context(), app.Op{}, func(tx app.Tx) error {
		_, err := other.Update(t.Context(), app.Op{}, func(app.Tx) error { return nil })
		if !errors.Is(err, app.ErrBusy) {
			t.Errorf("while another writes: %v", err)
		}
		return tx.PutClaim(app.Claim{ID: "x", Text: "x"})
	})
	if err != nil {
		t.Fatal(err)
	}
	addClaim(t, other, "Now it goes")
}

func TestErrorsOfTheDomain(t *testing.T) {
	s := newStore(t)
	for name, tt := range map[string]struct {
		fn func(app.Tx) error
		is error
	}{
		"the same text twice": {func(tx app.Tx) error {
			if err := tx.PutOriginal(app.Original{SHA256: "o"}); err != nil {
				return err
			}
			x := app.Text{ID: "t", Original: "o"}
			if err := tx.PutText(x); err != nil {
				return err
			}
			return tx.PutText(x)
		}, app.ErrExists},
		"two tags of a name": {func(tx app.Tx) error {
			return errors.Join(tx.PutTag(app.Tag{ID: "a", Path: "port"}), tx.PutTag(app.Tag{ID: "b", Path: "PORT"}))
		}, app.ErrExists},
		"a reference to nothing": {func(tx app.Tx) error {
			return tx.PutStatement(app.Statement{ID: "s", Actor: "x", Claim: "y", Stance: app.Denies})
		}, app.ErrInvalid},
		"trashing nothing": {func(tx app.Tx) error {
			return tx.SetTrashed(app.Ref{Kind: "thing", ID: "x"}, true)
		}, app.ErrNotFound},
		"cancelled": {func(app.Tx) error { return context.Canceled }, context.Canceled},
	} {
		if _, err := s.Update(t.Context(), app.Op{}, tt.fn); !errors.Is(err, tt.is) {
			t.Errorf("%s: %v, want %v", name, err, tt.is)
		}
	}
	if _, err := s.Undo(t.Context()); !errors.Is(err, app.ErrNothing) {
		t.Errorf("undo of nothing: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Update(ended, app.Op{Bulk: true}, func(app.Tx) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
	addClaim(t, s, "Works on")
}
