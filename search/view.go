package search

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strconv"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// view is one unchanging state of a volume, for one search.
type view struct {
	snapshot  *scorch.IndexSnapshot
	segments  []*part
	documents float64            // that are alive
	average   map[string]float64 // words of a document in a field that is ranked by
	languages []string           // of stems
	memory    *memory
}

// part is a segment of a view: its documents have numbers from 0 to size.
type part struct {
	segment segment.Segment
	deleted *roaring.Bitmap // nil when none
	size    uint32
	place   int // in the view
	facts   *facts

	dictionaries map[string]segment.TermDictionary
}

// memory is what a volume remembers of its segments, which never change.
type memory struct {
	mu    sync.Mutex
	facts map[uint64]*facts // by the segment's number
}

// facts are of one segment; what takes time is worked out when it is asked for.
type facts struct {
	mu      sync.Mutex
	columns map[string]*column
	numbers []uint32
	begun   map[string][]expansion // by field and prefix

	// For so many deleted documents:
	deletions uint64
	counted   bool
	alive     uint64
	lengths   map[string]uint64 // sums
	languages []string
}

var errNoSnapshot = errors.New("bleve has no snapshot of the index")

// look opens a view of the volume; the caller closes it.
func (v *volume) look() (*view, error) {
	inner, err := v.index.Advanced()
	if err != nil {
		return nil, err
	}
	reader, err := inner.Reader()
	if err != nil {
		return nil, err
	}
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, errors.Join(errNoSnapshot, reader.Close())
	}
	out := &view{snapshot: snapshot, average: map[string]float64{}, memory: &v.memory}
	known := v.memory.of(snapshot)
	sums := map[string]uint64{}
	spoken := map[string]bool{}
	for _, s := range snapshot.Segments() {
		p := &part{segment: s.Segment(), deleted: s.Deleted(), size: uint32(s.Segment().Count()),
			facts: known[s.Id()], dictionaries: map[string]segment.TermDictionary{}}
		if p.size == 0 {
			continue
		}
		alive, lengths, languages, err := p.count()
		if err != nil {
			return nil, errors.Join(err, snapshot.Close())
		}
		out.documents += float64(alive)
		for field, n := range lengths {
			sums[field] += n
		}
		for _, l := range languages {
			if !spoken[l] {
				spoken[l] = true
				out.languages = append(out.languages, l)
			}
		}
		p.place = len(out.segments)
		out.segments = append(out.segments, p)
	}
	for field := range lengthFields {
		out.average[field] = max(float64(sums[field])/max(out.documents, 1), 1)
	}
	return out, nil
}

func (v *view) close() { _ = v.snapshot.Close() } // which cannot fail in a way that matters to a search

// of returns the facts of a snapshot's segments and forgets those of others.
func (m *memory) of(s *scorch.IndexSnapshot) map[uint64]*facts {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := make(map[uint64]*facts, len(s.Segments()))
	for _, seg := range s.Segments() {
		f := m.facts[seg.Id()]
		if f == nil {
			f = &facts{columns: map[string]*column{}, begun: map[string][]expansion{}}
		}
		now[seg.Id()] = f
	}
	m.facts = now
	return now
}

// count counts what is alive: documents, and the words of the fields.
func (p *part) count() (alive uint64, lengths map[string]uint64, languages []string, err error) {
	f := p.facts
	f.mu.Lock()
	defer f.mu.Unlock()
	var deletions uint64
	if p.deleted != nil {
		deletions = p.deleted.GetCardinality()
	}
	if f.counted && f.deletions == deletions {
		return f.alive, f.lengths, f.languages, nil
	}
	f.lengths, f.languages = map[string]uint64{}, nil
	for field, counting := range lengthFields {
		var sum uint64
		err = p.eachTerm(counting, nil, nil, func(term []byte, l segment.PostingsList) error {
			n, err := strconv.ParseUint(string(term), 10, 32)
			sum += n * l.Count()
			return err
		})
		if err != nil {
			return 0, nil, nil, err
		}
		f.lengths[field] = sum
	}
	err = p.eachTerm(fieldStemmed, nil, nil, func(term []byte, l segment.PostingsList) error {
		if l.Count() > 0 {
			f.languages = append(f.languages, string(term))
		}
		return nil
	})
	f.alive, f.deletions, f.counted = uint64(p.size)-deletions, deletions, err == nil
	return f.alive, f.lengths, f.languages, err
}

// dictionary returns the terms of a field. It is of this view alone: reading a
// dictionary changes it.
func (p *part) dictionary(field string) (segment.TermDictionary, error) {
	if d := p.dictionaries[field]; d != nil {
		return d, nil
	}
	d, err := p.segment.Dictionary(field)
	if err == nil {
		p.dictionaries[field] = d
	}
	return d, err
}

