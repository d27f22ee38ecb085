package app

import (
	"errors"
	"slices"
)

func splitClaim(tx Tx, id ClaimID) error {
	other, err := tx.Claim(id)
	if err != nil {
		return err
	}
	if other.MergedInto == "" {
		return Problem(ErrInvalid, "“%s” was not merged into another claim", other.Text)
	}
	kept, err := tx.Claim(other.MergedInto)
	if err != nil {
		return err
	}
	path, err := tx.MergePath(string(other.ID), string(kept.ID))
	if err != nil {
		return err
	}
	all, err := tx.MergedInto(RefTo(KindClaim, kept.ID))
	if err != nil {
		return err
	}
	holders := path
	for _, m := range all {
		holders = append(holders, m.ID)
	}
	slices.Sort(holders)
	holders = slices.Compact(holders)
	between := map[string][]string{} // relation: the merges that sent it to the trash
	for _, holder := range holders {
		moved, err := tx.Merged(holder)
		if err != nil {
			return err
		}
		for _, m := range moved {
			if m.Role == movedTrashed {
				between[m.Target] = append(between[m.Target], holder)
			}
		}
	}
	if err := tx.PutBack(string(other.ID), string(kept.ID)); err != nil {
		return err
	}
	if other, err = tx.Claim(id); err != nil {
		return err
	}
	other.MergedInto = ""
	if err := tx.PutClaim(other); err != nil {
		return err
	}
	for relation, by := range between {
		if err := apartAgain(tx, RelationID(relation), by); err != nil {
			return err
		}
	}
	tx.Describe("Split “%s” from “%s”", shorten(other.Text, 40), shorten(kept.Text, 40))
	return relink(tx, other.Text)
}

// apartAgain takes a relation out of the trash that went there because its two
// claims became one, where they are two again. by are the merges that remember it.
func apartAgain(tx Tx, id RelationID, by []string) error {
	x, err := tx.Relation(id)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	from, err := tx.Claim(x.From)
	if err != nil {
		return err
	}
	to, err := tx.Claim(x.To)
	if err != nil {
		return err
	}
	root := func(c Claim) ClaimID {
		if c.MergedInto != "" {
			return c.MergedInto
		}
		return c.ID
	}
	if root(from) == root(to) {
		return nil
	}
	for _, end := range []struct {
		of   Claim
		role string
		at   *ClaimID
	}{{from, "from_claim", &x.From}, {to, "to_claim", &x.To}} {
		if end.of.MergedInto == "" {
			continue
		}
		way, err := tx.MergePath(string(end.of.ID), string(end.of.MergedInto))
		if err != nil {
			return err
		}
		for _, holder := range append([]string{string(end.of.ID)}, way[:len(way)-1]...) {
			if err := tx.PutMerged(holder, Moved{end.role, string(id)}); err != nil {
				return err
			}
		}
		*end.at = end.of.MergedInto
	}
	if err := tx.PutRelation(x); err != nil {
		return err
	}
	for _, holder := range by {
		if err := tx.DropMerged(holder, Moved{movedTrashed, string(id)}); err != nil {
			return err
		}
	}
	if x.Trashed.IsZero() {
		return nil
	}
	return tx.Rest(RefTo(KindRelation, id))
}
