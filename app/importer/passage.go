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
	verbatim bool // white space is kept as it stands
	spans    []app.Span
}

// write appends text, folding white space as HTML does unless it is verbatim.
func (p *passage) write(s string) {
	for _, r := range app.Clean(s) {
		if !p.verbatim && (r == ' ' || r == '\n' || r == '\t') {
			p.space = true
			continue
		}
		if p.space && p.midLine() {
			p.put(' ')
		}
		p.space = false
		p.put(r)
	}
}

func (p *passage) put(r rune) {
	p.text.WriteRune(r)
	p.n++
	p.last = r
}

// midLine reports whether a space would stand between two words.
func (p *passage) midLine() bool { return p.n > 0 && p.last != '\n' }

// lineBreak ends the line. It reports false where the line is empty, which is
// how old pages set a new paragraph.
func (p *passage) lineBreak() bool {
	p.space = false
	if !p.midLine() {
		return false
	}
	p.put('\n')
	return true
}

// mark is where a span that is opened now will start.
func (p *passage) mark() int {
	if p.space && p.midLine() {
		return p.n + 1
	}
	return p.n
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
