package viewmodel_test

import (
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/viewmodel"
)

func TestStatementOnASelectedPassage(t *testing.T) {
	d := newDesk(t)
	article := d.ImportDated("2024-03-01", "Order", "The minister said: “The quay is unsafe to load.” Nobody answered.")
	d.reader.Open(article.ID, -1)
	d.selectWords("The quay is unsafe to load.")
	f := d.statement()
	if f.Quote != "The quay is unsafe to load." || f.Date != "2024-03-01" || f.Stance != app.Asserts || f.Indirect || f.Actor != "" {
		t.Fatalf("the form begins as %+v", f)
	}
	f.Actor, f.Claim, f.Stance, f.ReportedBy = "The minister", "The quay is unsafe", app.Questions, " Ann Ode "
	saved := false
	f.Save(func(done bool) { saved = done })
	d.fine()
	if !saved || len(d.reader.Marks) != 1 {
		t.Fatalf("saved %v, marks %+v", saved, d.reader.Marks)
	}
	s := d.reader.Marks[0].Statements[0]
	if s.ActorName != "The minister" || s.ClaimText != "The quay is unsafe" || s.ReporterName != "Ann Ode" || s.Stance != app.Questions ||
		s.Date != "2024-03-01" || s.Passage.Anchor.Quote != "The quay is unsafe to load." {
		t.Errorf("recorded %+v", s)
	}

	d.selectWords("Nobody answered.")
	if f = d.statement(); f.Actor != "The minister" || !f.Indirect {
		t.Errorf("the next form offers %q, indirect %v", f.Actor, f.Indirect)
	}
	f.Claim, f.Date = "Nobody answers", "last week"
	f.Save(func(done bool) {
		if done {
			t.Error("a date that is none was saved")
		}
	})
	d.refused("last week")
	f.Date, f.Actor = "", "  "
	f.Save(func(done bool) {
		if done {
			t.Error("nobody said it")
		}
	})
	d.refused("needs a name")
	if got := d.Board(); len(got.Claims) != 1 {
		t.Errorf("what failed left traces: %d claims", len(got.Claims))
	}
	f.Actor = "The union"
	saved = false
	f.Save(func(done bool) { saved = done }) // the same form, mended
	if d.fine(); !saved || len(d.Board().Claims) != 2 {
		t.Error("the mended form is not saved")
	}

	d.reader.Select(0, 0)
	d.reader.Choose(d.reader.Marks[0].ID)
	if f = d.statement(); f.Quote != "The quay is unsafe to load." || f.Indirect || f.Actor != "The union" {
		t.Errorf("on the chosen mark: %+v", f)
	}
	d.reader.Choose("")
	if f = d.statement(); f.Quote != "" || f.Indirect {
		t.Errorf("without a passage: %+v", f)
	}
}

