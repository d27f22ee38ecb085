package viewmodel

import (
	"context"
	"math"
	"slices"

	"rejoinder/app"
)

// Map is the screen of claims and what they do to one another.
type Map struct {
	sideView

	Around  bool // only what is near the chosen claim
	Actors  bool // with the actors
	Drawing app.Drawing
	Chosen  int // a node; -1 for none

	claim app.ClaimID // in the middle, when Around
	ref   app.Ref     // chosen, also while it is not on the map; no ID for nothing
}

// NewMap makes the screen's view. Load fills it.
func NewMap(s *Session) *Map {
	m := &Map{Chosen: -1}
	m.follow(s, m.layOut)
	return m
}

// Load shows the map with the claim, or else the actor, chosen last anywhere.
func (m *Map) Load() {
	if m.side.Claim != "" || m.side.Actor != "" {
		m.ref = refTo(app.MapNode{Claim: m.side.Claim, Actor: m.side.Actor})
	}
	m.sideView.Load()
}

// ShowActors puts the actors on the map, or takes them off.
func (m *Map) ShowActors(on bool) {
	m.Actors = on
	m.catchUp()
}

// ShowAround shows what is near the chosen claim, or all again.
func (m *Map) ShowAround(on bool) {
	if on && m.side.Claim == "" {
		m.session.Say("Choose a claim first")
		return
	}
	if m.Around, m.claim = on, m.side.Claim; on {
		m.ref = app.RefTo(app.KindClaim, m.claim)
	}
	m.catchUp()
}

// layOut lays the map out; what was chosen is found again.
func (m *Map) layOut() {
	d := m.side.Discourse
	if _, ok := d.Claim(m.claim); m.Around && !ok {
		m.Around = false
	}
	options := app.MapOptions{Actors: m.Actors}
	if m.Around {
		options.Claim, options.Limit = m.claim, aroundClaims
	}
	start(m.session.Loop, &m.content, func(context.Context) (app.Drawing, error) {
		return d.ClaimMap(options).Drawing(), nil
	}, func(drawing app.Drawing, err error) {
		if err != nil {
			m.session.Fail(err)
			return
		}
		m.Drawing, m.of = drawing, d
		m.Chosen = slices.IndexFunc(drawing.Map.Nodes, func(n app.MapNode) bool { return refTo(n) == m.ref })
		changed(m.OnChange)
	})
}

// aroundClaims is how many claims a map around one shows.
const aroundClaims = 60

// Choose chooses a node; -1 for none.
func (m *Map) Choose(node int) {
	m.Chosen, m.ref = node, app.Ref{}
	n, ok := m.node()
	if ok {
		m.ref = refTo(n)
	}
	m.side.Actor, m.side.Claim = n.Actor, n.Claim
	changed(m.OnChange)
}

func (m *Map) node() (app.MapNode, bool) {
	if m.Chosen < 0 || m.Chosen >= len(m.Drawing.Map.Nodes) {
		return app.MapNode{}, false
	}
	return m.Drawing.Map.Nodes[m.Chosen], true
}

// Ref is what is chosen.
func (m *Map) Ref() (app.Ref, bool) {
	n, ok := m.node()
	return refTo(n), ok
}

func refTo(n app.MapNode) app.Ref {
	if n.Claim != "" {
		return app.RefTo(app.KindClaim, n.Claim)
	}
	return app.RefTo(app.KindActor, n.Actor)
}

// Statements are those on the chosen claim, or of the chosen actor.
func (m *Map) Statements() []int {
	n, ok := m.node()
	switch {
	case !ok:
		return nil
	case n.Claim != "":
		return m.of.About(n.Claim)
	}
	return m.of.Said(n.Actor)
}

// Relations are those of the chosen claim.
func (m *Map) Relations() []int {
	if n, ok := m.node(); ok && n.Claim != "" {
		return m.of.Joined(n.Claim)
	}
	return nil
}

// Gaps are those of what is chosen.
func (m *Map) Gaps() []app.Gap {
	n, _ := m.node()
	return m.of.GapsOf(n.Actor, n.Claim)
}

// Step chooses the nearest node in a direction: up to what the chosen one is set
// against, down to what is set against it.
func (m *Map) Step(dx, dy int) {
	boxes := m.Drawing.Boxes
	if len(boxes) == 0 {
		return
	}
	if m.Chosen < 0 {
		m.Choose(0)
		return
	}
	from := boxes[m.Chosen]
	best, least := -1, math.Inf(1)
	for i, to := range boxes {
		along := (to.X+to.Width/2-from.X-from.Width/2)*float64(dx) + (to.Y+to.Height/2-from.Y-from.Height/2)*float64(dy)
		aside := math.Abs((to.X+to.Width/2-from.X-from.Width/2)*float64(dy) + (to.Y+to.Height/2-from.Y-from.Height/2)*float64(dx))
		if i == m.Chosen || along < 8 {
			continue
		}
		distance := along + 2*aside
		if m.joined(m.Chosen, i) { // the arrows go along the links
			distance /= 4
		}
		if distance < least {
			best, least = i, distance
		}
	}
	if best >= 0 {
		m.Choose(best)
	}
}

func (m *Map) joined(a, b int) bool {
	return slices.ContainsFunc(m.Drawing.Map.Edges, func(e app.MapEdge) bool {
		return e.From == a && e.To == b || e.From == b && e.To == a
	})
}

// Summary says what is on the map.
func (m *Map) Summary() string {
	claims := 0
	for _, n := range m.Drawing.Map.Nodes {
		if n.Claim != "" {
			claims++
		}
	}
	left := ""
	if alone := len(m.of.Claims) - claims - m.Drawing.Map.Left; alone > 0 && !m.Around {
		left = "not on it: " + Thousands(alone) + " without relations"
	}
	if n := m.Drawing.Map.Left; n > 0 && !m.Around {
		left = Thousands(n) + " more have no room: narrow the filter, or show what is near a claim"
	}
	return joined(plural(claims, "claim"), left)
}
