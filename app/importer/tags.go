package importer

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"rejoinder/app"
)

// tagBlocks sets the text between the tags of a page, knowing only where
// blocks begin. It needs no tree, so no nesting is too deep for it.
func tagBlocks(text string) []block {
	c := newComposer()
	plain := scope{kind: app.BlockParagraph}
	z := html.NewTokenizer(strings.NewReader(text))
	skipping := atom.Atom(0)
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return c.finish()
		case html.TextToken:
			if skipping == 0 {
				c.text(string(z.Text()))
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			switch {
			case skipping != 0:
				if tag == skipping && kind == html.EndTagToken {
					skipping = 0
				}
			case unseen[tag] && kind == html.StartTagToken && rawText[tag]:
				skipping = tag
			case tag == atom.Br:
				c.lineBreak()
			case tag == atom.Hr && kind != html.EndTagToken:
				c.rule()
			case blockElements[tag] && kind == html.StartTagToken:
				c.begin(inside(plain, tag))
			case blockElements[tag]:
				c.begin(plain)
			}
		}
	}
}

// rawText are the elements that the tokenizer itself ends at their end tag: to
// leave out any other would leave out the rest of a page that never closes it.
var rawText = atoms(atom.Script, atom.Style, atom.Noscript, atom.Title, atom.Iframe, atom.Textarea,
	atom.Noembed, atom.Noframes)
