// Package search is the notebook's index: it implements app.Index over bleve.
//
// There are two indexes: the articles, and the small things (annotations, notes,
// actors, claims, statements), each with statistics of its own. Both are derived
// from an app.IndexSource and live in a cache folder; they may be thrown away at
// any time and make themselves anew. One process at a time owns each; others ask
// that one over a local socket, and take over when it ends.
//
// From a query to its results: package query reads the text, plan.go makes a
// tree of leaves of it, leaf.go and phrase.go find the postings of a leaf in a
// segment, top.go ranks, and this file puts the two indexes together.
//
// bleve is imported only here. Of the program this package may import
// rejoinder/app and rejoinder/app/query, and it writes nowhere but in its folder
// and in the one that holds its socket.
package search

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"slices"
	"sync"

	"rejoinder/app"
)

// smallKinds are those of the second index.
var smallKinds = []app.Kind{app.KindAnnotation, app.KindNote, app.KindActor, app.KindClaim, app.KindStatement}

// source is what one of the indexes reads: the kinds that it holds.
type source struct {
	app.IndexSource
	kinds []app.Kind
}

func (s source) changed(ctx context.Context, seq int64, limit int) ([]app.Ref, int64, error) {
	return s.ChangedDocuments(ctx, seq, limit, s.kinds...)
}

func (s source) each(ctx context.Context, fn func([]app.Document) error) (int64, error) {
	return s.EachDocument(ctx, fn, s.kinds...)
}

func (s source) count(ctx context.Context) (int, int64, error) {
	return s.CountDocuments(ctx, s.kinds...)
}

// Index is the search index of one notebook. It implements app.Index; its
// methods may be called from any goroutine.
type Index struct {
	articles *shelf
	small    *shelf
}

var _ app.Index = (*Index)(nil)

// Open opens the indexes in dir, which it makes when it is not there, and
// returns at once: what has to be read, caught up with or built anew is done in
// the background, and Status tells how far that is. Where the folder cannot be
// made or locked, searches read the source itself (see scan), and Status says so.
// ctx bounds only the call.
func Open(ctx context.Context, dir string, from app.IndexSource) (*Index, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	reading := make(chan struct{}, 1)
	return &Index{
		articles: openShelf(filepath.Join(dir, "articles"), source{from, []app.Kind{app.KindArticle}}, reading),
		small:    openShelf(filepath.Join(dir, "small"), source{from, smallKinds}, reading),
	}, nil
}

// of returns the indexes that hold any of the kinds; all for none.
func (ix *Index) of(kinds []app.Kind) []*shelf {
	if len(kinds) == 0 {
		return []*shelf{ix.articles, ix.small}
	}
	var out []*shelf
	if slices.Contains(kinds, app.KindArticle) {
		out = append(out, ix.articles)
	}
	if slices.ContainsFunc(kinds, func(k app.Kind) bool { return k != app.KindArticle }) {
		out = append(out, ix.small)
	}
	return out
}

// callAll has several indexes do the same at a time; the first error ends the
// others.
func callAll(ctx context.Context, shelves []*shelf, c call) ([]answer, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	answers := make([]answer, len(shelves))
	var all sync.WaitGroup
	for i, s := range shelves {
		all.Go(func() {
			var err error
			if answers[i], err = s.call(ctx, c, nil); err != nil {
				cancel(err)
			}
		})
	}
	all.Wait()
	return answers, context.Cause(ctx)
}

// Search implements app.Index. It waits until the indexes are opened, and
// answers from what there is: the index, or what is built of the first one.
func (ix *Index) Search(ctx context.Context, q app.SearchQuery) (app.SearchResult, error) {
	answers, err := callAll(ctx, ix.of(q.Kinds), call{Op: opSearch, Query: q})
	if err != nil {
		return app.SearchResult{}, err
	}
	return merge(q, answers), nil
}

// Facets implements app.Index.
func (ix *Index) Facets(ctx context.Context, q app.SearchQuery) ([]app.Facet, error) {
	answers, err := callAll(ctx, ix.of(q.Kinds), call{Op: opFacets, Query: q})
	if err != nil {
		return nil, err
	}
	return mergeFacets(answers), nil
}

