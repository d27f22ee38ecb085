package cli

import (
	"fmt"
	"strings"

	"rejoinder/app"
	"rejoinder/app/exporter"
)

type boardCmd struct {
	Actor       string `help:"Only this actor's side (id or name)."`
	Claim       string `help:"Only this claim (id or words) with what is set against it."`
	By          string `placeholder:"ACTOR" help:"Only statements by this actor (id or name) and its parts."`
	scopeFlags  `embed:""`
	reportFlags `embed:""`
}

// boardStatementRow and boardRelationRow are the rows of board --json.
type boardStatementRow struct {
	Actor   string        `json:"actor"`
	Stance  app.Stance    `json:"stance"`
	Claim   string        `json:"claim"`
	Quote   string        `json:"quote"`
	Article app.ArticleID `json:"article"`
	Title   string        `json:"title"`
	Date    app.Date      `json:"date"`
}

type boardRelationRow struct {
	Claim        string           `json:"claim"`
	Relation     app.RelationKind `json:"relation"`
	Counterclaim string           `json:"counterclaim"`
	Quote        string           `json:"quote"`
}

// Run prints the board.
func (c boardCmd) Run(s *session) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	scope, err := c.by(s, nb, c.By)
	if err != nil {
		return err
	}
	b, err := nb.BoardOf(s.ctx, scope, c.Actor, c.Claim)
	if err != nil {
		return err
	}
	switch {
	case c.wanted():
		r := reportOf(scope, b.Passages(), b, exporter.BoardMarkdown, exporter.BoardHTML)
		if r.of, err = c.of(s, nb, b); err != nil {
			return err
		}
		return c.write(s, nb, r)
	case !s.json && len(b.Claims) == 0 && scope.Limits():
		s.line("The filter leaves nothing.")
		return nil
	case !s.json:
		s.line("%s", boardTable(b))
		return nil
	}
	for _, claim := range b.Claims {
		for _, x := range claim.Statements {
			row := rowOfStatement(x)
			s.row(boardStatementRow{row.Actor, row.Stance, row.Claim, row.Quote, row.Article, row.Title, row.Date}, "")
		}
	}
	for _, x := range b.Relations {
		row := rowOfRelation(x)
		s.row(boardRelationRow{row.Claim, row.Relation, row.Counterclaim, row.Quote}, "")
	}
	return nil
}

// of says in words whose board it is, and about which claim.
func (c boardCmd) of(s *session, nb *app.Notebook, b app.Board) (of []string, err error) {
	if c.Actor != "" {
		id, err := nb.ActorID(s.ctx, c.Actor)
		if err != nil {
			return nil, err
		}
		for _, a := range b.Actors {
			if a.ID == id {
				of = append(of, a.Name)
			}
		}
	}
	if c.Claim != "" {
		id, err := nb.ClaimID(s.ctx, c.Claim)
		if err != nil {
			return nil, err
		}
		for _, x := range b.Claims {
			if x.ID == id {
				of = append(of, "“"+x.Text+"”")
			}
		}
	}
	return of, nil
}

// boardWidths are the table's columns: actors, claim, counterclaims.
var boardWidths = []int{28, 46, 46}

// boardTable is the side-by-side view: a block for each claim, the actors who
// speak to it on the left, what is set against it on the right.
func boardTable(b app.Board) string {
	if len(b.Claims) == 0 {
		return "Nothing on the board yet: record a statement with `rejoinder statement add`."
	}
	rule := strings.Repeat("─", boardWidths[0]) + "─┼─" + strings.Repeat("─", boardWidths[1]) + "─┼─" + strings.Repeat("─", boardWidths[2])
	out := []string{beside(boardWidths, []string{"ACTORS"}, []string{"CLAIM"}, []string{"COUNTERCLAIMS"}), rule}
	for i, c := range b.Claims {
		if i > 0 {
			out = append(out, rule)
		}
		out = append(out, beside(boardWidths, actorCells(c), claimCells(c), counterCells(b, c)))
	}
	return strings.Join(out, "\n")
}

func actorCells(c app.BoardClaim) []string {
	var lines []string
	for _, s := range c.Statements {
		lines = append(lines, wrap(fmt.Sprintf("%s %s %s", s.Stance.Glyph(), s.ActorName, s.Stance), boardWidths[0])...)
	}
	return lines
}

func claimCells(c app.BoardClaim) []string {
	lines := wrap(c.Text, boardWidths[1])
	for _, n := range c.Notes {
		lines = append(lines, wrap("Note: "+n.Title(), boardWidths[1])...)
	}
	for _, s := range c.Statements {
		if s.Passage == nil {
			continue
		}
		lines = append(lines, "")
		lines = append(lines, wrap(s.Stance.Glyph()+" "+app.Quoted(s.Passage.Anchor.Quote), boardWidths[1])...)
		lines = append(lines, wrap("  "+strings.Join(nonEmpty([]string{s.ActorName, source(s.Passage), s.Date.String()}), ", "), boardWidths[1])...)
	}
	return lines
}

func source(p *app.Passage) string {
	if p.Publisher != "" {
		return p.Publisher
	}
	return p.ArticleTitle
}

func counterCells(b app.Board, c app.BoardClaim) []string {
	var lines []string
	for _, r := range b.Relations {
		if r.To != c.ID || !r.Kind.Counters() {
			continue
		}
		head := r.Kind.Words() + ": " + r.FromText
		if r.Inference() {
			head += " (analyst's inference)"
		}
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, wrap(head, boardWidths[2])...)
		if r.Passage != nil {
			lines = append(lines, wrap(app.Quoted(r.Passage.Anchor.Quote), boardWidths[2])...)
			lines = append(lines, wrap("  "+source(r.Passage), boardWidths[2])...)
		}
	}
	if len(lines) == 0 && !c.Answered {
		lines = []string{"nobody has answered"}
	}
	return lines
}
