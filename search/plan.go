package search

import (
	"context"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/analysis"

	"rejoinder/app"
	"rejoinder/app/query"
)

// node is a part of a query as it is matched against the segments of one view.
type node interface {
	// match returns the documents of a segment among within, or among all for
	// nil, that it matches. Neither set is to be changed.
	match(p *part, within *roaring.Bitmap) (*roaring.Bitmap, error)
}

type (
	both   []node
	either []node
	except struct{ node }
	// fixed are documents that were found beforehand, by segment.
	fixed []*roaring.Bitmap
)

func (n both) match(p *part, within *roaring.Bitmap) (set *roaring.Bitmap, err error) {
	// What has to be read word for word is asked last, about what is left.
	for _, slow := range []bool{false, true} {
		for _, child := range n {
			if isSlow(child) != slow {
				continue
			}
			found, err := child.match(p, within)
			if err != nil {
				return nil, err
			}
			if set == nil {
				set = found
			} else {
				set = roaring.And(set, found)
			}
			if within = set; set.IsEmpty() {
				return set, nil
			}
		}
	}
	return set, nil
}

func isSlow(n node) bool {
	switch n := n.(type) {
	case *phrase:
		return true
	case except:
		return true
	case either:
		return slices.ContainsFunc(n, isSlow)
	case both:
		return slices.ContainsFunc(n, isSlow)
	}
	return false
}

func (n either) match(p *part, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	var sets []*roaring.Bitmap
	for _, child := range n {
		set, err := child.match(p, within)
		if err != nil {
			return nil, err
		}
		sets = append(sets, set)
	}
	return union(sets), nil
}

func (n except) match(p *part, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	if within == nil {
		within = p.all()
	}
	set, err := n.node.match(p, within)
	if err != nil {
		return nil, err
	}
	return roaring.AndNot(within, set), nil
}

func (n fixed) match(p *part, _ *roaring.Bitmap) (*roaring.Bitmap, error) { return n[p.place], nil }

func (w *word) match(p *part, _ *roaring.Bitmap) (*roaring.Bitmap, error) {
	return w.sets[p.place], nil
}

func (f *phrase) match(p *part, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	candidates := f.terms[p.place].any
	if within != nil {
		candidates = roaring.And(candidates, within)
	}
	set, c := roaring.New(), f.matching(p)
	for it := candidates.Iterator(); it.HasNext(); {
		d := it.Next()
		score, err := c.score(d)
		if err != nil {
			return nil, err
		}
		if score > 0 {
			set.Add(d)
		}
	}
	return set, nil
}

// plan is a query made ready for one view.
type plan struct {
	view    *view
	root    node     // nil when nothing is asked for
	scorers []scorer // what ranks, the most telling first
	terms   []app.Term
	short   bool // what is typed stands for more words than are looked for
}

// planner makes plans.
type planner struct {
	ctx       context.Context
	view      *view
	source    source
	sets      *bearers
	out       *plan
	not       int             // under so many exclusions
	deep      int             // in so many collections that fill themselves
	outermost query.Condition // the first of them, which is in the query
	inside    map[string]bool // those that are being looked into
	saved     []string        // their names, the innermost last
	problems  []app.SearchProblem
}

// scope are the fields in which words are looked for.
type scope struct {
	exact, stems []string
}

var everywhere = scope{[]string{fieldTitle, fieldText}, []string{fieldTitleStem, fieldTextStem}}

var scopes = map[string]scope{
	"title":     {[]string{fieldTitle}, []string{fieldTitleStem}},
	"text":      {[]string{fieldText}, []string{fieldTextStem}},
	"note":      {[]string{fieldNote}, []string{fieldNoteStem}},
	"author":    {[]string{fieldAuthor}, nil},
	"publisher": {[]string{fieldPublisher}, nil},
}

// node translates a part of a query; nil when there is nothing in it to look
// for.
func (b *planner) node(n query.Node, in scope) (node, error) {
	if err := b.ctx.Err(); err != nil {
		return nil, err
	}
	switch n := n.(type) {
	case query.And:
		return b.all(n.Nodes, in)
	case query.Or:
		return b.any(n.Nodes, in)
	case query.Not:
		return b.exclusion(n.Node, in)
	case query.Within:
		return b.node(n.Node, scopes[n.Field])
	case query.Word:
		return b.word(n, in)
	case query.Phrase:
		return b.phrase(n, in)
	case query.Near:
		return b.near(n, in)
	case query.Condition:
		return b.condition(n)
	case query.Prose:
		return b.alike(n.Text)
	}
	return nil, nil
}

