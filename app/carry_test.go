package app_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// rampPage is an article as it was marked, with one fact in each sentence.
const rampPage = `The ferry board met on Monday evening to settle who pays for the broken ramp at the north landing.

Brandt said: "the ramp was sound, and I told the board so".

Harbour master Ilse Brandt told the members that the ramp had been inspected twice in spring and that both reports called it sound.

The cafe` + "\u0301" + ` owner paid 10 000 crowns – too much, and the office of the pilots' guild didn't answer.

A repair would cost four hundred thousand crowns, according to the engineer whom the board had asked, and could be finished by the end of autumn.

The temperature fell to 5 degrees on the quay, 12 km from the town, where 30 % of the berths are free.
`

// textFile writes a plain text as an article's file.
func textFile(t *testing.T, text string) string {
	t.Helper()
	return apptest.WriteFile(t, "ramp.txt", "Ramp update\n\n"+text)
}

// importRamp imports the article.
func importRamp(t *testing.T, nb *apptest.Notebook) app.Article {
	t.Helper()
	done := nb.Import(textFile(t, rampPage))
	if len(done) != 1 || done[0].Status != app.ImportDone {
		t.Fatalf("%+v", done)
	}
	return article(nb, done[0].Article)
}

// carriedTo updates the article and says what became of a mark.
func carriedTo(t *testing.T, nb *apptest.Notebook, a app.Article, id app.AnnotationID, text string) (app.Annotation, app.Move) {
	t.Helper()
	c, err := nb.UpdateArticle(t.Context(), a.ID, textFile(t, text))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range c.Moves {
		if m.ID == id {
			return annotation(nb, id), m
		}
	}
	t.Fatalf("the mark is not among %+v", c.Moves)
	return app.Annotation{}, app.Move{}
}

