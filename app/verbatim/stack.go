package verbatim

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
