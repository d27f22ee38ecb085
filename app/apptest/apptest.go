// Package apptest is a real notebook in a temporary folder, for tests: storage,
// search and importer put together as main does it, nothing faked, and a few
// builders in the product's own words. Only tests import it.
package apptest

import (
	"path/filepath"
	"testing"

	"rejoinder/app"
	"rejoinder/app/importer"
	"rejoinder/search"
	"rejoinder/storage"
)

// Notebook is a notebook that lives as long as its test.
type Notebook struct {
	*app.Notebook
	Folder string

	cache string // of the search index
	t     testing.TB
}

// New makes an empty notebook, and closes it at the end of the test.
func New(t testing.TB) *Notebook {
	t.Helper()
	dir := t.TempDir()
	return open(t, filepath.Join(dir, "notebook"), filepath.Join(dir, "index"))
}

// Open opens the notebook in a folder, with an index of its own.
func Open(t testing.TB, folder string) *Notebook {
	t.Helper()
	return open(t, folder, filepath.Join(t.TempDir(), "index"))
}

func open(t testing.TB, folder, cache string) *Notebook {
	t.Helper()
	nb := &Notebook{Folder: folder, cache: cache, t: t}
	nb.Notebook = nb.start()
	t.Cleanup(func() {
		if err := nb.Close(); err != nil {
			t.Errorf("close the notebook: %v", err)
		}
	})
	return nb
}

func (nb *Notebook) start() *app.Notebook {
	nb.t.Helper()
	ctx := nb.t.Context()
	store, err := storage.Open(ctx, nb.Folder)
	if err != nil {
		nb.t.Fatal(err)
	}
	index, err := search.Open(ctx, nb.cache, store)
	if err != nil {
		nb.t.Fatal(err)
	}
	opened, err := app.New(ctx, store, index, importer.New())
	if err != nil {
		nb.t.Fatal(err)
	}
	return opened
}

// Reopen closes the notebook and opens it again, as the next start would.
func (nb *Notebook) Reopen() {
	nb.t.Helper()
	if err := nb.Close(); err != nil {
		nb.t.Fatal(err)
	}
	nb.Notebook = nb.start()
}

// Again opens the same folder a second time, as another process would.
func (nb *Notebook) Again() *Notebook {
	nb.t.Helper()
	return open(nb.t, nb.Folder, nb.cache)
}

// View runs fn on one state of the notebook; it has to succeed.
func (nb *Notebook) View(fn func(app.Reader) error) {
	nb.t.Helper()
	if err := nb.Notebook.View(nb.t.Context(), fn); err != nil {
		nb.t.Fatal(err)
	}
}

// Read reads one thing: Read(nb, func(r app.Reader) (app.Actor, error) {…}).
func Read[T any](nb *Notebook, fn func(app.Reader) (T, error)) T {
	nb.t.Helper()
	var v T
	nb.View(func(r app.Reader) (err error) {
		v, err = fn(r)
		return err
	})
	return v
}

// Undo takes back the newest step, which there must be.
func (nb *Notebook) Undo() string {
	nb.t.Helper()
	c, err := nb.Notebook.Undo(nb.t.Context())
	if err != nil {
		nb.t.Fatal(err)
	}
	return c.Label
}

// Redo does the step undone last again, which there must be.
func (nb *Notebook) Redo() string {
	nb.t.Helper()
	c, err := nb.Notebook.Redo(nb.t.Context())
	if err != nil {
		nb.t.Fatal(err)
	}
	return c.Label
}

// Board reads the whole board.
func (nb *Notebook) Board() app.Board {
	nb.t.Helper()
	b, err := nb.Notebook.Board(nb.t.Context())
	if err != nil {
		nb.t.Fatal(err)
	}
	return b
}

// Find searches for words, after all changes are indexed, and returns what kind
// of thing was found with its title.
func (nb *Notebook) Find(words string) []string {
	nb.t.Helper()
	ctx := nb.t.Context()
	if err := nb.Sync(ctx); err != nil {
		nb.t.Fatal(err)
	}
	found, err := nb.Search(ctx, app.SearchQuery{Text: words})
	if err != nil {
		nb.t.Fatal(err)
	}
	var out []string
	for _, f := range found.Found[:found.Whole] {
		out = append(out, string(f.Kind)+": "+f.Title)
	}
	return out
}
