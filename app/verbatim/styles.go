package verbatim

import (
	"sort"
	"strings"
	"unicode"
)

// sheet is what the stylesheets of a page say of elements, as far as their rules
// name one tag, class or id, or some of these at once.
type sheet struct {
	rules []sheetRule
	last  map[string][]int // rules by the last name of their selector: ".x", "#x" or a tag
}

type sheetRule struct {
	tag, id string
	classes []string
	weight  [3]int // ids, classes, tags
	style   string
	place   string // "before" or "after": the rule adds words there
	words   string
}

// readSheets gathers the stylesheets of a page before it is written.
func readSheets(text string, xml bool) sheet {
	var s sheet
	t := newTokenizer(text, xml)
	if !strings.Contains(t.lower, "<style") {
		return s
	}
	in := false
	for tok := t.next(); tok.kind != endOfText; tok = t.next() {
		switch tok.kind {
		case startTag:
			media := strings.ToLower(strings.TrimSpace(tok.attrs["media"]))
			in = tok.name == "style" && (media == "" || media == "all" || media == "screen")
		case endTag:
			in = false
		case textToken:
			if in {
				s.add(tok.text)
			}
		}
	}
	return s
}

// add takes the rules of a stylesheet that stand in no block of another.
func (s *sheet) add(css string) {
	css = withoutComments(css)
	depth, head, from, nested := 0, "", 0, false
	for i := range len(css) {
		switch c := css[i]; {
		case c == '{':
			if depth == 0 {
				head, from, nested = css[from:i], i+1, false
			} else {
				nested = true
			}
			depth++
		case c == '}' && depth > 0:
			if depth--; depth == 0 {
				if !nested && !strings.Contains(head, "@") {
					s.rule(head, css[from:i])
				}
				from = i + 1
			}
		case (c == ';' || c == '}') && depth == 0:
			from = i + 1
		}
	}
	if depth == 1 && !nested && !strings.Contains(head, "@") {
		s.rule(head, css[from:])
	}
}

func withoutComments(css string) string {
	var out strings.Builder
	for {
		before, rest, ok := strings.Cut(css, "/*")
		out.WriteString(before + " ")
		if !ok {
			return out.String()
		}
		_, css, _ = strings.Cut(rest, "*/")
	}
}

func (s *sheet) rule(head, body string) {
	style := ""
	for _, part := range splitStyle(body) {
		name, value, ok := strings.Cut(part, ":")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "display", "visibility", "content-visibility", "font-size", "text-indent", "position", "left", "top", "text-decoration",
			"text-decoration-line", "vertical-align":
			if ok {
				style += strings.TrimSpace(name) + ":" + strings.TrimSpace(value) + ";"
			}
		}
	}
	words := generated(body)
	for _, selector := range strings.Split(head, ",") {
		selector, place := strings.TrimSpace(selector), ""
		for _, p := range []string{"::before", ":before", "::after", ":after"} {
			if bare, ok := strings.CutSuffix(selector, p); ok && place == "" {
				selector, place = bare, strings.TrimLeft(p, ":")
			}
		}
		if place == "" && style == "" || place != "" && words == "" {
			continue
		}
		if r, ok := simple(selector); ok {
			r.style, r.place, r.words = style, place, words
			if s.last == nil {
				s.last = map[string][]int{}
			}
			s.last[r.name()] = append(s.last[r.name()], len(s.rules))
			s.rules = append(s.rules, r)
		}
	}
}

// simple reads a selector of one element without anything around it.
func simple(selector string) (r sheetRule, ok bool) {
	if selector == "" {
		return r, false
	}
	for selector != "" {
		mark := selector[0]
		rest := selector
		if mark == '.' || mark == '#' {
			rest = selector[1:]
		}
		n := 0
		for n < len(rest) && (rest[n] == '-' || rest[n] == '_' || rest[n] >= '0' && rest[n] <= '9' || isNameStart(rest[n])) {
			n++
		}
		name := rest[:n]
		switch {
		case name == "":
			return r, false
		case mark == '.':
			r.classes = append(r.classes, name)
			r.weight[1]++
		case mark == '#':
			r.id = name
			r.weight[0]++
		case r.weight != [3]int{} || !isNameStart(mark) || strings.Contains(name, "_"):
			return r, false
		default:
			r.tag = strings.ToLower(name)
			r.weight[2]++
		}
		selector = rest[n:]
	}
	return r, true
}

