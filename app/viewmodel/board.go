package viewmodel

import (
	"context"

	"rejoinder/app"
)

// Board is the side-by-side screen: actors | claims | counterclaims. Choosing
// an actor or a claim narrows the other columns.
type Board struct {
	OnChange func()

	Actors        []BoardActor
	Claims        []app.BoardClaim
	Counterclaims []Counterclaim
	Actor         app.ActorID // chosen; "" for none
	Claim         app.ClaimID // chosen; "" for none
	Loaded        bool

	session *Session
	content load
	whole   app.Board
}

// BoardActor is an actor's card and whether it belongs to what is chosen.
type BoardActor struct {
	app.BoardActor
	Linked bool
}

// Counterclaim is a relation's card with the statements on the counterclaim.
type Counterclaim struct {
	app.BoardRelation
	Statements []app.BoardStatement
}

// NewBoard makes the board's view. Load fills it.
func NewBoard(s *Session) *Board { return &Board{session: s} }

// Load reads the board anew.
func (b *Board) Load() {
	start(b.session.Loop, &b.content, func(ctx context.Context) (app.Board, error) {
		return b.session.Notebook.Board(ctx)
	}, func(whole app.Board, err error) {
		if err != nil {
			b.session.Fail(err)
			return
		}
		b.whole, b.Loaded = whole, true
		b.forgetGone()
		b.narrow()
	})
}

// forgetGone unchooses what is no longer there.
func (b *Board) forgetGone() {
	if b.ActorName(b.Actor) == "" {
		b.Actor = ""
	}
	if b.ClaimText(b.Claim) == "" {
		b.Claim = ""
	}
}

// Changed loads the board anew when these changes touch it.
func (b *Board) Changed(c app.Changes) {
	if b.Loaded && c.Touches(app.KindActor, app.KindClaim, app.KindStatement, app.KindRelation, app.KindNote,
		app.KindAnnotation, app.KindArticle, app.KindStory) {
		b.Load()
	}
}

// ChooseActor chooses an actor, or none when it was chosen already.
func (b *Board) ChooseActor(id app.ActorID) {
	if b.Actor == id {
		id = ""
	}
	b.Actor = id
	if id != "" && b.Claim != "" && len(b.whole.Narrow(id, b.Claim).Claims) == 0 {
		b.Claim = "" // it has no part in that claim
	}
	b.narrow()
}

// ChooseClaim chooses a claim, or none when it was chosen already.
func (b *Board) ChooseClaim(id app.ClaimID) {
	if b.Claim == id {
		id = ""
	}
	b.Claim = id
	b.narrow()
}

// Clear chooses nothing.
func (b *Board) Clear() {
	b.Actor, b.Claim = "", ""
	b.narrow()
}

// narrow works out the columns. Actors stay in their places and are marked when
// they belong to the choice; the claims are the chosen actor's; the
// counterclaims are those of the chosen claim, or of the claims shown.
func (b *Board) narrow() {
	linked := map[app.ActorID]bool{}
	part := b.whole.Narrow(b.Actor, b.Claim)
	if b.Actor != "" { // whoever answers the actor belongs to it too
		shown := map[app.ClaimID]bool{}
		for _, c := range part.Claims {
			shown[c.ID] = true
		}
		for _, r := range part.Relations {
			shown[r.From], shown[r.To] = true, true
		}
		for _, a := range b.whole.Actors {
			for id := range a.Claims {
				linked[a.ID] = linked[a.ID] || shown[id]
			}
		}
	} else {
		for _, a := range part.Actors {
			linked[a.ID] = true
		}
	}
	b.Actors = nil
	for _, a := range b.whole.Actors {
		b.Actors = append(b.Actors, BoardActor{a, linked[a.ID]})
	}
	b.Claims = b.whole.Narrow(b.Actor, "").Claims
	b.Counterclaims = nil
	statements := map[app.ClaimID][]app.BoardStatement{}
	for _, c := range b.whole.Claims {
		statements[c.ID] = c.Statements
	}
	for _, r := range part.Relations {
		if r.Kind.Counters() && (b.Claim == "" || r.To == b.Claim) && (b.Actor == "" || b.Claim != "" || b.speaks(r.To)) {
			b.Counterclaims = append(b.Counterclaims, Counterclaim{r, statements[r.From]})
		}
	}
	changed(b.OnChange)
}

// speaks says whether the claim is among those shown.
func (b *Board) speaks(id app.ClaimID) bool {
	for _, c := range b.Claims {
		if c.ID == id {
			return true
		}
	}
	return false
}

