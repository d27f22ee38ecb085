package search

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"

	"rejoinder/app"
)

// owner holds the index for this process and for those that ask it. One
// goroutine, run, opens, writes and builds; the others only read.
type owner struct {
	dir      string
	source   source
	searcher searcher
	lock     *flock.Flock
	door     *door

	ctx    context.Context
	cancel context.CancelFunc
	tasks  sync.WaitGroup

	vouching atomic.Bool

	woken  chan struct{} // the log grew
	urgent chan struct{} // somebody waits

	mu       sync.RWMutex
	serving  *volume // finished, and followed up
	building *volume
	stale    bool // serving is to be replaced, or there is none to be had
	reopened bool // serving was opened again after an error and wrote nothing since
	job      *job // the rebuild that is wanted or running
	status   app.IndexStatus
	started  uint64 // rounds
	finished uint64
	changed  chan struct{} // closed and replaced when something above changes
}

func startOwner(dir string, from source, lock *flock.Flock) *owner {
	o := &owner{
		dir: dir, source: from, searcher: searcher{source: from, sets: &bearers{source: from}}, lock: lock,
		woken: make(chan struct{}, 1), urgent: make(chan struct{}, 1),
		changed: make(chan struct{}),
	}
	o.ctx, o.cancel = context.WithCancel(context.Background())
	o.door = openDoor(o)
	o.tasks.Go(o.run)
	return o
}

func (o *owner) close() error {
	o.cancel()
	o.door.close()
	o.tasks.Wait()
	o.mu.Lock()
	serving, building := o.serving, o.building
	o.serving, o.building = nil, nil
	o.mu.Unlock()
	if serving != nil {
		serving.close()
	}
	if building != nil {
		building.remove()
	}
	if err := o.lock.Unlock(); err != nil {
		return fmt.Errorf("unlock the search index: %w", err)
	}
	return nil
}

// set changes the state under the lock and tells those who wait for it.
func (o *owner) set(fn func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	fn()
	close(o.changed)
	o.changed = make(chan struct{})
}

// wait returns when ready says so; ready is called under the lock.
func (o *owner) wait(ctx context.Context, ready func() (bool, error)) error {
	for {
		o.mu.RLock()
		ok, err := ready()
		changed := o.changed
		o.mu.RUnlock()
		if ok || err != nil {
			return err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-o.ctx.Done():
			return errClosed
		}
	}
}

func poke(ch chan struct{}) {
	select {
	case ch <- struct{}{}:
	default:
	}
}

// alarm has the next round look after a volume that broke.
func (o *owner) alarm() { poke(o.urgent) }

// answer does what is asked, for this process or another.
func (o *owner) answer(ctx context.Context, c call, p app.Progress) (a answer, err error) {
	switch c.Op {
	case opSearch:
		a, err = o.find(ctx, func(v *volume) (answer, error) { return o.searcher.search(ctx, v, c.Query) })
	case opFacets:
		a, err = o.find(ctx, func(v *volume) (answer, error) { return o.searcher.facets(ctx, v, c.Query) })
	case opBroaden:
		a, err = o.find(ctx, func(v *volume) (answer, error) { return o.searcher.broaden(ctx, v, c.Query) })
	case opExplain:
		a, err = o.find(ctx, func(v *volume) (answer, error) { return o.searcher.explain(ctx, v, c.Query, c.Ref) })
	case opSync:
		err = o.sync(ctx)
	case opRebuild:
		err = o.rebuild(ctx, p)
	case opCheck:
		a.Finding, err = o.check(ctx)
	case opStatus:
		a.Status, a.None = o.report()
	case opWake:
		o.wake()
	default:
		err = app.Problem(app.ErrInvalid, "the search index knows no %q", c.Op)
	}
	return a, err
}

// recognise refuses what another process asks about another notebook, or about
// another state of this one: a copy of its folder has the same identifiers.
func (o *owner) recognise(ctx context.Context, c call) error {
	own, err := o.source.IndexStamp(ctx)
	if err != nil {
		return fmt.Errorf("stamp of the notebook: %w", err)
	}
	if own != c.Stamp {
		return without(app.Problem(app.ErrBusy, "another copy of this notebook is open and holds the search index"))
	}
	return nil
}

