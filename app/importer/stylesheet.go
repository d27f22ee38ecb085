package importer

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// styleRule gives what matches a simple selector, as "p.note" or "#x", some
// declarations.
type styleRule struct {
	tag, id      string
	classes      []string
	rank         int    // how strong the selector is
	pseudo       string // before or after: the rule adds words there
	declarations string
}

// meaningful are the properties that change what a page says.
var meaningful = words("display", "visibility", "content-visibility", "font-size", "text-indent", "position", "left", "top", "text-decoration",
	"text-decoration-line", "vertical-align")

var (
	cssComment     = regexp.MustCompile(`(?s)/\*.*?(?:\*/|$)`)
	simpleSelector = regexp.MustCompile(`^([a-zA-Z][a-zA-Z0-9-]*)?((?:[.#][\w-]+)*)$`)
	selectorPart   = regexp.MustCompile(`[.#][\w-]+`)
)

// applyStyles writes what the page's own stylesheets say of elements into their
// style attributes, as far as it is in rules of one simple selector that hold on
// every screen. What else they say would take a browser.
func applyStyles(root *html.Node) {
	var rules []styleRule
	for n := range root.Descendants() {
		if tagOf(n) == atom.Style && screenStyle(attribute(n, "media")) {
			rules = append(rules, parseStyles(textOf(n))...)
		}
	}
	if len(rules) == 0 {
		return
	}
	byName := map[string][]int{} // by the id, else the first class, else the tag
	for i, r := range rules {
		byName[r.key()] = append(byName[r.key()], i)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			addStyles(n, rules, byName)
		}
	}
}

func screenStyle(media string) bool {
	media = strings.ToLower(strings.TrimSpace(media))
	return media == "" || media == "all" || media == "screen"
}

func (r styleRule) key() string {
	switch {
	case r.id != "":
		return "#" + r.id
	case len(r.classes) > 0:
		return "." + r.classes[0]
	}
	return r.tag
}

func addStyles(n *html.Node, rules []styleRule, byName map[string][]int) {
	classes := strings.Fields(attribute(n, "class"))
	keys := []string{n.Data, "#" + attribute(n, "id")}
	for _, c := range classes {
		keys = append(keys, "."+c)
	}
	var found []int
	for _, key := range keys {
		for _, i := range byName[key] {
			if rules[i].matches(n, classes) && !slices.Contains(found, i) {
				found = append(found, i)
			}
		}
	}
	slices.SortFunc(found, func(a, b int) int { // the weakest first: the last word holds
		return cmp.Or(cmp.Compare(rules[a].rank, rules[b].rank), cmp.Compare(a, b))
	})
	var style strings.Builder
	added := map[string]string{}
	for _, i := range found {
		if rules[i].pseudo != "" {
			added[rules[i].pseudo] = rules[i].declarations
			continue
		}
		style.WriteString(rules[i].declarations)
	}
	addWords(n, added)
	if style.Len() == 0 {
		return
	}
	for i, a := range n.Attr {
		if a.Key == "style" && a.Namespace == "" {
			n.Attr[i].Val = style.String() + a.Val
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: "style", Val: style.String()})
}

// addWords puts the words that a stylesheet adds to an element where they show.
func addWords(n *html.Node, added map[string]string) {
	if unseen[tagOf(n)] || void[tagOf(n)] || n.Namespace != "" {
		return
	}
	if words := added["before"]; words != "" {
		n.InsertBefore(&html.Node{Type: html.TextNode, Data: words}, n.FirstChild)
	}
	if words := added["after"]; words != "" {
		n.AppendChild(&html.Node{Type: html.TextNode, Data: words})
	}
}

func (r styleRule) matches(n *html.Node, classes []string) bool {
	if r.tag != "" && r.tag != n.Data || r.id != "" && r.id != attribute(n, "id") {
		return false
	}
	for _, c := range r.classes {
		has := false
		for _, own := range classes {
			has = has || own == c
		}
		if !has {
			return false
		}
	}
	return true
}

// parseStyles reads the rules of a stylesheet that stand in no other rule.
func parseStyles(css string) []styleRule {
	css = cssComment.ReplaceAllString(css, " ")
	var rules []styleRule
	for css != "" {
		open := strings.IndexByte(css, '{')
		if open < 0 {
			break
		}
		selectors := css[:open]
		if i := strings.LastIndexAny(selectors, ";}"); i >= 0 {
			selectors = selectors[i+1:]
		}
		end := closing(css[open:])
		body := css[open+1 : open+end]
		css = css[min(len(css), open+end+1):]
		if strings.Contains(selectors, "@") || strings.Contains(body, "{") {
			continue
		}
		rules = append(rules, rulesOf(selectors, body)...)
	}
	return rules
}

// closing is where the bracket that s begins with is closed.
func closing(s string) int {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(s)
}

func rulesOf(selectors, body string) []styleRule {
	var kept strings.Builder
	for _, d := range declarations(body) {
		if name, value, ok := strings.Cut(d, ":"); ok && meaningful[strings.ToLower(strings.TrimSpace(name))] {
			kept.WriteString(strings.TrimSpace(name) + ":" + strings.TrimSpace(value) + ";")
		}
	}
	words := addedWords(body)
	if kept.Len() == 0 && words == "" {
		return nil
	}
	var rules []styleRule
	for _, s := range strings.Split(selectors, ",") {
		s, pseudo := cutPseudo(strings.TrimSpace(s))
		m := simpleSelector.FindStringSubmatch(s)
		if m == nil || m[0] == "" || pseudo == "" && kept.Len() == 0 || pseudo != "" && words == "" {
			continue
		}
		r := styleRule{tag: strings.ToLower(m[1]), declarations: kept.String(), pseudo: pseudo}
		if pseudo != "" {
			r.declarations = words
		}
		if m[1] != "" {
			r.rank = 1
		}
		for _, part := range selectorPart.FindAllString(m[2], -1) {
			if part[0] == '#' {
				r.id, r.rank = part[1:], r.rank+100
			} else {
				r.classes, r.rank = append(r.classes, part[1:]), r.rank+10
			}
		}
		rules = append(rules, r)
	}
	return rules
}

// cutPseudo takes ::before or ::after off a selector.
func cutPseudo(selector string) (rest, pseudo string) {
	for _, p := range []string{"before", "after"} {
		for _, mark := range []string{"::", ":"} {
			if rest, ok := strings.CutSuffix(selector, mark+p); ok {
				return rest, p
			}
		}
	}
	return selector, ""
}

var plainString = regexp.MustCompile(`^\s*(?:"([^"\\]*)"|'([^'\\]*)')\s*(?:!important\s*)?$`)

// addedWords are the words that a rule adds by its content property; a sign alone
// is an ornament.
func addedWords(body string) string {
	words := ""
	for _, d := range declarations(body) {
		name, value, ok := strings.Cut(d, ":")
		if !ok || !strings.EqualFold(strings.TrimSpace(name), "content") {
			continue
		}
		words = ""
		if m := plainString.FindStringSubmatch(value); m != nil {
			words = m[1] + m[2]
		}
	}
	if !strings.ContainsFunc(words, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return ""
	}
	return words
}
