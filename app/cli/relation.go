package cli

import "rejoinder/app"

type relationCmd struct {
	Edit relationEditCmd `cmd:"" help:"Change what a relation is, its strength, note or premises."`
	Show relationShowCmd `cmd:"" help:"Give a relation the passage that shows it."`
}

type relationEditCmd struct {
	ID       string   `arg:"" help:"The relation's id."`
	Kind     string   `enum:",rebuts,undercuts,rejects-source,reframes,supports,restates,qualifies" default:"" help:"rebuts, undercuts, rejects-source, reframes, supports, restates or qualifies."`
	Strength string   `enum:",weak,plain,strong" default:"" help:"weak, plain or strong."`
	Note     *string  `help:"The note, in Markdown; an empty one takes it away."`
	With     []string `sep:"none" placeholder:"CLAIM" help:"The claims (ids or words) that it is done together with, in place of those before; an empty one takes them away."`
}

// Run changes a relation.
func (c relationEditCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		strength, err := app.ParseStrength(c.Strength)
		if err != nil {
			return err
		}
		var with []app.ClaimID
		for _, text := range c.With {
			if text == "" {
				continue
			}
			id, err := nb.ClaimID(s.ctx, text)
			if err != nil {
				return err
			}
			with = append(with, id)
		}
		r, err := nb.EditRelation(s.ctx, app.RelationID(c.ID), func(r *app.Relation) {
			if c.Kind != "" {
				r.Kind = app.RelationKind(c.Kind)
			}
			if c.Strength != "" {
				r.Strength = strength
			}
			if c.Note != nil {
				r.Note = *c.Note
			}
			if c.With != nil {
				r.With = with
			}
		})
		if err == nil {
			s.row(made{string(r.ID)}, "%s", r.ID)
		}
		return err
	})
}

type relationShowCmd struct {
	ID        string `arg:"" help:"The relation's id."`
	spotFlags `embed:""`
}

// Run gives a relation its passage.
func (c relationShowCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		spot, err := c.passage()
		if err != nil {
			return err
		}
		r, err := nb.ShowRelation(s.ctx, app.RelationID(c.ID), spot)
		if err == nil {
			s.row(made{string(r.ID)}, "%s", r.ID)
		}
		return err
	})
}
