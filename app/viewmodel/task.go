package viewmodel

import (
	"context"
	"sync/atomic"

	"rejoinder/app"
)

// longTask is work that takes long; it tells how far it is.
type longTask[T any] func(context.Context, app.Progress) (T, error)

// runLong does it off the screen, tells on the screen what is done and how far it is,
// "" at the end, and calls done in any case.
func runLong[T any](s *Session, what string, tell func(string), work longTask[T], done func(T, error)) {
	tell(what + "…")
	run(s, func() (T, error) {
		return work(context.Background(), &progress{loop: s.Loop, what: what, tell: tell})
	}, func(v T, err error) {
		tell("")
		done(v, err)
	})
}

// progress tells how far a task is in hundredths, each once.
type progress struct {
	loop Loop
	what string
	tell func(string)
	last atomic.Int64
}

// Step implements app.Progress.
func (p *progress) Step(done, total int, part string) {
	if total <= 0 {
		return
	}
	now := int64(100 * min(done, total) / total)
	if p.last.Swap(now) == now {
		return
	}
	p.loop.UI(func() { p.tell(p.what + "… " + joined(part, Percent(float64(now)/100))) })
}

// task shows in the status line what is going on; "" when it is over.
func (s *Session) task(what string) {
	if s.Task != nil {
		s.Task(what)
	}
}
