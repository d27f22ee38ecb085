package importer

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"rejoinder/app"
)

// first is the first of the named meta elements that there is.
func (p rawPage) first(names ...string) string {
	for _, name := range names {
		if v := p.meta[name]; v != "" {
			return v
		}
	}
	return ""
}

// address is where the page stands on the web, "" when it does not say.
func (p rawPage) address() string {
	for _, a := range []string{p.canonical, webAddress(p.first("og:url", "twitter:url")), p.savedFrom} {
		if a != "" {
			return a
		}
	}
	return ""
}

// date is the publication date that the page declares.
func (p rawPage) date() app.Date {
	for _, d := range p.linked {
		if date := parseDate(d.published); date != "" && d.article {
			return date
		}
	}
	for _, name := range []string{
		"article:published_time", "og:article:published_time", "og:published_time", "datepublished",
		"citation_publication_date", "citation_date", "dc.date.issued", "dcterms.issued", "dc.date",
		"dcterms.date", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date",
		"publish_date", "article.published", "date", "publication_date", "publicationdate", "dc.created", "dc.date.created",
		"dcterms.created", "dcterm.created", "datecreated", "article:published", "article_date_original", "bt:pubdate",
		"originalpublicationdate", "weibo:article:create_at", "created",
	} {
		if date := parseDate(p.meta[name]); date != "" {
			return date
		}
	}
	if date := parseDate(p.published); date != "" {
		return date
	}
	for _, d := range p.linked {
		if date := parseDate(d.published); date != "" {
			return date
		}
	}
	return ""
}

// shownDate is the date that a page shows as its own: of its first time element,
// else of the first short line whose class says that it is a date. Paths and the
// years of a copyright are no dates of an article.
func shownDate(root *html.Node) app.Date {
	if root == nil {
		return ""
	}
	const enough = 50 // candidates: the date of an article is among the first
	looked := 0
	for n := range root.Descendants() {
		if tagOf(n) != atom.Time || looked == enough {
			continue
		}
		if looked++; isShown(n) && standsAlone(n) {
			if d := parseDate(attribute(n, "datetime")); d != "" {
				return d
			}
		}
	}
	looked = 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || looked == enough || !dateClass.MatchString(attribute(n, "class")+" "+attribute(n, "id")) {
			continue
		}
		looked++
		const longest = 60
		if text := app.OneLine(shownText(n)); text != "" && len(text) <= longest && !strings.ContainsAny(text, "©") {
			if d := parseDate(dateLabel.ReplaceAllString(text, "")); d != "" {
				return d
			}
		}
	}
	return ""
}

// standsAlone reports whether a time is no part of prose: in a sentence it is one
// that the article speaks of.
func standsAlone(n *html.Node) bool {
	const line = 120 // code points of a line that tells author and date
	if words := shownText(n); visible(words) && !strings.ContainsFunc(words, unicode.IsDigit) {
		return false
	}
	for n.Parent != nil && !blockElements[tagOf(n)] {
		n = n.Parent
	}
	return app.RuneCount(app.OneLine(shownText(n))) <= line
}

var (
	dateClass = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:date|pubdate|published|publish|posted|dateline|timestamp|byline)(?:$|[\s_-])`)
	dateLabel = regexp.MustCompile(`^[\pL\s]{2,30}:\s*|^(?i:published|posted|updated|on|le|am)(?:\s+on)?\s+`)
)

// adapt makes the document of a page and its text. What the page declares
// comes before what the extractors inferred.
func (p rawPage) adapt(found extraction, root *html.Node, blocks []block) app.Imported {
	meta := metadata{url: p.address(), language: p.language, date: p.date()}
	if meta.url == "" {
		meta.url = webAddress(found.meta.URL)
	}
	meta.addAuthors(p.authors(found)...)
	meta.publisher = p.publisher(found)
	for _, t := range []string{found.meta.Title, p.first("og:title", "twitter:title"), p.heading, p.title} {
		if t = app.OneLine(t); visible(t) {
			meta.title, _ = shorten(t, maxDeclared)
			break
		}
	}
	meta.title = p.withoutSite(meta.title, meta.publisher, blocks)
	cut := false
	if meta.title == "" {
		meta.title, cut = titleFromText(blocks)
	}
	if !cut {
		blocks = entitle(blocks, meta.title)
	}
	doc := meta.imported(meta.title, blocks)
	if guess := shownDate(root); doc.Published == "" && guess != "" {
		doc.Published, doc.DateSource = guess, app.DateGuessed
	}
	doc.Kind = app.KindWebpage
	if p.isArticle() {
		doc.Kind = app.KindNewspaper
	}
	return doc
}

// withoutSite takes the name of the site off a title: what stands behind the
// page's own headline, or is the publisher.
func (p rawPage) withoutSite(title, publisher string, blocks []block) string {
	headlines := []string{p.heading}
	for _, b := range blocks[:min(3, len(blocks))] {
		if b.kind == app.BlockHeading {
			headlines = append(headlines, b.text)
		}
	}
	for _, h := range headlines {
		h = app.OneLine(h)
		if rest, ok := strings.CutPrefix(title, h); ok && visible(h) && siteMark.MatchString(rest) {
			return h
		}
	}
	if head, ok := strings.CutSuffix(title, publisher); ok && publisher != "" {
		if trimmed := strings.TrimRight(head, " |–—-·:»"); visible(trimmed) && trimmed != strings.TrimSpace(head) {
			return trimmed
		}
	}
	return title
}

var siteMark = regexp.MustCompile(`^ +[|–—\-·:»] `)

func (p rawPage) isArticle() bool {
	for _, d := range p.linked {
		if d.news {
			return true
		}
	}
	return strings.EqualFold(p.meta["og:type"], "article")
}

func (p rawPage) authors(found extraction) []string {
	for _, d := range p.linked {
		if d.article && len(d.authors) > 0 {
			return d.authors
		}
	}
	return strings.Split(found.meta.Author, "; ")
}

func (p rawPage) publisher(found extraction) string {
	candidates := []string{p.first("og:site_name")}
	for _, d := range p.linked {
		if d.article {
			candidates = append(candidates, d.publisher)
		}
	}
	candidates = append(candidates, p.first("citation_journal_title", "dc.publisher", "dcterms.publisher"),
		found.meta.Sitename)
	for _, c := range candidates {
		// Some pages give the address of their publisher's profile.
		if c = app.OneLine(c); visible(c) && webAddress(c) == "" {
			return c
		}
	}
	if u, err := url.Parse(p.address()); err == nil {
		return strings.TrimPrefix(u.Hostname(), "www.")
	}
	return ""
}
