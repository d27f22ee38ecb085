package viewmodel_test

import (
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/viewmodel"
)

// disputeDesk is a board with a dispute: the ministry asserts, the company and
// the union answer, and the press only exists.
func disputeDesk(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	d.Statement("Ministry", app.Asserts, "The quay is unsafe")
	d.Statement("Ministry", app.Denies, "The closure is political")
	d.Statement("Company", app.Asserts, "The quay has a clean record")
	d.Statement("Union", app.Asserts, "The closure is political")
	d.Statement("Residents", app.Supports, "The quay is unsafe")
	d.Relate("The quay has a clean record", app.Undercuts, "The quay is unsafe")
	d.Relate("The dispute is about money", app.Reframes, "The closure is political")
	d.Relate("The wall has moved", app.RelationSupports, "The quay is unsafe")
	d.Actor("Press")
	d.board.Load()
	return d
}

func (d *desk) actor(name string) app.ActorID {
	d.t.Helper()
	for _, id := range d.board.Columns.Actors {
		if d.board.ActorName(id) == name {
			return id
		}
	}
	d.t.Fatalf("no actor %q on the board", name)
	return ""
}

// cards are the cards of the board with their evidence, as the screen makes them.
func (d *desk) cards() (actors []app.BoardActor, claims []app.BoardClaim, counters []viewmodel.Counterclaim) {
	for range 2 { // the second time what the first one missed is there
		actors, claims, counters = nil, nil, nil
		for _, id := range d.board.Columns.Actors {
			actors = append(actors, d.board.ActorCard(id))
		}
		for _, id := range d.board.Columns.Claims {
			claims = append(claims, d.board.ClaimCard(id))
		}
		for _, i := range d.board.Columns.Counterclaims {
			counters = append(counters, d.board.Counterclaim(i))
		}
		d.board.Fetch()
	}
	return actors, claims, counters
}

// rename and note act on what is chosen, as the menu does.
func (d *desk) rename(name string) {
	if ref, ok := d.board.ChosenRef(); ok {
		d.session.Side().Rename(ref, name, func(bool) {})
	}
}

func (d *desk) note(body string) {
	if ref, ok := d.board.ChosenRef(); ok {
		d.session.Side().AddNote(body, ref)
	}
}

// merge merges the chosen actor, after a look at what that changes.
func (d *desk) merge(into string) (changes app.MergePreview) {
	ref, _ := d.board.ChosenRef()
	form := d.session.Side().Merge(ref)
	form.Preview(into, func(p app.MergePreview) { changes = p })
	form.Merge(into, func(bool) {})
	return changes
}

// claim finds a claim in the notebook, on the board's columns or not.
func (d *desk) claim(text string) app.ClaimID {
	d.t.Helper()
	id, err := d.ClaimID(d.t.Context(), text)
	if err != nil {
		d.t.Fatal(err)
	}
	return id
}

func (d *desk) linked() []string {
	var out []string
	for _, id := range d.board.Columns.Actors {
		if d.board.Columns.Linked[id] {
			out = append(out, d.board.ActorName(id))
		}
	}
	return out
}

func (d *desk) claims() []string {
	var out []string
	for _, id := range d.board.Columns.Claims {
		out = append(out, d.board.ClaimText(id))
	}
	slices.Sort(out)
	return out
}

func (d *desk) counterclaims() []string {
	var out []string
	_, _, counters := d.cards()
	for _, c := range counters {
		out = append(out, c.FromText+" "+c.Kind.Words()+" "+c.ToText)
	}
	return out
}

const (
	recordUndercuts = "The quay has a clean record undercuts The quay is unsafe"
	moneyReframes   = "The dispute is about money reframes The closure is political"
)

func TestBoardShowsEverythingSideBySide(t *testing.T) {
	d := newDesk(t)
	if d.board.Load(); !d.board.Empty() {
		t.Error("a new notebook's board is not empty")
	}
	d = disputeDesk(t)
	if d.board.Empty() || d.board.Chosen() != "" {
		t.Error("the board is empty, or something is chosen")
	}
	same(t, "actors", d.linked(), []string{"Company", "Ministry", "Press", "Residents", "Union"})
	same(t, "counterclaims", d.counterclaims(), []string{recordUndercuts, moneyReframes})
	_, _, counters := d.cards()
	if s := counters[0].Statements; len(s) != 1 || s[0].ActorName != "Company" {
		t.Errorf("who says the counterclaim: %+v", s)
	}
	if len(d.board.Columns.Claims) != 5 || d.board.Silent() != nil {
		t.Errorf("claims %v, silent %v", d.claims(), d.board.Silent())
	}
}

