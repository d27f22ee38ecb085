package storage_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/importer"
	"rejoinder/storage"
	"rejoinder/storage/salvage"
)

// spoil overwrites the page on which a row of a table stands, in a notebook that
// is closed.
func spoil(t *testing.T, dir, table string) {
	t.Helper()
	path := filepath.Join(dir, "notebook.db")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	page := uint32(0)
	_, err = salvage.Rows(t.Context(), salvage.OpenBytes(data, nil), storage.SalvageTables(t), func(r salvage.Row) error {
		if r.Table == table {
			page = r.Pages[0]
		}
		return nil
	})
	if err != nil || page == 0 {
		t.Fatalf("no page of %s: %v", table, err)
	}
	clear(data[int(page-1)*4096 : int(page)*4096])
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// disputed is a closed notebook with a statement that a passage shows.
func disputed(t *testing.T) (nb *apptest.Notebook, a app.Article, s app.Statement) {
	t.Helper()
	nb = apptest.New(t)
	a = nb.ImportText("The quay", "The ministry closed the quay on Monday.", "The union was not asked.")
	s = nb.Statement("Ministry", app.Asserts, "The quay is unsafe", apptest.In(a, "closed the quay"))
	nb.Note("Who was asked?", app.RefTo(app.KindStatement, s.ID))
	if err := nb.Close(); err != nil {
		t.Fatal(err)
	}
	return nb, a, s
}

func recovered(t *testing.T, nb *apptest.Notebook) app.RecoverReport {
	t.Helper()
	r, err := storage.Rescue{Importer: importer.New()}.Recover(t.Context(), nb.Folder, app.NoProgress{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// sound opens the notebook again and says that a check has nothing to tell.
func sound(t *testing.T, nb *apptest.Notebook) {
	t.Helper()
	nb.Notebook = apptest.Open(t, nb.Folder).Notebook
	found, err := nb.Check(t.Context(), app.NoProgress{})
	if wrong := slices.DeleteFunc(found, func(f app.Finding) bool { return f.OK }); err != nil || len(wrong) > 0 {
		t.Errorf("after the recovery: %v, %v", wrong, err)
	}
}

// A statement whose actor is lost is kept, and says by whose name that it was.
func TestRecoverKeepsWhatRefersToTheLost(t *testing.T) {
	nb, _, s := disputed(t)
	spoil(t, nb.Folder, "actors")
	r := recovered(t, nb)
	if len(r.StandIns) != 1 || r.StandIns[0] != app.RefTo(app.KindActor, s.Actor) || r.LostPages["actors"] != 1 || r.GotBack[app.KindActor] != 0 ||
		r.GotBack[app.KindStatement] != 1 {
		t.Errorf("report %+v", r)
	}
	sound(t, nb)
	lost := apptest.Read(nb, func(r app.Reader) (app.Actor, error) { return r.Actor(s.Actor) })
	if want := "Lost in the damage · " + string(s.Actor[len(s.Actor)-8:]); lost.Name != want {
		t.Errorf("the lost actor is called %q", lost.Name)
	}
	if _, err := nb.Notebook.Undo(t.Context()); !errors.Is(err, app.ErrNothing) {
		t.Errorf("undo after a recovery: %v", err)
	}
}

// A text that is lost is read again from its original, and its marks stand.
func TestRecoverReadsLostTextsAgain(t *testing.T) {
	nb, a, s := disputed(t)
	spoil(t, nb.Folder, "texts")
	r := recovered(t, nb)
	if !slices.Equal(r.Reread, []app.TextID{a.Text}) || len(r.StandIns) != 0 || len(r.Review) != 0 {
		t.Errorf("report %+v", r)
	}
	sound(t, nb)
	mark := apptest.Read(nb, func(r app.Reader) (app.Annotation, error) { return r.Annotation(s.Passage) })
	if !mark.Anchor.Verify(nb.Text(a)) || mark.State != app.AnchorExact {
		t.Errorf("the mark is %+v", mark)
	}
}

// Where the original is gone too, the passages that were marked are kept and wait
// to be looked at.
func TestRecoverKeepsPassagesOfLostTexts(t *testing.T) {
	nb, a, s := disputed(t)
	spoil(t, nb.Folder, "texts")
	if err := os.Remove(filepath.Join(nb.Folder, "originals", a.Original[:2], a.Original)); err != nil {
		t.Fatal(err)
	}
	r := recovered(t, nb)
	if !slices.Equal(r.Review, []app.AnnotationID{s.Passage}) || len(r.StandIns) != 1 {
		t.Errorf("report %+v", r)
	}
	nb.Notebook = apptest.Open(t, nb.Folder).Notebook
	mark := apptest.Read(nb, func(r app.Reader) (app.Annotation, error) { return r.Annotation(s.Passage) })
	text := nb.Text(a)
	if !mark.Anchor.Verify(text) || mark.Anchor.Quote != "closed the quay" || mark.State != app.AnchorNeedsReview || !strings.HasPrefix(text, "Lost in the damage · ") {
		t.Errorf("the mark is %+v in %q", mark, text)
	}
}

// An article that is lost becomes the one that its original makes, with the marks
// that it had; where nothing names its text either it is imported anew.
func TestRecoverMakesLostArticlesAgain(t *testing.T) {
	nb, a, _ := disputed(t)
	spoil(t, nb.Folder, "articles")
	r := recovered(t, nb)
	if !slices.Equal(r.NewArticles, []app.ArticleID{a.ID}) {
		t.Errorf("report %+v", r)
	}
	sound(t, nb)
	again := apptest.Read(nb, func(r app.Reader) (app.Article, error) { return r.Article(a.ID) })
	if again.Title != a.Title || again.Text != a.Text {
		t.Errorf("the article is %+v", again)
	}

	other := apptest.New(t)
	b := other.ImportText("Unmarked", "Nobody has marked this.")
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(other.Folder, "notebook.db"), []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	r = recovered(t, other)
	if len(r.NewArticles) != 1 {
		t.Errorf("report %+v", r)
	}
	sound(t, other)
	made := apptest.Read(other, func(rd app.Reader) (app.Article, error) { return rd.Article(r.NewArticles[0]) })
	if made.Title != "Unmarked" || other.Text(made) != "Unmarked\n\nNobody has marked this." || made.Original != b.Original {
		t.Errorf("the article is %+v", made)
	}
}

// A database that is a link stays one, and what it leads to is recovered.
func TestRecoverBehindALink(t *testing.T) {
	nb, _, _ := disputed(t)
	spoil(t, nb.Folder, "actors")
	path, elsewhere := filepath.Join(nb.Folder, "notebook.db"), filepath.Join(t.TempDir(), "elsewhere.db")
	if err := errors.Join(os.Rename(path, elsewhere), os.Symlink(elsewhere, path)); err != nil {
		t.Skip(err)
	}
	recovered(t, nb)
	if to, err := os.Readlink(path); err != nil || to != elsewhere {
		t.Errorf("the link leads to %q, %v", to, err)
	}
	sound(t, nb)
}

// What needs no recovery, what is in use and what is not there is left alone.
func TestRecoverRefuses(t *testing.T) {
	nb, _, _ := disputed(t)
	try := func(dir string, want error) {
		t.Helper()
		before := files(t, dir)
		_, err := storage.Rescue{Importer: importer.New()}.Recover(t.Context(), dir, app.NoProgress{})
		if !errors.Is(err, want) || !strings.Contains(err.Error(), dir) {
			t.Errorf("got %v, want %v", err, want)
		}
		if after := files(t, dir); !slices.Equal(before, after) {
			t.Errorf("there is %v, before %v", after, before)
		}
	}
	try(nb.Folder, app.ErrNothing)
	try(t.TempDir(), app.ErrNotFound)
	spoil(t, nb.Folder, "actors")
	release, err := storage.LockWindow(nb.Folder)
	if err != nil {
		t.Fatal(err)
	}
	try(nb.Folder, app.ErrBusy)
	release()
	recovered(t, nb)
	sound(t, nb)
}

// files lists what is in a folder, but for locks and SQLite's shared memory.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.Contains(d.Name(), "window.") && !strings.HasSuffix(path, "-shm") && !strings.HasSuffix(path, "-wal") {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A recovery that was killed after it took away the damaged database's log, and
// before it put the new one in its place, finds the log among the backups.
func TestRecoverAfterAKill(t *testing.T) {
	nb, _, _ := disputed(t)
	again := apptest.Open(t, nb.Folder)
	again.Claim("Only the log has this") // the notebook stays open, so that the log stays
	dir := filepath.Join(t.TempDir(), "notebook")
	if err := os.CopyFS(dir, os.DirFS(nb.Folder)); err != nil {
		t.Fatal(err)
	}
	spoil(t, dir, "actors")
	path := filepath.Join(dir, "notebook.db")
	kept := filepath.Join(dir, "backups", "notebook-20260101-000000-damaged.db")
	if err := errors.Join(os.Rename(path+"-wal", kept+"-wal"), os.Link(path, kept), os.WriteFile(path+".x.recovering", nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	_ = os.Remove(path + "-shm")
	now := time.Now()
	if err := errors.Join(os.Chtimes(path, now, now), os.Chtimes(kept+"-wal", now, now)); err != nil { // spoil wrote the database
		t.Fatal(err)
	}
	if _, err := (storage.Rescue{Importer: importer.New()}).Recover(t.Context(), dir, app.NoProgress{}); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(path + "*recovering*"); len(left) > 0 {
		t.Errorf("left %v", left)
	}
	nb.Folder = dir
	sound(t, nb)
	claims := apptest.Read(nb, func(r app.Reader) ([]app.Claim, error) { return r.Claims() })
	if !slices.ContainsFunc(claims, func(c app.Claim) bool { return c.Text == "Only the log has this" }) {
		t.Errorf("the log was not read: %v", claims)
	}
}

// What was written after a damaged place in the log is got back too; SQLite would
// drop it.
func TestRecoverReadsBehindDamageInTheLog(t *testing.T) {
	nb, _, _ := disputed(t)
	again := apptest.Open(t, nb.Folder)
	for _, text := range []string{"First", "Second", "Third", "Fourth"} {
		again.Claim(text)
	}
	dir := filepath.Join(t.TempDir(), "notebook")
	if err := os.CopyFS(dir, os.DirFS(nb.Folder)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "notebook.db")
	_ = os.Remove(path + "-shm")
	log, err := os.ReadFile(path + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	log[32+24+2000] ^= 4 // of the first frame
	if err := os.WriteFile(path+"-wal", log, 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := storage.Rescue{Importer: importer.New()}.Recover(t.Context(), dir, app.NoProgress{})
	if err != nil {
		t.Fatal(err)
	}
	if kept, err := os.ReadFile(r.Damaged + "-wal"); err != nil || string(kept) != string(log) {
		t.Errorf("the log is not kept: %v", err)
	}
	nb.Folder = dir
	sound(t, nb)
	claims := apptest.Read(nb, func(r app.Reader) ([]app.Claim, error) { return r.Claims() })
	if len(claims) < 4 {
		t.Errorf("claims %v", claims)
	}
}

// A notebook of a format without checksums and hashes is recovered as well.
func TestRecoverAnOlderNotebook(t *testing.T) {
	nb, _, s := disputed(t)
	path := filepath.Join(nb.Folder, "notebook.db")
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	older := filepath.Join(t.TempDir(), "notebook")
	if err := os.CopyFS(filepath.Join(older, "originals"), os.DirFS(filepath.Join(nb.Folder, "originals"))); err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{
		"ALTER TABLE texts DROP COLUMN sha256", "PRAGMA user_version = 6",
		"ATTACH '" + filepath.Join(older, "notebook.db") + "' AS older", // without checksums
	} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	dump(t, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	spoil(t, older, "actors")
	r, err := (storage.Rescue{Importer: importer.New()}).Recover(t.Context(), older, app.NoProgress{})
	if err != nil || len(r.StandIns) != 1 || len(r.Reread) != 0 || r.GotBack[app.KindStatement] != 1 {
		t.Errorf("report %+v, %v", r, err)
	}
	nb.Folder = older
	sound(t, nb)
	if got := apptest.Read(nb, func(r app.Reader) (app.Statement, error) { return r.Statement(s.ID) }); got.Passage != s.Passage {
		t.Errorf("the statement is %+v", got)
	}
}

// dump copies all of main into older, table by table.
func dump(t *testing.T, db *sql.DB) {
	t.Helper()
	rows, err := db.Query("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var todo []string
	for rows.Next() {
		var name, query string
		if err := rows.Scan(&name, &query); err != nil {
			t.Fatal(err)
		}
		if before, after, ok := strings.Cut(query, "INDEX "); ok {
			todo = append(todo, before+"INDEX older."+after)
			continue
		}
		todo = append(todo, strings.Replace(query, "CREATE TABLE ", "CREATE TABLE older.", 1), "INSERT INTO older."+name+" SELECT * FROM main."+name)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		t.Fatal(err)
	}
	for _, q := range append(todo, "PRAGMA older.user_version = 6") {
		if _, err := db.Exec(q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
}

// Where the database is gone, is empty or is a link to nothing, the originals make
// the articles again; and the report names no damaged database, for none is kept.
func TestRecoverWithoutADatabase(t *testing.T) {
	for name, take := range map[string]func(path string) error{
		"gone":    os.Remove,
		"empty":   func(path string) error { return os.Truncate(path, 0) },
		"a link":  func(path string) error { return errors.Join(os.Remove(path), os.Symlink(path+".elsewhere", path)) },
		"garbage": func(path string) error { return os.WriteFile(path, []byte("no database"), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			nb, a, _ := disputed(t)
			if err := take(filepath.Join(nb.Folder, "notebook.db")); err != nil {
				t.Skip(err)
			}
			r := recovered(t, nb)
			if len(r.NewArticles) != 1 || r.GotBack[app.KindArticle] != 1 || r.Titles[r.NewArticles[0]] != a.Title || (r.Damaged != "") != (name == "garbage") {
				t.Errorf("report %+v", r)
			}
			sound(t, nb)
			made := apptest.Read(nb, func(rd app.Reader) (app.Article, error) { return rd.Article(r.NewArticles[0]) })
			if !strings.Contains(nb.Text(made), "closed the quay") {
				t.Errorf("its text is %q", nb.Text(made))
			}
		})
	}
}

// Where nothing can be got back, nothing is changed: no empty notebook takes the
// place of the damaged one.
func TestRecoverNothing(t *testing.T) {
	nb, _, _ := disputed(t)
	path := filepath.Join(nb.Folder, "notebook.db")
	if err := errors.Join(os.WriteFile(path, []byte(strings.Repeat("no database ", 1000)), 0o600), os.RemoveAll(filepath.Join(nb.Folder, "originals"))); err != nil {
		t.Fatal(err)
	}
	before := files(t, nb.Folder)
	_, err := storage.Rescue{Importer: importer.New()}.Recover(t.Context(), nb.Folder, app.NoProgress{})
	if !errors.Is(err, app.ErrDamaged) || !strings.Contains(err.Error(), "nothing was changed") {
		t.Errorf("got %v", err)
	}
	if after := files(t, nb.Folder); !slices.Equal(before, after) {
		t.Errorf("there is %v, before %v", after, before)
	}
}

// panics is an importer that fails as no code should.
type panics struct{ app.Importer }

func (panics) Read(context.Context, string, []byte, app.ReadAs) (app.Imported, error) {
	panic("unforeseen")
}

// Should a recovery meet what its code did not foresee, it says so, and leaves the
// notebook and its folder as they were.
func TestRecoverSurvivesThePanic(t *testing.T) {
	nb, _, _ := disputed(t)
	spoil(t, nb.Folder, "texts")
	before := files(t, nb.Folder)
	_, err := storage.Rescue{Importer: panics{}}.Recover(t.Context(), nb.Folder, app.NoProgress{})
	if !errors.Is(err, app.ErrDamaged) || !strings.Contains(err.Error(), "nothing was changed") {
		t.Errorf("got %v", err)
	}
	if after := files(t, nb.Folder); !slices.Equal(before, after) {
		t.Errorf("there is %v, before %v", after, before)
	}
}

// What several name is missing once, and is not taken off what was got back twice.
func TestRecoverCountsTheLostOnce(t *testing.T) {
	nb, _, s := disputed(t)
	again := apptest.Open(t, nb.Folder)
	again.Note("And who asked them?", app.RefTo(app.KindActor, s.Actor))
	again.Statement("Ministry", app.Asserts, "The quay is old")
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	spoil(t, nb.Folder, "actors")
	r := recovered(t, nb)
	if len(r.StandIns) != 1 || r.GotBack[app.KindActor] != 0 || r.BadPages != 1 {
		t.Errorf("report %+v", r)
	}
}
