package app

import (
	"slices"
	"strings"
	"unicode"
)

// restAfter is what belongs to the word or number that the folded code points
// before at end in: letters and digits, what hyphens and apostrophes tie to it,
// the rest of a number with its groups, and its unit sign. "" when at is its end.
func restAfter(runes []rune, at int) (rest string, end int) {
	end = at
	for end < len(runes) && end > 0 {
		before, r, next := runes[end-1], runes[end], rune(0)
		if end+1 < len(runes) {
			next = runes[end+1]
		}
		switch {
		case isInWord(r) && isInWord(before) && (!isUnspaced(r) || unicode.IsMark(r)) && !isUnspaced(before):
		case unicode.IsMark(r):
		case isTie(r) && isInWord(before) && isInWord(next) && !isUnspaced(before) && !isUnspaced(next),
			isInWord(r) && isTie(before) && end > at:
		case isNumberPoint(r) && unicode.IsDigit(before) && unicode.IsDigit(next),
			unicode.IsDigit(r) && isNumberPoint(before) && end > 1 && unicode.IsDigit(runes[end-2]):
		case r == ' ' && isGroup(runes, end+1) && inGroups(runes, end),
			unicode.IsDigit(r) && before == ' ' && isGroup(runes, end) && inGroups(runes, end-1):
		case isCountSign(r) && unicode.IsDigit(before), isCountSign(r) && before == ' ' && end > at:
		case r == ' ' && unicode.IsDigit(before) && isCountSign(next):
		default:
			return restText(runes[at:end]), end
		}
		end++
	}
	return restText(runes[at:end]), end
}

// restBefore is what belongs to the word or number that starts at at, before it.
func restBefore(runes []rune, at int) (rest string, start int) {
	start = at
	for start > 0 && start < len(runes) {
		after, r, previous := runes[start], runes[start-1], rune(0)
		if start > 1 {
			previous = runes[start-2]
		}
		switch {
		case isInWord(r) && isInWord(after) && (!isUnspaced(after) || unicode.IsMark(after)) && !isUnspaced(r):
		case unicode.IsMark(after):
		case isTie(r) && isInWord(after) && isInWord(previous) && !isUnspaced(after) && !isUnspaced(previous),
			isInWord(r) && isTie(after) && start < at:
		case isNumberPoint(r) && unicode.IsDigit(after) && unicode.IsDigit(previous),
			unicode.IsDigit(r) && isNumberPoint(after) && start+1 < len(runes) && unicode.IsDigit(runes[start+1]):
		case r == ' ' && isGroup(runes, start) && inGroups(runes, start-1),
			unicode.IsDigit(r) && after == ' ' && isGroup(runes, start+1) && inGroups(runes, start):
		case unicode.Is(unicode.Sc, r) && unicode.IsDigit(after), unicode.Is(unicode.Sc, r) && after == ' ' && start < at:
		case r == ' ' && unicode.IsDigit(after) && unicode.Is(unicode.Sc, previous):
		case strings.ContainsRune("-+±", r) && (unicode.IsDigit(after) || unicode.Is(unicode.Sc, after)) && (previous == 0 || previous == ' ' || previous == '\n' || previous == '('):
		default:
			return restText(runes[start:at]), start
		}
		start--
	}
	return restText(runes[start:at]), start
}

func isInWord(r rune) bool { return isWordRune(r) || unicode.IsNumber(r) }

func isTie(r rune) bool { return r == '-' || r == '\'' }

func isCountSign(r rune) bool {
	return strings.ContainsRune("%‰‱°", r) || unicode.Is(unicode.Sc, r)
}

// inGroups says that the blank at this place stands behind one to three digits, as
// that of 10 000 does.
func inGroups(runes []rune, blank int) bool {
	n := 0
	for n < 4 && blank-1-n >= 0 && unicode.IsDigit(runes[blank-1-n]) {
		n++
	}
	return n > 0 && n < 4
}

// restText is a rest as it is compared: blanks and case are typography there.
func restText(runes []rune) string {
	return strings.ToLower(strings.ReplaceAll(string(runes), " ", ""))
}

