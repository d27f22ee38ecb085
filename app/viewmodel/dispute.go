package viewmodel

import (
	"context"
	"slices"

	"rejoinder/app"
)

// Dispute is the screen of one claim: who asserts, supports, qualifies or disputes
// it, who is silent, and what is set against it. Beside it stand all claims.
type Dispute struct {
	sideView

	Claims []app.ClaimID // most disputed first
	Claim  app.ClaimID   // shown; "" for none
	Shown  app.Dispute
}

// NewDispute makes the screen's view. Load fills it.
func NewDispute(s *Session) *Dispute {
	d := &Dispute{}
	d.follow(s, d.list)
	return d
}

// Load shows the claim chosen last anywhere, or the most disputed one.
func (d *Dispute) Load() {
	if d.side.Claim != "" {
		d.Claim = d.side.Claim
	}
	d.sideView.Load()
}

func (d *Dispute) list() {
	d.of = d.side.Discourse
	d.Claims = d.of.MostDisputed()
	if _, ok := d.side.Discourse.Claim(d.Claim); !ok {
		d.Claim = ""
		if len(d.Claims) > 0 {
			d.Claim = d.Claims[0]
		}
	}
	d.read()
}

// Choose shows another claim.
func (d *Dispute) Choose(id app.ClaimID) {
	d.Claim, d.side.Actor, d.side.Claim = id, "", id
	d.read()
}

func (d *Dispute) read() {
	id, scope := d.Claim, d.side.of
	if id == "" {
		d.content.stop()
		d.Shown = app.Dispute{}
		changed(d.OnChange)
		return
	}
	start(d.session.Loop, &d.content, func(ctx context.Context) (app.Dispute, error) {
		return d.session.Notebook.Dispute(ctx, scope, string(id))
	}, func(shown app.Dispute, err error) {
		if err != nil {
			d.session.Fail(err)
			return
		}
		d.Shown = shown
		changed(d.OnChange)
	})
}

// ChooseActor makes an actor the one that was chosen last on any screen.
func (d *Dispute) ChooseActor(id app.ActorID) { d.side.Actor = id }

// Card is a claim as the list beside the dispute shows it.
func (d *Dispute) Card(id app.ClaimID) (text string, counts map[app.Stance]int, counters int) {
	return d.side.ClaimCounts(id)
}

// ClaimCounts is a claim's words, how often each stance is taken on it, and how
// many counterclaims it has.
func (s *Side) ClaimCounts(id app.ClaimID) (text string, counts map[app.Stance]int, counters int) {
	counts = map[app.Stance]int{}
	for _, i := range s.Discourse.About(id) {
		counts[s.Discourse.Statements[i].Stance]++
	}
	return s.Discourse.ClaimText(id), counts, len(s.Discourse.Counters(id))
}

// ActorName is an actor's name.
func (d *Dispute) ActorName(id app.ActorID) string {
	if d.side.Discourse == nil {
		return ""
	}
	return d.side.Discourse.ActorName(id)
}

// Silent are the names of the actors of the topic who say nothing.
func (d *Dispute) Silent() []string {
	var out []string
	for _, r := range d.Shown.Rows {
		if r.Silent {
			out = append(out, d.ActorName(r.Actor))
		}
	}
	return out
}

// Speakers are the rows of those who say something, in the order of the columns.
func (d *Dispute) Speakers() []app.DisputeRow {
	out := slices.DeleteFunc(slices.Clone(d.Shown.Rows), func(r app.DisputeRow) bool { return r.Silent })
	first := func(r app.DisputeRow) int {
		return slices.IndexFunc(r.Cells[:], func(c []app.BoardStatement) bool { return len(c) > 0 })
	}
	slices.SortStableFunc(out, func(a, b app.DisputeRow) int { return first(a) - first(b) })
	return out
}
