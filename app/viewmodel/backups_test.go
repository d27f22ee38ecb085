package viewmodel_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rejoinder/app"
	"rejoinder/app/viewmodel"
	"rejoinder/storage"
)

func newBackups(d *desk) *viewmodel.Backups {
	b := viewmodel.NewBackups(d.session, storage.Rescue{}, d.Folder)
	b.Load()
	return b
}

// A researcher makes a backup, looks at what it holds, verifies it, brings an article
// back from it that was removed since, and removes it.
func TestABackupIsMadeVerifiedUsedAndRemoved(t *testing.T) {
	d := newDesk(t)
	article := d.ImportText("Order", order)
	d.ImportText("Other", "Another text stands here, about the sea.")
	b := newBackups(d)
	if _, ok := b.Chosen(); ok || !b.Loaded || !strings.HasPrefix(b.SecondWords(), "No second place is set") {
		t.Errorf("at first %+v", b)
	}
	b.BackUp()
	k, ok := b.Chosen()
	if !ok || viewmodel.BackupHolds(k) != "2 articles · 0 marks · 0 statements" || !strings.HasPrefix(viewmodel.BackupLine(k), "asked for · 2 originals · ") ||
		!strings.HasPrefix(b.Said, "Backup written to ") || b.InSecond(k) || !viewmodel.Restorable(k) {
		t.Fatalf("made %+v, said %q %q", k, b.Said, b.Failed)
	}
	b.Verify("")
	if b.Said != "The backup is whole." || len(b.Found) != 5 {
		t.Errorf("verified: %q %+v", b.Said, b.Found)
	}
	d.Trash(app.RefTo(app.KindArticle, article.ID))
	d.window.EmptyTrash()
	b.Articles("", func(from app.BackupFile, all []app.Article) {
		found := viewmodel.ArticlesLike(all, "ORD")
		if len(all) != 2 || len(found) != 1 || len(viewmodel.ArticlesLike(all, "nothing")) != 0 {
			t.Fatalf("found %v", found)
		}
		b.RestoreArticle(from, found[0])
	})
	if !strings.Contains(b.Said, "“Order” was brought back") || d.library.Count != 2 {
		t.Errorf("said %q %q; %d articles", b.Said, b.Failed, d.library.Count)
	}
	must(t, os.WriteFile(k.Path, []byte("damage"), 0o600))
	b.Verify("")
	if b.Said != "The backup is not whole." {
		t.Errorf("of a damaged one it says %q %q", b.Said, b.Failed)
	}
	b.Remove()
	if _, err := os.Stat(k.Path); err == nil || len(b.Rows) != 0 || !strings.HasSuffix(b.Said, "was removed.") {
		t.Errorf("said %q, %d left", b.Said, len(b.Rows))
	}
	d.fine()
}

// Backups go to a second place too, encrypted, when both passphrases are the same; they
// are listed also when the database that names the place is lost.
func TestBackupsGoToASecondPlace(t *testing.T) {
	d := newDesk(t)
	d.ImportText("Order", order)
	b := newBackups(d)
	disk := filepath.Join(t.TempDir(), "disk")
	for _, c := range []struct {
		form viewmodel.SecondForm
		says string
	}{
		{viewmodel.SecondForm{Encrypt: true}, "Choose a folder, best on another disk."},
		{viewmodel.SecondForm{Folder: disk, Encrypt: true}, "The passphrase is empty."},
		{viewmodel.SecondForm{Folder: disk, Encrypt: true, Passphrase: "horse", Again: "house"}, "The two passphrases are not the same."},
		{viewmodel.SecondForm{Folder: d.Folder}, "own folder"},
		{viewmodel.SecondForm{Folder: disk, Encrypt: true, Passphrase: "horse", Again: "horse"}, ""},
	} {
		b.SetSecond(c.form, func(problem string) {
			if c.says == "" && problem != "" || !strings.Contains(problem, c.says) {
				t.Errorf("of %+v it says %q", c.form, problem)
			}
		})
	}
	if b.SecondWords() != "Second place: "+disk+", encrypted" {
		t.Errorf("it says %q", b.SecondWords())
	}
	b.BackUp()
	if b.Failed != "" || len(b.Rows) != 2 {
		t.Fatalf("%q, %+v", b.Failed, b.Rows)
	}
	for i, k := range b.Rows {
		if b.InSecond(k) {
			b.Look(i)
		}
	}
	k, _ := b.Chosen()
	if !k.Encrypted || !b.InSecond(k) {
		t.Fatalf("looked at %+v", k)
	}
	b.Verify("house")
	if b.Failed == "" {
		t.Errorf("with another passphrase it says %q", b.Said)
	}
	b.Verify("horse")
	if b.Said != "The backup is whole." {
		t.Errorf("it says %q %q", b.Said, b.Failed)
	}
	must(t, d.Close())
	must(t, os.Remove(filepath.Join(d.Folder, "notebook.db")))
	found, err := storage.Rescue{}.Survey(t.Context(), d.Folder)
	if err != nil || len(found.Backups) != 2 {
		t.Errorf("without the database there are %+v, %v", found.Backups, err)
	}
}

