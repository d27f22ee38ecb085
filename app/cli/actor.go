package cli

import "rejoinder/app"

type actorCmd struct {
	Add   actorAddCmd   `cmd:"" help:"Add an actor."`
	Edit  actorEditCmd  `cmd:"" help:"Rename an actor or change what is known of it."`
	Merge actorMergeCmd `cmd:"" help:"Make several actors one."`
	Split actorSplitCmd `cmd:"" help:"Take a merge back, however long ago it was."`
}

type actorAddCmd struct {
	Name   string   `arg:"" help:"The actor's name."`
	Kind   string   `default:"" enum:",person,organisation,state,group" help:"person, organisation, state or group."`
	Alias  []string `sep:"none" help:"Another name, in any script; may be given again."`
	PartOf string   `help:"The actor (id or name) that it is part of."`
}

// Run adds an actor.
func (c actorAddCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		a, err := nb.AddActor(s.ctx, app.Actor{Name: c.Name, Kind: app.ActorKind(c.Kind), Aliases: c.Alias}, c.PartOf)
		if err == nil {
			s.row(made{string(a.ID)}, "%s", a.ID)
		}
		return err
	})
}

type actorEditCmd struct {
	Actor  string   `arg:"" help:"The actor (id or name)."`
	Name   string   `help:"Its new name."`
	Kind   string   `default:"" enum:",person,organisation,state,group" help:"person, organisation, state or group."`
	Alias  []string `sep:"none" help:"One more name; may be given again."`
	PartOf string   `help:"The actor (id or name) that it is part of."`
}

// Run edits an actor.
func (c actorEditCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		id, err := nb.ActorID(s.ctx, c.Actor)
		if err != nil {
			return err
		}
		whole := app.ActorID("")
		if c.PartOf != "" {
			if whole, err = nb.ActorID(s.ctx, c.PartOf); err != nil {
				return err
			}
		}
		a, err := nb.EditActor(s.ctx, id, func(a *app.Actor) {
			if c.Name != "" {
				a.Name = c.Name
			}
			if c.Kind != "" {
				a.Kind = app.ActorKind(c.Kind)
			}
			if whole != "" {
				a.PartOf = whole
			}
			a.Aliases = append(a.Aliases, c.Alias...)
		})
		if err == nil {
			s.row(rowOfActor(a), "%s", a.ID)
		}
		return err
	})
}

type actorMergeCmd struct {
	Keep   string   `arg:"" help:"The actor (id or name) that stays."`
	Others []string `arg:"" help:"Those that become it."`
	DryRun bool     `help:"Only say what would change."`
}

// Run merges actors.
func (c actorMergeCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		if c.DryRun {
			p, err := nb.PreviewActorMerge(s.ctx, c.Keep, c.Others...)
			s.preview(p, err)
			return err
		}
		a, err := nb.MergeActors(s.ctx, c.Keep, c.Others...)
		if err == nil {
			s.row(rowOfActor(a), "%s", a.ID)
		}
		return err
	})
}

type actorSplitCmd struct {
	Merged string `arg:"" optional:"" help:"The actor (id or name) that was merged away, or the one that it became; without it all that can be split are listed."`
}

// Run splits a merged actor off again, or lists those that can be.
func (c actorSplitCmd) Run(s *session) error { return s.split(app.KindActor, c.Merged) }
