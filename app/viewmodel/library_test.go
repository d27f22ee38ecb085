package viewmodel_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/viewmodel"
)

func TestCollectionsAndTagsStandBesideTheArticles(t *testing.T) {
	d := newDesk(t)
	d.library.AddCollection("Harbour", "")
	d.library.AddCollection("Court", "") // inside Harbour, which is shown
	d.library.ShowAll()
	d.library.AddCollection("Archive", "")
	d.library.AddCollection("About quays", "quay")
	d.library.ShowAll()
	order, cranes := d.ImportText("The order", "The quay is closed."), d.ImportText("The cranes", "They stand still.")
	var harbour, court app.CollectionID
	for _, c := range d.library.Collections {
		switch c.Name {
		case "Harbour":
			harbour = c.ID
		case "Court":
			court = c.ID
		}
	}
	d.library.Select(order.ID)
	d.library.Collect(court)
	d.library.Select(cranes.ID)
	d.library.Collect(harbour)
	if err := d.Tag(t.Context(), "port/safety", true, app.RefTo(app.KindArticle, order.ID)); err != nil {
		t.Fatal(err)
	}
	d.fine()

	var tree []string
	for _, c := range d.library.Collections {
		tree = append(tree, fmt.Sprintf("%s%s %d", strings.Repeat("- ", c.Depth), c.Name, c.Count))
	}
	same(t, "collections", tree, []string{"About quays 0", "Archive 0", "Harbour 1", "- Court 1"})
	same(t, "tags", []string{d.library.Tags[0].Path, d.library.Tags[1].Path}, []string{"port", "port/safety"})
	if d.library.Total != 2 || d.library.Title() != "All articles" {
		t.Errorf("%d articles under %q", d.library.Total, d.library.Title())
	}
	d.library.ShowCollection(harbour)
	if d.library.Title() != "Harbour" || d.library.Count != 2 {
		t.Errorf("%s has %d articles, want both: one is in the collection inside it", d.library.Title(), d.library.Count)
	}
	d.library.ShowCollection(court)
	same(t, "articles of Court", d.titles(), []string{"The order"})
	d.library.ShowTag(d.library.Tags[0].ID)
	same(t, "articles tagged port", d.titles(), []string{"The order"})
	if d.library.ShowTag(d.library.Tags[1].ID); d.library.Title() != "port / safety" {
		t.Errorf("title %q", d.library.Title())
	}
}

func TestLongListLoadsPagesAsRowsAreShown(t *testing.T) {
	d := newDesk(t)
	importMany(t, d, 250)
	if d.library.Count != 250 || d.library.Total != 250 {
		t.Fatalf("%d of %d articles", d.library.Count, d.library.Total)
	}
	d.library.SortBy(app.SortTitle)
	titles := d.titles()
	if !slices.IsSorted(titles) || titles[0] != "Report 000" || titles[249] != "Report 249" {
		t.Errorf("from %s to %s, sorted %v", titles[0], titles[249], slices.IsSorted(titles))
	}
	if len(slices.Compact(titles)) != 250 {
		t.Error("a row stands twice in the list")
	}
	if _, ok := d.library.Row(250); ok {
		t.Error("there is a row behind the last")
	}
	last, _ := d.library.Row(249)
	d.Trash(app.RefTo(app.KindArticle, last.ID))
	if got := d.titles(); len(got) != 249 || got[248] != "Report 248" {
		t.Errorf("after the last went to the trash the list has %d rows and ends with %s", len(got), got[len(got)-1])
	}
	d.fine()
}

// importMany imports n articles "Report 000" and so on in one go.
func importMany(t *testing.T, d *desk, n int) {
	t.Helper()
	dir := t.TempDir()
	for i := range n {
		text := fmt.Sprintf("# Report %03d\n\nReport %d says that the quay is closed for %d days.\n", i, i, i)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%03d.md", i)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d.library.Import(t.Context(), []string{dir}, app.NoProgress{}, func(results []app.ImportResult) {
		if r := viewmodel.NewImportReport(results); r.Sentence != fmt.Sprintf("%d articles imported", n) || len(r.Items) > 0 {
			t.Fatalf("%+v", r)
		}
	})
}

