package app_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// behind runs SQL on a notebook's database behind the notebook's back.
func behind(t *testing.T, nb *apptest.Notebook, query string, args ...any) {
	t.Helper()
	db, err := sql.Open("sqlite3_notebook", "file:"+filepath.ToSlash(filepath.Join(nb.Folder, "notebook.db")))
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec(query, args...)
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

func wrongIn(t *testing.T, nb *apptest.Notebook) (wrong []string) {
	t.Helper()
	found, err := nb.Check(t.Context(), app.NoProgress{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		if !f.OK || f.Mended {
			wrong = append(wrong, f.Part+": "+f.Text)
		}
	}
	return wrong
}

// A text that somebody changed is found twice: by its hash, and by reading its
// original again, which says where.
func TestCheckReadsTextsAgain(t *testing.T) {
	nb := apptest.New(t)
	a := nb.ImportText("The quay", "The ministry closed the quay on Monday.")
	nb.ImportText("The bridge", "The bridge is open.")
	wholesome(t, nb)
	behind(t, nb, "UPDATE texts SET plain = replace(plain, 'Monday', 'Sunday') WHERE id = ?", string(a.Text))
	if wrong := wrongIn(t, nb); len(wrong) != 2 || !strings.Contains(wrong[0], "text "+string(a.Text)+" was changed since it was read") ||
		!strings.Contains(wrong[1], "quay on Sunday.”, and there “") || !strings.Contains(wrong[1], "quay on Monday.”") {
		t.Errorf("found %q", wrong)
	}
	// One who changes the hash as well is found by the original.
	behind(t, nb, "UPDATE texts SET sha256 = text_sha256(plain, blocks, spans, provenance)")
	wrong := wrongIn(t, nb)
	if len(wrong) != 1 || !strings.Contains(wrong[0], "the quay on Sunday.”, and there “") {
		t.Errorf("found %q", wrong)
	}
	// A text that another version of the importer made may differ.
	behind(t, nb, "UPDATE texts SET reader = 'markdown/0' WHERE id = ?", string(a.Text))
	if wrong := wrongIn(t, nb); len(wrong) != 0 {
		t.Errorf("found %q", wrong)
	}
}

// An index that is wrong stays so while the database is damaged: one that is made
// of it would lack what cannot be read.
func TestCheckRebuildsNoIndexFromADamagedDatabase(t *testing.T) {
	nb := apptest.New(t)
	nb.ImportText("The quay", "The ministry closed the quay on Monday.")
	if err := nb.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	behind(t, nb, "PRAGMA foreign_keys = OFF; DELETE FROM article_texts; DELETE FROM articles")
	behind(t, nb, "UPDATE texts SET plain = plain || '!'")
	wrong := wrongIn(t, nb)
	if !slices.ContainsFunc(wrong, func(w string) bool {
		return strings.HasPrefix(w, "index: ") && strings.HasSuffix(w, "it is not rebuilt from a damaged database")
	}) {
		t.Errorf("found %q", wrong)
	}
}

// A part that cannot be read does not hide the others, and a check that is
// cancelled ends.
func TestCheckListsEveryPart(t *testing.T) {
	nb := apptest.New(t)
	nb.Mark(nb.ImportText("The quay", "The ministry closed the quay on Monday."), "closed the quay")
	if err := nb.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := nb.Check(ended, app.NoProgress{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled check: %v", err)
	}
	nb.Reopen()
	behind(t, nb, "PRAGMA wal_checkpoint(TRUNCATE)")
	path := filepath.Join(nb.Folder, "notebook.db")
	var page int64
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	err = db.QueryRow("SELECT rootpage FROM sqlite_master WHERE name = 'texts'").Scan(&page)
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.WriteAt([]byte("xyz"), page*4096-100)
	if err = errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	again := apptest.Open(t, nb.Folder) // whose memory has nothing of it yet
	found, err := again.Check(t.Context(), app.NoProgress{})
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]bool{}
	for _, f := range found {
		parts[f.Part] = true
	}
	for _, part := range []string{"database", "checksums", "references", "texts", "originals", "anchors", "index"} {
		if !parts[part] {
			t.Errorf("%s is not in %+v", part, found)
		}
	}
}
