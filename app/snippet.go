package app

import (
	"slices"
	"strings"
	"unicode"
)

// Snippet is a piece of text with the code points in it to mark.
type Snippet struct {
	Text  string
	Marks [][2]int // start and exclusive end, in order, not overlapping
}

// CutSnippet cuts about width code points out of text where most of the terms
// stand close together, and marks them. Terms are folded words or phrases; a
// term marks the words that begin with it. Without any hit it is the beginning
// of the text.
func CutSnippet(text string, terms []string, width int) Snippet {
	runes := []rune(text)
	hits := findTerms(runes, terms)
	start := densest(hits, width)
	if len(hits) > 0 {
		start = max(0, start-width/6) // some words before the first hit
	}
	end := min(len(runes), start+width)
	start = max(0, min(start, end-width))
	start, end = wordStart(runes, start), wordEnd(runes, end)
	return cut(runes, start, end, hits)
}

// CutAround cuts the code points start to end out of text with about so many
// around them, and marks them.
func CutAround(text string, start, end, around int) Snippet {
	runes := []rune(text)
	start, end = max(0, min(start, len(runes))), max(0, min(end, len(runes)))
	from, to := max(0, start-around), min(len(runes), end+around)
	return cut(runes, wordStart(runes, from), wordEnd(runes, to), []termHit{{start: start, end: end}})
}

type termHit struct{ start, end, term int }

// findTerms finds where words of text begin with a term, in order.
func findTerms(runes []rune, terms []string) []termHit {
	folded, at := foldRunes(runes)
	return hitsOf(runes, folded, at, terms)
}

func hitsOf(runes, folded []rune, at []int, terms []string) []termHit {
	words := make([][]rune, len(terms))
	for i, t := range terms {
		words[i] = []rune(t)
	}
	var hits []termHit
	for i := range folded {
		if i > 0 && isWord(folded[i-1]) && isWord(folded[i]) && !isIdeograph(folded[i]) {
			continue // inside a word
		}
		longest := termHit{}
		for t, want := range words {
			if n := len(want); n > 0 && i+n <= len(folded) && slices.Equal(folded[i:i+n], want) && at[i+n-1]+1 > longest.end {
				longest = termHit{at[i], at[i+n-1] + 1, t}
			}
		}
		if longest.end == 0 || (len(hits) > 0 && longest.start < hits[len(hits)-1].end) {
			continue
		}
		if !isIdeograph(runes[longest.end-1]) { // mark the whole word: "denial" in "denials"
			for longest.end < len(runes) && isWord(runes[longest.end]) {
				longest.end++
			}
		}
		hits = append(hits, longest)
	}
	return hits
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

func isIdeograph(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}

// densest returns the start of the hit from which a window of width holds most
// different terms, and then most hits.
func densest(hits []termHit, width int) int {
	best, bestScore := 0, 0
	for i, h := range hits {
		seen, score := map[int]bool{}, 0
		for _, other := range hits[i:] {
			if other.end > h.start+width {
				break
			}
			score++
			if !seen[other.term] {
				seen[other.term] = true
				score += 100
			}
		}
		if score > bestScore {
			best, bestScore = h.start, score
		}
	}
	return best
}

// wordStart moves a cut back to the beginning of a word that is not far.
func wordStart(runes []rune, at int) int {
	for i := at; i > 0 && i > at-20; i-- {
		if unicode.IsSpace(runes[i-1]) {
			return i
		}
	}
	for at > 0 && at < len(runes) && unicode.IsMark(runes[at]) { // never inside a grapheme
		at--
	}
	return at
}

// wordEnd moves a cut on to the end of a word that is not far.
func wordEnd(runes []rune, at int) int {
	for i := at; i < len(runes) && i < at+20; i++ {
		if unicode.IsSpace(runes[i]) {
			return i
		}
	}
	for at < len(runes) && unicode.IsMark(runes[at]) {
		at++
	}
	return at
}

// cut returns the code points start to end on one line, with ellipses where
// text is left out.
func cut(runes []rune, start, end int, hits []termHit) Snippet {
	var b strings.Builder
	var marks [][2]int
	written, space, next := 0, true, 0
	write := func(r rune) { b.WriteRune(r); written++ }
	if start > 0 {
		write('…')
	}
	for next < len(hits) && hits[next].start < start {
		next++
	}
	for i := start; i < end; i++ {
		if next < len(hits) && i == hits[next].start && hits[next].end <= end {
			marks = append(marks, [2]int{written, written})
		}
		if unicode.IsSpace(runes[i]) {
			if !space {
				write(' ')
			}
			space = true
		} else {
			write(runes[i])
			space = false
		}
		if next < len(hits) && i+1 == hits[next].end {
			if n := len(marks) - 1; n >= 0 && marks[n][0] == marks[n][1] {
				marks[n][1] = written
			}
			next++
		}
	}
	if end < len(runes) {
		write('…')
	}
	return Snippet{Text: b.String(), Marks: marks}
}
