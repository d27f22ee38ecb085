package viewmodel

import (
	"context"
	"strings"

	"rejoinder/app"
)

// CanSave says why the search cannot be saved; "" when it can.
func (s *Search) CanSave() string {
	switch {
	case s.Like != nil:
		return "Only searches by words can be saved"
	case strings.TrimSpace(s.Text) == "":
		return "Search for something first"
	}
	return ""
}

// ShowSaved fills the box with a saved search.
func (s *Search) ShowSaved(c app.Collection) {
	s.Show(c.Query)
	s.Saved = &c
	changed(s.OnChange)
}

// SavedDiffers says whether the query is another than the one saved.
func (s *Search) SavedDiffers() bool {
	return s.Saved != nil && strings.TrimSpace(s.Saved.Query) != strings.TrimSpace(s.Text) && s.CanSave() == ""
}

// Save keeps the search as a collection that fills itself.
func (s *Search) Save(name string) {
	text := strings.TrimSpace(s.Text)
	if why := s.CanSave(); why != "" {
		s.session.Say(why)
		return
	}
	do(s.session, func(ctx context.Context) (app.Collection, error) {
		return s.session.Notebook.AddCollection(ctx, app.Collection{Name: name, Query: text})
	}, func(c app.Collection) {
		if strings.TrimSpace(s.Text) == text {
			s.Saved = &c
		}
		s.session.Say("Saved as “" + c.Name + "”")
		changed(s.OnChange)
	})
}

// UpdateSaved gives the saved search the query in the box.
func (s *Search) UpdateSaved() {
	if s.SavedDiffers() {
		s.Requery(*s.Saved, s.Text)
	}
}

// Requery gives a saved search another query.
func (s *Search) Requery(c app.Collection, text string) {
	text = strings.TrimSpace(text)
	if text == "" {
		s.session.Say("A saved search needs words")
		return
	}
	do(s.session, func(ctx context.Context) (app.Collection, error) {
		return s.session.Notebook.EditCollection(ctx, c.ID, func(c *app.Collection) { c.Query = text })
	}, func(c app.Collection) {
		if s.Saved != nil && s.Saved.ID == c.ID {
			s.Saved = &c
			changed(s.OnChange)
		}
		s.session.Say("Updated “" + c.Name + "”")
	})
}

// reloadSaved follows what becomes of the saved search that filled the box.
func (s *Search) reloadSaved() {
	id := s.Saved.ID
	start(s.session.Loop, &s.saving, func(ctx context.Context) (c app.Collection, err error) {
		err = s.session.Notebook.View(ctx, func(r app.Reader) (err error) {
			c, err = r.Collection(id)
			return err
		})
		return c, err
	}, func(c app.Collection, err error) {
		if s.Saved == nil || s.Saved.ID != id {
			return
		}
		if s.Saved = &c; err != nil || !c.Trashed.IsZero() {
			s.Saved = nil
		}
		changed(s.OnChange)
	})
}
