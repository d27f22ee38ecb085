package verbatim_test

import (
	"strings"
	"testing"

	"rejoinder/app/verbatim"
)

func page(body string) *verbatim.Reading {
	return verbatim.Read([]byte("<!doctype html><html><head><title>A title</title></head><body>"+body+"</body></html>"),
		verbatim.Format{MediaType: "text/html", Encoding: "utf-8"})
}

func find(r *verbatim.Reading, quote string) verbatim.Finding { return r.Find(quote, 0, r.Len()) }

// A quote is there when its words follow one another on the page, whatever stands
// around them, and only then.
func TestAQuoteStandsWhereItsWordsFollowOneAnother(t *testing.T) {
	for _, tt := range []struct {
		body, quote string
		want        bool
	}{
		{"<p>Brandt <nobr>has not</nobr> said that <u>the ramp</u> was sound.</p>", "Brandt has not said that the ramp was sound.", true},
		{"<p>Brandt <nobr>has not</nobr> said that <u>the ramp</u> was sound.</p>", "Brandt the ramp was sound.", false},
		{"<p>Brandt <nobr>has not</nobr> said that <u>the ramp</u> was sound.</p>", "Brandt said that the ramp was sound.", false},
		{"<p>a  b\n\tc&nbsp;d</p>", "a b c d", true},
		{"<p>not able</p>", "notable", false},
		{"<p>notable</p>", "not able", false},
		{"<p>It is</p><p>safe.</p>", "It is safe.", true}, // paragraphs that follow one another
		{"<p>It is</p><p>not</p><p>safe.</p>", "It is safe.", false},
		{"<p>It is <span hidden>not</span> safe.</p>", "It is safe.", true},
		{"<p>It is <span hidden>not</span> safe.</p>", "It is not safe.", false},
		{"<p>It is <span style='display:none'>not<b> at</b> all</span> safe.</p>", "It is safe.", true},
		{"<p hidden>It is<p>safe.", "safe.", true},
		{"<p hidden>It is<p>safe.", "It is safe.", false},
		{"<div hidden><p>It is</p></div>safe.", "It is", false},
		{"<script>It is safe.</script>", "It is safe.", false},
		{"<script><!--<script></script>It is safe.--></script>", "It is safe.", false},
		{"<!-- It is safe. -->", "It is safe.", false},
		{"<!-->It is safe.", "It is safe.", true},
		{"<textarea>It is safe.</textarea>", "It is safe.", false},
		{"<template>It is safe.</template>", "It is safe.", false},
		{"<template shadowrootmode=open>It is safe.</template>", "It is safe.", true},
		{`<iframe srcdoc="&lt;p&gt;It is &lt;b&gt;safe.">never</iframe>`, "It is safe.", true},
		{`<iframe srcdoc="x">never</iframe>`, "never", false},
		{"<p title='It is safe.'>x", "It is safe.", false},
		{"<p>10<sup>6</sup> tons", "10⁶ tons", true},
		{"<p>10<sup>6</sup> tons", "106 tons", false},
		{"<p>so<sup><a href=#n>3</a></sup> he", "so[3] he", true},
		{"<p>so<a href=#n>3</a> he", "so[3] he", true},
		{"<p>was <del>unsafe</del> sound", "was ~~unsafe~~ sound", true},
		{"<p>was <del>unsafe</del> sound", "was unsafe sound", false},
		{"<s><p>unsafe</s> sound", "~~unsafe~~ sound", true},
		{"<p><s>one<p>two</s> three", "~~one~~", true},
		{"<p><s>one<p>two</s> three", "~~two~~ three", true},
		{"<p>he <q>never</q> said", "he “never” said", true},
		{"<ruby>漢<rt>かん</rt></ruby>", "漢(かん)", true},
		{"<p>did <img alt=not src=x> say", "did [not] say", true},
		{"<p>did <img alt=not src=x> say", "did say", false},
		{"<p><img alt='The ramp' src=x> He", "He", true},
		{"<table><tr><td>Brandt<td>sound</table>", "Brandt · sound", true},
		{"<svg><text>drawn</text><p>said", "said", true},
		{"<svg><text>drawn</text></svg>", "drawn", false},
		{"<math><msup><mi>x</mi><mn>2</mn></msup></math>", "x^2", true},
		{"&lt;b&gt; &amp; &eacute;&#x27;", "<b> & é'", true},
		{"a < b and b > a", "a < b and b > a", true},
		{"x", "A title", true},
		{"x", "A title x", false},
		{"mid\x00night", "midnight", true},
	} {
		if got := find(page(tt.body), tt.quote).Found; got != tt.want {
			t.Errorf("%q in %s: %v", tt.quote, tt.body, got)
		}
	}
}

