package importer

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"rejoinder/app"
)

// chooser decides which blocks of a page are its article. The extractors say
// where the article is; what stands among its blocks in the page belongs to it
// too, unless it is a menu, an advert or a list of related links.
type chooser struct {
	page      []block
	chosen    []bool
	weight    map[*html.Node]int  // chosen words below an element
	text      map[*html.Node]int  // code points below an element
	linked    map[*html.Node]int  // of those, in links and buttons
	signUps   map[*html.Node]bool // elements that were asked whether they are
	texts     []string            // of all blocks without white space, sorted
	listed    map[*html.Node]int  // of the code points, in lists of entries that lead away
	said      map[string]int      // texts of blocks, without white space
	total     int                 // chosen words
	container *html.Node
	first     int // chosen block inside the container
	last      int
}

// choose divides the blocks of a page into those that are the article, by what
// the extractors found, and those that are left out, but for the ones of the
// numbers in takeIn. It gives none where nothing was found.
func choose(page, found []block, takeIn []int) (taken []block, left []app.LeftOut) {
	c := newChooser(page, found)
	if !slices.Contains(c.chosen, true) {
		return nil, nil
	}
	c.weigh()
	c.findContainer()
	c.findEnds()
	number := 0
	for i, b := range page {
		if b.kind != app.BlockRule { // parted takes out those that part nothing
			if kind := c.leaves(i); kind != "" {
				number++
				if !slices.Contains(takeIn, number) {
					left = append(left, app.LeftOut{Number: number, Kind: kind, Text: b.text})
					continue
				}
			}
		}
		taken = append(taken, b)
	}
	return parted(taken), left
}

func newChooser(page, found []block) *chooser {
	return &chooser{page: page, chosen: matched(page, found), weight: map[*html.Node]int{}, text: map[*html.Node]int{},
		linked: map[*html.Node]int{}, listed: map[*html.Node]int{}, signUps: map[*html.Node]bool{}, said: map[string]int{}}
}

// weigh sums up what is below each element.
func (c *chooser) weigh() {
	for i, b := range c.page {
		if b.kind == app.BlockRule {
			continue
		}
		weight, runes := 0, app.RuneCount(b.text)
		if c.chosen[i] {
			weight = max(1, app.CountWords(b.text))
			c.total += weight
			c.said[unspaced(b.text)]++
		}
		for n := b.node; n != nil; n = n.Parent {
			c.weight[n] += weight
			c.text[n] += runes
			c.linked[n] += b.linked
		}
	}
}

// findContainer finds the smallest element with nearly all of what was chosen.
func (c *chooser) findContainer() {
	var root *html.Node
	for n := c.page[slices.Index(c.chosen, true)].node; n != nil; n = n.Parent {
		root = n
	}
	c.container = root
	for c.container != nil {
		inner := (*html.Node)(nil)
		for n := c.container.FirstChild; n != nil; n = n.NextSibling {
			if 10*c.weight[n] >= 9*c.weight[root] {
				inner = n
			}
		}
		if inner == nil || isSingle[tagOf(inner)] {
			return
		}
		c.container = inner
	}
}

// findEnds finds the first and the last chosen block in the container.
func (c *chooser) findEnds() {
	c.first, c.last = -1, -1
	for i, b := range c.page {
		if c.chosen[i] && isWithin(b.node, c.container) {
			if c.first < 0 {
				c.first = i
			}
			c.last = i
		}
	}
}

// isAmong reports whether what was not chosen stands among chosen blocks, or
// beside the first or last of them in the same element: not in another column.
func (c *chooser) isAmong(i int, group *html.Node) bool {
	switch {
	case i > c.first && i < c.last:
		return true
	case c.first < 0 || group.Parent == nil:
		return false
	case i < c.first:
		return isWithin(c.page[c.first].node.Parent, group.Parent) && group.Parent == c.page[c.first].node.Parent
	}
	return group.Parent == c.page[c.last].node.Parent
}

func isWithin(n, outer *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

// isSingle are the elements that are one block, and hold no article.
var isSingle = atoms(atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Tr, atom.Td, atom.Pre,
	atom.Blockquote, atom.Figcaption)

// leaves says why a block is left out, "" for one that is taken.
func (c *chooser) leaves(i int) app.LeftKind {
	b := c.page[i]
	group, inside, teasers := b.node, false, false
	for n := b.node; n != nil; n = n.Parent {
		if n == c.container {
			inside = true
			break
		}
		if c.weight[n] == 0 {
			group = n
		}
		if share := 100 * c.weight[n] / c.total; share < 4*mostTeasers && c.isTeasers(n) && (share < mostTeasers || !c.chosen[i] || c.areShort(n)) {
			teasers = true
		}
		if c.isSignUp(n) {
			return app.LeftForm
		}
		if kind := leftKind(n); kind != "" && (!c.chosen[i] || hasClass(n, printed)) {
			return kind
		}
		if tagOf(n) == atom.Article && c.isOther(n) {
			return app.LeftAround
		}
	}
	runes := app.RuneCount(b.text)
	switch {
	case b.kind == app.BlockHeading && c.chosen[i] && !teasers && (inside || b.level == 1):
		return ""
	case c.chosen[i] && 10*b.linked > 8*runes, !c.chosen[i] && 2*b.linked > runes:
		return app.LeftLinks
	case !inside, !c.chosen[i] && !c.isAmong(i, group):
		return app.LeftAround
	case teasers:
		return app.LeftLinks
	case c.chosen[i]:
		return ""
	case c.said[unspaced(b.text)] > 0, c.isBeginning(b):
		return app.LeftRepeat
	case 3*c.linked[group] > c.text[group]:
		return app.LeftLinks
	}
	c.said[unspaced(b.text)]++
	return ""
}

// spoken is the number of words in blocks.
func spoken(blocks []block) int {
	n := 0
	for _, b := range blocks {
		n += app.CountWords(b.text)
	}
	return n
}

// joined is the text of blocks with nothing between words but one space.
func joined(blocks []block) string {
	var text strings.Builder
	for _, b := range blocks {
		text.WriteString(app.OneLine(b.text) + " ")
	}
	return text.String()
}
