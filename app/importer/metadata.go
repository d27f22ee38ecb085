package importer

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

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
		m.addAuthors(strings.FieldsFunc(value, func(r rune) bool {
			return strings.ContainsRune(",;，、；", r)
		})...)
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

var (
	isoDate     = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:\D|$)`)
	compactDate = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:T\d+Z?)?$`)
	cjkDate     = regexp.MustCompile(`^(\d{4})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?`)
	bareYear    = regexp.MustCompile(`^\d{4}$`)
	ordinal     = regexp.MustCompile(`(\d)(?:st|nd|rd|th)\b`)
	weekday     = regexp.MustCompile(`(?i)^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+`)
)

// dayForms are the dates in words, and the numbers that cannot be misread.
var dayForms = []string{
	"2 January 2006", "2 Jan 2006", "2-Jan-2006", "January 2 2006", "Jan 2 2006", "2.1.2006",
}

// parseDate reads a date as documents write it: the day as it stands there,
// whatever the time zone. Orders that differ between countries (01/02/2019)
// are not guessed: they give "".
func parseDate(s string) app.Date {
	s = app.OneLine(s)
	for _, form := range []*regexp.Regexp{isoDate, compactDate, cjkDate} {
		if m := form.FindStringSubmatch(s); m != nil {
			return calendar(m[1], m[2], m[3])
		}
	}
	if bareYear.MatchString(s) {
		return calendar(s, "", "")
	}
	s = ordinal.ReplaceAllString(weekday.ReplaceAllString(s, ""), "$1")
	words := strings.Fields(strings.NewReplacer(",", " ").Replace(s))
	for n := min(3, len(words)); n > 0; n-- {
		day := strings.Join(words[:n], " ")
		for _, form := range dayForms {
			if t, err := time.Parse(form, day); err == nil && plausible(t.Year()) {
				return app.Date(t.Format(time.DateOnly))
			}
		}
		for _, form := range []string{"January 2006", "Jan 2006"} {
			if t, err := time.Parse(form, day); err == nil && plausible(t.Year()) {
				return app.Date(t.Format("2006-01"))
			}
		}
	}
	return ""
}

func plausible(year int) bool { return year >= 1400 && year <= 2200 }

func calendar(year, month, day string) app.Date {
	d := year
	for _, part := range []string{month, day} {
		if part == "" {
			break
		}
		if len(part) == 1 {
			part = "0" + part
		}
		d += "-" + part
	}
	date := app.Date(d)
	if date.Validate() != nil || year < "1400" || year > "2200" {
		return ""
	}
	return date
}
