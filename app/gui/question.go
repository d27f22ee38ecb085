package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app/gui/widgets"
)

// question is asked before something that is not to happen by mistake.
type question struct {
	title   string
	text    []string
	yes, no string
	danger  bool // it cannot be undone: then the keys are on no
}

// ask asks it, and does it when the answer is yes.
func (w *window) ask(q question, do func()) {
	if q.no == "" {
		q.no = "Cancel"
	}
	var fields []fyne.CanvasObject
	for _, text := range q.text {
		fields = append(fields, widgets.NewProse(lookRow, widgets.Segment{Text: text}))
	}
	f := w.newForm(q.title, w.within(540), 130+float32(len(q.text))*46, fields...)
	f.save = func() {
		f.hide()
		do()
	}
	no := newButton(q.no, f.hide, f.hide)
	yes := newMainButton(q.yes, f.save, f.hide)
	if q.danger {
		yes.Importance = widget.DangerImportance
	}
	f.dialog.SetButtons([]fyne.CanvasObject{no, yes})
	f.dialog.Show()
	if q.danger {
		w.win.Canvas().Focus(no)
	} else {
		w.win.Canvas().Focus(yes)
	}
}

// within is a width, or as much as the window has room for.
func (w *window) within(width float32) float32 { return min(width, w.win.Canvas().Size().Width-60) }

// asking is a form that tells what is wrong with what was typed in it.
type asking struct {
	*form
	said *widgets.Prose
	yes  *button
}

// newAsking makes a form with a button that says what it does; set save before it is
// shown.
func (w *window) newAsking(title, intro, yes string, height float32, fields ...fyne.CanvasObject) *asking {
	a := &asking{said: widgets.NewProse(lookRow)}
	all := append([]fyne.CanvasObject{widgets.NewProse(lookNote, widgets.Segment{Text: intro})}, fields...)
	a.form = w.newForm(title, w.within(620), height, append(all, a.said)...)
	a.yes = newMainButton(yes, func() { a.save() }, a.leave)
	a.dialog.SetButtons([]fyne.CanvasObject{newButton("Cancel", a.leave, a.leave), a.yes})
	return a
}

// submits has Return in the entries do what the button does.
func (a *asking) submits(entries ...*formEntry) {
	for _, e := range entries {
		e.form = a.form
		e.OnSubmitted = func(string) { a.save() }
	}
}

// tell says what is going on, or what is wrong.
func (a *asking) tell(what string, wrong bool) {
	color := colorMuted
	if wrong {
		color = "disputes"
	}
	a.said.Set(widgets.Segment{Text: what, Color: color})
	a.inside.Refresh()
}

// folderField is a folder's path to type, beside a button that lets it be chosen.
func (w *window) folderField(value string) (*formEntry, fyne.CanvasObject) {
	e := newFormEntry(value, "The folder's path")
	choose := newButton("Choose…", func() { w.askFolder(e.SetText) }, func() { e.form.leave() })
	return e, container.NewBorder(nil, nil, nil, choose, e)
}

// folderForm asks for a folder.
func (w *window) folderForm(title, intro, value, yes string, save func(a *asking, dir string)) {
	entry, field := w.folderField(value)
	a := w.newAsking(title, intro, yes, 300, fieldLabel("Folder"), field)
	a.submits(entry)
	a.save = func() {
		if entry.Text != "" {
			save(a, entry.Text)
		}
	}
	a.dialog.Show()
	w.win.Canvas().Focus(entry)
	toEnd(&entry.Entry)
}

// passphraseForm asks for the passphrase of an encrypted backup, if it has one.
func (w *window) passphraseForm(encrypted bool, then func(passphrase string)) {
	if !encrypted {
		then("")
		return
	}
	entry := newFormEntry("", "Passphrase")
	entry.Password = true
	a := w.newAsking("The backup is encrypted", "Its passphrase is kept nowhere: only you know it.", "Go on", 260, entry)
	a.submits(entry)
	a.save = func() {
		if entry.Text == "" {
			return
		}
		a.hide()
		then(entry.Text)
	}
	a.dialog.Show()
	w.win.Canvas().Focus(entry)
}
