package app

import (
	"slices"
	"sort"
)

// How far around a passage words speak for it, and how many told words must, in
// and around it: more than there are in one phrase.
const (
	witnessReach  = 8 * wordWeight
	witnessEnough = 5 * wordWeight
)

// span is a passage's words on their way to another text.
type span struct {
	*alignment
	p, q        int // the passage's words
	first, last int // the first and the last of them that are there
	lo, hi      int // and which words these are there
}

// wordsIn are the words that the code points start to end touch, without breaks
// at their edges.
func wordsIn(words []wordAt, start, end int) (p, q int) {
	p = sort.Search(len(words), func(i int) bool { return words[i].end > start })
	q = sort.Search(len(words), func(i int) bool { return words[i].start >= end })
	for p < q && words[p].isBreak() {
		p++
	}
	for p < q && words[q-1].isBreak() {
		q--
	}
	return p, max(p, q)
}

// aligned is where the alignment of the two whole texts puts the passage, if that
// is sure: most of its words are there, in order and with hardly any of other
// passages among them, none of its paragraphs went elsewhere, and phrases that
// both texts have only once say so on both of its sides.
func (a Anchor) aligned(old, text *Ground) (Reanchored, bool) {
	s := a.span(old, text)
	var start, end int
	if s.p == s.q {
		var ok bool
		if start, end, ok = s.between(a, old.runes, text.runes); !ok {
			return Reanchored{}, false
		}
	} else {
		if !s.find() || !s.witnessed() || !s.whole(old) {
			return Reanchored{}, false
		}
		var startSure, endSure bool
		start, startSure = s.startAt(a.Start, old.runes, text.runes)
		end, endSure = s.endAt(a.End, old.runes, text.runes)
		if !startSure || !endSure || start >= end {
			return Reanchored{}, false
		}
	}
	quote, found := []rune(a.Quote), text.runes[start:end]
	if slices.Equal(quote, found) {
		return Reanchored{Anchor: anchorAt(text.runes, start, end), State: AnchorExact}, true
	}
	most := min(len(quote)/4, mostErrors)
	errors := distanceWithin(quote, found, most)
	return Reanchored{Anchor: anchorAt(text.runes, start, end), State: AnchorFuzzy, Errors: errors}, errors <= most
}

func (a Anchor) span(old, text *Ground) span {
	s := span{alignment: text.alignmentWith(old)}
	s.p, s.q = wordsIn(s.old, a.Start, a.End)
	return s
}

// refuted says that the alignment speaks against a place that was found without
// it: other passages' words are there, or parts of words, or, when the words are
// not the same, words at its edges that nothing speaks for, or a paragraph of the
// passage is not.
func (a Anchor) refuted(old, text *Ground, start, end int) bool {
	s, exact := a.span(old, text), end-start == a.End-a.Start && string(text.runes[start:end]) == a.Quote
	if s.p == s.q {
		return true // there are no words to tell it by
	}
	lo, hi := wordsIn(s.new, start, end)
	if lo == hi {
		return true
	}
	s.lo, s.hi = lo, hi-1
	first, last := nextPaired(s.from, lo), lastPaired(s.from, hi-1)
	all, strange := 0, 0
	for j := lo; j < hi; j++ {
		n := s.new[j].letters()
		all += n
		i, w := s.from[j], s.new[j]
		cut := w.start < start && a.Start <= s.old[s.p].start || w.end > end && a.End >= s.old[s.q-1].end
		if !w.isBreak() && (cut || i >= 0 && (i < s.p || i >= s.q) || !exact && (j < first || j > last)) {
			strange += n
		}
	}
	return 6*strange > all || !exact && !s.whole(old)
}

