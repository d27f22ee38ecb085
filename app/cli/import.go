package cli

import (
	"errors"

	"rejoinder/app"
)

type importCmd struct {
	Paths      []string `arg:"" name:"path" help:"Files and folders."`
	Collection string   `short:"c" help:"Put the articles into this collection (id or name)."`
}

type importRow struct {
	Path    string           `json:"path"`
	Status  app.ImportStatus `json:"status"`
	Article app.ArticleID    `json:"article"`
	Title   string           `json:"title"`
	Error   string           `json:"error"`
}

// Run imports.
func (c importCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		var o app.ImportOptions
		if c.Collection != "" {
			in, err := collectionNamed(s, c.Collection)
			if err != nil {
				return err
			}
			o.Collection = in.ID
		}
		failed := false
		err := nb.Import(s.ctx, c.Paths, o, app.NoProgress{}, func(r app.ImportResult) {
			row := importRow{Path: r.Path, Status: r.Status, Article: r.Article, Title: r.Title}
			if r.Err != nil {
				failed, row.Error = true, app.Sentence(r.Err)
				if !s.json {
					s.fail(r.Err)
					return
				}
			}
			s.row(row, "%-9s  %s  %s", r.Status, r.Article, r.Title)
		})
		if failed {
			err = errors.Join(err, errSome)
		}
		return err
	})
}
