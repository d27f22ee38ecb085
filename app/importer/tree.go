package importer

import (
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"rejoinder/app"
)

// cellGap stands between the cells of a table's row.
const cellGap = " · "

// inlineStyles are the elements that set a style within a block.
var inlineStyles = map[atom.Atom]app.SpanKind{
	atom.Em: app.SpanEmphasis, atom.I: app.SpanEmphasis, atom.Cite: app.SpanEmphasis,
	atom.Dfn: app.SpanEmphasis, atom.Var: app.SpanEmphasis,
	atom.Strong: app.SpanStrong, atom.B: app.SpanStrong,
	atom.Code: app.SpanCode, atom.Kbd: app.SpanCode, atom.Samp: app.SpanCode, atom.Tt: app.SpanCode,
}

// blockElements are the elements that stand on lines of their own.
var blockElements = atoms(
	atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center,
	atom.Dd, atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset,
	atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5,
	atom.H6, atom.Header, atom.Hgroup, atom.Hr, atom.Html, atom.Legend, atom.Li, atom.Listing, atom.Main,
	atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Tbody,
	atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul, atom.Xmp,
)

func atoms(list ...atom.Atom) map[atom.Atom]bool {
	set := make(map[atom.Atom]bool, len(list))
	for _, a := range list {
		set[a] = true
	}
	return set
}

// treeBlocks sets all blocks that a page shows, each with the page's own text:
// the only place where the text of a page is made. base, which may be nil, is
// what its links are relative to.
func treeBlocks(root *html.Node, base *url.URL) []block {
	if root == nil {
		return nil
	}
	return readTree(root, base).finish()
}

// readTree walks a tree.
func readTree(root *html.Node, base *url.URL) *treeWalk {
	w := &treeWalk{composer: newComposer(), base: base}
	w.visit(root)
	return w
}

type treeWalk struct {
	*composer
	base   *url.URL
	drawn  []string // words in pictures and forms, which are not read
	inText []string // those of them that stand within a line
}

// missed notes the words that a page shows in a picture or a form.
func (w *treeWalk) missed(n *html.Node) {
	text := ""
	switch {
	case n.Data == "svg", tagOf(n) == atom.Select, tagOf(n) == atom.Textarea:
		text = app.OneLine(textOf(n))
	}
	if !visible(text) || conceals(attribute(n, "style")) || hasAttribute(n, "hidden") {
		return
	}
	w.drawn = append(w.drawn, text)
	if w.open.midLine() && n.Data == "svg" {
		w.inText = append(w.inText, text)
	}
}

// setting is how a style sets an element that HTML sets in the line: as a block,
// apart from its neighbours, or in the line.
func setting(n *html.Node) string {
	style := attribute(n, "style")
	switch {
	case style == "" || blockElements[tagOf(n)]:
		return ""
	case declares(style, "display", "block", "table", "flex", "grid", "list-item", "flow-root", "table-row"):
		return "block"
	case declares(style, "display", "inline-block", "table-cell", "inline-flex", "inline-grid", "inline-table"):
		return "apart"
	}
	return ""
}

func (w *treeWalk) edge(set string) {
	switch set {
	case "block":
		w.begin(w.scope)
	case "apart":
		w.open.edge()
	}
}

func (w *treeWalk) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.visit(c)
	}
}

func (w *treeWalk) visit(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.text(n.Data)
	case html.DocumentNode:
		w.children(n)
	case html.ElementNode:
		if !isShown(n) {
			w.missed(n)
			return
		}
		set := setting(n)
		w.edge(set)
		w.struckWithin(n, func() { w.element(n) })
		w.edge(set)
	}
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

func (w *treeWalk) element(n *html.Node) {
	tag := tagOf(n)
	kind, styled := inlineStyles[tag]
	switch {
	case n.Data == "math":
		w.text(mathText(n))
	case tag == atom.Br:
		w.lineBreak()
	case tag == atom.Img:
		w.picture(n)
	case tag == atom.Code && wholeLines(n) && !w.open.midLine() && endsBlock(n):
		w.within(w.scope.code(), n)
	case tag == atom.A:
		w.link(n)
	case tag == atom.Button:
		w.open.links++
		w.children(n)
		w.open.links--
	case tag == atom.Q:
		w.text("“")
		w.children(n)
		w.text("”")
	case tag == atom.Ruby:
		w.ruby(n)
	case tag == atom.Tr && isDataRow(n):
		w.row(n)
	case tag == atom.Hr:
		w.rule()
	case tag == atom.Ol:
		w.within(w.scope.numbered(firstNumber(n)), n)
	case blockElements[tag]:
		if value, err := strconv.Atoi(attribute(n, "value")); err == nil && tag == atom.Li && w.scope.next != nil {
			*w.scope.next = value
		}
		w.within(inside(w.scope, tag), n)
	case isRaised(n):
		w.text(raisedText(n))
	case isLowered(n):
		w.text(loweredText(n))
	case styled && !w.scope.verbatim:
		w.push(kind, "")
		w.children(n)
		w.pop()
	default:
		w.children(n)
	}
}