// find finds the words of the passage that are there together.
func (s *span) find() bool {
	var shifts []int
	for i := s.p; i < s.q; i++ {
		if s.to[i] >= 0 && !s.old[i].isBreak() {
			shifts = append(shifts, s.to[i]-i)
		}
	}
	if len(shifts) == 0 {
		return false
	}
	slices.Sort(shifts)
	shift, room := shifts[len(shifts)/2], 2+(s.q-s.p)/2
	all, there, elsewhere := 0, 0, 0 // letters
	s.first = nowhere
	for i := s.p; i < s.q; i++ {
		n, j := s.old[i].letters(), s.to[i]
		switch {
		case s.old[i].isBreak():
			continue
		case j < 0:
		case abs(j-i-shift) > room || s.first >= 0 && j <= s.hi:
			elsewhere += n
		default:
			if s.first < 0 {
				s.first, s.lo = i, j
			}
			s.last, s.hi = i, j
			there += n
		}
		all += n
	}
	if s.first < 0 {
		return false
	}
	for j := s.lo; j <= s.hi; j++ {
		if i := s.from[j]; i >= 0 && (i < s.p || i >= s.q) && !s.new[j].isBreak() {
			elsewhere += s.new[j].letters()
		}
	}
	return 2*there >= all && 10*elsewhere <= there
}

// around are the old words of the passage's first and last paragraph that are
// near enough to speak for it.
func (s *span) around() (from, to int) {
	from, to = s.p, s.q
	for weight := 0; from > 0 && weight < witnessReach && !s.old[from-1].isBreak(); from-- {
		weight += s.old[from-1].weight
	}
	for weight := 0; to < len(s.old) && weight < witnessReach && !s.old[to].isBreak(); to++ {
		weight += s.old[to].weight
	}
	return from, to
}

// keeps says that an old word of the passage, or near it, is where it should be.
func (s *span) keeps(i int) bool {
	j := s.to[i]
	switch {
	case j < 0 || s.old[i].isBreak():
		return false
	case i < s.p:
		return j < s.lo && s.lo-j <= 2*(s.p-i)+wordWeight
	case i >= s.q:
		return j > s.hi && j-s.hi <= 2*(i+1-s.q)+wordWeight
	}
	return s.lo <= j && j <= s.hi
}

// witnessed says that told words are in the passage or near it, on both sides of
// its middle. A passage without any has to be beside one of its neighbours.
func (s *span) witnessed() bool {
	beside := s.p > 0 && s.to[s.p-1] == s.lo-1 && !s.old[s.p-1].isBreak() ||
		s.q < len(s.old) && s.to[s.q] == s.hi+1 && !s.old[s.q].isBreak()
	if !beside && !slices.Contains(s.told[s.p:s.q], true) {
		return false
	}
	left, right, all := false, false, 0
	from, to := s.around()
	for i := from; i < to; i++ {
		if s.told[i] && s.keeps(i) {
			left = left || 2*(i-s.p) <= s.q-s.p
			right = right || 2*(i-s.p) >= s.q-s.p-1
			all += s.old[i].weight
		}
	}
	return left && right && all >= witnessEnough
}

// whole says that no paragraph of the passage has gone, and that none at its edge
// may be another that says the same: paragraphs can be moved.
func (s *span) whole(old *Ground) bool {
	all, lost := 0, 0
	from, to := s.around()
	for from < to {
		end := paragraphEnd(s.old, from, to)
		inside, line, there, told := 0, 0, 0, false
		for i := from; i < end; i++ {
			n := s.old[i].letters()
			if i >= s.p && i < s.q {
				inside += n
			}
			line += n
			if s.keeps(i) {
				there += n
				told = told || s.told[i]
			}
		}
		atEdge := (from <= s.p) != (end >= s.q)
		if 2*there < line || !told && atEdge && s.cameTwice(old, max(from, s.p), min(end, s.q)) {
			lost += inside
		}
		all += inside
		from = end + 1
	}
	return 10*lost <= all
}

// cameTwice says that the old text has its words from to to elsewhere too, or
// nearly so.
func (s *span) cameTwice(old *Ground, from, to int) bool {
	if from >= to {
		return false
	}
	start, end := s.old[from].start, s.old[to-1].end
	return slices.ContainsFunc(old.approximations(old.runes[start:end], (end-start)/3), func(m approximate) bool {
		return m.end <= start || m.start >= end
	})
}
