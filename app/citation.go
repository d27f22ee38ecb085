package app

import "strings"

// Citation says where a quote comes from: authors, title, publisher, date and
// address, as far as they are known.
func (p Passage) Citation() string {
	var out []string
	for _, part := range []string{strings.Join(p.Authors, ", "), "“" + p.ArticleTitle + "”", p.Publisher, p.Published.String(), p.URL} {
		if part = OneLine(part); part != "" {
			out = append(out, part)
		}
	}
	return strings.Join(out, " · ")
}
