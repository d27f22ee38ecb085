package gui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
)

// showHistory lists the steps, newest first.
func (w *window) showHistory() {
	column := widgets.NewColumn(6, fyne.NewSize(8, 8))
	var rows []fyne.CanvasObject
	for _, s := range w.state.History {
		ink := theme.ColorNameForeground
		after := ""
		if s.Undone {
			ink, after = theme.ColorNameDisabled, "  (undone)"
		}
		rows = append(rows, widgets.NewProse(lookRow, widgets.Segment{Text: s.Label + after, Color: ink},
			widgets.Segment{Text: "   " + s.At.Local().Format("2 January 15:04"), Color: colorMuted}))
	}
	if len(rows) == 0 {
		rows = append(rows, widgets.NewProse(lookRow, widgets.Segment{Text: "Nothing was done yet.", Color: colorMuted}))
	}
	column.Set(rows...)
	undo := widget.NewButton("Undo", w.state.Undo)
	redo := widget.NewButton("Redo", w.state.Redo)
	w.showPanel("History", container.NewBorder(nil, container.NewHBox(undo, redo), nil, nil, column))
}

// showTrash lists what is in the trash, to take it out again.
func (w *window) showTrash() {
	column := widgets.NewColumn(6, fyne.NewSize(8, 8))
	var rows []fyne.CanvasObject
	var d dialog.Dialog
	for _, t := range w.state.Trash {
		with := ""
		if t.With > 0 {
			with = " · with what hangs on it"
		}
		card := widgets.NewCard(widgets.Frame{}, widgets.NewProse(lines(lookRow, 2), widgets.Segment{Text: t.Title}),
			widgets.NewProse(lines(lookSmall, 1), widgets.Segment{Text: string(t.Kind) + " · " + t.At.Local().Format("2 January 15:04") + with}))
		restore := widget.NewButton("Restore", nil)
		restore.OnTapped = func() {
			w.state.Restore(t.Ref)
			restore.Disable()
		}
		acts := container.NewHBox(restore)
		if t.Kind == app.KindArticle {
			acts.Add(widget.NewButton("For good…", func() {
				d.Hide()
				w.purgeArticles([]app.ArticleID{app.ArticleID(t.ID)})
			}))
		}
		rows = append(rows, container.NewBorder(nil, nil, nil, container.NewCenter(acts), card))
	}
	if len(rows) == 0 {
		rows = append(rows, widgets.NewProse(lookRow, widgets.Segment{Text: "The trash is empty.", Color: colorMuted}))
	}
	column.Set(rows...)
	empty := widget.NewButton("Empty the trash", nil)
	if len(w.state.Trash) == 0 {
		empty.Disable()
	}
	articles := w.state.TrashedArticles()
	purge := widget.NewButton("Remove for good, everywhere…", nil)
	d = w.showPanel("Trash", container.NewBorder(nil, container.NewHBox(empty, purge), nil, nil, column))
	purge.OnTapped = func() {
		d.Hide()
		w.purgeArticles(articles)
	}
	empty.OnTapped = func() {
		d.Hide()
		w.state.EmptyTrash()
	}
}

// shortcuts is what the help shows.
var shortcuts = [][2]string{
	{"Ctrl+Shift+F", "search everything; Down goes to the results, in the empty box to earlier searches, Esc clears"},
	{"Ctrl+Shift+M, Ctrl+Shift+B", "more like this, broaden the search"},
	{"Ctrl+S, Ctrl+Shift+P", "save the search, update the saved one"},
	{"Ctrl+Shift+Y, Ctrl+Shift+S", "earlier searches, synonyms"},
	{"Ctrl+/", "what a query can say"},
	{"Ctrl+1, Ctrl+2, Ctrl+3, Ctrl+4", "library, board, annotations, search"},
	{"Ctrl+5 … Ctrl+9, Ctrl+J", "dispute, matrix, timeline, map, gaps; pages"},
	{"Alt+Left, Alt+Right", "back and forward in what was read"},
	{"Ctrl+\\, Ctrl+Shift+\\", "a second article, or the board, beside this one; Ctrl+W closes it, F6 changes sides"},
	{"Ctrl+B", "hide or show the lists"},
	{"Ctrl+F, Ctrl+G, Ctrl+Shift+G", "find in the article, next, the one before"},
	{"Ctrl++, Ctrl+-, Ctrl+0", "larger letters, smaller, as they were"},
	{"Ctrl+Shift+L", "outline"},
	{"Ctrl+O, Ctrl+Shift+O, Ctrl+I", "import files, import a folder, result of the last import"},
	{"Ctrl+K, Ctrl+Shift+K, Ctrl+Shift+A", "back up now, backups, save a copy of the notebook"},
	{"Ctrl+Z, Ctrl+Shift+Z", "undo, redo: everything, after a restart too"},
	{"Ctrl+Shift+H", "history"},
	{"H, U", "highlight, underline the selection"},
	{"1 to 6", "highlight in that colour, or recolour the chosen mark"},
	{"A, T", "comment, tag"},
	{"], [", "next mark, the one before"},
	{"Shift+Left, Shift+Right", "move the end of the chosen mark; with Alt its beginning, with Ctrl by words"},
	{"S", "record a statement: who says what"},
	{"X", "set a counterclaim against a claim"},
	{"Ctrl+Return", "save a form; Esc leaves it"},
	{"Shift+arrows", "select; Ctrl+arrows by words and paragraphs, Alt+Up and Down by sentences"},
	{"Ctrl+click", "open a link, after asking"},
	{"Ctrl+C, Ctrl+Shift+C", "copy the quote, with its citation"},
	{"Del", "move the chosen mark, actor or claim to the trash"},
	{"Ctrl+E, Ctrl+L", "edit the article's title, date, publisher; put it into a collection"},
	{"Ctrl+Shift+U, Ctrl+D", "import a new version of the article, compare versions"},
	{"Ctrl+U, Ctrl+Shift+D", "read the article's original again in another encoding, show what was left out of its text"},
	{"Ctrl+Shift+R", "marks to look at since the text changed"},
	{"Ctrl+Shift+T, Ctrl+Shift+X", "record a statement, set a counterclaim, also on the board"},
	{"Ctrl+Shift+N, Ctrl+Q", "new collection, quit"},
	{"Ctrl+N, Ctrl+R, Ctrl+M", "on the board: note, rename or reword, merge"},
	{"Ctrl+Shift+E", "on the board: edit the actor's names and what it is part of"},
	{"Tab, Return", "from card to card; choose, or open the passage"},
}

func (w *window) showShortcuts() {
	column := widgets.NewColumn(6, fyne.NewSize(8, 8))
	var rows []fyne.CanvasObject
	for _, s := range shortcuts {
		keys := s[0]
		if shortcutText("") != "Ctrl+" {
			keys = strings.ReplaceAll(keys, "Ctrl+", "⌘")
		}
		rows = append(rows, widgets.NewProse(lookRow, widgets.Segment{Text: keys, Bold: true}, widgets.Segment{Text: "   " + s[1], Color: colorMuted}))
	}
	column.Set(rows...)
	w.showPanel("Keyboard shortcuts", column)
}
