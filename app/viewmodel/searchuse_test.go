package viewmodel_test

import (
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/viewmodel"
)

// facet finds a value of a facet; -1 when it is not offered.
func (d *desk) facet(field, value string) (count int, on bool) {
	for _, g := range d.search.Facets {
		for _, v := range g.Values {
			if g.Field == field && v.Value == value {
				return v.Count, v.On
			}
		}
	}
	return -1, false
}

// A facet narrows what is found, and widens it again; the word that is being
// typed stays one.
func TestFacetsNarrowAndWiden(t *testing.T) {
	d := sampleDesk(t)
	d.sync()
	d.search.Type("qua")
	all := d.search.Total
	n, on := d.facet("publisher", "Coast Herald")
	if n <= 0 || on || uint64(n) >= all || !d.search.Counted() {
		t.Fatalf("Coast Herald %d of %d, %v: %+v", n, all, on, d.search.Facets)
	}
	boxed := ""
	d.search.OnText = func() { boxed = d.search.Text }
	d.search.ToggleFacet("publisher", "Coast Herald")
	if got, on := d.facet("publisher", "Coast Herald"); d.search.Total != uint64(n) || !on || got != n || boxed != `publisher:"Coast Herald" qua` {
		t.Errorf("narrowed to %d results, %v, the box says %s", d.search.Total, on, boxed)
	}
	d.search.ToggleFacet("year", "2025")
	if _, on := d.facet("year", "2025"); !on || !strings.Contains(boxed, "after:2025 before:2026") {
		t.Errorf("the box says %s", boxed)
	}
	d.search.ToggleFacet("year", "2025")
	d.search.ToggleFacet("publisher", "Coast Herald")
	if d.search.Total != all || d.search.Text != "qua" {
		t.Errorf("widened to %d of %d results by %s", d.search.Total, all, d.search.Text)
	}
	d.search.Show("zzzz tag:safety after:1990 before:1991 publisher:nobody")
	if _, tag := d.facet("tag", "safety"); !tag {
		t.Errorf("what finds nothing cannot be taken away: %+v", d.search.Facets)
	}
	if _, year := d.facet("year", "1990"); !year {
		t.Errorf("the year is not there: %+v", d.search.Facets)
	}
	if _, who := d.facet("publisher", "nobody"); !who {
		t.Errorf("the publisher is not there: %+v", d.search.Facets)
	}
	d.search.Show("quay OR harbour")
	d.search.ToggleFacet("kind", "claim")
	if d.search.Text != "(quay OR harbour) kind:claim" {
		t.Errorf("the box says %s", d.search.Text)
	}
	d.fine()
}

// What stands on the screen belongs to one query: no facet and no preview of
// another is shown beside it.
func TestNothingOfAnotherQueryIsShown(t *testing.T) {
	nb := apptest.New(t)
	nb.ImportText("Cranes", "They stand still.")
	nb.ImportText("Crates", "They are empty.")
	var l later
	d := openDesk(t, nb, l.loop())
	l.all()
	d.sync()
	d.search.Type("cranes")
	l.all()
	if d.search.Preview.Of.Title != "Cranes" || !d.search.Counted() {
		t.Fatalf("preview %q", d.search.Preview.Of.Title)
	}
	d.search.Type("crates")
	late := len(l.work)
	l.run(0) // the results are there, preview and facets are not
	if d.found()[0] != "article: Crates" || d.search.Counted() {
		t.Errorf("found %v, counted %v", d.found(), d.search.Counted())
	}
	if late != 1 || len(l.work) != 2 {
		t.Errorf("%d and %d loads", late, len(l.work))
	}
	d.search.Type("cranes")
	l.all() // what was on its way for crates comes late
	if d.search.Preview.Of.Title != "Cranes" || !d.search.Counted() || d.found()[0] != "article: Cranes" {
		t.Errorf("found %v, preview %q", d.found(), d.search.Preview.Of.Title)
	}
	d.fine()
}

// Sorting keeps what is chosen.
func TestResultsAreSorted(t *testing.T) {
	d := newDesk(t)
	for _, title := range []string{"Beta quay", "Alpha quay", "Gamma quay"} {
		d.ImportText(title, "The quay is closed.")
	}
	d.sync()
	d.search.Type("quay")
	d.search.Choose(2)
	chosen := d.search.Chosen
	d.search.SortBy(app.ByTitle)
	same(t, "by title", d.found(), []string{"article: Alpha quay", "article: Beta quay", "article: Gamma quay"})
	if d.search.Chosen != chosen || d.search.Found[d.search.ChosenIndex()].Ref != chosen {
		t.Error("what was chosen no longer is")
	}
	d.fine()
}

