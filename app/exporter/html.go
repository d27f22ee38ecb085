package exporter

import (
	_ "embed" // the page and its style
	"html/template"
	"io"

	"rejoinder/app"
)

//go:embed report.html.tmpl
var page string

//go:embed report.css
var style string

var htmlPage = template.Must(template.New("report").Funcs(template.FuncMap{
	"style":  func() template.CSS { return template.CSS(style) }, //nolint:gosec // it is ours
	"note":   noteHTML,
	"quoted": app.Quoted,
	"link":   isLink,
	"tone":   tone,
}).Parse(page))

// html writes the report as one file that needs nothing else: no script, no
// picture, no font from elsewhere.
func (r *report) html(w io.Writer) error { return htmlPage.Execute(w, r) }

// tone is the class that gives a stance its colour.
func tone(s app.Stance) string {
	if s.Opposes() {
		return string(app.Disputes)
	}
	return string(s)
}
