package importer

import (
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
	case tag == atom.Dialog && !hasAttribute(n, "open"):
		return false
	}
	for _, a := range n.Attr {
		switch {
		case a.Namespace != "":
		case a.Key == "hidden" && !strings.EqualFold(a.Val, "until-found"):
			return false
		case a.Key == "style" && (declares(a.Val, "display", "none") || declares(a.Val, "visibility", "hidden")):
			return false
		}
	}
	return true
}

// declares reports whether an inline style gives a property one of the values,
// in its last declaration of it.
func declares(style, property string, values ...string) bool {
	found := false
	for _, declaration := range strings.Split(style, ";") {
		name, value, ok := strings.Cut(declaration, ":")
		if !ok || !strings.EqualFold(strings.TrimSpace(name), property) {
			continue
		}
		found = false
		for _, word := range strings.Fields(strings.ToLower(strings.ReplaceAll(value, "!important", " "))) {
			for _, v := range values {
				found = found || word == v
			}
		}
	}
	return found
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
