package viewmodel_test

import (
	"maps"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/viewmodel"
)

func gapKinds(gaps []app.Gap) []app.GapKind {
	var out []app.GapKind
	for _, g := range gaps {
		out = append(out, g.Kind)
	}
	return out
}

func gapTexts(gaps []app.Gap) []string {
	var out []string
	for _, g := range gaps {
		out = append(out, g.Text)
	}
	return out
}

func (d *desk) gaps() *viewmodel.Gaps {
	g := viewmodel.NewGaps(d.session)
	g.Load()
	return g
}

func TestGapsAreListedByKind(t *testing.T) {
	d := harbourDesk(t)
	g := viewmodel.NewGaps(d.session)
	if g.Loaded() {
		t.Error("the gaps are there before anybody asked for them")
	}
	g.Load()
	// A claim that names two actors, of whom one has no say, and two copies of one report.
	d.Statement("Press", app.Asserts, "The Ministry tells the Press little")
	copies := []app.Article{d.ImportDated("2024-07-01", "Copy one", "“The wall leans,” divers said."), d.ImportDated("2024-07-02", "Copy two", "“The wall leans,” divers said.")}
	for _, a := range copies {
		s := d.Statement("Divers", app.Asserts, "The wall leans", apptest.In(a, "The wall leans"))
		if _, err := d.EditStatement(t.Context(), s.ID, func(s *app.Statement) { s.Indirect = true }); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.JoinStory(t.Context(), copies[0].ID, copies[1].ID); err != nil {
		t.Fatal(err)
	}
	want := map[app.GapKind][]string{
		app.GapReply:      {"Ministry says nothing on “The Ministry tells the Press little”"},
		app.GapUnanswered: {"“Nobody asked the union”", "“The Ministry tells the Press little”", "“The wall leans”"},
		app.GapOneSource:  {"“The closure is political”"},
		app.GapOneStory:   {"“The wall leans” (2 articles)"},
		app.GapQuotedOnly: {"Divers (2 statements)"},
		app.GapTurn:       {"Port Company denies and then asserts “The quay is unsafe”"},
		app.GapNoPassage:  {"Union asserts “Nobody asked the union”", "Press asserts “The Ministry tells the Press little”"},
		app.GapInference: {"“The inspection was flawed” undercuts “The quay is unsafe”",
			"“Three inspections agree” rebuts “The inspection was flawed”", "“The dispute is about money” reframes “The closure is political”"},
	}
	var all []string
	for _, kind := range app.GapKinds {
		all = append(all, want[kind]...)
	}
	same(t, "all", gapTexts(g.Shown), all)
	counts := map[app.GapKind]int{}
	for kind, texts := range want {
		counts[kind] = len(texts)
	}
	if !maps.Equal(g.Count, counts) || g.Total() != len(all) {
		t.Errorf("counted %v of %d, want %v of %d", g.Count, g.Total(), counts, len(all))
	}
	redrawn := 0
	g.OnChange = func() { redrawn++ }
	for _, kind := range app.GapKinds {
		g.Choose(kind)
		same(t, kind.Title(), gapTexts(g.Shown), want[kind])
		if kind.Title() == "" || kind.Mend() == "" || g.Total() != len(all) {
			t.Errorf("%s says %q and %q, of %d", kind, kind.Title(), kind.Mend(), g.Total())
		}
	}
	if redrawn != len(app.GapKinds) {
		t.Errorf("drawn %d times", redrawn)
	}
	g.Choose("")
	same(t, "all again", gapTexts(g.Shown), all)
	d.fine()
}

// Each gap opens where it can be mended: what is opened is the thing, the choice
// of the other screens is what it is about, and the form on it has the rest.
func TestAGapOpensWhereItCanBeMended(t *testing.T) {
	d := harbourDesk(t)
	d.Relate("Two letters were sent", app.Rebuts, flawed)
	g, side := d.gaps(), d.session.Side()
	find := func(kind app.GapKind) app.Gap {
		t.Helper()
		g.Choose(kind)
		if len(g.Shown) == 0 {
			t.Fatalf("no gap is %s", kind)
		}
		g.Mark(g.Shown[0])
		return g.Shown[0]
	}
	gap := find(app.GapUnanswered)
	if gap.Open != d.claimRef(unasked) || side.Claim != d.claim(unasked) || side.Actor != "" {
		t.Errorf("what nobody answered opens %v", gap.Open)
	}
	if _, ok := g.Statement(gap); ok {
		t.Error("what nobody answered is a statement")
	}
	if _, ok := g.Relation(gap); ok {
		t.Error("what nobody answered is a relation")
	}
	v := viewmodel.NewDispute(d.session)
	v.Load()
	if v.Shown.Claim.Text != unasked {
		t.Errorf("the dispute that opens is of %q", v.Shown.Claim.Text)
	}

	gap = find(app.GapTurn)
	s, ok := g.Statement(gap)
	if !ok || s.ActorName != "Port Company" || s.Stance != app.Asserts || gap.Open.ID != string(s.ID) || side.Actor != d.who("Port Company") {
		t.Errorf("the turn is %+v", s)
	}
	opened := ""
	g.OpenStatement(gap.At, func(p app.Passage) { opened = p.Anchor.Quote })
	if opened != "It is unsafe after all" {
		t.Errorf("it opens %q", opened)
	}

	gap = find(app.GapNoPassage)
	if s, ok := g.Statement(gap); !ok || s.ClaimText != unasked {
		t.Errorf("without a passage is %+v", s)
	}
	g.OpenStatement(gap.At, func(app.Passage) { t.Error("a passage opens that is not there") })
	same(t, "said", d.said, []string{"Nothing shows this yet: record it once more on a passage"})

	gap = find(app.GapInference)
	if x, ok := g.Relation(gap); !ok || x.FromText != flawed || x.ToText != unsafe || gap.Open.ID != string(x.ID) {
		t.Errorf("the inference is %+v", x)
	}
	d.fine()
}

func TestAMendedGapIsGone(t *testing.T) {
	d := harbourDesk(t)
	g := d.gaps()
	g.Choose(app.GapUnanswered)
	before := g.Total()
	g.Mark(g.Shown[0])
	d.board.NewStatement(func(f *viewmodel.StatementForm) { // on the claim that nobody answered
		f.Actor, f.Stance = "Ministry", app.Denies
		f.Save(func(bool) {})
	})
	if g.Count[app.GapUnanswered] != 0 || g.Kind != "" || len(g.Shown) != g.Total() {
		t.Errorf("of the kind that is gone %d are left, and %q is shown", g.Count[app.GapUnanswered], g.Kind)
	}
	if g.Total() != before { // one is closed; the answer has no passage, which is another
		t.Errorf("%d gaps, want %d", g.Total(), before)
	}
	d.Undo()
	g.Choose(app.GapUnanswered)
	same(t, "undone", gapTexts(g.Shown), []string{"“Nobody asked the union”"})

	d.session.Side().Choose(func(s *app.Scope) { s.From, s.To = "2024-09", "2024-09" })
	if g.Count[app.GapTurn] != 1 || g.Count[app.GapNoPassage] != 0 { // it turned in September, against what it said before
		t.Errorf("of September the gaps are %q", gapTexts(g.Shown))
	}
	d.session.Side().Choose(func(s *app.Scope) { s.From, s.To = "2030", "" })
	if !g.Loaded() || g.Total() != 0 || len(g.Shown) != 0 {
		t.Errorf("of nothing the gaps are %q", gapTexts(g.Shown))
	}
	d.fine()
}