// What a publisher may change without anybody being asked, and what not, where a
// statement stands on the words.
func TestAStatementFollowsWordsNotTypography(t *testing.T) {
	replaced := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(rampPage) }
	const asked, silent = app.AnchorNeedsReview, app.AnchorFuzzy
	for _, tt := range []struct {
		name, quote, text string
		state             app.AnchorState
		found             string // "" where it does not matter
	}{
		{"elsewhere in the text", "10 000 crowns", replaced("Monday", "Tuesday"), app.AnchorExact, "10 000 crowns"},
		{"a digit", "10 000 crowns", replaced("10 000", "70 000"), asked, "70 000 crowns"},
		{"a digit more", "10 000 crowns", replaced("10 000", "110 000"), asked, "110 000 crowns"},
		{"a group more", "10 000 crowns", replaced("10 000", "2 010 000"), asked, "2 010 000 crowns"},
		{"a separator", "10 000 crowns", replaced("10 000", "10.000"), asked, ""},
		{"no separator", "10 000 crowns", replaced("10 000", "10000"), asked, ""},
		{"a blank that does not break", "paid 10 000 crowns", replaced("10 000", "10\u00A0000"), silent, ""},
		{"a thin blank", "paid 10 000 crowns", replaced("10 000", "10\u202F000"), silent, ""},
		{"straight to curly", `"the ramp was sound, and I told the board so"`, replaced(` "the`, " “the", `so"`, "so”"), silent, ""},
		{"curly outside", "the ramp was sound, and I told the board so", replaced(` "the`, " “the", `so"`, "so”"), app.AnchorExact, ""},
		{"apostrophes", "the pilots' guild didn't answer", replaced("pilots'", "pilots’", "didn't", "didn’t"), silent, ""},
		{"normal forms", "The cafe\u0301 owner paid", norm.NFC.String(rampPage), silent, "The café owner paid"},
		{"a dash", "10 000 crowns – too much", replaced("–", "-"), silent, ""},
		{"a long dash", "10 000 crowns – too much", replaced(" – ", "—"), silent, ""},
		{"line ends", "the ramp had been inspected twice", strings.ReplaceAll(rampPage, "\n", "\r\n"), "", ""},
		{"a soft hyphen", "had been inspected twice", replaced("inspected", "in\u00ADspect\u00ADed"), silent, ""},
		{"a ligature", "to the office of the pilots", replaced("office", "oﬃce"), "", ""},
		{"a ligature inside", "the office of the pilots", replaced("office", "oﬃce"), silent, ""},
		{"a negation in", "the ramp was sound", replaced("ramp was sound", "ramp was not sound"), asked, ""},
		{"a negation out", "the pilots' guild didn't answer", replaced("didn't", "did"), asked, ""},
		{"a negation before it", "the ramp was sound", replaced("\"the ramp", "\"it is not true that the ramp"), asked, "the ramp was sound"},
		{"a negation at its end", "could be", replaced("could be", "couldn't be"), asked, ""},
		{"a prefix", "sound, and I told", replaced("was sound", "was unsound"), asked, ""},
		{"a prefix with a hyphen", "sound, and I told", replaced("was sound", "was non-sound"), asked, ""},
		{"a name", "Harbour master Ilse Brandt told the members", replaced("Ilse Brandt", "Else Brandt"), asked, ""},
		{"a genitive", "told the members that the ramp", replaced("the ramp had", "the ramp's crew had"), asked, ""},
		{"a question", "Brandt said: \"the ramp was sound, and I told the board so\".", replaced(`so".`, `so"?`), asked, ""},
		{"a question behind it", "the ramp had been inspected twice", replaced("it sound.", "it sound?"), asked, ""},
		{"a number word", "four hundred thousand crowns", replaced("four hundred", "five hundred"), asked, ""},
		{"a sign", "fell to 5 degrees", replaced("to 5", "to −5"), asked, ""},
		{"a sign before it", "5 degrees on the quay", replaced("to 5", "to −5"), asked, "−5 degrees on the quay"},
		{"a fraction", "fell to 5", replaced("to 5", "to 5.5"), asked, ""},
		{"a unit", "12 km from the town", replaced("km", "m"), asked, ""},
		{"a unit behind it", "where 30", replaced("30 %", "30 ‰"), asked, ""},
		{"a power", "12 km from the town", replaced("km", "km²"), asked, ""},
		{"a word of many", strings.TrimSpace(strings.Split(rampPage, "\n\n")[4]), replaced("finished", "begun"), asked, ""},
		{"a comma", "the ramp had been inspected twice in spring and that both", replaced("spring and", "spring, and"), asked, ""},
		{"the case of a word", "Harbour master Ilse", replaced("Harbour master", "Harbour Master"), asked, ""},
		{"the case of a heading", "Ramp update", "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.text == "" || tt.state == "" && !strings.Contains(tt.text, "\r") {
				t.Skip("see TestTheCaseOfAHeadingIsTypography")
			}
			nb := apptest.New(t)
			a := importRamp(t, nb)
			s := nb.Statement("Brandt", app.Asserts, "What it says", apptest.In(a, tt.quote))
			if tt.state == "" { // the words of the text are the same
				if _, err := nb.UpdateArticle(t.Context(), a.ID, textFile(t, tt.text)); err == nil {
					t.Error("line ends made a version")
				}
				return
			}
			m, move := carriedTo(t, nb, a, s.Passage, tt.text)
			if m.State != tt.state || m.TextChanged || move.State != tt.state {
				t.Errorf("%s, changed %v: %q became %q", m.State, m.TextChanged, tt.quote, move.New.Quote)
			}
			if tt.found != "" && move.New.Quote != tt.found {
				t.Errorf("found %q, not %q", move.New.Quote, tt.found)
			}
			if now := article(nb, a.ID); (m.State == asked) == (m.Text == now.Text) || !move.New.Verify(nb.Text(now)) {
				t.Errorf("it stands in %s, in use is %s", m.Text, now.Text)
			}
			wholesome(t, nb)
		})
	}
}

