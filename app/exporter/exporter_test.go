package exporter_test

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/exporter"
	"rejoinder/app/sample"
)

const unsafe = "The north quay is unsafe to load"

// harbour is the sample notebook.
func harbour(t testing.TB) *apptest.Notebook {
	t.Helper()
	nb := apptest.New(t)
	if err := sample.Fill(t.Context(), nb.Notebook); err != nil {
		t.Fatal(err)
	}
	if err := nb.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	return nb
}

func checksOf(t testing.TB, nb *apptest.Notebook, ids []app.AnnotationID) exporter.Checks {
	t.Helper()
	checks, err := nb.CheckQuotes(t.Context(), ids)
	if err != nil {
		t.Fatal(err)
	}
	return checks
}

// written is what one of the package's functions writes.
func written[T any](t testing.TB, write func(io.Writer, T, exporter.Checks, string) error, v T, checks exporter.Checks, scope string) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, v, checks, scope); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// reports are all of them, of the sample.
func reports(t testing.TB, nb *apptest.Notebook) map[string]string {
	t.Helper()
	b := nb.Board()
	d, err := nb.Dispute(t.Context(), app.Scope{}, unsafe)
	if err != nil {
		t.Fatal(err)
	}
	o := app.MatrixOptions{Order: app.OrderName, Group: app.GroupKind}
	m, err := nb.Matrix(t.Context(), app.Scope{}, o)
	if err != nil {
		t.Fatal(err)
	}
	table, err := nb.MatrixTable(t.Context(), m, o)
	if err != nil {
		t.Fatal(err)
	}
	bc, dc, mc := checksOf(t, nb, b.Passages()), checksOf(t, nb, d.Passages()), checksOf(t, nb, table.Passages())
	return map[string]string{
		"board.md":     written(t, exporter.BoardMarkdown, b, bc, "up to 2026"),
		"board.html":   written(t, exporter.BoardHTML, b, bc, "up to 2026"),
		"dispute.md":   written(t, exporter.DisputeMarkdown, d, dc, "up to 2026"),
		"dispute.html": written(t, exporter.DisputeHTML, d, dc, "up to 2026"),
		"matrix.md":    written(t, exporter.MatrixMarkdown, table, mc, "up to 2026"),
		"matrix.html":  written(t, exporter.MatrixHTML, table, mc, "up to 2026"),
	}
}

func TestReportsShowQuotesStancesAndSources(t *testing.T) {
	all := reports(t, harbour(t))
	for name, wants := range map[string][]string{
		"board.md": {"# Actors, claims and counterclaims\n\nup to 2026\n\n8 actors, 13 claims, 10 relations\n\nAll 38 quotes were compared",
			"\n## " + unsafe + "\n", "- ✕ **Port Company** denies", "  > 港口公司否认码头存在危险[^", "  > نريد أن نرى القياسات قبل أن يعود أحد إلى العمل[^",
			"- **rejects the source of**: The closure rests on one flawed inspection\n", "*analyst’s inference*",
			"Owned by the city until 2019.", "| **Ministry of Transport** | state | Government |", "\n[^1]: ", "<https://"},
		"board.html": {"<span class=\"stance disputes\">✕ denies</span>", "<blockquote dir=\"auto\"><p dir=\"auto\">港口公司否认码头存在危险<sup id=\"quote-",
			"<em>reportable</em>", "<span class=\"relation\">rejects the source of</span>", "All 38 quotes were compared"},
		"dispute.md": {"# " + unsafe + "\n", "| Actor | Asserts | Supports | Qualifies or questions | Disputes or denies | Silent or declines |",
			"| **Residents' Association** |  |  |  |  | silent |", "### The closure rests on one flawed inspection", "- **against it: rebuts**: Three inspections reached the same result",
			"## Other relations", "- **supports**: The quay wall has moved by more than four centimetres", "no ship may be loaded there until it is repaired"},
		"dispute.html": {"<th scope=\"col\"><bdi>Disputes or denies</bdi></th>", "<span class=\"stance questions\">? questions</span>"},
		"matrix.md":    {"*group*", "\\+ supports[^", "### Expert panel", "- ≈ qualifies: " + unsafe},
		"matrix.html":  {"<th scope=\"rowgroup\" class=\"group\" colspan=\"6\">", "<th scope=\"rowgroup\" class=\"group\" colspan=\"5\">", "<span class=\"stance supports\">&#43; supports</span>"},
	} {
		for _, want := range wants {
			if !strings.Contains(all[name], want) {
				t.Errorf("%s lacks %q", name, want)
			}
		}
	}
}

var defined = regexp.MustCompile(`(?m)^\[\^(\d+)\]: `)
var marked = regexp.MustCompile(`\[\^(\d+)\](?:[^:]|: [^“a-z])`)

