package storage

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rejoinder/app"
)

// rawly runs SQL on a notebook's file behind the program's back.
func rawly(t *testing.T, dir string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(dir, databaseName))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// closed makes a notebook with a claim in it, closes it and returns its folder.
func closed(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "notebook")
	s, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	addClaim(t, s, "It is so")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// newest is the format that this version writes.
const newest = 7

// A notebook of the first format is brought up to date with all that is in it.
func TestNotebookOfFormat1(t *testing.T) {
	all, err := migrations()
	if err != nil || len(all) != newest {
		t.Fatal(len(all), err)
	}
	dir := t.TempDir()
	rawly(t, dir, all[0].sql, `
		INSERT INTO meta VALUES ('uuid', '019aa000-0000-7000-8000-000000000000'), ('generation', 'g'), ('pruned', '0'), ('created', '');
		INSERT INTO originals VALUES ('ab', 'a.txt', 'text/plain', 3, 1);
		INSERT INTO texts VALUES ('t', 'ab', 'plain/1', 3, 'Она не была там.', '[{"kind":"paragraph","start":0,"end":16}]', '[]', 1);
		INSERT INTO articles VALUES ('a', 'Title', '[]', '', '', '2019', '', 'ru', 'document', 'ab', 't', NULL, 1, 1, NULL, NULL);
		INSERT INTO article_texts VALUES ('a', 1, 't');
		INSERT INTO annotations VALUES ('n', 'a', 't', 'highlight', 'green', 'why', 4, 6, 'не', 'Она ', ' была там.', 'exact', 1, 2, NULL, NULL);
		INSERT INTO annotations VALUES ('f', 'a', 't', 'highlight', 'blue', '', 7, 10, 'был', 'Она не ', 'а там.', 'fuzzy', 1, 2, NULL, NULL);
		INSERT INTO steps (op, label, grp, at, state) VALUES ('annotate', 'Mark', '', 1, 'done');
		INSERT INTO changes (step, tbl, key) VALUES (1, 'annotations', '["n"]');
		INSERT INTO changes (step, tbl, key, old) SELECT 1, 'annotations', '["f"]', json_object('id', 'f', 'article', 'a', 'text', 't', 'kind', 'highlight',
			'color', 'blue', 'note', 'before', 'start_at', 7, 'end_at', 10, 'quote', 'был', 'prefix', '', 'suffix', '', 'state', 'fuzzy', 'created', 1, 'modified', 1,
			'trashed', NULL, 'trashed_with', NULL)`, "PRAGMA user_version = 1")
	s := openIn(t, dir)
	look(t, s, func(r app.Reader) error {
		marks, err := r.Annotations(app.AnnotationQuery{Colors: []app.Color{"green"}, Text: "WHY", Sort: app.SortColor})
		if err != nil || len(marks) != 1 || marks[0].Anchor.Quote != "не" {
			t.Errorf("marks %+v", marks)
		}
		if carried, err := r.Annotation("f"); err != nil || !carried.TextChanged || marks[0].TextChanged {
			t.Errorf("a fuzzy mark of before %+v, %v", carried, err)
		}
		versions, err2 := r.Versions("a")
		if len(versions) != 1 || versions[0].Name != "a.txt" {
			t.Errorf("versions %+v", versions)
		}
		earlier, err3 := r.Earlier("n")
		if len(earlier) != 0 {
			t.Errorf("carried from %+v", earlier)
		}
		reading, err4 := r.Reading("a")
		names, err5 := r.ColorNames()
		if reading != (app.Reading{}) || names["green"] != "green" || len(names) != len(app.Colors) {
			t.Errorf("reading %+v, names %v", reading, names)
		}
		_, err6 := r.ArticleByOriginal("ab")
		return errors.Join(err, err2, err3, err4, err5, err6)
	})
	// What was done before can still be undone.
	if _, err := s.Undo(t.Context()); err != nil {
		t.Error(err)
	}
	look(t, s, func(r app.Reader) error {
		n, err := r.CountAnnotations(app.AnnotationQuery{})
		if n != 1 {
			t.Error("the mark is still there")
		}
		if m, err := r.Annotation("f"); err != nil || m.Note != "before" || !m.TextChanged {
			t.Errorf("the fuzzy mark as it was %+v, %v", m, err)
		}
		return err
	})
	if backups := backupFiles(s.backups().dir); len(backups) != 1 || !strings.HasSuffix(backups[0], fmt.Sprintf("-before-format-%d.db", newest)) {
		t.Errorf("backups %q", backups)
	}
}

func TestMigrationsAreInOrder(t *testing.T) {
	all, err := migrations()
	if err != nil || len(all) == 0 {
		t.Fatal(err)
	}
	for i, m := range all {
		if m.version != i+1 || !strings.HasPrefix(m.name, fmt.Sprintf("%04d_", m.version)) || m.sql == "" {
			t.Errorf("migration %d is %s, version %d", i, m.name, m.version)
		}
	}
}