// A bare highlight follows one common word in ten and says so; everything that
// bears a thought about the words asks.
func TestOnlyABareHighlightFollowsChangedWords(t *testing.T) {
	quote := strings.Split(rampPage, "\n\n")[4]
	edited := strings.Replace(rampPage, "finished", "completed", 1)
	for _, tt := range []struct {
		name  string
		bear  func(nb *apptest.Notebook, a app.Article, m app.Annotation)
		text  string
		asked bool
	}{
		{"bare", func(*apptest.Notebook, app.Article, app.Annotation) {}, edited, false},
		{"bare, a comma", func(*apptest.Notebook, app.Article, app.Annotation) {}, strings.Replace(rampPage, "crowns, according", "crowns according", 1), false},
		{"a statement", func(nb *apptest.Notebook, a app.Article, _ app.Annotation) {
			nb.Statement("The engineer", app.Asserts, "It is dear", apptest.In(a, quote))
		}, edited, true},
		{"a relation", func(nb *apptest.Notebook, a app.Article, m app.Annotation) {
			nb.Claim("One")
			nb.Claim("Two")
			x := nb.Relate("One", app.Rebuts, "Two")
			spot := apptest.In(a, quote)
			if _, err := nb.ShowRelation(t.Context(), x.ID, spot); err != nil {
				t.Fatal(err)
			}
		}, edited, true},
		{"a margin note", func(nb *apptest.Notebook, _ app.Article, m app.Annotation) {
			if _, err := nb.EditAnnotation(t.Context(), m.ID, func(a *app.Annotation) { a.Note = "Who paid?" }); err != nil {
				t.Fatal(err)
			}
		}, edited, true},
		{"a note about it", func(nb *apptest.Notebook, _ app.Article, m app.Annotation) {
			nb.Note("See this", app.RefTo(app.KindAnnotation, m.ID))
		}, edited, true},
		{"a tag", func(nb *apptest.Notebook, _ app.Article, m app.Annotation) {
			if err := nb.Tag(t.Context(), "money", true, app.RefTo(app.KindAnnotation, m.ID)); err != nil {
				t.Fatal(err)
			}
		}, edited, true},
		{"in the trash", func(nb *apptest.Notebook, _ app.Article, m app.Annotation) {
			nb.Trash(app.RefTo(app.KindAnnotation, m.ID))
		}, edited, true},
		{"two words in twenty-seven", func(*apptest.Notebook, app.Article, app.Annotation) {}, strings.Replace(edited, "engineer", "builder", 1), false},
		{"three words", func(*apptest.Notebook, app.Article, app.Annotation) {}, strings.NewReplacer("engineer", "builder", "repair", "mending", "asked", "called").Replace(edited), true},
		{"a number", func(*apptest.Notebook, app.Article, app.Annotation) {}, strings.Replace(rampPage, "four hundred", "five hundred", 1), true},
		{"what a number counts", func(*apptest.Notebook, app.Article, app.Annotation) {}, strings.Replace(rampPage, "thousand crowns", "thousand pounds", 1), true},
		{"a negation", func(*apptest.Notebook, app.Article, app.Annotation) {}, strings.Replace(rampPage, "would cost", "would not cost", 1), true},
		{"a negation in the word", func(*apptest.Notebook, app.Article, app.Annotation) {}, strings.Replace(rampPage, "could be", "couldn't be", 1), true},
		{"a name", func(*apptest.Notebook, app.Article, app.Annotation) {}, strings.Replace(rampPage, "the engineer", "Linus", 1), true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			nb := apptest.New(t)
			a := importRamp(t, nb)
			mark := nb.Mark(a, quote)
			tt.bear(nb, a, mark)
			m, move := carriedTo(t, nb, a, mark.ID, tt.text)
			switch {
			case tt.asked && (m.State != app.AnchorNeedsReview || m.TextChanged || m.Anchor != mark.Anchor):
				t.Errorf("%s at %q", m.State, m.Anchor.Quote)
			case !tt.asked && (m.State != app.AnchorFuzzy || !m.TextChanged || !move.TextChanged):
				t.Errorf("%s, changed %v, at %q", m.State, m.TextChanged, m.Anchor.Quote)
			}
			if move.Change.Kind != app.WordsChanged {
				t.Errorf("the words are %s", move.Change.Kind)
			}
		})
	}
}

