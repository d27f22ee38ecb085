package app

import (
	"cmp"
	"context"
	"maps"
	"slices"
)

// Board is the side-by-side view with all that its cards show: every actor with
// what they say, every claim with its statements and counterclaims.
type Board struct {
	Actors    []BoardActor    // by name
	Claims    []BoardClaim    // most statements first, then by time
	Relations []BoardRelation // by time
}

// BoardActor is an actor's card.
type BoardActor struct {
	Actor
	PartOfName string
	Notes      []Note
	Counts     map[Stance]int
	Claims     map[ClaimID]bool // those it has a stance on
	Changed    Date             // when it last changed its stance on a claim; "" never
}

// BoardClaim is a claim's card.
type BoardClaim struct {
	Claim
	Notes      []Note
	Statements []BoardStatement
	Sources    int  // independent ones: a story counts once
	Articles   int  // that carry it, copies too
	Answered   bool // see Discourse.Answered
}

// Facts are the claim in short: how many say something on it, from how many
// sources, and whether nobody has answered.
func (c BoardClaim) Facts() string {
	facts := countOf(len(c.Statements), "statement") + ", " + countOf(c.Sources, "independent source")
	if !c.Answered {
		facts += ", nobody has answered"
	}
	return facts
}

// BoardStatement is a statement with all that its card shows.
type BoardStatement struct {
	Statement
	ActorName    string
	ByName       string // who said it, where it counts for the whole that they are part of
	ReporterName string
	ClaimText    string
	Passage      *Passage // nil when there is none
}

// BoardRelation is a relation with all that its card shows.
type BoardRelation struct {
	Relation
	FromText  string
	ToText    string
	WithTexts []string // of the claims that From does it together with
	Passage   *Passage // nil: the analyst's inference
}

// Sentence is the relation in words, without its passage.
func (r BoardRelation) Sentence() string {
	from := "“" + r.FromText + "” "
	if with := Together(r.WithTexts); with != "" {
		from += with + " "
	}
	return from + r.Kind.Words() + " “" + r.ToText + "”"
}

// ActorCard is an actor's card without its notes.
func (d *Discourse) ActorCard(id ActorID) BoardActor {
	a, _ := d.Actor(id)
	card := BoardActor{Actor: a, PartOfName: d.ActorName(a.PartOf), Counts: map[Stance]int{}, Claims: map[ClaimID]bool{}}
	for _, i := range d.Said(id) {
		card.Counts[d.Statements[i].Stance]++
		card.Claims[d.Statements[i].Claim] = true
	}
	for _, turn := range d.Turns(id) {
		card.Changed = max(card.Changed, d.Statements[turn.To].Date)
	}
	return card
}

// ClaimCard is a claim's card without notes and passages; of an actor only the
// statements, "" for all.
func (d *Discourse) ClaimCard(id ClaimID, only ActorID) BoardClaim {
	c, _ := d.Claim(id)
	card := BoardClaim{Claim: c, Sources: d.Sources(id), Articles: d.articlesFor(id), Answered: d.Answered(id)}
	var shown []int
	for _, i := range d.About(id) {
		if only == "" || d.Statements[i].Actor == only {
			shown = append(shown, i)
		}
	}
	slices.SortStableFunc(shown, func(i, j int) int { return cmp.Compare(d.actorOf[i], d.actorOf[j]) }) // an actor's together, oldest first
	for _, i := range shown {
		card.Statements = append(card.Statements, d.StatementCard(i))
	}
	return card
}

// articlesFor counts the articles that carry a claim, copies too.
func (d *Discourse) articlesFor(id ClaimID) int {
	articles := map[ArticleID]bool{}
	for _, i := range d.About(id) {
		if s := d.Statements[i]; s.Article != "" && s.Stance.Favours() {
			articles[s.Article] = true
		}
	}
	return len(articles)
}

// StatementCard is a statement's card without its passage.
func (d *Discourse) StatementCard(i int) BoardStatement {
	s := d.Statements[i]
	return BoardStatement{Statement: s.Statement, ActorName: d.ActorName(s.Actor), ByName: d.ActorName(s.By),
		ReporterName: d.ActorName(s.ReportedBy), ClaimText: d.ClaimText(s.Claim)}
}

// RelationCard is a relation's card without its passage.
func (d *Discourse) RelationCard(i int) BoardRelation {
	x := d.Relations[i]
	card := BoardRelation{Relation: x, FromText: d.ClaimText(x.From), ToText: d.ClaimText(x.To)}
	for _, c := range x.With {
		if text := d.ClaimText(c); text != "" {
			card.WithTexts = append(card.WithTexts, text)
		}
	}
	return card
}

// Columns are what the board shows for a choice: actors stay in their places,
// claims are the chosen actor's, counterclaims those of the chosen claim, or of
// the claims shown.
type Columns struct {
	Actors        []ActorID
	Linked        map[ActorID]bool // those that belong to the choice
	Claims        []ClaimID        // most statements first, then by time
	Counterclaims []int            // relations
	Silent        []ActorID        // who say nothing on the chosen claim
}