// apply puts what the sheet says of an element before what its own style says.
func (s *sheet) apply(name string, attrs map[string]string) (before, after string) {
	if len(s.rules) == 0 {
		return "", ""
	}
	own := strings.Fields(attrs["class"])
	candidates := append([]int(nil), s.last[name]...)
	if id := attrs["id"]; id != "" {
		candidates = append(candidates, s.last["#"+id]...)
	}
	for i, c := range own {
		if !strings.Contains(" "+strings.Join(own[:i], " ")+" ", " "+c+" ") {
			candidates = append(candidates, s.last["."+c]...)
		}
	}
	sort.Ints(candidates)
	var matching []sheetRule
	for _, i := range candidates {
		if s.rules[i].fits(name, attrs["id"], own) {
			matching = append(matching, s.rules[i])
		}
	}
	style := ""
	for len(matching) > 0 {
		weakest := 0
		for i, r := range matching {
			if less(r.weight, matching[weakest].weight) {
				weakest = i
			}
		}
		switch r := matching[weakest]; r.place {
		case "before":
			before = r.words
		case "after":
			after = r.words
		default:
			style += r.style
		}
		matching = append(matching[:weakest], matching[weakest+1:]...)
	}
	if style != "" {
		attrs["style"] = style + attrs["style"]
	}
	return before, after
}

// generated are the words of a content property that is one plain string and has
// a letter or a digit.
func generated(body string) string {
	words := ""
	for _, part := range splitStyle(body) {
		name, value, _ := strings.Cut(part, ":")
		if strings.ToLower(strings.TrimSpace(name)) != "content" {
			continue
		}
		words = ""
		value = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "!important"))
		if n := len(value); n > 2 && (value[0] == '"' || value[0] == '\'') && value[n-1] == value[0] &&
			!strings.ContainsAny(value[1:n-1], `\\`+value[:1]) {
			words = value[1 : n-1]
		}
	}
	if !strings.ContainsFunc(words, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return ""
	}
	return words
}

func (r sheetRule) name() string {
	switch {
	case len(r.classes) > 0:
		return "." + r.classes[len(r.classes)-1]
	case r.id != "":
		return "#" + r.id
	}
	return r.tag
}

func less(a, b [3]int) bool {
	for i := range a {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}

func (r sheetRule) fits(name, id string, own []string) bool {
	if r.tag != "" && r.tag != name || r.id != "" && r.id != id {
		return false
	}
	for _, c := range r.classes {
		found := false
		for _, o := range own {
			found = found || o == c
		}
		if !found {
			return false
		}
	}
	return true
}

// concealed reports whether a style keeps an element from sight.
func concealed(style string) bool {
	if style == "" {
		return false
	}
	for _, v := range valuesOf(style, "font-size") {
		if v == "0" || strings.Trim(v, "0") == "px" || strings.Trim(v, "0") == "em" || strings.Trim(v, "0") == "rem" || strings.Trim(v, "0") == "%" {
			return true
		}
	}
	away := styled(style, "position", "absolute") || styled(style, "position", "fixed")
	return styled(style, "display", "none") || styled(style, "visibility", "hidden") || styled(style, "visibility", "collapse") ||
		styled(style, "content-visibility", "hidden") || outside(style, "text-indent") || away && (outside(style, "left") || outside(style, "top"))
}

// outside reports whether a property moves something by 500 units or more to the
// left or up.
func outside(style, property string) bool {
	for _, v := range valuesOf(style, property) {
		number := strings.TrimRight(v, "abcdefghijklmnopqrstuvwxyz%")
		unit := v[len(number):]
		whole, _, _ := strings.Cut(strings.TrimPrefix(number, "-"), ".")
		known := unit == "" || unit == "px" || unit == "em" || unit == "rem" || unit == "vw" || unit == "vh" || unit == "%"
		if strings.HasPrefix(number, "-") && known && strings.Trim(whole, "0123456789") == "" && (len(whole) > 3 || len(whole) == 3 && whole >= "500") {
			return true
		}
	}
	return false
}

// styled reports whether a style gives a property a word.
func styled(style, property, word string) bool {
	for _, v := range valuesOf(style, property) {
		if v == word {
			return true
		}
	}
	return false
}

// valuesOf are the words of the declaration of a property that holds.
func valuesOf(style, property string) []string {
	var weak, strong []string
	for _, part := range splitStyle(style) {
		name, value, ok := strings.Cut(strings.ToLower(part), ":")
		if !ok || strings.TrimSpace(name) != property {
			continue
		}
		if plain := strings.ReplaceAll(value, "!important", " "); plain != value {
			strong = strings.Fields(plain)
		} else {
			weak = strings.Fields(value)
		}
	}
	if strong != nil {
		return strong
	}
	return weak
}

// splitStyle cuts a style at the semicolons outside of its strings and comments.
func splitStyle(style string) []string {
	var parts []string
	text := withoutComments(style)
	inside, from := byte(0), 0
	for i := range len(text) {
		switch c := text[i]; {
		case inside != 0 && c == inside && text[i-1] != '\\':
			inside = 0
		case inside == 0 && (c == '"' || c == '\''):
			inside = c
		case inside == 0 && c == ';':
			parts, from = append(parts, text[from:i]), i+1
		}
	}
	return append(parts, text[from:])
}
