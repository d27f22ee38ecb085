package app

import (
	"context"
	"slices"
	"strings"
)

// Board is the side-by-side view: every actor with what they say, every claim
// with its statements and counterclaims.
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
}

// BoardClaim is a claim's card.
type BoardClaim struct {
	Claim
	Notes      []Note
	Statements []BoardStatement
	Sources    int  // independent ones: a story counts once
	Answered   bool // somebody disputes or denies it, or a counterclaim is set against it
}

// BoardStatement is a statement with all that its card shows.
type BoardStatement struct {
	Statement
	ActorName    string
	ReporterName string
	ClaimText    string
	Passage      *Passage // nil when there is none
}

// BoardRelation is a relation with all that its card shows.
type BoardRelation struct {
	Relation
	FromText string
	ToText   string
	Passage  *Passage // nil: the analyst's inference
}

// Board reads the whole board from one state of the notebook.
func (n *Notebook) Board(ctx context.Context) (Board, error) {
	var b Board
	err := n.store.View(ctx, func(r Reader) error {
		l := boardLoader{reader: r, actors: map[ActorID]*BoardActor{}, claims: map[ClaimID]*BoardClaim{}}
		if err := l.load(); err != nil {
			return err
		}
		b = l.board()
		return nil
	})
	return b, err
}

// boardLoader joins in memory what a fixed number of queries returns.
type boardLoader struct {
	reader    Reader
	passages  map[AnnotationID]Passage
	actors    map[ActorID]*BoardActor
	claims    map[ClaimID]*BoardClaim
	actorList []ActorID
	claimList []ClaimID
	relations []BoardRelation
}

func (l *boardLoader) load() error {
	statements, err := l.reader.Statements(StatementQuery{})
	if err != nil {
		return err
	}
	relations, err := l.reader.Relations(RelationQuery{})
	if err != nil {
		return err
	}
	if err := l.loadThings(); err != nil {
		return err
	}
	if err := l.loadPassages(statements, relations); err != nil {
		return err
	}
	for _, s := range statements {
		l.addStatement(s)
	}
	for _, r := range relations {
		from, to := l.claims[r.From], l.claims[r.To]
		if from == nil || to == nil { // one side was merged away
			continue
		}
		if r.Kind.Counters() {
			to.Answered = true
		}
		l.relations = append(l.relations, BoardRelation{Relation: r, FromText: from.Text, ToText: to.Text, Passage: l.passage(r.Passage)})
	}
	return l.loadNotes()
}

func (l *boardLoader) loadThings() error {
	actors, err := l.reader.Actors()
	if err != nil {
		return err
	}
	for _, a := range actors {
		l.actorList = append(l.actorList, a.ID)
		l.actors[a.ID] = &BoardActor{Actor: a, Counts: map[Stance]int{}, Claims: map[ClaimID]bool{}}
	}
	for _, a := range l.actors {
		if whole := l.actors[a.PartOf]; whole != nil {
			a.PartOfName = whole.Name
		}
	}
	claims, err := l.reader.Claims()
	if err != nil {
		return err
	}
	for _, c := range claims {
		l.claimList = append(l.claimList, c.ID)
		l.claims[c.ID] = &BoardClaim{Claim: c}
	}
	return nil
}

func (l *boardLoader) loadPassages(statements []Statement, relations []Relation) error {
	var ids []AnnotationID
	for _, s := range statements {
		if s.Passage != "" {
			ids = append(ids, s.Passage)
		}
	}
	for _, r := range relations {
		if r.Passage != "" {
			ids = append(ids, r.Passage)
		}
	}
	var err error
	l.passages, err = l.reader.Passages(ids)
	return err
}

func (l *boardLoader) passage(id AnnotationID) *Passage {
	if p, ok := l.passages[id]; ok {
		return &p
	}
	return nil
}

func (l *boardLoader) addStatement(s Statement) {
	actor, claim := l.actors[s.Actor], l.claims[s.Claim]
	if actor == nil || claim == nil {
		return
	}
	actor.Counts[s.Stance]++
	actor.Claims[s.Claim] = true
	claim.Answered = claim.Answered || s.Stance.Opposes()
	b := BoardStatement{Statement: s, ActorName: actor.Name, ClaimText: claim.Text, Passage: l.passage(s.Passage)}
	if reporter := l.actors[s.ReportedBy]; reporter != nil {
		b.ReporterName = reporter.Name
	}
	claim.Statements = append(claim.Statements, b)
}