func TestAQuoteOfStruckWordsOrHalfWordsIsTold(t *testing.T) {
	r := page("<p>The ramp is <s>unsafe and closed</s> sound.</p>")
	if f := find(r, "unsafe and"); !f.Struck {
		t.Errorf("%+v", f)
	}
	if f := find(r, "The ramp is ~~unsafe and closed~~ sound."); !f.Found || f.Struck {
		t.Errorf("%+v", f)
	}
	if f := find(r, "The ramp is"); f.Struck || f.CutsWord != "" {
		t.Errorf("%+v", f)
	}
	for quote, word := range map[string]string{"safe and": "unsafe", "clos": "closed", "ramp is": "", "sound": ""} {
		if f := find(r, quote); !f.Found || f.CutsWord != word {
			t.Errorf("%q: %+v", quote, f)
		}
	}
	r = page("<p>It costs 1,500 euros, −5 degrees, 2.75 tons, 10&nbsp;000 ships, 3½ m, 10<sup>6</sup> m<sup>2</sup>; don’t.</p><p>Nov 18</p><p>195 shares in 2019 500 times</p>")
	for _, quote := range []string{"It costs 1", "500 euros", "5 degrees", "tons, 10", "000 ships", "75 tons", "2.75 tons, 10 000 ships, 3", "½ m", "½ m, 10", "⁶ m²", "10⁶ m", "don", "t."} {
		if f := find(r, quote); !f.Found || f.CutsWord == "" {
			t.Errorf("%q: %+v", quote, f)
		}
	}
	for _, quote := range []string{"It costs 1,500 euros", "−5 degrees", "10 000 ships", "3½ m, 10⁶ m²", "don’t", "195 shares", "Nov 18", "in 2019", "500 times"} {
		if f := find(r, quote); !f.Found || f.CutsWord != "" {
			t.Errorf("%q: %+v", quote, f)
		}
	}
	if f := find(page("<p>港湾は安全だ。</p>"), "安全"); !f.Found || f.CutsWord != "" {
		t.Errorf("%+v", f)
	}
}

func TestBlocksHaveTheirPlaces(t *testing.T) {
	r := page("<p>No.</p><p>Nobody said no.</p><p>No.</p>")
	places := r.Places([]string{"No.", "Nobody said no.", "No.", "Yes."})
	if places[0] < 0 || places[1] <= places[0] || places[2] <= places[1] || places[3] != -1 {
		t.Errorf("%v", places)
	}
	if !r.Stands("No.", places[2]) || r.Stands("No.", places[1]) || r.Stands("", places[0]) || r.Stands("No.", -1) || r.Stands("No.", 1<<40) {
		t.Error("a block stands where another does, or not where it is")
	}
	if f := r.Find("No.", places[1], places[2]); f.Found {
		t.Errorf("%+v between two places", f)
	}
}

func TestMarkdownIsReadWithoutItsMarks(t *testing.T) {
	source := strings.Join([]string{"---", "title: 'It isn''t'", "---", "# Head #", "", "The *ramp* was __sound__[^1], see [the", "report](http://a.example/(x) \"t\") and [other][ref].",
		"", "> 1. quoted `a < b` item", "", "| Who | Said |", "|---|:-:|", "| Brandt | sound<br>not *damaged* |", "", "Kept ~~unsafe~~ \\*stars\\*, snake_case, 10<sup>6</sup>.",
		"", "2019. was a year", "", "```go", "if a < b { // [x](y)", "```", "", "[^1]: Ibid. <b>bold</b>", "[ref]: http://b.example", "", "Line one\\", "line two <ada@a.example>"}, "\n")
	r := verbatim.Read([]byte(source), verbatim.Format{MediaType: "text/markdown", Encoding: "utf-8"})
	for _, quote := range []string{"It isn't", "Head", "The ramp was sound[1], see the report and other.", "quoted a < b item", "Who · Said", "Brandt · sound\nnot damaged",
		"Kept ~~unsafe~~ *stars*, snake_case, 10⁶.", "if a < b { // [x](y)", "[1] Ibid. bold", "Line one\nline two ada@a.example"} {
		if !find(r, quote).Found {
			t.Errorf("%q is not found", quote)
		}
	}
	for _, quote := range []string{"The ramp sound", "Brandt damaged", "Kept unsafe", "http://a.example", "ramp was sound see"} {
		if find(r, quote).Found {
			t.Errorf("%q is found", quote)
		}
	}
}

