package viewmodel

import (
	"path/filepath"
	"strings"

	"rejoinder/app"
)

// ImportReport is what became of the files of an import, as its user is told.
type ImportReport struct {
	Sentence string       // all of it, counted
	Items    []ImportItem // what is not plainly imported: failed, doubtful, skipped, in this order
}

// ImportItem is a file that a user should know of.
type ImportItem struct {
	Status    app.ImportStatus
	Title     string        // of its article, or the file's name without one
	Path      string        // of the file
	Article   app.ArticleID // "" when there is none to open
	Sentences []string      // why it is here
}

// NewImportReport tells apart what was imported, is doubtful, was skipped and failed.
func NewImportReport(results []app.ImportResult) ImportReport {
	r := ImportReport{Sentence: importSentence(results)}
	for _, status := range []app.ImportStatus{app.ImportFailed, app.ImportDoubtful, app.ImportSkipped} {
		for _, of := range results {
			if of.Status != status {
				continue
			}
			item := ImportItem{Status: status, Title: of.Title, Path: of.Path, Article: of.Article, Sentences: of.Notes}
			if of.Err != nil {
				item.Sentences = append([]string{app.Sentence(of.Err)}, of.Notes...)
			}
			if item.Title == "" {
				item.Title = filepath.Base(of.Path)
			}
			r.Items = append(r.Items, item)
		}
	}
	return r
}

// Count is how many files came to this.
func (r ImportReport) Count(s app.ImportStatus) int {
	n := 0
	for _, item := range r.Items {
		if item.Status == s {
			n++
		}
	}
	return n
}

// Urgent reports whether the report must be shown unasked: a file failed, or its
// text is in doubt. What was skipped on purpose waits in the menu.
func (r ImportReport) Urgent() bool {
	return r.Count(app.ImportFailed)+r.Count(app.ImportDoubtful) > 0
}

func importSentence(results []app.ImportResult) string {
	counts := map[app.ImportStatus]int{}
	for _, r := range results {
		counts[r.Status]++
	}
	doubtful := counts[app.ImportDoubtful]
	imported := counts[app.ImportDone] + doubtful
	parts := []string{plural(imported, "article") + " imported"}
	switch {
	case doubtful == 0:
	case doubtful == 1 && imported == 1:
		parts[0] += ", but its text is doubtful"
	case doubtful == imported:
		parts[0] += ", all of them doubtful"
	default:
		parts[0] += ", " + Thousands(doubtful) + " of them doubtful"
	}
	if n := counts[app.ImportDuplicate]; n > 0 {
		parts = append(parts, plural(n, "duplicate"))
	}
	if n := counts[app.ImportSkipped]; n > 0 {
		parts = append(parts, plural(n, "file")+" skipped")
	}
	if n := counts[app.ImportFailed]; n > 0 {
		parts = append(parts, plural(n, "file")+" failed")
	}
	return strings.Join(parts, ", ")
}
