package viewmodel

import (
	"context"
	"slices"

	"rejoinder/app"
)

// Board is the side-by-side screen: actors | claims | counterclaims. Choosing
// an actor or a claim narrows the other columns, but for those that are pinned.
type Board struct {
	sideView

	Columns app.Columns
	Actor   app.ActorID // chosen; "" for none
	Claim   app.ClaimID // chosen; "" for none
	Pinned  map[BoardColumn]bool
}

// BoardColumn is one of the three columns.
type BoardColumn string

// The columns.
const (
	ActorColumn   BoardColumn = "actors"
	ClaimColumn   BoardColumn = "claims"
	CounterColumn BoardColumn = "counterclaims"
)

// BoardColumns are all of them in their usual order.
var BoardColumns = []BoardColumn{ActorColumn, ClaimColumn, CounterColumn}

// NewBoard makes the board's view. Load fills it.
func NewBoard(s *Session) *Board {
	b := &Board{Pinned: map[BoardColumn]bool{}}
	b.follow(s, b.fill)
	return b
}

// Load shows the board, with what was chosen on another screen meanwhile.
func (b *Board) Load() {
	if b.side.Actor != "" || b.side.Claim != "" {
		b.Actor, b.Claim = b.side.Actor, b.side.Claim
		if b.Claim != "" && !b.speaks(b.Actor, b.Claim) {
			b.Actor = ""
		}
	}
	b.sideView.Load()
}

func (b *Board) speaks(actor app.ActorID, claim app.ClaimID) bool {
	d := b.discourse()
	return slices.ContainsFunc(d.About(claim), func(i int) bool { return d.Statements[i].Actor == actor })
}

// discourse is what is recorded; an empty one until it is loaded.
func (b *Board) discourse() *app.Discourse {
	if b.side.Discourse == nil {
		return &app.Discourse{}
	}
	return b.side.Discourse
}

// fill works the columns out, and unchooses what is no longer there.
func (b *Board) fill() {
	d := b.side.Discourse
	b.of = d
	if _, ok := d.Actor(b.Actor); !ok {
		b.Actor = ""
	}
	if _, ok := d.Claim(b.Claim); !ok {
		b.Claim = ""
	}
	before := b.Columns
	b.Columns = d.Columns(b.Actor, b.Claim)
	if b.Pinned[ClaimColumn] {
		b.Columns.Claims = slices.DeleteFunc(before.Claims, func(id app.ClaimID) bool { _, ok := d.Claim(id); return !ok })
	}
	if b.Pinned[CounterColumn] {
		kept := map[int]bool{}
		for _, i := range before.Counterclaims {
			kept[i] = true
		}
		all := d.Columns("", "").Counterclaims
		b.Columns.Counterclaims = slices.DeleteFunc(all, func(i int) bool { return !kept[i] })
	}
	changed(b.OnChange)
}

// Pin keeps a column as it is while other things are chosen, or frees it.
func (b *Board) Pin(c BoardColumn) {
	b.Pinned[c] = !b.Pinned[c]
	b.catchUp()
}

// ChooseActor chooses an actor, or none when it was chosen already.
func (b *Board) ChooseActor(id app.ActorID) {
	if b.Actor == id {
		id = ""
	}
	b.Actor = id
	if id != "" && b.Claim != "" && !b.speaks(id, b.Claim) {
		b.Claim = "" // it has no part in that claim
	}
	b.tell()
}

// ChooseClaim chooses a claim, or none when it was chosen already.
func (b *Board) ChooseClaim(id app.ClaimID) {
	if b.Claim == id {
		id = ""
	}
	b.Claim = id
	b.tell()
}

// Follow chooses the counterclaim of a relation, as the claim in the middle.
func (b *Board) Follow(relation int) {
	b.Actor, b.Claim = "", b.of.Relations[relation].From
	b.tell()
}

// Clear chooses nothing.
func (b *Board) Clear() {
	b.Actor, b.Claim = "", ""
	b.tell()
}

// tell makes what is chosen here the choice of the other screens too.
func (b *Board) tell() {
	b.side.Actor, b.side.Claim = b.Actor, b.Claim
	b.catchUp()
}

