package viewmodel_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/viewmodel"
	"rejoinder/storage"
)

// lost is a notebook with an article and a backup, closed and then broken, and the
// view of why it cannot be opened.
func lost(t *testing.T, broken func(database string), r viewmodel.Recover) (*viewmodel.Trouble, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "notebook")
	nb := apptest.Open(t, dir)
	nb.ImportText("Order", order)
	if _, err := nb.Backup(t.Context(), app.BackupOptions{Why: app.BackupAsked}, app.NoProgress{}); err != nil {
		t.Fatal(err)
	}
	if err := nb.Close(); err != nil {
		t.Fatal(err)
	}
	database := filepath.Join(dir, "notebook.db")
	broken(database)
	store, err := storage.OpenAny(t.Context(), dir)
	if err == nil {
		t.Fatal("it opens", store.Close())
	}
	m := viewmodel.NewTrouble(viewmodel.Inline, storage.Rescue{}, r, "1.2", dir, err)
	m.Load()
	return m, dir
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func facts(all []viewmodel.Fact) string {
	var out []string
	for _, f := range all {
		sign := "no: "
		if f.Good {
			sign = "yes: "
		}
		out = append(out, sign+f.Text)
	}
	return strings.Join(out, "\n")
}

// Somebody deleted the database. The window says what is still there, and puts the
// backup back.
func TestADeletedDatabaseIsRestored(t *testing.T) {
	m, dir := lost(t, func(database string) { must(t, os.Remove(database)) }, nil)
	if m.Title() != "The notebook's database is missing" || !strings.Contains(m.What(), "gone or empty") {
		t.Errorf("it says %q: %q", m.Title(), m.What())
	}
	if said := facts(m.Safe()); !strings.Contains(said, "yes: 1 backup. The newest, of ") || !strings.Contains(said, "holds 1 article, 0 marks, 0 statements.") ||
		!strings.Contains(said, "yes: 1 original of imported files.") {
		t.Errorf("safe is\n%s", said)
	}
	same(t, "ways out", m.WaysOut(), []viewmodel.WayOut{viewmodel.WayRestore, viewmodel.WayAgain, viewmodel.WayAnother, viewmodel.WayFolder, viewmodel.WayDetails})
	said := ""
	m.Restore(m.Backups()[0], "", func(s string) { said = s })
	if !strings.HasPrefix(said, "The backup of ") || m.Task != "" || m.Failed != "" {
		t.Errorf("said %q, then %q, %q", said, m.Task, m.Failed)
	}
	if found := apptest.Open(t, dir).Find("quay"); len(found) == 0 {
		t.Error("the article is not there")
	}
}

// The window says of a salvage what the command line says: what may be missing, in
// words, what was made again, by its title, and which backup may have the rest.
func TestASalvageTellsWhatMayBeMissing(t *testing.T) {
	got := viewmodel.RecoveredSentences(app.RecoverReport{
		Pages: 98, BadPages: 3, LostPages: map[string]int{"taggings": 2},
		NewArticles: []app.ArticleID{"a"}, Titles: map[app.ArticleID]string{"a": "The quay"},
		Backups: []app.Backup{{Counts: map[app.Kind]int{app.KindArticle: 7}}},
	})
	for _, want := range []string{
		"3 of its 98 pages could not be read as they were written.", "Some may be missing or wrong: damaged were 2 pages of tags on things.",
		"1 article made again from originals: look at their titles and dates: “The quay”.",
		"What is missing may be in the backup of at an unknown time, which holds 7 articles, 0 marks, 0 statements: File → Backups… brings articles of it back, or all of it.",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("it does not say %q:\n%s", want, strings.Join(got, "\n"))
		}
	}
}

