package importer

import (
	"net/url"
	"strconv"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"rejoinder/app"
)

// cellGap stands between the cells of a table's row.
const cellGap = " · "

// unseen are the elements whose text a page does not show, or shows only to
// be operated.
var unseen = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Head: true,
	atom.Title: true, atom.Iframe: true, atom.Object: true, atom.Svg: true,
	atom.Button: true, atom.Select: true, atom.Textarea: true, atom.Datalist: true, atom.Audio: true,
	atom.Video: true, atom.Canvas: true, atom.Noembed: true, atom.Noframes: true,
}

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
	atom.Dd, atom.Details, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption,
	atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
	atom.Header, atom.Hgroup, atom.Hr, atom.Html, atom.Legend, atom.Li, atom.Main, atom.Menu,
	atom.Nav, atom.Ol, atom.P, atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Tbody,
	atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul,
)

func atoms(list ...atom.Atom) map[atom.Atom]bool {
	set := make(map[atom.Atom]bool, len(list))
	for _, a := range list {
		set[a] = true
	}
	return set
}

// treeBlocks sets the blocks of a tree; base, which may be nil, is what its
// links are relative to.
func treeBlocks(root *html.Node, base *url.URL) []block {
	if root == nil {
		return nil
	}
	w := &treeWalk{composer: newComposer(), base: base}
	w.node(root)
	return parted(w.finish())
}

type treeWalk struct {
	*composer
	base *url.URL
}

func (w *treeWalk) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
}

func (w *treeWalk) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.text(n.Data)
	case html.DocumentNode:
		w.children(n)
	case html.ElementNode:
		w.element(n)
	}
}

func (w *treeWalk) element(n *html.Node) {
	// The extractors rename elements without changing their atom.
	tag := atom.Lookup([]byte(n.Data))
	kind, styled := inlineStyles[tag]
	switch {
	case unseen[tag] || hidden(n):
	case tag == atom.Br:
		w.lineBreak()
	case tag == atom.Code && wholeLines(n):
		w.within(w.scope.code(), n)
	case tag == atom.A:
		w.link(n)
	case tag == atom.Q:
		w.text("“")
		w.children(n)
		w.text("”")
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
	case styled && !w.scope.verbatim:
		w.push(kind, "")
		w.children(n)
		w.pop()
	default:
		w.children(n)
	}
}

// within sets the children of n as blocks of scope s.
func (w *treeWalk) within(s scope, n *html.Node) {
	outer := w.scope
	w.begin(s)
	w.children(n)
	w.begin(outer)
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
	case atom.Pre:
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
	target := linkTarget(attribute(n, "href"), w.base)
	if target == "" {
		w.children(n)
		return
	}
	w.push(app.SpanLink, target)
	w.children(n)
	w.pop()
}

// row sets a table's row as one paragraph.
func (w *treeWalk) row(n *html.Node) {
	s := w.scope
	w.begin(s)
	first := true
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || !visible(textOf(c)) {
			continue
		}
		if !first {
			w.text(cellGap)
		}
		first = false
		w.cell(c)
	}
	w.begin(s)
}

// cell sets what is in a cell inline, as isDataRow has found it to be.
func (w *treeWalk) cell(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && blockElements[atom.Lookup([]byte(c.Data))] {
			w.cell(c)
		} else {
			w.node(c)
		}
	}
}

// isDataRow tells rows of data from tables that only lay out a page: no cell of
// theirs has more than one block in it.
func isDataRow(row *html.Node) bool {
	for cell := row.FirstChild; cell != nil; cell = cell.NextSibling {
		blocks := 0
		for n := range cell.Descendants() {
			if tag := atom.Lookup([]byte(n.Data)); n.Type == html.ElementNode && blockElements[tag] {
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
	var text []byte
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			text = append(text, d.Data...)
		}
	}
	return string(text)
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key == "hidden" && a.Val != "until-found" {
			return true
		}
	}
	return false
}
