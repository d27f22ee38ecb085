package app

import (
	"context"
	"fmt"
	"strings"
)

// Moved is one thing that a merge changed: what held the one that was merged
// away, and in which place. Storage keeps the places of its own; those below
// are the notebook's.
type Moved struct {
	Role   string
	Target string
}

// The places that the notebook keeps itself.
const (
	movedAlias    = "alias"        // a name that the one that stays got
	movedTrashed  = "trashed"      // a relation that joined the two
	movedPartOf   = "was-part-of"  // what the one merged away was part of
	hadPartOf     = "had-part-of"  // what the one that stays was part of, where that changed
	gavePartOf    = "gave-part-of" // what it became part of, "" for nothing
	gaveActorKind = "gave-kind"
)

// MergePreview is what a merge will change.
type MergePreview struct {
	Keep       string // the name or words that stay
	Others     []string
	Statements int // that become keep's
	Reported   int // that keep reports from then on
	Parts      int // actors that become parts of keep
	Relations  int // that become keep's
	Trashed    int // that joined two of them and go to the trash
	Notes      int
	Tags       int
	Aliases    []string // that keep gets
	PartOf     string   // what keep becomes part of; "" when that stays as it is
	Apart      string   // what keep is no longer part of
	Kind       ActorKind
	Label      string // what the history will call it
}

// Sentences say what will change, one thing each.
func (p MergePreview) Sentences() []string {
	var out []string
	add := func(n int, one, then string) {
		if n > 0 {
			out = append(out, countOf(n, one)+" "+then)
		}
	}
	add(p.Statements, "statement", "will be of “"+p.Keep+"”")
	add(p.Reported, "statement", "will be reported by “"+p.Keep+"”")
	add(p.Parts, "actor", "will be part of “"+p.Keep+"”")
	add(p.Relations, "relation", "will be of “"+p.Keep+"”")
	add(p.Trashed, "relation", "between them will go to the trash")
	add(p.Notes, "note", "and links to them follow")
	add(p.Tags, "tag", "will be on “"+p.Keep+"”")
	if len(p.Aliases) > 0 {
		out = append(out, "It will also be called “"+strings.Join(p.Aliases, "”, “")+"”")
	}
	if p.Kind != ActorUnknown {
		out = append(out, "It will be of the kind "+string(p.Kind))
	}
	if p.PartOf != "" {
		out = append(out, "It will be part of “"+p.PartOf+"”")
	} else if p.Apart != "" {
		out = append(out, "It will no longer be part of “"+p.Apart+"”")
	}
	if len(out) == 0 {
		out = append(out, "Nothing hangs on "+strings.Join(p.Others, ", "))
	}
	return out
}

// PreviewActorMerge says what MergeActors would change: it does it, looks, and
// takes it back.
func (n *Notebook) PreviewActorMerge(ctx context.Context, keep string, others ...string) (MergePreview, error) {
	var p MergePreview
	c, err := n.Rehearse(ctx, func(ctx context.Context) error {
		_, err := n.MergeActors(ctx, keep, others...)
		return err
	}, func(before, after Reader, c Changes) error {
		kept, err := actorNamed(before, keep)
		if err != nil {
			return err
		}
		d := mergeDiff{before, after, &p, RefTo(KindActor, kept.ID)}
		if err := d.named(c); err != nil {
			return err
		}
		return d.count(c)
	})
	p.Label = c.Label
	return p, err
}

// PreviewClaimMerge says what MergeClaims would change, as PreviewActorMerge does.
func (n *Notebook) PreviewClaimMerge(ctx context.Context, keep string, others ...string) (MergePreview, error) {
	var p MergePreview
	c, err := n.Rehearse(ctx, func(ctx context.Context) error {
		_, err := n.MergeClaims(ctx, keep, others...)
		return err
	}, func(before, after Reader, c Changes) error {
		kept, err := claimNamed(before, keep)
		if err != nil {
			return err
		}
		d := mergeDiff{before, after, &p, RefTo(KindClaim, kept.ID)}
		if err := d.named(c); err != nil {
			return err
		}
		return d.count(c)
	})
	p.Label = c.Label
	return p, err
}

// MergedInto lists the actors, or the claims, that were merged into this one and
// can be split off again.
func (n *Notebook) MergedInto(ctx context.Context, ref Ref) ([]Ref, []string, error) {
	var refs []Ref
	var names []string
	err := n.store.View(ctx, func(r Reader) error {
		merged, err := r.MergedInto(ref)
		for _, m := range merged {
			refs, names = append(refs, m.Ref), append(names, m.Name)
		}
		return err
	})
	return refs, names, err
}

// SplitMerged takes the merge of an actor or a claim back, however long ago it
// was: what it brought along and what still stands where the merge put it goes
// back to it. ErrInvalid when it was not merged.
func (n *Notebook) SplitMerged(ctx context.Context, other Ref) error {
	_, err := n.Update(ctx, Op{Name: "split"}, func(tx Tx) error {
		switch other.Kind {
		case KindActor:
			return splitActor(tx, ActorID(other.ID))
		case KindClaim:
			return splitClaim(tx, ClaimID(other.ID))
		}
		return Problem(ErrInvalid, "only actors and claims are merged and split")
	})
	return err
}

// MoveStatements gives statements another actor, another claim or both; "" keeps
// the one they have. With create, one that does not exist is made: this is how a
// part of an actor's or a claim's statements is split off.
func (n *Notebook) MoveStatements(ctx context.Context, actor, claim string, create bool, ids ...StatementID) error {
	_, err := n.Update(ctx, Op{Name: "move-statements"}, func(tx Tx) error {
		if len(ids) == 0 || actor == "" && claim == "" {
			return Problem(ErrInvalid, "choose the statements, and the actor or the claim that they belong to")
		}
		var to []string
		var a Actor
		var c Claim
		var err error
		if actor != "" {
			if a, err = actorOrNew(tx, actor, create); err != nil {
				return err
			}
			to = append(to, a.Name)
		}
		if claim != "" {
			if c, err = claimOrNew(tx, claim, create); err != nil {
				return err
			}
			to = append(to, fmt.Sprintf("“%s”", shorten(c.Text, 60)))
		}
		for _, id := range ids {
			s, err := tx.Statement(id)
			if err != nil {
				return err
			}
			if a.ID != "" {
				s.Actor = a.ID
			}
			if c.ID != "" {
				s.Claim = c.ID
			}
			if err := tx.PutStatement(s); err != nil {
				return err
			}
		}
		tx.Describe("Give %s to %s", countOf(len(ids), "statement"), strings.Join(to, ", "))
		return nil
	})
	return err
}
