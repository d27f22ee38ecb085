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

// The long article of TestBenchReader.
const (
	longWords = 100_000
	longMarks = 2_000
)

// TestBenchReader opens an article of 100,000 words with 2,000 marks in the real
// window and scrolls through it; an empty Fyne window stands beside it for the
// memory, and the empty reader for the frames.
func TestBenchReader(t *testing.T) {
	d := newDesk(t, lightSettings)
	notebook := filepath.Join(d.dir, "notebook")
	d.longArticle(notebook)
	_, emptyMemory := d.timeStart(d.command(d.emptyWindow()), "Empty")

	var first []time.Duration
	memory := 0
	for range benchStarts {
		d.start(notebook)
		d.settled()
		first = append(first, d.timeChange(func() { d.click(380, 150, 1) }))
		d.settled()
		d.xdotool("mousemove", "--window", d.window, "900", "500", "click", "--repeat", "300", "--delay", "10", "5")
		d.key("ctrl+End")
		d.settled()
		memory = max(memory, residentMB(d.program.Process.Pid))
		d.stop()
	}
	slices.Sort(first)
	t.Logf("from the click on the row to another picture of the text, the capture of it included: median %.0f ms, longest %.0f ms of %d",
		ms(first[len(first)/2]), ms(first[len(first)-1]), len(first))
	t.Logf("memory after scrolling to the end: %d MB; an empty Fyne window: %d MB", memory, emptyMemory)

	c := d.command("go", "test", "-count", "1", "-tags", "migrated_fynedo,e2e,bench", "-v", "-run", "TestBenchScroll", "./app/gui")
	c.Env = append(os.Environ(), "DISPLAY="+d.display, "LC_ALL=C.UTF-8", "WAYLAND_DISPLAY=", "REJOINDER_BENCH_NOTEBOOK="+notebook)
	out, err := c.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Fatal(err)
	}
}

// longArticle makes a notebook with one long article and many marks in it, some
// of them overlapping and some with statements.
func (d *desk) longArticle(notebook string) {
	d.t.Helper()
	ctx := context.Background()
	r := rand.New(rand.NewPCG(5, 6))
	zipf := rand.NewZipf(r, 1.07, 8, 60_000)
	var b strings.Builder
	for words := 0; words < longWords; {
		if r.IntN(12) == 0 {
			b.WriteString("## " + word(zipf.Uint64()+9) + "\n\n")
		}
		for sentences := 2 + r.IntN(6); sentences > 0; sentences-- {
			n := 6 + r.IntN(20)
			for range n {
				b.WriteString(word(zipf.Uint64()) + " ")
			}
			b.WriteString(word(zipf.Uint64()) + ". ")
			words += n + 1
		}
		b.WriteString("\n\n")
	}
	d.write("home/long.md", "# A long report\n\n"+b.String())
	nb, err := openIn(ctx, notebook, filepath.Join(d.dir, "cache"))
	if err != nil {
		d.t.Fatal(err)
	}
	defer func() {
		if err := nb.Close(); err != nil {
			d.t.Error(err)
		}
	}()
	var article app.ArticleID
	if err := nb.Import(ctx, []string{filepath.Join(d.dir, "home/long.md")}, app.ImportOptions{}, app.NoProgress{},
		func(r app.ImportResult) { article = r.Article }); err != nil {
		d.t.Fatal(err)
	}
	length := 0
	if err := nb.View(ctx, func(read app.Reader) error {
		a, err := read.Article(article)
		if err != nil {
			return err
		}
		text, err := read.Text(a.Text)
		length = app.RuneCount(text.Plain)
		return err
	}); err != nil {
		d.t.Fatal(err)
	}
	for i := range longMarks {
		at := length / (longMarks + 2) * (i + 1)
		spot := app.Spot{Article: string(article), Start: at, End: at + 20 + r.IntN(400)}
		mark := app.Annotation{Color: app.Colors[i%len(app.Colors)], Note: []string{"", "", "Who says so?"}[i%3]}
		if _, err := nb.Annotate(ctx, spot, mark); err != nil {
			d.t.Fatal(err)
		}
		if i%5 == 0 {
			if _, err := nb.AddStatement(ctx, app.StatementDraft{Actor: word(uint64(i % 40)), Claim: word(uint64(i%70)) + " is so", Stance: app.Stances[i%len(app.Stances)],
				Passage: &spot, Create: true}); err != nil {
				d.t.Fatal(err)
			}
		}
	}
}

// timeChange returns how long it takes from an act until the right half of the
// window looks different. A capture of it takes some ten milliseconds, which are
// part of the time.
func (d *desk) timeChange(act func()) time.Duration {
	d.t.Helper()
	look := func() []byte {
		out, err := d.command("import", "-window", d.window, "-crop", "300x300+700+200", "-depth", "8", "rgb:-").Output()
		if err != nil {
			d.t.Fatal(err)
		}
		return out
	}
	before := look()
	began := time.Now()
	act()
	for time.Since(began) < patience {
		if differing(before, look()) > blink {
			return time.Since(began)
		}
	}
	d.t.Fatal("the window looks as before")
	return 0
}

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
			if _, err := nb.Search(context.Background(), q); err != nil {
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
	memory := residentMB(c.Process.Pid)
	_ = c.Process.Kill()
	_ = c.Wait()
	return took, memory
}

// residentMB is the resident memory of a process.
func residentMB(pid int) int {
	kilobytes := 0
	if status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid)); err == nil {
		if _, after, ok := strings.Cut(string(status), "VmRSS:"); ok {
			_, _ = fmt.Sscan(after, &kilobytes)
		}
	}
	return kilobytes / 1024
}
