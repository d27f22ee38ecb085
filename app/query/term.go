package query

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// inField reads what stands after a field's colon.
func (p *parser) inField(f *Field, value int) Node {
	start := p.pos
	name := string(p.text[start:value])
	if value == len(p.text) || unicode.IsSpace(p.text[value]) || isClose(p.text[value]) {
		return p.valueless(f, name, value)
	}
	p.pos = value
	field := p.field
	p.field = f
	n := p.fieldValue(f, name)
	p.field = field
	if n == nil {
		return nil
	}
	if !f.Text {
		return widened(n, start, max(p.pos, n.Span().End))
	}
	return Within{Field: f.Name, Node: n, At: Span{Start: start, End: max(p.pos, n.Span().End)}}
}

// valueless reads a field's name after whose colon nothing stands.
func (p *parser) valueless(f *Field, name string, end int) Node {
	start := p.pos
	if p.unfinished(end) {
		if end == len(p.text) {
			p.at = Completion{Field: f.Name, Start: end, End: end}
		}
		p.pos = end
		return nil
	}
	if p.follows(end) {
		p.complain(start, end, "No space may stand after "+name+" and what it looks for; here it is read as a word.")
	} else {
		p.complain(start, end, "Nothing stands after "+name+"; here it is read as a word.")
	}
	p.pos = end
	return p.leaf(start, func() Node { return Word{Text: name, At: Span{Start: start, End: end}} })
}

// noField tells of a term that looks like a field's name and value when there is
// no such field. Addresses, times, paths and the marks of answered letters have a
// colon too.
func (p *parser) noField(start, end int) {
	if p.field != nil && !p.field.Text {
		return
	}
	term := string(p.text[start:end])
	i := strings.IndexFunc(term, isColon)
	if i < 0 || isAddress(term) {
		return
	}
	name, value := term[:i], strings.TrimLeftFunc(term[i:], isColon)
	first, _ := utf8.DecodeRuneInString(value)
	switch n := utf8.RuneCountInString(name); {
	case n < 2 || n > longestField || strings.ContainsFunc(name, func(r rune) bool { return !unicode.Is(unicode.Latin, r) && r != '_' && r != '-' }):
		return
	case value == "" && (end == len(p.text) || !isQuote(p.text[end]) && !isOpen(p.text[end])), value != "" && !isSign(first),
		strings.ContainsFunc(value, isColon), utf8.RuneCountInString(term)-n-utf8.RuneCountInString(value) > 1:
		return
	case slices.Contains(noFields, strings.ToLower(name)), strings.HasPrefix(name, "-"):
		return
	}
	what := "There is no field " + name
	if near := nearField(lowerASCII(name)); near != "" {
		what += ", but " + near
	}
	p.complain(start, end, what+"; this is read as words.")
}

// nearField is the field whose name was most likely meant, "" when none is near.
func nearField(name string) string {
	for _, f := range Fields {
		for _, known := range append([]string{f.Name}, f.Aliases...) {
			if d := editDistance(name, known); d == 1 && len(known) > 3 || d == 2 && len(known) > 5 {
				return f.Name
			}
		}
	}
	return ""
}

// longestField is more than any field's name has.
const longestField = 20

// noFields stand before a colon in what is no field: schemes of addresses and of
// numbers, and answers to letters.
var noFields = []string{
	"http", "https", "ftp", "file", "mailto", "urn", "tel", "news", "localhost",
	"doi", "isbn", "issn", "arxiv", "pmid", "pmcid", "orcid", "hdl", "re", "fw", "fwd", "aw", "wg", "sv", "vs", "tr",
}

func (p *parser) fieldValue(f *Field, name string) Node {
	start := p.pos
	switch {
	case isOpen(p.text[start]):
		n, _, _ := p.group(f, false)
		return n
	case p.quoteAt(start):
		return p.quoted(start)
	}
	end := p.termEnd(start)
	term := string(p.text[start:end])
	if f.Text && p.opens(end) && (term == "NEAR" || isNear(term)) {
		return p.nearGroup(end)
	}
	if isMinus(p.text[start]) && end > start+1 {
		p.complain(start, start+1, "The minus belongs before "+name+" as in -"+name+"x; here it is read as text.")
	}
	if f.Text && !says(term) && !p.unfinished(end) {
		p.complain(start, end, "There is no word after "+name+"; it is passed over.")
	}
	return p.term(start, end)
}

// leaf counts what is read, and stops where it is too much.
func (p *parser) leaf(start int, read func() Node) Node {
	if p.leaves == maxLeaves {
		p.stop(start, fmt.Sprintf("A query may ask for %d things at a time; the rest from here is left out.", maxLeaves))
		return nil
	}
	p.leaves++
	return read()
}

