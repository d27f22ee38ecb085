package app

import "slices"

// mergeDiff tells what a merge changed, from the notebook before and after it.
type mergeDiff struct {
	before, after Reader
	out           *MergePreview
	keep          Ref
}

// named tells what stays, what was merged away, and what the one that stays is
// called, is and belongs to from then on.
func (d mergeDiff) named(c Changes) error {
	merged, err := d.after.MergedInto(d.keep)
	if err != nil {
		return err
	}
	already, err := d.before.MergedInto(d.keep)
	if err != nil {
		return err
	}
	for _, m := range merged {
		if !slices.Contains(already, m) && slices.Contains(c.Refs, m.Ref) {
			if was, err := d.mergedBefore(m.Ref); err != nil {
				return err
			} else if !was { // else it came with another
				d.out.Others = append(d.out.Others, m.Name)
			}
		}
	}
	if d.out.Keep, err = NameOf(d.after, d.keep); err != nil || d.keep.Kind != KindActor {
		return err
	}
	had, err := d.before.Actor(ActorID(d.keep.ID))
	if err != nil {
		return err
	}
	has, err := d.after.Actor(had.ID)
	if err != nil {
		return err
	}
	for _, a := range has.Aliases {
		if !slices.Contains(had.Aliases, a) {
			d.out.Aliases = append(d.out.Aliases, a)
		}
	}
	if has.Kind != had.Kind {
		d.out.Kind = has.Kind
	}
	if has.PartOf == had.PartOf {
		return nil
	}
	if has.PartOf != "" {
		d.out.PartOf, err = NameOf(d.after, RefTo(KindActor, has.PartOf))
	} else {
		d.out.Apart, err = NameOf(d.before, RefTo(KindActor, had.PartOf))
	}
	return err
}

func (d mergeDiff) mergedBefore(ref Ref) (bool, error) {
	if ref.Kind == KindClaim {
		c, err := d.before.Claim(ClaimID(ref.ID))
		return c.MergedInto != "", err
	}
	a, err := d.before.Actor(ActorID(ref.ID))
	return a.MergedInto != "", err
}

// count counts the things that changed.
func (d mergeDiff) count(c Changes) error {
	for _, ref := range c.Refs {
		var err error
		switch ref.Kind {
		case KindStatement:
			err = d.statement(StatementID(ref.ID))
		case KindRelation:
			err = d.relation(RelationID(ref.ID))
		case KindActor:
			err = d.part(ActorID(ref.ID))
		case KindNote:
			err = d.note(NoteID(ref.ID))
		case KindTag:
			err = d.tag(TagID(ref.ID))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (d mergeDiff) statement(id StatementID) error {
	had, err := d.before.Statement(id)
	if err != nil {
		return err
	}
	has, err := d.after.Statement(id)
	if err != nil || !had.Trashed.IsZero() {
		return err
	}
	if had.Actor != has.Actor || had.Claim != has.Claim {
		d.out.Statements++
	}
	if had.ReportedBy != has.ReportedBy {
		d.out.Reported++
	}
	return nil
}

func (d mergeDiff) relation(id RelationID) error {
	had, err := d.before.Relation(id)
	if err != nil {
		return err
	}
	has, err := d.after.Relation(id)
	switch {
	case err != nil || !had.Trashed.IsZero():
	case !has.Trashed.IsZero():
		d.out.Trashed++
	case had.From != has.From || had.To != has.To || !slices.Equal(had.With, has.With):
		d.out.Relations++
	}
	return err
}

// part counts an actor that becomes part of the one that stays.
func (d mergeDiff) part(id ActorID) error {
	had, err := d.before.Actor(id)
	if err != nil {
		return err
	}
	has, err := d.after.Actor(id)
	if err == nil && had.Trashed.IsZero() && had.MergedInto == "" && has.MergedInto == "" &&
		had.PartOf != has.PartOf && string(has.PartOf) == d.keep.ID {
		d.out.Parts++
	}
	return err
}

func (d mergeDiff) note(id NoteID) error {
	had, err := d.before.Note(id)
	if err != nil {
		return err
	}
	has, err := d.after.Note(id)
	if err == nil && had.Trashed.IsZero() && (!slices.Equal(had.On, has.On) || !slices.Equal(had.Mentions, has.Mentions)) {
		d.out.Notes++
	}
	return err
}

func (d mergeDiff) tag(id TagID) error {
	had, err := d.before.TagsOn(d.keep)
	if err != nil {
		return err
	}
	has, err := d.after.TagsOn(d.keep)
	of := func(t Tag) bool { return t.ID == id }
	if err == nil && slices.ContainsFunc(has, of) && !slices.ContainsFunc(had, of) {
		d.out.Tags++
	}
	return err
}
