//go:build bench

package app_test

import (
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rejoinder/app"
	"rejoinder/app/importer"
)

// realArticles reads web pages from the test data of go-trafilatura, which the
// importer is made with, in Go's module cache.
func realArticles(t *testing.T, most int) []string {
	t.Helper()
	var out []string
	for _, c := range realContents(t, most) {
		out = append(out, c.Plain)
	}
	return out
}

// realContents are the same with their blocks.
func realContents(t *testing.T, most int) []app.Content {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/markusmobius/go-trafilatura").Output()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(dir)), "test-files", "comparison", "*.html"))
	if err != nil || len(files) == 0 {
		t.Skipf("no pages in %s: %v", dir, err)
	}
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
	im := importer.New()
	var out []app.Content
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := im.Read(t.Context(), filepath.Base(f), data, app.ReadAs{})
		if n := app.CountWords(doc.Content.Plain); err != nil || n < 250 || n > 10_000 {
			continue
		}
		if out = append(out, doc.Content); len(out) == most {
			break
		}
	}
	return out
}

// TestBenchAnchors marks passages of real articles, edits these, and compares
// where the marks go with what Hypothesis' client would do. The columns: whether
// the place was found, whatever its words; what becomes of a bare highlight there;
// of a mark that carries a statement; and with Hypothesis.
func TestBenchAnchors(t *testing.T) {
	articles := realArticles(t, 250)
	t.Logf("%d articles", len(articles))
	for _, share := range []float64{0.05, 0.1, 0.2} {
		var ours, theirs, bare, bearing [silent + 1]int
		noted := 0 // bare highlights that were carried and say "text changed"
		var oursTook, theirsTook time.Duration
		helped, total := 0, 0
		for i, text := range articles {
			old := newPage(text)
			for n := range 5 {
				rng := rand.New(rand.NewPCG(uint64(i), uint64(n)))
				start, end := old.somePassage(rng)
				a, err := app.NewAnchor(text, start, end)
				if err != nil {
					t.Fatal(err)
				}
				edited := old.rewrite(rng, share)
				after := edited.String()
				began := time.Now()
				got := a.Reanchor(text, after)
				oursTook += time.Since(began)
				f := edited.fateOf(text, start, end, got)
				ours[f]++
				for _, hangs := range []struct {
					bears bool
					count *[silent + 1]int
				}{{false, &bare}, {true, &bearing}} {
					move := app.CarryMark(a, app.Content{Plain: text}, app.Content{Plain: after}, hangs.bears)
					fate := edited.fateOf(text, start, end, app.Reanchored{State: move.State, Anchor: move.New})
					hangs.count[fate]++
					if fate == silent {
						t.Errorf("article %d, mark %d, %.0f %%: %s: %q became %q", i, n, 100*share, move.State, a.Quote, move.New.Quote)
					}
					if move.TextChanged {
						noted++
					}
				}
				if f == review {
					if ok, _ := edited.judge(start, end, got.Anchor.Start, got.Anchor.End); ok {
						helped++
					}
				}
				if f == silent {
					t.Errorf("article %d, mark %d, %.0f %%: %s: %q became %q", i, n, 100*share, got.State, a.Quote, got.Anchor.Quote)
				}
				began = time.Now()
				s, e, found := hypothesis([]rune(after), a)
				theirsTook += time.Since(began)
				theirs[edited.fateOf(text, start, end, asReanchored(s, e, found))]++
				total++
			}
		}
		t.Logf("%.0f %% of the words edited, %d marks", 100*share, total)
		t.Logf("  %-20s %10s %10s %10s %10s", "", "place", "highlight", "statement", "Hypothesis")
		for f := range ours {
			t.Logf("  %-20s %10d %10d %10d %10d", fates[f], ours[f], bare[f], bearing[f], theirs[f])
		}
		t.Logf("  of the highlights carried, with \"text changed\": %d", noted)
		t.Logf("  of those for review, the place shown is right: %d", helped)
		t.Logf("  time for each mark: %v, %v", (oursTook / time.Duration(total)).Round(10*time.Microsecond), (theirsTook / time.Duration(total)).Round(10*time.Microsecond))
	}
}

func asReanchored(start, end int, found bool) app.Reanchored {
	if !found {
		return app.Reanchored{State: app.AnchorOrphan}
	}
	return app.Reanchored{State: app.AnchorExact, Anchor: app.Anchor{Start: start, End: end}}
}

// hypothesis anchors as Hypothesis' client does, src/annotator/anchoring/html.ts
// and match-quote.ts: the position if the quote stands there, else the best match
// of the quote by its score, which is always taken.
func hypothesis(text []rune, a app.Anchor) (start, end int, found bool) {
	quote := []rune(a.Quote)
	if a.End <= len(text) && string(text[a.Start:a.End]) == a.Quote {
		return a.Start, a.End, true
	}
	best := math.Inf(-1)
	for _, m := range approxSearch(text, quote, min(256, len(quote)/2)) {
		score := 50 * (1 - float64(m.errors)/float64(len(quote)))
		score += 20 * contextScore(text[max(0, m.start-len([]rune(a.Prefix))):m.start], []rune(a.Prefix))
		score += 20 * contextScore(text[m.end:min(len(text), m.end+len([]rune(a.Suffix)))], []rune(a.Suffix))
		score += 2 * (1 - math.Abs(float64(m.start-a.Start))/float64(len(text)))
		if score > best {
			start, end, found, best = m.start, m.end, true, score
		}
	}
	return start, end, found
}

func contextScore(text, context []rune) float64 {
	switch {
	case len(context) == 0:
		return 1
	case len(text) == 0:
		return 0
	}
	return 1 - float64(approxSearch(text, context, len(context))[0].errors)/float64(len(context))
}

type approxMatch struct{ start, end, errors int }

// approxSearch returns the exact matches, or as the library approx-string-match
// does those with the fewest errors.
func approxSearch(text, pattern []rune, most int) []approxMatch {
	var out []approxMatch
	for i := 0; i+len(pattern) <= len(text); i++ {
		if slices.Equal(text[i:i+len(pattern)], pattern) {
			out = append(out, approxMatch{i, i + len(pattern), 0})
		}
	}
	if len(out) > 0 {
		return out
	}
	errors := endErrors(text, pattern)
	for _, e := range errors {
		most = min(most, e)
	}
	reversed := slices.Clone(pattern)
	slices.Reverse(reversed)
	for i, e := range errors {
		if e != most {
			continue
		}
		end := i + 1
		before := slices.Clone(text[max(0, end-len(pattern)-e):end])
		slices.Reverse(before)
		start := end
		for j, back := range endErrors(before, reversed) {
			if back <= e {
				start = min(start, end-j-1)
			}
		}
		out = append(out, approxMatch{start, end, e})
	}
	return out
}

// endErrors are the errors of the best match that ends with each letter.
func endErrors(text, pattern []rune) []int {
	cost := make([]int, len(pattern)+1)
	for i := range cost {
		cost[i] = i
	}
	out := make([]int, len(text))
	for j, r := range text {
		diagonal := 0
		for i, p := range pattern {
			change := diagonal
			if p != r {
				change++
			}
			diagonal = cost[i+1]
			cost[i+1] = min(change, cost[i]+1, diagonal+1)
		}
		out[j] = cost[len(pattern)]
	}
	return out
}