func (o *owner) wake() {
	o.mu.Lock()
	o.status.Behind = max(o.status.Behind, 1)
	o.mu.Unlock()
	poke(o.woken)
}

// report says how far the index is, and whether there is none to be had.
func (o *owner) report() (status app.IndexStatus, none bool) {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.status, o.none()
}

// none says that no volume could be opened or built; the caller holds the lock.
func (o *owner) none() bool { return o.serving == nil && o.finished > 0 && o.status.Err != nil }

// find has the volume in service answer. Damage takes it out of service.
func (o *owner) find(ctx context.Context, ask func(*volume) (answer, error)) (answer, error) {
	v, err := o.reader(ctx)
	if err != nil {
		return answer{}, err
	}
	a, err := ask(v)
	v.uses.Done()
	if errors.Is(err, errDamaged) {
		o.discard(v, err)
		return answer{}, app.Problem(app.ErrDamaged, "the search index was damaged and is being made anew")
	}
	if err != nil {
		return answer{}, fmt.Errorf("search: %w", err)
	}
	return a, nil
}

// reader returns the volume to search; the caller ends its use. It waits for
// the first one, or for the error that keeps it from being opened.
func (o *owner) reader(ctx context.Context) (v *volume, err error) {
	err = o.wait(ctx, func() (bool, error) {
		if v = o.serving; v == nil {
			if o.none() {
				// What an attempt after it has built so far is not searched either: it
				// would find less from one moment to the next.
				return false, without(o.status.Err)
			}
			v = o.building
		}
		if v == nil {
			return false, nil
		}
		v.uses.Add(1)
		return true, nil
	})
	return v, err
}

// discard takes a damaged volume out of service; the next round builds another.
func (o *owner) discard(v *volume, why error) {
	v.fail(why)
	retired := false
	o.set(func() {
		if o.serving == v {
			o.serving, o.stale, retired = nil, true, true
		}
	})
	if retired {
		// Searches under way would be waited for, and this may be one.
		o.tasks.Go(v.remove)
	}
	poke(o.urgent)
}

// sync returns when the changes that are in the log now are indexed.
func (o *owner) sync(ctx context.Context) error {
	seq, _ := o.reach()
	_, end, err := o.source.count(ctx)
	if err != nil {
		return fmt.Errorf("end of the change log: %w", err)
	}
	var round uint64
	o.set(func() {
		if seq > end && o.serving != nil && o.serving.seq.Load() >= seq {
			o.stale = true // the notebook went back in time
		}
		round = o.started + 1
	})
	poke(o.urgent)
	return o.wait(ctx, func() (bool, error) {
		// Only a round that began after the call has seen all that it is about.
		if o.finished < round {
			return false, nil
		}
		if o.none() {
			return true, without(o.status.Err)
		}
		return true, o.status.Err
	})
}

// reach says up to where the index in service goes.
func (o *owner) reach() (seq int64, ok bool) {
	o.mu.RLock()
	defer o.mu.RUnlock()
	if o.serving == nil {
		return 0, false
	}
	return o.serving.seq.Load(), true
}

// tidy deletes the folders of other volumes.
func (o *owner) tidy(keep ...*volume) {
	for _, f := range o.folders(volumePrefix) {
		used := false
		for _, v := range keep {
			used = used || v != nil && v.path == f
		}
		if !used {
			_ = os.RemoveAll(f) // tried again next time
		}
	}
}

// folders lists what begins so in the index's folder, by name.
func (o *owner) folders(prefix string) []string {
	entries, _ := os.ReadDir(o.dir) // what cannot be read holds nothing
	var paths []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), prefix) {
			paths = append(paths, filepath.Join(o.dir, e.Name()))
		}
	}
	return paths
}

// The waits between attempts after an error.
const (
	firstRetry = 100 * time.Millisecond
	lastRetry  = 30 * time.Second
)
