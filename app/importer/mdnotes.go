package importer

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// notes reads footnotes: the label stands in brackets where the note is called,
// and before the note where that is written. goldmark's own footnotes leave out
// notes that nothing calls, number them anew and move them to the end.
type notes struct{}

// Extend implements goldmark.Extender.
func (notes) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithBlockParsers(util.Prioritized(noteBlock{extension.NewFootnoteBlockParser()}, 999)),
		parser.WithInlineParsers(util.Prioritized(noteCall{}, 101)),
		parser.WithASTTransformers(util.Prioritized(noteLabels{}, 999)),
	)
}

var noteKey = parser.NewContextKey()

// noteBlock reads notes as goldmark does, and leaves them where they are.
type noteBlock struct{ parser.BlockParser }

// Close remembers the label.
func (noteBlock) Close(node ast.Node, _ text.Reader, pc parser.Context) {
	labels, _ := pc.Get(noteKey).(map[string]bool)
	if labels == nil {
		labels = map[string]bool{}
		pc.Set(noteKey, labels)
	}
	labels[string(node.(*extast.Footnote).Ref)] = true
}

// noteCall reads [^label] where there is such a note.
type noteCall struct{}

// Trigger implements parser.InlineParser.
func (noteCall) Trigger() []byte { return []byte{'['} }

var noteCallForm = regexp.MustCompile(`^\[\^([^\]\n]{1,200})\]`)

// Parse implements parser.InlineParser.
func (noteCall) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	m := noteCallForm.FindSubmatch(line)
	labels, _ := pc.Get(noteKey).(map[string]bool)
	if m == nil || !labels[string(m[1])] {
		return nil
	}
	block.Advance(len(m[0]))
	return bracketed(m[1])
}

func bracketed(label []byte) ast.Node {
	n := ast.NewString(append(append([]byte("["), bytes.TrimSpace(label)...), ']'))
	n.SetRaw(true) // without looking for escapes
	return n
}

// noteLabels puts the labels before the notes.
type noteLabels struct{}

// Transform implements parser.ASTTransformer.
func (noteLabels) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	var found []*extast.Footnote
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if f, ok := n.(*extast.Footnote); ok && entering {
			found = append(found, f)
		}
		return ast.WalkContinue, nil
	})
	for _, f := range found {
		first := f.FirstChild()
		if first == nil || first.Kind() != ast.KindParagraph && first.Kind() != ast.KindTextBlock {
			paragraph := ast.NewParagraph()
			if first == nil {
				f.AppendChild(f, paragraph)
			} else {
				f.InsertBefore(f, first, paragraph)
			}
			first = paragraph
		}
		label := bracketed(f.Ref)
		space := ast.NewString([]byte(" "))
		if head := first.FirstChild(); head == nil {
			first.AppendChild(first, label)
		} else {
			first.InsertBefore(first, head, label)
			first.InsertBefore(first, head, space)
		}
		around := f.Parent()
		for c := f.FirstChild(); c != nil; c = f.FirstChild() {
			around.InsertBefore(around, f, c)
		}
		around.RemoveChild(around, f)
	}
}
