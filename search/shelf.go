package search

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
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

// errNoIndex says that there is no index of this notebook to be asked.
var errNoIndex = errors.New("there is no search index")

// without marks an error as the reason why there is no index.
func without(err error) error { return missing{err} }

// missing is an errNoIndex with the words of its reason.
type missing struct{ error }

func (m missing) Unwrap() []error { return []error{m.error, errNoIndex} }

// shelf is one of the two indexes: the articles, or the small things. Its methods
// may be called from any goroutine.
type shelf struct {
	dir    string
	source source
	wakes  chan struct{}

	limit   time.Duration // answerLimit, less in a test
	reading scan          // what answers while there is no index

	ctx    context.Context // ends with Close
	cancel context.CancelFunc
	calls  sync.WaitGroup

	mu     sync.Mutex
	owner  *owner // nil while another process owns the index
	closed bool
}

// openShelf opens the index in dir, which it makes when it is not there, and
// returns at once. Where it cannot be made, calls are answered by reading.
func openShelf(dir string, from source, reading chan struct{}) *shelf {
	s := &shelf{dir: dir, source: from, wakes: make(chan struct{}, 1), limit: answerLimit, reading: scan{from, reading}}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	_, _ = s.own() // an error is met again by whoever asks
	s.calls.Go(s.passWakes)
	return s
}

// own returns the owner when this process is or can become it, nil when another
// process is.
func (s *shelf) own() (*owner, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, errClosed
	}
	if s.owner != nil {
		return s.owner, nil
	}
	if err := folder(s.dir); err != nil {
		return nil, without(fmt.Errorf("the folder of the search index cannot be used: %w", err))
	}
	lock := flock.New(filepath.Join(s.dir, "lock"))
	locked, err := lock.TryLock()
	if err != nil {
		return nil, without(fmt.Errorf("the search index cannot be locked: %w", err))
	}
	if locked {
		s.owner = startOwner(s.dir, s.source, lock)
	}
	return s.owner, nil
}

// folder makes a folder, and goes through no link to it or to the one that it
// is in: those are names that anybody can work out.
func folder(dir string) error {
	if err := realFolders(filepath.Dir(dir), dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return realFolders(dir)
}

func realFolders(dirs ...string) error {
	for _, d := range dirs {
		info, err := os.Lstat(d)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return err
		case !info.IsDir():
			return fmt.Errorf("%s is no folder", d)
		}
	}
	return nil
}

// call has the index answer. Where there is none, or another notebook's, what can
// be is answered by reading everything.
func (s *shelf) call(ctx context.Context, c call, p app.Progress) (answer, error) {
	a, err := s.ask(ctx, c, p)
	if !errors.Is(err, errNoIndex) {
		return a, err
	}
	ctx, end, closed := s.begin(ctx)
	if closed != nil {
		return answer{}, closed
	}
	defer end()
	return s.reading.answer(ctx, c, reasonFor(s.dir, err))
}

// begin counts a call, which close waits for: the context ends with the shelf, and
// end with the call.
func (s *shelf) begin(ctx context.Context) (_ context.Context, end func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, nil, errClosed
	}
	s.calls.Add(1)
	ctx, cancel := context.WithCancelCause(ctx)
	stop := context.AfterFunc(s.ctx, func() { cancel(errClosed) })
	return ctx, func() {
		stop()
		cancel(nil)
		s.calls.Done()
	}, nil
}

// reasonFor says that a disk is full where that is the reason: of what bleve tells
// only the words are left.
func reasonFor(dir string, err error) error {
	if errors.Is(err, app.ErrDiskFull) || strings.Contains(err.Error(), syscall.ENOSPC.Error()) {
		return app.DiskFull(dir, err)
	}
	return app.AboutDisk(dir, err)
}

// ask has the owner answer, wherever it is. When it is gone this process takes
// over; every call can be made twice.
func (s *shelf) ask(ctx context.Context, c call, p app.Progress) (answer, error) {
	ctx, end, err := s.begin(ctx)
	if err != nil {
		return answer{}, err
	}
	defer end()
	limit := time.NewTimer(s.limit)
	defer limit.Stop()
	for {
		o, err := s.own()
		if err != nil {
			return answer{}, err
		}
		if o != nil {
			return o.answer(ctx, c, p)
		}
		if c.Stamp, err = s.source.IndexStamp(ctx); err != nil {
			return answer{}, fmt.Errorf("stamp of the notebook: %w", err)
		}
		a, err := ask(ctx, s.dir, c, p)
		if !errors.Is(err, errNobody) {
			return a, err
		}
		select {
		case <-ctx.Done():
			return answer{}, context.Cause(ctx)
		case <-limit.C:
			return answer{}, without(app.Problem(app.ErrBusy, "another Rejoinder holds the search index and does not answer"))
		case <-time.After(askAgain):
		}
	}
}

// status says how far the index is.
func (s *shelf) status() app.IndexStatus {
	ctx, cancel := context.WithTimeout(s.ctx, statusLimit)
	defer cancel()
	a, err := s.call(ctx, call{Op: opStatus}, nil)
	if err != nil {
		return app.IndexStatus{Err: err}
	}
	if a.None {
		a.Status.Without = reasonFor(s.dir, a.Status.Err)
	}
	return a.Status
}

// wake tells that the change log grew: the owner in this process at once, so that
// what is asked next knows of it, another in the background.
func (s *shelf) wake() {
	s.mu.Lock()
	o := s.owner
	s.mu.Unlock()
	if o != nil {
		o.wake()
		return
	}
	select {
	case s.wakes <- struct{}{}:
	default: // the one that waits there tells as much
	}
}

// passWakes tells the owner what Wake was told.
func (s *shelf) passWakes() {
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-s.wakes:
			// A lost wake is made up for by the next one and by Sync.
			_, _ = s.call(s.ctx, call{Op: opWake}, nil)
		}
	}
}

// close ends the calls under way and waits for them. Closing twice does nothing.
func (s *shelf) close() error {
	s.mu.Lock()
	already, o := s.closed, s.owner
	s.closed = true
	s.mu.Unlock()
	s.cancel()
	s.calls.Wait()
	if already || o == nil {
		return nil
	}
	return o.close()
}
