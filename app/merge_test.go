package app_test

import (
	"errors"
	"slices"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// Two spellings of one actor become one: everything that hung on the other now
// hangs on it, its names are found, its identifier leads there; and undo and
// redo bring back every row.
func TestMergeActors(t *testing.T) {
	nb := apptest.New(t)
	ctx := t.Context()
	keep := nb.Actor("Port Company", "the operator")
	other, err := nb.AddActor(ctx, app.Actor{Name: "Port Co.", Kind: app.ActorOrganisation, Aliases: []string{"港口公司", "The Operator"}}, "")
	if err != nil {
		t.Fatal(err)
	}
	osen, err := nb.AddActor(ctx, app.Actor{Name: "Marit Osen", Kind: app.ActorPerson}, "Port Co.")
	if err != nil {
		t.Fatal(err)
	}
	said := nb.Statement("Port Co.", app.Denies, "The quay is unsafe")
	reported, err := nb.AddStatement(ctx, app.StatementDraft{Actor: "Marit Osen", Claim: "The quay is unsafe", Stance: app.Questions, ReportedBy: "Port Co."})
	if err != nil {
		t.Fatal(err)
	}
	discarded := nb.Statement("Port Co.", app.Asserts, "The record is clean")
	nb.Trash(app.RefTo(app.KindStatement, discarded.ID))
	note := nb.Note("They never answered. [[Port Company]]", app.RefTo(app.KindActor, other.ID))
	if err := nb.Tag(ctx, "operators", true, app.RefTo(app.KindActor, other.ID), app.RefTo(app.KindActor, keep.ID)); err != nil {
		t.Fatal(err)
	}
	before := nb.Rows()

	merged, err := nb.MergeActors(ctx, "Port Company", "Port Co.")
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"the operator", "Port Co.", "港口公司"}; !slices.Equal(merged.Aliases, want) || merged.Kind != app.ActorOrganisation {
		t.Errorf("merged %+v, want aliases %q", merged, want)
	}
	nb.View(func(r app.Reader) error {
		for _, id := range []app.StatementID{said.ID, discarded.ID} {
			if s, err := r.Statement(id); err != nil || s.Actor != keep.ID {
				t.Errorf("statement %+v, %v", s, err)
			}
		}
		if s, err := r.Statement(reported.ID); err != nil || s.ReportedBy != keep.ID {
			t.Errorf("reported %+v, %v", s, err)
		}
		if a, err := r.Actor(osen.ID); err != nil || a.PartOf != keep.ID {
			t.Errorf("part %+v, %v", a, err)
		}
		if notes, err := r.NotesOn(app.RefTo(app.KindActor, keep.ID)); err != nil || len(notes) != 1 || notes[0].ID != note.ID {
			t.Errorf("notes %+v, %v", notes, err)
		}
		if tags, err := r.TagsOn(app.RefTo(app.KindActor, keep.ID)); err != nil || len(tags) != 1 {
			t.Errorf("tags %+v, %v", tags, err)
		}
		if ref, err := app.Named(r, string(other.ID)); err != nil || ref.ID != string(keep.ID) {
			t.Errorf("the old identifier leads to %v, %v", ref, err)
		}
		if all, err := r.Actors(); err != nil || len(all) != 2 {
			t.Errorf("actors %+v, %v", all, err)
		}
		return nil
	})
	if found := nb.Find("港口公司"); !slices.Equal(found, []string{"actor: Port Company"}) {
		t.Errorf("by the other's alias: %q", found)
	}
	if found := nb.Find(`"Port Co"`); slices.Contains(found, "actor: Port Co.") {
		t.Errorf("the merged actor is still found: %q", found)
	}
	if s := nb.Statement("Port Co.", app.Asserts, "The record is clean"); s.Actor != keep.ID {
		t.Error("the other's name leads elsewhere")
	}
	nb.Undo()
	after := nb.Rows()
	if label := nb.Undo(); label != "Merge 1 actor into Port Company" || nb.Rows() != before {
		t.Errorf("undoing %q did not bring back every row", label)
	}
	if nb.Redo(); nb.Rows() != after {
		t.Error("redoing the merge gave other rows")
	}
}

