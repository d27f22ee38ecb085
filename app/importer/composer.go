package importer

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"rejoinder/app"
)

// block is a finished block, before the title's place is known.
type block struct {
	kind   app.BlockKind
	level  int
	number int // of an item of an ordered list
	text   string
	spans  []app.Span
	node   *html.Node // of a page: the block element around it
	linked int        // code points that are links or buttons
}

// scope is what surrounds a piece of text: it decides the kind of its block.
type scope struct {
	kind     app.BlockKind
	level    int   // of a heading
	depth    int   // of lists
	item     *bool // of the list item around: whether its first block is set
	number   int   // of the list item around; 0 in a list without numbers
	next     *int  // the number of the next item; nil in a list without numbers
	quoted   bool
	verbatim bool
}

func (s scope) heading(level int) scope {
	s.kind, s.level, s.item = app.BlockHeading, level, nil
	return s
}

// list is the scope within a list, whose items are not numbered.
func (s scope) list() scope {
	s.depth++
	s.next = nil
	return s
}

// numbered is the scope within a list whose items are numbered from start.
func (s scope) numbered(start int) scope {
	s = s.list()
	s.next = &start
	return s
}

func (s scope) listItem() scope {
	s.kind, s.item, s.depth, s.number = app.BlockListItem, new(bool), max(1, s.depth), 0
	if s.next != nil {
		s.number = *s.next
		*s.next++
	}
	return s
}

func (s scope) quotation() scope {
	s.kind, s.quoted, s.item = app.BlockQuotation, true, nil
	return s
}

func (s scope) code() scope {
	s.kind, s.verbatim, s.item = app.BlockCode, true, nil
	return s
}

// composer sets blocks one after the other. A style that is open when a block
// ends goes on in the next one.
type composer struct {
	blocks []block
	open   passage
	scope  scope
	styles []style
	node   *html.Node // the block element that is being walked; nil outside of pages
}

type style struct {
	span app.Span
	from int
}

func newComposer() *composer {
	return &composer{scope: scope{kind: app.BlockParagraph}}
}

// begin ends the open block; what follows stands in s.
func (c *composer) begin(s scope) {
	c.end()
	c.scope, c.open.verbatim = s, s.verbatim
}

func (c *composer) text(s string) { c.open.write(s) }

// lineBreak breaks the line; a second break in a row ends the block.
func (c *composer) lineBreak() {
	if c.open.verbatim {
		if c.open.struck {
			c.open.endStruck()
		}
		c.open.write("\n")
	} else if !c.open.lineBreak() {
		c.end()
	}
}

func (c *composer) push(kind app.SpanKind, url string) {
	c.styles = append(c.styles, style{app.Span{Kind: kind, URL: url}, c.open.mark()})
}

func (c *composer) pop() {
	last := len(c.styles) - 1
	c.close(c.styles[last])
	c.styles = c.styles[:last]
}

func (c *composer) close(s style) {
	s.span.Start, s.span.End = s.from, c.open.n
	c.open.addSpan(s.span)
}

// end finishes the open block, if there is text in it.
func (c *composer) end() {
	if c.open.n == 0 {
		c.open.space = false
		return
	}
	for i := range c.styles {
		c.close(c.styles[i])
		c.styles[i].from = 0
	}
	text, spans := c.open.finish()
	linked := c.open.linked
	c.open = c.open.next(c.scope.verbatim)
	if strings.Trim(text, " ·") == "" { // a row whose cells turned out to be empty
		return
	}
	kind, level, number := c.scope.kind, 0, 0
	switch {
	case kind == app.BlockHeading:
		level = c.scope.level
	case kind == app.BlockListItem && !*c.scope.item:
		level, number, *c.scope.item = c.scope.depth, c.scope.number, true
	case kind == app.BlockListItem && c.scope.quoted:
		kind = app.BlockQuotation
	case kind == app.BlockListItem:
		kind = app.BlockParagraph
	}
	c.blocks = append(c.blocks, block{kind, level, number, text, spans, c.node, linked})
}

// rule sets a line between two parts.
func (c *composer) rule() {
	c.end()
	c.blocks = append(c.blocks, block{kind: app.BlockRule, text: app.RuleText})
}

// parted leaves out rules that part nothing: the first, the last, and all but one
// between two blocks.
func parted(blocks []block) []block {
	var out []block
	for i, b := range blocks {
		last := !slices.ContainsFunc(blocks[i:], func(b block) bool { return b.kind != app.BlockRule })
		if b.kind == app.BlockRule && (last || len(out) == 0 || out[len(out)-1].kind == app.BlockRule) {
			continue
		}
		out = append(out, b)
	}
	return out
}

// finish returns the blocks.
func (c *composer) finish() []block {
	c.end()
	return c.blocks
}

const (
	maxTitle    = 200 // code points of a title taken from the text
	maxDeclared = 500 // code points of a title that a document gives itself
)

// shorten cuts s at the word boundary before limit code points and adds an
// ellipsis; it reports whether it cut.
func shorten(s string, limit int) (string, bool) {
	if app.RuneCount(s) <= limit {
		return s, false
	}
	cut := app.Slice(s, 0, limit)
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:.-–—") + "…", true
}

// titleFromText is the title of blocks that have none: the first heading of
// level 1, else the first heading, else the first line.
func titleFromText(blocks []block) (title string, cut bool) {
	var first string
	for _, b := range blocks {
		if b.kind != app.BlockHeading {
			continue
		}
		if b.level == 1 {
			return shorten(app.OneLine(b.text), maxTitle)
		}
		if first == "" {
			first = b.text
		}
	}
	if first == "" {
		first, _, _ = strings.Cut(blocks[0].text, "\n")
		cut = first != blocks[0].text
	}
	title, long := shorten(app.OneLine(first), maxTitle)
	return title, cut || long
}

// entitle makes the title the first block. A heading that says the same near the
// top is that block, and so are a first paragraph that is nothing else, and a
// heading of level 1 that shares most of its words: pages give themselves a
// shorter title than their headline, or a longer one.
func entitle(blocks []block, title string) []block {
	const near = 5
	same := app.FoldName(title)
	head := block{kind: app.BlockHeading, level: 1, text: title}
	for i, b := range blocks[:min(near, len(blocks))] {
		alike := b.kind == app.BlockHeading && b.level == 1 && sharesWords(b.text, title)
		if !alike && (b.kind != app.BlockHeading && i > 0 || app.FoldName(b.text) != same) {
			continue
		}
		head.text, head.spans = b.text, b.spans
		rest := append([]block{head}, blocks[:i]...)
		return append(rest, blocks[i+1:]...)
	}
	return append([]block{head}, blocks...)
}

// sharesWords reports whether most words of the shorter text are in the longer.
func sharesWords(a, b string) bool {
	short, long := wordsOf(app.FoldName(a)), wordsOf(app.FoldName(b))
	if len(short) > len(long) {
		short, long = long, short
	}
	shared := 0
	for _, w := range short {
		if slices.Contains(long, w) {
			shared++
		}
	}
	return shared > 0 && 3*shared >= 2*len(short)
}

// content puts the blocks into the form that the notebook keeps.
func content(blocks []block) app.Content {
	var b app.Builder
	for _, k := range blocks {
		if k.number != 0 {
			b.AddItem(k.level, k.number, k.text, k.spans...)
		} else {
			b.Add(k.kind, k.level, k.text, k.spans...)
		}
	}
	return b.Content()
}
