package storage_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/storage"
)

// Of a notebook only the note is left that says where its second place is: it is not
// begun anew, what is there is listed, restored from, and can be removed.
func TestTheSecondPlaceIsFoundWithoutTheDatabase(t *testing.T) {
	nb := apptest.New(t)
	article := nb.ImportText("Order", "The ministry closed the quay.")
	disk := filepath.Join(t.TempDir(), "disk")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(nb.SetSecondPlace(t.Context(), disk, ""))
	_, err := nb.Backup(t.Context(), app.BackupOptions{}, app.NoProgress{})
	must(err)
	must(nb.Close())
	for _, name := range []string{"notebook.db", "backups", "originals"} {
		must(os.RemoveAll(filepath.Join(nb.Folder, name)))
	}
	if s, err := storage.Open(t.Context(), nb.Folder); !errors.Is(err, app.ErrMissing) {
		t.Fatal("it is begun anew", s, err)
	}
	must(os.Rename(disk, disk+".away"))
	if s, err := storage.Open(t.Context(), nb.Folder); !errors.Is(err, app.ErrMissing) {
		t.Fatal("it is begun anew while the disk is away", s, err)
	}
	must(os.Rename(disk+".away", disk))
	found, err := storage.Rescue{}.Survey(t.Context(), nb.Folder)
	if err != nil || len(found.Backups) != 1 || filepath.Dir(filepath.Dir(found.Backups[0].Path)) != disk {
		t.Fatalf("found %+v, %v", found, err)
	}
	_, err = storage.Rescue{}.Restore(t.Context(), nb.Folder, app.BackupFile{Path: found.Backups[0].Path}, app.NoProgress{})
	must(err)
	again := apptest.Open(t, nb.Folder)
	again.View(func(r app.Reader) error {
		_, err := r.Article(article.ID)
		return err
	})
	must(storage.RemoveBackup(nb.Folder, found.Backups[0].Path))
	must(again.SetSecondPlace(t.Context(), "", ""))
	if found, err = (storage.Rescue{}).Survey(t.Context(), nb.Folder); err != nil || len(found.Backups) > 0 && filepath.Dir(filepath.Dir(found.Backups[0].Path)) == disk {
		t.Errorf("after it was removed: %+v, %v", found.Backups, err)
	}
}

// Where not even the window's lock can be written, a window reads; a second window on
// the same notebook is refused.
func TestAWindowReadsWhereItCannotLock(t *testing.T) {
	nb := apptest.New(t)
	nb.ImportText("Order", "The ministry closed the quay.")
	s, release, err := storage.OpenWindow(t.Context(), nb.Folder)
	if err != nil || s.ReadOnly() != nil {
		t.Fatal(err)
	}
	if _, _, err := storage.OpenWindow(t.Context(), nb.Folder); !errors.Is(err, app.ErrBusy) {
		t.Errorf("the second window: %v", err)
	}
	release()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	lock := filepath.Join(nb.Folder, "window.lock")
	if err := errors.Join(os.Remove(lock), os.Mkdir(lock, 0o700)); err != nil { // as where no file can be written
		t.Fatal(err)
	}
	s, release, err = storage.OpenWindow(t.Context(), nb.Folder)
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	if !errors.Is(s.ReadOnly(), app.ErrReadOnly) {
		t.Errorf("it can be written to: %v", s.ReadOnly())
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
