package app

import "context"

// FreshDiscourse reads what is recorded from scratch, whatever is kept.
func (n *Notebook) FreshDiscourse(ctx context.Context) (d *Discourse, err error) {
	err = n.store.View(ctx, func(r Reader) error {
		d, err = readDiscourse(r, &folds{})
		return err
	})
	return d, err
}

// DisputeOf works a dispute out without evidence.
func (d *Discourse) DisputeOf(id ClaimID, topic map[ClaimID]bool) Dispute {
	return d.dispute(id, topic)
}

// ActorPageOf and ClaimPageOf work pages out without what is written on them.
func (d *Discourse) ActorPageOf(a Actor) *ActorPage { return d.actorPage(a) }

// ClaimPageOf works a claim's page out.
func (d *Discourse) ClaimPageOf(c Claim) *ClaimPage { return d.claimPage(c) }

// CarryMark says what becomes of a mark that bears something or nothing when its
// article gets a new text, as an update does.
func CarryMark(a Anchor, old, text Content, bears bool) Move {
	from, to := groundOf(old), groundOf(text)
	v := judgeCarried(a.Carry(from, to), a, from, to, bears)
	return Move{State: v.State, Old: a, New: v.Anchor, TextChanged: v.textChanged, Change: v.change}
}

// CommitImportTwice commits a file in a batch that fails at its very end, as on a full
// disk, and then another in the same batch, which does not.
func CommitImportTwice(ctx context.Context, n *Notebook, one, other string) (first, second error) {
	failing := &Notebook{store: lastMomentFailure{n.store}, index: n.index, importer: n.importer, listeners: map[int]func(Changes){}}
	b := importBatch{notebook: failing, op: Op{Name: "import"}, report: func(ImportResult) {}}
	b.waiting = []parsed{n.parse(ctx, listedFile{path: one}, ReadAs{})}
	first = b.commit(ctx)
	b.notebook, b.waiting = n, []parsed{n.parse(ctx, listedFile{path: other}, ReadAs{})}
	return first, b.commit(ctx)
}

// lastMomentFailure is a store whose transactions fail when all was written.
type lastMomentFailure struct{ Store }

// Update implements Store.
func (f lastMomentFailure) Update(ctx context.Context, op Op, fn func(Tx) error) (Changes, error) {
	return f.Store.Update(ctx, op, func(tx Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return ErrDiskFull
	})
}
