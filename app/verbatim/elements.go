package verbatim

import "strings"

var (
	// blocks stand on lines of their own.
	blocks = set("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
		"div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
		"hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table",
		"tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp", "search", "frameset", "plaintext")
	// special elements are ended by none but their own end tags and those of what is around them.
	special = union(blocks, set("applet", "area", "base", "basefont", "bgsound", "br", "button", "col", "colgroup", "embed", "frame",
		"head", "iframe", "img", "input", "keygen", "link", "marquee", "meta", "noembed", "noframes", "noscript", "object", "param",
		"script", "select", "source", "style", "template", "textarea", "title", "track", "wbr"))
	// formatting elements are opened again in later blocks until they are ended.
	formatting = set("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")
	void       = set("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
		"meta", "param", "source", "track", "wbr")
	unseen = set("script", "style", "noscript", "template", "head", "title", "iframe", "object", "svg", "select", "textarea",
		"datalist", "audio", "video", "canvas", "noembed", "noframes", "meter", "progress")
	// closesP end an open paragraph when they start.
	closesP = set("address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl", "fieldset",
		"figcaption", "figure", "footer", "header", "hgroup", "main", "menu", "nav", "ol", "p", "search", "section", "summary", "ul",
		"h1", "h2", "h3", "h4", "h5", "h6", "pre", "listing", "form", "li", "dd", "dt", "plaintext", "table", "hr", "xmp")
	scopes = set("applet", "caption", "html", "table", "td", "th", "marquee", "object", "template", "svg", "math")
	// inHead are the elements that do not end a page's head.
	inHead = set("base", "basefont", "bgsound", "link", "meta", "title", "noscript", "noframes", "style", "script", "template", "head")
	// breakout are the tags that end a picture made of elements.
	breakout = set("b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "h1", "h2", "h3",
		"h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr", "ol", "p", "pre", "ruby", "s", "small",
		"span", "strong", "strike", "sub", "sup", "table", "tt", "u", "ul", "var")
)

func union(a, b map[string]bool) map[string]bool {
	out := make(map[string]bool, len(a)+len(b))
	for k := range a {
		out[k] = true
	}
	for k := range b {
		out[k] = true
	}
	return out
}

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

// tableParts are elements that are nothing outside of a table.
var tableParts = set("caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr")

// inTable reports whether a table, or a template, which may hold parts of one, is
// open in this scope.
func (w *pageWriter) inTable() bool {
	for i := len(w.open) - 1; i >= 0; i-- {
		switch w.open[i].name {
		case "table", "template":
			return true
		case "object", "marquee", "applet", "select":
			return false
		}
	}
	return false
}

// inForeignObject reports whether there is HTML again within the picture at i.
func (w *pageWriter) inForeignObject(i int) bool {
	for _, e := range w.open[i:] {
		if e.name == "foreignobject" {
			return true
		}
	}
	return false
}

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

// dropActive forgets the formatting elements of a cell.
func (w *pageWriter) dropActive() {
	for len(w.active) > 0 {
		last := w.active[len(w.active)-1]
		w.active = w.active[:len(w.active)-1]
		if last.name == "" {
			return
		}
	}
}

// find is where the innermost element of a name is open, -1 where none is.
func (w *pageWriter) find(name string) int {
	for i := len(w.open) - 1; i >= 0; i-- {
		if w.open[i].name == name {
			return i
		}
	}
	return -1
}

// hushed is the capture that text goes to; nil where it is written.
func (w *pageWriter) hushed() *capture {
	for i := len(w.open) - 1; i >= 0; i-- {
		if c := w.open[i].hush; c != nil && !c.raw {
			return c
		}
	}
	return nil
}

// closeTo ends elements up to and with the innermost of a name.
func (w *pageWriter) closeTo(name string) {
	i := w.find(name)
	for i >= 0 && len(w.open) > i {
		w.pop()
	}
}

// implyEnds ends the elements that a start tag ends without saying so.
func (w *pageWriter) implyEnds(name string) {
	switch {
	case name == "li" || name == "dd" || name == "dt":
		for i := len(w.open) - 1; i >= 0; i-- {
			at := w.open[i].name
			if at == name || name != "li" && (at == "dd" || at == "dt") {
				for len(w.open) > i {
					w.pop()
				}
				break
			}
			if special[at] && at != "address" && at != "div" && at != "p" {
				break
			}
		}
	case name == "a" && w.inActive("a"):
		w.end("a")
	case name == "nobr" && w.inActive("nobr"):
		w.end("nobr")
	case isHeading(name) && isHeading(w.top()):
		w.pop()
	case name == "option" && w.top() == "option":
		w.pop()
	case name == "rt" || name == "rp" || name == "rb" || name == "rtc":
		for top := w.top(); top == "rt" || top == "rp" || top == "rb" || top == "rtc" && name == "rtc"; top = w.top() {
			w.pop()
		}
	case name == "td" || name == "th":
		w.closeInTable("td", "th")
	case name == "tr":
		w.closeInTable("td", "th", "tr", "caption")
	case name == "tbody" || name == "thead" || name == "tfoot":
		w.closeInTable("td", "th", "tr", "caption", "tbody", "thead", "tfoot")
	}
	if closesP[name] {
		w.closeP()
	}
}

