package query

import (
	"strings"
	"time"
)

// Field describes a name that may stand before a colon.
type Field struct {
	Name    string
	Aliases []string
	What    string   // one short line for the help beside the box
	Example string   // a query that shows it
	Values  []string // the only values it takes; nil where any will do
	Text    bool     // it takes a word of any form, a phrase or an expression; the others take a value
	Date    bool     // it takes a date: 2019, 2019-10 or 2019-10-08
}

// Form is a way of writing a query, for the help beside the box.
type Form struct{ Form, What string }

// Forms are the operators, in the order of the help.
var Forms = []Form{
	{`word other`, "both words, in any form: sanction, sanctions"},
	{`"exact phrase"`, "just these words one after another"},
	{`-word`, "without the word; also NOT word"},
	{`one OR other`, "any of them; AND binds tighter; ( ) group"},
	{`begin*`, "words that begin so"},
	{`wi?d  w*d`, "? is one letter, * any letters"},
	{`spelt~`, "words that are spelt nearly so; ~1 or ~2 letters may differ"},
	{`"two words"~10`, "with at most 10 other words among them"},
	{`NEAR(a b, 10)`, "the same for words and phrases; also a NEAR/10 b"},
	{`\word`, "what follows is a word, whatever it looks like"},
	{`a pasted paragraph`, "what is most like it; nothing in it is an operator"},
}

// Fields are all that the language knows, in the order of the help. Their names
// are read in small and capital ASCII letters. after: includes the date that
// it names, before: does not, so that the two together cut time without a gap:
// after:2019 before:2020 is the year 2019. A part of a date stands for its
// first day.
//
// The values of kind: are not checked, as the kinds of articles are among them.
var Fields = []Field{
	{Name: "title", What: "in the title of an article", Example: `title:sanctions`, Text: true},
	{Name: "text", What: "in the text of an article", Example: `text:"forced labour"`, Text: true},
	{Name: "note", What: "in notes, and in the notes beside passages", Example: `note:(check OR verify)`, Text: true},
	{Name: "author", What: "in the names of the authors", Example: `author:smith`, Text: true},
	{Name: "publisher", What: "in the name of the publisher", Example: `publisher:reuters`, Text: true},
	{Name: "lang", Aliases: []string{"language"}, What: "in this language, by its code", Example: `lang:ar`},
	{Name: "tag", What: "with this tag or one below it", Example: `tag:"supply chain"`},
	{Name: "kind", What: "only this kind of thing", Example: `kind:annotation`},
	{
		Name: "color", Aliases: []string{"colour"}, What: "marked in this colour", Example: `color:yellow`,
		Values: []string{"yellow", "green", "blue", "pink", "orange", "violet"},
	},
	{Name: "actor", What: "what this actor says", Example: `actor:"European Commission"`},
	{
		Name: "stance", What: "statements that take this stance", Example: `stance:denies`,
		Values: []string{"asserts", "supports", "disputes", "denies", "qualifies", "questions", "declines"},
	},
	{Name: "claim", What: "what is said about this claim", Example: `claim:"the firms took part"`},
	{Name: "after", What: "on this date or later", Example: `after:2019-10`, Date: true},
	{Name: "before", What: "earlier than this date", Example: `before:2020`, Date: true},
	{Name: "in", Aliases: []string{"collection"}, What: "in this collection", Example: `in:"to read"`},
	{Name: "is", What: "articles not read yet, or read", Example: `is:unread`, Values: []string{"unread", "read"}},
	{
		Name: "has", What: "articles that have such a thing", Example: `has:statement`,
		Values: []string{"annotation", "statement", "note", "tag"},
	},
}

// fieldNamed returns the field with a name or alias, or nil.
func fieldNamed(name string) *Field {
	name = lowerASCII(name)
	for i := range Fields {
		if Fields[i].Name == name {
			return &Fields[i]
		}
		for _, alias := range Fields[i].Aliases {
			if alias == name {
				return &Fields[i]
			}
		}
	}
	return nil
}

// lowerASCII leaves other letters alone: the Kelvin sign is no k in a name.
func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// value returns the value as the field has it and what is wrong with it, "" for
// nothing. It is half when it can still become a legal one.
func (f *Field) value(written string) (value, wrong string, half bool) {
	switch {
	case f.Date:
		if isDate(written) {
			return written, "", false
		}
		return "", f.Name + ": takes a date such as 2019, 2019-10 or 2019-10-08; this is read as text.", beginsDate(written)
	case f.Values == nil:
		return written, "", false
	}
	low := lowerASCII(strings.TrimSpace(written))
	for _, v := range f.Values {
		if v == low {
			return v, "", false
		}
		half = half || strings.HasPrefix(v, low)
	}
	wrong = "There is no " + f.Name + ": called “" + strings.TrimSpace(written) + "”; "
	if near := nearest(low, f.Values); near != "" {
		wrong += "there is “" + near + "”."
	} else {
		wrong += "there is " + strings.Join(f.Values, ", ") + "."
	}
	return "", wrong + " This is read as text.", half
}

func isDate(s string) bool {
	for _, layout := range []string{"2006", "2006-01", time.DateOnly} {
		if len(s) == len(layout) {
			_, err := time.Parse(layout, s)
			return err == nil
		}
	}
	return false
}

// beginsDate reports whether digits can be added so that a date comes of it.
func beginsDate(s string) bool {
	for _, whole := range []string{"2000-01-01", "2000-10-10", "2000-12-20", "2000-12-30"} {
		if len(s) >= len(whole) {
			return false
		}
		if isDate(s + whole[len(s):]) {
			return true
		}
	}
	return false
}

// nearest returns the value that the word was most likely meant to be, "" when
// none is near.
func nearest(word string, values []string) string {
	best, least := "", 3
	for _, v := range values {
		if d := editDistance(word, v); d < least && d < len(v) {
			best, least = v, d
		}
	}
	if best != "" || len(word) < 3 {
		return best
	}
	for _, v := range values { // "assert", "question", "denying"
		if strings.HasPrefix(v, word) || strings.HasPrefix(word, v[:3]) {
			return v
		}
	}
	return ""
}

// editDistance is how many letters must be put in, taken out or replaced.
func editDistance(a, b string) int {
	from, to := []rune(a), []rune(b)
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range from {
		diagonal := row[0]
		row[0] = i + 1
		for j, s := range to {
			cost := diagonal
			if r != s {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(to)]
}
