package cli

import "rejoinder/app"

type relateCmd struct {
	Claim     string   `arg:"" help:"The claim (id or words) that does it: the counterclaim."`
	Kind      string   `arg:"" enum:"rebuts,undercuts,rejects-source,reframes,supports,restates,qualifies" help:"rebuts, undercuts, rejects-source, reframes, supports, restates or qualifies."`
	Other     string   `arg:"" help:"The claim (id or words) that it is done to."`
	With      []string `sep:"none" placeholder:"CLAIM" help:"A claim (id or words) that it is done together with, as premises of one argument; may be given again."`
	Strength  string   `enum:",weak,plain,strong" default:"" help:"weak, plain or strong."`
	Note      string   `help:"A note, in Markdown."`
	Create    bool     `help:"Make a claim that does not exist yet."`
	spotFlags `embed:""`
}

// Run relates two claims.
func (c relateCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		spot, err := c.spot()
		if err != nil {
			return err
		}
		strength, err := app.ParseStrength(c.Strength)
		if err != nil {
			return err
		}
		if c.Create {
			if err := s.tellDoubles(nb, append([]string{c.Claim, c.Other}, c.With...)...); err != nil {
				return err
			}
		}
		r, err := nb.Relate(s.ctx, app.RelationDraft{From: c.Claim, Kind: app.RelationKind(c.Kind), To: c.Other, With: c.With,
			Strength: strength, Note: c.Note, Passage: spot, Create: c.Create})
		if err == nil {
			s.row(made{string(r.ID)}, "%s", r.ID)
		}
		return err
	})
}
