package search

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"rejoinder/app"
)

type steps struct {
	mu    sync.Mutex
	seen  []int
	total int
	after func(done int)
}

func (s *steps) Step(done, total int, _ string) {
	s.mu.Lock()
	s.seen, s.total = append(s.seen, done), total
	s.mu.Unlock()
	if s.after != nil {
		s.after(done)
	}
}

func TestRebuildWhileSearching(t *testing.T) {
	l := newLedger(numbered(500)...)
	l.batch = 50
	ix := synced(t, opened(t, t.TempDir(), l))
	var stop atomic.Bool
	var searches sync.WaitGroup
	searches.Go(func() {
		for !stop.Load() {
			total(t, ix, "everybody", 500)
			ix.Status()
		}
	})
	var s steps
	s.after = func(done int) {
		if st := ix.Status(); !st.Building || st.Done != done || st.Total != 500 {
			t.Errorf("at %d: %+v", done, st)
		}
		total(t, ix, "number499", 1)
	}
	for range 3 {
		if err := ix.Rebuild(t.Context(), &s); err != nil {
			t.Fatal(err)
		}
	}
	stop.Store(true)
	searches.Wait()
	if len(s.seen) != 30 || s.seen[9] != 500 || s.total != 500 {
		t.Errorf("steps %v of %d", s.seen, s.total)
	}
	if st := synced(t, ix).Status(); st.Building || st.Err != nil {
		t.Errorf("status %+v", st)
	}
	if got := volumesIn(t, ix.articles.dir); len(got) != 1 {
		t.Errorf("folders %q", got)
	}
}

func TestCancelRebuild(t *testing.T) {
	l := newLedger(numbered(500)...)
	l.batch = 10
	ix := synced(t, opened(t, t.TempDir(), l))
	before := volumesIn(t, ix.articles.dir)
	ctx, cancel := context.WithCancel(t.Context())
	l.with(func() {
		l.handed = func(n int) error {
			if n == 20 { // the build goes on until it knows
				ix.articles.owner.mu.RLock()
				given := ix.articles.owner.job.ctx
				ix.articles.owner.mu.RUnlock()
				<-given.Done()
			}
			return nil
		}
	})
	err := ix.Rebuild(ctx, &steps{after: func(int) { cancel() }})
	l.with(func() { l.handed = nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("rebuild: %v", err)
	}
	l.put(article("x", "X", "everybody"))
	synced(t, ix)
	total(t, ix, "everybody", 501)
	if after := volumesIn(t, ix.articles.dir); !slices.Equal(before, after) {
		t.Errorf("folders before %q, after %q", before, after)
	}
	if err := ix.Rebuild(t.Context(), nil); err != nil {
		t.Errorf("rebuild after a cancelled one: %v", err)
	}
}

// TestFirstBuild searches what is built so far.
func TestFirstBuild(t *testing.T) {
	l := newLedger(numbered(40)...)
	l.batch = 10
	half, goOn := make(chan struct{}), make(chan struct{})
	l.handed = func(n int) error {
		if n == 20 {
			close(half)
			<-goOn
		}
		return nil
	}
	ix := opened(t, t.TempDir(), l)
	<-half
	if s := ix.Status(); !s.Building || s.Done != 20 || s.Total != 40 {
		t.Errorf("status %+v", s)
	}
	if _, err := ix.Search(t.Context(), app.SearchQuery{Text: "everybody"}); err != nil {
		t.Errorf("search: %v", err)
	}
	var joined steps
	done := make(chan error)
	go func() { done <- ix.Rebuild(t.Context(), &joined) }()
	o := ix.articles.owner
	for o.wait(t.Context(), func() (bool, error) { return len(o.job.listeners) == 1, nil }) != nil {
	}
	close(goOn)
	if err := <-done; err != nil {
		t.Errorf("joined: %v", err)
	}
	synced(t, ix)
	total(t, ix, "everybody", 40)
	if l.built() != 1 || len(joined.seen) == 0 {
		t.Errorf("built %d times, told %v", l.built(), joined.seen)
	}
}

func TestFailingBuildIsTriedAgain(t *testing.T) {
	l := newLedger(numbered(40)...)
	l.batch = 10
	failures := 2
	l.handed = func(n int) error {
		if n == 20 && failures > 0 {
			failures--
			return errLedger
		}
		return nil
	}
	ix := opened(t, t.TempDir(), l)
	o := ix.articles.owner
	if err := o.wait(t.Context(), func() (bool, error) { return o.serving != nil, nil }); err != nil {
		t.Fatal(err)
	}
	total(t, synced(t, ix), "everybody", 40)
	if got := volumesIn(t, ix.articles.dir); len(got) != 1 {
		t.Errorf("folders %q", got)
	}
}
