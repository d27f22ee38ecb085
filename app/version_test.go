package app_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// markdownFile writes an article of paragraphs as ImportText reads it.
func markdownFile(t *testing.T, title string, body ...string) string {
	t.Helper()
	return apptest.WriteFile(t, "article.md", fmt.Sprintf("---\ntitle: %q\n---\n\n# %s\n\n%s\n", title, title, strings.Join(body, "\n\n")))
}

// update gives an article a new version of these paragraphs.
func update(t *testing.T, nb *apptest.Notebook, a app.Article, body ...string) app.Carried {
	t.Helper()
	c, err := nb.UpdateArticle(t.Context(), a.ID, markdownFile(t, a.Title, body...))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func annotation(nb *apptest.Notebook, id app.AnnotationID) app.Annotation {
	return apptest.Read(nb, func(r app.Reader) (app.Annotation, error) { return r.Annotation(id) })
}

func article(nb *apptest.Notebook, id app.ArticleID) app.Article {
	return apptest.Read(nb, func(r app.Reader) (app.Article, error) { return r.Article(id) })
}

// The paragraphs of the article whose page is edited in these stories.
var quayPage = []string{
	"The ministry closed the north quay on Monday morning, after an inspection that took three weeks.",
	"The port company rejects the findings of the inspectors and says that its record is clean.",
	"A spokeswoman of the union said that nobody had asked the people who work on the quay.",
	"Ships from the islands now land at the south quay, which is not made for them.",
	"The court will hear the case in the spring of next year.",
}

// A page that was marked is edited by its publisher and comes in again: every
// mark is where it belongs, or says that it is not.
func TestAnArticleGetsANewVersion(t *testing.T) {
	nb := apptest.New(t)
	a := nb.ImportText("The quay is closed", quayPage...)
	same := nb.Mark(a, "nobody had asked the people")
	worded := nb.Mark(a, "rejects the findings of the inspectors and says that its record is clean")
	gone := nb.Mark(a, "Ships from the islands now land at the south quay")
	trashed := nb.Mark(a, "will hear the case in the spring")
	nb.Trash(app.RefTo(app.KindAnnotation, trashed.ID))
	before := nb.Rows()

	edited := slices.Clone(quayPage)
	edited[1] = "The port company rejects the finding of the inspectors, and says that its record is clean."
	edited[3] = "Nothing else is known yet."
	edited = append([]string{"This page was updated at noon with what the court decided."}, edited...)
	c := update(t, nb, a, edited...)

	if c.Version.Number != 2 || c.Version.Name != "article.md" || c.Article != a.ID || len(c.Moves) != 4 ||
		c.Count(app.AnchorExact) != 2 || c.Count(app.AnchorFuzzy) != 1 || c.Count(app.AnchorOrphan) != 1 {
		t.Fatalf("carried %+v", c)
	}
	now := article(nb, a.ID)
	if now.Text != c.Version.Text || now.Original != c.Version.Original || now.Title != a.Title || now.Created != a.Created {
		t.Errorf("article %+v", now)
	}
	text := nb.Text(now)
	for _, tt := range []struct {
		was   app.Annotation
		state app.AnchorState
		quote string
	}{
		{same, app.AnchorExact, "nobody had asked the people"},
		{worded, app.AnchorFuzzy, "rejects the finding of the inspectors, and says that its record is clean"},
		{trashed, app.AnchorExact, "will hear the case in the spring"},
	} {
		m := annotation(nb, tt.was.ID)
		if m.State != tt.state || m.Text != now.Text || m.Anchor.Quote != tt.quote || !m.Anchor.Verify(text) {
			t.Errorf("%q: %+v", tt.was.Anchor.Quote, m)
		}
		earlier := apptest.Read(nb, func(r app.Reader) ([]app.Earlier, error) { return r.Earlier(m.ID) })
		if len(earlier) != 1 || earlier[0] != (app.Earlier{Text: a.Text, Anchor: tt.was.Anchor}) {
			t.Errorf("%q stood at %+v", tt.was.Anchor.Quote, earlier)
		}
	}
	// What was not found stays where it can be verified, and says so.
	if m := annotation(nb, gone.ID); m.State != app.AnchorOrphan || m.Text != a.Text || m.Anchor != gone.Anchor {
		t.Errorf("the mark whose passage is gone: %+v", m)
	}
	wholesome(t, nb)
	if found := nb.Find("updated at noon"); !slices.Contains(found, "article: The quay is closed") {
		t.Errorf("the new words are not found: %q", found)
	}
	if found := nb.Find(`"not made for them"`); len(found) != 0 {
		t.Errorf("words of the old version are found: %q", found)
	}
	nb.Restore(app.RefTo(app.KindAnnotation, trashed.ID))
	if m := annotation(nb, trashed.ID); !m.Anchor.Verify(text) {
		t.Errorf("restored: %+v", m)
	}
	nb.Undo()

	after := nb.Rows()
	if label := nb.Undo(); label != "Update “The quay is closed” to version 2" {
		t.Errorf("undone %q", label)
	}
	if nb.Rows() != before {
		t.Error("undo left something of the new version")
	}
	if found := nb.Find(`"not made for them"`); !slices.Equal(found, []string{"article: The quay is closed"}) {
		t.Errorf("the old words are not found again: %q", found)
	}
	nb.Redo()
	if nb.Rows() != after {
		t.Error("redo does something else")
	}
}

// The same page again is nothing new, and any version of it is known.
func TestWhatANewVersionMustNotBe(t *testing.T) {
	nb := apptest.New(t)
	a := nb.ImportText("The quay is closed", quayPage...)
	first := markdownFile(t, "The quay is closed", quayPage...)
	rows := nb.Rows()
	refuse := func(path string, kind error, sentence string) {
		t.Helper()
		_, err := nb.UpdateArticle(t.Context(), a.ID, path)
		if !errors.Is(err, kind) || !strings.Contains(app.Sentence(err), sentence) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", path, err)
		}
	}
	refuse(first, app.ErrExists, "this file is the version of “The quay is closed” in use already; nothing was changed")
	data, err := os.ReadFile(first)
	if err != nil {
		t.Fatal(err)
	}
	refuse(apptest.WriteFile(t, "spaced.md", strings.ReplaceAll(string(data), "\n\n", "\n\n\n")), app.ErrExists,
		"this file has the same words as the version of “The quay is closed” in use; nothing was changed")
	refuse(filepath.Join(t.TempDir(), "none.md"), os.ErrNotExist, "no such file")
	refuse(apptest.WriteFile(t, "empty.md", ""), app.ErrInvalid, "empty")
	if nb.Rows() != rows {
		t.Error("something was changed")
	}
	if _, err := nb.UpdateArticle(t.Context(), app.NewID[app.ArticleID](), first); !errors.Is(err, app.ErrNotFound) {
		t.Errorf("no such article: %v", err)
	}

	second := markdownFile(t, "The quay is closed", quayPage[1:]...)
	if _, err := nb.UpdateArticle(t.Context(), a.ID, second); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{first, second} {
		if done := nb.Import(path); done[0].Status != app.ImportDuplicate || done[0].Article != a.ID {
			t.Errorf("import again: %+v", done)
		}
	}
	versions := apptest.Read(nb, func(r app.Reader) ([]app.Version, error) { return r.Versions(a.ID) })
	if len(versions) != 2 || versions[0].Number != 1 || versions[0].Text != a.Text || versions[1].Words >= versions[0].Words {
		t.Errorf("versions %+v", versions)
	}
	nb.Trash(app.RefTo(app.KindArticle, a.ID))
	refuse(first, app.ErrInvalid, "is in the trash: restore it first")
}

