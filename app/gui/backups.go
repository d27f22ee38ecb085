package gui

import (
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// backupsPanel lists the backups beside the one that is looked at, and sets the second
// place.
type backupsPanel struct {
	window *window
	model  *viewmodel.Backups
	dialog *dialog.CustomDialog
	list   *widgets.CardList
	chosen *widgets.Column
	second *widgets.Prose
	said   *widgets.Prose
	acts   map[string]*button
	now    *button
	given  bool // the list was given the keys
}

// showBackups lists the backups.
func (w *window) showBackups() {
	p := &backupsPanel{window: w, model: viewmodel.NewBackups(w.session, w.env.Rescue, w.folder), list: widgets.NewCardList(6, fyne.NewSize(4, 8)),
		chosen: widgets.NewColumn(8, fyne.NewSize(16, 10)), second: widgets.NewProse(lines(lookNote, 2)), said: widgets.NewProse(lines(lookRow, 3)), acts: map[string]*button{}}
	m := p.model
	p.list.Count = func() int { return len(m.Rows) }
	p.list.Key = func(i int) string { return m.Rows[i].Path }
	p.list.Shows = func(i int) any { return i == m.At }
	p.list.Make = p.card
	p.now = newMainButton("Back up now", m.BackUp, p.hide)
	set := newButton("Set the second place…", p.secondForm, p.hide)
	none := newButton("None", p.noSecond, p.hide)
	p.acts["none"] = none
	top := container.NewBorder(nil, nil, p.now, nil, widgets.NewFlow(0, fyne.NewSize(10, 8), p.said))
	bottom := container.NewBorder(widgets.Rule(), nil, nil, container.NewHBox(set, none), widgets.NewFlow(0, fyne.NewSize(4, 8), p.second))
	split := container.NewHSplit(p.list, p.chosen)
	split.SetOffset(0.46)
	p.dialog = dialog.NewCustomWithoutButtons("Backups", container.NewBorder(top, bottom, nil, nil, split), w.win)
	p.dialog.SetButtons([]fyne.CanvasObject{newButton("Close", p.hide, p.hide)})
	p.dialog.Resize(fyne.NewSize(w.within(980), min(640, w.win.Canvas().Size().Height-60)))
	p.dialog.SetOnClosed(w.onEscape(p.hide))
	m.OnChange = p.update
	p.dialog.Show()
	p.update()
	m.Load()
}

func (p *backupsPanel) hide() { p.dialog.Hide() }

func (p *backupsPanel) card(i int) widgets.Flowing {
	m := p.model
	card := backupCard(m.Rows[i], widgets.Frame{Flat: true, Chosen: i == m.At}, m.InSecond(m.Rows[i]))
	card.OnTap = func() { m.Look(i) }
	card.OnKey = func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape {
			p.hide()
		} else if p.list.Step(max(0, p.list.Focused()), e) {
			m.Look(max(0, p.list.Focused()))
		}
	}
	return card
}

func (p *backupsPanel) update() {
	m := p.model
	p.second.Set(widgets.Segment{Text: m.SecondWords()})
	switch {
	case m.Task != "":
		p.said.Set(widgets.Segment{Text: m.Task, Color: colorMuted})
	case m.Failed != "":
		p.said.Set(widgets.Segment{Text: m.Failed, Color: "disputes"})
	default:
		p.said.Set(widgets.Segment{Text: m.Said})
	}
	setEnabled(p.acts["none"], m.Second != nil)
	p.list.Update()
	p.showChosen()
	if m.Loaded && !p.given {
		p.given = true
		if len(m.Rows) > 0 {
			p.list.FocusIn(p.window.win.Canvas(), m.At)
		} else {
			p.window.win.Canvas().Focus(p.now)
		}
	}
	p.dialog.Refresh()
}