// Results that have only some of the words come behind a divider and are not
// counted; a hint says what was read as words, but not while it may become more.
func TestOnlySomeOfTheWordsAndHints(t *testing.T) {
	d := sampleDesk(t)
	d.sync()
	d.search.Type("inspection zebra")
	if d.search.Whole != 0 || len(d.search.Found) == 0 || d.search.Summary() != "No result has all of these words" {
		t.Errorf("%d of %d have all: %s", d.search.Whole, len(d.search.Found), d.search.Summary())
	}
	d.search.Type("quay stance:de")
	if hints := d.search.Hints(); len(hints) > 0 {
		t.Errorf("half typed: %q", hints)
	}
	d.search.Type("quay stance:nonsense ")
	if hints := d.search.Hints(); len(hints) != 1 || !strings.Contains(hints[0], "stance:") {
		t.Errorf("hints %q", hints)
	}
	d.fine()
}

// A search is saved under a name, brought back, changed and updated.
func TestASearchIsSavedAndUpdated(t *testing.T) {
	d := sampleDesk(t)
	d.sync()
	d.search.Save("Nothing")
	d.search.Type("inspection tag:safety")
	d.search.Save("Safety")
	same(t, "said", d.said, []string{"Search for something first", "Saved as “Safety”"})
	at := slices.IndexFunc(d.library.Collections, func(c viewmodel.CollectionNode) bool { return c.Name == "Safety" })
	if at < 0 || d.library.Collections[at].Query != "inspection tag:safety" || d.search.Saved == nil || d.search.SavedDiffers() {
		t.Fatalf("saved %+v", d.library.Collections)
	}
	d.search.Clear()
	if d.search.Active() || d.search.Saved != nil {
		t.Error("the box is not empty")
	}
	saved := d.library.Collections[at].Collection
	d.search.ShowSaved(saved)
	if d.search.Text != saved.Query || d.search.SavedDiffers() || d.search.Whole == 0 {
		t.Errorf("shown: %s", d.search.Text)
	}
	d.search.Type("inspection")
	if !d.search.SavedDiffers() {
		t.Error("no update is offered")
	}
	d.search.UpdateSaved()
	if d.search.SavedDiffers() || d.search.Saved.Query != "inspection" {
		t.Errorf("updated to %+v", d.search.Saved)
	}
	d.search.Requery(saved, " ")
	d.library.RenameCollection(saved.ID, "Inspections")
	if d.search.Saved.Name != "Inspections" {
		t.Errorf("it is called %s", d.search.Saved.Name)
	}
	d.library.Trash(app.RefTo(app.KindCollection, saved.ID))
	if d.search.Saved != nil {
		t.Error("it is in the trash")
	}
	d.fine()
}

// What was searched for comes back from the empty box, and can be forgotten.
func TestTheHistoryOfSearches(t *testing.T) {
	d := sampleDesk(t)
	d.sync()
	d.search.Keep() // nothing
	for _, text := range []string{"quay", "الوزارة", "港口"} {
		d.search.Type(text)
		d.search.Keep()
	}
	d.search.Clear()
	d.search.Recall()
	same(t, "recalled", d.search.Recalled, []string{"港口", "الوزارة", "quay"})
	if d.search.Offered != 0 || !d.search.Offer(true) || !d.search.Offer(true) || d.search.Offer(true) {
		t.Errorf("at %d of the history", d.search.Offered)
	}
	if d.search.Accept(d.search.Offered) != -1 || d.search.Text != "quay" || d.search.Whole == 0 || d.search.Offering() {
		t.Errorf("brought back %s", d.search.Text)
	}
	d.search.Forget()
	d.search.Recall()
	if d.search.Offering() {
		t.Errorf("not forgotten: %q", d.search.Recalled)
	}
	d.fine()
}

// Names of fields are offered from their second letter on, and values at once;
// nothing is taken unasked.
func TestQueriesAreCompleted(t *testing.T) {
	d := sampleDesk(t)
	d.sync()
	offered := func(text string) (shown []string) {
		d.search.Type(text)
		d.search.Complete(app.RuneCount(text))
		for _, o := range d.search.Offers {
			shown = append(shown, o.Show)
		}
		if d.search.Offered != -1 {
			t.Errorf("%s: %d is chosen unasked", text, d.search.Offered)
		}
		return shown
	}
	same(t, "one letter", offered("quay t"), nil)
	same(t, "two letters", offered("quay ta"), []string{"tag:"})
	if at := d.search.Accept(0); at != 9 || d.search.Text != "quay tag:" {
		t.Errorf("taken: %s, the cursor at %d", d.search.Text, at)
	}
	if got := offered("quay tag:saf"); !slices.Contains(got, "safety") {
		t.Errorf("values %q", got)
	}
	same(t, "in a phrase", offered(`"quay ta`), nil)
	same(t, "a whole value", offered("color:yellow"), nil)
	offered("quay ta")
	d.search.Dismiss()
	if d.search.Offering() || d.search.Accept(-1) != -1 {
		t.Error("it is still offered")
	}
	d.fine()
}

