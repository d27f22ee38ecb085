package query

import (
	"strings"
	"unicode"
)

// Completion is what is being typed at the cursor.
type Completion struct {
	Field      string // the Name of the field whose value it is, "" for a field's name or a mere word
	Typed      string // up to the cursor, without quotation marks
	Start, End int    // the code points that a completion replaces
	Phrase     bool   // it is between quotation marks that belong to no field: nothing can complete it
}

// At tells what is being typed in a text with the cursor, in code points, where
// it is; a cursor outside the text is at its end.
func At(text string, cursor int) Completion {
	all := []rune(text)
	if cursor < 0 || cursor > len(all) {
		cursor = len(all)
	}
	before := string(all[:cursor])
	if len(before) > maxBytes {
		return Completion{Start: cursor, End: cursor}
	}
	c := read(before, Options{Typing: true}).at
	c.End = cursor
	switch s := (scanner{text: all}); {
	case c.Phrase:
		c.Start = cursor
	case c.Field != "" && c.Start < cursor && s.quoteAt(c.Start):
		c.End = closingQuote(&s, cursor)
	case c.Typed != "" || c.Field != "" && isColon(all[cursor-1]):
		c.End = max(cursor, s.termEnd(c.Start))
		if c.Field == "" {
			c.End = nameEnd(&s, c)
		}
	}
	return c
}

// closingQuote is the end of a quoted value in which the cursor stands: where it
// is closed, or of the word at the cursor where the next mark seems to open
// another.
func closingQuote(s *scanner, cursor int) int {
	for i := cursor; i < len(s.text); i++ {
		if !s.quoteAt(i) {
			continue
		}
		if i+1 < len(s.text) && s.text[i+1] == s.text[i] {
			i++
			continue
		}
		ended := i+1 == len(s.text) || unicode.IsSpace(s.text[i+1]) || isClose(s.text[i+1])
		if ended && !unicode.IsSpace(s.text[i-1]) {
			return i + 1
		}
		break
	}
	for cursor < len(s.text) && !unicode.IsSpace(s.text[cursor]) && !isClose(s.text[cursor]) {
		cursor++
	}
	return cursor
}

// nameEnd is where a field's name ends that has its colon already, or else the
// term.
func nameEnd(s *scanner, c Completion) int {
	if f, value := s.fieldAt(c.Start); f != nil && value <= c.End {
		return value - 1
	}
	return c.End
}

// Insert puts a value in the place of what was typed and returns the new text and
// the cursor after it. The name of a field gets a colon; a field's value gets
// quotation marks when it needs them, and a space; a mere word gets the space.
func (c Completion) Insert(text, value string) (string, int) {
	all := []rune(text)
	start := min(max(c.Start, 0), len(all))
	end := min(max(c.End, start), len(all))
	next := " "
	switch {
	case c.Field != "":
		value = Quote(value)
	case fieldNamed(value) != nil:
		next = ":"
	}
	after := string(all[end:])
	if end < len(all) && (next == " " && unicode.IsSpace(all[end]) || next == ":" && isColon(all[end])) {
		after = string(all[end+1:])
		next = string(all[end])
	}
	var b strings.Builder
	b.WriteString(string(all[:start]) + value + next)
	cursor := len([]rune(b.String()))
	b.WriteString(after)
	return b.String(), cursor
}