// Columns works out the board; "" chooses nothing.
func (d *Discourse) Columns(actor ActorID, claim ClaimID) Columns {
	out := Columns{Linked: map[ActorID]bool{}}
	shown := d.claimsOf(actor)
	slices.SortStableFunc(shown, func(a, b int) int { return len(d.about[b]) - len(d.about[a]) })
	for _, i := range shown {
		out.Claims = append(out.Claims, d.Claims[i].ID)
	}
	on := map[ClaimID]bool{} // the claims shown
	for _, id := range out.Claims {
		on[id] = true
	}
	dispute := map[ClaimID]bool{} // the claims that those who belong to the choice speak to
	relations := d.Joined(claim)
	if claim == "" {
		relations = d.joinedTo(shown)
		dispute = maps.Clone(on)
	} else {
		dispute[claim] = true
	}
	for _, i := range relations {
		x := d.Relations[i]
		dispute[x.From], dispute[x.To] = true, true
		if x.Kind.Counters() && (x.To == claim || claim == "" && on[x.To]) {
			out.Counterclaims = append(out.Counterclaims, i)
		}
	}
	speakers := d.speakers(dispute)
	for i, a := range d.Actors {
		out.Actors = append(out.Actors, a.ID)
		out.Linked[a.ID] = actor == "" && claim == "" || a.ID == actor || speakers[i]
	}
	if claim != "" {
		out.Silent = d.silentOn(claim)
	}
	return out
}

// claimsOf are the places of the claims that an actor has a stance on, in order;
// "" for all.
func (d *Discourse) claimsOf(actor ActorID) []int {
	var out []int
	if actor == "" {
		for i := range d.Claims {
			out = append(out, i)
		}
		return out
	}
	for _, i := range d.Said(actor) {
		out = append(out, int(d.claimOf[i]))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// joinedTo are the relations from or to claims in these places.
func (d *Discourse) joinedTo(claims []int) []int {
	var out []int
	for _, at := range claims {
		for _, i := range d.joined[at] {
			if id := d.Claims[at].ID; d.Relations[i].From == id || d.Relations[i].To == id {
				out = append(out, i)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// speakers says of each actor, by its place, whether it speaks to one of these
// claims.
func (d *Discourse) speakers(claims map[ClaimID]bool) []bool {
	out := make([]bool, len(d.Actors))
	for id := range claims {
		for _, i := range d.About(id) {
			out[d.actorOf[i]] = true
		}
	}
	return out
}

// silentOn lists the actors who speak to what is near a claim, but neither to it
// nor to its counterclaims, nor does anybody for them.
func (d *Discourse) silentOn(claim ClaimID) []ActorID {
	dispute := map[ClaimID]bool{claim: true}
	for _, i := range d.Counters(claim) {
		dispute[d.Relations[i].From] = true
	}
	var out []ActorID
	speaks := map[ActorID]bool{}
	for i, does := range d.speakers(dispute) {
		if does {
			speaks[d.Actors[i].ID] = true
		}
	}
	for i, near := range d.speakers(d.near(claim)) {
		if id := d.Actors[i].ID; near && !d.heard(id, speaks) {
			out = append(out, id)
		}
	}
	return out
}

// heard says whether an actor speaks, or somebody for it: one of its parts or
// what it is part of.
func (d *Discourse) heard(actor ActorID, speaks map[ActorID]bool) bool {
	if speaks[actor] {
		return true
	}
	for id := range d.kin(actor) {
		if speaks[id] {
			return true
		}
	}
	return false
}

// Board reads the whole board from one state of the notebook.
func (n *Notebook) Board(ctx context.Context) (Board, error) {
	return n.BoardOf(ctx, Scope{}, "", "")
}

// BoardOf returns the part of the board that belongs to a scope and to an actor,
// a claim or both, given by name or identifier; "" does not narrow. An actor's
// part has the claims it has a stance on, with only its statements, and the
// relations of those claims. A claim's part has the claim, those related to it,
// and everybody who speaks to them.
func (n *Notebook) BoardOf(ctx context.Context, scope Scope, actor, claim string) (Board, error) {
	var a ActorID
	var c ClaimID
	var err error
	if actor != "" {
		if a, err = n.ActorID(ctx, actor); err != nil {
			return Board{}, err
		}
	}
	if claim != "" {
		if c, err = n.ClaimID(ctx, claim); err != nil {
			return Board{}, err
		}
	}
	d, err := n.InScope(ctx, scope)
	if err != nil {
		return Board{}, err
	}
	b := d.boardOf(a, c)
	return b, n.ShowBoard(ctx, &b)
}

// boardOf makes the cards of a part of the board.
func (d *Discourse) boardOf(actor ActorID, claim ClaimID) Board {
	keep := map[ClaimID]bool{}
	for _, c := range d.Claims {
		keep[c.ID] = (claim == "" || c.ID == claim) &&
			(actor == "" || slices.ContainsFunc(d.About(c.ID), func(i int) bool { return d.Statements[i].Actor == actor }))
	}
	b := Board{}
	for i, x := range d.Relations {
		if (claim == "" || x.From == claim || x.To == claim) && (keep[x.From] || keep[x.To]) {
			b.Relations = append(b.Relations, d.RelationCard(i))
		}
	}
	if claim != "" && actor == "" {
		for _, x := range b.Relations {
			keep[x.From], keep[x.To] = true, true
		}
	}
	speaks := map[ActorID]bool{}
	for _, c := range d.Claims {
		if keep[c.ID] {
			card := d.ClaimCard(c.ID, actor)
			b.Claims = append(b.Claims, card)
			for _, s := range card.Statements {
				speaks[s.Actor] = true
			}
		}
	}
	slices.SortStableFunc(b.Claims, func(x, y BoardClaim) int { return len(d.About(y.ID)) - len(d.About(x.ID)) })
	for _, a := range d.Actors {
		if speaks[a.ID] || a.ID == actor || actor == "" && claim == "" {
			b.Actors = append(b.Actors, d.ActorCard(a.ID))
		}
	}
	return b
}
