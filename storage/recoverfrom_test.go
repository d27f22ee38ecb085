package storage_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/importer"
	"rejoinder/storage"
)

// backedUp is disputed with a backup, whose path it returns; closed.
func backedUp(t *testing.T) (nb *apptest.Notebook, a app.Article, backup string) {
	t.Helper()
	nb, a, _ = disputed(t)
	again := apptest.Open(t, nb.Folder)
	made, err := again.Backup(t.Context(), app.BackupOptions{Why: app.BackupAsked}, app.NoProgress{})
	if err = errors.Join(err, again.Close()); err != nil {
		t.Fatal(err)
	}
	return nb, a, made.Path
}

// spoilFile spoils a database that is no notebook's own.
func spoilFile(t *testing.T, path, table string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.Rename(path, filepath.Join(dir, "notebook.db")); err != nil {
		t.Fatal(err)
	}
	spoil(t, dir, table)
	data, err := os.ReadFile(filepath.Join(dir, "notebook.db"))
	if err == nil {
		err = os.WriteFile(path, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func recoveredFrom(t *testing.T, dir, path string) app.RecoverReport {
	t.Helper()
	r, err := storage.Rescue{Importer: importer.New()}.RecoverFrom(t.Context(), dir, app.BackupFile{Path: path}, app.NoProgress{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The only backup is damaged. Restoring it is refused, and the refusal names the
// way that gets the rest of it back, with its originals, into a new folder.
func TestRecoverFromADamagedBackup(t *testing.T) {
	nb, a, backup := backedUp(t)
	spoilFile(t, backup, "actors")
	before, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	_, err = storage.Rescue{}.Restore(t.Context(), nb.Folder, app.BackupFile{Path: backup}, app.NoProgress{})
	if !errors.Is(err, app.ErrDamaged) || !strings.Contains(err.Error(), "rejoinder --notebook NEWFOLDER notebook recover --from "+backup) {
		t.Errorf("restore says %v", err)
	}
	into := filepath.Join(t.TempDir(), "new")
	r := recoveredFrom(t, into, backup)
	if r.GotBack[app.KindStatement] != 1 || len(r.StandIns) != 1 || r.Kept != "" || r.Damaged != "" {
		t.Errorf("report %+v", r)
	}
	if after, err := os.ReadFile(backup); err != nil || string(after) != string(before) {
		t.Errorf("the backup was changed: %v", err)
	}
	nb.Folder = into
	sound(t, nb)
	if got := apptest.Read(nb, func(r app.Reader) (app.Article, error) { return r.Article(a.ID) }); got.Title != a.Title {
		t.Errorf("the article is %+v", got)
	}
}

// Into a notebook that there is: what it holds becomes a backup first.
func TestRecoverFromKeepsWhatIsThere(t *testing.T) {
	nb, a, backup := backedUp(t)
	again := apptest.Open(t, nb.Folder)
	again.Claim("Only the present notebook has this")
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	spoilFile(t, backup, "texts")
	r := recoveredFrom(t, nb.Folder, backup)
	if !slices.Equal(r.Reread, []app.TextID{a.Text}) || !strings.HasSuffix(r.Kept, "-before-restore.db") {
		t.Errorf("report %+v", r)
	}
	sound(t, nb)
	if err := nb.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := (storage.Rescue{}).Restore(t.Context(), nb.Folder, app.BackupFile{Path: r.Kept}, app.NoProgress{}); err != nil {
		t.Fatal(err)
	}
	sound(t, nb)
	claims := apptest.Read(nb, func(r app.Reader) ([]app.Claim, error) { return r.Claims() })
	if !slices.ContainsFunc(claims, func(c app.Claim) bool { return c.Text == "Only the present notebook has this" }) {
		t.Errorf("the backup of what was there holds %v", claims)
	}
}

// A log that was put aside gives back what was written last.
func TestRecoverFromAStrayLog(t *testing.T) {
	nb, _, _ := disputed(t)
	again := apptest.Open(t, nb.Folder)
	again.Claim("Only the log has this") // the notebook stays open, so that the log stays
	log, err := os.ReadFile(filepath.Join(nb.Folder, "notebook.db-wal"))
	stray := filepath.Join(t.TempDir(), "notebook-20260101-000000-stray.db-wal")
	if err = errors.Join(err, os.WriteFile(stray, log, 0o600)); err != nil {
		t.Fatal(err)
	}
	nb.Folder = filepath.Join(t.TempDir(), "new")
	recoveredFrom(t, nb.Folder, stray)
	sound(t, nb)
	claims := apptest.Read(nb, func(r app.Reader) ([]app.Claim, error) { return r.Claims() })
	if !slices.ContainsFunc(claims, func(c app.Claim) bool { return c.Text == "Only the log has this" }) {
		t.Errorf("the log was not read: %v", claims)
	}
}

// What is no notebook's database, and a folder that is no notebook's, are refused
// and left alone.
func TestRecoverFromRefuses(t *testing.T) {
	_, _, backup := backedUp(t)
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "letter.txt"), []byte("Dear"), 0o600); err != nil {
		t.Fatal(err)
	}
	rescue := storage.Rescue{Importer: importer.New()}
	if _, err := rescue.RecoverFrom(t.Context(), other, app.BackupFile{Path: backup}, app.NoProgress{}); !errors.Is(err, app.ErrInvalid) {
		t.Errorf("into a folder with other files: %v", err)
	}
	into := filepath.Join(t.TempDir(), "new")
	_, err := rescue.RecoverFrom(t.Context(), into, app.BackupFile{Path: filepath.Join(other, "letter.txt")}, app.NoProgress{})
	if !errors.Is(err, app.ErrDamaged) || !strings.Contains(err.Error(), "nothing was changed") {
		t.Errorf("from a letter: %v", err)
	}
	if _, err := os.Stat(filepath.Join(into, "notebook.db")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("an empty notebook was made: %v", err)
	}
}

// A recovery names the newest good backup, and an older one that holds more; not
// one that is damaged itself.
func TestRecoverNamesBackups(t *testing.T) {
	nb, _, full := backedUp(t)
	again := apptest.Open(t, nb.Folder)
	statements := apptest.Read(again, func(r app.Reader) ([]app.Statement, error) { return r.Statements(app.StatementQuery{}) })
	again.Trash(app.RefTo(app.KindStatement, statements[0].ID))
	var made []string
	for range 2 {
		b, err := again.Backup(t.Context(), app.BackupOptions{Why: app.BackupAsked}, app.NoProgress{})
		if err != nil {
			t.Fatal(err)
		}
		made = append(made, b.Path)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	spoilFile(t, made[1], "actors")
	spoil(t, nb.Folder, "actors")
	var named []string
	for _, b := range recovered(t, nb).Backups {
		named = append(named, b.Path)
	}
	if want := []string{made[0], full}; !slices.Equal(named, want) {
		t.Errorf("named %v, want %v", named, want)
	}
}

// A backup whose rows refer to nothing is whole to SQLite; verifying it says what
// is wrong all the same.
func TestVerifyBackupFollowsReferences(t *testing.T) {
	_, _, backup := backedUp(t)
	for q, part := range map[string]string{
		"DELETE FROM actors":                    "references",
		"UPDATE note_links SET target = 'gone'": "references",
		"UPDATE texts SET plain = plain || '!'": "texts",
	} {
		path := filepath.Join(t.TempDir(), "notebook-20260101-000000.db")
		data, err := os.ReadFile(backup)
		if err = errors.Join(err, os.WriteFile(path, data, 0o600)); err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite3", path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = db.Exec(q); errors.Join(err, db.Close()) != nil {
			t.Fatal(err)
		}
		found, err := storage.Rescue{}.VerifyBackup(t.Context(), app.BackupFile{Path: path}, app.NoProgress{})
		if err != nil || !slices.ContainsFunc(found, func(f app.Finding) bool { return f.Part == part && !f.OK }) {
			t.Errorf("%s: found %v, %v", q, found, err)
		}
	}
}

// A notebook of which some pages are damaged opens for reading only, and tells all
// that it can still count.
func TestADamagedNotebookIsReadAsFarAsItGoes(t *testing.T) {
	nb, _, _ := disputed(t)
	spoil(t, nb.Folder, "actors")
	s, err := storage.OpenReadOnly(t.Context(), nb.Folder, app.Problem(app.ErrReadOnly, "you opened it so"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	info, err := s.Info(t.Context())
	_, counted := info.Counts[app.KindActor]
	if err != nil || info.Counts[app.KindArticle] != 1 || info.Counts[app.KindStatement] != 1 || counted {
		t.Errorf("it tells %+v, %v", info, err)
	}
}
