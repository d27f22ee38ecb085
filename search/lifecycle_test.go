package search

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
)

// volumesIn lists the folders of indexes of articles, as seen from dir.
func volumesIn(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	entries, err := os.ReadDir(filepath.Join(dir, "articles"))
	if err == nil {
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), volumePrefix) {
				names = append(names, filepath.Join("articles", e.Name()))
			}
		}
		return names
	}
	if entries, err = os.ReadDir(dir); err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), volumePrefix) {
			names = append(names, e.Name())
		}
	}
	return names
}

// made leaves an index of l in a folder.
func made(t *testing.T, l *ledger) string {
	t.Helper()
	dir := t.TempDir()
	ix, err := Open(t.Context(), dir, l)
	if err != nil {
		t.Fatal(err)
	}
	closed(t, synced(t, ix))
	return dir
}

func TestReopenCatchesUp(t *testing.T) {
	l := newLedger(numbered(20)...)
	dir := made(t, l)
	l.put(article("x", "Later", "everybody"))
	l.drop(app.Ref{Kind: app.KindArticle, ID: "a00003"})
	ix := synced(t, opened(t, dir, l))
	total(t, ix, "everybody", 20)
	finds(t, ix, "later", "x")
	if l.built() != 1 {
		t.Errorf("built %d times", l.built())
	}
}

func TestKilledProcess(t *testing.T) {
	l := newLedger(numbered(20)...)
	running := synced(t, opened(t, t.TempDir(), l))
	l.put(article("x", "Last", "words"))
	synced(t, running)
	// What a killed process leaves: its files as they are, nobody holding them.
	copied := t.TempDir()
	if err := os.CopyFS(copied, os.DirFS(filepath.Dir(running.articles.dir))); err != nil {
		t.Fatal(err)
	}
	torn := filepath.Join(copied, volumesIn(t, copied)[0], "store", "00000000ffff.zap")
	if err := os.WriteFile(torn, []byte("half of a segment, which the process was still writing"), 0o600); err != nil {
		t.Fatal(err)
	}
	l.put(article("y", "Afterwards", "words"))
	ix := synced(t, opened(t, copied, l))
	finds(t, ix, "words", "x", "y")
	total(t, ix, "everybody", 20)
	if l.built() != 1 {
		t.Errorf("built %d times", l.built())
	}
}

func TestRebuildsWhatDoesNotFit(t *testing.T) {
	for name, change := range map[string]func(l *ledger){
		"stamp": func(l *ledger) { l.stamp = "restored" },
		"ahead": func(l *ledger) { l.log = l.log[:4] },
		"gap":   func(l *ledger) { l.start, l.log = l.end()+5, nil },
	} {
		t.Run(name, func(t *testing.T) {
			l := newLedger(numbered(10)...)
			dir := made(t, l)
			before := volumesIn(t, dir)
			l.with(func() {
				change(l)
				delete(l.docs, app.Ref{Kind: app.KindArticle, ID: "a00003"})
			})
			ix := synced(t, opened(t, dir, l))
			total(t, ix, "everybody", 9)
			if l.built() != 2 {
				t.Errorf("built %d times", l.built())
			}
			if after := volumesIn(t, dir); len(after) != 1 || slices.Equal(before, after) {
				t.Errorf("folders before %q, after %q", before, after)
			}
			l.put(article("x", "More", "everybody"))
			total(t, synced(t, ix), "everybody", 10)
		})
		t.Run(name+" while open", func(t *testing.T) {
			l := newLedger(numbered(10)...)
			ix := synced(t, opened(t, t.TempDir(), l))
			l.with(func() {
				change(l)
				delete(l.docs, app.Ref{Kind: app.KindArticle, ID: "a00003"})
			})
			total(t, synced(t, ix), "everybody", 9)
			if got := volumesIn(t, ix.articles.dir); len(got) != 1 {
				t.Errorf("folders %q", got)
			}
		})
	}
}

// TestCloseEndsEverything closes in the middle of a build and counts goroutines.
func TestCloseEndsEverything(t *testing.T) {
	before := runtime.NumGoroutine()
	l := newLedger(numbered(40)...)
	l.batch = 10
	half := make(chan struct{})
	l.handed = func(n int) error {
		if n == 20 {
			close(half)
		}
		return nil
	}
	dir := t.TempDir()
	ix, err := Open(context.Background(), dir, l)
	if err != nil {
		t.Fatal(err)
	}
	waiting := make(chan error)
	go func() { waiting <- ix.Sync(context.Background()) }()
	<-half
	closed(t, ix)
	if err := <-waiting; err != nil && !errors.Is(err, errClosed) && !errors.Is(err, context.Canceled) {
		t.Errorf("sync: %v", err)
	}
	l.with(func() { l.handed = nil })
	again, err := Open(context.Background(), dir, l)
	if err != nil {
		t.Fatal(err)
	}
	total(t, synced(t, again), "everybody", 40)
	closed(t, again)
	for i := 0; runtime.NumGoroutine() > before; i++ {
		if i > 1_000_000 {
			buf := make([]byte, 1<<16)
			t.Fatalf("%d goroutines, %d before\n%s", runtime.NumGoroutine(), before, buf[:runtime.Stack(buf, true)])
		}
		runtime.Gosched()
	}
	if _, err := os.Stat(ownerFile(filepath.Join(dir, "articles"))); !os.IsNotExist(err) {
		t.Errorf("owner file: %v", err)
	}
}

func TestCheck(t *testing.T) {
	l := newLedger(numbered(50)...)
	ix := synced(t, opened(t, t.TempDir(), l))
	if f, err := ix.Check(t.Context()); err != nil || !f.OK || f.Part != "index" {
		t.Errorf("%+v %v", f, err)
	}
	// Changes that the log does not know of are what a check is there for.
	l.with(func() {
		l.docs[app.Ref{Kind: app.KindNote, ID: "n"}] = app.Document{Ref: app.Ref{Kind: app.KindNote, ID: "n"}}
	})
	if f, err := ix.Check(t.Context()); err != nil || f.OK || !strings.Contains(f.Text, "0 of 1") {
		t.Errorf("%+v %v", f, err)
	}
	l.with(func() {
		delete(l.docs, app.Ref{Kind: app.KindNote, ID: "n"})
		first := article("a00000", "Altered", "entirely")
		l.docs[first.Ref] = first
	})
	if f, err := ix.Check(t.Context()); err != nil || f.OK || !strings.Contains(f.Text, "lacks 1 of 20") {
		t.Errorf("%+v %v", f, err)
	}
	if err := ix.Rebuild(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if f, err := ix.Check(t.Context()); err != nil || !f.OK {
		t.Errorf("%+v %v", f, err)
	}
}

func TestUnusableFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if st := opened(t, file, newLedger()).Status(); st.Without == nil {
		t.Error("a file is no folder")
	}
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "articles", "lock"), 0o700); err != nil {
		t.Fatal(err)
	}
	if st := opened(t, dir, newLedger()).Status(); st.Without == nil {
		t.Error("a folder is no lock file")
	}
}
