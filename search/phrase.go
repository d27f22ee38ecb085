package search

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// sequence is terms one after another; at each place any of several.
type sequence [][]string

// phrase is a leaf that matches sequences of words, or several that stand near
// to each other. Any of the sequences of an item will do.
type phrase struct {
	text    string
	fields  []string
	items   [][]sequence
	between int // how many other words may stand among the items at most; for one item nothing

	idf   float64
	norms map[string]norms
	terms []*phrasePart // by segment
}

// phrasePart is a phrase in one segment: by field, the terms and the documents
// that have them all.
type phrasePart struct {
	lists      []map[string]segment.PostingsList
	candidates []*roaring.Bitmap
	any        *roaring.Bitmap
}

// open reads the posting lists of a phrase.
func (f *phrase) open(v *view) error {
	f.norms = map[string]norms{}
	for _, field := range f.fields {
		f.norms[field] = norms{weightOf(field), max(v.average[field], 1)}
	}
	frequencies := map[string]float64{}
	for _, p := range v.segments {
		part := &phrasePart{}
		for _, field := range f.fields {
			lists := map[string]segment.PostingsList{}
			for _, t := range f.allTerms() {
				list, err := p.postings(field, t)
				if err != nil {
					return err
				}
				if list != nil {
					lists[t] = list
					frequencies[t] += float64(list.Count())
				}
			}
			part.lists = append(part.lists, lists)
			part.candidates = append(part.candidates, f.candidates(lists))
		}
		part.any = union(part.candidates)
		f.terms = append(f.terms, part)
	}
	for _, item := range f.items {
		for _, slot := range item[0] { // the other sequences say the same
			frequency := 0.0
			for _, t := range slot {
				frequency += frequencies[t]
			}
			f.idf += rarity(v.documents, min(frequency, v.documents))
		}
	}
	return nil
}

