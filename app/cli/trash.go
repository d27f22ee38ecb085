package cli

import (
	"time"

	"rejoinder/app"
)

type trashCmd struct {
	Put     trashPutCmd     `cmd:"" default:"withargs" help:"Move things to the trash: trash ID…"`
	List    trashListCmd    `cmd:"" help:"List what is in the trash."`
	Restore trashRestoreCmd `cmd:"" help:"Take things out of the trash."`
	Empty   trashEmptyCmd   `cmd:"" help:"Remove what is in the trash."`
	Purge   trashPurgeCmd   `cmd:"" help:"Remove articles for good, with their words everywhere: for a source that must be protected."`
}

type trashPutCmd struct {
	Things []string `arg:"" help:"Ids or names of anything."`
}

// Run moves things to the trash.
func (c trashPutCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		refs, err := s.refs(c.Things)
		if err != nil {
			return err
		}
		changes, err := nb.Trash(s.ctx, refs...)
		if err == nil {
			s.row(stepRow{Label: changes.Label}, "%s", changes.Label)
		}
		return err
	})
}

type trashListCmd struct{}

type trashRow struct {
	Kind    app.Kind  `json:"kind"`
	ID      string    `json:"id"`
	Title   string    `json:"title"`
	Trashed time.Time `json:"trashed"`
	With    int       `json:"with"`
}

// Run lists the trash.
func (trashListCmd) Run(s *session) error {
	return s.read(func(r app.Reader) error {
		rows, err := r.Trash()
		for _, t := range rows {
			s.row(trashRow{t.Kind, t.ID, t.Title, t.At, t.With}, "%s  %-10s  %s", t.ID, t.Kind, t.Title)
		}
		return err
	})
}

type trashRestoreCmd struct {
	IDs []string `arg:"" help:"Ids of things in the trash."`
}

// Run restores things.
func (c trashRestoreCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		refs, err := s.refs(c.IDs)
		if err != nil {
			return err
		}
		changes, err := nb.Restore(s.ctx, refs...)
		if err == nil {
			s.row(stepRow{Label: changes.Label}, "%s", changes.Label)
		}
		return err
	})
}

type trashEmptyCmd struct{}

// Run empties the trash.
func (trashEmptyCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		n, err := nb.EmptyTrash(s.ctx)
		if err == nil {
			s.row(struct {
				Removed int `json:"removed"`
			}{n}, "%d removed", n)
		}
		return err
	})
}
