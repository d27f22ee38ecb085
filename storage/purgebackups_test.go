package storage

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
)

// purged purges with the backups, and fails when a word of it is left in the folder or
// a backup is not whole or refers to nothing.
func purged(t *testing.T, s *Store, articles []app.ArticleID, words ...string) app.PurgeReport {
	t.Helper()
	if len(filesWith(t, s.dir, words)) == 0 {
		t.Fatal("nothing to purge")
	}
	report, err := s.Purge(t.Context(), articles, app.PurgeOptions{Backups: true}, app.NoProgress{})
	if err != nil {
		t.Fatalf("%+v, %v", report, err)
	}
	if holding := filesWith(t, s.dir, words); len(holding) > 0 {
		t.Errorf("still in %q", holding)
	}
	for _, path := range backupFiles(s.backups().dir) {
		if bad := verified(t, app.BackupFile{Path: path}); len(bad) > 0 {
			t.Errorf("%s is not whole any more: %q", path, bad)
		}
		db, err := sql.Open(driverName, dsn(path, "mode=ro"))
		if err != nil {
			t.Fatal(err)
		}
		found, err := checkReferences(&reader{ctx: t.Context(), q: db})
		if err := errors.Join(err, db.Close()); err != nil || len(found) != 1 || !found[0].OK {
			t.Errorf("%s: %+v, %v", path, found, err)
		}
	}
	return report
}

