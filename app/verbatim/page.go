package verbatim

import (
	"encoding/json"
	"html"
	"strings"
)

// element is an open element.
type element struct {
	number    int  // in the order of start tags
	bracketed bool // of ruby: its readings bring their own brackets
	name      string
	attrs     map[string]string
	hidden    bool
	struck    bool
	apart     bool     // its style sets it as a block
	behind    string   // words that the stylesheet puts at its end
	hush      *capture // what gathers its text; nil where that is written at once
}

// capture gathers a short piece of text whose spelling is known only at its end.
type capture struct {
	kind  string // sup, sub, rt, or note: a link to a note
	parts []capturedPart
	note  bool // a raised sign is a note's number
	glued bool // it stands right behind a sign
	raw   bool // given up: its text is written as it comes
}

// capturedPart is text, or what was gathered within.
type capturedPart struct {
	text  string
	inner *capture
}

// text is all that was gathered.
func (c *capture) text() string {
	var b strings.Builder
	for _, p := range c.parts {
		if p.inner != nil {
			b.WriteString(p.inner.text())
		} else {
			b.WriteString(p.text)
		}
	}
	return b.String()
}

// asItComes is what was gathered, spelled only within.
func (c *capture) asItComes() string {
	var b strings.Builder
	for _, p := range c.parts {
		if p.inner != nil {
			b.WriteString(spelled(p.inner))
		} else {
			b.WriteString(p.text)
		}
	}
	return b.String()
}

// pageWriter writes down what a page shows.
type pageWriter struct {
	writer
	open    []element
	active  []element // formatting elements that HTML opens again in later blocks; one without name is a border
	hidden  int       // open elements that are hidden
	struck  int       // open elements that are struck
	marked  bool      // a mark for struck text is open
	began   int       // where it was opened, in bytes
	spans   []span
	midLine bool   // there is text since the last border of a block or a line
	picture string // what a picture between words says, until a word follows
	count   int    // start tags
	depth   int    // of frames
	math    *mathNode
	xml     bool
	sheet   sheet
	shown   span
	borders []int
}

func newPageWriter(f folding) *pageWriter { return &pageWriter{writer: writer{fold: f}} }

func (w *pageWriter) reading() *Reading {
	w.border()
	return &Reading{text: w.out.String(), struck: w.spans, fold: w.fold, shown: w.shown, borders: w.borders}
}

// part writes a text that follows nothing.
func (w *pageWriter) part(s string) {
	if strings.TrimSpace(s) == "" {
		return
	}
	w.boundary()
	w.write(s)
	w.boundary()
}

// deepestFrame bounds how deep frames are read.
const deepestFrame = 4

// page writes a page, or a piece of one.
func (w *pageWriter) page(text string, xml bool) {
	t := newTokenizer(text, xml)
	w.xml, w.sheet, w.shown.start = xml, readSheets(text, xml), w.out.Len()
	var parts []string // what the page says of itself, which stands outside of its text
	for {
		tok := t.next()
		switch tok.kind {
		case endOfText:
			for len(w.open) > 0 {
				w.pop()
			}
			w.border()
			w.shown.end = w.out.Len()
			for _, p := range parts {
				w.part(p)
			}
			return
		case textToken:
			if tok.text == "" {
				continue
			}
			switch name := w.top(); {
			case name == "title":
				parts = append(parts, tok.text)
			case name == "script":
				parts = append(parts, dataTexts(w.attr("type"), tok.text)...)
			case xml || !w.isUnseen():
				w.say(tok.text)
			}
		case startTag:
			if tok.name == "meta" && tok.attrs["content"] != "" {
				parts = append(parts, tok.attrs["content"])
			}
			w.start(tok)
		case endTag:
			w.end(tok.name)
		}
	}
}

func (w *pageWriter) top() string {
	if len(w.open) == 0 {
		return ""
	}
	return w.open[len(w.open)-1].name
}

func (w *pageWriter) attr(name string) string { return w.open[len(w.open)-1].attrs[name] }

// dataTexts are the texts in a script of linked data.
func dataTexts(kind, script string) []string {
	kind, _, _ = strings.Cut(strings.ToLower(kind), ";")
	var root any
	if strings.TrimSpace(kind) != "application/ld+json" || json.Unmarshal([]byte(strings.TrimSpace(script)), &root) != nil {
		return nil
	}
	var out []string
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			if strings.Contains(v, "<") {
				inner := newPageWriter(folding{})
				inner.page(v, false)
				out = append(out, inner.out.String())
				return
			}
			out = append(out, html.UnescapeString(v))
		case []any:
			for _, item := range v {
				walk(item)
			}
		case map[string]any:
			for _, item := range v {
				walk(item)
			}
		}
	}
	walk(root)
	return out
}

// say writes text that stands in an element, if it is shown.
func (w *pageWriter) say(s string) {
	if w.top() == "head" && oneLine(s) != "" && !w.xml {
		w.pop()
	}
	w.reopen()
	w.emit(s)
}

// emit writes text, or gathers it, if it is shown.
func (w *pageWriter) emit(s string) {
	if w.hidden > 0 {
		return
	}
	if w.math != nil {
		w.math.text(s)
		return
	}
	if c := w.hushed(); c != nil {
		if c.kind != "note" || isNumber(s) {
			c.parts = append(c.parts, capturedPart{text: s})
			return
		}
		w.giveUp()
	}
	w.show(s)
}

// giveUp writes what is being gathered as it comes: it is no sign.
func (w *pageWriter) giveUp() {
	for i := range w.open {
		if c := w.open[i].hush; c != nil && !c.raw {
			c.raw = true
			w.show(c.asItComes())
		}
	}
}

func isNumber(s string) bool { return strings.Trim(s, "0123456789 \t\r\n\f") == "" }

// show writes shown text, with the marks of struck text and of pictures.
func (w *pageWriter) show(s string) {
	if oneLine(s) == "" {
		w.write(s)
		return
	}
	lead := len(s) - len(strings.TrimLeft(s, " \t\r\n\f\u00a0"))
	if w.picture != "" {
		space := w.space // behind the picture
		w.space = false
		w.write(w.picture)
		w.space, w.picture = space, ""
	}
	if w.marked && w.struck == 0 {
		w.endMark()
	}
	w.write(s[:lead])
	if w.struck > 0 && !w.marked {
		w.write("~~")
		w.marked, w.began = true, w.out.Len()
	}
	w.write(s[lead:])
	w.midLine = true
}

func (w *pageWriter) endMark() {
	space := w.space
	w.space = false
	w.spans = append(w.spans, span{w.began, w.out.Len()})
	w.write("~~")
	w.space, w.marked = space, false
}

// border is where a block or a line begins or ends.
func (w *pageWriter) border() {
	if w.marked {
		w.endMark()
	}
	w.write(" ")
	if n := len(w.borders); n == 0 || w.borders[n-1] != w.out.Len() {
		w.borders = append(w.borders, w.out.Len())
	}
	w.midLine, w.picture = false, ""
}
