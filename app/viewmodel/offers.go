package viewmodel

import (
	"context"
	"slices"
	"strings"

	"rejoinder/app"
	"rejoinder/app/query"
)

// offersShown is how many ways to go on are offered, and recalledShown how many
// searches of before.
const (
	offersShown   = 7
	recalledShown = 12
)

// Complete offers how the query may go on at the cursor: names of fields once two
// letters of one are typed, and the values of a field. Nothing is chosen.
func (s *Search) Complete(cursor int) {
	text := s.Text
	at := query.At(text, cursor)
	if at.Phrase || at.Field == "" && app.RuneCount(at.Typed) < 2 {
		s.Dismiss()
		return
	}
	start(s.session.Loop, &s.offering, func(ctx context.Context) ([]app.QueryCompletion, error) {
		return s.session.Notebook.CompleteQuery(ctx, text, cursor, offersShown)
	}, func(offers []app.QueryCompletion, err error) {
		if err != nil { // one can go on typing
			offers = nil
		}
		whole := func(o app.QueryCompletion) bool { return strings.TrimSpace(o.Text) == strings.TrimSpace(text) }
		if slices.ContainsFunc(offers, whole) { // it is typed to its end
			offers = nil
		}
		s.Offers = offers
		s.Offered, s.Recalled = -1, nil
		changed(s.OnOffer)
	})
}

// Recall offers the searches of before.
func (s *Search) Recall() {
	start(s.session.Loop, &s.offering, func(ctx context.Context) (texts []string, err error) {
		err = s.session.Notebook.View(ctx, func(r app.Reader) (err error) {
			texts, err = r.Searches(recalledShown)
			return err
		})
		return texts, err
	}, func(texts []string, err error) {
		if err != nil {
			s.session.Fail(err)
			return
		}
		s.Offers, s.Recalled, s.Offered = nil, texts, -1
		if len(texts) > 0 {
			s.Offered = 0
		} else {
			s.session.Say("Nothing was searched for yet")
		}
		changed(s.OnOffer)
	})
}

// offered is how many things are offered below the box.
func (s *Search) offered() int { return len(s.Offers) + len(s.Recalled) }

// Offering says whether anything is offered below the box.
func (s *Search) Offering() bool { return s.offered() > 0 }

// Offer chooses the next thing that is offered, or the one before; false at the
// end.
func (s *Search) Offer(next bool) bool {
	to := s.Offered - 1
	if next {
		to = s.Offered + 1
	}
	if to < -1 || to >= s.offered() {
		return false
	}
	s.Offered = to
	changed(s.OnOffer)
	return true
}

// Dismiss offers nothing any more.
func (s *Search) Dismiss() {
	s.offering.stop()
	if s.Offering() {
		s.Offers, s.Recalled, s.Offered = nil, nil, -1
		changed(s.OnOffer)
	}
}

// Accept takes what is offered at i into the box and returns where the cursor goes
// then, in code points; -1 for the end.
func (s *Search) Accept(i int) (cursor int) {
	offers, recalled := s.Offers, s.Recalled
	s.Dismiss()
	switch {
	case i < 0:
	case i < len(offers):
		s.Text, s.typing, s.Chosen = offers[i].Text, true, app.Ref{}
		changed(s.OnText)
		s.ask()
		return offers[i].Cursor
	case i < len(recalled):
		s.Show(recalled[i])
	}
	return -1
}

// Keep remembers the search in the box, because somebody meant it.
func (s *Search) Keep() {
	if text := strings.TrimSpace(s.Text); text != "" && s.Active() {
		s.keep(text)
	}
}

func (s *Search) keep(text string) {
	do(s.session, func(ctx context.Context) (struct{}, error) {
		err := s.session.Notebook.KeepSearch(ctx, text)
		if text != "" { // what was found was found, also where it cannot be remembered
			err = nil
		}
		return struct{}{}, err
	}, nil)
}

// Forget forgets all searches of before.
func (s *Search) Forget() {
	s.Dismiss()
	s.keep("")
	s.session.Say("The search history is empty")
}

// QueryHelp lists what a query can say: forms, and examples of each field, with
// what they find.
func QueryHelp() (forms, fields [][2]string) {
	for _, f := range query.Forms {
		forms = append(forms, [2]string{f.Form, f.What})
	}
	for _, f := range query.Fields {
		fields = append(fields, [2]string{f.Example, f.What})
	}
	return forms, fields
}
