package search

import (
	"slices"

	"github.com/blevesearch/bleve/v2/analysis"

	"rejoinder/app/query"
)

// clause is what the tokens of a word or a phrase mean.
type clause struct {
	slots  []string // the terms, one after another
	first  *analysis.Token
	last   analysis.TokenType
	others []string // other spellings that stand for the whole
	inside []inside // other spellings of some of the slots
}

// inside is a spelling that stands for the slots from start up to end.
type inside struct {
	start, end int
	term       string
}

// clauseOf takes the pairs of a script without spaces, and its last character
// only where a word follows: the pairs before it already say where it stands.
func clauseOf(tokens analysis.TokenStream) clause {
	c := clause{last: analysis.AlphaNumeric}
	at := map[int]*analysis.Token{}
	start, end, last := tokens[0].Start, 0, 0
	for _, t := range tokens {
		start, end, last = min(start, t.Start), max(end, t.End), max(last, t.Position)
		if had := at[t.Position]; t.Type != analysis.Shingle && t.Type != echo && (had == nil || t.Type == analysis.Double) {
			at[t.Position] = t
		}
	}
	slot := map[int]int{} // of a position
	for pos := 1; pos <= last; pos++ {
		t := at[pos]
		if t == nil || pos == last && t.Type == analysis.Single && c.last == analysis.Double {
			continue
		}
		c.last = t.Type
		slot[pos] = len(c.slots)
		if c.first == nil {
			c.first = t
		}
		c.slots = append(c.slots, string(t.Term))
	}
	for _, t := range tokens {
		if t.Type != analysis.Shingle {
			continue
		}
		if t.Start == start && t.End == end {
			c.others = append(c.others, string(t.Term))
			continue
		}
		from, ok := slot[t.Position]
		to := from
		for to < len(c.slots) && at[t.Position+to-from] != nil && at[t.Position+to-from].End <= t.End {
			to++
		}
		if ok && to > from {
			c.inside = append(c.inside, inside{from, to, string(t.Term)})
		}
	}
	return c
}

// sequencesOf are the ways in which the words of a clause may follow one another.
// With begun the last word is the beginning of one; a capped one need not be
// complete.
func (b *planner) sequencesOf(c clause, begun, capped bool, in scope) ([]sequence, error) {
	whole := make(sequence, len(c.slots))
	for i, s := range c.slots {
		forms, err := b.glued(s, in.exact, false)
		if err != nil {
			return nil, err
		}
		whole[i] = append([]string{s}, forms...)
	}
	if begun {
		limit := phraseWords
		if capped {
			limit = typedWords
		}
		words, err := b.view.begun(in.exact, c.slots[len(c.slots)-1], limit)
		if err != nil {
			return nil, err
		}
		if len(words) > 0 {
			ends := make([]string, len(words))
			for i, w := range words {
				ends[i] = w.term
			}
			whole[len(whole)-1] = ends
		}
	}
	out := []sequence{whole}
	for _, other := range c.inside {
		s := slices.Clone(whole[:other.start])
		s = append(s, []string{other.term})
		out = append(out, append(s, whole[other.end:]...))
	}
	return out, nil
}

// phrase translates words that follow one another.
func (b *planner) phrase(n query.Phrase, in scope) (node, error) {
	tokens := cutWords(n.Text)
	if len(tokens) == 0 {
		return nil, nil
	}
	c := clauseOf(tokens)
	if n.Slop > 0 && len(c.slots) > 1 {
		var items [][]sequence
		for _, s := range c.slots {
			forms, err := b.glued(s, in.exact, false)
			if err != nil {
				return nil, err
			}
			items = append(items, []sequence{{append([]string{s}, forms...)}})
		}
		return b.phraseLeaf(&phrase{text: n.Text, fields: in.exact, items: items, between: n.Slop})
	}
	begun := n.Typed && c.last != analysis.Single && c.last != analysis.Double
	one, err := b.sequencesOf(c, begun, true, in)
	if err != nil {
		return nil, err
	}
	for _, o := range c.others {
		one = append(one, sequence{{o}})
	}
	return b.phraseLeaf(&phrase{text: n.Text, fields: in.exact, items: [][]sequence{one}})
}

// near translates words and phrases that stand near to each other.
func (b *planner) near(n query.Near, in scope) (node, error) {
	f := &phrase{text: "NEAR", fields: in.exact, between: n.Distance}
	for _, item := range n.Nodes {
		var text string
		begun, capped := false, false
		switch item := item.(type) {
		case query.Word:
			text, begun, capped = item.Text, item.Prefix || item.Typed, !item.Prefix
		case query.Phrase:
			text = item.Text
		}
		f.text += " " + text
		tokens := cutWords(text)
		if len(tokens) == 0 {
			continue
		}
		c := clauseOf(tokens)
		ways, err := b.sequencesOf(c, begun, capped, in)
		if err != nil {
			return nil, err
		}
		for _, o := range c.others {
			ways = append(ways, sequence{{o}})
		}
		f.items = append(f.items, ways)
	}
	if len(f.items) == 0 {
		return nil, nil
	}
	return b.phraseLeaf(f)
}