func TestChoosingNarrowsTheBoard(t *testing.T) {
	d := disputeDesk(t)
	redrawn := 0
	d.board.OnChange = func() { redrawn++ }
	d.board.ChooseClaim(d.claim("The quay is unsafe"))
	if redrawn != 1 || d.board.Chosen() != "The quay is unsafe" {
		t.Errorf("chosen %q, redrawn %d times", d.board.Chosen(), redrawn)
	}
	same(t, "linked to the claim", d.linked(), []string{"Company", "Ministry", "Residents"})
	same(t, "its counterclaims", d.counterclaims(), []string{recordUndercuts})
	same(t, "silent on it", d.board.Silent(), nil) // the company answers with its counterclaim; the union speaks of other things
	if len(d.board.Columns.Claims) != 5 {
		t.Error("choosing a claim hides the others")
	}

	d.board.ChooseActor(d.actor("Ministry"))
	same(t, "the ministry's claims", d.claims(), []string{"The closure is political", "The quay is unsafe"})
	_, shown, _ := d.cards()
	for _, c := range shown {
		for _, s := range c.Statements {
			if s.ActorName != "Ministry" {
				t.Errorf("among the ministry's statements: %+v", s)
			}
		}
	}
	same(t, "counterclaims to the claim", d.counterclaims(), []string{recordUndercuts})

	d.board.ChooseActor(d.actor("Union")) // it does not speak to the claim
	if d.board.Claim != "" {
		t.Error("a claim of which the actor has no part stays chosen")
	}
	same(t, "the union's claims", d.claims(), []string{"The closure is political"})
	same(t, "counterclaims to the union", d.counterclaims(), []string{moneyReframes})
	same(t, "linked to the union", d.linked(), []string{"Ministry", "Union"})
	d.board.ChooseActor(d.actor("Union"))
	if d.board.Actor != "" || len(d.board.Columns.Claims) != 5 {
		t.Error("choosing it again does not unchoose it")
	}
	d.board.ChooseClaim(d.claim("The quay is unsafe"))
	d.board.ChooseClaim(d.claim("The quay is unsafe"))
	if d.board.Claim != "" {
		t.Error("choosing the claim again does not unchoose it")
	}
	d.board.ChooseActor(d.actor("Press"))
	d.board.Clear()
	same(t, "after clearing", d.linked(), []string{"Company", "Ministry", "Press", "Residents", "Union"})

	d.Relate("The closure is political", app.RelationSupports, "The quay is unsafe")
	d.board.Clear()
	d.board.ChooseClaim(d.claim("The quay is unsafe"))
	same(t, "silent on what is now near", d.board.Silent(), []string{"Union"})
}

