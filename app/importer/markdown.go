package importer

import (
	"bytes"
	"context"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	mdhtml "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"

	"rejoinder/app"
)

// markdown reads CommonMark with tables, struck text and footnotes, and writes
// the page that a browser would show: its tags are read as those of any page.
var markdown = goldmark.New(
	goldmark.WithExtensions(extension.Table, extension.Strikethrough, notes{}),
	goldmark.WithRendererOptions(mdhtml.WithUnsafe()),
)

func (im *Importer) readMarkdown(ctx context.Context, src source) (app.Imported, error) {
	meta, body := frontMatter(app.Clean(src.text))
	if err := checkMarkdown(body); err != nil {
		return app.Imported{}, err
	}
	blocks, err := guarded(ctx, im.patience, func() ([]block, error) {
		return markdownBlocks(body)
	})
	switch {
	case isFinal(err):
		return app.Imported{}, err
	case err != nil:
		return app.Imported{}, app.Problem(app.ErrInvalid, "could not be read as Markdown")
	case len(blocks) == 0 && meta.title == "":
		return app.Imported{}, errNoText()
	}
	if title := meta.title; title != "" {
		return meta.imported(title, entitle(blocks, title)), nil
	}
	title, cut := titleFromText(blocks)
	if !cut {
		blocks = entitle(blocks, title)
	}
	return meta.imported(title, blocks), nil
}

// markdownBlocks sets the blocks of a document.
func markdownBlocks(source string) ([]block, error) {
	var page bytes.Buffer
	if err := markdown.Convert([]byte(source), &page); err != nil {
		return nil, err
	}
	root, err := html.Parse(&page)
	if err != nil {
		root = flatTree(page.String())
	}
	finished(root)
	w := &treeWalk{composer: newComposer()}
	w.open.joinsWide = true
	w.visit(root)
	return parted(w.finish()), nil
}
