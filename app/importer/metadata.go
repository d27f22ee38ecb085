package importer

import (
	"net/url"
	"slices"
	"strings"

	"rejoinder/app"
)

// metadata is what a document says about itself, cleaned.
type metadata struct {
	title     string
	authors   []string
	publisher string
	url       string
	language  string
	date      app.Date
}

// set takes a field as it is named in headers and front matter. It reports
// false for a field it does not know and a value it cannot use.
func (m *metadata) set(key, value string) bool {
	value = app.OneLine(value)
	if value == "" {
		return false
	}
	switch strings.ToLower(strings.TrimSpace(key)) {
	case "title":
		m.title, _ = shorten(value, maxDeclared)
	case "author", "authors", "by":
		m.addAuthors(splitAuthors(value)...)
	case "date", "published":
		m.date = parseDate(value)
		return m.date != ""
	case "publisher", "source":
		if u := webAddress(value); u != "" {
			m.url = u
		} else {
			m.publisher = value
		}
	case "url", "link":
		m.url = webAddress(value)
		return m.url != ""
	case "lang", "language":
		m.language = languageCode(value)
		return m.language != ""
	default:
		return false
	}
	return true
}

// splitAuthors takes apart a line of authors: at semicolons where there are any,
// for then a comma stands within a name; else at commas, unless there is only one
// and what stands before it is one word, as in "Lien, Oda".
func splitAuthors(line string) []string {
	if strings.ContainsAny(line, ";；") {
		return strings.FieldsFunc(line, func(r rune) bool { return r == ';' || r == '；' })
	}
	if last, first, ok := strings.Cut(line, ","); ok && !strings.Contains(first, ",") &&
		len(strings.Fields(last)) == 1 && len(strings.Fields(first)) == 1 {
		return []string{line}
	}
	return strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(",，、", r) })
}

func isAuthorKey(key string) bool {
	switch strings.ToLower(strings.TrimSpace(key)) {
	case "author", "authors", "by":
		return true
	}
	return false
}

// known reports whether set knows the field at all.
func known(key string) bool {
	switch strings.ToLower(strings.TrimSpace(key)) {
	case "title", "author", "authors", "by", "date", "published", "publisher", "source",
		"url", "link", "lang", "language":
		return true
	}
	return false
}

func (m *metadata) addAuthors(names ...string) {
	for _, name := range names {
		name = app.OneLine(name)
		if len(name) > 3 && strings.EqualFold(name[:3], "by ") {
			name = strings.TrimSpace(name[3:])
		}
		if visible(name) && !slices.Contains(m.authors, name) {
			m.authors = append(m.authors, name)
		}
	}
}

// imported is the document with a text under a title.
func (m metadata) imported(title string, blocks []block) app.Imported {
	doc := app.Imported{
		Title: title, Authors: m.authors, Publisher: m.publisher, URL: m.url,
		Published: m.date, Kind: app.KindDocument, Content: content(blocks),
	}
	if m.date != "" {
		doc.DateSource = app.DateDeclared
	}
	if m.publisher != "" {
		doc.Kind = app.KindNewspaper
	}
	doc.Language = declaredLanguage(m.language, doc.Content.Plain)
	return doc
}

// webAddress returns s when it is an absolute http or https URL, else "".
func webAddress(s string) string {
	s = app.OneLine(s)
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return s
}

// linkTarget returns the absolute address behind a link, "" for one that leads
// nowhere outside the document. Base may be nil.
func linkTarget(href string, base *url.URL) string {
	href = app.OneLine(href)
	u, err := url.Parse(href)
	if err != nil || href == "" || strings.HasPrefix(href, "#") {
		return ""
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	switch {
	case u.Scheme == "mailto" && u.Opaque != "", webAddress(u.String()) != "":
		return u.String()
	}
	return ""
}
