package importer

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"rejoinder/app"
)

// What carries meaning in a page and has no letters of its own is written thus:
//
//	10<sup>6</sup>       10⁶, or 10^(a b) where there are no such characters
//	CO<sub>2</sub>       CO₂, or x_(max)
//	1<sup>st</sup>       1st
//	word<sup>note</sup>  word[3], where the note is a link or says that it is one
//	<del>taken back</del> ~~taken back~~
//	<q>said</q>          “said”
//	<ruby>漢<rt>かん      漢(かん)
//	an emoji's picture   its alternative text; another small text in brackets
//	<mfrac>1 2           1/2, with ( ) around what is longer than one part
//
// Package verbatim writes the same in its own way.

// longestRaised is how many code points of raised or lowered text are taken for
// a sign; more is a text that is set small.
const longestRaised = 16

func isStruck(n *html.Node) bool {
	switch tagOf(n) {
	case atom.Del, atom.S, atom.Strike:
		return true
	}
	style := attribute(n, "style")
	return style != "" && (declares(style, "text-decoration", "line-through") ||
		declares(style, "text-decoration-line", "line-through"))
}

func isRaised(n *html.Node) bool {
	raised := tagOf(n) == atom.Sup
	if style := attribute(n, "style"); style != "" && !raised {
		raised = declares(style, "vertical-align", "super")
	}
	return raised && isSign(n)
}

func isLowered(n *html.Node) bool {
	lowered := tagOf(n) == atom.Sub
	if style := attribute(n, "style"); style != "" && !lowered {
		lowered = declares(style, "vertical-align", "sub")
	}
	return lowered && isSign(n)
}

// isSign reports whether an element holds a few letters and nothing that is
// written in a way of its own.
func isSign(n *html.Node) bool {
	text := app.OneLine(shownText(n))
	if !visible(text) || app.RuneCount(text) > longestRaised {
		return false
	}
	return holdsOnlyText(n)
}

func holdsOnlyText(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || !isShown(c) {
			continue
		}
		switch tag := tagOf(c); {
		case isStruck(c), blockElements[tag], tag == atom.Br, tag == atom.Img, tag == atom.Q, tag == atom.Ruby, c.Data == "math", !holdsOnlyText(c):
			return false
		}
	}
	return true
}

var (
	superscripts = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷",
		"8", "⁸", "9", "⁹", "+", "⁺", "-", "⁻", "−", "⁻", "=", "⁼", "(", "⁽", ")", "⁾", "n", "ⁿ", "i", "ⁱ")
	subscripts = strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄", "5", "₅", "6", "₆", "7", "₇",
		"8", "₈", "9", "₉", "+", "₊", "-", "₋", "−", "₋", "=", "₌", "(", "₍", ")", "₎")
	// plainRaised are raised letters that mean no power: ordinals, titles, marks.
	plainRaised = words("st", "nd", "rd", "th", "e", "er", "re", "ère", "ème", "ième", "me", "mme", "mes", "lle", "r",
		"o", "a", "os", "as", "tm", "sm", "°", "®", "™", "©", "º", "ª")
	noteClasses = words("reference", "footnote", "footnotes", "footnote-ref", "footnoteref", "noteref", "endnote", "fn", "fnref",
		"fn-ref", "note", "citation", "cite")
)

// raisedText is how a raised sign is written behind what it stands behind.
func raisedText(n *html.Node) string {
	text := app.OneLine(shownText(n))
	switch {
	case isNote(n) && noteLabel(text) != "":
		return "[" + noteLabel(text) + "]"
	case isNote(n) || strings.HasPrefix(text, "[") || plainRaised[strings.ToLower(text)] || !hasWordSign(text):
		return text
	}
	return scripted(text, superscripts, "^")
}

func loweredText(n *html.Node) string {
	text := app.OneLine(shownText(n))
	if !hasWordSign(text) {
		return text
	}
	return scripted(text, subscripts, "_")
}

// hasWordSign reports whether text has a letter, a digit or a sign of numbers.
func hasWordSign(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("+-−=", r)
	}) >= 0
}

