package app

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// token is a word, a number or a sign of a folded text.
type token struct {
	start, end int    // folded code points
	key        string // what is compared
	kind       tokenKind
	heading    bool // it stands in a heading, whose case is typography
}

type tokenKind int

const (
	wordToken   tokenKind = iota
	letterToken           // of a script without spaces between words
	numberToken
	signToken // units, currencies, emoji: a sign that is a fact
	pointToken
)

// The keys of dashes: between words without blanks, between blanks, and before a
// number that is below nought.
const (
	hyphenKey = "-"
	dashKey   = "—"
	minusKey  = "−"
)

// isUnspaced says that a letter is of a script that puts no spaces between words.
func isUnspaced(r rune) bool {
	return r >= 0xE00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan)
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || r == '\u200C' || r == '\u200D'
}

// tokenizer cuts the code points at to end of a folded text into tokens.
type tokenizer struct {
	runes   []rune
	at, end int
	out     []token
}

func tokensOf(runes []rune, start, end int) []token {
	t := tokenizer{runes: runes, at: start, end: end}
	for t.at < t.end {
		t.next()
	}
	return t.out
}

func (t *tokenizer) peek(i int) rune {
	if i < 0 || i >= t.end {
		return 0
	}
	return t.runes[i]
}

func (t *tokenizer) add(end int, kind tokenKind, key string) {
	t.out = append(t.out, token{start: t.at, end: end, kind: kind, key: key})
	t.at = end
}

func (t *tokenizer) next() {
	switch r := t.runes[t.at]; {
	case r == ' ' || r == '\n':
		t.at++
	case unicode.IsDigit(r):
		t.number()
	case isUnspaced(r) && unicode.IsLetter(r):
		end := t.at + 1
		for end < t.end && unicode.IsMark(t.runes[end]) {
			end++
		}
		kind := letterToken
		if strings.ContainsRune(hanNumerals, r) {
			kind = numberToken
		}
		t.add(end, kind, norm.NFC.String(string(t.runes[t.at:end])))
	case unicode.IsLetter(r) || unicode.IsMark(r):
		t.word()
	case r == '-' || r == emDash:
		t.dash()
	case r == '\'' && t.at > 0 && unicode.IsDigit(t.runes[t.at-1]):
		t.add(t.at+1, signToken, "'") // feet, or minutes
	case r == '"' || r == '\'':
		t.add(t.at+1, pointToken, `"`)
	case unicode.IsNumber(r):
		t.add(t.at+1, numberToken, string(r))
	case isFactSign(r):
		t.add(t.at+1, signToken, string(r))
	default:
		t.add(t.at+1, pointToken, string(r))
	}
}

// isFactSign says that a sign is one of a unit, a currency or the like, no mark of
// punctuation.
func isFactSign(r rune) bool {
	return unicode.IsSymbol(r) || strings.ContainsRune("%‰‱&@#*§†‡/\\", r) || !unicode.IsPunct(r)
}

func (t *tokenizer) word() {
	end := t.at + 1
	for end < t.end {
		r := t.runes[end]
		if isWordRune(r) && !isUnspaced(r) {
			end++
			continue
		}
		if r == '\'' && unicode.IsLetter(t.peek(end+1)) && !isUnspaced(t.peek(end+1)) {
			end++
			continue
		}
		break
	}
	t.add(end, wordToken, wordKey(t.runes[t.at:end]))
}

// wordKey leaves out joiners where they join nothing: they change only words of
// Arabic and Indic letters.
func wordKey(runes []rune) string {
	key := string(runes)
	if unicode.In(runes[0], unicode.Latin, unicode.Greek, unicode.Cyrillic) {
		key = strings.NewReplacer("\u200C", "", "\u200D", "").Replace(key)
	}
	return norm.NFC.String(key)
}

// number reads digits with what stands between them: 10.5 is no 10 and no 5, and
// 10 000 is one number.
func (t *tokenizer) number() {
	end := t.at
	group, grouped := 0, true // digits since the last separator; whether blanks may part groups
	for end < t.end {
		r := t.runes[end]
		switch {
		case unicode.IsDigit(r):
			group++
			end++
			continue
		case isNumberPoint(r) && unicode.IsDigit(t.peek(end+1)):
			grouped, group = false, 0
			end++
			continue
		case r == ' ' && grouped && group <= 3 && isGroup(t.runes[:t.end], end+1):
			group = 0
			end++
			continue
		}
		break
	}
	t.add(end, numberToken, string(t.runes[t.at:end]))
}

func isNumberPoint(r rune) bool { return strings.ContainsRune(".,:'·٫٬/", r) }

// isGroup says that exactly three digits stand here, as after the blank of 10 000.
func isGroup(runes []rune, at int) bool {
	for i := range 3 {
		if at+i >= len(runes) || !unicode.IsDigit(runes[at+i]) {
			return false
		}
	}
	return at+3 >= len(runes) || !unicode.IsDigit(runes[at+3])
}

// dash tells hyphens, dashes and minus signs apart.
func (t *tokenizer) dash() {
	end := t.at + 1
	for end < t.end && (t.runes[end] == '-' || t.runes[end] == emDash) {
		end++
	}
	isBlank := func(r rune) bool { return r == 0 || r == ' ' || r == '\n' || strings.ContainsRune("(\"'[<>=~±", r) }
	before, after := rune(0), t.peek(end)
	if t.at > 0 && len(t.out) > 0 {
		before = t.runes[t.at-1]
	}
	ahead := end
	for t.peek(ahead) == ' ' {
		ahead++
	}
	one := end == t.at+1 && t.runes[t.at] == '-'
	afterNumber := len(t.out) > 0 && t.out[len(t.out)-1].kind == numberToken
	switch {
	case one && isBlank(before) && (unicode.IsDigit(after) || unicode.Is(unicode.Sc, after)):
		t.add(end, signToken, minusKey)
	case afterNumber && unicode.IsDigit(t.peek(ahead)):
		t.add(end, pointToken, hyphenKey)
	case one && (!isBlank(before) || !isBlank(after)):
		t.add(end, pointToken, hyphenKey)
	default:
		t.add(end, pointToken, dashKey)
	}
}
