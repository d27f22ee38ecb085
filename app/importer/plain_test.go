package importer

import (
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
)

func TestAPlainTextBeginsWithItsHeadline(t *testing.T) {
	doc := read(t, "a.txt", "\n\nThe plan is dropped\r\n\r\nThe council said so.\n\n\nMore news: One\nMore news: Two\n")
	wantOutline(t, doc.Content,
		"heading1: The plan is dropped", "paragraph: The council said so.",
		"paragraph: More news: One", "paragraph: More news: Two")
	if doc.Title != "The plan is dropped" || doc.Kind != app.KindDocument || doc.DateSource != app.DateUnknown {
		t.Errorf("%+v", doc)
	}
}

func TestLinesOfHeadlinesAreNotOneParagraph(t *testing.T) {
	lines := []string{
		"More news: The ferry company has still not paid its crews",
		"More news: 'Captain' Okoro takes the harbour's oldest boat out for a last trip",
		"More news: A strange light is seen over three of the islands",
	}
	doc := read(t, "a.txt", "Headline\n\n"+strings.Join(lines, "\n"))
	if got := len(doc.Content.Blocks); got != 4 {
		t.Errorf("%d blocks:\n%s", got, outline(doc.Content))
	}
}

func TestHardWrappedLinesArePutTogether(t *testing.T) {
	doc := read(t, "wrapped.txt", fixture(t, "wrapped.txt"))
	wantOutline(t, doc.Content,
		"heading1: The ferry that did not sail",
		"paragraph: The ferry did not sail",
		"paragraph: on Thursday, and nobody at the harbour could tell the passengers why. They waited on "+
			"the quay until the evening, when a clerk came out of the office and read a notice from a sheet "+
			"of paper that the wind tried to take from her.",
		"paragraph: The company said later that the engine had failed. Two of the crew, who asked not to "+
			"be named, said that the engine was well and that the captain had not been paid since the turn "+
			"of the year, a claim that the company calls a well-known rumour.")
}

func TestAHeaderSaysWhereATextComesFrom(t *testing.T) {
	doc := read(t, "wrapped.txt", fixture(t, "wrapped.txt"))
	if doc.Title != "The ferry that did not sail" || !slices.Equal(doc.Authors, []string{"Ada Quill", "Ben Okoro"}) {
		t.Errorf("%q %q", doc.Title, doc.Authors)
	}
	if doc.Published != "2021-03-04" || doc.DateSource != app.DateDeclared || doc.Language != "en" {
		t.Errorf("%q %q %q", doc.Published, doc.DateSource, doc.Language)
	}
	if doc.Publisher != "The Ferry Post" || doc.URL != "https://ferrypost.example/ferry" || doc.Kind != app.KindNewspaper {
		t.Errorf("%q %q %q", doc.Publisher, doc.URL, doc.Kind)
	}
}

func TestWhatIsNoHeaderStaysText(t *testing.T) {
	for _, text := range []string{
		"Title: A play\n\nIt begins.",                  // one line is none
		"Source: the clerk\nWitness: the mate\n\nWhat", // an unknown field
	} {
		if doc := read(t, "a.txt", text); doc.Publisher != "" || !strings.Contains(doc.Content.Plain, ": ") {
			t.Errorf("%q became %q", text, doc.Content.Plain)
		}
	}
	doc := read(t, "a.txt", "Title: The plan\nDate: last Thursday\nAuthor:\n\nIt is dropped.")
	wantOutline(t, doc.Content, "heading1: The plan", "paragraph: Date: last Thursday", "paragraph: It is dropped.")
	doc = read(t, "a.txt", "Title: Only a title\nLanguage: German\n\n")
	wantOutline(t, doc.Content, "heading1: Only a title")
}

func TestALongFirstLineIsNoHeadline(t *testing.T) {
	line := strings.TrimSpace(strings.Repeat("many words without an end ", 12))
	doc := read(t, "a.txt", line+"\n\nThen more.")
	wantOutline(t, doc.Content, "paragraph: "+line, "paragraph: Then more.")
	if n := app.RuneCount(doc.Title); n > 201 || n < 180 || !strings.HasSuffix(doc.Title, "without…") &&
		!strings.HasSuffix(doc.Title, "an…") && !strings.HasSuffix(doc.Title, "words…") &&
		!strings.HasSuffix(doc.Title, "end…") && !strings.HasSuffix(doc.Title, "many…") {
		t.Errorf("%d %q", n, doc.Title)
	}
}

func TestWrappedChineseIsJoinedWithoutSpaces(t *testing.T) {
	text := "港口\n\n委员会星期四表示，不会在码头安装摄像头，因为当地居民已经抗议了四个月，并且两名委\n" +
		"员也公开反对这项计划。主席说，他们听取了各方面的意见，决定不再继续推进这个项目，也不\n" +
		"会再向那家公司支付费用。居民工会对此提出异议，要求进行独立调查，并公布所有的会议记录\n和合同。"
	doc := read(t, "a.txt", text)
	if len(doc.Content.Blocks) != 2 || strings.Contains(doc.Content.Plain, "委 员") ||
		!strings.Contains(doc.Content.Plain, "两名委员也") {
		t.Error(outline(doc.Content))
	}
}

func TestListsInWrappedTextsStayLists(t *testing.T) {
	text := strings.Replace(fixture(t, "wrapped.txt"), "The company said", "- The company said", 1) +
		"- one more item\n  an indented paragraph\n"
	doc := read(t, "a.txt", text)
	got := outline(doc.Content)
	for _, want := range []string{"\nparagraph: - The company", "\nparagraph: - one more item", "\nparagraph: an indented"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestDatesAsDocumentsWriteThem(t *testing.T) {
	for text, want := range map[string]app.Date{
		"2021-03-04":                    "2021-03-04",
		"2021-03-04T23:30:00-05:00":     "2021-03-04",
		"2021/3/4":                      "2021-03-04",
		"20210304":                      "2021-03-04",
		"20210304T101500Z":              "2021-03-04",
		"2021-03":                       "2021-03",
		"2021":                          "2021",
		"4 March 2021":                  "2021-03-04",
		"March 4th, 2021":               "2021-03-04",
		"Thu, 04 Mar 2021 10:15:00 GMT": "2021-03-04",
		"Thursday 4 March 2021":         "2021-03-04",
		"Mar 2021":                      "2021-03",
		"4.3.2021":                      "2021-03-04",
		"2021年3月4日":                     "2021-03-04",
		"03/04/2021":                    "", // March or April
		"2021-13-45":                    "",
		"0004-01-01":                    "",
		"last week":                     "",
		"":                              "",
	} {
		if got := parseDate(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
