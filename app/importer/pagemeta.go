package importer

import (
	"net/url"
	"regexp"
	"strings"

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
		"publish_date", "article.published", "date",
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

// adapt makes the document of a page and its text. What the page declares
// comes before what the extractors inferred.
func (p rawPage) adapt(found extraction, blocks []block) app.Imported {
	meta := metadata{url: p.address(), language: p.language, date: p.date()}
	if meta.url == "" {
		meta.url = webAddress(found.meta.URL)
	}
	if meta.date == "" {
		meta.date = found.declared
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
	if guess := app.DateOf(found.meta.Date); doc.Published == "" && guess != "" {
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
