package app_test

import (
	"errors"
	"slices"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

func counts(t *testing.T, nb *apptest.Notebook) map[app.Kind]int {
	t.Helper()
	info, err := nb.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return info.Counts
}

// An article goes to the trash with all that was recorded on it, and comes back
// with all of it: marks with statements, marks without, relations.
func TestTrashArticle(t *testing.T) {
	nb := dispute(t)
	article := apptest.Read(nb, func(r app.Reader) (app.Article, error) {
		all, err := r.Articles(app.ArticleQuery{})
		return all[0].Article, err
	})
	other := nb.ImportText("Another", "The company said more.")
	kept := nb.Statement("Company", app.Asserts, "There is more", apptest.In(other, "said more"))
	nb.Mark(article, "the ministry")
	nb.Mark(article, "the company said")
	early := nb.Mark(article, "“It")
	nb.Trash(app.RefTo(app.KindAnnotation, early.ID))
	before, rows := counts(t, nb), nb.Rows()

	nb.Trash(app.RefTo(app.KindArticle, article.ID))
	after := counts(t, nb)
	if after[app.KindArticle] != 1 || after[app.KindAnnotation] != 1 || after[app.KindStatement] != 1 {
		t.Errorf("left %v", after)
	}
	if b := nb.Board(); len(b.Claims) != 5 || b.Claims[0].Statements[0].ID != kept.ID {
		t.Errorf("board:\n%s", outlineOf(b))
	}
	trash := apptest.Read(nb, func(r app.Reader) ([]app.TrashRow, error) { return r.Trash() })
	if len(trash) != 2 || trash[0].ID != string(article.ID) || trash[0].With != 10 || trash[0].Title != "The quay" {
		t.Errorf("trash %+v", trash)
	}
	if found := nb.Find("inspection flawed"); !slices.Equal(found, []string{"claim: The closure rests on one flawed inspection"}) {
		t.Errorf("found in the trash: %q", found)
	}
	nb.Restore(app.RefTo(app.KindArticle, article.ID))
	if nb.Rows() != rows {
		t.Errorf("restored %v, before %v", counts(t, nb), before)
	}
	wholesome(t, nb)
}

// What is restored brings along what it makes no sense without.
func TestRestoreWhatIsNeeded(t *testing.T) {
	nb := dispute(t)
	b := nb.Board()
	denial := b.Claims[0].Statements[0]
	relation := b.Relations[0]
	nb.Trash(app.RefTo(app.KindActor, denial.Actor), app.RefTo(app.KindClaim, denial.Claim), app.RefTo(app.KindArticle, denial.Passage.Article))
	nb.Restore(app.RefTo(app.KindStatement, denial.ID))
	b = nb.Board()
	if len(b.Claims) != 4 || len(b.Claims[0].Statements) != 1 || b.Claims[0].Statements[0].Passage.Anchor.Quote != "denied that the quay is unsafe" {
		t.Errorf("board:\n%s", outlineOf(b))
	}
	if got := counts(t, nb); got[app.KindArticle] != 1 || got[app.KindAnnotation] != 1 || got[app.KindActor] != 3 || got[app.KindStatement] != 1 {
		t.Errorf("restored %v", got)
	}
	nb.Restore(app.RefTo(app.KindRelation, relation.ID))
	if b = nb.Board(); len(b.Relations) != 2 {
		t.Errorf("relations %+v", b.Relations)
	}
	// The rest is in the trash by itself now and can still be had.
	for _, row := range apptest.Read(nb, func(r app.Reader) ([]app.TrashRow, error) { return r.Trash() }) {
		nb.Restore(row.Ref)
	}
	if got := nb.Board(); outlineOf(got) != outlineOf(dispute(t).Board()) {
		t.Errorf("all restored:\n%s", outlineOf(got))
	}
}

// Emptying the trash removes it for good, unless it is undone; what stays is
// whole.
func TestEmptyTrash(t *testing.T) {
	nb := dispute(t)
	ctx := t.Context()
	b := nb.Board()
	claim, actor := app.RefTo(app.KindClaim, b.Claims[0].ID), app.RefTo(app.KindActor, b.Actors[0].ID)
	note := nb.Note("About both", claim, actor)
	article := b.Claims[0].Statements[0].Passage.Article
	c := nb.Collection("Harbour", "")
	if err := errors.Join(nb.Collect(ctx, c.ID, true, article), nb.Tag(ctx, "weighed", true, claim, app.RefTo(app.KindArticle, article))); err != nil {
		t.Fatal(err)
	}
	before := nb.Rows()
	nb.Trash(claim, app.RefTo(app.KindArticle, article))
	trashed := nb.Rows()
	n, err := nb.EmptyTrash(ctx)
	if err != nil || n != 11 { // the claim, its 2 statements and relation; the article, its 4 marks and 2 more statements
		t.Fatalf("%d things removed, %v", n, err)
	}
	wholesome(t, nb)
	left := counts(t, nb)
	if left[app.KindClaim] != 3 || left[app.KindArticle] != 0 || left[app.KindActor] != 3 || left[app.KindNote] != 1 || left[app.KindRelation] != 1 {
		t.Errorf("left %v", left)
	}
	stored := apptest.Read(nb, func(r app.Reader) (app.Note, error) { return r.Note(note.ID) })
	if !slices.Equal(stored.On, []app.Ref{actor}) {
		t.Errorf("the note is on %v", stored.On)
	}
	if _, err := nb.Notebook.Restore(ctx, claim); !errors.Is(err, app.ErrNotFound) {
		t.Errorf("restored what is gone: %v", err)
	}
	if n, err := nb.EmptyTrash(ctx); err != nil || n != 0 {
		t.Errorf("emptied twice: %d, %v", n, err)
	}
	if label := nb.Undo(); label != "Empty the trash of 11 things" || nb.Rows() != trashed {
		t.Errorf("undoing %q did not bring back the trash", label)
	}
	if nb.Undo(); nb.Rows() != before {
		t.Error("undoing did not empty the trash back")
	}
	nb.Redo()
	if nb.Redo(); counts(t, nb)[app.KindClaim] != 3 {
		t.Error("redone, and something is still there")
	}
	wholesome(t, nb)
}

// Nothing that stays may hang on what goes, however it came to hang there.
func TestNothingHangsOnTheTrash(t *testing.T) {
	nb := dispute(t)
	ctx := t.Context()
	b := nb.Board()
	claim, actor := b.Claims[0], b.Actors[0]
	article := claim.Statements[0].Passage.Article
	nb.Trash(app.RefTo(app.KindActor, actor.ID), app.RefTo(app.KindClaim, claim.ID), app.RefTo(app.KindArticle, article))
	spot := app.Spot{Article: string(article), Start: 0, End: 3}
	_, marked := nb.Annotate(ctx, spot, app.Annotation{})
	_, related := nb.Notebook.Relate(ctx, app.RelationDraft{From: "New", Kind: app.Rebuts, To: string(claim.ID), Create: true})
	_, merged := nb.MergeActors(ctx, string(actor.ID), "Union")
	_, mergedInto := nb.MergeActors(ctx, "Union", string(actor.ID))
	_, mergedClaims := nb.MergeClaims(ctx, string(claim.ID), "Nobody asked the union")
	_, reported := nb.AddStatement(ctx, app.StatementDraft{Actor: "Union", Claim: "Nobody asked the union", Stance: app.Asserts, ReportedBy: string(actor.ID)})
	for name, err := range map[string]error{"a mark": marked, "a relation": related, "a merge": merged, "a merge into": mergedInto,
		"merged claims": mergedClaims, "a reporter": reported} {
		if !errors.Is(err, app.ErrInvalid) {
			t.Errorf("%s in the trash: %v", name, err)
		}
	}
	// A note and a tag may: they stand by themselves.
	nb.Note("Gone?", app.RefTo(app.KindActor, actor.ID))
	if err := nb.Tag(ctx, "gone", true, app.RefTo(app.KindArticle, article)); err != nil {
		t.Fatal(err)
	}
	if _, err := nb.EmptyTrash(ctx); err != nil {
		t.Fatal(err)
	}
	wholesome(t, nb)
}

// A note on the identifier of an actor that was merged away hangs on the actor
// that it became, and nothing dangles when that goes.
func TestMergedIdentifiersInTheTrash(t *testing.T) {
	nb := apptest.New(t)
	kept, other := nb.Actor("A"), nb.Actor("B")
	if _, err := nb.MergeActors(t.Context(), "A", "B"); err != nil {
		t.Fatal(err)
	}
	nb.Note("Old name", app.RefTo(app.KindActor, other.ID))
	nb.Note("See [[" + string(other.ID) + "]]")
	notes := apptest.Read(nb, func(r app.Reader) ([]app.Note, error) { return r.NotesOn(app.RefTo(app.KindActor, kept.ID)) })
	if len(notes) != 1 || notes[0].Title() != "See [["+string(other.ID)+"]]" {
		t.Errorf("notes %+v", notes)
	}
	nb.Trash(app.RefTo(app.KindActor, kept.ID))
	if _, err := nb.EmptyTrash(t.Context()); err != nil {
		t.Fatal(err)
	}
	wholesome(t, nb)
}