func isHeading(name string) bool {
	return len(name) == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6'
}

// closeInTable ends open parts of the innermost table.
func (w *pageWriter) closeInTable(names ...string) {
	last := -1
	for i := len(w.open) - 1; i >= 0 && w.open[i].name != "table" && w.open[i].name != "template"; i-- {
		for _, n := range names {
			if w.open[i].name == n {
				last = i
			}
		}
	}
	for last >= 0 && len(w.open) > last {
		w.pop()
	}
}

// closeP ends an open paragraph that a block may not stand in.
func (w *pageWriter) closeP() {
	for i := len(w.open) - 1; i >= 0; i-- {
		name := w.open[i].name
		if name == "p" {
			for len(w.open) > i {
				w.pop()
			}
			return
		}
		if scopes[name] || name == "button" {
			return
		}
	}
}

// end ends the element of an end tag.
func (w *pageWriter) end(name string) {
	if w.math != nil && name != "math" {
		if w.math.end(name) || w.find(name) < 0 {
			return
		}
	}
	switch {
	case w.xml:
		if w.top() == name {
			w.pop()
		}
		return
	case name == "br":
		w.border()
		return
	case name == "body" || name == "html":
		return // what follows still belongs to the page
	case name == "p" && w.find("p") < 0:
		w.border()
		return
	case isHeading(name):
		w.endHeading()
		return
	case formatting[name]:
		w.endFormatting(name)
		return
	}
	for i := len(w.open) - 1; i >= 0; i-- {
		if w.open[i].name == name {
			for len(w.open) > i {
				w.pop()
			}
			return
		}
		if !special[name] && special[w.open[i].name] || special[name] && scopes[w.open[i].name] && !reachesOut[name] {
			return
		}
	}
}

// reachesOut are the elements whose end tags reach out of a cell.
var reachesOut = set("table", "tbody", "tfoot", "thead", "tr", "td", "th", "caption", "template", "object", "marquee", "applet", "svg")

func (w *pageWriter) endHeading() {
	for i := len(w.open) - 1; i >= 0; i-- {
		if isHeading(w.open[i].name) {
			for len(w.open) > i {
				w.pop()
			}
			return
		}
		if scopes[w.open[i].name] {
			return
		}
	}
}

// endFormatting takes a formatting element out of those that are open; blocks that
// began in it go on.
func (w *pageWriter) endFormatting(name string) {
	for i := len(w.active) - 1; i >= 0 && w.active[i].name != ""; i-- {
		if w.active[i].name == name {
			w.active = append(w.active[:i], w.active[i+1:]...)
			break
		}
	}
	i := w.find(name)
	if i < 0 {
		return
	}
	for _, above := range w.open[i+1:] {
		if scopes[above.name] {
			return
		}
	}
	if i == len(w.open)-1 {
		w.pop()
		return
	}
	above := append([]element(nil), w.open[i+1:]...)
	inBlock := false
	for _, e := range above {
		inBlock = inBlock || special[e.name]
	}
	if !inBlock { // only inline elements: they end too, and what is active comes again
		for len(w.open) > i {
			w.pop()
		}
		return
	}
	e := w.open[i]
	if e.struck {
		w.struck--
	}
	if e.hidden {
		w.hidden--
	}
	w.open = append(w.open[:i], w.open[i+1:]...)
}

func (w *pageWriter) inActive(name string) bool {
	for i := len(w.active) - 1; i >= 0 && w.active[i].name != ""; i-- {
		if w.active[i].name == name {
			return true
		}
	}
	return false
}

// reopen opens the formatting elements again that a block's end has closed.
func (w *pageWriter) reopen() {
	if len(w.active) == 0 || w.xml {
		return
	}
	from := len(w.active)
	for from > 0 && w.active[from-1].name != "" && !w.isOpen(w.active[from-1]) {
		from--
	}
	for _, e := range w.active[from:] {
		e.hush = nil
		w.push(e)
	}
}

// isOpen reports whether this very element is open.
func (w *pageWriter) isOpen(e element) bool {
	for i := len(w.open) - 1; i >= 0; i-- {
		if w.open[i].number == e.number {
			return true
		}
	}
	return false
}

// mostActive bounds what a page that ends nothing makes every block open again.
const mostActive = 100

// limitActive keeps at most three formatting elements that are alike, as HTML does.
func (w *pageWriter) limitActive(e element) {
	alike, first := 0, 0
	for i := len(w.active) - 1; i >= 0 && w.active[i].name != ""; i-- {
		if a := w.active[i]; a.name == e.name && sameText(a.attrs, e.attrs) {
			alike, first = alike+1, i
		}
	}
	if alike >= 3 {
		w.active = append(w.active[:first], w.active[first+1:]...)
	}
}

func sameText(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if b[k] != v {
			return false
		}
	}
	return true
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
