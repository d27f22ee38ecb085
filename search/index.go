// Package search is the notebook's index: it implements app.Index over bleve.
//
// The index is derived from an app.IndexSource and lives in a cache folder; it
// may be thrown away at any time and makes itself anew. One process at a time
// owns it; others ask that one over a local socket, and take over when it ends.
//
// bleve is imported only here. Of the program this package may import
// rejoinder/app and nothing else, and it writes nowhere but in its folder and
// in the one that holds its socket.
package search

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"rejoinder/app"
)

// answerLimit is how long the owner of the index may stay silent before a call
// from another process gives up.
const answerLimit = 5 * time.Second

// statusLimit is the same for Status, which a screen waits for.
const statusLimit = time.Second

var errClosed = errors.New("the search index is closed")

// Index is the search index of one notebook. It implements app.Index; its
// methods may be called from any goroutine.
type Index struct {
	dir    string
	source app.IndexSource
	wakes  chan struct{}

	limit time.Duration // answerLimit, less in a test

	ctx    context.Context // ends with Close
	cancel context.CancelFunc
	calls  sync.WaitGroup

	mu     sync.Mutex
	owner  *owner // nil while another process owns the index
	closed bool
}

var _ app.Index = (*Index)(nil)

// Open opens the index in dir, which it makes when it is not there, and returns
// at once: what has to be read, caught up with or built anew is done in the
// background, and Status tells how far that is. Errors are those of making dir
// and its lock file; ctx bounds only the call.
func Open(ctx context.Context, dir string, source app.IndexSource) (*Index, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("folder of the search index: %w", err)
	}
	ix := &Index{dir: dir, source: source, wakes: make(chan struct{}, 1), limit: answerLimit}
	ix.ctx, ix.cancel = context.WithCancel(context.Background())
	if _, err := ix.own(); err != nil {
		ix.cancel()
		return nil, err
	}
	ix.calls.Go(ix.passWakes)
	return ix, nil
}

// own returns the owner when this process is or can become it, nil when another
// process is.
func (ix *Index) own() (*owner, error) {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.closed {
		return nil, errClosed
	}
	if ix.owner != nil {
		return ix.owner, nil
	}
	lock := flock.New(filepath.Join(ix.dir, "lock"))
	locked, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock the search index: %w", err)
	}
	if locked {
		ix.owner = startOwner(ix.dir, ix.source, lock)
	}
	return ix.owner, nil
}

// call has the owner answer, wherever it is. When it is gone this process takes
// over; every call can be made twice.
func (ix *Index) call(ctx context.Context, c call, p app.Progress) (answer, error) {
	ix.mu.Lock()
	if ix.closed {
		ix.mu.Unlock()
		return answer{}, errClosed
	}
	ix.calls.Add(1)
	ix.mu.Unlock()
	defer ix.calls.Done()

	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer context.AfterFunc(ix.ctx, func() { cancel(errClosed) })()
	limit := time.NewTimer(ix.limit)
	defer limit.Stop()
	for {
		o, err := ix.own()
		if err != nil {
			return answer{}, err
		}
		if o != nil {
			return o.answer(ctx, c, p)
		}
		a, err := ask(ctx, ix.dir, c, p)
		if !errors.Is(err, errNobody) {
			return a, err
		}
		select {
		case <-ctx.Done():
			return answer{}, context.Cause(ctx)
		case <-limit.C:
			return answer{}, app.Problem(app.ErrBusy, "another Rejoinder holds the search index and does not answer")
		case <-time.After(askAgain):
		}
	}
}

// Search implements app.Index. It waits until the index is opened, and answers
// from what there is: the index, or what is built of the first one.
func (ix *Index) Search(ctx context.Context, q app.SearchQuery) (app.SearchResult, error) {
	a, err := ix.call(ctx, call{Op: opSearch, Query: q}, nil)
	return a.Result, err
}

// Sync implements app.Index.
func (ix *Index) Sync(ctx context.Context) error {
	_, err := ix.call(ctx, call{Op: opSync}, nil)
	return err
}

// Rebuild implements app.Index. It joins a rebuild that is running. When ctx
// ends, and nobody else wants it, the rebuild is given up and the old index
// stays.
func (ix *Index) Rebuild(ctx context.Context, p app.Progress) error {
	if p == nil {
		p = app.NoProgress{}
	}
	_, err := ix.call(ctx, call{Op: opRebuild}, p)
	return err
}

// Check implements app.Index.
func (ix *Index) Check(ctx context.Context) (app.Finding, error) {
	a, err := ix.call(ctx, call{Op: opCheck}, nil)
	return a.Finding, err
}

// Status implements app.Index.
func (ix *Index) Status() app.IndexStatus {
	ctx, cancel := context.WithTimeout(ix.ctx, statusLimit)
	defer cancel()
	a, err := ix.call(ctx, call{Op: opStatus}, nil)
	if err != nil {
		return app.IndexStatus{Err: err}
	}
	return a.Status
}

// Wake implements app.Index.
func (ix *Index) Wake() {
	select {
	case ix.wakes <- struct{}{}:
	default: // the one that waits there tells as much
	}
}

// passWakes tells the owner what Wake was told.
func (ix *Index) passWakes() {
	for {
		select {
		case <-ix.ctx.Done():
			return
		case <-ix.wakes:
			// A lost wake is made up for by the next one and by Sync.
			_, _ = ix.call(ix.ctx, call{Op: opWake}, nil)
		}
	}
}

// Close implements app.Index. It ends the calls under way and waits for them.
// Closing twice does nothing.
func (ix *Index) Close() error {
	ix.mu.Lock()
	already, o := ix.closed, ix.owner
	ix.closed = true
	ix.mu.Unlock()
	ix.cancel()
	ix.calls.Wait()
	if already || o == nil {
		return nil
	}
	return o.close()
}
