package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// busyPage is an article between menus: it has blocks to leave out.
func busyPage(t *testing.T, nb *apptest.Notebook) app.Article {
	t.Helper()
	body := ""
	for i := range 8 {
		body += fmt.Sprintf("<p>Paragraph %d of the report says at some length what the council, the guild and the residents of the lane had to say on the matter.</p>\n", i+1)
	}
	path := apptest.WriteFile(t, "page.html", `<!doctype html><title>The lamps of Ostby</title>
<nav><p>Navigation of the site</p></nav><article><h1>The lamps of Ostby</h1>`+body+`</article>
<footer><p>Imprint and contact</p><p>Subscribe to our letter</p></footer>`)
	results := nb.Import(path)
	a := article(nb, results[0].Article)
	if left := leftOut(t, nb, a); !slices.Contains(left, "Imprint and contact") || len(left) < 3 {
		t.Fatalf("left out: %q", left)
	}
	return a
}

func leftOut(t *testing.T, nb *apptest.Notebook, a app.Article) (texts []string) {
	t.Helper()
	left, err := nb.LeftOut(t.Context(), a.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range left {
		texts = append(texts, l.Text)
	}
	return texts
}

func number(t *testing.T, nb *apptest.Notebook, a app.Article, text string) int {
	t.Helper()
	left, err := nb.LeftOut(t.Context(), a.ID)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(left, func(l app.LeftOut) bool { return l.Text == text })
	if i < 0 {
		t.Fatalf("%q was not left out", text)
	}
	return left[i].Number
}

// Blocks are taken in one after the other; the second does not push out the first.
func TestBlocksTakenInStay(t *testing.T) {
	nb := apptest.New(t)
	a := busyPage(t, nb)
	before := len(leftOut(t, nb, a))
	for _, words := range []string{"Imprint and contact", "Navigation of the site"} {
		if _, err := nb.ReadAgain(t.Context(), a.ID, app.ReadAs{TakeIn: []int{number(t, nb, a, words)}}); err != nil {
			t.Fatal(err)
		}
	}
	text := nb.Text(article(nb, a.ID))
	if !strings.Contains(text, "Imprint and contact") || !strings.Contains(text, "Navigation of the site") {
		t.Errorf("the text is %q", text)
	}
	if left := leftOut(t, nb, a); len(left) != before-2 || slices.Contains(left, "Imprint and contact") {
		t.Errorf("still left out: %q", left)
	}
	nb.Undo()
	if left := leftOut(t, nb, a); len(left) != before-1 || !slices.Contains(left, "Navigation of the site") {
		t.Errorf("after undo left out: %q", left)
	}
	if _, err := nb.ReadAgain(t.Context(), a.ID, app.ReadAs{Whole: true}); err != nil {
		t.Fatal(err)
	}
	if left := leftOut(t, nb, a); len(left) != 0 {
		t.Errorf("of the whole page left out: %q", left)
	}
}

// Taking a block in keeps the encoding that somebody chose.
func TestTakingInKeepsTheEncoding(t *testing.T) {
	nb := apptest.New(t)
	page, err := charmap.KOI8R.NewEncoder().String("<p>Министерство закрыло северную набережную в понедельник из-за трещин в стене, сказал представитель.</p>" +
		"<p>Профсоюз сказал, что докеров никто не спросил об этом, и что решение принято без всякой проверки.</p>")
	if err != nil {
		t.Fatal(err)
	}
	path := apptest.WriteFile(t, "page2.html", `<title>x</title><nav><p>Menu of the site</p></nav><article>`+strings.Repeat(page, 4)+`</article><footer><p>Imprint</p></footer>`)
	b := article(nb, nb.Import(path)[0].Article)
	menu := number(t, nb, b, "Menu of the site")
	if c, err := nb.ReadAgain(t.Context(), b.ID, app.ReadAs{TakeIn: []int{menu}}); err != nil || !c.Version.Provenance.Guessed || len(c.Version.Provenance.Doubts) == 0 {
		t.Errorf("with a block more a guess is sure: %+v, %v", c.Version.Provenance, err)
	}
	if _, err := nb.ReadAgain(t.Context(), b.ID, app.ReadAs{Encoding: "windows-1251"}); err != nil {
		t.Fatal(err)
	}
	left, err := nb.LeftOut(t.Context(), b.ID)
	if err != nil || len(left) == 0 {
		t.Fatalf("%v, %v", left, err)
	}
	c, err := nb.ReadAgain(t.Context(), b.ID, app.ReadAs{TakeIn: []int{left[0].Number}})
	if err != nil || c.Version.Provenance.Encoding != "windows-1251" || c.Version.Provenance.Guessed {
		t.Errorf("%+v, %v", c.Version.Provenance, err)
	}
}

// A reading that is only tried is the one that ReadAgain gives, and changes nothing.
func TestAReadingIsTried(t *testing.T) {
	nb := apptest.New(t)
	latin, err := charmap.Windows1250.NewEncoder().String("Zpráva\n\nMinisterstvo uzavřelo severní nábřeží kvůli trhlinám ve zdi.\n\nOdbory řekly, že se nikdo neptal.")
	if err != nil {
		t.Fatal(err)
	}
	a := article(nb, nb.Import(apptest.WriteFile(t, "zprava.txt", latin))[0].Article)
	rows := nb.Rows()
	text, same, err := nb.TryReading(t.Context(), a.ID, app.ReadAs{Encoding: "windows-1251"})
	if err != nil || same || !strings.Contains(text.Plain, "uzavшelo") || nb.Rows() != rows {
		t.Errorf("%q, %v, %v", text.Plain, same, err)
	}
	if _, same, err := nb.TryReading(t.Context(), a.ID, app.ReadAs{Encoding: "windows-1250"}); err != nil || !same {
		t.Errorf("the encoding in use: same %v, %v", same, err)
	}
	if _, err := nb.ReadAgain(t.Context(), a.ID, app.ReadAs{Encoding: "windows-1251"}); err != nil {
		t.Fatal(err)
	}
	if got := nb.Text(article(nb, a.ID)); got != text.Plain {
		t.Errorf("tried %q, got %q", text.Plain, got)
	}
}

// The doubts of a page of the library are read at once, those of the texts in use.
func TestDoubtsOfMany(t *testing.T) {
	nb := apptest.New(t)
	sure := nb.ImportText("Sure", "Nothing is odd in this text.")
	bad := article(nb, nb.Import(apptest.WriteFile(t, "bad.txt", "Bad\n\nThe café and the naïve r\xe9sum\xe9, čeština žluťoučká.\n"))[0].Article)
	doubts := apptest.Read(nb, func(r app.Reader) (map[app.ArticleID][]string, error) {
		return r.Doubts([]app.ArticleID{sure.ID, bad.ID})
	})
	if len(doubts) != 1 || len(doubts[bad.ID]) != 1 || !strings.Contains(doubts[bad.ID][0], "could not be read") {
		t.Errorf("%q", doubts)
	}
	if none := apptest.Read(nb, func(r app.Reader) (map[app.ArticleID][]string, error) { return r.Doubts(nil) }); len(none) != 0 {
		t.Errorf("%q", none)
	}
	if _, err := nb.UpdateArticle(t.Context(), bad.ID, apptest.WriteFile(t, "good.txt", "Bad\n\nThe café and the naïve résumé.\n")); err != nil {
		t.Fatal(err)
	}
	if left := apptest.Read(nb, func(r app.Reader) (map[app.ArticleID][]string, error) { return r.Doubts([]app.ArticleID{bad.ID}) }); len(left) != 0 {
		t.Errorf("after a good version: %q", left)
	}
}
