package search

import (
	"testing"

	"rejoinder/app"
)

// written is an article in a language.
func written(id, language, body string) app.Document {
	d := article(id, "x", body)
	d.Language = language
	return d
}

// TestAStemIsOfItsLanguage asks English and German texts for words whose stems in
// one language are words of the other.
func TestAStemIsOfItsLanguage(t *testing.T) {
	english := []app.Document{written("form", "en", "She filled in a form"), written("numb", "en", "Her hands were numb"), written("former", "en", "The former ministers")}
	asks{
		{"former", "former"}, {"number", ""}, {"forms", "form"}, {"minister", "former"}, {"FORM", "form"}, {"title:former", ""},
	}.each(t, english...)
	asks{
		{"former", "former"}, {"number", "nummer"}, {"forms", "form"}, {"minister", "former"}, {"häuser", "haus"}, {"haus", "haus"}, {"text:number", "nummer"},
		{"former -minister", ""}, {"NOT former", "form haus numb nummer"},
	}.each(t, append(english, written("haus", "de", "Die Häuser der Stadt"), written("nummer", "de", "Der number one Hit"))...)

	ix := synced(t, opened(t, t.TempDir(), newLedger(append(english, written("haus", "de", "Die Formen der Häuser"))...)))
	r, err := ix.Search(t.Context(), app.SearchQuery{Text: "former"})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{"She filled in a form": 0, "The former ministers": 1} {
		if marks := ix.Marks(text, "en", r.Terms); len(marks) != want {
			t.Errorf("%q has marks %v", text, marks)
		}
	}
	facets, err := ix.Facets(t.Context(), app.SearchQuery{Text: "former"})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range facets {
		if f.Field == "lang" && (len(f.Values) == 0 || f.Values[len(f.Values)-1].Count > 1) {
			t.Errorf("languages of what is found: %v", f.Values)
		}
	}
	like, err := ix.Search(t.Context(), app.SearchQuery{Like: english[2].Ref})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range like.Hits {
		if h.ID == "form" || h.ID == "haus" {
			t.Errorf("like the former ministers is %v", h)
		}
	}
}

// TestOneWordInAllItsSigns has texts and queries with letters, digits and
// invisible characters that mean the same.
func TestOneWordInAllItsSigns(t *testing.T) {
	for _, c := range []struct {
		language string
		same     []string
	}{
		{"en", []string{"123", "１２３", "١٢٣", "۱۲۳", "१२३", "๑๒๓"}},
		{"en", []string{"abc123", "ａｂｃ１２３", "ABC１２３"}},
		{"en", []string{"10⁶", "10^6"}}, {"en", []string{"10⁻¹²", "10^-12"}},
		{"en", []string{"CO₂", "co2", "CO2"}},
		{"en", []string{"unsafe", "un\u00ADsafe", "un\u200Bsafe", "un\u2060safe", "\uFEFFunsafe", "un\u200Dsafe", "\u202Aunsafe\u202C", "unsa\uFE0Ffe"}},
		{"en", []string{"ﬁnance", "finance"}}, {"en", []string{"½"}}, {"en", []string{"①", "1"}},
		{"ru", []string{"ёлка", "елка", "ЁЛКА", "е\u0308лка", "ё\u0301лка"}}, {"ru", []string{"подъёма", "подъема"}}, {"ru", []string{"подъём", "подъем"}},
		{"ru", []string{"сё\u00ADстры", "сестры"}},
		{"el", []string{"ΣΟΦΌΣ", "σοφός", "σοφοσ"}}, {"he", []string{"שָׁלוֹם", "שלום"}}, {"he", []string{"צה״ל", `צה"ל`, "צהל"}},
		{"ar", []string{"أمن", "امن", "اَمـن", "ا\u0654من"}}, {"fa", []string{"کتاب", "كتاب", "کتا\u200cب"}}, {"fa", []string{"خانهٔ", "خانه", "خانۀ"}},
		{"ar", []string{"آلة", "ا\u0653لة", "اله"}}, {"ug", []string{"ئۇيغۇر", "ي\u0654ۇيغۇر"}}, {"ur", []string{"حکومت", "حكومت"}},
		{"de", []string{"Maß", "MASS", "mass"}}, {"tr", []string{"İzmir", "izmir", "Izmir"}},
	} {
		for _, text := range c.same {
			ix := synced(t, opened(t, t.TempDir(), newLedger(written("a", c.language, "xx "+text+" yy"))))
			for _, asked := range c.same {
				finds(t, ix, asked, "a")
				finds(t, ix, `"`+asked+`"`, "a")
			}
		}
	}
	asks{
		{"10⁶", "raised"}, {"106", ""}, {"report", "note"}, {"report3", ""}, {"unsafe", "struck"}, {"sound", "struck"}, {"max", "low"},
		{"сестра", "sisters"}, {"word", "bracket"}, {"h2o", "water"}, {"2", "ratio"}, {`"quay 5½ metres"`, "half"}, {"quay", "half"},
	}.each(t, written("raised", "en", "about 10⁶ tonnes"), written("note", "en", "the report³ says"), written("struck", "en", "it was ~~unsafe~~ sound"),
		written("low", "en", "x_(max)"), written("bracket", "en", "a word[3] more"), written("water", "en", "H₂O"), written("ratio", "en", "m²"),
		written("sisters", "ru", "с сёстрами"), written("half", "en", "quay 5½ metres"))
}

// TestAnEndingBehindAMark has words whose endings bear a stress mark or something
// invisible; they are found by other forms of the word, and ask for them.
func TestAnEndingBehindAMark(t *testing.T) {
	asks{
		{"сестра", "family"}, {"сестре\u0301", "family"}, {"замка", "castle"}, {"за\u0301мку", "castle"}, {"за\u00ADмку", "castle"},
		{"санкция", "bans"}, {"санк\u200Bциям", "bans"}, {"regierung", "states"}, {"Regie\u00ADrung", "states"}, {"company", "firms"}, {"com\u200Bpany", "firms"},
	}.each(t, written("family", "ru", "с сестро\u0301й"), written("castle", "ru", "за\u0301мком"), written("bans", "ru", "санк\u00ADция\u200Bми"),
		written("states", "de", "Die Regierun\u00ADgen"), written("firms", "en", "com\u00ADpa\u200Bnies"))
}

// TestOffsetsAreOfTheText marks words beside characters that are written
// otherwise to be cut.
func TestOffsetsAreOfTheText(t *testing.T) {
	for _, c := range [][3]string{
		{"tonnes", "а\u200B 10⁶ tonnes １２３", "tonnes"}, {"123", "10⁶ tonnes １２３!", "１２３"}, {"unsafe", "²un\u200Bsafe.", "un\u200Bsafe"},
		{"co2", "¹ CO₂.", "CO₂"}, {"report", "report³", "report"},
	} {
		ix := synced(t, opened(t, t.TempDir(), newLedger(written("a", "en", c[1]))))
		r, err := ix.Search(t.Context(), app.SearchQuery{Text: c[0]})
		if err != nil {
			t.Fatal(err)
		}
		marks := ix.Marks(c[1], "en", r.Terms)
		if len(marks) != 1 || string([]rune(c[1])[marks[0].Start:marks[0].End]) != c[2] {
			t.Errorf("%q in %q: %v", c[0], c[1], marks)
		}
	}
}
