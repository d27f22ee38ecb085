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
