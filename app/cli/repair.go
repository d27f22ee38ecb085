package cli

import "rejoinder/app"

type annotationRepairsCmd struct {
	Article string `arg:"" optional:"" help:"The article (id or title); all without it."`
}

// repairRow is a mark to look at. Quote is what it marks or was likeliest to,
// was the passage that it marked for sure.
type repairRow struct {
	annotationRow
	Was      string     `json:"was"`
	WasStart int        `json:"was_start"`
	WasEnd   int        `json:"was_end"`
	WasText  app.TextID `json:"was_text"`
}

// Run lists what has to be looked at.
func (c annotationRepairsCmd) Run(s *session) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	var article app.ArticleID
	if c.Article != "" {
		if article, err = nb.ArticleID(s.ctx, c.Article); err != nil {
			return err
		}
	}
	repairs, err := nb.Repairs(s.ctx, article)
	if err != nil {
		return err
	}
	return s.read(func(r app.Reader) error {
		for _, x := range repairs {
			hanging, err := r.Hanging([]app.AnnotationID{x.ID})
			if err != nil {
				return err
			}
			row := repairRow{rowOfAnnotation(app.AnnotationRow{Passage: x.Passage, Hanging: hanging[x.ID]}),
				x.Old.Quote, x.Old.Start, x.Old.End, x.OldText}
			now := ""
			if x.State == app.AnchorFuzzy {
				now = "\n        now " + app.Quoted(row.Quote)
			}
			s.row(row, "%s  %s — %s\n        was %s%s", x.ID, x.State, x.ArticleTitle, app.Quoted(row.Was), now)
		}
		return nil
	})
}

type annotationCandidatesCmd struct {
	ID string `arg:"" help:"The mark."`
}

type candidateRow struct {
	Candidate int     `json:"candidate"` // from 1
	Quote     string  `json:"quote"`
	Start     int     `json:"start"`
	End       int     `json:"end"`
	Errors    int     `json:"errors"`
	Likeness  float64 `json:"likeness"`
}

// Run lists the places that may be the mark's.
func (c annotationCandidatesCmd) Run(s *session) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	candidates, err := nb.Candidates(s.ctx, app.AnnotationID(c.ID))
	for i, x := range candidates {
		row := candidateRow{i + 1, x.Anchor.Quote, x.Anchor.Start, x.Anchor.End, x.Errors, x.Likeness}
		s.row(row, "%d  %3.0f %%  %d–%d  %s", row.Candidate, 100*x.Likeness, row.Start, row.End, app.Quoted(row.Quote))
	}
	return err
}

type annotationAcceptCmd struct {
	ID        string `arg:"" help:"The mark."`
	Candidate int    `default:"1" help:"Which candidate, from 1."`
}

// Run places the mark.
func (c annotationAcceptCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		candidates, err := nb.Candidates(s.ctx, app.AnnotationID(c.ID))
		switch {
		case err != nil:
			return err
		case c.Candidate < 1 || c.Candidate > len(candidates):
			return app.Problem(app.ErrNotFound, "the mark has no candidate %d: it has %d", c.Candidate, len(candidates))
		}
		at := candidates[c.Candidate-1].Anchor
		return s.placed(nb.PlaceAnnotation(s.ctx, app.AnnotationID(c.ID), "", at.Start, at.End))
	})
}

type annotationLeaveCmd struct {
	ID string `arg:"" help:"The mark."`
}

// Run leaves the mark where it stands for sure.
func (c annotationLeaveCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		return s.placed(nb.LeaveAnnotation(s.ctx, app.AnnotationID(c.ID)))
	})
}
