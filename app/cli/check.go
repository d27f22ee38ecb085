package cli

import "rejoinder/app"

type checkCmd struct{}

// Run verifies the notebook.
func (checkCmd) Run(s *session) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	found, err := nb.Check(s.ctx, app.NoProgress{})
	bad := false
	for _, f := range found {
		mark := "ok"
		switch {
		case f.Mended:
			mark = "mended"
		case !f.OK:
			mark, bad = "WRONG", true
		}
		s.row(f, "%-7s %-10s %s", mark, f.Part, f.Text)
	}
	if err == nil && bad {
		err = errSome
	}
	return err
}

type rebuildCmd struct{}

// Run builds the index anew.
func (rebuildCmd) Run(s *session) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	if err := nb.RebuildIndex(s.ctx, app.NoProgress{}); err != nil {
		return err
	}
	s.line("The search index was built anew.")
	return nil
}
