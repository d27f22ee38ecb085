package search

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum/levenshtein"
	vellumregexp "github.com/blevesearch/vellum/regexp"

	"rejoinder/app"
	"rejoinder/app/query"
)

// How many words a beginning stands for, the most frequent first: those that
// rank; those inside a phrase, which cannot take them all.
const (
	rankedWords = 10
	fewWords    = 5 // while one or two letters are typed: the next key is near
	typedWords  = 50
	phraseWords = 1000
	// similarWords is how many words a misspelt one stands for.
	similarWords = 50
)

// expansion is a word of the index that an operator stands for.
type expansion struct {
	term  string
	count uint64 // of documents
	near  float64
}

// remembered is how many expansions of a prefix are kept for each segment: more
// than are ever ranked, so that their sums over the segments are nearly right.
const remembered = 128

// knownPrefixes is of how many prefixes a segment remembers the expansions.
const knownPrefixes = 1000

// shortPrefix is the length in bytes up to which expansions are kept.
const shortPrefix = 3

// begun lists the words that begin so, the most frequent first.
func (v *view) begun(fields []string, prefix string, limit int) ([]expansion, error) {
	counts := map[string]uint64{}
	var mu sync.Mutex
	err := v.inEach(func(_ int, p *part) error {
		for _, field := range fields {
			words, err := p.begun(field, prefix, limit)
			if err != nil {
				return err
			}
			mu.Lock()
			for _, w := range words {
				counts[w.term] += w.count
			}
			mu.Unlock()
		}
		return nil
	})
	return most(counts, limit), err
}

func most(counts map[string]uint64, limit int) []expansion {
	out := make([]expansion, 0, len(counts))
	for term, n := range counts {
		out = append(out, expansion{term, n, 1})
	}
	slices.SortFunc(out, func(a, b expansion) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.term, b.term))
	})
	return out[:min(limit, len(out))]
}

// begun lists the words of a segment; those of a short prefix are found once.
func (p *part) begun(field, prefix string, limit int) ([]expansion, error) {
	keep := len(prefix) <= shortPrefix && limit <= remembered
	if !keep {
		return p.beginning(field, prefix, 0)
	}
	deletions := uint64(0)
	if p.deleted != nil {
		deletions = p.deleted.GetCardinality()
	}
	f, key := p.facts, fmt.Sprint(deletions, " ", field, " ", prefix)
	f.mu.Lock()
	known, ok := f.begun[key]
	f.mu.Unlock()
	if ok {
		return known, nil
	}
	words, err := p.beginning(field, prefix, remembered)
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	if len(f.begun) >= knownPrefixes {
		clear(f.begun)
	}
	f.begun[key] = words
	f.mu.Unlock()
	return words, nil
}

func (p *part) beginning(field, prefix string, limit int) ([]expansion, error) {
	var words []expansion
	err := p.eachTerm(field, []byte(prefix), prefixEnd([]byte(prefix)), func(term []byte, l segment.PostingsList) error {
		if n := l.Count(); n > 0 {
			words = append(words, expansion{string(term), n, 1})
		}
		return nil
	})
	if limit > 0 && len(words) > limit {
		slices.SortFunc(words, func(a, b expansion) int { return cmp.Compare(b.count, a.count) })
		words = slices.Clone(words[:limit])
	}
	return words, err
}

// beginning looks for words by their beginning. Complete ones are found by any;
// while the user types the most frequent ones do.
func (b *planner) beginning(t *analysis.Token, w query.Word, in scope) (node, error) {
	prefix := string(t.Term)
	most := rankedWords
	if !w.Prefix && utf8.RuneCountInString(prefix) <= 2 {
		most = fewWords
	}
	words, err := b.view.begun(in.exact, prefix, most)
	if err != nil {
		return nil, err
	}
	b.mark(app.Term{Words: []string{prefix}, Prefix: true})
	if w.Prefix {
		return b.expanded(words, in, func(p *part, field string) (*roaring.Bitmap, error) {
			return p.allBegun(field, prefix)
		})
	}
	b.out.short = b.out.short || len(words) == most
	out, err := b.ranked(words, in)
	if err != nil {
		return nil, err
	}
	// What is typed may be a whole word already, in another form.
	marks := b.out.terms
	whole, err := b.wordLeaf(t, []byte(w.Text), in)
	b.out.terms = marks
	if err != nil || len(out) == 0 {
		return whole, err
	}
	return append(out, whole), nil
}

