package cli

import (
	"strings"

	"rejoinder/app"
)

type viewCmd struct {
	Save   viewSaveCmd   `cmd:"" help:"Save a screen with its filter under a name."`
	List   viewListCmd   `cmd:"" help:"List the saved views."`
	Delete viewDeleteCmd `cmd:"" help:"Move saved views to the trash."`
}

// viewRow is a saved view. Its scope names things by their ids.
type viewRow struct {
	ID     app.ViewID `json:"id"`
	Name   string     `json:"name"`
	Screen string     `json:"screen"`
	Scope  app.Scope  `json:"scope"`
	Filter string     `json:"filter"` // the scope in words

	Problems []string `json:"problems,omitempty"` // of the saved search that fills it: what it can no longer find
}

type viewSaveCmd struct {
	Name         string `arg:"" help:"Its name; one of the same name is replaced."`
	Screen       string `default:"board" enum:"board,dispute,matrix,timeline,map,gaps" help:"board, dispute, matrix, timeline, map or gaps."`
	speakerFlags `embed:""`
}

// Run saves a view.
func (c viewSaveCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		scope, err := c.scope(s, nb)
		if err != nil {
			return err
		}
		v, err := nb.SaveView(s.ctx, app.View{Name: c.Name, Screen: c.Screen, Scope: scope})
		if err == nil {
			s.row(made{string(v.ID)}, "%s", v.ID)
		}
		return err
	})
}

type viewListCmd struct{}

// Run lists the saved views.
func (viewListCmd) Run(s *session) error {
	var views []app.View
	if err := s.read(func(r app.Reader) (err error) {
		views, err = r.Views()
		return err
	}); err != nil {
		return err
	}
	for _, v := range views {
		filter, err := s.notebook.ScopeTitle(s.ctx, v.Scope)
		if err != nil {
			return err
		}
		problems, err := s.notebook.ScopeProblems(s.ctx, v.Scope)
		if err != nil {
			return err
		}
		line := strings.Join(nonEmpty([]string{v.Name, v.Screen, filter}), " · ")
		s.row(viewRow{v.ID, v.Name, v.Screen, v.Scope, filter, problems}, "%s  %s", v.ID, strings.Join(append([]string{line}, problems...), "\n        "))
	}
	return nil
}

type viewDeleteCmd struct {
	Names []string `arg:"" name:"name" help:"Views (names or ids)."`
}

// Run moves views to the trash.
func (c viewDeleteCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		var refs []app.Ref
		for _, name := range c.Names {
			v, err := nb.ViewNamed(s.ctx, name)
			if err != nil {
				return err
			}
			refs = append(refs, app.RefTo(app.KindView, v.ID))
		}
		changes, err := nb.Trash(s.ctx, refs...)
		if err == nil {
			s.row(stepRow{Label: changes.Label}, "%s", changes.Label)
		}
		return err
	})
}
