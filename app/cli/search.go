package cli

import (
	"context"
	"errors"
	"time"

	"rejoinder/app"
)

type searchCmd struct {
	Query string   `arg:"" help:"Words, \"phrases\", -excluded words, prefix*."`
	Limit int      `default:"20" help:"At most this many results."`
	Kind  []string `enum:"article,annotation,note,actor,claim,statement" help:"Only these kinds."`
}

type searchRow struct {
	Kind    app.Kind      `json:"kind"`
	ID      string        `json:"id"`
	Article app.ArticleID `json:"article"`
	Title   string        `json:"title"`
	Snippet string        `json:"snippet"`
	Score   float64       `json:"score"`
}

// syncPatience is how long a search waits for the index to catch up.
const syncPatience = 10 * time.Second

// Run searches.
func (c searchCmd) Run(s *session) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(s.ctx, syncPatience)
	defer cancel()
	if err := nb.Sync(ctx); err != nil && s.ctx.Err() == nil {
		s.fail(errors.Join(errors.New("the index is still being built: not everything is found yet"), err))
	}
	q := app.SearchQuery{Text: c.Query, Limit: c.Limit}
	for _, k := range c.Kind {
		q.Kinds = append(q.Kinds, app.Kind(k))
	}
	found, total, err := nb.Search(s.ctx, q)
	if err != nil {
		return err
	}
	for _, f := range found {
		s.row(searchRow{f.Kind, f.ID, f.Article, f.Title, f.Snippet.Text, f.Score},
			"%-10s  %s\n            %s\n            %s", f.Kind, f.Title, f.Snippet.Text, f.ID)
	}
	s.line("%d of %d", len(found), total)
	return nil
}