func (f *phrase) allTerms() []string {
	var out []string
	for _, item := range f.items {
		for _, s := range item {
			for _, slot := range s {
				out = append(out, slot...)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// candidates are the documents that have the words, wherever they stand.
func (f *phrase) candidates(lists map[string]segment.PostingsList) *roaring.Bitmap {
	var out *roaring.Bitmap
	for _, item := range f.items {
		var either []*roaring.Bitmap
		for _, s := range item {
			either = append(either, allOf(s, lists))
		}
		set := union(either)
		if out == nil {
			out = set
		} else {
			out = roaring.And(out, set)
		}
		if out.IsEmpty() {
			return out
		}
	}
	return out
}

func allOf(s sequence, lists map[string]segment.PostingsList) *roaring.Bitmap {
	var out *roaring.Bitmap
	for _, slot := range s {
		var either []*roaring.Bitmap
		for _, t := range slot {
			if l := lists[t]; l != nil {
				either = append(either, documentsOf(l))
			}
		}
		set := union(either)
		if out == nil {
			out = set
		} else {
			out = roaring.And(out, set)
		}
		if out.IsEmpty() {
			break
		}
	}
	return out
}

func (f *phrase) best() float64 { return f.idf * (k1 + 1) }

func (f *phrase) name() string { return f.text }

// scoring implements scorer.
func (f *phrase) scoring(p *part) (cursor, error) { return f.matching(p), nil }

// matching returns a cursor over a segment.
func (f *phrase) matching(p *part) *phraseCursor {
	c := &phraseCursor{phrase: f, in: p, part: f.terms[p.place], last: -1}
	for range f.fields {
		c.positions = append(c.positions, map[string]*positions{})
		c.counts = append(c.counts, map[string]*listCursor{})
	}
	return c
}

// most is what a document can score at most: a phrase stands nowhere more often
// than its rarest word. It costs a small part of reading the positions.
func (c *phraseCursor) most(document uint32) (float64, error) {
	if c.last == int64(document) {
		return c.lastScore, nil
	}
	occurrences := 0.0
	for i, field := range c.phrase.fields {
		if !c.part.candidates[i].Contains(document) {
			continue
		}
		least, length := uint64(noMore), uint64(0)
		for _, item := range c.phrase.items {
			n := uint64(0)
			for _, s := range item {
				rarest, long, err := c.rarest(i, s, document)
				if err != nil {
					return 0, err
				}
				n, length = n+rarest, max(length, long)
			}
			least = min(least, n)
		}
		occurrences += float64(least) * c.phrase.norms[field].of(length)
	}
	return saturate(c.phrase.idf, occurrences), nil
}

// rarest is how often the rarest word of a sequence stands in a field.
func (c *phraseCursor) rarest(field int, s sequence, document uint32) (least, length uint64, err error) {
	least = noMore
	for _, slot := range s {
		n := uint64(0)
		for _, t := range slot {
			l, ok := c.counts[field][t]
			if !ok {
				if list := c.part.lists[field][t]; list != nil {
					l = &listCursor{it: list.Iterator(true, true, false, nil)}
					if err := l.advance(uint64(document)); err != nil {
						return 0, 0, err
					}
				}
				c.counts[field][t] = l
			}
			if l == nil {
				continue
			}
			if l.at < uint64(document) {
				if err := l.advance(uint64(document)); err != nil {
					return 0, 0, err
				}
			}
			if l.at == uint64(document) {
				n, length = n+l.now.Frequency(), lengthOf(l.now)
			}
		}
		if least = min(least, n); least == 0 {
			break
		}
	}
	return least, length, nil
}

// phraseCursor reads where the words of a phrase stand.
type phraseCursor struct {
	phrase    *phrase
	in        *part
	part      *phrasePart
	positions []map[string]*positions  // by field and term
	counts    []map[string]*listCursor // the same without the positions

	last      int64 // the document that was read
	lastScore float64
	read      int // how many were
}

// positions walks a posting list with the places of its word.
type positions struct {
	listCursor
	document uint64
	found    []int
}

func (c *positions) in(document uint32) ([]int, error) {
	if c.at < uint64(document) {
		if err := c.advance(uint64(document)); err != nil {
			return nil, err
		}
	}
	if c.at != uint64(document) {
		return nil, nil
	}
	if c.document != c.at {
		c.document, c.found = c.at, c.found[:0]
		for _, l := range c.now.Locations() {
			c.found = append(c.found, int(l.Pos()))
		}
	}
	return c.found, nil
}

// score implements cursor.
func (c *phraseCursor) score(document uint32) (float64, error) {
	if c.last == int64(document) {
		return c.lastScore, nil
	}
	c.last, c.lastScore, c.read = int64(document), 0, c.read+1
	occurrences := 0.0
	for i, field := range c.phrase.fields {
		if !c.part.candidates[i].Contains(document) {
			continue
		}
		count, length, err := c.count(i, document)
		if err != nil {
			return 0, err
		}
		if count > 0 {
			occurrences += float64(count) * c.phrase.norms[field].of(length)
		}
	}
	if occurrences > 0 {
		c.lastScore = saturate(c.phrase.idf, occurrences)
	}
	return c.lastScore, nil
}

// count says how often the phrase stands in a field, and how long that is.
func (c *phraseCursor) count(field int, document uint32) (n int, length uint64, err error) {
	var items [][]span
	for _, item := range c.phrase.items {
		var spans []span
		for _, s := range item {
			found, at, err := c.spans(field, s, document)
			if err != nil {
				return 0, 0, err
			}
			spans, length = append(spans, found...), max(length, at)
		}
		if len(spans) == 0 {
			return 0, length, nil
		}
		slices.SortFunc(spans, func(a, b span) int { return a.start - b.start })
		items = append(items, spans)
	}
	if len(items) == 1 {
		return len(items[0]), length, nil
	}
	return together(items, c.phrase.between), length, nil
}

// span is from the place of a sequence's first word to behind its last.
type span struct{ start, end int }

// spans finds a sequence in a document.
func (c *phraseCursor) spans(field int, s sequence, document uint32) (out []span, length uint64, err error) {
	var places [][]int
	for _, slot := range s {
		var at []int
		for _, t := range slot {
			p, err := c.positionsOf(field, t, document)
			if err != nil {
				return nil, 0, err
			}
			if p == nil {
				continue
			}
			found, err := p.in(document)
			if err != nil {
				return nil, 0, err
			}
			if len(found) > 0 {
				at, length = append(at, found...), lengthOf(p.now)
			}
		}
		if len(at) == 0 {
			return nil, length, nil
		}
		if len(slot) > 1 {
			slices.Sort(at)
		}
		places = append(places, at)
	}
	for _, start := range places[0] {
		fits := true
		for i, at := range places[1:] {
			if _, fits = slices.BinarySearch(at, start+i+1); !fits {
				break
			}
		}
		if fits {
			out = append(out, span{start, start + len(s)})
		}
	}
	return out, length, nil
}

func (c *phraseCursor) positionsOf(field int, term string, document uint32) (*positions, error) {
	if p, ok := c.positions[field][term]; ok {
		return p, nil
	}
	var p *positions
	if list := c.part.lists[field][term]; list != nil {
		p = &positions{listCursor: listCursor{it: list.Iterator(true, true, true, nil)}, document: noMore}
		if err := p.advance(uint64(document)); err != nil {
			return nil, err
		}
	}
	c.positions[field][term] = p
	return p, nil
}

// together counts the places where one span of each item stands with at most so
// many other words among them. The places do not overlap, nor do the spans in
// one: two items are not met by the same word.
func together(items [][]span, between int) int {
	var starts []int
	for _, spans := range items {
		for _, s := range spans {
			starts = append(starts, s.start)
		}
	}
	slices.Sort(starts)
	n, from := 0, 0
	for _, start := range slices.Compact(starts) {
		if start < from {
			continue
		}
		c := choice{items: items, between: between, from: start, steps: maxSteps}
		if c.choose(0) {
			n++
			for _, s := range c.chosen {
				from = max(from, s.end)
			}
		}
	}
	return n
}

// maxSteps bounds what is tried at one place: words that repeat dozens of times
// in a query and in a text could be put together in more ways than there is time
// for.
const maxSteps = 5000

// choice tries spans of the items, one after another.
type choice struct {
	items   [][]span
	between int
	from    int // where the place begins
	chosen  []span
	steps   int
}

// choose finds spans for the items from i on.
func (c *choice) choose(i int) bool {
	if c.steps--; c.steps < 0 {
		return false
	}
	if i == len(c.items) {
		return c.near()
	}
	spans := c.items[i]
	first, _ := slices.BinarySearchFunc(spans, c.from, func(s span, at int) int { return s.start - at })
	for _, s := range spans[first:] {
		if slices.ContainsFunc(c.chosen, func(o span) bool { return s.start < o.end && o.start < s.end }) {
			continue
		}
		c.chosen = append(c.chosen, s)
		if !c.within() {
			c.chosen = c.chosen[:i]
			break // those behind are farther still
		}
		if c.choose(i + 1) {
			return true
		}
		c.chosen = c.chosen[:i]
	}
	return false
}

// within says that what was chosen can still be near enough: the others may at
// most fill all the room.
func (c *choice) within() bool {
	last, words := 0, 0
	for _, s := range c.chosen {
		last, words = max(last, s.end), words+s.end-s.start
	}
	for _, spans := range c.items[len(c.chosen):] {
		words += spans[0].end - spans[0].start + slack
	}
	return last-c.from-words <= c.between
}

// slack is by how many words two ways of writing an item may differ.
const slack = 4

func (c *choice) near() bool {
	first, last, words := c.chosen[0].start, 0, 0
	for _, s := range c.chosen {
		first, last, words = min(first, s.start), max(last, s.end), words+s.end-s.start
	}
	return first == c.from && last-first-words <= c.between
}