// eachTerm hands over the terms of a field from start up to end, in their order,
// with the documents that are alive.
func (p *part) eachTerm(field string, start, end []byte, fn func([]byte, segment.PostingsList) error) error {
	d, err := p.dictionary(field)
	if err != nil {
		return err
	}
	// Reading on and looking up at once would disturb each other.
	again, err := p.segment.Dictionary(field)
	if err != nil {
		return err
	}
	terms := termsOnly(d, nil, start, end)
	var list segment.PostingsList
	for {
		entry, err := terms.Next()
		if err != nil || entry == nil {
			return err
		}
		if list, err = again.PostingsList([]byte(entry.Term), p.deleted, list); err != nil {
			return err
		}
		if err := fn([]byte(entry.Term), list); err != nil {
			return err
		}
	}
}

// termsOnly lists terms without counting their documents, where it can.
func termsOnly(d segment.TermDictionary, a segment.Automaton, start, end []byte) segment.DictionaryIterator {
	quick, ok := d.(interface {
		AutomatonIteratorOmitCount(segment.Automaton, []byte, []byte) segment.DictionaryIterator
	})
	if ok {
		return quick.AutomatonIteratorOmitCount(a, start, end)
	}
	return d.AutomatonIterator(a, start, end)
}

// postings returns the documents of a term that are alive; nil when there are
// none.
func (p *part) postings(field, term string) (segment.PostingsList, error) {
	d, err := p.dictionary(field)
	if err != nil {
		return nil, err
	}
	list, err := d.PostingsList([]byte(term), p.deleted, nil)
	if err != nil || list.Count() == 0 {
		return nil, err
	}
	return list, nil
}

// documentsOf returns the documents of a list as a set, which is not to be
// changed.
func documentsOf(list segment.PostingsList) *roaring.Bitmap {
	if list == nil {
		return roaring.New()
	}
	switch it := list.Iterator(false, false, false, nil).(type) {
	case segment.OptimizablePostingsIterator:
		if n, ok := it.DocNum1Hit(); ok {
			return roaring.BitmapOf(uint32(n))
		}
		if set := it.ActualBitmap(); set != nil {
			return set
		}
	}
	return roaring.New()
}

// set returns the documents of a term that are alive.
func (p *part) set(field, term string) (*roaring.Bitmap, error) {
	list, err := p.postings(field, term)
	if err != nil {
		return nil, err
	}
	return documentsOf(list), nil
}

// all returns every document that is alive.
func (p *part) all() *roaring.Bitmap {
	set := roaring.New()
	set.AddRange(0, uint64(p.size))
	if p.deleted != nil {
		set.AndNot(p.deleted)
	}
	return set
}

// prefixEnd is the first string that does not begin with prefix any more.
func prefixEnd(prefix []byte) []byte {
	end := bytes.Clone(prefix)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i] < 0xFF {
			end[i]++
			return end[:i+1]
		}
	}
	return nil
}

// column is which of its values each document of a segment has, and for those
// with several, the last.
type column struct {
	values []string
	of     []uint32 // by document; 0 is none, else the value's place plus 1
}

// column reads a field once.
func (p *part) column(field string) (*column, error) {
	f := p.facts
	f.mu.Lock()
	defer f.mu.Unlock()
	if c := f.columns[field]; c != nil {
		return c, nil
	}
	c := &column{of: make([]uint32, p.size)}
	whole := *p
	whole.deleted = nil // for every view of this segment
	err := whole.eachTerm(field, nil, nil, func(term []byte, l segment.PostingsList) error {
		c.values = append(c.values, string(term))
		at := uint32(len(c.values))
		documentsOf(l).Iterate(func(d uint32) bool {
			c.of[d] = at
			return true
		})
		return nil
	})
	if err == nil {
		f.columns[field] = c
	}
	return c, err
}

// numbers are the documents' numbers.
func (p *part) numbers() ([]uint32, error) {
	f := p.facts
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.numbers != nil {
		return f.numbers, nil
	}
	values, ok := p.segment.(segment.DocValueVisitable)
	if !ok {
		return nil, errNoSnapshot
	}
	numbers := make([]uint32, p.size)
	var state segment.DocVisitState
	var err error
	for d := range numbers {
		state, err = values.VisitDocValues(uint64(d), []string{fieldNumber}, func(_ string, term []byte) {
			if len(term) == 4 {
				numbers[d] = binary.BigEndian.Uint32(term)
			}
		}, state)
		if err != nil {
			return nil, err
		}
	}
	f.numbers = numbers
	return numbers, nil
}
