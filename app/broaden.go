package app

import (
	"context"
	"slices"
	"strings"

	"rejoinder/app/query"
)

// Synonyms are words, or phrases, that stand for one another in a search when
// the user asks for it.
type Synonyms struct {
	ID    SynonymsID
	Words []string
}

// Broadening is what a search can be broadened by.
type Broadening struct {
	Synonyms []Replacement // of the words of the query
	Related  []Weighed     // words of the best results, the most telling first
}

// Replacement is a word of a query and what also stands for it.
type Replacement struct {
	Word   string
	Others []string
}

// Broaden offers what a search can be broadened by; nothing is used unasked.
func (n *Notebook) Broaden(ctx context.Context, q SearchQuery) (Broadening, error) {
	var out Broadening
	err := n.store.View(ctx, func(r Reader) error {
		known, err := r.Synonyms()
		if err != nil {
			return err
		}
		query.Parse(q.Text, query.Options{}).Walk(func(node query.Node, at query.Place) {
			text, ok := literalWords(node)
			if !ok || at.Not || at.Field != "" {
				return
			}
			for _, s := range known {
				if s.Has(text) {
					out.Synonyms = append(out.Synonyms, Replacement{text, s.besides(text)})
				}
			}
		})
		return nil
	})
	if err != nil {
		return out, err
	}
	out.Related, err = n.index.Broaden(ctx, q)
	return out, err
}

// literalWords returns the text of a word or phrase without an operator.
func literalWords(node query.Node) (string, bool) {
	switch n := node.(type) {
	case query.Word:
		return n.Text, !n.Prefix && !n.Wild && n.Fuzzy == 0
	case query.Phrase:
		return n.Text, n.Slop == 0
	}
	return "", false
}

// Has says whether text is one of the words.
func (s Synonyms) Has(text string) bool { return len(s.besides(text)) < len(s.Words) }

// besides returns the words other than text.
func (s Synonyms) besides(text string) []string {
	return slices.DeleteFunc(slices.Clone(s.Words), func(w string) bool {
		return FoldText(OneLine(w)) == FoldText(OneLine(text))
	})
}

// With writes a query in which the others also stand for the word.
func (r Replacement) With(text string) string {
	runes := []rune(text)
	var out strings.Builder
	at := 0
	query.Parse(text, query.Options{}).Walk(func(node query.Node, place query.Place) {
		words, ok := literalWords(node)
		span := node.Span()
		if !ok || place.Not || place.Field != "" || words != r.Word || span.Start < at {
			return
		}
		out.WriteString(string(runes[at:span.Start]) + "(" + string(runes[span.Start:span.End]))
		for _, o := range r.Others {
			out.WriteString(" OR " + asWords(o))
		}
		out.WriteString(")")
		at = span.End
	})
	return out.String() + string(runes[at:])
}

// asWords writes a word or a phrase as a query.
func asWords(text string) string {
	if strings.ContainsRune(OneLine(text), ' ') {
		return query.Quote(OneLine(text))
	}
	return query.Literal(text)
}

// AlsoFinding writes a query that finds things with the word as well.
func AlsoFinding(text, word string) string {
	text = strings.TrimSpace(text)
	if isProse(text) { // in which OR would be a word
		return asWords(word) + " " + text
	}
	switch query.Parse(text, query.Options{}).Root.(type) {
	case nil:
		return asWords(word)
	case query.Or, query.Word, query.Phrase, query.Condition, query.Within, query.Near:
		return text + " OR " + asWords(word)
	}
	return "(" + text + ") OR " + asWords(word)
}

func isProse(text string) (is bool) {
	query.Parse(text, query.Options{}).Walk(func(node query.Node, _ query.Place) {
		_, here := node.(query.Prose)
		is = is || here
	})
	return is
}

// PutSynonyms keeps words that stand for one another; with the ID of others it
// replaces them, and with fewer than two words it removes them. ErrInvalid for
// new ones with fewer than two.
func (n *Notebook) PutSynonyms(ctx context.Context, s Synonyms) (Synonyms, error) {
	var words []string
	for _, w := range s.Words {
		if w = OneLine(w); w != "" && !slices.ContainsFunc(words, func(o string) bool { return FoldText(o) == FoldText(w) }) {
			words = append(words, w)
		}
	}
	s.Words = words
	op := Op{Name: "edit-synonyms", Label: "Change synonyms " + strings.Join(words, ", ")}
	switch {
	case s.ID == "" && len(words) < 2:
		return s, Problem(ErrInvalid, "synonyms are at least two words")
	case s.ID == "":
		s.ID, op = NewID[SynonymsID](), Op{Name: "add-synonyms", Label: "Add synonyms " + strings.Join(words, ", ")}
	case len(words) < 2:
		op = Op{Name: "remove-synonyms", Label: "Remove synonyms"}
	}
	_, err := n.Update(ctx, op, func(tx Tx) error { return tx.PutSynonyms(s) })
	return s, err
}

// KeepSearch remembers a search for the history of the search box; "" forgets
// them all. It is no step to undo.
func (n *Notebook) KeepSearch(ctx context.Context, text string) error {
	return n.store.KeepSearch(ctx, OneLine(text))
}
