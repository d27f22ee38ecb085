package app_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

func repairs(t *testing.T, nb *apptest.Notebook, a app.ArticleID) []app.Repair {
	t.Helper()
	out, err := nb.Repairs(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// After a new version a person goes through the marks in doubt: one is right, one
// is placed by hand, one belongs to the old version and stays there.
func TestMarksInDoubtAreRepaired(t *testing.T) {
	nb := apptest.New(t)
	ctx := t.Context()
	other := nb.ImportText("Another article", "Of something else, with a mark in no doubt.")
	nb.Mark(other, "in no doubt")
	a := nb.ImportText("The quay is closed", quayPage...)
	worded := nb.Mark(a, "rejects the findings of the inspectors and says that its record is clean")
	reported := nb.Mark(a, "A spokeswoman of the union said that nobody had asked the people who work on the quay.")
	gone := nb.Mark(a, "Ships from the islands now land at the south quay")
	statement := nb.Statement("Union", app.Asserts, "Nobody was asked", app.Spot{Article: string(a.ID), Quote: reported.Anchor.Quote})
	edited := slices.Clone(quayPage)
	edited[1] = "The port company rejects the finding of the inspectors, and says that its record is clean."
	edited[2] = "The union said that not one of the people who work on the quay had been asked, a spokeswoman told us."
	edited[3] = "Nothing else is known yet."
	update(t, nb, a, edited...)
	text := nb.Text(article(nb, a.ID))

	queue := repairs(t, nb, "")
	if len(queue) != 3 || queue[0].ID != worded.ID || queue[1].ID != reported.ID || queue[2].ID != gone.ID {
		t.Fatalf("to repair %+v", queue)
	}
	if q := queue[0]; q.Old != worded.Anchor || q.OldText != a.Text || q.Anchor.Quote == q.Old.Quote || q.ArticleTitle != a.Title || q.Older() {
		t.Errorf("the fuzzy one %+v", q)
	}
	if q := queue[2]; q.State != app.AnchorOrphan || q.Old != gone.Anchor || q.OldText != a.Text || !q.Older() {
		t.Errorf("the orphan %+v", q)
	}
	if len(repairs(t, nb, other.ID)) != 0 {
		t.Error("the other article has something to repair")
	}
	wholesome(t, nb)

	// The fuzzy one is right: the first candidate is where it stands.
	offered, err := nb.Candidates(ctx, worded.ID)
	if err != nil || len(offered) == 0 || offered[0].Anchor != queue[0].Anchor || offered[0].Likeness < 0.75 || offered[0].Likeness >= 1 || offered[0].Errors == 0 {
		t.Fatalf("candidates %+v, %v", offered, err)
	}
	m, err := nb.PlaceAnnotation(ctx, worded.ID, "", offered[0].Anchor.Start, offered[0].Anchor.End)
	if err != nil || m.State != app.AnchorExact || m.Anchor != queue[0].Anchor {
		t.Errorf("confirmed %+v, %v", m, err)
	}

	// The reworded one is found by looser limits, and placed a little wider.
	offered, err = nb.Candidates(ctx, reported.ID)
	if err != nil || len(offered) == 0 || len(offered) > 5 || !strings.Contains(offered[0].Anchor.Quote, "the people who work on the quay") {
		t.Fatalf("candidates %+v, %v", offered, err)
	}
	at := app.Occurrences(text, edited[2])[0]
	if m, err = nb.PlaceAnnotation(ctx, reported.ID, "", at, at+app.RuneCount(edited[2])); err != nil || m.Anchor.Quote != edited[2] || !m.Anchor.Verify(text) {
		t.Errorf("placed %+v, %v", m, err)
	}
	earlier := apptest.Read(nb, func(r app.Reader) ([]app.Earlier, error) { return r.Earlier(reported.ID) })
	if len(earlier) != 1 || earlier[0].Anchor != reported.Anchor {
		t.Errorf("it stood at %+v", earlier)
	}
	// What hangs on it shows the passage that it marks now.
	shown := nb.Board().Claims[0].Statements[0]
	if shown.ID != statement.ID || shown.Passage.Anchor.Quote != edited[2] || shown.Passage.Older() {
		t.Errorf("on the board %+v", shown.Passage)
	}

	// The passage that is gone stays with the version that had it.
	if m, err = nb.LeaveAnnotation(ctx, gone.ID); err != nil || m.State != app.AnchorExact || m.Text != a.Text || m.Anchor != gone.Anchor {
		t.Errorf("left %+v, %v", m, err)
	}
	if queue = repairs(t, nb, a.ID); len(queue) != 0 {
		t.Errorf("still to repair %+v", queue)
	}
	rows := nb.Rows()
	again := append([]string{"Updated in the evening by our own correspondent."}, edited...)
	c := update(t, nb, a, again...)
	if len(c.Moves) != 2 || c.Count(app.AnchorExact) != 2 {
		t.Errorf("what was left behind is carried: %+v", c.Moves)
	}
	if m := annotation(nb, gone.ID); m.Text != a.Text || m.State != app.AnchorExact {
		t.Errorf("what was left behind %+v", m)
	}
	wholesome(t, nb)
	nb.Undo()
	if nb.Rows() != rows {
		t.Error("undo of the second update")
	}
	if label := nb.Undo(); label != "Leave mark “Ships from the islands now land at the south quay” with an older version" {
		t.Errorf("undone %q", label)
	}
	if m := annotation(nb, gone.ID); m.State != app.AnchorOrphan {
		t.Errorf("not left any more %+v", m)
	}
}

// A mark is made longer and shorter in its own text; that is no repair.
func TestAMarkIsResized(t *testing.T) {
	nb := apptest.New(t)
	ctx := t.Context()
	a := nb.ImportText("The quay is closed", quayPage...)
	m := nb.Mark(a, "the north quay")
	longer, err := nb.PlaceAnnotation(ctx, m.ID, "", m.Anchor.Start, m.Anchor.End+len(" on Monday"))
	if err != nil || longer.Anchor.Quote != "the north quay on Monday" || longer.State != app.AnchorExact {
		t.Fatalf("%+v, %v", longer, err)
	}
	if earlier := apptest.Read(nb, func(r app.Reader) ([]app.Earlier, error) { return r.Earlier(m.ID) }); len(earlier) != 0 {
		t.Errorf("earlier %+v", earlier)
	}
	for _, bad := range [][2]int{{5, 5}, {-1, 4}, {0, 100_000}} {
		if _, err := nb.PlaceAnnotation(ctx, m.ID, "", bad[0], bad[1]); !errors.Is(err, app.ErrInvalid) {
			t.Errorf("placed at %v: %v", bad, err)
		}
	}
	if _, err := nb.LeaveAnnotation(ctx, m.ID); !errors.Is(err, app.ErrInvalid) || !strings.Contains(err.Error(), "no older version") {
		t.Errorf("left where it is: %v", err)
	}
	if label := nb.Undo(); label != "Place mark “the north quay on Monday”" || annotation(nb, m.ID).Anchor != m.Anchor {
		t.Errorf("undone %q", label)
	}
	nb.Trash(app.RefTo(app.KindAnnotation, m.ID))
	if _, err := nb.PlaceAnnotation(ctx, m.ID, "", 0, 3); !errors.Is(err, app.ErrInvalid) || !strings.Contains(err.Error(), "in the trash") {
		t.Errorf("placed in the trash: %v", err)
	}
	if _, err := nb.Candidates(ctx, m.ID); !errors.Is(err, app.ErrInvalid) {
		t.Errorf("candidates in the trash: %v", err)
	}
}

// A fuzzy mark that was carried to the wrong words goes back to its version.
func TestAFuzzyMarkIsLeftWithItsOldWords(t *testing.T) {
	nb := apptest.New(t)
	a := nb.ImportText("The quay is closed", quayPage...)
	m := nb.Mark(a, "rejects the findings of the inspectors and says that its record is clean")
	edited := slices.Clone(quayPage)
	edited[1] = strings.Replace(edited[1], "rejects", "accepts", 1)
	update(t, nb, a, edited...)
	if got := annotation(nb, m.ID); got.State != app.AnchorFuzzy {
		t.Fatalf("carried %+v", got)
	}
	left, err := nb.LeaveAnnotation(t.Context(), m.ID)
	if err != nil || left.Text != a.Text || left.Anchor != m.Anchor || left.State != app.AnchorExact {
		t.Errorf("left %+v, %v", left, err)
	}
	wholesome(t, nb)
}
