package viewmodel_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/importer"
	"rejoinder/app/viewmodel"
	"rejoinder/search"
	"rejoinder/storage"
)

func noticeKeys(n *viewmodel.Notices) string {
	var out []string
	for _, notice := range n.List {
		out = append(out, notice.Head)
	}
	return strings.Join(out, " ")
}

// A program that keeps folders in step replaces the database while it is open: an act
// is refused, the bar says so, a copy keeps all that was there, and when the file is
// back the bar goes.
func TestAReplacedDatabaseIsSavedAsACopy(t *testing.T) {
	d := newDesk(t)
	d.ImportText("Order", order)
	n := viewmodel.NewNotices(d.session)
	n.Load()
	if len(n.List) != 0 {
		t.Fatalf("at rest it says %q", noticeKeys(n))
	}
	database := filepath.Join(d.Folder, "notebook.db")
	must(t, os.Rename(database, database+".away"))
	must(t, os.WriteFile(database, []byte("another"), 0o600))
	d.library.AddCollection("Later", "")
	if len(d.failed) != 1 {
		t.Fatalf("shown: %v", d.failed)
	}
	n.Failed(d.failed[0])
	d.refused("was replaced by another file")
	if noticeKeys(n) != "Nothing more is saved." || !n.List[0].Grave || n.List[0].Acts[0] != viewmodel.NoticeSaveCopy || n.List[0].Acts[1] != viewmodel.NoticeOpenNow {
		t.Errorf("it says %+v", n.List)
	}
	dir := viewmodel.CopyFolder(d.Folder)
	n.SaveCopy(d.Folder, func(problem string) {
		if problem == "" {
			t.Error("a copy was saved into the notebook itself")
		}
	})
	n.SaveCopy(dir, func(problem string) {
		if problem != "" {
			t.Error(problem)
		}
	})
	if copied := apptest.Open(t, dir); len(copied.Find("quay")) == 0 {
		t.Error("the copy does not hold the article")
	}
	if again := viewmodel.CopyFolder(d.Folder); again != dir+"-2" {
		t.Errorf("the next copy would go into %s", again)
	}
	n.BackupFailed(app.Problem(app.ErrReplaced, "not here"))
	if noticeKeys(n) != "Nothing more is saved." {
		t.Errorf("with a backup that failed it says %q", noticeKeys(n))
	}
	must(t, os.Rename(database+".away", database))
	n.Replaced(nil)
	if len(n.List) != 0 {
		t.Errorf("it is back, and it says %q", noticeKeys(n))
	}
	d.fine()
}

// reading opens a notebook for reading only.
func reading(t *testing.T, dir string) *app.Notebook {
	t.Helper()
	store, err := storage.OpenReadOnly(t.Context(), dir, app.Problem(app.ErrDiskFull, "the disk that holds it is full; free some space on it"))
	must(t, err)
	index, err := search.Open(t.Context(), filepath.Join(t.TempDir(), "index"), store)
	must(t, err)
	nb, err := app.New(t.Context(), store, index, importer.New())
	must(t, err)
	t.Cleanup(func() { must(t, nb.Close()) })
	return nb
}

// A notebook that can only be read says why, and what can be done.
func TestReadingOnlyIsSaid(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "notebook")
	apptest.Open(t, dir).ImportText("Order", order)
	var failed []error
	s := &viewmodel.Session{Notebook: reading(t, dir), Loop: viewmodel.Inline, Fail: func(err error) { failed = append(failed, err) }, Say: func(string) {}}
	n := viewmodel.NewNotices(s)
	n.Load()
	if len(n.List) != 1 || n.List[0].Text != "The disk that holds it is full; free some space on it. What you change is not saved." || n.List[0].Acts[0] != viewmodel.NoticeReopen {
		t.Errorf("it says %+v", n.List)
	}
	viewmodel.NewLibrary(s).AddCollection("Later", "")
	if len(failed) != 1 || !strings.Contains(failed[0].Error(), "open for reading only: the disk") {
		t.Errorf("shown: %v", failed)
	}
}

// A notebook that was copied asks once whether it was moved, warns of the folder that
// it is in, and both can be answered.
func TestACopiedNotebookAsks(t *testing.T) {
	base := t.TempDir()
	first, second := filepath.Join(base, "first"), filepath.Join(base, "Dropbox", "second")
	nb := apptest.Open(t, first)
	nb.ImportText("Order", order)
	must(t, nb.Close())
	must(t, os.CopyFS(second, os.DirFS(first)))
	must(t, os.Mkdir(filepath.Join(base, "Dropbox", ".dropbox.cache"), 0o700))
	must(t, os.RemoveAll(first))
	d := openDesk(t, apptest.Open(t, second), viewmodel.Inline)
	n := viewmodel.NewNotices(d.session)
	n.Load()
	if noticeKeys(n) != "Moved or copied? Where this notebook is kept." || !strings.Contains(n.List[0].Text, first) || !strings.Contains(n.List[1].Text, "Dropbox") {
		t.Fatalf("it says %+v", n.List)
	}
	before, err := d.Info(t.Context())
	must(t, err)
	n.Settle(true)
	dismissed := n.List[len(n.List)-1].Key
	n.Dismiss(dismissed)
	after, err := d.Info(t.Context())
	must(t, err)
	if len(n.List) != 0 || before.UUID == after.UUID || after.WasAt != "" {
		t.Errorf("it still says %q; identities %s and %s", noticeKeys(n), before.UUID, after.UUID)
	}
	again := viewmodel.NewNotices(d.session, dismissed)
	again.Load()
	if len(again.List) != 0 {
		t.Errorf("at the next start it says %q", noticeKeys(again))
	}
	n.BackupFailed(app.Problem(app.ErrNotFound, "the second place is not there"))
	if noticeKeys(n) != "Not backed up." {
		t.Errorf("it says %q", noticeKeys(n))
	}
	n.BackupFailed(nil)
	d.fine()
}
