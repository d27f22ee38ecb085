package importer

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// unseen are the elements whose text a page does not show, or shows only where
// a browser lacks something.
var unseen = atoms(
	atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Title, atom.Iframe, atom.Object,
	atom.Svg, atom.Select, atom.Textarea, atom.Datalist, atom.Audio, atom.Video, atom.Canvas, atom.Noembed,
	atom.Noframes, atom.Meter, atom.Progress,
)

// isShown reports whether a page shows the element. Whole pages are often hidden
// until a script runs: what hides html or body does not count.
func isShown(n *html.Node) bool {
	tag := tagOf(n)
	switch {
	case n.Type != html.ElementNode, tag == atom.Html, tag == atom.Body:
		return true
	case unseen[tag], n.Data == "svg":
		return false
	case tag == atom.Dialog && !hasAttribute(n, "open"), hasAttribute(n, "popover"), n.Data == "mphantom":
		return false
	}
	for _, a := range n.Attr {
		switch {
		case a.Namespace != "":
		case a.Key == "hidden" && !strings.EqualFold(a.Val, "until-found"):
			return false
		case a.Key == "style" && conceals(a.Val):
			return false
		}
	}
	return true
}

// conceals reports whether a style keeps an element from being seen: not there, of
// no size, or set far off the page.
func conceals(style string) bool {
	if style == "" {
		return false
	}
	return declares(style, "display", "none") || declares(style, "visibility", "hidden", "collapse") ||
		declares(style, "content-visibility", "hidden") || declares(style, "font-size", "0", "0px", "0em", "0rem", "0%") ||
		isFarOff(style, "text-indent") || declares(style, "position", "absolute", "fixed") && (isFarOff(style, "left") || isFarOff(style, "top"))
}

func isFarOff(style, property string) bool {
	for _, word := range declared(style, property) {
		if farOff.MatchString(word) {
			return true
		}
	}
	return false
}

var farOff = regexp.MustCompile(`^-(?:\d{4,}|[5-9]\d\d)(?:\.\d+)?(?:px|em|rem|vw|vh|%)?$`)

// declares reports whether a style gives a property one of the values.
func declares(style, property string, values ...string) bool {
	for _, word := range declared(style, property) {
		if slices.Contains(values, word) {
			return true
		}
	}
	return false
}

// declared are the words that a style gives a property in the declaration that
// holds: the last important one, else the last.
func declared(style, property string) []string {
	if !strings.Contains(strings.ToLower(style), property) {
		return nil
	}
	var words []string
	important := false
	for _, declaration := range declarations(style) {
		name, value, ok := strings.Cut(declaration, ":")
		if !ok || !strings.EqualFold(strings.TrimSpace(name), property) {
			continue
		}
		value = strings.ToLower(value)
		bare := strings.ReplaceAll(value, "!important", " ")
		if strong := bare != value; strong || !important {
			words, important = strings.Fields(bare), strong
		}
	}
	return words
}

// declarations are the parts of a style between semicolons that are no part of a
// string, without comments.
func declarations(style string) []string {
	style = cssComment.ReplaceAllString(style, " ")
	var out []string
	quote, from := byte(0), 0
	for i := range len(style) {
		switch c := style[i]; {
		case quote != 0:
			if c == quote && style[i-1] != '\\' {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == ';':
			out, from = append(out, style[from:i]), i+1
		}
	}
	return append(out, style[from:])
}

func hasAttribute(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return true
		}
	}
	return false
}

// hasClass reports whether one of the element's class names is one of these.
func hasClass(n *html.Node, names map[string]bool) bool {
	for _, name := range strings.Fields(strings.ToLower(attribute(n, "class"))) {
		if names[name] {
			return true
		}
	}
	return false
}

func words(names ...string) map[string]bool {
	set := make(map[string]bool, len(names))
	for _, n := range names {
		set[n] = true
	}
	return set
}