// The title in capitals is the title still; a word in capitals in a sentence is
// another word.
func TestTheCaseOfAHeadingIsTypography(t *testing.T) {
	nb := apptest.New(t)
	body := []string{"The ferry board met on Monday.", "Nothing was decided about the ramp."}
	a := nb.ImportText("Ramp", append([]string{"## Who pays for the broken ramp"}, body...)...)
	s := nb.Statement("Board", app.Asserts, "Somebody pays", apptest.In(a, "Who pays for the broken ramp"))
	update(t, nb, a, append([]string{"## WHO PAYS FOR THE BROKEN RAMP"}, body...)...)
	if m := annotation(nb, s.Passage); m.State != app.AnchorFuzzy || m.TextChanged || m.Anchor.Quote != "WHO PAYS FOR THE BROKEN RAMP" {
		t.Errorf("%s at %q", m.State, m.Anchor.Quote)
	}
	update(t, nb, a, append([]string{"WHO PAYS FOR THE BROKEN RAMP"}, body[0])...)
	if m := annotation(nb, s.Passage); m.State == app.AnchorExact || m.State == app.AnchorFuzzy {
		t.Errorf("as a sentence: %s at %q", m.State, m.Anchor.Quote)
	}
}

// Small changes do not add up: what was carried once is compared with the words
// that were marked.
func TestSmallChangesAreComparedWithTheWordsThatWereMarked(t *testing.T) {
	nb := apptest.New(t)
	a := importRamp(t, nb)
	mark := nb.Mark(a, strings.Split(rampPage, "\n\n")[4])
	text := rampPage
	for i, pair := range [][2]string{{"finished", "completed"}, {"engineer", "builder"}, {"repair", "mending"}} {
		text = strings.Replace(text, pair[0], pair[1], 1)
		m, move := carriedTo(t, nb, a, mark.ID, text)
		if want := i < 2; (m.State == app.AnchorFuzzy) != want || m.TextChanged != want || move.Change.Words != i+1 {
			t.Errorf("after %q: %s, %d words", pair[1], m.State, move.Change.Words)
		}
	}
	m := annotation(nb, mark.ID)
	if m.State != app.AnchorNeedsReview || m.Anchor != mark.Anchor || m.Text != a.Text {
		t.Errorf("it did not go back to where it was sure: %+v", m)
	}
	// With its own words again it is sure again.
	m, _ = carriedTo(t, nb, a, mark.ID, rampPage+"\nUpdated at noon.\n")
	if m.State != app.AnchorExact || m.TextChanged {
		t.Errorf("with its own words %s", m.State)
	}
	wholesome(t, nb)
}

// Two copies of a passage, with the same words around, are a question.
func TestTwoCopiesOfAPassageAreAQuestion(t *testing.T) {
	const paragraph = "A spokeswoman of the union said that nobody had asked the people who work on the quay."
	nb := apptest.New(t)
	a := nb.ImportText("The quay", "The ministry closed it.", paragraph, "The court will hear the case.")
	mark := nb.Mark(a, "nobody had asked the people")
	update(t, nb, a, "The ministry closed it.", paragraph, "The court will hear the case.",
		"The ministry closed it.", paragraph, "The court will hear the case.")
	if m := annotation(nb, mark.ID); m.State != app.AnchorNeedsReview {
		t.Errorf("one of two copies was taken: %s", m.State)
	}
	queue := repairs(t, nb, a.ID)
	if len(queue) != 1 || !queue[0].Rivals || queue[0].Best == nil || queue[0].Best.Change.Kind != app.SameText {
		t.Errorf("in the queue %+v", queue)
	}
}

