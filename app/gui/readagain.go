package gui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// readAgainForm reads the original of the open article in another encoding, or
// whole, and shows the beginning of what comes of it before it is a new version.
func (w *window) readAgainForm() {
	m := viewmodel.NewReadAgain(w.reader)
	if m == nil {
		w.say("Choose an article first")
		return
	}
	var labels, names []string
	for _, e := range m.Encodings {
		labels, names = append(labels, e.Label), append(names, e.Name)
	}
	encoding := newChoice(labels, names, m.Encoding)
	encoding.OnChanged = func(string) { m.Choose(encoding.value()) }
	whole := newFormCheck("Leave nothing out of what the page shows", m.Whole, m.SetWhole)
	f := w.newForm("Read again as…", 720, 620, encoding, whole)
	preview, note := widgets.NewColumn(10, fyne.NewSize(16, 14)), widgets.NewProse(lines(lookNote, 2))
	title := widgets.NewProse(lines(lookTitle, 1), widgets.Segment{Text: app.OneLine(m.Title)})
	head := widgets.NewFlow(6, fyne.NewSize(0, 6), title, fieldLabel("Character encoding of the original"), encoding, whole,
		fieldLabel("The text would begin"))
	page := container.NewStack(widgets.NewSurface(widgets.ColorLine, nil),
		container.New(layout.NewCustomPaddedLayout(1, 1, 1, 1), widgets.NewSurface(widgets.ColorSurface, preview)))
	f.set(container.NewBorder(head, container.New(layout.NewCustomPaddedLayout(8, 8, 0, 0), note), nil, nil, page))
	f.ok.SetText("Make a new version  (" + shortcutText("Return") + ")")
	f.save = func() {
		if !m.CanSave() {
			return
		}
		if over := f.wait(); over != nil {
			m.Save(func(c *app.Carried) {
				over(c != nil)
				if c != nil {
					w.updated(*c)
				}
			})
		}
	}
	encoding.submit = func() { f.save() }
	m.OnChange = func() { showPreview(f, m, preview, note) }
	f.onHide = m.Close
	f.dialog.Show()
	w.win.Canvas().Focus(encoding)
	m.Load()
}

// showPreview shows the state of the form; the text before stays until the next is
// there.
func showPreview(f *form, m *viewmodel.ReadAgain, preview *widgets.Column, note *widgets.Prose) {
	if m.CanSave() {
		f.ok.Enable()
	} else {
		f.ok.Disable()
	}
	switch {
	case m.Loading:
		note.Set(widgets.Segment{Text: "Reading…"})
		return
	case m.Problem != "":
		note.Set()
		preview.Set(widgets.NewProse(lookRow, widgets.Segment{Text: m.Problem, Color: "disputes"}))
		return
	}
	note.Set(widgets.Segment{Text: m.Note})
	var paragraphs []fyne.CanvasObject
	for _, p := range strings.Split(m.Preview, "\n\n") {
		paragraphs = append(paragraphs, widgets.NewProse(lookQuote, widgets.Segment{Text: p}))
	}
	preview.Set(paragraphs...)
}
