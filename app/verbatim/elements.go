package verbatim

import "strings"

// isUnseen reports whether the innermost element shows no text.
func (w *pageWriter) isUnseen() bool {
	name := w.top()
	return name == "script" || name == "style" || name == "title" || name == "textarea" || name == "noscript" ||
		name == "iframe" || name == "noembed" || name == "noframes"
}

func (w *pageWriter) start(tok token) {
	if w.math != nil && (!breakout[tok.name] || w.xml) {
		if tok.name == "math" {
			return
		}
		w.math.start(tok.name, tok.closed)
		return
	}
	if w.math != nil {
		w.closeTo("math")
	}
	if i := w.find("svg"); i >= 0 && !w.xml && !w.inForeignObject(i) {
		if !breakout[tok.name] {
			if !tok.closed {
				w.push(element{name: tok.name, attrs: tok.attrs})
			}
			return
		}
		for len(w.open) > i {
			w.pop()
		}
	}
	if !w.xml {
		if w.top() == "head" && !inHead[tok.name] {
			w.pop()
		}
		if tableParts[tok.name] && !w.inTable() {
			return
		}
		w.implyEnds(tok.name)
	}
	w.enter(tok)
}

// deepestStack bounds how many elements are open at once: each text and tag looks
// through them.
const deepestStack = 600

// enter opens an element.
func (w *pageWriter) enter(tok token) {
	name := tok.name
	before, after := w.sheet.apply(name, tok.attrs)
	switch {
	case name == "br":
		if c := w.hushed(); c != nil && c.kind != "rt" && w.hidden == 0 {
			w.giveUp()
		}
		if w.hushed() == nil && w.hidden == 0 {
			w.border()
		}
		return
	case name == "img":
		w.reopen()
		w.image(tok.attrs)
		return
	case name == "hr":
		if w.hidden == 0 {
			w.giveUp()
			w.border()
		}
		return
	case void[name]:
		return
	case !w.xml && (name == "body" || name == "html" || name == "head") && w.find(name) >= 0:
		return
	}
	w.count++
	e := element{apart: setApart(tok.attrs["style"]), number: w.count, name: name, attrs: tok.attrs, struck: isStruck(name, tok.attrs), hidden: isHidden(name, tok.attrs)}
	if w.xml && (name == "svg" || name == "math") && tok.closed {
		return
	}
	if formatting[name] && !w.xml {
		w.reopen()
		w.limitActive(e)
		if len(w.active) > mostActive {
			w.active = w.active[1:]
		}
		w.active = append(w.active, e)
	} else if !blocks[name] && !w.xml {
		w.reopen()
	}
	if name == "td" || name == "th" || name == "caption" || name == "template" || name == "object" || name == "marquee" || name == "applet" {
		w.active = append(w.active, element{})
	}
	if name == "iframe" && tok.attrs["srcdoc"] != "" && w.hidden == 0 && !styleHides(tok.attrs) && w.depth < deepestFrame {
		w.frame(tok.attrs["srcdoc"])
	}
	if w.hidden == 0 && !e.hidden {
		w.noteIn(e)
		e.hush = w.beginCapture(e)
	}
	if unseen[name] {
		before, after = "", ""
	}
	e.behind = after
	if len(w.open) >= deepestStack && !e.hidden && !e.struck && e.hush == nil && after == "" && before == "" {
		w.edge(e) // a page that closes nothing: the element changes nothing but the line
		return
	}
	w.push(e)
	if before != "" {
		w.emit(before)
	}
	if tok.closed && w.xml {
		w.pop()
	}
}

// frame writes the page of an inline frame.
func (w *pageWriter) frame(text string) {
	inner := newPageWriter(w.fold)
	inner.depth = w.depth + 1
	w.border()
	inner.sheet = readSheets(text, false)
	t := newTokenizer(text, false)
	for tok := t.next(); tok.kind != endOfText; tok = t.next() {
		switch tok.kind {
		case textToken:
			if !inner.isUnseen() {
				inner.say(tok.text)
			}
		case startTag:
			inner.start(tok)
		case endTag:
			inner.end(tok.name)
		}
	}
	for len(inner.open) > 0 {
		inner.pop()
	}
	inner.border()
	w.write(inner.out.String())
	w.border()
}

func (w *pageWriter) push(e element) {
	if e.hidden {
		w.hidden++
	}
	if e.struck {
		w.struck++
	}
	w.open = append(w.open, e)
	if e.name == "math" {
		w.math = newMath(e.attrs)
		return
	}
	w.edge(e)
	if e.name == "q" {
		w.emit("“")
	}
}

// edge is where an element begins or ends; what is hidden has none.
func (w *pageWriter) edge(e element) {
	switch {
	case w.hidden > 0 || w.hushed() != nil:
	case isBlock(e):
		w.border()
	}
}

// isBlock reports whether an element stands on lines of its own; a template that
// is shown is one.
func isBlock(e element) bool {
	_, mode := e.attrs["shadowrootmode"]
	_, old := e.attrs["shadowroot"]
	return blocks[e.name] || e.name == "template" && (mode || old) || e.apart
}

// setApart reports whether a style sets an element apart from its line.
func setApart(style string) bool {
	for _, v := range valuesOf(style, "display") {
		switch v {
		case "block", "table", "flex", "grid", "list-item", "flow-root", "table-row", "inline-block", "table-cell", "inline-flex", "inline-grid", "inline-table":
			return true
		}
	}
	return false
}

// pop ends the innermost element.
func (w *pageWriter) pop() {
	e := w.open[len(w.open)-1]
	if e.behind != "" {
		w.emit(e.behind)
	}
	if e.name == "q" {
		w.emit("”")
	}
	w.open = w.open[:len(w.open)-1]
	if e.name == "math" && w.math != nil {
		formula := w.math.formula()
		w.math = nil
		w.emit(formula)
	}
	if e.hush != nil && !e.hush.raw && w.hidden == 0 {
		if around := w.hushed(); around != nil {
			around.parts = append(around.parts, capturedPart{inner: e.hush})
		} else {
			w.emit(spelled(e.hush))
		}
	}
	if e.struck {
		w.struck--
	}
	w.edge(e)
	if e.hidden {
		w.hidden--
	}
	if e.name == "td" || e.name == "th" || e.name == "caption" || e.name == "template" || e.name == "object" || e.name == "marquee" || e.name == "applet" {
		w.dropActive()
	}
}

// isHidden reports whether an element is not shown.
func isHidden(name string, attrs map[string]string) bool {
	if name == "html" || name == "body" {
		return false
	}
	if name == "template" {
		_, mode := attrs["shadowrootmode"]
		_, old := attrs["shadowroot"]
		if mode || old {
			return styleHides(attrs)
		}
	}
	if unseen[name] || name == "mphantom" {
		return true
	}
	if _, open := attrs["open"]; name == "dialog" && !open {
		return true
	}
	return styleHides(attrs)
}

func styleHides(attrs map[string]string) bool {
	if value, ok := attrs["hidden"]; ok && !strings.EqualFold(value, "until-found") {
		return true
	}
	if _, ok := attrs["popover"]; ok {
		return true
	}
	return concealed(attrs["style"])
}

func isStruck(name string, attrs map[string]string) bool {
	return name == "del" || name == "s" || name == "strike" ||
		styled(attrs["style"], "text-decoration", "line-through") || styled(attrs["style"], "text-decoration-line", "line-through")
}