func TestBytesAreReadInTheirEncoding(t *testing.T) {
	for _, tt := range []struct{ data, encoding, quote string }{
		{"caf\xE9 ouvert", "windows-1252", "café ouvert"},
		{"\xFF\xFEa\x00 \x00b\x00", "utf-16le", "a b"},
		{"\xEF\xBB\xBFa b", "", "a b"},
		{"a\xFFb c", "utf-8", "a\uFFFDb c"},
		{"hard-wrapped long-\nterm lines\r\n\r\nand more", "utf-8", "hard-wrapped long-term lines and more"},
	} {
		r := verbatim.Read([]byte(tt.data), verbatim.Format{MediaType: "text/plain", Encoding: tt.encoding})
		if !find(r, tt.quote).Found {
			t.Errorf("%q is not found in %q", tt.quote, tt.data)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"<p>a<s>b<p>c</s>d", "<table><td><b>x<table>y", "<svg><p>z<math><mfrac><mn>1", "<a href=#1>2<sup>3", "<!--><script><!--<script>", "<ruby>a<rt>b<rp>c",
		"<iframe srcdoc='<iframe srcdoc=x>'>", "[a](b)[^1]\n[^1]: c\n~~d~~ `e`", "---\na: b\n---\n|x|\n|-|\n", "\xFF\xFE<\x00p\x00"} {
		f.Add([]byte(seed), "word")
	}
	f.Fuzz(func(t *testing.T, data []byte, quote string) {
		for _, kind := range []verbatim.Format{{MediaType: "text/html"}, {MediaType: "text/html", XML: true}, {MediaType: "text/markdown"}, {MediaType: "text/plain"}} {
			r := verbatim.Read(data, kind)
			places := r.Places([]string{quote})
			if places[0] >= 0 && !r.Stands(quote, places[0]) {
				t.Fatalf("%+v: %q is placed where it does not stand", kind, quote)
			}
			if places[0] >= 0 && !find(r, quote).Found {
				t.Fatalf("%+v: %q has a place and is not found", kind, quote)
			}
		}
	})
}

func TestWhatAPageSaysOfItselfIsToldFromWhatItShows(t *testing.T) {
	r := page("<p>The ramp is sound.</p>")
	if f := find(r, "A title"); !f.Found || !f.Unshown {
		t.Errorf("%+v", f)
	}
	if f := find(r, "The ramp is sound."); !f.Found || f.Unshown {
		t.Errorf("%+v", f)
	}
	md := verbatim.Read([]byte("---\ntitle: A title\n---\nThe ramp is sound.\n"), verbatim.Format{MediaType: "text/markdown"})
	if f := find(md, "A title"); !f.Unshown || find(md, "The ramp is sound.").Unshown {
		t.Errorf("%+v", f)
	}
}

// What the page's own stylesheets hide by a simple selector is not there.
func TestStylesheetsHideAndStrike(t *testing.T) {
	for _, tt := range []struct {
		css, body, quote string
		want             bool
	}{
		{".x{display:none}", "has <i class='y x'>not</i> said", "has said", true},
		{".x{display:none}", "has <i class='y x'>not</i> said", "has not said", false},
		{"/* } */ i.x, p.z { color:red; display : none }", "has <i class=x>not</i> said", "has said", true},
		{"b.x{display:none}", "has <i class=x>not</i> said", "has not said", true},
		{".a .x{display:none} .x:hover{display:none} @media print{.x{display:none}}", "has <i class=x>not</i> said", "has not said", true},
		{".x{display:none} #i{display:inline}", "has <i class=x id=i>not</i> said", "has not said", true},
		{".x{display:none} .x{display:inline}", "has <i class=x>not</i> said", "has not said", true},
		{".x{display:none}", "has <i class=x style='display:inline'>not</i> said", "has not said", true},
		{".x{text-decoration:line-through red}", "has <i class=x>not</i> said", "has ~~not~~ said", true},
		{".x{vertical-align:super}", "10<i class=x>6</i>", "10⁶", true},
	} {
		r := page("<style>" + tt.css + "</style><p>" + tt.body + "</p>")
		if got := find(r, tt.quote).Found; got != tt.want {
			t.Errorf("%s: %q in %s: %v", tt.css, tt.quote, tt.body, got)
		}
	}
}
