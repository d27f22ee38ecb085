package app

import "slices"

// How many letters at a passage's edge must be there, but for one, for the edge to
// be sure; how many right beside it show where it is when they are not; and how
// long a piece of the passage may not be gone.
const (
	edgeInside  = 8
	edgeBeside  = 12
	settledPart = 32
)

// settle moves the ends of a candidate with other words than the quote to where
// the passage ends by its surroundings, and says whether it is the whole passage:
// both its ends are sure, and no part of it is gone. A passage whose first
// paragraph stays where the second was moved away is not.
func (a Anchor) settle(c candidate, text *Ground) (candidate, bool) {
	if a.End-a.Start < edgeInside {
		return c, false // too little to tell a change from another word
	}
	quote, prefix, suffix := []rune(a.Quote), []rune(a.Prefix), []rune(a.Suffix)
	reach := edgeBeside + c.errors
	start, startSure := edge(quote, prefix, text.runes, c.start, min(c.end, c.start+reach), reach)
	// The end is the start of what is written backwards.
	n := len(text.runes)
	slices.Reverse(quote)
	slices.Reverse(suffix)
	from := max(0, n-c.end-reach-edgeBeside)
	backwards := slices.Clone(text.runes[max(0, c.start-edgeBeside) : n-from])
	slices.Reverse(backwards)
	end, endSure := edge(quote, suffix, backwards, n-from-c.end, min(len(backwards), n-from-c.end+reach), reach)
	end = n - from - end
	slices.Reverse(quote)
	slices.Reverse(suffix)
	if start >= end {
		return c, false
	}
	settled := candidate{start: start, end: end, errors: distance(quote, text.runes[start:end])}
	if settled.errors > min(len(quote)/4, mostErrors) {
		return c, false
	}
	settled.weigh(text.runes, len(quote), prefix, suffix)
	return settled, startSure && endSure && settled.holds(quote, text.runes)
}

// edge is where a passage starts that was found to start at about at, and whether
// that is sure. It starts with the quote, or else right behind what stood before
// it.
func edge(quote, before, text []rune, at, last, reach int) (start int, sure bool) {
	inside := quote[:min(len(quote), edgeInside)]
	if begins(text[at:min(len(text), at+len(inside)+1)], inside) {
		return at, true
	}
	tail := before[max(0, len(before)-edgeBeside):]
	if len(tail) < edgeBeside { // the passage stood at the text's own edge
		if len(before) == 0 && at > reach {
			return at, false
		}
		if len(before) == 0 {
			return 0, true
		}
	}
	nearest := -1
	for end := max(len(tail), at-reach); end <= last; end++ {
		if slices.Equal(text[end-len(tail):end], tail) && (nearest < 0 || abs(end-at) < abs(nearest-at)) {
			nearest = end
		}
	}
	if nearest < 0 {
		return at, false
	}
	return nearest, true
}

// begins says that text begins with these letters but for one at most. The first
// may be missing, but no other may stand in its place: that would be another word.
func begins(text, letters []rune) bool {
	if len(text) >= len(letters)-1 && slices.Equal(text[:len(letters)-1], letters[1:]) {
		return true
	}
	if len(text) == 0 || FoldRune(text[0]) != FoldRune(letters[0]) {
		return false
	}
	for n := len(letters) - 1; n <= len(letters)+1; n++ {
		if n <= len(text) && distance(letters, text[:n]) <= 1 {
			return true
		}
	}
	return false
}

// holds says that every part of the quote is somewhere in the candidate, with at
// most half of its letters changed.
func (c candidate) holds(quote, text []rune) bool {
	for from := 0; from+settledPart <= len(quote); from += settledPart / 2 {
		part := quote[from : from+settledPart]
		near := text[max(c.start, c.start+from-c.errors-settledPart):min(c.end, c.start+from+settledPart+c.errors+settledPart)]
		if len(sellers(near, part, settledPart/2)) == 0 {
			return false
		}
	}
	return true
}

func abs(n int) int { return max(n, -n) }
