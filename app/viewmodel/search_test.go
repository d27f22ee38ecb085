package viewmodel_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/viewmodel"
)

// found lists the kinds and titles of what has all of the words.
func (d *desk) found() []string {
	var out []string
	for _, f := range d.search.Found[:d.search.Whole] {
		out = append(out, string(f.Kind)+": "+f.Title)
	}
	return out
}

// sync waits until everything can be searched.
func (d *desk) sync() {
	d.t.Helper()
	if err := d.Sync(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

func TestSearchBeginsWithTheSecondCharacter(t *testing.T) {
	d := sampleDesk(t)
	d.sync()
	for _, c := range []struct {
		typed  string
		active bool
		finds  string
	}{
		{"b", false, ""},
		{"bo", true, "claim: A bollard tore out in November"},
		{"bollard nov", true, "claim: A bollard tore out in November"},
		{"ك", false, ""},
		{"رص", true, "article: ميناء الشمال: الوزارة ترفض نشر التقرير"},
		{"港", true, "article: 港口关闭：部长称“别无选择”"},
		{"—", false, ""},
		{"", false, ""},
	} {
		d.search.Type(c.typed)
		if d.search.Active() != c.active || (c.finds != "") != slices.Contains(d.found(), c.finds) || c.finds == "" && len(d.found()) > 0 {
			t.Errorf("typed %q: active %v, found %v", c.typed, d.search.Active(), d.found())
		}
	}
	if d.search.Summary() != "" || d.search.Searched {
		t.Errorf("with nothing to search for the summary is %q", d.search.Summary())
	}
	d.search.Type("zzzz")
	if d.search.Summary() != "No results" {
		t.Errorf("summary %q", d.search.Summary())
	}
	d.search.Type("flawed inspection")
	if got := d.search.Summary(); got != fmt.Sprintf("%d results", d.search.Whole) || d.search.Whole < 2 {
		t.Errorf("summary %q", got)
	}
	d.fine()
}

func TestAnOlderSearchThatEndsLaterIsDropped(t *testing.T) {
	nb := apptest.New(t)
	nb.ImportText("Cranes", "They stand still.")
	nb.ImportText("Crates", "They are empty.")
	var l later
	d := openDesk(t, nb, l.loop())
	l.all()
	d.sync()
	d.search.Type("cranes")
	d.search.Type("crates")
	l.run(1)
	l.run(0)
	same(t, "found", d.found(), []string{"article: Crates"})
	d.search.Type("cranes")
	d.search.Type("c") // no longer searching
	l.all()
	if len(d.search.Found) != 0 || d.search.Err != nil {
		t.Errorf("found %v, %v", d.found(), d.search.Err)
	}
	d.search.Type("cranes")
	l.all()
	same(t, "found", d.found(), []string{"article: Cranes"})
	d.fine()
}

func TestSearchFollowsWhatIsChanged(t *testing.T) {
	d := newDesk(t)
	article := d.ImportText("Cranes", "They stand still on the quay.")
	d.search.Again() // nothing is typed
	d.search.Type("still")
	if d.search.Again(); len(d.found()) != 1 { // the index may have been behind at first
		t.Fatalf("found %v", d.found())
	}
	d.Statement("Union", app.Asserts, "The cranes stand still", apptest.In(article, "stand still"))
	if got := d.found(); !slices.Contains(got, "statement: Union asserts: The cranes stand still") {
		t.Errorf("a new statement is not found: %v", got)
	}
	d.Trash(app.RefTo(app.KindArticle, article.ID))
	if got := d.found(); slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "article") }) {
		t.Errorf("what is in the trash is found: %v", got)
	}
	d.fine()
}

// The list grows when its end is seen, and what is chosen stays so.
func TestManyResultsAreListedAsTheyAreSeen(t *testing.T) {
	d := newDesk(t)
	importMany(t, d, 230)
	d.sync()
	d.search.Type("quay clos")
	if len(d.search.Found) != 50 || d.search.Summary() != "230 results" {
		t.Errorf("%d listed: %s", len(d.search.Found), d.search.Summary())
	}
	d.search.Choose(49)
	chosen := d.search.Chosen
	d.search.ShowMore()
	d.search.ShowMore()
	d.search.ShowMore() // that is all there are
	if len(d.search.Found) != 230 || d.search.Chosen != chosen || d.search.ChosenIndex() != 49 || d.search.Preview.Of.Ref != chosen {
		t.Errorf("%d listed, %d chosen", len(d.search.Found), d.search.ChosenIndex())
	}
	d.search.Type("quay close")
	if len(d.search.Found) != 50 || d.search.ChosenIndex() != -1 {
		t.Errorf("another search lists %d, %d chosen", len(d.search.Found), d.search.ChosenIndex())
	}
	d.fine()
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d.search.Type("quay")
	if d.search.Err == nil || d.search.Summary() != app.Sentence(d.search.Err) {
		t.Errorf("a search that fails says %q", d.search.Summary())
	}
}

func TestNumbersAreWrittenWithCommas(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -12: "-12", -123: "-123", -1234: "-1,234"} {
		if got := viewmodel.Thousands(n); got != want {
			t.Errorf("%d is written %s", n, got)
		}
	}
}
