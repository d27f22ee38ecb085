package cli

import (
	"fmt"
	"strings"

	"rejoinder/app"
	"rejoinder/app/exporter"
)

type matrixCmd struct {
	Order        string `default:"disputed" enum:"disputed,statements,name,time" help:"disputed, statements, name or time."`
	Group        string `default:"none" enum:"none,kind,part-of,tag" help:"none, kind, part-of or tag."`
	Until        string `placeholder:"DATE" help:"As it was on this date: 2019-10-08, 2019-10 or 2019."`
	speakerFlags `embed:""`
	reportFlags  `embed:""`
}

// matrixRow is a cell of the matrix in which somebody says something.
type matrixRow struct {
	Actor      string            `json:"actor"`
	ActorID    app.ActorID       `json:"actor_id"`
	ActorGroup string            `json:"actor_group"`
	Claim      string            `json:"claim"`
	ClaimID    app.ClaimID       `json:"claim_id"`
	ClaimGroup string            `json:"claim_group"`
	First      app.Stance        `json:"first"`
	Last       app.Stance        `json:"last"`
	Statements []app.StatementID `json:"statements"`
}

// Run prints the matrix.
func (c matrixCmd) Run(s *session) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	scope, err := c.scope(s, nb)
	if err != nil {
		return err
	}
	o := app.MatrixOptions{Order: app.MatrixOrder(c.Order), Group: app.MatrixGroup(c.Group), Until: app.Date(c.Until)}
	if c.Group == "none" {
		o.Group = app.GroupNone
	}
	if err := o.Until.Validate(); err != nil {
		return err
	}
	m, err := nb.Matrix(s.ctx, scope, o)
	if err != nil {
		return err
	}
	if c.wanted() {
		t, err := nb.MatrixTable(s.ctx, m, o)
		if err != nil {
			return err
		}
		return c.write(s, nb, reportOf(scope, t.Passages(), t, exporter.MatrixMarkdown, exporter.MatrixHTML))
	}
	if s.json {
		s.matrixRows(m)
		return nil
	}
	s.matrixText(m)
	return nil
}

func (s *session) matrixRows(m *app.Matrix) {
	for _, actor := range m.Rows {
		for _, claim := range m.Columns {
			cell := m.Cell(actor.Actor, claim.Claim)
			if len(cell.Statements) == 0 {
				continue
			}
			row := matrixRow{actor.Name, actor.Actor, actor.Group, claim.Text, claim.Claim, claim.Group, cell.First, cell.Last, nil}
			for _, x := range m.Statements(actor.Actor, claim.Claim) {
				row.Statements = append(row.Statements, x.ID)
			}
			s.row(row, "")
		}
	}
}

// matrixWidth is how many claims stand beside each other, and the columns that
// an actor and a claim take.
const (
	matrixWidth  = 6
	matrixActors = 26
	matrixClaims = 13
)

// matrixText prints the matrix in bands of a few claims, each under the words of
// its claims.
func (s *session) matrixText(m *app.Matrix) {
	if len(m.Rows) == 0 {
		s.line("Nobody takes a stance here.")
		return
	}
	for from := 0; from < len(m.Columns); from += matrixWidth {
		columns := m.Columns[from:min(len(m.Columns), from+matrixWidth)]
		head := pad("", matrixActors)
		for i, claim := range columns {
			s.line("%3d  %s", from+i+1, strings.Join(nonEmpty([]string{claim.Group, claim.Text}), ": "))
			head += pad(fmt.Sprintf("%3d", from+i+1), matrixClaims)
		}
		s.line("\n%s", strings.TrimRight(head, " "))
		group := ""
		for _, actor := range m.Rows {
			if actor.Group != group {
				group = actor.Group
				s.line("%s", strings.ToUpper(group))
			}
			s.line("%s", matrixLine(m, actor, columns))
		}
		s.line("")
	}
}

func matrixLine(m *app.Matrix, actor app.MatrixRow, columns []app.MatrixColumn) string {
	name := actor.Name
	if lines := wrap(name, matrixActors-1); len(lines) > 1 {
		name = lines[0] + "…"
	}
	line := pad(name, matrixActors)
	for _, claim := range columns {
		cell := m.Cell(actor.Actor, claim.Claim)
		words := "·"
		switch {
		case cell.First != cell.Last:
			words = cell.First.Glyph() + "→" + cell.Last.Glyph() + " " + string(cell.Last)
		case len(cell.Statements) > 0:
			words = cell.Last.Glyph() + " " + string(cell.Last)
		}
		line += pad(words, matrixClaims)
	}
	return strings.TrimRight(line, " ")
}
