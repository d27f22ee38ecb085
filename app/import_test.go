package app_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// folder writes files into a new folder and returns its path.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// statuses writes results as "name: status", with the reason of a failure.
func statuses(results []app.ImportResult) string {
	var out []string
	for _, r := range results {
		line := filepath.Base(r.Path) + ": " + string(r.Status)
		if r.Err != nil {
			line += " " + strings.TrimPrefix(r.Err.Error(), r.Path+": ")
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// A folder with all sorts of files: what can be read is imported, what cannot
// is named with its reason, and nothing stops the others.
func TestImportFolder(t *testing.T) {
	nb := apptest.New(t)
	dir := folder(t, map[string]string{
		"a.md": "# The quay\n\nIt is closed.\n", "b.txt": "", "c.txt": strings.Repeat("bin\x00ary", 9), "d.pdf": "%PDF-1.7 …",
		"deep/e.txt": "The union\n\nNobody asked us.\n", ".hidden/f.txt": "no", ".g.txt": "no",
		"h.html": "<!doctype html><title>Port</title><p>The port company rejects the findings of the panel and says so.</p>",
	})
	if err := os.Symlink(filepath.Join(dir, "nowhere"), filepath.Join(dir, "z.txt")); err != nil {
		t.Skip(err)
	}
	results := nb.Import(dir, filepath.Join(dir, "missing.txt"))
	want := `a.md: imported
b.txt: failed is empty
c.txt: failed is binary, not text
d.pdf: failed is a PDF document, which Rejoinder cannot read yet
e.txt: imported
h.html: doubtful
z.txt: failed no such file or directory
missing.txt: failed no such file or directory`
	if got := statuses(results); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	for _, r := range results {
		if r.Status == app.ImportFailed && !errors.Is(r.Err, app.ErrInvalid) && !errors.Is(r.Err, os.ErrNotExist) {
			t.Errorf("%s failed with %v", r.Path, r.Err)
		}
	}
	articles := apptest.Read(nb, func(r app.Reader) ([]app.ArticleRow, error) { return r.Articles(app.ArticleQuery{}) })
	if len(articles) != 3 {
		t.Fatalf("%d articles", len(articles))
	}
	if found := nb.Find("nobody"); len(found) != 1 || found[0] != "article: The union" {
		t.Errorf("found %q", found)
	}
}

func TestImportDuplicates(t *testing.T) {
	nb := apptest.New(t)
	dir := folder(t, map[string]string{"a.txt": "The quay\n\nIt is closed.", "b.txt": "The quay\n\nIt is closed.", "c.txt": "Another\n\nText."})
	first := nb.Import(dir)
	if got := statuses(first); got != "a.txt: imported\nb.txt: duplicate\nc.txt: imported" {
		t.Fatalf("the same file twice in one import:\n%s", got)
	}
	if first[1].Article != first[0].Article || first[1].Title != first[0].Title {
		t.Errorf("a duplicate of %+v names %+v", first[0], first[1])
	}
	again := nb.Import(filepath.Join(dir, "a.txt"))
	if again[0].Status != app.ImportDuplicate || again[0].Article != first[0].Article {
		t.Errorf("imported again: %+v", again)
	}
	nb.Trash(app.RefTo(app.KindArticle, first[0].Article))
	again = nb.Import(filepath.Join(dir, "a.txt"))
	if again[0].Status != app.ImportDuplicate || !strings.Contains(again[0].Title, "in the trash") {
		t.Errorf("a duplicate in the trash: %+v", again)
	}
	nb.Undo() // the trash
	nb.Undo() // the import
	if got := statuses(nb.Import(dir)); got != "a.txt: imported\nb.txt: duplicate\nc.txt: imported" {
		t.Errorf("an import that was undone, again:\n%s", got)
	}
}

// A cancelled import keeps what it reported, and nothing that it did not.
func TestImportCancelled(t *testing.T) {
	nb := apptest.New(t)
	files := map[string]string{}
	for i := range 900 {
		files[fmt.Sprintf("%04d.txt", i)] = fmt.Sprintf("Article %d\n\nText number %d.", i, i)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var reported []app.ImportResult
	err := nb.Notebook.Import(ctx, []string{folder(t, files)}, app.ImportOptions{}, app.NoProgress{}, func(r app.ImportResult) {
		if reported = append(reported, r); len(reported) == 150 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("cancelled, and: %v", err)
	}
	count := apptest.Read(nb, func(r app.Reader) (int, error) { return r.CountArticles(app.ArticleQuery{}) })
	if count != len(reported) || count < 150 || count >= 900 {
		t.Errorf("%d articles are stored, %d were reported", count, len(reported))
	}
	for _, r := range reported {
		if r.Status != app.ImportDone {
			t.Errorf("reported %+v", r)
		}
	}
}

// An import of several transactions is one step: in the history, to undo and to
// redo.
func TestLongImportIsOneStep(t *testing.T) {
	nb := apptest.New(t)
	nb.Actor("Port Company")
	files := map[string]string{}
	for i := range 450 { // three batches
		files[fmt.Sprintf("%04d.txt", i)] = fmt.Sprintf("Article %d\n\nText number %d.", i, i)
	}
	before := nb.Rows()
	results := nb.Import(folder(t, files))
	for i, r := range results {
		if filepath.Base(r.Path) != fmt.Sprintf("%04d.txt", i) || r.Status != app.ImportDone {
			t.Fatalf("result %d is %+v", i, r)
		}
	}
	after := nb.Rows()
	history, err := nb.History(t.Context(), 0)
	if err != nil || len(history) != 2 || history[0].Label != "Import 450 articles" {
		t.Fatalf("history %+v, %v", history, err)
	}
	if label := nb.Undo(); label != "Import 450 articles" || nb.Rows() != before {
		t.Errorf("undo of %q leaves something", label)
	}
	if label := nb.Redo(); label != "Import 450 articles" || nb.Rows() != after {
		t.Errorf("redo of %q brings back something else", label)
	}
}

func TestImportIntoCollection(t *testing.T) {
	nb := apptest.New(t)
	c := nb.Collection("Harbour", "")
	into := func(c app.CollectionID, data string) error {
		return nb.Notebook.Import(t.Context(), []string{apptest.WriteFile(t, "a.txt", data)},
			app.ImportOptions{Collection: c}, app.NoProgress{}, func(app.ImportResult) {})
	}
	if err := into(c.ID, "One\n\nText."); err != nil {
		t.Fatal(err)
	}
	count := apptest.Read(nb, func(r app.Reader) (int, error) { return r.CountArticles(app.ArticleQuery{Collection: c.ID}) })
	if count != 1 {
		t.Errorf("%d articles in the collection", count)
	}
	saved, err := nb.AddCollection(t.Context(), app.Collection{Name: "Strikes", Query: "strike"})
	if err != nil {
		t.Fatal(err)
	}
	if err := into(saved.ID, "Two\n\nText."); !errors.Is(err, app.ErrInvalid) {
		t.Errorf("into a saved search: %v", err)
	}
	if err := into(app.NewID[app.CollectionID](), "Three\n\nText."); !errors.Is(err, app.ErrNotFound) {
		t.Errorf("into a collection that is not there: %v", err)
	}
	all := apptest.Read(nb, func(r app.Reader) (int, error) { return r.CountArticles(app.ArticleQuery{}) })
	if all != 1 {
		t.Errorf("%d articles after two refused imports", all)
	}
}

func TestImportSingleNamesTheArticle(t *testing.T) {
	nb := apptest.New(t)
	nb.ImportText("The quay is closed", "Text.")
	history, err := nb.History(t.Context(), 1)
	if err != nil || len(history) != 1 || history[0].Label != "Import “The quay is closed”" || history[0].Op != "import" {
		t.Errorf("history %+v, %v", history, err)
	}
	if done := nb.Import(t.TempDir()); len(done) != 0 {
		t.Errorf("an empty folder: %+v", done)
	}
	if after, err := nb.History(t.Context(), 0); err != nil || len(after) != 1 {
		t.Errorf("importing nothing is a step: %+v, %v", after, err)
	}
}

func TestEditArticle(t *testing.T) {
	nb := apptest.New(t)
	a := nb.ImportText("The quay", "Text.")
	edited, err := nb.EditArticle(t.Context(), a.ID, func(a *app.Article) {
		a.Title, a.Publisher, a.Authors, a.Published, a.Original = " The \n north quay ", "Harbour News", []string{"A. Writer"}, "2024-03-01", "other"
	})
	if err != nil {
		t.Fatal(err)
	}
	if edited.Title != "The north quay" || edited.Original != a.Original || edited.DateSource != app.DateDeclared {
		t.Errorf("edited %+v", edited)
	}
	stored := apptest.Read(nb, func(r app.Reader) (app.Article, error) { return r.Article(a.ID) })
	if stored.Source() != "Harbour News, 1 March 2024" || stored.Authors[0] != "A. Writer" || !stored.Created.Equal(a.Created) {
		t.Errorf("stored %+v", stored)
	}
	for _, bad := range []func(*app.Article){
		func(a *app.Article) { a.Title = " " }, func(a *app.Article) { a.Published = "yesterday" },
	} {
		if _, err := nb.EditArticle(t.Context(), a.ID, bad); !errors.Is(err, app.ErrInvalid) {
			t.Errorf("edited all the same: %v", err)
		}
	}
	if _, err := nb.EditArticle(t.Context(), app.NewID[app.ArticleID](), func(*app.Article) {}); !errors.Is(err, app.ErrNotFound) {
		t.Errorf("no such article: %v", err)
	}
}
