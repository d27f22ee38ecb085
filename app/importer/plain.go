package importer

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rejoinder/app"
)

// rawPlain is a plain text as it stands: its header, if it has one, and its
// paragraphs of lines.
type rawPlain struct {
	header     metadata
	paragraphs [][]string
}

func (im *Importer) readPlain(_ context.Context, src source) (app.Imported, error) {
	raw := parsePlain(src.text)
	blocks := raw.blocks()
	title, declared := raw.header.title, raw.header.title != ""
	if len(blocks) == 0 && declared {
		blocks = []block{{kind: app.BlockHeading, level: 1, text: title}}
	}
	if len(blocks) == 0 {
		return app.Imported{}, errNoText()
	}
	cut := false
	if !declared {
		title, cut = titleFromText(blocks)
	}
	if !cut {
		blocks = entitle(blocks, title)
	}
	return raw.header.imported(title, blocks), nil
}

// parsePlain splits a text at its blank lines and takes off the header.
func parsePlain(text string) rawPlain {
	// A form feed begins a page.
	text = app.Clean(strings.ReplaceAll(text, "\f", "\n\n"))
	var raw rawPlain
	var open []string
	for line := range strings.Lines(text + "\n\n") {
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		switch {
		case visible(line):
			open = append(open, line)
		case len(open) > 0:
			raw.paragraphs = append(raw.paragraphs, open)
			open = nil
		}
	}
	raw.takeHeader()
	return raw
}

var headerLine = regexp.MustCompile(`^([A-Za-z]{2,12})[ \t]*[:：][ \t]*(.*)$`)

// takeHeader reads the first paragraph as a header if all of its lines are
// fields and there are two of them at least. Lines whose value cannot be used
// stay in the text.
func (raw *rawPlain) takeHeader() {
	if len(raw.paragraphs) == 0 || len(raw.paragraphs[0]) < 2 {
		return
	}
	lines := raw.paragraphs[0]
	for _, line := range lines {
		m := headerLine.FindStringSubmatch(line)
		if m == nil || !known(m[1]) {
			return
		}
	}
	var rest []string
	for _, line := range lines {
		m := headerLine.FindStringSubmatch(line)
		if m[2] != "" && !raw.header.set(m[1], m[2]) {
			rest = append(rest, line)
		}
	}
	raw.paragraphs = raw.paragraphs[1:]
	if rest != nil {
		raw.paragraphs = slices.Insert(raw.paragraphs, 0, rest)
	}
}

// blocks sets the paragraphs; hard-wrapped lines are put together again, any
// other line is a paragraph of its own.
func (raw rawPlain) blocks() []block {
	width := wrapWidth(raw.paragraphs)
	var blocks []block
	add := func(text string) {
		if text = strings.TrimFunc(text, unicode.IsSpace); visible(text) {
			blocks = append(blocks, block{kind: app.BlockParagraph, text: text})
		}
	}
	for i, lines := range raw.paragraphs {
		if width == 0 {
			for _, line := range lines {
				add(line)
			}
			continue
		}
		var open strings.Builder
		for j, line := range lines {
			headline := i == 0 && j == 1 && columns(lines[0]) < minWrap
			if j > 0 && (headline || startsItem(line)) {
				add(open.String())
				open.Reset()
			}
			joinLine(&open, line)
		}
		add(open.String())
	}
	return blocks
}

// Hard-wrapped lines are this many columns wide.
const (
	minWrap = 50
	maxWrap = 100
)

// wrapWidth is the width at which a text is hard-wrapped, 0 where it is not.
// It is when most lines are of a usual width, when nearly each is so full that
// the next word did not fit, and when the lines break in mid-sentence: a list
// of headlines has only the first of these.
func wrapWidth(paragraphs [][]string) int {
	width := 0
	for _, lines := range paragraphs {
		if len(lines) > 1 {
			for _, line := range lines {
				width = max(width, columns(line))
			}
		}
	}
	if width < minWrap || width > maxWrap+maxWrap/10 {
		return 0
	}
	var breaks, usual, full, cased, lower int
	for _, lines := range paragraphs {
		for i, line := range lines[:len(lines)-1] {
			next := strings.TrimLeftFunc(lines[i+1], unicode.IsSpace)
			n := columns(line)
			breaks++
			if n >= minWrap && n <= maxWrap {
				usual++
			}
			const ragged = 4
			if n+1+columns(firstWord(next)) > width-ragged {
				full++
			}
			if r, _ := utf8.DecodeRuneInString(next); unicode.IsUpper(r) {
				cased++
			} else if unicode.IsLower(r) {
				cased++
				lower++
			}
		}
	}
	if 2*usual <= breaks || 3*full < 2*breaks || 5*lower < 2*cased {
		return 0
	}
	return width
}

func columns(line string) int {
	n := 0
	for _, r := range line {
		n++
		if isWide(r) {
			n++
		}
	}
	return n
}

func firstWord(line string) string {
	for i, r := range line {
		if isWide(r) {
			return line[:i+utf8.RuneLen(r)]
		}
		if unicode.IsSpace(r) {
			return line[:i]
		}
	}
	return line
}

var itemStart = regexp.MustCompile(`^(?:\s{2,}|\t|\x{3000}|\s*(?:[-*•·–—]|\d{1,3}[.)])\s)`)

// startsItem reports whether a line begins a list item or an indented paragraph.
func startsItem(line string) bool { return itemStart.MatchString(line) }

// joinLine appends a line to the text before it: with a space, but not between
// ideographs nor behind the hyphen of a compound.
func joinLine(text *strings.Builder, line string) {
	line = strings.TrimLeftFunc(line, unicode.IsSpace)
	before := text.String()
	if before == "" {
		text.WriteString(line)
		return
	}
	last, size := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(line)
	letter, _ := utf8.DecodeLastRuneInString(before[:len(before)-size])
	hyphen := last == '-' && unicode.IsLetter(letter) && unicode.IsLower(first)
	if !isWide(last) && !isWide(first) && !hyphen {
		text.WriteByte(' ')
	}
	text.WriteString(line)
}
