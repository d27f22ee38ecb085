package storage

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rejoinder/app"
)

// written makes a notebook with a claim and an article whose original is kept,
// and returns it with the original's hash.
func written(t *testing.T) (*Store, string) {
	t.Helper()
	s := newStore(t)
	addClaim(t, s, "It is so")
	return s, addOriginal(t, s, "The harbour was closed at noon.")
}

// addOriginal keeps an original and adds an article of it.
func addOriginal(t *testing.T, s *Store, text string) (sha string) {
	t.Helper()
	o, err := s.KeepOriginal("a.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	change(t, s, func(tx app.Tx) error {
		x := app.Text{ID: app.NewID[app.TextID](), Original: o.SHA256, Reader: "plain/1", Content: app.Content{Plain: text}}
		a := app.Article{ID: app.NewID[app.ArticleID](), Title: text[:11], Original: o.SHA256, Text: x.ID, Kind: "document"}
		return errors.Join(tx.PutOriginal(o), tx.PutText(x), tx.PutArticle(a))
	})
	return o.SHA256
}

func verified(t *testing.T, from app.BackupFile) (bad []string) {
	t.Helper()
	found, err := Rescue{}.VerifyBackup(t.Context(), from, app.NoProgress{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		if !f.OK {
			bad = append(bad, f.Part+": "+f.Text)
		}
	}
	return bad
}

// A backup that is taken to another machine brings the originals with it, and
// nobody else may read it.
func TestBackupIsWhole(t *testing.T) {
	s, sha := written(t)
	path := backedUp(t, s)
	if bad := verified(t, app.BackupFile{Path: path}); len(bad) > 0 {
		t.Errorf("just made: %q", bad)
	}
	for _, file := range []string{path, manifestPath(path), s.path, s.dir, filepath.Dir(path)} {
		if info, err := os.Stat(file); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", file, info.Mode(), err)
		}
	}
	// Only the folder of backups is copied.
	elsewhere := t.TempDir()
	if err := os.CopyFS(filepath.Join(elsewhere, "backups"), os.DirFS(filepath.Join(s.dir, backupsName))); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(elsewhere, "notebook")
	report, err := restoreFrom(t, t.Context(), dir, filepath.Join(elsewhere, "backups", filepath.Base(path)))
	if err != nil || report.Originals != 1 || len(report.Missing) > 0 {
		t.Fatalf("restored %+v, %v", report, err)
	}
	restored := openIn(t, dir)
	if f, err := restored.OpenOriginal(t.Context(), sha); err != nil {
		t.Error(err)
	} else if err := f.Close(); err != nil {
		t.Error(err)
	}
	m := readManifest(path)
	if m.Counts[app.KindArticle] != 1 || m.Originals != 1 || m.Why != app.BackupAsked || m.Format != newest {
		t.Errorf("manifest %+v", m)
	}
}

