package cli

import (
	"cmp"
	"fmt"
	"slices"

	"rejoinder/app"
)

type timelineCmd struct {
	By           string `default:"actor" enum:"actor,claim" help:"A lane for each actor, or for each claim."`
	speakerFlags `embed:""`
}

// timelineRow is a statement in its lane.
type timelineRow struct {
	Date         app.Date        `json:"date"`
	Lane         string          `json:"lane"`
	ID           app.StatementID `json:"id"`
	Actor        string          `json:"actor"`
	Stance       app.Stance      `json:"stance"`
	Claim        string          `json:"claim"`
	Answers      app.StatementID `json:"answers"` // "" when it answers nothing
	AnswersActor string          `json:"answers_actor"`
	AnswersDate  app.Date        `json:"answers_date"`
}

// Run prints the statements by date.
func (c timelineCmd) Run(s *session) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	scope, err := c.scope(s, nb)
	if err != nil {
		return err
	}
	d, t, err := nb.Timeline(s.ctx, scope, c.By == "claim")
	if err != nil {
		return err
	}
	lanes := map[int]string{}
	var all []int
	for _, lane := range t.Lanes {
		for _, i := range lane.Statements {
			lanes[i] = lane.Name
			all = append(all, i)
		}
	}
	slices.SortFunc(all, func(i, j int) int {
		return cmp.Or(cmp.Compare(d.Statements[i].Date, d.Statements[j].Date), cmp.Compare(i, j))
	})
	for _, i := range all {
		x := d.Statements[i]
		row := timelineRow{Date: x.Date, Lane: lanes[i], ID: x.ID, Actor: d.ActorName(x.Actor), Stance: x.Stance, Claim: d.ClaimText(x.Claim)}
		if j, ok := t.Replies[i]; ok {
			answered := d.Statements[j]
			row.Answers, row.AnswersActor, row.AnswersDate = answered.ID, d.ActorName(answered.Actor), answered.Date
		}
		s.row(row, "%s", row.text(c.By))
	}
	switch {
	case t.Undated == 1:
		s.line("1 statement has no date.")
	case t.Undated > 1:
		s.line("%d statements have no date.", t.Undated)
	case len(all) == 0:
		s.line("No statement has a date here.")
	}
	return nil
}

func (r timelineRow) text(by string) string {
	line := fmt.Sprintf("%-10s  %s: %s %s “%s”", string(r.Date), r.Lane, r.Stance.Glyph(), r.Stance, r.Claim)
	if by == "claim" {
		line = fmt.Sprintf("%-10s  %s: %s %s %s", string(r.Date), r.Lane, r.Stance.Glyph(), r.Actor, r.Stance)
	}
	if r.Answers != "" {
		line += fmt.Sprintf(" — may answer %s, %s", r.AnswersActor, string(r.AnswersDate))
	}
	return line
}
