//go:build e2e && bench

package main

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"rejoinder/app"
)

const (
	benchArticles = 10_000
	benchBytes    = 2_200 // of text in an article
	benchStarts   = 7     // of each window
)

// TestBench imports 10,000 generated articles with the real program, searches
// them, and starts the window on them beside an empty Fyne window.
func TestBench(t *testing.T) {
	d := newDesk(t, lightSettings)
	articles, notebook := filepath.Join(d.dir, "articles"), filepath.Join(d.dir, "notebook")
	if err := os.MkdirAll(articles, 0o700); err != nil {
		t.Fatal(err)
	}
	bytes := generate(t, articles)
	path, err := builtProgram()
	if err != nil {
		t.Fatal(err)
	}

	importing := d.command(path, "--notebook", notebook, "--json", "import", articles)
	began := time.Now()
	if out, err := importing.CombinedOutput(); err != nil {
		t.Fatalf("import: %v\n%s", err, out[max(0, len(out)-2000):])
	}
	took := time.Since(began)
	peak := importing.ProcessState.SysUsage().(*syscall.Rusage).Maxrss / 1024
	t.Logf("import and index: %d articles, %.1f MB in %.1f s: %.0f articles/s, %.2f MB/s, peak memory %d MB",
		benchArticles, float64(bytes)/1e6, took.Seconds(), benchArticles/took.Seconds(), float64(bytes)/1e6/took.Seconds(), peak)
	t.Logf("on disk: database %.1f MB, index %.1f MB (%.2f bytes a byte of text)", size(t, filepath.Join(notebook, "notebook.db")),
		size(t, filepath.Join(d.dir, "cache")), size(t, filepath.Join(d.dir, "cache"))*1e6/float64(bytes))
	d.benchSearch(notebook)
	d.benchStart(path, notebook)
}

// generate writes articles whose words are spread as in a language: a few often,
// most seldom (Zipf), in sentences and paragraphs. It returns how many bytes.
func generate(t *testing.T, dir string) int {
	r := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(r, 1.07, 8, 60_000)
	total := 0
	for i := range benchArticles {
		var b strings.Builder
		fmt.Fprintf(&b, "%s %s %s %d\n\n", word(zipf.Uint64()+40), word(zipf.Uint64()), word(zipf.Uint64()+9), i)
		for b.Len() < benchBytes {
			for n := 5 + r.IntN(20); n > 0; n-- {
				b.WriteString(word(zipf.Uint64()) + " ")
			}
			b.WriteString(word(zipf.Uint64()) + []string{". ", ". ", ". ", ".\n\n"}[r.IntN(4)])
		}
		total += b.Len()
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%05d.txt", i)), []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return total
}

// word is the nth word of a made-up language, short ones first.
func word(n uint64) string {
	const consonants, vowels = "bdfgklmnprstvz", "aeiou"
	var b strings.Builder
	for n += 5; n > 0; n /= 70 {
		b.WriteByte(consonants[n%14])
		b.WriteByte(vowels[n/14%5])
	}
	return b.String()
}

func size(t *testing.T, path string) (megabytes float64) {
	err := filepath.WalkDir(path, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		megabytes += float64(info.Size()) / 1e6
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return megabytes
}

// benchSearch searches through the notebook, snippets included.
func (d *desk) benchSearch(notebook string) {
	nb, err := openIn(context.Background(), notebook, filepath.Join(d.dir, "cache"))
	if err != nil {
		d.t.Fatal(err)
	}
	defer func() { _ = nb.Close() }()
	r := rand.New(rand.NewPCG(3, 4))
	zipf := rand.NewZipf(r, 1.07, 8, 60_000)
	any := func() string { return word(zipf.Uint64() + 20) }
	for _, kind := range []struct {
		name string
		make func() app.SearchQuery
	}{
		{"one word", func() app.SearchQuery { return app.SearchQuery{Text: any()} }},
		{"two words", func() app.SearchQuery { return app.SearchQuery{Text: any() + " " + any()} }},
		{"phrase", func() app.SearchQuery { return app.SearchQuery{Text: `"` + any() + " " + any() + `"`} }},
		{"typing, 3 letters", func() app.SearchQuery { return app.SearchQuery{Text: (any() + any())[:3], Typing: true} }},
	} {
		var times []time.Duration
		for range 200 {
			q := kind.make()
			q.Limit = 20
			began := time.Now()
			if _, _, err := nb.Search(context.Background(), q); err != nil {
				d.t.Fatal(err)
			}
			times = append(times, time.Since(began))
		}
		slices.Sort(times)
		d.t.Logf("search, %-18s p50 %5.1f ms, p95 %5.1f ms (20 hits with snippets)", kind.name+":", ms(times[100]), ms(times[190]))
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// benchStart opens our window and an empty Fyne window in turn and compares how
// long each takes to be drawn and the memory it has then.
func (d *desk) benchStart(path, notebook string) {
	empty := d.emptyWindow()
	var ours, theirs []time.Duration
	var memory, emptyMemory int
	for range benchStarts {
		took, m := d.timeStart(d.command(empty), "Empty")
		theirs, emptyMemory = append(theirs, took), m
		took, m = d.timeStart(d.command(path, "--notebook", notebook), "Rejoinder")
		ours, memory = append(ours, took), m
	}
	slices.Sort(ours)
	slices.Sort(theirs)
	a, b := ours[benchStarts/2], theirs[benchStarts/2]
	d.t.Logf("window on %d articles: drawn after %.0f ms, %d MB; an empty Fyne window: %.0f ms, %d MB; ratio %.2f (medians of %d)",
		benchArticles, ms(a), memory, ms(b), emptyMemory, float64(a)/float64(b), benchStarts)
}

// emptyWindow builds a program that opens an empty Fyne window.
func (d *desk) emptyWindow() string {
	dir := filepath.Join("build", "_emptywindow") // "_" keeps it out of ./...
	if err := os.MkdirAll(dir, 0o700); err != nil {
		d.t.Fatal(err)
	}
	program := `package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"
)

func main() {
	w := app.NewWithID("empty").NewWindow("Empty")
	w.SetContent(widget.NewLabel("Empty"))
	w.Resize(fyne.NewSize(1440, 860))
	w.ShowAndRun()
}
`
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(program), 0o600); err != nil {
		d.t.Fatal(err)
	}
	path := filepath.Join(d.dir, "empty")
	if out, err := exec.Command("go", "build", "-tags", "migrated_fynedo", "-o", path, "./"+dir).CombinedOutput(); err != nil {
		d.t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// timeStart starts a program and returns when its window is drawn, and its
// memory in MB then.
func (d *desk) timeStart(c *exec.Cmd, title string) (time.Duration, int) {
	began := time.Now()
	if err := c.Start(); err != nil {
		d.t.Fatal(err)
	}
	var took time.Duration
	d.eventually(title, func() bool {
		out, err := d.command("xdotool", "search", "--onlyvisible", "--name", "^"+title+"$").Output()
		if err != nil {
			return false
		}
		id := strings.TrimSpace(string(out))
		out, err = d.command("import", "-window", id, "-crop", "300x300+0+0", "-format", "%k", "info:-").Output()
		colors := 0
		_, _ = fmt.Sscan(string(out), &colors)
		took = time.Since(began)
		return err == nil && colors > 5
	})
	memory := 0
	if status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.Process.Pid)); err == nil {
		if _, after, ok := strings.Cut(string(status), "VmRSS:"); ok {
			_, _ = fmt.Sscan(after, &memory)
		}
	}
	_ = c.Process.Kill()
	_ = c.Wait()
	return took, memory / 1024
}
