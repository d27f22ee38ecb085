package cli

import "rejoinder/app"

type noteCmd struct {
	Add  noteAddCmd  `cmd:"" help:"Write a note."`
	Edit noteEditCmd `cmd:"" help:"Rewrite a note."`
}

type noteAddCmd struct {
	On   []string `sep:"none" help:"What it is about (id or name of anything); may be given again."`
	Text string   `arg:"" help:"The note, in Markdown; [[Name]] links to anything by name."`
}

// Run adds a note.
func (c noteAddCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		on, err := s.refs(c.On)
		if err != nil {
			return err
		}
		n, err := nb.AddNote(s.ctx, c.Text, on...)
		if err == nil {
			s.row(made{string(n.ID)}, "%s", n.ID)
		}
		return err
	})
}

type noteEditCmd struct {
	ID   string `arg:"" help:"The note's id."`
	Text string `arg:"" help:"Its new words."`
}

// Run rewrites a note.
func (c noteEditCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		n, err := nb.EditNote(s.ctx, app.NoteID(c.ID), func(n *app.Note) { n.Body = c.Text })
		if err == nil {
			s.row(rowOfNote(n), "%s", n.ID)
		}
		return err
	})
}

// refs finds things by their ids or names.
func (s *session) refs(names []string) ([]app.Ref, error) {
	var out []app.Ref
	err := s.read(func(r app.Reader) error {
		for _, name := range names {
			ref, err := app.Named(r, name)
			if err != nil {
				return err
			}
			out = append(out, ref)
		}
		return nil
	})
	return out, err
}
