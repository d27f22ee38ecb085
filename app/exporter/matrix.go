package exporter

import (
	"fmt"
	"strings"

	"rejoinder/app"
)

// A table of the matrix has as many claims as paper has room for beside the
// actors, and in its head so many letters of each.
const (
	bandWidth  = 6
	headLength = 90
)

// matrixReport has the table of actors against claims, in bands of a few claims,
// and a section for each actor with the passages.
func matrixReport(m app.MatrixTable, checks Checks, scope string) *report {
	if m.Until != "" {
		scope = strings.Trim(scope+" · until "+m.Until.String(), " ·")
	}
	r := newReport("Who takes which stance", scope, checks)
	r.Facts = count(len(m.Rows), "actor") + ", " + count(len(m.Columns), "claim")
	if len(m.Rows) == 0 {
		return r
	}
	r.Across = true
	r.bands(r.add(2, "Actors and claims"), m)
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

// bands are the tables of a matrix, as wide as one another if they can be.
func (r *report) bands(s *section, m app.MatrixTable) {
	all := len(m.Columns)
	bands := (all + bandWidth - 1) / bandWidth
	for from := 0; from < all; {
		to := from + (all-from+bands-1)/bands
		t := &table{Head: []cell{{Text: "Actor"}}}
		for i, c := range m.Columns[from:to] {
			head := app.OneLine(c.Text)
			if c.Group != "" {
				head = app.OneLine(c.Group) + ": " + head
			}
			head = fmt.Sprintf("(%d) %s", from+i+1, head)
			if app.RuneCount(head) > headLength {
				s.Cut = append(s.Cut, head)
				head = app.Slice(head, 0, headLength) + "…"
			}
			t.Head = append(t.Head, cell{Text: head})
		}
		r.stances(t, m, from, to)
		s.Tables = append(s.Tables, t)
		from, bands = to, bands-1
	}
}

// stances fills a table with what the actors say on some of the claims.
func (r *report) stances(t *table, m app.MatrixTable, from, to int) {
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
		for _, c := range m.Cells[i][from:to] {
			cells = append(cells, r.stance(c))
		}
		t.Rows = append(t.Rows, row{Cells: cells})
	}
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
