package storage

import (
	"bytes"
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
