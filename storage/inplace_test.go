package storage

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
)

// When another program puts a file in the database's place, nothing more is
// written, all that was said to be saved can be saved as a copy, and the other
// file is not harmed.
func TestReplacedWhileOpen(t *testing.T) {
	for name, replace := range map[string]func(s *Store, other string) error{
		"another file":       func(s *Store, other string) error { return os.Rename(other, s.path) },
		"deleted":            func(s *Store, _ string) error { return os.Remove(s.path) },
		"the folder moved":   func(s *Store, _ string) error { return os.Rename(s.dir, s.dir+"-moved") },
		"another log":        func(s *Store, other string) error { return os.Rename(other, s.path+"-wal") },
		"the log is deleted": func(s *Store, _ string) error { return os.Remove(s.path + "-wal") },
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := written(t)
			other := filepath.Join(t.TempDir(), "other.db")
			first := filepath.Join(t.TempDir(), "first")
			if err := s.SaveCopy(t.Context(), first, app.NoProgress{}); err != nil {
				t.Fatal(err)
			}
			if err := copyFile(filepath.Join(first, databaseName), other); err != nil {
				t.Fatal(err)
			}
			addClaim(t, s, "Said to be saved")
			if err := s.InPlace(); err != nil {
				t.Fatal(err)
			}
			if err := replace(s, other); err != nil {
				t.Fatal(err)
			}
			if err := s.InPlace(); !errors.Is(err, app.ErrReplaced) {
				t.Errorf("in place: %v", err)
			}
			_, err := s.Update(t.Context(), app.Op{}, func(tx app.Tx) error { return tx.PutClaim(app.Claim{ID: "x", Text: "Lost"}) })
			if !errors.Is(err, app.ErrReplaced) {
				t.Errorf("wrote: %v", err)
			}
			if _, err := s.KeepOriginal("b.txt", []byte("b")); !errors.Is(err, app.ErrReplaced) {
				t.Errorf("kept an original: %v", err)
			}
			if _, err := os.Stat(s.dir); name == "the folder moved" && err == nil {
				t.Error("the folder was made again where it was")
			}
			if _, err := s.Backup(t.Context(), app.BackupOptions{}, app.NoProgress{}); !errors.Is(err, app.ErrReplaced) {
				t.Errorf("backed up: %v", err)
			}
			saved := filepath.Join(t.TempDir(), "saved")
			if err := s.SaveCopy(t.Context(), saved, app.NoProgress{}); err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if got := claimsIn(t, saved); !slices.Equal(got, []string{"It is so", "Said to be saved"}) {
				t.Errorf("in the copy: %q", got)
			}
			if name == "another file" {
				held := readManifest(backupFiles(s.backups().dir)[0])
				if held.Why != app.BackupReplaced || held.Counts[app.KindClaim] != 2 || held.Originals != 1 {
					t.Errorf("not kept: %+v", held)
				}
				if got := claimsIn(t, s.dir); !slices.Equal(got, []string{"It is so"}) {
					t.Errorf("in the other file: %q", got)
				}
			}
		})
	}
}