func TestFootnotesAreNumberedInOrderAndAllAreThere(t *testing.T) {
	for name, text := range reports(t, harbour(t)) {
		if strings.HasSuffix(name, ".md") {
			for i, m := range defined.FindAllStringSubmatch(text, -1) {
				if m[1] != fmt.Sprint(i+1) {
					t.Errorf("%s: footnote %d is numbered %s", name, i+1, m[1])
				}
				if !strings.Contains(text, "["+"^"+m[1]+"]") {
					t.Errorf("%s: nothing cites %s", name, m[1])
				}
			}
			count := len(defined.FindAllString(text, -1))
			for _, m := range marked.FindAllStringSubmatch(text, -1) {
				var n int
				if _, err := fmt.Sscan(m[1], &n); err != nil || n < 1 || n > count {
					t.Errorf("%s: mark %s of %d footnotes", name, m[1], count)
				}
			}
		}
	}
}

// Whoever gets the file opens it without a network, and follows every mark.
func TestHTMLNeedsNothingElse(t *testing.T) {
	for name, text := range reports(t, harbour(t)) {
		if strings.HasSuffix(name, ".html") {
			if why := wrongPage(text); why != "" {
				t.Errorf("%s: %s", name, why)
			}
			for _, want := range []string{"<html lang=\"en\">", "prefers-color-scheme: dark", "@media print", "#F6F4EF", "#16181C"} {
				if !strings.Contains(text, want) {
					t.Errorf("%s lacks %q", name, want)
				}
			}
		}
	}
}

// wrongPage says what a page has that it must not have; "" when all is well.
func wrongPage(text string) string {
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return err.Error()
	}
	ids, links := map[string]bool{}, []string{}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "script", "img", "link", "iframe", "object", "embed", "form", "base":
			return "there is a <" + n.Data + ">"
		}
		for _, a := range n.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "style":
				return "there is a " + a.Key
			case a.Key == "id" && ids[a.Val]:
				return "twice the id " + a.Val
			case a.Key == "id":
				ids[a.Val] = true
			case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
				links = append(links, a.Val[1:])
			case a.Key == "href" && strings.HasPrefix(strings.ToLower(a.Val), "javascript:"):
				return "there is a link to " + a.Val
			}
		}
	}
	for _, l := range links {
		if !ids[l] {
			return "nothing has the id " + l
		}
	}
	return ""
}

