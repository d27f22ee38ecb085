//go:build bench

package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// TestBenchBoard prints how long each screen side by side takes to be worked out,
// first and after a change, on a large debate. The notebook is kept in
// REJOINDER_BENCH_NOTEBOOK for the window's benchmark.
func TestBenchBoard(t *testing.T) {
	folder := os.Getenv("REJOINDER_BENCH_NOTEBOOK")
	if folder == "" {
		folder = filepath.Join(t.TempDir(), "notebook")
	}
	size := apptest.Debate{Actors: 2000, Claims: 10_000, Statements: 50_000, Relations: 20_000, Articles: 3000}
	began := time.Now()
	nb := apptest.Open(t, folder)
	ctx := t.Context()
	if info, err := nb.Info(ctx); err != nil {
		t.Fatal(err)
	} else if info.Counts[app.KindActor] == 0 {
		nb.Debate(size)
		t.Logf("made in %v", time.Since(began).Round(time.Second))
	}
	t.Logf("%+v", size)

	if err := nb.Sync(ctx); err != nil { // the indexer would be measured with the rest
		t.Fatal(err)
	}
	before := heap()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	report := func(what string, n int, fn func(i int)) {
		times := make([]time.Duration, n)
		for i := range n {
			began := time.Now()
			fn(i)
			times[i] = time.Since(began)
		}
		slices.Sort(times)
		at := func(share float64) float64 { return float64(times[int(share*float64(n-1))].Microseconds()) / 1000 }
		t.Logf("%-58s p50 %7.1f  p95 %7.1f  longest %7.1f ms", what, at(.5), at(.95), at(1))
	}
	var d *app.Discourse
	report("read from scratch", 5, func(int) {
		var err error
		d, err = nb.FreshDiscourse(ctx)
		must(err)
	})
	_, err := nb.Discourse(ctx)
	must(err)
	t.Logf("memory of what is kept: %d MB", (heap()-before)>>20)
	report("nothing changed", 50, func(int) { _, err := nb.Discourse(ctx); must(err) })
	report("after a new statement", 20, func(i int) {
		_, err := nb.AddStatement(ctx, app.StatementDraft{Actor: string(d.Actors[i].ID), Claim: string(d.Claims[i].ID), Stance: app.Disputes})
		must(err)
		_, err = nb.Discourse(ctx)
		must(err)
	})
	d, err = nb.Discourse(ctx)
	must(err)
	byTalk := slices.Clone(d.Actors)
	slices.SortFunc(byTalk, func(a, b app.Actor) int { return len(d.Said(b.ID)) - len(d.Said(a.ID)) })
	t.Logf("the loudest actor makes %d statements", len(d.Said(byTalk[0].ID)))
	disputed := d.MostDisputed()
	report("board: nothing chosen", 20, func(int) { d.Columns("", "") })
	report("board: an actor chosen", 100, func(i int) { d.Columns(byTalk[i].ID, "") })
	report("board: a claim chosen", 100, func(i int) { d.Columns("", disputed[i]) })
	report("board: 40 cards with their evidence", 50, func(i int) {
		var passages []app.AnnotationID
		var things []string
		for _, c := range disputed[i*40 : i*40+40] {
			passages = append(passages, app.PassagesOf(d.ClaimCard(c, "").Statements)...)
			things = append(things, string(c))
		}
		_, err := nb.Evidence(ctx, passages, things)
		must(err)
	})
	report("dispute: claims in order", 20, func(int) { d.MostDisputed() })
	report("dispute: one claim with its evidence", 100, func(i int) {
		_, err := nb.Dispute(ctx, app.Scope{}, string(disputed[i]))
		must(err)
	})
	report("matrix", 20, func(int) { d.Matrix(app.MatrixOptions{Order: app.OrderDisputed}) })
	matrix := d.Matrix(app.MatrixOptions{Order: app.OrderDisputed})
	report("matrix: another time", 20, func(i int) {
		matrix.At(app.Date(fmt.Sprintf("%d", 2015+i%10)))
	})
	report("timeline by actor", 20, func(int) { d.Timeline(false) })
	report("timeline by claim", 20, func(int) { d.Timeline(true) })
	report("map: the claims with most relations", 20, func(int) { d.ClaimMap(app.MapOptions{}) })
	report("map: around a claim, with actors", 50, func(i int) { d.ClaimMap(app.MapOptions{Claim: disputed[i], Actors: true}) })
	report("page of an actor, the loudest first", 50, func(i int) {
		_, _, err := nb.Page(ctx, app.Scope{}, string(byTalk[i].ID))
		must(err)
	})
	report("page of a claim", 50, func(i int) {
		_, _, err := nb.Page(ctx, app.Scope{}, string(disputed[i]))
		must(err)
	})
	report("gaps", 20, func(int) { d.Gaps() })
	report("scope: one year", 20, func(int) {
		_, err := nb.InScope(ctx, app.Scope{From: "2019", To: "2019"})
		must(err)
	})
	report("scope: parts count for wholes", 20, func(int) {
		_, err := nb.InScope(ctx, app.Scope{Wholes: true})
		must(err)
	})
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
