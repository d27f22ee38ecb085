package viewmodel_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/viewmodel"
)

func TestUndoAndRedoNameTheirSteps(t *testing.T) {
	d := newDesk(t)
	if d.window.UndoLabel != "" || d.window.RedoLabel != "" {
		t.Errorf("in a new notebook: undo %q, redo %q", d.window.UndoLabel, d.window.RedoLabel)
	}
	d.window.Undo() // does nothing, and says nothing
	d.window.Redo()
	article := d.ImportText("Order", order)
	d.Mark(article, "the quay")
	d.Actor("Ministry")
	labels := func(undo, redo string) {
		t.Helper()
		if d.window.UndoLabel != undo || d.window.RedoLabel != redo {
			t.Errorf("undo %q, redo %q; want %q and %q", d.window.UndoLabel, d.window.RedoLabel, undo, redo)
		}
	}
	labels("Add actor Ministry", "")
	d.window.Undo()
	labels("Mark “the quay”", "Add actor Ministry")
	d.window.Undo()
	labels("Import “Order”", "Mark “the quay”")
	if d.window.Summary() != "1 article · 0 marks · 0 statements" {
		t.Errorf("the status line says %q", d.window.Summary())
	}
	d.window.Redo()
	labels("Mark “the quay”", "Add actor Ministry")
	if len(d.window.History) != 3 || !d.window.History[0].Undone || d.window.History[1].Undone {
		t.Errorf("history %+v", d.window.History)
	}
	d.Actor("Union") // now the undone step is gone
	labels("Add actor Union", "")
	d.window.Undo()
	d.window.Undo()
	d.window.Undo()
	d.window.Undo()
	labels("", "Import “Order”")
	if d.library.Count != 0 || d.window.Summary() != "0 articles · 0 marks · 0 statements" {
		t.Errorf("%d articles left: %s", d.library.Count, d.window.Summary())
	}
	same(t, "messages", d.said, []string{"Undone: Add actor Ministry", "Undone: Mark “the quay”", "Redone: Mark “the quay”",
		"Undone: Add actor Union", "Undone: Mark “the quay”", "Undone: Import “Order”"})
	d.fine()
}

func TestTrashIsRestoredAndEmptied(t *testing.T) {
	d := newDesk(t)
	article := d.ImportText("Order", order)
	d.Statement("Ministry", app.Asserts, "The quay is unsafe", apptest.In(article, "closed the quay"))
	d.Actor("Press")
	d.Trash(app.RefTo(app.KindArticle, article.ID))
	if len(d.window.Trash) != 1 || d.window.Trash[0].Title != "Order" || d.window.Trash[0].With == 0 {
		t.Fatalf("trash %+v", d.window.Trash)
	}
	d.window.Restore(d.window.Trash[0].Ref)
	if len(d.window.Trash) != 0 || d.window.Summary() != "1 article · 1 mark · 1 statement" {
		t.Errorf("trash %+v, %s", d.window.Trash, d.window.Summary())
	}
	d.Trash(app.RefTo(app.KindArticle, article.ID))
	d.window.EmptyTrash()
	if len(d.window.Trash) != 0 || !strings.HasSuffix(d.said[len(d.said)-1], "removed from the trash") {
		t.Errorf("trash %+v, said %q", d.window.Trash, d.said)
	}
	d.window.Undo()
	if len(d.window.Trash) != 1 {
		t.Error("emptying the trash cannot be undone")
	}
	d.fine()
	d.window.Restore(app.Ref{Kind: app.KindArticle, ID: "nowhere"})
	d.refused("nowhere")
}

func TestBackgroundLineSaysWhatGoesOn(t *testing.T) {
	nb := apptest.New(t)
	w := viewmodel.NewWindow(&viewmodel.Session{Notebook: nb.Notebook, Loop: viewmodel.Inline})
	if w.Summary() != "" {
		t.Errorf("before it is loaded the status line says %q", w.Summary())
	}
	d := openDesk(t, nb, viewmodel.Inline)
	d.ImportText("Order", order)
	d.sync()
	d.window.Message = "Quote copied"
	if got := d.window.Background(); got != "Quote copied" {
		t.Errorf("at rest the line says %q", got)
	}
	d.window.Task = "Importing 50 of 200"
	if got := d.window.Background(); got != "Importing 50 of 200" {
		t.Errorf("during a task the line says %q", got)
	}
	if d.window.Counts[app.KindArticle] != 1 {
		t.Errorf("counts %v", d.window.Counts)
	}
}

func TestBackupAndCheck(t *testing.T) {
	d := sampleDesk(t)
	d.window.Backup()
	path, ok := strings.CutPrefix(d.said[0], "Backup written to ")
	if info, err := os.Stat(path); !ok || err != nil || info.Size() == 0 {
		t.Errorf("%q: %v", d.said[0], err)
	}
	var findings []app.Finding
	d.window.Check(func(f []app.Finding) { findings = f })
	if len(findings) < 3 {
		t.Errorf("the check found %+v", findings)
	}
	for _, f := range findings {
		if !f.OK || f.Text == "" {
			t.Errorf("%+v", f)
		}
	}
	d.fine()
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d.window.Load()
	d.window.Undo()
	if len(d.failed) != 2 {
		t.Errorf("shown: %v", d.failed)
	}
}

func TestBackupsAreNamedForPeople(t *testing.T) {
	for path, want := range map[string]string{
		"/n/backups/notebook-20250514-101500.db":                  ", 10:15:00",
		"/n/backups/notebook-20250514-101500-before-migration.db": ", 10:15:00 · before migration",
		"/n/backups/notebook-20259914-101500.db":                  "notebook-20259914-101500.db",
		"/n/backups/copy.db":                                      "copy.db",
	} {
		made := time.Date(2025, 5, 14, 10, 15, 0, 0, time.UTC).Local().Format("2 January 2006, 15:04:05")
		if got := viewmodel.BackupName(path); got != strings.Replace(want, ", 10:15:00", made, 1) {
			t.Errorf("%s is called %q", path, got)
		}
	}
}
