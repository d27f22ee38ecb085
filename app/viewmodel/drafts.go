package viewmodel

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

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
	claims  claimSearch
}

// NewStatement starts a statement on the selected passage: its date is the
// article's, and it is direct when the passage stands in quotation marks. ready
// is called when the names to complete from are there.
func (r *Reader) NewStatement(ready func(*StatementForm)) {
	f := &StatementForm{session: r.session, spot: r.spot(), Quote: r.spotQuote(), Actor: r.session.lastActor,
		Stance: app.Asserts, Date: string(r.Article.Published)}
	f.Indirect = f.spot != nil && !quoted(r.Runes, f.spot.Start, f.spot.End)
	f.complete(func() { ready(f) })
}

// NewStatement starts a statement without a passage.
func (b *Board) NewStatement(ready func(*StatementForm)) {
	f := &StatementForm{session: b.session, Stance: app.Asserts, Actor: b.session.lastActor}
	if b.side.Actor != "" {
		f.Actor = b.ActorName(b.side.Actor)
	}
	if b.side.Claim != "" {
		f.Claim = b.ClaimText(b.side.Claim)
	}
	f.complete(func() { ready(f) })
}

// closing lists what can end a quotation that begins with a mark. ” and » begin
// one in Swedish, Danish and German books.
var closing = map[rune]string{
	'"': "\"", '“': "”\"", '„': "“”\"", '”': "”", '«': "»", '»': "«", '「': "」", '『': "』", '‘': "’", '\'': "'",
}

// quoted says whether the passage touches a quotation of its paragraph.
func quoted(text []rune, start, end int) bool {
	if start < 0 || end > len(text) || start >= end {
		return false
	}
	from, to := start, end
	for from > 0 && text[from-1] != '\n' {
		from--
	}
	for to < len(text) && text[to] != '\n' {
		to++
	}
	for i := from; i < end; i++ {
		if closing[text[i]] == "" || i > from && isApostrophe(text[i]) && isWordRune(text[i-1]) {
			continue
		}
		stop := quotationEnd(text[:to], i)
		if start <= stop && end > i && stop > i {
			return true
		}
		i = max(i, stop)
	}
	return false
}

// quotationEnd is where the quotation that begins at i is closed. A paragraph
// that opens with “ and never closes goes on in the next one; i when it is none.
func quotationEnd(text []rune, i int) int {
	for j := i + 1; j < len(text); j++ {
		inWord := isApostrophe(text[j]) && j+1 < len(text) && isWordRune(text[j+1])
		if strings.ContainsRune(closing[text[i]], text[j]) && !inWord {
			return j
		}
	}
	if text[i] == '“' {
		return len(text) - 1
	}
	return i
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' }

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func (f *StatementForm) complete(then func()) {
	do(f.session, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, f.session.Notebook.View(ctx, func(r app.Reader) error {
			all, err := r.Actors()
			for _, a := range all {
				f.actors = append(append(f.actors, a.Name), a.Aliases...)
			}
			return err
		})
	}, func(struct{}) { then() })
}

// Actors calls found with the names and aliases that what is typed can become.
func (f *StatementForm) Actors(typed string, found func(names []string, sure bool)) {
	found(Matching(f.actors, typed), true)
}

// Claims calls found with the claims that are most like what is typed; sure says
// that the first of them has these words one after the other.
func (f *StatementForm) Claims(typed string, found func(claims []string, sure bool)) {
	f.claims.suggest(f.session, typed, found)
}

// claimSearch finds claims by their words while one types.
type claimSearch struct{ load }

func (c *claimSearch) suggest(s *Session, typed string, found func([]string, bool)) {
	start(s.Loop, &c.load, func(ctx context.Context) ([]app.Claim, error) {
		return s.Notebook.SuggestClaims(ctx, typed, mostCompletions)
	}, func(claims []app.Claim, err error) {
		if err != nil {
			s.Fail(err)
		}
		texts := make([]string, len(claims))
		for i, c := range claims {
			texts[i] = c.Text
		}
		found(texts, len(texts) > 0 && strings.Contains(app.FoldText(texts[0]), app.FoldText(strings.TrimSpace(typed))))
	})
}

const mostCompletions = 8

