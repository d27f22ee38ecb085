package app_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// quoted is a notebook with two articles and a quote in each, the second one in
// Arabic.
func quoted(t *testing.T) (nb *apptest.Notebook, articles []app.Article, quotes []app.AnnotationID) {
	t.Helper()
	nb = apptest.New(t)
	a := nb.ImportDated("2024-03-01", "The quay", "Nobody was asked.", "“It is unsafe,” the ministry said.")
	b := nb.ImportDated("2024-03-02", "الرصيف", "قالت الوزارة إن الرصيف غير آمن.")
	first, second := nb.Mark(a, "It is unsafe"), nb.Mark(b, "الرصيف غير آمن")
	return nb, []app.Article{a, b}, []app.AnnotationID{first.ID, second.ID}
}

func checked(t *testing.T, nb *apptest.Notebook, ids ...app.AnnotationID) map[app.AnnotationID]app.QuoteCheck {
	t.Helper()
	checks, err := nb.CheckQuotes(t.Context(), ids)
	if err != nil {
		t.Fatal(err)
	}
	return checks
}

func originalFile(nb *apptest.Notebook, a app.Article) string {
	return filepath.Join(nb.Folder, "originals", a.Original[:2], a.Original)
}

func TestQuotesAreFoundInTheirOriginals(t *testing.T) {
	nb, articles, ids := quoted(t)
	title := nb.Mark(articles[0], "The quay")
	checks := checked(t, nb, append(ids, title.ID, ids[0])...)
	for id, want := range map[app.AnnotationID]int{ids[0]: 2, ids[1]: 1, title.ID: 0} {
		if c := checks[id]; !c.Verified || c.Reason != "" || c.Paragraph != want {
			t.Errorf("%+v, want verified in paragraph %d", c, want)
		}
	}
	if len(checks) != 3 {
		t.Errorf("%d checks of 3 passages", len(checks))
	}
}

// A quote that stays with an older version is compared with that version's file.
func TestAQuoteOfAnOlderVersionIsFoundInItsOwnOriginal(t *testing.T) {
	nb, articles, ids := quoted(t)
	file := apptest.WriteFile(t, "corrected.md", "# The quay\n\nEverybody was asked, and everybody answered at great length.\n")
	if _, err := nb.UpdateArticle(t.Context(), articles[0].ID, file); err != nil {
		t.Fatal(err)
	}
	if c := checked(t, nb, ids...)[ids[0]]; !c.Verified {
		t.Errorf("%+v", c)
	}
	if err := os.Remove(originalFile(nb, articles[0])); err != nil {
		t.Fatal(err)
	}
	if c := checked(t, nb, ids...)[ids[0]]; c.Verified {
		t.Error("the quote was looked for in another version's original")
	}
}

func TestAChangedOriginalIsToldOfItsQuotesOnly(t *testing.T) {
	nb, articles, ids := quoted(t)
	data, err := os.ReadFile(originalFile(nb, articles[0]))
	if err != nil {
		t.Fatal(err)
	}
	for reason, harm := range map[string]func() error{
		"is damaged": func() error { return os.WriteFile(originalFile(nb, articles[0]), append(data, '!'), 0o600) },
		"is missing": func() error { return os.Remove(originalFile(nb, articles[0])) },
	} {
		if err := harm(); err != nil {
			t.Fatal(err)
		}
		checks := checked(t, nb, ids...)
		if c := checks[ids[0]]; c.Verified || !strings.Contains(c.Reason, reason) {
			t.Errorf("%s: %+v", reason, c)
		}
		if !checks[ids[1]].Verified {
			t.Errorf("%s: the other quote too: %+v", reason, checks[ids[1]])
		}
	}
}

func TestAChangedTextIsTold(t *testing.T) {
	nb, articles, ids := quoted(t)
	db, err := sql.Open("sqlite3", "file:"+filepath.ToSlash(filepath.Join(nb.Folder, "notebook.db"))+"?_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	change := func(query string, args ...any) {
		t.Helper()
		if _, err := db.ExecContext(t.Context(), query, args...); err != nil {
			t.Fatal(err)
		}
	}
	change("UPDATE texts SET plain = replace(plain, 'unsafe', 'a hoax') WHERE id = ?", articles[0].Text)
	if c := checked(t, nb, ids...)[ids[0]]; c.Verified || c.Reason != "The stored text has other words in this place." {
		t.Errorf("%+v", c)
	}
	// Whoever changes the quote with it has still the original against them.
	change("UPDATE annotations SET quote = 'It is a hoax' WHERE id = ?", ids[0])
	checks := checked(t, nb, ids...)
	if c := checks[ids[0]]; c.Verified || c.Reason != "The original does not have these words." {
		t.Errorf("%+v", c)
	}
	if !checks[ids[1]].Verified {
		t.Errorf("the other quote too: %+v", checks[ids[1]])
	}
}

func TestCheckingQuotesEnds(t *testing.T) {
	nb, _, ids := quoted(t)
	unknown := app.NewID[app.AnnotationID]()
	if c := checked(t, nb, unknown)[unknown]; c.Verified || c.Reason != "The passage is no longer in the notebook." {
		t.Errorf("%+v", c)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := nb.CheckQuotes(ctx, ids); !errors.Is(err, context.Canceled) {
		t.Errorf("a check that was cancelled returned %v", err)
	}
}
