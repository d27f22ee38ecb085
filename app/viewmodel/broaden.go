package viewmodel

import (
	"context"
	"strings"

	"rejoinder/app"
)

// Broader is a choice of what a search can be broadened by. Nothing is used
// before it is chosen and the query was seen.
type Broader struct {
	From string // the query
	app.Broadening

	synonyms map[int]bool
	related  map[int]bool
}

// Broaden calls then with what the search can be broadened by.
func (s *Search) Broaden(then func(*Broader)) {
	a := s.asked()
	a.typing = false
	do(s.session, func(ctx context.Context) (app.Broadening, error) {
		return s.session.Notebook.Broaden(ctx, a.query(searchLimit))
	}, func(b app.Broadening) {
		then(&Broader{From: a.text, Broadening: b, synonyms: map[int]bool{}, related: map[int]bool{}})
	})
}

// UseSynonyms and UseRelated choose something, or leave it.
func (b *Broader) UseSynonyms(i int) { b.synonyms[i] = !b.synonyms[i] }

// UseRelated chooses a related word, or leaves it.
func (b *Broader) UseRelated(i int) { b.related[i] = !b.related[i] }

// UsesSynonyms and UsesRelated say what is chosen.
func (b *Broader) UsesSynonyms(i int) bool { return b.synonyms[i] }

// UsesRelated says whether a related word is chosen.
func (b *Broader) UsesRelated(i int) bool { return b.related[i] }

// Chosen says whether anything is.
func (b *Broader) Chosen() bool { return b.Query() != b.From }

// Query is the query with what is chosen.
func (b *Broader) Query() string {
	text := b.From
	for i, r := range b.Synonyms {
		if b.synonyms[i] {
			text = r.With(text)
		}
	}
	for i, w := range b.Related {
		if b.related[i] {
			text = app.AlsoFinding(text, w.Word)
		}
	}
	return text
}

// Use searches for the broadened query.
func (s *Search) Use(b *Broader) {
	if s.Text == b.From {
		s.typing = false
		s.rewrite(b.Query())
	}
}

// Synonyms calls then with the words that the user lets stand for one another.
func (s *Search) Synonyms(then func([]app.Synonyms)) {
	do(s.session, func(ctx context.Context) (all []app.Synonyms, err error) {
		err = s.session.Notebook.View(ctx, func(r app.Reader) (err error) {
			all, err = r.Synonyms()
			return err
		})
		return all, err
	}, then)
}

// PutSynonyms keeps words, with commas between them, that stand for one another;
// with the ID of others it replaces them, and without words it removes them.
func (s *Search) PutSynonyms(id app.SynonymsID, words string, over func(done bool)) {
	var list []string
	for _, w := range strings.FieldsFunc(words, func(r rune) bool { return strings.ContainsRune(",;=\n،؛、，；", r) }) {
		if w = strings.TrimSpace(w); w != "" {
			list = append(list, w)
		}
	}
	attempt(s.session, func(ctx context.Context) error {
		_, err := s.session.Notebook.PutSynonyms(ctx, app.Synonyms{ID: id, Words: list})
		return err
	}, over)
}