// A statement on a highlight that was carried to other words is about these.
func TestAStatementOnChangedWordsConfirmsThem(t *testing.T) {
	nb := apptest.New(t)
	a := importRamp(t, nb)
	mark := nb.Mark(a, strings.Split(rampPage, "\n\n")[4])
	edited := strings.Replace(rampPage, "finished", "completed", 1)
	m, _ := carriedTo(t, nb, a, mark.ID, edited)
	if !m.TextChanged {
		t.Fatalf("%+v", m)
	}
	s := nb.Statement("The engineer", app.Asserts, "It is dear", apptest.In(a, m.Anchor.Quote))
	if m = annotation(nb, mark.ID); s.Passage != mark.ID || m.State != app.AnchorExact || m.TextChanged {
		t.Errorf("%+v on %s", m, s.Passage)
	}
	if m, _ = carriedTo(t, nb, a, mark.ID, edited+"\nUpdated at noon.\n"); m.State != app.AnchorExact {
		t.Errorf("the words that were chosen are %s", m.State)
	}
	wholesome(t, nb)
}

// What is noted on a highlight that was carried to other words confirms nothing.
func TestANoteOnChangedWordsConfirmsNothing(t *testing.T) {
	nb := apptest.New(t)
	a := importRamp(t, nb)
	mark := nb.Mark(a, strings.Split(rampPage, "\n\n")[4])
	edited := strings.Replace(rampPage, "finished", "completed", 1)
	carriedTo(t, nb, a, mark.ID, edited)
	if _, err := nb.EditAnnotation(t.Context(), mark.ID, func(m *app.Annotation) { m.Note, m.TextChanged = "So late?", false }); err != nil {
		t.Fatal(err)
	}
	if m := annotation(nb, mark.ID); !m.TextChanged || m.State != app.AnchorFuzzy {
		t.Errorf("%s, changed %v", m.State, m.TextChanged)
	}
	m, _ := carriedTo(t, nb, a, mark.ID, edited+"\nUpdated at noon.\n")
	if m.State != app.AnchorNeedsReview || m.Anchor != mark.Anchor || m.TextChanged {
		t.Errorf("then %+v", m)
	}
}

// Many marks are accepted in one step, or none of them.
func TestManyMarksAreAcceptedAtOnce(t *testing.T) {
	nb := apptest.New(t)
	a := importRamp(t, nb)
	for _, quote := range []string{"10 000 crowns", "the ramp was sound", "four hundred thousand crowns", "12 km from the town"} {
		nb.Statement("Brandt", app.Asserts, "It says "+quote, apptest.In(a, quote))
	}
	carriedTo(t, nb, a, nb.Mark(a, "Brandt said").ID, strings.NewReplacer("10 000", "70 000", "was sound", "was not sound", "four hundred", "five hundred",
		"12 km from the town", "12 km from the big town").Replace(rampPage))
	queue := repairs(t, nb, a.ID)
	count := map[app.RepairFilter]int{}
	var places []app.Place
	for _, r := range queue {
		if r.Best == nil || !r.Clear() || len(r.Statements) != 1 || r.Statements[0].ActorName != "Brandt" {
			t.Fatalf("in the queue %+v", r)
		}
		for _, f := range app.RepairFilters {
			if r.Passes(f) {
				count[f]++
			}
		}
		places = append(places, r.Place())
	}
	if len(queue) != 4 || count[app.RepairAny] != 4 || count[app.RepairOneWord] != 4 || count[app.RepairSameWords] != 0 || count[app.RepairNoFact] != 1 {
		t.Errorf("%d, by filter %v", len(queue), count)
	}
	before := nb.Rows()
	bad := append(places[:len(places):len(places)], app.Place{ID: places[0].ID, Start: 5, End: 5})
	if err := nb.PlaceAnnotations(t.Context(), bad); err == nil || nb.Rows() != before {
		t.Errorf("one that cannot be placed: %v", err)
	}
	if err := nb.PlaceAnnotations(t.Context(), places); err != nil || len(repairs(t, nb, a.ID)) != 0 {
		t.Fatalf("accepted: %v", err)
	}
	text := nb.Text(article(nb, a.ID))
	for _, p := range places {
		if m := annotation(nb, p.ID); m.State != app.AnchorExact || !m.Anchor.Verify(text) {
			t.Errorf("%+v", m)
		}
	}
	wholesome(t, nb)
	if label := nb.Undo(); label != "Place 4 marks" || nb.Rows() != before {
		t.Errorf("undone %q", label)
	}
}

