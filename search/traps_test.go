package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
)

// asks is what queries find, by what they are asked for.
type asks [][2]string

// each asks an index of some articles.
func (a asks) each(t *testing.T, docs ...app.Document) {
	t.Helper()
	ix := synced(t, opened(t, t.TempDir(), newLedger(docs...)))
	for _, c := range a {
		r, err := ix.Search(t.Context(), app.SearchQuery{Text: c[0]})
		if err != nil {
			t.Errorf("%q: %v", c[0], err)
			continue
		}
		got := idsOf(r)[:r.Whole]
		slices.Sort(got)
		if strings.Join(got, " ") != c[1] {
			t.Errorf("%q finds %q, not %q", c[0], got, c[1])
		}
	}
}

func TestOperatorsMeanWhatTheySay(t *testing.T) {
	asks{
		{"NOT war", "b e"}, {"-war", "b e"}, {"peace NOT war", "b"},
		{"war AND terror", "a"}, {"war terror", "a"}, {"war OR peace", "a b c d"},
		{"WA*", "a c d"}, {"wa*", "a c d"}, {"W?r*", "a c d"}, {"*ar", "a c d"}, {"war?", "a c d"},
		{"-war -peace", "e"}, {"NOT (war OR peace)", "e"}, {"NOT zzz", "a b c d e"},
	}.each(t,
		article("a", "War", "war on terror"), article("b", "Peace", "no terror"), article("c", "x", "War and peace"),
		article("d", "Other wars", "war"), article("e", "Else", "terrible"))
}

