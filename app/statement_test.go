package app_test

import (
	"errors"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

func TestAnnotate(t *testing.T) {
	nb := apptest.New(t)
	a := nb.ImportText("The quay", "The ministry closed the quay. The union was not asked.", "The union was not asked.")
	ctx := t.Context()
	mark, err := nb.Annotate(ctx, app.Spot{Article: "the quay", Quote: "The union was not asked.", Nth: 2},
		app.Annotation{Kind: app.Comment, Color: "pink", Note: " twice! \x00"}, "labour/union", "Labour")
	if err != nil {
		t.Fatal(err)
	}
	text := nb.Text(a)
	if want := app.Occurrences(text, "The union was not asked.")[1]; mark.Anchor.Start != want || !mark.Anchor.Verify(text) {
		t.Errorf("stands at %d, want %d", mark.Anchor.Start, want)
	}
	if mark.Note != "twice!" || mark.State != app.AnchorExact || mark.Text != a.Text {
		t.Errorf("mark %+v", mark)
	}
	tags := apptest.Read(nb, func(r app.Reader) ([]app.Tag, error) { return r.TagsOn(app.RefTo(app.KindAnnotation, mark.ID)) })
	if len(tags) != 2 || tags[0].Path != "labour" || tags[1].Path != "labour/union" {
		t.Errorf("tags %+v", tags)
	}
	byPlace, err := nb.Annotate(ctx, app.Spot{Article: string(a.ID), Start: 0, End: 8}, app.Annotation{})
	if err != nil || byPlace.Anchor.Quote != "The quay" || byPlace.Kind != app.Highlight || byPlace.Color != "yellow" {
		t.Errorf("by its place: %+v, %v", byPlace, err)
	}
}

func TestAnnotateRefuses(t *testing.T) {
	nb := apptest.New(t)
	a := nb.ImportText("The quay", "The ministry closed the quay. The union was not asked.", "The union was not asked.")
	rows := nb.Rows()
	for _, tt := range []struct {
		name string
		spot app.Spot
		mark app.Annotation
		is   error
		says string
	}{
		{"another wording", app.Spot{Article: "The quay", Quote: "The ministry closed a quay."}, app.Annotation{}, app.ErrNotFound, "nearest passage is “The ministry closed the quay.”"},
		{"nothing like it", app.Spot{Article: "The quay", Quote: "Zebras jump"}, app.Annotation{}, app.ErrNotFound, "“Zebras jump” is not in the text"},
		{"twice", app.Spot{Article: "The quay", Quote: "The union was not asked."}, app.Annotation{}, app.ErrAmbiguous, "2 times"},
		{"a third", app.Spot{Article: "The quay", Quote: "The union was not asked.", Nth: 3}, app.Annotation{}, app.ErrNotFound, "2 times, not 3"},
		{"before the first", app.Spot{Article: "The quay", Quote: "The union was not asked.", Nth: -1}, app.Annotation{}, app.ErrNotFound, "not -1"},
		{"no such article", app.Spot{Article: "The bridge", Quote: "x"}, app.Annotation{}, app.ErrNotFound, `no article "The bridge"`},
		{"outside the text", app.Spot{Article: string(a.ID), Start: 10, End: 5000}, app.Annotation{}, app.ErrInvalid, "not inside the text"},
		{"no colour", app.Spot{Article: string(a.ID), Start: 0, End: 3}, app.Annotation{Color: "mauve"}, app.ErrInvalid, "mauve"},
		{"no kind", app.Spot{Article: string(a.ID), Start: 0, End: 3}, app.Annotation{Kind: "circle"}, app.ErrInvalid, "circle"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := nb.Annotate(t.Context(), tt.spot, tt.mark, "a/tag")
			if !errors.Is(err, tt.is) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("got %v, want one that is %v and says %q", err, tt.is, tt.says)
			}
		})
	}
	if nb.Rows() != rows {
		t.Error("a refused mark left something behind")
	}
}

