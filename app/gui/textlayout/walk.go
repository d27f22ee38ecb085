package textlayout

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/segmenter"
	"github.com/rivo/uniseg"
)

// How far around a place words, and sentences, are looked for. Texts without
// line breaks are long.
const (
	nearby   = 256
	sentence = 6000
)

// around is the run between line breaks around a code point, or as much of it
// as is near; that begins after a space where there is one.
func around(text []rune, offset, reach int) (start, end int) {
	offset = max(0, min(offset, len(text)))
	start, end = offset, offset
	for start > 0 && text[start-1] != '\n' && offset-start < reach {
		start--
	}
	for end < len(text) && text[end] != '\n' && end-offset < reach {
		end++
	}
	if start > 0 && text[start-1] != '\n' {
		if i := slices.IndexFunc(text[start:max(start, offset-reach/2)], unicode.IsSpace); i >= 0 {
			start += i + 1
		}
	}
	return start, end
}

// Word returns the word, or the run of other characters, around a code point.
func Word(text []rune, offset int) (start, end int) {
	from, to := around(text, offset, nearby)
	if offset < to && southEast(text[offset]) {
		return syllables(text, offset, from, to)
	}
	var s segmenter.Segmenter
	s.Init(text[from:to])
	for words := s.WordIterator(); words.Next(); {
		w := words.Word()
		if at := from + w.Offset; offset >= at && offset < at+len(w.Text) {
			return at, at + len(w.Text)
		}
	}
	return offset, min(len(text), offset+1)
}

// syllables returns what stands between two places where a Thai or Lao line may
// break: without a dictionary that is the nearest to a word.
func syllables(text []rune, offset, from, to int) (start, end int) {
	seen := breakable(text[from:to])
	begins := func(i int) bool {
		return !southEast(text[i-1]) || !southEast(text[i]) || seen[i-from] == breakBefore || seen[i-1-from] == breakAfter
	}
	for start = offset; start > from && !begins(start); {
		start--
	}
	for end = offset + 1; end < to && !begins(end); {
		end++
	}
	return start, end
}

// NextWord is the end of the word at or after a code point.
func NextWord(text []rune, offset int) int {
	for offset < len(text) && !wordy(text[offset]) {
		offset++
	}
	if offset >= len(text) {
		return len(text)
	}
	_, end := Word(text, offset)
	return end
}

// PreviousWord is the beginning of the word before a code point.
func PreviousWord(text []rune, offset int) int {
	for offset--; offset >= 0 && !wordy(text[offset]); {
		offset--
	}
	if offset < 0 {
		return 0
	}
	start, _ := Word(text, offset)
	return start
}

func wordy(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// Sentence returns the sentence around a code point (UAX #29), without the
// white space after it.
func Sentence(text []rune, offset int) (start, end int) {
	start, end = sentenceAt(text, offset)
	for end > start && unicode.IsSpace(text[end-1]) {
		end--
	}
	return start, end
}

// NextSentence is the beginning of the next sentence.
func NextSentence(text []rune, offset int) int {
	_, end := sentenceAt(text, offset)
	for end = max(end, min(len(text), offset+1)); end < len(text) && unicode.IsSpace(text[end]); {
		end++
	}
	return end
}

// PreviousSentence is the beginning of the sentence before a code point, its
// own when it is further on in it.
func PreviousSentence(text []rune, offset int) int {
	offset = min(offset, len(text))
	for offset > 0 && unicode.IsSpace(text[offset-1]) {
		offset--
	}
	if offset == 0 {
		return 0
	}
	start, _ := sentenceAt(text, offset-1)
	return start
}

// sentenceAt is the sentence around a code point with the white space after it.
func sentenceAt(text []rune, offset int) (start, end int) {
	from, to := around(text, offset, sentence)
	rest := string(text[from:to])
	start, state := from, -1
	for rest != "" {
		var s string
		end = start
		for { // sentences that an abbreviation divides are one
			s, rest, state = uniseg.FirstSentenceInString(rest, state)
			end += utf8.RuneCountInString(s)
			if rest == "" || !abbreviated(s) {
				break
			}
		}
		if offset < end || rest == "" {
			return start, end
		}
		start = end
	}
	return from, to
}

// abbreviations are what often stands before a capital without ending a
// sentence.
var abbreviations = []string{"mr", "mrs", "ms", "dr", "prof", "st", "no", "vs", "cf", "e.g", "i.e", "fig", "vol", "gen", "sen", "rep",
	"gov", "lt", "col", "capt", "р", "г", "им", "ул", "т.е", "см"}

// abbreviated says whether a sentence seems to end inside of one: with an
// initial, or with one of those.
func abbreviated(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || !strings.HasSuffix(words[len(words)-1], ".") {
		return false
	}
	last := strings.TrimLeft(strings.TrimSuffix(words[len(words)-1], "."), "(«“\"'‘[")
	if r := []rune(last); len(r) == 1 && unicode.IsUpper(r[0]) {
		return true
	}
	return slices.Contains(abbreviations, strings.ToLower(last))
}

// NextGrapheme returns the nearest caret position after a code point.
func NextGrapheme(text []rune, offset int) int {
	if offset >= len(text) {
		return len(text)
	}
	from, to := around(text, offset, nearby)
	if offset == to { // the line break itself
		return offset + 1
	}
	var s segmenter.Segmenter
	s.Init(text[from:to])
	for g := s.GraphemeIterator(); g.Next(); {
		if end := from + g.Grapheme().Offset + len(g.Grapheme().Text); end > offset {
			return end
		}
	}
	return to
}

// PreviousGrapheme returns the nearest caret position before a code point.
func PreviousGrapheme(text []rune, offset int) int {
	if offset <= 0 {
		return 0
	}
	from, to := around(text, offset, nearby)
	if offset == from { // the line break before
		return offset - 1
	}
	var s segmenter.Segmenter
	s.Init(text[from:to])
	last := from
	for g := s.GraphemeIterator(); g.Next(); {
		at := from + g.Grapheme().Offset
		if at >= offset {
			break
		}
		last = at
	}
	return last
}

// Snap returns the beginning of the grapheme that a code point is inside of.
func Snap(text []rune, offset int) int {
	if offset <= 0 || offset >= len(text) {
		return max(0, min(offset, len(text)))
	}
	return PreviousGrapheme(text, NextGrapheme(text, offset))
}
