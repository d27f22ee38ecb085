package app

// Turn is a change of stance: an actor said one thing of a claim and later
// another.
type Turn struct {
	Actor    ActorID
	Claim    ClaimID
	From, To int // statements
}

// Favours says whether a stance is for the claim.
func (s Stance) Favours() bool { return s == Asserts || s == Supports }

// side is 1 for a claim, -1 against it, and 0 for what is neither.
func (s Stance) side() int {
	switch {
	case s.Favours():
		return 1
	case s.Opposes():
		return -1
	}
	return 0
}

// Differs says whether two stances say another thing of a claim: who asserts
// does not change by supporting, nor who disputes by denying. Who declines says
// nothing of it.
func (s Stance) Differs(other Stance) bool {
	if s == Declines || other == Declines {
		return false
	}
	return s.side() != other.side() || s.side() == 0 && s != other
}

// Contradicts says whether two stances are on opposite sides.
func (s Stance) Contradicts(other Stance) bool { return s.side()*other.side() < 0 }

// Turns lists an actor's changes of stance, by date.
func (d *Discourse) Turns(actor ActorID) []Turn {
	last := map[ClaimID]int{}
	var out []Turn
	for _, i := range d.Said(actor) {
		s := d.Statements[i]
		if s.Stance == Declines {
			continue
		}
		if before, ok := last[s.Claim]; ok && d.Statements[before].Stance.Differs(s.Stance) {
			out = append(out, Turn{actor, s.Claim, before, i})
		}
		last[s.Claim] = i
	}
	return out
}

// Contradictions lists where an actor took one side of a claim and later the
// other, whatever it said between, and where it spoke for two claims of which one
// rebuts the other. Claim is that of the later statement.
func (d *Discourse) Contradictions(actor ActorID) []Turn {
	last := map[ClaimID]int{}
	var out []Turn
	for _, i := range d.Said(actor) {
		s := d.Statements[i]
		if s.Stance.side() == 0 {
			continue
		}
		before, ok := last[s.Claim]
		if ok && d.Statements[before].Stance.Contradicts(s.Stance) {
			out = append(out, Turn{actor, s.Claim, before, i})
		}
		last[s.Claim] = i
		if !s.Stance.Favours() || ok && d.Statements[before].Stance.Favours() {
			continue
		}
		rebutted := map[int]bool{}
		for _, n := range d.Joined(s.Claim) {
			x := d.Relations[n]
			other := x.To
			if other == s.Claim {
				other = x.From
			}
			j, ok := last[other]
			joins := x.From == s.Claim || x.To == s.Claim // it is no premise
			if ok && joins && x.Kind == Rebuts && d.Statements[j].Stance.Favours() && !rebutted[j] {
				rebutted[j] = true
				out = append(out, Turn{actor, s.Claim, j, i})
			}
		}
	}
	return out
}
