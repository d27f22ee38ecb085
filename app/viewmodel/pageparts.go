package viewmodel

import (
	"context"
	"errors"

	"rejoinder/app"
)

// Fetch reads the passages of the cards that were made.
func (p *Page) Fetch() { p.side.Fetch() }

// Statements are those of the page, by date.
func (p *Page) Statements() []int {
	switch {
	case p.Shown.Actor != nil:
		return p.Shown.Actor.Statements
	case p.Shown.Claim != nil:
		return p.Shown.Claim.Statements
	}
	return nil
}

// Turns are the changes of stance of the page's actor, or on its claim.
func (p *Page) Turns() []app.Turn {
	switch {
	case p.Shown.Actor != nil:
		return p.Shown.Actor.Turns
	case p.Shown.Claim != nil:
		return p.Shown.Claim.Turns
	}
	return nil
}

// related finds what the links of a page's notes lead to.
func related(r app.Reader, p app.Page) (map[string]app.Ref, error) {
	notes := append(append([]app.Note{}, p.Notes...), p.Backlinks...)
	if p.Note != nil {
		notes = append(notes, p.Note.Note)
	}
	out, tried, names := map[string]app.Ref{}, map[string]bool{}, app.Naming(r)
	for _, n := range notes {
		for _, link := range n.WikiLinks() {
			name := app.FoldName(app.OneLine(link))
			if tried[name] {
				continue
			}
			tried[name] = true
			ref, err := app.LinkTarget(names, link)
			switch {
			case err == nil:
				out[name] = ref
			case !errors.Is(err, app.ErrNotFound) && !errors.Is(err, app.ErrAmbiguous) && !errors.Is(err, app.ErrInvalid):
				return nil, err
			}
		}
	}
	return out, nil
}

// Linked is what a link in a note of the page leads to; false for nothing, or
// for more than one thing.
func (p *Page) Linked(link string) (app.Ref, bool) {
	ref, ok := p.Related[app.FoldName(app.OneLine(link))]
	return ref, ok
}

// Pick chooses a statement, or no longer, for Split.
func (p *Page) Pick(id app.StatementID) {
	if p.Picked[id] {
		delete(p.Picked, id)
	} else {
		p.Picked[id] = true
	}
	changed(p.OnChange)
}

// SplitMerged makes an actor or a claim that was merged into the page's one of
// its own again.
func (p *Page) SplitMerged(other app.Ref, name string) {
	do(p.session, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, p.session.Notebook.SplitMerged(ctx, other)
	}, func(struct{}) {
		p.session.Say("“" + shortened(name) + "” stands by itself again — undo with Ctrl+Z")
	})
}

// shortened keeps a message to one line.
func shortened(s string) string {
	if app.RuneCount(s) > 60 {
		return app.Slice(s, 0, 59) + "…"
	}
	return s
}

// SplitOff gives statements of an actor to another, or statements on a claim to
// another, which may be made for them.
type SplitOff struct {
	From  app.Ref
	Name  string // of what they are taken from
	Names []string
	Count int

	session *Session
	page    *Page
	ids     []app.StatementID
	claims  claimSearch
}

// SplitOff starts to split the picked statements off; nil when there are none.
func (p *Page) SplitOff() *SplitOff {
	if p.Shown.Ref.Kind == app.KindNote || len(p.Picked) == 0 {
		return nil
	}
	f := &SplitOff{From: p.Shown.Ref, Name: p.Shown.Title, session: p.session, page: p}
	for _, i := range p.Statements() { // in their order, and only what is still there
		if id := p.Discourse.Statements[i].ID; p.Picked[id] {
			f.ids = append(f.ids, id)
		}
	}
	f.Count = len(f.ids)
	for _, a := range p.Discourse.Actors {
		if string(a.ID) != f.From.ID {
			f.Names = append(f.Names, a.Name)
		}
	}
	return f
}

// Suggest calls found with actors, or claims, that what is typed can become.
func (f *SplitOff) Suggest(typed string, found func([]string, bool)) {
	if f.From.Kind == app.KindActor {
		found(Matching(f.Names, typed), false)
		return
	}
	f.claims.suggest(f.session, typed, func(texts []string, _ bool) { found(texts, false) })
}

// Preview says what splitting off to a name will change; "" while there is none.
func (f *SplitOff) Preview(to string, then func(string)) {
	if to = app.OneLine(to); to == "" {
		then("")
		return
	}
	do(f.session, func(ctx context.Context) (name string, err error) {
		var id app.ActorID
		var claim app.ClaimID
		ref := app.Ref{Kind: f.From.Kind}
		if f.From.Kind == app.KindActor {
			id, err = f.session.Notebook.ActorID(ctx, to)
			ref.ID = string(id)
		} else {
			claim, err = f.session.Notebook.ClaimID(ctx, to)
			ref.ID = string(claim)
		}
		if errors.Is(err, app.ErrNotFound) {
			return "", nil
		}
		if err != nil {
			return "", err
		}
		err = f.session.Notebook.View(ctx, func(r app.Reader) (err error) {
			name, err = app.NameOf(r, ref)
			return err
		})
		return name, err
	}, func(name string) {
		what := plural(f.Count, "statement") + " of “" + shortened(f.Name) + "” will be of “"
		if name == "" {
			then(what + shortened(to) + "”, which is new. It can be undone.")
			return
		}
		then(what + shortened(name) + "”. It can be undone.")
	})
}

// Save does it and calls then when it is over.
func (f *SplitOff) Save(to string, then func(done bool)) {
	actor, claim := app.OneLine(to), ""
	if f.From.Kind == app.KindClaim {
		actor, claim = "", actor
	}
	attempt(f.session, func(ctx context.Context) error {
		return f.session.Notebook.MoveStatements(ctx, actor, claim, true, f.ids...)
	}, func(done bool) {
		if done {
			clear(f.page.Picked)
			f.session.Say(plural(f.Count, "statement") + " split off — undo with Ctrl+Z")
		}
		then(done)
	})
}

// Side is the stance with which an actor took sides on a claim the last time;
// false when it never did.
func (p *Page) Side(actor app.ActorID, claim app.ClaimID) (app.Stance, bool) {
	about := p.Discourse.About(claim)
	for n := len(about) - 1; n >= 0; n-- {
		if s := p.Discourse.Statements[about[n]]; s.Actor == actor && (s.Stance.Favours() || s.Stance.Opposes()) {
			return s.Stance, true
		}
	}
	return "", false
}

// NameOf is an actor's name or a claim's words.
func (p *Page) NameOf(ref app.Ref) string {
	if ref.Kind == app.KindActor {
		return p.Discourse.ActorName(app.ActorID(ref.ID))
	}
	return p.Discourse.ClaimText(app.ClaimID(ref.ID))
}

// OpenPassage calls open with a passage, which is read first.
func (p *Page) OpenPassage(id app.AnnotationID, open func(app.Passage)) {
	openPassage(p.session, id, open)
}
