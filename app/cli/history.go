package cli

import "rejoinder/app"

// stepRow is what undo, redo and the trash print.
type stepRow struct {
	Label string `json:"label"`
}

type undoCmd struct{}

// Run undoes.
func (undoCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		c, err := nb.Undo(s.ctx)
		if err == nil {
			s.row(stepRow{c.Label}, "Undone: %s", c.Label)
		}
		return err
	})
}

type redoCmd struct{}

// Run redoes.
func (redoCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		c, err := nb.Redo(s.ctx)
		if err == nil {
			s.row(stepRow{c.Label}, "Redone: %s", c.Label)
		}
		return err
	})
}

type historyCmd struct {
	Limit int `default:"50" help:"At most this many steps; 0 for all."`
}

// Run lists the steps.
func (c historyCmd) Run(s *session) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	steps, err := nb.History(s.ctx, c.Limit)
	for _, st := range steps {
		mark := ""
		if st.Undone {
			mark = "  (undone)"
		}
		s.row(st, "%s  %s%s", st.At.Local().Format("2006-01-02 15:04"), st.Label, mark)
	}
	return err
}