// cutsAnew says that the folded code points from to to of this ground start or end
// inside a word or a number otherwise than a passage of an old text does.
func (g *Ground) cutsAnew(from, to int, old *Ground, oldFrom, oldTo int) bool {
	before, _ := restBefore(g.runes, from)
	after, _ := restAfter(g.runes, to)
	oldBefore, _ := restBefore(old.runes, oldFrom)
	oldAfter, _ := restAfter(old.runes, oldTo)
	return before != oldBefore || after != oldAfter
}

// uncut moves the ends of a place to the ends of words, but where the passage cut a
// word of its own text: out when most of the word is in, else in.
func (g *Ground) uncut(from, to int, old *Ground, a Anchor, known bool) (int, int) {
	oldBefore, oldAfter := "", ""
	if known {
		oldBefore, _ = restBefore(old.runes, a.Start)
		oldAfter, _ = restAfter(old.runes, a.End)
	}
	words := tokensOf(g.runes, from, to)
	start, end := from, to
	if rest, at := restBefore(g.runes, from); rest != "" && oldBefore == "" {
		start = at
		if len(words) > 1 && words[0].kind == wordToken && words[0].end-from < from-at {
			start = words[1].start
		}
	}
	if rest, at := restAfter(g.runes, to); rest != "" && oldAfter == "" {
		end = at
		if last := len(words) - 1; last > 0 && words[last].kind == wordToken && to-words[last].start < at-to {
			end = words[last-1].end
		}
	}
	if start >= end {
		return from, to
	}
	return start, end
}

// nearSentence is how far around a passage its sentence is looked at.
const nearSentence = 300

// turnsRound says that the sentences around the two places, without what stands in
// them, do not have the same negations, or that one asks what the other says;
// without whole only of the words right beside the places.
func turnsRound(g *Ground, from, to int, old *Ground, oldFrom, oldTo int, whole bool) bool {
	before, after, asks := g.sentenceAround(from, to)
	oldBefore, oldAfter, asked := old.sentenceAround(oldFrom, oldTo)
	if !whole {
		return g.negatedBeside(from, to) != old.negatedBeside(oldFrom, oldTo)
	}
	return asks != asked || !slices.Equal(before, oldBefore) || !slices.Equal(after, oldAfter)
}

// sentenceAround are the negations of a passage's sentence before and behind it,
// sorted, and whether the sentence is a question.
func (g *Ground) sentenceAround(from, to int) (before, after []string, asks bool) {
	const ends = ".!?\n。！？؟।"
	start := from
	for start > max(0, from-nearSentence) && !strings.ContainsRune(ends, g.runes[start-1]) {
		start--
	}
	end := to
	for end < min(len(g.runes), to+nearSentence) && !strings.ContainsRune(ends, g.runes[end]) {
		end++
	}
	if from < to && strings.ContainsRune(ends, g.runes[to-1]) { // it has its own end
		end = to
	}
	asks = end < len(g.runes) && strings.ContainsRune("?؟？", g.runes[end])
	return g.negationsIn(start, from), g.negationsIn(to, end), asks
}

// negatedBeside are the negations that end right before a place, and those that
// start right behind it.
func (g *Ground) negatedBeside(from, to int) string {
	const reach = 40 // longer than any two negations
	before := tokensOf(g.runes, max(0, from-reach), from)
	after := tokensOf(g.runes, to, min(len(g.runes), to+reach))
	slices.Reverse(before)
	var out []string
	for _, side := range [][]token{before, after} {
		for _, t := range side {
			word := strings.ToLower(t.key)
			if !isNegation(word) {
				break
			}
			out = append(out, word)
		}
		out = append(out, "|")
	}
	return strings.Join(out, " ")
}

func (g *Ground) negationsIn(from, to int) []string {
	var out []string
	for _, t := range tokensOf(g.runes, from, to) {
		if word := strings.ToLower(t.key); isNegation(word) {
			out = append(out, word)
		}
	}
	slices.Sort(out)
	return out
}
