package verbatim

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// folding is what a comparison does not see: how white space is set, control
// characters, and the middle dots between cells of a table. In Markdown, nor does
// it see the signs that may be markup.
type folding struct{ markdown bool }

// text folds a whole text, as a writer folds what it is given piece by piece.
func (f folding) text(s string) string {
	w := writer{fold: f}
	w.write(s)
	return w.out.String()
}

// writer folds text while it is written.
type writer struct {
	fold  folding
	out   strings.Builder
	space bool
	last  rune // written; 0 at the start of a part
	dot   bool // a middle dot with white space before it waits for what follows
}

func (w *writer) write(s string) {
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			w.space, w.dot = true, false // a dot that stands alone is dropped
		case r == 0xFEFF || unicode.Is(unicode.Cc, r) || w.fold.markdown && strings.ContainsRune("*_`\\|", r):
		case r == '·' && (w.space || w.last == 0) && !w.dot:
			w.dot = true
		default:
			if w.dot {
				w.put('·')
				w.dot = false
			}
			w.put(r)
		}
	}
}

func (w *writer) put(r rune) {
	if w.space && w.last != 0 && w.needsSpace(r) {
		w.out.WriteByte(' ')
	}
	w.space = false
	w.out.WriteRune(r)
	w.last = r
}

// needsSpace reports whether white space before r tells anything: not between
// characters that are written without it, nor where a compound was broken at its
// hyphen.
func (w *writer) needsSpace(r rune) bool {
	if isIdeograph(w.last) || isIdeograph(r) {
		return false
	}
	return w.last != '-' || !unicode.IsLower(r)
}

func isIdeograph(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFF60
}

// boundary ends a part: what follows does not follow what came before.
func (w *writer) boundary() {
	if w.out.Len() > 0 {
		w.out.WriteByte(0)
	}
	w.space, w.dot, w.last = false, false, 0
}

// oneLine folds white space and trims it.
func oneLine(s string) string { return strings.Join(strings.FieldsFunc(s, unicode.IsSpace), " ") }

func length(s string) int { return utf8.RuneCountInString(s) }