// term reads a word, or a value where a field wants one.
func (p *parser) term(start, end int) Node {
	term := p.take(end)
	at := Span{Start: start, End: end}
	typed := p.typing && end == len(p.text)
	if p.field != nil && !p.field.Text {
		return p.condition(Condition{Value: term, Typed: typed, At: at})
	}
	if !says(term) {
		return nil
	}
	return p.leaf(start, func() Node {
		w, wrong := wordOf(term)
		if wrong != "" {
			p.complain(start, end, wrong)
		}
		w.At = at
		w.Typed = typed && !w.Prefix && w.Fuzzy == 0 && (!w.Wild || !strings.HasSuffix(w.Text, "*"))
		return w
	})
}

// condition checks a value of the field whose parenthesis this is.
func (p *parser) condition(c Condition) Node {
	f := p.field
	c.Field = f.Name
	value, wrong, half := f.value(c.Value)
	switch {
	case strings.TrimSpace(c.Value) == "":
		wrong = "There is nothing between the quotation marks; " + f.Name + ": is read as a word."
		if p.unfinished(c.At.End) {
			return nil
		}
	case c.Typed && (half || wrong != "" && !c.Quoted && beginsOperator(c.Value)):
		return nil
	}
	return p.leaf(c.At.Start, func() Node {
		if wrong == "" {
			c.Value = value
			return c
		}
		p.complain(c.At.Start, c.At.End, wrong)
		text := f.Name + ":" + c.Value
		if !c.Quoted {
			return Word{Text: text, Typed: c.Typed, At: c.At}
		}
		text = strings.Map(func(r rune) rune {
			if isQuote(r) {
				return ' '
			}
			return r
		}, text)
		return Phrase{Text: phraseText([]rune(text)), Typed: c.Typed && !endsInSpace(c.Value), At: c.At}
	})
}

// beginsOperator reports whether a value may become an operator of its list.
func beginsOperator(value string) bool {
	return value == "A" || value == "AN" || value == "O" || value == "N" || value == "NO" || isOperator(value)
}

func endsInSpace(s string) bool { return s != "" && strings.TrimRightFunc(s, unicode.IsSpace) != s }

// quoted reads what stands between quotation marks, a phrase or a value. Any
// kind of mark closes any other. In a value a doubled mark is one of its own,
// as names have them: actor:"Dwayne ""The Rock"" Johnson".
func (p *parser) quoted(start int) Node {
	valued := p.field != nil && !p.field.Text
	var inside []rune
	end := start + 1
	for end < len(p.text) {
		r := p.text[end]
		if isQuote(r) && valued && end+1 < len(p.text) && p.text[end+1] == r {
			end++
		} else if p.quoteAt(end) {
			break
		}
		inside = append(inside, r)
		end++
	}
	open := end == len(p.text)
	if open {
		p.unclosed(start, string(inside))
	} else {
		end++
	}
	p.pos = end
	at := Span{Start: start, End: end}
	typed := open && p.typing
	if valued {
		return p.condition(Condition{Value: string(inside), Quoted: true, Typed: typed, At: at})
	}
	slop := 0
	if !open {
		slop = p.afterPhrase()
		at.End = p.pos
	}
	text := phraseText(inside)
	if !says(text) {
		return nil
	}
	p.starInside(start+1, inside)
	return p.leaf(start, func() Node {
		return Phrase{Text: text, Slop: slop, Typed: typed && !endsInSpace(string(inside)), At: at}
	})
}

// unclosed notes that a quotation mark runs to the end.
func (p *parser) unclosed(start int, inside string) {
	p.openQuote = true
	p.at = Completion{Field: p.fieldName(), Typed: inside, Start: start, End: len(p.text), Phrase: p.field == nil}
	if !p.typing && !p.partial {
		p.complain(start, start+1, "This quotation mark is not closed; it is closed at the end.")
	}
}

// afterPhrase reads the slop of a phrase, and a star, which it cannot have.
func (p *parser) afterPhrase() int {
	if p.pos == len(p.text) {
		return 0
	}
	if p.text[p.pos] == '*' {
		p.complain(p.pos, p.pos+1, "A phrase is no beginning of a word; the * is passed over.")
		p.pos++
		return 0
	}
	end := p.digits(p.pos + 1)
	if p.text[p.pos] != '~' || end == p.pos+1 || end < len(p.text) && isSign(p.text[end]) {
		return 0
	}
	number := p.pos + 1
	p.pos = end
	return p.apart(number, end)
}

// starInside tells of a wildcard between quotation marks, where it is none.
func (p *parser) starInside(start int, inside []rune) {
	for i, r := range inside {
		if r == '*' && i > 0 && isSign(inside[i-1]) {
			p.complain(start+i, start+i+1, "Between quotation marks * is only a star.")
			return
		}
	}
}

// apart is the number of words that stands here in digits.
func (p *parser) apart(start, end int) int {
	n, err := strconv.Atoi(string(p.text[start:end]))
	if err != nil || n > maxApart {
		p.complain(start, end, fmt.Sprintf("That is too far apart; it is read as %d words.", maxApart))
		return maxApart
	}
	return n
}
