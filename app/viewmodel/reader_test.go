package viewmodel_test

import (
	"errors"
	"fmt"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/viewmodel"
)

const order = "The ministry closed the quay on Monday."

func TestReaderOpensAnArticle(t *testing.T) {
	d := sampleDesk(t)
	row := d.row("Ministry closes the north quay of Varnholm harbour")
	shown := -1
	d.reader.OnShow = func(at int) { shown = at }
	d.reader.Open(row.ID, -1)
	if shown != -1 || d.reader.Article.ID != row.ID || len(d.reader.Runes) != app.RuneCount(d.reader.Text.Plain) {
		t.Errorf("opened %q, shows %d", d.reader.Article.Title, shown)
	}
	want := fmt.Sprintf("Coast Herald · Ines Aldermann · 14 May 2025 (declared) · %d words", app.CountWords(d.reader.Text.Plain))
	if d.reader.Meta() != want {
		t.Errorf("over the text stands %q, want %q", d.reader.Meta(), want)
	}
	for i := 1; i < len(d.reader.Marks); i++ {
		if d.reader.Marks[i-1].Anchor.Start > d.reader.Marks[i].Anchor.Start {
			t.Error("the marks are not in the order of the text")
		}
	}
	if len(d.reader.Marks) == 0 || len(d.reader.Marks[0].Statements) == 0 {
		t.Errorf("the statements do not hang on their marks: %+v", d.reader.Marks)
	}
	d.reader.Open(row.ID, 40)
	if shown != 40 {
		t.Errorf("opening it at a passage shows %d", shown)
	}

	_, _, counters := d.cards()
	passage := *counters[0].Passage
	d.reader.OpenPassage(passage)
	if d.reader.Article.ID != passage.Article || d.reader.Current != passage.ID || shown != passage.Anchor.Start {
		t.Errorf("the passage is not the one that is shown: %q at %d", d.reader.Article.Title, shown)
	}
	if m := d.reader.CurrentMark(); m == nil || len(m.Relations) == 0 {
		t.Errorf("the relation does not hang on its passage: %+v", m)
	}
	d.reader.Open("", -1)
	if d.reader.Article.ID != "" || d.reader.Current != "" || len(d.reader.Marks) != 0 {
		t.Error("the reader is not closed")
	}
	d.reader.Open("nowhere", -1)
	d.refused("nowhere")
	d.reader.Open(row.ID, -1)
	if d.fine(); d.reader.Article.ID != row.ID {
		t.Error("after an article that is not there none can be opened")
	}
}

func TestSelectionIsTrimmedAndBounded(t *testing.T) {
	d := newDesk(t)
	d.reader.Open(d.ImportText("Order", order+"  ").ID, -1)
	n := len(d.reader.Runes)
	for _, c := range []struct {
		start, end int
		want       string
	}{
		{0, 5, "Order"}, {5, 0, "Order"}, {-9, 7, "Order"}, {4, 11, "r\n\nThe"},
		{5, 7, ""}, {6, 6, ""}, {n - 7, n + 5, "Monday."}, {n + 5, n - 7, "Monday."},
	} {
		d.reader.Select(c.start, c.end)
		if d.reader.Quote() != c.want || d.reader.Selected() != (c.want != "") || d.reader.Start > d.reader.End {
			t.Errorf("Select(%d, %d) selects %q, want %q", c.start, c.end, d.reader.Quote(), c.want)
		}
	}
}

func TestMarkCommentAndTag(t *testing.T) {
	d := newDesk(t)
	article := d.ImportText("Order", order)
	d.reader.Open(article.ID, -1)
	d.reader.Mark(app.Highlight, "green")
	if len(d.reader.Marks) != 0 {
		t.Fatal("a mark without a selection")
	}
	d.selectWords("closed the quay")
	d.reader.Mark(app.Highlight, "green")
	m := d.reader.CurrentMark()
	if m == nil || m.Color != "green" || m.Anchor.Quote != "closed the quay" || d.reader.Selected() {
		t.Fatalf("the new mark is %+v, selection %v", m, d.reader.Selected())
	}
	if d.reader.Quote() != "closed the quay" {
		t.Errorf("the quote of the chosen mark is %q", d.reader.Quote())
	}
	d.reader.Mark(app.Underline, "pink")
	d.reader.Comment("  Says who?  ")
	d.reader.Tag("port/safety")
	m = d.reader.CurrentMark()
	if len(d.reader.Marks) != 1 || m.Kind != app.Underline || m.Color != "pink" || m.Note != "Says who?" || len(m.Tags) != 1 {
		t.Errorf("the mark became %+v", m)
	}

	d.selectWords("on Monday")
	d.reader.Comment("Which one?")
	if m = d.reader.CurrentMark(); m.Kind != app.Comment || m.Note != "Which one?" {
		t.Errorf("the comment is %+v", m)
	}
	d.selectWords("The ministry")
	d.reader.Tag("actor")
	if m = d.reader.CurrentMark(); m == nil || len(m.Tags) != 1 || m.Tags[0].Path != "actor" || d.reader.Selected() {
		t.Errorf("the tagged selection became %+v", m)
	}
	d.reader.Choose("")
	d.reader.Tag("order")
	if tags := apptest.Read(d.Notebook, func(r app.Reader) ([]app.Tag, error) {
		return r.TagsOn(app.RefTo(app.KindArticle, article.ID))
	}); len(tags) != 1 || tags[0].Path != "order" || len(d.reader.Marks) != 3 {
		t.Errorf("the article is tagged %v", tags)
	}
	d.fine()
	d.selectWords("quay")
	d.reader.Mark("scribble", "green")
	d.refused("scribble")
	if !d.reader.Selected() {
		t.Error("the selection is lost with the mark that failed")
	}
}

