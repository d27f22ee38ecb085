package app

import (
	"slices"
	"unicode"
)

// wordAt is a word of a text, or the break between two paragraphs.
type wordAt struct {
	start, end int
	weight     int // what it says about where a phrase is from; 0 for a break
	text       string
}

// What a word weighs, and a letter of Chinese and of other scripts that put no
// spaces between words; and what a phrase weighs, which is three words.
const (
	wordWeight   = 4
	hanWeight    = 2
	letterWeight = 1
	phraseWeight = 3 * wordWeight
)

func (w wordAt) letters() int  { return w.end - w.start }
func (w wordAt) isBreak() bool { return w.weight == 0 }

// wordsOf are the words of a text and its breaks. Of scripts that put no spaces
// between words each letter is one.
func wordsOf(runes []rune) []wordAt {
	var out []wordAt
	from := -1 // where the word starts that is being read
	for i, r := range runes {
		sort := sortOf(r)
		if sort == letter && from < 0 {
			from = i
		}
		if from >= 0 && (sort == letter || sort == mark) {
			continue
		}
		if from >= 0 {
			out, from = append(out, wordAt{from, i, wordWeight, string(runes[from:i])}), -1
		}
		switch {
		case r == '\n' && (len(out) == 0 || !out[len(out)-1].isBreak()):
			out = append(out, wordAt{i, i + 1, 0, "\n"})
		case unicode.Is(unicode.Han, r):
			out = append(out, wordAt{i, i + 1, hanWeight, string(r)})
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			out = append(out, wordAt{i, i + 1, letterWeight, string(r)})
		}
	}
	if from >= 0 {
		out = append(out, wordAt{from, len(runes), wordWeight, string(runes[from:])})
	}
	return out
}

// alignment says which words of an old text are which of a new one. It says so
// only of words that can be no others: those in a phrase that is in both texts
// once, and between such those that every best alignment pairs the same.
type alignment struct {
	old, new     []wordAt
	oldID, newID []int32 // the words as numbers
	to, from     []int   // the word of the other text, or nowhere
	told         []bool  // the old words in a phrase that is in both texts once
}

// Instead of the word of the other text.
const (
	nowhere  = -1
	disputed = -2 // two phrases say two things
)

// align takes time in the order of the texts' lengths.
func align(old, text []wordAt) *alignment {
	al := &alignment{old: old, new: text, told: make([]bool, len(old))}
	numbers := map[string]int32{}
	number := func(words []wordAt) []int32 {
		ids := make([]int32, len(words))
		for i, w := range words {
			n, ok := numbers[w.text]
			if !ok {
				n = int32(len(numbers)) //nolint:gosec // words of two texts
				numbers[w.text] = n
			}
			ids[i] = n
		}
		return ids
	}
	al.oldID, al.newID = number(old), number(text)
	al.to, al.from = slices.Repeat([]int{nowhere}, len(old)), slices.Repeat([]int{nowhere}, len(text))
	al.tell()
	al.fill()
	return al
}

// tell pairs the words of the phrases that are in both texts once, where these
// agree.
func (al *alignment) tell() {
	vote := func(votes []int, i, j int) {
		if votes[i] == nowhere {
			votes[i] = j
		} else if votes[i] != j {
			votes[i] = disputed
		}
	}
	news := phrases(al.newID, al.new)
	for hash, old := range phrases(al.oldID, al.old) {
		text, ok := news[hash]
		if !ok || !slices.Equal(al.oldID[old.from:old.to], al.newID[text.from:text.to]) {
			continue
		}
		for n := range old.to - old.from {
			vote(al.to, old.from+n, text.from+n)
			vote(al.from, text.from+n, old.from+n)
		}
	}
	for i, j := range al.to {
		al.told[i] = j >= 0 && al.from[j] == i
	}
	for i := range al.to {
		if !al.told[i] {
			al.to[i] = nowhere
		}
	}
	for j, i := range al.from {
		if i < 0 || !al.told[i] || al.to[i] != j {
			al.from[j] = nowhere
		}
	}
}

// phrase is where some words of one paragraph stand; nowhere when they come again.
type phrase struct{ from, to int }

