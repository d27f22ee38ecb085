package search

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"rejoinder/app"
)

func segmentOf(t *testing.T, volume string) string {
	zaps, _ := filepath.Glob(filepath.Join(volume, "store", "*.zap"))
	if len(zaps) == 0 {
		t.Fatal("no segments")
	}
	return zaps[0]
}

func rootOf(volume string) string { return filepath.Join(volume, "store", "root.bolt") }

func overwrite(t *testing.T, name string, fn func([]byte) []byte) {
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, fn(data), 0o600); err != nil {
		t.Fatal(err)
	}
}

func half(b []byte) []byte { return b[:len(b)/2] }

func zero(b []byte) []byte { return make([]byte, len(b)) }

func garbage(b []byte) []byte {
	for i := range b {
		b[i] = byte(i*7 + 3)
	}
	return b
}

// damages are what can happen to the folder of a closed index.
var damages = map[string]func(t *testing.T, volume string){
	"truncated segment": func(t *testing.T, v string) { overwrite(t, segmentOf(t, v), half) },
	"zeroed segment":    func(t *testing.T, v string) { overwrite(t, segmentOf(t, v), zero) },
	"zeroed inside": func(t *testing.T, v string) {
		overwrite(t, segmentOf(t, v), func(b []byte) []byte { clear(b[len(b)/4 : len(b)/2]); return b })
	},
	"empty segment":   func(t *testing.T, v string) { overwrite(t, segmentOf(t, v), func([]byte) []byte { return nil }) },
	"missing segment": func(t *testing.T, v string) { os.Remove(segmentOf(t, v)) },
	"missing root":    func(t *testing.T, v string) { os.Remove(rootOf(v)) },
	"garbage root":    func(t *testing.T, v string) { overwrite(t, rootOf(v), garbage) },
	"truncated root": func(t *testing.T, v string) {
		overwrite(t, rootOf(v), func(b []byte) []byte { return b[:3*os.Getpagesize()] })
	},
	"short root": func(t *testing.T, v string) { overwrite(t, rootOf(v), func(b []byte) []byte { return b[:100] }) },
	"garbage in root": func(t *testing.T, v string) {
		overwrite(t, rootOf(v), func(b []byte) []byte { garbage(b[2*os.Getpagesize():]); return b })
	},
	"missing meta":   func(t *testing.T, v string) { os.Remove(filepath.Join(v, "index_meta.json")) },
	"garbage meta":   func(t *testing.T, v string) { overwrite(t, filepath.Join(v, "index_meta.json"), garbage) },
	"missing folder": func(t *testing.T, v string) { os.RemoveAll(v) },
	"missing store":  func(t *testing.T, v string) { os.RemoveAll(filepath.Join(v, "store")) },
	"everything":     func(t *testing.T, v string) { os.RemoveAll(filepath.Dir(v)) },
}

func TestDamage(t *testing.T) {
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			l := newLedger(numbered(50)...)
			dir := made(t, l)
			damage(t, filepath.Join(dir, volumesIn(t, dir)[0]))
			ix := synced(t, opened(t, dir, l))
			total(t, ix, "everybody", 50)
			finds(t, ix, "number7", "a00007")
			if l.built() != 2 {
				t.Errorf("built %d times", l.built())
			}
			if f, err := ix.Check(t.Context()); err != nil || !f.OK {
				t.Errorf("check: %+v %v", f, err)
			}
			if got := volumesIn(t, dir); len(got) != 1 {
				t.Errorf("folders %q", got)
			}
		})
	}
}

// TestDamageWhileOpen truncates a mapped segment: reading it faults.
func TestDamageWhileOpen(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("mapped files cannot be truncated there")
	}
	l := newLedger(numbered(300)...)
	ix := synced(t, opened(t, t.TempDir(), l))
	zaps, _ := filepath.Glob(filepath.Join(ix.articles.dir, volumesIn(t, ix.articles.dir)[0], "store", "*.zap"))
	for _, z := range zaps {
		if err := os.Truncate(z, 0); err != nil {
			t.Fatal(err)
		}
	}
	_, err := ix.Search(t.Context(), app.SearchQuery{Text: "everybody"})
	if !errors.Is(err, app.ErrDamaged) {
		t.Fatalf("search: %v", err)
	}
	synced(t, ix)
	total(t, ix, "everybody", 300)
	if l.built() != 2 {
		t.Errorf("built %d times", l.built())
	}
}

// TestAsyncError breaks the index as one of bleve's own goroutines would.
func TestAsyncError(t *testing.T) {
	l := newLedger(numbered(10)...)
	ix := synced(t, opened(t, t.TempDir(), l))
	breaking := func() {
		o := ix.articles.owner
		v := o.serving
		v.fail(errors.New("merging failed"))
		v.alarm()
		if err := o.wait(t.Context(), func() (bool, error) { return o.serving != nil && o.serving != v, nil }); err != nil {
			t.Fatal(err)
		}
		total(t, synced(t, ix), "everybody", 10)
	}
	breaking()
	if l.built() != 1 {
		t.Errorf("sound files were not opened again: built %d times", l.built())
	}
	breaking()
	if l.built() != 2 {
		t.Errorf("breaking again did not rebuild: built %d times", l.built())
	}
}

func TestFailedWrite(t *testing.T) {
	l := newLedger(numbered(10)...)
	ix := synced(t, opened(t, t.TempDir(), l))
	ix.articles.owner.serving.index.Close() // bleve refuses every write from now on
	l.put(article("x", "X", "everybody"))
	synced(t, ix)
	total(t, ix, "everybody", 11)
}

// TestFolderDeletedWhileOpen is what a cleaner of caches does.
func TestFolderDeletedWhileOpen(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("open files cannot be deleted there")
	}
	l := newLedger(numbered(10)...)
	ix := synced(t, opened(t, t.TempDir(), l))
	if err := os.RemoveAll(filepath.Dir(ix.articles.dir)); err != nil {
		t.Fatal(err)
	}
	l.put(article("x", "X", "everybody"))
	synced(t, ix)
	total(t, ix, "everybody", 11)
}

// TestFileInTheWay has a file where an index was.
func TestFileInTheWay(t *testing.T) {
	l := newLedger(numbered(10)...)
	dir := made(t, l)
	for _, v := range volumesIn(t, dir) {
		if err := os.RemoveAll(filepath.Join(dir, v)); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, v), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ix := synced(t, opened(t, dir, l))
	total(t, ix, "everybody", 10)
	if got := volumesIn(t, dir); len(got) != 1 {
		t.Errorf("folders %q", got)
	}
}
