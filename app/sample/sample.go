// Package sample fills a notebook with the sample: an invented dispute about
// the closure of a harbour quay, with everything recorded that eight short
// articles show. It goes through the notebook's use cases like any user.
package sample

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"rejoinder/app"
	"rejoinder/assets"
)

// Fill imports and records the sample, all of it or nothing. app.ErrExists when the
// notebook holds anything already.
func Fill(ctx context.Context, nb *app.Notebook) error {
	info, err := nb.Info(ctx)
	if err != nil {
		return err
	}
	for _, n := range info.Counts {
		if n > 0 {
			return app.Problem(app.ErrExists, "the sample goes into an empty notebook, and this one holds something already")
		}
	}
	err = nb.AllOrNothing(ctx, "Fill with the sample", func(ctx context.Context) error {
		f := filler{ctx: ctx, nb: nb, articles: map[string]app.ArticleID{}, collections: map[string]app.CollectionID{}}
		for _, step := range []func() error{f.importArticles, f.collect, f.addActors, f.addStatements, f.addRelations, f.addNotes, f.addTags} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("sample: %w", err)
	}
	return nil
}

type filler struct {
	ctx         context.Context
	nb          *app.Notebook
	articles    map[string]app.ArticleID // by the number in the file's name
	collections map[string]app.CollectionID
}

func (f *filler) importArticles() error {
	dir, err := os.MkdirTemp("", "rejoinder-sample-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	names, err := fs.Glob(assets.Sample, "sample/*.md")
	if err != nil {
		return err
	}
	var paths []string
	for _, name := range names {
		data, err := assets.Sample.ReadFile(name)
		if err != nil {
			return err
		}
		path := filepath.Join(dir, filepath.Base(name))
		if err := os.WriteFile(path, data, 0o600); err != nil {
			return err
		}
		paths = append(paths, path)
	}
	var failed error
	err = f.nb.Import(f.ctx, paths, app.ImportOptions{}, app.NoProgress{}, func(r app.ImportResult) {
		if r.Err != nil {
			failed = r.Err
		}
		f.articles[filepath.Base(r.Path)[:1]] = r.Article
	})
	if err != nil {
		return err
	}
	return failed
}

func (f *filler) collect() error {
	for _, c := range collections {
		made, err := f.nb.AddCollection(f.ctx, app.Collection{Name: c.name, Parent: f.collections[c.parent], Query: c.query})
		if err != nil {
			return err
		}
		f.collections[c.name] = made.ID
		var ids []app.ArticleID
		for _, n := range c.articles {
			ids = append(ids, f.articles[string(n)])
		}
		if len(ids) == 0 {
			continue
		}
		if err := f.nb.Collect(f.ctx, made.ID, true, ids...); err != nil {
			return err
		}
	}
	_, err := f.nb.JoinStory(f.ctx, f.articles["5"], f.articles["6"])
	return err
}

func (f *filler) addActors() error {
	for _, a := range actors {
		if _, err := f.nb.AddActor(f.ctx, app.Actor{Name: a.name, Kind: a.kind, Aliases: a.aliases}, a.partOf); err != nil {
			return err
		}
	}
	return nil
}

// spot is a passage of the article with this number; "" is no passage.
func (f *filler) spot(article, quote string) *app.Spot {
	if quote == "" {
		return nil
	}
	return &app.Spot{Article: string(f.articles[article]), Quote: quote}
}

func (f *filler) addStatements() error {
	for _, s := range statements {
		made, err := f.nb.AddStatement(f.ctx, app.StatementDraft{Actor: s.actor, Claim: s.claim, Stance: s.stance,
			Passage: f.spot(s.article, s.quote), Indirect: s.indirect, Create: true})
		if err != nil {
			return err
		}
		_, err = f.nb.EditAnnotation(f.ctx, made.Passage, func(a *app.Annotation) {
			a.Color = stanceColors[s.stance]
			if s.margin != "" {
				a.Note = s.margin
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (f *filler) addRelations() error {
	for _, r := range relations {
		if _, err := f.nb.Relate(f.ctx, app.RelationDraft{From: r.from, Kind: r.kind, To: r.to,
			Passage: f.spot(r.article, r.quote), Create: true}); err != nil {
			return err
		}
	}
	return nil
}

func (f *filler) addNotes() error {
	for _, n := range notes {
		var on app.Ref
		err := f.nb.View(f.ctx, func(r app.Reader) (err error) {
			on, err = app.Named(r, n.on)
			return err
		})
		if err != nil {
			return err
		}
		if _, err := f.nb.AddNote(f.ctx, n.body, on); err != nil {
			return err
		}
	}
	return nil
}

func (f *filler) addTags() error {
	for _, t := range tags {
		var refs []app.Ref
		for _, n := range t.articles {
			refs = append(refs, app.RefTo(app.KindArticle, f.articles[string(n)]))
		}
		if err := f.nb.Tag(f.ctx, t.path, true, refs...); err != nil {
			return err
		}
	}
	return f.nb.PaintTags(f.ctx, tagColors)
}
