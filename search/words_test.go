package search

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
)

func spell(tokens analysis.TokenStream) string {
	var out []string
	for _, t := range tokens {
		out = append(out, fmt.Sprintf("%d:%s", t.Position, t.Term))
	}
	return strings.Join(out, " ")
}

func TestWords(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"The Union's right", "1:the 2:union 3:right"},
		{"Uyghurs’ rights", "1:uyghurs 2:rights"},
		{"the US's U.S. U.S.A.", "1:the 2:us 3:us 4:usa"},
		{"Xi'an don’t Qurʾan Huʼs", "1:xian 2:dont 3:quran 4:hu"},
		{"l’homme O'Brien", "1:lhomme 1:homme 2:obrien"},
		{"co-operation now", "1:co 2:operation 3:now 1:cooperation 2:cooperation"},
		{"state-of-the-art", "1:state 2:of 3:the 4:art 1:stateoftheart 4:stateoftheart"},
		{"a-b-c-d-e", "1:a 2:b 3:c 4:d 5:e"},
		{"2020-2021 covid-19 well - known -x-", "1:2020 2:2021 3:covid 4:19 5:well 3:covid19 4:covid19 6:known 7:x"},
		{"www.example.com foo_bar 3.14 1,000", "1:www 2:example 3:com 4:foo 5:bar 6:3.14 7:1,000"},
		{"人权问题", "1:人 1:人权 2:权 2:权问 3:问 3:问题 4:题"},
		{"在US制裁", "1:在 2:us 3:制 3:制裁 4:裁"},
		{"人 权", "1:人 2:权"},
		{"ひら ｶﾞｷﾞ", "1:ひ 1:ひら 2:ら 3:ガ 3:ガギ 4:ギ"},
		{"ไทย", "1:ไ 1:ไท 2:ท 2:ทย 3:ย"},
		{"ﬁne ＵＳ naïve nai\u0308ve straße", "1:fine 2:us 3:naive 4:naive 5:strasse"},
		{"العَرَبِيَّة ئۇيغۇر", "1:العربيه 2:ئۇيغۇر"},
		{"soft\u00adhyphen", "1:softhyphen"},
		{"'s '' -- 。 ", "1:s"},
		{"", ""},
	} {
		if got := spell(cutWords(c.text)); got != c.want {
			t.Errorf("%q: %s, not %s", c.text, got, c.want)
		}
	}
}

func TestWordsKeepOffsets(t *testing.T) {
	text := "ＵＳ ﬁnds Xi’an’s 人权 co-operation"
	want := map[string]string{"us": "ＵＳ", "finds": "ﬁnds", "xian": "Xi’an’s", "人权": "人权", "cooperation": "co-operation"}
	for _, tok := range cutWords(text) {
		if w, ok := want[string(tok.Term)]; ok {
			if got := text[tok.Start:tok.End]; got != w {
				t.Errorf("%s stands at %q, not %q", tok.Term, got, w)
			}
			delete(want, string(tok.Term))
		}
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
}

func TestLongWordsAreCut(t *testing.T) {
	got := cutWords(strings.Repeat("ö", 500) + " " + strings.Repeat("ü", 10) + strings.Repeat("ж", 200))
	for _, tok := range got {
		if len(tok.Term) > maxTerm || !utf8.Valid(tok.Term) {
			t.Errorf("%d bytes, valid %v", len(tok.Term), utf8.Valid(tok.Term))
		}
	}
}

func TestStems(t *testing.T) {
	for _, c := range []struct{ language, text, want string }{
		{"en", "The sanctions against companies running", "sanction compani run"},
		{"de", "Die Regierungen bestritten die Vorwürfe", "regierung bestritt vorwurf"},
		{"fr", "les gouvernements démentent", "gouvern dementent"},
		{"ru", "санкции против компаний войной", "санкц прот компан воин"},
		{"ar", "الشركات والحكومة", "شرك حكوم"},
		{"ug", "شىنجاڭ ئۇيغۇر", "شينجاڭ ئۇيغۇر"},
		{"", "denials", "denial"},
		// Stress marks and what is invisible hide no ending from a stemmer.
		{"ru", "сестро\u0301й за\u0301мками ё\u0301лками", "сестр замк елк"}, {"ru", "санк\u00ADция\u200Bми вой\u2060ной\uFEFF", "санкц воин"},
		{"de", "Regierun\u00ADgen Vorwürfe\u200B", "regierung vorwurf"}, {"en", "com\u00ADpa\u200Bnies", "compani"}, {"fr", "gouverne\u00ADments", "gouvern"},
	} {
		language := stemLanguage(c.language)
		var got []string
		for _, stem := range stemsIn(language, []byte(c.text), cutWords(c.text)) {
			got = append(got, strings.TrimPrefix(stem, language+"/"))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q, not %q", c.language, strings.Join(got, " "), c.want)
		}
	}
}

func FuzzWords(f *testing.F) {
	f.Add(sample)
	f.Add("\xff人\xfe-a'b.c_d")
	f.Fuzz(func(t *testing.T, text string) {
		for _, tok := range cutWords(text) {
			if tok.Start < 0 || tok.End > len(text) || tok.Start > tok.End || tok.Position < 1 || len(tok.Term) > maxTerm {
				t.Fatalf("%q: %+v", text, tok)
			}
		}
	})
}
