package cli

import "rejoinder/app"

type tagCmd struct {
	Add    tagSetCmd    `cmd:"" default:"withargs" help:"Tag things: tag PATH ID…"`
	Remove tagRemoveCmd `cmd:"" help:"Take a tag off things."`
}

type tagSetCmd struct {
	Path string   `arg:"" help:"The tag's path, as environment/dredging."`
	On   []string `arg:"" help:"Ids or names of anything."`
}

// Run tags things.
func (c tagSetCmd) Run(s *session) error { return s.tag(c.Path, true, c.On) }

type tagRemoveCmd struct {
	Path string   `arg:"" help:"The tag's path."`
	On   []string `arg:"" help:"Ids or names of anything."`
}

// Run untags things.
func (c tagRemoveCmd) Run(s *session) error { return s.tag(c.Path, false, c.On) }

func (s *session) tag(path string, tagged bool, names []string) error {
	return s.edit(func(nb *app.Notebook) error {
		on, err := s.refs(names)
		if err != nil {
			return err
		}
		if err := nb.Tag(s.ctx, path, tagged, on...); err != nil {
			return err
		}
		if path, err = app.TagPath(path); err != nil {
			return err
		}
		return s.read(func(r app.Reader) error {
			tags, err := r.Tags()
			for _, t := range tags {
				if app.FoldName(t.Path) == app.FoldName(path) {
					s.row(made{string(t.ID)}, "%s", t.ID)
				}
			}
			return err
		})
	})
}
