package app_test

import (
	"errors"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// saved makes a saved search.
func saved(t *testing.T, nb *apptest.Notebook, name, query string) app.Collection {
	t.Helper()
	c, err := nb.AddCollection(t.Context(), app.Collection{Name: name, Query: query})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// shows fails the test unless a saved search reads so, finds so many articles and
// says so of what it cannot find.
func shows(t *testing.T, nb *apptest.Notebook, id app.CollectionID, query string, articles int, problems ...string) {
	t.Helper()
	c := apptest.Read(nb, func(r app.Reader) (app.Collection, error) { return r.Collection(id) })
	if c.Query != query {
		t.Errorf("%s reads %q, want %q", c.Name, c.Query, query)
	}
	told, err := nb.StoredProblems(t.Context(), id)
	if err != nil || strings.Join(told, "|") != strings.Join(problems, "|") {
		t.Errorf("%s says %q, %v, want %q", c.Name, told, err, problems)
	}
	if err := nb.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{c.Stored, `in:"` + string(id) + `"`} {
		found, err := nb.Search(t.Context(), app.SearchQuery{Text: text, Kinds: []app.Kind{app.KindArticle}})
		if err != nil || found.Whole != articles || (len(problems) > 0) != (len(found.Problems) > 0) {
			t.Errorf("%s finds %d by %q and says %v, %v, want %d", c.Name, found.Whole, text, found.Problems, err, articles)
		}
	}
}

func must(t *testing.T) func(any, error) {
	return func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
}

// A saved search means the things that it named when it was saved, whatever they
// are called later and whatever else is called so.
func TestSavedSearchesFollowWhatTheyName(t *testing.T) {
	nb := apptest.New(t)
	ctx, ok := t.Context(), must(t)
	wall, crane := nb.ImportText("Wall", "The wall is cracked."), nb.ImportText("Crane", "The crane is old.")
	read := nb.Collection("to read", "")
	ok(nil, nb.Collect(ctx, read.ID, true, wall.ID))
	a, b := nb.Actor("Ann", "Annie"), nb.Actor("Bert")
	nb.Statement("Ann", app.Denies, "The wall is sound", apptest.In(wall, "cracked"))
	nb.Statement("Bert", app.Denies, "The crane is new", apptest.In(crane, "old"))
	ok(nil, nb.Tag(ctx, "harbour/safety", true, app.RefTo(app.KindArticle, wall.ID)))
	claim := apptest.Read(nb, func(r app.Reader) ([]app.Claim, error) { return r.Claims() })[0]

	in := saved(t, nb, "S1", `in:"To  read"`)
	through := saved(t, nb, "S2", "in:S1 -sound")
	not := saved(t, nb, "S3", `kind:article -(in:"to read")`)
	by := saved(t, nb, "S4", "actor:annie")
	about := saved(t, nb, "S5", `claim:"the wall is sound"`)
	tagged := saved(t, nb, "S6", "(tag:safety)wall")
	shows(t, nb, in.ID, `in:"to read"`, 1)
	shows(t, nb, tagged.ID, "(tag:harbour/safety)wall", 1)

	name := `done "and" [x]`
	ok(nb.EditCollection(ctx, read.ID, func(c *app.Collection) { c.Name = name }))
	ok(nb.EditCollection(ctx, in.ID, func(c *app.Collection) { c.Name = "First" }))
	ok(nb.EditClaim(ctx, claim.ID, "The wall will hold"))
	ok(nb.EditActor(ctx, a.ID, func(a *app.Actor) { a.Name, a.Aliases = "Anna", nil }))
	renamed := func() {
		t.Helper()
		shows(t, nb, in.ID, `in:"done ""and"" [x]"`, 1)
		shows(t, nb, through.ID, "in:First -sound", 1)
		shows(t, nb, not.ID, `kind:article -(in:"done ""and"" [x]")`, 1)
		shows(t, nb, by.ID, "actor:Anna", 1)
		shows(t, nb, about.ID, `claim:"The wall will hold"`, 1)
	}
	renamed()
	// Another thing takes the old name: it is not what was meant.
	other := nb.Collection("to read", "")
	ok(nil, nb.Collect(ctx, other.ID, true, crane.ID))
	renamed()
	// What the user did not touch of a query stays what it was.
	ok(nb.EditCollection(ctx, other.ID, func(c *app.Collection) { c.Name = name }))
	shown := apptest.Read(nb, func(r app.Reader) (app.Collection, error) { return r.Collection(in.ID) })
	if !strings.Contains(shown.Query, string(read.ID)+"=done") {
		t.Errorf("with two of that name it reads %q", shown.Query)
	}
	ok(nb.EditCollection(ctx, in.ID, func(c *app.Collection) { c.Query += " wall" }))
	shows(t, nb, in.ID, shown.Query+" wall", 1)
	nb.Undo()
	nb.Undo()
	renamed()

	ok(nb.MergeActors(ctx, "Bert", "Anna"))
	shows(t, nb, by.ID, "actor:Bert", 2)
	ok(nil, nb.SplitMerged(ctx, app.RefTo(app.KindActor, a.ID)))
	shows(t, nb, by.ID, "actor:Anna", 1)
	nb.Undo()
	shows(t, nb, by.ID, "actor:Bert", 2)
	nb.Undo()
	nb.Trash(app.RefTo(app.KindActor, a.ID))
	shows(t, nb, by.ID, "actor:Anna", 0, "The actor “Anna” is in the trash.")
	nb.Restore(app.RefTo(app.KindActor, a.ID))
	renamed()
	_ = b
}

// What a saved search names and is in the trash, or gone, is said, and is not
// what takes its name.
func TestSavedSearchesSayWhatIsGone(t *testing.T) {
	nb := apptest.New(t)
	ctx, ok := t.Context(), must(t)
	wall := nb.ImportText("Wall", "The wall is cracked.")
	read := nb.Collection("to read", "")
	ok(nil, nb.Collect(ctx, read.ID, true, wall.ID))
	in, through := saved(t, nb, "S1", `in:"to read"`), saved(t, nb, "S2", "in:S1")
	nb.Trash(app.RefTo(app.KindCollection, read.ID))
	shows(t, nb, in.ID, `in:"to read"`, 0, "The collection “to read” is in the trash.")
	shows(t, nb, through.ID, "in:S1", 0, "In the saved search “S1”: The collection “to read” is in the trash.")
	// Those of before, saved as text, are said too.
	old := saved(t, nb, "S3", `in:"TO READ"`)
	shows(t, nb, old.ID, `in:"TO READ"`, 0, "The collection “to read” is in the trash.")
	again := nb.Collection("to read", "")
	if q := apptest.Read(nb, func(r app.Reader) (app.Collection, error) { return r.Collection(in.ID) }).Query; !strings.Contains(q, string(read.ID)) {
		t.Errorf("it reads %q", q)
	}
	ok(nb.EmptyTrash(ctx))
	nb.Trash(app.RefTo(app.KindCollection, again.ID))
	ok(nb.EmptyTrash(ctx))
	shows(t, nb, in.ID, `in:"to read"`, 0, "The collection “to read” is no longer in the notebook.")
	nb.Undo()
	nb.Undo()
	nb.Undo()
	nb.Undo()
	nb.Restore(app.RefTo(app.KindCollection, read.ID))
	shows(t, nb, in.ID, `in:"to read"`, 1)

	first := saved(t, nb, "C1", "in:C2")
	shows(t, nb, first.ID, "in:C2", 0, "There is no collection “C2”.")
	saved(t, nb, "C2", "in:C1")
	shows(t, nb, first.ID, "in:C2", 0, "In the saved search “C2”: The saved search “C1” leads back to itself, which adds nothing.")
}

// A notebook of an older version has names in its saved searches: they become
// identifiers before the first of them changes.
func TestSavedSearchesOfBefore(t *testing.T) {
	nb := apptest.New(t)
	ctx, ok := t.Context(), must(t)
	read := nb.Collection("to read", "")
	id := app.NewID[app.CollectionID]()
	ok(nb.Update(ctx, app.Op{Name: "old", Label: "old"}, func(tx app.Tx) error {
		return tx.PutCollection(app.Collection{ID: id, Name: "S1", Stored: `in:"to read" OR in:read~ OR tag:none`})
	}))
	ok(nb.EditCollection(ctx, read.ID, func(c *app.Collection) { c.Name = "done" }))
	c := apptest.Read(nb, func(r app.Reader) (app.Collection, error) { return r.Collection(id) })
	if c.Query != "in:done OR in:read~ OR tag:none" {
		t.Errorf("it reads %q", c.Query)
	}
	nb.Undo()
	if c = apptest.Read(nb, func(r app.Reader) (app.Collection, error) { return r.Collection(id) }); c.Stored != `in:"to read" OR in:read~ OR tag:none` {
		t.Errorf("after undo it is stored as %q", c.Stored)
	}
}

// A scope that names what is in the trash or gone shows nothing and says so; one
// that names an actor who was merged away shows what that one became.
func TestScopesFollowWhatTheyName(t *testing.T) {
	nb := dispute(t)
	ctx, ok := t.Context(), must(t)
	actor := nb.Board().Actors[0]
	c := nb.Collection("Papers", "")
	nb.Trash(app.RefTo(app.KindCollection, c.ID))
	for name, s := range map[string]app.Scope{"trashed": {Collection: c.ID}, "gone": {Tag: app.NewID[app.TagID]()}} {
		if d, err := nb.InScope(ctx, s); !errors.Is(err, app.ErrLost) || d != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if title, err := nb.ScopeTitle(ctx, app.Scope{Collection: c.ID}); err != nil || title != "in Papers (in the trash)" {
		t.Errorf("%q, %v", title, err)
	}
	into := nb.Actor("Survivor")
	ok(nb.MergeActors(ctx, "Survivor", string(actor.ID)))
	d, err := nb.InScope(ctx, app.Scope{Actor: actor.ID})
	if err != nil || len(d.Statements) == 0 || d.Statements[0].Actor != into.ID {
		t.Errorf("merged away: %+v, %v", d, err)
	}
	if s, err := nb.Followed(ctx, app.Scope{Actor: actor.ID}); err != nil || s.Actor != into.ID {
		t.Errorf("followed %v, %v", s, err)
	}
	if title, err := nb.ScopeTitle(ctx, app.Scope{Actor: actor.ID}); err != nil || title != "by Survivor" {
		t.Errorf("%q, %v", title, err)
	}
	s := saved(t, nb, "S", "tag:none")
	if problems, err := nb.ScopeProblems(ctx, app.Scope{Collection: s.ID}); err != nil || len(problems) != 1 {
		t.Errorf("the saved search of a scope: %q, %v", problems, err)
	}
}
