package cli

import (
	"errors"

	"rejoinder/app"
)

type checkCmd struct{}

// Run verifies the notebook.
func (checkCmd) Run(s *session) error {
	nb, err := s.open()
	if errors.Is(err, app.ErrDamaged) {
		return s.inspect(err)
	}
	if err != nil {
		return err
	}
	found, err := nb.Check(s.ctx, app.NoProgress{})
	if s.findings(found) && err == nil {
		err = errSome
	}
	return err
}

// inspect prints what can be said of a notebook that cannot be opened for damage.
func (s *session) inspect(damage error) error {
	s.findings([]app.Finding{{Part: "notebook", Text: damage.Error()}})
	found, err := s.env.Inspect(s.ctx, s.dir, app.NoProgress{})
	s.findings(found)
	if err != nil {
		return err
	}
	s.warn("Try: rejoinder notebook recover.")
	return errSome
}

// findings prints what a check found and says whether anything of it is wrong.
func (s *session) findings(found []app.Finding) (bad bool) {
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
	return bad
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