// Synonyms of the user's own and words of the results are shown with the query
// that would come of them.
func TestASearchIsBroadened(t *testing.T) {
	d := sampleDesk(t)
	d.sync()
	for words, kept := range map[string]bool{"quay": false, "quay، pier, landing stage": true} {
		d.search.PutSynonyms("", words, func(done bool) {
			if done != kept {
				t.Errorf("%s kept: %v", words, done)
			}
		})
	}
	d.refused("two words")
	d.search.Type("quay")
	found := d.search.Total
	var b *viewmodel.Broader
	d.search.Broaden(func(offered *viewmodel.Broader) { b = offered })
	if b == nil || len(b.Synonyms) != 1 || len(b.Related) == 0 || b.Chosen() {
		t.Fatalf("offered %+v", b)
	}
	b.UseSynonyms(0)
	b.UseRelated(0)
	if want := `(quay OR pier OR "landing stage") OR ` + b.Related[0].Word; b.Query() != want || !b.UsesSynonyms(0) || !b.UsesRelated(0) {
		t.Errorf("the query would be %s, not %s", b.Query(), want)
	}
	b.UseRelated(0)
	d.search.Use(b)
	if d.search.Text != `(quay OR pier OR "landing stage")` || d.search.Total < found {
		t.Errorf("%s finds %d", d.search.Text, d.search.Total)
	}
	d.search.Synonyms(func(all []app.Synonyms) {
		if len(all) != 1 {
			t.Fatalf("kept %+v", all)
		}
		d.search.PutSynonyms(all[0].ID, "", func(bool) {})
	})
	d.search.Synonyms(func(all []app.Synonyms) {
		if len(all) != 0 {
			t.Errorf("left %+v", all)
		}
	})
	d.fine()
}

// More like this finds other articles than the one, and words narrow them.
func TestMoreLikeThis(t *testing.T) {
	d := sampleDesk(t)
	d.sync()
	d.search.Type("port company rejects")
	first := d.search.Found[0]
	d.search.LikeThis(first.Ref, first.Title)
	like := d.search.Total
	if like == 0 || d.search.Text != "" || !d.search.Active() || slices.ContainsFunc(d.search.Found, func(f app.Found) bool { return f.Ref == first.Ref }) {
		t.Fatalf("like %q: %v", first.Title, d.found())
	}
	if d.search.CanSave() == "" {
		t.Error("it can be saved")
	}
	d.search.Type("kind:claim")
	if d.search.Like == nil || d.search.Total >= like {
		t.Errorf("narrowed from %d to %d", like, d.search.Total)
	}
	d.search.Unlike()
	if d.search.Like != nil || d.search.Total == 0 {
		t.Errorf("without it %d are found", d.search.Total)
	}
	d.fine()
}

// Each kind of result has a preview.
func TestPreviews(t *testing.T) {
	d := sampleDesk(t)
	d.sync()
	for typed, kind := range map[string]app.Kind{"kind:article inspection": app.KindArticle, "kind:statement inspection": app.KindStatement,
		"kind:claim inspection": app.KindClaim, "kind:actor company": app.KindActor, "kind:note asked": app.KindNote} {
		d.search.Show(typed)
		if len(d.search.Found) == 0 {
			t.Errorf("%s finds nothing", typed)
			continue
		}
		p := d.search.Preview
		if p.Of.Kind != kind || p.Of.Ref != d.search.Found[0].Ref || p.Text.ID == "" && len(p.Lines) == 0 {
			t.Errorf("%s: a preview of %s with %d lines", typed, p.Of.Kind, len(p.Lines))
		}
		if kind == app.KindArticle && (len(p.Hits) == 0 || !slices.ContainsFunc(p.Hits, func(h [2]int) bool { return h[0] == p.At })) {
			t.Errorf("the article begins at %d, its hits are %v", p.At, p.Hits)
		}
		if kind == app.KindStatement && (p.Mark == nil || p.At != p.Mark.Anchor.Start) {
			t.Errorf("the statement begins at %d", p.At)
		}
	}
	d.search.Choose(-1)
	d.search.Choose(99)
	d.fine()
}

// watched is told how far a rebuild is.
type watched struct{ step func() }

func (w watched) Step(int, int, string) { w.step() }

// One can search while the index is built, and a line says that not everything
// is found yet.
func TestOneCanSearchWhileTheIndexIsBuilt(t *testing.T) {
	d := sampleDesk(t)
	d.sync()
	if line := d.search.Coverage(); line != "" {
		t.Errorf("when all is indexed it says %q", line)
	}
	var lines []string
	err := d.RebuildIndex(t.Context(), watched{func() {
		lines = append(lines, d.search.Coverage())
		d.search.Show("quay")
		if d.search.Err != nil || d.search.Total == 0 {
			t.Errorf("while it is built: %s", d.search.Summary())
		}
	}})
	if err != nil || !slices.ContainsFunc(lines, func(s string) bool { return strings.HasSuffix(s, "not everything is found yet") }) {
		t.Errorf("%v: it said %q", err, lines)
	}
	d.fine()
}