func (l *boardLoader) loadNotes() error {
	notes, err := l.reader.Notes()
	if err != nil {
		return err
	}
	for _, n := range notes {
		for _, ref := range n.On {
			switch ref.Kind {
			case KindActor:
				if a := l.actors[ActorID(ref.ID)]; a != nil {
					a.Notes = append(a.Notes, n)
				}
			case KindClaim:
				if c := l.claims[ClaimID(ref.ID)]; c != nil {
					c.Notes = append(c.Notes, n)
				}
			}
		}
	}
	return nil
}

func (l *boardLoader) board() Board {
	b := Board{Relations: l.relations}
	for _, id := range l.actorList {
		b.Actors = append(b.Actors, *l.actors[id])
	}
	for _, id := range l.claimList {
		c := l.claims[id]
		sources := map[string]bool{}
		for _, s := range c.Statements {
			if s.Passage != nil {
				sources[s.Passage.Source()] = true
			}
		}
		c.Sources = len(sources)
		slices.SortStableFunc(c.Statements, byActorAndDate)
		b.Claims = append(b.Claims, *c)
	}
	slices.SortStableFunc(b.Claims, func(x, y BoardClaim) int { return len(y.Statements) - len(x.Statements) })
	return b
}

// byActorAndDate keeps an actor's statements together, oldest first.
func byActorAndDate(x, y BoardStatement) int {
	if c := strings.Compare(FoldName(x.ActorName), FoldName(y.ActorName)); c != 0 {
		return c
	}
	return strings.Compare(string(x.Date), string(y.Date))
}

// Narrow returns the part of the board that belongs to an actor, to a claim, or
// to both; "" does not narrow. An actor's part has the claims it has a stance
// on, with only its statements, and the relations of those claims. A claim's
// part has the claim, those related to it, and everybody who speaks to them.
func (b Board) Narrow(actor ActorID, claim ClaimID) Board {
	keep := map[ClaimID]bool{}
	for _, c := range b.Claims {
		keep[c.ID] = (claim == "" || c.ID == claim) && (actor == "" || b.speaksTo(actor, c.ID))
	}
	out := Board{}
	for _, r := range b.Relations {
		if (claim == "" || r.From == claim || r.To == claim) && (keep[r.From] || keep[r.To]) {
			out.Relations = append(out.Relations, r)
		}
	}
	if claim != "" {
		for _, r := range out.Relations {
			keep[r.From], keep[r.To] = actor == "" || keep[r.From], actor == "" || keep[r.To]
		}
	}
	speaks := map[ActorID]bool{}
	for _, c := range b.Claims {
		if !keep[c.ID] {
			continue
		}
		var own []BoardStatement
		for _, s := range c.Statements {
			if actor == "" || s.Actor == actor {
				own = append(own, s)
				speaks[s.Actor] = true
			}
		}
		c.Statements = own
		out.Claims = append(out.Claims, c)
	}
	for _, a := range b.Actors {
		if speaks[a.ID] || a.ID == actor || (actor == "" && claim == "") {
			out.Actors = append(out.Actors, a)
		}
	}
	return out
}

func (b Board) speaksTo(actor ActorID, claim ClaimID) bool {
	for _, a := range b.Actors {
		if a.ID == actor {
			return a.Claims[claim]
		}
	}
	return false
}

// BoardOf returns the part of the board that belongs to an actor, a claim or
// both, given by name or identifier; "" does not narrow.
func (n *Notebook) BoardOf(ctx context.Context, actor, claim string) (Board, error) {
	b, err := n.Board(ctx)
	if err != nil || (actor == "" && claim == "") {
		return b, err
	}
	var a Actor
	var c Claim
	err = n.store.View(ctx, func(r Reader) (err error) {
		if actor != "" {
			if a, err = actorNamed(r, actor); err != nil {
				return err
			}
		}
		if claim != "" {
			c, err = claimNamed(r, claim)
		}
		return err
	})
	if err != nil {
		return b, err
	}
	return b.Narrow(a.ID, c.ID), nil
}