// A quote that its original does not have is told of where it stands and in the
// list, in both forms, and so is one that was never compared.
func TestAQuoteThatDoesNotMatchIsShownAtOnce(t *testing.T) {
	nb := apptest.New(t)
	a := nb.ImportDated("2024-03-01", "The quay", "“It is unsafe,” the ministry said.", "The company denied it.")
	nb.Statement("Ministry", app.Asserts, "The quay is unsafe", apptest.In(a, "It is unsafe"))
	nb.Statement("Company", app.Denies, "The quay is unsafe", apptest.In(a, "The company denied it."))
	b := nb.Board()
	checks := checksOf(t, nb, b.Passages())
	company, ministry := b.Passages()[0], b.Passages()[1] // by actor
	checks[company] = app.QuoteCheck{Reason: "The original does not have these words.", Paragraph: 2}
	verified := checks[ministry]
	if !verified.Verified || verified.Original != a.Original || verified.Version != 1 {
		t.Fatalf("%+v", verified)
	}
	verified.Notes = []string{"The version of today no longer has these words."}
	checks[ministry] = verified
	want := `# Actors, claims and counterclaims

2 actors, 1 claim, 0 relations

**⚠ 1 quote is not verified**

- “The company denied it.”[^1]: The original does not have these words.

## The quay is unsafe

2 statements, 1 independent source

- ✕ **Company** denies (1 March 2024)

  > The company denied it.[^1]

  **⚠ This quote is not verified.** The original does not have these words.

- ● **Ministry** asserts (1 March 2024)

  > It is unsafe[^2]

  *The version of today no longer has these words.*

## Actors

| Actor | Kind | Part of | ● asserts | \+ supports | ≈ qualifies | ✕ disputes | ✕ denies | ? questions | – declines |
| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| **Company** |  |  |  |  |  |  | 1 |  |  |
| **Ministry** |  |  | 1 |  |  |  |  |  |  |

[^1]: “The quay” · 1 March 2024 · paragraph 2, characters 46–68 · **⚠ not verified:** The original does not have these words.

[^2]: “The quay” · 1 March 2024 · paragraph 1, characters 11–23 · verified against the original (version 1, read on ` +
		verified.Imported.Local().Format("2006-01-02") + ", SHA-256 " + a.Original + `) · The version of today no longer has these words.
`
	if got := written(t, exporter.BoardMarkdown, b, checks, ""); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	delete(checks, ministry)
	page := written(t, exporter.BoardHTML, b, checks, "")
	for _, want := range []string{"⚠ 2 quotes are not verified", `<blockquote dir="auto" class="unverified">`,
		"⚠ This quote is not verified.</strong> It was not compared with its original."} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

func TestWhatCannotBeWrittenIsAnError(t *testing.T) {
	for name, write := range map[string]func(io.Writer) error{
		"markdown": func(w io.Writer) error { return exporter.BoardMarkdown(w, app.Board{}, nil, "") },
		"html":     func(w io.Writer) error { return exporter.BoardHTML(w, app.Board{}, nil, "") },
	} {
		if err := write(full{}); err == nil {
			t.Errorf("%s: a full disk is no error", name)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, app.ErrDiskFull }

// The number of a footnote is never broken, two beside each other are told apart,
// and each stands behind the words that it shows.
func TestFootnotesAreReadAsNumbers(t *testing.T) {
	nb := apptest.New(t)
	a := nb.ImportDated("2024-03-01", "The quay", "It is unsafe.", "It is unsafe, we say again.")
	nb.Statement("Ministry", app.Asserts, "The quay is unsafe", apptest.In(a, "It is unsafe."))
	nb.Statement("Ministry", app.Asserts, "The quay is unsafe", apptest.In(a, "we say again"))
	m, err := nb.Matrix(t.Context(), app.Scope{}, app.MatrixOptions{})
	if err != nil {
		t.Fatal(err)
	}
	table, err := nb.MatrixTable(t.Context(), m, app.MatrixOptions{})
	if err != nil {
		t.Fatal(err)
	}
	page := written(t, exporter.MatrixHTML, table, nil, "")
	for _, want := range []string{`<sup>, </sup><sup id="quote-2"><a href="#source-2">2</a>`, "\na { color: var(--accent); }\n", "sup a { white-space: nowrap;",
		`It is unsafe.<sup><a href="#source-1">1</a>`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if got := written(t, exporter.MatrixMarkdown, table, nil, ""); !strings.Contains(got, "● asserts[^1]⚠, [^2]⚠ |") {
		t.Errorf("got\n%s", got)
	}
}

// A matrix of many claims comes in bands that fit on paper, the actors repeated; a
// long claim stands in the head cut, and in full below.
func TestAMatrixComesInBands(t *testing.T) {
	nb := apptest.New(t)
	long := strings.Repeat("The quay is unsafe and closed ", 10) + "for good"
	for i := range 8 {
		nb.Statement("Ministry", app.Asserts, fmt.Sprintf("Claim %d", i))
	}
	nb.Statement("Company", app.Denies, long)
	o := app.MatrixOptions{Order: app.OrderName}
	m, err := nb.Matrix(t.Context(), app.Scope{}, o)
	if err != nil {
		t.Fatal(err)
	}
	table, err := nb.MatrixTable(t.Context(), m, o)
	if err != nil {
		t.Fatal(err)
	}
	page := written(t, exporter.MatrixHTML, table, nil, "")
	for want, times := range map[string]int{"<table>": 2, `<th scope="col">`: 11, `<th scope="row"><bdi>Ministry</bdi></th>`: 2, `<body class="across">`: 1,
		"@page across { size: landscape; }": 1, "(6) Claim 5": 1, `<ul class="cut">`: 1, `<li dir="auto">(9) ` + long + "</li>": 1} {
		if got := strings.Count(page, want); got != times {
			t.Errorf("%q is %d times in the page, not %d", want, got, times)
		}
	}
	text := written(t, exporter.MatrixMarkdown, table, nil, "")
	for _, want := range []string{"| Actor | (1) Claim 0 |", "| Actor | (6) Claim 5 |", " | (9) The quay is unsafe and closed The quay is", "… |\n",
		"| ● asserts |  |\n\n- (9) " + long + "\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// A board of many claims begins with a list of them, and tells what is set against
// a claim from what else is related to it.
func TestABoardHasContentsAndLabels(t *testing.T) {
	nb := harbour(t)
	b := nb.Board()
	checks := checksOf(t, nb, b.Passages())
	page, text := written(t, exporter.BoardHTML, b, checks, ""), written(t, exporter.BoardMarkdown, b, checks, "")
	for want, in := range map[string]string{
		`<nav class="contents">`: page, "overflow-wrap: anywhere; }\nmain {": page, `<li><a href="#claim-1"><bdi>` + unsafe + `</bdi></a></li>`: page,
		`id="claim-1">` + "\n" + `<h2 dir="auto">` + unsafe: page, `</span> · <span class="date">14 May 2025</span>`: page, `<h3 dir="auto">Counterclaims</h3>`: page,
		"\n## Claims\n\n1. [" + unsafe + "](#claim-1)\n2. [": text, "<a id=\"claim-1\"></a>\n\n## " + unsafe + "\n": text,
		"\n### Counterclaims\n\n- **undercuts**: The quay has": text, "\n### Other relations\n\n- **supports**: The quay wall": text,
	} {
		if !strings.Contains(in, want) {
			t.Errorf("no %q in\n%s", want, in)
		}
	}
	b.Claims = b.Claims[:3]
	if few := written(t, exporter.BoardHTML, b, checks, ""); strings.Contains(few, "contents\">") || strings.Contains(few, "claim-1") {
		t.Error("three claims have a list of contents")
	}
}
