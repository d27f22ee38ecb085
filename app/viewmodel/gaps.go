package viewmodel

import (
	"context"

	"rejoinder/app"
)

// Gaps is the screen of what is missing, by kind.
type Gaps struct {
	sideView

	Kind  app.GapKind // shown; "" for all
	Shown []app.Gap
	Count map[app.GapKind]int

	all []app.Gap
}

// NewGaps makes the screen's view. Load fills it.
func NewGaps(s *Session) *Gaps {
	g := &Gaps{}
	g.follow(s, g.read)
	return g
}

func (g *Gaps) read() {
	d := g.side.Discourse
	start(g.session.Loop, &g.content, func(context.Context) ([]app.Gap, error) {
		return d.Gaps(), nil
	}, func(all []app.Gap, err error) {
		if err != nil {
			g.session.Fail(err)
			return
		}
		g.of, g.all, g.Count = d, all, map[app.GapKind]int{}
		for _, gap := range all {
			g.Count[gap.Kind]++
		}
		if g.Count[g.Kind] == 0 {
			g.Kind = ""
		}
		g.narrow()
	})
}

// Choose shows one kind; "" all.
func (g *Gaps) Choose(kind app.GapKind) {
	g.Kind = kind
	g.narrow()
}

func (g *Gaps) narrow() {
	g.Shown = g.all
	if g.Kind != "" {
		g.Shown = nil
		for _, gap := range g.all {
			if gap.Kind == g.Kind {
				g.Shown = append(g.Shown, gap)
			}
		}
	}
	changed(g.OnChange)
}

// Total is how many there are of all kinds.
func (g *Gaps) Total() int { return len(g.all) }

// Loaded says whether the gaps are there.
func (g *Gaps) Loaded() bool { return g.Count != nil }

// Mark makes what a gap is about the choice of all screens: a statement begun now
// is about it.
func (g *Gaps) Mark(gap app.Gap) {
	g.side.Actor, g.side.Claim = gap.Actor, gap.Claim
}

// Statement is the statement that a gap is about; false when it is none.
func (g *Gaps) Statement(gap app.Gap) (app.BoardStatement, bool) {
	if gap.At < 0 || gap.At >= len(g.of.Statements) {
		return app.BoardStatement{}, false
	}
	return g.of.StatementCard(gap.At), true
}

// Relation is the relation that a gap is about; false when it is none.
func (g *Gaps) Relation(gap app.Gap) (app.BoardRelation, bool) {
	if gap.Relation < 0 || gap.Relation >= len(g.of.Relations) {
		return app.BoardRelation{}, false
	}
	return g.of.RelationCard(gap.Relation), true
}
