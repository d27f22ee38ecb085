//go:build bench

package searchbench

import (
	"context"
	"errors"
	"os"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	blevequery "github.com/blevesearch/bleve/v2/search/query"

	"rejoinder/app"
	"rejoinder/storage"
)

// stockBleveLimit is the largest size at which bleve as it comes is measured: it
// is slow to build, and only shows what our own engine is worth.
const stockBleveLimit = 100_000

// stockBleve is bleve with its analyzer for English and one field.
type stockBleve struct{ index bleve.Index }

const stockField = "text"

func openStockBleve(ctx context.Context, b *built) (*stockBleve, error) {
	index, err := bleve.Open(b.stockBleve())
	if errors.Is(err, bleve.ErrorIndexPathDoesNotExist) {
		if _, err := b.buildBleve(ctx); err != nil {
			return nil, err
		}
		index, err = bleve.Open(b.stockBleve())
	}
	return &stockBleve{index}, err
}

func (s *stockBleve) close() error { return s.index.Close() }

// buildBleve indexes the notebook's articles, handed over as to our own index.
func (b *built) buildBleve(ctx context.Context) (made indexed, err error) {
	if err := os.RemoveAll(b.stockBleve()); err != nil {
		return made, err
	}
	store, err := storage.Open(ctx, b.notebook())
	if err != nil {
		return made, err
	}
	defer func() { _ = store.Close() }()
	field := bleve.NewTextFieldMapping()
	field.Analyzer, field.Store, field.DocValues, field.IncludeInAll = en.AnalyzerName, false, false, false
	mapping := bleve.NewIndexMapping()
	mapping.DefaultMapping.Dynamic = false
	mapping.DefaultMapping.AddFieldMappingsAt(stockField, field)
	began := time.Now()
	index, err := bleve.New(b.stockBleve(), mapping)
	if err != nil {
		return made, err
	}
	_, err = store.EachDocument(ctx, func(docs []app.Document) error {
		batch := index.NewBatch()
		for _, d := range docs {
			if err := batch.Index(d.ID, map[string]string{stockField: d.Body}); err != nil {
				return err
			}
		}
		return index.Batch(batch)
	})
	if err := errors.Join(err, index.Close()); err != nil {
		return made, err
	}
	made.Took = time.Since(began)
	made.Bytes, err = folderBytes(b.stockBleve())
	return made, err
}

func (s *stockBleve) search(ctx context.Context, q query) (int, error) {
	asked := bleve.NewConjunctionQuery()
	any := bleve.NewDisjunctionQuery()
	for _, w := range q.words {
		m := bleve.NewMatchQuery(w)
		m.SetField(stockField)
		asked.AddQuery(m)
		any.AddQuery(m)
	}
	var whole blevequery.Query = asked
	switch q.kind {
	case or6:
		whole = any
	case phrase:
		m := bleve.NewMatchPhraseQuery(strings.Join(q.words, " "))
		m.SetField(stockField)
		whole = m
	case prefix2, prefix3, typing2, typing3:
		p := bleve.NewPrefixQuery(q.words[0])
		p.SetField(stockField)
		whole = p
	case fuzzy:
		f := bleve.NewFuzzyQuery(q.words[0])
		f.SetField(stockField)
		f.SetFuzziness(1)
		whole = f
	case fielded, facets:
		return 0, errNotYet
	}
	result, err := s.index.SearchInContext(ctx, bleve.NewSearchRequestOptions(whole, 20, 0, false))
	if err != nil {
		return 0, err
	}
	return len(result.Hits), nil
}