// No candidate begins or ends inside a word.
func TestCandidatesAreWholeWords(t *testing.T) {
	nb := apptest.New(t)
	a := nb.ImportText("Motives", "The governor accused the press of favouring \"sinister motives\" over the facts of the case.")
	m := nb.Mark(a, "of favouring \"sinister motives\"")
	update(t, nb, a, "The governor accused the press of harbouring \"sinister motives\" and nothing else at all.",
		"Elsewhere somebody spoke of endeavouring \"sinister motive\" to be found.")
	offers, err := nb.Candidates(t.Context(), m.ID)
	if err != nil || len(offers) == 0 {
		t.Fatalf("%v, %v", offers, err)
	}
	text := []rune(nb.Text(article(nb, a.ID)))
	letter := func(i int) bool { return i >= 0 && i < len(text) && unicode.IsLetter(text[i]) }
	for _, o := range offers {
		if letter(o.Anchor.Start-1) && letter(o.Anchor.Start) || letter(o.Anchor.End-1) && letter(o.Anchor.End) {
			t.Errorf("a word is cut: %q", o.Anchor.Quote)
		}
	}
}

// In the sample's articles every change of a fact is asked about; other printing
// hardly ever. make bench-anchors does the same with real articles.
func TestFactsAreAskedAboutAndTypographyIsNot(t *testing.T) {
	var contents []app.Content
	for _, p := range samplePages(t) {
		contents = append(contents, app.Content{Plain: p.String(), Blocks: []app.Block{{Kind: app.BlockParagraph, End: len(p)}}})
	}
	tried := 0
	for seed := range app.Rounds(1500) {
		rng := rand.New(rand.NewPCG(seed, 41))
		c := contents[seed%uint64(len(contents))]
		start, end := newPage(c.Plain).somePassage(rng)
		a, err := app.NewAnchor(c.Plain, start, end)
		if err != nil {
			t.Fatal(err)
		}
		fact := factChanges[int(seed)%len(factChanges)]
		changed := fact.change(rng, a.Quote)
		if changed == "" || changed == a.Quote {
			continue
		}
		tried++
		runes := []rune(c.Plain)
		after := app.Content{Plain: "Updated.\n\n" + string(runes[:start]) + changed + string(runes[end:])}
		for _, bears := range []bool{true, false} {
			m := app.CarryMark(a, c, after, bears)
			silent := m.State == app.AnchorExact || m.State == app.AnchorFuzzy
			if silent && (bears || fact.name != "its opposite" || !m.TextChanged) {
				t.Errorf("seed %d, %s, bears %v: %q became %q", seed, fact.name, bears, a.Quote, m.New.Quote)
			}
		}
	}
	if tried < int(app.Rounds(200)) {
		t.Errorf("only %d passages had a fact", tried)
	}
	asked, all := 0, 0
	for seed := range app.Rounds(450) {
		rng := rand.New(rand.NewPCG(seed, 43))
		c := contents[seed%uint64(len(contents))]
		start, end := newPage(c.Plain).somePassage(rng)
		a, err := app.NewAnchor(c.Plain, start, end)
		if err != nil {
			t.Fatal(err)
		}
		as := typographies[rng.IntN(len(typographies))]
		m := app.CarryMark(a, c, printedAs(rng, c, as.print, "Updated at noon."), true)
		all++
		if m.State == app.AnchorNeedsReview || m.State == app.AnchorOrphan || m.TextChanged {
			asked++
			t.Logf("%s: %q became %q, %s", as.name, a.Quote, m.New.Quote, m.Change.Summary())
		}
	}
	if 50*asked > all {
		t.Errorf("of %d passages in other print %d are asked about", all, asked)
	}
}