// A program was killed after its database was replaced. What it wrote last must
// not be mixed into the other file; where nothing was replaced, as in a copy of a
// folder in use, it is not lost.
func TestALogBesideAnotherDatabase(t *testing.T) {
	s, _ := written(t)
	early := filepath.Join(t.TempDir(), "early.db")
	if err := s.copyPages(t.Context(), early, app.NoProgress{}); err != nil {
		t.Fatal(err)
	}
	for i := range 40 {
		addClaim(t, s, strings.Repeat("Late ", 100)+string(rune('a'+i)))
	}
	// A copy of the folder as it is in use.
	inUse := filepath.Join(t.TempDir(), "in-use")
	if err := os.CopyFS(inUse, os.DirFS(s.dir)); err != nil {
		t.Fatal(err)
	}
	if got := claimsIn(t, inUse); len(got) != 41 {
		t.Errorf("the copy of a notebook in use has %d claims", len(got))
	}
	// The same with an earlier database in the place of this one.
	killed := filepath.Join(t.TempDir(), "killed")
	if err := os.CopyFS(killed, os.DirFS(s.dir)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(killed, databaseName)
	if err := errors.Join(os.Remove(path), copyFile(early, path)); err != nil {
		t.Fatal(err)
	}
	opened := openIn(t, killed)
	if got := claimTexts(t, opened); len(got) != 1 && len(got) != 41 {
		t.Errorf("%d claims of two states are mixed", len(got))
	}
	found, err := opened.Check(t.Context(), app.NoProgress{})
	for _, f := range found {
		if !f.OK {
			t.Errorf("check: %s", f.Text)
		}
	}
	if err != nil {
		t.Error(err)
	}
}

// The same where the file system knows links: then nothing is lost at all. The
// program that was killed is one that never closes here.
func TestKilledAfterItsDatabaseWasReplaced(t *testing.T) {
	for name, hurt := range map[string]func(path, early string) error{
		"replaced": func(path, early string) error { return os.Rename(early, path) },
		"deleted":  func(path, _ string) error { return os.Remove(path) },
	} {
		s, _ := written(t)
		early := filepath.Join(t.TempDir(), "early.db")
		if err := s.copyPages(t.Context(), early, app.NoProgress{}); err != nil {
			t.Fatal(err)
		}
		addClaim(t, s, "Said to be saved")
		if err := hurt(s.path, early); err != nil {
			t.Fatal(err)
		}
		next := openIn(t, s.dir)
		want := []string{"It is so"}
		if name == "deleted" {
			want = append(want, "Said to be saved")
		}
		if got := claimTexts(t, next); !slices.Equal(got, want) {
			t.Errorf("%s: claims %q", name, got)
		}
		if name == "deleted" {
			continue
		}
		kept := backupFiles(next.backups().dir)
		if len(kept) != 1 || !strings.Contains(strings.Join(next.warnings, ""), kept[0]) {
			t.Fatalf("kept %q, said %q", kept, next.warnings)
		}
		back := filepath.Join(t.TempDir(), "back")
		if _, err := restoreFrom(t, t.Context(), back, kept[0]); err != nil {
			t.Fatal(err)
		}
		if got := claimsIn(t, back); !slices.Equal(got, []string{"It is so", "Said to be saved"}) {
			t.Errorf("in what was kept: %q", got)
		}
	}
}

// A bit flips in the log of a program that was killed. SQLite would drop all that
// was saved after it; the files are kept, and it is said.
func TestDamagedLogIsKept(t *testing.T) {
	s, _ := written(t)
	if _, err := s.writer.ExecContext(t.Context(), "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	for i := range 5 {
		addClaim(t, s, strings.Repeat("Late ", 10)+string(rune('a'+i)))
	}
	dir := filepath.Join(t.TempDir(), "killed")
	if err := os.CopyFS(dir, os.DirFS(s.dir)); err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(dir, databaseName+"-wal")
	data, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	if err := os.WriteFile(log, data, 0o600); err != nil {
		t.Fatal(err)
	}
	opened := openIn(t, dir)
	kept, _ := filepath.Glob(filepath.Join(dir, backupsName, "*-damaged.db-wal"))
	if len(kept) != 1 || !strings.Contains(strings.Join(opened.warnings, ""), strings.TrimSuffix(kept[0], "-wal")) {
		t.Fatalf("kept %q, said %q", kept, opened.warnings)
	}
	if same, err := os.ReadFile(kept[0]); err != nil || !bytes.Equal(same, data) {
		t.Errorf("another log was kept: %v", err)
	}
}

// A copy gets an identity of its own; a notebook that was moved keeps its own; and
// where it cannot be told, the user is asked.
func TestCopiedOrMoved(t *testing.T) {
	s, _ := written(t)
	info := func(s *Store) app.Info {
		t.Helper()
		i, err := s.Info(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return i
	}
	id := info(s).UUID
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(t.TempDir(), "copied")
	if err := os.CopyFS(copied, os.DirFS(s.dir)); err != nil {
		t.Fatal(err)
	}
	if c := info(openIn(t, copied)); c.UUID == id || c.WasAt != "" {
		t.Errorf("the copy: %+v", c)
	}
	moved := s.dir + "-moved"
	if err := os.Rename(s.dir, moved); err != nil {
		t.Fatal(err)
	}
	if m := info(openIn(t, moved)); m.UUID != id || m.WasAt != "" {
		t.Errorf("moved: %+v", m)
	}
	// Copied to another disk, the first one is gone by now.
	for _, copied := range []bool{true, false} {
		elsewhere := filepath.Join(t.TempDir(), "elsewhere")
		if err := os.CopyFS(elsewhere, os.DirFS(moved)); err != nil {
			t.Fatal(err)
		}
		if err := (lastOpen{File: "1-1", Folder: "/media/disk/notebook"}).write(elsewhere); err != nil {
			t.Fatal(err)
		}
		asked := openIn(t, elsewhere)
		if a := info(asked); a.WasAt != "/media/disk/notebook" || a.UUID != id {
			t.Errorf("moved or copied: %+v", a)
		}
		if err := asked.SettleCopied(t.Context(), copied); err != nil {
			t.Fatal(err)
		}
		if a := info(asked); a.WasAt != "" || (a.UUID == id) == copied {
			t.Errorf("answered %v: %+v", copied, a)
		}
	}
}

// While no program has it open, an older database is put in the place of this one,
// into the same file or as another. It is said, and its backups take the place of none.
func TestAnOlderDatabaseWasPutHere(t *testing.T) {
	for name, put := range map[string]func(from, path string) error{
		"into the file": func(from, path string) error {
			data, err := os.ReadFile(from)
			return errors.Join(err, os.WriteFile(path, data, 0o600))
		},
		"in its place": func(from, path string) error {
			return errors.Join(os.Remove(path), copyFile(from, path))
		},
	} {
		s, _ := written(t)
		older := backedUp(t, s)
		addClaim(t, s, "Since then")
		stamp, err := s.IndexStamp(t.Context())
		if err := errors.Join(err, s.Close(), put(older, s.path)); err != nil {
			t.Fatal(err)
		}
		again := openIn(t, s.dir)
		if said := strings.Join(again.warnings, ""); !strings.Contains(said, "older than what was opened here last, by 1 change.") {
			t.Errorf("%s: said %q", name, said)
		}
		if now, err := again.IndexStamp(t.Context()); err != nil || now == stamp {
			t.Errorf("%s: the line of history goes on: %v", name, err)
		}
		if err := again.Close(); err != nil {
			t.Fatal(err)
		}
		if third := openIn(t, s.dir); len(third.warnings) > 0 {
			t.Errorf("%s: it is said again: %q", name, third.warnings)
		}
	}
}

// Of two notebooks with one history none answers for the other.
func TestStampsOfCopies(t *testing.T) {
	dir := closed(t)
	copied := filepath.Join(t.TempDir(), "copied")
	if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	_ = os.Remove(filepath.Join(copied, openedName)) // as if an older version had made it
	if a, b := stampIn(t, dir), stampIn(t, copied); a == b {
		t.Errorf("both have the stamp %s", a)
	}
}
