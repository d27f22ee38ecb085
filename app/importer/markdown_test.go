package importer

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rejoinder/app"
)

func TestAMarkdownFileKeepsItsStructure(t *testing.T) {
	doc := read(t, "notes.md", fixture(t, "notes.md"))
	wantOutline(t, doc.Content,
		"heading1: Cameras on the quay: what is known",
		"paragraph: The plan was dropped on Thursday, see the statement and minutes.txt.",
		"heading2: Who said what",
		"list-item1: The council",
		"list-item2: says it listened",
		"list-item1: The union *disputes* that & asks for an inquiry",
		"quotation: They wanted to know who meets whom.",
		"code: if camera {\n    stop()\n}",
		"paragraph: actor · stance",
		"paragraph: union · disputes",
		"paragraph: company · silent")
	want := "emphasis(dropped) strong(Thursday) link(the statement)→https://ferrypost.example/s code(minutes.txt)"
	if got := spans(doc.Content); got != want {
		t.Errorf("spans %s", got)
	}
}

func TestFrontMatterSaysWhereAFileComesFrom(t *testing.T) {
	doc := read(t, "notes.md", fixture(t, "notes.md"))
	if doc.Title != "Cameras on the quay: what is known" || !slices.Equal(doc.Authors, []string{"Ada Quill", "Ben Okoro"}) ||
		doc.Publisher != "The Ferry Post" || doc.URL != "https://ferrypost.example/known" ||
		doc.Published != "2021-03-07" || doc.Language != "en" || doc.Kind != app.KindNewspaper {
		t.Errorf("%+v", doc)
	}
	doc = read(t, "a.md", "---\ntitle: 'Clipped'\nauthor:\n  - \"[[Ada Quill]]\"\n  - Ben Okoro\n# a comment\n\n"+
		"source: https://ferrypost.example/1\ndate: soon\n...\nJust text.\n")
	if doc.Title != "Clipped" || len(doc.Authors) != 2 || doc.Authors[0] != "Ada Quill" || doc.Publisher != "" ||
		doc.URL != "https://ferrypost.example/1" || doc.Published != "" {
		t.Errorf("%+v", doc)
	}
	wantOutline(t, doc.Content, "heading1: Clipped", "paragraph: Just text.")
}

func TestARuleAtTheTopIsNoFrontMatter(t *testing.T) {
	for _, text := range []string{
		"---\nIt begins here.\n---\nAnd goes on.",
		"---\nkey: value\nbut it never ends",
		"---\n" + strings.Repeat("key: value\n", 10_000) + "---\n",
		"---\ntitle: A\nprose behind it\n---\n",
	} {
		if doc := read(t, "a.md", text); doc.Title == "A" || doc.Publisher != "" {
			t.Errorf("%.40q: %q", text, doc.Title)
		}
	}
}

func TestWhereTheTitleOfAMarkdownFileComesFrom(t *testing.T) {
	for _, tt := range []struct{ text, title, outline string }{
		{"# One\n\nText", "One", "heading1: One\nparagraph: Text"},
		{"Text\n\n# One\n", "One", "heading1: One\nparagraph: Text"},
		{"## Two\n\nText", "Two", "heading1: Two\nparagraph: Text"},
		{"Only text", "Only text", "heading1: Only text"},
		{"First\\\nsecond", "First", "paragraph: First\nsecond"},
		{"---\ntitle: Named\n---\n# Other", "Named", "heading1: Named\nheading1: Other"},
		{"---\ntitle: Named\n---\n", "Named", "heading1: Named"},
	} {
		doc := read(t, "a.md", tt.text)
		if doc.Title != tt.title || outline(doc.Content) != tt.outline {
			t.Errorf("%q: %q\n%s", tt.text, doc.Title, outline(doc.Content))
		}
	}
}

func TestMarkdownInItsLessUsualForms(t *testing.T) {
	doc := read(t, "a.md", "Title\n=====\n\n"+
		"A *wide **and** nested* style, <https://a.example/?x=1&y=2>, <ada@a.example> and [here](#below).\n\n"+
		"1. one\n\n   goes on\n\n   > said\n2. two\n\n"+
		"> - quoted item\n>\n>   goes on\n\n"+
		"<div>From a <b>tag</b></div>\n\n"+
		"![picture](p.png) 汉字\n汉字 &copy; \\[x] <br>\n\n"+
		"\tindented\n\t  code\n")
	wantOutline(t, doc.Content,
		"heading1: Title",
		"paragraph: A wide and nested style, https://a.example/?x=1&y=2, ada@a.example and here.",
		"list-item1#1: one", "paragraph: goes on", "quotation: said", "list-item1#2: two",
		"list-item1: quoted item", "quotation: goes on",
		"paragraph: From a tag",
		"paragraph: 汉字汉字 © [x]",
		"code: indented\n  code")
	want := "emphasis(wide and nested) strong(and) link(https://a.example/?x=1&y=2)→https://a.example/?x=1&y=2 " +
		"link(ada@a.example)→mailto:ada@a.example strong(tag)"
	if got := spans(doc.Content); got != want {
		t.Errorf("spans %s", got)
	}
}

func TestHostileMarkdownDoesNotHang(t *testing.T) {
	var fences strings.Builder
	for i := range 2000 {
		fmt.Fprint(&fences, "e", strings.Repeat("`", i))
	}
	for name, text := range map[string]string{
		"open links":  strings.Repeat("[a](b", 50_000),
		"brackets":    strings.Repeat("![", 60_000),
		"stars":       strings.Repeat("*a_ ", 50_000),
		"fences":      fences.String(),
		"quotations":  strings.Repeat(">", 50_000) + " a",
		"nested list": strings.Repeat("- ", 200) + "a",
		"deep list":   strings.Repeat("  ", 150) + "- a",
		"tables":      strings.Repeat("|", 5000) + "\n" + strings.Repeat("|-", 5000) + "\n" + strings.Repeat("|a\n", 2000),
	} {
		patient := &Importer{patience: 24 * time.Hour} // it is refused for what it is, not for how long it takes
		if _, err := patient.Read(t.Context(), "a.md", []byte(text), app.ReadAs{}); !errors.Is(err, app.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	im := &Importer{}
	if _, err := im.Read(t.Context(), "a.md", []byte("words"), app.ReadAs{}); !errors.Is(err, app.ErrInvalid) {
		t.Error(err)
	}
}

func TestALongHarmlessFileIsRead(t *testing.T) {
	text := "# Links\n\n" + strings.Repeat("- [a title](https://a.example/) and *more* of it\n", 4_000) +
		strings.Repeat("* ", 200) + "\n\n2019 was a year\n"
	if doc := read(t, "a.md", text); len(doc.Content.Blocks) != 4_003 { // the stars are a rule
		t.Error(len(doc.Content.Blocks))
	}
}

func TestMarkdownKeepsNumbersAndRules(t *testing.T) {
	doc := read(t, "a.md", "---\ntitle: T\n---\n\n***\n\n3. three\n4. four\n   - dot\n   1. inner\n\n   more of four\n5. five\n\n- - -\n\n***\n\nAfter.\n\n<hr>\n\nLast.\n\n---\n")
	wantOutline(t, doc.Content, "heading1: T", "list-item1#3: three", "list-item1#4: four", "list-item2: dot", "list-item2#1: inner",
		"paragraph: more of four", "list-item1#5: five", "rule: * * *", "paragraph: After.", "rule: * * *", "paragraph: Last.")
}
