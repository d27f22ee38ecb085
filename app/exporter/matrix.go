package exporter

import (
	"strings"

	"rejoinder/app"
)

// matrixReport has the table of actors against claims, and a section for each
// actor with the passages.
func matrixReport(m app.MatrixTable, checks Checks, scope string) *report {
	if m.Until != "" {
		scope = strings.Trim(scope+" · until "+m.Until.String(), " ·")
	}
	r := newReport("Who takes which stance", scope, checks)
	r.Facts = count(len(m.Rows), "actor") + ", " + count(len(m.Columns), "claim")
	if len(m.Rows) == 0 {
		return r
	}
	r.add(2, "Actors and claims").Table = r.stances(m)
	r.add(2, "What they say")
	for i, actor := range m.Rows {
		if actor.Total == 0 {
			continue
		}
		s := r.add(3, actor.Name)
		for _, c := range m.Cells[i] {
			for _, x := range c.Cards {
				e := r.statement(x, true)
				e.Who = ""
				s.Entries = append(s.Entries, e)
			}
		}
	}
	return r
}

// stances is the table of a matrix.
func (r *report) stances(m app.MatrixTable) *table {
	t := &table{Head: []cell{{Text: "Actor"}}}
	for _, c := range m.Columns {
		head := app.OneLine(c.Text)
		if c.Group != "" {
			head = app.OneLine(c.Group) + ": " + head
		}
		t.Head = append(t.Head, cell{Text: head})
	}
	group := ""
	for i, actor := range m.Rows {
		if actor.Group != group {
			group = actor.Group
			title := app.OneLine(group)
			if title == "" {
				title = "in no group"
			}
			t.Rows = append(t.Rows, row{Group: title})
		}
		cells := []cell{{Text: app.OneLine(actor.Name)}}
		for _, c := range m.Cells[i] {
			cells = append(cells, r.stance(c))
		}
		t.Rows = append(t.Rows, row{Cells: cells})
	}
	return t
}

// stance is a cell of a matrix; who is silent has an empty one.
func (r *report) stance(c app.MatrixTableCell) cell {
	if len(c.Cards) == 0 {
		return cell{}
	}
	says := said{Stance: c.First}
	if c.Last != c.First {
		says.Then = c.Last
	}
	for _, x := range c.Cards {
		if x.Passage != nil {
			says.Marks = append(says.Marks, r.cite(*x.Passage))
		}
	}
	return cell{Says: []said{says}}
}