func TestEditAnnotation(t *testing.T) {
	nb := apptest.New(t)
	mark := nb.Mark(nb.ImportText("The quay", "The ministry closed the quay."), "closed")
	edited, err := nb.EditAnnotation(t.Context(), mark.ID, func(a *app.Annotation) {
		a.Kind, a.Color, a.Note, a.Anchor.Start, a.Article = app.Underline, "blue", "When?\n", 0, "other"
	})
	if err != nil || edited.Note != "When?" || edited.Anchor != mark.Anchor || edited.Article != mark.Article || edited.Color != "blue" {
		t.Errorf("edited %+v, %v", edited, err)
	}
	if found := nb.Find("when"); len(found) != 1 {
		t.Errorf("a margin note is found as %q", found)
	}
	if _, err := nb.EditAnnotation(t.Context(), mark.ID, func(a *app.Annotation) { a.Color = "" }); !errors.Is(err, app.ErrInvalid) {
		t.Errorf("no colour: %v", err)
	}
}

func TestStatementFindsOrMakesItsSides(t *testing.T) {
	nb := apptest.New(t)
	a := nb.ImportDated("2024-03-01", "The quay", "The ministry closed the quay.", "“It is unsafe,” Mr Reuel said.")
	ministry := nb.Actor("Ministry of Transport", "the ministry", "交通部")
	unsafe := nb.Claim("The quay is unsafe to load.")
	mark := nb.Mark(a, "closed the quay")

	first := nb.Statement("交通部", app.Asserts, "the quay is UNSAFE", apptest.In(a, "closed the quay"))
	if first.Actor != ministry.ID || first.Claim != unsafe.ID {
		t.Errorf("by alias and by the beginning of its words: %+v", first)
	}
	if first.Passage != mark.ID {
		t.Error("the passage was marked already, and another mark was made")
	}
	if first.Date != "2024-03-01" {
		t.Errorf("the date is %q, not the article's", first.Date)
	}
	second, err := nb.AddStatement(t.Context(), app.StatementDraft{Actor: "Tomas Reuel", Claim: string(unsafe.ID), Stance: app.Supports,
		Passage: &app.Spot{Article: string(a.ID), Quote: "It is unsafe"}, Date: "2024-02", ReportedBy: "Harbour News", Indirect: true, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	actors := apptest.Read(nb, func(r app.Reader) ([]app.Actor, error) { return r.Actors() })
	if len(actors) != 3 || second.Date != "2024-02" || second.ReportedBy != actors[0].ID || actors[0].Name != "Harbour News" {
		t.Errorf("made %+v for %+v", actors, second)
	}
	bare := nb.Statement(string(ministry.ID), app.Declines, "The union was asked")
	if bare.Passage != "" || bare.Date != "" {
		t.Errorf("a statement without a passage: %+v", bare)
	}
	edited, err := nb.EditStatement(t.Context(), bare.ID, func(s *app.Statement) { s.Stance, s.Date = app.Denies, "2024" })
	if err != nil || edited.Stance != app.Denies || edited.Date != "2024" {
		t.Errorf("edited %+v, %v", edited, err)
	}
	if _, err := nb.EditStatement(t.Context(), bare.ID, func(s *app.Statement) { s.Stance = "likes" }); !errors.Is(err, app.ErrInvalid) {
		t.Errorf("a stance that is none: %v", err)
	}
}

func TestStatementRefuses(t *testing.T) {
	nb := apptest.New(t)
	a := nb.ImportText("The quay", "The ministry closed the quay.")
	nb.Actor("The Guardian")
	nb.Actor("Guardian Council", "the guardians")
	nb.Actor("Guardians of the Port", "The Guardians")
	nb.Claim("The quay is unsafe to load")
	nb.Claim("The quay is unsafe to walk on")
	gone := nb.Actor("Gone")
	nb.Trash(app.RefTo(app.KindActor, gone.ID))
	rows := nb.Rows()
	for name, tt := range map[string]struct {
		draft app.StatementDraft
		is    error
	}{
		"unknown actor":    {app.StatementDraft{Actor: "Nobody", Claim: "The quay is unsafe to load", Stance: app.Asserts}, app.ErrNotFound},
		"unknown claim":    {app.StatementDraft{Actor: "The Guardian", Claim: "Nothing", Stance: app.Asserts}, app.ErrNotFound},
		"two by alias":     {app.StatementDraft{Actor: "the guardians", Claim: "The quay is unsafe to load", Stance: app.Asserts, Create: true}, app.ErrAmbiguous},
		"two claims":       {app.StatementDraft{Actor: "The Guardian", Claim: "The quay is unsafe", Stance: app.Asserts, Create: true}, app.ErrAmbiguous},
		"unknown id":       {app.StatementDraft{Actor: string(app.NewID[app.ActorID]()), Claim: "x", Stance: app.Asserts, Create: true}, app.ErrNotFound},
		"no stance":        {app.StatementDraft{Actor: "New", Claim: "New", Create: true}, app.ErrInvalid},
		"no date":          {app.StatementDraft{Actor: "New", Claim: "New", Stance: app.Asserts, Date: "soon", Create: true}, app.ErrInvalid},
		"no words":         {app.StatementDraft{Actor: "New", Claim: "  ", Stance: app.Asserts, Create: true}, app.ErrInvalid},
		"quote not there":  {app.StatementDraft{Actor: "New", Claim: "New", Stance: app.Asserts, Create: true, Passage: &app.Spot{Article: string(a.ID), Quote: "opened"}}, app.ErrNotFound},
		"unknown reporter": {app.StatementDraft{Actor: "The Guardian", Claim: "The quay is unsafe to load", Stance: app.Asserts, ReportedBy: "Who"}, app.ErrNotFound},
		"in the trash":     {app.StatementDraft{Actor: string(gone.ID), Claim: "The quay is unsafe to load", Stance: app.Asserts}, app.ErrInvalid},
	} {
		if _, err := nb.AddStatement(t.Context(), tt.draft); !errors.Is(err, tt.is) {
			t.Errorf("%s: %v, want %v", name, err, tt.is)
		}
	}
	if nb.Rows() != rows {
		t.Error("a refused statement left an actor, a claim or a mark behind")
	}
}

func TestRelate(t *testing.T) {
	nb := apptest.New(t)
	a := nb.ImportText("The quay", "The company says the inspection was flawed.")
	unsafe := nb.Claim("The quay is unsafe")
	r, err := nb.Notebook.Relate(t.Context(), app.RelationDraft{From: "The inspection was flawed", Kind: app.Undercuts,
		To: "the quay is unsafe", Passage: &app.Spot{Article: string(a.ID), Quote: "the inspection was flawed"}, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	if r.To != unsafe.ID || r.Inference() || !r.Kind.Counters() {
		t.Errorf("relation %+v", r)
	}
	inferred := nb.Relate("The inspection was flawed", app.Reframes, "The quay is unsafe")
	if !inferred.Inference() {
		t.Error("a relation without passage is no inference")
	}
	for name, tt := range map[string]struct {
		draft app.RelationDraft
		is    error
	}{
		"again":          {app.RelationDraft{From: "The inspection was flawed", Kind: app.Undercuts, To: "The quay is unsafe"}, app.ErrExists},
		"against itself": {app.RelationDraft{From: "The quay is unsafe", Kind: app.Rebuts, To: string(unsafe.ID)}, app.ErrInvalid},
		"no kind":        {app.RelationDraft{From: "The inspection was flawed", Kind: "hates", To: "The quay is unsafe"}, app.ErrInvalid},
		"unknown":        {app.RelationDraft{From: "Something else", Kind: app.Rebuts, To: "The quay is unsafe"}, app.ErrNotFound},
	} {
		if _, err := nb.Notebook.Relate(t.Context(), tt.draft); !errors.Is(err, tt.is) {
			t.Errorf("%s: %v, want %v", name, err, tt.is)
		}
	}
	if b := nb.Board(); len(b.Relations) != 2 || b.Relations[0].Passage.Anchor.Quote != "the inspection was flawed" || b.Relations[1].Passage != nil {
		t.Errorf("board %+v", b.Relations)
	}
}
