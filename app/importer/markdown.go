package importer

import (
	"bufio"
	"context"
	"errors"
	"html"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	mdhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"

	"rejoinder/app"
)

// markdown reads CommonMark with tables: without them a table would be one
// paragraph full of bars.
var markdown = goldmark.New(goldmark.WithExtensions(extension.Table))

func (im *Importer) readMarkdown(ctx context.Context, text string) (app.Imported, error) {
	meta, body := frontMatter(app.Clean(text))
	if err := checkMarkdown(body); err != nil {
		return app.Imported{}, err
	}
	blocks, err := guarded(ctx, im.patience, func() ([]block, error) {
		return markdownBlocks(body), nil
	})
	switch {
	case ctx.Err() != nil:
		return app.Imported{}, ctx.Err()
	case errors.Is(err, errPatience):
		return app.Imported{}, errTangled()
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
func markdownBlocks(source string) []block {
	src := []byte(source)
	w := &markdownWalk{composer: newComposer(), src: src}
	w.children(markdown.Parser().Parse(text.NewReader(src)))
	return parted(w.finish())
}

// markdownWalk sets the nodes of a goldmark tree.
type markdownWalk struct {
	*composer
	src []byte
}

func (w *markdownWalk) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Type() == ast.TypeInline {
			w.inline(c)
		} else {
			w.block(c)
		}
	}
}

// within sets the children of n as blocks of scope s.
func (w *markdownWalk) within(s scope, n ast.Node) {
	outer := w.scope
	w.begin(s)
	w.children(n)
	w.begin(outer)
}

func (w *markdownWalk) block(n ast.Node) {
	s := w.scope
	switch n := n.(type) {
	case *ast.Heading:
		w.within(s.heading(n.Level), n)
	case *ast.List:
		if n.IsOrdered() {
			w.within(s.numbered(n.Start), n)
		} else {
			w.within(s.list(), n)
		}
	case *ast.ThematicBreak:
		w.rule()
	case *ast.ListItem:
		w.within(s.listItem(), n)
	case *ast.Blockquote:
		w.within(s.quotation(), n)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		w.begin(s.code())
		w.lines(n)
		w.begin(s)
	case *ast.HTMLBlock:
		for _, b := range tagBlocks(w.raw(n)) {
			w.begin(s)
			if b.kind == app.BlockRule {
				w.rule()
			} else {
				w.text(b.text)
			}
		}
		w.begin(s)
	case *extast.TableHeader, *extast.TableRow:
		w.begin(s)
		for cell := n.FirstChild(); cell != nil; cell = cell.NextSibling() {
			if cell != n.FirstChild() {
				w.text(cellGap)
			}
			w.children(cell)
		}
		w.begin(s)
	default:
		w.within(s, n)
	}
}

func (w *markdownWalk) lines(n ast.Node) {
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		w.text(string(line.Value(w.src)))
	}
}

func (w *markdownWalk) raw(n *ast.HTMLBlock) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(w.src))
	}
	if n.HasClosure() {
		b.Write(n.ClosureLine.Value(w.src))
	}
	return b.String()
}

func (w *markdownWalk) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		w.text(literal(n.Segment.Value(w.src), n.IsRaw()))
		if n.HardLineBreak() {
			w.open.lineBreak()
		} else if n.SoftLineBreak() && !w.betweenWide(n) {
			w.text(" ")
		}
	case *ast.String:
		w.text(literal(n.Value, n.IsRaw() || n.IsCode()))
	case *ast.CodeSpan:
		w.styled(app.SpanCode, "", n)
	case *ast.Emphasis:
		kind := app.SpanEmphasis
		if n.Level > 1 {
			kind = app.SpanStrong
		}
		w.styled(kind, "", n)
	case *ast.Link:
		w.link(literal(n.Destination, false), func() { w.children(n) })
	case *ast.AutoLink:
		target := string(n.URL(w.src))
		if n.AutoLinkType == ast.AutoLinkEmail {
			target = "mailto:" + target
		}
		w.link(target, func() { w.text(string(n.Label(w.src))) })
	case *ast.RawHTML, *ast.Image:
		// Tags are no text, and what stands for an image is not shown.
	default:
		w.children(n)
	}
}

func (w *markdownWalk) styled(kind app.SpanKind, url string, n ast.Node) {
	w.push(kind, url)
	w.children(n)
	w.pop()
}

func (w *markdownWalk) link(target string, label func()) {
	url := linkTarget(target, nil)
	if url == "" {
		label()
		return
	}
	w.push(app.SpanLink, url)
	label()
	w.pop()
}

// betweenWide reports whether the line break behind n stands between
// ideographs, where it is no space.
func (w *markdownWalk) betweenWide(n *ast.Text) bool {
	next, ok := n.NextSibling().(*ast.Text)
	if !ok {
		return false
	}
	last, _ := utf8.DecodeLastRune(n.Segment.Value(w.src))
	first, _ := utf8.DecodeRune(next.Segment.Value(w.src))
	return isWide(last) && isWide(first)
}

// literal is what a piece of source says once escapes and entities are
// resolved. goldmark resolves them only while writing HTML.
func literal(source []byte, raw bool) string {
	if raw || !strings.ContainsAny(string(source), `\&`) {
		return string(source)
	}
	var b strings.Builder
	out := bufio.NewWriter(&b)
	mdhtml.DefaultWriter.Write(out, source)
	_ = out.Flush() // a strings.Builder does not fail
	return html.UnescapeString(b.String())
}