// ActorCard is the card of an actor.
func (b *Board) ActorCard(id app.ActorID) app.BoardActor {
	card := b.discourse().ActorCard(id)
	card.Notes = b.side.NotesOn(string(id))
	return card
}

// ClaimCard is the card of a claim, with the statements of the chosen actor, or
// with all.
func (b *Board) ClaimCard(id app.ClaimID) app.BoardClaim {
	only := b.Actor
	if b.Pinned[ClaimColumn] {
		only = ""
	}
	return b.show(b.discourse().ClaimCard(id, only))
}

// statementsShown is how many statements a card shows; the claim's page has all.
const statementsShown = 12

func (b *Board) show(card app.BoardClaim) app.BoardClaim {
	card.Notes = b.side.NotesOn(string(card.ID))
	for i := range card.Statements[:min(len(card.Statements), statementsShown)] {
		card.Statements[i] = b.side.shown(card.Statements[i])
	}
	return card
}

// Shown says how many statements of a card are shown.
func Shown(statements []app.BoardStatement) int { return min(len(statements), statementsShown) }

// Counterclaim is a relation's card with the statements on the counterclaim.
type Counterclaim struct {
	app.BoardRelation
	Statements []app.BoardStatement
	Sources    int
}

// Counterclaim is the card of a relation.
func (b *Board) Counterclaim(relation int) Counterclaim {
	card := b.Relation(relation)
	from := b.show(b.discourse().ClaimCard(card.From, ""))
	return Counterclaim{card, from.Statements, from.Sources}
}

// Fetch reads the evidence of the cards that were made.
func (b *Board) Fetch() { b.side.Fetch() }

// LinkedCount is how many actors belong to what is chosen.
func (b *Board) LinkedCount() int {
	n := 0
	for _, id := range b.Columns.Actors {
		if b.Columns.Linked[id] {
			n++
		}
	}
	return n
}

// Silent lists the actors who neither speak to the chosen claim nor to its
// counterclaims, though they are part of the dispute.
func (b *Board) Silent() []string {
	var out []string
	for _, id := range b.Columns.Silent {
		out = append(out, b.ActorName(id))
	}
	return out
}

// ActorName is an actor's name; "" when it is not on the board.
func (b *Board) ActorName(id app.ActorID) string { return b.discourse().ActorName(id) }

// ClaimText is a claim's words; "" when it is not on the board.
func (b *Board) ClaimText(id app.ClaimID) string { return b.discourse().ClaimText(id) }

// Empty says whether there is nothing to show.
func (b *Board) Empty() bool {
	return len(b.discourse().Claims) == 0 && len(b.discourse().Actors) == 0
}

// ref is what is chosen: the claim, or else the actor.
func (b *Board) ref() app.Ref {
	if b.Claim != "" {
		return app.RefTo(app.KindClaim, b.Claim)
	}
	return app.RefTo(app.KindActor, b.Actor)
}

// ChosenRef is what is chosen: the claim, or else the actor; false for nothing.
func (b *Board) ChosenRef() (app.Ref, bool) { return b.ref(), b.ref().ID != "" }

// SetStance changes a statement's stance.
func (b *Board) SetStance(id app.StatementID, s app.Stance) {
	do(b.session, func(ctx context.Context) (app.Statement, error) {
		return b.session.Notebook.EditStatement(ctx, id, func(st *app.Statement) { st.Stance = s })
	}, nil)
}

// SetStrength changes a relation's strength.
func (b *Board) SetStrength(id app.RelationID, s app.Strength) {
	do(b.session, func(ctx context.Context) (app.Relation, error) {
		return b.session.Notebook.EditRelation(ctx, id, func(r *app.Relation) { r.Strength = s })
	}, nil)
}

// Trash moves a statement or a relation to the trash; its passage stays marked.
func (b *Board) Trash(ref app.Ref) { b.session.trash(ref) }

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
	if ref, ok := b.ChosenRef(); ok {
		b.session.trash(ref)
	}
}