func TestOverlappingMarksAreChosenInTurn(t *testing.T) {
	d := newDesk(t)
	article := d.ImportText("Order", order)
	long, short := d.Mark(article, "closed the quay on Monday"), d.Mark(article, "the quay")
	d.reader.Open(article.ID, -1)
	shown := -1
	d.reader.OnShow = func(at int) { shown = at }
	at := short.Anchor.Start
	var chosen []app.AnnotationID
	for range 3 {
		d.reader.ChooseAt(at)
		chosen = append(chosen, d.reader.Current)
	}
	same(t, "clicks", chosen, []app.AnnotationID{long.ID, short.ID, long.ID})
	if d.reader.ChooseAt(short.Anchor.End); d.reader.Current != long.ID {
		t.Error("behind the short mark the long one is not chosen")
	}
	if d.reader.ChooseAt(0); d.reader.Current != "" {
		t.Error("a click beside the marks chooses one")
	}
	if d.reader.Choose(short.ID); shown != at {
		t.Errorf("choosing a mark shows %d, want %d", shown, at)
	}
}

func TestCitation(t *testing.T) {
	d := sampleDesk(t)
	d.reader.Open(d.row("Ministry closes the north quay of Varnholm harbour").ID, -1)
	d.selectWords("a serious and immediate danger")
	want := "Ines Aldermann · “Ministry closes the north quay of Varnholm harbour” · Coast Herald · 14 May 2025 · " +
		"https://coast-herald.example/2025/05/14/north-quay"
	if d.reader.Quote() != "a serious and immediate danger" || d.reader.Citation() != want {
		t.Errorf("%q from %q", d.reader.Quote(), d.reader.Citation())
	}
}

func TestTrashOfMarkAndArticle(t *testing.T) {
	d := newDesk(t)
	d.reader.TrashCurrent() // nothing is open
	article := d.ImportText("Order", order)
	mark := d.Mark(article, "the quay")
	d.reader.Open(article.ID, -1)
	d.reader.Choose(mark.ID)
	d.reader.TrashCurrent()
	if len(d.reader.Marks) != 0 || d.reader.Current != "" {
		t.Errorf("the mark is still there: %v, chosen %q", d.reader.Marks, d.reader.Current)
	}
	same(t, "messages", d.said, []string{"Move 1 annotation to the trash — undo with Ctrl+Z"})
	d.Undo()
	if len(d.reader.Marks) != 1 {
		t.Error("undo does not bring the mark back to the reader")
	}
	d.reader.Select(0, 5)
	d.reader.TrashCurrent()
	if d.reader.Article.ID != "" || d.reader.Selected() || len(d.reader.Runes) != 0 {
		t.Errorf("the article in the trash is still open: %q", d.reader.Article.Title)
	}
	d.Undo()
	d.reader.Open(article.ID, -1)
	if d.reader.Article.ID != article.ID || len(d.reader.Marks) != 1 {
		t.Error("the restored article does not open")
	}
	if _, err := d.EditArticle(t.Context(), article.ID, func(a *app.Article) { a.Title = "The order" }); err != nil {
		t.Fatal(err)
	}
	if d.fine(); d.reader.Article.Title != "The order" {
		t.Errorf("the new title is not shown: %q", d.reader.Article.Title)
	}
}

func TestTheArticleAskedForLastIsShown(t *testing.T) {
	nb := apptest.New(t)
	a, b := nb.ImportText("First", order), nb.ImportText("Second", "It was denied.")
	mark := nb.Mark(b, "denied")
	var l later
	d := openDesk(t, nb, l.loop())
	d.reader.Open(a.ID, -1)
	l.all()

	d.reader.Open(b.ID, -1)
	d.reader.Open(a.ID, -1) // back before the other came
	l.all()
	if d.reader.Article.Title != "First" {
		t.Errorf("shows %q", d.reader.Article.Title)
	}

	d.reader.Open(b.ID, 7)
	nb.Mark(a, "quay") // a change while the other is loaded
	shown := -1
	d.reader.OnShow = func(at int) { shown = at }
	l.all()
	if d.reader.Article.Title != "Second" || shown != 7 {
		t.Errorf("shows %q at %d", d.reader.Article.Title, shown)
	}

	d.reader.Open(a.ID, -1)
	d.reader.OpenPassage(app.Passage{Annotation: mark})
	l.run(1) // the newer load first
	l.all()
	if d.reader.Article.Title != "Second" || d.reader.Current != mark.ID || shown != mark.Anchor.Start {
		t.Errorf("shows %q at %d, chosen %q", d.reader.Article.Title, shown, d.reader.Current)
	}
	d.fine()
}

func TestAnErrorIsShownOnce(t *testing.T) {
	d := newDesk(t)
	article := d.ImportText("Order", order)
	d.reader.Open(article.ID, -1)
	d.selectWords("the quay")
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d.reader.Mark(app.Highlight, "green")
	if len(d.failed) != 1 || errors.Is(d.failed[0], app.ErrInvalid) {
		t.Errorf("shown: %v", d.failed)
	}
	if d.reader.Text.Plain == "" || !d.reader.Selected() {
		t.Error("what was read is lost")
	}
	d.failed = nil
	d.reader.NewStatement(func(*viewmodel.StatementForm) { t.Error("a form without its names") })
	if len(d.failed) != 1 {
		t.Errorf("shown: %v", d.failed)
	}
}
