package cli

import (
	"slices"
	"strings"

	"rejoinder/app"
)

type annotationRepairsCmd struct {
	Article   string   `arg:"" optional:"" help:"The article (id or title); all without it."`
	Only      string   `enum:",same-words,one-word,no-fact" default:"" help:"same-words, one-word (at most one differs) or no-fact (no number, negation, name or sign differs)."`
	Accept    []string `placeholder:"ID" help:"Place these marks where the list shows them, in one step; may be given again."`
	AcceptAll bool     `help:"Place all that are listed and have one likeliest place, in one step."`
}

// repairRow is a mark to look at. Quote is what it marks or was likeliest to,
// was the passage that it marked for sure, now its likeliest place.
type repairRow struct {
	annotationRow
	Was      string     `json:"was"`
	WasStart int        `json:"was_start"`
	WasEnd   int        `json:"was_end"`
	WasText  app.TextID `json:"was_text"`
	Now      string     `json:"now"` // "" where nothing is like it
	NowStart int        `json:"now_start"`
	NowEnd   int        `json:"now_end"`
	Rivals   bool       `json:"rivals"` // another place is about as likely
	Change   changeRow  `json:"change"`
	Said     []saidRow  `json:"said"`
}

// saidRow is who says what on a mark.
type saidRow struct {
	Actor  string     `json:"actor"`
	Stance app.Stance `json:"stance"`
	Claim  string     `json:"claim"`
}

// changeRow is what became of a mark's words.
type changeRow struct {
	Kind     app.WordChangeKind `json:"kind"`
	Summary  string             `json:"summary"`
	Words    int                `json:"words"` // that differ
	Of       int                `json:"of"`
	Number   bool               `json:"number"`
	Negation bool               `json:"negation"`
	Name     bool               `json:"name"`
	Old      []wordRow          `json:"old"`
	New      []wordRow          `json:"new"`
}

func rowOfChange(c app.WordChange) changeRow {
	row := changeRow{Kind: c.Kind, Words: c.Words, Of: c.Of, Number: c.Number || c.Sign, Negation: c.Negation, Name: c.Name,
		Old: []wordRow{}, New: []wordRow{}}
	if c.Kind != "" {
		row.Summary = c.Summary()
	}
	for _, w := range c.Old {
		row.Old = append(row.Old, wordRow(w))
	}
	for _, w := range c.New {
		row.New = append(row.New, wordRow(w))
	}
	return row
}

// lines are the two quotes below one another with what differs marked as wdiff
// does.
func (c changeRow) lines() string {
	return "        was " + markedWords(c.Old) + "\n        now " + markedWords(c.New)
}

func markedWords(words []wordRow) string {
	var b strings.Builder
	for _, w := range words {
		switch w.Kind {
		case app.DiffRemoved:
			b.WriteString("[-" + w.Text + "-]")
		case app.DiffAdded:
			b.WriteString("{+" + w.Text + "+}")
		default:
			b.WriteString(w.Text)
		}
	}
	return app.Quoted(b.String())
}

// stateLine is a mark's state as lists print it.
func stateLine(state app.AnchorState, textChanged bool) string {
	if textChanged {
		return string(state) + ", text changed"
	}
	return string(state)
}

// Run lists what has to be looked at, or accepts of it what it is told to.
func (c annotationRepairsCmd) Run(s *session) error {
	if len(c.Accept) > 0 || c.AcceptAll {
		return s.edit(func(nb *app.Notebook) error {
			queue, err := c.queue(s, nb)
			if err != nil {
				return err
			}
			return c.accept(s, nb, queue)
		})
	}
	nb, err := s.open()
	if err != nil {
		return err
	}
	queue, err := c.queue(s, nb)
	for _, x := range queue {
		s.printRepair(x)
	}
	return err
}

// queue is what the arguments narrow it to.
func (c annotationRepairsCmd) queue(s *session, nb *app.Notebook) ([]app.Repair, error) {
	var article app.ArticleID
	var err error
	if c.Article != "" {
		if article, err = nb.ArticleID(s.ctx, c.Article); err != nil {
			return nil, err
		}
	}
	queue, err := nb.Repairs(s.ctx, article)
	return slices.DeleteFunc(queue, func(x app.Repair) bool { return !x.Passes(app.RepairFilter(c.Only)) }), err
}

