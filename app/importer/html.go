package importer

import (
	"context"
	"net/url"
	"slices"

	readability "codeberg.org/readeck/go-readability/v2"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"

	"rejoinder/app"
)

// extraction is what the third-party extractors make of a page. Where the
// article is in the page is taken from it, and never its text: they lose words.
type extraction struct {
	content *html.Node // nil where there is none
	meta    trafilatura.Metadata
}

func (im *Importer) readHTML(ctx context.Context, src source) (app.Imported, error) {
	page := scanPage(src.text)
	page.xhtml = page.xhtml && !src.html
	root, isXML := parsePage(src.text, page)
	base, _ := url.Parse(page.address())
	walk := readTree(root, base)
	whole := walk.finish()
	found, err := im.extract(ctx, root, page)
	if err != nil {
		return app.Imported{}, err
	}
	taken, left := choose(whole, treeBlocks(found.content, base), src.as.TakeIn)
	if len(taken) == 0 || tooShortToJudge(whole) || src.as.Whole {
		taken, left = parted(whole), nil
	}
	from := app.SourcePage
	if body := page.bodyBlocks(taken, whole); body != nil && !src.as.Whole {
		left, taken, from = nil, body, app.SourceLinkedData
		for i, b := range whole {
			if slices.Contains(src.as.TakeIn, i+1) {
				taken = append(taken, b)
				continue
			}
			if b.kind != app.BlockRule {
				left = append(left, app.LeftOut{Number: i + 1, Kind: app.LeftAround, Text: b.text})
			}
		}
	}
	if len(taken) == 0 {
		return app.Imported{}, errNoText()
	}
	number := slices.Max(append([]int{0}, src.as.TakeIn...)) // no number of a block is used again
	for _, l := range left {
		number = max(number, l.Number)
	}
	for i, text := range walk.drawn {
		left = append(left, app.LeftOut{Number: number + 1 + i, Kind: app.LeftDrawn, Text: text})
	}
	doc := page.adapt(found, root, taken)
	doc.LeftOut = left
	doc.Provenance = app.Provenance{Source: from, XML: isXML, LeftOut: len(left), Doubts: page.doubts(taken)}
	if len(walk.inText) > 0 {
		doc.Provenance.Doubts = append(doc.Provenance.Doubts, "A line of the page has words in a picture, which are not in the text: “"+walk.inText[0]+"”.")
	}
	if page.slots {
		doc.Provenance.Doubts = append(doc.Provenance.Doubts, "The page puts its text together from pieces (slots), which may show in another order, or not at all.")
	}
	return doc, nil
}

// extract finds the article in a page. An extractor that fails has found
// nothing; one that does not come back is an error, for a text must not depend on
// how busy the machine was. Together, go-trafilatura with readability's result as
// its fallback found articles best of all that was measured; neither does as well
// alone.
func (im *Importer) extract(ctx context.Context, root *html.Node, page rawPage) (extraction, error) {
	if page.tooLarge() || isTooDeep(root) {
		return extraction{}, nil
	}
	address, _ := url.Parse(page.address())
	if page.address() == "" {
		address = nil
	}
	readable, err := guarded(ctx, im.patience, func() (readability.Article, error) {
		return readability.FromDocument(root, address)
	})
	if isFinal(err) {
		return extraction{}, err
	}
	options := trafilatura.Options{
		// IncludeLinks would put the texts of links into the wrong places, and its
		// dates are guessed out of paths and footers.
		OriginalURL: address, EnableFallback: true, ExcludeComments: true, HtmlDateMode: trafilatura.Disabled,
	}
	if err == nil {
		options.FallbackCandidates = &trafilatura.FallbackCandidates{Readability: readable.Node}
	}
	result, err := guarded(ctx, im.patience, func() (*trafilatura.ExtractResult, error) {
		return trafilatura.ExtractDocument(root, options)
	})
	switch {
	case isFinal(err):
		return extraction{}, err
	case err != nil || result == nil:
		return extraction{}, nil
	}
	return extraction{result.ContentNode, result.Metadata}, nil
}

// isTooDeep reports whether elements are nested deeper than the extractors,
// which call themselves for each level, should be given.
func isTooDeep(root *html.Node) bool {
	const most = 512
	depth := 0
	for n := root; n != nil; {
		if n.FirstChild != nil {
			n, depth = n.FirstChild, depth+1
			if depth > most {
				return true
			}
			continue
		}
		for n != nil && n != root && n.NextSibling == nil {
			n, depth = n.Parent, depth-1
		}
		if n == root {
			return false
		}
		if n != nil {
			n = n.NextSibling
		}
	}
	return false
}

// tooShortToJudge reports whether a page has so little text that an extractor
// cannot tell what is the article in it, and would guess.
func tooShortToJudge(page []block) bool {
	const little = 500 // code points
	n := 0
	for _, b := range page {
		n += app.RuneCount(b.text)
	}
	return n > 0 && n < little
}
