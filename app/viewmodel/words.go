package viewmodel

import (
	"strconv"
	"strings"

	"rejoinder/app"
)

// plural writes a number with its noun: "1 mark", "1,204 marks".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return Thousands(n) + " " + noun + "s"
}

// Thousands writes a number with commas.
func Thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// ArticleMeta is the line under an article's title in the list: where and when
// on the left, what was done with it on the right.
func ArticleMeta(a app.ArticleRow) (left, right string) {
	left = joined(a.Publisher, a.Published.String())
	switch {
	case a.Statements > 0:
		right = plural(a.Statements, "statement")
	case a.Marks > 0:
		right = plural(a.Marks, "mark")
	default:
		right = "unread"
	}
	return left, right
}

// joined puts " · " between the parts that are not empty.
func joined(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " · ")
}
