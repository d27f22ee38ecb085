package storage

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
)

// A folder with what is left of a notebook is never begun anew: not when its
// database is gone, empty, has nothing in it, or is another program's. Restoring a
// backup brings it back.
func TestNotBegunAnew(t *testing.T) {
	for name, hurt := range map[string]func(t *testing.T, path string) error{
		"deleted": func(_ *testing.T, path string) error { return os.Remove(path) },
		"empty":   func(_ *testing.T, path string) error { return os.Truncate(path, 0) },
		"nothing in it": func(t *testing.T, path string) error {
			err := os.Remove(path)
			rawly(t, filepath.Dir(path), "PRAGMA journal_mode = WAL", "CREATE TABLE x (y)", "DROP TABLE x")
			return err
		},
		"another program's": func(t *testing.T, path string) error {
			err := os.Remove(path)
			rawly(t, filepath.Dir(path), "CREATE TABLE x (y)")
			return err
		},
		"another program's, with a version": func(t *testing.T, path string) error {
			err := os.Remove(path)
			rawly(t, filepath.Dir(path), "CREATE TABLE x (y)", "PRAGMA user_version = 3")
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := written(t)
			backup := backedUp(t, s)
			if err := errors.Join(s.Close(), hurt(t, s.path)); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				_, err := Open(t.Context(), s.dir)
				if !errors.Is(err, app.ErrMissing) || !strings.Contains(err.Error(), "1 original") || !strings.Contains(err.Error(), "1 backup") {
					t.Fatalf("opened: %v", err)
				}
			}
			if _, err := OpenReadOnly(t.Context(), s.dir, errors.New("asked")); err == nil && name != "another program's" {
				t.Log("read only") // it is not begun, and that is all
			}
			found, err := Rescue{}.Survey(t.Context(), s.dir)
			if err != nil || len(found.Backups) != 1 || found.Backups[0].Counts[app.KindArticle] != 1 || found.Originals != 1 {
				t.Errorf("survey %+v, %v", found, err)
			}
			if _, err := restoreFrom(t, t.Context(), s.dir, backup); err != nil {
				t.Fatal(err)
			}
			if got := claimsIn(t, s.dir); !slices.Equal(got, []string{"It is so"}) {
				t.Errorf("claims %q", got)
			}
		})
	}
}

// The name of the folder is no pattern.
func TestNotBegunAnewInAFolderOfAnyName(t *testing.T) {
	s := openIn(t, filepath.Join(t.TempDir(), "What [they] said? *"))
	addOriginal(t, s, "The harbour was closed at noon.")
	backup := backedUp(t, s)
	if err := errors.Join(s.Close(), os.Remove(s.path)); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), s.dir); !errors.Is(err, app.ErrMissing) || !strings.Contains(err.Error(), "1 original of the notebook and 1 backup") {
		t.Fatalf("opened: %v", err)
	}
	if _, err := restoreFrom(t, t.Context(), s.dir, backup); err != nil {
		t.Fatal(err)
	}
}

// What was written last and is not in the database yet is no reason to begin anew
// either: SQLite would delete it.
func TestNotBegunAnewBesideALog(t *testing.T) {
	dir := t.TempDir()
	log := filepath.Join(dir, databaseName+"-wal")
	if err := os.WriteFile(log, []byte("the last words"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), dir); !errors.Is(err, app.ErrMissing) {
		t.Errorf("opened: %v", err)
	}
	if data, err := os.ReadFile(log); err != nil || string(data) != "the last words" {
		t.Errorf("the log is %q, %v", data, err)
	}
}