// Broaden implements app.Index.
func (ix *Index) Broaden(ctx context.Context, q app.SearchQuery) ([]app.Weighed, error) {
	answers, err := callAll(ctx, ix.of(q.Kinds), call{Op: opBroaden, Query: q})
	if err != nil {
		return nil, err
	}
	var out []app.Weighed
	for _, a := range answers {
		for _, w := range a.Words {
			if !slices.ContainsFunc(out, func(o app.Weighed) bool { return o.Word == w.Word }) {
				out = append(out, w)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b app.Weighed) int { return cmp.Compare(b.Weight, a.Weight) })
	return out[:min(len(out), feedbackWords)], nil
}

// Explain implements app.Index.
func (ix *Index) Explain(ctx context.Context, q app.SearchQuery, ref app.Ref) (app.Explanation, error) {
	answers, err := callAll(ctx, ix.of([]app.Kind{ref.Kind}), call{Op: opExplain, Query: q, Ref: ref})
	if err != nil {
		return app.Explanation{}, err
	}
	return answers[0].Explanation, nil
}

// Wake implements app.Index.
func (ix *Index) Wake() {
	ix.articles.wake()
	ix.small.wake()
}

// Sync implements app.Index.
func (ix *Index) Sync(ctx context.Context) error {
	_, err := callAll(ctx, ix.of(nil), call{Op: opSync})
	return err
}

// Rebuild implements app.Index. It joins rebuilds that are running. When ctx
// ends, and nobody else wants them, they are given up and the old indexes stay.
func (ix *Index) Rebuild(ctx context.Context, p app.Progress) error {
	if p == nil {
		p = app.NoProgress{}
	}
	sum := &sum{to: p}
	var all sync.WaitGroup
	errs := make([]error, 2)
	for i, s := range ix.of(nil) {
		all.Go(func() { _, errs[i] = s.call(ctx, call{Op: opRebuild}, &share{sum, i}) })
	}
	all.Wait()
	return errors.Join(errs...)
}

// sum adds up the progress of the two indexes.
type sum struct {
	to app.Progress

	mu          sync.Mutex
	done, total [2]int
}

// share is one of the two.
type share struct {
	of *sum
	i  int
}

// Step implements app.Progress.
func (s *share) Step(done, total int, what string) {
	s.of.mu.Lock()
	defer s.of.mu.Unlock()
	s.of.done[s.i], s.of.total[s.i] = done, total
	s.of.to.Step(s.of.done[0]+s.of.done[1], s.of.total[0]+s.of.total[1], what)
}

// Check implements app.Index.
func (ix *Index) Check(ctx context.Context) (app.Finding, error) {
	answers, err := callAll(ctx, ix.of(nil), call{Op: opCheck})
	if err != nil {
		return app.Finding{}, err
	}
	for _, a := range answers {
		if !a.Finding.OK {
			return a.Finding, nil
		}
	}
	for _, a := range answers {
		if a.None {
			return a.Finding, nil
		}
	}
	return app.Finding{Part: "index", OK: true,
		Text: "the search index holds all " + answers[0].Finding.Text + " articles and " + answers[1].Finding.Text + " other things"}, nil
}

// Status implements app.Index.
func (ix *Index) Status() app.IndexStatus {
	var out app.IndexStatus
	for _, s := range ix.of(nil) {
		one := s.status()
		out.Building = out.Building || one.Building
		out.Done, out.Total, out.Behind = out.Done+one.Done, out.Total+one.Total, out.Behind+one.Behind
		if out.Err == nil {
			out.Err = one.Err
		}
		if out.Without == nil {
			out.Without = one.Without
		}
	}
	if out.Without != nil {
		out.Err = slower(out.Without)
	}
	return out
}

// Close implements app.Index. It ends the calls under way and waits for them.
// Closing twice does nothing.
func (ix *Index) Close() error {
	return errors.Join(ix.articles.close(), ix.small.close())
}
