//go:build bench

package searchbench

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"
)

// engine answers a query with its best 20.
type engine struct {
	name string
	ask  func(context.Context, query) (hits int, err error)
}

// TestBenchBuild builds the notebooks and FTS5's databases that are missing, and
// measures nothing else.
func TestBenchBuild(t *testing.T) {
	s := readSettings(t)
	c := newCorpus(corpusPassages(t, s))
	for _, n := range s.sizes {
		b := build(t, s, c, n)
		b.report(t)
		must(t, b.openedFTS5(t).close())
	}
}

// slow is how long a query may take and still be asked again.
const slow = time.Second

// TestBenchSpeed asks queries of each kind of our engine and of its peers, each
// query of all of them in turn, and takes each one's best of a few runs.
func TestBenchSpeed(t *testing.T) {
	s := readSettings(t)
	t.Log(machineFacts())
	c := newCorpus(corpusPassages(t, s))
	for _, n := range s.sizes {
		b := build(t, s, c, n)
		b.report(t)
		b.benchSpeed(t, s)
	}
}

func (b *built) benchSpeed(t *testing.T, s settings) {
	o, err := openOurs(t.Context(), b.notebook(), b.index())
	must(t, err)
	defer func() { must(t, o.close()) }()
	t.Logf("our index opened and brought up to date in %s", measured(t, func() error { return o.notebook.Sync(t.Context()) }))
	f := b.openedFTS5(t)
	defer func() { must(t, f.close()) }()
	engines := []engine{
		{"ours", func(ctx context.Context, q query) (int, error) { return o.search(ctx, q, false) }},
		{"FTS5", func(ctx context.Context, q query) (int, error) { return f.search(ctx, q, false) }},
		{"ours, snippets", shown(func(ctx context.Context, q query) (int, error) { return o.search(ctx, q, true) })},
		{"FTS5, snippets", shown(func(ctx context.Context, q query) (int, error) { return f.search(ctx, q, true) })},
	}
	if s.bleve && b.articles <= stockBleveLimit {
		stock, err := openStockBleve(t.Context(), b)
		must(t, err)
		defer func() { must(t, stock.close()) }()
		engines = append(engines, engine{"stock bleve", stock.search})
	}

	d := newDrawing(b)
	t.Log(d.vocabulary)
	drawn := map[queryKind][]query{}
	took := timings{}
	for _, kind := range queryKinds {
		drawn[kind] = d.draw(kind, s.queries)
		all := measured(t, func() error {
			took[kind] = race(t, engines, drawn[kind], b.runs())
			return nil
		})
		t.Logf("%s: %d queries, done after %.0f s", kind, len(drawn[kind]), all.Seconds())
	}
	names := []string{}
	for _, e := range engines {
		names = append(names, e.name)
	}
	if s.lucene && b.addLucene(t, drawn, took) {
		names = append(names, luceneName)
	}
	took.print(t, fmt.Sprintf("%d articles: ms to the best 20, p50 / p95 / p99 of each query's best of %d", b.articles, b.runs()), names)
	agreement(t, o, f, drawn)
}

// timings are each query's best time by kind and engine.
type timings map[queryKind]map[string][]time.Duration

func (all timings) print(t testing.TB, title string, engines []string) {
	t.Helper()
	results := newTable(title, append([]string{"kind", "queries"}, engines...)...)
	for _, kind := range queryKinds {
		asked := 0
		cells := []any{kind, 0}
		for _, e := range engines {
			got := all[kind][e]
			asked = max(asked, len(got))
			switch {
			case len(got) > 0:
				cells = append(cells, ms(percentile(got, 50))+" / "+ms(percentile(got, 95))+" / "+ms(percentile(got, 99)))
			case e == "ours":
				cells = append(cells, errNotYet)
			default:
				cells = append(cells, "-") // it has no such thing
			}
		}
		cells[1] = asked
		results.add(cells...)
	}
	results.print(t)
}

// runs is how often each query is asked.
func (b *built) runs() int {
	if b.articles <= 100_000 {
		return 5
	}
	return 3
}

// shown leaves out facets, which have no snippets.
func shown(ask func(context.Context, query) (int, error)) func(context.Context, query) (int, error) {
	return func(ctx context.Context, q query) (int, error) {
		if q.kind == facets {
			return 0, errNotYet
		}
		return ask(ctx, q)
	}
}

// openedFTS5 opens the peer, made first when it is not there.
func (b *built) openedFTS5(t testing.TB) *fts5 {
	t.Helper()
	must(t, b.storeFTS5())
	if !b.fts5Has(fts5Indexed) {
		cost := inChild[indexed](t, b, indexFTS5)
		t.Logf("FTS5 indexed in %.1f s: %.0f MB, peak memory %d MB", cost.Took.Seconds(), megabytes(cost.Bytes), cost.PeakKB/1024)
	}
	f, err := openFTS5(b.fts5())
	must(t, err)
	must(t, f.mapped())
	return f
}

// race asks every engine each query, the order of the engines changing, and
// returns each engine's best times by query. An engine that cannot do the kind
// is left out.
func race(t testing.TB, engines []engine, queries []query, runs int) map[string][]time.Duration {
	t.Helper()
	times := map[string][]time.Duration{}
	for i, q := range queries {
		best := make([]time.Duration, len(engines))
		for run := range runs {
			for k := range engines {
				at := (i + run + k) % len(engines)
				if best[at] > slow {
					continue
				}
				began := time.Now()
				_, err := engines[at].ask(t.Context(), q)
				took := time.Since(began)
				if errors.Is(err, errNotYet) {
					continue
				}
				if err != nil {
					t.Fatalf("%s, %v: %v", engines[at].name, q, err)
				}
				if best[at] == 0 || took < best[at] {
					best[at] = took
				}
			}
		}
		for at, e := range engines {
			if best[at] > 0 {
				times[e.name] = append(times[e.name], best[at])
			}
		}
	}
	return times
}

// agreement prints how far both find the same number of articles: they cut words
// alike, but ours finds quoted words unstemmed and publishers too.
func agreement(t testing.TB, o *ours, f *fts5, drawn map[queryKind][]query) {
	t.Helper()
	results := newTable("how many are found in all", "kind", "queries", "ours", "FTS5", "the same", "within a tenth")
	for _, kind := range []queryKind{term, and2, or6, phrase, prefix2, prefix3, fielded} {
		var all, same, near, ourSum, theirSum int
		for _, q := range drawn[kind] {
			our, err := o.count(t.Context(), q)
			if errors.Is(err, errNotYet) {
				break
			}
			must(t, err)
			their, err := f.count(t.Context(), q)
			must(t, err)
			all++
			ourSum, theirSum = ourSum+our, theirSum+their
			if our == their {
				same++
			}
			if 10*max(our-their, their-our) <= max(our, their) {
				near++
			}
		}
		if all > 0 {
			results.add(kind, all, ourSum, theirSum, same, near)
		}
	}
	results.print(t)
}