// all makes one node of several that must all be met. Where two words that
// follow one another are also written as one, that will do as well.
func (b *planner) all(nodes []query.Node, in scope) (node, error) {
	var out both
	for i := 0; i < len(nodes); i++ {
		made, err := b.node(nodes[i], in)
		if err != nil {
			return nil, err
		}
		if made == nil {
			continue
		}
		if i+1 < len(nodes) {
			joined, second, err := b.joined(nodes[i], nodes[i+1], in)
			if err != nil {
				return nil, err
			}
			if joined != nil {
				made = either{both{made, second}, joined}
				i++
			}
		}
		out = append(out, made)
	}
	return unwrap(out), nil
}

func unwrap(nodes both) node {
	switch len(nodes) {
	case 0:
		return nil
	case 1:
		return nodes[0]
	}
	return nodes
}

func (b *planner) any(nodes []query.Node, in scope) (node, error) {
	var out either
	for _, n := range nodes {
		made, err := b.node(n, in)
		if err != nil {
			return nil, err
		}
		if made != nil {
			out = append(out, made)
		}
	}
	switch len(out) {
	case 0:
		return nil, nil
	case 1:
		return out[0], nil
	}
	return out, nil
}

func (b *planner) exclusion(n query.Node, in scope) (node, error) {
	b.not++
	made, err := b.node(n, in)
	b.not--
	if made == nil || err != nil {
		return nil, err
	}
	return except{made}, nil
}

// joined returns, for two plain words that are in the index as one word too
// ("co operation"), that word and the second of the two.
func (b *planner) joined(first, second query.Node, in scope) (whole, other node, err error) {
	x, ok := first.(query.Word)
	y, also := second.(query.Word)
	if !ok || !also || !plain(x) || !plain(y) || len(in.stems) == 0 {
		return nil, nil, nil
	}
	a, c := app.FoldText(x.Text), app.FoldText(y.Text)
	if len(cutWords(a)) != 1 || len(cutWords(c)) != 1 {
		return nil, nil, nil
	}
	known, err := b.view.knows(in.exact, a+c)
	if err != nil || !known {
		return nil, nil, err
	}
	if other, err = b.node(second, in); err != nil || other == nil {
		return nil, nil, err
	}
	whole, err = b.oneWord(a+c, in)
	return whole, other, err
}

// knows says whether a word is in any of the fields.
func (v *view) knows(fields []string, term string) (bool, error) {
	for _, p := range v.segments {
		for _, f := range fields {
			list, err := p.postings(f, term)
			if err != nil || list != nil {
				return list != nil, err
			}
		}
	}
	return false, nil
}

func plain(w query.Word) bool { return !w.Prefix && !w.Wild && w.Fuzzy == 0 && !w.Typed }

// cutWords are the tokens of a text of a query.
func cutWords(text string) analysis.TokenStream { return wordTokenizer{}.Tokenize([]byte(text)) }

// oneWord looks for a word by its stems in the languages of the index, and as it
// is where it is a stop word in one of them.
func (b *planner) oneWord(text string, in scope) (node, error) {
	tokens := cutWords(text)
	if len(tokens) == 0 {
		return nil, nil
	}
	return b.wordLeaf(clauseOf(tokens).first, []byte(text), in)
}

// wordLeaf is a word in its forms, which ranks and is marked.
func (b *planner) wordLeaf(t *analysis.Token, input []byte, in scope) (node, error) {
	w, terms, err := b.formsOf(t, input, in)
	if err != nil {
		return nil, err
	}
	for _, term := range terms {
		b.mark(term)
	}
	return b.leaf(w)
}

// formsOf is a word in its forms, and what is marked for it.
func (b *planner) formsOf(t *analysis.Token, input []byte, in scope) (w *word, terms []app.Term, err error) {
	exact := string(t.Term)
	w = &word{text: exact, near: 1}
	if len(in.stems) == 0 || t.Type == analysis.Single {
		for _, f := range in.exact {
			w.ranked = append(w.ranked, place{f, exact})
		}
		return w, []app.Term{{Words: []string{exact}}}, nil
	}
	stop, foreign := false, false
	for _, language := range b.view.languages {
		foreign = foreign || !writtenPlain[language] && language != plainLanguage
		for _, stem := range stemsOf(language, input, t) {
			if stem == "" {
				stop = true
				continue
			}
			terms = append(terms, app.Term{Words: []string{stem}, Language: language})
			w.rankStem(in.stems, stemTerm(language, stem))
		}
	}
	if stop || foreign {
		for _, f := range in.exact {
			w.also = append(w.also, place{f, exact})
		}
		terms = append(terms, app.Term{Words: []string{exact}})
	}
	if len(w.ranked) == 0 {
		w.weak, w.ranked, w.also = true, w.also, nil
	}
	glued, err := b.glued(exact, in.exact, true)
	for _, form := range glued {
		for _, f := range in.exact {
			w.ranked = append(w.ranked, place{f, form})
		}
		terms = append(terms, app.Term{Words: []string{form}})
	}
	return w, terms, err
}

