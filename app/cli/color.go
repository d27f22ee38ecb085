package cli

import "rejoinder/app"

type colorCmd struct {
	List colorListCmd `cmd:"" help:"List the colours of marks with their names."`
	Name colorNameCmd `cmd:"" help:"Name a colour; an empty name takes it away."`
}

type colorListCmd struct{}

type colorRow struct {
	Color app.Color `json:"color"`
	Name  string    `json:"name"`
}

// Run lists the colours.
func (colorListCmd) Run(s *session) error {
	return s.read(func(r app.Reader) error {
		names, err := r.ColorNames()
		for _, c := range app.Colors {
			s.row(colorRow{c, names[c]}, "%-6s  %s", c, names[c])
		}
		return err
	})
}

type colorNameCmd struct {
	Color string `arg:"" enum:"yellow,green,blue,pink,orange,violet" help:"yellow, green, blue, pink, orange or violet."`
	Name  string `arg:"" help:"What marks of this colour mean."`
}

// Run names a colour.
func (c colorNameCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		err := nb.NameColor(s.ctx, app.Color(c.Color), c.Name)
		if err != nil {
			return err
		}
		return s.read(func(r app.Reader) error {
			names, err := r.ColorNames()
			row := colorRow{app.Color(c.Color), names[app.Color(c.Color)]}
			s.row(row, "%s  %s", row.Color, row.Name)
			return err
		})
	})
}
