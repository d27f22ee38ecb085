package cli

import (
	"errors"
	"strings"

	"rejoinder/app"
)

type importCmd struct {
	Paths      []string `arg:"" name:"path" help:"Files and folders."`
	Collection string   `short:"c" help:"Put the articles into this collection (id or name)."`
	Encoding   string   `help:"The files' character encoding, as windows-1250, where it is not recognised."`
	Whole      bool     `help:"Leave nothing out that a page shows."`
}

type importRow struct {
	Path    string           `json:"path"`
	Status  app.ImportStatus `json:"status"`
	Article app.ArticleID    `json:"article"`
	Title   string           `json:"title"`
	Error   string           `json:"error"`
	Notes   []string         `json:"notes"`
}

// Run imports.
func (c importCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		o := app.ImportOptions{As: app.ReadAs{Encoding: c.Encoding, Whole: c.Whole}}
		if c.Collection != "" {
			in, err := collectionNamed(s, c.Collection)
			if err != nil {
				return err
			}
			o.Collection = in.ID
		}
		failed, done := 0, 0
		err := nb.Import(s.ctx, c.Paths, o, app.NoProgress{}, func(r app.ImportResult) {
			if r.Status == app.ImportFailed {
				failed++
			} else if r.Status != app.ImportSkipped {
				done++
			}
			s.printImport(r)
		})
		switch {
		case failed > 0 && done > 0:
			err = errors.Join(err, errPartly)
		case failed > 0:
			err = errors.Join(err, errSome)
		}
		return err
	})
}

func (s *session) printImport(r app.ImportResult) {
	row := importRow{Path: r.Path, Status: r.Status, Article: r.Article, Title: r.Title, Notes: append([]string{}, r.Notes...)}
	switch {
	case r.Err != nil && !s.json:
		s.fail(r.Err)
	case r.Status == app.ImportSkipped:
		s.row(row, "%-9s  %s: %s", r.Status, r.Path, strings.Join(r.Notes, " "))
	default:
		row.Error = app.Sentence(r.Err)
		s.row(row, "%-9s  %s  %s", r.Status, r.Article, r.Title)
		for _, note := range r.Notes {
			if !s.json {
				s.line("           %s", note)
			}
		}
	}
}
