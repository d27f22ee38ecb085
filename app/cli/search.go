package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"rejoinder/app"
	"rejoinder/app/query"
)

type searchCmd struct {
	Query string   `arg:"" optional:"" help:"What to look for; “rejoinder search --syntax” explains the language."`
	Limit int      `default:"20" help:"At most this many results."`
	Kind  []string `enum:"article,annotation,note,actor,claim,statement" help:"Only these kinds."`
	Sort  string   `enum:"relevance,date,title,touched" default:"relevance" help:"Order: relevance, date, title, touched."`
	Any   bool     `help:"Any of the words, not all of them."`
	Like  string   `placeholder:"THING" help:"What is like this article, claim or other thing."`

	Facets  bool   `help:"Count what is found by kind, publisher, language and so on instead."`
	Broaden bool   `help:"Offer synonyms and related words instead."`
	Explain string `placeholder:"THING" help:"Say why a thing ranks where it does; “all” explains the results."`
	Save    string `placeholder:"NAME" help:"Make a collection of that name that this search fills."`
	History bool   `help:"List what was searched for."`
	Forget  bool   `help:"Forget what was searched for."`
	Syntax  bool   `help:"Explain the language of queries."`
}

type searchRow struct {
	Kind     app.Kind      `json:"kind"`
	ID       string        `json:"id"`
	Article  app.ArticleID `json:"article"`
	Title    string        `json:"title"`
	Snippet  string        `json:"snippet"` // the first of Snippets
	Snippets []string      `json:"snippets"`
	At       int           `json:"at"` // in an article or annotation: code point of the passage
	Score    float64       `json:"score"`
	Some     bool          `json:"some,omitempty"` // it has only some of the words
}

// syncPatience is how long a search waits for the index to catch up.
const syncPatience = 10 * time.Second

// Run searches.
func (c searchCmd) Run(s *session) error {
	if c.Syntax {
		s.syntax()
		return nil
	}
	nb, err := s.open()
	if err != nil {
		return err
	}
	switch {
	case c.Forget:
		return nb.KeepSearch(s.ctx, "")
	case c.History:
		return s.searches()
	case c.Query == "" && c.Like == "":
		return app.Problem(app.ErrInvalid, "say what to look for")
	}
	s.catchUp(nb)
	q, err := c.query(s)
	if err != nil {
		return err
	}
	switch {
	case c.Facets:
		return s.facets(q)
	case c.Broaden:
		return s.broaden(q)
	case c.Explain != "" && c.Explain != "all":
		return s.explain(q, c.Explain)
	case c.Save != "":
		return collectionAddCmd{Name: c.Save, Query: c.Query}.Run(s)
	}
	return c.results(s, q)
}

// catchUp waits for the index.
func (s *session) catchUp(nb *app.Notebook) {
	ctx, cancel := context.WithTimeout(s.ctx, syncPatience)
	defer cancel()
	if err := nb.Sync(ctx); err != nil && s.ctx.Err() == nil {
		s.fail(errors.Join(errors.New("the index is still being built: not everything is found yet"), err))
	}
	if st := nb.IndexStatus(); st.Without != nil {
		s.warn(app.Sentence(st.Err))
	}
}

func (c searchCmd) query(s *session) (app.SearchQuery, error) {
	q := app.SearchQuery{Text: c.Query, Limit: c.Limit, Any: c.Any}
	if c.Sort != "relevance" {
		q.Sort = app.SearchSort(c.Sort)
	}
	for _, k := range c.Kind {
		q.Kinds = append(q.Kinds, app.Kind(k))
	}
	if c.Like == "" {
		return q, nil
	}
	ref, err := s.thing(c.Like)
	q.Like = ref
	if err == nil && len(q.Kinds) == 0 {
		q.Kinds = []app.Kind{ref.Kind}
	}
	return q, err
}

// thing finds what a person means by an identifier, a title, a name or words.
func (s *session) thing(name string) (ref app.Ref, err error) {
	err = s.read(func(r app.Reader) error {
		ref, err = app.Named(r, name)
		return err
	})
	return ref, err
}