func TestDirectSpeechIsSeenByItsQuotationMarks(t *testing.T) {
	d := newDesk(t)
	// The passage stands in [brackets].
	texts := []struct {
		text   string
		direct bool
	}{
		{"He said “[The quay is unsafe.]” and left.", true},
		{"He said “The quay is [unsafe to load] today.” and left.", true},
		{"He said “[The quay is unsafe],” and left.", true},
		{"He said [“The quay is unsafe.”] and left.", true},
		{"[The findings “rest on one visit”] he said.", true},
		{"He said \"The [quay] is unsafe.\" and left.", true},
		{"He said \"yes\" and [the quay was closed]. \"No,\" said she.", false},
		{"Er sagte: „Der [Kai] ist unsicher.“ Dann ging er.", true},
		{"Er sagte: „Ja.“ [Der Kai wurde geschlossen.] „Nein“, sagte sie.", false},
		{"Han sa: ”Kajen är [osäker].” Sedan gick han.", true},
		{"Han sa: »Kajen er [usikker].« Så gik han.", true},
		{"Il a dit : « Le [quai] est dangereux. » Puis il partit.", true},
		{"Il a dit : « Oui. » [Le quai est fermé.] « Non », dit-elle.", false},
		{"部长表示，关闭码头是“[唯一安全的选择]”。", true},
		{"他說：「碼頭[不安全]。」然後離開。", true},
		{"وقالت إن الأمر «[يتعلق بسلامة العاملين]».", true},
		{"She called it ‘an [experiment]’ again.", true},
		{"She called it 'an [experiment] with families' again.", true},
		{"The union’s chair said [it doesn’t matter] to the dockers’ families.", false},
		{"The union's chair said [it doesn't matter] to the company's lawyer.", false},
		{"“It began in May. [Nobody told us], and so on", true}, // the next paragraph goes on
		{"A pipe of 5\" burst [on Monday].", false},
		{"The ministry closed [the quay].", false},
	}
	var body []string
	for _, c := range texts {
		body = append(body, strings.NewReplacer("[", "", "]", "").Replace(c.text))
	}
	d.reader.Open(d.ImportText("Quotations", body...).ID, -1)
	at := 0
	for _, c := range texts {
		plain := strings.NewReplacer("[", "", "]", "").Replace(c.text)
		i := strings.Index(d.reader.Text.Plain[at:], plain)
		if i < 0 {
			t.Fatalf("the text does not hold %q", plain)
		}
		at += i
		first := app.RuneCount(d.reader.Text.Plain[:at])
		open, shut := slices.Index([]rune(c.text), '['), slices.Index([]rune(c.text), ']')
		d.reader.Select(first+open, first+shut-1)
		if f := d.statement(); f.Indirect == c.direct {
			t.Errorf("%s: indirect %v", c.text, f.Indirect)
		}
	}
}

func TestNamesAreCompleted(t *testing.T) {
	d := newDesk(t)
	d.Actor("Ministry of Transport", "the ministry", "وزارة النقل", "交通部")
	d.Actor("Tomas Müller", "托马斯·米勒")
	d.Actor("Al-Sharq", "Ян Йонсон")
	d.Actor("Port Authority")
	d.Claim("The quay is unsafe to load")
	d.Claim("The closure is “political”")
	for i := range 10 {
		d.Actor("Docker " + string(rune('A'+i)))
	}
	var f *viewmodel.StatementForm
	d.board.NewStatement(func(ready *viewmodel.StatementForm) { f = ready })
	for _, c := range []struct {
		typed string
		want  []string
	}{
		{"min", []string{"Ministry of Transport", "the ministry"}},
		{"TRANS min", []string{"Ministry of Transport"}},
		{"muller", []string{"Tomas Müller"}},
		{"Mü", []string{"Tomas Müller"}},
		{"وزار", []string{"وزارة النقل"}},
		{"交通", []string{"交通部"}},
		{"米勒", []string{"托马斯·米勒"}},
		{"йон", []string{"Ян Йонсон"}},
		{"sha", []string{"Al-Sharq"}},
		{"in", nil}, // inside a word
		{"ansport", []string{"Ministry of Transport"}},
		{"port", []string{"Port Authority", "Ministry of Transport"}}, // beginnings first
		{"nobody", nil},
	} {
		same(t, "actors for "+c.typed, offered(f.Actors, c.typed), c.want)
	}
	if got := offered(f.Actors, ""); len(got) != 8 {
		t.Errorf("nothing typed offers %d names", len(got))
	}
	same(t, "claims", offered(f.Claims, "polit"), []string{"The closure is “political”"})
	same(t, "claims", offered(f.Claims, "load quay")[:1], []string{"The quay is unsafe to load"})
	for typed, want := range map[string]bool{"unsafe to load": true, "The QUAY ": true, "The quay is to load": false, "nobody": false} {
		f.Claims(typed, func(_ []string, sure bool) {
			if sure != want {
				t.Errorf("typing %q means the first claim: %t, want %t", typed, sure, want)
			}
		})
	}
	f.Actor, f.Claim = "وزارة النقل", "The quay is unsafe to load"
	f.Save(func(bool) {})
	if d.fine(); d.Board().Claims[0].Statements[0].ActorName != "Ministry of Transport" {
		t.Error("an alias made another actor")
	}
}

// offered is what a form offers for what is typed.
func offered(suggest func(string, func([]string, bool)), typed string) (out []string) {
	suggest(typed, func(names []string, _ bool) { out = names })
	return out
}