func TestNothingTypedIsAnError(t *testing.T) {
	asks{
		{"https://www.example.com/way/out?x=y#z", "url"}, {"www.example.com", "url"}, {"example.com/way", "url"},
		{"a:b:c:d", "abc"}, {"foo:bar", "foo"}, {`"open quote`, "quote"}, {`say "open quote`, "quote"},
		{"someone@example.org", "mail"}, {"10.1000/xyz123", "doi"}, {"doi:10.1000/xyz123", "doi"},
		{"COVID-19", "covid covid2"}, {"covid19", "covid covid2"}, {"Covid 19", "covid covid2"}, {`"COVID-19"`, "covid covid2"},
		{"(", ""}, {")", ""}, {"AND", ""}, {"mail OR", ""}, {"*", ""}, {"~", ""}, {"NEAR(", ""}, {"title:", ""}, {`\`, ""}, {"-", ""}, {"🙂", ""},
		{"\x00\xff", ""}, {strings.Repeat("(", 100), ""},
	}.each(t,
		article("url", "x", "See https://www.example.com/way/out?x=y#z for more"), article("abc", "x", "a:b:c:d"),
		article("foo", "x", "foo:bar"), article("quote", "x", "they say open quote"), article("mail", "x", "write to someone@example.org."),
		article("doi", "x", "doi:10.1000/xyz123 (2020)"), article("covid", "x", "COVID-19"), article("covid2", "x", "covid19"))
}

func TestPhrasesAreWordForWord(t *testing.T) {
	asks{
		{`"ministers said no"`, "a"}, {`"ministers no"`, ""}, {`"said ministers"`, ""}, {`"the ministers"`, "a"}, {`"of ministers"`, ""},
		{`"to be or not to be"`, "b"}, {`"be or"`, "b"}, {`"be not"`, "c"}, {`"who said"`, ""}, {`"said who"`, "c"},
		{"no", "a c"}, {"who", "c"}, {"NO WHO", "c"}, {`"no"`, "a c"}, {"-no", "b"}, {"the", "a c"},
		{`"ministers no"~1`, "a"}, {`"no ministers"~1`, "a"}, {"NEAR(the no, 2)", "a c"},
	}.each(t,
		article("a", "x", "The ministers said no."), article("b", "x", "To be or not to be"), article("c", "The no", "Not be not, said who?"))
}

// TestNearbyWordsMayRepeat has one word in several places of what is asked for.
func TestNearbyWordsMayRepeat(t *testing.T) {
	asks{
		{`"to be or not to be"~1`, "a"}, {`"no no no"~2`, "b"}, {`"no no no no"~2`, ""}, {`NEAR(no no, 3)`, "b c"},
		{`NEAR("forced labour" labour, 0)`, "d"}, {`NEAR("forced labour" labour, 1)`, "d e"},
		{`NEAR("labour" "labour", 5)`, "d e"}, {`"labour forced labour"~3`, "d e"},
	}.each(t,
		article("a", "x", "To be, or not to be"), article("b", "x", "No no no!"), article("c", "x", "no, said nobody, no"),
		article("d", "x", "forced labour labour"), article("e", "x", "forced labour as labour"), article("f", "x", "forced labour"))
}

func TestSpellingsFindEachOther(t *testing.T) {
	for _, same := range [][]string{
		{"café", "cafe\u0301", "CAFE", "Café"}, {"ﬁnance", "finance", "ＦＩＮＡＮＣＥ"}, {"straße", "strasse", "STRASSE"},
		{"U.S.", "US", "U.S"}, {"soft\u00adhyphen", "softhyphen"}, {"ｶﾞｷﾞ", "ガギ"}, {"العَرَبِيَّة", "العربية"}, {"Qurʾan", "Quran", "Qur’an"},
		{"Union’s", "Union's", "union"}, {"İstanbul", "istanbul"}, {"Ørsted", "orsted"},
		{"co-operation", "cooperation", "co operation", "co‐operation", "Co-Operation"}, {"COVID-19", "covid19"},
		{"state-owned", "stateowned"}, {"cliché", "cliche"}, {"l’homme", "l'homme"},
	} {
		for _, written := range same {
			l := newLedger(article("a", "", "before "+written+" after"), article("b", written, "unrelated"))
			ix := synced(t, opened(t, t.TempDir(), l))
			for _, asked := range same {
				finds(t, ix, asked, "a", "b")
				if !strings.Contains(asked+written, " ") {
					finds(t, ix, `"`+asked+`"`, "a", "b")
				}
			}
		}
	}
}

// TestMarksAreTheWrittenForm marks what was found just where it stands.
func TestMarksAreTheWrittenForm(t *testing.T) {
	for _, c := range []struct{ asked, language, text, want string }{
		{"finance", "en", "🙂 ﬁnance, Finances 🙂finance", "ﬁnance|Finances|finance"},
		{"softhyphen", "en", "a soft\u00adhyphen b", "soft\u00adhyphen"},
		{"US", "en", "The U.S. and the US’s, not us2", "U.S|US’s"},
		{"cooperation", "en", "a co-operation, cooperation or co operation", "co-operation|cooperation|co operation"},
		{"co-operation", "en", "a co-operation, cooperation", "co-operation|cooperation"},
		{"co operation", "en", "a co-operation, cooperation", "co-operation|cooperation"},
		{`"cooperation now"`, "en", "a co-operation now, cooperation now", "co-operation now|cooperation now"},
		{"人权", "zh", "报告说，人权问题。人 权", "人权"},
		{"人权问题", "zh", "🙂人权问题🙂 人权 问题", "人权问题"},
		{"العربية", "ar", "قالَ العَرَبِيَّة أمس", "العَرَبِيَّة"},
		{"ئۇيغۇر", "ug", "شىنجاڭ ئۇيغۇر ئاپتونوم", "ئۇيغۇر"},
		{"มนุษยชน", "th", "สิทธิมนุษยชน", "มนุษยชน"},
		{"sanction", "en", "Sanctions, sanctioned; naïve", "Sanctions|sanctioned"},
		{"sanc*", "en", "Sanctity of sanctions", "Sanctity|sanctions"},
		{"naive", "en", "nai\u0308ve naïve NAIVE", "nai\u0308ve|naïve|NAIVE"},
		{`"forced labour"`, "en", "forced, forced labour; labour", "forced labour"},
		{`"forced labour"~2`, "en", "forced and hard labour", "forced|labour"},
		{"war -peace", "en", "war and peace", "war"},
		{"labur~", "en", "labour and lab", "labour"},
		{"spy", "en", "A spy here", "spy"},
	} {
		d := article("a", "", c.text)
		d.Language = c.language
		ix := synced(t, opened(t, t.TempDir(), newLedger(d, article("b", "cooperation", "co operation, cooperation"))))
		r, err := ix.Search(t.Context(), app.SearchQuery{Text: c.asked})
		if err != nil {
			t.Fatal(err)
		}
		for _, long := range []bool{false, true} { // of long texts only some paragraphs are cut
			text := c.text
			if long {
				text = strings.Repeat("filler\n", longText/7) + text
			}
			var got []string
			for _, m := range ix.Marks(text, c.language, r.Terms) {
				got = append(got, string([]rune(text)[m.Start:m.End]))
			}
			if strings.Join(got, "|") != c.want {
				t.Errorf("%s in %q, long %v, marks %q, not %q", c.asked, c.text, long, got, c.want)
			}
		}
	}
}

func TestFuzzyByLength(t *testing.T) {
	asks{
		{"wra~", ""}, {"wra~1", "a"}, {"wars~", "a b"}, {"labuor~", "c"}, {"lbaoru~", ""}, {"lbaoru~2", "c"},
		{"coperatoin~", "d"}, {"cprtion~", ""}, {"sankctions~", ""}, {"人权问题~", "e"}, {"人权~", "e f"}, {"co-operatoin~", "d"},
	}.each(t, article("a", "x", "war"), article("b", "x", "warts"), article("c", "x", "labour"), article("d", "x", "cooperation co-operation"),
		article("e", "x", "人权问题"), article("f", "x", "人权很"), article("g", "x", "co founder"))
}

// TestHyphensAndWildcards looks for words that are written with a hyphen or without.
func TestHyphensAndWildcards(t *testing.T) {
	asks{
		{"co-ope*", "a b"}, {"co-op?ration", "a b"}, {"inter operability", "c"}, {"coope*", "a b"},
		{`"the co-operation treaty"`, "a"}, {`"operation treaty"`, "a"}, {`"cooperation treaty"`, "a"},
	}.each(t, article("a", "x", "the co-operation treaty"), article("b", "x", "cooperation nonproliferation"),
		article("c", "Interoperability", "text"), article("d", "x", "co founder"))
}

// TestDiskAndMemoryRankAlike compares scores before and after opening again.
func TestDiskAndMemoryRankAlike(t *testing.T) {
	z := newZipf(5)
	l, ix := z.filled(t, 200)
	dir := t.TempDir()
	first := synced(t, opened(t, dir, l))
	var asked []string
	for range 30 {
		asked = append(asked, z.query())
	}
	sameAnswers(t, ix, first, asked...)
	closed(t, first)
	sameAnswers(t, opened(t, dir, l), ix, asked...)
}

func TestWhatIsTypedStandsForSomeWords(t *testing.T) {
	l := newLedger()
	for i := range 40 {
		l.put(article(fmt.Sprintf("d%02d", i), "", fmt.Sprintf("word%02d begin", i)))
	}
	ix := synced(t, opened(t, t.TempDir(), l))
	for _, c := range []struct {
		text   string
		typing bool
		total  int
		more   bool
	}{{"word", true, rankedWords, true}, {"word*", true, 40, false}, {"word*", false, 40, false}, {"word", false, 0, false}, {"beg", true, 40, false}, {"word01", true, 1, false}} {
		r, err := ix.Search(t.Context(), app.SearchQuery{Text: c.text, Typing: c.typing})
		if err != nil || int(r.Total) != c.total || r.More != c.more {
			t.Errorf("%s: %d, more %v, %v", c.text, r.Total, r.More, err)
		}
	}
}

// TestDroppedWordsAreNotInTheWay types what many dropped things began with.
func TestDroppedWordsAreNotInTheWay(t *testing.T) {
	l := newLedger(article("alive", "", "wordy"))
	for i := range 60 {
		l.put(article(fmt.Sprintf("d%02d", i), "", fmt.Sprintf("word%02d word%02d", i%12, i%20)))
	}
	ix := synced(t, opened(t, t.TempDir(), l))
	for i := range 60 {
		l.drop(app.Ref{Kind: app.KindArticle, ID: fmt.Sprintf("d%02d", i)})
	}
	synced(t, ix)
	for _, text := range []string{"w", "wor", "word", "wor*"} {
		r, err := ix.Search(t.Context(), app.SearchQuery{Text: text, Typing: true})
		if err != nil || r.Total != 1 {
			t.Errorf("%s finds %d, %v", text, r.Total, err)
		}
	}
}

func TestLongQueries(t *testing.T) {
	var many []string
	for i := range 64 {
		many = append(many, fmt.Sprintf("number%d", i))
	}
	ix := synced(t, opened(t, t.TempDir(), newLedger(append(numbered(80), article("all", "", strings.Join(many, " ")))...)))
	r, err := ix.Search(t.Context(), app.SearchQuery{Text: strings.Join(many, " ")})
	if err != nil || r.Total != 1 || r.Whole != 1 || r.Hits[0].ID != "all" || len(r.Hits) != defaultLimit {
		t.Errorf("64 words: %+v %v", r, err)
	}
	total(t, ix, strings.Join(many, " OR "), 65)
	total(t, ix, `"`+strings.Join(many, " ")+`"`, 1)
	r, err = ix.Search(t.Context(), app.SearchQuery{Text: strings.Repeat("everybody ", 819) + "x"})
	if err != nil || r.Total != 80 || len(r.Problems) == 0 {
		t.Errorf("8 kB: %d %v %v", r.Total, r.Problems, err)
	}
	if r, err = ix.Search(t.Context(), app.SearchQuery{Text: `"` + strings.Repeat("everybody ", 815) + `"`}); err != nil || r.Total != 0 {
		t.Errorf("8 kB of a phrase: %d %v", r.Total, err)
	}
	total(t, ix, strings.Repeat("(", 30)+"everybody"+strings.Repeat(")", 30), 80)
}