// A backup has steps, annotations and texts that the notebook, which was brought back
// from an older one, has not: they go too.
func TestPurgePlansEachBackup(t *testing.T) {
	s, _ := written(t)
	a := addArticle(t, s, "Zanzibarian letter", "Xylophagous testimony about the quarry.")
	old := backedUp(t, s)
	story := app.Story{ID: app.NewID[app.StoryID](), Name: "Zanzibarian letter"}
	mark := addMark(t, s, a, "Xylophagous testimony about the quarry.", 0, 11)
	gone := addMark(t, s, a, "Xylophagous testimony about the quarry.", 12, 21)
	from, to := addClaim(t, s, "It is so"), addClaim(t, s, "It is not so")
	relation := app.Relation{ID: app.NewID[app.RelationID](), From: from.ID, Kind: app.Rebuts, To: to.ID, Passage: mark.ID}
	note := app.Note{ID: app.NewID[app.NoteID](), Body: "Mine", On: []app.Ref{app.RefTo(app.KindRelation, relation.ID)}}
	change(t, s, func(tx app.Tx) error {
		tx.Describe("Mark “Xylophagous…”")
		mark.Note = "Ask the quartermaster"
		return tx.PutAnnotation(mark)
	})
	change(t, s, func(tx app.Tx) error {
		return errors.Join(tx.PutStory(story), tx.PutRelation(relation), tx.PutNote(note))
	})
	change(t, s, func(tx app.Tx) error {
		tx.Describe("Call it “Whistleblower’s letter”")
		a.Title, a.Story = "Whistleblower’s letter", story.ID
		return tx.PutArticle(a)
	})
	change(t, s, func(tx app.Tx) error {
		tx.Describe("Discard the mark, for Nightshade")
		return tx.SetTrashed(app.RefTo(app.KindAnnotation, gone.ID), true)
	})
	addArticle(t, s, "Undone", "Syzygial words.")
	if _, err := s.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	backedUp(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := restoreFrom(t, t.Context(), s.dir, old); err != nil {
		t.Fatal(err)
	}
	report := purged(t, openIn(t, s.dir), []app.ArticleID{a.ID}, "Xylophagous", "quartermaster", "Zanzibarian", "Whistleblower’s", "quarry", "Nightshade", "Syzygial")
	if len(report.Backups) != 3 || slices.ContainsFunc(report.Backups, func(b app.PurgedBackup) bool { return b.Removed || b.Kept }) {
		t.Errorf("%+v", report.Backups)
	}
}

// What is gone from the notebook, of which only a text is left, goes out of the backups
// with the article and all that hangs on it; the others stay.
func TestPurgeOfWhatIsGoneInBackups(t *testing.T) {
	s, sha := written(t)
	a := addArticle(t, s, "Zanzibarian letter", "Xylophagous testimony.")
	mark := addMark(t, s, a, "Xylophagous testimony.", 0, 11)
	change(t, s, func(tx app.Tx) error {
		mark.Note = "Ask the quartermaster"
		return tx.PutAnnotation(mark)
	})
	backedUp(t, s)
	change(t, s, func(tx app.Tx) error { return tx.SetTrashed(app.RefTo(app.KindArticle, a.ID), true) })
	change(t, s, func(tx app.Tx) error { _, err := tx.EmptyTrash(); return err })
	report := purged(t, s, nil, "Xylophagous", "quartermaster", "Zanzibarian")
	if len(report.Backups) != 1 || !slices.Equal(report.Backups[0].Articles, []app.PurgedArticle{{ID: a.ID, Title: "Zanzibarian letter"}}) {
		t.Errorf("%+v", report.Backups)
	}
	if _, err := os.Stat(s.backups().originalPath(sha)); err != nil {
		t.Errorf("the other article's original: %v", err)
	}
}

// Who left the backups alone at first takes it out of them later, by its id.
func TestPurgeOfBackupsLater(t *testing.T) {
	s, _ := written(t)
	a := addArticle(t, s, "Zanzibarian letter", "Xylophagous testimony.")
	backedUp(t, s)
	if _, err := s.Purge(t.Context(), []app.ArticleID{a.ID}, app.PurgeOptions{}, app.NoProgress{}); err != nil {
		t.Fatal(err)
	}
	if report := purged(t, s, []app.ArticleID{a.ID}, "Xylophagous", "Zanzibarian"); len(report.Articles) > 0 {
		t.Errorf("%+v", report)
	}
	if _, err := s.Purge(t.Context(), []app.ArticleID{a.ID}, app.PurgeOptions{Backups: true}, app.NoProgress{}); !errors.Is(err, app.ErrNotFound) {
		t.Errorf("once more: %v", err)
	}
}

// A backup that cannot be read goes as a whole, with its log, and this is listed first.
// Looking at it leaves nothing beside it.
func TestPurgeRemovesUnreadableBackups(t *testing.T) {
	s, _ := written(t)
	a := addArticle(t, s, "Zanzibarian letter", "Xylophagous testimony.")
	good := backedUp(t, s)
	data, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	folder := s.backups().dir
	damaged := filepath.Join(folder, "notebook-20200101-000000-damaged.db")
	for name, content := range map[string][]byte{
		damaged: data, damaged + "-wal": []byte("Xylophagous"),
		filepath.Join(folder, "notebook-20200102-000000.db"):           []byte("Xylophagous, no database"),
		filepath.Join(folder, "notebook-20200103-000000-stray.db-wal"): []byte("Xylophagous"),
	} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	readable := filepath.Join(folder, "notebook-20200104-000000.db") // copied by hand, of a database with a log
	if err := errors.Join(os.WriteFile(readable, whole, 0o600), os.WriteFile(filepath.Join(folder, "notebook-20200105-000000-damaged.db"), whole, 0o600)); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open(driverName, dsn(readable, "_journal_mode=WAL"))
	if err := errors.Join(err, db.Ping(), db.Close()); err != nil {
		t.Fatal(err)
	}
	before := namesIn(t, folder)
	plan, err := s.Purge(t.Context(), []app.ArticleID{a.ID}, app.PurgeOptions{Backups: true, DryRun: true}, app.NoProgress{})
	if err != nil || !slices.Equal(before, namesIn(t, folder)) {
		t.Fatalf("%v, %q", err, namesIn(t, folder))
	}
	for _, b := range plan.Backups {
		if b.Removed != (b.Path != good && b.Path != readable) || b.Removed && b.Why == "" {
			t.Errorf("%+v", b)
		}
	}
	if len(plan.Backups) != 6 || len(plan.Emptied) > 0 {
		t.Errorf("%+v", plan)
	}
	purged(t, s, []app.ArticleID{a.ID}, "Xylophagous", "Zanzibarian")
	if have, err := filepath.Glob(filepath.Join(folder, "notebook-*.db*")); err != nil || !slices.Equal(have, []string{readable, good}) {
		t.Errorf("%q, %v", have, err)
	}
}

// The original of an import that was cancelled has no row; it goes and is counted.
func TestPurgeOfCancelledImports(t *testing.T) {
	s, sha := written(t)
	o, err := s.KeepOriginal("a.txt", []byte("Xylophagous testimony."))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := s.Purge(t.Context(), nil, app.PurgeOptions{DryRun: true}, app.NoProgress{})
	if err != nil || plan.Strays != 1 || len(filesWith(t, s.dir, []string{"Xylophagous"})) != 1 {
		t.Fatalf("%+v, %v", plan, err)
	}
	a := addArticle(t, s, "Zanzibarian letter", "Its words.")
	backedUp(t, s)
	inBackups := s.backups().originalPath(o.SHA256) // of a backup that is gone
	if err := errors.Join(os.MkdirAll(filepath.Dir(inBackups), 0o700), os.WriteFile(inBackups, []byte("Xylophagous"), 0o600)); err != nil {
		t.Fatal(err)
	}
	purged(t, s, []app.ArticleID{a.ID}, "Xylophagous", "Zanzibarian")
	for _, path := range []string{s.originalPath(sha), s.backups().originalPath(sha)} {
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
	}
}

// Copies that others made in the notebook's folder are listed and stay.
func TestPurgeListsCopies(t *testing.T) {
	s, _ := written(t)
	a := addArticle(t, s, "Zanzibarian letter", "Xylophagous testimony.")
	path := backedUp(t, s)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var copies []string
	for _, name := range []string{"backups/notebook.db.bak", "backups/old/notebook-20200101-000000.db", "notebook (Ana's conflicted copy).db", "notebook-old.db"} {
		name = filepath.Join(s.dir, filepath.FromSlash(name))
		copies = append(copies, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o700), os.WriteFile(name, data, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	report, err := s.Purge(t.Context(), []app.ArticleID{a.ID}, app.PurgeOptions{Backups: true}, app.NoProgress{})
	if slices.Sort(report.Copies); err != nil || !slices.Equal(report.Copies, copies) {
		t.Errorf("%q, %v", report.Copies, err)
	}
	for _, name := range copies {
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
}

// With nothing to purge no backup is touched, not even an encrypted one; with something
// that one goes, and it is told that none is left there.
func TestPurgeOfEncryptedBackups(t *testing.T) {
	work := scryptWork
	scryptWork = 8
	t.Cleanup(func() { scryptWork = work })
	s, _ := written(t)
	place := filepath.Join(t.TempDir(), "usb")
	if err := s.SetSecondPlace(t.Context(), place, "correct horse"); err != nil {
		t.Fatal(err)
	}
	path := backedUp(t, s)
	damaged := strings.TrimSuffix(path, backupEnd) + "-damaged" + backupEnd
	if err := os.WriteFile(damaged, []byte("no database"), 0o600); err != nil {
		t.Fatal(err)
	}
	before := append(namesIn(t, place), namesIn(t, s.backups().dir)...)
	sum, _, err := hashFile(path)
	if err != nil {
		t.Fatal(err)
	}
	report, err := s.Purge(t.Context(), nil, app.PurgeOptions{Backups: true}, app.NoProgress{})
	if err != nil || len(report.Backups) > 0 || len(report.Emptied) > 0 {
		t.Errorf("nothing to purge: %+v, %v", report, err)
	}
	if after, _, err := hashFile(path); err != nil || after != sum || !slices.Equal(before, append(namesIn(t, place), namesIn(t, s.backups().dir)...)) {
		t.Errorf("with nothing to purge it was touched: %v, %q", err, append(namesIn(t, place), namesIn(t, s.backups().dir)...))
	}
	a := addArticle(t, s, "Zanzibarian letter", "Xylophagous testimony.")
	report = purged(t, s, []app.ArticleID{a.ID}, "Xylophagous", "Zanzibarian")
	second, err := s.second(t.Context())
	if err != nil || !slices.Equal(report.Emptied, []string{second.dir}) || len(backupFiles(second.dir)) > 0 {
		t.Errorf("%+v, %v", report, err)
	}
}