// A restore that was killed leaves nothing that harms the next one; a relative
// folder works; a link stays one.
func TestRestoreAfterAKill(t *testing.T) {
	dir, backup := worked(t)
	half := filepath.Join(dir, besidePrefix+"00000000-0000-0000-0000-000000000000.part")
	for _, path := range []string{half, half + "-journal", filepath.Join(dir, databaseName+".restored"), filepath.Join(dir, databaseName+".restored-journal")} {
		if err := os.WriteFile(path, []byte("half of a restore"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	elsewhere := filepath.Join(t.TempDir(), "on-another-disk.db")
	path := filepath.Join(dir, databaseName)
	if err := errors.Join(os.Rename(path, elsewhere), os.Symlink(elsewhere, path)); err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Dir(dir))
	if _, err := restoreFrom(t, t.Context(), filepath.Base(dir), backup); err != nil {
		t.Fatal(err)
	}
	if got := claimsIn(t, dir); !slices.Equal(got, []string{"Before"}) {
		t.Errorf("claims %q", got)
	}
	if to, err := os.Readlink(path); err != nil || to != elsewhere {
		t.Errorf("the link leads to %q, %v", to, err)
	}
}

// A restore that is cut short anywhere leaves the notebook as it was or as it is
// to be.
func TestRestoreCutShort(t *testing.T) {
	dir, backup := worked(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	before := namesIn(t, dir)
	if _, err := restoreFrom(t, ctx, dir, backup); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if got := claimsIn(t, dir); !slices.Equal(got, []string{"Before", "After"}) {
		t.Errorf("claims %q", got)
	}
	if after := namesIn(t, dir); !slices.Equal(before, after) {
		t.Errorf("files %q, before %q", after, before)
	}
}

func namesIn(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && d.Name() != lockName && d.Name() != holderName {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// Folders of programs that keep machines in step are warned of, and so are the
// copies that they leave after a conflict.
func TestWarnings(t *testing.T) {
	base := t.TempDir()
	dir := filepath.Join(base, "Dropbox (Daily News)", "notebook")
	s := openIn(t, dir)
	if err := os.WriteFile(filepath.Join(dir, "notebook (Ana's conflicted copy 2026-11-27).db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	again := openIn(t, dir)
	for s, want := range map[*Store]int{s: 1, again: 2, newStore(t): 0} {
		info, err := s.Info(t.Context())
		if err != nil || len(info.Warnings) != want || want > 0 && !strings.Contains(info.Warnings[0], "Dropbox") {
			t.Errorf("warnings %q, %v", info.Warnings, err)
		}
	}
	if at := filepath.Join(base, "Boxes", "notebook"); syncedBy(at) != "" {
		t.Error("Boxes is no folder of Box")
	}
}

// What cannot be written is read: list, show and search work, and every act says
// why it fails.
func TestReadOnlyNotebook(t *testing.T) {
	s, sha := written(t)
	// In use by this one, so that a log with all of it stands beside.
	for name, make := range map[string]func() string{
		"closed": func() string { return closedCopy(t, s, false) },
		"in use": func() string { return closedCopy(t, s, true) },
	} {
		dir := make()
		before := namesIn(t, dir)
		only, err := OpenReadOnly(t.Context(), dir, errors.New("the reason"))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := claimTexts(t, only); !slices.Equal(got, []string{"It is so"}) {
			t.Errorf("%s: claims %q", name, got)
		}
		for what, act := range map[string]func() error{
			"update": func() error {
				_, err := only.Update(t.Context(), app.Op{}, func(app.Tx) error { return nil })
				return err
			},
			"undo":     func() error { _, err := only.Undo(t.Context()); return err },
			"original": func() error { _, err := only.KeepOriginal("x", []byte("x")); return err },
			"backup":   func() error { _, err := only.Backup(t.Context(), app.BackupOptions{}, app.NoProgress{}); return err },
			"purge": func() error {
				_, err := only.Purge(t.Context(), nil, app.PurgeOptions{}, app.NoProgress{})
				return err
			},
			"second place": func() error { return only.SetSecondPlace(t.Context(), t.TempDir(), "") },
		} {
			if err := act(); !errors.Is(err, app.ErrReadOnly) || !strings.Contains(err.Error(), "the reason") {
				t.Errorf("%s: %s: %v", name, what, err)
			}
		}
		if f, err := only.OpenOriginal(t.Context(), sha); err != nil {
			t.Error(err)
		} else if err := f.Close(); err != nil {
			t.Error(err)
		}
		saved := filepath.Join(t.TempDir(), "saved")
		if err := only.SaveCopy(t.Context(), saved, app.NoProgress{}); err != nil {
			t.Errorf("%s: %v", name, err)
		} else if got := claimsIn(t, saved); len(got) != 1 {
			t.Errorf("%s: copy %q", name, got)
		}
		if err := only.Close(); err != nil {
			t.Error(err)
		}
		if after := namesIn(t, dir); name == "closed" && !slices.Equal(before, after) {
			t.Errorf("%s: files %q, before %q", name, after, before)
		}
	}
}

// closedCopy copies a notebook's folder, with or without its log.
func closedCopy(t *testing.T, s *Store, log bool) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "copy")
	if !log {
		if err := s.SaveCopy(t.Context(), dir, app.NoProgress{}); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	if err := os.CopyFS(dir, os.DirFS(s.dir)); err != nil {
		t.Fatal(err)
	}
	return dir
}
