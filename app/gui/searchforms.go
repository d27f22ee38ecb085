package gui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// saveSearch keeps the search under a name as a collection that fills itself.
func (w *window) saveSearch() {
	if why := w.search.CanSave(); why != "" {
		w.say(why)
		return
	}
	w.askLine("Save this search as a collection", "Its name", strings.TrimSpace(w.search.Text), nil, w.search.Save)
}

// updateSaved gives the saved search that filled the box the query in it.
func (w *window) updateSaved() {
	switch {
	case w.search.Saved == nil:
		w.say("Choose a saved search in the library first")
	case !w.search.SavedDiffers():
		w.say("The saved search is as it is here")
	default:
		w.search.UpdateSaved()
	}
}

// showSaved fills the box with a saved search.
func (w *window) showSaved(c app.Collection) {
	w.show(screenSearch)
	w.search.ShowSaved(c)
	w.searchView.focusList()
}

// savedMenu is the actions on a saved search of the left pane.
func (w *window) savedMenu(c viewmodel.CollectionNode, at fyne.Position) {
	items := []*fyne.MenuItem{
		item("Show", func() { w.showSaved(c.Collection) }),
		item("Edit the query…", func() {
			w.askLine("Edit the saved query", "What to search for", c.Query, nil, func(text string) { w.search.Requery(c.Collection, text) })
		}),
	}
	showMenu(w, at, append(items, w.collectionItems(c)...))
}

// paneLabel stands over a part of a list.
func paneLabel(text string) fyne.CanvasObject {
	return widgets.NewFlow(0, fyne.NewSize(0, 6), widgets.NewProse(lookHeading, widgets.Segment{Text: text}))
}

// tick is a card that can be ticked, with text of any script.
func tick(on bool, toggle func(), segments ...widgets.Segment) *widgets.Card {
	box := "☐  "
	if on {
		box = "☑  "
	}
	card := widgets.NewCard(widgets.Frame{Flat: true, Chosen: on}, widgets.NewProse(lookRow, append([]widgets.Segment{{Text: box}}, segments...)...))
	card.OnTap = toggle
	return card
}

// broadenForm offers synonyms and related words, and shows the query that comes of
// them before it is used.
func (w *window) broadenForm() {
	if why := w.search.CanSave(); why != "" {
		w.say(why)
		return
	}
	w.search.Broaden(w.showBroader)
}

func (w *window) showBroader(b *viewmodel.Broader) {
	result := widgets.NewProse(lookRow)
	list := widgets.NewColumn(0, fyne.NewSize(0, 4))
	f := w.newForm("Broaden the search", 600, 560)
	f.save = func() {
		f.before = nil
		f.hide()
		if b.Chosen() {
			w.show(screenSearch)
			w.search.Use(b)
			w.searchView.focusList()
		}
	}
	use := widget.NewButton("Search with it  ("+shortcutText("Return")+")", func() { f.save() })
	use.Importance = widget.HighImportance
	synonyms := widget.NewButton("Synonyms…", func() {
		f.hide()
		w.showSynonyms()
	})
	f.dialog.SetButtons([]fyne.CanvasObject{synonyms, widget.NewButton("Cancel", f.hide), use})
	var show func(focus int)
	show = func(focus int) {
		result.Set(widgets.Segment{Text: b.Query()})
		if b.Chosen() {
			use.Enable()
		} else {
			use.Disable()
		}
		var objects []fyne.CanvasObject
		var ticks []*widgets.Card
		add := func(on bool, toggle func(), segments ...widgets.Segment) {
			n := len(ticks)
			card := tick(on, func() { toggle(); show(n) }, segments...)
			card.OnKey = func(k *fyne.KeyEvent) {
				to := map[fyne.KeyName]int{fyne.KeyUp: n - 1, fyne.KeyDown: n + 1}
				if i, ok := to[k.Name]; ok && i >= 0 && i < len(ticks) {
					w.win.Canvas().Focus(ticks[i])
					list.Reveal(ticks[i])
				} else if k.Name == fyne.KeyEscape {
					f.hide()
				}
			}
			ticks, objects = append(ticks, card), append(objects, card)
		}
		objects = append(objects, paneLabel("Your synonyms"))
		for i, r := range b.Synonyms {
			add(b.UsesSynonyms(i), func() { b.UseSynonyms(i) }, widgets.Segment{Text: r.Word, Bold: true},
				widgets.Segment{Text: "  =  " + strings.Join(r.Others, ", ")})
		}
		if len(b.Synonyms) == 0 {
			objects = append(objects, widgets.NewProse(lookNote, widgets.Segment{Text: "None for these words. Synonyms… keeps words that stand for one another."}))
		}
		objects = append(objects, paneLabel("Words that the best results share"))
		for i, word := range b.Related {
			add(b.UsesRelated(i), func() { b.UseRelated(i) }, widgets.Segment{Text: word.Word})
		}
		if len(b.Related) == 0 {
			objects = append(objects, widgets.NewProse(lookNote, widgets.Segment{Text: "None: there are too few results."}))
		}
		list.Set(objects...)
		if focus < len(ticks) {
			w.win.Canvas().Focus(ticks[focus])
			list.Reveal(ticks[focus])
		}
	}
	head := widgets.NewFlow(4, fyne.NewSize(4, 4), fieldLabel("The query would be"), result)
	f.set(container.NewBorder(head, nil, nil, nil, list))
	f.dialog.Show()
	show(0)
}

