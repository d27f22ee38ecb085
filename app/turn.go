package app

// Turn is a change of stance: an actor spoke for a claim and later against it,
// or the other way round.
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

// Turns lists an actor's changes of stance, by date. What lies between, as a
// question, is no turn.
func (d *Discourse) Turns(actor ActorID) []Turn {
	last := map[ClaimID]int{}
	var out []Turn
	for _, i := range d.said[actor] {
		s := d.Statements[i]
		if s.Stance.side() == 0 {
			continue
		}
		if before, ok := last[s.Claim]; ok && d.Statements[before].Stance.side() != s.Stance.side() {
			out = append(out, Turn{actor, s.Claim, before, i})
		}
		last[s.Claim] = i
	}
	return out
}
