package exporter

import (
	"strconv"
	"strings"

	"rejoinder/app"
)

// boardReport has a section for each claim, with who says what and what is set
// against it, and one for the actors.
func boardReport(b app.Board, checks Checks, scope string) *report {
	r := newReport("Actors, claims and counterclaims", scope, checks)
	r.Facts = strings.Join([]string{count(len(b.Actors), "actor"), count(len(b.Claims), "claim"), count(len(b.Relations), "relation")}, ", ")
	shown := map[app.ClaimID]bool{}
	for _, c := range b.Claims {
		shown[c.ID] = true
	}
	for _, c := range b.Claims {
		s := r.add(2, c.Text)
		s.Facts, s.Notes = factsOf(c), bodies(c.Notes)
		for _, x := range c.Statements {
			s.Entries = append(s.Entries, r.statement(x, false))
		}
		for _, x := range b.Relations {
			if x.To == c.ID || x.From == c.ID && !shown[x.To] {
				s.Entries = append(s.Entries, r.relation(x, c.ID))
			}
		}
	}
	if len(b.Actors) > 0 {
		r.actors(b.Actors)
	}
	return r
}

// factsOf is a claim in short.
func factsOf(c app.BoardClaim) string {
	facts := []string{count(len(c.Statements), "statement"), count(c.Sources, "independent source")}
	if !c.Answered {
		facts = append(facts, "nobody has answered")
	}
	return strings.Join(facts, ", ")
}

// actors is the section of the actors, with how often each takes which stance.
func (r *report) actors(all []app.BoardActor) {
	s := r.add(2, "Actors")
	t := &table{Head: []cell{{Text: "Actor"}, {Text: "Kind"}, {Text: "Part of"}}}
	s.Tables = append(s.Tables, t)
	for _, stance := range app.Stances {
		t.Head = append(t.Head, cell{Says: []said{{Stance: stance}}})
	}
	for _, a := range all {
		cells := []cell{{Text: app.OneLine(a.Name)}, {Text: string(a.Kind)}, {Text: app.OneLine(a.PartOfName)}}
		for _, stance := range app.Stances {
			words := ""
			if n := a.Counts[stance]; n > 0 {
				words = strconv.Itoa(n)
			}
			cells = append(cells, cell{Text: words, Number: true})
		}
		t.Rows = append(t.Rows, row{Cells: cells})
	}
	for _, a := range all {
		if len(a.Notes) > 0 {
			r.add(3, a.Name).Notes = bodies(a.Notes)
		}
	}
}
