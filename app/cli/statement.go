package cli

import "rejoinder/app"

type statementCmd struct {
	Add  statementAddCmd  `cmd:"" help:"Record an actor's stance on a claim."`
	Edit statementEditCmd `cmd:"" help:"Change a statement."`
	Show statementShowCmd `cmd:"" help:"Give a statement the passage that shows it."`
	Move statementMoveCmd `cmd:"" help:"Give statements another actor or claim: split a part off."`
}

type statementAddCmd struct {
	Actor      string `required:"" help:"Who (id or name)."`
	Claim      string `required:"" help:"About what (id or words)."`
	Stance     string `required:"" help:"asserts, supports, qualifies, disputes, denies, questions or declines."`
	Date       string `help:"When it was said: 2019-10-08, 2019-10 or 2019. Default: the article's date."`
	Indirect   bool   `help:"The passage reports it in other words than the actor's own."`
	ReportedBy string `help:"Who reports it (id or name), if not the article itself."`
	Create     bool   `help:"Make the actor and the claim if they do not exist yet."`
	spotFlags  `embed:""`
}

// Run records a statement.
func (c statementAddCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		stance, err := app.ParseStance(c.Stance)
		if err != nil {
			return err
		}
		spot, err := c.spot()
		if err != nil {
			return err
		}
		if c.Create {
			if err := s.tellDoubles(nb, c.Claim); err != nil {
				return err
			}
		}
		st, err := nb.AddStatement(s.ctx, app.StatementDraft{Actor: c.Actor, Claim: c.Claim, Stance: stance, Passage: spot,
			Date: app.Date(c.Date), Indirect: c.Indirect, ReportedBy: c.ReportedBy, Create: c.Create})
		if err == nil {
			s.row(made{string(st.ID)}, "%s", st.ID)
		}
		return err
	})
}

type statementEditCmd struct {
	ID         string  `arg:"" help:"The statement's id."`
	Stance     string  `help:"Its new stance."`
	Date       string  `help:"Its new date."`
	Indirect   *bool   `negatable:"" help:"Whether it is reported in other words."`
	ReportedBy *string `placeholder:"ACTOR" help:"Who reports it (id or name); an empty one is the article itself."`
}

// Run changes a statement.
func (c statementEditCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		var stance app.Stance
		if c.Stance != "" {
			var err error
			if stance, err = app.ParseStance(c.Stance); err != nil {
				return err
			}
		}
		var reporter app.ActorID
		if c.ReportedBy != nil && *c.ReportedBy != "" {
			var err error
			if reporter, err = nb.ActorID(s.ctx, *c.ReportedBy); err != nil {
				return err
			}
		}
		st, err := nb.EditStatement(s.ctx, app.StatementID(c.ID), func(st *app.Statement) {
			if stance != "" {
				st.Stance = stance
			}
			if c.Date != "" {
				st.Date = app.Date(c.Date)
			}
			if c.Indirect != nil {
				st.Indirect = *c.Indirect
			}
			if c.ReportedBy != nil {
				st.ReportedBy = reporter
			}
		})
		if err == nil {
			s.row(made{string(st.ID)}, "%s", st.ID)
		}
		return err
	})
}

type statementShowCmd struct {
	ID        string `arg:"" help:"The statement's id."`
	spotFlags `embed:""`
}

// Run gives a statement its passage.
func (c statementShowCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		spot, err := c.passage()
		if err != nil {
			return err
		}
		st, err := nb.ShowStatement(s.ctx, app.StatementID(c.ID), spot)
		if err == nil {
			s.row(made{string(st.ID)}, "%s", st.ID)
		}
		return err
	})
}

type statementMoveCmd struct {
	IDs    []string `arg:"" name:"id" help:"The statements."`
	Actor  string   `help:"Whose they are from now on (id or name)."`
	Claim  string   `help:"What they are about from now on (id or words)."`
	Create bool     `help:"Make the actor and the claim if they do not exist yet."`
}

// Run moves statements in one step.
func (c statementMoveCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		ids := make([]app.StatementID, len(c.IDs))
		for i, id := range c.IDs {
			ids[i] = app.StatementID(id)
		}
		if err := nb.MoveStatements(s.ctx, c.Actor, c.Claim, c.Create, ids...); err != nil {
			return err
		}
		for _, id := range c.IDs {
			s.row(made{id}, "%s", id)
		}
		return nil
	})
}
