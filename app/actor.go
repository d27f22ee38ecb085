package app

import (
	"context"
	"slices"
	"time"
)

// Actor is a person, organisation, state or group that says something.
type Actor struct {
	ID         ActorID
	Name       string
	Kind       ActorKind
	Aliases    []string // other names, in any script
	PartOf     ActorID  // "" when it is part of nothing
	MergedInto ActorID  // "" unless it was merged; then it lives on only as that actor's aliases
	Created    time.Time
	Modified   time.Time
	Trashed    time.Time
}

// ActorKind says what sort of actor it is.
type ActorKind string

// The kinds of actors; "" is not known yet.
const (
	ActorUnknown      ActorKind = ""
	ActorPerson       ActorKind = "person"
	ActorOrganisation ActorKind = "organisation"
	ActorState        ActorKind = "state"
	ActorGroup        ActorKind = "group"
)

// ActorKinds lists the kinds a user can choose from.
var ActorKinds = []ActorKind{ActorPerson, ActorOrganisation, ActorState, ActorGroup}

// Validate reports what keeps the actor from being stored.
func (a Actor) Validate() error {
	if !shows(a.Name) {
		return Problem(ErrInvalid, "an actor needs a name")
	}
	if a.PartOf == a.ID && a.ID != "" {
		return Problem(ErrInvalid, "%s cannot be part of itself", a.Name)
	}
	switch a.Kind {
	case ActorUnknown, ActorPerson, ActorOrganisation, ActorState, ActorGroup:
		return nil
	}
	return Problem(ErrInvalid, "%q is no kind of actor: person, organisation, state or group", string(a.Kind))
}

// Named says whether name is the actor's name or one of its aliases.
func (a Actor) Named(name string) bool {
	want := FoldName(name)
	if FoldName(a.Name) == want {
		return true
	}
	for _, alias := range a.Aliases {
		if FoldName(alias) == want {
			return true
		}
	}
	return false
}

// tidyAliases cleans aliases, drops doubles and those equal to the name.
func tidyAliases(name string, aliases []string) []string {
	seen := map[string]bool{FoldName(name): true, "": true}
	var out []string
	for _, a := range aliases {
		a = CleanName(a)
		if f := FoldName(a); !seen[f] && shows(a) {
			seen[f] = true
			out = append(out, a)
		}
	}
	return out
}

// AddActor makes an actor. partOf is "", an identifier or a name. ErrExists
// when another actor has the name already.
func (n *Notebook) AddActor(ctx context.Context, a Actor, partOf string) (Actor, error) {
	_, err := n.Update(ctx, Op{Name: "add-actor"}, func(tx Tx) (err error) {
		if partOf != "" {
			whole, err := actorNamed(tx, partOf)
			if err != nil {
				return err
			}
			a.PartOf = whole.ID
		}
		a, err = addActor(tx, a)
		tx.Describe("Add actor %s", a.Name)
		return err
	})
	return a, err
}

func addActor(tx Tx, a Actor) (Actor, error) {
	a.ID, a.Name = NewID[ActorID](), CleanName(a.Name)
	a.Aliases = tidyAliases(a.Name, a.Aliases)
	if err := a.Validate(); err != nil {
		return a, err
	}
	if err := nameIsFree(tx, a); err != nil {
		return a, err
	}
	if err := tx.PutActor(a); err != nil {
		return a, err
	}
	return a, relink(tx, a.Name)
}

// nameIsFree is ErrExists when another actor has a's name already.
func nameIsFree(r Reader, a Actor) error {
	all, err := r.Actors()
	if err != nil {
		return err
	}
	for _, have := range all {
		switch {
		case have.ID == a.ID:
		case FoldName(have.Name) == FoldName(a.Name):
			return Problem(ErrExists, "there is an actor %q already (%s); merge the two if they are one", have.Name, have.ID)
		case have.Named(a.Name):
			return Problem(ErrExists, "%q is another name of %s (%s)", a.Name, have.Name, have.ID)
		}
	}
	return nil
}

// EditActor changes an actor's name, kind, aliases or what it is part of. The
// old name of a renamed actor stays as an alias only if edit puts it there.
func (n *Notebook) EditActor(ctx context.Context, id ActorID, edit func(*Actor)) (Actor, error) {
	var a Actor
	_, err := n.Update(ctx, Op{Name: "edit-actor"}, func(tx Tx) (err error) {
		if err := pinStored(tx); err != nil {
			return err
		}
		if a, err = tx.Actor(id); err != nil {
			return err
		}
		was, before := a, a.Name
		edit(&a)
		a.ID, a.Name = id, CleanName(a.Name)
		a.Aliases = tidyAliases(a.Name, a.Aliases)
		if err := a.Validate(); err != nil {
			return err
		}
		if err := partOfEnds(tx, a); err != nil {
			return err
		}
		if err := decided(tx, was, a); err != nil {
			return err
		}
		tx.Describe("Edit actor %s", a.Name)
		if a.Name != before {
			tx.Describe("Rename actor %s to %s", before, a.Name)
			if err := nameIsFree(tx, a); err != nil {
				return err
			}
		}
		if err := tx.PutActor(a); err != nil {
			return err
		}
		if err := renameLinks(tx, RefTo(KindActor, id), before, a.Name); err != nil {
			return err
		}
		return relink(tx, a.Name)
	})
	return a, err
}

