package importer

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// cellGap stands between the cells of a table's row.
const cellGap = " · "

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
