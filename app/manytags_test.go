package app_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/importer"
	"rejoinder/search"
	"rejoinder/storage"
)

// listing is a store that counts how often all tags are listed while it is
// written to.
type listing struct {
	app.Store
	lists int
}

func (l *listing) Update(ctx context.Context, op app.Op, fn func(app.Tx) error) (app.Changes, error) {
	return l.Store.Update(ctx, op, func(tx app.Tx) error { return fn(listingTx{tx, l}) })
}

type listingTx struct {
	app.Tx
	of *listing
}

func (t listingTx) Tags() ([]app.TagRow, error) {
	t.of.lists++
	return t.Tx.Tags()
}

// TestManyTagsAtOnce marks a passage with many new tags: what tags there are is
// read once, not once more for each, or 2,000 would take a minute.
func TestManyTagsAtOnce(t *testing.T) {
	dir := t.TempDir()
	store, err := storage.Open(t.Context(), filepath.Join(dir, "notebook"))
	if err != nil {
		t.Fatal(err)
	}
	counted := &listing{Store: store}
	index, err := search.Open(t.Context(), filepath.Join(dir, "index"), counted)
	if err != nil {
		t.Fatal(err)
	}
	nb, err := app.New(t.Context(), counted, index, importer.New())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := nb.Close(); err != nil {
			t.Error(err)
		}
	})
	var article app.ArticleID
	err = nb.Import(t.Context(), []string{apptest.WriteFile(t, "a.txt", "The quay wall has moved.")}, app.ImportOptions{}, app.NoProgress{},
		func(r app.ImportResult) { article = r.Article })
	if err != nil {
		t.Fatal(err)
	}
	var tags []string
	for i := range 200 {
		tags = append(tags, fmt.Sprintf("many/%d", i), fmt.Sprintf("MANY/%d", i)) // each twice
	}
	a, err := nb.Annotate(t.Context(), app.Spot{Article: string(article), Quote: "has moved"}, app.Annotation{}, tags...)
	if err != nil || counted.lists != 1 {
		t.Errorf("all tags were listed %d times: %v", counted.lists, err)
	}
	err = nb.View(t.Context(), func(r app.Reader) error {
		all, err := r.Tags()
		on, onErr := r.TagsOn(app.RefTo(app.KindAnnotation, a.ID))
		if len(all) != 201 || len(on) != 200 {
			t.Errorf("%d tags, %d on the mark", len(all), len(on))
		}
		if err == nil {
			err = onErr
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
