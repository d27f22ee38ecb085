package gui

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// undo takes back the last step, or, while text is being typed, the typing.
func (w *window) undo() {
	if e, ok := w.win.Canvas().Focused().(interface{ Undo() }); ok {
		e.Undo()
		return
	}
	w.pane().reader.placeResized()
	w.state.Undo()
}

func (w *window) redo() {
	if w.close == nil { // Ctrl+Y is there without a notebook too
		return
	}
	if e, ok := w.win.Canvas().Focused().(interface{ Redo() }); ok {
		e.Redo()
		return
	}
	w.state.Redo()
}

// trashChosen moves what is chosen on the screen in front to the trash.
func (w *window) trashChosen() {
	switch {
	case w.shown() == screenAnnotations:
		w.marksView.model.Trash()
	case w.sideShown() != nil, w.onBoard():
		if ref, ok := w.chosenThing(); ok {
			w.board.Trash(ref)
		}
	default:
		w.reader.TrashCurrent()
	}
}

func (w *window) importFiles() { w.askFile(func(path string) { w.importPaths([]string{path}) }) }

func (w *window) importFolder() { w.askFolder(func(dir string) { w.importPaths([]string{dir}) }) }

// importPaths imports files and folders, with progress in the status line.
func (w *window) importPaths(paths []string) {
	if len(paths) == 0 || w.close == nil {
		return
	}
	ctx, cancel := context.WithCancel(w.ctx)
	w.status.taskWith("Importing", cancel)
	w.library.Import(ctx, paths, importProgress{w}, func(results []app.ImportResult) {
		cancel()
		w.status.task("")
		w.imported = viewmodel.NewImportReport(results)
		w.say(w.imported.Sentence)
		if w.imported.Urgent() {
			w.showImportReport()
		}
		for _, r := range results {
			if r.Article != "" {
				w.library.Select(r.Article)
				w.pane().model.Open(r.Article, -1)
				break
			}
		}
	})
}

// importProgress shows an import's progress.
type importProgress struct{ window *window }

// Step implements app.Progress.
func (p importProgress) Step(done, total int, _ string) {
	if done%50 == 0 || done == total {
		fyne.Do(func() {
			p.window.state.Task = fmt.Sprintf("Importing %s of %s", viewmodel.Thousands(done), viewmodel.Thousands(total))
			p.window.status.update()
		})
	}
}

// showPanel shows something to read in a dialog.
func (w *window) showPanel(title string, content fyne.CanvasObject) dialog.Dialog {
	d := dialog.NewCustom(title, "Close", content, w.win)
	d.Resize(fyne.NewSize(680, 520))
	d.SetOnClosed(w.onEscape(d.Hide))
	d.Show()
	return d
}

func (w *window) newCollection() {
	w.askLine("New collection", "Its name", "", nil, func(name string) { w.library.AddCollection(name, "") })
}

// collectForm puts the open article into a collection.
func (w *window) collectForm() {
	if w.library.Selected == "" {
		w.say("Choose an article first")
		return
	}
	var names []string
	for _, c := range w.library.Collections {
		if c.Query == "" {
			names = append(names, c.Name)
		}
	}
	w.askLine("Put the article into a collection", "The collection's name", "", func(typed string) []string {
		return viewmodel.Matching(names, typed)
	}, func(name string) {
		for _, c := range w.library.Collections {
			if app.FoldName(c.Name) == app.FoldName(name) && c.Query == "" {
				w.library.Collect(c.ID)
				return
			}
		}
		w.say("There is no collection " + name)
	})
}

func (w *window) openFolder() { w.askFolder(func(dir string) { w.open(dir, nil) }) }

func (w *window) openSample() { w.open(w.env.Sample, w.env.Fill) }

func (w *window) showFolder() {
	if err := w.app.OpenURL(&url.URL{Scheme: "file", Path: w.folder}); err != nil {
		w.fail(fmt.Errorf("the notebook is in %s, but its folder could not be opened: %w", w.folder, err))
	}
}

func (w *window) rebuildIndex() {
	w.status.task("Building the search index")
	loop.Work(func() {
		err := w.session.Notebook.RebuildIndex(w.ctx, app.NoProgress{})
		loop.UI(func() {
			w.status.task("")
			if err != nil {
				w.fail(err)
				return
			}
			w.say("The search index was built anew")
		})
	})
}

func (w *window) checkNotebook() {
	w.status.task("Checking the notebook")
	w.state.Check(func(found []app.Finding) {
		w.status.task("")
		column := widgets.NewColumn(8, fyne.NewSize(8, 8))
		var rows []fyne.CanvasObject
		for _, f := range found {
			sign := widgets.Segment{Text: "✓  ", Bold: true, Color: "supports"}
			if !f.OK {
				sign = widgets.Segment{Text: "✕  ", Bold: true, Color: "disputes"}
			}
			rows = append(rows, widgets.NewProse(lookRow, sign, widgets.Segment{Text: strings.ToUpper(f.Text[:1]) + f.Text[1:]}))
		}
		column.Set(rows...)
		w.showPanel("The notebook was checked", column)
	})
}

// without leaves one name out.
func without(names []string, name string) []string {
	return slices.DeleteFunc(names, func(n string) bool { return n == name })
}

// joinStory says that the open article is a copy of another.
func (w *window) joinStory() {
	if w.reader.Article.ID == "" {
		w.say("Choose an article first")
		return
	}
	w.askLine("This article copies the same report as…", "The other article's title", "", func(typed string) []string {
		return without(w.library.Titles(typed), w.reader.Article.Title)
	}, w.reader.JoinStory)
}

// collectionMenu and tagMenu are the actions on a row of the left pane.
func (w *window) collectionMenu(c viewmodel.CollectionNode, at fyne.Position) {
	showMenu(w, at, w.collectionItems(c))
}

func (w *window) collectionItems(c viewmodel.CollectionNode) []*fyne.MenuItem {
	return []*fyne.MenuItem{
		item("Rename…", func() {
			w.askLine("Rename the collection", "Its name", c.Name, nil, func(name string) { w.library.RenameCollection(c.ID, name) })
		}),
		item("Move to the trash", func() { w.library.Trash(app.RefTo(app.KindCollection, c.ID)) }),
	}
}

func (w *window) tagMenu(t app.TagRow, at fyne.Position) {
	showMenu(w, at, []*fyne.MenuItem{item("Move to the trash", func() { w.library.Trash(app.RefTo(app.KindTag, t.ID)) })})
}

func showMenu(w *window, at fyne.Position, items []*fyne.MenuItem) {
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), w.win.Canvas(), at)
}

func (w *window) showAbout() {
	column := widgets.NewColumn(8, fyne.NewSize(8, 8))
	column.Set(widgets.NewProse(lookEmpty, widgets.Segment{Text: "Rejoinder " + w.env.Version}),
		widgets.NewProse(lookRow, widgets.Segment{Text: "A research notebook: who says what, who disputes it, and where exactly they said it. Nothing leaves this machine."}),
		widgets.NewProse(lookNote, widgets.Segment{Text: "This notebook: " + w.folder}),
		widgets.NewProse(lookNote, widgets.Segment{Text: "MIT licence. Fonts: Noto, under the Open Font License; Droid Sans Fallback, under the Apache License."}))
	w.showPanel("About", column)
}
