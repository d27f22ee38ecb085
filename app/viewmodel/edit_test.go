package viewmodel_test

import (
	"slices"
	"testing"

	"rejoinder/app"
)

// What was recorded in a hurry is put right: the actor, a stance, a double
// claim, and a statement that was none.
func TestRecordIsPutRight(t *testing.T) {
	d := disputeDesk(t)
	if d.board.EditActor() != nil {
		t.Error("an actor is edited though none is chosen")
	}
	d.board.ChooseActor(d.actor("Union"))
	f := d.board.EditActor()
	f.Name, f.Kind, f.Aliases, f.PartOf = "Dockers' union", app.ActorOrganisation, []string{"Local 12"}, "Company"
	saved := false
	f.Save(func(done bool) { saved = done })
	d.fine()
	if a := d.board.ActorCard(d.actor("Dockers' union")); !saved || a.Kind != app.ActorOrganisation || a.PartOfName != "Company" || !slices.Equal(a.Aliases, []string{"Local 12"}) {
		t.Errorf("the actor became %+v", a)
	}
	f.PartOf = "Nobody"
	f.Save(func(done bool) {
		if done {
			t.Error("an actor was made part of nobody")
		}
	})
	d.refused("Nobody")

	d.board.Clear()
	_, claims, _ := d.cards()
	first := claims[0].Statements[0]
	d.board.SetStance(first.ID, app.Questions)
	_, claims, _ = d.cards()
	if got := claims[0].Statements[0].Stance; got != app.Questions {
		t.Errorf("the stance is %s", got)
	}
	d.board.Trash(app.RefTo(app.KindStatement, first.ID))
	d.fine()
	_, claims, _ = d.cards()
	for _, c := range claims {
		for _, s := range c.Statements {
			if s.ID == first.ID {
				t.Error("the statement is still on the board")
			}
		}
	}

	all := d.claims()
	d.board.ChooseClaim(d.claim(all[1]))
	if p := d.merge(all[0]); p.Statements+p.Relations+p.Trashed == 0 || p.Keep != all[0] {
		t.Errorf("before the merge: %+v", p)
	}
	d.fine()
	if now := d.claims(); slices.Contains(now, all[1]) || !slices.Contains(now, all[0]) || len(now) != len(all)-1 {
		t.Errorf("after merging %q into %q there are %q", all[1], all[0], now)
	}
}

// Two papers print one wire: the second copies the first, its date is put right,
// and the list offers titles to choose from.
func TestArticleIsPutRight(t *testing.T) {
	d := newDesk(t)
	wire, copied := d.ImportText("Wire: 900 jobs", "The study says so."), d.ImportText("Herald: 900 jobs", "The study says so!")
	d.library.Row(0) // the list shows them
	same(t, "titles", d.library.Titles("wire"), []string{"Wire: 900 jobs"})
	d.reader.Open(copied.ID, -1)
	saved := false
	d.reader.EditArticle(func(a *app.Article) { a.Published, a.Publisher = "2025-06-04", "Coast Herald" }, func(done bool) { saved = done })
	if a := d.reader.Article; !saved || a.Published != "2025-06-04" || a.DateSource != app.DateDeclared || a.Publisher != "Coast Herald" {
		t.Errorf("the article became %+v", a)
	}
	d.reader.EditArticle(func(a *app.Article) { a.Published = "yesterday" }, func(done bool) {
		if done {
			t.Error("yesterday was taken for a date")
		}
	})
	d.refused("yesterday")
	d.reader.JoinStory(wire.Title)
	d.fine()
	if d.reader.Article.Story == "" {
		t.Error("the copy belongs to no story")
	}

	d.library.AddCollection("Wires", "")
	id := d.library.Query.Collection
	d.library.RenameCollection(id, "Wire copies")
	if d.library.Title() != "Wire copies" {
		t.Errorf("the collection is called %q", d.library.Title())
	}
	d.library.Trash(app.RefTo(app.KindCollection, id))
	if len(d.library.Collections) != 0 || d.library.Count != 2 {
		t.Errorf("%d collections and %d articles are left", len(d.library.Collections), d.library.Count)
	}
	d.fine()
}
