package viewmodel

import (
	"context"
	"slices"
	"strings"

	"rejoinder/app"
)

// Search is the box over everything: what was asked, what was found, by what it
// can be narrowed, and what of it is looked at.
type Search struct {
	OnChange  func() // what was found, or what it can be narrowed by, changed
	OnPreview func() // the preview changed
	OnOffer   func() // what is offered below the box changed
	OnText    func() // the text changed, but not by typing

	Text  string
	Like  *Likeness // what the results are like; nil for a search by words alone
	Sort  app.SearchSort
	Saved *app.Collection // the saved search that filled the box; nil for none

	app.Results // of the query asked last whose results are there
	Err         error
	Searched    bool // there are results

	Facets   []FacetGroup
	Chosen   app.Ref // of the list; the zero value for none
	Preview  Preview
	Offers   []app.QueryCompletion // how the query may go on
	Offered  int                   // the offer that is chosen; -1 for none
	Recalled []string              // what was searched for before, while it is offered

	session  *Session
	typing   bool // the last word may be the beginning of one
	limit    int
	of       asked // what Results are of
	facetsOf asked

	content, again, counting, looking, offering, saving load
}

// Likeness is the thing that results are like.
type Likeness struct {
	app.Ref
	Title string
}

// asked is what tells one search from another.
type asked struct {
	text   string
	like   app.Ref
	sort   app.SearchSort
	typing bool
}

// How many results are listed at first, how many more when the end of the list
// is seen, and how many at most.
const (
	searchLimit = 50
	searchMore  = 4 // times as many
	searchMost  = 1000
)

// NewSearch makes an empty search.
func NewSearch(s *Session) *Search { return &Search{session: s, limit: searchLimit, Offered: -1} }

// Active says whether there is something to search for: two characters, or one
// that can be a word of its own.
func (s *Search) Active() bool {
	text := strings.TrimSpace(s.Text)
	return s.Like != nil || app.RuneCount(text) >= 2 || isWide(text)
}

// isWide says whether one character can be a word of its own.
func isWide(text string) bool { return len(text) >= 3 && app.CountWords(text) > 0 }

// Type searches for what is typed so far; each key cancels the search before.
func (s *Search) Type(text string) {
	if text == s.Text {
		return
	}
	s.Text, s.typing, s.Chosen = text, true, app.Ref{}
	if strings.TrimSpace(text) == "" {
		s.Saved = nil
	}
	s.ask()
}

// Show searches for a whole query, which then stands in the box.
func (s *Search) Show(text string) {
	s.Text, s.typing, s.Like, s.Saved, s.Chosen = text, false, nil, nil, app.Ref{}
	changed(s.OnText)
	s.ask()
}

// Clear empties the box.
func (s *Search) Clear() { s.Show("") }

// LikeThis finds what is like an article or a claim. What is typed then narrows it.
func (s *Search) LikeThis(ref app.Ref, title string) {
	s.Text, s.typing, s.Saved, s.Chosen = "", false, nil, app.Ref{}
	s.Like = &Likeness{ref, title}
	changed(s.OnText)
	s.ask()
}

// Unlike searches by the words alone again.
func (s *Search) Unlike() {
	s.Like = nil
	s.ask()
}

// SortBy orders the results.
func (s *Search) SortBy(sort app.SearchSort) {
	if s.Sort != sort {
		s.Sort = sort
		s.ask()
	}
}

// rewrite changes the query without typing: what is chosen stays so if it is
// still found.
func (s *Search) rewrite(text string) {
	s.Text = text
	changed(s.OnText)
	s.ask()
}

// ask searches for something else than before.
func (s *Search) ask() {
	s.limit = searchLimit
	s.again.stop()
	s.find()
}

func (s *Search) asked() asked {
	a := asked{text: s.Text, sort: s.Sort, typing: s.typing}
	if s.Like != nil {
		a.like = s.Like.Ref
	}
	return a
}

// query is what is asked of the index.
func (a asked) query(limit int) app.SearchQuery {
	return app.SearchQuery{Text: a.text, Typing: a.typing, Sort: a.sort, Like: a.like, Limit: limit}
}

