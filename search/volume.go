package search

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
)

// The keys under which a volume keeps what it is and how far it reaches. A
// volume without a stamp was never finished.
var (
	keyStamp = []byte("stamp")
	keySeq   = []byte("seq")
)

var errUnfinished = errors.New("the index was never finished")

// patience is how long a broken volume is given to close.
const patience = 2 * time.Second

// volume is one bleve index in one folder.
type volume struct {
	path  string
	index bleve.Index
	stamp string
	seq   atomic.Int64

	uses   sync.WaitGroup // searches under way; Add only while the owner's lock is held
	once   sync.Once
	broken chan struct{} // closed when bleve cannot go on with it
	why    error         // set before broken is closed

	memory  memory
	kept    int64 // the place in the log that is on disk; only the owner's goroutine knows it
	writing atomic.Int32

	compared atomic.Bool // with the source, since it was opened
	alarm    func()      // told when it breaks by itself
}

const callbackName = "rejoinder"

// open holds the volumes by the path that bleve reports errors under.
var open sync.Map

func init() {
	// bleve tells of what it does from the goroutines that merge and persist: the
	// one place from which a fault on a file that shrank under its mapping can be
	// made a panic there, which bleve turns into an error, and not the end of the
	// process.
	scorch.RegistryEventCallbacks[callbackName] = func(scorch.Event) bool {
		debug.SetPanicOnFault(true)
		return true
	}
	scorch.RegistryAsyncErrorCallbacks[callbackName] = func(err error, path string) {
		if found, ok := open.Load(path); ok {
			v := found.(*volume)
			v.fail(err)
			if v.writing.Load() == 0 { // else the write reports it
				v.alarm()
			}
		}
	}
}

func (v *volume) storePath() string { return v.path + string(os.PathSeparator) + "store" }

func settings() map[string]any {
	return map[string]any{"bolt_timeout": "500ms", "asyncErrorCallbackName": callbackName, "eventCallbackName": callbackName}
}

// createVolume makes an empty volume in a folder that is not there yet.
func createVolume(path string, alarm func()) (v *volume, err error) {
	v = &volume{path: path, alarm: alarm, broken: make(chan struct{})}
	open.Store(v.storePath(), v)
	err = guarded(func() (err error) {
		v.index, err = bleve.NewUsing(path, theMapping(), scorch.Name, scorch.Name, settings())
		return err
	})
	if err != nil {
		open.Delete(v.storePath())
		return nil, fmt.Errorf("new index %s: %w", filepath.Base(path), err)
	}
	return v, nil
}

// openVolume opens a finished volume whose files are whole.
func openVolume(path string, alarm func()) (v *volume, err error) {
	if err := verify(path); err != nil {
		return nil, err
	}
	v = &volume{path: path, alarm: alarm, broken: make(chan struct{})}
	open.Store(v.storePath(), v)
	err = guarded(func() (err error) {
		if v.index, err = bleve.OpenUsing(path, settings()); err != nil {
			return err
		}
		stamp, err := v.index.GetInternal(keyStamp)
		if err != nil {
			return err
		}
		if v.stamp = string(stamp); v.stamp == "" {
			return errUnfinished
		}
		seq, err := v.index.GetInternal(keySeq)
		if err != nil {
			return err
		}
		n, err := strconv.ParseInt(string(seq), 10, 64)
		v.seq.Store(n)
		v.kept = n
		return err
	})
	if err != nil {
		v.fail(err)
		v.close()
		return nil, fmt.Errorf("open index %s: %w", filepath.Base(path), err)
	}
	return v, nil
}

// fail marks the volume as one that cannot go on.
func (v *volume) fail(err error) {
	v.once.Do(func() {
		v.why = err
		close(v.broken)
	})
}

func (v *volume) failed() error {
	select {
	case <-v.broken:
		return v.why
	default:
		return nil
	}
}

// close waits for searches under way. What is broken may never get ready to
// close; then it is left behind.
func (v *volume) close() {
	open.Delete(v.storePath())
	if v.index == nil {
		return
	}
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		_ = guarded(func() error {
			v.uses.Wait()
			if v.failed() == nil {
				return v.index.Close()
			}
			// A write that bleve will never finish holds the lock that
			// bleve.Index.Close waits for.
			inner, err := v.index.Advanced()
			if err != nil {
				return err
			}
			return inner.Close()
		})
	}()
	select {
	case <-closed:
		return
	case <-v.broken:
	}
	select {
	case <-closed:
	case <-time.After(patience):
	}
}

// remove closes the volume and deletes its folder.
func (v *volume) remove() {
	v.close()
	_ = os.RemoveAll(v.path) // what is left goes with the next tidying
}

// write applies a batch and returns when it is on disk.
func (v *volume) write(b *bleve.Batch) error {
	v.writing.Add(1)
	defer v.writing.Add(-1)
	done := make(chan error, 1)
	go func() { done <- guarded(func() error { return v.index.Batch(b) }) }()
	var err error
	select {
	case err = <-done:
	case <-v.broken:
		// bleve forgets those who wait when one of its goroutines panics.
		err = v.why
	}
	if err != nil {
		v.fail(err)
		return fmt.Errorf("write to the index: %w", err)
	}
	return nil
}

// finish makes the volume one that reaches up to seq.
func (v *volume) finish(stamp string, seq int64) error {
	b := v.index.NewBatch()
	setReach(b, stamp, seq)
	if err := v.write(b); err != nil {
		return err
	}
	v.stamp = stamp
	v.seq.Store(seq)
	v.kept = seq
	return nil
}

func setReach(b *bleve.Batch, stamp string, seq int64) {
	b.SetInternal(keyStamp, []byte(stamp))
	b.SetInternal(keySeq, strconv.AppendInt(nil, seq, 10))
}

// guarded runs fn and turns its panics, and faults on files that shrank under
// their mapping, into errors.
func guarded(fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", errDamaged, r)
		}
	}()
	return fn()
}