// Doubles calls then with the claims that read like one that would be new, by
// their words; with none where the claim is there, or when they cannot be found.
func (s *Side) Doubles(text string, then func(claims []string)) {
	var out []string
	attempt(s.session, func(ctx context.Context) error {
		doubles, err := s.session.Notebook.Doubles(ctx, text)
		for _, c := range doubles {
			out = append(out, c.Text)
		}
		return err
	}, func(bool) { then(out) })
}

// Matching lists the names in which words begin with every word that is typed;
// of longer ones it is enough that they are in it, as Chinese has no spaces.
// Nothing typed lists the first.
func Matching(names []string, typed string) []string {
	var begin, inside []string
	words := strings.Fields(app.FoldText(typed))
	for _, name := range names {
		have := app.FoldText(name)
		fits, begins := true, true
		for _, w := range words {
			begun := hasWord(have, w)
			begins = begins && begun
			fits = fits && (begun || len(w) > 3 && strings.Contains(have, w))
		}
		switch {
		case begins:
			begin = append(begin, name)
		case fits:
			inside = append(inside, name)
		}
		if len(begin) == mostCompletions {
			break
		}
	}
	all := append(begin, inside...)
	return all[:min(len(all), mostCompletions)]
}

// hasWord says whether a word of s begins so.
func hasWord(s, beginning string) bool {
	for at := 0; ; {
		i := strings.Index(s[at:], beginning)
		if i < 0 {
			return false
		}
		before, size := utf8.DecodeLastRuneInString(s[:at+i])
		if size == 0 || !isWordRune(before) {
			return true
		}
		at += i + 1
	}
}

// Save records the statement, making actor and claim if they are new, and calls
// then when it is over: recorded, or refused with a reason that is shown.
func (f *StatementForm) Save(then func(recorded bool)) {
	d := app.StatementDraft{Actor: f.Actor, Claim: f.Claim, Stance: f.Stance, Passage: f.spot, Date: app.Date(strings.TrimSpace(f.Date)),
		Indirect: f.Indirect, ReportedBy: strings.TrimSpace(f.ReportedBy), Create: true}
	attempt(f.session, func(ctx context.Context) error {
		_, err := f.session.Notebook.AddStatement(ctx, d)
		return err
	}, func(recorded bool) {
		if recorded {
			f.session.lastActor = d.Actor
		}
		then(recorded)
	})
}

// RelationForm is a relation being entered.
type RelationForm struct {
	Quote string
	From  string // the counterclaim
	Kind  app.RelationKind
	To    string
	// It is done together with these claims, by their words.
	With     []string
	Strength app.Strength
	Note     string

	session  *Session
	spot     *app.Spot
	from, to claimSearch
}

// NewCounterclaim starts a counterclaim on the selected passage.
func (r *Reader) NewCounterclaim(ready func(*RelationForm)) {
	f := &RelationForm{session: r.session, spot: r.spot(), Quote: r.spotQuote(), Kind: app.Rebuts}
	if m := r.CurrentMark(); m != nil && !r.Selected() && len(m.Statements) > 0 {
		f.From = m.Statements[0].ClaimText
	}
	f.session.later(func() { ready(f) })
}

// NewCounterclaim starts a counterclaim to the chosen claim, without a passage.
func (b *Board) NewCounterclaim(ready func(*RelationForm)) {
	f := &RelationForm{session: b.session, Kind: app.Rebuts}
	if b.side.Claim != "" {
		f.To = b.ClaimText(b.side.Claim)
	}
	f.session.later(func() { ready(f) })
}

// FromClaims calls found with the claims that are most like what is typed for
// the counterclaim; ToClaims for the claim that it is set against.
func (f *RelationForm) FromClaims(typed string, found func(claims []string, sure bool)) {
	f.from.suggest(f.session, typed, found)
}

// ToClaims is FromClaims for the claim that is countered.
func (f *RelationForm) ToClaims(typed string, found func(claims []string, sure bool)) {
	f.to.suggest(f.session, typed, found)
}

// Save records the relation, making claims if they are new, and calls then when
// it is over.
func (f *RelationForm) Save(then func(recorded bool)) {
	d := app.RelationDraft{From: f.From, Kind: f.Kind, To: f.To, With: f.With, Strength: f.Strength, Note: f.Note, Passage: f.spot, Create: true}
	attempt(f.session, func(ctx context.Context) error {
		_, err := f.session.Notebook.Relate(ctx, d)
		return err
	}, then)
}
