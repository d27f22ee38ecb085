package exporter

import (
	"bytes"
	"html/template"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"

	"rejoinder/app"
)

// noteMarkdown renders the user's notes. Raw HTML and addresses that are no links
// are left out by goldmark; headings become bold lines, as the report has its
// own; of pictures only the words are shown, as nothing is loaded from elsewhere.
var noteMarkdown = goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(noteNodes{}, 100))))

type noteNodes struct{}

// RegisterFuncs implements renderer.NodeRenderer.
func (noteNodes) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	between := func(before, after string) renderer.NodeRendererFunc {
		return func(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
			tag := after
			if entering {
				tag = before
			}
			_, err := w.WriteString(tag)
			return ast.WalkContinue, err
		}
	}
	reg.Register(ast.KindHeading, between("<p><strong>", "</strong></p>\n"))
	reg.Register(ast.KindImage, between("<em>", "</em>"))
}

var noteLink = regexp.MustCompile(`\[\[([^\[\]\n]{1,300})\]\]`)

// noteHTML is a note as HTML; [[links]] are the words in them.
func noteHTML(body string) template.HTML {
	body = noteLink.ReplaceAllString(strings.TrimSpace(app.Clean(body)), "$1")
	var b bytes.Buffer
	if tangled(body) || noteMarkdown.Convert([]byte(body), &b) != nil {
		return template.HTML("<p class=\"plain\">" + template.HTMLEscapeString(body) + "</p>") //nolint:gosec // escaped
	}
	return template.HTML(b.String()) //nolint:gosec // goldmark escapes, and leaves raw HTML out
}

const (
	// maxTangle bounds bytes × characters that can open something: a CommonMark
	// parser looks for each one's partner to the end of the paragraph.
	maxTangle = 1 << 28
	// maxNested bounds the marks of quotations and lists before a line's words.
	maxNested = 200
)

// tangled says that a parser would take too long for a note.
func tangled(body string) bool {
	openers := 0
	for i := range len(body) {
		if strings.IndexByte("[]`*_<!~|", body[i]) >= 0 {
			openers++
		}
	}
	if len(body)*openers > maxTangle {
		return true
	}
	for line := range strings.Lines(body) {
		if len(line)-len(strings.TrimLeft(line, " \t>-+*0123456789.)")) > maxNested {
			return true
		}
	}
	return false
}
