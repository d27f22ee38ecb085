package app

import "unicode"

// Finder finds words in one text as a reader types them: case, diacritics and
// the kind of white space do not count.
type Finder struct {
	runes  []rune
	folded []rune
	at     []int // at[i]: which code point of the text folded[i] comes from
}

// NewFinder prepares a text. A million code points take some tenths of a second.
func NewFinder(text []rune) *Finder {
	folded, at := foldRunes(text)
	return &Finder{runes: text, folded: oneSpace(folded), at: at}
}

// foldRunes folds a text code point by code point and says where each comes from.
func foldRunes(text []rune) (folded []rune, at []int) {
	folded, at = make([]rune, 0, len(text)), make([]int, 0, len(text))
	for i, r := range text {
		if r < 0x80 {
			folded, at = append(folded, unicode.ToLower(r)), append(at, i)
			continue
		}
		if isRaised(r) && (i == 0 || !isRaised(text[i-1])) {
			folded, at = append(folded, '^'), append(at, i)
		}
		for _, f := range FoldRune(r) {
			folded, at = append(folded, f), append(at, i)
		}
	}
	return folded, at
}

// oneSpace makes every white space a plain one.
func oneSpace(text []rune) []rune {
	for i, r := range text {
		if unicode.IsSpace(r) {
			text[i] = ' '
		}
	}
	return text
}

// Find returns where the words stand, anywhere in the text, in order and not
// overlapping: start and exclusive end in code points.
func (f *Finder) Find(words string) [][2]int {
	want, _ := foldRunes([]rune(OneLine(words)))
	want = oneSpace(want)
	if len(want) == 0 {
		return nil
	}
	var out [][2]int
	for i := 0; i+len(want) <= len(f.folded); i++ {
		if f.folded[i] != want[0] {
			continue
		}
		if end, ok := f.matches(i, want); ok {
			out = append(out, [2]int{f.at[i], f.at[end-1] + 1})
			i = end - 1
		}
	}
	return out
}

// matches says whether want stands at i, with any run of white space for a
// space, and where it ends.
func (f *Finder) matches(i int, want []rune) (end int, ok bool) {
	for _, w := range want {
		if i >= len(f.folded) || f.folded[i] != w {
			return 0, false
		}
		i++
		for w == ' ' && i < len(f.folded) && f.folded[i] == ' ' {
			i++
		}
	}
	return i, true
}
