package app

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

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
	AnchorExact       AnchorState = "exact"        // the same code points; the place is sure
	AnchorFuzzy       AnchorState = "fuzzy"        // the same words in other typography, or words that changed a little; the place is sure
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
	if quote == "" {
		return nil
	}
	var out []int
	at, runes := 0, 0 // bytes of text passed, and their code points
	for {
		i := strings.Index(text[at:], quote)
		if i < 0 {
			return out
		}
		runes += RuneCount(text[at : at+i])
		out = append(out, runes)
		_, size := utf8.DecodeRuneInString(text[at+i:])
		at, runes = at+i+size, runes+1
	}
}

// Reanchored is where an anchor belongs in another text.
type Reanchored struct {
	Anchor Anchor      // in the new text; the old one unchanged for an orphan
	State  AnchorState // how sure that is
	Errors int         // edits between the old quote and the new one; other typography is none
	Rivals bool        // of a place that needs review: another is about as likely
}

// How much of an anchor's surroundings must still be there before a passage is
// taken as found without asking, by how much the best candidate must beat the
// next, and how much must be there on each side when the old text had rivals;
// all as shares of the context that the anchor has.
const (
	contextEnough = 0.5
	contextMargin = 0.15
	contextRivals = 0.75
)

// mostErrors bounds the search for a long passage that has changed.
const mostErrors = 256

// Reanchor finds the passage that the anchor marks in old in another text: the
// same words, else the nearest words by Sellers' search with at most a quarter
// of the quote's length in errors. Only a candidate whose surroundings agree,
// and that no other rivals, is exact or fuzzy: every doubt ends in needs-review.
// Where old says the same thing in several places, another of them may be all
// that is left, so a candidate must be more like the passage than those were.
// After Hypothesis' match-quote.ts, which does not doubt.
func (a Anchor) Reanchor(old, text string) Reanchored {
	return a.Carry(NewGround(old), NewGround(text))
}

// Carry is Reanchor between texts that are ready to be searched.
func (a Anchor) Carry(old, text *Ground) Reanchored {
	folded, known := old.folded(a)
	if folded.Quote == "" { // it marks nothing that can be read
		if at := Occurrences(string(text.raw), a.Quote); len(at) > 0 {
			return Reanchored{Anchor: anchorAt(text.raw, at[0], at[0]+RuneCount(a.Quote)), State: AnchorNeedsReview}
		}
		return Reanchored{Anchor: a, State: AnchorOrphan}
	}
	found := Reanchored{Anchor: folded, State: AnchorExact}
	// Where all of the text is the same but for its typography, so is every place.
	if printedAnew := known && old.plain == text.plain && !slices.Equal(old.raw, text.raw); !printedAnew {
		found = folded.carry(old, text, known)
	}
	if !found.sure() && known && old.inHeading(a.Start, a.End) {
		small := anchorAt(old.lower().runes, folded.Start, folded.End)
		if again := small.carry(old.lower(), text.lower(), true); again.sure() || found.State == AnchorOrphan && again.State != AnchorOrphan {
			if start, end := text.place(again.Anchor.Start, again.Anchor.End); text.inHeading(start, end) {
				found = again
			}
		}
	}
	if found.State == AnchorOrphan {
		found.Anchor = a
		return found
	}
	from, to := found.Anchor.Start, found.Anchor.End
	if !found.sure() {
		from, to = text.uncut(from, to, old, folded, known)
	}
	found.Anchor = text.unfolded(a.Quote, from, to)
	if found.State == AnchorExact && found.Anchor.Quote != a.Quote {
		found.State = AnchorFuzzy
	}
	return found
}

// sure says that the place needs nobody to look at it.
func (r Reanchored) sure() bool { return r.State == AnchorExact || r.State == AnchorFuzzy }

// carry is Carry in folded texts; known says that the anchor stands in old.
func (a Anchor) carry(old, text *Ground, known bool) Reanchored {
	if known {
		if found, sure := a.aligned(old, text); sure {
			return found
		}
	}
	length := RuneCount(a.Quote)
	found := a.candidates(text, 0)
	exact := len(found) > 0
	if !exact {
		found = a.candidates(text, min(length/4, mostErrors))
	}
	if len(found) == 0 {
		return a.resembling(text)
	}
	best, whole := found[0], true
	if !exact {
		best, whole = a.settle(best, text)
		whole = whole && !a.patchwork(old)
	}
	result := Reanchored{Anchor: anchorAt(text.runes, best.start, best.end), State: AnchorNeedsReview, Errors: best.errors}
	rivalled := len(found) > 1 && best.total-found[1].total < contextMargin
	result.Rivals = rivalled
	if whole && !rivalled && best.context() >= contextEnough && a.unmistaken(best, old, exact) &&
		(!known || !a.refuted(old, text, best.start, best.end)) {
		result.State = AnchorExact
		if !exact {
			result.State = AnchorFuzzy
		}
	}
	return result
}

