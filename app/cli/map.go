package cli

import (
	"os"

	"rejoinder/app"
	"rejoinder/app/exporter"
)

type mapCmd struct {
	Claim        string `arg:"" optional:"" help:"The claim (id or words) in the middle. Default: the claims with most relations."`
	SVG          string `name:"svg" placeholder:"FILE" help:"Draw it into an SVG file; - prints it."`
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
	for _, e := range m.Edges {
		row := mapRow{m.Nodes[e.From].Text, e.Kind.Words(), m.Nodes[e.To].Text, e.Strength, e.Inferred, e.Together}
		if e.Stance != "" {
			row.Does = string(e.Stance)
		}
		note := ""
		if e.Inferred {
			note = " (analyst's inference)"
		}
		s.row(row, "“%s” %s “%s”%s", row.From, row.Does, row.To, note)
	}
	switch {
	case len(m.Edges) == 0:
		s.line("No claim is set against another here yet: see `rejoinder relate --help`.")
	case m.Left > 0 && c.Claim == "":
		s.line("%d more claims have relations: raise --limit, or name a claim.", m.Left)
	}
	return nil
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
	f, err := os.Create(c.SVG)
	if err != nil {
		return err
	}
	if err := exporter.MapSVG(f, drawing, title); err != nil {
		_ = f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	s.row(struct {
		File   string `json:"file"`
		Claims int    `json:"claims"`
	}{c.SVG, len(m.Nodes)}, "%s", c.SVG)
	return nil
}
