package viewmodel_test

import (
	"fmt"
	"slices"
	"testing"

	"rejoinder/app"
	"rejoinder/app/viewmodel"
)

// nodes are what the map shows, in the order of their names; edges what joins it.
func nodes(m *viewmodel.Map) []string {
	var out []string
	for _, n := range m.Drawing.Map.Nodes {
		out = append(out, n.Text)
	}
	slices.Sort(out)
	return out
}

func edges(m *viewmodel.Map) []string {
	var out []string
	all := m.Drawing.Map
	for _, e := range all.Edges {
		out = append(out, fmt.Sprint(all.Nodes[e.From].Text, " ", string(e.Kind)+string(e.Stance), " ", all.Nodes[e.To].Text))
	}
	slices.Sort(out)
	return out
}

// node is the place of a claim or an actor on the map.
func node(t *testing.T, m *viewmodel.Map, text string) int {
	t.Helper()
	i := slices.IndexFunc(m.Drawing.Map.Nodes, func(n app.MapNode) bool { return n.Text == text })
	if i < 0 {
		t.Fatalf("no %q on the map of %q", text, nodes(m))
	}
	return i
}

// chosen is what is chosen on the map; "" for nothing.
func chosen(m *viewmodel.Map) string {
	if m.Chosen < 0 {
		return ""
	}
	return m.Drawing.Map.Nodes[m.Chosen].Text
}

func (d *desk) claimMap() *viewmodel.Map {
	m := viewmodel.NewMap(d.session)
	m.Load()
	return m
}

func TestTheMapShowsWhatClaimsDoToOneAnother(t *testing.T) {
	d := harbourDesk(t)
	m := d.claimMap()
	same(t, "claims", nodes(m), []string{political, money, flawed, unsafe, repeated}) // unasked has no relation
	relations := []string{money + " reframes " + political, flawed + " undercuts " + unsafe, repeated + " rebuts " + flawed}
	same(t, "relations", edges(m), relations)
	if m.Summary() != "5 claims · not on it: 1 without relations" || len(m.Drawing.Boxes) != 5 || len(m.Drawing.Lines) != 3 {
		t.Errorf("it says %q of %d boxes and %d lines", m.Summary(), len(m.Drawing.Boxes), len(m.Drawing.Lines))
	}
	if n := m.Drawing.Map.Nodes[node(t, m, unsafe)]; n.Counts[app.Asserts] != 2 || n.Counts[app.Denies] != 1 {
		t.Errorf("the claim's counts are %v", n.Counts)
	}
	above, below := m.Drawing.Boxes[node(t, m, unsafe)], m.Drawing.Boxes[node(t, m, flawed)]
	if above.Y+above.Height > below.Y {
		t.Error("the counterclaim stands above what it is set against")
	}

	m.ShowActors(true)
	same(t, "with actors", nodes(m), []string{"Inspectorate", "Ministry", "Port Company", "Residents", political, money, flawed, unsafe, repeated, "Union"})
	same(t, "with the last word of each", edges(m), []string{
		"Inspectorate denies " + political, "Ministry asserts " + unsafe, "Port Company asserts " + flawed, "Port Company asserts " + unsafe,
		"Residents supports " + unsafe, relations[0], relations[1], relations[2], "Union asserts " + political, "Union supports " + flawed})
	if m.Summary() != "5 claims · not on it: 1 without relations" {
		t.Errorf("with actors it says %q", m.Summary())
	}
	m.ShowActors(false)
	same(t, "without actors", edges(m), relations)

	d.Relate(unasked, app.RelationSupports, political)
	if !slices.Contains(edges(m), unasked+" supports "+political) {
		t.Errorf("a new relation is not among %q", edges(m))
	}
	d.fine()
}

