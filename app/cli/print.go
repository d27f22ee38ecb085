package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/rivo/uniseg"

	"rejoinder/app"
)

// printer prints results: a row is one JSON object, or one piece of text.
type printer struct {
	out, err io.Writer
	json     bool
	broken   error // what kept a result from being printed
}

// row prints one result in the way that was asked for.
func (p *printer) row(object any, format string, args ...any) {
	if !p.json {
		p.line(format, args...)
		return
	}
	enc := json.NewEncoder(p.out)
	enc.SetEscapeHTML(false)
	p.wrote(enc.Encode(object))
}

// line prints text for people; with --json nothing.
func (p *printer) line(format string, args ...any) {
	if !p.json {
		_, err := fmt.Fprintf(p.out, format+"\n", args...)
		p.wrote(err)
	}
}

// wrote remembers the first result that could not be printed.
func (p *printer) wrote(err error) {
	if err != nil && p.broken == nil {
		p.broken = fmt.Errorf("the results could not be printed: %w", err)
	}
}

// fail prints an error for people.
func (p *printer) fail(err error) {
	_, _ = fmt.Fprintf(p.err, "rejoinder: %s\n", app.Sentence(err))
}

// warn prints, for people, a sentence about what was done otherwise than meant.
func (p *printer) warn(sentence string) { _, _ = fmt.Fprintf(p.err, "rejoinder: %s\n", sentence) }

// made is what every verb that makes something prints.
type made struct {
	ID string `json:"id"`
}

// plural is a noun as it follows a number.
func plural(n int, noun string) string {
	switch {
	case n == 1:
		return noun
	case strings.HasSuffix(noun, "y"):
		return strings.TrimSuffix(noun, "y") + "ies"
	}
	return noun + "s"
}

// width is how many columns of a terminal s takes.
func width(s string) int { return uniseg.StringWidth(s) }

// pad fills s with spaces to n columns.
func pad(s string, n int) string { return s + strings.Repeat(" ", max(0, n-width(s))) }

// wrap breaks text into lines of at most n columns, where its script may be broken
// if it can.
func wrap(text string, n int) []string {
	var lines []string
	line, rest, state := "", app.OneLine(text), -1
	for rest != "" {
		var piece string
		piece, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
		word := strings.TrimRight(piece, " ")
		if line != "" && width(word) <= n && width(line+word) > n {
			lines, line = append(lines, strings.TrimRight(line, " ")), ""
		}
		for width(line+word) > n { // a long word
			head := ""
			for g := uniseg.NewGraphemes(word); g.Next() && width(line+head+g.Str()) <= n; {
				head += g.Str()
			}
			if line+head == "" {
				break
			}
			lines, line, word = append(lines, strings.TrimRight(line+head, " ")), "", word[len(head):]
			piece = piece[len(head):]
		}
		line += piece
	}
	if line != "" {
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return lines
}

// beside prints columns of lines next to each other.
func beside(widths []int, columns ...[]string) string {
	rows := 0
	for _, c := range columns {
		rows = max(rows, len(c))
	}
	var b strings.Builder
	for i := range rows {
		line := ""
		for j, c := range columns {
			cell := ""
			if i < len(c) {
				cell = c[i]
			}
			if j > 0 {
				line += " │ "
			}
			line += pad(cell, widths[j])
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}
