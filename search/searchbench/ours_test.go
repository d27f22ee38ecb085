//go:build bench

package searchbench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/importer"
	"rejoinder/search"
	"rejoinder/storage"
)

// This file is all that is asked of our own engine, in its own language.

// errNotYet is what an engine answers that cannot do something yet.
var errNotYet = errors.New("not there yet")

// ours is a notebook with its search index, put together as main does it.
type ours struct {
	notebook *app.Notebook
	index    app.Index
}

// openOurs opens a notebook with an index in a folder of its own.
func openOurs(ctx context.Context, notebook, index string) (*ours, error) {
	store, err := storage.Open(ctx, notebook)
	if err != nil {
		return nil, err
	}
	found, err := openIndex(ctx, index, store)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	nb, err := app.New(ctx, store, found, importer.New())
	if err != nil {
		return nil, errors.Join(err, found.Close(), store.Close())
	}
	return &ours{nb, found}, nil
}

func openIndex(ctx context.Context, folder string, source app.IndexSource) (app.Index, error) {
	if err := os.MkdirAll(filepath.Dir(folder), 0o700); err != nil {
		return nil, err
	}
	return search.Open(ctx, folder, source)
}

func (o *ours) close() error { return o.notebook.Close() }

// ask is a query as its user writes it.
func (q query) ask() (app.SearchQuery, error) {
	asked := app.SearchQuery{Text: strings.Join(q.words, " "), Limit: 20}
	switch q.kind {
	case or6:
		asked = anyOf(asked)
	case phrase:
		asked.Text = `"` + asked.Text + `"`
	case prefix2, prefix3:
		asked.Text += "*"
	case typing2, typing3:
		asked.Typing = true
	case fuzzy:
		return oursFuzzy(asked)
	case fielded:
		asked.Text += fieldsOf(q)
	}
	return asked, nil
}

// anyOf asks for any of the words instead of all.
func anyOf(q app.SearchQuery) app.SearchQuery {
	q.Any = true
	return q
}

// oursFuzzy asks for words that differ by a typo: word~.
func oursFuzzy(q app.SearchQuery) (app.SearchQuery, error) {
	q.Text += "~"
	return q, nil
}

// fieldsOf limits a query to a tag and a time.
func fieldsOf(q query) string {
	return fmt.Sprintf(" tag:%q after:%s before:%s", tagPath(q.tag), q.from, q.to)
}

// facets counts what is found by kind, tag, publisher, year and so on.
func (o *ours) facets(ctx context.Context, q app.SearchQuery) (groups int, err error) {
	all, err := o.index.Facets(ctx, q)
	for _, f := range all {
		groups += len(f.Values) + f.Others
	}
	return groups, err
}

// search asks the index alone, or the notebook, which shows what it found.
func (o *ours) search(ctx context.Context, q query, snippets bool) (hits int, err error) {
	asked, err := q.ask()
	if err != nil {
		return 0, err
	}
	if q.kind == facets {
		return o.facets(ctx, asked)
	}
	if snippets {
		found, err := o.notebook.Search(ctx, asked)
		return len(found.Found), err
	}
	result, err := o.index.Search(ctx, asked)
	return len(result.Hits), err
}

// count is how many there are in all.
func (o *ours) count(ctx context.Context, q query) (int, error) {
	asked, err := q.ask()
	if err != nil {
		return 0, err
	}
	result, err := o.index.Search(ctx, asked)
	return int(result.Total), err
}

// ranker answers queries from a judged collection with the identifiers of the
// best hundred documents.
type ranker func(query string) ([]string, error)

// rankOurs indexes a judged collection as articles of English, and returns how
// it answers as the user gets it, and when any word will do.
func rankOurs(t testing.TB, docs []judgedDocument) (all, anyWord ranker) {
	t.Helper()
	index, err := openIndex(t.Context(), filepath.Join(t.TempDir(), "index"), collectionSource(docs))
	must(t, err)
	t.Cleanup(func() { must(t, index.Close()) })
	must(t, index.Sync(t.Context()))
	rank := func(change func(app.SearchQuery) app.SearchQuery) ranker {
		return func(text string) ([]string, error) {
			result, err := index.Search(context.Background(), change(app.SearchQuery{Text: text, Limit: 100}))
			ids := make([]string, len(result.Hits))
			for i, h := range result.Hits {
				ids[i] = h.ID
			}
			return ids, err
		}
	}
	return rank(func(q app.SearchQuery) app.SearchQuery { return q }), rank(anyOf)
}

// collectionSource hands an unchanging collection to the index.
type collectionSource []judgedDocument

var _ app.IndexSource = collectionSource(nil)

func (c collectionSource) IndexStamp(context.Context) (string, error) { return "judged", nil }

func (c collectionSource) ChangedDocuments(_ context.Context, seq int64, _ int, _ ...app.Kind) ([]app.Ref, int64, error) {
	return nil, seq, nil
}

func (c collectionSource) Documents(context.Context, []app.Ref) ([]app.Document, error) {
	return nil, nil // nothing ever changes
}

func (c collectionSource) EachDocument(_ context.Context, fn func([]app.Document) error, kinds ...app.Kind) (int64, error) {
	if !slices.Contains(kinds, app.KindArticle) {
		return 1, nil
	}
	for from := 0; from < len(c); from += 1000 {
		var batch []app.Document
		for _, d := range c[from:min(from+1000, len(c))] {
			batch = append(batch, app.Document{Number: uint32(from + len(batch) + 1), Ref: app.Ref{Kind: app.KindArticle, ID: d.ID}, Title: d.Title, Body: d.Text, Language: "en"})
		}
		if err := fn(batch); err != nil {
			return 0, err
		}
	}
	return 1, nil
}

func (c collectionSource) CountDocuments(_ context.Context, kinds ...app.Kind) (int, int64, error) {
	if !slices.Contains(kinds, app.KindArticle) {
		return 0, 1, nil
	}
	return len(c), 1, nil
}

func (c collectionSource) Meaning(context.Context, string, string) ([]app.Meant, error) {
	return nil, nil
}

func (c collectionSource) Bearers(context.Context, string, []string, func(string, app.Kind, uint32)) error {
	return nil
}

func (c collectionSource) BearersVersion(context.Context, string) (int64, error) { return 1, nil }

func (c collectionSource) Called(context.Context, string, []string) (map[string]string, error) {
	return nil, nil
}

func (c collectionSource) Ordered(context.Context, app.SearchSort, []app.Kind, map[app.Kind][]uint32, func(app.Ordered) bool) error {
	return nil
}
