package app_test

import (
	"errors"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/notelink"
)

// A thing of any name can be linked, is renamed in its links, and in nothing else.
func TestLinksToAnyName(t *testing.T) {
	nb := apptest.New(t)
	ctx, ok := t.Context(), must(t)
	actor := nb.Actor("Black")
	note := nb.Note("[[Black]], [[black|the man]], *[[Black]]*, `[[Black]]`, \\[[Black]], [[Nobody|x]]\n\n> - a [[Black|he]]\n\n" +
		"```\n[[Black]]\n```\n\n    [[Black]]\n\n~~~md\n[[Black|the man]]\n~~~\n\n`` ` [[Black]] ``")
	body := func() string {
		return apptest.Read(nb, func(r app.Reader) (app.Note, error) { return r.Note(note.ID) }).Body
	}
	linked := func() bool {
		return len(apptest.Read(nb, func(r app.Reader) ([]app.Note, error) { return r.NotesOn(app.RefTo(app.KindActor, actor.ID)) })) == 1
	}
	before := body()
	for _, name := range []string{"Br]]ack", "[Br[[a|ck]", `back\`, `a\|b\]`, "|", "A | B", "خانه\u200Cها", "`tick`", "*star*", "Black"} {
		ok(nb.EditActor(ctx, actor.ID, func(a *app.Actor) { a.Name = name }))
		in := app.NewLink(name)
		want := strings.NewReplacer("[[Black]], [[black|the man]], *[[Black]]*", "[["+in+"]], [["+in+"|the man]], *[["+in+"]]*", "a [[Black|he]]", "a [["+in+"|he]]").Replace(before)
		if name == "Black" {
			want = strings.Replace(want, "black|", "Black|", 1)
		}
		if got := body(); got != want || !linked() {
			t.Fatalf("renamed to %s, linked %v, the note says\n%s\nwant\n%s", name, linked(), got, want)
		}
	}
	code := nb.Note("`[[Black]]` and\n\n```\n[[Black]]\n```")
	if len(code.Mentions) != 0 || len(code.WikiLinks()) != 0 {
		t.Errorf("a link in code leads to %v", code.Mentions)
	}
}

// A bar is a letter of the name where something is called so: the titles of web
// pages have them, and notes of before link to such.
func TestLinksToNamesWithBars(t *testing.T) {
	nb := apptest.New(t)
	title := nb.ImportText("Port report | The Paper", "Text.")
	nb.Actor("Port report")
	note := nb.Note("[[Port report | The Paper]], [[Port report|it]]")
	if want := "[[Port report \\| The Paper]], [[Port report|it]]"; note.Body != want || len(note.Mentions) != 2 || note.Mentions[0].ID != string(title.ID) {
		t.Errorf("%s mentions %v", note.Body, note.Mentions)
	}
	for link, want := range map[string][2]string{`a|b`: {"a", "b"}, `a\|b`: {"a|b", "a|b"}, `a\\|b`: {`a\`, "b"}, `a|`: {"a", "a"}, `C:\x`: {`C:\x`, `C:\x`}, `a|b|c`: {"a", "b|c"}} {
		if name, text := app.LinkName(link), app.LinkText(link); name != want[0] || text != want[1] {
			t.Errorf("%s names %q and is shown as %q", link, name, text)
		}
	}
	if err := nb.Notebook.View(t.Context(), func(r app.Reader) error {
		_, err := app.LinkTarget(r, "nothing|x")
		return err
	}); !errors.Is(err, app.ErrNotFound) {
		t.Errorf("a link to nothing: %v", err)
	}
}

// Any name can be escaped and read again, and what is read stands where it says.
func FuzzLinks(f *testing.F) {
	for _, s := range []string{"a", `\`, "]]", "[[a]]", "a|b", "`x", "- [[a]]\n\t[[b|c]]", "[[a]](x)", "> [[ü]]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, link := range notelink.In(s) {
			if got := s[link.Start:link.End]; got != "[["+link.Inner+"]]" {
				t.Errorf("%q has %q, not the link %q", s, got, link.Inner)
			}
		}
		if name := app.OneLine(s); name != "" && len(name) < 500 {
			if got := app.LinkName(app.NewLink(name)); got != name {
				t.Errorf("%q is linked as %q", name, got)
			}
			if raw := notelink.Raw("[[" + app.NewLink(name) + "]]"); len(raw) != 1 {
				t.Errorf("%q cannot be linked", name)
			}
		}
	})
}
