package viewmodel_test

import (
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// The screen of all annotations narrows, orders and ticks them, and what is done
// to the ticked ones is one step.
func TestAnnotationsAcrossTheCollection(t *testing.T) {
	d := newDesk(t)
	old, recent := d.ImportDated("2019-05-01", "Old news", "The quay closed. The union protested."), d.ImportDated("2021", "New news", "The quay opened. Nobody protested.")
	a, b, c := d.Mark(old, "The quay closed", "port"), d.Mark(old, "The union protested"), d.Mark(recent, "Nobody protested", "port/union")
	d.Statement("Union", app.Disputes, "The closure was needed", apptest.In(old, "The union protested"))
	d.marks.Load()
	quotes := func() (out []string) {
		for i := range d.marks.Count {
			row, ok := d.marks.Row(i)
			if !ok {
				t.Fatalf("row %d is not there", i)
			}
			out = append(out, row.Anchor.Quote)
		}
		return out
	}
	choose := func(edit func(*app.AnnotationQuery), want ...string) {
		t.Helper()
		d.marks.Choose(func(q *app.AnnotationQuery) {
			*q = app.AnnotationQuery{Sort: app.SortPosition}
			edit(q)
		})
		same(t, "marks", quotes(), want)
	}
	choose(func(*app.AnnotationQuery) {}, "Nobody protested", "The quay closed", "The union protested")
	choose(func(q *app.AnnotationQuery) { q.Sort = app.SortPublished }, "Nobody protested", "The quay closed", "The union protested")
	choose(func(q *app.AnnotationQuery) { q.Text = "PROTEST the" }, "The union protested")
	choose(func(q *app.AnnotationQuery) { q.To = "2019" }, "The quay closed", "The union protested")
	choose(func(q *app.AnnotationQuery) { q.Tag = d.marks.Tags[0].ID }, "Nobody protested", "The quay closed")
	choose(func(q *app.AnnotationQuery) { q.Actor = d.marks.Actors[0].ID }, "The union protested")
	choose(func(q *app.AnnotationQuery) { q.Claim = d.marks.Claims[0].ID }, "The union protested")
	if d.marks.Summary() != "1 of 3 marks" {
		t.Errorf("says %q", d.marks.Summary())
	}
	d.sync()
	d.marks.Articles("opened", func(titles []string, _ bool) { same(t, "articles", titles, []string{"New news"}) })
	d.marks.Articles("", func(titles []string, _ bool) {
		if len(titles) != 2 {
			t.Errorf("nothing typed offers %q", titles)
		}
	})
	choose(func(*app.AnnotationQuery) {}, "Nobody protested", "The quay closed", "The union protested")
	d.marks.ChooseArticle("Old news")
	same(t, "marks", quotes(), []string{"The quay closed", "The union protested"})
	d.marks.ChooseArticle("No news")
	d.refused("No news")
	d.marks.ClearFilter()
	if d.marks.Filtered() || d.marks.Summary() != "3 marks" {
		t.Errorf("says %q", d.marks.Summary())
	}

	choose(func(*app.AnnotationQuery) {}, "Nobody protested", "The quay closed", "The union protested")
	d.marks.Tick(0, false)
	d.marks.Tick(1, true)
	if !d.marks.Ticked(c.ID) || !d.marks.Ticked(a.ID) || d.marks.Ticked(b.ID) || d.marks.Summary() != "3 marks · 2 ticked" {
		t.Errorf("ticked: %q", d.marks.Summary())
	}
	d.marks.Recolor("pink")
	d.marks.Tag("seen", true)
	d.marks.Tag("port", false)
	row, _ := d.marks.Row(1)
	if row.Color != "pink" || len(row.Tags) != 1 || row.Tags[0].Path != "seen" {
		t.Errorf("the row became %+v", row)
	}
	var markdown string
	d.marks.Markdown(func(m string, n int) { markdown = m })
	if !strings.Contains(markdown, "> The quay closed") || strings.Contains(markdown, "The union protested") || !strings.Contains(markdown, "New news") {
		t.Errorf("the ticked ones as Markdown:\n%s", markdown)
	}
	d.marks.Trash()
	same(t, "marks", quotes(), []string{"The union protested"})
	if d.marks.TickedCount() != 0 {
		t.Error("what is in the trash is still ticked")
	}
	d.Undo()
	same(t, "marks", quotes(), []string{"Nobody protested", "The quay closed", "The union protested"})
	d.marks.TickAll(true)
	if d.marks.TickedCount() != 3 {
		t.Errorf("%d ticked", d.marks.TickedCount())
	}
	d.marks.TickAll(false)
	d.said = nil
	d.marks.Recolor("blue")
	same(t, "said", d.said, []string{"Tick some marks first"})
	d.marks.Markdown(func(m string, n int) { markdown = m })
	if d.fine(); !strings.Contains(markdown, "The union protested") || !strings.Contains(markdown, "Union") {
		t.Errorf("all that are listed as Markdown:\n%s", markdown)
	}
}

// Marks come and go while somebody works through the list: the keys stay with the
// mark that they went to, and a range reaches from the one that was ticked.
func TestTheKeysStayWithTheirMark(t *testing.T) {
	d := newDesk(t)
	article := d.ImportText("Lamps", "One lamp here.", "Two lamps there.", "Three lamps.", "Four lamps.")
	d.reader.Open(article.ID, -1)
	mark := func(words string) {
		d.selectWords(words)
		d.reader.Mark(app.Highlight, "green")
	}
	mark("Two lamps")
	mark("Three lamps")
	mark("Four lamps")
	d.marks.Choose(func(q *app.AnnotationQuery) { q.Sort = app.SortPosition })
	d.marks.Load()
	quote := func(row int) string {
		a, _ := d.marks.Row(row)
		return a.Anchor.Quote
	}
	if quote(2) != "Four lamps" {
		t.Fatalf("row 2 is %q", quote(2))
	}
	d.marks.GoTo(1)
	d.marks.Tick(1, false)
	mark("One lamp") // above them
	quote(0)         // the list is drawn again
	if row := d.marks.CurrentRow(); quote(row) != "Three lamps" || row != 2 {
		t.Errorf("the keys act on row %d, %q", row, quote(row))
	}
	d.marks.Tick(3, true)
	if d.marks.TickedCount() != 2 || !d.marks.Ticked(d.reader.Marks[2].ID) || !d.marks.Ticked(d.reader.Marks[3].ID) {
		t.Errorf("%d marks are ticked", d.marks.TickedCount())
	}
	d.Trash(app.RefTo(app.KindAnnotation, d.reader.Marks[2].ID))
	quote(0)
	if row := d.marks.CurrentRow(); quote(row) != "Four lamps" {
		t.Errorf("in the place of what is gone the keys act on %q", quote(row))
	}
	d.fine()
}
