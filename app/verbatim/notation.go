package verbatim

import (
	"strings"
	"unicode"
)

// longestSign is how many code points of raised or lowered text are a sign.
const longestSign = 16

var noteWords = set("reference", "footnote", "footnotes", "footnote-ref", "footnoteref", "noteref", "endnote", "fn", "fnref", "fn-ref",
	"note", "citation", "cite")

var signWords = set("emoji", "emojione", "twemoji", "smiley", "wp-smiley", "latex", "tex", "math", "mwe-math-fallback-image-inline",
	"mwe-math-fallback-image-display")

func hasWord(class string, of map[string]bool) bool {
	for _, word := range strings.Fields(strings.ToLower(class)) {
		if of[word] {
			return true
		}
	}
	return false
}

func callsNote(attrs map[string]string) bool {
	return hasWord(attrs["class"], noteWords) || attrs["role"] == "doc-noteref"
}

func leadsWithin(attrs map[string]string) bool {
	return strings.HasPrefix(strings.TrimSpace(attrs["href"]), "#")
}

// plainTags never are raised or lowered, whatever their style says.
var plainTags = set("a", "img", "br", "q", "ruby", "button", "math", "hr")

// beginCapture is the capture that an element begins, nil where it begins none.
func (w *pageWriter) beginCapture(e element) *capture {
	style := e.attrs["style"]
	ordinary := !blocks[e.name] && !plainTags[e.name]
	raised := e.name == "sup" || ordinary && styled(style, "vertical-align", "super")
	lowered := e.name == "sub" || ordinary && styled(style, "vertical-align", "sub")
	around := w.hushed()
	if around != nil && (e.struck || blocks[e.name] || e.name == "q" || e.name == "ruby" || e.name == "math" ||
		around.kind == "note" && (raised || lowered)) {
		w.giveUp()
		around = nil
	}
	switch {
	case around != nil && !raised && !lowered:
		return nil
	case raised:
		return &capture{kind: "sup", note: callsNote(e.attrs) || w.inNoteLink()}
	case lowered:
		return &capture{kind: "sub"}
	case e.name == "a" && leadsWithin(e.attrs):
		return &capture{kind: "note", glued: w.midLine && !w.space && w.last != 0}
	case e.name == "rt" && !w.rubyHasBrackets():
		return &capture{kind: "rt"}
	}
	return nil
}

// inNoteLink reports whether a link within the page is open in this block.
func (w *pageWriter) inNoteLink() bool {
	for i := len(w.open) - 1; i >= 0 && !blocks[w.open[i].name]; i-- {
		if w.open[i].name == "a" && leadsWithin(w.open[i].attrs) {
			return true
		}
	}
	return false
}

// noteIn tells what gathers text of an element that begins in it.
func (w *pageWriter) noteIn(e element) {
	if c := w.hushed(); c != nil && c.kind == "sup" && (e.name == "a" || callsNote(e.attrs)) {
		c.note = true
	}
	if i := w.find("ruby"); e.name == "rp" && i >= 0 {
		w.open[i].bracketed = true
	}
}

func (w *pageWriter) rubyHasBrackets() bool {
	i := w.find("ruby")
	return i < 0 || w.open[i].bracketed
}

// spelled is how a capture is written.
func spelled(c *capture) string {
	raw := c.text()
	sign := oneLine(raw)
	switch {
	case c.kind == "rt" && sign == "", c.kind != "rt" && !isVisible(sign):
		return raw
	case c.kind == "rt":
		return "(" + sign + ")"
	case c.kind == "note":
		if c.glued && len(sign) <= 3 {
			return "[" + sign + "]"
		}
		return raw
	case length(sign) > longestSign:
		return c.asItComes()
	case c.kind == "sub":
		return lowered(sign)
	}
	return raised(sign, c.note)
}

func isVisible(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) && r != '\uFFFD' })
}

// ordinals are raised letters that are no power.
var ordinals = set("st", "nd", "rd", "th", "e", "er", "re", "ère", "ème", "ième", "me", "mme", "mes", "lle", "r", "o", "a", "os", "as",
	"tm", "sm", "°", "®", "™", "©", "º", "ª")

func raised(sign string, note bool) string {
	switch {
	case note && isLabel(sign):
		return "[" + sign + "]"
	case note, sign[0] == '[', ordinals[strings.ToLower(sign)], !counts(sign):
		return sign
	}
	return inScript(sign, '^', map[rune]rune{'0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹',
		'+': '⁺', '-': '⁻', '−': '⁻', '=': '⁼', '(': '⁽', ')': '⁾', 'n': 'ⁿ', 'i': 'ⁱ'})
}

func lowered(sign string) string {
	if !counts(sign) {
		return sign
	}
	return inScript(sign, '_', map[rune]rune{'0': '₀', '1': '₁', '2': '₂', '3': '₃', '4': '₄', '5': '₅', '6': '₆', '7': '₇', '8': '₈', '9': '₉',
		'+': '₊', '-': '₋', '−': '₋', '=': '₌', '(': '₍', ')': '₎'})
}

func isLabel(sign string) bool {
	return length(sign) <= 4 && !strings.ContainsFunc(sign, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func counts(sign string) bool {
	return strings.ContainsFunc(sign, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '+' || r == '-' || r == '−' || r == '='
	})
}

// inScript writes a sign in small letters, or behind a mark where one has none.
func inScript(sign string, mark rune, small map[rune]rune) string {
	out := make([]rune, 0, len(sign))
	for _, r := range sign {
		s, ok := small[r]
		if !ok {
			if length(sign) == 1 {
				return string(mark) + sign
			}
			return string(mark) + "(" + sign + ")"
		}
		out = append(out, s)
	}
	return string(out)
}

// image writes the text of a picture that stands for a word.
func (w *pageWriter) image(attrs map[string]string) {
	alt := oneLine(attrs["alt"])
	if c := w.hushed(); c != nil && c.kind != "rt" && w.hidden == 0 {
		w.giveUp()
	}
	switch {
	case w.hidden > 0 || isHidden("img", attrs) || w.hushed() != nil || !isVisible(alt) || length(alt) > 500:
	case hasWord(attrs["class"], signWords) || !strings.ContainsFunc(alt, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }):
		w.say(alt)
	case len(strings.Fields(alt)) > 3, !w.midLine, w.picture != "":
	default:
		w.picture = "[" + alt + "]"
		if w.space {
			w.picture, w.space = " "+w.picture, false
		}
	}
}
