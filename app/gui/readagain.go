package gui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// readAgainPanel reads the original of an article in another encoding, or whole,
// and shows the beginning of what comes of it before it is a new version.
type readAgainPanel struct {
	form    *form
	model   *viewmodel.ReadAgain
	list    *widgets.CardList // of the encodings
	preview *widgets.Column
	note    *widgets.Prose
	shown   string // in the preview
}

func (w *window) readAgainForm() {
	m := viewmodel.NewReadAgain(w.reader)
	if m == nil {
		w.say("Choose an article first")
		return
	}
	size := w.win.Canvas().Size()
	whole := newFormCheck("Leave nothing out of what the page shows", m.Whole, m.SetWhole)
	p := &readAgainPanel{model: m, form: w.newForm("Read again as…", min(920, size.Width-60), min(660, size.Height-60), whole),
		list: widgets.NewCardList(0, fyne.NewSize(0, 4)), preview: widgets.NewColumn(10, fyne.NewSize(16, 14)), note: widgets.NewProse(lines(lookNote, 2))}
	p.list.Count = func() int { return len(m.Encodings) }
	p.list.Key = func(i int) string { return m.Encodings[i].Name }
	p.list.Shows = func(i int) any { return m.Encodings[i].Name == m.Encoding }
	p.list.Make = p.encodingCard
	title := widgets.NewProse(lines(lookTitle, 1), widgets.Segment{Text: app.OneLine(m.Title)})
	left := container.NewBorder(fieldLabel("Character encoding of the file"), nil, nil, nil, framed(p.list))
	right := container.NewBorder(fieldLabel("So the text would begin"), nil, nil, nil, framed(p.preview))
	p.form.set(container.NewBorder(widgets.NewFlow(4, fyne.NewSize(0, 6), title),
		widgets.NewFlow(2, fyne.NewSize(0, 6), whole, container.New(layout.NewCustomPaddedLayout(0, 0, 6, 6), p.note)), nil, nil,
		container.New(&sideBySide{first: 330}, left, right)))
	p.form.ok.SetText("Make a new version  (" + shortcutText("Return") + ")")
	p.form.save, p.form.onHide, m.OnChange = p.save, m.Close, p.update
	p.form.dialog.Show()
	p.list.Update()
	p.list.FocusIn(w.win.Canvas(), max(0, slices.IndexFunc(m.Encodings, func(e viewmodel.EncodingChoice) bool { return e.Name == m.Encoding })))
	m.Load()
}

// framed puts a list on a surface with a line around it.
func framed(o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(widgets.NewSurface(widgets.ColorLine, nil),
		container.New(layout.NewCustomPaddedLayout(1, 1, 1, 1), widgets.NewSurface(widgets.ColorSurface, o)))
}

// sideBySide gives the first object its width and the second the rest.
type sideBySide struct{ first float32 }

const sideGap = 16

// Layout implements fyne.Layout.
func (l *sideBySide) Layout(o []fyne.CanvasObject, size fyne.Size) {
	first := min(l.first, size.Width/2)
	o[0].Resize(fyne.NewSize(first, size.Height))
	o[1].Move(fyne.NewPos(first+sideGap, 0))
	o[1].Resize(fyne.NewSize(max(10, size.Width-first-sideGap), size.Height))
}

// MinSize implements fyne.Layout.
func (*sideBySide) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 160) }

// encodingCard is an encoding of the list: the arrows choose the next one.
func (p *readAgainPanel) encodingCard(i int) widgets.Flowing {
	m, e := p.model, p.model.Encodings[i]
	objects := []fyne.CanvasObject{widgets.NewProse(lines(lookRow, 1), widgets.Segment{Text: e.Label})}
	if e.Now != "" {
		objects = append(objects, widgets.NewProse(lines(lookSmall, 1), widgets.Segment{Text: e.Now}))
	}
	card := widgets.NewCard(widgets.Frame{Flat: true, Chosen: e.Name == m.Encoding}, objects...)
	card.OnTap = func() { m.Choose(e.Name) }
	card.OnOpen = func() { p.save() }
	card.OnKey = func(k *fyne.KeyEvent) {
		if k.Name == fyne.KeyEscape {
			p.form.leave()
		} else if p.list.Step(i, k) {
			m.Choose(m.Encodings[max(0, p.list.Focused())].Name)
		}
	}
	return card
}

func (p *readAgainPanel) save() {
	if !p.model.CanSave() {
		return
	}
	if over := p.form.saving.Begin(); over != nil {
		p.model.Save(func(c *app.Carried) {
			over(c != nil)
			if c != nil {
				p.form.window.updated(*c)
			}
		})
	}
}

// update shows the state of the form; the text before stays until the next is there.
func (p *readAgainPanel) update() {
	m := p.model
	if m.CanSave() {
		p.form.ok.Enable()
	} else {
		p.form.ok.Disable()
	}
	p.list.Update()
	switch {
	case m.Loading:
		p.note.Set(widgets.Segment{Text: "Reading…"})
		return
	case m.Problem != "":
		p.note.Set()
		p.shown = ""
		p.preview.Set(widgets.NewProse(lookRow, widgets.Segment{Text: m.Problem, Color: "disputes"}))
		return
	}
	p.note.Set(widgets.Segment{Text: m.Note})
	if m.Preview == p.shown {
		return
	}
	p.shown = m.Preview
	var paragraphs []fyne.CanvasObject
	for _, text := range strings.Split(m.Preview, "\n\n") {
		paragraphs = append(paragraphs, widgets.NewProse(lookQuote, widgets.Segment{Text: text}))
	}
	p.preview.Set(paragraphs...)
}
