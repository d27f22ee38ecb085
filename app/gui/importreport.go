package gui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// importHeadings stand over the parts of an import's report.
var importHeadings = map[app.ImportStatus]string{app.ImportFailed: "Failed: nothing was imported", app.ImportDoubtful: "Doubtful: imported, but look at the text",
	app.ImportSkipped: "Skipped: no articles"}

var importColors = map[app.ImportStatus]fyne.ThemeColorName{app.ImportFailed: "disputes", app.ImportDoubtful: "qualifies", app.ImportSkipped: colorMuted}

// importRow is a file of the report, or the heading of a part when item is -1.
type importRow struct {
	status app.ImportStatus
	item   int
}

// showImportReport lists the files of the last import that failed, are doubtful or
// were skipped, each with its reasons; a doubtful one is opened from there.
func (w *window) showImportReport() {
	report := w.imported
	switch {
	case report.Sentence == "":
		w.say("Nothing was imported since the window opened")
		return
	case len(report.Items) == 0:
		w.say(report.Sentence)
		return
	}
	var rows []importRow
	for i, item := range report.Items {
		if i == 0 || report.Items[i-1].Status != item.Status {
			rows = append(rows, importRow{item.Status, -1})
		}
		rows = append(rows, importRow{item.Status, i})
	}
	list := widgets.NewCardList(4, fyne.NewSize(4, 8))
	list.Count = func() int { return len(rows) }
	list.Key = func(i int) string { return fmt.Sprint(rows[i].status, rows[i].item) }
	var panel dialog.Dialog
	list.Make = func(i int) widgets.Flowing {
		if rows[i].item < 0 {
			return importHeading(report, rows[i].status)
		}
		item := report.Items[rows[i].item]
		card := importCard(item)
		if item.Article != "" {
			card.OnTap = func() {
				panel.Hide()
				w.openArticle(item.Article)
			}
		}
		card.OnKey = func(e *fyne.KeyEvent) {
			if e.Name == fyne.KeyEscape {
				panel.Hide()
			} else {
				list.Step(max(0, list.Focused()), e)
			}
		}
		return card
	}
	panel = w.showPanel(report.Sentence, list)
	list.Update()
	list.FocusIn(w.win.Canvas(), 1)
}

func importHeading(r viewmodel.ImportReport, s app.ImportStatus) widgets.Flowing {
	return widgets.NewFlow(0, fyne.NewSize(0, 6), widgets.NewProse(lines(lookHeading, 1),
		widgets.Segment{Text: importHeadings[s] + " · " + viewmodel.Thousands(r.Count(s)), Color: importColors[s]}))
}

func importCard(item viewmodel.ImportItem) *widgets.Card {
	objects := []fyne.CanvasObject{widgets.NewProse(lines(lookTitle, 2), widgets.Segment{Text: app.OneLine(item.Title)})}
	for _, s := range item.Sentences {
		objects = append(objects, widgets.NewProse(lines(lookRow, 4), widgets.Segment{Text: s}))
	}
	if item.Status != app.ImportFailed { // the reason of a failure names the file
		objects = append(objects, widgets.NewProse(lines(lookSmall, 1), widgets.Segment{Text: item.Path}))
	}
	return widgets.NewCard(widgets.Frame{}, objects...)
}
