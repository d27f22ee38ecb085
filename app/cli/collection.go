package cli

import "rejoinder/app"

type collectionCmd struct {
	Add    collectionAddCmd    `cmd:"" help:"Make a collection, or save a search as one."`
	Edit   collectionEditCmd   `cmd:"" help:"Rename a collection, move it or change its search."`
	Put    collectionPutCmd    `cmd:"" help:"Put articles into a collection."`
	Remove collectionRemoveCmd `cmd:"" help:"Take articles out of a collection."`
}

type collectionAddCmd struct {
	Name   string `arg:"" help:"Its name."`
	Parent string `help:"The collection (id or name) to make it in."`
	Query  string `help:"A search that fills it."`
}

// Run makes a collection.
func (c collectionAddCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		n := app.Collection{Name: c.Name, Query: c.Query}
		if c.Parent != "" {
			parent, err := collectionNamed(s, c.Parent)
			if err != nil {
				return err
			}
			n.Parent = parent.ID
		}
		n, err := nb.AddCollection(s.ctx, n)
		if err != nil {
			return err
		}
		s.row(made{string(n.ID)}, "%s", n.ID)
		return s.warnOf(n.ID)
	})
}

type collectionEditCmd struct {
	Collection string `arg:"" help:"The collection (id or name)."`
	Name       string `help:"Its new name."`
	Parent     string `help:"The collection (id or name) to move it into."`
	Query      string `help:"The search that fills it."`
}

// Run changes a collection.
func (c collectionEditCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		old, err := collectionNamed(s, c.Collection)
		if err != nil {
			return err
		}
		parent := old.Parent
		if c.Parent != "" {
			above, err := collectionNamed(s, c.Parent)
			if err != nil {
				return err
			}
			parent = above.ID
		}
		n, err := nb.EditCollection(s.ctx, old.ID, func(n *app.Collection) {
			n.Parent = parent
			if c.Name != "" {
				n.Name = c.Name
			}
			if c.Query != "" {
				n.Query = c.Query
			}
		})
		if err != nil {
			return err
		}
		s.row(made{string(n.ID)}, "%s", n.ID)
		return s.warnOf(n.ID)
	})
}

type collectionPutCmd struct {
	Collection string   `arg:"" help:"The collection (id or name)."`
	Articles   []string `arg:"" help:"Articles (ids or titles)."`
}

// Run fills a collection.
func (c collectionPutCmd) Run(s *session) error { return s.collect(c.Collection, true, c.Articles) }

type collectionRemoveCmd struct {
	Collection string   `arg:"" help:"The collection (id or name)."`
	Articles   []string `arg:"" help:"Articles (ids or titles)."`
}

// Run takes articles out.
func (c collectionRemoveCmd) Run(s *session) error { return s.collect(c.Collection, false, c.Articles) }

func (s *session) collect(name string, in bool, articles []string) error {
	return s.edit(func(nb *app.Notebook) error {
		c, err := collectionNamed(s, name)
		if err != nil {
			return err
		}
		ids, err := s.articles(articles)
		if err != nil {
			return err
		}
		if err := nb.Collect(s.ctx, c.ID, in, ids...); err != nil {
			return err
		}
		s.row(made{string(c.ID)}, "%s", c.ID)
		return nil
	})
}

// articles finds articles by their ids or titles.
func (s *session) articles(names []string) ([]app.ArticleID, error) {
	ids := make([]app.ArticleID, len(names))
	for i, name := range names {
		var err error
		if ids[i], err = s.notebook.ArticleID(s.ctx, name); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

func collectionNamed(s *session, name string) (app.Collection, error) {
	var found []app.Collection
	err := s.read(func(r app.Reader) error {
		all, err := r.Collections()
		for _, c := range all {
			if string(c.ID) == name || app.FoldName(c.Name) == app.FoldName(name) {
				found = append(found, c.Collection)
			}
		}
		return err
	})
	switch {
	case err != nil:
		return app.Collection{}, err
	case len(found) == 0:
		return app.Collection{}, app.Problem(app.ErrNotFound, "there is no collection %q in this notebook", name)
	case len(found) > 1:
		return app.Collection{}, app.Problem(app.ErrAmbiguous, "more than one collection is called %q; use the id", name)
	}
	return found[0], nil
}
