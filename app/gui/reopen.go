package gui

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"

	"fyne.io/fyne/v2"

	"rejoinder/app"
	"rejoinder/app/viewmodel"
)

// opener opens the notebook in a folder, as Env.Open does.
type opener func(ctx context.Context, dir string) (*app.Notebook, func() error, error)

// openFirst opens the first notebook, before the window is shown.
func (w *window) openFirst(dir string) {
	nb, closeNotebook, err := w.env.Open(w.ctx, dir)
	if err != nil {
		w.showTrouble(dir, err)
		return
	}
	w.use(dir, nb, closeNotebook)
}

// open opens another notebook in the place of this one.
func (w *window) open(dir string, fill func(context.Context, *app.Notebook) error) {
	w.openBy(opening{open: w.env.Open, dir: dir, fill: fill})
}

// opening is how a notebook is opened.
type opening struct {
	open   opener
	dir    string
	fill   func(context.Context, *app.Notebook) error // with what; nil for nothing
	opened func()                                     // what is done then; nil for nothing
	failed func(error)                                // shows why there still is none; nil shows it as the trouble
}

// openBy opens a notebook in the place of this one, or of why there is none. Where it
// cannot be, this one stays open.
func (w *window) openBy(o opening) {
	w.tell("Opening " + o.dir)
	loop.Work(func() {
		nb, closeNotebook, err := o.open(w.ctx, o.dir)
		if err == nil && o.fill != nil {
			if err = o.fill(w.ctx, nb); errors.Is(err, app.ErrExists) {
				err = nil // it was filled before
			}
			if err != nil {
				err = errors.Join(err, closeNotebook())
			}
		}
		loop.UI(func() {
			w.tell("")
			switch {
			case err == nil:
				w.session.Finish(func(saved bool) {
					if saved {
						w.exchange(o, nb, closeNotebook)
					} else { // what could not be saved is still there
						loop.Work(func() { _ = closeNotebook() })
					}
				})
			case w.close == nil && o.failed != nil:
				o.failed(err)
			case w.close == nil:
				w.showTrouble(o.dir, err)
			default:
				w.fail(err)
			}
		})
	})
}

// exchange shows another notebook, and closes the one that was open.
func (w *window) exchange(o opening, nb *app.Notebook, closeNotebook func() error) {
	closeOld := w.letGo()
	w.use(o.dir, nb, closeNotebook)
	if o.opened != nil {
		o.opened()
	}
	loop.Work(func() {
		if err := closeOld(); err != nil {
			loop.UI(func() { w.fail(err) })
		}
	})
}

// tell says what is going on: on the status line, or where there is no notebook on the
// trouble's screen.
func (w *window) tell(what string) {
	if w.trouble != nil {
		w.trouble.model.Tell(what)
	} else if w.status != nil {
		w.status.task(what)
	}
}

// reopen closes the notebook, does something with its folder, which may be nothing,
// and opens it again, or shows why it cannot be opened. between returns what to say.
// It begins once what is being saved is saved.
func (w *window) reopen(what string, between func(context.Context, app.Progress) (said string, err error)) {
	w.session.Finish(func(saved bool) {
		if saved && w.close != nil {
			w.reopenNow(what, between)
		}
	})
}

func (w *window) reopenNow(what string, between func(context.Context, app.Progress) (said string, err error)) {
	dir := w.folder
	closeOld := w.letGo()
	p := &waiting{tell: w.showWaiting(what), what: what}
	loop.Work(func() {
		said, err := "", closeOld()
		if err == nil && between != nil {
			said, err = between(w.ctx, p)
		}
		nb, closeNotebook, openErr := w.env.Open(w.ctx, dir)
		loop.UI(func() {
			if openErr != nil {
				w.showTrouble(dir, openErr)
			} else {
				w.use(dir, nb, closeNotebook)
			}
			switch {
			case err != nil:
				w.fail(err)
			case said != "":
				w.say(said)
			}
		})
	})
}

// waiting shows the progress of what is done without a notebook.
type waiting struct {
	what string
	tell func(string)
	last atomic.Int64
}

// Step implements app.Progress.
func (p *waiting) Step(done, total int, part string) {
	if total <= 0 {
		return
	}
	if now := int64(100 * done / total); p.last.Swap(now) == now {
		return
	}
	text := p.what + "… " + viewmodel.Joined(part, viewmodel.Percent(float64(done)/float64(total)))
	fyne.Do(func() { p.tell(text) })
}

// newSession is what the screens share. That a screen could not read a notebook that
// was closed meanwhile concerns nobody.
func (w *window) newSession(nb *app.Notebook) *viewmodel.Session {
	s := &viewmodel.Session{Notebook: nb, Loop: loop, Say: w.say, Task: func(what string) { w.status.task(what) }}
	s.Fail = func(err error) {
		if gone := w.session != s || w.close == nil; gone && strings.Contains(err.Error(), "is closed") {
			return
		}
		w.notices.model.Failed(err)
		w.fail(err)
	}
	return s
}
