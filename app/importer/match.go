package importer

import (
	"slices"
	"unicode"

	"rejoinder/app"
)

// matched says which blocks of a page have words that the extractor found, in
// its order. An extractor loses what stands in and behind elements that it does
// not know: a part of a block's words is enough.
func matched(page, found []block) []bool {
	var words []string
	var of []int // the block that a word is in
	counts := make([]int, len(page))
	for i, b := range page {
		if b.kind == app.BlockRule {
			continue
		}
		for _, w := range wordsOf(b.text) {
			words, of = append(words, w), append(of, i)
			counts[i]++
		}
	}
	places := map[[3]string][]int{}
	for i := range max(0, len(words)-2) {
		key := [3]string(words[i : i+3])
		if len(places[key]) < mostPlaces {
			places[key] = append(places[key], i)
		}
	}
	hits := make([]int, len(page))
	used := make([]bool, len(words))
	next := 0
	for _, b := range found {
		key := wordsOf(b.text)
		for i := range key {
			at := -1
			switch {
			case next < len(words) && words[next] == key[i]:
				at = next
			case i+3 <= len(key):
				at = nextPlace(places[[3]string(key[i:i+3])], next, used)
			case len(key) < 3 && i == 0:
				at = shortBlock(key, words, of, counts, next)
			}
			if at >= 0 && !used[at] {
				used[at] = true
				hits[of[at]]++
				next = at + 1
			}
		}
	}
	out := make([]bool, len(page))
	for i, n := range hits {
		out[i] = n > 0 && (2*n >= counts[i] || n >= 3 && 5*n >= counts[i])
	}
	return out
}

// mostPlaces bounds how many places of the same three words are looked at.
const mostPlaces = 200

// nextPlace is the first unused place from next on, else the first of all.
func nextPlace(places []int, next int, used []bool) int {
	from, _ := slices.BinarySearch(places, next)
	for n := range places {
		if at := places[(from+n)%len(places)]; !used[at] {
			return at
		}
	}
	return -1
}

// shortBlock is where a block of these words, one or two, starts near next.
func shortBlock(key, words []string, of, counts []int, next int) int {
	const near = 300
	for at := next; at+len(key) <= min(len(words), next+near); at++ {
		whole := counts[of[at]] == len(key) && of[at] == of[at+len(key)-1]
		if whole && slices.Equal(words[at:at+len(key)], key) {
			return at
		}
	}
	return -1
}

// wordsOf are the words of a text; of scripts without spaces each letter is one.
func wordsOf(text string) []string {
	var out []string
	from := -1
	for i, r := range text {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
		alone := letter && (isWide(r) || unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar))
		if from >= 0 && (!letter || alone) {
			out, from = append(out, text[from:i]), -1
		}
		if alone {
			out = append(out, string(r))
		} else if letter && from < 0 {
			from = i
		}
	}
	if from >= 0 {
		out = append(out, text[from:])
	}
	return out
}