// struckWithin walks what is in n, which may be struck.
func (w *treeWalk) struckWithin(n *html.Node, walk func()) {
	if !isStruck(n) {
		walk()
		return
	}
	w.open.strikes++
	walk()
	w.open.strikes--
}

// within sets the children of n as blocks of scope s.
func (w *treeWalk) within(s scope, n *html.Node) {
	outer, around := w.scope, w.node
	w.begin(s)
	w.node = n
	w.children(n)
	w.begin(outer)
	w.node = around
}

// inside is the scope within a block element.
func inside(s scope, tag atom.Atom) scope {
	switch tag {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return s.heading(int(tag.String()[1] - '0'))
	case atom.Ul, atom.Ol, atom.Menu, atom.Dir:
		return s.list()
	case atom.Li:
		return s.listItem()
	case atom.Blockquote:
		return s.quotation()
	case atom.Pre, atom.Listing, atom.Xmp:
		return s.code()
	}
	return s
}

// firstNumber is the number of an ordered list's first item.
func firstNumber(list *html.Node) int {
	if start, err := strconv.Atoi(attribute(list, "start")); err == nil {
		return start
	}
	return 1
}

func (w *treeWalk) link(n *html.Node) {
	if note := noteNumber(n); note != "" && w.open.glued() {
		w.text("[" + note + "]")
		return
	}
	w.open.links++
	defer func() { w.open.links-- }()
	target := linkTarget(attribute(n, "href"), w.base)
	if target == "" {
		w.children(n)
		return
	}
	w.push(app.SpanLink, target)
	w.children(n)
	w.pop()
}

// picture writes the text of a picture that stands for a word.
func (w *treeWalk) picture(n *html.Node) {
	switch text, sign := pictureText(n); {
	case text == "":
	case sign:
		w.text(text)
	default:
		w.open.pictureBetween(text)
	}
}

// ruby writes the reading of characters in parentheses behind them.
func (w *treeWalk) ruby(n *html.Node) {
	bracketed := false
	for d := range n.Descendants() {
		bracketed = bracketed || tagOf(d) == atom.Rp
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch tag := tagOf(c); {
			case !isShown(c):
			case tag == atom.Rt && !bracketed && visible(shownText(c)):
				w.text("(" + app.OneLine(shownText(c)) + ")")
			case tag == atom.Rb || tag == atom.Rtc:
				walk(c)
			default:
				w.visit(c)
			}
		}
	}
	walk(n)
}

// row sets a table's row as one paragraph.
func (w *treeWalk) row(n *html.Node) {
	s, around := w.scope, w.node
	w.begin(s)
	w.node = n
	var cells []*html.Node
	filled := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && isShown(c) {
			cells = append(cells, c)
			if visible(shownText(c)) {
				filled++
			}
		}
	}
	gaps := 0 // an empty cell keeps its place before those that are not
	for _, c := range cells {
		if visible(shownText(c)) && filled > 1 {
			w.gap(gaps)
			gaps = 0
		}
		gaps++
		w.cell(c)
	}
	w.begin(s)
	w.node = around
}

// gap parts cells; it is never struck.
func (w *treeWalk) gap(times int) {
	w.open.edge()
	strikes := w.open.strikes
	w.open.strikes = 0
	for range times {
		w.text(cellGap)
	}
	w.open.strikes = strikes
}

// cell sets what is in a cell inline, as isDataRow has found it to be.
func (w *treeWalk) cell(n *html.Node) {
	w.struckWithin(n, func() {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if blockElements[tagOf(c)] && isShown(c) {
				w.open.edge()
				w.cell(c)
				w.open.edge()
			} else {
				w.visit(c)
			}
		}
	})
}

// isDataRow tells rows of data from tables that only lay out a page: no cell of
// theirs has more than one block in it.
func isDataRow(row *html.Node) bool {
	for cell := row.FirstChild; cell != nil; cell = cell.NextSibling {
		blocks := 0
		for n := range cell.Descendants() {
			if tag := tagOf(n); blockElements[tag] {
				if tag == atom.Table || tag == atom.Li || tag == atom.Pre {
					return false
				}
				blocks++
			}
		}
		if blocks > 1 {
			return false
		}
	}
	return true
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
