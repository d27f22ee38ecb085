package app

import (
	"context"
	"errors"
	"strings"
)

// ScopeTitle says in words what a scope leaves; "" when it leaves all. What is in
// the trash or gone is said to be.
func (n *Notebook) ScopeTitle(ctx context.Context, s Scope) (string, error) {
	var parts []string
	err := n.store.View(ctx, func(r Reader) error {
		for _, of := range s.named() {
			name, err := scopeName(r, of.Ref)
			if err != nil {
				return err
			}
			parts = append(parts, of.word+" "+name)
		}
		return nil
	})
	if s.From != "" {
		parts = append(parts, "from "+s.From.String())
	}
	if s.To != "" {
		parts = append(parts, "up to "+s.To.String())
	}
	if s.Wholes {
		parts = append(parts, "parts count for their wholes")
	}
	return strings.Join(parts, " · "), err
}

func scopeName(r Reader, ref Ref) (string, error) {
	ref, err := identified(r, ref.ID)
	if errors.Is(err, ErrNotFound) {
		return "what is no longer there", nil
	}
	if err != nil {
		return "", err
	}
	name, err := NameOf(r, ref)
	if err != nil {
		return "", err
	}
	trashed, err := isTrashed(r, ref)
	if trashed {
		name += " (in the trash)"
	}
	return name, err
}

// isTrashed says whether what a scope names is in the trash.
func isTrashed(r Reader, ref Ref) (bool, error) {
	switch ref.Kind {
	case KindTag:
		t, err := r.Tag(TagID(ref.ID))
		return !t.Trashed.IsZero(), err
	case KindCollection:
		c, err := r.Collection(CollectionID(ref.ID))
		return !c.Trashed.IsZero(), err
	}
	a, err := r.Actor(ActorID(ref.ID))
	return !a.Trashed.IsZero(), err
}