func setEnabled(b *button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// showChosen shows the backup that is looked at, and what can be done with it.
func (p *backupsPanel) showChosen() {
	m := p.model
	b, ok := m.Chosen()
	if !ok {
		text := "There is no backup yet. One is made when the notebook is opened and every half hour in which something changed."
		if !m.Loaded {
			text = ""
		}
		p.chosen.Set(widgets.NewProse(lookNote, widgets.Segment{Text: text}))
		return
	}
	objects := []fyne.CanvasObject{
		widgets.NewProse(lookTitle, widgets.Segment{Text: viewmodel.BackupWhen(b)}),
		widgets.NewProse(lookRow, widgets.Segment{Text: viewmodel.BackupHolds(b)}),
		widgets.NewProse(lookSmall, widgets.Segment{Text: viewmodel.BackupLine(b)}),
		widgets.NewProse(lookSmall, widgets.Segment{Text: b.Path}),
	}
	if n := len(b.Missing); n > 0 {
		objects = append(objects, widgets.NewProse(lookNote, widgets.Segment{Text: "When it was made, " + viewmodel.Counted(n, "original") + " missing or damaged.", Color: "qualifies"}))
	}
	for _, f := range m.Found {
		objects = append(objects, factRow(viewmodel.Fact{Good: f.OK, Text: strings.ToUpper(f.Text[:1]) + f.Text[1:]}))
	}
	act := func(label string, do func()) *button {
		a := p.acts[label]
		if a == nil {
			a = newButton(label, do, p.hide)
			p.acts[label] = a
		}
		return a
	}
	restore := act("Restore…", p.restore)
	setEnabled(restore, viewmodel.Restorable(b))
	objects = append(objects,
		widgets.NewFlow(0, fyne.NewSize(0, 8), widgets.NewWrap(8, restore, act("Restore an article…", p.restoreArticle), act("Verify", p.verify),
			act("Show in folder", p.showFile), act("Remove…", p.remove))))
	p.chosen.Set(objects...)
}

// restore is asked about, and the panel goes with the notebook that is replaced.
func (p *backupsPanel) restore() {
	if b, ok := p.model.Chosen(); ok {
		p.window.askRestore(b, func(passphrase string) {
			p.hide()
			p.window.restore(b, passphrase)
		})
	}
}

// withPassphrase goes on with the backup that is looked at, once its passphrase is
// known.
func (p *backupsPanel) withPassphrase(then func(passphrase string)) {
	if b, ok := p.model.Chosen(); ok {
		p.window.passphraseForm(b.Encrypted, then)
	}
}

func (p *backupsPanel) verify() { p.withPassphrase(p.model.Verify) }

func (p *backupsPanel) remove() {
	b, ok := p.model.Chosen()
	if !ok {
		return
	}
	p.window.ask(question{title: "Remove this backup?", danger: true, yes: "Remove it", text: []string{
		"The backup of " + viewmodel.BackupWhen(b) + " is deleted. It holds: " + viewmodel.BackupHolds(b) + ".",
		"This cannot be undone. The notebook and the other backups stay as they are."}}, p.model.Remove)
}

func (p *backupsPanel) showFile() {
	if b, ok := p.model.Chosen(); ok {
		if err := p.window.app.OpenURL(&url.URL{Scheme: "file", Path: filepath.Dir(b.Path)}); err != nil {
			p.window.fail(app.Problem(app.ErrInvalid, "the backup is %s, but its folder could not be opened: %v", b.Path, err))
		}
	}
}

// restoreArticle lists the articles in the backup.
func (p *backupsPanel) restoreArticle() {
	p.withPassphrase(func(passphrase string) { p.model.Articles(passphrase, p.chooseArticle) })
}

// chooseArticle brings one of a backup's articles back.
func (p *backupsPanel) chooseArticle(from app.BackupFile, all []app.Article) {
	w := p.window
	f := w.newForm("Restore an article", w.within(680), min(560, w.win.Canvas().Size().Height-60))
	f.save = func() {}
	shown := all
	list := widgets.NewCardList(4, fyne.NewSize(4, 8))
	list.Count = func() int { return len(shown) }
	list.Key = func(i int) string { return string(shown[i].ID) }
	list.Make = func(i int) widgets.Flowing {
		a := shown[i]
		card := widgets.NewCard(widgets.Frame{Flat: true}, widgets.NewProse(lines(lookTitle, 2), widgets.Segment{Text: app.OneLine(a.Title)}),
			widgets.NewProse(lines(lookSmall, 1), widgets.Segment{Text: widgets.Line(viewmodel.Joined(a.Publisher, string(a.Published)))}))
		card.OnTap = func() {
			f.hide()
			p.model.RestoreArticle(from, a)
		}
		card.OnKey = func(e *fyne.KeyEvent) {
			if e.Name == fyne.KeyEscape {
				f.hide()
			} else {
				list.Step(max(0, list.Focused()), e)
			}
		}
		return card
	}
	filter := newFormEntry("", "Filter by title")
	filter.form = f
	filter.OnChanged = func(typed string) {
		shown = viewmodel.ArticlesLike(all, typed)
		list.Update()
	}
	filter.OnSubmitted = func(string) {
		if len(shown) > 0 {
			list.FocusIn(w.win.Canvas(), 0)
		}
	}
	intro := widgets.NewProse(lookNote, widgets.Segment{Text: "The article comes back with its marks and what hangs on them. What is in the notebook stays as it is."})
	f.set(container.NewBorder(widgets.NewFlow(8, fyne.NewSize(4, 4), intro, filter), nil, nil, nil, list))
	f.dialog.SetButtons([]fyne.CanvasObject{newButton("Cancel", f.hide, f.hide)})
	f.dialog.Show()
	list.Update()
	w.win.Canvas().Focus(filter)
}

// secondForm sets where backups go besides.
func (p *backupsPanel) secondForm() {
	w, folder := p.window, ""
	if p.model.Second != nil {
		folder = p.model.Second.Folder
	}
	entry, field := w.folderField(folder)
	first, again := newFormEntry("", "Passphrase"), newFormEntry("", "The same passphrase again")
	first.Password, again.Password = true, true
	encrypt := newFormCheck("Encrypt the backups there with a passphrase", p.model.Second != nil && p.model.Second.Encrypted, nil)
	warning := widgets.NewProse(lookNote, widgets.Segment{Text: "The passphrase is kept nowhere. ", Bold: true, Color: "qualifies"},
		widgets.Segment{Text: "Without it the backups there cannot be restored, by nobody. Write it down in a safe place."})
	a := w.newAsking("Second place for backups", "Best a folder on another disk. From then on each backup goes there too, if the disk is there.",
		"Set", 470, fieldLabel("Folder"), field, encrypt, first, again, warning)
	encrypt.form = a.form
	a.submits(entry, first, again)
	toggle := func(on bool) {
		for _, o := range []interface {
			Enable()
			Disable()
		}{first, again} {
			if on {
				o.Enable()
			} else {
				o.Disable()
			}
		}
	}
	toggle(encrypt.Checked)
	encrypt.OnChanged = toggle
	a.save = func() {
		over := a.saving.Begin()
		if over == nil {
			return
		}
		a.tell("Setting the second place…", false)
		p.model.SetSecond(viewmodel.SecondForm{Folder: entry.Text, Encrypt: encrypt.Checked, Passphrase: first.Text, Again: again.Text}, func(problem string) {
			over(problem == "")
			if problem != "" {
				toggle(encrypt.Checked)
				a.tell(problem, true)
			}
		})
	}
	a.dialog.Show()
	w.win.Canvas().Focus(entry)
}

func (p *backupsPanel) noSecond() {
	p.window.ask(question{title: "No second place?", yes: "No second place", text: []string{
		"No more backups are made in " + p.model.Second.Folder + ". Those that are there stay."}}, func() {
		p.model.SetSecond(viewmodel.SecondForm{}, func(problem string) {
			if problem != "" {
				p.window.fail(app.Problem(app.ErrInvalid, "%s", problem))
			}
		})
	})
}
