package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// purgeForm lists what removing articles for good removes, and goes on to the second
// question.
type purgeForm struct {
	*asking
	model *viewmodel.Purge
	list  *widgets.Column
}

// purgeArticles removes articles for good, after asking twice; none means what undo
// and the trash still keep.
func (w *window) purgeArticles(articles []app.ArticleID) {
	if err := w.session.Notebook.ReadOnly(); err != nil {
		w.fail(err)
		return
	}
	p := &purgeForm{model: viewmodel.NewPurge(w.session, articles), list: widgets.NewColumn(4, fyne.NewSize(10, 6))}
	p.asking = w.newAsking("Remove for good, everywhere", "", "Remove for good…", min(560, w.win.Canvas().Size().Height-60))
	backups := newFormCheck("Out of the backups too", false, p.model.SetBackups)
	backups.form = p.form
	p.set(container.NewBorder(nil, backups, nil, nil, p.list))
	p.yes.Importance = widget.DangerImportance
	p.save = func() {
		if p.model.Loaded {
			p.hide()
			w.confirmPurge(p.model)
		}
	}
	p.onHide = p.model.Close
	p.model.OnChange = p.update
	p.update()
	p.dialog.Show()
	w.win.Canvas().Focus(backups)
	p.model.Load()
}

// purgeChosen removes the article of the list that is chosen.
func (w *window) purgeChosen() {
	if w.library.Selected == "" {
		w.say("Choose an article first")
		return
	}
	w.purgeArticles([]app.ArticleID{w.library.Selected})
}

func (p *purgeForm) update() {
	m := p.model
	setEnabled(p.yes, m.Loaded)
	if m.Failed != "" {
		p.list.Set(widgets.NewProse(lookRow, widgets.Segment{Text: m.Failed, Color: "disputes"}))
		return
	}
	if !m.Loaded {
		p.list.Set(widgets.NewProse(lookNote, widgets.Segment{Text: "Looking what would go…"}))
		return
	}
	rows := []fyne.CanvasObject{widgets.NewProse(lookNote, widgets.Segment{Text: "For a source that must be protected: the articles go with their texts, originals and marks, and their words go out of the undo history, the remembered searches and the search index. Nothing of this can be undone, nor what was done before."})}
	for _, a := range m.Plan.Articles {
		rows = append(rows, widgets.NewProse(lines(lookTitle, 2), widgets.Segment{Text: app.OneLine(a.Title)}))
	}
	head := func(text string) fyne.CanvasObject {
		return widgets.NewFlow(0, fyne.NewSize(0, 4), widgets.NewProse(lookHeading, widgets.Segment{Text: text}))
	}
	rows = append(rows, head("What goes"))
	for _, s := range m.Goes() {
		rows = append(rows, widgets.NewHang(22, widgets.NewProse(lookRow, widgets.Segment{Text: "✕", Bold: true, Color: "disputes"}),
			widgets.NewProse(lookRow, widgets.Segment{Text: s})))
	}
	rows = append(rows, head("What stays"))
	for _, f := range m.Stays() {
		rows = append(rows, factRow(f))
	}
	p.list.Set(rows...)
}

// confirmPurge is the second question.
func (w *window) confirmPurge(m *viewmodel.Purge) {
	typed := newFormEntry("", viewmodel.PurgeWord)
	a := w.newAsking("Remove it all for good?", "Nothing done so far can be undone afterwards. To go on, type the word "+viewmodel.PurgeWord+".", "Remove for good", 260, typed)
	a.yes.Importance = widget.DangerImportance
	a.submits(typed)
	a.save = func() {
		if !m.Sure(typed.Text) {
			a.tell("Type "+viewmodel.PurgeWord+" to remove it, or Cancel to keep all as it is.", true)
			return
		}
		a.hide()
		m.Run()
	}
	a.dialog.Show()
	w.win.Canvas().Focus(typed)
}
