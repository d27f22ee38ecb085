package importer

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// parsePage makes the tree of a page: as XML where it is XHTML and well formed,
// else as browsers read HTML; what no such tree can be made of is read tag by
// tag. What a page brings along in other places stands where it is shown.
func parsePage(text string, page rawPage) (root *html.Node, isXML bool) {
	if page.xhtml {
		if root, err := parseXHTML(text); err == nil {
			return finished(root), true
		}
	}
	if !page.tooLarge() {
		// It refuses more than 512 open elements.
		if root, err := html.Parse(strings.NewReader(text)); err == nil {
			return finished(root), false
		}
	}
	return finished(flatTree(text)), false
}

// finished is a tree with its stylesheets applied and its frames in place.
func finished(root *html.Node) *html.Node {
	applyStyles(root)
	unfold(root, 0)
	return root
}

// deepestFrame bounds frames in frames.
const deepestFrame = 4

// unfold puts the pages of inline frames and the trees of shadow roots where a
// browser shows them.
func unfold(n *html.Node, depth int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch tag := tagOf(c); {
		case tag == atom.Iframe && hasAttribute(c, "srcdoc") && depth < deepestFrame:
			unfoldFrame(c, depth)
		case tag == atom.Template && (hasAttribute(c, "shadowrootmode") || hasAttribute(c, "shadowroot")):
			c.Data, c.DataAtom = "div", atom.Div
			unfold(c, depth)
		default:
			unfold(c, depth)
		}
	}
}

func unfoldFrame(frame *html.Node, depth int) {
	inner, err := html.Parse(strings.NewReader(attribute(frame, "srcdoc")))
	if err != nil {
		return
	}
	applyStyles(inner)
	for frame.FirstChild != nil { // what browsers without frames show
		frame.RemoveChild(frame.FirstChild)
	}
	frame.Data, frame.DataAtom = "div", atom.Div
	for n := range inner.Descendants() {
		if n.DataAtom != atom.Body {
			continue
		}
		for n.FirstChild != nil {
			child := n.FirstChild
			n.RemoveChild(child)
			frame.AppendChild(child)
		}
		break
	}
	unfold(frame, depth+1)
}

const maxDepth = 2000 // of elements; deeper ones stand beside each other

// parseXHTML makes the tree of a page that is well-formed XML.
func parseXHTML(text string) (*html.Node, error) {
	d := xml.NewDecoder(strings.NewReader(text))
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is decoded already
	root := &html.Node{Type: html.DocumentNode}
	at, depth := root, 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return root, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return nil, errTangled()
			}
			n := &html.Node{Type: html.ElementNode, Data: t.Name.Local, DataAtom: atom.Lookup([]byte(t.Name.Local))}
			if n.Data == "svg" || n.Data == "math" {
				n.DataAtom = 0
			}
			for _, a := range t.Attr {
				n.Attr = append(n.Attr, html.Attribute{Key: strings.ToLower(a.Name.Local), Val: a.Value})
			}
			at.AppendChild(n)
			at = n
		case xml.EndElement:
			at, depth = at.Parent, depth-1
		case xml.CharData:
			if at != root {
				at.AppendChild(&html.Node{Type: html.TextNode, Data: string(t)})
			}
		}
	}
}

// void are the elements that have nothing in them.
var void = atoms(atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link,
	atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr)

// flatTree makes a tree of any tags, however many are open. It knows which
// elements end others, and leaves out those that have nothing in them.
func flatTree(text string) *html.Node {
	root := &html.Node{Type: html.DocumentNode}
	f := flatBuilder{at: root}
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			for f.at != root {
				f.close()
			}
			return root
		case html.TextToken:
			f.at.AppendChild(&html.Node{Type: html.TextNode, Data: string(z.Text())})
		case html.StartTagToken, html.SelfClosingTagToken:
			f.open(z.Token())
		case html.EndTagToken:
			name, _ := z.TagName()
			f.end(string(name))
		}
	}
}

type flatBuilder struct {
	at    *html.Node
	depth int
}

// endedBy are the open elements that a start tag ends.
var endedBy = map[atom.Atom]map[atom.Atom]bool{
	atom.Li: atoms(atom.Li), atom.Dt: atoms(atom.Dt, atom.Dd), atom.Dd: atoms(atom.Dt, atom.Dd),
	atom.Tr: atoms(atom.Tr, atom.Td, atom.Th), atom.Td: atoms(atom.Td, atom.Th), atom.Th: atoms(atom.Td, atom.Th),
	atom.Option: atoms(atom.Option),
}

func (f *flatBuilder) open(t html.Token) {
	tag := t.DataAtom
	if blockElements[tag] && tagOf(f.at) == atom.P {
		f.close()
	}
	for endedBy[tag][tagOf(f.at)] {
		f.close()
	}
	n := &html.Node{Type: html.ElementNode, Data: t.Data, DataAtom: tag, Attr: t.Attr}
	f.at.AppendChild(n)
	if void[tag] || f.depth >= maxDepth {
		return
	}
	f.at, f.depth = n, f.depth+1
}

func (f *flatBuilder) close() {
	n := f.at
	f.at, f.depth = n.Parent, f.depth-1
	if n.FirstChild == nil && !void[tagOf(n)] {
		f.at.RemoveChild(n)
	}
}

// end closes the nearest open element of the name, if there is one near.
func (f *flatBuilder) end(name string) {
	const near = 50
	levels := 0
	for n := f.at; n.Type == html.ElementNode && levels < near; n = n.Parent {
		levels++
		if n.Data == name {
			for range levels {
				f.close()
			}
			return
		}
	}
}
