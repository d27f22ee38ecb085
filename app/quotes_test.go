package app_test

import (
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

func TestQuotesAsMarkdown(t *testing.T) {
	nb := apptest.New(t)
	ctx := t.Context()
	a := nb.ImportDated("2019-10-08", "The quay is *closed*", "The ministry closed [the quay](https://x.example) on\nMonday.",
		"1\\. It is so_called.", "Nothing `else` & \\<no more\\>.")
	a, err := nb.EditArticle(ctx, a.ID, func(a *app.Article) {
		a.Title, a.Authors, a.Publisher, a.URL = "The quay is *closed*", []string{"Ada Quill", "Ben Okoro"}, "The Ferry Post", "https://ferrypost.example/1"
	})
	if err != nil {
		t.Fatal(err)
	}
	text := nb.Text(a)
	start := app.Occurrences(text, "on Monday.")[0]
	if _, err := nb.Annotate(ctx, app.Spot{Article: string(a.ID), Start: start, End: app.RuneCount(text)},
		app.Annotation{Color: "pink", Note: "Is *that* so?\n\n- check"}, "port/denials", "to check"); err != nil {
		t.Fatal(err)
	}
	if _, err := nb.AddStatement(ctx, app.StatementDraft{Actor: "Port_Company", Stance: app.Disputes, Claim: "The quay is unsafe", Create: true,
		ReportedBy: "Union", Passage: &app.Spot{Article: string(a.ID), Start: start, End: app.RuneCount(text)}}); err != nil {
		t.Fatal(err)
	}
	other := nb.ImportText("Another", "它是这样的。")
	nb.Mark(other, "这样")
	rows := apptest.Read(nb, func(r app.Reader) ([]app.AnnotationRow, error) {
		return r.AnnotationRows(app.AnnotationQuery{Sort: app.SortCreated})
	})
	want := `## Another

> 这样

## The quay is \*closed\*

Ada Quill, Ben Okoro, The Ferry Post, 8 October 2019, <https://ferrypost.example/1>

> on Monday.
>
> 1\. It is so\_called.
>
> Nothing else & \<no more\>.

Is *that* so?

- check

what is denied · #port/denials · #to-check

- **Port\_Company** disputes: The quay is unsafe (8 October 2019, reported by Union)
`
	if got := app.QuotesMarkdown(rows, map[app.Color]string{"pink": "what is denied", "yellow": "yellow"}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := app.QuotesMarkdown(nil, nil); got != "" {
		t.Errorf("of nothing %q", got)
	}
}

// Whatever stands in a quote, Markdown's readers show it line for line.
func TestQuotesKeepTheirSigns(t *testing.T) {
	for quote, want := range map[string]string{
		"one\ntwo":             "> one\\\n> two\n",
		"one\n\ntwo":           "> one\n>\n> two\n",
		"# no heading\n- item": "> \\# no heading\\\n> \\- item\n",
		"    code":             "> &nbsp;&nbsp;&nbsp;&nbsp;code\n",
		"12) a 3. b":           "> 12\\) a 3. b\n",
		"a&amp;b & c":          "> a\\&amp;b & c\n",
		`\back`:                "> \\\\back\n",
		"===":                  "> \\===\n",
		"a*b_c[d](e)":          "> a\\*b\\_c\\[d\\](e)\n",
	} {
		row := app.AnnotationRow{Passage: app.Passage{Annotation: app.Annotation{Anchor: app.Anchor{Quote: quote}}, ArticleTitle: "T"}}
		if got := strings.TrimPrefix(app.QuotesMarkdown([]app.AnnotationRow{row}, nil), "## T\n\n"); got != want {
			t.Errorf("%q: %q, want %q", quote, got, want)
		}
	}
}
