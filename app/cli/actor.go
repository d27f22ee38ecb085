package cli

import (
	"slices"

	"rejoinder/app"
)

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

	RemoveAlias []string `sep:"none" placeholder:"ALIAS" help:"A name that it bears no more; may be given again."`
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
		if err := c.bears(s, nb, id); err != nil {
			return err
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
			a.Aliases = append(slices.DeleteFunc(a.Aliases, func(alias string) bool { return named(c.RemoveAlias, alias) }), c.Alias...)
		})
		if err == nil {
			s.row(rowOfActor(a), "%s", a.ID)
		}
		return err
	})
}

// bears reports a name to remove that is none of the actor's aliases.
func (c actorEditCmd) bears(s *session, nb *app.Notebook, id app.ActorID) error {
	return nb.View(s.ctx, func(r app.Reader) error {
		a, err := r.Actor(id)
		for _, alias := range c.RemoveAlias {
			if err == nil && !named(a.Aliases, alias) {
				err = app.Problem(app.ErrNotFound, "%s has no other name %q", a.Name, alias)
			}
		}
		return err
	})
}

// named says whether one of the names is this one, in any letters.
func named(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return app.FoldName(n) == app.FoldName(name) })
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
