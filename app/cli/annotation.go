package cli

import (
	"fmt"
	"strings"

	"rejoinder/app"
)

type annotationCmd struct {
	List       annotationListCmd       `cmd:"" help:"List marks of all articles."`
	Edit       annotationEditCmd       `cmd:"" help:"Change marks, several in one step."`
	Move       annotationMoveCmd       `cmd:"" help:"Move or resize a mark in its article's text in use."`
	Repairs    annotationRepairsCmd    `cmd:"" help:"List marks whose place in a new version has to be looked at."`
	Candidates annotationCandidatesCmd `cmd:"" help:"List the places that may be a mark's."`
	Accept     annotationAcceptCmd     `cmd:"" help:"Place a mark where a candidate stands."`
	Leave      annotationLeaveCmd      `cmd:"" help:"Leave a mark with the older version that it stands in."`
}

type annotationListCmd struct {
	Article  string   `help:"Of this article (id or title)."`
	Color    []string `sep:"," enum:"yellow,green,blue,pink,orange,violet" help:"Of this colour; may be given again."`
	Kind     []string `sep:"," enum:"highlight,underline,comment" help:"Of this kind; may be given again."`
	Tag      string   `help:"With this tag, or one under it."`
	Actor    string   `help:"With a statement that this actor makes or reports."`
	Claim    string   `help:"With a statement or relation on this claim."`
	State    []string `sep:"," enum:"exact,fuzzy,needs-review,orphan" help:"In this state; may be given again."`
	From     string   `help:"In articles published from this date on: 2019-10-08, 2019-10 or 2019."`
	To       string   `help:"In articles published up to this date."`
	Text     string   `help:"With every one of these words in quote, note or tags."`
	Sort     string   `default:"position" enum:"position,created,modified,published,color" help:"position, created, modified, published or color."`
	Limit    int      `help:"At most this many; 0 for all."`
	Offset   int      `help:"Leave out so many first."`
	Trashed  bool     `help:"Those in the trash too."`
	Markdown bool     `help:"Print quotes with their sources in Markdown."`
}

// query is what the flags ask for.
func (c annotationListCmd) query(s *session, nb *app.Notebook) (q app.AnnotationQuery, err error) {
	q = app.AnnotationQuery{From: app.Date(c.From), To: app.Date(c.To), Text: c.Text, Sort: app.AnnotationSort(c.Sort),
		Limit: c.Limit, Offset: c.Offset, Trashed: c.Trashed}
	for _, v := range c.Color {
		q.Colors = append(q.Colors, app.Color(v))
	}
	for _, v := range c.Kind {
		q.Kinds = append(q.Kinds, app.AnnotationKind(v))
	}
	for _, v := range c.State {
		q.States = append(q.States, app.AnchorState(v))
	}
	if c.Article != "" {
		if q.Article, err = nb.ArticleID(s.ctx, c.Article); err != nil {
			return q, err
		}
	}
	if c.Actor != "" {
		if q.Actor, err = nb.ActorID(s.ctx, c.Actor); err != nil {
			return q, err
		}
	}
	if c.Claim != "" {
		if q.Claim, err = nb.ClaimID(s.ctx, c.Claim); err != nil {
			return q, err
		}
	}
	if c.Tag != "" {
		if q.Tag, err = nb.TagID(s.ctx, c.Tag); err != nil {
			return q, err
		}
	}
	return q, q.Validate()
}

// Run lists marks.
func (c annotationListCmd) Run(s *session) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	q, err := c.query(s, nb)
	if err != nil {
		return err
	}
	return s.read(func(r app.Reader) error {
		rows, err := r.AnnotationRows(q)
		if err != nil {
			return err
		}
		if !c.Markdown {
			s.printAnnotations(rows)
			return nil
		}
		colors, err := r.ColorNames()
		quotes := app.QuotesMarkdown(rows, colors)
		s.row(struct {
			Markdown string `json:"markdown"`
		}{quotes}, "%s", strings.TrimRight(quotes, "\n"))
		return err
	})
}

