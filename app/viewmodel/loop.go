// Package viewmodel holds what each screen shows and does, one file a screen,
// without any toolkit: state, filter, selection, errors. It may import only
// package app and its query language.
//
// Everything here belongs to the screen's goroutine: methods are called on it,
// state is read on it, and OnChange is called on it. Work that takes time runs
// through Loop elsewhere and comes back to it.
package viewmodel

import (
	"context"
	"errors"

	"rejoinder/app"
)

// Loop runs work off the screen's goroutine and results on it. In the window
// Work is a goroutine and UI is fyne.Do; in tests both run at once, so that
// tests are synchronous.
type Loop struct {
	Work func(func())
	UI   func(func())
}

// Inline runs everything at once.
var Inline = Loop{Work: func(fn func()) { fn() }, UI: func(fn func()) { fn() }}

// load is a place for work whose newer run cancels the older one, and whose
// late results are dropped.
type load struct {
	cancel context.CancelFunc
	turn   int
}

// stop cancels what is running and drops its result.
func (l *load) stop() {
	l.turn++
	if l.cancel != nil {
		l.cancel()
		l.cancel = nil
	}
}

// start runs work off the screen and, unless something was started in its place
// meanwhile, done on it.
func start[T any](loop Loop, l *load, work func(context.Context) (T, error), done func(T, error)) {
	l.stop()
	ctx, cancel := context.WithCancel(context.Background())
	l.cancel = cancel
	turn := l.turn
	loop.Work(func() {
		v, err := work(ctx)
		loop.UI(func() {
			cancel()
			if l.turn == turn {
				done(v, err)
			}
		})
	})
}

// Session is what the screens of one window share: the notebook, the loop, and
// the places where errors and messages go.
type Session struct {
	Notebook *app.Notebook
	Loop     Loop
	// Fail shows an error to the user; Say shows a short message.
	Fail func(error)
	Say  func(string)
	// Task shows what is going on, "" when it is over; nil shows nothing.
	Task func(string)

	lastActor string              // what the next statement form offers
	drafts    map[draftKey]string // notes that were typed and not saved
	side      *Side
	acts      acts
	awaiting  *awaited // the acts that begin now are waited for; nil for nobody
	saves     saves
}

// Side is what the screens side by side share.
func (s *Session) Side() *Side {
	if s.side == nil {
		s.side = newSide(s)
	}
	return s.side
}

// do runs an act of the user off the screen, shows its error, and calls then
// on the screen when it went well. Acts are not cancelled by later ones.
func do[T any](s *Session, act func(context.Context) (T, error), then func(T)) {
	run(s, func() (T, error) { return act(context.Background()) }, func(v T, err error) {
		switch {
		case err == nil:
			if then != nil {
				then(v)
			}
		case !errors.Is(err, context.Canceled):
			s.Fail(err)
		}
	})
}

// later calls fn on the screen's thread once the key that led here is over: what it
// types is not meant for the form that opens.
func (s *Session) later(fn func()) { s.Loop.Work(func() { s.Loop.UI(fn) }) }

// attempt is do for acts that somebody waits for: over is called in any case.
func attempt(s *Session, act func(context.Context) error, over func(done bool)) {
	run(s, func() (struct{}, error) { return struct{}{}, act(context.Background()) }, func(_ struct{}, err error) {
		over(err == nil)
		if err != nil {
			s.Fail(err)
		}
	})
}

// changed calls a view's OnChange if it has one.
func changed(fn func()) {
	if fn != nil {
		fn()
	}
}

// trash moves a thing to the trash and says so.
func (s *Session) trash(ref app.Ref) {
	do(s, func(ctx context.Context) (app.Changes, error) {
		return s.Notebook.Trash(ctx, ref)
	}, func(c app.Changes) { s.Say(c.Label + " — undo with Ctrl+Z") })
}
