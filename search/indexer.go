package search

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2"

	"rejoinder/app"
)

// How much is done at once. The text of a batch is what bounds memory: bleve
// holds about a hundred times its size while it analyses it. A large one is
// worth it in a build: every batch is a segment with a dictionary of its own,
// and half of the work is to make and merge those.
const (
	changesAtOnce   = 1000
	documentsAtOnce = 64
	batchBytes      = 2 << 20
	buildBytes      = 4 << 20
	batchDocuments  = 8000
)

// gather is how long a change waits for others before it is indexed.
const gather = 20 * time.Millisecond

const volumePrefix = "v-"

// run is the goroutine that follows the change log.
func (o *owner) run() {
	retry := time.NewTimer(0)
	defer retry.Stop()
	wait := firstRetry
	for {
		select {
		case <-o.ctx.Done():
			return
		case <-o.urgent:
		case <-retry.C:
		case <-o.woken:
			select {
			case <-o.ctx.Done():
				return
			case <-o.urgent:
			case <-time.After(gather):
			}
		}
		// A round that starts now sees all that these were about.
		drain(o.woken)
		if o.round() == nil {
			wait = firstRetry
			retry.Stop()
			o.startVouching()
			continue
		}
		retry.Reset(wait)
		wait = min(2*wait, lastRetry)
	}
}

// startVouching has new segments read in the background, one time at a time.
func (o *owner) startVouching() {
	if !o.vouching.CompareAndSwap(false, true) {
		return
	}
	o.tasks.Go(func() {
		defer o.vouching.Store(false)
		select {
		case <-o.ctx.Done():
			return
		case <-time.After(settled):
		}
		o.mu.RLock()
		v := o.serving
		o.mu.RUnlock()
		if v == nil {
			return
		}
		// A volume that is put away meanwhile is not waited for: it ends the reading.
		err := guarded(func() error { return v.vouch(o.ctx, false) })
		if err == nil && !v.compared.Swap(true) {
			err = o.compare(o.ctx, v)
		}
		if errors.Is(err, errDamaged) {
			o.discard(v, err)
		}
	})
}

func drain(ch chan struct{}) {
	select {
	case <-ch:
	default:
	}
}

// round brings the index up to the end of the change log.
func (o *owner) round() error {
	o.set(func() { o.started++ })
	err := guarded(func() error { return o.advance(o.ctx) })
	if err != nil && o.broke() {
		// Only what goes wrong with the next one as well is an error.
		err = guarded(func() error { return o.advance(o.ctx) })
	}
	if o.ctx.Err() != nil {
		err = errClosed
	}
	var j *job
	o.set(func() {
		o.finished++
		o.status.Err = err
		if err == nil {
			o.status.Behind = 0
		} else {
			j = o.job
		}
	})
	if j != nil {
		o.endJob(j, err)
	}
	return err
}

// broke says whether what is in service has to be replaced.
func (o *owner) broke() bool {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.ctx.Err() == nil && o.serving != nil && o.serving.failed() != nil
}

// advance is what a round does.
func (o *owner) advance(ctx context.Context) error {
	source, err := o.source.IndexStamp(ctx)
	if err != nil {
		return fmt.Errorf("stamp of the notebook: %w", err)
	}
	stamp := stampOf(source)
	if err := o.reopen(ctx, stamp); err != nil {
		return err
	}
	for {
		if err := o.buildIfWanted(ctx, stamp); err != nil {
			return err
		}
		err := o.catchUp(ctx)
		if !errors.Is(err, app.ErrIndexGap) {
			return err
		}
		o.set(func() { o.stale = true })
	}
}

// reopen sees to it that what is in service is sound and of this stamp; where
// it cannot, a rebuild is due.
func (o *owner) reopen(ctx context.Context, stamp string) error {
	o.mu.RLock()
	v, stale, reopened := o.serving, o.stale, o.reopened
	o.mu.RUnlock()
	if v != nil {
		broken := v.failed()
		if broken == nil && v.stamp == stamp {
			return nil
		}
		o.set(func() { o.serving = nil })
		if broken == nil || reopened {
			v.remove()
			o.set(func() { o.stale = true })
			return nil
		}
		v.close()
	} else if stale {
		return nil
	}
	found := o.newest(stamp)
	if found == nil {
		o.set(func() { o.stale = true })
		return nil
	}
	_, end, err := o.source.count(ctx)
	if err != nil {
		found.close()
		return fmt.Errorf("end of the change log: %w", err)
	}
	o.set(func() {
		o.serving, o.reopened = found, v != nil
		o.stale = found.seq.Load() > end // the notebook went back in time
		o.status.Behind = max(int(end-found.seq.Load()), 0)
	})
	if found.seq.Load() <= end {
		o.tidy(found)
	}
	return nil
}