func (s *session) printAnnotations(rows []app.AnnotationRow) {
	for _, m := range rows {
		doubt := ""
		if m.State != app.AnchorExact {
			doubt = "  (" + stateLine(m.State, m.TextChanged) + ")"
		}
		s.row(rowOfAnnotation(m), "%s  %s %s  %s — %s%s", m.ID, m.Color, m.Kind, app.Quoted(m.Anchor.Quote), m.ArticleTitle, doubt)
	}
}

type annotationEditCmd struct {
	IDs       []string `arg:"" name:"id" help:"The marks."`
	Color     string   `enum:",yellow,green,blue,pink,orange,violet" default:"" help:"yellow, green, blue, pink, orange or violet."`
	Kind      string   `enum:",highlight,underline,comment" default:"" help:"highlight, underline or comment."`
	Note      *string  `help:"The margin note, in Markdown; an empty one takes it away."`
	AddTag    []string `sep:"none" help:"A tag's path; may be given again."`
	RemoveTag []string `sep:"none" help:"A tag's path; may be given again."`
}

// Run changes the marks in one step. What can be refused comes first.
func (c annotationEditCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		ids, refs := make([]app.AnnotationID, len(c.IDs)), make([]app.Ref, len(c.IDs))
		for i, id := range c.IDs {
			ids[i], refs[i] = app.AnnotationID(id), app.RefTo(app.KindAnnotation, id)
		}
		if err := s.areMarks(ids); err != nil {
			return err
		}
		label := "Edit 1 mark"
		if len(ids) > 1 {
			label = fmt.Sprintf("Edit %d marks", len(ids))
		}
		ctx := app.InOneStep(s.ctx, label)
		for _, path := range c.RemoveTag {
			if err := nb.Tag(ctx, path, false, refs...); err != nil {
				return err
			}
		}
		for _, path := range c.AddTag {
			if err := nb.Tag(ctx, path, true, refs...); err != nil {
				return err
			}
		}
		if err := nb.EditAnnotations(ctx, ids, c.apply); err != nil {
			return err
		}
		for _, id := range c.IDs {
			s.row(made{id}, "%s", id)
		}
		return nil
	})
}

// areMarks is an error when one of these is no annotation.
func (s *session) areMarks(ids []app.AnnotationID) error {
	return s.read(func(r app.Reader) error {
		for _, id := range ids {
			if _, err := r.Annotation(id); err != nil {
				return err
			}
		}
		return nil
	})
}

func (c annotationEditCmd) apply(a *app.Annotation) {
	if c.Color != "" {
		a.Color = app.Color(c.Color)
	}
	if c.Kind != "" {
		a.Kind = app.AnnotationKind(c.Kind)
	}
	if c.Note != nil {
		a.Note = *c.Note
	}
}

type annotationMoveCmd struct {
	ID    string `arg:"" help:"The mark."`
	Quote string `help:"The passage that it shall mark, exactly as it stands in the text in use."`
	Nth   int    `help:"Which occurrence of the quote, from 1, where there is more than one."`
	Start int    `help:"Where the passage starts, in code points from 0."`
	End   int    `help:"Where the passage ends, exclusive."`
}

// Run moves the mark.
func (c annotationMoveCmd) Run(s *session) error {
	if c.Quote == "" && c.End == 0 {
		return app.Problem(app.ErrInvalid, "say where to: --quote, or --start and --end")
	}
	return s.edit(func(nb *app.Notebook) error {
		id, start, end := app.AnnotationID(c.ID), c.Start, c.End
		if c.Quote != "" {
			var m app.Annotation
			err := s.read(func(r app.Reader) (err error) {
				m, err = r.Annotation(id)
				return err
			})
			if err != nil {
				return err
			}
			anchor, err := nb.Locate(s.ctx, app.Spot{Article: string(m.Article), Quote: c.Quote, Nth: c.Nth})
			if err != nil {
				return err
			}
			start, end = anchor.Start, anchor.End
		}
		return s.placed(nb.PlaceAnnotation(s.ctx, id, "", start, end))
	})
}

// placed prints a mark that was placed.
func (s *session) placed(a app.Annotation, err error) error {
	if err == nil {
		s.row(made{string(a.ID)}, "%s  %s", a.ID, app.Quoted(a.Anchor.Quote))
	}
	return err
}
