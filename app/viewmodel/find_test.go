package viewmodel_test

import (
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/viewmodel"
)

func TestFindInTheArticle(t *testing.T) {
	d := newDesk(t)
	article := d.ImportText("Lamps", "A lamp here.", "Two LAMPS there.", "No light.", "The last lamp.")
	shown := -1
	d.reader.OnShow = func(at int) { shown = at }
	d.reader.Open(article.ID, -1)
	if d.reader.FoundSummary() != "" {
		t.Error("something is found before it is looked for")
	}
	d.reader.Find("lamp")
	if len(d.reader.Found.Hits) != 4 || d.reader.FoundSummary() != "1 of 4" || shown != 0 {
		t.Fatalf("found %v, %q, shows %d", d.reader.Found.Hits, d.reader.FoundSummary(), shown)
	}
	var at []string
	for range 4 {
		d.reader.NextHit(true)
		at = append(at, d.reader.FoundSummary())
	}
	same(t, "next", at, []string{"2 of 4", "3 of 4", "4 of 4", "1 of 4"})
	d.reader.NextHit(false)
	if d.reader.FoundSummary() != "4 of 4" || shown != d.reader.Found.Hits[3][0] {
		t.Errorf("the one before the first is %q, shows %d", d.reader.FoundSummary(), shown)
	}
	d.reader.Find("lamp.") // typed on: it stays where it is
	if d.reader.FoundSummary() != "1 of 1" || d.reader.Found.Hits[0][0] != shown {
		t.Errorf("typing on goes to %q", d.reader.FoundSummary())
	}
	d.reader.Find("gas")
	if d.reader.FoundSummary() != "not in this article" {
		t.Errorf("what is not there: %q", d.reader.FoundSummary())
	}
	d.reader.NextHit(true)
	d.reader.ClearFind()
	if d.reader.FoundSummary() != "" || d.reader.Found.At != -1 {
		t.Error("what was found is still marked")
	}
	d.reader.Find("lamp")
	d.reader.ClearFind()
	if d.reader.NextHit(true); len(d.reader.Found.Hits) != 4 {
		t.Error("the next one of what was put away is not found")
	}
	d.reader.Open(d.ImportText("Other", "No such thing.").ID, -1)
	if d.fine(); len(d.reader.Found.Hits) != 0 {
		t.Error("another article shows what was found in the first")
	}
}

// What a search found is marked in the article that is opened from it.
func TestTheSearchIsMarkedInTheArticle(t *testing.T) {
	d := newDesk(t)
	article := d.ImportText("Lamps", strings.Repeat("Nothing here. ", 50), "Denials of the flicker.", "It was denied.")
	d.sync()
	shown := -1
	d.reader.OnShow = func(at int) { shown = at }
	d.search.Type("flicker")
	if len(d.search.Found) == 0 {
		t.Fatal("nothing was found")
	}
	d.reader.OpenFound(d.search.Found[0])
	found := d.reader.Found
	if d.reader.Article.ID != article.ID || len(found.Hits) != 1 || shown != found.Hits[0][0] || found.Words != "" {
		t.Errorf("marked %v, shows %d", found.Hits, shown)
	}
	d.selectWords("It was denied.")
	d.reader.Mark(app.Highlight, "green")
	d.sync()
	d.search.Type("denied")
	for _, f := range d.search.Found {
		if f.Kind == app.KindAnnotation {
			d.reader.OpenFound(f)
		}
	}
	if d.fine(); shown != d.reader.Marks[0].Anchor.Start || d.reader.FoundSummary() != "1 place" {
		t.Errorf("a mark that was found shows %d, %q", shown, d.reader.FoundSummary())
	}
}

// Somebody finds words and leaves the bar at once, even before they are found: the
// hit is selected, and a statement made then stands on it. What was selected before,
// or for words that are not there, is not taken for it.
func TestTheHitIsWhatAStatementStandsOn(t *testing.T) {
	nb := apptest.New(t)
	article := nb.ImportText("Lamps", "The old lamps flicker.", "The new lamps do not flicker.")
	var l later
	d := openDesk(t, nb, l.loop())
	d.reader.Open(article.ID, -1)
	l.all()
	statement := func() string {
		quote := ""
		d.reader.NewStatement(func(f *viewmodel.StatementForm) { quote = f.Quote })
		l.all()
		return quote
	}
	d.selectWords("The old lamps")
	shown := -1
	d.reader.OnShow = func(at int) { shown = at }
	for _, words := range []string{"d", "do", "do not"} {
		d.reader.Find(words)
	}
	d.reader.NextHit(true)
	d.reader.LeaveFind()
	if quote := statement(); quote != "do not" || len(d.reader.Found.Hits) > 0 || shown != d.reader.Start {
		t.Errorf("the statement stands on %q, %d is shown, %v are marked", quote, shown, d.reader.Found.Hits)
	}
	l.all()
	d.reader.Find("flicker") // from here on
	l.all()
	if d.reader.FoundSummary() != "2 of 2" {
		t.Errorf("one is at %s", d.reader.FoundSummary())
	}
	d.reader.LeaveFind()
	d.reader.NextHit(true) // once more, and on
	if l.all(); d.reader.FoundSummary() != "1 of 2" || d.reader.Quote() != "flicker" || d.reader.Start != d.reader.Found.Hits[0][0] {
		t.Errorf("one is at %s, %q at %d", d.reader.FoundSummary(), d.reader.Quote(), d.reader.Start)
	}
	d.reader.Find("flickers")
	d.reader.LeaveFind()
	if quote := statement(); quote != "" {
		t.Errorf("a statement stands on %q, which nobody looked for", quote)
	}
	d.selectWords("The new lamps")
	d.reader.Find("flickers")
	d.reader.LeaveFind()
	if quote := statement(); quote != "The new lamps" {
		t.Errorf("what was selected by hand is %q", quote)
	}
	d.fine()
}
