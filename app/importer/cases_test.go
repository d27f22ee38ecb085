package importer

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
)

// Pages and texts on which readers of other tools cut, merged or lost words. Each
// stands for a kind; the texts are ours.
func TestWhatIsReadIsWhatIsThere(t *testing.T) {
	for _, tt := range []struct {
		file string
		has  []string // blocks, whole
		not  []string
	}{
		{"middle2.html", []string{"Brandt has not said that the ramp was sound."}, nil},
		{"nobr.html", []string{"The sixth NORTH-FUND paid the marked amount to Custom Element and underlined party for three ramps."}, nil},
		{"inline-time.html", []string{"Element time: yesterday the head of the NORTH FUND said before all members of the board that she would pay half of it."}, nil},
		{"inline-button.html", []string{"Element button: yesterday the head of the NORTH FUND said before all members of the board that she would pay half of it."}, nil},
		{"correction-aside.html", []string{"Correction, 14 May: An earlier version of this article said that Brandt had resigned. She has not."}, []string{"Home", "Sport"}},
		{"figcaption.html", []string{"The north ramp on Tuesday, cracked along its whole length. Photo: Oda Lien", "I never said the ramp was safe.",
			"— Ilse Brandt (@ib) May 13, 2024", "What the law says", "The owner of a ramp has to repair it within a year of the damage."}, []string{"Imprint"}},
		{"list-in-body.html", []string{"the ramp was sound in March", "the storm came in April"}, nil},
		{"sup.html", []string{"The pier holds 10⁶ tons of stone and CO₂ rose by 4² parts; the report[3] says so."}, nil},
		{"del.html", []string{"Brandt said the ramp was ~~unsafe~~ sound and that ~~nobody~~ everybody knew it; ~~she resigned~~."}, nil},
		{"only-in-jsonld.html", []string{"Nobody from the region came to the meeting, but a letter read aloud at its end promised an answer within three weeks."},
			[]string{"JavaScript"}},
		{"nul-byte.html", []string{"The ferry board met on Monday evening to settle who pays for the broken ramp at the north landing, and the meeting went on until almost midnight."}, nil},
		{"xhtml-selfclose.xhtml", []string{"Two members disagreed, saying that the second report had been written before the storm and could not have described the damage."}, nil},
		{"footnotes.md", []string{"The ramp was sound[1], said Brandt[2], and closed[3].", "[1] Ibid.", "[2] https://paper.example/report",
			"[3] The report of the engineer, p. 4."}, nil},
		{"br.md", []string{"Brandt · sound\nnot damaged", "Council · will not pay\nwill not mediate", "First line\nsecond line and 10⁶ tons, ramp ~~unsafe~~ sound."}, nil},
	} {
		doc := read(t, tt.file, fixture(t, "cases/"+tt.file))
		var blocks []string
		for _, b := range doc.Content.Blocks {
			blocks = append(blocks, app.Slice(doc.Content.Plain, b.Start, b.End))
		}
		for _, want := range tt.has {
			if !slices.Contains(blocks, want) {
				t.Errorf("%s has no block %q:\n%s", tt.file, want, strings.Join(blocks, "\n"))
			}
		}
		for _, no := range tt.not {
			if strings.Contains(doc.Content.Plain, no) {
				t.Errorf("%s has %q", tt.file, no)
			}
		}
	}
}