func TestCounterclaimOnAPassage(t *testing.T) {
	d := newDesk(t)
	article := d.ImportText("Panel", "The panel inspected it three times. It found nothing.")
	d.reader.Open(article.ID, -1)
	d.selectWords("three times")
	s := d.statement()
	s.Actor, s.Claim = "Panel", "There were three inspections"
	s.Save(func(bool) {})
	d.Claim("There was one inspection")

	counter := func() (f *viewmodel.RelationForm) {
		d.reader.NewCounterclaim(func(ready *viewmodel.RelationForm) { f = ready })
		return f
	}
	d.reader.Select(0, 0)
	d.reader.ChooseAt(d.reader.Marks[0].Anchor.Start)
	f := counter()
	if f.From != "There were three inspections" || f.Quote != "three times" || f.Kind != app.Rebuts {
		t.Fatalf("the form begins as %+v", f)
	}
	same(t, "claims", offered(f.ToClaims, "one"), []string{"There was one inspection"})
	f.To = "There was one inspection"
	f.Save(func(bool) {})
	d.fine()
	f.Save(func(done bool) {
		if done {
			t.Error("the same relation was recorded twice")
		}
	})
	d.refused("recorded already")
	if m := d.reader.Marks[0]; len(m.Relations) != 1 || m.Relations[0].ToText != "There was one inspection" {
		t.Errorf("on the mark hang %+v", m.Relations)
	}

	d.selectWords("It found nothing.")
	if f = counter(); f.From != "" || f.Quote != "It found nothing." {
		t.Errorf("on other words: %+v", f)
	}
}

// What is recorded without a passage gets it later from what is selected.
func TestAPassageIsFoundLater(t *testing.T) {
	d := newDesk(t)
	article := d.ImportDated("2024-03-01", "Order", "The minister said: “The quay is unsafe to load.” The union answered that it is not.")
	statement := d.Statement("Minister", app.Asserts, "The quay is unsafe")
	relation := d.Relate("The quay is in order", app.Rebuts, "The quay is unsafe")
	d.reader.Show(app.RefTo(app.KindStatement, statement.ID))
	same(t, "with nothing selected", d.said, []string{"Select the passage in an article first"})
	d.reader.Open(article.ID, -1)
	d.selectWords("The quay is unsafe to load.")
	d.reader.Show(app.RefTo(app.KindStatement, statement.ID))
	d.selectWords("it is not")
	d.reader.Show(app.RefTo(app.KindRelation, relation.ID))
	d.fine()
	b := d.Board()
	if s := b.Claims[0].Statements[0]; s.Passage == nil || s.Passage.Anchor.Quote != "The quay is unsafe to load." || s.Date != "2024-03-01" {
		t.Errorf("the statement is %+v", s)
	}
	if x := b.Relations[0]; x.Passage == nil || x.Passage.Anchor.Quote != "it is not" || x.Inference() {
		t.Errorf("the relation is %+v", x)
	}
	d.Undo()
	if d.Board().Relations[0].Passage != nil {
		t.Error("it is not undone")
	}
}

// Before a claim is made the form asks whether one that reads like it is meant; a
// counterclaim may rest on several claims together.
func TestACounterclaimWithPremises(t *testing.T) {
	d := newDesk(t)
	d.Claim("The quay is unsafe to load")
	var doubles []string
	d.session.Side().Doubles("The quay was unsafe for loading", func(found []string) { doubles = found })
	same(t, "reads like", doubles, []string{"The quay is unsafe to load"})
	d.board.NewCounterclaim(func(f *viewmodel.RelationForm) {
		f.From, f.To, f.Kind = "The quay passed three tests", "The quay is unsafe to load", app.Undercuts
		f.With, f.Strength, f.Note = []string{"The tests were independent"}, app.Strong, "Both are needed."
		f.Save(func(bool) {})
	})
	d.fine()
	x := d.Board().Relations[0]
	same(t, "together with", x.WithTexts, []string{"The tests were independent"})
	if x.Strength != app.Strong || x.Note != "Both are needed." || x.Kind != app.Undercuts {
		t.Errorf("recorded %+v", x)
	}
}
