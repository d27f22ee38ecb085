//go:build bench

package importer

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/markusmobius/go-trafilatura"

	"rejoinder/app"
	"rejoinder/app/verbatim"
)

// benchPage is a page of scrapinghub/article-extraction-benchmark.
type benchPage struct {
	id    string
	html  []byte
	truth string // the article's words, without its title
}

// benchPages reads the benchmark from the folder IMPORTBENCH names.
func benchPages(t *testing.T) []benchPage {
	t.Helper()
	folder := os.Getenv("IMPORTBENCH")
	data, err := os.ReadFile(filepath.Join(folder, "ground-truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var truth map[string]struct {
		ArticleBody string `json:"articleBody"`
	}
	if err := json.Unmarshal(data, &truth); err != nil {
		t.Fatal(err)
	}
	var pages []benchPage
	for id, entry := range truth {
		f, err := os.Open(filepath.Join(folder, "html", id+".html.gz"))
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		html, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		_ = f.Close()
		pages = append(pages, benchPage{id, html, entry.ArticleBody})
	}
	slices.SortFunc(pages, func(a, b benchPage) int { return strings.Compare(a.id, b.id) })
	return pages
}

// TestBenchImport tells how well the article in a page is found: precision,
// recall and F1 over 4-grams of words as the benchmark's evaluate.py counts
// them, and the CPU time of a page beside that of plain go-trafilatura.
func TestBenchImport(t *testing.T) {
	pages := benchPages(t)
	var whole, body score
	start := cpuTime(t)
	for _, p := range pages {
		doc, err := New().Read(t.Context(), "page.html", p.html, app.ReadAs{})
		if err != nil {
			t.Logf("%s: %v", p.id, err)
		}
		whole.add(p.truth, doc.Content.Plain)
		words := doc.Content.Plain
		if blocks := doc.Content.Blocks; len(blocks) > 0 && blocks[0].Kind == app.BlockHeading && blocks[0].Level == 1 {
			words = app.Slice(words, blocks[0].End, len(words))
		}
		f1 := body.add(p.truth, words)
		if f1 < 0.9 || testing.Verbose() && os.Getenv("IMPORTBENCH_EACH") != "" {
			t.Logf("%s: F1 %.3f wrong %.3f missed %.3f", p.id[:8], f1, body.lastWrong, body.lastMissed)
		}
	}
	ours := cpuTime(t) - start
	start = cpuTime(t)
	for _, p := range pages {
		_ = verbatim.Read(p.html, verbatim.Format{MediaType: "text/html"})
	}
	again := cpuTime(t) - start
	plain := plainTrafilatura(t, pages)
	t.Logf("text as kept     %s", whole)
	t.Logf("without title    %s", body)
	t.Logf("CPU a page       %v, plain go-trafilatura %v: ratio %.2f", ours/time.Duration(len(pages)),
		plain/time.Duration(len(pages)), float64(ours)/float64(plain))
	t.Logf("and its check    %v: ratio %.2f", again/time.Duration(len(pages)), float64(ours+again)/float64(plain))
}

// score sums true and false 4-grams, each page with the same weight.
type score struct{ right, wrong, missed, lastWrong, lastMissed float64 }

var wordPattern = regexp.MustCompile(`[\pL\pN\pM_]+`)

func shingles(text string) map[string]int {
	const n = 4
	words := wordPattern.FindAllString(text, -1)
	out := map[string]int{}
	for i := range max(0, len(words)-n+1) {
		out[strings.Join(words[i:i+n], " ")]++
	}
	return out
}

// add returns the F1 of this page alone.
func (s *score) add(truth, found string) float64 {
	want, got := shingles(truth), shingles(found)
	var right, wrong, missed float64
	for k, n := range want {
		right += float64(min(n, got[k]))
		missed += float64(max(0, n-got[k]))
	}
	for k, n := range got {
		wrong += float64(max(0, n-want[k]))
	}
	all := right + wrong + missed
	if all == 0 {
		return 1
	}
	s.right, s.wrong, s.missed = s.right+right/all, s.wrong+wrong/all, s.missed+missed/all
	s.lastWrong, s.lastMissed = wrong/all, missed/all
	return 2 * right / (2*right + wrong + missed)
}

func (s score) String() string {
	p, r := s.right/(s.right+s.wrong), s.right/(s.right+s.missed)
	return fmt.Sprintf("precision %.4f recall %.4f F1 %.4f", p, r, 2*p*r/(p+r))
}

// cpuTime is the time that this process has spent on all processors.
func cpuTime(t *testing.T) time.Duration {
	t.Helper()
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		t.Fatal(err)
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// plainTrafilatura is the CPU time of go-trafilatura alone, as its README calls it.
func plainTrafilatura(t *testing.T, pages []benchPage) time.Duration {
	start := cpuTime(t)
	for _, p := range pages {
		text, err := decode(p.html, true, "")
		if err != nil {
			continue
		}
		_, _ = trafilatura.Extract(strings.NewReader(text.text), trafilatura.Options{EnableFallback: true, ExcludeComments: true})
	}
	return cpuTime(t) - start
}