// A disk that is not there is said, and the backup in the notebook's folder is made all
// the same.
func TestASecondPlaceThatIsAwayIsSaid(t *testing.T) {
	d := newDesk(t)
	d.ImportText("Order", order)
	b := newBackups(d)
	disk := filepath.Join(t.TempDir(), "disk")
	b.SetSecond(viewmodel.SecondForm{Folder: disk}, func(string) {})
	must(t, os.RemoveAll(disk))
	b.Load()
	b.BackUp()
	if !strings.HasSuffix(b.SecondWords(), "cannot be reached now") || !strings.Contains(b.Failed, "but not the one in the second place") || len(b.Rows) != 1 {
		t.Errorf("%q, %q, %d backups", b.SecondWords(), b.Failed, len(b.Rows))
	}
	d.window.Backup()
	d.refused("second place")
	b.SetSecond(viewmodel.SecondForm{}, func(problem string) { must(t, problemError(problem)) })
	if b.Second != nil || !strings.HasPrefix(b.Said, "No more backups") {
		t.Errorf("%+v, %q", b.Second, b.Said)
	}
}

func problemError(problem string) error {
	if problem == "" {
		return nil
	}
	return app.Problem(app.ErrInvalid, "%s", problem)
}

// What a backup is, and what a restore would do, in words.
func TestBackupsInWords(t *testing.T) {
	at := time.Date(2026, 11, 27, 15, 4, 5, 0, time.Local)
	bare := app.Backup{Made: at, Bare: true, Why: app.BackupBeforeRestore, Bytes: 2_400_000}
	short := app.Backup{Made: at, Originals: 3, Missing: []string{"x"}, Counts: map[app.Kind]int{app.KindNote: 1}, Bytes: 40_000, Encrypted: true}
	for _, c := range [][2]string{
		{viewmodel.BackupWhen(bare), "27 November 2026, 15:04:05"},
		{viewmodel.BackupHolds(bare), "without a manifest: what it holds is not known"},
		{viewmodel.BackupLine(bare), "made before a restore · 2.4 MB"},
		{viewmodel.BackupHolds(short), "0 articles · 0 marks · 0 statements · 1 note"},
		{viewmodel.BackupLine(short), "made by itself · 2 of 3 originals · 40 kB · encrypted"},
		{viewmodel.RestoreQuestion(short)[0], "The backup of 27 November 2026, 15:04:05 is put in the notebook's place. It holds 0 articles, 0 marks, 0 statements, 1 note."},
		{viewmodel.RestoredSentence(short, app.RestoreReport{Originals: 2, Missing: []string{"x"}}),
			"The backup of 27 November 2026, 15:04:05 was restored · 2 originals brought back · 1 original still missing; the texts are there"},
		{app.Sentence(viewmodel.BackupShortfall(app.BackupReport{Missing: []string{"x"}})),
			"The backup was made, but 1 original is missing or damaged and could not be backed up; Help → Check the notebook tells which."},
	} {
		if c[0] != c[1] {
			t.Errorf("it says %q, want %q", c[0], c[1])
		}
	}
	if viewmodel.Restorable(app.Backup{Why: app.BackupDamaged}) {
		t.Error("what is damaged is offered")
	}
}

// An article of a source that must be protected goes for good, out of the backups too
// when that was asked for.
func TestAnArticleIsPurged(t *testing.T) {
	d := newDesk(t)
	secret := d.ImportText("Secret", "The witness lives in Mill Lane.")
	d.ImportText("Other", "Another text stands here, about the sea.")
	if _, err := d.Backup(t.Context(), app.BackupOptions{Why: app.BackupAsked}, app.NoProgress{}); err != nil {
		t.Fatal(err)
	}
	d.Trash(app.RefTo(app.KindArticle, secret.ID))
	same(t, "articles in the trash", d.window.TrashedArticles(), []app.ArticleID{secret.ID})
	p := viewmodel.NewPurge(d.session, d.window.TrashedArticles())
	p.Load()
	if !p.Loaded || len(p.Plan.Articles) != 1 || !strings.HasPrefix(p.Goes()[0], "1 article · 0 marks") || !strings.Contains(facts(p.Stays()), "no: 1 backup with all of it") {
		t.Errorf("%q: goes %q, stays %q", p.Failed, p.Goes(), facts(p.Stays()))
	}
	p.SetBackups(true)
	if strings.Contains(facts(p.Stays()), "backup") || !strings.Contains(strings.Join(p.Goes(), "\n"), "Its words in the backup of ") {
		t.Errorf("with the backups: goes %q, stays %q", p.Goes(), facts(p.Stays()))
	}
	if p.Sure("yes") || !p.Sure(" Purge ") {
		t.Error("the second question takes the wrong answer")
	}
	var tasks []string
	d.session.Task = func(what string) { tasks = append(tasks, what) }
	p.Run()
	d.fine()
	if said := d.said[len(d.said)-1]; !strings.HasPrefix(said, "Removed for good: 1 article · 1 original") {
		t.Errorf("said %q", said)
	}
	if len(tasks) < 2 || tasks[0] != "Removing for good…" || tasks[len(tasks)-1] != "" {
		t.Errorf("the status line said %q", tasks)
	}
	if d.library.Count != 1 || len(d.Find("witness")) != 0 || len(d.window.Trash) != 0 {
		t.Errorf("%d articles, trash %v", d.library.Count, d.window.Trash)
	}
	must(t, d.Close())
	must(t, filepath.WalkDir(d.Folder, func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			data, readErr := os.ReadFile(path)
			must(t, readErr)
			if strings.Contains(string(data), "Mill Lane") {
				t.Errorf("%s still has the words", path)
			}
		}
		return err
	}))
}
