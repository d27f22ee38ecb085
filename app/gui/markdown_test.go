package gui

import (
	"fmt"
	"strings"
	"testing"
)

// written shows blocks as lines, links in braces.
func written(blocks []noteBlock, indent string) string {
	var b strings.Builder
	for _, block := range blocks {
		b.WriteString(indent)
		switch block.kind {
		case noteHeading:
			fmt.Fprintf(&b, "h%d ", block.level)
		case noteItem:
			b.WriteString(block.mark)
		case noteQuotation:
			b.WriteString(">")
		case noteCode:
			b.WriteString("code ")
		case noteRule:
			b.WriteString("---")
		}
		for _, run := range block.runs {
			s := run.text
			for _, style := range []struct {
				on   bool
				sign string
			}{{run.bold, "**"}, {run.italic, "*"}, {run.code, "`"}} {
				if style.on {
					s = style.sign + s + style.sign
				}
			}
			if run.name != "" {
				s = "{" + s + "}"
			}
			if run.address != "" {
				s = "<" + s + " " + run.address + ">"
			}
			b.WriteString(s)
		}
		b.WriteString("\n" + written(block.inside, indent+"  "))
	}
	return b.String()
}

func TestNoteMarkdown(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{"# Title\nwords **strong** and *soft* `code`", "h1 Title\nwords **strong** and *soft* `code`\n"},
		{"See [[Port Company]] and **[[A *b*]]**.", "See {Port Company} and {**A *b***}.\n"},
		{"[[ ]] and [[open and [x](https://a.b)", "[[ ]] and [[open and <x https://a.b>\n"},
		{"- one\n- two\n  1. in", "•\n  one\n•\n  two\n  1.\n    in\n"},
		{"> quoted\n> on\n\n---", ">\n  quoted on\n---\n"},
		{"```\na  b\n```\n<b>x</b>", "code `a  b`\n<b>x</b>\n"},
		{"one  \ntwo &amp; \\*three", "one\ntwo & *three\n"},
		{"مرحبا [[المرفأ]]", "مرحبا {المرفأ}\n"},
		{"", ""},
	} {
		if got := written(parseNote(c.body), ""); got != c.want {
			t.Errorf("%q:\n%s\nwant:\n%s", c.body, got, c.want)
		}
	}
}

// What nobody would write must not keep the screen waiting.
func FuzzNoteMarkdown(f *testing.F) {
	f.Add("# A\n\n[[B]] *c*")
	f.Add(strings.Repeat("[[", 5000))
	f.Add(strings.Repeat("> - ", 50))
	f.Fuzz(func(t *testing.T, body string) { parseNote(body) })
}