// A notebook of a newer version is refused and not a byte of it is changed,
// whatever that version did to the file.
func TestNewerNotebookIsRefusedUntouched(t *testing.T) {
	for _, journal := range []string{"WAL", "DELETE"} {
		dir := closed(t)
		rawly(t, dir, "PRAGMA journal_mode = "+journal, "PRAGMA user_version = 99")
		path := filepath.Join(dir, databaseName)
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = Open(t.Context(), dir)
		if !errors.Is(err, app.ErrNewer) || !strings.Contains(err.Error(), fmt.Sprintf("its format is 99, this version knows %d", newest)) {
			t.Errorf("%s: %v", journal, err)
		}
		after, err := os.ReadFile(path)
		if err != nil || !bytes.Equal(before, after) {
			t.Errorf("%s: the file was changed (%v)", journal, err)
		}
		if left, _ := filepath.Glob(filepath.Join(dir, "backups", "*")); len(left) != 0 {
			t.Errorf("%s: made %q", journal, left)
		}
	}
}

// An older notebook is copied before it is brought up to date.
func TestBackupBeforeMigration(t *testing.T) {
	s := newStore(t)
	ctx := t.Context()
	addClaim(t, s, "It is so")
	newer := []migration{{newest, "0001_x.sql", "SELECT 'not again'"}, {newest + 1, "0002_x.sql", "ALTER TABLE claims ADD COLUMN weight INTEGER; UPDATE claims SET weight = 7"}}
	if err := s.bringTo(ctx, newer); err != nil {
		t.Fatal(err)
	}
	var version, weight int
	if err := s.writer.QueryRowContext(ctx, "SELECT user_version, (SELECT weight FROM claims) FROM pragma_user_version").Scan(&version, &weight); err != nil || version != newest+1 || weight != 7 {
		t.Errorf("version %d, weight %d, %v", version, weight, err)
	}
	backups := backupFiles(s.backups().dir)
	if len(backups) != 1 || !strings.HasSuffix(backups[0], fmt.Sprintf("-before-format-%d.db", newest+1)) {
		t.Fatalf("backups %q", backups)
	}
	copied := filepath.Join(t.TempDir(), "copy")
	data, err := os.ReadFile(backups[0])
	if err == nil {
		err = os.MkdirAll(copied, 0o700)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(copied, databaseName), data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	look(t, openIn(t, copied), func(r app.Reader) error {
		claims, err := r.Claims()
		if len(claims) != 1 {
			t.Errorf("the backup holds %+v", claims)
		}
		return err
	})
	// A migration that fails leaves the version that was there.
	bad := append(newer, migration{newest + 2, "0003_x.sql", "CREATE TABLE extra (a); INSERT INTO nowhere VALUES (1)"})
	if err := s.bringTo(ctx, bad); err == nil || !strings.Contains(err.Error(), "migration 0003_x.sql") {
		t.Errorf("a migration that fails: %v", err)
	}
	var extra int
	if err := s.writer.QueryRowContext(ctx, "SELECT user_version, (SELECT count(*) FROM sqlite_master WHERE name = 'extra') FROM pragma_user_version").Scan(&version, &extra); err != nil || version != newest+1 || extra != 0 {
		t.Errorf("after it: version %d, half of it there: %d, %v", version, extra, err)
	}
	// Another process was faster: nothing is done twice.
	if err := s.apply(ctx, newer[1]); err != nil {
		t.Errorf("applied twice: %v", err)
	}
}

func TestFoldersThatAreNoNotebooks(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "thesis.doc"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), dir)
	if !errors.Is(err, app.ErrInvalid) || !strings.Contains(err.Error(), "holds other files and no notebook") {
		t.Errorf("a folder with other files: %v", err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("made %v in it", entries)
	}

	foreign := t.TempDir()
	rawly(t, foreign, "CREATE TABLE bookmarks (url TEXT)")
	before, _ := os.ReadFile(filepath.Join(foreign, databaseName))
	_, err = Open(t.Context(), foreign)
	if !errors.Is(err, app.ErrInvalid) || !strings.Contains(err.Error(), "another program") {
		t.Errorf("another program's database: %v", err)
	}
	if after, err := os.ReadFile(filepath.Join(foreign, databaseName)); err != nil || !bytes.Equal(before, after) {
		t.Errorf("it was changed (%v)", err)
	}

	// A folder where only a window was opened, or a notebook begun, is fine.
	begun := t.TempDir()
	release, err := LockWindow(begun)
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	if err := os.MkdirAll(filepath.Join(begun, "originals"), 0o700); err != nil {
		t.Fatal(err)
	}
	openIn(t, begun)

	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), file); err == nil {
		t.Error("a file was opened as a folder")
	}
}
