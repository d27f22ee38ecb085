package app

import (
	"context"
	"errors"
	"fmt"
	"math"
)

// errRehearsed takes a rehearsed transaction back.
var errRehearsed = errors.New("rehearsed")

// rehearsal is the key of a context in which an act is only rehearsed.
type rehearsal struct{}

// rehearsed is what a rehearsal runs in the transaction before it is taken back.
type rehearsed struct {
	look    func(before, after Reader, c Changes) error
	changes Changes
	done    bool
}

// Rehearse runs one act of the notebook in a transaction that is taken back, and
// returns what it would change. act calls a method of the notebook with the
// context that it is given; look, unless nil, sees the notebook as it is and as it
// would be. Nothing is kept, no step is left and nobody is told. The act must be
// one transaction: a second one would not see what the first did, ErrInvalid.
func (n *Notebook) Rehearse(ctx context.Context, act func(context.Context) error, look func(before, after Reader, c Changes) error) (Changes, error) {
	r := &rehearsed{look: look}
	err := act(context.WithValue(ctx, rehearsal{}, r))
	return r.changes, err
}

// rehearse is Update for an act that is only rehearsed.
func (n *Notebook) rehearse(ctx context.Context, r *rehearsed, op Op, fn func(Tx) error) (Changes, error) {
	if r.done {
		return Changes{}, Problem(ErrInvalid, "%s is more than one step and cannot be tried without doing it", op.Name)
	}
	r.done = true
	_, err := n.store.Update(ctx, op, func(tx Tx) error {
		start, err := tx.ChangesAfter(math.MaxInt64)
		if err != nil {
			return err
		}
		told := &described{Tx: tx, label: op.Label}
		if err := fn(told); err != nil {
			return err
		}
		if r.changes, err = tx.ChangesAfter(start.Seq); err != nil {
			return err
		}
		r.changes.Label = told.label
		if r.look != nil {
			if err := n.store.View(ctx, func(before Reader) error { return r.look(before, tx, r.changes) }); err != nil {
				return err
			}
		}
		return errRehearsed
	})
	if errors.Is(err, errRehearsed) {
		err = nil
	}
	return r.changes, err
}

// described is a transaction that remembers what its step is called.
type described struct {
	Tx
	label string
}

// Describe implements Tx.
func (d *described) Describe(format string, args ...any) { d.label = fmt.Sprintf(format, args...) }
