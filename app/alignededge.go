package app

import "slices"

// between is where a passage without words is, between the two words that stood
// on its sides.
func (s *span) between(a Anchor, old, text []rune) (start, end int, sure bool) {
	if isBlank(a.Quote) {
		return 0, 0, false
	}
	after := s.p // the first word that does not stand before the passage
	for after < len(s.old) && s.old[after].isBreak() {
		after++
	}
	before := min(after, len(s.old)) - 1
	for before >= 0 && s.old[before].isBreak() {
		before--
	}
	if before < 0 || after == len(s.old) || !s.told[before] || !s.told[after] || s.to[after] <= s.to[before] {
		return 0, 0, false
	}
	from, to := s.old[before].end, s.old[after].start
	at := s.new[s.to[before]].end
	if a.Start < from || a.End > to || !slices.Equal(old[from:to], text[at:s.new[s.to[after]].start]) {
		return 0, 0, false
	}
	return at + a.Start - from, at + a.End - from, true
}

// startAt is where the passage starts in the new text.
func (s *span) startAt(start int, old, text []rune) (at int, sure bool) {
	word := s.old[s.p]
	at = s.new[s.lo].start
	if s.first == s.p {
		if start >= word.start {
			return at + start - word.start, true
		}
		if lead := old[start:word.start]; at >= len(lead) && slices.Equal(text[at-len(lead):at], lead) {
			at -= len(lead)
		}
		return at, true
	}
	if start > word.start {
		return at, false // a part of a word that is not there
	}
	// Its first words are gone, or others stand in their places.
	best, fewest := at, s.old[s.first].start-start
	before := lastPaired(s.to, s.p-1)
	if before >= 0 && s.lo-s.to[before] == s.first-before {
		if other := s.new[s.lo-(s.first-s.p)].start; s.mayStandIn(at - other) {
			return other, true
		}
		return at, true
	}
	for j := s.lo - 1; j >= max(0, s.lo-(s.first-s.p)-2) && s.isNew(j); j-- {
		piece := text[s.new[j].start:at]
		if d := distance(old[start:s.old[s.first].start], piece); d < fewest && 2*d <= len(piece) {
			best, fewest = s.new[j].start, d
		}
	}
	return best, true
}

// endAt is where the passage ends in the new text.
func (s *span) endAt(end int, old, text []rune) (at int, sure bool) {
	word := s.old[s.q-1]
	at = s.new[s.hi].end
	if s.last == s.q-1 {
		if end <= word.end {
			return at - (word.end - end), true
		}
		if trail := old[word.end:end]; at+len(trail) <= len(text) && slices.Equal(text[at:at+len(trail)], trail) {
			at += len(trail)
		}
		return at, true
	}
	if end < word.end {
		return at, false
	}
	best, fewest := at, end-s.old[s.last].end
	after := nextPaired(s.to, s.q)
	if after < len(s.old) && s.to[after]-s.hi == after-s.last {
		if other := s.new[s.hi+(s.q-1-s.last)].end; s.mayStandIn(other - at) {
			return other, true
		}
		return at, true
	}
	for j := s.hi + 1; j < min(len(s.new), s.hi+s.q-s.last+2) && s.isNew(j); j++ {
		piece := text[at:s.new[j].end]
		if d := distance(old[s.old[s.last].end:end], piece); d < fewest && 2*d <= len(piece) {
			best, fewest = s.new[j].end, d
		}
	}
	return best, true
}

// isNew says that a new word was no other one in the old text.
func (s *span) isNew(j int) bool { return s.from[j] < 0 && !s.new[j].isBreak() }

// mayStandIn says that so many letters of other words may stand instead of words
// at the passage's edge.
func (s *span) mayStandIn(letters int) bool {
	return 6*letters <= s.old[s.q-1].end-s.old[s.p].start
}

// distanceWithin is the distance between a and b, or more than most when it is more.
func distanceWithin(a, b []rune, most int) int {
	if abs(len(a)-len(b)) > most {
		return most + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = min(j, most+1)
	}
	for i, x := range a { // only what is near the diagonal can come to so little
		from, to := max(0, i-most), min(len(b), i+most+1)
		diagonal := row[from]
		row[from] = most + 1
		if from == 0 {
			row[0] = i + 1
		}
		for j := from; j < to; j++ {
			cost := diagonal
			if x != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1, most+1)
		}
	}
	return row[len(b)]
}