// phrases are the phrases of a text by their hashes.
func phrases(ids []int32, words []wordAt) map[uint64]phrase {
	out := make(map[uint64]phrase, len(ids))
	for i := range ids {
		hash, weight, end := uint64(14695981039346656037), 0, i
		for ; end < len(ids) && weight < phraseWeight && !words[end].isBreak(); end++ {
			hash = (hash ^ uint64(ids[end])) * 1099511628211 //nolint:gosec // not negative
			weight += words[end].weight
		}
		if weight < phraseWeight {
			continue
		}
		p := phrase{i, end}
		if _, ok := out[hash]; ok {
			p = phrase{}
		}
		out[hash] = p
	}
	return out
}

// fill pairs words between those that are told.
func (al *alignment) fill() {
	to, from := slices.Clone(al.to), slices.Clone(al.from)
	i, j := -1, -1 // the told word before, in both texts
	for i2 := range len(to) + 1 {
		j2 := len(from)
		if i2 < len(to) {
			if j2 = to[i2]; j2 < 0 {
				continue
			}
		}
		ahead := nextPaired(from, j+1)
		if ahead == j2 {
			al.match(i+1, i2, j+1, j2)
			i, j = i2, j2
			continue
		}
		// Paragraphs were moved: what is left is the end of the one before, and the
		// start of the next.
		iEnd, jEnd := paragraphEnd(al.old, i+1, i2), paragraphEnd(al.new, j+1, ahead)
		if iEnd < i2 || jEnd < ahead {
			al.match(i+1, iEnd, j+1, jEnd)
		}
		behind := lastPaired(from, j2-1)
		iStart, jStart := paragraphStart(al.old, i+1, i2), paragraphStart(al.new, behind+1, j2)
		if iStart > i+1 || jStart > behind+1 {
			al.match(iStart, i2, jStart, j2)
		}
		i, j = i2, j2
	}
}

// paragraphEnd is the first break of the words from to to, or to.
func paragraphEnd(words []wordAt, from, to int) int {
	for from < to && !words[from].isBreak() {
		from++
	}
	return from
}

// paragraphStart is what follows the last break of the words from to to, or from.
func paragraphStart(words []wordAt, from, to int) int {
	for from < to && !words[to-1].isBreak() {
		to--
	}
	return to
}

func nextPaired(with []int, at int) int {
	for at < len(with) && with[at] < 0 {
		at++
	}
	return at
}

func lastPaired(with []int, at int) int {
	for at >= 0 && with[at] < 0 {
		at--
	}
	return at
}

// matchCells bounds how many pairs of words are compared at once.
const matchCells = 40_000

// match pairs the words i to i2 with j to j2 where every alignment with the most
// letters in common does.
func (al *alignment) match(i, i2, j, j2 int) {
	n, m := i2-i, j2-j
	if n <= 0 || m <= 0 || n*m > matchCells {
		return
	}
	best := make([][]int, n+1) // letters in common of the first x words with the first y
	best[0] = make([]int, m+1)
	same := func(x, y int) int { // letters, when the words before x and y are the same
		if al.oldID[i+x-1] == al.newID[j+y-1] {
			return al.old[i+x-1].letters()
		}
		return 0
	}
	for x := 1; x <= n; x++ {
		best[x] = make([]int, m+1)
		for y := 1; y <= m; y++ {
			best[x][y] = max(best[x-1][y], best[x][y-1], best[x-1][y-1]+same(x, y))
		}
	}
	// Of all best ways through the table, the one furthest to each side. Where these
	// two pair the same words, all do.
	var sides [2][]int
	for side := range sides {
		pairs := slices.Repeat([]int{nowhere}, n)
		for x, y := n, m; x > 0 && y > 0; {
			skipOld, skipNew := best[x-1][y] == best[x][y], best[x][y-1] == best[x][y]
			switch {
			case skipOld && side == 0:
				x--
			case skipNew && side == 1:
				y--
			case same(x, y) > 0 && best[x-1][y-1]+same(x, y) == best[x][y]:
				x, y = x-1, y-1
				pairs[x] = y
			case skipOld:
				x--
			default:
				y--
			}
		}
		sides[side] = pairs
	}
	for x, y := range sides[0] {
		if y >= 0 && y == sides[1][x] && al.to[i+x] < 0 && al.from[j+y] < 0 {
			al.to[i+x], al.from[j+y] = j+y, i+x
		}
	}
}
