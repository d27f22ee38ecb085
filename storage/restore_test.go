package storage

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
)

// worked makes a notebook in which a backup was made between two claims, closes
// it, and returns its folder and the backup.
func worked(t *testing.T) (dir, backup string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "notebook")
	s, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	addClaim(t, s, "Before")
	backup = backedUp(t, s)
	addClaim(t, s, "After")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return dir, backup
}

// backedUp makes a backup that was asked for and returns its path.
func backedUp(t *testing.T, s *Store) string {
	t.Helper()
	made, err := s.Backup(t.Context(), app.BackupOptions{Why: app.BackupAsked}, app.NoProgress{})
	if err != nil {
		t.Fatal(err)
	}
	return made.Path
}

// restoreFrom restores a backup.
func restoreFrom(t *testing.T, ctx context.Context, dir, backup string) (app.RestoreReport, error) {
	t.Helper()
	return Rescue{}.Restore(ctx, dir, app.BackupFile{Path: backup}, app.NoProgress{})
}

func claimsIn(t *testing.T, dir string) []string {
	t.Helper()
	s, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	texts := claimTexts(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return texts
}

func stampIn(t *testing.T, dir string) string {
	t.Helper()
	s, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	stamp, err := s.IndexStamp(t.Context())
	if err = errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	return stamp
}

// A backup takes the notebook's place, an index made before is of no use then,
// and what was replaced can be had back the same way.
func TestRestore(t *testing.T) {
	dir, backup := worked(t)
	stamp := stampIn(t, dir)
	if _, err := restoreFrom(t, t.Context(), dir, backup); err != nil {
		t.Fatal(err)
	}
	if got := claimsIn(t, dir); !slices.Equal(got, []string{"Before"}) {
		t.Errorf("restored %q", got)
	}
	restored := stampIn(t, dir)
	if restored == stamp || restored[:36] != stamp[:36] {
		t.Errorf("stamp %s, before %s", restored, stamp)
	}
	replaced, _ := filepath.Glob(filepath.Join(dir, "backups", "*-before-restore.db"))
	if len(replaced) != 1 {
		t.Fatalf("kept %q", replaced)
	}
	if _, err := restoreFrom(t, t.Context(), dir, replaced[0]); err != nil {
		t.Fatal(err)
	}
	if got := claimsIn(t, dir); !slices.Equal(got, []string{"Before", "After"}) {
		t.Errorf("taken back: %q", got)
	}
	if again := stampIn(t, dir); again == stamp || again == restored {
		t.Error("an index of before would be taken for one of this notebook")
	}
	elsewhere := filepath.Join(t.TempDir(), "new")
	if _, err := restoreFrom(t, t.Context(), elsewhere, backup); err != nil {
		t.Fatal(err)
	}
	if got := claimsIn(t, elsewhere); !slices.Equal(got, []string{"Before"}) {
		t.Errorf("restored into a new folder: %q", got)
	}
}

// A backup that is of no use, or a notebook in use, changes nothing.
func TestRestoreRefuses(t *testing.T) {
	dir, backup := worked(t)
	write := func(name, data string) string {
		t.Helper()
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	newer := filepath.Dir(write(databaseName, string(good)))
	rawly(t, newer, "PRAGMA user_version = 99")
	for name, tt := range map[string]struct {
		backup string
		is     error
	}{
		"no database":  {write("a.db", strings.Repeat("no database ", 200)), app.ErrDamaged},
		"half of it":   {write("b.db", string(good[:len(good)/2])), app.ErrDamaged},
		"empty":        {write("c.db", ""), app.ErrInvalid},
		"newer":        {filepath.Join(newer, databaseName), app.ErrNewer},
		"not there":    {filepath.Join(dir, "nowhere.db"), os.ErrNotExist},
		"a folder":     {dir, nil},
		"already open": {backup, app.ErrBusy},
	} {
		t.Run(name, func(t *testing.T) {
			before, _ := filepath.Glob(filepath.Join(dir, "backups", "*"))
			if name == "already open" {
				openIn(t, dir)
			}
			_, err := restoreFrom(t, t.Context(), dir, tt.backup)
			if err == nil || (tt.is != nil && !errors.Is(err, tt.is)) {
				t.Errorf("got %v, want %v", err, tt.is)
			}
			if got := claimsIn(t, dir); !slices.Equal(got, []string{"Before", "After"}) {
				t.Errorf("claims %q", got)
			}
			if after, _ := filepath.Glob(filepath.Join(dir, "backups", "*")); name != "already open" && !slices.Equal(before, after) {
				t.Errorf("backups %q, before %q", after, before)
			}
			if left, _ := filepath.Glob(filepath.Join(dir, besidePrefix+"*-*-*")); len(left) > 0 {
				t.Errorf("left a copy behind: %q", left)
			}
		})
	}
	release, err := LockWindow(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	if _, err := restoreFrom(t, t.Context(), dir, backup); !errors.Is(err, app.ErrBusy) {
		t.Errorf("with a window open: %v", err)
	}
}

// A notebook that is damaged can be restored, and is kept as it is; one that a
// newer version made, or that an early end of the work left unopened, is not
// touched.
func TestRestoreOverWhatCannotBeOpened(t *testing.T) {
	dir, backup := worked(t)
	path := filepath.Join(dir, databaseName)
	rawly(t, dir, "PRAGMA user_version = 99")
	if err := os.WriteFile(path+"-wal", []byte("the newer version's last words"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := restoreFrom(t, t.Context(), dir, backup); !errors.Is(err, app.ErrNewer) {
		t.Errorf("over a newer version's notebook: %v", err)
	}
	if err := removeIfThere(path + "-wal"); err != nil {
		t.Fatal(err)
	}
	rawly(t, dir, fmt.Sprintf("PRAGMA user_version = %d", newest))
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := restoreFrom(t, ended, dir, backup); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if got := claimsIn(t, dir); !slices.Equal(got, []string{"Before", "After"}) {
		t.Errorf("claims %q", got)
	}
	broken := strings.Repeat("broken ", 1000)
	if err := os.WriteFile(path, []byte(broken), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := restoreFrom(t, t.Context(), dir, backup); err != nil {
		t.Fatal(err)
	}
	if got := claimsIn(t, dir); !slices.Equal(got, []string{"Before"}) {
		t.Errorf("claims %q", got)
	}
	kept, _ := filepath.Glob(filepath.Join(dir, "backups", "*-before-restore.db"))
	if len(kept) != 1 {
		t.Fatalf("kept %q", kept)
	}
	if data, err := os.ReadFile(kept[0]); err != nil || string(data) != broken {
		t.Errorf("what was broken was not kept: %v", err)
	}
}
