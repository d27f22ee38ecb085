package viewmodel

import (
	"context"
	"sort"

	"rejoinder/app"
)

// FindState is what is found in the open article.
type FindState struct {
	Words string   // what was typed; "" when a search's words are marked
	Hits  [][2]int // start and exclusive end in code points, in order
	At    int      // index of the hit one is at; -1 for none

	finder   *app.Finder // of the text; made when first needed
	terms    []app.Term
	selected [2]int // the hit that was selected because one went there
	hurry    func() // finds at once what is still being looked for; nil when it is found
}

// Find marks where words stand in the article, and selects the next place from
// where one is.
func (r *Reader) Find(words string) {
	r.Found.Words, r.Found.terms, r.lastWords = words, nil, words
	from := r.At
	if r.Selected() {
		from = r.Start
	}
	if r.Found.At >= 0 && r.Found.At < len(r.Found.Hits) {
		from = r.Found.Hits[r.Found.At][0]
	}
	r.find(func(f *app.Finder) ([][2]int, int) { return f.Find(words), from }, true)
}

// findTerms marks the words of a search, and goes where most of them stand
// together if goThere is set.
func (r *Reader) findTerms(terms []app.Term, goThere bool) {
	r.Found.Words, r.Found.terms = "", terms
	plain, language := r.Text.Plain, r.Article.Language
	r.find(func(*app.Finder) (hits [][2]int, from int) {
		marks := r.session.Notebook.Marks(plain, language, terms)
		for _, m := range marks {
			hits = append(hits, [2]int{m.Start, m.End})
		}
		return hits, app.Densest(marks, nearby)
	}, goThere)
}

// find looks for places and goes to the first one from a code point on.
func (r *Reader) find(look func(*app.Finder) (hits [][2]int, from int), goThere bool) {
	runes, finder, text := r.Runes, r.Found.finder, r.Text.ID
	type result struct {
		finder *app.Finder
		hits   [][2]int
		from   int
	}
	work := func() result {
		f := finder
		if f == nil {
			f = app.NewFinder(runes)
		}
		hits, from := look(f)
		return result{f, hits, from}
	}
	done := func(found result) {
		if r.Text.ID != text {
			return
		}
		r.Found.finder, r.Found.Hits, r.Found.At, r.Found.hurry = found.finder, found.hits, -1, nil
		if n := len(found.hits); n > 0 && goThere {
			r.Found.At = sort.Search(n, func(i int) bool { return found.hits[i][0] >= found.from }) % n
		}
		if r.Found.Words != "" {
			r.selectHit()
		}
		r.showHit()
	}
	r.Found.hurry = func() {
		r.finding.stop()
		done(work())
	}
	start(r.session.Loop, &r.finding, func(context.Context) (result, error) { return work(), nil }, func(found result, _ error) { done(found) })
}

// selectHit selects the hit that one is at: what is done next is done to it. What
// was selected for other words is not any more.
func (r *Reader) selectHit() {
	here := [2]int{r.Start, r.End}
	switch i := r.Found.At; {
	case i >= 0:
		r.Select(r.Found.Hits[i][0], r.Found.Hits[i][1])
		r.Found.selected = [2]int{r.Start, r.End}
	case here == r.Found.selected:
		r.Select(r.Start, r.Start)
	}
}

// settle finds what is still being looked for: what was pressed is meant for it.
func (r *Reader) settle() {
	if r.Found.hurry != nil {
		r.Found.hurry()
	}
}

// NextHit goes to the next place found, or to the one before; after the last
// comes the first.
func (r *Reader) NextHit(forward bool) {
	r.settle()
	if len(r.Found.Hits) == 0 {
		if r.Found.Words != "" || r.lastWords == "" {
			return
		}
		here := [2]int{r.Start, r.End}
		r.Find(r.lastWords) // they were put away
		r.settle()
		if i := r.Found.At; i < 0 || r.Found.Hits[i] != here {
			return
		}
	}
	n := len(r.Found.Hits)
	switch {
	case r.Found.At < 0: // the first from where one is
		r.Found.At = sort.Search(n, func(i int) bool { return r.Found.Hits[i][0] >= r.At }) % n
	case forward:
		r.Found.At = (r.Found.At + 1) % n
	default:
		r.Found.At = (r.Found.At + n - 1) % n
	}
	r.selectHit()
	r.showHit()
}

func (r *Reader) showHit() {
	changed(r.OnFind)
	if i := r.Found.At; i >= 0 && r.OnShow != nil {
		r.OnShow(r.Found.Hits[i][0])
	}
}

// LeaveFind takes the marks of what was found away. The hit that one is at stays
// selected, so that a statement made next stands on it.
func (r *Reader) LeaveFind() {
	r.settle()
	r.ClearFind()
}

// ClearFind takes the marks of what was found away.
func (r *Reader) ClearFind() {
	r.finding.stop()
	r.Found = FindState{At: -1}
	changed(r.OnFind)
}

// FoundSummary says which of how many places one is at.
func (r *Reader) FoundSummary() string {
	n := len(r.Found.Hits)
	switch {
	case n == 0 && r.Found.Words == "" && r.Found.terms == nil:
		return ""
	case n == 0:
		return "not in this article"
	case r.Found.At < 0:
		return plural(n, "place")
	}
	return Thousands(r.Found.At+1) + " of " + Thousands(n)
}