// patchwork says that a passage of several paragraphs has one, not the smallest,
// that old says in another place too, or nearly so. When paragraphs are moved, parts of several
// places can come together as the passage again, but for a few errors.
func (a Anchor) patchwork(old *Ground) bool {
	lines := strings.Split(a.Quote, "\n")
	at := a.Start
	for _, line := range lines {
		length := RuneCount(line)
		if len(lines) > 1 && 5*length >= a.End-a.Start {
			for _, m := range old.approximations([]rune(line), length/3) {
				if m.end <= at || m.start >= at+length {
					return true
				}
			}
		}
		at += length + 1
	}
	return false
}

// within is how much of the anchor's context stands around a rival in the text
// that the anchor comes from. Context in other paragraphs does not tell the two
// apart, for paragraphs can be moved: without any in its own it is all there.
func (a Anchor) within(rival candidate, old *Ground) (before, after float64) {
	prefix := a.Prefix[strings.LastIndexByte(a.Prefix, '\n')+1:]
	suffix, _, _ := strings.Cut(a.Suffix, "\n")
	own := rival
	own.weigh(old.runes, 1, []rune(prefix), []rune(suffix))
	if prefix == "" {
		own.before = 1
	}
	if suffix == "" {
		own.after = 1
	}
	return max(rival.before, own.before), max(rival.after, own.after)
}

// resembling is the place with the words most like the passage's, for a person to
// look at, where there is one with up to half of them changed in surroundings that
// agree, or with fewer changes.
func (a Anchor) resembling(text *Ground) Reanchored {
	length := RuneCount(a.Quote)
	found := a.candidates(text, min(length/2, mostErrors))
	for i, c := range found {
		if 5*c.errors <= 2*length || c.context() >= contextEnough {
			return Reanchored{Anchor: anchorAt(text.runes, c.start, c.end), State: AnchorNeedsReview, Errors: c.errors,
				Rivals: i+1 < len(found) && c.total-found[i+1].total < contextMargin}
		}
	}
	return Reanchored{Anchor: a, State: AnchorOrphan}
}

// unmistaken says that the candidate cannot be what the old text had elsewhere.
// It cannot say so of a passage that came twice with the same words on a side.
func (a Anchor) unmistaken(c candidate, old *Ground, exact bool) bool {
	errors := 0
	if !exact { // the edits may have made another passage more like this one
		errors = (a.End - a.Start) / 3
	}
	for _, rival := range a.candidates(old, errors) {
		if exact {
			rival.before, rival.after = a.within(rival, old)
		}
		itself := rival.start == a.Start && rival.end == a.End
		if !exact { // the passage's own words with a letter more or less
			itself = rival.start < a.End && a.Start < rival.end
		}
		if !itself && (max(rival.before, rival.after) >= contextEnough ||
			min(c.before, c.after) < contextRivals || c.total-rival.total < contextMargin) {
			return false
		}
	}
	return true
}

// candidates are the places in text with the anchor's words but for so many
// errors, the most alike first.
func (a Anchor) candidates(text *Ground, errors int) []candidate {
	quote, prefix, suffix := []rune(a.Quote), []rune(a.Prefix), []rune(a.Suffix)
	var out []candidate
	if errors == 0 {
		for _, at := range Occurrences(text.plain, a.Quote) {
			out = append(out, candidate{start: at, end: at + len(quote)})
		}
	} else {
		for _, m := range text.approximations(quote, errors) {
			out = append(out, candidate{start: m.start, end: m.end, errors: m.errors})
		}
	}
	for i := range out {
		out[i].weigh(text.runes, len(quote), prefix, suffix)
	}
	slices.SortStableFunc(out, func(x, y candidate) int { return cmp.Compare(y.total, x.total) })
	return out
}

// candidate is a place that may be an anchor's.
type candidate struct {
	start, end    int
	errors        int
	before, after float64 // how much of the prefix and of the suffix is there, 0 to 1
	total         float64 // context less the share of errors in the quote
}

// weigh sets how like the passage the candidate is, with its surroundings.
func (c *candidate) weigh(text []rune, quote int, prefix, suffix []rune) {
	// An edge of the text is context too: nothing before stays nothing before.
	c.before = similarity(prefix, text[max(0, c.start-max(len(prefix), 1)):c.start])
	c.after = similarity(suffix, text[c.end:min(len(text), c.end+max(len(suffix), 1))])
	c.total = c.context() - float64(c.errors)/float64(quote)
}

func (c candidate) context() float64 { return (c.before + c.after) / 2 }

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
