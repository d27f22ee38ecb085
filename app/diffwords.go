package app

import (
	"strings"
	"unicode"

	"github.com/pmezard/go-difflib/difflib"
)

// diffWords compares two texts word by word.
func diffWords(old, text string) []DiffWord {
	var out wordDiff
	out.compare(pieces(old), pieces(text), true)
	return out.words
}

// wordDiff gathers pieces, neighbours of one kind as one.
type wordDiff struct{ words []DiffWord }

func (d *wordDiff) add(kind DiffKind, pieces []string) {
	if len(pieces) == 0 {
		return
	}
	text := strings.Join(pieces, "")
	if n := len(d.words); n > 0 && d.words[n-1].Kind == kind {
		d.words[n-1].Text += text
		return
	}
	d.words = append(d.words, DiffWord{kind, text})
}

// manyPieces is how many pieces are compared at once at most: the time grows with
// the square. Longer texts are compared sentence by sentence first.
const manyPieces = 2000

// compare adds the difference of a and b.
func (d *wordDiff) compare(a, b []string, bySentence bool) {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	d.add(DiffSame, a[:head])
	same := a[len(a)-tail:]
	a, b = a[head:len(a)-tail], b[head:len(b)-tail]
	switch {
	case len(a) == 0 || len(b) == 0:
		d.add(DiffRemoved, a)
		d.add(DiffAdded, b)
	case max(len(a), len(b)) <= manyPieces:
		matcher := difflib.NewMatcherWithJunk(a, b, true, isBlank)
		for _, op := range matcher.GetOpCodes() {
			if op.Tag == 'e' {
				d.add(DiffSame, a[op.I1:op.I2])
				continue
			}
			d.add(DiffRemoved, a[op.I1:op.I2])
			d.add(DiffAdded, b[op.J1:op.J2])
		}
	case bySentence:
		d.compareSentences(a, b)
	default: // nothing in common that would be worth the time
		d.add(DiffRemoved, a)
		d.add(DiffAdded, b)
	}
	d.add(DiffSame, same)
}

func (d *wordDiff) compareSentences(a, b []string) {
	first, starts := sentences(a)
	second, begins := sentences(b)
	for _, op := range difflib.NewMatcher(first, second).GetOpCodes() {
		d.compare(a[starts[op.I1]:starts[op.I2]], b[begins[op.J1]:begins[op.J2]], false)
	}
}

// sentences joins pieces to sentences; starts says at which piece each begins,
// and at last where the end is.
func sentences(pieces []string) (texts []string, starts []int) {
	from := 0
	for i, p := range pieces {
		if strings.ContainsAny(p, ".!?\n。！？؟।") || i == len(pieces)-1 {
			texts, starts, from = append(texts, strings.Join(pieces[from:i+1], "")), append(starts, from), i+1
		}
	}
	return texts, append(starts, from)
}

func isBlank(s string) bool { return strings.TrimSpace(s) == "" }

// pieces cuts a text into words, white space, and signs. Of scripts that put no
// spaces between words each letter is a piece. Marks go with what they stand on.
func pieces(s string) []string {
	var out []string
	from, last := 0, other
	for at, r := range s {
		kind := sortOf(r)
		if at > 0 && kind != mark && (kind != last || kind == other) {
			out, from = append(out, s[from:at]), at
		}
		if kind != mark || at == 0 {
			last = kind
		}
	}
	if from < len(s) {
		out = append(out, s[from:])
	}
	return out
}

// letterSort says what a letter does to the word around it.
type letterSort int

const (
	other letterSort = iota // stands by itself
	blank
	letter
	mark // goes with what it stands on
)

func sortOf(r rune) letterSort {
	switch {
	case unicode.IsSpace(r):
		return blank
	case unicode.IsMark(r) || r == '\u200C' || r == '\u200D':
		return mark
	case r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
		return letter
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		return other
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		return letter
	}
	return other
}
