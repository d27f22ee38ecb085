package importer

import (
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
)

func TestAWebPageIsReadAsTheArticleInIt(t *testing.T) {
	doc := read(t, "report.html", fixture(t, "report.html"))
	wantOutline(t, doc.Content,
		"heading1: Harbour council drops camera plan",
		"paragraph: The harbour council said on Thursday that it would not put cameras on the quay, after four "+
			"months of protest by the people who live and work there and by two of its own members.",
		"paragraph: “We listened,” said the council’s leader, Mary Tarn, in a statement. “The plan was never "+
			"about watching anyone.”",
		"heading2: What the opponents say",
		"paragraph: The Quay Residents’ Union disputes that. Its secretary told this newspaper that the plan "+
			"had been written by the company that sells the cameras, and that nobody had asked the residents at all.",
		"quotation: They wanted to know who meets whom on the quay, and they wanted it in a list that they could "+
			"sell on to the insurers, as they did in the other two harbours before ours.",
		"list-item1: The union asks for an inquiry into how the plan came about and who paid for the drafts.",
		"list-item1: The company, Clearwater Optics, declined to comment on the union’s account of it.",
		"paragraph: The council will vote on the matter again in the spring, when the new members have been "+
			"elected and the report of the county’s auditor has been published in full.")
	want := "emphasis(not) strong(Mary Tarn) link(a statement)→https://ferrypost.example/statements/17"
	if got := spans(doc.Content); got != want {
		t.Errorf("spans %s", got)
	}
}

func TestWhatAPageSaysAboutItself(t *testing.T) {
	doc := read(t, "report.html", fixture(t, "report.html"))
	if doc.Title != "Harbour council drops camera plan" || doc.Publisher != "The Ferry Post" ||
		!slices.Equal(doc.Authors, []string{"Ada Quill", "Ben Okoro"}) ||
		doc.URL != "https://ferrypost.example/2021/03/harbour-cameras" {
		t.Errorf("%q %q %q %q", doc.Title, doc.Publisher, doc.Authors, doc.URL)
	}
	// The day is the newspaper's own, not the one in Greenwich.
	if doc.Published != "2021-03-04" || doc.DateSource != app.DateDeclared || doc.Language != "en" ||
		doc.Kind != app.KindNewspaper || doc.MediaType != "text/html" || doc.Reader != "html/3" {
		t.Errorf("%+v", doc)
	}
}

// page is a page with the given head and enough text to be an article.
func page(head string) string {
	return "<html><head>" + head + "</head><body><p>" +
		strings.Repeat("The council said that it would not put cameras on the quay after all. ", 8) + "</p></body></html>"
}

func TestADateIsDeclaredOrGuessed(t *testing.T) {
	for _, tt := range []struct {
		head   string
		date   app.Date
		source app.DateSource
	}{
		{`<meta property="article:published_time" content="2020-02-03T10:00:00Z">`, "2020-02-03", app.DateDeclared},
		{`<meta name="pubdate" content="Mon, 3 Feb 2020">`, "2020-02-03", app.DateDeclared},
		{`<meta property="article:published_time" content="February 3, 2020 10:00 AM">`, "2020-02-03", app.DateDeclared},
		{`<script type="application/ld+json">[{"@type":"WebPage","datePublished":"2020-02-03"}]</script>`,
			"2020-02-03", app.DateDeclared},
		{`<script type="application/ld+json">{broken</script><link rel=canonical href="https://a.example/2020/02/03/plan">`,
			"", app.DateUnknown}, // a path is no date
		{"", "", app.DateUnknown},
	} {
		doc := read(t, "a.html", page(tt.head))
		if doc.Published != tt.date || doc.DateSource != tt.source {
			t.Errorf("%s: %q %q", tt.head, doc.Published, doc.DateSource)
		}
	}
	body := strings.Replace(page(""), "<p>", `<div>By Ada Quill, <time datetime="2020-02-03">3 February</time></div><p>`, 1)
	if doc := read(t, "a.html", body); doc.Published != "2020-02-03" || doc.DateSource != app.DateGuessed {
		t.Errorf("%q %q", doc.Published, doc.DateSource)
	}
	body = strings.Replace(page(""), "<p>", `<time itemprop="datePublished" datetime="2020-02-03">then</time><p>`, 1)
	if doc := read(t, "a.html", body); doc.Published != "2020-02-03" || doc.DateSource != app.DateDeclared {
		t.Errorf("%q %q", doc.Published, doc.DateSource)
	}
}

func TestWhereAPageStoodAndWhoPublishedIt(t *testing.T) {
	for _, tt := range []struct{ head, url, publisher string }{
		{`<meta property="og:url" content="https://www.a.example/x">`, "https://www.a.example/x", "a.example"},
		{"<!-- saved from url=(0019)https://a.example/y -->", "https://a.example/y", "a.example"},
		{"<!-- Page saved with SingleFile \n url: https://a.example/z \n date: today -->", "https://a.example/z", "a.example"},
		{`<meta name="publisher" content="https://social.example/a"><link rel="canonical" href="/relative">`, "", ""},
		{`<script type="application/ld+json">{"@type":["BlogPosting"],"publisher":{"name":"A &amp; B"}}</script>`, "", "A & B"},
	} {
		doc := read(t, "a.html", page(tt.head))
		if doc.URL != tt.url || !strings.EqualFold(doc.Publisher, tt.publisher) {
			t.Errorf("%s: %q %q", tt.head, doc.URL, doc.Publisher)
		}
	}
}