// ranked makes a leaf of each word.
func (b *planner) ranked(words []expansion, in scope) (either, error) {
	var out either
	for _, w := range words {
		l := &word{text: w.term, near: w.near}
		for _, f := range in.exact {
			l.ranked = append(l.ranked, place{f, w.term})
		}
		made, err := b.leaf(l)
		if err != nil {
			return nil, err
		}
		out = append(out, made)
	}
	return out, nil
}

// expanded matches everything of which find knows, and ranks by some of it.
func (b *planner) expanded(words []expansion, in scope, find func(*part, string) (*roaring.Bitmap, error)) (node, error) {
	// These rank; what find finds is as much and more.
	if _, err := b.ranked(words[:min(len(words), rankedWords)], in); err != nil {
		return nil, err
	}
	all := make(fixed, len(b.view.segments))
	return all, b.view.inEach(func(i int, p *part) error {
		if b.ctx.Err() != nil {
			return context.Cause(b.ctx)
		}
		var sets []*roaring.Bitmap
		for _, f := range in.exact {
			set, err := find(p, f)
			if err != nil {
				return err
			}
			sets = append(sets, set)
		}
		all[i] = union(sets)
		return nil
	})
}

// allBegun are the documents of every word that begins so.
func (p *part) allBegun(field, prefix string) (*roaring.Bitmap, error) {
	g := newGathering(p.size)
	err := p.eachTerm(field, []byte(prefix), prefixEnd([]byte(prefix)), func(_ []byte, l segment.PostingsList) error {
		g.add(l)
		return nil
	})
	return g.set(), err
}

// gathering joins many sets, most of them small.
type gathering struct {
	bits  []uint64
	large []*roaring.Bitmap
}

func newGathering(size uint32) *gathering { return &gathering{bits: make([]uint64, (size+63)/64)} }

// smallSet is up to how many documents are put in one by one.
const smallSet = 2000

func (g *gathering) add(l segment.PostingsList) {
	set := documentsOf(l)
	if set.GetCardinality() > smallSet {
		g.large = append(g.large, set.Clone()) // the list is read again for the next word
		return
	}
	set.Iterate(func(d uint32) bool {
		g.bits[d/64] |= 1 << (d % 64)
		return true
	})
}

func (g *gathering) set() *roaring.Bitmap {
	return union(append(g.large, roaring.FromDense(g.bits, false)))
}

// wild looks for words with * and ? in them.
func (b *planner) wild(text string, in scope) (node, error) {
	var pattern strings.Builder
	for _, r := range unwritten.Replace(text) { // a word with hyphens is in the index without them too
		switch r {
		case '*':
			pattern.WriteString(".*")
		case '?':
			pattern.WriteString(".")
		default:
			pattern.WriteString(regexp.QuoteMeta(app.FoldText(string(r))))
		}
	}
	written, err := vellumregexp.New(pattern.String())
	if err != nil {
		return nil, err
	}
	found, err := b.taken(in.exact, written, func(uint8) float64 { return 1 })
	if err != nil {
		return nil, err
	}
	return b.terms(found, in)
}

