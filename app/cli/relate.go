package cli

import "rejoinder/app"

type relateCmd struct {
	Claim     string `arg:"" help:"The claim (id or words) that does it: the counterclaim."`
	Kind      string `arg:"" enum:"rebuts,undercuts,rejects-source,reframes,supports,restates,qualifies" help:"rebuts, undercuts, rejects-source, reframes, supports, restates or qualifies."`
	Other     string `arg:"" help:"The claim (id or words) that it is done to."`
	Create    bool   `help:"Make a claim that does not exist yet."`
	spotFlags `embed:""`
}

// Run relates two claims.
func (c relateCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		spot, err := c.spot()
		if err != nil {
			return err
		}
		r, err := nb.Relate(s.ctx, app.RelationDraft{From: c.Claim, Kind: app.RelationKind(c.Kind), To: c.Other, Passage: spot, Create: c.Create})
		if err == nil {
			s.row(made{string(r.ID)}, "%s", r.ID)
		}
		return err
	})
}