func TestBoardIsEdited(t *testing.T) {
	d := disputeDesk(t)
	d.rename("Nobody") // nothing is chosen
	d.note("A note on nothing")
	d.board.TrashChosen()
	if steps := d.window.UndoLabel; !strings.Contains(steps, "Press") {
		t.Errorf("something was done without a choice: %s", steps)
	}

	d.board.ChooseActor(d.actor("Union"))
	d.rename("Dockers' union")
	d.note("Changed its mind in June.")
	actors, _, _ := d.cards()
	if a := actors[1]; a.Name != "Dockers' union" || len(a.Notes) != 1 || d.board.Chosen() != a.Name {
		t.Errorf("the actor became %q with %d notes", a.Name, len(a.Notes))
	}
	d.board.ChooseClaim(d.claim("The closure is political"))
	d.rename("The closure is a political decision")
	d.note("Two wordings.")
	_, claims, _ := d.cards()
	if c := claims[0]; c.Text != "The closure is a political decision" || len(c.Notes) != 1 {
		t.Errorf("the claim became %q with %d notes", c.Text, len(c.Notes))
	}
	d.rename(" ")
	d.refused("needs words")

	d.board.TrashChosen()
	if d.board.Claim != "" || slices.Contains(d.claims(), "The closure is a political decision") {
		t.Errorf("the claim is still there: %v", d.claims())
	}
	same(t, "messages", d.said, []string{"Move 1 claim to the trash — undo with Ctrl+Z"})
	d.Undo()
	d.board.ChooseActor(d.actor("Dockers' union")) // unchooses it
	if got := d.counterclaims(); len(got) != 2 {
		t.Errorf("undo brings back %v", got)
	}

	d.board.ChooseActor(d.actor("Residents"))
	if p := d.merge("Dockers' union"); p.Statements != 1 || p.Keep != "Dockers' union" || !slices.Equal(p.Aliases, []string{"Residents"}) {
		t.Errorf("before the merge: %+v", p)
	}
	if d.board.Actor != "" || d.said[1] != "Merged into “Dockers' union”" {
		t.Errorf("chosen %q, said %q", d.board.Chosen(), d.said)
	}
	actors, _, _ = d.cards()
	merged := actors[slices.IndexFunc(actors, func(a app.BoardActor) bool { return a.Name == "Dockers' union" })]
	if merged.Counts[app.Supports] != 1 || !slices.Contains(merged.Aliases, "Residents") {
		t.Errorf("the merged actor is %+v", merged)
	}
	d.fine()
	d.board.ChooseActor(merged.ID)
	d.session.Side().Merge(app.RefTo(app.KindActor, merged.ID)).Merge("Nobody", func(bool) {})
	d.refused("Nobody")
	d.board.TrashChosen()
	if d.board.Actor != "" || d.board.ActorName(merged.ID) != "" {
		t.Error("the actor in the trash is still on the board")
	}
}

func TestStatementAndCounterclaimFromTheBoard(t *testing.T) {
	d := disputeDesk(t)
	d.board.ChooseActor(d.actor("Ministry"))
	d.board.ChooseClaim(d.claim("The quay is unsafe"))
	d.board.NewStatement(func(f *viewmodel.StatementForm) {
		if f.Actor != "Ministry" || f.Claim != "The quay is unsafe" || f.Quote != "" {
			t.Errorf("the form begins as %+v", f)
		}
		f.Actor, f.Stance = "Union", app.Disputes
		f.Save(func(bool) {})
	})
	d.board.ChooseActor(d.actor("Ministry"))
	same(t, "linked to the claim", d.linked(), []string{"Company", "Ministry", "Residents", "Union"})
	same(t, "silent", d.board.Silent(), nil)
	d.board.NewCounterclaim(func(f *viewmodel.RelationForm) {
		if f.To != "The quay is unsafe" || f.From != "" || f.Quote != "" {
			t.Errorf("the form begins as %+v", f)
		}
		f.From, f.Kind = "One inspection is not enough", app.RejectsSource
		f.Save(func(bool) {})
	})
	d.fine()
	_, _, got := d.cards()
	if len(got) != 2 || !got[1].Inference() || got[1].FromText != "One inspection is not enough" {
		t.Errorf("counterclaims %v", d.counterclaims())
	}
}

func TestSampleBoard(t *testing.T) {
	d := sampleDesk(t)
	d.board.ChooseClaim(d.claim("The closure rests on one flawed inspection"))
	same(t, "counterclaims", d.counterclaims(), []string{
		"Three inspections reached the same result rebuts The closure rests on one flawed inspection",
		"The weather did not affect the measurement undercuts The closure rests on one flawed inspection",
		"The dispute is about who pays for the repair reframes The closure rests on one flawed inspection",
	})
	if slices.Contains(d.board.Silent(), "Expert panel") {
		t.Error("who answers with a counterclaim counts as silent")
	}
	_, claims, _ := d.cards()
	for _, c := range claims {
		if c.Text == "The closure costs 900 jobs" && c.Sources != 1 {
			t.Errorf("two copies of one report count as %d sources", c.Sources)
		}
	}
	before := len(d.board.Columns.Claims)
	d.session.Side().Changed(app.Changes{Refs: []app.Ref{{Kind: app.KindCollection}}})
	if d.fine(); len(d.board.Columns.Claims) != before || d.board.Claim == "" {
		t.Error("a change that does not touch the board changes it")
	}
}
