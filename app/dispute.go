package app

import (
	"cmp"
	"context"
	"maps"
	"slices"
)

// DisputeColumn is one of the columns of a dispute.
type DisputeColumn int

// The columns, in their order. Who declines to comment stands with the silent.
const (
	ColumnAsserts DisputeColumn = iota
	ColumnSupports
	ColumnQualifies
	ColumnDisputes
	ColumnSilent
)

// DisputeColumns are the titles of the columns.
var DisputeColumns = []string{"asserts", "supports", "qualifies or questions", "disputes or denies", "silent or declines"}

// Column is where a stance stands in a dispute.
func (s Stance) Column() DisputeColumn {
	switch s {
	case Asserts:
		return ColumnAsserts
	case Supports:
		return ColumnSupports
	case Qualifies, Questions:
		return ColumnQualifies
	case Declines:
		return ColumnSilent
	}
	return ColumnDisputes
}

// Dispute is one claim with who takes which stance on it, and what is set
// against it.
type Dispute struct {
	Claim         BoardClaim       // with all its statements
	Rows          []DisputeRow     // by name, the silent last
	Counterclaims []DisputeCounter // by time
	Others        []BoardRelation  // that are no counterclaims
}

// DisputeRow is an actor's part: the statements in each column, by date. Silent
// is an actor of the same topic who said nothing on the claim, nor did one of its
// parts or what it is part of.
type DisputeRow struct {
	Actor  ActorID
	Name   string
	Cells  [5][]BoardStatement
	Silent bool
}

// DisputeCounter is a counterclaim with the stances on it and what is set
// against it in its turn.
type DisputeCounter struct {
	BoardRelation
	Statements []BoardStatement // on the counterclaim, by actor and date
	Against    []BoardRelation  // that counter the counterclaim
}

// Dispute reads a claim's dispute; claim is an identifier or words.
func (n *Notebook) Dispute(ctx context.Context, scope Scope, claim string) (Dispute, error) {
	id, err := n.ClaimID(ctx, claim)
	if err != nil {
		return Dispute{}, err
	}
	d, err := n.InScope(ctx, scope)
	if err != nil {
		return Dispute{}, err
	}
	if _, ok := d.Claim(id); !ok {
		return Dispute{}, Problem(ErrNotFound, "the filter leaves that claim out")
	}
	topic, err := n.topicOf(ctx, d, id)
	if err != nil {
		return Dispute{}, err
	}
	out := d.dispute(id, topic)
	return out, n.showDispute(ctx, &out)
}

// topicOf are the claims that a claim shares a topic with: those with one of its
// tags, or, where it bears none, those at most two relations away.
func (n *Notebook) topicOf(ctx context.Context, d *Discourse, id ClaimID) (map[ClaimID]bool, error) {
	topic := map[ClaimID]bool{id: true}
	err := n.store.View(ctx, func(r Reader) error {
		tags, err := r.TagsOn(RefTo(KindClaim, id))
		if err != nil {
			return err
		}
		ids := make([]TagID, len(tags))
		for i, t := range tags {
			ids[i] = t.ID
		}
		refs, err := r.Tagged(ids...)
		for _, ref := range refs {
			if ref.Kind == KindClaim {
				topic[ClaimID(ref.ID)] = true
			}
		}
		return err
	})
	if len(topic) == 1 {
		topic = d.near(id)
	}
	return topic, err
}

// near are a claim and those at most two relations away.
func (d *Discourse) near(id ClaimID) map[ClaimID]bool {
	out := map[ClaimID]bool{id: true}
	for range 2 {
		for c := range maps.Clone(out) {
			for _, i := range d.Joined(c) {
				x := d.Relations[i]
				out[x.From], out[x.To] = true, true
			}
		}
	}
	return out
}

func (d *Discourse) dispute(id ClaimID, topic map[ClaimID]bool) Dispute {
	out := Dispute{Claim: d.ClaimCard(id, "")}
	rows := map[ActorID]*DisputeRow{}
	for _, i := range d.About(id) {
		s := d.Statements[i]
		if rows[s.Actor] == nil {
			rows[s.Actor] = &DisputeRow{Actor: s.Actor, Name: d.ActorName(s.Actor)}
		}
		cell := &rows[s.Actor].Cells[s.Stance.Column()]
		*cell = append(*cell, d.StatementCard(i))
	}
	var silent []DisputeRow
	speaks := map[ActorID]bool{}
	for actor := range rows {
		speaks[actor] = true
	}
	for _, a := range d.Actors {
		switch {
		case rows[a.ID] != nil:
			out.Rows = append(out.Rows, *rows[a.ID])
		case d.heard(a.ID, speaks):
		case slices.ContainsFunc(d.Said(a.ID), func(i int) bool { return topic[d.Statements[i].Claim] }):
			silent = append(silent, DisputeRow{Actor: a.ID, Name: a.Name, Silent: true})
		}
	}
	out.Rows = append(out.Rows, silent...)
	for _, i := range d.Joined(id) {
		x := d.Relations[i]
		if x.To != id || !x.Kind.Counters() {
			out.Others = append(out.Others, d.RelationCard(i))
			continue
		}
		c := DisputeCounter{BoardRelation: d.RelationCard(i), Statements: d.ClaimCard(x.From, "").Statements}
		for _, j := range d.Counters(x.From) {
			c.Against = append(c.Against, d.RelationCard(j))
		}
		out.Counterclaims = append(out.Counterclaims, c)
	}
	return out
}

// showDispute reads the passages and notes.
func (n *Notebook) showDispute(ctx context.Context, d *Dispute) error {
	e, err := n.Evidence(ctx, d.Passages(), []string{string(d.Claim.ID)})
	if err != nil {
		return err
	}
	d.Claim.Notes = e.Notes[string(d.Claim.ID)]
	e.Show(d.Claim.Statements)
	for i := range d.Rows {
		for _, cell := range d.Rows[i].Cells {
			e.Show(cell)
		}
	}
	for i := range d.Others {
		d.Others[i].Passage = e.Passage(d.Others[i].Relation.Passage)
	}
	for i := range d.Counterclaims {
		c := &d.Counterclaims[i]
		c.Passage = e.Passage(c.Relation.Passage)
		e.Show(c.Statements)
		for j := range c.Against {
			c.Against[j].Passage = e.Passage(c.Against[j].Relation.Passage)
		}
	}
	return nil
}

// MostDisputed lists the claims, those first on which most is said on both sides,
// then those with most counterclaims and statements.
func (d *Discourse) MostDisputed() []ClaimID {
	type weight struct{ both, counters, said int }
	weights := make(map[ClaimID]weight, len(d.Claims))
	out := make([]ClaimID, 0, len(d.Claims))
	for _, c := range d.Claims {
		sides := [3]int{}
		for _, i := range d.About(c.ID) {
			sides[d.Statements[i].Stance.side()+1]++
		}
		weights[c.ID] = weight{min(sides[0], sides[2]), len(d.Counters(c.ID)), len(d.About(c.ID))}
		out = append(out, c.ID)
	}
	slices.SortStableFunc(out, func(a, b ClaimID) int {
		x, y := weights[a], weights[b]
		return cmp.Or(y.both-x.both, y.counters-x.counters, y.said-x.said)
	})
	return out
}
