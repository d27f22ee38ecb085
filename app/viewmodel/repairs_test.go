package viewmodel_test

import (
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/viewmodel"
)

// A new version of an article comes in. Its marks are carried over; what cannot
// be is shown, accepted, selected anew or left, and nothing is lost.
func TestMarksAreRepairedAfterANewVersion(t *testing.T) {
	d := newDesk(t)
	before := []string{"The ministry closed the northern quay on Monday because of cracks in the wall.",
		"The union said nobody had asked the dockers about any of this.",
		"A spokesman said the company would go to court over the order next week.",
		"The mayor, who was abroad at the time, had no comment on the matter."}
	article := d.ImportText("Order", before...)
	sure := d.Mark(article, "nobody had asked the dockers")
	changedWords := d.Mark(article, "closed the northern quay on Monday because of cracks")
	gone := d.Mark(article, "who was abroad at the time")
	after := apptest.WriteFile(t, "order.txt", strings.Join([]string{"Order",
		"The ministry closed the northern quay on Tuesday because of cracks in the wall.", before[1],
		"Entirely other words stand here, about the weather and the sea and the price of fish."}, "\n\n"))
	d.reader.Open(article.ID, -1)
	var carried *app.Carried
	d.library.UpdateArticle(t.Context(), article.ID, after, func(c *app.Carried) { carried = c })
	d.fine()
	if s := viewmodel.CarriedSummary(*carried); !strings.HasPrefix(s, "Version 2 imported: 1 mark in place") {
		t.Errorf("says %q", s)
	}
	if len(d.reader.Versions) != 2 || d.reader.Doubtful() != 2 || !strings.Contains(d.reader.Text.Plain, "Tuesday") {
		t.Errorf("the reader shows %d versions, %d in doubt", len(d.reader.Versions), d.reader.Doubtful())
	}
	if m := d.reader.Shown()[len(d.reader.Shown())-1]; m.ID != sure.ID || m.Anchor.Quote != sure.Anchor.Quote {
		t.Errorf("the sure mark is %+v", m)
	}

	q := viewmodel.NewRepairs(d.session, article.ID)
	d.others = append(d.others, q)
	q.Load()
	look := func(id app.AnnotationID) {
		t.Helper()
		for i, r := range q.Queue {
			if r.ID == id {
				q.Look(i)
				return
			}
		}
		t.Fatalf("mark %s is not in the queue", id)
	}
	look(changedWords.ID)
	if len(q.Candidates) == 0 || !strings.Contains(q.Before.Text, "Monday") || !strings.Contains(q.Around[0].Text, "Tuesday") {
		t.Fatalf("beside %q stand %+v", q.Before.Text, q.Around)
	}
	q.Accept(0)
	look(gone.ID)
	if quote := q.Queue[q.At].Old.Quote; quote != "who was abroad at the time" {
		t.Errorf("the old passage is %q", quote)
	}
	q.Leave()
	d.fine()
	if len(q.Queue) != 0 || d.reader.Doubtful() != 0 || len(d.reader.Marks) != 3 {
		t.Errorf("left in the queue: %+v", q.Queue)
	}
	shown := -1
	d.reader.OnShow = func(at int) { shown = at }
	d.reader.OpenPassage(apptest.Read(d.Notebook, func(r app.Reader) (app.Passage, error) {
		passages, err := r.Passages([]app.AnnotationID{gone.ID})
		return passages[gone.ID], err
	}))
	if shown != -1 || d.reader.Current != gone.ID || !strings.Contains(d.said[len(d.said)-1], "older version") {
		t.Errorf("the passage of an older version shows %d and says %q", shown, d.said)
	}
	if f := d.statement(); f.Quote != "" {
		t.Errorf("a statement would stand on %q, which is not in the text", f.Quote)
	}
	d.Undo()
	d.Undo()
	if len(q.Queue) != 2 {
		t.Errorf("after undo %d are in the queue", len(q.Queue))
	}
	above, looked := q.Queue[0].ID, q.Queue[1].ID
	look(looked)
	d.Trash(app.RefTo(app.KindAnnotation, above))
	d.Undo()
	if q.Queue[q.At].ID != looked {
		t.Error("another mark is looked at since one above it went and came back")
	}
	look(gone.ID)
	d.selectWords("the price of fish")
	q.Place(gone.ID, d.reader.Text.ID, d.reader.Start, d.reader.End)
	look(changedWords.ID)
	q.Trash()
	d.fine()
	if len(q.Queue) != 0 || d.reader.Shown()[len(d.reader.Shown())-1].Anchor.Quote != "the price of fish" {
		t.Errorf("left in the queue: %+v", q.Queue)
	}

	c := viewmodel.NewComparison(d.reader)
	c.Compare(c.From, c.To)
	if d.fine(); c.From != 1 || c.To != 2 || c.Summary() == "The two versions say the same." || len(c.Blocks) == 0 {
		t.Errorf("from %d to %d: %q", c.From, c.To, c.Summary())
	}
	d.library.UpdateArticle(t.Context(), article.ID, after, func(c *app.Carried) {
		if c != nil {
			t.Error("the same file made another version")
		}
	})
	d.refused("already")
}