// fuzzy looks for words that are spelt nearly so.
func (b *planner) fuzzy(text string, edits int, in scope) (node, error) {
	tokens := cutWords(text)
	if len(tokens) == 0 {
		return nil, nil
	}
	c := clauseOf(tokens)
	if len(c.slots) > 1 && len(c.others) == 0 { // a script without spaces
		return b.compound(query.Word{Text: text}, c, false, in)
	}
	term := c.slots[0]
	if len(c.slots) > 1 {
		term = c.others[0]
	}
	n := utf8.RuneCountInString(term)
	if most := editsFor(n); edits < 0 || edits > 2 {
		edits = most
	}
	if edits == 0 {
		return b.oneWord(text, in)
	}
	found, err := b.similar(in.exact, term, edits)
	if err != nil {
		return nil, err
	}
	return b.terms(found, in)
}

// spelling makes automata of words that differ by at most so many letters; two
// that changed places are one.
var spelling = sync.OnceValues(func() (out [3]*levenshtein.LevenshteinAutomatonBuilder, err error) {
	for edits := range out[1:] {
		if out[edits+1], err = levenshtein.NewLevenshteinAutomatonBuilder(uint8(edits+1), true); err != nil {
			return out, err
		}
	}
	return out, nil
})

// similar lists the words that are spelt nearly so.
func (b *planner) similar(fields []string, term string, edits int) (map[string]expansion, error) {
	builders, err := spelling()
	if err != nil {
		return nil, err
	}
	nearly, err := builders[edits].BuildDfa(term, uint8(edits))
	if err != nil {
		return nil, err
	}
	letters := float64(utf8.RuneCountInString(term) + 1)
	return b.taken(fields, nearly, func(distance uint8) float64 { return 1 - float64(distance)/letters })
}

// taken lists the words that an automaton takes, and how near each is to what
// was asked for. It goes through whole dictionaries, on all processors.
func (b *planner) taken(fields []string, by segment.Automaton, near func(distance uint8) float64) (map[string]expansion, error) {
	found := map[string]expansion{}
	var mu sync.Mutex
	return found, b.view.inEach(func(_ int, p *part) error {
		for _, f := range fields {
			if b.ctx.Err() != nil {
				return context.Cause(b.ctx)
			}
			err := p.takenTerms(f, by, func(term string, distance uint8, count uint64) {
				mu.Lock()
				defer mu.Unlock()
				found[term] = expansion{term, found[term].count + count, near(distance)}
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// takenTerms hands over the terms of a field that an automaton takes and that
// stand in documents that are alive.
func (p *part) takenTerms(field string, by segment.Automaton, fn func(string, uint8, uint64)) error {
	d, err := p.segment.Dictionary(field)
	if err != nil {
		return err
	}
	terms := termsOnly(d, by, nil, nil)
	for {
		entry, err := terms.Next()
		if err != nil || entry == nil {
			return err
		}
		term, distance := entry.Term, entry.EditDistance
		list, err := p.postings(field, term)
		if err != nil {
			return err
		}
		if list != nil {
			fn(term, distance, list.Count())
		}
	}
}

// editsFor is how many letters of a word of that length may be wrong.
func editsFor(letters int) int {
	switch {
	case letters < 4:
		return 0
	case letters < 8:
		return 1
	}
	return 2
}

// terms looks for all of some words, and ranks by the nearest and most frequent.
func (b *planner) terms(found map[string]expansion, in scope) (node, error) {
	words := make([]expansion, 0, len(found))
	for _, w := range found {
		words = append(words, w)
	}
	slices.SortFunc(words, func(x, y expansion) int {
		return cmp.Or(cmp.Compare(y.near, x.near), cmp.Compare(y.count, x.count), cmp.Compare(x.term, y.term))
	})
	for _, w := range words[:min(len(words), similarWords)] {
		b.mark(app.Term{Words: []string{w.term}})
	}
	return b.expanded(words, in, func(p *part, field string) (*roaring.Bitmap, error) {
		g := newGathering(p.size)
		for _, w := range words {
			list, err := p.postings(field, w.term)
			if err != nil {
				return nil, err
			}
			if list != nil {
				g.add(list)
			}
		}
		return g.set(), nil
	})
}
