package viewmodel_test

import (
	"testing"

	"rejoinder/app"
	"rejoinder/app/viewmodel"
)

// rowsOf writes down who says what in which column, with the quotes.
func rowsOf(rows []app.DisputeRow) []string {
	var out []string
	for _, r := range rows {
		line := r.Name
		for column, cell := range r.Cells {
			for _, s := range cell {
				line += " | " + app.DisputeColumns[column] + ": "
				if s.Passage != nil {
					line += s.Passage.Anchor.Quote
				}
			}
		}
		out = append(out, line)
	}
	return out
}

func (d *desk) texts(claims []app.ClaimID) []string {
	var out []string
	for _, id := range claims {
		out = append(out, d.session.Side().NameOf(app.RefTo(app.KindClaim, id)))
	}
	return out
}

func TestADisputeShowsWhoStandsWhere(t *testing.T) {
	d := harbourDesk(t)
	d.Note("Ask for the protocol.", d.claimRef(unsafe))
	d.Statement("Press", app.Questions, unsafe)
	d.Statement("Press", app.Declines, unsafe)
	v := viewmodel.NewDispute(d.session)
	v.Load()
	same(t, "claims, most disputed first", d.texts(v.Claims), []string{unsafe, political, flawed, unasked, repeated, money})
	if v.Claim != d.claim(unsafe) || v.Shown.Claim.Text != unsafe || len(v.Shown.Claim.Notes) != 1 || v.Shown.Claim.Sources != 2 {
		t.Errorf("shown is %+v", v.Shown.Claim)
	}
	same(t, "who speaks", rowsOf(v.Speakers()), []string{
		"Ministry | asserts: The quay is unsafe,",
		"Port Company | asserts: It is unsafe after all | disputes or denies: It is as safe as ever",
		"Residents | supports: The residents had always known.",
		"Press | qualifies or questions:  | silent or declines: ",
	})
	same(t, "who is silent, though the counterclaim is theirs", v.Silent(), []string{"Union"})
	if text, counts, counters := v.Card(v.Claim); text != unsafe || counts[app.Asserts] != 2 || counts[app.Denies] != 1 || counters != 1 {
		t.Errorf("in the list %q has %v and %d counterclaims", text, counts, counters)
	}

	if len(v.Shown.Counterclaims) != 1 {
		t.Fatalf("counterclaims: %+v", v.Shown.Counterclaims)
	}
	c := v.Shown.Counterclaims[0]
	if c.FromText != flawed || c.Kind != app.Undercuts || !c.Inference() || len(c.Against) != 1 || c.Against[0].FromText != repeated {
		t.Errorf("the counterclaim: %+v", c)
	}
	var by []string
	for _, s := range c.Statements {
		by = append(by, s.ActorName+": "+s.Passage.Anchor.Quote)
	}
	same(t, "who makes it", by, []string{"Port Company: They looked at it once", "Union: the one look was hasty"})

	v.Choose(d.claim(flawed)) // the other side of the relation is no counterclaim to it
	if len(v.Shown.Counterclaims) != 1 || v.Shown.Counterclaims[0].FromText != repeated || len(v.Shown.Others) != 1 || v.Shown.Others[0].ToText != unsafe {
		t.Errorf("of the counterclaim: %+v, others %+v", v.Shown.Counterclaims, v.Shown.Others)
	}
	d.fine()
}

// Who belongs to the topic by a tag is silent too; without a tag only who is near.
func TestATopicSaysWhoIsSilent(t *testing.T) {
	d := harbourDesk(t)
	v := viewmodel.NewDispute(d.session)
	v.Load()
	v.Choose(d.claim(political))
	same(t, "silent", v.Silent(), nil)
	d.tag("harbour/politics", d.claimRef(political), d.claimRef(unsafe))
	same(t, "silent in the topic", v.Silent(), []string{"Ministry", "Port Company", "Residents"})
	d.Statement("Residents", app.Declines, political)
	same(t, "after one declined", v.Silent(), []string{"Ministry", "Port Company"})
	d.fine()
}

