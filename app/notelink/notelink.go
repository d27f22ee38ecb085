// Package notelink reads the links of notes: [[Name]], [[Name|text]]. A backslash
// before [, ], | and itself makes it a letter of the name. Links are read as
// CommonMark has it, so that one in code is none. It knows no notebook, and may not
// import one.
package notelink

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Link is a link in a text: what stands between its brackets, and where the whole
// of it stands, in bytes, End exclusive.
type Link struct {
	Inner      string
	Start, End int
}

// longest is how many bytes may stand between the brackets.
const longest = 1200

// escaped are what a backslash stands before.
const escaped = `[]|\`

// at reads the link that begins at the beginning of s.
func at(s string) (inner string, ok bool) {
	if !strings.HasPrefix(s, "[[") {
		return "", false
	}
	for i := 2; i < len(s) && i < longest; i++ {
		switch s[i] {
		case '\\':
			if i+1 < len(s) && strings.IndexByte(escaped, s[i+1]) >= 0 {
				i++
			}
		case '\n', '[':
			return "", false
		case ']':
			inner = s[2:i]
			return inner, strings.HasPrefix(s[i:], "]]") && strings.TrimSpace(Name(inner)) != ""
		}
	}
	return "", false
}

// cut cuts what stands between the brackets at its bar; both parts as written.
func cut(inner string) (name, shown string, barred bool) {
	for i := 0; i < len(inner); i++ {
		switch {
		case inner[i] == '\\' && i+1 < len(inner) && strings.IndexByte(escaped, inner[i+1]) >= 0:
			i++
		case inner[i] == '|':
			return inner[:i], inner[i+1:], true
		}
	}
	return inner, "", false
}

func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && strings.IndexByte(escaped, s[i+1]) >= 0 {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// Name is the name that a link has between its brackets.
func Name(inner string) string {
	name, _, _ := cut(inner)
	return strings.TrimSpace(unescape(name))
}

// Whole is what stands between the brackets with the bar as a letter: what older
// notes linked by had no other form.
func Whole(inner string) string { return strings.TrimSpace(unescape(inner)) }

// Barred says whether a bar stands between the brackets that is no letter.
func Barred(inner string) bool {
	_, _, barred := cut(inner)
	return barred
}

// Text is what a link is shown as.
func Text(inner string) string {
	if _, shown, _ := cut(inner); strings.TrimSpace(shown) != "" {
		return strings.TrimSpace(unescape(shown))
	}
	return Name(inner)
}

// Escape is a name as it stands in a link.
func Escape(name string) string {
	return strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "|", `\|`).Replace(name)
}

// Renamed is what stands between the brackets with another name; the text that it is
// shown as stays.
func Renamed(inner, name string) string {
	_, shown, barred := cut(inner)
	if !barred {
		return Escape(name)
	}
	return Escape(name) + "|" + shown
}

// Raw lists what looks like a link, in code too, without reading the Markdown.
func Raw(markdown string) []string {
	var out []string
	for i := 0; ; {
		next := strings.Index(markdown[i:], "[[")
		if next < 0 {
			return out
		}
		i += next
		if inner, ok := at(markdown[i:]); ok {
			out = append(out, inner)
			i += len(inner) + 4
			continue
		}
		i++
	}
}

// Node is a link in goldmark's tree.
type Node struct {
	ast.BaseInline
	Link
}

var kind = ast.NewNodeKind("NoteLink")

// Kind implements ast.Node.
func (*Node) Kind() ast.NodeKind { return kind }

// Dump implements ast.Node.
func (n *Node) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// inline reads links before goldmark takes the brackets for its own.
type inline struct{}

// Trigger implements parser.InlineParser.
func (inline) Trigger() []byte { return []byte{'['} }

// Parse implements parser.InlineParser.
func (inline) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	inner, ok := at(string(line))
	if !ok {
		return nil
	}
	block.Advance(len(inner) + 4)
	return &Node{Link: Link{Inner: inner, Start: segment.Start, End: segment.Start + len(inner) + 4}}
}

// Parser reads CommonMark with links.
var Parser = goldmark.New(goldmark.WithParserOptions(
	parser.WithInlineParsers(util.Prioritized(inline{}, 50)))).Parser()

// In lists the links of a note, in order.
func In(markdown string) []Link {
	if len(Raw(markdown)) == 0 {
		return nil
	}
	var out []Link
	_ = ast.Walk(Parser.Parse(text.NewReader([]byte(markdown))), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if link, ok := n.(*Node); ok && entering {
			out = append(out, link.Link)
		}
		return ast.WalkContinue, nil
	})
	return out
}

// Replace writes links anew; write returns what is to stand between the brackets.
func Replace(markdown string, write func(inner string) string) string {
	var b strings.Builder
	done := 0
	for _, link := range In(markdown) {
		b.WriteString(markdown[done:link.Start] + "[[" + write(link.Inner) + "]]")
		done = link.End
	}
	b.WriteString(markdown[done:])
	return b.String()
}
