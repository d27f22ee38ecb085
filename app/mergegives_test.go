package app_test

import (
	"slices"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// A into B, B into C; A is split off, then B: each has its own names again.
func TestSplitInChainOrder(t *testing.T) {
	for _, order := range [][]int{{0, 1}, {1, 0}} {
		nb := apptest.New(t)
		ctx, ok := t.Context(), must(t)
		all := []app.Actor{nb.Actor("A", "a one"), nb.Actor("B", "b one"), nb.Actor("C")}
		ok(nb.MergeActors(ctx, "B", "A"))
		ok(nb.MergeActors(ctx, "C", "B"))
		for _, i := range order {
			ok(nil, nb.SplitMerged(ctx, app.RefTo(app.KindActor, all[i].ID)))
		}
		for _, want := range all {
			if a := apptest.Read(nb, func(r app.Reader) (app.Actor, error) { return r.Actor(want.ID) }); !slices.Equal(a.Aliases, want.Aliases) || a.Name != want.Name {
				t.Errorf("split in the order %v: %+v, want %+v", order, a, want)
			}
		}
	}
}

// What one was part of that then took the whole in, and a premise that became one
// side of its relation, come back too.
func TestAMergeRemembersWhatItOverwrites(t *testing.T) {
	nb := apptest.New(t)
	ctx, ok := t.Context(), must(t)
	state := nb.Actor("State")
	office, err := nb.AddActor(ctx, app.Actor{Name: "Office"}, "State")
	ok(nil, err)
	keep := nb.Claim("The wall has moved")
	other := nb.Claim("The wall moves")
	nb.Claim("The quay must close")
	ok(nb.Notebook.Relate(ctx, app.RelationDraft{From: "The wall moves", Kind: app.RelationSupports, To: "The quay must close", With: []string{"The wall has moved"}}))
	before := rowsButTimes(nb)
	ok(nb.MergeActors(ctx, "Office", "State"))
	ok(nb.MergeClaims(ctx, "The wall has moved", "The wall moves"))
	if a := apptest.Read(nb, func(r app.Reader) (app.Actor, error) { return r.Actor(office.ID) }); a.PartOf != "" {
		t.Errorf("part of itself: %+v", a)
	}
	if all := apptest.Read(nb, func(r app.Reader) ([]app.Relation, error) { return r.Relations(app.RelationQuery{}) }); len(all) != 1 || all[0].From != keep.ID || len(all[0].With) > 0 {
		t.Errorf("relations %+v", all)
	}
	ok(nil, nb.SplitMerged(ctx, app.RefTo(app.KindActor, state.ID)))
	ok(nil, nb.SplitMerged(ctx, app.RefTo(app.KindClaim, other.ID)))
	if after := rowsButTimes(nb); after != before {
		t.Errorf("after the splits:\n%s\nbefore:\n%s", differing(after, before), differing(before, after))
	}
	// With the survivor in the trash, what is split off comes out with what is its own.
	s := nb.Statement("State", app.Asserts, "The wall moves")
	ok(nb.MergeActors(ctx, "Office", "State"))
	nb.Trash(app.RefTo(app.KindActor, office.ID))
	m, err := nb.MergedNamed(ctx, app.KindActor, "State")
	ok(nil, err)
	ok(nil, nb.SplitMerged(ctx, m.Ref))
	if x := apptest.Read(nb, func(r app.Reader) (app.Statement, error) { return r.Statement(s.ID) }); x.Actor != state.ID || !x.Trashed.IsZero() {
		t.Errorf("the statement is %+v", x)
	}
}
