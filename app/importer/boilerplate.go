package importer

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"rejoinder/app"
)

// mostTeasers is the share of the chosen words, in percent, that an extractor may
// have taken by mistake from a list of other articles.
const mostTeasers = 10

// isOther reports whether an article element below the container is one of several
// in a row: other articles, or comments, which HTML sets so.
func (c *chooser) isOther(n *html.Node) bool {
	const several = 3
	row := 0
	for s := n.Parent.FirstChild; s != nil; s = s.NextSibling {
		if tagOf(s) == atom.Article {
			row++
		}
	}
	within := false
	for outer := n.Parent; outer != nil; outer = outer.Parent {
		within = within || tagOf(outer) == atom.Article
	}
	return within && row >= several
}

// isTeasers reports whether most of what an element holds are entries of a list
// in which each leads to another page.
func (c *chooser) isTeasers(n *html.Node) bool {
	return 2*c.entries(n) > c.text[n]
}

// entries is how many code points below n stand in lists of links with their texts.
func (c *chooser) entries(n *html.Node) int {
	if n, ok := c.listed[n]; ok {
		return n
	}
	const several = 3
	items, leading, below := 0, 0, 0
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if c.text[child] == 0 {
			continue
		}
		items++
		if leadsAway(child) {
			leading++
		}
		below += c.entries(child)
	}
	if items >= several && 5*leading >= 4*items {
		below = c.text[n]
	}
	c.listed[n] = below
	return below
}

// areShort reports whether the parts of an element are as short as those of a list
// of headlines.
func (c *chooser) areShort(n *html.Node) bool {
	const short = 200 // code points
	items := 0
	for d := range n.Descendants() {
		if tag := tagOf(d); tag == atom.Li || tag == atom.Article || tag == atom.Div && d.Parent == n {
			items++
		}
	}
	return items >= 3 && c.text[n] < short*items
}

// isSignUp reports whether an element asks for an address, with few words besides.
func (c *chooser) isSignUp(n *html.Node) bool {
	const few = 700 // code points
	if c.text[n] > few || 10*c.weight[n] > c.total {
		return false
	}
	if asks, ok := c.signUps[n]; ok {
		return asks
	}
	asks := false
	for d := range n.Descendants() {
		kind := strings.ToLower(attribute(d, "type"))
		asks = asks || tagOf(d) == atom.Input && (kind == "email" || kind == "password" || strings.Contains(strings.ToLower(attribute(d, "name")+attribute(d, "placeholder")), "email"))
	}
	c.signUps[n] = asks
	return asks
}

// leadsAway reports whether what an element begins with, a picture or words, is a
// link to another page.
func leadsAway(n *html.Node) bool {
	for at := n; at != nil; {
		switch tag := tagOf(at); {
		case tag == atom.A && hasAttribute(at, "href"):
			return !strings.HasPrefix(attribute(at, "href"), "#")
		case tag == atom.Img, at.Type == html.TextNode && visible(at.Data):
			return false
		}
		if at.FirstChild != nil && (at.Type != html.ElementNode || isShown(at)) {
			at = at.FirstChild
			continue
		}
		for at != n && at.NextSibling == nil {
			at = at.Parent
		}
		if at == n {
			return false
		}
		at = at.NextSibling
	}
	return false
}

// isBeginning reports whether another block has all of these words and goes on.
func (c *chooser) isBeginning(b block) bool {
	const long = 40 // bytes
	key := strings.TrimRight(unspaced(b.text), ".…")
	if len(key) < long {
		return false
	}
	if c.texts == nil {
		for _, b := range c.page {
			c.texts = append(c.texts, unspaced(b.text))
		}
		slices.Sort(c.texts)
	}
	at, _ := slices.BinarySearch(c.texts, key)
	for ; at < len(c.texts) && strings.HasPrefix(c.texts[at], key); at++ {
		if len(c.texts[at]) > len(unspaced(b.text)) {
			return true
		}
	}
	return false
}

func unspaced(s string) string { return strings.Join(strings.Fields(s), "") }

// printed are the classes of what is there only on paper.
var printed = words("print-only", "printonly", "visible-print", "visible-print-block", "d-print-block", "print-header", "only-print")

// commented are the classes and names of what others said of an article.
var commented = words("comments", "comment-list", "commentlist", "comments-area", "comments-section", "disqus_thread", "respond")

// leftKind says what an element is that never belongs to an article by itself.
func leftKind(n *html.Node) app.LeftKind {
	switch tagOf(n) {
	case atom.Nav, atom.Menu:
		return app.LeftMenu
	case atom.Form:
		return app.LeftForm
	}
	if hasClass(n, printed) || hasClass(n, commented) || commented[strings.ToLower(attribute(n, "id"))] {
		return app.LeftAround
	}
	switch attribute(n, "role") {
	case "navigation", "menu", "menubar", "toolbar", "search", "tablist":
		return app.LeftMenu
	}
	return ""
}
