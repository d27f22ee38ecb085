package app

import (
	"context"
	"strings"
)

// MergedAway is an actor or a claim that was merged into another and can be split
// off again.
type MergedAway struct {
	Ref
	Name     string
	Into     Ref
	IntoName string
}

// AllMerged lists the actors, or the claims, that can be split off again.
func (n *Notebook) AllMerged(ctx context.Context, kind Kind) (out []MergedAway, err error) {
	if kind != KindActor && kind != KindClaim {
		return nil, Problem(ErrInvalid, "only actors and claims are merged and split")
	}
	err = n.store.View(ctx, func(r Reader) error {
		out, err = r.AllMerged(kind)
		return err
	})
	return out, err
}

// MergedNamed finds what a person wants to split off: by the identifier or the
// name of what was merged away, or by what it was merged into, where that is the
// only one. The error lists what can be split: ErrNotFound, ErrAmbiguous.
func (n *Notebook) MergedNamed(ctx context.Context, kind Kind, name string) (MergedAway, error) {
	all, err := n.AllMerged(ctx, kind)
	if err != nil {
		return MergedAway{}, err
	}
	show := func(m MergedAway) string { return "“" + m.Name + "” (" + m.ID + ") into “" + m.IntoName + "”" }
	var away, into []MergedAway
	for _, m := range all {
		if m.ID == name || FoldName(m.Name) == FoldName(name) {
			away = append(away, m)
		}
		if m.Into.ID == name || FoldName(m.IntoName) == FoldName(name) {
			into = append(into, m)
		}
	}
	found := away
	if len(found) == 0 {
		found = into
	}
	switch {
	case len(all) == 0:
		return MergedAway{}, Problem(ErrNotFound, "no %s was merged into another", kind)
	case len(found) == 1:
		return found[0], nil
	}
	kindOf, those := ErrAmbiguous, found
	words := "more than one %s fits %q; use the id. These were merged: %s"
	if len(found) == 0 {
		kindOf, those, words = ErrNotFound, all, "no %s called %q was merged into another. These were: %s"
	}
	list := make([]string, len(those))
	for i, m := range those {
		list[i] = show(m)
	}
	return MergedAway{}, Problem(kindOf, words, kind, name, strings.Join(list, "; "))
}