// A mark that was carried with a doubt is not sure because the next text has the
// doubtful words too; only the words that were marked, or a person, make it so.
func TestADoubtStaysThroughVersions(t *testing.T) {
	nb := apptest.New(t)
	a := nb.ImportText("The quay is closed", quayPage...)
	m := nb.Mark(a, "rejects the findings of the inspectors and says that its record is clean")
	second := slices.Clone(quayPage)
	second[1] = strings.Replace(second[1], "findings", "finding", 1)
	update(t, nb, a, second...)
	third := append([]string{"Updated at noon by our own correspondent on the quay."}, second...)
	update(t, nb, a, third...)
	now := annotation(nb, m.ID)
	if now.State != app.AnchorFuzzy || now.Anchor.Quote != "rejects the finding of the inspectors and says that its record is clean" {
		t.Errorf("in the third version %+v", now)
	}
	repairs, err := nb.Repairs(t.Context(), a.ID)
	if err != nil || len(repairs) != 1 || repairs[0].Old != m.Anchor || repairs[0].OldText != a.Text || repairs[0].Older() {
		t.Fatalf("repairs %+v, %v", repairs, err)
	}
	fourth := append([]string{"Updated in the evening by our own correspondent on the quay."}, quayPage...)
	update(t, nb, a, fourth...)
	if now = annotation(nb, m.ID); now.State != app.AnchorExact || now.Anchor.Quote != m.Anchor.Quote {
		t.Errorf("with its own words again %+v", now)
	}
	wholesome(t, nb)
}

