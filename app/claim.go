package app

import (
	"context"
	"time"
)

// Claim is one proposition, in the researcher's words.
type Claim struct {
	ID         ClaimID
	Text       string
	MergedInto ClaimID // "" unless it was merged into another claim
	Created    time.Time
	Modified   time.Time
	Trashed    time.Time
}

// Validate reports what keeps the claim from being stored.
func (c Claim) Validate() error {
	if !shows(c.Text) {
		return Problem(ErrInvalid, "a claim needs words")
	}
	return nil
}

// AddClaim makes a claim. ErrExists when there is one in the same words.
func (n *Notebook) AddClaim(ctx context.Context, text string) (Claim, error) {
	var c Claim
	_, err := n.Update(ctx, Op{Name: "add-claim"}, func(tx Tx) (err error) {
		c, err = addClaim(tx, text)
		tx.Describe("Add claim “%s”", shorten(c.Text, 60))
		return err
	})
	return c, err
}

func addClaim(tx Tx, text string) (Claim, error) {
	c := Claim{ID: NewID[ClaimID](), Text: CleanName(text)}
	if err := c.Validate(); err != nil {
		return c, err
	}
	if err := wordsAreFree(tx, c); err != nil {
		return c, err
	}
	if err := tx.PutClaim(c); err != nil {
		return c, err
	}
	return c, relink(tx, c.Text)
}

// wordsAreFree is ErrExists when another claim is in c's words already.
func wordsAreFree(r Reader, c Claim) error {
	all, err := r.Claims()
	if err != nil {
		return err
	}
	for _, have := range all {
		if have.ID != c.ID && FoldName(have.Text) == FoldName(c.Text) {
			return Problem(ErrExists, "there is a claim %q already (%s); merge the two if they are one", have.Text, have.ID)
		}
	}
	return nil
}

// EditClaim changes a claim's words.
func (n *Notebook) EditClaim(ctx context.Context, id ClaimID, text string) (Claim, error) {
	var c Claim
	_, err := n.Update(ctx, Op{Name: "edit-claim"}, func(tx Tx) (err error) {
		if err := pinStored(tx); err != nil {
			return err
		}
		if c, err = tx.Claim(id); err != nil {
			return err
		}
		before := c.Text
		c.Text = CleanName(text)
		tx.Describe("Reword claim “%s”", shorten(c.Text, 60))
		if err := c.Validate(); err != nil {
			return err
		}
		if err := wordsAreFree(tx, c); err != nil {
			return err
		}
		if err := tx.PutClaim(c); err != nil {
			return err
		}
		if err := renameLinks(tx, RefTo(KindClaim, id), before, c.Text); err != nil {
			return err
		}
		return relink(tx, c.Text)
	})
	return c, err
}

// MergeClaims makes others one with keep: their statements, relations, notes
// and tags become keep's. A relation between two of them goes to the trash.
func (n *Notebook) MergeClaims(ctx context.Context, keep string, others ...string) (Claim, error) {
	var kept Claim
	_, err := n.Update(ctx, Op{Name: "merge-claims"}, func(tx Tx) (err error) {
		if err := pinStored(tx); err != nil {
			return err
		}
		if kept, err = claimNamed(tx, keep); err != nil {
			return err
		}
		if len(others) == 0 {
			return Problem(ErrInvalid, "name the claims to merge into “%s”", kept.Text)
		}
		for _, text := range others {
			other, err := claimNamed(tx, text)
			if err != nil {
				return err
			}
			if other.ID == kept.ID {
				return Problem(ErrInvalid, "“%s” cannot be merged with itself", kept.Text)
			}
			if err := mergeClaim(tx, kept, other); err != nil {
				return err
			}
		}
		tx.Describe("Merge %s into “%s”", countOf(len(others), "claim"), shorten(kept.Text, 60))
		return nil
	})
	return kept, err
}

func mergeClaim(tx Tx, kept, other Claim) error {
	// Set against itself a claim means nothing: the trash shows both sides still.
	between, err := tx.Relations(RelationQuery{Claim: other.ID})
	if err != nil {
		return err
	}
	for _, r := range between {
		if r.From == kept.ID && r.To == other.ID || r.From == other.ID && r.To == kept.ID {
			if err := tx.SetTrashed(RefTo(KindRelation, r.ID), true); err != nil {
				return err
			}
			if err := tx.PutMerged(string(other.ID), Moved{movedTrashed, string(r.ID)}); err != nil {
				return err
			}
		}
	}
	if err := tx.ReplaceClaim(other.ID, kept.ID); err != nil {
		return err
	}
	other.MergedInto = kept.ID
	return tx.PutClaim(other)
}
