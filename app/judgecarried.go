package app

import "strings"

// carriedMark is what becomes of a mark by what its words became.
type carriedMark struct {
	Reanchored
	textChanged bool       // the mark goes there, but its words are not those that it marked
	change      WordChange // from the words that it marked to those there
}

// isStruckAt reports whether a place stands within struck words, which an importer
// puts between ~~ and ~~ within a block.
func isStruckAt(plain string, at int) bool {
	before := Slice(plain, 0, at)
	return strings.Count(before[strings.LastIndex(before, "\n\n")+1:], "~~")%2 == 1
}

// judgeCarried decides whether a mark goes to the place that was found for it
// without a question. sure is the anchor of its words in old, the text where it
// last stood for sure. Whatever cuts a word or a number that sure does not cut is
// asked; so is a mark that bears something when its words changed, or when its
// sentence was negated or made a question around it; a bare highlight only when
// its words changed more than slightly, or were negated right beside it.
func judgeCarried(found Reanchored, sure Anchor, old, text *Ground, bears bool) carriedMark {
	v := carriedMark{Reanchored: found}
	if found.State == AnchorOrphan {
		return v
	}
	folded, known := old.folded(sure)
	from, to := text.span(found.Anchor.Start, found.Anchor.End)
	compare := func() {
		v.change = compareWords(old.wordsOf(sure, known), text.words(v.Anchor.Start, v.Anchor.End))
	}
	compare()
	if !found.sure() {
		return v
	}
	cut := known && text.cutsAnew(from, to, old, folded.Start, folded.End)
	switch {
	case !known || from == to, cut, v.change.Kind == WordsChanged && (bears || !v.change.slight()),
		turnsRound(text, from, to, old, folded.Start, folded.End, bears),
		isStruckAt(old.plain, sure.Start) != isStruckAt(text.plain, found.Anchor.Start):
		v.State = AnchorNeedsReview
		if from, to = text.uncut(from, to, old, folded, known); from < to {
			v.Anchor = text.unfolded(sure.Quote, from, to)
			compare()
		}
	case v.change.Kind == WordsChanged:
		v.State, v.textChanged = AnchorFuzzy, true
	case v.change.Kind == SameWords:
		v.State = AnchorFuzzy
	}
	return v
}