func TestWhatIsChosenOnTheMapIsRead(t *testing.T) {
	d := harbourDesk(t)
	m, side := d.claimMap(), d.session.Side()
	m.ShowActors(true)
	if _, ok := m.Ref(); ok || m.Statements() != nil || m.Relations() != nil || m.Gaps() != nil {
		t.Errorf("%q is chosen at first", chosen(m))
	}
	m.Choose(node(t, m, political))
	if ref, ok := m.Ref(); !ok || ref != d.claimRef(political) || side.Claim != d.claim(political) {
		t.Errorf("chosen is %v", ref)
	}
	same(t, "on the claim", told(m, m.Statements()), []string{"2024-06-10 Union asserts " + political, "2024-06-10 Inspectorate denies " + political})
	same(t, "its gaps", gapKinds(m.Gaps()), []app.GapKind{app.GapOneSource})
	if r := m.Relations(); len(r) != 1 || m.Relation(r[0]).FromText != money {
		t.Errorf("its relations are %v", r)
	}

	m.Choose(node(t, m, "Union"))
	if ref, ok := m.Ref(); !ok || ref != d.actorRef("Union") || side.Actor != d.who("Union") || m.Relations() != nil {
		t.Errorf("chosen is %v", ref)
	}
	if got := m.Statements(); len(got) != 3 {
		t.Errorf("the union says %v", told(m, got))
	}
	// It stays chosen when something is recorded, or the map is laid out anew.
	d.Statement("Press", app.Questions, unsafe)
	if chosen(m) != "Union" {
		t.Errorf("after a statement %q is chosen", chosen(m))
	}
	d.Relate(unasked, app.RelationSupports, political)
	if chosen(m) != "Union" {
		t.Errorf("after a relation %q is chosen", chosen(m))
	}
	m.Choose(-1)
	d.Undo()
	if chosen(m) != "" {
		t.Errorf("nothing was chosen, and now %q is", chosen(m))
	}
	m.Choose(node(t, m, "Union"))
	m.ShowActors(false)
	if _, ok := m.Ref(); ok && chosen(m) == "Union" {
		t.Error("an actor is chosen on a map without any")
	}

	d.board.Load()
	d.board.ChooseClaim(d.claim(flawed)) // on another screen
	m.Load()
	if chosen(m) != flawed {
		t.Errorf("the board's claim was chosen, and %q is here", chosen(m))
	}
	d.fine()
}

func TestTheMapAroundAClaim(t *testing.T) {
	d := harbourDesk(t)
	m := d.claimMap()
	m.ShowAround(true)
	if m.Around || len(d.said) != 1 || d.said[0] != "Choose a claim first" {
		t.Errorf("around nothing it says %q", d.said)
	}
	m.Choose(node(t, m, political))
	m.ShowAround(true)
	same(t, "around the closure", nodes(m), []string{political, money})
	if !m.Around || chosen(m) != political || m.Summary() != "2 claims" {
		t.Errorf("%q is chosen of %q", chosen(m), m.Summary())
	}
	m.ShowActors(true)
	same(t, "with actors", nodes(m), []string{"Inspectorate", political, money, "Union"})
	m.Choose(node(t, m, money)) // the middle stays where it is
	d.Relate("Repairs cost nine million", app.RelationSupports, money)
	same(t, "two steps away", nodes(m), []string{"Inspectorate", "Repairs cost nine million", political, money, "Union"})

	d.Trash(d.claimRef(political))
	if m.Around || !slices.Contains(nodes(m), unsafe) {
		t.Errorf("without the claim in the middle the map is of %q", nodes(m))
	}
	d.Undo()
	m.Choose(node(t, m, political))
	m.ShowAround(true)
	m.ShowAround(false)
	if len(nodes(m)) < 9 {
		t.Errorf("all again is %q", nodes(m))
	}
	d.fine()
}

func TestArrowsGoAlongTheLinks(t *testing.T) {
	d := harbourDesk(t)
	m := viewmodel.NewMap(d.session)
	m.Step(0, 1) // there is nothing yet
	m.Load()
	m.Step(0, 1)
	if m.Chosen != 0 {
		t.Errorf("the first arrow chooses %d", m.Chosen)
	}
	m.Choose(node(t, m, unsafe))
	for _, tt := range []struct {
		dy   int
		want string
	}{{1, flawed}, {1, repeated}, {1, repeated}, {-1, flawed}, {-1, unsafe}, {-1, unsafe}} {
		if m.Step(0, tt.dy); chosen(m) != tt.want {
			t.Errorf("the arrow leads to %q, want %q", chosen(m), tt.want)
		}
	}
	m.Choose(node(t, m, political))
	if m.Step(0, 1); chosen(m) != money {
		t.Errorf("down from the other dispute is %q", chosen(m))
	}
	d.fine()
}

func TestAMapWithoutRoomSaysSo(t *testing.T) {
	d := newDesk(t)
	_, err := d.Update(t.Context(), app.Op{Name: "test", Label: "Many claims"}, func(tx app.Tx) error {
		last := app.ClaimID("")
		for i := range 203 {
			c := app.Claim{ID: app.NewID[app.ClaimID](), Text: fmt.Sprintf("Claim %d", i)}
			if err := tx.PutClaim(c); err != nil {
				return err
			}
			if last != "" {
				if err := tx.PutRelation(app.Relation{ID: app.NewID[app.RelationID](), From: c.ID, Kind: app.Rebuts, To: last}); err != nil {
					return err
				}
			}
			last = c.ID
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	m := d.claimMap()
	if want := "200 claims · 3 more have no room: narrow the filter, or show what is near a claim"; m.Summary() != want {
		t.Errorf("it says %q, want %q", m.Summary(), want)
	}
	m.Choose(0)
	if m.ShowAround(true); m.Summary() != "60 claims" {
		t.Errorf("around a claim it says %q", m.Summary())
	}
	d.fine()
}