func (c searchCmd) results(s *session, q app.SearchQuery) error {
	found, err := s.notebook.Search(s.ctx, q)
	if err != nil {
		return err
	}
	for _, p := range found.Problems {
		if p.Note {
			s.fail(errors.New(p.Text))
			continue
		}
		s.fail(fmt.Errorf("at character %d: %s", p.Start+1, p.Text))
	}
	if err := s.found(found, func(id string) error {
		if c.Explain != "all" {
			return nil
		}
		return s.explain(q, id)
	}); err != nil {
		return err
	}
	if err := s.notebook.KeepSearch(s.ctx, c.Query); err != nil { // what was found was found
		s.warn("The search is not remembered: " + app.Sentence(err))
	}
	return nil
}

// found prints results; then is called after each with its identifier.
func (s *session) found(found app.Results, then func(id string) error) error {
	for i, f := range found.Found {
		row := searchRow{Kind: f.Kind, ID: f.ID, Article: f.Article, Title: f.Title, At: f.At, Score: f.Score, Some: i >= found.Whole}
		for _, snippet := range f.Snippets {
			row.Snippets = append(row.Snippets, snippet.Text)
		}
		row.Snippet = row.Snippets[0]
		if i == found.Whole {
			s.line("— only some of the words —")
		}
		s.row(row, "%-10s  %s\n            %s\n            %s", f.Kind, f.Title, strings.Join(row.Snippets, "\n            "), f.ID)
		if err := then(f.ID); err != nil {
			return err
		}
	}
	s.line("%d of %s", found.Whole, howMany(found.Total, found.More))
	return nil
}

func howMany(total uint64, more bool) string {
	if more {
		return fmt.Sprintf("more than %d", total)
	}
	return fmt.Sprint(total)
}

func (s *session) searches() error {
	return s.read(func(r app.Reader) error {
		texts, err := r.Searches(allSearches)
		for _, t := range texts {
			s.row(struct {
				Query string `json:"query"`
			}{t}, "%s", t)
		}
		return err
	})
}

const allSearches = 1000

type facetRow struct {
	Field string `json:"field"`
	Value string `json:"value"`
	Count int    `json:"count"`
}

func (s *session) facets(q app.SearchQuery) error {
	facets, err := s.notebook.Facets(s.ctx, q)
	for _, f := range facets {
		for _, v := range f.Values {
			s.row(facetRow{f.Field, v.Value, v.Count}, "%-10s  %6d  %s", f.Field, v.Count, v.Value)
		}
		if f.Others > 0 {
			s.line("%-10s  and %d more", f.Field, f.Others)
		}
	}
	return err
}

type broadenRow struct {
	Word     string   `json:"word"`
	Synonyms []string `json:"synonyms,omitempty"` // of this word of the query
	Query    string   `json:"query"`              // the broadened one
}

func (s *session) broaden(q app.SearchQuery) error {
	b, err := s.notebook.Broaden(s.ctx, q)
	for _, r := range b.Synonyms {
		s.row(broadenRow{r.Word, r.Others, r.With(q.Text)}, "%s = %s\n    %s", r.Word, strings.Join(r.Others, ", "), r.With(q.Text))
	}
	for _, w := range b.Related {
		also := app.AlsoFinding(q.Text, w.Word)
		s.row(broadenRow{Word: w.Word, Query: also}, "%s\n    %s", w.Word, also)
	}
	return err
}

func (s *session) explain(q app.SearchQuery, name string) error {
	ref, err := s.thing(name)
	if err != nil {
		return err
	}
	e, err := s.notebook.Explain(s.ctx, q, ref)
	if err != nil {
		return err
	}
	if s.json {
		s.row(e, "")
		return nil
	}
	s.reasons(e, 1)
	return nil
}

func (s *session) reasons(e app.Explanation, depth int) {
	s.line("%s%.3f  %s", strings.Repeat("    ", depth), e.Value, e.Text)
	for _, p := range e.Parts {
		s.reasons(p, depth+1)
	}
}

// syntax explains the language of queries.
func (s *session) syntax() {
	for _, l := range query.Forms {
		s.line("%-22s  %s", l.Form, l.What)
	}
	for _, f := range query.Fields {
		s.line("%-22s  %s", f.Example, f.What)
	}
}
