package importer

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func atoms(list ...atom.Atom) map[atom.Atom]bool {
	set := make(map[atom.Atom]bool, len(list))
	for _, a := range list {
		set[a] = true
	}
	return set
}

// tagOf is the element's name; an element of SVG or MathML has that of no HTML.
func tagOf(n *html.Node) atom.Atom {
	if n.Type != html.ElementNode || n.Namespace != "" {
		return 0
	}
	if n.Data == "search" { // a block since 2023, which the library has no name for
		return atom.Section
	}
	return atom.Lookup([]byte(n.Data))
}

// endsBlock reports whether nothing follows an element in its line.
func endsBlock(n *html.Node) bool {
	next := n.NextSibling
	for next != nil && !visible(shownText(next)) && !blockElements[tagOf(next)] {
		next = next.NextSibling
	}
	return next == nil && blockElements[tagOf(n.Parent)] || next != nil && blockElements[tagOf(next)]
}

// wholeLines reports whether a code element is a block of code.
func wholeLines(n *html.Node) bool {
	text := textOf(n)
	for i := range len(text) {
		if text[i] == '\n' && visible(text[:i]) && visible(text[i:]) {
			return true
		}
	}
	return false
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var text strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			text.WriteString(d.Data)
		}
	}
	return text.String()
}

// shownText is the text of what a page shows of n.
func shownText(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var text strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode || c.Type == html.ElementNode && isShown(c) {
			text.WriteString(shownText(c))
		}
	}
	return text.String()
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}