// find searches. The results before stay until the new ones are there, but what
// else belongs to them is not loaded any more.
func (s *Search) find() {
	s.counting.stop()
	s.looking.stop()
	if !s.Active() {
		s.content.stop()
		s.Results, s.Err, s.Searched, s.of = app.Results{}, nil, false, asked{}
		s.Facets, s.facetsOf, s.Chosen = nil, asked{}, app.Ref{}
		s.Preview = Preview{}
		changed(s.OnChange)
		changed(s.OnPreview)
		return
	}
	a, limit := s.asked(), s.limit
	start(s.session.Loop, &s.content, func(ctx context.Context) (app.Results, error) {
		return s.session.Notebook.Search(ctx, a.query(limit))
	}, func(r app.Results, err error) {
		s.Results, s.Err, s.Searched, s.of = r, err, true, a
		if s.ChosenIndex() < 0 {
			s.Chosen = app.Ref{}
		}
		changed(s.OnChange)
		s.look()
		s.count()
	})
}

// Fresh says whether the results that are shown are those of the query in the box.
func (s *Search) Fresh() bool { return s.Searched && s.of == s.asked() }

// ShowMore lists more results, when the end of the list is seen.
func (s *Search) ShowMore() {
	if s.Err != nil || s.of != s.asked() || s.limit >= searchMost || len(s.Found) < s.limit || s.limit > len(s.Found) {
		return
	}
	s.limit = min(searchMost, s.limit*searchMore)
	s.find()
}

// Again repeats the search once what was changed is indexed. Until then the
// search that is shown, or is on its way, goes on.
func (s *Search) Again() {
	if !s.Active() {
		return
	}
	start(s.session.Loop, &s.again, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, s.session.Notebook.Sync(ctx)
	}, func(_ struct{}, err error) {
		if err == nil && s.Active() {
			s.find()
		}
	})
}

// Changed repeats the search after something changed.
func (s *Search) Changed(c app.Changes) {
	if s.Saved != nil && c.Touches(app.KindCollection) {
		s.reloadSaved()
	}
	s.Again()
}

// ChosenIndex is where the chosen result stands in the list; -1 for none.
func (s *Search) ChosenIndex() int {
	return slices.IndexFunc(s.Found, func(f app.Found) bool { return s.Chosen.ID != "" && f.Ref == s.Chosen })
}

// Choose chooses a row of the list and previews it.
func (s *Search) Choose(i int) {
	if i < 0 || i >= len(s.Found) || s.Found[i].Ref == s.Chosen {
		return
	}
	s.Chosen = s.Found[i].Ref
	s.look()
}

// Current is the result that is previewed: the chosen one, or else the first.
func (s *Search) Current() (f app.Found, ok bool) {
	if len(s.Found) == 0 {
		return f, false
	}
	return s.Found[max(0, s.ChosenIndex())], true
}

// Summary says how many results there are.
func (s *Search) Summary() string {
	switch {
	case s.Err != nil:
		return app.Sentence(s.Err)
	case !s.Searched:
		return ""
	case s.Total == 0 && len(s.Found) > 0:
		return "No result has all of these words"
	case s.Total == 0:
		return "No results"
	case s.More:
		return "More than " + plural(int(s.Total), "result") //nolint:gosec // a count of things in a notebook
	}
	return plural(int(s.Total), "result") //nolint:gosec // as above
}

// Hints say what of the query was read otherwise than it may be meant.
func (s *Search) Hints() []string {
	var out []string
	if s.Fresh() {
		for _, p := range s.Problems {
			out = append(out, p.Text)
		}
	}
	return out
}

// Coverage says how much can be found yet; "" for all.
func (s *Search) Coverage() string {
	const partly = ": not everything is found yet"
	switch i := s.session.Notebook.IndexStatus(); {
	case i.Building && i.Total > 0:
		return "The index holds " + Thousands(i.Done) + " of " + Thousands(i.Total) + partly
	case i.Building:
		return "The index is being built" + partly
	case i.Behind > 0:
		return plural(i.Behind, "change") + " to index" + partly
	}
	return ""
}