func TestWhatIsLeftOutIsCountedAndCanBeTakenIn(t *testing.T) {
	data := []byte(fixture(t, "cases/date-base.html"))
	doc, err := New().Read(t.Context(), "a.html", data, app.ReadAs{})
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for i, l := range doc.LeftOut {
		left = append(left, string(l.Kind)+": "+l.Text)
		if l.Number != i+1 {
			t.Errorf("number %d of %d", l.Number, i+1)
		}
	}
	want := []string{"menu: Home", "menu: News", "menu: Sport", "around: Imprint and contact"}
	if !slices.Equal(left, want) || doc.Provenance.LeftOut != len(want) {
		t.Errorf("%q, %d", left, doc.Provenance.LeftOut)
	}
	in, err := New().Read(t.Context(), "a.html", data, app.ReadAs{TakeIn: []int{4}})
	if err != nil || !strings.HasSuffix(in.Content.Plain, "\n\nImprint and contact") || len(in.LeftOut) != 3 {
		t.Errorf("%v %q", err, in.Content.Plain)
	}
	all, err := New().Read(t.Context(), "a.html", data, app.ReadAs{Whole: true})
	if err != nil || !strings.Contains(all.Content.Plain, "Sport") || len(all.LeftOut) != 0 {
		t.Errorf("%v %q", err, all.Content.Plain)
	}
}

func TestThePageBesideItsDataCanBeTakenIn(t *testing.T) {
	data := []byte(fixture(t, "cases/only-in-jsonld.html"))
	for _, as := range []app.ReadAs{{TakeIn: []int{1}}, {Whole: true}} {
		doc, err := New().Read(t.Context(), "a.html", data, as)
		if err != nil || !strings.Contains(doc.Content.Plain, "Please enable JavaScript") || len(doc.LeftOut) != 0 {
			t.Errorf("%+v: %v %q", as, err, doc.Content.Plain)
		}
		if taken := strings.Contains(doc.Content.Plain, "Nobody from the region"); taken == as.Whole {
			t.Errorf("%+v: %q", as, doc.Content.Plain)
		}
	}
}

func TestWhatIsNotShownIsNotRead(t *testing.T) {
	long := strings.Repeat("The board met again and nothing was settled that evening. ", 12)
	for _, hidden := range []string{
		`<span hidden>not </span>`, `<span style="color:red; DISPLAY : none !important">not </span>`, `<script>not </script>`,
		`<style>not </style>`, `<span style="visibility:hidden">not </span>`, `<dialog>not </dialog>`, `<template>not </template>`,
		`<style>.x{display:none}</style><i class="x">not </i>`, `<style>i#y, b { visibility: hidden }</style><i id=y>not </i>`,
		`<noscript>not </noscript>`, `<!-- not -->`, `<select><option>not </select>`, `<svg><text>not </text></svg>`, `<textarea>not </textarea>`,
	} {
		doc := read(t, "a.html", "<html><body><article><p>"+long+"</p><p>Brandt did "+hidden+"say that.</p><p>"+long+"</p></article></body></html>")
		if strings.Contains(doc.Content.Plain, "not ") {
			t.Errorf("%s: %q", hidden, doc.Content.Plain)
		}
	}
	for _, shown := range []string{
		`<span hidden="until-found">not </span>`, `<span style="display:none; display:inline">not </span>`, `<details><p>not </p></details>`,
		`<style>.a .x{display:none} @media print{.x{display:none}} b.x{display:none}</style><i class="x">not </i>`,
		`<span aria-hidden="true">not </span>`, `<button>not </button>`, `<label>not </label>`, `<template shadowrootmode="open">not </template>`,
		`<iframe srcdoc="&lt;p&gt;not &lt;/p&gt;"></iframe>`, `<x-word>not </x-word>`, `<dialog open>not </dialog>`,
	} {
		doc := read(t, "a.html", "<html><body><article><p>"+long+"</p><div>Brandt did "+shown+"say that.</div><p>"+long+"</p></article></body></html>")
		if !strings.Contains(doc.Content.Plain, "not") || !strings.Contains(doc.Content.Plain, "say that.") {
			t.Errorf("%s: %q", shown, doc.Content.Plain)
		}
	}
}