// partOfEnds reports a part-of chain that comes back to a.
func partOfEnds(r Reader, a Actor) error {
	for at := a.PartOf; at != ""; {
		if at == a.ID {
			return Problem(ErrInvalid, "%s cannot be part of something that is part of it", a.Name)
		}
		whole, err := r.Actor(at)
		if err != nil {
			return err
		}
		at = whole.PartOf
	}
	return nil
}

// MergeActors makes others one with keep: their statements, what they report,
// their parts, notes and tags become keep's, their names its aliases. Their
// identifiers lead to keep from then on.
func (n *Notebook) MergeActors(ctx context.Context, keep string, others ...string) (Actor, error) {
	var kept Actor
	_, err := n.Update(ctx, Op{Name: "merge-actors"}, func(tx Tx) (err error) {
		if err := pinStored(tx); err != nil {
			return err
		}
		if kept, err = actorNamed(tx, keep); err != nil {
			return err
		}
		merged := 0
		for _, name := range others {
			other, err := actorNamed(tx, name)
			if err != nil {
				return err
			}
			if other.ID == kept.ID {
				return Problem(ErrInvalid, "%s cannot be merged with itself", kept.Name)
			}
			if kept, err = mergeActor(tx, kept, other); err != nil {
				return err
			}
			merged++
		}
		if merged == 0 {
			return Problem(ErrInvalid, "name the actors to merge into %s", kept.Name)
		}
		tx.Describe("Merge %s into %s", countOf(merged, "actor"), kept.Name)
		return nil
	})
	return kept, err
}

func mergeActor(tx Tx, kept, other Actor) (Actor, error) {
	had := kept
	var err error
	if had.PartOf, err = partOrigin(tx, kept); err != nil {
		return kept, err
	}
	whole := other
	if whole.PartOf, err = partOrigin(tx, other); err != nil {
		return kept, err
	}
	is := kept.PartOf
	if err := tx.ReplaceActor(other.ID, kept.ID); err != nil {
		return kept, err
	}
	if kept, err = tx.Actor(kept.ID); err != nil { // its part-of may have changed
		return kept, err
	}
	kept.Aliases = tidyAliases(kept.Name, append(append(slices.Clone(kept.Aliases), other.Name), other.Aliases...))
	if kept.Kind == ActorUnknown {
		kept.Kind = other.Kind
	}
	gave := ActorID("")
	if kept.PartOf == "" && other.PartOf != "" && other.PartOf != kept.ID {
		gave = whole.PartOf
		if err := pointPart(tx, &kept, string(gave), string(other.PartOf)); err != nil {
			return kept, err
		}
	}
	if partOfEnds(tx, kept) != nil {
		kept.PartOf = ""
	}
	if kept.PartOf == "" {
		gave = ""
		if err := tx.ForgetPart(kept.ID); err != nil {
			return kept, err
		}
	}
	if err := rememberMerge(tx, had, kept, whole); err != nil {
		return kept, err
	}
	if kept.PartOf != is {
		for _, m := range []Moved{{hadPartOf, string(had.PartOf)}, {gavePartOf, string(gave)}} {
			if err := tx.PutMerged(string(other.ID), m); err != nil {
				return kept, err
			}
		}
	}
	other.MergedInto, other.PartOf = kept.ID, ""
	if err := tx.PutActor(other); err != nil {
		return kept, err
	}
	return kept, tx.PutActor(kept)
}

// rememberMerge keeps which names and kind a merge of actors gave the one that
// stays, and what the other one was part of.
func rememberMerge(tx Tx, had, kept, other Actor) error {
	var moved []Moved
	for _, a := range kept.Aliases[len(had.Aliases):] {
		moved = append(moved, Moved{movedAlias, a})
	}
	if other.PartOf != "" {
		moved = append(moved, Moved{movedPartOf, string(other.PartOf)})
	}
	if kept.Kind != had.Kind {
		moved = append(moved, Moved{gaveActorKind, string(kept.Kind)})
	}
	for _, m := range moved {
		if err := tx.PutMerged(string(other.ID), m); err != nil {
			return err
		}
	}
	return nil
}
