package exporter

import (
	"strconv"
	"strings"

	"rejoinder/app"
)

// shortBoard is how many claims are seen without a list of contents.
const shortBoard = 3

// boardReport has a section for each claim, with who says what, what is set
// against it and how else it is related, and one for the actors.
func boardReport(b app.Board, checks Checks, scope string) *report {
	r := newReport("Actors, claims and counterclaims", scope, checks)
	r.Facts = strings.Join([]string{count(len(b.Actors), "actor"), count(len(b.Claims), "claim"), count(len(b.Relations), "relation")}, ", ")
	shown := map[app.ClaimID]bool{}
	for _, c := range b.Claims {
		shown[c.ID] = true
	}
	for i, c := range b.Claims {
		s := r.add(2, c.Text)
		if len(b.Claims) > shortBoard {
			s.Number = i + 1
		}
		s.Facts, s.Notes = c.Facts(), bodies(c.Notes)
		for _, x := range c.Statements {
			s.Entries = append(s.Entries, r.statement(x, false))
		}
		var counters, others []app.BoardRelation
		for _, x := range b.Relations {
			switch {
			case x.To == c.ID && x.Kind.Counters():
				counters = append(counters, x)
			case x.To == c.ID, x.From == c.ID && !shown[x.To]:
				others = append(others, x)
			}
		}
		r.relations(3, "Counterclaims", counters, c.ID)
		r.relations(3, "Other relations", others, c.ID)
	}
	if len(b.Actors) > 0 {
		r.actors(b.Actors)
	}
	return r
}

// relations are a section of them; none without any.
func (r *report) relations(level int, title string, all []app.BoardRelation, under app.ClaimID) {
	if len(all) == 0 {
		return
	}
	s := r.add(level, title)
	for _, x := range all {
		s.Entries = append(s.Entries, r.relation(x, under))
	}
}

// actors is the section of the actors, with how often each takes which stance.
func (r *report) actors(all []app.BoardActor) {
	s := r.add(2, "Actors")
	t := &table{Head: []cell{{Text: "Actor"}, {Text: "Kind"}, {Text: "Part of"}}}
	s.Tables = append(s.Tables, t)
	for _, stance := range app.Stances {
		t.Head = append(t.Head, cell{Says: []said{{Stance: stance}}, Number: true})
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
