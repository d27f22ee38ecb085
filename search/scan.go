package search

import (
	"context"
	"fmt"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"rejoinder/app"
	"rejoinder/app/query"
)

// scan answers without an index: it reads all documents, makes small indexes in
// memory of those that a query may find, one after another, asks each, and puts
// the answers together. So it finds what the index would, only slower; scores are
// by the statistics of the piece that a thing is in. What only has some of the
// words, related words and explanations need the whole and are left out.
type scan struct {
	source source
	// turn is taken while documents are read. One at a time: each has a piece in
	// memory, and reads from the source while it is being handed documents.
	turn chan struct{}
}

// How much of the documents is looked at together.
const (
	pieceBytes     = 2 << 20
	pieceDocuments = 2000
)

// keptTerms is how many terms are marked at most: each piece may add some.
const keptTerms = 500

// slower is what the status says while there is no index.
func slower(why error) error {
	return fmt.Errorf("searching without an index, which is slower: %w", why)
}

// answer does what is asked without an index, of which why says why there is none.
func (s scan) answer(ctx context.Context, c call, why error) (a answer, err error) {
	switch c.Op {
	case opSearch:
		return s.search(ctx, c.Query)
	case opFacets:
		return s.facets(ctx, c.Query)
	case opBroaden, opSync, opWake: // what is read is always up to date
		return answer{}, nil
	case opStatus:
		return answer{Status: app.IndexStatus{Err: why}, None: true}, nil
	case opCheck:
		return answer{None: true, Finding: app.Finding{Part: "index", OK: true,
			Text: fmt.Sprintf("there is no search index, and searches read the notebook itself: %v", why)}}, nil
	case opExplain:
		return answer{}, fmt.Errorf("without an index no ranking can be explained: %w", why)
	}
	return answer{}, why
}

func (s scan) search(ctx context.Context, q app.SearchQuery) (out answer, err error) {
	err = s.pieces(ctx, q, func(in searcher, v *volume) error {
		a, err := in.search(ctx, v, q)
		if err != nil {
			return err
		}
		out = joined(q, []answer{out, a})
		out.Result.Terms = out.Result.Terms[:min(len(out.Result.Terms), keptTerms)]
		return nil
	})
	return out, err
}

func (s scan) facets(ctx context.Context, q app.SearchQuery) (out answer, err error) {
	counts := map[string]map[string]int{}
	for _, field := range facetFields {
		counts[field] = map[string]int{}
	}
	err = s.pieces(ctx, q, func(in searcher, v *volume) error {
		a, err := in.facets(ctx, v, q)
		for _, f := range a.Facets {
			for _, value := range f.Values {
				counts[f.Field][value.Value] += value.Count
			}
		}
		return err
	})
	for _, field := range facetFields {
		out.Facets = append(out.Facets, facetOf(field, counts[field], handedValues))
	}
	return out, err
}

// pieces hands over all documents that q may find, as volumes in memory; at least
// one, which may be empty, so that what is odd about the query is told.
func (s scan) pieces(ctx context.Context, q app.SearchQuery, ask func(searcher, *volume) error) error {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	in := searcher{source: s.source, sets: &bearers{source: s.source}, piece: true}
	may := sieveOf(q)
	var piece []app.Document
	size, asked := 0, false
	flush := func() error {
		asked = true
		v, err := pieceOf(piece)
		if err != nil {
			return err
		}
		defer v.close()
		piece, size = nil, 0
		return ask(in, v)
	}
	_, err := s.source.each(ctx, func(docs []app.Document) error {
		for _, d := range docs {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			if !may(d) {
				continue
			}
			piece, size = append(piece, d), size+len(d.Title)+len(d.Body)
			if size < pieceBytes && len(piece) < pieceDocuments {
				continue
			}
			if err := flush(); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && (len(piece) > 0 || !asked) {
		err = flush()
	}
	if err != nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// pieceOf is a volume in memory.
func pieceOf(docs []app.Document) (v *volume, err error) {
	v = &volume{broken: make(chan struct{}), alarm: func() {}}
	err = guarded(func() (err error) {
		if v.index, err = bleve.NewUsing("", theMapping(), scorch.Name, scorch.Name, nil); err != nil || len(docs) == 0 {
			return err
		}
		b := v.index.NewBatch()
		for _, d := range docs {
			if err := b.IndexAdvanced(documentOf(d)); err != nil {
				return fmt.Errorf("read %s: %w", d.Ref, err)
			}
		}
		return v.index.Batch(b)
	})
	if err != nil {
		v.close()
	}
	return v, err
}

// sieveOf returns what tells, quickly, documents that q cannot find from those that
// it may.
func sieveOf(q app.SearchQuery) func(app.Document) bool {
	asked := query.Parse(q.Text, query.Options{Typing: q.Typing})
	root := asked.Root
	if words, ok := asked.Bare(); ok && q.Any {
		var or query.Or
		for _, w := range words {
			or.Nodes = append(or.Nodes, w)
		}
		root = or
	}
	may := mayHold(root)
	if q.Like.ID != "" || may == nil {
		return func(app.Document) bool { return true }
	}
	return func(d app.Document) bool {
		if stemLanguage(d.Language) != sieved {
			return true
		}
		return may(compact(d.Title + " " + d.Body + " " + d.Note + " " + d.Author + " " + d.Publisher))
	}
}
