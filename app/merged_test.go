package app_test

import (
	"errors"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// What was merged is found by its old name, by its identifier and by what it was
// merged into; where that does not say which, the error lists them.
func TestWhatWasMergedIsNamed(t *testing.T) {
	nb := dispute(t)
	ctx := t.Context()
	if _, err := nb.MergedNamed(ctx, app.KindActor, "Union"); !errors.Is(err, app.ErrNotFound) || err.Error() != "no actor was merged into another" {
		t.Errorf("nothing was merged: %v", err)
	}
	union := nb.Board().Actors[2]
	for _, other := range []string{"Union", "Company"} {
		if _, err := nb.MergeActors(ctx, "Ministry", other); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"union", string(union.ID)} {
		m, err := nb.MergedNamed(ctx, app.KindActor, name)
		if err != nil || m.Name != "Union" || m.IntoName != "Ministry" || m.ID != string(union.ID) {
			t.Errorf("%s is %+v, %v", name, m, err)
		}
	}
	_, err := nb.MergedNamed(ctx, app.KindActor, "Ministry")
	if !errors.Is(err, app.ErrAmbiguous) || !strings.Contains(err.Error(), "“Union”") || !strings.Contains(err.Error(), "“Company”") {
		t.Errorf("two were merged: %v", err)
	}
	if _, err = nb.MergedNamed(ctx, app.KindActor, "Nobody"); !errors.Is(err, app.ErrNotFound) || !strings.Contains(err.Error(), "“Union”") {
		t.Errorf("nobody: %v", err)
	}
	if _, err = nb.AllMerged(ctx, app.KindArticle); !errors.Is(err, app.ErrInvalid) {
		t.Errorf("articles: %v", err)
	}
	if err := nb.SplitMerged(ctx, app.RefTo(app.KindActor, union.ID)); err != nil {
		t.Fatal(err)
	}
	if m, err := nb.MergedNamed(ctx, app.KindActor, "Ministry"); err != nil || m.Name != "Company" {
		t.Errorf("one is left: %+v, %v", m, err)
	}
}

func TestAScopeInWords(t *testing.T) {
	nb := dispute(t)
	ctx := t.Context()
	actor, claim := nb.Board().Actors[0], nb.Board().Claims[0]
	if err := nb.Tag(ctx, "harbour/safety", true, app.RefTo(app.KindClaim, claim.ID)); err != nil {
		t.Fatal(err)
	}
	tag, err := nb.TagID(ctx, "harbour/safety")
	if err != nil {
		t.Fatal(err)
	}
	scope := app.Scope{Topic: tag, Collection: nb.Collection("Papers", "").ID, Actor: actor.ID, From: "2024", To: "2024-03", Wholes: true}
	want := "topic harbour/safety · in Papers · by Company · from 2024 · up to March 2024 · parts count for their wholes"
	if got, err := nb.ScopeTitle(ctx, scope); err != nil || got != want {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := nb.ScopeTitle(ctx, app.Scope{Tag: app.NewID[app.TagID]()}); err != nil || got != "tag what is no longer there" {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := nb.ScopeTitle(ctx, app.Scope{}); err != nil || got != "" {
		t.Errorf("%q, %v", got, err)
	}
}

// All that a report cites is among the passages that are checked for it, and is
// read.
func TestAllPassagesOfScreensAreRead(t *testing.T) {
	nb := dispute(t)
	ctx := t.Context()
	a := nb.ImportText("The wall", "It moved, which is why no ship may be loaded.")
	spot := apptest.In(a, "which is why no ship may be loaded")
	if _, err := nb.Notebook.Relate(ctx, app.RelationDraft{From: "The wall moved", Kind: app.RelationSupports, To: "The quay is unsafe", Passage: &spot, Create: true}); err != nil {
		t.Fatal(err)
	}
	d, err := nb.Dispute(ctx, app.Scope{}, "The quay is unsafe")
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Others) != 1 || d.Others[0].Passage == nil || len(d.Passages()) != 4 {
		t.Errorf("%d passages, others %+v", len(d.Passages()), d.Others)
	}
	m, err := nb.Matrix(ctx, app.Scope{}, app.MatrixOptions{})
	if err != nil {
		t.Fatal(err)
	}
	table, err := nb.MatrixTable(ctx, m, app.MatrixOptions{})
	if err != nil || len(table.Passages()) != 4 {
		t.Fatalf("%d passages, %v", len(table.Passages()), err)
	}
	for i, row := range table.Cells {
		for j, cell := range row {
			for _, card := range cell.Cards {
				if card.Passage == nil || card.Actor != table.Rows[i].Actor || card.Claim != table.Columns[j].Claim {
					t.Errorf("cell %d, %d has %+v", i, j, card)
				}
			}
		}
	}
}
