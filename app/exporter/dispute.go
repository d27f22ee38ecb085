package exporter

import (
	"strings"

	"rejoinder/app"
)

// disputeReport has a table of who takes which stance, the passages, and a
// section for each counterclaim.
func disputeReport(d app.Dispute, checks Checks, scope string) *report {
	r := newReport(d.Claim.Text, scope, checks)
	r.Facts, r.Notes = d.Claim.Facts(), bodies(d.Claim.Notes)
	if len(d.Rows) > 0 {
		r.add(2, "Who takes which stance").Tables = []*table{r.sides(d.Rows)}
	}
	if len(d.Claim.Statements) > 0 {
		s := r.add(2, "What they say")
		for _, x := range d.Claim.Statements {
			s.Entries = append(s.Entries, r.statement(x, false))
		}
	}
	if len(d.Counterclaims) > 0 {
		r.add(2, "Counterclaims")
	}
	for _, c := range d.Counterclaims {
		s := r.add(3, c.FromText)
		e := r.relation(c.BoardRelation, c.To)
		e.Claim = app.OneLine(d.Claim.Text)
		s.Entries = append(s.Entries, e)
		for _, x := range c.Statements {
			s.Entries = append(s.Entries, r.statement(x, false))
		}
		for _, x := range c.Against {
			against := r.relation(x, c.From)
			against.Label = "against it: " + against.Label
			s.Entries = append(s.Entries, against)
		}
	}
	r.relations(2, "Other relations", d.Others, d.Claim.ID)
	return r
}

// sides is the table of a dispute.
func (r *report) sides(rows []app.DisputeRow) *table {
	t := &table{Head: []cell{{Text: "Actor"}}}
	for _, title := range app.DisputeColumns {
		t.Head = append(t.Head, cell{Text: strings.ToUpper(title[:1]) + title[1:]})
	}
	for _, x := range rows {
		cells := []cell{{Text: app.OneLine(x.Name)}}
		for _, cards := range x.Cells {
			c := cell{}
			for _, s := range cards {
				says := said{Stance: s.Stance, Date: s.Date.String()}
				if s.Passage != nil {
					says.Marks = append(says.Marks, r.cite(*s.Passage))
				}
				c.Says = append(c.Says, says)
			}
			cells = append(cells, c)
		}
		if x.Silent {
			cells[1+app.ColumnSilent].Text = "silent"
		}
		t.Rows = append(t.Rows, row{Cells: cells})
	}
	return t
}