func TestTheNameOfTheSiteIsNoPartOfATitle(t *testing.T) {
	site := `<meta property="og:site_name" content="The Ferry Post">`
	for _, tt := range []struct{ head, want string }{
		{`<meta property="og:title" content="Plan dropped - The Ferry Post">` + site, "Plan dropped"},
		{`<meta property="og:title" content="The Ferry Post">` + site, "The Ferry Post"},
		{`<meta property="og:title" content="Rise - and fall">` + site, "Rise - and fall"},
	} {
		if doc := read(t, "a.html", page(tt.head)); doc.Title != tt.want {
			t.Errorf("%s: %q", tt.head, doc.Title)
		}
	}
}

func TestTreesBecomeBlocks(t *testing.T) {
	// Too short for an extractor to judge: the whole body is read.
	doc := read(t, "a.html", `<title>T</title><body>loose <q>said</q><p>one<br>two<br><br>three <b>bold<p>still</b> not
		<h3>Head <i> spaced </i> </h3>
		<ul><li>a<ul><li>b</ul><p>c</ul>
		<table><tr><td>x<td><p>y</p><td> <tr><td><p>1</p><p>2</p><td>z</table>
		<pre>
  code <b>here</b>

    more</pre><a href="HTTPS://A.example/"><b><b>link</b></b></a> <a href="javascript:run()">none</a>
		<p hidden>unseen</p><svg><text>drawn</text></svg>&nbsp;<p>&#8203;</p><code>a
b</code>`)
	wantOutline(t, doc.Content, "heading1: T", "paragraph: loose “said”", "paragraph: one\ntwo", "paragraph: three bold",
		"paragraph: still not", "heading3: Head spaced", "list-item1: a", "list-item2: b", "paragraph: c",
		"paragraph: x · y", "paragraph: 1", "paragraph: 2", "paragraph: z",
		"code:   code here\n\n    more", "paragraph: link none", "code: a\nb")
	want := "strong(bold) strong(still) emphasis(spaced) strong(link) link(link)→https://A.example/"
	if got := spans(doc.Content); got != want {
		t.Errorf("spans %s", got)
	}
}

func TestNumbersAndRulesOfAPage(t *testing.T) {
	doc := read(t, "a.html", `<title>T</title><hr><ol start=3><li>three<li value=7><p>seven</p><p>more</p><ul><li>dot</ul><li>eight</ol>
		<hr><hr><p>After<ol><li>one</ol><hr>`)
	wantOutline(t, doc.Content, "heading1: T", "list-item1#3: three", "list-item1#7: seven", "paragraph: more", "list-item2: dot",
		"list-item1#8: eight", "rule: * * *", "paragraph: After", "list-item1#1: one")
	if doc := read(t, "a.html", "<p>a</p>"+strings.Repeat("<div>", 600)+"<hr>b"); outline(doc.Content) != "heading1: a\nrule: * * *\nparagraph: b" {
		t.Errorf("without a tree:\n%s", outline(doc.Content))
	}
	// In a long page an extractor finds the article and drops what parts it.
	long := strings.Repeat("The council said on Thursday that it would not put any cameras on the quay after all. ", 3)
	doc = read(t, "a.html", "<html><body><nav><a href=/>Home</a> <a href=/news>News</a></nav><article><h1>Cameras</h1><p>First. "+long+"</p><ol start=4><li>Fourth. "+long+
		"<li>Fifth. "+long+"</ol><hr><p>Then. "+long+"</p></article><footer><hr><p>All rights reserved</p></footer></body></html>")
	var kinds []string
	for _, b := range doc.Content.Blocks {
		kinds = append(kinds, string(b.Kind)+strings.Repeat("+", b.Number))
	}
	if got := strings.Join(kinds, " "); got != "heading paragraph list-item++++ list-item+++++ rule paragraph" {
		t.Errorf("%s\n%s", got, outline(doc.Content))
	}
}

func TestPagesNoTreeCanBeMadeOf(t *testing.T) {
	var fonts strings.Builder
	for range 400 {
		fonts.WriteString("<font>")
	}
	for name, page := range map[string]string{
		"600 levels":    strings.Repeat("<div>", 600) + "<h2>Deep</h2><script>x()</script><p>text<br>here</p>",
		"reopened":      "<h2>Deep</h2><p>text<br>here</p>" + fonts.String() + strings.Repeat("<p>", 51_000),
		"many elements": "<h2>Deep</h2><p>text<br>here</p>" + strings.Repeat("<i></i>", 200_000),
	} {
		doc := read(t, "a.html", page)
		if got := outline(doc.Content); got != "heading1: Deep\nparagraph: text\nhere" {
			t.Errorf("%s: %.300s", name, got)
		}
	}
}

func TestBrokenPagesAreRead(t *testing.T) {
	for _, page := range []string{
		"no tags at all", "<p>cut in the mid", "words <", "a</p></p><p", "<table>x", "<!doctype html><title>only a title",
		"<html><body><h1><script>x</script>words</h1>", "<svg><p>words</svg>", "<plaintext>words", "<br>words<br><br>",
		`<script type="application/ld+json">[[{"@type":1,"author":[["x"],{"name":2}],"@graph":{"@graph":[]}}]]</script>words`,
		"<select><option>words", "<frameset><frame>words", "<template>words</template>and",
	} {
		doc, err := New().Read(t.Context(), "a.html", []byte(page), app.ReadAs{})
		if err == nil {
			checkContent(t, doc)
		} else if err.Error() != "has no text in it" {
			t.Errorf("%q: %v", page, err)
		}
	}
}
