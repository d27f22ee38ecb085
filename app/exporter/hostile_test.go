package exporter_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"

	"rejoinder/app"
	"rejoinder/app/exporter"
)

// told is a board, a dispute and a matrix in which everything that a person writes is the
// same text, and the note is another.
func told(words, note string) (app.Board, app.Dispute, app.MatrixTable, exporter.Checks) {
	p := app.Passage{Annotation: app.Annotation{ID: "p", Anchor: app.Anchor{Quote: words, Start: 1, End: 2}},
		ArticleTitle: words, Authors: []string{words}, Publisher: words, URL: words, Published: "2024"}
	s := app.BoardStatement{Statement: app.Statement{Stance: app.Denies, Passage: "p"}, ActorName: words, ClaimText: words,
		ReporterName: words, ByName: words, Passage: &p}
	x := app.BoardRelation{Relation: app.Relation{Kind: app.Rebuts, To: "c", From: "d", Passage: "p", Note: note},
		FromText: words, ToText: words, WithTexts: []string{words}, Passage: &p}
	c := app.BoardClaim{Claim: app.Claim{ID: "c", Text: words}, Notes: []app.Note{{Body: note}}, Statements: []app.BoardStatement{s}}
	d := app.Dispute{Claim: c, Rows: []app.DisputeRow{{Name: words}, {Name: words, Silent: true}}, Others: []app.BoardRelation{x},
		Counterclaims: []app.DisputeCounter{{BoardRelation: x, Statements: []app.BoardStatement{s}}}}
	d.Rows[0].Cells[app.ColumnDisputes] = []app.BoardStatement{s, s}
	cell := app.MatrixTableCell{MatrixCell: app.MatrixCell{First: app.Denies, Last: app.Asserts}, Cards: []app.BoardStatement{s}}
	m := app.MatrixTable{Rows: []app.MatrixRow{{Name: words, Group: words, Total: 1}}, Columns: []app.MatrixColumn{{Text: words + strings.Repeat(" and more", 20), Group: words}},
		Cells: [][]app.MatrixTableCell{{cell}}}
	b := app.Board{Actors: []app.BoardActor{{Actor: app.Actor{Name: words}, PartOfName: words}}, Claims: []app.BoardClaim{c, c, c, c}, Relations: []app.BoardRelation{x}}
	return b, d, m, exporter.Checks{"p": {Reason: words}}
}

// markdownParser reads what GitHub reads: tables and footnotes too.
var markdownParser = goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote)).Parser()

// outline is what a Markdown text is made of: its outermost blocks, and of each
// table the cells of every row.
func outline(source string) []string {
	var out []string
	for n := range children(markdownParser.Parse(text.NewReader([]byte(source)))) {
		line := n.Kind().String()
		if n.Kind() == extast.KindTable {
			for row := range children(n) {
				line += " " + strings.Repeat("|", row.ChildCount())
			}
		}
		out = append(out, line)
	}
	return out
}

func children(n ast.Node) func(func(ast.Node) bool) {
	return func(yield func(ast.Node) bool) {
		for c := n.FirstChild(); c != nil && yield(c); c = c.NextSibling() {
		}
	}
}

// quotesIn are the texts of a page's quotes, without the footnotes' numbers.
func quotesIn(page string) []string {
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return []string{err.Error()}
	}
	var out []string
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || n.Data != "blockquote" || len(n.Attr) == 0 { // a note's own has no attribute
			continue
		}
		words := ""
		for c := range n.Descendants() {
			if c.Type == html.TextNode && !within(c, "sup") {
				words += c.Data
			}
		}
		out = append(out, words)
	}
	return out
}

// within says whether a node stands inside an element.
func within(n *html.Node, element string) bool {
	for a := range n.Ancestors() {
		if a.Data == element {
			return true
		}
	}
	return false
}

// Whatever somebody quotes, is called or writes in a note, the reports have the
// same shape, and the quotes are the same to the letter.
func FuzzReports(f *testing.F) {
	for _, words := range []string{"a | b", "first\nsecond\n\nthird", "<script>alert(1)</script>", "قال: لا | نعم", "# no\n- yes", "```\nfence",
		"</p></blockquote><img src=x onerror=alert(1)>", "[^1]: mine", "[^1]", "\\|", "javascript:alert(1)", "https://x.org/a|b", "C #", "| --- |",
		"<!-- open", "\u202eright to left", "***", "    code", "a\\", "{{.Title}}", "&lt;b&gt;", "[a]: https://x.org", "1. one", "=\n="} {
		f.Add(words, words)
	}
	f.Add("a", "<div>\n\n```\n# heading\n\n[^1]: x\n\n[[The quay]] ![p](https://x.org/p.png) [l](javascript:alert(1))")
	plainBoard, plainDispute, plainMatrix, plainChecks := told("words", "a note")
	f.Fuzz(func(t *testing.T, words, note string) {
		words, note = app.Clean(words), app.Clean(note)
		if app.OneLine(words) == "" || strings.TrimSpace(note) == "" || len(words)+len(note) > 4000 {
			t.Skip() // the notebook takes no such names and notes
		}
		b, d, m, checks := told(words, note)
		same(t, written(t, exporter.BoardMarkdown, plainBoard, plainChecks, "words"), written(t, exporter.BoardMarkdown, b, checks, words))
		same(t, written(t, exporter.DisputeMarkdown, plainDispute, plainChecks, "words"), written(t, exporter.DisputeMarkdown, d, checks, words))
		same(t, written(t, exporter.MatrixMarkdown, plainMatrix, plainChecks, "words"), written(t, exporter.MatrixMarkdown, m, checks, words))
		for _, page := range []string{written(t, exporter.BoardHTML, b, checks, words), written(t, exporter.DisputeHTML, d, checks, words), written(t, exporter.MatrixHTML, m, checks, words)} {
			if why := wrongPage(page); why != "" {
				t.Errorf("%s in\n%s", why, page)
			}
			quotes := quotesIn(page)
			if len(quotes) == 0 || slices.ContainsFunc(quotes, func(q string) bool { return q != words }) {
				t.Errorf("the quotes are %q, not %q", quotes, words)
			}
		}
	})
}

func same(t *testing.T, plain, hostile string) {
	t.Helper()
	if got, want := outline(hostile), outline(plain); !slices.Equal(got, want) {
		t.Errorf("the shape is %q, want %q, of\n%s", got, want, hostile)
	}
}

// A note that a parser would take minutes for is shown as it was written.
func TestATangledNoteIsShownAsItIs(t *testing.T) {
	for _, note := range []string{strings.Repeat("[", 40_000) + "<b>", strings.Repeat(">", 5000) + " <b>"} {
		_, d, _, checks := told("words", note)
		var b bytes.Buffer
		if err := exporter.DisputeHTML(&b, d, checks, ""); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), "&lt;b&gt;</p>") {
			t.Error("the note is not there")
		}
	}
}
