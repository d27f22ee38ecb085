package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app"
	"rejoinder/app/gui/textlayout"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// troubleScreen stands in the window in the place of a notebook that cannot be opened.
type troubleScreen struct {
	window *window
	model  *viewmodel.Trouble
	column *widgets.Column
	ways   []viewmodel.WayOut
	keys   map[viewmodel.WayOut]*button
	given  bool // a way out was given the keys
}

// lookTrouble is how a title is set that stands alone in the window.
var lookTrouble = widgets.Look{Family: textlayout.Serif, Bold: true, Size: 26, LineHeight: 36, Color: theme.ColorNameForeground}

// troubleWidth is how wide its column is.
const troubleWidth = 700

// showTrouble shows why the notebook in dir cannot be opened, and what can be done.
func (w *window) showTrouble(dir string, err error) {
	w.folder = dir
	m := viewmodel.NewTrouble(loop, w.env.Rescue, w.env.Recover, w.env.Version, dir, err)
	s := &troubleScreen{window: w, model: m, column: widgets.NewColumn(14, fyne.NewSize(24, 56)), keys: map[viewmodel.WayOut]*button{}}
	w.trouble = s
	w.showAlone(container.New(&narrowLayout{troubleWidth}, s.column))
	m.OnChange = s.update
	s.update()
	m.Load()
}

// showAlone fills the window with what is shown in the place of a notebook, with a
// menu that needs none.
func (w *window) showAlone(content fyne.CanvasObject) {
	overlays := w.win.Canvas().Overlays()
	for _, o := range overlays.List() {
		overlays.Remove(o)
	}
	w.escapes, w.session = nil, &viewmodel.Session{Loop: loop, Fail: w.fail, Say: w.say}
	w.win.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) {
		if n := len(w.escapes); e.Name == fyne.KeyEscape && n > 0 {
			(*w.escapes[n-1])()
		}
	})
	w.win.SetMainMenu(fyne.NewMainMenu(
		fyne.NewMenu("File", item("Open notebook…", w.openFolder, shortcut(fyne.KeyO)), item("Open the sample notebook", w.openSample),
			fyne.NewMenuItemSeparator(), quitItem(w)),
		fyne.NewMenu("Help", item("About Rejoinder", w.showAbout))))
	w.win.SetContent(container.NewStack(widgets.NewSurface(colorDesk, nil), content))
}

// showWaiting says what is going on while there is no notebook.
func (w *window) showWaiting(what string) (tell func(string)) {
	text := widgets.NewProse(lookEmpty, widgets.Segment{Text: what + "…"})
	w.trouble = nil
	w.showAlone(container.New(&narrowLayout{troubleWidth}, widgets.NewFlow(8, fyne.NewSize(24, 120), text)))
	return func(what string) {
		if what != "" {
			text.Set(widgets.Segment{Text: what})
		}
	}
}

// narrowLayout sets what it holds in the middle, not wider than lines should be.
type narrowLayout struct{ most float32 }

// Layout implements fyne.Layout.
func (l *narrowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(l.most, size.Width)
	for _, o := range objects {
		o.Move(fyne.NewPos((size.Width-width)/2, 0))
		o.Resize(fyne.NewSize(width, size.Height))
	}
}

// MinSize implements fyne.Layout.
func (l *narrowLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 200) }

func (s *troubleScreen) update() {
	m := s.model
	objects := []fyne.CanvasObject{
		widgets.NewProse(lookTrouble, widgets.Segment{Text: m.Title()}),
		widgets.NewProse(lookEmpty, widgets.Segment{Text: m.What()}),
	}
	if facts := m.Safe(); len(facts) > 0 {
		rows := []fyne.CanvasObject{widgets.NewProse(lookHeading, widgets.Segment{Text: "What is there"})}
		for _, f := range facts {
			rows = append(rows, factRow(f))
		}
		objects = append(objects, widgets.NewCard(widgets.Frame{}, rows...))
	}
	switch {
	case m.Task != "":
		objects = append(objects, widgets.NewProse(lookRow, widgets.Segment{Text: m.Task, Color: colorMuted}))
	case m.Failed != "":
		objects = append(objects, widgets.NewProse(lookRow, widgets.Segment{Text: m.Failed, Color: "disputes"}))
	}
	s.column.Set(append(objects, s.buttons()...)...)
	s.giveKeys()
}

func factRow(f viewmodel.Fact) fyne.CanvasObject {
	sign := widgets.Segment{Text: "✓", Bold: true, Color: "supports"}
	if !f.Good {
		sign = widgets.Segment{Text: "–", Bold: true, Color: colorMuted}
	}
	return widgets.NewHang(22, widgets.NewProse(lookRow, sign), widgets.NewProse(lookRow, widgets.Segment{Text: f.Text}))
}