// What was changed in a backup is noticed, and nothing is restored from it.
func TestVerifyBackup(t *testing.T) {
	s, sha := written(t)
	path := backedUp(t, s)
	// The repository's own copy of an original, not a link to the notebook's.
	kept := s.backups().originalPath(sha)
	if err := errors.Join(os.Remove(kept), os.WriteFile(kept, []byte("The harbour was open at noon."), 0o600)); err != nil {
		t.Fatal(err)
	}
	if bad := verified(t, app.BackupFile{Path: path}); len(bad) != 1 || !strings.Contains(bad[0], sha) {
		t.Errorf("a changed original: %q", bad)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if bad := verified(t, app.BackupFile{Path: path}); len(bad) == 0 || !strings.Contains(bad[0], "changed") {
		t.Errorf("a changed database: %q", bad)
	}
	if _, err := restoreFrom(t, t.Context(), filepath.Join(t.TempDir(), "new"), path); !errors.Is(err, app.ErrDamaged) {
		t.Errorf("restored it: %v", err)
	}
}

// A damaged notebook is not backed up over its good backups.
func TestNoBackupOfDamage(t *testing.T) {
	s, _ := written(t)
	good := backedUp(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(data, []byte("The harbour was closed"))
	for i := at - at%4096; i < at-at%4096+4096; i++ {
		data[i] = 0xee
	}
	if err := os.WriteFile(s.path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	hurt := openIn(t, s.dir)
	if _, err := hurt.Backup(t.Context(), app.BackupOptions{}, app.NoProgress{}); !errors.Is(err, app.ErrDamaged) || !strings.Contains(err.Error(), "recover") {
		t.Errorf("backed up: %v", err)
	}
	if left := backupFiles(hurt.backups().dir); !slices.Equal(left, []string{good}) {
		t.Errorf("backups %q", left)
	}
}

// Automatic backups are thinned to hours, days and weeks. Those that were asked
// for, made before something, without a manifest, of another notebook or line of
// history, or fuller than what came after, stay; so do those from a wrong clock's
// future.
func TestBackupsAreThinned(t *testing.T) {
	r := repository{dir: t.TempDir()}
	now := time.Date(2024, 6, 30, 12, 30, 0, 0, time.UTC)
	put := func(at time.Time, things int, with func(*manifest)) string {
		t.Helper()
		m := manifest{Backup: app.Backup{Made: at, UUID: "mine", Generation: "now", Counts: map[app.Kind]int{app.KindClaim: things}}, SHA256: "x"}
		if with != nil {
			with(&m)
		}
		path := filepath.Join(r.dir, "notebook-"+at.Format(backupTime)+suffixOf(m.Why)+"-"+m.UUID+m.Generation+backupEnd)
		data, err := json.Marshal(m)
		if err := errors.Join(err, os.WriteFile(path, nil, 0o600), os.WriteFile(manifestPath(path), data, 0o600)); err != nil {
			t.Fatal(err)
		}
		return path
	}
	made := 0
	for i := range 100 * 24 { // two an hour, and after two days two in six hours, for a hundred days
		if i > 48 && i%6 != 0 {
			continue
		}
		made += 2
		at := now.Add(-time.Duration(i) * time.Hour)
		put(at, 100, nil)
		put(at.Add(-10*time.Minute), 100, nil)
	}
	old := now.Add(-99 * 24 * time.Hour).Add(time.Minute)
	stay := []string{
		put(old, 100, func(m *manifest) { m.Why = app.BackupAsked }),
		put(old, 100, func(m *manifest) { m.Why = app.BackupBeforeFormat }),
		put(old, 100, func(m *manifest) { m.UUID = "another" }),
		put(old, 100, func(m *manifest) { m.Generation = "before" }),
		put(old.Add(time.Minute), 150, nil), // fuller than all that came after
		put(now.AddDate(1, 0, 0), 1, nil),
	}
	bare := filepath.Join(r.dir, "notebook-20200101-000000.db")
	if err := os.WriteFile(bare, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	removed, err := r.thin(now, manifest{Backup: app.Backup{UUID: "mine", Generation: "now"}})
	if err != nil {
		t.Fatal(err)
	}
	left := backupFiles(r.dir)
	hours := 0
	for _, path := range left {
		if m := readManifest(path); now.Sub(m.Made) < 24*time.Hour && !m.Made.After(now) {
			hours++
		}
	}
	if hours != 24 || len(left) > 24+14+8+len(stay)+1 || removed != made+len(stay)+1-len(left) {
		t.Errorf("%d of the last day, %d in all, %d removed: %q", hours, len(left), removed, left)
	}
	for _, want := range append(stay, bare) {
		if !slices.Contains(left, want) {
			t.Errorf("%s is gone", filepath.Base(want))
		}
	}
	if again, err := r.thin(now, manifest{Backup: app.Backup{UUID: "mine", Generation: "now"}}); err != nil || again != 0 {
		t.Errorf("thinning twice removes %d more, %v", again, err)
	}
}

// The second place gets every backup; encrypted, nothing there can be read
// without the passphrase, and all is there with it.
func TestSecondPlace(t *testing.T) {
	work := scryptWork
	scryptWork = 8 // of no use against anybody, but quick
	t.Cleanup(func() { scryptWork = work })
	for _, passphrase := range []string{"", "correct horse"} {
		s, sha := written(t)
		place := filepath.Join(t.TempDir(), "usb")
		if err := s.SetSecondPlace(t.Context(), filepath.Join(s.dir, "inside"), passphrase); !errors.Is(err, app.ErrInvalid) {
			t.Errorf("in the notebook itself: %v", err)
		}
		if err := s.SetSecondPlace(t.Context(), place, passphrase); err != nil {
			t.Fatal(err)
		}
		made, err := s.Backup(t.Context(), app.BackupOptions{}, app.NoProgress{})
		if err != nil || made.SecondErr != nil || made.Second == "" {
			t.Fatalf("%+v, %v", made, err)
		}
		from := app.BackupFile{Path: made.Second, Passphrase: passphrase}
		found, err := Rescue{}.Survey(t.Context(), s.dir)
		if err != nil || len(found.Backups) != 2 || !slices.ContainsFunc(found.Backups, func(b app.Backup) bool { return b.Path == made.Second }) {
			t.Errorf("survey: %+v, %v", found, err)
		}
		if passphrase != "" {
			refuseToRead(t, place, made.Second, sha)
		}
		if bad := verified(t, from); len(bad) > 0 {
			t.Errorf("%q: %q", passphrase, bad)
		}
		dir := filepath.Join(t.TempDir(), "new")
		report, err := Rescue{}.Restore(t.Context(), dir, from, app.NoProgress{})
		if err != nil || report.Originals != 1 {
			t.Fatalf("%q: %+v, %v", passphrase, report, err)
		}
		if got := claimsIn(t, dir); !slices.Equal(got, []string{"It is so"}) {
			t.Errorf("%q: claims %q", passphrase, got)
		}
		// The disk is not plugged in: the other backup is made, and this is said.
		if err := os.RemoveAll(place); err != nil {
			t.Fatal(err)
		}
		made, err = s.Backup(t.Context(), app.BackupOptions{}, app.NoProgress{})
		if err != nil || made.Path == "" || made.SecondErr == nil || !strings.Contains(made.SecondErr.Error(), place) {
			t.Errorf("unplugged: %+v, %v", made, err)
		}
		if _, err := os.Stat(place); err == nil {
			t.Error("what is no disk any more was made as a folder")
		}
	}
}

// refuseToRead looks for anything readable in an encrypted place.
func refuseToRead(t *testing.T, place, backup, sha string) {
	t.Helper()
	err := filepath.Walk(place, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for _, secret := range []string{"harbour", "It is so", "SQLite format"} {
			if bytes.Contains(data, []byte(secret)) {
				t.Errorf("%s holds %q", path, secret)
			}
		}
		if strings.Contains(path, sha) {
			t.Errorf("%s tells which original is kept", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	for _, wrong := range []string{"", "battery staple"} {
		from := app.BackupFile{Path: backup, Passphrase: wrong}
		if _, err := (Rescue{}).Restore(t.Context(), filepath.Join(t.TempDir(), "new"), from, app.NoProgress{}); !errors.Is(err, app.ErrInvalid) {
			t.Errorf("with the passphrase %q: %v", wrong, err)
		}
	}
}

// An article that was removed for good comes back from a backup with its marks
// and what hangs on them, in one step that can be undone; what was changed since
// stays.
func TestRestoreArticles(t *testing.T) {
	s, _ := written(t)
	a := addArticle(t, s, "The denial", "They deny it all.")
	mark := addMark(t, s, a, "They deny it all.", 5, 12)
	actor, claim := app.Actor{ID: app.NewID[app.ActorID](), Name: "The company"}, app.Claim{ID: app.NewID[app.ClaimID](), Text: "It polluted the bay"}
	change(t, s, func(tx app.Tx) error {
		return errors.Join(tx.PutActor(actor), tx.PutClaim(claim), tx.PutStatement(app.Statement{
			ID: "s", Actor: actor.ID, Claim: claim.ID, Stance: app.Denies, Passage: mark.ID}))
	})
	path := backedUp(t, s)
	change(t, s, func(tx app.Tx) error {
		actor.Name = "The company, as it is called now"
		return errors.Join(tx.PutActor(actor), tx.SetTrashed(app.RefTo(app.KindArticle, a.ID), true), tx.SetTrashed(app.RefTo(app.KindClaim, claim.ID), true))
	})
	change(t, s, func(tx app.Tx) error { _, err := tx.EmptyTrash(); return err })
	listed, err := Rescue{}.BackedUp(t.Context(), app.BackupFile{Path: path})
	if err != nil || len(listed) != 2 || listed[0].ID != a.ID {
		t.Fatalf("in the backup: %+v, %v", listed, err)
	}
	changes, err := s.RestoreArticles(t.Context(), app.BackupFile{Path: path}, []app.ArticleID{a.ID}, app.NoProgress{})
	if err != nil || !strings.Contains(changes.Label, "The denial") {
		t.Fatalf("%+v, %v", changes, err)
	}
	look(t, s, func(r app.Reader) error {
		statement, err := r.Statement("s")
		back, err2 := r.Annotation(mark.ID)
		named, err3 := r.Actor(actor.ID)
		if statement.Passage != mark.ID || back.Anchor.Quote != mark.Anchor.Quote || named.Name != actor.Name {
			t.Errorf("%+v, %+v, %+v", statement, back, named)
		}
		return errors.Join(err, err2, err3)
	})
	if _, err := s.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	look(t, s, func(r app.Reader) error {
		if _, err := r.Article(a.ID); !errors.Is(err, app.ErrNotFound) {
			t.Errorf("undone, and still there: %v", err)
		}
		return nil
	})
	if _, err := s.RestoreArticles(t.Context(), app.BackupFile{Path: path}, []app.ArticleID{"nowhere"}, app.NoProgress{}); !errors.Is(err, app.ErrNotFound) {
		t.Errorf("an article that the backup has not: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(s.dir, besidePrefix+"*-*-*")); len(left) > 0 {
		t.Errorf("left behind %q", left)
	}
}
