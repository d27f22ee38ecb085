package cli

import (
	"bytes"
	"strings"

	"rejoinder/app"
	"rejoinder/app/exporter"
)

type mapCmd struct {
	Claim        string `arg:"" optional:"" help:"The claim (id or words) in the middle. Default: the claims with most relations."`
	SVG          string `name:"svg" placeholder:"FILE" help:"Draw it into an SVG file; - prints it."`
	Force        bool   `help:"Replace a file that is there already."`
	Actors       bool   `help:"With the actors and their last stances."`
	Limit        int    `default:"200" help:"Claims at most."`
	speakerFlags `embed:""`
}

// mapRow is a row of map --json: what one claim does to another, or an actor to a
// claim.
type mapRow struct {
	From     string       `json:"from"`
	Does     string       `json:"does"`
	To       string       `json:"to"`
	Strength app.Strength `json:"strength"`
	Inferred bool         `json:"inferred"`
	Together bool         `json:"together"`
}

// Run prints or draws the map.
func (c mapCmd) Run(s *session) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	scope, err := c.scope(s, nb)
	if err != nil {
		return err
	}
	m, err := nb.ClaimMap(s.ctx, scope, c.Claim, app.MapOptions{Actors: c.Actors, Limit: c.Limit})
	if err != nil {
		return err
	}
	if c.SVG != "" {
		return c.draw(s, nb, scope, m)
	}
	s.mapEdges(m)
	switch {
	case len(m.Edges) == 0:
		s.line("No claim is set against another here yet: see `rejoinder relate --help`.")
	case m.Left > 0 && c.Claim == "":
		s.line("%d more %s with relations: raise --limit, or name a claim.", m.Left, plural(m.Left, "claim"))
	}
	return nil
}

// mapEdges prints what the claims do to one another; as text each relation once,
// with all its premises.
func (s *session) mapEdges(m app.ClaimMap) {
	for i, e := range m.Edges {
		from, does, to := m.Nodes[e.From].Text, e.Kind.Words(), m.Nodes[e.To].Text
		if e.Stance != "" {
			does = string(e.Stance)
		}
		switch {
		case s.json:
			s.row(mapRow{from, does, to, e.Strength, e.Inferred, e.Together}, "")
			continue
		case e.Stance != "":
			s.line("“%s” %s “%s”", from, does, to)
			continue
		case i > 0 && m.Edges[i-1].Relation == e.Relation:
			continue
		}
		x := app.BoardRelation{Relation: app.Relation{Kind: e.Kind}, FromText: from, ToText: to}
		for _, other := range m.Edges[i+1:] {
			if other.Relation == e.Relation {
				x.WithTexts = append(x.WithTexts, m.Nodes[other.From].Text)
			}
		}
		var more []string
		if e.Strength != app.Plain {
			more = append(more, e.Strength.Words())
		}
		if e.Inferred {
			more = append(more, "analyst's inference")
		}
		note := ""
		if len(more) > 0 {
			note = " (" + strings.Join(more, ", ") + ")"
		}
		s.line("%s%s", x.Sentence(), note)
	}
}

func (c mapCmd) draw(s *session, nb *app.Notebook, scope app.Scope, m app.ClaimMap) error {
	title, err := nb.ScopeTitle(s.ctx, scope)
	if err != nil {
		return err
	}
	drawing := m.Drawing()
	if c.SVG == "-" {
		return exporter.MapSVG(s.out, drawing, title)
	}
	var b bytes.Buffer
	if err := exporter.MapSVG(&b, drawing, title); err != nil {
		return err
	}
	if err := s.writeFile(nb, c.SVG, c.Force, b.Bytes()); err != nil {
		return err
	}
	s.row(struct {
		File   string `json:"file"`
		Claims int    `json:"claims"`
	}{c.SVG, len(m.Nodes)}, "%s", c.SVG)
	return nil
}
