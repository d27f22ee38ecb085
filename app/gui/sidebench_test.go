//go:build e2e && bench

package gui

import (
	"os"
	"runtime"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// TestBenchSides opens every screen side by side in the real window, on the large
// debate in REJOINDER_BENCH_NOTEBOOK that TestBenchBoard makes, and prints how
// long it takes from the act to the frame that shows it.
func TestBenchSides(t *testing.T) {
	folder := os.Getenv("REJOINDER_BENCH_NOTEBOOK")
	if folder == "" {
		t.Skip("make bench-board runs this")
	}
	nb := apptest.Open(t, folder)
	if err := nb.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	w := openWindow(t, nb)
	side := w.session.Side()
	waitFor(t, "what is recorded", func() bool { return side.Discourse != nil })
	f := newFrames()
	b := &sideBench{t: t, f: f, w: w}
	board, dispute := w.boardView.model, w.sides[screenDispute].(*disputeScreen).model
	matrix, timeline := w.sides[screenMatrix].(*matrixScreen), w.sides[screenTimeline].(*timelineScreen)
	claimMap, gaps := w.sides[screenMap].(*mapScreen), w.sides[screenGaps].(*gapsScreen)
	for range 2 { // the second time what is kept is there
		b.opens("board", screenBoard, func() bool { return len(board.Columns.Actors) > 0 })
		b.opens("dispute", screenDispute, func() bool { return dispute.Shown.Claim.ID != "" })
		b.opens("matrix", screenMatrix, func() bool { return matrix.model.Shown != nil })
		b.opens("timeline", screenTimeline, func() bool { return len(timeline.model.Shown.Lanes) > 0 })
		b.opens("map", screenMap, func() bool { return len(claimMap.model.Drawing.Boxes) > 0 })
		b.opens("gaps", screenGaps, func() bool { return gaps.model.Loaded() })
		b.opens("page", screenPage, func() bool { return w.pages.model.Shown.Ref.ID != "" })
	}
	d := side.Discourse
	disputed := d.MostDisputed()
	loudest := slices.Clone(d.Actors)
	slices.SortFunc(loudest, func(x, y app.Actor) int { return len(d.Said(y.ID)) - len(d.Said(x.ID)) })

	fyne.DoAndWait(board.Clear)
	b.show(screenBoard)
	b.reacts("board: an actor, the loudest first", func(i int) { board.ChooseActor(loudest[i].ID) }, nil)
	fyne.DoAndWait(board.Clear)
	b.reacts("board: a claim", func(i int) { board.ChooseClaim(disputed[i]) }, nil)
	b.reacts("board: the next claim comes into sight", func(i int) { w.boardView.by["claims"].cards.RevealTop(i) }, nil)
	b.reacts("board: 40 claims further", func(i int) { w.boardView.by["claims"].cards.RevealTop(i * 40) }, nil)
	b.show(screenDispute)
	b.reacts("dispute: another claim", func(i int) { dispute.Choose(disputed[i+1]) }, func(i int) bool { return dispute.Shown.Claim.ID == disputed[i+1] })
	b.show(screenMatrix)
	b.reacts("matrix: another cell", func(i int) { matrix.model.Choose(i, i) }, nil)
	before := matrix.model.Shown
	b.reacts("matrix: another time", func(i int) { before = matrix.model.Shown; matrix.model.Until(i * 40) }, func(int) bool { return matrix.model.Shown != before })
	b.show(screenTimeline)
	b.reacts("timeline: another statement", func(i int) { timeline.model.Choose(timeline.model.Shown.Lanes[i].Statements[0]) }, nil)
	b.reacts("timeline: zoom", func(i int) { timeline.lanes.Zoom(1.2) }, nil)
	b.show(screenMap)
	b.reacts("map: another claim", func(i int) { claimMap.model.Choose(i) }, nil)
	b.reacts("map: zoom", func(i int) { claimMap.view.Zoom([]float32{1.2, 0.8}[i%2]) }, nil)
	b.show(screenGaps)
	b.reacts("gaps: another kind", func(i int) { gaps.model.Choose(app.GapKinds[i%len(app.GapKinds)]) }, nil)
	runtime.GC()
	b.show(screenPage)
	b.reacts("page: another actor, the loudest first", func(i int) { w.pages.model.Open(app.RefTo(app.KindActor, loudest[i].ID)) },
		func(i int) bool { return w.pages.model.Shown.Ref.ID == string(loudest[i].ID) })
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	t.Logf("memory: %d MB in use, %d MB of the system", m.HeapAlloc>>20, m.Sys>>20)
}

type sideBench struct {
	t *testing.T
	f *frames
	w *window
}

// opens prints how long a screen takes to come to the front.
func (b *sideBench) opens(name string, s screen, ready func() bool) {
	fyne.DoAndWait(func() { b.w.show(screenLibrary) })
	took := b.f.until(func() { b.w.show(s) }, func() bool { return b.w.shown() == s && ready() })
	b.t.Logf("%-40s opens in %6.0f ms", name, float64(took.Microseconds())/1000)
}

func (b *sideBench) show(s screen) {
	fyne.DoAndWait(func() { b.w.show(s) })
	time.Sleep(time.Second) // what it fetches has come
}

// reacts prints how long it takes from an act to the frame that shows it.
func (b *sideBench) reacts(name string, act func(i int), done func(i int) bool) {
	var times []time.Duration
	for i := range 40 {
		times = append(times, b.f.until(func() { act(i) }, func() bool { return done == nil || done(i) }))
		time.Sleep(120 * time.Millisecond) // a hand that is in a hurry
	}
	slices.Sort(times)
	b.t.Logf("%-40s reacts: %s", name, inWords(times))
}