func TestSignsThatCarryMeaningAreWritten(t *testing.T) {
	for in, want := range map[string]string{
		`10<sup>-6</sup> m`:      "10⁻⁶ m",
		`10<sup>a b</sup>`:       "10^(a b)",
		`x<sup>k</sup>`:          "x^k",
		`the 1<sup>st</sup> day`: "the 1st day",
		`Brandt<sup>®</sup>`:     "Brandt®",
		`x<sub>max</sub>`:        "x_(max)",
		`so<sup class="reference"><a href="#n">[4]</a></sup>`:                      "so[4]",
		`so<a href="#n"><sup>4</sup></a>.`:                                         "so[4].",
		`so<a href="#n">4</a>.`:                                                    "so[4].",
		`chapter <a href="#n">4</a>`:                                               "chapter 4",
		`10<span style="vertical-align: super">6</span>`:                           "10⁶",
		`<sup>small print that is no sign at all</sup>`:                            "small print that is no sign at all",
		`was <span style="text-decoration: line-through">un</span>safe`:            "was ~~un~~safe",
		`<style>.o{text-decoration:line-through}</style>was <i class=o>un</i>safe`: "was ~~un~~safe",
		`<del>It is safe.</del> <ins>It is not.</ins>`:                             "~~It is safe.~~ It is not.",
		`<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>`:                          "漢字(かんじ)",
		`<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>`:                                     "漢(かん)字(じ)",
		`No <img alt="😀" src="e.png"> way`:                                         "No 😀 way",
		`did <img alt="not" src="n.png"> say`:                                      "did [not] say",
		`<img alt="Harbour at dusk" src="h.jpg"> It`:                               "It",
		`<img class="emoji" alt="thumbs up">`:                                      "thumbs up",
		`he <q>never</q> said`:                                                     "he “never” said",
		`<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> of`:                      "1/2 of",
		`<math alttext="x^2"><msup><mi>x</mi><mn>2</mn></msup></math>`:             "x^2",
		`sound<br>not damaged`:                                                     "sound\nnot damaged",
		`a<wbr>b &shy;c`:                                                           "ab \u00ADc",
	} {
		doc := read(t, "a.html", "<title>T</title><p>"+in+"</p>")
		if got := strings.TrimPrefix(doc.Content.Plain, "T\n\n"); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

func TestAPageThatGivesAlmostNothingIsDoubted(t *testing.T) {
	for name, page := range map[string]string{
		"scripts": "<html><body><div id=root></div><p>Please enable JavaScript to read this page.</p></body></html>",
		"a wall":  "<html><body><p>" + strings.Repeat("We value your privacy. ", 8) + "Accept all cookies to go on.</p></body></html>",
		"an app":  "<html><script>" + strings.Repeat("var a = 1;", 5000) + "</script><body><p>" + strings.Repeat("loading words ", 15) + "</p></body></html>",
	} {
		if doc := read(t, "a.html", page); len(doc.Provenance.Doubts) != 1 {
			t.Errorf("%s: %q", name, doc.Provenance.Doubts)
		}
	}
	if doc := read(t, "report.html", fixture(t, "report.html")); len(doc.Provenance.Doubts) != 0 {
		t.Errorf("%q", doc.Provenance.Doubts)
	}
}

func TestFrontMatterIsYAMLOrTOML(t *testing.T) {
	for name, want := range map[string]app.Imported{
		"frontmatter-authors.md":     {Title: "Ramp quarrel", Authors: []string{"Lien, Oda", "Brandt, Ilse"}, Published: "2024-05-13"},
		"frontmatter-folded.md":      {Title: "The island council answers the ferry board that it will never pay for a ramp that it does not own", Authors: []string{"Oda Lien"}, Published: "2024-05-13"},
		"frontmatter-singlequote.md": {Title: "Board: the ramp isn't ours", Authors: []string{"Oda Lien"}},
	} {
		doc := read(t, name, fixture(t, "cases/"+name))
		if doc.Title != want.Title || !slices.Equal(doc.Authors, want.Authors) || doc.Published != want.Published {
			t.Errorf("%s: %q %q %q", name, doc.Title, doc.Authors, doc.Published)
		}
	}
	for _, text := range []string{
		"+++\ntitle = \"A \\\"B\\\"\" # no part of it\nauthors = [\"Lien, Oda\", \"I. Brandt\"]\ndate = 2024-05-13T10:00:00Z\n+++\nText.",
		"---\ntitle: A \"B\" # no part of it\nauthors:\n- name: Lien, Oda\n- I. Brandt\ndate: 2024-05-13 # so it says\n---\nText.",
	} {
		doc := read(t, "a.md", text)
		if doc.Title != `A "B"` || !slices.Equal(doc.Authors, []string{"Lien, Oda", "I. Brandt"}) || doc.Published != "2024-05-13" {
			t.Errorf("%q: %q %q %q", text, doc.Title, doc.Authors, doc.Published)
		}
	}
}

func TestEncodingsAreFoundOrSaid(t *testing.T) {
	for _, tt := range []struct {
		file, begins, encoding string
		guessed                bool
		bad                    int
	}{
		{"encoding-cut.txt", "Brandt said the ramp was sound, and the café owner agreed with the naïve view. Price: 40 \uFFFD", "utf-8", false, 1},
		{"encoding-mixed-few.txt", "Brandt said “the ramp was sound” and left. The cafe owner, Ren\uFFFD Dahl", "utf-8", false, 1},
		{"encoding-pl-1250.txt", "Rada promowa zebrała się w poniedziałek wieczorem, żeby rozstrzygnąć", "windows-1250", true, 0},
		{"encoding-ja-short-sjis.txt", "坂道は安全だ。", "shift_jis", true, 0},
	} {
		doc := read(t, tt.file, fixture(t, "cases/"+tt.file))
		p := doc.Provenance
		if !strings.HasPrefix(doc.Content.Plain, tt.begins) || p.Encoding != tt.encoding || p.Guessed != tt.guessed || p.BadBytes != tt.bad {
			t.Errorf("%s: %+v %q", tt.file, p, doc.Content.Plain)
		}
		if tt.guessed && (p.Confidence < 1 || p.Confidence > 50) {
			t.Errorf("%s: %d %% sure of a short text", tt.file, p.Confidence)
		}
	}
	data, err := os.ReadFile(filepath.Join("testdata", "cases", "encoding-pl-1250.txt"))
	if err != nil {
		t.Fatal(err)
	}
	chosen, err := New().Read(t.Context(), "a.txt", data, app.ReadAs{Encoding: "ISO-8859-1"})
	if err != nil || !strings.Contains(chosen.Content.Plain, "zebra³a siê") || chosen.Provenance.Guessed || chosen.Provenance.Encoding != "windows-1252" {
		t.Errorf("%v %+v", err, chosen)
	}
	if _, err := New().Read(t.Context(), "a.txt", data, app.ReadAs{Encoding: "klingon"}); err == nil {
		t.Error("there is no such encoding")
	}
}

func TestDatesAreTheSourcesOwn(t *testing.T) {
	for _, tt := range []struct{ file, want string }{
		{"date-jalali.html", ""}, {"date-base.html", ""}, {"date-head-fr.txt", "2024-05-13"}, {"inline-time.html", ""}, {"only-in-jsonld.html", "2024-05-13"},
	} {
		if doc := read(t, tt.file, fixture(t, "cases/"+tt.file)); string(doc.Published) != tt.want {
			t.Errorf("%s: %q, want %q", tt.file, doc.Published, tt.want)
		}
	}
	for in, want := range map[string]app.Date{
		"13 mai 2024": "2024-05-13", "13. Mai 2024": "2024-05-13", "13 de mayo de 2024": "2024-05-13", "13 maggio 2024": "2024-05-13",
		"13 мая 2024 г.": "2024-05-13", "13 maja 2024": "2024-05-13", "2024年5月13日": "2024-05-13", "２０２４年５月１３日": "2024-05-13",
		"2024년 5월 13일": "2024-05-13", "١٣ مايو ٢٠٢٤": "2024-05-13", "lundi 13 mai 2024": "2024-05-13", "May 13, 2024 10:00": "2024-05-13",
		"1er janvier 2024": "2024-01-01", "13.05.2024": "2024-05-13", "13/05/2024": "2024-05-13", "05/13/2024": "2024-05-13",
		"mai 2024": "2024-05", "2024": "2024", "2024-05": "2024-05",
		"05/06/2024": "", "1403/02/24": "", "1445-08-01": "", "2567-05-13": "", "令和6年5月13日": "", "30 February 2024": "", "2024-02-30": "",
		"31 avril 2024": "", "13 listopad 2024": "", "24 اردیبهشت 1403": "", "soon": "", "May": "", "13 May": "", "99 May 2024": "",
	} {
		if got := parseDate(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// What an adversary got certified, each of a kind.
func TestWhatOnlyABrowserKnowsIsReadOrDoubted(t *testing.T) {
	for in, want := range map[string]string{
		`<style>.x::before{content:"not "}</style>is <i class=x>safe</i>`:                       "is not safe",
		`<style>p:after { content: ' he lied' }</style>is safe`:                                 "is safe he lied",
		`<style>.x:before{content:"\2014"}</style>is <i class=x>safe</i>`:                       "is safe",
		`<style>.x{display:inline!important}</style><i class=x style=display:none>not</i> safe`: "not safe",
		`is <i style="font-size:0">not </i>safe`:                                                "is safe",
		`is <i style="position:absolute; left:-9999px">not </i>safe`:                            "is safe",
		`is <i style="display:/**/none">not </i>safe`:                                           "is safe",
		`is <i style="content:';display:none;'">not </i>safe`:                                   "is not safe",
		`is <i popover>not </i>safe`:                                                            "is safe",
		`5<span style="display:block">000</span>`:                                               "5\n\n000",
		`12<span style="display:inline-block">34</span>`:                                        "12 34",
		`<math><mroot><mn>27</mn><mn>3</mn></mroot></math>`:                                     "3√(27)",
		`<math><mphantom><mn>44</mn></mphantom><mn>5</mn></math>`:                               "5",
		`<table><tr><th>Port<th>Unsafe<th>Safe<tr><td>Riga<td><td>yes</table>`:                  "Port · Unsafe · Safe\n\nRiga · · yes",
	} {
		doc := read(t, "a.html", "<title>T</title><p>"+in+"</p>")
		if got := strings.TrimPrefix(doc.Content.Plain, "T\n\n"); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
	for name, in := range map[string]string{
		"a picture of words": `is <svg><text y=15>not</text></svg> safe`,
		"slots":              `<div><template shadowrootmode=open>is <slot name=a>fallback</slot> safe</template><span slot=a>never</span></div>`,
	} {
		long := strings.Repeat("The board met again and nothing was settled that evening. ", 12)
		if doc := read(t, "a.html", "<title>T</title><p>"+long+"</p><p>"+in+"</p>"); len(doc.Provenance.Doubts) != 1 {
			t.Errorf("%s: %q", name, doc.Provenance.Doubts)
		}
	}
	body := strings.Repeat("The board met again and nothing at all was settled on that evening in May. ", 10)
	data := `<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"` + strings.Repeat(body, 2) + `"}</script>`
	if doc := read(t, "a.html", data+"<p>"+body+"</p><p>"+body+"</p>"); doc.Provenance.Source != app.SourcePage {
		t.Error("linked data took the place of a page that shows its text")
	}
}

func TestAnEncodingIsNotTakenOutOfACommentOrAScript(t *testing.T) {
	for _, head := range []string{
		`<!-- <meta charset="iso-8859-2"> --><meta charset="windows-1252">`, `<script>var x="<meta charset=iso-8859-2>"</script><meta charset="windows-1252">`,
		`<meta name=description content="<meta charset=iso-8859-2>"><meta charset="windows-1252">`,
		`<meta name="x" content="text/html; charset=iso-8859-2"><meta http-equiv=Content-Type content="text/html; charset=windows-1252">`,
	} {
		doc := read(t, "a.html", "<html><head>"+head+"</head><p>\xA35 and \xBD tons")
		if !strings.Contains(doc.Content.Plain, "£5 and ½ tons") {
			t.Errorf("%s: %q", head, doc.Content.Plain)
		}
	}
}
