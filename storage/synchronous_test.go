package storage

import (
	"testing"

	"rejoinder/app"
)

// A user's act is safe against a power cut (FULL) whatever was done before it; an
// import, and what is no step, are not (NORMAL).
func TestAUsersActIsSynchronous(t *testing.T) {
	s, err := Open(t.Context(), t.TempDir()+"/notebook")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	const normal, full = 1, 2
	level := func() (n int) {
		if err := s.writer.QueryRowContext(t.Context(), "PRAGMA synchronous").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	act := func(bulk bool, want int) {
		t.Helper()
		_, err := s.Update(t.Context(), app.Op{Name: "act", Bulk: bulk}, func(tx app.Tx) error {
			if got := level(); got != want {
				t.Errorf("with bulk %v it is %d, want %d", bulk, got, want)
			}
			return tx.PutClaim(app.Claim{ID: app.NewID[app.ClaimID](), Text: "X"})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	act(false, full)
	act(true, normal)
	act(false, full)
	if err := s.KeepSearch(t.Context(), "quay"); err != nil {
		t.Fatal(err)
	}
	if level() != normal {
		t.Error("what was searched for is synced")
	}
	act(false, full)
	act(true, normal)
	if _, err := s.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if level() != full {
		t.Error("undo is not synced")
	}
	act(true, normal)
	if _, err := s.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	act(true, normal)
	if err := s.SetReading(t.Context(), app.Reading{}); err == nil && level() != normal {
		t.Error("where a reader is is synced")
	}
	act(false, full)
}
