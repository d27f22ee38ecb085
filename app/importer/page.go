package importer

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"rejoinder/app"
)

// rawPage is what a page says about itself, as it stands there. It is gathered
// without a tree, so that a page that no tree can be made of has it too.
type rawPage struct {
	language  string
	title     string
	heading   string // the first h1
	canonical string
	savedFrom string // the address that a browser notes when it saves a page
	published string // <time itemprop="datePublished">
	meta      map[string]string
	linked    []linkedData
	elements  int
	xhtml     bool   // it says that it is XML
	shadow    bool   // it has shadow trees
	slots     bool   // it has shadow trees with places for other elements
	body      string // the longest articleBody of its linked data
	scripts   int    // bytes of scripts
	reopened  int    // estimate: formatting elements that a tree repeats in later blocks
}

// scanPage gathers what a page says about itself.
func scanPage(text string) rawPage {
	page := rawPage{meta: map[string]string{}, xhtml: isXHTML(text)}
	z := html.NewTokenizer(strings.NewReader(text))
	var into *strings.Builder
	var until atom.Atom
	var heading, title, script strings.Builder
	unclosed, scripted := 0, false
	for {
		page.reopened += unclosed
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			page.title, page.heading = app.OneLine(title.String()), app.OneLine(heading.String())
			return page
		case html.CommentToken:
			page.comment(string(z.Text()))
		case html.TextToken:
			part := z.Text()
			if into != nil {
				into.Write(part)
			}
			if scripted {
				page.scripts += len(part)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			scripted = false
			if formatting[tag] && unclosed > 0 {
				unclosed--
			}
			if into != nil && tag == until {
				if into == &script {
					page.addLinkedData(script.String())
					script.Reset()
				}
				into = nil
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			scripted = token.DataAtom == atom.Script || token.DataAtom == atom.Style
			page.tag(token)
			page.elements++
			if formatting[token.DataAtom] {
				unclosed++
			}
			switch {
			case kind == html.SelfClosingTagToken || into != nil && into != &heading:
			case token.DataAtom == atom.Title && title.Len() == 0:
				into, until = &title, atom.Title
			case token.DataAtom == atom.H1 && !visible(heading.String()):
				into, until = &heading, atom.H1
			case token.DataAtom == atom.Script && isLinkedData(token):
				into, until = &script, atom.Script
			case into == &heading && unseen[token.DataAtom]:
				into = nil
			}
		}
	}
}

// formatting are the elements that HTML opens again in every later block until
// they are closed.
var formatting = atoms(atom.A, atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.Nobr,
	atom.S, atom.Small, atom.Strike, atom.Strong, atom.Tt, atom.U)

// Beyond these the tree of a page and the extractors' copies of it would need
// gigabytes of memory. A long report has some ten thousand elements.
const (
	maxElements = 200_000
	maxReopened = 20_000_000
)

func (p rawPage) tooLarge() bool { return p.elements > maxElements || p.reopened > maxReopened }

// isXHTML reports whether a page begins as an XML document of the XHTML
// namespace. Whether it is well formed is for the parser to find.
func isXHTML(text string) bool {
	head := strings.ToLower(text[:min(len(text), 4096)])
	return strings.HasPrefix(strings.TrimSpace(strings.TrimPrefix(head, bomUTF8)), "<?xml") &&
		strings.Contains(head, "http://www.w3.org/1999/xhtml")
}

func (p *rawPage) addLinkedData(script string) {
	for _, d := range parseLinkedData(script) {
		p.linked = append(p.linked, d)
		if d.article && len(d.body) > len(p.body) {
			p.body = d.body
		}
	}
}

func isLinkedData(t html.Token) bool {
	kind, _, _ := strings.Cut(tokenAttribute(t, "type"), ";")
	return strings.EqualFold(strings.TrimSpace(kind), "application/ld+json")
}

// tag takes what a start tag says.
func (p *rawPage) tag(t html.Token) {
	switch t.DataAtom {
	case atom.Html:
		if p.language == "" {
			p.language = tokenAttribute(t, "lang")
		}
		if p.language == "" {
			p.language = tokenAttribute(t, "xml:lang")
		}
	case atom.Template:
		p.shadow = p.shadow || tokenAttribute(t, "shadowrootmode")+tokenAttribute(t, "shadowroot") != ""
	case atom.Slot:
		p.slots = p.slots || p.shadow
	case atom.Link:
		if strings.EqualFold(tokenAttribute(t, "rel"), "canonical") && p.canonical == "" {
			p.canonical = webAddress(tokenAttribute(t, "href"))
		}
	case atom.Time:
		if tokenAttribute(t, "itemprop") == "datePublished" && p.published == "" {
			p.published = tokenAttribute(t, "datetime")
		}
	case atom.Meta:
		value := app.OneLine(tokenAttribute(t, "content"))
		for _, attr := range []string{"property", "name", "itemprop"} {
			key := strings.ToLower(strings.TrimSpace(tokenAttribute(t, attr)))
			if key != "" && value != "" && p.meta[key] == "" {
				p.meta[key] = value
			}
		}
	}
}

// comment finds the address in what browsers ("saved from url=(0023)https://…")
// and SingleFile ("url: https://…") write into the pages they save.
func (p *rawPage) comment(text string) {
	if p.savedFrom != "" || len(text) > 4096 {
		return
	}
	for _, mark := range []string{"saved from url=", "SingleFile"} {
		if _, rest, ok := strings.Cut(text, mark); ok {
			if i := strings.Index(rest, "http"); i >= 0 && i < 200 {
				p.savedFrom = webAddress(strings.Fields(rest[i:])[0])
			}
		}
	}
}

func tokenAttribute(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