// Silent lists the actors who neither speak to the chosen claim nor to its
// counterclaims, though they are part of the dispute.
func (b *Board) Silent() []string {
	if b.Claim == "" {
		return nil
	}
	dispute := map[app.ClaimID]bool{b.Claim: true}
	for _, r := range b.whole.Relations {
		if r.To == b.Claim && r.Kind.Counters() {
			dispute[r.From] = true
		}
	}
	speaks := map[app.ActorID]bool{}
	for _, c := range b.whole.Claims {
		if !dispute[c.ID] {
			continue
		}
		for _, s := range c.Statements {
			speaks[s.Actor] = true
		}
	}
	var out []string
	for _, a := range b.whole.Actors {
		if !speaks[a.ID] && len(a.Claims) > 0 {
			out = append(out, a.Name)
		}
	}
	return out
}

// ActorName is an actor's name; "" when it is not on the board.
func (b *Board) ActorName(id app.ActorID) string {
	for _, a := range b.whole.Actors {
		if a.ID == id {
			return a.Name
		}
	}
	return ""
}

// ClaimText is a claim's words; "" when it is not on the board.
func (b *Board) ClaimText(id app.ClaimID) string {
	for _, c := range b.whole.Claims {
		if c.ID == id {
			return c.Text
		}
	}
	return ""
}

// AllClaims lists the words of every claim, whatever is chosen.
func (b *Board) AllClaims() []string {
	var out []string
	for _, c := range b.whole.Claims {
		out = append(out, c.Text)
	}
	return out
}

// Empty says whether nothing was recorded yet.
func (b *Board) Empty() bool { return len(b.whole.Claims) == 0 && len(b.whole.Actors) == 0 }

// AddNote writes a note on the chosen claim, or else on the chosen actor.
func (b *Board) AddNote(body string) {
	ref := app.RefTo(app.KindClaim, b.Claim)
	if b.Claim == "" {
		ref = app.RefTo(app.KindActor, b.Actor)
	}
	if ref.ID == "" {
		return
	}
	do(b.session, func(ctx context.Context) (app.Note, error) {
		return b.session.Notebook.AddNote(ctx, body, ref)
	}, nil)
}

// MergeActor makes the chosen actor one with another, which stays.
func (b *Board) MergeActor(into string) {
	other := string(b.Actor)
	do(b.session, func(ctx context.Context) (app.Actor, error) {
		return b.session.Notebook.MergeActors(ctx, into, other)
	}, func(a app.Actor) { b.session.Say("Merged into " + a.Name) })
}

// Rename gives the chosen claim other words, or else the chosen actor another
// name.
func (b *Board) Rename(name string) {
	actor, claim := b.Actor, b.Claim
	do(b.session, func(ctx context.Context) (struct{}, error) {
		var err error
		if claim != "" {
			_, err = b.session.Notebook.EditClaim(ctx, claim, name)
		} else if actor != "" {
			_, err = b.session.Notebook.EditActor(ctx, actor, func(a *app.Actor) { a.Name = name })
		}
		return struct{}{}, err
	}, nil)
}

// MergeClaim makes the chosen claim one with another, which stays.
func (b *Board) MergeClaim(into string) {
	other := string(b.Claim)
	do(b.session, func(ctx context.Context) (app.Claim, error) {
		return b.session.Notebook.MergeClaims(ctx, into, other)
	}, func(c app.Claim) { b.session.Say("Merged into “" + c.Text + "”") })
}

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
func (b *Board) EditActor() *ActorForm {
	for _, a := range b.whole.Actors {
		if a.ID == b.Actor {
			return &ActorForm{Name: a.Name, Kind: a.Kind, Aliases: a.Aliases, PartOf: a.PartOfName, session: b.session, id: a.ID}
		}
	}
	return nil
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

// SetStance changes a statement's stance.
func (b *Board) SetStance(id app.StatementID, s app.Stance) {
	do(b.session, func(ctx context.Context) (app.Statement, error) {
		return b.session.Notebook.EditStatement(ctx, id, func(st *app.Statement) { st.Stance = s })
	}, nil)
}

// Trash moves a statement or a relation to the trash; its passage stays marked.
func (b *Board) Trash(ref app.Ref) {
	b.session.trash(ref)
}

// Chosen is the words of what is chosen: the claim, or else the actor.
func (b *Board) Chosen() string {
	if b.Claim != "" {
		return b.ClaimText(b.Claim)
	}
	return b.ActorName(b.Actor)
}

// TrashChosen moves the chosen claim, or else the chosen actor, to the trash
// with the statements that make no sense without it.
func (b *Board) TrashChosen() {
	ref := app.RefTo(app.KindClaim, b.Claim)
	if b.Claim == "" {
		ref = app.RefTo(app.KindActor, b.Actor)
	}
	if ref.ID == "" {
		return
	}
	b.session.trash(ref)
}
