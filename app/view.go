package app

import (
	"context"
	"slices"
	"strings"
	"time"
)

// View is a screen with its filter, saved under a name.
type View struct {
	ID       ViewID
	Name     string
	Screen   string // one of Screens
	Scope    Scope
	Created  time.Time
	Modified time.Time
	Trashed  time.Time
}

// Screens are those that a view can be saved of.
var Screens = []string{"board", "dispute", "matrix", "timeline", "map", "gaps"}

// Validate reports what keeps the view from being stored.
func (v View) Validate() error {
	if !shows(v.Name) {
		return Problem(ErrInvalid, "a view needs a name")
	}
	if !slices.Contains(Screens, v.Screen) {
		return Problem(ErrInvalid, "%q is no screen: %s", v.Screen, strings.Join(Screens, ", "))
	}
	return v.Scope.Validate()
}

// SaveView keeps a screen with its filter under a name; one of the same name is
// replaced.
func (n *Notebook) SaveView(ctx context.Context, v View) (View, error) {
	v.Name = CleanName(v.Name)
	_, err := n.Update(ctx, Op{Name: "save-view", Label: "Save view " + v.Name}, func(tx Tx) error {
		if err := v.Validate(); err != nil {
			return err
		}
		have, err := tx.Views()
		if err != nil {
			return err
		}
		v.ID = NewID[ViewID]()
		for _, old := range have {
			if FoldName(old.Name) == FoldName(v.Name) {
				v.ID, v.Created = old.ID, old.Created
			}
		}
		return tx.PutView(v)
	})
	return v, err
}

// ViewNamed finds a saved view by its name or identifier.
func (n *Notebook) ViewNamed(ctx context.Context, name string) (View, error) {
	var v View
	err := n.store.View(ctx, func(r Reader) error {
		all, err := r.Views()
		if err != nil {
			return err
		}
		var found []View
		for _, have := range all {
			if string(have.ID) == name || FoldName(have.Name) == FoldName(name) {
				found = append(found, have)
			}
		}
		v, err = single(found, "view", name, func(v View) string { return v.Name + " (" + string(v.ID) + ")" })
		return err
	})
	return v, err
}
