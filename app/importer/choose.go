package importer

import (
	"slices"
	"strings"
	"unicode"

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

// mostTeasers is the share of the chosen words, in percent, that an extractor may
// have taken by mistake from a list of other articles.
const mostTeasers = 10

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
		if share := 100 * c.weight[n] / c.total; (share < mostTeasers || share < 4*mostTeasers && (!c.chosen[i] || c.areShort(n))) && c.isTeasers(n) {
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

// matched says which blocks of a page have words that the extractor found, in
// its order. An extractor loses what stands in and behind elements that it does
// not know: a part of a block's words is enough.
func matched(page, found []block) []bool {
	var words []string
	var of []int // the block that a word is in
	counts := make([]int, len(page))
	for i, b := range page {
		if b.kind == app.BlockRule {
			continue
		}
		for _, w := range wordsOf(b.text) {
			words, of = append(words, w), append(of, i)
			counts[i]++
		}
	}
	places := map[[3]string][]int{}
	for i := range max(0, len(words)-2) {
		key := [3]string(words[i : i+3])
		if len(places[key]) < mostPlaces {
			places[key] = append(places[key], i)
		}
	}
	hits := make([]int, len(page))
	used := make([]bool, len(words))
	next := 0
	for _, b := range found {
		key := wordsOf(b.text)
		for i := range key {
			at := -1
			switch {
			case next < len(words) && words[next] == key[i]:
				at = next
			case i+3 <= len(key):
				at = nextPlace(places[[3]string(key[i:i+3])], next, used)
			case len(key) < 3 && i == 0:
				at = shortBlock(key, words, of, counts, next)
			}
			if at >= 0 && !used[at] {
				used[at] = true
				hits[of[at]]++
				next = at + 1
			}
		}
	}
	out := make([]bool, len(page))
	for i, n := range hits {
		out[i] = n > 0 && (2*n >= counts[i] || n >= 3 && 5*n >= counts[i])
	}
	return out
}

// mostPlaces bounds how many places of the same three words are looked at.
const mostPlaces = 200

// nextPlace is the first unused place from next on, else the first of all.
func nextPlace(places []int, next int, used []bool) int {
	from, _ := slices.BinarySearch(places, next)
	for n := range places {
		if at := places[(from+n)%len(places)]; !used[at] {
			return at
		}
	}
	return -1
}

// shortBlock is where a block of these words, one or two, starts near next.
func shortBlock(key, words []string, of, counts []int, next int) int {
	const near = 300
	for at := next; at+len(key) <= min(len(words), next+near); at++ {
		whole := counts[of[at]] == len(key) && of[at] == of[at+len(key)-1]
		if whole && slices.Equal(words[at:at+len(key)], key) {
			return at
		}
	}
	return -1
}

// wordsOf are the words of a text; of scripts without spaces each letter is one.
func wordsOf(text string) []string {
	var out []string
	from := -1
	for i, r := range text {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
		alone := letter && (isWide(r) || unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar))
		if from >= 0 && (!letter || alone) {
			out, from = append(out, text[from:i]), -1
		}
		if alone {
			out = append(out, string(r))
		} else if letter && from < 0 {
			from = i
		}
	}
	if from >= 0 {
		out = append(out, text[from:])
	}
	return out
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