// The database is damaged: what can be read may be salvaged, and a backup that was
// damaged too is refused with the reason, and the screen stays.
func TestADamagedDatabaseOffersSalvage(t *testing.T) {
	asked := ""
	m, dir := lost(t, func(database string) { must(t, os.WriteFile(database, []byte(strings.Repeat("damage ", 9000)), 0o600)) },
		func(_ context.Context, dir string, _ app.Progress) (app.RecoverReport, error) {
			asked = dir
			return app.RecoverReport{Damaged: "kept.db", GotBack: map[app.Kind]int{app.KindArticle: 1}, Notes: []string{"A note."}}, nil
		})
	if m.Title() != "The notebook is damaged" || !strings.Contains(facts(m.Safe()), "no: The damaged database is there: 63 kB") {
		t.Errorf("it says %q\n%s", m.Title(), facts(m.Safe()))
	}
	same(t, "ways out", m.WaysOut()[:4], []viewmodel.WayOut{viewmodel.WayRestore, viewmodel.WaySalvage, viewmodel.WayReadOnly, viewmodel.WayAgain})
	var got []string
	m.Salvage(func(s []string) { got = s })
	if asked != dir || len(got) != 4 || got[0] != "1 thing got back: 1 article, 0 marks, 0 statements." || got[3] != "The damaged database is kept: kept.db" {
		t.Errorf("salvaged %q of %q", got, asked)
	}
	backup := m.Backups()[0]
	must(t, os.WriteFile(backup.Path, []byte("not it"), 0o600))
	m.Restore(backup, "", func(string) { t.Error("restored from a damaged backup") })
	if !strings.Contains(m.Failed, "the backup is damaged") || !strings.Contains(m.Details(), "Then: ") || !strings.Contains(m.Details(), "Rejoinder 1.2") {
		t.Errorf("it says %q\n%s", m.Failed, m.Details())
	}
	m.NotReadable(app.Problem(app.ErrDamaged, "page 3 is damaged"))
	if m.Failed != "It cannot be read either. Page 3 is damaged." {
		t.Errorf("it says %q", m.Failed)
	}
}

// Each kind of trouble has its own words and only the ways out that help.
func TestTroublesAreToldApart(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		err         error
		title, says string
		first       viewmodel.WayOut
		not         []viewmodel.WayOut
	}{
		{app.Problem(app.ErrBusy, "it is open in another window (process 7)"), "The notebook is in use", "process 7", viewmodel.WayAgain, []viewmodel.WayOut{viewmodel.WayRestore, viewmodel.WayDetails}},
		{app.Problem(app.ErrNewer, "newer"), "A newer Rejoinder made this notebook", "Install the newer version", viewmodel.WayAgain, []viewmodel.WayOut{viewmodel.WayRestore, viewmodel.WaySalvage}},
		{app.Problem(app.ErrDiskFull, "full"), "The disk is full", "Free some space", viewmodel.WayAgain, []viewmodel.WayOut{viewmodel.WayRestore}},
		{fs.ErrPermission, "The notebook may not be opened", "no permission", viewmodel.WayAgain, []viewmodel.WayOut{viewmodel.WayRestore}},
		{errors.New("the stars are wrong"), "The notebook could not be opened", "The stars are wrong.", viewmodel.WayAgain, nil},
	} {
		m := viewmodel.NewTrouble(viewmodel.Inline, storage.Rescue{}, nil, "", dir, c.err)
		m.Load()
		ways := m.WaysOut()
		if m.Title() != c.title || !strings.Contains(m.What(), c.says) || ways[0] != c.first {
			t.Errorf("%v: %q, %q, %v", c.err, m.Title(), m.What(), ways)
		}
		for _, not := range c.not {
			if slices.Contains(ways, not) {
				t.Errorf("%v offers %q", c.err, not)
			}
		}
		if safe := facts(m.Safe()); errors.Is(c.err, fs.ErrPermission) && safe != "no: What is in its folder cannot be seen without the right to read it." {
			t.Errorf("of what may not be read it says %q", safe)
		}
		m.StillNot(c.err)
		if !strings.HasPrefix(m.Failed, "Tried again at ") {
			t.Errorf("after another try it says %q", m.Failed)
		}
	}
}
