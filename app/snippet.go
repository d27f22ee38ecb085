package app

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Snippet is a piece of text with the code points in it to mark.
type Snippet struct {
	Text  string
	Marks [][2]int // start and exclusive end, in order, not overlapping
}

// CutSnippets cuts up to so many passages of about width code points out of a
// text where most of the terms stand close together, in the order of the text,
// and marks them. The marks are in order and do not overlap. Without any it is
// the beginning of the text.
func CutSnippets(text string, marks []Mark, width, most int) []Snippet {
	runes := []rune(text)
	if len(marks) == 0 {
		return []Snippet{cut(runes, 0, wordEnd(runes, min(len(runes), width)), nil)}
	}
	var passages [][2]int
	for rest := marks; len(passages) < most && len(rest) > 0; {
		start := max(0, Densest(rest, width)-width/6) // some words before the first hit
		end := min(len(runes), start+width)
		start = max(0, min(start, end-width))
		start, end = wordStart(runes, start), wordEnd(runes, end)
		passages = append(passages, [2]int{start, end})
		rest = slices.DeleteFunc(slices.Clone(rest), func(m Mark) bool { return m.End > start-width && m.Start < end+width })
	}
	slices.SortFunc(passages, func(a, b [2]int) int { return a[0] - b[0] })
	var out []Snippet
	for _, p := range passages {
		out = append(out, cut(runes, p[0], p[1], marks))
	}
	return out
}

// CutAround cuts the code points start to end out of text with about so many
// around them, and marks them.
func CutAround(text string, start, end, around int) Snippet {
	runes := []rune(text)
	start, end = max(0, min(start, len(runes))), max(0, min(end, len(runes)))
	from, to := max(0, start-around), min(len(runes), end+around)
	return cut(runes, wordStart(runes, from), wordEnd(runes, to), []Mark{{Start: start, End: end}})
}

// Densest returns the start of the mark from which a window of width holds most
// different terms, and then most marks.
func Densest(marks []Mark, width int) int {
	best, bestScore := 0, 0
	in, score, end := map[int]int{}, 0, 0
	for i, m := range marks {
		for ; end < len(marks) && marks[end].End <= m.Start+width; end++ {
			if in[marks[end].Term]++; in[marks[end].Term] == 1 {
				score += differentTerm
			}
			score++
		}
		if score > bestScore {
			best, bestScore = m.Start, score
		}
		if i < end {
			score--
			if in[m.Term]--; in[m.Term] == 0 {
				score -= differentTerm
			}
		} else {
			end = i + 1 // it is longer than the window
			best = cmp.Or(best, m.Start)
		}
	}
	return best
}

// differentTerm is how many times the same term another one is worth.
const differentTerm = 100

// wordStart moves a cut back to the beginning of a word that is not far.
func wordStart(runes []rune, at int) int {
	for i := at; i > 0 && i > at-20; i-- {
		if unicode.IsSpace(runes[i-1]) {
			return i
		}
	}
	return graphemeStart(runes, at)
}

// wordEnd moves a cut on to the end of a word that is not far.
func wordEnd(runes []rune, at int) int {
	for i := at; i < len(runes) && i < at+20; i++ {
		if unicode.IsSpace(runes[i]) {
			return i
		}
	}
	return graphemeEnd(runes, at)
}

// apart is how far before a cut graphemes are looked for: longer than any that
// people write.
const apart = 32

// graphemeStart moves a place that is inside a grapheme to its beginning, and
// graphemeEnd to its end.
func graphemeStart(runes []rune, at int) int { start, _ := grapheme(runes, at); return start }

func graphemeEnd(runes []rune, at int) int { _, end := grapheme(runes, at); return end }

func grapheme(runes []rune, at int) (start, end int) {
	if at <= 0 || at >= len(runes) {
		return at, at
	}
	start = max(0, at-apart)
	rest := string(runes[start:min(len(runes), at+apart)])
	state := -1
	for start < at && rest != "" {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		end = start + utf8.RuneCountInString(cluster)
		if end > at {
			return start, end
		}
		start = end
	}
	return at, at
}

// cut returns the code points start to end on one line, with ellipses where
// text is left out.
func cut(runes []rune, start, end int, hits []Mark) Snippet {
	var b strings.Builder
	var marks [][2]int
	written, space, next := 0, true, 0
	write := func(r rune) { b.WriteRune(r); written++ }
	if start > 0 {
		write('…')
	}
	for next < len(hits) && hits[next].Start < start {
		next++
	}
	for i := start; i < end; i++ {
		if next < len(hits) && i == hits[next].Start && hits[next].End <= end {
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
		if next < len(hits) && i+1 == hits[next].End {
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
