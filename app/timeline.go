package app

import (
	"cmp"
	"context"
	"slices"
)

// Timeline is statements by date in lanes, one for each actor or each claim.
type Timeline struct {
	Lanes   []Lane // most statements first
	First   Date   // "" when no statement has a date
	Last    Date
	Undated int         // statements without a date
	Replies map[int]int // of a statement the one that it answers
}

// Lane is the statements of an actor, or on a claim.
type Lane struct {
	Actor      ActorID // or
	Claim      ClaimID
	Name       string
	Statements []int // by date, only those that have one
}

// Timeline reads a timeline, with a lane per claim or per actor.
func (n *Notebook) Timeline(ctx context.Context, scope Scope, byClaim bool) (*Discourse, Timeline, error) {
	d, err := n.InScope(ctx, scope)
	if err != nil {
		return nil, Timeline{}, err
	}
	return d, d.Timeline(byClaim), nil
}

// Timeline works a timeline out.
func (d *Discourse) Timeline(byClaim bool) Timeline {
	t := Timeline{Replies: d.Replies()}
	add := func(lane Lane, all []int) {
		for _, i := range all {
			s := d.Statements[i]
			if s.Date == "" {
				t.Undated++
				continue
			}
			lane.Statements = append(lane.Statements, i)
			if t.First == "" || s.Date < t.First {
				t.First = s.Date
			}
			t.Last = max(t.Last, s.Date)
		}
		if len(lane.Statements) > 0 {
			t.Lanes = append(t.Lanes, lane)
		}
	}
	if byClaim {
		for _, c := range d.Claims {
			add(Lane{Claim: c.ID, Name: c.Text}, d.About(c.ID))
		}
	} else {
		for _, a := range d.Actors {
			add(Lane{Actor: a.ID, Name: a.Name}, d.Said(a.ID))
		}
	}
	slices.SortStableFunc(t.Lanes, func(a, b Lane) int {
		return cmp.Or(cmp.Compare(len(b.Statements), len(a.Statements)), d.compareNames(a.Name, b.Name))
	})
	return t
}

// Replies says of statements which one they may answer, going by their dates: who
// speaks against a claim, questions or qualifies it answers the last that another
// asserted on an earlier day, or else the first of the same day; who speaks for a
// counterclaim answers what is said so for the claim that is countered. Nobody
// answers those whom it is part of, or its parts. Who declines, and statements
// without a date, answer nothing.
func (d *Discourse) Replies() map[int]int {
	d.repliesOnce.Do(func() { d.replies = d.findReplies() })
	return d.replies
}

func (d *Discourse) findReplies() map[int]int {
	out := map[int]int{}
	wholes := make([]ActorID, len(d.Actors))
	for i, a := range d.Actors {
		wholes[i] = d.Whole(a.ID)
	}
	countered := make([][]ClaimID, len(d.Claims)) // what each claim counters
	for _, x := range d.Relations {
		if x.Kind.Counters() {
			from := d.claims[x.From]
			countered[from] = append(countered[from], x.To)
		}
	}
	for i, s := range d.Statements {
		if s.Date == "" || s.Stance == Declines {
			continue
		}
		if !s.Stance.Favours() {
			if j, ok := d.answered(s.Claim, i, wholes); ok {
				out[i] = j
			}
			continue
		}
		best := -1
		for _, to := range countered[d.claims[s.Claim]] {
			if j, ok := d.answered(to, i, wholes); ok && (best < 0 || d.byDate(j, best) > 0) {
				best = j
			}
		}
		if best >= 0 {
			out[i] = best
		}
	}
	return out
}

// answered is the statement for a claim that statement i may answer; of the same
// day one that asserts it comes before those that only support it. wholes are the
// topmost actors that each is part of.
func (d *Discourse) answered(claim ClaimID, i int, wholes []ActorID) (int, bool) {
	s := d.Statements[i]
	about := d.About(claim)
	end, _ := slices.BinarySearchFunc(about, s.Date, func(j int, date Date) int {
		if d.Statements[j].Date <= date {
			return -1
		}
		return 1
	})
	best, weight := -1, 0
	for k := end - 1; k >= 0 && weight < 3; k-- { // the latest first, so of a day the first last
		j := about[k]
		before := d.Statements[j]
		if before.Date == "" {
			break
		}
		if j == i || before.Actor == s.Actor || !before.Stance.Favours() {
			continue
		}
		w := 1
		switch {
		case before.Date < s.Date:
			w = 3
		case before.Stance == Asserts:
			w = 2
		}
		related := wholes[d.actorOf[i]] == wholes[d.actorOf[j]] && d.kin(s.Actor)[before.Actor]
		if w >= weight && !related {
			best, weight = j, w
		}
	}
	return best, best >= 0
}
