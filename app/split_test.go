package app_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

var moments = regexp.MustCompile(`\b1[0-9]{12}\b`)

// rowsButTimes are all rows without the times of their changes.
func rowsButTimes(nb *apptest.Notebook) string { return moments.ReplaceAllString(nb.Rows(), "time") }

// A merge is split again after a restart, long after the step that made it: what
// the other one brought along is its own again, what both had stays with both.
func TestMergedActorsAreSplit(t *testing.T) {
	nb := apptest.New(t)
	ctx := t.Context()
	state := nb.Actor("Government")
	keep := nb.Actor("Port Company", "the operator")
	other, err := nb.AddActor(ctx, app.Actor{Name: "Port Co.", Kind: app.ActorOrganisation, Aliases: []string{"港口公司", "The Operator"}}, "Government")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := nb.AddActor(ctx, app.Actor{Name: "Marit Osen"}, "Port Co."); err != nil {
		t.Fatal(err)
	}
	nb.Statement("Port Company", app.Asserts, "The record is clean")
	nb.Statement("Port Co.", app.Denies, "The quay is unsafe")
	if _, err := nb.AddStatement(ctx, app.StatementDraft{Actor: "Marit Osen", Claim: "The quay is unsafe", Stance: app.Questions, ReportedBy: "Port Co."}); err != nil {
		t.Fatal(err)
	}
	nb.Note("On one.", app.RefTo(app.KindActor, other.ID))
	nb.Note("On both.", app.RefTo(app.KindActor, other.ID), app.RefTo(app.KindActor, keep.ID))
	nb.Note("See [[Port Co.]] and [[Port Company]].")
	for _, tag := range []struct {
		path string
		on   []app.ActorID
	}{{"operators", []app.ActorID{other.ID, keep.ID}}, {"new", []app.ActorID{other.ID}}} {
		for _, id := range tag.on {
			if err := nb.Tag(ctx, tag.path, true, app.RefTo(app.KindActor, id)); err != nil {
				t.Fatal(err)
			}
		}
	}
	before := rowsButTimes(nb)
	if _, err := nb.MergeActors(ctx, "Port Company", "Port Co."); err != nil {
		t.Fatal(err)
	}
	if merged := apptest.Read(nb, func(r app.Reader) (app.Actor, error) { return r.Actor(keep.ID) }); merged.PartOf != state.ID || merged.Kind != app.ActorOrganisation {
		t.Errorf("merged %+v", merged)
	}
	refs, names, err := nb.MergedInto(ctx, app.RefTo(app.KindActor, keep.ID))
	if err != nil || len(refs) != 1 || names[0] != "Port Co." {
		t.Fatalf("merged into it: %v %v, %v", refs, names, err)
	}
	nb.Reopen()
	if err := nb.SplitMerged(ctx, refs[0]); err != nil {
		t.Fatal(err)
	}
	if after := rowsButTimes(nb); after != before {
		t.Errorf("after the split:\n%s\nbefore the merge:\n%s", differing(after, before), differing(before, after))
	}
	if label := nb.Undo(); label != "Split Port Co. from Port Company" {
		t.Errorf("undid %q", label)
	}
	nb.Redo()
	if err := nb.SplitMerged(ctx, refs[0]); !errors.Is(err, app.ErrInvalid) {
		t.Errorf("split twice: %v", err)
	}
}

