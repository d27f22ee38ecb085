package importer

import (
	"net/url"
	"strconv"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"rejoinder/app"
)

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
