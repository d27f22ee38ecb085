package search

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// below opens the index of l below a cache for a notebook's folder.
func below(t *testing.T, cache, notebook string, l *ledger) *Index {
	t.Helper()
	ix, err := OpenBelow(t.Context(), cache, notebook, l)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closed(t, ix) })
	return synced(t, ix)
}

func foldersIn(t *testing.T, cache string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(cache)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func stamped(stamp string, n int) *ledger {
	l := newLedger(numbered(n)...)
	l.stamp = stamp
	return l
}

const someID = "0192aaaa-0000-7000-8000-000000000001"

// TestCopiesHaveIndexFoldersOfTheirOwn opens a notebook and a copy of its folder.
func TestCopiesHaveIndexFoldersOfTheirOwn(t *testing.T) {
	cache := t.TempDir()
	one := below(t, cache, "/books/one", stamped(someID+"/1/file-a", 3))
	two := below(t, cache, "/books/two", stamped(someID+"/1/file-b", 5))
	total(t, one, "everybody", 3)
	total(t, two, "everybody", 5)
	if names := foldersIn(t, cache); len(names) != 2 {
		t.Errorf("folders %q", names)
	}
	if len(filepath.Base(Place(cache, someID+"/1/file-a"))) > 24 {
		t.Error("the name leaves no room for a socket's")
	}
}

// TestEarlierIndexFoldersGo restores a notebook: its index begins a new folder.
func TestEarlierIndexFoldersGo(t *testing.T) {
	cache, book := t.TempDir(), "/books/one"
	held := below(t, cache, book, stamped(someID+"/1/file-a", 3)) // a window that stays open
	closed(t, below(t, cache, book, stamped(someID+"/2/file-a", 3)))
	closed(t, below(t, cache, "/books/other", stamped(someID+"/2/file-z", 3)))
	for _, d := range []string{someID + "/articles", someID + "/small", "somebody-elses"} {
		if err := os.MkdirAll(filepath.Join(cache, d), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	closed(t, below(t, cache, book, stamped(someID+"/3/file-a", 4)))
	var want []string
	for _, stamp := range []string{"/1/file-a", "/2/file-z", "/3/file-a"} {
		want = append(want, filepath.Base(Place(cache, someID+stamp)))
	}
	want = append(want, "somebody-elses")
	slices.Sort(want)
	if got := foldersIn(t, cache); !slices.Equal(got, want) {
		t.Errorf("%q, not %q", got, want)
	}
	total(t, held, "everybody", 3)
}

// TestIndexFolderThatIsALink is not written through.
func TestIndexFolderThatIsALink(t *testing.T) {
	cache, elsewhere := t.TempDir(), t.TempDir()
	l := stamped(someID+"/1/file-a", 3)
	if err := os.Symlink(elsewhere, Place(cache, l.stamp)); err != nil {
		t.Skip(err)
	}
	total(t, below(t, cache, "/books/one", l), "everybody", 3)
	if names := foldersIn(t, elsewhere); len(names) > 0 {
		t.Errorf("written through the link: %q", names)
	}
	// Nor is what the owner announces.
	dir := t.TempDir()
	victim := filepath.Join(t.TempDir(), "victim")
	if err := os.WriteFile(victim, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "articles"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"owner", "owner-new"} {
		if err := os.Symlink(victim, filepath.Join(dir, "articles", name)); err != nil {
			t.Fatal(err)
		}
	}
	synced(t, opened(t, dir, l))
	if text, err := os.ReadFile(victim); err != nil || string(text) != "precious" {
		t.Errorf("the file behind the link holds %q: %v", text, err)
	}
}
