package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// TestFolderWithLinks imports a folder in which somebody put links.
func TestFolderWithLinks(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "folder")
	if err := os.MkdirAll(filepath.Join(folder, "inner"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"secret.txt": "A private letter.", "folder/a.txt": "The quay is closed.", "folder/inner/b.txt": "The ship has left."} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"folder/out.txt": "../secret.txt", "folder/up": dir, "folder/nowhere.txt": "gone.txt",
		"folder/within": "inner", "folder/same.txt": "inner/b.txt", "named": "folder", "direct.txt": "secret.txt"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	nb := apptest.New(t)
	results := func(path string) map[string]app.ImportResult {
		out := map[string]app.ImportResult{}
		err := nb.Notebook.Import(t.Context(), []string{filepath.Join(dir, path)}, app.ImportOptions{}, app.NoProgress{}, func(r app.ImportResult) {
			out[filepath.Base(r.Path)] = r
		})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	got := results("folder")
	for name, says := range map[string]string{"out.txt": "leads out of the folder", "up": "leads out of the folder", "within": "in the import anyway"} {
		if r := got[name]; r.Status != app.ImportSkipped || !strings.Contains(strings.Join(r.Notes, " "), says) {
			t.Errorf("%s: %s %q", name, r.Status, r.Notes)
		}
	}
	if got["nowhere.txt"].Status != app.ImportFailed {
		t.Errorf("a link that leads nowhere: %+v", got["nowhere.txt"])
	}
	if got["a.txt"].Status != app.ImportDone || got["b.txt"].Status != app.ImportDone || got["same.txt"].Status != app.ImportDuplicate {
		t.Errorf("%+v", got)
	}
	if r := results("direct.txt")["direct.txt"]; r.Status != app.ImportDone {
		t.Errorf("a link that was named: %+v", r)
	}
	if r := results("named")["a.txt"]; r.Status != app.ImportDuplicate {
		t.Errorf("a link to a folder that was named: %+v", r)
	}
}

// TestNoteThatIsTooLong writes a note of 50 MB.
func TestNoteThatIsTooLong(t *testing.T) {
	nb := apptest.New(t)
	body := strings.Repeat("The quay. ", 5<<20)
	says := func(err error) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), "a note may have 2 MB of text, and this one has 50") {
			t.Errorf("says %v", err)
		}
	}
	_, err := nb.AddNote(t.Context(), body)
	says(err)
	a := nb.ImportText("The quay", "The quay wall has moved.")
	_, err = nb.Annotate(t.Context(), app.Spot{Article: string(a.ID), Quote: "has moved"}, app.Annotation{Note: body})
	says(err)
}
