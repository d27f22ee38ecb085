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
