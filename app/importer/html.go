package importer

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	readability "codeberg.org/readeck/go-readability/v2"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"

	"rejoinder/app"
)

// extraction is what the third-party extractors make of a page.
type extraction struct {
	content  *html.Node // nil where there is none
	meta     trafilatura.Metadata
	declared app.Date // the date that readability found declared
}

func (im *Importer) readHTML(ctx context.Context, text string) (app.Imported, error) {
	page := scanPage(text)
	found, body := im.extract(ctx, text, page)
	if err := ctx.Err(); err != nil {
		return app.Imported{}, err
	}
	base, _ := url.Parse(page.address())
	whole := treeBlocks(body, base)
	blocks := restyle(treeBlocks(found.content, base), whole)
	if len(blocks) == 0 || tooShortToJudge(whole) {
		blocks = whole
	}
	if len(blocks) == 0 {
		blocks = parted(tagBlocks(text))
	}
	if len(blocks) == 0 {
		return app.Imported{}, errNoText()
	}
	return page.adapt(found, blocks), nil
}

// extract finds the article in a page. Where the parser refuses the page, an
// extractor fails or takes too long, what it would have given is nil. Body is
// the whole page.
//
// Together, go-trafilatura with readability's result as its fallback found
// articles best of all that was measured; neither does as well alone.
func (im *Importer) extract(ctx context.Context, text string, page rawPage) (found extraction, body *html.Node) {
	if page.tooLarge() {
		return extraction{}, nil
	}
	doc, err := guarded(ctx, im.patience, func() (*html.Node, error) {
		// It refuses more than 512 open elements.
		return html.Parse(strings.NewReader(text))
	})
	if err != nil {
		return extraction{}, nil
	}
	address, _ := url.Parse(page.address())
	if page.address() == "" {
		address = nil
	}
	readable, err := guarded(ctx, im.patience, func() (readability.Article, error) {
		return readability.FromDocument(doc, address)
	})
	if err == nil {
		if t, err := readable.PublishedTime(); err == nil && plausible(t.Year()) {
			found.declared = app.Date(t.Format(time.DateOnly))
		}
	}
	if errors.Is(err, errPatience) || ctx.Err() != nil {
		return found, nil
	}
	options := trafilatura.Options{
		// IncludeLinks would put the texts of links into the wrong places: a page
		// then says of one person what it says of another.
		OriginalURL: address, EnableFallback: true, ExcludeComments: true,
		FallbackCandidates: &trafilatura.FallbackCandidates{Readability: readable.Node},
	}
	if found.declared != "" || page.date() != "" {
		options.HtmlDateMode = trafilatura.Disabled
	}
	result, err := guarded(ctx, im.patience, func() (*trafilatura.ExtractResult, error) {
		return trafilatura.ExtractDocument(doc, options)
	})
	switch {
	case errors.Is(err, errPatience):
		// Its goroutine may still be at work on the document.
		return found, nil
	case err == nil && result != nil:
		found.content, found.meta = result.ContentNode, result.Metadata
	}
	return found, doc
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
