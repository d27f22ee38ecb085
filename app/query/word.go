package query

import (
	"slices"
	"strings"
	"unicode"
)

// wordOf reads the form of a word, and says what is wrong with it. A term that
// is no plain word (an address, a formula) has no wildcards but a * at its end.
func wordOf(term string) (w Word, wrong string) {
	if literal, ok := strings.CutPrefix(term, `\`); ok {
		return Word{Text: literal}, ""
	}
	w, wrong = formOf(term)
	if s := (scanner{text: []rune(w.Text)}); w.Text != term {
		if f, _ := s.fieldAt(0); f != nil {
			return Word{Text: term}, "" // ".title:x*": without the point it would be a field
		}
	}
	return w, wrong
}

func formOf(term string) (w Word, wrong string) {
	if isAddress(term) {
		if base := strings.TrimRight(term, "*"); base != term && strings.IndexFunc(term, isSign) == 0 {
			return Word{Text: base, Prefix: true}, ""
		}
		return Word{Text: term}, ""
	}
	core := trimSigns([]rune(term), "*~")
	base, letters := cutFuzzy(core)
	if base == nil {
		return starred(term, core), ""
	}
	w = starred(string(base), base)
	if w.Wild || w.Prefix {
		return w, "A word with a wildcard cannot be fuzzy too; the ~ is passed over."
	}
	if letters > 2 {
		letters, wrong = 2, "At most 2 letters of a word may differ; this is read as ~2."
	}
	return Word{Text: string(base), Fuzzy: letters}, wrong
}

// cutFuzzy cuts the ~, ~1 or ~2 from the end of a word; base is nil where there
// is none. The letters are -1 for a ~ alone.
func cutFuzzy(term []rune) (base []rune, letters int) {
	i := len(term) - 1
	letters = -1
	if i > 0 && isDigit(term[i]) {
		letters = int(term[i] - '0')
		i--
	}
	if i < 1 || term[i] != '~' || term[0] == '~' || term[i-1] == '/' {
		return nil, 0
	}
	for i > 0 && !isSign(term[i-1]) && !strings.ContainsRune("*+#~", term[i-1]) {
		i--
	}
	if !says(string(term[:i])) {
		return nil, 0
	}
	return term[:i], letters
}

// starred reads the wildcards of a word; core is the word without most of the
// punctuation at its ends.
func starred(term string, core []rune) Word {
	core = trimSigns(core, "*")
	if !says(string(core)) {
		return Word{Text: term}
	}
	if !isPlain(core) { // a * before such a thing is one of a list or a footnote
		core = core[slices.IndexFunc(core, isSign):]
	}
	last := len(core) - 1
	inside := slices.ContainsFunc(core[:last], func(r rune) bool { return r == '*' || r == '?' })
	switch {
	case inside && isPlain(core):
		return Word{Text: string(core), Wild: true}
	case core[last] == '*':
		return Word{Text: strings.TrimRight(string(core), "*"), Prefix: true}
	}
	return Word{Text: term}
}

// isPlain reports whether a term is but letters and what joins them, so that * and
// ? in it can be meant as nothing but wildcards.
func isPlain(term []rune) bool {
	return !slices.ContainsFunc(term, func(r rune) bool {
		return !isSign(r) && !strings.ContainsRune("*?-‐‑'’._", r) && !unicode.Is(unicode.Cf, r)
	})
}
