package cli

import (
	"errors"
	"slices"

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
	for _, f := range found {
		if f.Part == "originals" && !f.OK {
			defer s.warn("Originals come back from a backup (rejoinder notebook restore FILE --originals), or when the same files are imported again.")
			break
		}
	}
	if slices.ContainsFunc(found, isDamage) {
		s.damaged = true
	}
	return errors.Join(err, s.findings(found))
}

// isDamage says whether a finding is that the database itself is damaged.
func isDamage(f app.Finding) bool {
	return !f.OK && !f.Mended && slices.Contains([]string{"database", "checksums", "references", "texts"}, f.Part)
}

// inspect prints what can be said of a notebook that cannot be opened for damage.
func (s *session) inspect(damage error) error {
	_ = s.findings([]app.Finding{{Part: "notebook", Text: damage.Error()}})
	found, err := s.env.Rescue.Inspect(s.ctx, s.dir, app.NoProgress{})
	_ = s.findings(found)
	if err != nil {
		return err
	}
	s.damaged = true
	return errSome
}

// findings prints what a check found; errSome when something is wrong.
func (s *session) findings(found []app.Finding) error {
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
	if bad {
		return errSome
	}
	return nil
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
