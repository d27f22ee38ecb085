package app_test

import (
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// The claims of a dispute stand on the map with what is set against them below,
// their words whole where they are short, and every line joins the two it is of.
func TestMapOfADispute(t *testing.T) {
	nb := apptest.New(t)
	nb.Statement("Ministry", app.Asserts, "The quay is unsafe")
	nb.Relate("One inspection is not enough", app.RejectsSource, "The quay is unsafe")
	nb.Relate("Three inspections were made", app.Rebuts, "One inspection is not enough")
	nb.Relate("港口公司否认码头存在危险，并说所有检查都在恶劣天气下进行，因此不能作为关闭码头的依据", app.Rebuts, "The quay is unsafe")
	nb.Claim("A claim that nothing is set against")
	m, err := nb.ClaimMap(t.Context(), app.Scope{}, "", app.MapOptions{Actors: true})
	if err != nil || len(m.Nodes) != 5 || len(m.Edges) != 4 || m.Left != 0 {
		t.Fatalf("map %+v, %v", m, err)
	}
	d := m.Drawing()
	at := map[string]app.MapBox{}
	for i, box := range d.Boxes {
		at[m.Nodes[i].Text] = box
		if words := strings.Join(strings.Fields(strings.Join(box.Lines, " ")), ""); words != strings.ReplaceAll(m.Nodes[i].Text, " ", "") {
			t.Errorf("“%s” is set as %q", m.Nodes[i].Text, box.Lines)
		}
	}
	if at["The quay is unsafe"].Y >= at["One inspection is not enough"].Y || at["One inspection is not enough"].Y >= at["Three inspections were made"].Y {
		t.Errorf("what is set against a claim does not stand below it: %+v", at)
	}
	for i, e := range m.Edges {
		if len(d.Lines[i].Points) < 2 {
			t.Errorf("%s has no line to %s", m.Nodes[e.From].Text, m.Nodes[e.To].Text)
		}
	}
	around, err := nb.ClaimMap(t.Context(), app.Scope{}, "Three inspections", app.MapOptions{Limit: 2})
	if err != nil || len(around.Nodes) != 2 || around.Nodes[1].Text != "One inspection is not enough" || around.Left != 2 {
		t.Errorf("around a claim %+v, %v", around, err)
	}
}
