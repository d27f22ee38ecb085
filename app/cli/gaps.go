package cli

import "rejoinder/app"

type gapsCmd struct {
	Kind         []string `sep:"," enum:"right-of-reply,unanswered,one-source,one-story,quoted-only,turn,no-passage,inference" help:"Of this kind; may be given again: right-of-reply, unanswered, one-source, one-story, quoted-only, turn, no-passage or inference."`
	speakerFlags `embed:""`
}

type gapRow struct {
	Kind     app.GapKind     `json:"kind"`
	Title    string          `json:"title"`
	Text     string          `json:"text"`
	Mend     string          `json:"mend"`
	Open     app.Ref         `json:"open"`
	Actor    app.ActorID     `json:"actor"`
	Claim    app.ClaimID     `json:"claim"`
	Relation app.RelationID  `json:"relation"`
	At       app.StatementID `json:"statement"`
}

// Run lists what is missing, by kind.
func (c gapsCmd) Run(s *session) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	scope, err := c.scope(s, nb)
	if err != nil {
		return err
	}
	d, err := nb.InScope(s.ctx, scope)
	if err != nil {
		return err
	}
	wanted := map[app.GapKind]bool{}
	for _, k := range c.Kind {
		wanted[app.GapKind(k)] = true
	}
	last := app.GapKind("")
	for _, g := range d.Gaps() {
		if len(wanted) > 0 && !wanted[g.Kind] {
			continue
		}
		if g.Kind != last {
			if last != "" {
				s.line("")
			}
			s.line("%s. %s", g.Kind.Title(), g.Kind.Mend())
			last = g.Kind
		}
		row := gapRow{Kind: g.Kind, Title: g.Kind.Title(), Text: g.Text, Mend: g.Kind.Mend(), Open: g.Open, Actor: g.Actor, Claim: g.Claim}
		if g.Relation >= 0 {
			row.Relation = d.Relations[g.Relation].ID
		}
		if g.At >= 0 {
			row.At = d.Statements[g.At].ID
		}
		s.row(row, "  %s  (%s)", g.Text, g.Open.ID)
	}
	if last == "" {
		s.line("Nothing is missing here.")
	}
	return nil
}
