package app

import (
	"errors"
	"slices"
)

// What a merge of actors gave the one that stays besides what refers to it: names,
// a kind, what it is part of. Each is taken back from all that have it by way of
// the one split off, unless another that was merged into them brings it too, and
// unless it was changed by hand since.

func splitActor(tx Tx, id ActorID) error {
	other, err := tx.Actor(id)
	if err != nil {
		return err
	}
	if other.MergedInto == "" {
		return Problem(ErrInvalid, "%s was not merged into another actor", other.Name)
	}
	s := actorSplit{tx: tx, kept: other.MergedInto}
	if err := s.read(other); err != nil {
		return err
	}
	kept := s.path[len(s.path)-1]
	if err := tx.PutBack(string(other.ID), string(s.kept)); err != nil {
		return err
	}
	for i := range s.path { // what they are part of may have come back
		a, err := tx.Actor(s.path[i].ID)
		if err != nil {
			return err
		}
		s.path[i].PartOf = a.PartOf
	}
	if other, err = tx.Actor(id); err != nil {
		return err
	}
	other.MergedInto = ""
	if err := tx.PutActor(other); err != nil {
		return err
	}
	if err := s.takeBack(&other); err != nil {
		return err
	}
	for _, a := range append(s.path, other) {
		if err := tx.PutActor(a); err != nil {
			return err
		}
	}
	tx.Describe("Split %s from %s", other.Name, kept.Name)
	for _, name := range append([]string{other.Name}, other.Aliases...) {
		if err := relink(tx, name); err != nil {
			return err
		}
	}
	return nil
}

// actorSplit is a split as it is done.
type actorSplit struct {
	tx      Tx
	kept    ActorID
	moved   []Moved // what the merge of the one split off did
	path    []Actor // what it was merged into, the one that stays last
	records [][]Moved
	beside  [][]Actor // what else was merged straight into each of them
}

func (s *actorSplit) read(other Actor) (err error) {
	if s.moved, err = s.tx.Merged(string(other.ID)); err != nil {
		return err
	}
	path, err := s.tx.MergePath(string(other.ID), string(s.kept))
	if err != nil {
		return err
	}
	merged, err := s.tx.MergedInto(RefTo(KindActor, s.kept))
	if err != nil {
		return err
	}
	from := string(other.ID)
	for _, id := range path {
		a, err := s.tx.Actor(ActorID(id))
		if err != nil {
			return err
		}
		records, err := s.tx.Merged(id)
		if err != nil {
			return err
		}
		var beside []Actor
		for _, m := range merged {
			way, err := s.tx.MergePath(m.ID, string(s.kept))
			if err != nil {
				return err
			}
			if m.ID == from || way[0] != id {
				continue
			}
			b, err := s.tx.Actor(ActorID(m.ID))
			if err != nil {
				return err
			}
			beside = append(beside, b)
		}
		s.path, s.records, s.beside, from = append(s.path, a), append(s.records, records), append(s.beside, beside), id
	}
	return nil
}

func (s *actorSplit) takeBack(other *Actor) error {
	if len(s.moved) == 0 { // merged before such things were remembered
		names := append([]string{other.Name}, other.Aliases...)
		kept := &s.path[len(s.path)-1]
		kept.Aliases = slices.DeleteFunc(kept.Aliases, func(a string) bool { return slices.Contains(names, a) })
	}
	for _, m := range s.moved {
		var err error
		switch m.Role {
		case movedAlias:
			err = s.name(m.Target)
		case gaveActorKind:
			err = s.kind(ActorKind(m.Target))
		case movedPartOf:
			err = s.point(other, m.Target)
		}
		if err != nil {
			return err
		}
	}
	return s.partOf()
}

// name takes a name back.
func (s *actorSplit) name(name string) error {
	for i := range s.path {
		a := &s.path[i]
		for _, b := range s.beside[i] {
			if b.Named(name) {
				return s.tx.PutMerged(string(b.ID), Moved{movedAlias, name})
			}
		}
		a.Aliases = slices.DeleteFunc(a.Aliases, func(have string) bool { return FoldName(have) == FoldName(name) })
		gave := slices.IndexFunc(s.records[i], func(m Moved) bool { return m.Role == movedAlias && FoldName(m.Target) == FoldName(name) })
		if gave < 0 { // the next one has it by itself, or there is none
			return nil
		}
		if err := s.tx.DropMerged(string(a.ID), s.records[i][gave]); err != nil {
			return err
		}
	}
	return nil
}

// kind takes a kind back.
func (s *actorSplit) kind(kind ActorKind) error {
	now := ActorUnknown
	for i := range s.path {
		a := &s.path[i]
		if a.Kind != kind { // changed by hand
			return nil
		}
		for _, b := range s.beside[i] {
			if now == ActorUnknown && b.Kind != ActorUnknown {
				now = b.Kind
				if err := s.tx.PutMerged(string(b.ID), Moved{gaveActorKind, string(now)}); err != nil {
					return err
				}
			}
		}
		a.Kind = now
		gave := Moved{gaveActorKind, string(kind)}
		if now == kind || !slices.Contains(s.records[i], gave) {
			return nil
		}
		if err := s.tx.DropMerged(string(a.ID), gave); err != nil {
			return err
		}
		if now != ActorUnknown {
			if err := s.tx.PutMerged(string(a.ID), Moved{gaveActorKind, string(now)}); err != nil {
				return err
			}
		}
	}
	return nil
}

func recorded(moved []Moved, role string) (string, bool) {
	for _, m := range moved {
		if m.Role == role {
			return m.Target, true
		}
	}
	return "", false
}