// What was said since the merge stays with the one that was kept, and what was
// moved on by hand is left alone.
func TestSplitLeavesWhatCameLater(t *testing.T) {
	nb := apptest.New(t)
	ctx := t.Context()
	keep, other := nb.Claim("The quay is unsafe"), nb.Claim("The quay is dangerous")
	record := nb.Claim("The record is clean")
	first := nb.Statement("Ministry", app.Asserts, "The quay is dangerous")
	moved := nb.Statement("Union", app.Asserts, "The quay is dangerous")
	nb.Relate("The record is clean", app.Rebuts, "The quay is dangerous")
	between := nb.Relate("The quay is dangerous", app.Restates, "The quay is unsafe")
	together, err := nb.Notebook.Relate(ctx, app.RelationDraft{From: "The wall has moved", Kind: app.RelationSupports, To: "The quay must close",
		With: []string{"The quay is dangerous"}, Create: true, Strength: app.Strong})
	if err != nil {
		t.Fatal(err)
	}
	p, err := nb.PreviewClaimMerge(ctx, "The quay is unsafe", "The quay is dangerous")
	if err != nil || p.Statements != 2 || p.Relations != 2 || p.Trashed != 1 || !strings.Contains(strings.Join(p.Sentences(), "\n"), "2 statements will be of “The quay is unsafe”") {
		t.Errorf("before the merge: %+v, %v", p, err)
	}
	if _, err := nb.MergeClaims(ctx, "The quay is unsafe", "The quay is dangerous"); err != nil {
		t.Fatal(err)
	}
	later := nb.Statement("Residents", app.Supports, "The quay is unsafe")
	if err := nb.MoveStatements(ctx, "", "The record is clean", false, moved.ID); err != nil {
		t.Fatal(err)
	}
	if err := nb.SplitMerged(ctx, app.RefTo(app.KindClaim, other.ID)); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[app.StatementID]app.ClaimID{first.ID: other.ID, moved.ID: record.ID, later.ID: keep.ID} {
		if s := apptest.Read(nb, func(r app.Reader) (app.Statement, error) { return r.Statement(id) }); s.Claim != want {
			t.Errorf("statement %s is on %s, want %s", id, s.Claim, want)
		}
	}
	nb.View(func(r app.Reader) error {
		if x, err := r.Relation(between.ID); err != nil || !x.Trashed.IsZero() {
			t.Errorf("the relation between the two: %+v, %v", x, err)
		}
		if x, err := r.Relation(together.ID); err != nil || len(x.With) != 1 || x.With[0] != other.ID || x.Strength != app.Strong {
			t.Errorf("the argument rests on %v, %v", x.With, err)
		}
		if all, err := r.Relations(app.RelationQuery{Claim: other.ID}); err != nil || len(all) != 3 {
			t.Errorf("%d relations, %v", len(all), err)
		}
		return nil
	})
}

// Renaming an actor, a claim, an article or a note renames the links to it.
func TestLinksFollowRenames(t *testing.T) {
	nb := apptest.New(t)
	ctx := t.Context()
	company, claim := nb.Actor("Company", "the operator"), nb.Claim("The quay is unsafe")
	article := nb.ImportText("Report", "It says so.")
	log := nb.Note("# Log\n\nNothing yet.")
	note := nb.Note("[[Company]], [[company]], [[the operator]], [[The quay is unsafe]], [[Report]], [[Log]], [[nobody]]")
	if n, err := nb.LinksTo(ctx, app.RefTo(app.KindActor, company.ID)); n != 1 || err != nil {
		t.Errorf("%d links, %v", n, err)
	}
	must := func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(nb.EditActor(ctx, company.ID, func(a *app.Actor) { a.Name = "Port [North] Company" }))
	must(nb.EditClaim(ctx, claim.ID, "The north quay is unsafe"))
	must(nb.EditArticle(ctx, article.ID, func(a *app.Article) { a.Title = "The report" }))
	must(nb.EditNote(ctx, log.ID, func(n *app.Note) { n.Body = "# Inspection log\n\nOne." }))
	got := apptest.Read(nb, func(r app.Reader) (app.Note, error) { return r.Note(note.ID) })
	want := "[[Port \\[North\\] Company]], [[Port \\[North\\] Company]], [[the operator]], [[The north quay is unsafe]], [[The report]], [[Inspection log]], [[nobody]]"
	if got.Body != want {
		t.Errorf("the note says\n%s\nwant\n%s", got.Body, want)
	}
	nb.Undo()
	if got := apptest.Read(nb, func(r app.Reader) (app.Note, error) { return r.Note(note.ID) }); !strings.Contains(got.Body, "[[Log]]") {
		t.Errorf("after undo it says %s", got.Body)
	}
}

// differing are the lines of one text that another does not have.
func differing(a, b string) string {
	var out []string
	for _, line := range strings.Split(a, "\n") {
		if !strings.Contains(b, line) {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}
