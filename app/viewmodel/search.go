package viewmodel

import (
	"context"

	"rejoinder/app"
)

// Search is the box over everything and its results.
type Search struct {
	OnChange func()

	Text    string
	Results []app.Found
	Total   uint64
	Err     error

	session *Session
	content load
}

// searchLimit is how many results are shown at most.
const searchLimit = 100

// NewSearch makes an empty search.
func NewSearch(s *Session) *Search { return &Search{session: s} }

// Active says whether results stand in the place of the list of articles.
func (s *Search) Active() bool { return app.RuneCount(s.Text) >= 2 || isWide(s.Text) }

// isWide says whether one character can be a word of its own.
func isWide(text string) bool { return len(text) >= 3 && app.CountWords(text) > 0 }

// Type searches for what is typed so far; each key cancels the search before.
func (s *Search) Type(text string) {
	s.Text = text
	s.find(func(context.Context) error { return nil })
}

// find searches for the text after first.
func (s *Search) find(first func(context.Context) error) {
	if !s.Active() {
		s.content.stop()
		s.Results, s.Total, s.Err = nil, 0, nil
		changed(s.OnChange)
		return
	}
	text := s.Text
	start(s.session.Loop, &s.content, func(ctx context.Context) (app.Results, error) {
		if err := first(ctx); err != nil {
			return app.Results{}, err
		}
		return s.session.Notebook.Search(ctx, app.SearchQuery{Text: text, Typing: true, Limit: searchLimit})
	}, func(f app.Results, err error) {
		s.Results, s.Total, s.Err = f.Found, f.Total, err
		changed(s.OnChange)
	})
}

// Again repeats the search after something changed, once it is indexed.
func (s *Search) Again() {
	if s.Active() {
		s.find(s.session.Notebook.Sync)
	}
}

// Summary says how many results there are.
func (s *Search) Summary() string {
	switch {
	case s.Err != nil:
		return app.Sentence(s.Err)
	case uint64(len(s.Results)) < s.Total:
		return "first " + Thousands(len(s.Results)) + " of " + plural(int(s.Total), "result")
	}
	return plural(len(s.Results), "result")
}
