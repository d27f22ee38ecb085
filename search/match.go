package search

import (
	"context"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"

	"rejoinder/app"
)

// How much a match in each field weighs. A stem weighs less than the word.
const (
	boostTitle     = 3
	boostBody      = 1
	boostTitleStem = 1.5
	boostBodyStem  = 0.5
)

// How many words a beginning stands for, the most frequent first: few while the
// user types, and many inside a phrase, which cannot take them all. Of those
// that one letter begins, fifty would take longer than the next key.
const (
	letterWords = 10
	typedWords  = 50
	phraseWords = 1000
)

// expander lists the most frequent words that begin so.
type expander func(prefix string, limit int) ([]string, error)

// compile turns the tree into a bleve query, nil when nothing can be found.
func (q request) compile(kinds []app.Kind, expand expander) (query.Query, error) {
	if len(q.all) == 0 {
		return nil, nil
	}
	whole := bleve.NewBooleanQuery()
	for _, group := range q.all {
		either, err := anyOf(group, expand)
		if err != nil {
			return nil, err
		}
		whole.AddMust(either)
	}
	for _, c := range q.none {
		m, err := c.compile(expand)
		if err != nil {
			return nil, err
		}
		whole.AddMustNot(m)
	}
	if len(kinds) > 0 {
		of := bleve.NewDisjunctionQuery()
		for _, k := range kinds {
			of.AddQuery(term(string(k), fieldKind, 1))
		}
		whole.AddFilter(of)
	}
	return whole, nil
}

func anyOf(group []clause, expand expander) (query.Query, error) {
	if len(group) == 1 {
		return group[0].compile(expand)
	}
	either := bleve.NewDisjunctionQuery()
	for _, c := range group {
		m, err := c.compile(expand)
		if err != nil {
			return nil, err
		}
		either.AddQuery(m)
	}
	return either, nil
}

// compile matches the clause in any field.
func (c clause) compile(expand expander) (query.Query, error) {
	either := bleve.NewDisjunctionQuery()
	last := c.slots[len(c.slots)-1]
	var begun []string
	if c.prefix {
		var err error
		if begun, err = expand(last, c.words()); err != nil {
			return nil, err
		}
	}
	if len(c.slots) > 1 {
		either.AddQuery(c.phrase(fieldTitle, boostTitle, begun), c.phrase(fieldBody, boostBody, begun))
	} else {
		c.word(either, last)
		for _, w := range begun {
			if w != last {
				either.AddQuery(term(w, fieldTitle, boostTitle), term(w, fieldBody, boostBody))
			}
		}
		if c.prefix && !c.capped {
			either.AddQuery(allBegun(last, fieldTitle), allBegun(last, fieldBody))
		}
	}
	for _, o := range c.others {
		c.word(either, o)
	}
	return either, nil
}

// words says how many words the beginning at the clause's end stands for.
func (c clause) words() int {
	switch last := c.slots[len(c.slots)-1]; {
	case len(c.slots) > 1 && !c.capped:
		return phraseWords
	case utf8.RuneCountInString(last) == 1:
		return letterWords
	}
	return typedWords
}

// word adds the ways in which a word can match.
func (c clause) word(either *query.DisjunctionQuery, w string) {
	either.AddQuery(term(w, fieldTitle, boostTitle), term(w, fieldBody, boostBody))
	if c.quoted {
		return
	}
	for _, t := range analyze(analyzerEnglish, w) {
		stem := string(t.Term)
		either.AddQuery(term(stem, fieldTitleStem, boostTitleStem), term(stem, fieldBodyStem, boostBodyStem))
	}
}

func (c clause) phrase(field string, boost float64, begun []string) query.Query {
	slots := make([][]string, len(c.slots))
	for i, s := range c.slots {
		slots[i] = []string{s}
	}
	if len(begun) > 0 {
		slots[len(slots)-1] = begun
	}
	q := query.NewMultiPhraseQuery(slots, field)
	q.SetBoost(boost)
	return q
}

func term(t, field string, boost float64) query.Query {
	q := bleve.NewTermQuery(t)
	q.SetField(field)
	q.SetBoost(boost)
	return q
}

// allBegun finds every word that begins so. bleve scores each word on its own,
// which takes seconds for thousands of them; the frequent ones are scored anyway.
func allBegun(t, field string) query.Query {
	q := bleve.NewPrefixQuery(t)
	q.SetField(field)
	return unscored{q}
}

// unscored finds what a query finds, without scores.
type unscored struct{ query.Query }

func (q unscored) Searcher(ctx context.Context, r index.IndexReader, m mapping.IndexMapping,
	o search.SearcherOptions) (search.Searcher, error) {
	o.Score = "none"
	o.IncludeTermVectors = false
	return q.Query.Searcher(ctx, r, m, o)
}
