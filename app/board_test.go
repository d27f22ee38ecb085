package app_test

import (
	"errors"
	"fmt"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/sample"
)

// dispute is a small dispute, everything in it shown by an article.
func dispute(t *testing.T) *apptest.Notebook {
	t.Helper()
	nb := apptest.New(t)
	a := nb.ImportDated("2024-03-01", "The quay", "“It is unsafe,” the ministry said.", "The company denied that the quay is unsafe.",
		"One flawed inspection is all there is, the company said.", "The union was not asked.")
	if _, err := nb.AddActor(t.Context(), app.Actor{Name: "Ministry", Kind: app.ActorState}, ""); err != nil {
		t.Fatal(err)
	}
	nb.Statement("Ministry", app.Asserts, "The quay is unsafe", apptest.In(a, "It is unsafe"))
	nb.Statement("Company", app.Denies, "The quay is unsafe", apptest.In(a, "denied that the quay is unsafe"))
	nb.Statement("Company", app.Asserts, "The closure rests on one flawed inspection", apptest.In(a, "One flawed inspection is all there is"))
	nb.Statement("Union", app.Asserts, "Nobody asked the union", apptest.In(a, "The union was not asked."))
	nb.Relate("The closure rests on one flawed inspection", app.Undercuts, "The quay is unsafe")
	nb.Relate("Nobody asked the union", app.Restates, "The workers were ignored")
	return nb
}

// outlineOf writes a board as lines, claims with who says what and what is set
// against them.
func outlineOf(b app.Board) string {
	out := ""
	for _, c := range b.Claims {
		out += c.Text
		if c.Answered {
			out += " (answered)"
		}
		out += "\n"
		for _, s := range c.Statements {
			out += fmt.Sprintf("  %s %s\n", s.ActorName, s.Stance)
		}
		for _, r := range b.Relations {
			if r.To == c.ID {
				out += fmt.Sprintf("  < %s: %s\n", r.Kind.Words(), r.FromText)
			}
		}
	}
	for _, a := range b.Actors {
		out += "[" + a.Name + "]"
	}
	return out
}

func TestBoard(t *testing.T) {
	nb := dispute(t)
	want := `The quay is unsafe (answered)
  Company denies
  Ministry asserts
  < undercuts: The closure rests on one flawed inspection
The closure rests on one flawed inspection
  Company asserts
Nobody asked the union
  Union asserts
The workers were ignored
  < restates: Nobody asked the union
[Company][Ministry][Union]`
	b := nb.Board()
	if got := outlineOf(b); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	company := b.Actors[0]
	if company.Counts[app.Denies] != 1 || company.Counts[app.Asserts] != 1 || len(company.Claims) != 2 {
		t.Errorf("company %+v", company)
	}
	s := b.Claims[0].Statements[1]
	if s.Passage == nil || s.Passage.Anchor.Quote != "It is unsafe" || s.Passage.ArticleTitle != "The quay" || s.Date != "2024-03-01" {
		t.Errorf("statement %+v", s)
	}
}

func TestNarrow(t *testing.T) {
	nb := dispute(t)
	for _, tt := range []struct{ actor, claim, want string }{
		{"Company", "", `The quay is unsafe (answered)
  Company denies
  < undercuts: The closure rests on one flawed inspection
The closure rests on one flawed inspection
  Company asserts
[Company]`},
		{"", "the quay is unsafe", `The quay is unsafe (answered)
  Company denies
  Ministry asserts
  < undercuts: The closure rests on one flawed inspection
The closure rests on one flawed inspection
  Company asserts
[Company][Ministry]`},
		{"Ministry", "the quay is unsafe", `The quay is unsafe (answered)
  Ministry asserts
  < undercuts: The closure rests on one flawed inspection
[Ministry]`},
		{"Union", "the quay is unsafe", `[Union]`},
	} {
		b, err := nb.BoardOf(t.Context(), app.Scope{}, tt.actor, tt.claim)
		if err != nil {
			t.Fatal(err)
		}
		if got := outlineOf(b); got != tt.want {
			t.Errorf("%q and %q:\n%s\nwant:\n%s", tt.actor, tt.claim, got, tt.want)
		}
	}
	if _, err := nb.BoardOf(t.Context(), app.Scope{}, "Nobody", ""); !errors.Is(err, app.ErrNotFound) {
		t.Errorf("nobody's board: %v", err)
	}
}

// Copies of one report are one source; taken apart, they are several again.
func TestStoryIsOneSource(t *testing.T) {
	nb := apptest.New(t)
	ctx := t.Context()
	var ids []app.ArticleID
	for _, paper := range []string{"Times", "Post", "Star"} {
		a := nb.ImportText(paper+": quay closed", "The ministry closed the quay ("+paper+").")
		ids = append(ids, a.ID)
		nb.Statement("Ministry", app.Asserts, "The quay is unsafe", apptest.In(a, "closed the quay"))
	}
	sources := func() int { return nb.Board().Claims[0].Sources }
	if sources() != 3 {
		t.Fatalf("%d sources", sources())
	}
	story, err := nb.JoinStory(ctx, ids[0], ids[1])
	if err != nil || sources() != 2 || story.Name != "Times: quay closed" {
		t.Fatalf("%+v, %v, %d sources", story, err, sources())
	}
	if again, err := nb.JoinStory(ctx, ids[2], ids[1]); err != nil || again.ID != story.ID || sources() != 1 {
		t.Errorf("joined later: %+v, %v, %d sources", again, err, sources())
	}
	nb.Trash(app.RefTo(app.KindStory, story.ID))
	if sources() != 3 {
		t.Errorf("without the story %d sources", sources())
	}
	if other, err := nb.JoinStory(ctx, ids[0], ids[2]); err != nil || other.ID == story.ID || sources() != 2 {
		t.Errorf("joined anew: %+v, %v, %d sources", other, err, sources())
	}
	nb.Undo()
	nb.Restore(app.RefTo(app.KindStory, story.ID))
	if sources() != 1 {
		t.Errorf("with the story again %d sources", sources())
	}
	for name, few := range map[string][]app.ArticleID{"none": nil, "one": ids[:1], "one twice": {ids[0], ids[0]}} {
		if _, err := nb.JoinStory(ctx, few...); !errors.Is(err, app.ErrInvalid) {
			t.Errorf("a story of %s: %v", name, err)
		}
	}
	if _, err := nb.JoinStory(ctx, ids[0], "nowhere"); !errors.Is(err, app.ErrNotFound) {
		t.Errorf("a story with an article that is not there: %v", err)
	}
}

// The sample is a whole dispute, and sound.
func TestSample(t *testing.T) {
	nb := apptest.New(t)
	if err := sample.Fill(t.Context(), nb.Notebook); err != nil {
		t.Fatal(err)
	}
	b := nb.Board()
	denied, quoted, counters := 0, 0, 0
	for _, c := range b.Claims {
		for _, s := range c.Statements {
			if s.Stance.Opposes() {
				denied++
			}
			if s.Passage != nil {
				quoted++
			}
		}
	}
	for _, r := range b.Relations {
		if r.Kind.Counters() {
			counters++
		}
	}
	if len(b.Actors) < 8 || len(b.Claims) < 6 || quoted < 10 || counters < 4 || denied == 0 {
		t.Errorf("%d actors, %d claims, %d quoted statements, %d counterclaims, %d denials", len(b.Actors), len(b.Claims), quoted, counters, denied)
	}
	wholesome(t, nb)
	if err := sample.Fill(t.Context(), nb.Notebook); !errors.Is(err, app.ErrExists) {
		t.Errorf("filled twice: %v", err)
	}
}
