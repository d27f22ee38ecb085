package viewmodel

import (
	"context"
	"strings"
	"unicode"

	"rejoinder/app"
)

// StatementForm is a statement being entered.
type StatementForm struct {
	Quote      string // what the passage says; "" without one
	Actor      string
	Stance     app.Stance
	Claim      string
	Date       string
	Indirect   bool
	ReportedBy string

	session *Session
	spot    *app.Spot
	actors  []string
	claims  []string
}

// lastActor is what the form offers first, as long as the program runs.
type lastActor struct{ name string }

var remembered lastActor

// NewStatement starts a statement on the selected passage: its date is the
// article's, and it is direct when the passage stands in quotation marks. ready
// is called when the names to complete from are there.
func (r *Reader) NewStatement(ready func(*StatementForm)) {
	f := &StatementForm{session: r.session, spot: r.spot(), Quote: r.Quote(), Actor: remembered.name,
		Stance: app.Asserts, Date: string(r.Article.Published)}
	f.Indirect = f.spot != nil && !quoted(r.Runes, f.spot.Start, f.spot.End)
	f.complete(func() { ready(f) })
}

// NewStatement starts a statement without a passage.
func (b *Board) NewStatement(ready func(*StatementForm)) {
	f := &StatementForm{session: b.session, Stance: app.Asserts, Actor: remembered.name}
	if b.Actor != "" {
		f.Actor = b.ActorName(b.Actor)
	}
	if b.Claim != "" {
		f.Claim = b.ClaimText(b.Claim)
	}
	f.complete(func() { ready(f) })
}

// quoted says whether the passage stands in quotation marks, its own or those
// around it.
func quoted(text []rune, start, end int) bool {
	if start < 0 || end > len(text) || start >= end {
		return false
	}
	const opening, closing = "\"“„«「『‘'", "\"”“»」』’'"
	before, after := text[start], text[end-1]
	if start > 0 {
		before = text[start-1]
	}
	if end < len(text) {
		after = text[end]
	}
	if unicode.IsPunct(after) && end+1 < len(text) && !strings.ContainsRune(closing, after) {
		after = text[end+1] // “…,” he said
	}
	inside := strings.ContainsRune(opening, before) && strings.ContainsRune(closing, after)
	own := strings.ContainsAny(string(text[start:end]), "\"“„«「")
	return inside || own
}

func (f *StatementForm) complete(then func()) {
	do(f.session, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, f.session.Notebook.View(ctx, func(r app.Reader) (err error) {
			f.actors, f.claims, err = names(r)
			return err
		})
	}, func(struct{}) { then() })
}

// names lists what actors and claims can be completed from.
func names(r app.Reader) (actors, claims []string, err error) {
	all, err := r.Actors()
	if err != nil {
		return nil, nil, err
	}
	for _, a := range all {
		actors = append(append(actors, a.Name), a.Aliases...)
	}
	said, err := r.Claims()
	for _, c := range said {
		claims = append(claims, c.Text)
	}
	return actors, claims, err
}

// Actors lists the names and aliases that what is typed can become; Claims the
// claims that hold every word of it.
func (f *StatementForm) Actors(typed string) []string { return matching(f.actors, typed) }

// Claims lists the claims that hold every word of what is typed.
func (f *StatementForm) Claims(typed string) []string { return matching(f.claims, typed) }

const mostCompletions = 8

// matching lists the names in which words begin with every word that is typed;
// nothing typed lists the first.
func matching(names []string, typed string) []string {
	var out []string
	words := strings.Fields(app.FoldText(typed))
	for _, name := range names {
		have := " " + app.FoldText(name)
		fits := true
		for _, w := range words {
			fits = fits && (strings.Contains(have, " "+w) || strings.Contains(have, w) && len(w) > 3)
		}
		if fits {
			out = append(out, name)
		}
		if len(out) == mostCompletions {
			break
		}
	}
	return out
}

// Save records the statement, making actor and claim if they are new, and calls
// then when it is recorded.
func (f *StatementForm) Save(then func()) {
	d := app.StatementDraft{Actor: f.Actor, Claim: f.Claim, Stance: f.Stance, Passage: f.spot, Date: app.Date(strings.TrimSpace(f.Date)),
		Indirect: f.Indirect, ReportedBy: strings.TrimSpace(f.ReportedBy), Create: true}
	do(f.session, func(ctx context.Context) (app.Statement, error) {
		return f.session.Notebook.AddStatement(ctx, d)
	}, func(app.Statement) {
		remembered.name = d.Actor
		then()
	})
}

// RelationForm is a relation being entered.
type RelationForm struct {
	Quote string
	From  string // the counterclaim
	Kind  app.RelationKind
	To    string

	session *Session
	spot    *app.Spot
	claims  []string
}

// NewCounterclaim starts a counterclaim on the selected passage.
func (r *Reader) NewCounterclaim(ready func(*RelationForm)) {
	f := &RelationForm{session: r.session, spot: r.spot(), Quote: r.Quote(), Kind: app.Rebuts}
	if m := r.CurrentMark(); m != nil && len(m.Statements) > 0 {
		f.From = m.Statements[0].ClaimText
	}
	f.complete(func() { ready(f) })
}

// NewCounterclaim starts a counterclaim to the chosen claim, without a passage.
func (b *Board) NewCounterclaim(ready func(*RelationForm)) {
	f := &RelationForm{session: b.session, Kind: app.Rebuts}
	if b.Claim != "" {
		f.To = b.ClaimText(b.Claim)
	}
	f.complete(func() { ready(f) })
}

func (f *RelationForm) complete(then func()) {
	do(f.session, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, f.session.Notebook.View(ctx, func(r app.Reader) (err error) {
			_, f.claims, err = names(r)
			return err
		})
	}, func(struct{}) { then() })
}

// Claims lists the claims that hold every word of what is typed.
func (f *RelationForm) Claims(typed string) []string { return matching(f.claims, typed) }

// Save records the relation, making claims if they are new.
func (f *RelationForm) Save(then func()) {
	d := app.RelationDraft{From: f.From, Kind: f.Kind, To: f.To, Passage: f.spot, Create: true}
	do(f.session, func(ctx context.Context) (app.Relation, error) {
		return f.session.Notebook.Relate(ctx, d)
	}, func(app.Relation) { then() })
}
