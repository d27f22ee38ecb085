package viewmodel_test

import (
	"testing"

	"rejoinder/app"
	"rejoinder/app/viewmodel"
)

func TestLinkAtTheCaret(t *testing.T) {
	for _, c := range []struct {
		body  string
		caret int
		typed string
		start int
		ok    bool
	}{
		{"see [[Por", 9, "Por", 6, true},
		{"see [[", 6, "", 6, true},
		{"المرفأ [[Por", 12, "Por", 9, true},
		{"see [[Port]] and", 16, "", 0, false},
		{"see [[Port]] and", 8, "Po", 6, true},
		{"see [[Port\nnext", 15, "", 0, false},
		{"nothing", 3, "", 0, false},
	} {
		typed, start, ok := viewmodel.LinkAt(c.body, c.caret)
		if typed != c.typed || start != c.start || ok != c.ok {
			t.Errorf("%q at %d: %q from %d, %v", c.body, c.caret, typed, start, ok)
		}
	}
}

func TestCompleteLinkClosesIt(t *testing.T) {
	for _, c := range []struct {
		body   string
		caret  int
		want   string
		caret2 int
	}{
		{"see [[Por", 9, "see [[Port Company]]", 20},
		{"see [[Por and more", 9, "see [[Port Company]] and more", 20},
		{"see [[Porthole]] and more", 9, "see [[Port Company]] and more", 20},
		{"[[P [[Other]]", 3, "[[Port Company]] [[Other]]", 16},
	} {
		got, caret := viewmodel.CompleteLink(c.body, c.caret, "Port Company")
		if got != c.want || caret != c.caret2 {
			t.Errorf("%q: %q with the caret at %d", c.body, got, caret)
		}
	}
}

// newNote starts a note on something.
func newNote(t *testing.T, d *desk, on app.Ref) *viewmodel.NoteForm {
	t.Helper()
	var f *viewmodel.NoteForm
	d.session.NewNote(on, func(ready *viewmodel.NoteForm) { f = ready })
	if f == nil {
		t.Fatal("the form is not ready")
	}
	return f
}

func TestNoteKeepsWhatWasTyped(t *testing.T) {
	d, p := pageDesk(t)
	open(t, p, "Port Company")
	f := newNote(t, d, p.Ref)
	if f.About != "“Port Company”" || f.Kept {
		t.Errorf("about %q, kept %v", f.About, f.Kept)
	}
	f.Type("Ask [[Anna Vik]] and [[Dockers' union]]")
	same(t, "broken", f.Broken, []string{"Anna Vik"})
	same(t, "links", f.Links, []string{"Dockers' union"})
	again := newNote(t, d, p.Ref) // Escape left the first
	if again.Body != "Ask [[Anna Vik]] and [[Dockers' union]]" || !again.Kept {
		t.Fatalf("kept %v: %q", again.Kept, again.Body)
	}
	again.Create("Anna Vik", app.KindActor)
	if len(again.Broken) != 0 {
		t.Errorf("still broken: %q", again.Broken)
	}
	notes := len(p.Shown.Notes)
	again.Save(func(saved bool) {
		if !saved {
			t.Error("it was refused")
		}
	})
	if len(p.Shown.Notes) != notes+1 {
		t.Errorf("the page has %d notes, want %d", len(p.Shown.Notes), notes+1)
	}
	if third := newNote(t, d, p.Ref); third.Body != "" || third.Kept {
		t.Errorf("a saved note is offered again: %q", third.Body)
	}
	d.fine()
}

func TestNoteIsEdited(t *testing.T) {
	d, p := pageDesk(t)
	open(t, p, "Port Company")
	id := p.Shown.Notes[0].ID
	edit := func() (f *viewmodel.NoteForm) {
		d.session.EditNote(id, func(ready *viewmodel.NoteForm) { f = ready })
		return f
	}
	f := edit()
	before := f.Body
	f.Type(before + "\n\nMore.")
	f.Discard()
	if f.Body != before || edit().Kept {
		t.Errorf("after Discard it says %q", f.Body)
	}
	f.Type("Other words")
	f.Save(func(bool) {})
	if p.Shown.Notes[0].Body != "Other words" {
		t.Errorf("the page says %q", p.Shown.Notes[0].Body)
	}
	f = edit()
	f.Type("  ")
	f.Save(func(saved bool) {
		if saved {
			t.Error("an empty note was saved")
		}
	})
	d.refused("needs words")
}

func TestNoteCompletesLinks(t *testing.T) {
	d, p := pageDesk(t)
	if err := d.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	open(t, p, "Port Company")
	f := newNote(t, d, p.Ref)
	offered := func(body string) map[app.Kind]int {
		out := map[app.Kind]int{}
		f.Type(body)
		f.Complete(app.RuneCount(body), func(all []viewmodel.LinkName) {
			for _, l := range all {
				out[l.Kind]++
			}
		})
		return out
	}
	if got := offered("see [[clos"); got[app.KindClaim] == 0 || got[app.KindArticle] == 0 {
		t.Errorf("offered for “clos”: %v", got)
	}
	if got := offered("see [[port c"); got[app.KindActor] == 0 {
		t.Errorf("offered for “port c”: %v", got)
	}
	if got := offered("no link"); len(got) != 0 {
		t.Errorf("offered without a link: %v", got)
	}
	d.fine()
}
