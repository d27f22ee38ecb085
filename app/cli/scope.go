package cli

import (
	"errors"

	"rejoinder/app"
)

// scopeFlags narrow what is shown to a part of what is recorded.
type scopeFlags struct {
	Topic      string `placeholder:"TAG" help:"Only claims with this tag, or one under it."`
	Tag        string `placeholder:"TAG" help:"Only statements on, by or in something with this tag, or one under it."`
	From       string `placeholder:"DATE" help:"Only statements of this date and later: 2019-10-08, 2019-10 or 2019."`
	To         string `placeholder:"DATE" help:"Only statements of this date and earlier."`
	Collection string `help:"Only statements in articles of this collection (id or name)."`
	Wholes     bool   `help:"What a part of an actor says counts for the whole."`
	View       string `help:"As this saved view (name or id); the other flags change it."`
}

// speakerFlags are scopeFlags with an actor.
type speakerFlags struct {
	scopeFlags `embed:""`
	Actor      string `help:"Only statements by this actor (id or name) and its parts."`
}

func (f speakerFlags) scope(s *session, nb *app.Notebook) (app.Scope, error) {
	return f.by(s, nb, f.Actor)
}

// by is the scope that the flags mean, with the statements of an actor; "" for
// everybody's.
func (f scopeFlags) by(s *session, nb *app.Notebook, actor string) (scope app.Scope, err error) {
	if f.View != "" {
		v, err := nb.ViewNamed(s.ctx, f.View)
		if err != nil {
			return scope, err
		}
		scope = v.Scope
	}
	for _, tag := range []struct {
		path string
		to   *app.TagID
	}{{f.Topic, &scope.Topic}, {f.Tag, &scope.Tag}} {
		if tag.path == "" {
			continue
		}
		if *tag.to, err = nb.TagID(s.ctx, tag.path); err != nil {
			return scope, err
		}
	}
	if f.Collection != "" {
		c, err := collectionNamed(s, f.Collection)
		if err != nil {
			return scope, err
		}
		scope.Collection = c.ID
	}
	if actor != "" {
		if scope.Actor, err = nb.ActorID(s.ctx, actor); err != nil {
			return scope, err
		}
	}
	if f.From != "" {
		scope.From = app.Date(f.From)
	}
	if f.To != "" {
		scope.To = app.Date(f.To)
	}
	scope.Wholes = scope.Wholes || f.Wholes
	problems, err := nb.ScopeProblems(s.ctx, scope)
	for _, p := range problems {
		s.warn(p)
	}
	return scope, errors.Join(err, scope.Validate())
}
