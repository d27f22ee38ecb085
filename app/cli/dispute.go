package cli

import (
	"fmt"
	"strings"

	"rejoinder/app"
	"rejoinder/app/exporter"
)

type disputeCmd struct {
	Claim        string `arg:"" help:"The claim (id or words)."`
	speakerFlags `embed:""`
	reportFlags  `embed:""`
}

// The rows of dispute --json. Part says what a row is: statement, silent,
// counterclaim, on-counterclaim, against or related.
type (
	disputeStatementRow struct {
		Part   string `json:"part"`
		Column string `json:"column"`
		statementRow
	}
	disputeRelationRow struct {
		Part string `json:"part"`
		relationRow
	}
	silentRow struct {
		Part    string      `json:"part"`
		Column  string      `json:"column"`
		Actor   string      `json:"actor"`
		ActorID app.ActorID `json:"actor_id"`
	}
)

// disputeColumns are the columns' names for programs, in their order.
var disputeColumns = [...]string{app.ColumnAsserts: "asserts", app.ColumnSupports: "supports", app.ColumnQualifies: "qualifies",
	app.ColumnDisputes: "disputes", app.ColumnSilent: "silent"}

// Run prints a dispute.
func (c disputeCmd) Run(s *session) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	scope, err := c.scope(s, nb)
	if err != nil {
		return err
	}
	d, err := nb.Dispute(s.ctx, scope, c.Claim)
	if err != nil {
		return err
	}
	switch {
	case c.wanted():
		return c.write(s, nb, reportOf(scope, d.Passages(), d, exporter.DisputeMarkdown, exporter.DisputeHTML))
	case s.json:
		s.disputeRows(d)
	default:
		s.disputeText(d)
	}
	return nil
}

func (s *session) disputeRows(d app.Dispute) {
	for _, row := range d.Rows {
		for i, cell := range row.Cells {
			for _, x := range cell {
				s.row(disputeStatementRow{"statement", disputeColumns[i], rowOfStatement(x)}, "")
			}
		}
		if row.Silent {
			s.row(silentRow{"silent", disputeColumns[app.ColumnSilent], row.Name, row.Actor}, "")
		}
	}
	for _, c := range d.Counterclaims {
		s.row(disputeRelationRow{"counterclaim", rowOfRelation(c.BoardRelation)}, "")
		for _, x := range c.Statements {
			s.row(disputeStatementRow{"on-counterclaim", disputeColumns[x.Stance.Column()], rowOfStatement(x)}, "")
		}
		for _, x := range c.Against {
			s.row(disputeRelationRow{"against", rowOfRelation(x)}, "")
		}
	}
	for _, x := range d.Others {
		s.row(disputeRelationRow{"related", rowOfRelation(x)}, "")
	}
}

func (s *session) disputeText(d app.Dispute) {
	s.line("%s\n%s", d.Claim.Text, d.Claim.Facts())
	for _, n := range d.Claim.Notes {
		s.line("Note: %s", app.OneLine(n.Body))
	}
	for i, title := range app.DisputeColumns {
		var lines []string
		for _, row := range d.Rows {
			for _, x := range row.Cells[i] {
				lines = append(lines, statementLines(x, ""))
			}
			if row.Silent && app.DisputeColumn(i) == app.ColumnSilent {
				lines = append(lines, row.Name+" is silent")
			}
		}
		if len(lines) > 0 {
			s.line("\n%s\n%s", strings.ToUpper(title), strings.Join(lines, "\n"))
		}
	}
	if len(d.Counterclaims) > 0 {
		s.line("\nCOUNTERCLAIMS")
	}
	for _, c := range d.Counterclaims {
		row := rowOfRelation(c.BoardRelation)
		s.line("%s: %s%s%s", row.Relation.Words(), row.Counterclaim, row.more(), shownBy(c.BoardRelation))
		for _, x := range c.Statements {
			s.line("%s", statementLines(x, "    "))
		}
		for _, x := range c.Against {
			s.line("    against it: %s %s%s%s", x.FromText, x.Kind.Words(), rowOfRelation(x).more(), shownBy(x))
		}
	}
	if len(d.Others) > 0 {
		s.line("\nOTHER RELATIONS")
	}
	for _, x := range d.Others {
		s.line("%s — %s — %s%s%s", x.FromText, x.Kind.Words(), x.ToText, rowOfRelation(x).more(), shownBy(x))
	}
}

// statementLines are a statement with its quote.
func statementLines(x app.BoardStatement, indent string) string {
	row := rowOfStatement(x)
	line := fmt.Sprintf("%s%s %s %s", indent, row.Stance.Glyph(), row.Actor, row.Stance)
	if date := row.Date.String(); date != "" {
		line += ", " + date
	}
	return line + evidence(row.Quote, row.Title)
}

// shownBy is the quote of a relation, or that there is none.
func shownBy(x app.BoardRelation) string {
	if x.Inference() {
		return " (analyst's inference)"
	}
	row := rowOfRelation(x)
	return evidence(row.Quote, row.Title)
}