func (s *session) printRepair(x app.Repair) {
	row := repairRow{annotationRow: rowOfAnnotation(app.AnnotationRow{Passage: x.Passage, Hanging: x.Hanging}),
		Was: x.Old.Quote, WasStart: x.Old.Start, WasEnd: x.Old.End, WasText: x.OldText, Rivals: x.Rivals, Said: []saidRow{}}
	lines := "        was " + app.Quoted(row.Was)
	if x.Best != nil {
		row.Now, row.NowStart, row.NowEnd = x.Best.Anchor.Quote, x.Best.Anchor.Start, x.Best.Anchor.End
		row.Change = rowOfChange(x.Best.Change)
		lines = row.Change.lines() + "\n        " + row.Change.Summary
		if x.Rivals {
			lines += "; more than one place is as likely"
		}
	} else {
		row.Change = rowOfChange(app.WordChange{})
	}
	for _, h := range x.Statements {
		row.Said = append(row.Said, saidRow{h.ActorName, h.Stance, h.ClaimText})
		lines += "\n        " + h.ActorName + " " + string(h.Stance) + ": " + h.ClaimText
	}
	s.row(row, "%s  %s — %s\n%s", x.ID, stateLine(x.State, x.TextChanged), x.ArticleTitle, lines)
}

// accept places marks of the queue where it shows them. One that is named must
// have a place; of all, those are left that have none or more than one.
func (c annotationRepairsCmd) accept(s *session, nb *app.Notebook, queue []app.Repair) error {
	var places []app.Place
	var quotes []string
	add := func(x app.Repair) {
		places, quotes = append(places, x.Place()), append(quotes, x.Best.Anchor.Quote)
	}
	for _, id := range c.Accept {
		at := slices.IndexFunc(queue, func(x app.Repair) bool { return string(x.ID) == id })
		switch {
		case at < 0:
			return app.Problem(app.ErrNotFound, "mark %s is not among those listed", id)
		case queue[at].Best == nil:
			return app.Problem(app.ErrNotFound, "nothing like mark %s is in the text in use", id)
		case queue[at].Rivals:
			return app.Problem(app.ErrAmbiguous, "mark %s may stand in several places: see rejoinder annotation candidates, then accept one", id)
		case !slices.ContainsFunc(places, func(p app.Place) bool { return string(p.ID) == id }):
			add(queue[at])
		}
	}
	for _, x := range queue {
		if c.AcceptAll && x.Clear() && !slices.Contains(c.Accept, string(x.ID)) {
			add(x)
		}
	}
	if len(places) == 0 {
		return nil
	}
	if err := nb.PlaceAnnotations(s.ctx, places); err != nil {
		return err
	}
	for i, p := range places {
		s.row(made{string(p.ID)}, "%s  %s", p.ID, app.Quoted(quotes[i]))
	}
	return nil
}

type annotationCandidatesCmd struct {
	ID string `arg:"" help:"The mark."`
}

type candidateRow struct {
	Candidate int       `json:"candidate"` // from 1
	Quote     string    `json:"quote"`
	Start     int       `json:"start"`
	End       int       `json:"end"`
	Errors    int       `json:"errors"`
	Likeness  float64   `json:"likeness"`
	Change    changeRow `json:"change"`
}

// Run lists the places that may be the mark's.
func (c annotationCandidatesCmd) Run(s *session) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	candidates, err := nb.Candidates(s.ctx, app.AnnotationID(c.ID))
	for i, x := range candidates {
		row := candidateRow{i + 1, x.Anchor.Quote, x.Anchor.Start, x.Anchor.End, x.Errors, x.Likeness, rowOfChange(x.Change)}
		s.row(row, "%d  %3.0f %%  %d–%d  %s\n        %s", row.Candidate, 100*x.Likeness, row.Start, row.End, markedWords(row.Change.New), row.Change.Summary)
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
