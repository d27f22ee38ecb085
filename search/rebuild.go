package search

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"rejoinder/app"
)

// job is a rebuild that somebody wants. It ends early when all who want it have
// given up; the background never does.
type job struct {
	ctx    context.Context
	cancel context.CancelFunc
	done   chan struct{}
	err    error // set before done is closed

	mu        sync.Mutex
	wanted    int
	listeners map[*listener]bool
}

type listener struct{ app.Progress }

// wantJob returns the job there is or a new one. The caller holds the lock.
func (o *owner) wantJob() *job {
	if o.job == nil || o.job.ctx.Err() != nil {
		j := &job{done: make(chan struct{}), listeners: map[*listener]bool{}}
		j.ctx, j.cancel = context.WithCancel(o.ctx)
		o.job = j
	}
	return o.job
}

// rebuild wants a rebuild and waits for it.
func (o *owner) rebuild(ctx context.Context, p app.Progress) error {
	l := &listener{p}
	var j *job
	o.set(func() {
		j = o.wantJob()
		j.join(l)
	})
	poke(o.urgent)
	defer j.leave(l)
	select {
	case <-j.done:
		return j.err
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-o.ctx.Done():
		return errClosed
	}
}

func (j *job) join(l *listener) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.wanted++
	if l != nil && l.Progress != nil {
		j.listeners[l] = true
	}
}

// leave takes a listener away; it is told nothing after that.
func (j *job) leave(l *listener) {
	j.mu.Lock()
	defer j.mu.Unlock()
	delete(j.listeners, l)
	if j.wanted--; j.wanted == 0 {
		j.cancel()
	}
}

func (j *job) tell(done, total int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for l := range j.listeners {
		l.Step(done, total, "Indexing")
	}
}

// buildIfWanted builds when a person or the state of the index asks for it. An
// error of a rebuild that only a person wanted is that person's.
func (o *owner) buildIfWanted(ctx context.Context, stamp string) error {
	var j *job
	needed := false
	o.set(func() {
		if needed = o.stale; needed {
			o.wantJob().join(nil)
		}
		j = o.job
	})
	if j == nil {
		return nil
	}
	err := o.build(j.ctx, stamp, j.tell)
	o.endJob(j, err)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if needed {
		return err
	}
	return nil
}

// endJob tells those who want the job what became of it.
func (o *owner) endJob(j *job, err error) {
	o.set(func() {
		if o.job == j {
			o.job = nil
		}
		o.status.Building, o.status.Done, o.status.Total = false, 0, 0
	})
	j.err = err
	j.cancel()
	close(j.done)
}

// build makes a whole index beside the one in service and puts it in its place.
// It counts only once its stamp is in it, so a half-built one is never opened.
func (o *owner) build(ctx context.Context, stamp string, tell func(done, total int)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	total, _, err := o.source.count(ctx)
	if err != nil {
		return fmt.Errorf("count documents: %w", err)
	}
	v, err := o.begin(stamp, total)
	if err != nil {
		return err
	}
	done := 0
	w := writer{volume: v, most: buildBytes, beside: 1}
	seq, err := o.source.each(ctx, func(docs []app.Document) error {
		for _, d := range docs {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := w.put(d); err != nil {
				return err
			}
		}
		done += len(docs)
		o.set(func() { o.status.Done = done })
		tell(done, max(total, done))
		return nil
	})
	err = errors.Join(err, w.flush())
	if err == nil {
		err = v.finish(stamp, seq)
	}
	if err != nil {
		o.abandon(v)
		return fmt.Errorf("build the search index: %w", err)
	}
	o.install(v)
	return nil
}

// begin makes the folder for a new volume and removes what an attempt before
// may have left.
func (o *owner) begin(stamp string, total int) (*volume, error) {
	o.mu.RLock()
	before, serving := o.building, o.serving
	o.mu.RUnlock()
	if before != nil {
		o.set(func() { o.building = nil })
		before.remove()
	}
	path := o.vacant(stamp)
	o.tidy(serving) // room for the new one: what a killed process left can be gigabytes
	v, err := createVolume(path, o.alarm)
	if err != nil {
		return nil, err
	}
	o.set(func() {
		o.building = v
		o.status.Building, o.status.Done, o.status.Total = true, 0, total
	})
	return v, nil
}

// vacant names a folder after all those of its stamp.
func (o *owner) vacant(stamp string) string {
	base := folderOf(stamp) + "-"
	last := 0
	for _, f := range o.folders(base) {
		if n, err := strconv.Atoi(strings.TrimPrefix(filepath.Base(f), base)); err == nil {
			last = max(last, n)
		}
	}
	return filepath.Join(o.dir, fmt.Sprintf("%s%06d", base, last+1))
}

// abandon keeps what was built where it is the only thing to search.
func (o *owner) abandon(v *volume) {
	dropped := false
	o.set(func() {
		if dropped = o.serving != nil || v.failed() != nil; dropped {
			o.building = nil
		}
	})
	if dropped {
		v.remove()
	}
}

func (o *owner) install(v *volume) {
	var old *volume
	o.set(func() {
		old, o.serving, o.building = o.serving, v, nil
		o.stale, o.reopened = false, false
	})
	if old != nil {
		old.remove()
	}
	o.tidy(v)
}