// showSynonyms lists the words that stand for one another, to add and remove.
func (w *window) showSynonyms() {
	w.search.Synonyms(func(all []app.Synonyms) {
		list := widgets.NewColumn(4, fyne.NewSize(0, 4))
		entry := newFormEntry("", "labour, labor, workforce")
		f := w.newForm("Synonyms", 560, 480, entry)
		f.bind([]fyne.CanvasObject{entry})
		var fill func([]app.Synonyms)
		reload := func() { w.search.Synonyms(func(all []app.Synonyms) { fill(all) }) }
		fill = func(all []app.Synonyms) {
			var rows []fyne.CanvasObject
			for _, s := range all {
				remove := widget.NewButton("Remove", func() { w.search.PutSynonyms(s.ID, "", func(bool) { reload() }) })
				rows = append(rows, container.NewBorder(nil, nil, nil, remove,
					widgets.NewFlow(0, fyne.NewSize(4, 8), widgets.NewProse(lines(lookRow, 2), widgets.Segment{Text: strings.Join(s.Words, "  =  ")}))))
			}
			if len(rows) == 0 {
				rows = []fyne.CanvasObject{widgets.NewProse(lookNote, widgets.Segment{Text: "None yet. Write words or phrases that mean the same, with commas between them; Broaden then offers them."})}
			}
			list.Set(rows...)
		}
		fill(all)
		f.save = func() {
			if entry.Text == "" {
				f.hide()
				return
			}
			if entry.Disabled() { // the last are being added
				return
			}
			entry.Disable()
			w.search.PutSynonyms("", entry.Text, func(done bool) {
				entry.Enable()
				if done {
					entry.SetText("")
					reload()
				}
			})
		}
		add := widget.NewButton("Add  ("+shortcutText("Return")+")", func() { f.save() })
		add.Importance = widget.HighImportance
		f.dialog.SetButtons([]fyne.CanvasObject{widget.NewButton("Close", f.hide), add})
		entry.OnSubmitted = func(string) { f.save() }
		f.set(container.NewBorder(container.NewVBox(fieldLabel("Words that stand for one another"), entry), nil, nil, nil, list))
		f.showFrom(entry)
	})
}

// showQueryHelp lists what a query can say.
func (w *window) showQueryHelp() {
	column := widgets.NewColumn(5, fyne.NewSize(8, 8))
	rows := []fyne.CanvasObject{widgets.NewProse(lookNote, widgets.Segment{Text: "Words are found in any of their forms. Whatever is not understood is read as words: nothing that you type is wrong."})}
	put := func(form, what string) {
		rows = append(rows, widgets.NewProse(lookRow, widgets.Segment{Text: form, Bold: true}, widgets.Segment{Text: "   " + what, Color: colorMuted}))
	}
	rows = append(rows, paneLabel("Words"))
	forms, fields := viewmodel.QueryHelp()
	for _, f := range forms {
		put(f[0], f[1])
	}
	rows = append(rows, paneLabel("Conditions"))
	for _, f := range fields {
		put(f[0], f[1])
	}
	column.Set(rows...)
	w.showPanel("What a query can say", column)
}
