package viewmodel

import (
	"errors"
	"slices"
	"sync"
)

// acts counts what the user did and is still being done, so that the notebook is
// not closed under it. It is used from several goroutines.
type acts struct {
	mu      sync.Mutex
	running int
	idle    []chan struct{}
	unseen  []error // of acts whose end no screen has seen
}

func (a *acts) begin() {
	a.mu.Lock()
	a.running++
	a.mu.Unlock()
}

func (a *acts) end(err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err != nil {
		a.unseen = append(a.unseen, err)
	}
	if a.running--; a.running == 0 {
		for _, c := range a.idle {
			close(c)
		}
		a.idle = nil
	}
}

// saw says that a screen shows the error.
func (a *acts) saw(err error) {
	if err == nil {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if i := slices.IndexFunc(a.unseen, func(e error) bool { return e == err }); i >= 0 { //nolint:errorlint // this very one
		a.unseen = slices.Delete(a.unseen, i, i+1)
	}
}

// Wait returns when everything that the user did is done, with the errors that no
// screen showed. It may be called from any goroutine but the screen's.
func (s *Session) Wait() error {
	a := &s.acts
	a.mu.Lock()
	if a.running > 0 {
		idle := make(chan struct{})
		a.idle = append(a.idle, idle)
		a.mu.Unlock()
		<-idle
		a.mu.Lock()
	}
	defer a.mu.Unlock()
	return errors.Join(a.unseen...)
}

// awaited waits for acts.
type awaited struct {
	left int
	done bool // all that are over went well
	over func(done bool)
}

// await calls begin, and over when the acts are over that it began.
func (s *Session) await(begin func(), over func(done bool)) {
	w := &awaited{left: 1, done: true, over: over}
	s.awaiting = w
	begin()
	s.awaiting = nil
	w.one(true)
}

func (w *awaited) one(done bool) {
	w.done = w.done && done
	if w.left--; w.left == 0 {
		w.over(w.done)
	}
}

// run is how every act of the user is done: act off the screen, then on it.
func run[T any](s *Session, act func() (T, error), then func(T, error)) {
	w := s.awaiting
	if w != nil {
		w.left++
	}
	s.acts.begin()
	s.Loop.Work(func() {
		v, err := act()
		s.acts.end(err)
		s.Loop.UI(func() {
			s.acts.saw(err)
			if w != nil {
				w.one(err == nil)
			}
			then(v, err)
		})
	})
}