// newest opens the last volume that was finished under this stamp.
func (o *owner) newest(stamp string) *volume {
	for _, f := range slices.Backward(o.folders(folderOf(stamp) + "-")) {
		v, err := openVolume(f, o.alarm)
		if err != nil {
			continue // it is tidied away when another is in service
		}
		if v.stamp == stamp {
			return v
		}
		v.close()
	}
	return nil
}

// folderOf names the folders of a stamp; a number follows.
func folderOf(stamp string) string {
	sum := sha256.Sum256([]byte(stamp))
	return volumePrefix + hex.EncodeToString(sum[:5])
}

// catchUp applies the change log to the index in service.
func (o *owner) catchUp(ctx context.Context) error {
	o.mu.RLock()
	v := o.serving
	o.mu.RUnlock()
	if v == nil {
		return errDamaged // a search found it so meanwhile
	}
	for long := false; ; {
		seq := v.seq.Load()
		refs, upTo, err := o.source.changed(ctx, seq, changesAtOnce)
		if err != nil {
			return fmt.Errorf("changes: %w", err)
		}
		if upTo <= seq {
			return nil
		}
		if !long && len(refs) >= changesAtOnce {
			long = true
			if _, end, err := o.source.count(ctx); err == nil {
				o.set(func() { o.status.Behind = max(int(end-seq), 1) })
			}
		}
		if err := o.apply(ctx, v, refs, upTo); err != nil {
			return err
		}
		o.set(func() {
			o.reopened = false
			o.status.Behind = max(o.status.Behind-int(upTo-seq), 0)
		})
	}
}

// apply indexes the documents of refs as they are now and takes out those that
// are gone. The place in the log goes with the last of them.
func (o *owner) apply(ctx context.Context, v *volume, refs []app.Ref, upTo int64) error {
	if len(refs) == 0 && upTo-v.kept < keepEvery {
		v.seq.Store(upTo) // a place in the log that is not kept is only read again
		return nil
	}
	w := writer{volume: v, most: batchBytes}
	for part := range slices.Chunk(refs, documentsAtOnce) {
		docs, err := o.source.Documents(ctx, part)
		if err != nil {
			return fmt.Errorf("documents: %w", err)
		}
		gone := make(map[app.Ref]bool, len(part))
		for _, r := range part {
			gone[r] = true
		}
		for _, d := range docs {
			delete(gone, d.Ref)
			if err := w.put(d); err != nil {
				return err
			}
		}
		for r := range gone {
			w.take(r)
		}
	}
	setReach(w.current(), v.stamp, upTo)
	if err := w.flush(); err != nil {
		return err
	}
	v.seq.Store(upTo)
	v.kept = upTo
	return nil
}

// keepEvery is after how many changes that do not concern an index it keeps its
// place in the log all the same.
const keepEvery = 20_000

// writer gathers documents into batches of bounded size.
type writer struct {
	volume *volume
	most   int // bytes of text in a batch
	beside int // how many batches may be written while the next one is gathered
	batch  *bleve.Batch
	bytes  int

	writing sync.WaitGroup
	places  chan struct{} // taken by those that are being written
	mu      sync.Mutex
	err     error
}

func (w *writer) current() *bleve.Batch {
	if w.batch == nil {
		w.batch, w.bytes = w.volume.index.NewBatch(), 0
	}
	return w.batch
}

func (w *writer) put(d app.Document) error {
	size := len(d.Title) + len(d.Body)
	if w.batch != nil && (w.bytes+size > w.most || w.batch.Size() >= batchDocuments) {
		if err := w.pass(); err != nil {
			return err
		}
	}
	if err := w.current().IndexAdvanced(documentOf(d)); err != nil {
		return fmt.Errorf("index %s: %w", d.Ref, err)
	}
	w.bytes += size
	return nil
}

func (w *writer) take(r app.Ref) { w.current().Delete(keyOf(r)) }

// pass writes the batch, perhaps while the next one is gathered, and returns the
// error of any before.
func (w *writer) pass() error {
	if w.beside == 0 || w.batch == nil {
		return w.flush()
	}
	if w.places == nil {
		w.places = make(chan struct{}, w.beside)
	}
	b := w.batch
	w.batch = nil
	w.places <- struct{}{}
	w.writing.Go(func() {
		err := w.volume.write(b)
		w.mu.Lock()
		w.err = errors.Join(w.err, err)
		w.mu.Unlock()
		<-w.places
	})
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

// flush writes what is left and waits for all of it.
func (w *writer) flush() error {
	w.writing.Wait()
	if w.err != nil || w.batch == nil {
		return w.err
	}
	b := w.batch
	w.batch = nil
	return w.volume.write(b)
}