// buttons are the ways out: the best one first and by itself marked; what only helps
// to understand it stands below.
func (s *troubleScreen) buttons() []fyne.CanvasObject {
	m := s.model
	s.ways = m.WaysOut()
	var ways, more []fyne.CanvasObject
	for i, way := range s.ways {
		b := s.keys[way]
		if b == nil {
			b = newButton(string(way), func() { s.take(way) }, nil)
			s.keys[way] = b
		}
		b.Importance = widget.MediumImportance
		if i == 0 {
			b.Importance = widget.HighImportance
		}
		b.Refresh()
		if way == viewmodel.WayFolder || way == viewmodel.WayDetails {
			b.Importance = widget.LowImportance
			more = append(more, b)
		} else {
			ways = append(ways, b)
		}
	}
	return []fyne.CanvasObject{
		widgets.NewFlow(0, fyne.NewSize(0, 6), widgets.NewWrap(8, ways...)),
		widgets.NewWrap(8, more...),
		widgets.NewProse(lookSmall, widgets.Segment{Text: "Notebook: " + m.Folder}),
	}
}

// giveKeys gives the best way out the keys once there is one.
func (s *troubleScreen) giveKeys() {
	canvas := s.window.win.Canvas()
	if !s.given && s.model.Loaded && canvas.Overlays().Top() == nil {
		s.given = true
		canvas.Focus(s.keys[s.ways[0]])
	}
}

func (s *troubleScreen) take(way viewmodel.WayOut) {
	w, m := s.window, s.model
	if m.Task != "" {
		return // one thing at a time; a button that is disabled would lose the keys
	}
	switch way {
	case viewmodel.WayRestore:
		w.chooseBackup(m.Backups(), func(b app.Backup) {
			w.askRestore(b, func(passphrase string) {
				m.Restore(b, passphrase, func(said string) { s.open(func() { w.say(said) }) })
			})
		})
	case viewmodel.WaySalvage:
		s.salvage()
	case viewmodel.WayReadOnly:
		w.openBy(opening{open: w.env.OpenReadOnly, dir: m.Folder, failed: m.NotReadable})
	case viewmodel.WayAgain:
		s.open(nil)
	case viewmodel.WayAnother:
		w.openFolder()
	case viewmodel.WayFolder:
		w.showFolder()
	case viewmodel.WayDetails:
		w.showDetails(m.Details())
	}
}

// open opens the notebook now.
func (s *troubleScreen) open(opened func()) {
	s.window.openBy(opening{open: s.window.env.Open, dir: s.model.Folder, opened: opened, failed: s.model.StillNot})
}

// salvage asks first: what is got out takes the damaged database's place.
func (s *troubleScreen) salvage() {
	w, m := s.window, s.model
	w.ask(question{title: "Salvage what can be read?", yes: "Salvage it", text: []string{
		"All rows that can still be read become a new database, and texts are read again from their originals.",
		"The damaged database is kept, so nothing is lost by trying. A backup, if there is a recent one, is the better way."}}, func() {
		m.Salvage(func(sentences []string) {
			s.open(func() { w.showSentences("What was salvaged", sentences) })
		})
	})
}

// showSentences shows a report.
func (w *window) showSentences(title string, sentences []string) {
	column := widgets.NewColumn(8, fyne.NewSize(8, 8))
	var rows []fyne.CanvasObject
	for _, s := range sentences {
		rows = append(rows, widgets.NewProse(lookRow, widgets.Segment{Text: s}))
	}
	column.Set(rows...)
	w.showPanel(title, column)
}

// showDetails shows all that is known of an error, to be copied.
func (w *window) showDetails(text string) {
	label := widget.NewLabel(text)
	label.Wrapping, label.Selectable = fyne.TextWrapWord, true
	label.TextStyle.Monospace = true
	f := w.newForm("Details", w.within(760), min(520, w.win.Canvas().Size().Height-60))
	f.set(container.NewVScroll(label))
	said := widget.NewLabel("")
	f.save = func() {
		w.app.Clipboard().SetContent(text)
		said.SetText("Copied")
	}
	shut, cp := newButton("Close", f.hide, f.hide), newMainButton("Copy", func() { f.save() }, f.hide)
	f.dialog.SetButtons([]fyne.CanvasObject{container.New(layout.NewCustomPaddedHBoxLayout(8), said, shut, cp)})
	f.dialog.Show()
	w.win.Canvas().Focus(cp)
}
