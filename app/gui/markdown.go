package gui

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"rejoinder/app/notelink"
)

// noteBlock is a block of a note's Markdown.
type noteBlock struct {
	kind   noteKind
	level  int    // of a heading, from 1
	mark   string // of a list's item
	runs   []noteRun
	inside []noteBlock // of an item or a quotation
}

type noteKind int

const (
	noteParagraph noteKind = iota
	noteHeading
	noteItem
	noteQuotation
	noteCode // each run is a line
	noteRule
)

// noteRun is a piece of a block in one style.
type noteRun struct {
	text         string
	bold, italic bool
	code         bool
	name         string // what stands inside a [[link]]; "" for none
	address      string // of a link to elsewhere
}

// noteLongest is how much of a note is set: what is longer is cut, as the time
// that Markdown takes grows faster than the text.
const noteLongest = 40_000

// parseNote reads a note's Markdown. It needs no screen.
func parseNote(body string) []noteBlock {
	if len(body) > noteLongest {
		body = strings.ToValidUTF8(body[:noteLongest], "") + "…"
	}
	w := noteWalk{[]byte(body)}
	return w.blocks(notelink.Parser.Parse(text.NewReader(w.src)))
}

type noteWalk struct{ src []byte }

func (w noteWalk) blocks(parent ast.Node) []noteBlock {
	var out []noteBlock
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			out = append(out, noteBlock{kind: noteHeading, level: n.Level, runs: w.runs(n, noteRun{})})
		case *ast.List:
			out = append(out, w.items(n)...)
		case *ast.Blockquote:
			out = append(out, noteBlock{kind: noteQuotation, inside: w.blocks(n)})
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			out = append(out, noteBlock{kind: noteCode, runs: w.lines(n)})
		case *ast.ThematicBreak:
			out = append(out, noteBlock{kind: noteRule})
		case *ast.HTMLBlock: // shown as it is written: a note is no web page
			out = append(out, noteBlock{kind: noteCode, runs: w.lines(n)})
		default:
			if runs := w.runs(n, noteRun{}); len(runs) > 0 {
				out = append(out, noteBlock{runs: runs})
			}
		}
	}
	return out
}

func (w noteWalk) items(list *ast.List) []noteBlock {
	var out []noteBlock
	number := list.Start
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		mark := "•"
		if list.IsOrdered() {
			mark = strconv.Itoa(number) + string(list.Marker)
			number++
		}
		out = append(out, noteBlock{kind: noteItem, mark: mark, inside: w.blocks(item)})
	}
	return out
}

// lines are the lines of a block of code, each a run.
func (w noteWalk) lines(n ast.Node) []noteRun {
	var out []noteRun
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		out = append(out, noteRun{text: strings.TrimRight(string(line.Value(w.src)), "\n"), code: true})
	}
	return out
}

// runs are what stands inside a node, in the style that is given and that of the
// nodes around it.
func (w noteWalk) runs(parent ast.Node, style noteRun) []noteRun {
	var out []noteRun
	add := func(s string, style noteRun) {
		style.text = s
		if n := len(out); n > 0 && sameStyle(out[n-1], style) {
			out[n-1].text += s
		} else if s != "" {
			out = append(out, style)
		}
	}
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		inner := style
		switch n := n.(type) {
		case *ast.Text:
			add(string(util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(n.Segment.Value(w.src))))), style)
			if n.HardLineBreak() {
				add("\n", style)
			} else if n.SoftLineBreak() {
				add(" ", style)
			}
			continue
		case *ast.String:
			add(string(n.Value), style)
			continue
		case *notelink.Node:
			inner.name = n.Inner
			add(notelink.Text(n.Inner), inner)
			continue
		case *ast.AutoLink:
			inner.address = string(n.URL(w.src))
			add(string(n.Label(w.src)), inner)
			continue
		case *ast.RawHTML:
			for i := range n.Segments.Len() {
				segment := n.Segments.At(i)
				add(string(segment.Value(w.src)), style)
			}
			continue
		case *ast.Emphasis:
			inner.bold, inner.italic = style.bold || n.Level == 2, style.italic || n.Level == 1
		case *ast.CodeSpan:
			inner.code = true
		case *ast.Link:
			inner.address = string(n.Destination)
		}
		for _, run := range w.runs(n, inner) {
			add(run.text, run)
		}
	}
	return out
}

func sameStyle(a, b noteRun) bool {
	a.text, b.text = "", ""
	return a == b && a.name == "" && a.address == ""
}