func TestRowsAppearWhenTheyAreLoaded(t *testing.T) {
	nb := apptest.New(t)
	nb.ImportText("The order", "The quay is closed.")
	var l later
	d := openDesk(t, nb, l.loop())
	l.all()
	redrawn := 0
	d.library.OnChange = func() { redrawn++ }
	if _, ok := d.library.Row(0); ok {
		t.Fatal("the row is there before it was loaded")
	}
	if _, ok := d.library.Row(0); ok || len(l.work) != 1 {
		t.Fatalf("asking twice started %d loads", len(l.work))
	}
	l.all()
	if row, ok := d.library.Row(0); !ok || row.Title != "The order" || redrawn != 1 {
		t.Errorf("row %q, redrawn %d times", row.Title, redrawn)
	}

	d.library.SortBy(app.SortTitle)
	d.library.Row(0)
	d.library.SortBy(app.SortAdded) // makes the load of that row stale
	redrawn = 0
	l.all()
	if redrawn != 1 {
		t.Errorf("redrawn %d times, want once for the new order", redrawn)
	}
}

func TestListCanBeOrdered(t *testing.T) {
	d := newDesk(t)
	d.ImportDated("2024-05-02", "Beta", "It was said.")
	d.ImportDated("2024-05-03", "Alpha", "It was said again.")
	third := d.ImportDated("2024-05-01", "Gamma", "It was denied.")
	same(t, "by date", d.titles(), []string{"Alpha", "Beta", "Gamma"})
	d.library.SortBy(app.SortTitle)
	same(t, "by title", d.titles(), []string{"Alpha", "Beta", "Gamma"})
	d.library.SortBy(app.SortAdded)
	same(t, "by time of import", d.titles(), []string{"Gamma", "Alpha", "Beta"})
	d.Mark(third, "denied")
	left, right := viewmodel.ArticleMeta(d.row("Gamma").ArticleRow)
	if left != "1 May 2024" || right != "1 mark" {
		t.Errorf("under the title stands %q and %q", left, right)
	}
	d.Statement("Ministry", app.Denies, "The quay is unsafe", apptest.In(third, "denied"))
	if _, right := viewmodel.ArticleMeta(d.row("Gamma").ArticleRow); right != "1 statement" {
		t.Errorf("at the right stands %q", right)
	}
	if _, right := viewmodel.ArticleMeta(d.row("Beta").ArticleRow); right != "unread" {
		t.Errorf("at the right stands %q", right)
	}
}

func TestImportTellsWhatBecameOfEachFile(t *testing.T) {
	d := newDesk(t)
	d.library.AddCollection("Harbour", "")
	file := apptest.WriteFile(t, "order.md", "# The order\n\nThe quay is closed.\n")
	copied := apptest.WriteFile(t, "copy.md", "# The order\n\nThe quay is closed.\n")
	missing := filepath.Join(t.TempDir(), "missing.md")
	var results []app.ImportResult
	d.library.Import(t.Context(), []string{file, copied, missing}, app.NoProgress{}, func(r []app.ImportResult) { results = r })
	d.fine()
	report := viewmodel.NewImportReport(results)
	if report.Sentence != "1 article imported, 1 duplicate, 1 file failed" || !report.Urgent() {
		t.Errorf("summary %q", report.Sentence)
	}
	if len(report.Items) != 1 || report.Items[0].Article != "" || !strings.Contains(report.Items[0].Sentences[0], "missing.md") {
		t.Errorf("items %+v", report.Items)
	}
	same(t, "articles of "+d.library.Title(), d.titles(), []string{"The order"})

	d.library.AddCollection("About quays", "quay")
	for _, c := range d.library.Collections {
		if c.Query != "" {
			d.library.ShowCollection(c.ID)
		}
	}
	other := apptest.WriteFile(t, "other.md", "# The cranes\n\nThey stand still.\n")
	d.library.Import(t.Context(), []string{other}, app.NoProgress{}, func(r []app.ImportResult) { results = r })
	if d.fine(); results[0].Status != app.ImportDone {
		t.Errorf("an import while a saved search is shown: %+v", results[0])
	}
}

func TestStoppedImportIsNoError(t *testing.T) {
	d := newDesk(t)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	finished := false
	d.library.Import(ctx, []string{apptest.WriteFile(t, "order.md", "# The order\n\nClosed.\n")}, app.NoProgress{},
		func([]app.ImportResult) { finished = true })
	if d.fine(); !finished || d.library.Count != 0 {
		t.Errorf("finished %v with %d articles", finished, d.library.Count)
	}
}

