package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"
)

// Notebook is every use case of the product: the one door through which the
// window and the command line go. Its methods may be called from any goroutine;
// those that take a context can be cancelled through it.
type Notebook struct {
	store    Store
	index    Index
	importer Importer

	discourses discourses

	mu        sync.Mutex
	seen      int64 // the change log up to here was published
	listeners map[int]func(Changes)
	next      int
}

// New makes a notebook of its parts. It takes them over: Close closes them.
func New(ctx context.Context, store Store, index Index, importer Importer) (*Notebook, error) {
	c, err := store.ChangesAfter(ctx, int64(^uint64(0)>>1))
	if err != nil {
		return nil, fmt.Errorf("open notebook: %w", err)
	}
	return &Notebook{store: store, index: index, importer: importer, seen: c.Seq, listeners: map[int]func(Changes){}}, nil
}

// Close ends the notebook's work.
func (n *Notebook) Close() error {
	return errors.Join(n.index.Close(), n.store.Close())
}

// View runs fn on one unchanging state of the notebook.
func (n *Notebook) View(ctx context.Context, fn func(Reader) error) error {
	return n.store.View(ctx, fn)
}

// Update runs fn in one transaction, which is one undo step, tells the index
// and publishes what changed. If fn fails, nothing is kept.
func (n *Notebook) Update(ctx context.Context, op Op, fn func(Tx) error) (Changes, error) {
	if whole, ok := ctx.Value(oneStep{}).(Op); ok && op.Group == "" {
		op.Group = whole.Group
		inner := fn
		fn = func(tx Tx) error {
			err := inner(tx)
			tx.Describe("%s", whole.Label)
			return err
		}
	}
	if r, ok := ctx.Value(rehearsal{}).(*rehearsed); ok {
		return n.rehearse(ctx, r, op, fn)
	}
	c, err := n.store.Update(ctx, op, fn)
	if err != nil {
		return c, err
	}
	n.publish(c)
	return c, nil
}

// oneStep is the key of a context in which several acts are one step.
type oneStep struct{}

// InOneStep returns a context in which all acts are undone together, and stand
// in the history under one label.
func InOneStep(ctx context.Context, label string) context.Context {
	return context.WithValue(ctx, oneStep{}, Op{Label: label, Group: NewID[string]()})
}

// roomToUndo is how many bytes AllOrNothing keeps free for taking back.
const roomToUndo = 4 << 20

// AllOrNothing runs fn, whose acts in the context that it is given are one step of
// that label. When fn fails, or ctx ends, what it did is taken back. Room for that is
// kept on the disk meanwhile: when there is none, nothing is begun.
func (n *Notebook) AllOrNothing(ctx context.Context, label string, fn func(context.Context) error) error {
	if err := n.ReadOnly(); err != nil {
		return err
	}
	info, err := n.store.Info(ctx)
	if err != nil {
		return err
	}
	release, err := reserve(info.Folder, roomToUndo)
	if err != nil {
		return fmt.Errorf("%w; nothing was changed", err)
	}
	before, err := n.History(ctx, 1)
	if err != nil {
		release()
		return err
	}
	err = fn(InOneStep(ctx, label))
	release()
	if err == nil {
		return nil
	}
	ctx = context.WithoutCancel(ctx)
	steps, undoErr := n.History(ctx, 1)
	if undoErr == nil && (len(steps) == 0 || steps[0].Label != label || len(before) > 0 && steps[0].ID == before[0].ID) {
		return fmt.Errorf("%w; nothing was changed", err)
	}
	if undoErr == nil {
		_, undoErr = n.Undo(ctx)
	}
	if undoErr != nil {
		return fmt.Errorf("%w; what was done until then could not be taken back and stays in the notebook, Undo takes it away: %w", err, undoErr)
	}
	return fmt.Errorf("%w; what was done until then was taken back", err)
}

// reserve takes room in a folder until it is released.
func reserve(folder string, bytes int) (release func(), err error) {
	f, err := os.CreateTemp(folder, ".room-")
	if err != nil {
		return nil, AboutDisk(folder, err)
	}
	release = func() {
		_ = f.Close()
		_ = os.Remove(f.Name())
	}
	if _, err = f.Write(make([]byte, bytes)); err == nil {
		err = f.Sync() // else the system may find out later that it is not there
	}
	if err != nil {
		release()
		return nil, AboutDisk(f.Name(), err)
	}
	return release, nil
}

// Undo takes back the newest step and returns what it was.
func (n *Notebook) Undo(ctx context.Context) (Changes, error) { return n.replayed(n.store.Undo(ctx)) }

// Redo does the step that was undone last once more.
func (n *Notebook) Redo(ctx context.Context) (Changes, error) { return n.replayed(n.store.Redo(ctx)) }

func (n *Notebook) replayed(c Changes, err error) (Changes, error) {
	if err == nil {
		n.publish(c)
	}
	return c, err
}

// History lists the newest steps first; a limit of 0 means all that are kept.
func (n *Notebook) History(ctx context.Context, limit int) ([]Step, error) {
	return n.store.History(ctx, limit)
}

// Subscribe calls fn, from the goroutine that made them or another, with every
// set of changes: the process's own at once, those of other processes while
// Watch runs. It may tell of the same change twice.
func (n *Notebook) Subscribe(fn func(Changes)) (cancel func()) {
	n.mu.Lock()
	defer n.mu.Unlock()
	id := n.next
	n.next++
	n.listeners[id] = fn
	return func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		delete(n.listeners, id)
	}
}

func (n *Notebook) publish(c Changes) {
	n.mu.Lock()
	if n.seen == c.After { // else another process wrote in between, and Watch will tell of both
		n.seen = c.Seq
	}
	listeners := make([]func(Changes), 0, len(n.listeners))
	for _, fn := range n.listeners {
		listeners = append(listeners, fn)
	}
	n.mu.Unlock()
	if c.Empty() {
		return
	}
	n.index.Wake()
	for _, fn := range listeners {
		fn(c)
	}
}

// Watch publishes what other processes change, until ctx ends, and tells trouble
// when the notebook's file is no longer the one that was opened (ErrReplaced),
// and with nil when it is there again.
func (n *Notebook) Watch(ctx context.Context, every time.Duration, trouble func(error)) {
	replaced := false
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			err := n.store.InPlace()
			if now := errors.Is(err, ErrReplaced); now != replaced {
				replaced = now
				trouble(err)
			}
			seen := n.lastSeen()
			if c, err := n.store.ChangesAfter(ctx, seen); err == nil && c.Seq > seen {
				n.publish(c)
			} // an error here shows up in whatever the user does next
		}
	}
}

// lastSeen is up to where the change log was published.
func (n *Notebook) lastSeen() int64 {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.seen
}

// Sync returns when all that was changed so far can be searched.
func (n *Notebook) Sync(ctx context.Context) error { return n.index.Sync(ctx) }

// IndexStatus says how far the search index is.
func (n *Notebook) IndexStatus() IndexStatus { return n.index.Status() }

// RebuildIndex builds the search index anew; the old one serves meanwhile.
func (n *Notebook) RebuildIndex(ctx context.Context, p Progress) error {
	return n.index.Rebuild(ctx, p)
}

// Info tells where the notebook is and what it holds.
func (n *Notebook) Info(ctx context.Context) (Info, error) { return n.store.Info(ctx) }
