package importer

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"rejoinder/app"
)

// passage is the text of one block while it is put together, and the spans over
// it. Offsets count code points.
type passage struct {
	text     strings.Builder
	n        int
	last     rune
	space    bool // white space waits for the word behind it
	newline  bool // it is nothing but ends of lines
	verbatim bool // white space is kept as it stands
	spans    []app.Span

	joinsWide bool // the end of a line between ideographs is no space

	strikes int    // struck elements that are open
	struck  bool   // struckMark stands before text that is still open
	held    string // white space of struck verbatim text, which may be behind its end
	links   int    // links and buttons that are open
	linked  int    // code points in links and buttons
	picture string // the text of a picture that shows only if words follow
}

// next is the passage behind p, within the same inline elements.
func (p *passage) next(verbatim bool) passage {
	return passage{verbatim: verbatim, joinsWide: p.joinsWide, strikes: p.strikes, links: p.links}
}

// write appends text, folding white space as HTML does unless it is verbatim.
func (p *passage) write(s string) {
	for _, r := range app.Clean(s) {
		if !p.verbatim && (r == ' ' || r == '\n' || r == '\t') {
			p.newline = r == '\n' && (!p.space || p.newline)
			p.space = true
			continue
		}
		if p.newline && p.joinsWide && isWide(p.last) && isWide(r) {
			p.space = false
		}
		p.newline = false
		if p.picture != "" && !unicode.IsSpace(r) {
			p.putAll(p.picture)
			p.picture = ""
		}
		if p.verbatim && p.struck && unicode.IsSpace(r) {
			p.held += string(r)
			continue
		}
		if p.struck && p.strikes == 0 {
			p.endStruck()
		}
		p.putAll(p.held)
		p.held = ""
		if p.space && p.midLine() {
			p.put(' ')
		}
		p.space = false
		if p.strikes > 0 && !p.struck && !unicode.IsSpace(r) {
			p.putAll(struckMark)
			p.struck = true
		}
		p.put(r)
	}
}

func (p *passage) put(r rune) {
	p.text.WriteRune(r)
	p.n++
	p.last = r
	if p.links > 0 {
		p.linked++
	}
}

func (p *passage) putAll(s string) {
	for _, r := range s {
		p.put(r)
	}
}

// struckMark stands on both sides of struck text, as in Markdown: without it,
// what was taken back would read as what is said.
const struckMark = "~~"

func (p *passage) endStruck() {
	p.putAll(struckMark)
	p.struck = false
}

// pictureBetween keeps the text of a picture until a word follows in the line.
func (p *passage) pictureBetween(text string) {
	afterGap := p.last == '·' && p.space
	if p.midLine() && !afterGap && p.picture == "" {
		if p.space {
			text, p.space = " "+text, false
		}
		p.picture = text
	}
}

// edge is where a part begins or ends that elsewhere would be a block.
func (p *passage) edge() {
	if p.struck {
		p.endStruck()
	}
	p.picture, p.space = "", true
}

// glued reports whether a letter or sign stands right before.
func (p *passage) glued() bool { return p.n > 0 && !p.space && !unicode.IsSpace(p.last) }

// midLine reports whether a space would stand between two words.
func (p *passage) midLine() bool { return p.n > 0 && p.last != '\n' }

// lineBreak ends the line. It reports false where the line is empty, which is
// how old pages set a new paragraph.
func (p *passage) lineBreak() bool {
	p.space = false
	if !p.midLine() {
		return false
	}
	if p.struck {
		p.endStruck()
	}
	p.put('\n')
	return true
}

// mark is where a span that is opened now will start.
func (p *passage) mark() int {
	at := p.n
	if p.struck && p.strikes == 0 {
		at += len(struckMark)
	}
	if p.space && p.midLine() {
		at++
	}
	return at
}

func (p *passage) addSpan(s app.Span) {
	if s.Start < s.End && (len(p.spans) == 0 || p.spans[len(p.spans)-1] != s) {
		p.spans = append(p.spans, s)
	}
}

// finish returns the trimmed text and the spans over it; text without a visible
// character is "".
func (p *passage) finish() (string, []app.Span) {
	raw := p.text.String()
	if p.struck {
		raw = strings.TrimRightFunc(raw, unicode.IsSpace) + struckMark
	}
	text := strings.TrimLeftFunc(raw, unicode.IsSpace)
	if p.verbatim {
		// The indentation of the first line belongs to the code.
		lead := raw[:len(raw)-len(text)]
		text = raw[strings.LastIndexByte(lead, '\n')+1:]
	}
	cut := app.RuneCount(raw[:len(raw)-len(text)])
	text = strings.TrimRightFunc(text, unicode.IsSpace)
	if !visible(text) {
		return "", nil
	}
	end := app.RuneCount(text)
	spans := make([]app.Span, 0, len(p.spans))
	for _, s := range p.spans {
		s.Start, s.End = max(0, s.Start-cut), min(end, s.End-cut)
		if s.Start < s.End {
			spans = append(spans, s)
		}
	}
	slices.SortStableFunc(spans, func(a, b app.Span) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	return text, spans
}

// visible reports whether s has anything to see: not only white space, marks
// of direction and joiners.
func visible(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return unicode.IsGraphic(r) && !unicode.IsSpace(r) && r != '\uFFFD'
	}) >= 0
}

// isWide reports whether a character takes two columns and is written without
// spaces between words.
func isWide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) ||
		r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFF60
}