// Marks that cost little to decide are picked out, ticked and accepted together;
// undo takes all of them back.
func TestManyRepairsAreAcceptedTogether(t *testing.T) {
	d := newDesk(t)
	before := []string{"The ministry closed the northern quay on Monday because of cracks in the wall.",
		"The union said nobody had asked the dockers about any of this.",
		"A spokesman said the company would go to court over the order next week."}
	article := d.ImportText("Order", before...)
	for _, quote := range []string{"on Monday", "nobody had asked", "go to court over the order"} {
		d.Statement("Ministry", app.Asserts, "It says "+quote, app.Spot{Article: string(article.ID), Quote: quote})
	}
	after := apptest.WriteFile(t, "order.txt", strings.Join([]string{"Order", strings.Replace(before[0], "Monday", "Tuesday", 1),
		strings.Replace(before[1], "nobody", "everybody", 1), strings.Replace(before[2], "over the order", "over this order", 1)}, "\n\n"))
	d.reader.Open(article.ID, -1)
	d.library.UpdateArticle(t.Context(), article.ID, after, func(c *app.Carried) {
		if s := viewmodel.CarriedSummary(*c); s != "Version 2 imported: 0 marks in place, 3 to review" {
			t.Errorf("says %q", s)
		}
	})
	q := viewmodel.NewRepairs(d.session, article.ID)
	d.others = append(d.others, q)
	q.Load()
	if len(q.Queue) != 3 || q.All != 3 || q.TickedCount() != 0 || q.Queue[0].Statements[0].ActorName != "Ministry" {
		t.Fatalf("the queue %+v", q.Queue)
	}
	if c := q.Candidates[0].Change; c.Words != 1 || len(c.Old) == 0 || len(c.New) == 0 {
		t.Errorf("shown as %+v", c)
	}
	q.TickAll()
	q.Tick(q.Queue[0].ID, false)
	if q.TickedCount() != 2 || q.Ticked(q.Queue[0].ID) {
		t.Errorf("%d ticked", q.TickedCount())
	}
	q.Narrow(app.RepairNoFact) // what is hidden is not accepted
	if len(q.Queue) != 1 || q.All != 3 || q.TickedCount() != 1 || q.Queue[0].Best.Anchor.Quote != "go to court over this order" {
		t.Fatalf("without facts %+v", q.Queue)
	}
	q.AcceptTicked()
	d.fine()
	if len(q.Queue) != 0 || q.All != 2 {
		t.Errorf("left %d of %d", len(q.Queue), q.All)
	}
	q.Narrow(app.RepairAny)
	q.TickAll()
	q.AcceptTicked()
	d.fine()
	if q.All != 0 || d.reader.Doubtful() != 0 {
		t.Errorf("left %d", q.All)
	}
	if label := d.Undo(); label != "Place 2 marks" || q.All != 2 {
		t.Errorf("undone %q, %d in the queue", label, q.All)
	}
}
