package viewmodel

import (
	"context"

	"rejoinder/app"
)

// ActorForm is what is known of an actor, being edited.
type ActorForm struct {
	Name    string
	Kind    app.ActorKind
	Aliases []string
	PartOf  string // the name of what it is part of; "" for nothing

	session *Session
	id      app.ActorID
}

// EditActor starts to edit the chosen actor; nil when none is chosen.
func (b *Board) EditActor() *ActorForm { return b.side.EditActor(b.Actor) }

// EditActor starts to edit an actor; nil when it is not there.
func (s *Side) EditActor(id app.ActorID) *ActorForm {
	if s.Discourse == nil {
		return nil
	}
	a, ok := s.Discourse.Actor(id)
	if !ok {
		return nil
	}
	return &ActorForm{Name: a.Name, Kind: a.Kind, Aliases: a.Aliases, PartOf: s.Discourse.ActorName(a.PartOf), session: s.session, id: a.ID}
}

// Save changes the actor and calls then when it is over.
func (f *ActorForm) Save(then func(done bool)) {
	name, kind, aliases, partOf := f.Name, f.Kind, f.Aliases, f.PartOf
	attempt(f.session, func(ctx context.Context) error {
		whole := app.ActorID("")
		if partOf != "" {
			var err error
			if whole, err = f.session.Notebook.ActorID(ctx, partOf); err != nil {
				return err
			}
		}
		_, err := f.session.Notebook.EditActor(ctx, f.id, func(a *app.Actor) {
			a.Name, a.Kind, a.Aliases, a.PartOf = name, kind, aliases, whole
		})
		return err
	}, then)
}

// MergeForm makes actors, or claims, one, after saying what that changes.
type MergeForm struct {
	Other app.Ref
	Name  string // of what is merged away
	Names []string

	session *Session
}

// Merge starts to merge an actor or a claim into another.
func (s *Side) Merge(other app.Ref) *MergeForm {
	f := &MergeForm{Other: other, session: s.session}
	if s.Discourse == nil {
		return f
	}
	if other.Kind == app.KindActor {
		f.Name = s.Discourse.ActorName(app.ActorID(other.ID))
		for _, a := range s.Discourse.Actors {
			if string(a.ID) != other.ID {
				f.Names = append(f.Names, a.Name)
			}
		}
		return f
	}
	f.Name = s.Discourse.ClaimText(app.ClaimID(other.ID))
	for _, c := range s.Discourse.Claims {
		if string(c.ID) != other.ID {
			f.Names = append(f.Names, c.Text)
		}
	}
	return f
}

// Preview calls then with what merging into another would change.
func (f *MergeForm) Preview(into string, then func(app.MergePreview)) {
	do(f.session, func(ctx context.Context) (app.MergePreview, error) {
		if f.Other.Kind == app.KindActor {
			return f.session.Notebook.PreviewActorMerge(ctx, into, f.Other.ID)
		}
		return f.session.Notebook.PreviewClaimMerge(ctx, into, f.Other.ID)
	}, then)
}

// Merge does it and calls then when it is over.
func (f *MergeForm) Merge(into string, then func(done bool)) {
	attempt(f.session, func(ctx context.Context) error {
		var err error
		if f.Other.Kind == app.KindActor {
			_, err = f.session.Notebook.MergeActors(ctx, into, f.Other.ID)
		} else {
			_, err = f.session.Notebook.MergeClaims(ctx, into, f.Other.ID)
		}
		return err
	}, func(done bool) {
		if done {
			f.session.Say("Merged into “" + into + "”")
		}
		then(done)
	})
}