// partOf gives those that the actor was merged into back what they were part of.
func (s *actorSplit) partOf() error {
	gave, changed := recorded(s.moved, gavePartOf)
	had, _ := recorded(s.moved, hadPartOf)
	for i := range s.path {
		if !changed {
			return nil
		}
		a := &s.path[i]
		last := i == len(s.path)-1
		is := string(a.PartOf)
		if !last {
			is, _ = recorded(s.records[i], movedPartOf)
		}
		same, err := s.same(is, gave)
		if err != nil || !same { // changed by hand
			return err
		}
		for _, b := range s.beside[i] {
			moved, err := s.tx.Merged(string(b.ID))
			if err != nil {
				return err
			}
			if whole, ok := recorded(moved, movedPartOf); ok && had == "" && whole != string(a.ID) {
				had = whole
				for _, m := range []Moved{{hadPartOf, ""}, {gavePartOf, whole}} {
					if err := s.tx.PutMerged(string(b.ID), m); err != nil {
						return err
					}
				}
			}
		}
		if last {
			return s.point(a, had)
		}
		for _, m := range s.records[i] {
			if m.Role == movedPartOf {
				if err := s.tx.DropMerged(string(a.ID), m); err != nil {
					return err
				}
			}
		}
		if had != "" {
			if err := s.tx.PutMerged(string(a.ID), Moved{movedPartOf, had}); err != nil {
				return err
			}
		}
		now := had
		gave, changed = recorded(s.records[i], gavePartOf)
		before, _ := recorded(s.records[i], hadPartOf)
		if !changed || before == "" && now != "" {
			if changed { // it brings the next one another whole
				for _, err := range []error{s.tx.DropMerged(string(a.ID), Moved{gavePartOf, gave}), s.tx.PutMerged(string(a.ID), Moved{gavePartOf, now})} {
					if err != nil {
						return err
					}
				}
			}
			had = now
			continue
		}
		had = before
		if now == "" {
			for _, m := range []Moved{{gavePartOf, gave}, {hadPartOf, before}} {
				if err := s.tx.DropMerged(string(a.ID), m); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// same says whether two identifiers lead to one actor.
func (s *actorSplit) same(a, b string) (bool, error) {
	x, err := s.root(a)
	if err != nil {
		return false, err
	}
	y, err := s.root(b)
	return x == y, err
}

// root is what an actor was merged into, or itself; "" for none and for one that
// is gone.
func (s *actorSplit) root(id string) (string, error) {
	if id == "" {
		return "", nil
	}
	a, err := s.tx.Actor(ActorID(id))
	switch {
	case errors.Is(err, ErrNotFound):
		return "", nil
	case a.MergedInto != "":
		return string(a.MergedInto), err
	}
	return id, err
}

// point makes an actor part of the one with an identifier; see pointPart.
func (s *actorSplit) point(a *Actor, whole string) error {
	root, err := s.root(whole)
	if err != nil {
		return err
	}
	return pointPart(s.tx, a, whole, root)
}

// pointPart makes an actor part of root, which whole was merged into or is; whole
// remembers it. Of nothing where that would be a circle.
func pointPart(tx Tx, a *Actor, whole, root string) error {
	if err := tx.ForgetPart(a.ID); err != nil {
		return err
	}
	if a.PartOf = ActorID(root); root == "" {
		return tx.PutActor(*a)
	}
	if partOfEnds(tx, *a) != nil {
		a.PartOf = ""
		return tx.PutActor(*a)
	}
	if root != whole {
		way, err := tx.MergePath(whole, root)
		if err != nil {
			return err
		}
		for _, id := range append([]string{whole}, way[:len(way)-1]...) {
			if err := tx.PutMerged(id, Moved{"part_of", string(a.ID)}); err != nil {
				return err
			}
		}
	}
	return tx.PutActor(*a)
}

// partOrigin is what an actor was made part of, which may have been merged into
// what it is part of now.
func partOrigin(tx Tx, a Actor) (ActorID, error) {
	origin, longest := a.PartOf, 0
	moved, err := tx.PartMoved(a.ID)
	if err != nil {
		return "", err
	}
	for _, id := range moved {
		whole, err := tx.Actor(id)
		if err != nil {
			return "", err
		}
		if whole.MergedInto != a.PartOf {
			continue
		}
		way, err := tx.MergePath(string(id), string(a.PartOf))
		if err != nil {
			return "", err
		}
		if len(way) > longest {
			origin, longest = id, len(way)
		}
	}
	return origin, nil
}

// decided forgets, where a person changes what an actor is or is part of, that a
// merge gave it that: no split takes it back from then on.
func decided(tx Tx, was, is Actor) error {
	roles := map[string]bool{gaveActorKind: was.Kind != is.Kind, gavePartOf: was.PartOf != is.PartOf, hadPartOf: was.PartOf != is.PartOf}
	if was.Kind == is.Kind && was.PartOf == is.PartOf {
		return nil
	}
	if was.PartOf != is.PartOf {
		if err := tx.ForgetPart(is.ID); err != nil {
			return err
		}
	}
	merged, err := tx.MergedInto(RefTo(KindActor, is.ID))
	if err != nil {
		return err
	}
	for _, m := range merged {
		way, err := tx.MergePath(m.ID, string(is.ID))
		if err != nil {
			return err
		}
		moved, err := tx.Merged(m.ID)
		if err != nil {
			return err
		}
		for _, one := range moved {
			if len(way) == 1 && roles[one.Role] {
				if err := tx.DropMerged(m.ID, one); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