// Words that were only thought to be the passage's never become sure because
// they come again after they had gone.
func TestADoubtfulPlaceThatGoesAndComesIsStillDoubtful(t *testing.T) {
	nb := apptest.New(t)
	a := nb.ImportText("The quay is closed", quayPage...)
	mark := nb.Mark(a, "rejects the findings of the inspectors and says that its record is clean")
	edited := slices.Clone(quayPage)
	edited[1] = strings.Replace(edited[1], "findings", "finding", 1)
	update(t, nb, a, edited...)
	if m := annotation(nb, mark.ID); m.State != app.AnchorFuzzy {
		t.Fatalf("after the first edit the mark is %s", m.State)
	}
	update(t, nb, a, slices.Delete(slices.Clone(quayPage), 1, 2)...)
	m := annotation(nb, mark.ID)
	if m.State == app.AnchorExact || m.State == app.AnchorFuzzy || m.Anchor.Quote != mark.Anchor.Quote || m.Text != mark.Text {
		t.Errorf("with its paragraph gone the mark is %s on “%s”", m.State, m.Anchor.Quote)
	}
	if queue := repairs(t, nb, a.ID); len(queue) != 1 || queue[0].Old.Quote != mark.Anchor.Quote {
		t.Errorf("the queue shows %+v", queue)
	}
	update(t, nb, a, append(edited, "One more paragraph.")...)
	if m := annotation(nb, mark.ID); m.State == app.AnchorExact {
		t.Errorf("words that nobody confirmed are sure: “%s”", m.Anchor.Quote)
	}
}

// What was selected in a text that has been replaced since is not marked at the
// same place of the new one, where other words stand.
func TestASelectionDoesNotOutliveItsText(t *testing.T) {
	nb := apptest.New(t)
	a := nb.ImportText("The quay is closed", quayPage...)
	mark := nb.Mark(a, "nobody had asked")
	spot := app.Spot{Article: string(a.ID), Start: 30, End: 60, Text: a.Text}
	update(t, nb, a, slices.Insert(slices.Clone(quayPage), 0, "A paragraph that shifts all others.")...)
	_, err := nb.Annotate(t.Context(), spot, app.Annotation{})
	if !errors.Is(err, app.ErrInvalid) || !strings.Contains(app.Sentence(err), "new version") {
		t.Errorf("marking the old selection: %v", err)
	}
	if _, err := nb.PlaceAnnotation(t.Context(), mark.ID, a.Text, 30, 60); !errors.Is(err, app.ErrInvalid) {
		t.Errorf("placing a mark by the old text: %v", err)
	}
	if _, err := nb.PlaceAnnotation(t.Context(), mark.ID, "", 30, 60); err != nil {
		t.Errorf("placing a mark in whichever text is in use: %v", err)
	}
}