// mark has a term marked in what is found.
func (b *planner) mark(t app.Term) {
	if b.not > 0 {
		return
	}
	b.out.terms = mergeTerms(b.out.terms, []app.Term{t})
}

// leaf opens a word and has it rank.
func (b *planner) leaf(w *word) (node, error) {
	if err := w.open(b.view); err != nil {
		return nil, err
	}
	b.ranks(w)
	return w, nil
}

func (b *planner) ranks(s scorer) {
	if b.not == 0 {
		b.out.scorers = append(b.out.scorers, s)
	}
}

// word translates a word with whatever operator it has.
func (b *planner) word(w query.Word, in scope) (node, error) {
	switch {
	case w.Wild:
		return b.wild(w.Text, in)
	case w.Fuzzy != 0:
		return b.fuzzy(w.Text, w.Fuzzy, in)
	}
	tokens := cutWords(w.Text)
	if len(tokens) == 0 {
		return nil, nil
	}
	c := clauseOf(tokens)
	begun := (w.Prefix || w.Typed) && c.last != analysis.Single && c.last != analysis.Double
	if len(c.slots) > 1 {
		return b.compound(w, c, begun, in)
	}
	if begun {
		return b.beginning(c.first, w, in)
	}
	return b.split(c, w.Text, in)
}

// compound is a word of several: with hyphens or points, or in a script without
// spaces.
func (b *planner) compound(w query.Word, c clause, begun bool, in scope) (node, error) {
	one, err := b.sequencesOf(c, begun, !w.Prefix, in)
	if err != nil {
		return nil, err
	}
	made, err := b.phraseLeaf(&phrase{text: w.Text, fields: in.exact, items: [][]sequence{one}})
	if err != nil {
		return nil, err
	}
	out := either{made}
	for _, o := range c.others {
		whole, err := b.whole(o, w, begun, in)
		if err != nil {
			return nil, err
		}
		if whole != nil {
			out = append(out, whole)
		}
	}
	if len(out) == 1 {
		return made, nil
	}
	return out, nil
}

// whole looks for another spelling of a compound.
func (b *planner) whole(text string, w query.Word, begun bool, in scope) (node, error) {
	if tokens := cutWords(text); begun && len(tokens) > 0 {
		return b.beginning(tokens[0], query.Word{Text: text, Prefix: w.Prefix, Typed: w.Typed}, in)
	}
	return b.oneWord(text, in)
}

// apartBefore are beginnings that are also written apart or with a hyphen: a
// hyphen is seen to in the index, a space here.
var apartBefore = []string{"co", "non", "anti", "multi", "pre", "e"}

// split looks for a word, also where it is written as two.
func (b *planner) split(c clause, text string, in scope) (node, error) {
	made, err := b.wordLeaf(c.first, []byte(text), in)
	if err != nil || len(in.stems) == 0 {
		return made, err
	}
	exact := c.slots[0]
	out := either{made}
	for _, o := range c.others { // an article that lost its vowel
		other, err := b.oneWord(o, in)
		if err != nil {
			return nil, err
		}
		if other != nil {
			out = append(out, other)
		}
	}
	for _, before := range apartBefore {
		rest, ok := strings.CutPrefix(exact, before)
		if !ok || len(rest) < 4 {
			continue
		}
		f := &phrase{text: before + " " + rest, fields: in.exact, items: [][]sequence{{{{before}, {rest}}}}}
		if err := f.open(b.view); err != nil {
			return nil, err
		}
		if slices.ContainsFunc(f.terms, func(p *phrasePart) bool { return !p.any.IsEmpty() }) {
			b.ranks(f)
			b.mark(app.Term{Words: []string{before, rest}})
			out = append(out, f)
		}
	}
	if len(out) == 1 {
		return made, nil
	}
	return out, nil
}

func (b *planner) phraseLeaf(f *phrase) (node, error) {
	if err := f.open(b.view); err != nil {
		return nil, err
	}
	b.ranks(f)
	for _, item := range f.items {
		for _, s := range item {
			b.markSequence(s)
		}
	}
	return f, nil
}

// markSequence marks a phrase; of alternatives at a place the first ones.
func (b *planner) markSequence(s sequence) {
	ways := [][]string{nil}
	for _, slot := range s {
		var longer [][]string
		for _, way := range ways {
			for _, word := range slot[:min(len(slot), markedEnds)] {
				longer = append(longer, append(slices.Clone(way), word))
			}
		}
		ways = longer[:min(len(longer), markedWays)]
	}
	for _, words := range ways {
		b.mark(app.Term{Words: words})
	}
}

// markedWays is how many ways of writing a phrase are marked.
const markedWays = 100

// markedEnds is how many ways in which a phrase that is being typed may end are
// marked.
const markedEnds = 10
