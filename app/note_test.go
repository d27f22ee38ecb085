package app_test

import (
	"errors"
	"slices"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// A note's links are seen from both ends: what it is about, what its [[links]]
// name, and from each of those the note.
func TestNoteLinks(t *testing.T) {
	nb := apptest.New(t)
	article := nb.ImportText("The quay is unsafe: report", "Text.")
	actor := nb.Actor("Port Company", "港口公司")
	claim := nb.Claim("The quay is unsafe")
	first := nb.Note("# Open questions\n\nWho paid?")
	note := nb.Note("On [[港口公司]] and [[the quay is unsafe]]; see [[The quay is unsafe: report]], [[open questions]], "+
		"[[港口公司 ]], [[nobody]] and [[]].", app.RefTo(app.KindClaim, claim.ID))

	refs := []app.Ref{app.RefTo(app.KindActor, actor.ID), app.RefTo(app.KindClaim, claim.ID),
		app.RefTo(app.KindArticle, article.ID), app.RefTo(app.KindNote, first.ID)}
	stored := apptest.Read(nb, func(r app.Reader) (app.Note, error) { return r.Note(note.ID) })
	if len(stored.Mentions) != 4 || !slices.Equal(stored.On, refs[1:2]) {
		t.Errorf("mentions %v, on %v", stored.Mentions, stored.On)
	}
	for _, ref := range refs {
		if !slices.Contains(stored.Mentions, ref) {
			t.Errorf("does not mention the %s", ref)
		}
		back := apptest.Read(nb, func(r app.Reader) ([]app.Note, error) { return r.NotesOn(ref) })
		if len(back) != 1 || back[0].ID != note.ID {
			t.Errorf("from the %s: %+v", ref, back)
		}
	}
	if first.Title() != "Open questions" {
		t.Errorf("title %q", first.Title())
	}
	// A link to nothing waits until something bears the name and the note is saved.
	nb.Actor("Nobody")
	edited, err := nb.EditNote(t.Context(), note.ID, func(n *app.Note) { n.Body, n.On = "[[nobody]] alone", nil })
	if err != nil || len(edited.Mentions) != 1 || edited.Mentions[0].Kind != app.KindActor {
		t.Errorf("edited %+v, %v", edited, err)
	}
	if back := apptest.Read(nb, func(r app.Reader) ([]app.Note, error) { return r.NotesOn(refs[0]) }); len(back) != 0 {
		t.Errorf("a link that went is still seen: %+v", back)
	}
	if found := nb.Find("alone"); len(found) != 1 {
		t.Errorf("found %q", found)
	}
}

func TestNoteRefuses(t *testing.T) {
	nb := apptest.New(t)
	claim := nb.Claim("It is so")
	rows := nb.Rows()
	for name, tt := range map[string]struct {
		body string
		on   []app.Ref
		is   error
	}{
		"no words":    {" \n ", nil, app.ErrInvalid},
		"on nothing":  {"Words", []app.Ref{{Kind: app.KindClaim, ID: "x"}}, app.ErrNotFound},
		"on a claim?": {"Words", []app.Ref{app.RefTo(app.KindActor, claim.ID)}, app.ErrInvalid},
	} {
		if _, err := nb.AddNote(t.Context(), tt.body, tt.on...); !errors.Is(err, tt.is) {
			t.Errorf("%s: %v, want %v", name, err, tt.is)
		}
	}
	if nb.Rows() != rows {
		t.Error("a refused note left something behind")
	}
}

// A link means the thing of exactly that name before a claim that only begins
// with it.
func TestNamesBeforeBeginnings(t *testing.T) {
	nb := apptest.New(t)
	claim := nb.Claim("The quay is closed for good")
	article := nb.ImportText("The quay", "Text.")
	note := nb.Note("The quay is\n\nwhat?")
	for name, want := range map[string]app.Ref{
		"the quay": app.RefTo(app.KindArticle, article.ID), "The quay is": app.RefTo(app.KindNote, note.ID),
		"The quay is closed": app.RefTo(app.KindClaim, claim.ID), string(note.ID): app.RefTo(app.KindNote, note.ID),
	} {
		got := apptest.Read(nb, func(r app.Reader) (app.Ref, error) { return app.Named(r, name) })
		if got != want {
			t.Errorf("%q is the %s, want the %s", name, got, want)
		}
	}
	err := nb.Notebook.View(t.Context(), func(r app.Reader) error {
		_, err := app.Named(r, "the ship")
		return err
	})
	if !errors.Is(err, app.ErrNotFound) {
		t.Errorf("nothing: %v", err)
	}
}

func TestTags(t *testing.T) {
	nb := apptest.New(t)
	ctx := t.Context()
	a, b := nb.ImportText("One", "Text."), nb.ImportText("Two", "Text.")
	tag := func(path string, on ...app.ArticleID) {
		t.Helper()
		for _, id := range on {
			if err := nb.Tag(ctx, path, true, app.RefTo(app.KindArticle, id)); err != nil {
				t.Fatal(err)
			}
		}
	}
	tag("#Environment / dredging", a.ID)
	tag("environment", b.ID)
	tag("ENVIRONMENT/Dredging/sand", b.ID)
	tag("environmental", a.ID)
	tags := apptest.Read(nb, func(r app.Reader) ([]app.TagRow, error) { return r.Tags() })
	var paths []string
	for _, row := range tags {
		paths = append(paths, row.Path)
	}
	if want := []string{"Environment", "Environment/dredging", "Environment/dredging/sand", "environmental"}; !slices.Equal(paths, want) {
		t.Fatalf("tags %q, want %q", paths, want)
	}
	if tags[2].Name() != "sand" || tags[2].Depth() != 2 || tags[0].Name() != "Environment" || tags[0].Depth() != 0 {
		t.Errorf("names %+v", tags)
	}
	under := func(i int) int {
		return apptest.Read(nb, func(r app.Reader) (int, error) { return r.CountArticles(app.ArticleQuery{Tag: tags[i].ID}) })
	}
	if under(0) != 2 || under(1) != 2 || under(2) != 1 || under(3) != 1 {
		t.Errorf("articles under the tags: %d, %d, %d, %d", under(0), under(1), under(2), under(3))
	}
	if err := nb.PaintTags(ctx, map[string]app.Color{"environment": "green"}); err != nil {
		t.Fatal(err)
	}
	if painted := apptest.Read(nb, func(r app.Reader) (app.Tag, error) { return r.Tag(tags[0].ID) }); painted.Color != "green" {
		t.Errorf("painted %+v", painted)
	}
	if err := nb.Tag(ctx, "Environment/dredging", false, app.RefTo(app.KindArticle, a.ID)); err != nil || under(1) != 1 {
		t.Errorf("untagged: %v, %d left", err, under(1))
	}
	for name, err := range map[string]error{
		"no name":     nb.Tag(ctx, " # / ", true, app.RefTo(app.KindArticle, a.ID)),
		"nothing":     nb.Tag(ctx, "x", true, app.Ref{Kind: app.KindArticle, ID: "x"}),
		"no such tag": nb.Tag(ctx, "nowhere", false, app.RefTo(app.KindArticle, a.ID)),
		"no paint":    nb.PaintTags(ctx, map[string]app.Color{"nowhere": "green"}),
	} {
		if !errors.Is(err, app.ErrInvalid) && !errors.Is(err, app.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// A tag in the trash makes room for a new one of its name, and does not push it out.
	nb.Trash(app.RefTo(app.KindTag, tags[0].ID))
	if left := apptest.Read(nb, func(r app.Reader) ([]app.TagRow, error) { return r.Tags() }); len(left) != 1 || left[0].Path != "environmental" {
		t.Errorf("left %+v", left)
	}
	tag("environment", a.ID)
	_, err := nb.Notebook.Restore(ctx, app.RefTo(app.KindTag, tags[0].ID))
	if !errors.Is(err, app.ErrExists) || app.Sentence(err) != "There is another tag “Environment” by now: rename or remove that one first." {
		t.Errorf("restored beside its namesake: %v", err)
	}
}

func TestCollections(t *testing.T) {
	nb := apptest.New(t)
	ctx := t.Context()
	a, b := nb.ImportText("One", "Text."), nb.ImportText("Two", "Text.")
	top := nb.Collection("Harbour", "")
	inner := nb.Collection("Court", top.ID)
	innermost := nb.Collection("Appeal", inner.ID)
	collect := func(c app.Collection, in bool, ids ...app.ArticleID) {
		t.Helper()
		if err := nb.Collect(ctx, c.ID, in, ids...); err != nil {
			t.Fatal(err)
		}
	}
	collect(innermost, true, a.ID, b.ID)
	collect(top, true, a.ID, a.ID)
	count := func(c app.Collection) int {
		return apptest.Read(nb, func(r app.Reader) (int, error) { return r.CountArticles(app.ArticleQuery{Collection: c.ID}) })
	}
	if count(top) != 2 || count(inner) != 2 {
		t.Errorf("with what is inside: %d, %d", count(top), count(inner))
	}
	rows := apptest.Read(nb, func(r app.Reader) ([]app.CollectionRow, error) { return r.Collections() })
	if len(rows) != 3 || rows[0].Name != "Appeal" || rows[0].Count != 2 || rows[1].Count != 0 || rows[2].Count != 1 {
		t.Errorf("collections %+v", rows)
	}
	collect(innermost, false, a.ID)
	if count(inner) != 1 || count(top) != 2 {
		t.Errorf("taken out: %d, %d", count(inner), count(top))
	}
	for name, parent := range map[string]app.CollectionID{"itself": top.ID, "its inside": innermost.ID} {
		if _, err := nb.EditCollection(ctx, top.ID, func(c *app.Collection) { c.Parent = parent }); !errors.Is(err, app.ErrInvalid) {
			t.Errorf("moved into %s: %v", name, err)
		}
	}
	moved, err := nb.EditCollection(ctx, innermost.ID, func(c *app.Collection) { c.Parent, c.Name = top.ID, " Court of  appeal " })
	if err != nil || moved.Parent != top.ID || moved.Name != "Court of appeal" {
		t.Errorf("moved %+v, %v", moved, err)
	}
	saved, err := nb.AddCollection(ctx, app.Collection{Name: "Strikes", Query: "strike"})
	if err != nil {
		t.Fatal(err)
	}
	if err := nb.Collect(ctx, saved.ID, true, a.ID); !errors.Is(err, app.ErrInvalid) {
		t.Errorf("put into a saved search: %v", err)
	}
	if _, err := nb.AddCollection(ctx, app.Collection{Name: " "}); !errors.Is(err, app.ErrInvalid) {
		t.Errorf("no name: %v", err)
	}
	nb.Trash(app.RefTo(app.KindCollection, top.ID))
	if _, err := nb.AddCollection(ctx, app.Collection{Name: "Late", Parent: inner.ID}); !errors.Is(err, app.ErrInvalid) {
		t.Errorf("made in the trash: %v", err)
	}
	if err := nb.Collect(ctx, inner.ID, true, a.ID); !errors.Is(err, app.ErrInvalid) {
		t.Errorf("put into the trash: %v", err)
	}
	nb.Restore(app.RefTo(app.KindCollection, inner.ID)) // with what it stands in, without what stands beside
	rows = apptest.Read(nb, func(r app.Reader) ([]app.CollectionRow, error) { return r.Collections() })
	if len(rows) != 3 || rows[0].Name != "Court" || rows[1].Name != "Harbour" {
		t.Errorf("restored %+v", rows)
	}
}
