package app

import "slices"

// Anchor says where a passage stands in a text. Start and End are code points,
// End exclusive; Quote is exactly what stands between them, Prefix and Suffix
// up to ContextLen code points before and after.
type Anchor struct {
	Start  int
	End    int
	Quote  string
	Prefix string
	Suffix string
}

// ContextLen is how many code points of context an anchor keeps on each side.
const ContextLen = 32

// AnchorState says how sure the notebook is that an anchor stands where its
// passage is.
type AnchorState string

// The states of an anchor carried to another text.
const (
	AnchorExact       AnchorState = "exact"        // the same words in the same surroundings
	AnchorFuzzy       AnchorState = "fuzzy"        // the words changed a little; the place is sure
	AnchorNeedsReview AnchorState = "needs-review" // a candidate that a person has to confirm
	AnchorOrphan      AnchorState = "orphan"       // nothing like it is left
)

// NewAnchor anchors the code points start to end of text. ErrInvalid when they
// do not lie in it.
func NewAnchor(text string, start, end int) (Anchor, error) {
	runes := []rune(text)
	if start < 0 || end > len(runes) || start >= end {
		return Anchor{}, Problem(ErrInvalid, "the passage %d–%d is not inside the text of %d characters", start, end, len(runes))
	}
	return anchorAt(runes, start, end), nil
}

func anchorAt(text []rune, start, end int) Anchor {
	return Anchor{
		Start:  start,
		End:    end,
		Quote:  string(text[start:end]),
		Prefix: string(text[max(0, start-ContextLen):start]),
		Suffix: string(text[end:min(len(text), end+ContextLen)]),
	}
}

// Verify says whether the anchor's quote stands at its place in text.
func (a Anchor) Verify(text string) bool {
	return a.Start >= 0 && a.Start < a.End && Slice(text, a.Start, a.End) == a.Quote &&
		RuneCount(a.Quote) == a.End-a.Start
}

// Occurrences returns the start of every occurrence of quote in text, in code
// points, overlapping ones included. An empty quote occurs nowhere.
func Occurrences(text, quote string) []int {
	return occurrences([]rune(text), []rune(quote))
}

func occurrences(text, quote []rune) []int {
	var out []int
	if len(quote) == 0 {
		return nil
	}
	for i := 0; i+len(quote) <= len(text); i++ {
		if text[i] == quote[0] && slices.Equal(text[i:i+len(quote)], quote) {
			out = append(out, i)
		}
	}
	return out
}

// Reanchored is where an anchor belongs in another text.
type Reanchored struct {
	Anchor Anchor      // in the new text; the old one unchanged for an orphan
	State  AnchorState // how sure that is
	Errors int         // edits between the old quote and the new one
}

// How much of an anchor's surroundings must still be there before a passage is
// taken as found without asking, and by how much the best candidate must beat
// the next, both as shares of the context that the anchor has.
const (
	contextEnough = 0.5
	contextMargin = 0.15
)

// Reanchor finds the anchor's passage in another text: where it says first, else
// the same words elsewhere, else the nearest words by Sellers' search with at
// most a quarter of the quote's length in errors. Only a candidate whose
// surroundings agree, and that no other rivals, is exact or fuzzy: every doubt
// ends in needs-review. After Hypothesis' match-quote.ts, which does not doubt.
func (a Anchor) Reanchor(text string) Reanchored {
	runes, quote := []rune(text), []rune(a.Quote)
	if len(quote) == 0 {
		return Reanchored{Anchor: a, State: AnchorOrphan}
	}
	var found []candidate
	for _, at := range occurrences(runes, quote) {
		found = append(found, candidate{start: at, end: at + len(quote)})
	}
	if len(found) == 0 {
		for _, m := range sellers(runes, quote, len(quote)/4) {
			found = append(found, candidate{start: m.start, end: m.end, errors: m.errors})
		}
	}
	if len(found) == 0 {
		return Reanchored{Anchor: a, State: AnchorOrphan}
	}
	for i := range found {
		found[i].score(a, runes, len(quote))
	}
	slices.SortStableFunc(found, func(x, y candidate) int { return compare(y.total, x.total) })
	best := found[0]
	result := Reanchored{Anchor: anchorAt(runes, best.start, best.end), State: AnchorNeedsReview, Errors: best.errors}
	rivalled := len(found) > 1 && best.total-found[1].total < contextMargin
	if best.context >= contextEnough && !rivalled {
		result.State = AnchorExact
		if best.errors > 0 {
			result.State = AnchorFuzzy
		}
	}
	return result
}

type candidate struct {
	start, end int
	errors     int
	context    float64 // how much of prefix and suffix is around it, 0 to 1
	total      float64 // context less the share of errors in the quote
}

func (c *candidate) score(a Anchor, text []rune, quoteLen int) {
	prefix, suffix := []rune(a.Prefix), []rune(a.Suffix)
	// An edge of the text is context too: nothing before stays nothing before.
	before := similarity(prefix, text[max(0, c.start-max(len(prefix), 1)):c.start])
	after := similarity(suffix, text[c.end:min(len(text), c.end+max(len(suffix), 1))])
	c.context = (before + after) / 2
	c.total = c.context - float64(c.errors)/float64(quoteLen)
}

// similarity is 1 for equal texts and 0 for texts with nothing in common.
func similarity(a, b []rune) float64 {
	n := max(len(a), len(b))
	if n == 0 {
		return 1
	}
	return 1 - float64(distance(a, b))/float64(n)
}

// distance is the number of insertions, deletions and replacements between a
// and b.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := diagonal
			if x != y {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
