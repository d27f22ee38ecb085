//go:build bench

package searchbench

import (
	"os"
	"runtime/pprof"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestProbe(t *testing.T) {
	s := readSettings(t)
	c := newCorpus(corpusPassages(t, s))
	b := build(t, s, c, s.sizes[0])
	o, err := openOurs(t.Context(), b.notebook(), b.index())
	must(t, err)
	defer func() { must(t, o.close()) }()
	start := time.Now()
	if os.Getenv("BUILD") != "" {
		f, _ := os.Create("/tmp/build.prof")
		must(t, pprof.StartCPUProfile(f))
	}
	must(t, o.notebook.Sync(t.Context()))
	if os.Getenv("BUILD") != "" {
		pprof.StopCPUProfile()
		t.Log("built in ", time.Since(start))
		return
	}
	t.Log("synced", time.Since(start))
	d := newDrawing(b)
	want := os.Getenv("KIND")
	snip := os.Getenv("SNIP") != ""
	for _, kind := range queryKinds {
		if want != "" && !strings.Contains(string(kind), want) {
			continue
		}
		qs := d.draw(kind, s.queries)
		var first, best []time.Duration
		if want != "" {
			f, _ := os.Create("/tmp/probe.prof")
			must(t, pprof.StartCPUProfile(f))
		}
		for _, q := range qs {
			bst := time.Hour
			for i := range 4 {
				a := time.Now()
				_, err := o.search(t.Context(), q, snip)
				must(t, err)
				x := time.Since(a)
				if i == 0 {
					first = append(first, x)
				}
				bst = min(bst, x)
			}
			best = append(best, bst)
			if want != "" && bst > 30*time.Millisecond {
				t.Log(q, bst)
			}
		}
		if want != "" {
			pprof.StopCPUProfile()
		}
		slices.Sort(first)
		slices.Sort(best)
		t.Logf("%-18s first p50 %s p95 %s p99 %s; best %s %s %s", kind, ms(percentile(first, 50)), ms(percentile(first, 95)), ms(percentile(first, 99)),
			ms(percentile(best, 50)), ms(percentile(best, 95)), ms(percentile(best, 99)))
	}
}
