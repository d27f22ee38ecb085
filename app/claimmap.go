package app

import (
	"cmp"
	"context"
	"slices"
)

// ClaimMap is claims and what they do to one another.
type ClaimMap struct {
	Nodes []MapNode
	Edges []MapEdge
	Left  int // claims that have relations and are not on the map, for want of room
}

// MapNode is a claim, or an actor who takes a stance on one.
type MapNode struct {
	Claim  ClaimID // or
	Actor  ActorID
	Text   string
	Counts map[Stance]int // of a claim
}

// MapEdge joins two nodes, by their places.
type MapEdge struct {
	From, To int
	Kind     RelationKind // of a relation; or
	Stance   Stance       // of an actor
	Relation RelationID
	Inferred bool // the analyst's inference
	Strength Strength
	Together bool // From is a premise beside others
}

// MapOptions say what is on a map.
type MapOptions struct {
	Claim  ClaimID // the claim in the middle, with what is near it; "" for the claims with most relations
	Actors bool    // with the actors
	Limit  int     // of claims; 0 for 200
}

// mapLimit is how many claims a map shows unless more are asked for.
const mapLimit = 200

// ClaimMap reads a map; claim is an identifier or words, "" for the claims with
// most relations.
func (n *Notebook) ClaimMap(ctx context.Context, scope Scope, claim string, o MapOptions) (ClaimMap, error) {
	var err error
	if claim != "" {
		if o.Claim, err = n.ClaimID(ctx, claim); err != nil {
			return ClaimMap{}, err
		}
	}
	d, err := n.InScope(ctx, scope)
	if err != nil {
		return ClaimMap{}, err
	}
	return d.ClaimMap(o), nil
}

// ClaimMap works a map out. Of too many claims it takes those that are nearest
// to the one in the middle, or those with most relations and what is joined to
// them.
func (d *Discourse) ClaimMap(o MapOptions) ClaimMap {
	limit := cmp.Or(o.Limit, mapLimit)
	starts := []ClaimID{o.Claim}
	if o.Claim == "" {
		starts = nil
		for _, c := range d.Claims {
			if len(d.Joined(c.ID)) > 0 {
				starts = append(starts, c.ID)
			}
		}
		slices.SortStableFunc(starts, func(a, b ClaimID) int { return len(d.Joined(b)) - len(d.Joined(a)) })
	}
	places := map[ClaimID]int{}
	var order []ClaimID
	put := func(c ClaimID) {
		if _, there := d.claims[c]; !there || len(order) >= limit {
			return
		}
		if _, there := places[c]; !there {
			places[c] = len(order)
			order = append(order, c)
		}
	}
	for _, start := range starts {
		at := len(order)
		for put(start); at < len(order); at++ {
			for _, i := range d.Joined(order[at]) {
				x := d.Relations[i]
				for _, c := range append([]ClaimID{x.From, x.To}, x.With...) {
					put(c)
				}
			}
		}
	}
	m := ClaimMap{}
	for _, c := range order {
		counts := map[Stance]int{}
		for _, i := range d.About(c) {
			counts[d.Statements[i].Stance]++
		}
		m.Nodes = append(m.Nodes, MapNode{Claim: c, Text: d.ClaimText(c), Counts: counts})
	}
	for _, c := range d.Claims {
		if _, on := places[c.ID]; !on && len(d.Joined(c.ID)) > 0 {
			m.Left++
		}
	}
	m.join(d, places)
	if o.Actors {
		m.speakers(d, order)
	}
	return m
}

// join puts in the relations between the claims of the map.
func (m *ClaimMap) join(d *Discourse, places map[ClaimID]int) {
	for _, x := range d.Relations {
		to, ok := places[x.To]
		if !ok {
			continue
		}
		for k, c := range append([]ClaimID{x.From}, x.With...) {
			if from, ok := places[c]; ok {
				m.Edges = append(m.Edges, MapEdge{From: from, To: to, Kind: x.Kind, Relation: x.ID, Inferred: x.Inference(),
					Strength: x.Strength, Together: k > 0 || len(x.With) > 0})
			}
		}
	}
}

// speakers puts in the actors with the last stance of each on each claim.
func (m *ClaimMap) speakers(d *Discourse, order []ClaimID) {
	actors := map[ActorID]int{}
	for place, c := range order {
		last := map[ActorID]Stance{}
		var speak []ActorID
		for _, i := range d.About(c) {
			s := d.Statements[i]
			if last[s.Actor] == "" {
				speak = append(speak, s.Actor)
			}
			last[s.Actor] = s.Stance
		}
		for _, a := range speak {
			if _, there := actors[a]; !there {
				actors[a] = len(m.Nodes)
				m.Nodes = append(m.Nodes, MapNode{Actor: a, Text: d.ActorName(a)})
			}
			m.Edges = append(m.Edges, MapEdge{From: actors[a], To: place, Stance: last[a]})
		}
	}
}
