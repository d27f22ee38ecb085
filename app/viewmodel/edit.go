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

// NameOf is an actor's name or a claim's words.
func (s *Side) NameOf(ref app.Ref) string {
	if s.Discourse == nil {
		return ""
	}
	if ref.Kind == app.KindActor {
		return s.Discourse.ActorName(app.ActorID(ref.ID))
	}
	return s.Discourse.ClaimText(app.ClaimID(ref.ID))
}

// AddNote writes a note about something.
func (s *Side) AddNote(body string, on app.Ref) {
	do(s.session, func(ctx context.Context) (app.Note, error) {
		return s.session.Notebook.AddNote(ctx, body, on)
	}, nil)
}

// PreviewRename calls then with what follows from another name.
func (s *Side) PreviewRename(ref app.Ref, then func(consequences string)) {
	do(s.session, func(ctx context.Context) (int, error) {
		return s.session.Notebook.LinksTo(ctx, ref)
	}, func(n int) {
		if n == 0 {
			then("No note links to it by its name.")
			return
		}
		then(plural(n, "note") + " that links to it by its name will follow.")
	})
}

// Rename gives an actor another name, or a claim other words, and calls then
// when it is over.
func (s *Side) Rename(ref app.Ref, name string, then func(done bool)) {
	attempt(s.session, func(ctx context.Context) error {
		var err error
		if ref.Kind == app.KindActor {
			_, err = s.session.Notebook.EditActor(ctx, app.ActorID(ref.ID), func(a *app.Actor) { a.Name = name })
		} else {
			_, err = s.session.Notebook.EditClaim(ctx, app.ClaimID(ref.ID), name)
		}
		return err
	}, then)
}

// EditRelation changes a relation and calls then when it is over; with names the
// claims that it rests on besides, by their words.
func (s *Side) EditRelation(id app.RelationID, kind app.RelationKind, strength app.Strength, note string, with []string, then func(done bool)) {
	attempt(s.session, func(ctx context.Context) error {
		var premises []app.ClaimID
		for _, text := range with {
			c, err := s.session.Notebook.ClaimID(ctx, text)
			if err != nil {
				return err
			}
			premises = append(premises, c)
		}
		_, err := s.session.Notebook.EditRelation(ctx, id, func(r *app.Relation) {
			r.Kind, r.Strength, r.Note, r.With = kind, strength, note, premises
		})
		return err
	}, then)
}
