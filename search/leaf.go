package search

import (
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"rejoinder/app"
)

// Ranking is BM25F (Robertson, Zaragoza and Taylor, CIKM 2004): the occurrences
// of a word in the fields of a document, each weighted and set against the
// field's length, are added up before they are dampened. K1 and b are the usual
// ones and tuned to nothing.
const (
	k1 = 1.2
	b  = 0.75
)

// weights say how much an occurrence counts in each field.
var weights = map[string]float64{fieldTitle: 3, fieldTitleStem: 3}

func weightOf(field string) float64 {
	if w, ok := weights[field]; ok {
		return w
	}
	return 1
}

// scorer is a leaf of a plan that ranks.
type scorer interface {
	// best is what no document scores more than.
	best() float64
	// scoring reads a segment; nil when nothing in it matches.
	scoring(p *part) (cursor, error)
	// name says what it is, and explain how a document came to its score.
	name() string
	explain(c cursor, document uint32, score float64) (app.Explanation, error)
}

// cursor scores documents of one segment in ascending order.
type cursor interface {
	// score is 0 for a document that does not match.
	score(document uint32) (float64, error)
}

// saturate turns weighted occurrences into a score.
func saturate(idf, occurrences float64) float64 {
	return idf * occurrences * (k1 + 1) / (k1 + occurrences)
}

// rarity is the inverse document frequency of what is in so many documents.
func rarity(documents, frequency float64) float64 {
	return math.Log(1 + (documents-frequency+0.5)/(frequency+0.5))
}

// place is a term in a field.
type place struct{ field, term string }

// word is a leaf that matches any of some terms. Those that it ranks by count
// as one word: a word in two languages, in the title and in the text.
type word struct {
	text   string
	ranked []place
	also   []place // that it matches as well
	weak   bool    // a stop word, ranked by only when there is nothing else
	near   float64 // how near it is to what was asked for, to 1

	idf   float64
	lists [][]ranked        // by segment
	sets  []*roaring.Bitmap // by segment
	norms map[string]norms
}

// rankStem adds a stem in some fields, once.
func (w *word) rankStem(fields []string, term string) {
	for _, f := range fields {
		if at := (place{f, term}); !slices.Contains(w.ranked, at) {
			w.ranked = append(w.ranked, at)
		}
	}
}

// ranked is a posting list and where it is from.
type ranked struct {
	segment.PostingsList
	field string
}

// norms are by what an occurrence in a field of that length is multiplied, for
// lengths up to their number.
type norms struct{ weight, average float64 }

func (n norms) of(length uint64) float64 {
	return n.weight / (1 - b + b*float64(length)/n.average)
}

// open reads the postings of a word.
func (w *word) open(v *view) error {
	frequency := 0.0
	w.norms = map[string]norms{}
	for _, p := range v.segments {
		var lists []ranked
		var sets []*roaring.Bitmap
		for _, at := range w.ranked {
			list, err := p.postings(at.field, at.term)
			if err != nil {
				return err
			}
			if list != nil {
				lists = append(lists, ranked{list, at.field})
				sets = append(sets, documentsOf(list))
			}
		}
		for _, at := range w.also {
			more, err := p.set(at.field, at.term)
			if err != nil {
				return err
			}
			sets = append(sets, more)
		}
		// A stop word of one language is as frequent as it is written, not as
		// rare as in the documents of the others.
		set := union(sets)
		frequency += float64(set.GetCardinality())
		w.lists, w.sets = append(w.lists, lists), append(w.sets, set)
	}
	for _, at := range w.ranked {
		w.norms[at.field] = norms{weightOf(at.field), max(v.average[at.field], 1)}
	}
	w.idf = rarity(v.documents, frequency) * w.near
	return nil
}

// union returns a set that may be one of those given.
func union(sets []*roaring.Bitmap) *roaring.Bitmap {
	switch len(sets) {
	case 0:
		return roaring.New()
	case 1:
		return sets[0]
	case 2:
		if sets[1].IsEmpty() {
			return sets[0]
		}
		return roaring.Or(sets[0], sets[1])
	}
	return roaring.FastOr(sets...)
}

func (w *word) best() float64 { return w.idf * (k1 + 1) }

func (w *word) name() string { return w.text }

func (w *word) frequency() (n uint64) {
	for _, s := range w.sets {
		n += s.GetCardinality()
	}
	return n
}

// scoring implements scorer.
func (w *word) scoring(p *part) (cursor, error) {
	lists := w.lists[p.place]
	if len(lists) == 0 {
		return nil, nil
	}
	c := &wordCursor{idf: w.idf, lists: make([]listCursor, len(lists))}
	for i, l := range lists {
		c.lists[i] = listCursor{it: l.Iterator(true, true, false, nil), field: l.field, norms: w.norms[l.field]}
		if err := c.lists[i].advance(0); err != nil {
			return nil, err
		}
	}
	return c, nil
}

type wordCursor struct {
	idf   float64
	lists []listCursor
}

func (c *wordCursor) score(document uint32) (float64, error) {
	occurrences := 0.0
	for i := range c.lists {
		n, err := c.lists[i].occurrences(document)
		if err != nil {
			return 0, err
		}
		occurrences += n
	}
	if occurrences == 0 {
		return 0, nil
	}
	return saturate(c.idf, occurrences), nil
}

// listCursor walks one posting list.
type listCursor struct {
	it    segment.PostingsIterator
	at    uint64
	now   segment.Posting
	field string
	norms norms
}

// noMore is behind the last document of any segment.
const noMore = math.MaxUint64

func (c *listCursor) advance(document uint64) (err error) {
	if c.now, err = c.it.Advance(document); err != nil {
		return err
	}
	if c.at = noMore; c.now != nil {
		c.at = c.now.Number()
	}
	return nil
}

// occurrences are weighted and set against the field's length.
func (c *listCursor) occurrences(document uint32) (float64, error) {
	if c.at < uint64(document) {
		if err := c.advance(uint64(document)); err != nil {
			return 0, err
		}
	}
	if c.at != uint64(document) {
		return 0, nil
	}
	return float64(c.now.Frequency()) * c.norms.of(lengthOf(c.now)), nil
}

// lengthOf is how many words the field has in which a posting stands.
func lengthOf(p segment.Posting) uint64 {
	if exact, ok := p.(interface{ NormUint64() uint64 }); ok {
		return exact.NormUint64()
	}
	norm := p.Norm()
	return uint64(math.Round(1 / (norm * norm)))
}
