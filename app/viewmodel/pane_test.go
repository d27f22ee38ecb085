package viewmodel_test

import (
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/viewmodel"
)

// A pane goes back and forward through what was read in it, each where it was
// left; another pane has a history of its own.
func TestHistoryOfAPane(t *testing.T) {
	d := newDesk(t)
	a, b := d.ImportText("First", order), d.ImportText("Second", "It was denied.")
	mark := d.Mark(b, "denied")
	p, other := viewmodel.NewPane(d.session), viewmodel.NewPane(d.session)
	shown := -1
	p.Reader.OnShow = func(at int) { shown = at }
	if p.CanBack() || p.CanForward() {
		t.Error("an empty pane has a history")
	}
	p.Open(a.ID, -1)
	p.Reader.Seen(12, 30)
	p.OpenPassage(app.Passage{Annotation: mark})
	p.ShowBoard()
	p.ShowBoard() // it is there already
	other.Open(b.ID, -1)
	if !p.Place.Board || !p.CanBack() || p.CanForward() || other.CanBack() {
		t.Fatalf("shows %+v", p.Place)
	}
	p.Back()
	if p.Place.Board || p.Reader.Article.Title != "Second" {
		t.Errorf("back leads to %+v", p.Place)
	}
	p.Back()
	if p.Reader.Article.Title != "First" || shown != 12 || p.CanBack() || !p.CanForward() {
		t.Errorf("back again leads to %q at %d", p.Reader.Article.Title, shown)
	}
	p.Back()
	p.Forward()
	p.Forward()
	if !p.Place.Board || p.CanForward() {
		t.Errorf("forward leads to %+v", p.Place)
	}
	p.Back()
	p.Open(a.ID, -1)
	if p.CanForward() {
		t.Error("after going on, what was left by going back is still there")
	}
	d.fine()
}

// An article opens where it was left, also after a restart, and the list tells
// how much of it was read.
func TestReadingPositionIsKept(t *testing.T) {
	d := newDesk(t)
	article := d.ImportText("Order", order)
	length := app.RuneCount(d.Text(article))
	d.reader.Open(article.ID, -1)
	if d.reader.At != 0 || d.reader.Progress() != 0 {
		t.Errorf("a new article opens at %d, read %f", d.reader.At, d.reader.Progress())
	}
	d.reader.Seen(0, length/2)
	d.reader.Seen(10, length)
	d.reader.Seen(5, length/3) // back up: what was read stays read
	d.reader.Open(d.ImportText("Other", "It was denied.").ID, -1)
	d.reader.Close()

	again := openDesk(t, d.Again(), viewmodel.Inline)
	again.reader.Open(article.ID, -1)
	if again.reader.At != 5 || again.reader.Progress() != 1 {
		t.Errorf("it opens at %d, read %f", again.reader.At, again.reader.Progress())
	}
	if row := again.row("Order"); row.Progress != 1 {
		t.Errorf("the list says %f", row.Progress)
	}
	again.reader.Open("", -1)
	again.reader.Open(article.ID, 20)
	if again.fine(); again.reader.At != 20 {
		t.Errorf("a passage opens at %d", again.reader.At)
	}
}

func TestOutline(t *testing.T) {
	d := newDesk(t)
	article := d.Import(apptest.WriteFile(t, "quay.md", "# The quay\n\nText.\n\n## Who says\n\nMore.\n\n### Who disputes\n\nLess.\n"))[0].Article
	d.reader.Open(article, -1)
	outline := d.reader.Outline()
	if len(outline) != 2 || outline[0].Title != "Who says" || outline[1].Level != 3 || string(d.reader.Runes[outline[1].At:outline[1].At+3]) != "Who" {
		t.Errorf("the outline is %+v", outline)
	}
}

// Nothing acts on a mark that is not the open article's or is not seen, and what
// is in the trash is not opened from the history.
func TestTheCurrentMarkIsTheOpenArticles(t *testing.T) {
	nb := apptest.New(t)
	a, b := nb.ImportText("First", order), nb.ImportText("Second", "It was denied.")
	mark := nb.Mark(a, "the quay")
	var l later
	d := openDesk(t, nb, l.loop())
	l.all()
	d.reader.OpenPassage(app.Passage{Annotation: mark})
	d.reader.Open(b.ID, -1) // before the first is there
	l.all()
	if d.reader.Article.ID != b.ID || d.reader.Current != "" {
		t.Errorf("the mark %q of another article is chosen", d.reader.Current)
	}
	d.reader.Open(a.ID, -1)
	l.all()
	d.selectWords("Monday")
	d.reader.Mark(app.Highlight, "green")
	d.reader.Open(b.ID, -1) // before the mark is there
	l.all()
	if d.reader.Current != "" {
		t.Errorf("a mark made in another article is chosen: %q", d.reader.Current)
	}
	d.fine()
}

func TestHistoryLeavesOutWhatIsInTheTrash(t *testing.T) {
	d := newDesk(t)
	a, b := d.ImportText("First", order), d.ImportText("Second", "It was denied.")
	p := viewmodel.NewPane(d.session)
	d.others = append(d.others, p)
	p.Open(a.ID, -1)
	p.Open(b.ID, -1)
	d.Trash(app.RefTo(app.KindArticle, a.ID))
	p.Back()
	d.refused("trash")
	if p.Reader.Article.ID != b.ID {
		t.Errorf("shows %q", p.Reader.Article.Title)
	}
	d.Trash(app.RefTo(app.KindArticle, b.ID))
	if p.Reader.Article.ID != "" {
		t.Errorf("what is in the trash is still shown: %q", p.Reader.Article.Title)
	}
	d.Undo()
	if d.fine(); p.Reader.Article.ID != b.ID {
		t.Error("undo does not open it again")
	}
}

// A new version leaves the reader where it was: at the same words.
func TestReadingPositionIsCarriedToANewVersion(t *testing.T) {
	d := newDesk(t)
	body := []string{"One paragraph about the quay and who closed it.", "Another about the union and what it said to the press.", "A third about the court and the day of the hearing."}
	article := d.ImportText("Order", body...)
	d.reader.Open(article.ID, -1)
	at := app.Occurrences(d.reader.Text.Plain, "Another about")[0]
	d.reader.Seen(at, at+40)
	d.reader.KeepPlace()
	file := apptest.WriteFile(t, "order.txt", "Order\n\nA new paragraph that shifts the others.\n\n"+body[0]+"\n\n"+body[1]+"\n\n"+body[2])
	d.library.UpdateArticle(t.Context(), article.ID, file, func(*app.Carried) {})
	if d.fine(); string(d.reader.Runes[d.reader.At:d.reader.At+13]) != "Another about" {
		t.Errorf("it shows %q", string(d.reader.Runes[d.reader.At:d.reader.At+13]))
	}
}