func TestMergeActorsInChainsAndFamilies(t *testing.T) {
	nb := apptest.New(t)
	ctx := t.Context()
	a, b, c := nb.Actor("A"), nb.Actor("B"), nb.Actor("C")
	part := func(of app.Actor, name string) app.Actor {
		made, err := nb.AddActor(ctx, app.Actor{Name: name}, string(of.ID))
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	child := part(a, "A's office")
	grandchild := part(child, "A's desk")
	if _, err := nb.MergeActors(ctx, "B", "A"); err != nil {
		t.Fatal(err)
	}
	if _, err := nb.MergeActors(ctx, "C", "B"); err != nil {
		t.Fatal(err)
	}
	if id, err := nb.ActorID(ctx, string(a.ID)); err != nil || id != c.ID {
		t.Errorf("merged twice, %s leads to %s, %v", a.ID, id, err)
	}
	// An actor merged into its own grandchild cannot be part of itself.
	merged, err := nb.MergeActors(ctx, string(grandchild.ID), string(c.ID))
	if err != nil || merged.PartOf != "" {
		t.Errorf("merged into its part: %+v, %v", merged, err)
	}
	if board := nb.Board(); len(board.Actors) != 2 || board.Actors[1].PartOfName != "" && board.Actors[0].PartOfName != "" {
		t.Errorf("a circle: %+v", board.Actors)
	}
	for name, others := range map[string][]string{"itself": {"A's desk"}, "its alias": {"B"}, "nobody": {}} {
		if _, err := nb.MergeActors(ctx, "A's desk", others...); !errors.Is(err, app.ErrInvalid) {
			t.Errorf("merged with %s: %v", name, err)
		}
	}
	if _, err := nb.MergeActors(ctx, "A's desk", "Z"); !errors.Is(err, app.ErrNotFound) {
		t.Errorf("merged with one that is not there: %v", err)
	}
	_ = b
}

func TestMergeClaims(t *testing.T) {
	nb := apptest.New(t)
	ctx := t.Context()
	keep, other := nb.Claim("The quay is unsafe"), nb.Claim("The quay is dangerous")
	said := nb.Statement("Ministry", app.Asserts, "The quay is dangerous")
	between := nb.Relate("The quay is dangerous", app.Restates, "The quay is unsafe")
	against := nb.Relate("The record is clean", app.Rebuts, "The quay is dangerous")
	from := nb.Relate("The quay is dangerous", app.RelationSupports, "The quay must close")
	nb.Note("Weighed", app.RefTo(app.KindClaim, other.ID))
	before := nb.Rows()
	if _, err := nb.MergeClaims(ctx, "The quay is unsafe", string(other.ID)); err != nil {
		t.Fatal(err)
	}
	board := nb.Board()
	if len(board.Claims) != 3 || len(board.Relations) != 2 {
		t.Fatalf("board: %d claims, %d relations", len(board.Claims), len(board.Relations))
	}
	for _, r := range board.Relations {
		if (r.ID == against.ID && r.To != keep.ID) || (r.ID == from.ID && r.From != keep.ID) || r.ID == between.ID {
			t.Errorf("relation %+v", r)
		}
	}
	if c := board.Claims[0]; c.ID != keep.ID || len(c.Statements) != 1 || c.Statements[0].ID != said.ID || len(c.Notes) != 1 || !c.Answered {
		t.Errorf("claim %+v", c)
	}
	if id, err := nb.ClaimID(ctx, string(other.ID)); err != nil || id != keep.ID {
		t.Errorf("the old identifier leads to %s, %v", id, err)
	}
	trash := apptest.Read(nb, func(r app.Reader) ([]app.TrashRow, error) { return r.Trash() })
	if len(trash) != 1 || trash[0].ID != string(between.ID) || trash[0].Title != "The quay is dangerous — restates — The quay is unsafe" {
		t.Errorf("trash %+v", trash)
	}
	after := nb.Rows()
	if nb.Undo(); nb.Rows() != before {
		t.Error("undo did not bring back every row")
	}
	if nb.Redo(); nb.Rows() != after {
		t.Error("redo gave other rows")
	}
	for name, others := range map[string][]string{"itself": {"The quay is unsafe"}, "nothing": nil} {
		if _, err := nb.MergeClaims(ctx, "The quay is unsafe", others...); !errors.Is(err, app.ErrInvalid) {
			t.Errorf("merged with %s: %v", name, err)
		}
	}
}

// What was merged away goes for good with what it was merged into.
func TestMergedAndThrownAway(t *testing.T) {
	nb := apptest.New(t)
	a, b := nb.Actor("A"), nb.Actor("B")
	nb.Statement("B", app.Asserts, "X is so")
	if _, err := nb.MergeActors(t.Context(), "A", "B"); err != nil {
		t.Fatal(err)
	}
	nb.Trash(app.RefTo(app.KindActor, a.ID))
	if n, err := nb.EmptyTrash(t.Context()); err != nil || n != 2 {
		t.Fatalf("%d things removed, %v", n, err)
	}
	if _, err := nb.ActorID(t.Context(), string(b.ID)); !errors.Is(err, app.ErrNotFound) {
		t.Errorf("the merged actor is still there: %v", err)
	}
	wholesome(t, nb)
}

// wholesome fails the test when a check finds anything wrong.
func wholesome(t *testing.T, nb *apptest.Notebook) {
	t.Helper()
	found, err := nb.Check(t.Context(), app.NoProgress{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		if !f.OK || f.Mended {
			t.Errorf("%s: %s", f.Part, f.Text)
		}
	}
}

func TestActorsAndClaimsAreOneOfAKind(t *testing.T) {
	nb := apptest.New(t)
	ctx := t.Context()
	port := nb.Actor("Port Company", "PORT company", " the \n operator ", "The Operator")
	if !slices.Equal(port.Aliases, []string{"the operator"}) || !port.Named("PORT  COMPANY") || !port.Named("The Operator") || port.Named("") {
		t.Errorf("names %+v", port)
	}
	if _, err := nb.AddActor(ctx, app.Actor{Name: "port company"}, ""); !errors.Is(err, app.ErrExists) {
		t.Errorf("made twice: %v", err)
	}
	nb.Claim("It is so.")
	if _, err := nb.AddClaim(ctx, "IT is  so."); !errors.Is(err, app.ErrExists) {
		t.Errorf("claimed twice: %v", err)
	}
	for name, a := range map[string]app.Actor{"no name": {}, "no kind": {Name: "X", Kind: "robot"}} {
		if _, err := nb.AddActor(ctx, a, ""); !errors.Is(err, app.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := nb.AddActor(ctx, app.Actor{Name: "X"}, "nobody"); !errors.Is(err, app.ErrNotFound) {
		t.Errorf("part of nobody: %v", err)
	}
	office, err := nb.AddActor(ctx, app.Actor{Name: "Office"}, "the operator")
	if err != nil || office.PartOf != port.ID {
		t.Errorf("part of: %+v, %v", office, err)
	}
	for name, whole := range map[string]app.ActorID{"its part": office.ID, "itself": port.ID} {
		if _, err := nb.EditActor(ctx, port.ID, func(a *app.Actor) { a.PartOf = whole }); !errors.Is(err, app.ErrInvalid) {
			t.Errorf("part of %s: %v", name, err)
		}
	}
	edited, err := nb.EditActor(ctx, port.ID, func(a *app.Actor) { a.Name, a.Kind = "Port of Varnholm", app.ActorOrganisation })
	if err != nil || edited.Name != "Port of Varnholm" {
		t.Errorf("edited %+v, %v", edited, err)
	}
	if label := nb.Undo(); label != "Rename actor Port Company to Port of Varnholm" {
		t.Errorf("the history calls it %q", label)
	}
	c := nb.Claim("Another")
	if c, err = nb.EditClaim(ctx, c.ID, "Quite\nanother"); err != nil || c.Text != "Quite another" {
		t.Errorf("reworded %+v, %v", c, err)
	}
	if _, err = nb.EditClaim(ctx, c.ID, " "); !errors.Is(err, app.ErrInvalid) {
		t.Errorf("a claim without words: %v", err)
	}
}