// scripted is text in the letters of the replacer, or behind the mark where some
// have none.
func scripted(text string, letters *strings.Replacer, mark string) string {
	for _, r := range text {
		if letters.Replace(string(r)) == string(r) {
			if app.RuneCount(text) == 1 {
				return mark + text
			}
			return mark + "(" + text + ")"
		}
	}
	return letters.Replace(text)
}

// isNote reports whether a raised sign is the number of a note.
func isNote(n *html.Node) bool {
	if callsNote(n) {
		return true
	}
	for p := n.Parent; p != nil && !blockElements[tagOf(p)]; p = p.Parent {
		if tagOf(p) == atom.A && strings.HasPrefix(strings.TrimSpace(attribute(p, "href")), "#") {
			return true
		}
	}
	return false
}

// callsNote reports whether an element says that it calls a note, or something
// shown in it does or is a link.
func callsNote(n *html.Node) bool {
	if hasClass(n, noteClasses) || attribute(n, "role") == "doc-noteref" {
		return true
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && isShown(c) && (tagOf(c) == atom.A || callsNote(c)) {
			return true
		}
	}
	return false
}

// noteLabel is the label of a note that has to be told from the word before it:
// a number or a letter or two; "" for one that has brackets, or is a sign.
func noteLabel(text string) string {
	const most = 4
	if text == "" || app.RuneCount(text) > most {
		return ""
	}
	for _, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return ""
		}
	}
	return text
}

// noteNumber is the number of a note that a link leads to within the page, set
// as any other text; "" for another link.
func noteNumber(link *html.Node) string {
	text := app.OneLine(shownText(link))
	if !strings.HasPrefix(strings.TrimSpace(attribute(link, "href")), "#") || len(text) == 0 || len(text) > 3 ||
		strings.Trim(text, "0123456789") != "" {
		return ""
	}
	for d := range link.Descendants() {
		if isRaised(d) || isLowered(d) {
			return ""
		}
	}
	return text
}

var signClasses = words("emoji", "emojione", "twemoji", "smiley", "wp-smiley", "latex", "tex", "math", "mwe-math-fallback-image-inline",
	"mwe-math-fallback-image-display")

const (
	longestFormula = 500 // code points of the text of a formula's picture
	picturedWords  = 3   // words that a picture between words may stand for
)

// pictureText is the alternative text of a picture that stands for a word. A sign
// says so itself; any other does where words stand on both of its sides.
func pictureText(n *html.Node) (text string, sign bool) {
	alt := app.OneLine(attribute(n, "alt"))
	switch {
	case !visible(alt) || app.RuneCount(alt) > longestFormula:
		return "", false
	case hasClass(n, signClasses), strings.IndexFunc(alt, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0:
		return alt, true
	case len(strings.Fields(alt)) > picturedWords:
		return "", false
	}
	return "[" + alt + "]", false
}

// mathText writes a formula: its own alternative text, else its parts in a line.
func mathText(n *html.Node) string {
	if alt := app.OneLine(attribute(n, "alttext")); alt != "" {
		return alt
	}
	return app.OneLine(mathParts(n))
}

func mathParts(n *html.Node) string {
	if n.Type == html.TextNode {
		return app.OneLine(n.Data)
	}
	var parts []string
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode || c.Type == html.ElementNode && c.Data != "annotation" && c.Data != "annotation-xml" && c.Data != "mphantom" {
			if part := mathParts(c); part != "" {
				parts = append(parts, part)
			}
		}
	}
	between, mark := "", ""
	switch n.Data {
	case "mfrac":
		between = "/"
	case "msup", "mover":
		between = "^"
	case "msub", "munder":
		between = "_"
	case "msqrt":
		mark = "√"
	case "mtr", "mtable":
		between = " "
	case "mroot":
		if len(parts) == 2 {
			return parts[1] + "√(" + parts[0] + ")"
		}
	case "munderover", "msubsup":
		if len(parts) == 3 {
			return parts[0] + "_(" + parts[1] + ")^(" + parts[2] + ")"
		}
	}
	for i, p := range parts {
		if (between == "/" || between == "^" || between == "_" || mark != "") && app.RuneCount(p) > 1 && strings.Trim(p, "0123456789.,") != "" {
			parts[i] = "(" + p + ")"
		}
	}
	return mark + strings.Join(parts, between)
}
