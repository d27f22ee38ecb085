package app

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// QuotesMarkdown writes marks as Markdown: under each article its quotes, each
// with its colour's name where it has one, its note, its tags and who says what
// in it. Rows of one article that follow each other stand under it together;
// what a quote says is never taken for Markdown.
func QuotesMarkdown(rows []AnnotationRow, colors map[Color]string) string {
	var b strings.Builder
	for i, row := range rows {
		if i == 0 || row.Article != rows[i-1].Article {
			if i > 0 {
				b.WriteString("\n")
			}
			b.WriteString("## " + EscapeMarkdown(OneLine(row.ArticleTitle)) + "\n")
			if source := row.markdownSource(); source != "" {
				b.WriteString("\n" + source + "\n")
			}
		}
		b.WriteString("\n" + row.markdown(colors))
	}
	return b.String()
}

func (row AnnotationRow) markdownSource() string {
	var parts []string
	for _, p := range []string{strings.Join(row.Authors, ", "), row.Publisher, row.Published.String()} {
		if p = OneLine(p); p != "" {
			parts = append(parts, EscapeMarkdown(p))
		}
	}
	if row.URL != "" && !strings.ContainsFunc(row.URL, func(r rune) bool { return unicode.IsSpace(r) || r == '<' || r == '>' }) {
		parts = append(parts, "<"+row.URL+">")
	}
	return strings.Join(parts, ", ")
}

func (row AnnotationRow) markdown(colors map[Color]string) string {
	var b strings.Builder
	b.WriteString(QuoteMarkdown(row.Anchor.Quote))
	if row.Note != "" { // Markdown of the user's own
		b.WriteString("\n" + row.Note + "\n")
	}
	var lines []string
	if name := OneLine(colors[row.Color]); name != "" && name != string(row.Color) {
		lines = append(lines, EscapeMarkdown(name))
	}
	for _, t := range row.Tags {
		lines = append(lines, "#"+strings.ReplaceAll(EscapeMarkdown(t.Path), " ", "-"))
	}
	if len(lines) > 0 {
		b.WriteString("\n" + strings.Join(lines, " · ") + "\n")
	}
	if len(row.Statements)+len(row.Relations) > 0 {
		b.WriteString("\n")
	}
	for _, s := range row.Statements {
		b.WriteString("- " + s.markdown() + "\n")
	}
	for _, x := range row.Relations {
		b.WriteString("- " + EscapeMarkdown(OneLine(x.FromText)) + " **" + x.Kind.Words() + "** " + EscapeMarkdown(OneLine(x.ToText)) + "\n")
	}
	return b.String()
}

func (s BoardStatement) markdown() string {
	line := "**" + EscapeMarkdown(OneLine(s.ActorName)) + "** " + string(s.Stance) + ": " + EscapeMarkdown(OneLine(s.ClaimText))
	var more []string
	if date := s.Date.String(); date != "" {
		more = append(more, date)
	}
	if s.ReporterName != "" {
		more = append(more, "reported by "+EscapeMarkdown(OneLine(s.ReporterName)))
	}
	if len(more) > 0 {
		line += " (" + strings.Join(more, ", ") + ")"
	}
	return line
}

// QuoteMarkdown is a quote as a block quotation, line for line.
func QuoteMarkdown(quote string) string {
	var b strings.Builder
	lines := strings.Split(quote, "\n")
	for i, line := range lines {
		line = strings.TrimRightFunc(EscapeMarkdown(line), unicode.IsSpace)
		b.WriteString(strings.TrimRight("> "+line, " "))
		if i+1 < len(lines) && line != "" && strings.TrimSpace(lines[i+1]) != "" {
			b.WriteString("\\") // else Markdown joins the lines
		}
		b.WriteString("\n")
	}
	return b.String()
}

// EscapeMarkdown writes one line of text so that Markdown shows it as it is.
func EscapeMarkdown(line string) string {
	var b strings.Builder
	indented := true // nothing but white space so far
	for i, r := range line {
		next, _ := utf8.DecodeRuneInString(line[i+utf8.RuneLen(r):])
		switch {
		case strings.ContainsRune("\\`*_[]<>|~", r) || r == '&' && (unicode.IsLetter(next) || next == '#'):
			b.WriteByte('\\')
		case indented && strings.ContainsRune("#+-=:", r):
			b.WriteByte('\\')
		case (r == '.' || r == ')') && numbered(line[:i]):
			b.WriteByte('\\')
		case indented && (r == ' ' || r == '\t'):
			b.WriteString(cmp.Or(map[rune]string{'\t': "&emsp;"}[r], "&nbsp;"))
			continue
		}
		indented = indented && unicode.IsSpace(r)
		b.WriteRune(r)
	}
	return b.String()
}

// numbered says that the line so far would begin an item of a list.
func numbered(line string) bool {
	line = strings.TrimSpace(line)
	return line != "" && strings.Trim(line, "0123456789") == ""
}
