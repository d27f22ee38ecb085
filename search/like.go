package search

import (
	"cmp"
	"context"
	"slices"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"

	"rejoinder/app"
	"rejoinder/app/query"
)

// How many words say what a document is about, how much of it is read for them,
// and how many documents a word must be in: one that is in this one only leads
// to no other.
const (
	tellingWords = 25
	tellingBytes = 100_000
	minDocuments = 2
)

// telling is a word of a document and how much it says about it.
type telling struct {
	leaf  *word
	shown string // as it stands in the text, folded
	count int
	worth float64
}

// tellingOf lists the words of a document that are frequent in it and rare
// elsewhere, the most telling first.
func (b *planner) tellingOf(d app.Document) ([]telling, error) {
	language := stemLanguage(d.Language)
	text := []byte(d.Title + "\n" + clip(d.Body, tellingBytes))
	counts := map[string]*telling{}
	for _, t := range (wordTokenizer{}).Tokenize(text) {
		if t.Type == analysis.Single || t.Type == echo || t.Type == analysis.Numeric || utf8.RuneCount(t.Term) < 2 {
			continue
		}
		stem := stemOf(language, text, t)
		if stem == "" {
			continue
		}
		c := counts[stem]
		if c == nil {
			c = &telling{shown: string(t.Term), leaf: &word{text: stem, near: 1}}
			c.leaf.rankStem(everywhere.stems, stemTerm(language, stem))
			counts[stem] = c
		}
		c.count++
	}
	var out []telling
	for _, c := range counts {
		if err := c.leaf.open(b.view); err != nil {
			return nil, err
		}
		if c.leaf.frequency() >= minDocuments || b.view.documents < 10 {
			c.worth = saturate(c.leaf.idf, float64(c.count))
			out = append(out, *c)
		}
	}
	slices.SortFunc(out, func(a, b telling) int {
		return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(a.shown, b.shown))
	})
	return out, nil
}

func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// like finds what has the telling words of a thing, but not the thing.
func (b *planner) like(ref app.Ref, narrow node) (node, error) {
	docs, err := b.source.Documents(b.ctx, []app.Ref{ref})
	if err != nil || len(docs) == 0 {
		return nil, err
	}
	words, err := b.tellingOf(docs[0])
	if err != nil {
		return nil, err
	}
	var any either
	for _, w := range words[:min(len(words), tellingWords)] {
		any = append(any, w.leaf)
		b.ranks(w.leaf)
		b.mark(app.Term{Words: []string{w.leaf.text}, Language: stemLanguage(docs[0].Language)})
	}
	if len(any) == 0 {
		return nil, nil
	}
	itself := make(fixed, len(b.view.segments))
	for i, p := range b.view.segments {
		if itself[i], err = p.segment.DocNumbers([]string{keyOf(ref)}); err != nil {
			return nil, err
		}
	}
	out := both{any, except{itself}}
	if narrow != nil {
		out = append(out, narrow)
	}
	return out, nil
}

// How many of the best hits are read for words to broaden a query by, and how
// many words are offered.
const (
	feedbackHits  = 10
	feedbackWords = 12
)

// broaden lists words that several of the best hits have and few others do.
func (s searcher) broaden(ctx context.Context, v *volume, q app.SearchQuery) (a answer, err error) {
	err = v.read(func(w *view) error {
		asked := query.Parse(q.Text, query.Options{})
		pl, _, err := s.plan(ctx, w, q, asked, q.Any)
		if err != nil || pl.root == nil {
			return err
		}
		r := ranking{ctx: ctx, limit: feedbackHits}
		if err := r.rank(pl); err != nil {
			return err
		}
		hits, err := hitsOf(r.heap, pl)
		if err != nil {
			return err
		}
		a.Words, err = s.feedback(ctx, w, hits, pl)
		return err
	})
	return a, err
}

// feedback weighs the words of hits: what a word is worth in each, times the
// hit's score.
func (s searcher) feedback(ctx context.Context, w *view, hits []app.Hit, pl *plan) ([]app.Weighed, error) {
	b := &planner{ctx: ctx, view: w, source: s.source, sets: s.sets, out: &plan{view: w}}
	worth, in := map[string]float64{}, map[string]int{}
	own := newMarker(pl.terms, plainLanguage)
	for _, t := range pl.terms {
		for _, x := range t.Words {
			own.words[x] = 0
		}
	}
	for _, h := range hits {
		docs, err := s.source.Documents(ctx, []app.Ref{h.Ref})
		if err != nil {
			return nil, err
		}
		for _, d := range docs {
			words, err := b.tellingOf(d)
			if err != nil {
				return nil, err
			}
			for _, t := range words[:min(len(words), 4*tellingWords)] {
				if !own.has(t.leaf.text) && !own.has(t.shown) {
					worth[t.shown] += t.worth * h.Score
					in[t.shown]++
				}
			}
		}
	}
	var out []app.Weighed
	for word, n := range worth {
		if in[word] > 1 || len(hits) < 3 {
			out = append(out, app.Weighed{Word: word, Weight: n})
		}
	}
	slices.SortFunc(out, func(a, b app.Weighed) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Word, b.Word))
	})
	return out[:min(len(out), feedbackWords)], nil
}