func TestWhatIsShownGoesToTheTrash(t *testing.T) {
	d := newDesk(t)
	order := d.ImportText("The order", "The quay is closed.")
	d.ImportText("The cranes", "They stand still.")
	d.library.AddCollection("Harbour", "")
	d.library.Select(order.ID)
	harbour := d.library.Query.Collection
	d.library.Collect(harbour)
	selections := 0
	d.library.OnSelect = func() { selections++ }
	d.library.Select(order.ID)
	if selections != 0 {
		t.Error("selecting it twice counts as another selection")
	}

	d.Trash(app.RefTo(app.KindCollection, harbour))
	if d.library.Title() != "All articles" || d.library.Count != 2 {
		t.Errorf("the collection went to the trash: %s, %d articles", d.library.Title(), d.library.Count)
	}
	if err := d.Tag(t.Context(), "port", true, app.RefTo(app.KindArticle, order.ID)); err != nil {
		t.Fatal(err)
	}
	d.library.ShowTag(d.library.Tags[0].ID)
	d.Undo()
	if d.library.Title() != "All articles" || d.library.Count != 2 {
		t.Errorf("the tag was undone: %s, %d articles", d.library.Title(), d.library.Count)
	}
	d.Trash(app.RefTo(app.KindArticle, order.ID))
	if d.library.Selected != "" || selections != 1 {
		t.Errorf("an article in the trash is still selected (%d selections told)", selections)
	}
	d.Restore(app.RefTo(app.KindArticle, order.ID))
	d.library.Select(order.ID)
	if selections != 2 {
		t.Error("the restored article cannot be selected again")
	}
	d.fine()
}

func TestRefusedCollections(t *testing.T) {
	d := newDesk(t)
	d.library.AddCollection("  ", "")
	d.refused("needs a name")
	d.library.Collect("nowhere")
	d.refused("nowhere")
	if err := d.Close(); err != nil { // as when the disk goes away
		t.Fatal(err)
	}
	d.library.Load()
	d.library.Row(0)
	if len(d.failed) == 0 || errors.Is(d.failed[0], app.ErrNotFound) {
		t.Errorf("a list that cannot be read: %v", d.failed)
	}
	d.failed = nil
}

// Somebody reads an article while others are imported, here or by another program:
// the same article stays selected wherever it comes to stand, the arrows go on from
// it, and an article that was just imported is shown in the list.
func TestTheSelectedArticleStaysSelected(t *testing.T) {
	d := newDesk(t)
	importMany(t, d, 250)
	d.library.SortBy(app.SortTitle)
	shown := -1
	d.library.OnPlace = func(row int) { shown = row }
	open := d.row("Report 120")
	d.library.Select(open.ID)
	if shown != 120 || d.library.SelectedRow() != 120 {
		t.Fatalf("it stands in row %d and is shown in row %d", d.library.SelectedRow(), shown)
	}
	shown = -1
	first := d.ImportText("A first report", "It comes before all others.")
	d.titles() // the list is drawn again
	if d.library.Selected != open.ID || d.library.SelectedRow() != 121 {
		t.Errorf("row %d is marked", d.library.SelectedRow())
	}
	if shown >= 0 {
		t.Error("the list jumps when something is imported beside it")
	}
	next, ok := d.library.Beside(1)
	if want := d.row("Report 121"); !ok || next != want.ID {
		t.Errorf("below it stands %v", next)
	}
	if d.library.Select(first.ID); shown != 0 {
		t.Errorf("the new article is shown in row %d", shown)
	}
	last := d.ImportText("Zuletzt", "It comes after all others.")
	if d.library.Select(last.ID); shown != 251 {
		t.Errorf("the last article is shown in row %d", shown)
	}
	d.fine()
}

// An article is selected before the list has heard of it: it is shown once it has.
func TestANewArticleIsShownOnceTheListHasIt(t *testing.T) {
	nb := apptest.New(t)
	nb.ImportText("The order", "The quay is closed.")
	var l later
	d := openDesk(t, nb, l.loop())
	l.all()
	shown := -1
	d.library.OnPlace = func(row int) { shown = row }
	d.library.SortBy(app.SortTitle)
	l.all()
	article := d.ImportText("The quay", "It stays closed.") // its rows are counted later
	d.library.Select(article.ID)
	l.run(len(l.work) - 1)
	if d.library.Count != 1 || shown >= 0 {
		t.Errorf("row %d is shown of %d", shown, d.library.Count)
	}
	if l.all(); shown != 1 {
		t.Errorf("row %d is shown", shown)
	}
}