func TestTheDisputeIsOfTheClaimChosenAnywhere(t *testing.T) {
	d := harbourDesk(t)
	d.board.Load()
	v, redrawn := viewmodel.NewDispute(d.session), 0
	d.board.ChooseClaim(d.claim(political))
	v.Load()
	if v.Shown.Claim.Text != political {
		t.Errorf("the board's claim was chosen, and %q is shown", v.Shown.Claim.Text)
	}
	v.OnChange = func() { redrawn++ }
	v.Choose(d.claim(flawed))
	v.ChooseActor(v.Speakers()[1].Actor)
	if redrawn != 1 || v.ActorName(v.Speakers()[1].Actor) != "Union" {
		t.Errorf("drawn %d times, the second speaker is %q", redrawn, v.ActorName(v.Speakers()[1].Actor))
	}
	d.board.NewStatement(func(f *viewmodel.StatementForm) {
		if f.Actor != "Union" || f.Claim != flawed {
			t.Errorf("a statement begins with %q on %q", f.Actor, f.Claim)
		}
	})
	d.board.NewCounterclaim(func(f *viewmodel.RelationForm) {
		if f.To != flawed {
			t.Errorf("a counterclaim begins against %q", f.To)
		}
	})
	d.fine()
}

func TestADisputeFollowsWhatIsRecorded(t *testing.T) {
	d := newDesk(t)
	v := viewmodel.NewDispute(d.session)
	v.Load()
	if v.Claim != "" || len(v.Claims) != 0 || len(v.Speakers()) != 0 || v.ActorName("nobody") != "" {
		t.Errorf("a new notebook's dispute is of %q", v.Claim)
	}
	d.Statement("Union", app.Asserts, unasked)
	d.Statement("Ministry", app.Asserts, unsafe)
	if v.Shown.Claim.Text != unasked {
		t.Errorf("after the first claim it is of %q", v.Shown.Claim.Text)
	}
	d.Statement("Ministry", app.Denies, unasked)
	same(t, "rows", rowsOf(v.Speakers()), []string{"Union | asserts: ", "Ministry | disputes or denies: "})
	d.Relate("Two letters were sent", app.Rebuts, unasked)
	if len(v.Shown.Counterclaims) != 1 {
		t.Error("the counterclaim is not there")
	}

	d.Trash(d.claimRef(unasked))
	if v.Shown.Claim.Text != unsafe {
		t.Errorf("what is in the trash is followed by %q", v.Shown.Claim.Text)
	}
	d.Undo()
	if v.Choose(d.claim(unasked)); v.Shown.Claim.Text != unasked || len(v.Speakers()) != 2 {
		t.Errorf("undone, %q is shown with %v", v.Shown.Claim.Text, rowsOf(v.Speakers()))
	}
	d.fine()
}

func TestTheFilterMayLeaveTheDisputeOut(t *testing.T) {
	d := harbourDesk(t)
	v, side := viewmodel.NewDispute(d.session), d.session.Side()
	v.Load()
	v.Choose(d.claim(unsafe))
	side.Choose(func(s *app.Scope) { s.Actor = d.who("Inspectorate") })
	same(t, "claims of the inspectorate", d.texts(v.Claims), []string{political, money})
	if v.Shown.Claim.Text != political || len(v.Speakers()) != 1 {
		t.Errorf("shown is %q with %v", v.Shown.Claim.Text, rowsOf(v.Speakers()))
	}
	side.Choose(func(s *app.Scope) { *s = app.Scope{From: "2030"} })
	if v.Claim != "" || v.Shown.Claim.Text != "" || len(v.Silent()) != 0 {
		t.Errorf("of nothing, %q is shown", v.Shown.Claim.Text)
	}
	side.Choose(func(s *app.Scope) { *s = app.Scope{} })
	v.Load() // as it is chosen still
	if v.Shown.Claim.Text != unsafe {
		t.Errorf("without the filter %q is shown", v.Shown.Claim.Text)
	}
	d.fine()
}

func TestTheDisputeAskedForLastIsShown(t *testing.T) {
	l := &later{}
	d := harbourOn(t, l.loop())
	v := viewmodel.NewDispute(d.session)
	v.Load()
	l.all()
	v.Choose(d.claim(political))
	v.Choose(d.claim(flawed))
	l.run(1)
	l.run(0)
	if v.Shown.Claim.Text != flawed || v.Claim != d.claim(flawed) {
		t.Errorf("%q is shown", v.Shown.Claim.Text)
	}
	d.fine()
}
