package exporter

import (
	"fmt"
	"io"
	"strings"

	"rejoinder/app"
)

// markdown writes the report as CommonMark with GitHub's tables and footnotes.
// What was recorded is never taken for Markdown, but for the user's notes, which
// stand inside list items, so that nothing in them reaches beyond.
func (r *report) markdown(w io.Writer) error {
	var b strings.Builder
	b.WriteString(headingMarkdown(1, r.Title))
	paragraph := func(text string) {
		if text != "" {
			b.WriteString("\n" + text + "\n")
		}
	}
	paragraph(plainMarkdown(r.Scope))
	paragraph(r.Facts)
	r.verdictMarkdown(&b)
	b.WriteString(notesMarkdown(r.Notes))
	for _, s := range r.Contents() {
		if s.Number == 1 {
			b.WriteString("\n" + headingMarkdown(2, "Claims") + "\n")
		}
		fmt.Fprintf(&b, "%d. [%s](#claim-%d)\n", s.Number, plainMarkdown(s.Title), s.Number)
	}
	for _, s := range r.Sections {
		if s.Number > 0 {
			fmt.Fprintf(&b, "\n<a id=\"claim-%d\"></a>\n", s.Number)
		}
		b.WriteString("\n" + headingMarkdown(s.Level, s.Title))
		paragraph(s.Facts)
		b.WriteString(notesMarkdown(s.Notes))
		for _, t := range s.Tables {
			b.WriteString("\n" + t.markdown())
		}
		for i, text := range s.Cut {
			if i == 0 {
				b.WriteString("\n")
			}
			b.WriteString("- " + plainMarkdown(text) + "\n")
		}
		for _, e := range s.Entries {
			b.WriteString("\n" + e.markdown())
		}
	}
	for _, s := range r.Sources {
		b.WriteString("\n" + s.markdown())
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// verdictMarkdown says how the quotes stood the comparison, and lists those that
// did not.
func (r *report) verdictMarkdown(b *strings.Builder) {
	broken := r.Broken()
	if len(broken) == 0 {
		b.WriteString("\n" + r.Verdict() + "\n")
		return
	}
	b.WriteString("\n**⚠ " + r.Verdict() + "**\n\n")
	for _, s := range broken {
		fmt.Fprintf(b, "- %s[^%d]: %s\n", plainMarkdown(app.Quoted(s.Quote)), s.Number, plainMarkdown(s.Broken))
	}
}

func (e entry) markdown() string {
	var b strings.Builder
	b.WriteString("- ")
	if e.Stance != "" {
		b.WriteString(app.EscapeMarkdown(e.Stance.Glyph()) + " ")
		if e.Who != "" {
			b.WriteString("**" + plainMarkdown(e.Who) + "** ")
		}
		b.WriteString(string(e.Stance))
	} else {
		b.WriteString("**" + e.Label + "**")
	}
	if e.Claim != "" {
		b.WriteString(": " + plainMarkdown(e.Claim))
	}
	more := e.More
	if e.Date != "" {
		more = append([]string{e.Date}, more...)
	}
	if len(more) > 0 {
		b.WriteString(" (" + plainMarkdown(strings.Join(more, ", ")) + ")")
	}
	if e.Inference {
		b.WriteString(" — *analyst’s inference*")
	}
	b.WriteString("\n")
	if q := e.Quote; q != nil {
		text := strings.TrimRight(app.QuoteMarkdown(q.Text), "\n") + q.Mark.markdown()
		b.WriteString("\n" + indented(text) + "\n")
		if q.Broken != "" {
			b.WriteString("\n" + indented("**⚠ This quote is not verified.** "+plainMarkdown(q.Broken)) + "\n")
		}
		for _, n := range q.Notes {
			b.WriteString("\n" + indented("*"+plainMarkdown(n)+"*") + "\n")
		}
	}
	if e.Note != "" {
		b.WriteString("\n" + indented(strings.TrimSpace(notesMarkdown([]string{e.Note}))) + "\n")
	}
	return b.String()
}

func (m mark) markdown() string { return fmt.Sprintf("[^%d]", m.Number) }

func (s source) markdown() string {
	parts := []string{plainMarkdown(s.Citation)}
	if s.URL != "" {
		parts = append(parts, linkMarkdown(s.URL))
	}
	parts = append(parts, s.Place)
	line := fmt.Sprintf("[^%d]: %s", s.Number, strings.Join(parts, " · "))
	if s.Proof != "" {
		line += " · " + plainMarkdown(s.Proof)
	}
	if s.Broken != "" {
		line += " · **⚠ not verified:** " + plainMarkdown(s.Broken)
	}
	for _, n := range s.Notes {
		line += " · " + plainMarkdown(n)
	}
	return line + "\n"
}

// linkMarkdown is an address that can be followed, where it is one of the web.
func linkMarkdown(url string) string {
	if !isLink(url) || strings.ContainsAny(url, " <>") {
		return plainMarkdown(url)
	}
	return "<" + url + ">"
}

func isLink(url string) bool {
	return strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://")
}

func (t *table) markdown() string {
	var b strings.Builder
	line := func(cells []string) {
		b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
	}
	texts := func(cells []cell, bold bool) []string {
		out := make([]string, len(cells))
		for i, c := range cells {
			out[i] = c.markdown()
			if bold && i == 0 {
				out[i] = "**" + out[i] + "**"
			}
		}
		return out
	}
	line(texts(t.Head, false))
	rules := make([]string, len(t.Head))
	for i := range rules {
		rules[i] = "---"
		if len(t.Rows) > 0 && i < len(t.Rows[0].Cells) && t.Rows[0].Cells[i].Number {
			rules[i] = "---:"
		}
	}
	line(rules)
	for _, x := range t.Rows {
		if x.Group != "" {
			group := make([]string, len(t.Head))
			group[0] = "*" + plainMarkdown(x.Group) + "*"
			line(group)
			continue
		}
		line(texts(x.Cells, true))
	}
	return b.String()
}

func (c cell) markdown() string {
	var parts []string
	if c.Text != "" {
		parts = append(parts, plainMarkdown(c.Text))
	}
	for _, s := range c.Says {
		parts = append(parts, s.markdown())
	}
	return strings.Join(parts, "; ")
}

func (s said) markdown() string {
	words := stanceMarkdown(s.Stance)
	if s.Then != "" {
		words += " → " + stanceMarkdown(s.Then)
	}
	if s.Date != "" {
		words += " (" + s.Date + ")"
	}
	for i, m := range s.Marks {
		if i > 0 {
			words += ", "
		}
		words += m.markdown()
		if m.Broken {
			words += "⚠"
		}
	}
	return words
}

func stanceMarkdown(s app.Stance) string {
	return app.EscapeMarkdown(s.Glyph()) + " " + string(s)
}

// plainMarkdown is text on one line that Markdown shows as it is.
func plainMarkdown(text string) string { return app.EscapeMarkdown(app.OneLine(text)) }

// headingMarkdown is a heading; a # at its end stays.
func headingMarkdown(level int, title string) string {
	title = plainMarkdown(title)
	if strings.HasSuffix(title, "#") && !strings.HasSuffix(title, `\#`) {
		title = strings.TrimSuffix(title, "#") + `\#`
	}
	return strings.Repeat("#", level) + " " + title + "\n"
}

// notesMarkdown are the user's notes as list items. What looks like a footnote in
// them is not taken for one of the report's.
func notesMarkdown(notes []string) string {
	var b strings.Builder
	for _, n := range notes {
		n = strings.ReplaceAll(strings.TrimSpace(app.Clean(n)), "[^", `\[^`)
		b.WriteString("\n* *Note:*\n\n" + indented(n) + "\n")
	}
	return b.String()
}

// indented puts lines into the list item before them.
func indented(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = "  " + line
		}
	}
	return strings.Join(lines, "\n")
}
