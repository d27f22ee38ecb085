package gui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// leftOutPanel lists what the page of an article shows and its text has not.
type leftOutPanel struct {
	form   *form
	model  *viewmodel.LeftOut
	rows   []leftOutRow
	list   *widgets.CardList
	empty  *fyne.Container
	hint   *widgets.Prose
	intro  *widgets.Prose
	ticked *widget.Button
	all    *widget.Button
}

// leftOutRow is a block, or the heading of a kind when block is -1.
type leftOutRow struct {
	kind  app.LeftKind
	block int
}

// leftOutRunes is how much of a block is shown.
const leftOutRunes = 500

// showLeftOut lists what was left out of the open article's text, to take it in.
func (w *window) showLeftOut() {
	m := viewmodel.NewLeftOut(w.reader)
	if m == nil {
		w.say("Choose an article first")
		return
	}
	size := w.win.Canvas().Size()
	p := &leftOutPanel{model: m, form: w.newForm("What was left out", min(760, size.Width-60), min(680, size.Height-60)),
		list: widgets.NewCardList(2, fyne.NewSize(0, 6)), hint: widgets.NewProse(lookRow), intro: widgets.NewProse(lines(lookNote, 3))}
	p.list.Count = func() int { return len(p.rows) }
	p.list.Key = func(i int) string { return fmt.Sprint(p.rows[i].kind, p.rows[i].block) }
	p.list.Shows = func(i int) any {
		b := p.rows[i].block
		return b >= 0 && m.Ticked(m.Blocks[b].Number)
	}
	p.list.Make = p.row
	p.empty = container.New(layout.NewCustomPaddedLayout(14, 0, 4, 4), container.NewVBox(p.hint))
	title := widgets.NewProse(lines(lookTitle, 1), widgets.Segment{Text: app.OneLine(m.Title)})
	p.form.set(container.NewBorder(widgets.NewFlow(4, fyne.NewSize(0, 6), title, p.intro), nil, nil, nil, container.NewStack(p.list, p.empty)))
	p.ticked = widget.NewButton("", func() { p.form.save() })
	p.ticked.Importance = widget.HighImportance
	p.all = widget.NewButton("Take in all", func() { p.take(len(m.Blocks), m.TakeInAll) })
	p.form.cancel.SetText("Close")
	p.form.dialog.SetButtons([]fyne.CanvasObject{p.form.cancel, p.all, p.ticked})
	p.form.save = func() { p.take(m.TickedCount(), m.TakeIn) }
	p.form.onHide = m.Close
	m.OnChange = p.update
	p.update()
	p.form.dialog.Show()
	w.win.Canvas().Unfocus()
	m.Load()
}

// take takes n blocks in, and tells what became of the marks.
func (p *leftOutPanel) take(n int, takeIn func(over func(*app.Carried))) {
	if n == 0 {
		return
	}
	if over := p.form.saving.Begin(); over != nil {
		takeIn(func(c *app.Carried) {
			over(c != nil)
			if c != nil {
				p.form.window.updated(*c)
			}
		})
	}
}

func (p *leftOutPanel) update() {
	m := p.model
	enable := func(b *widget.Button, on bool) {
		if on && !m.Taking {
			b.Enable()
		} else {
			b.Disable()
		}
	}
	if n := m.TickedCount(); n > 0 {
		p.ticked.SetText("Take in " + viewmodel.Thousands(n) + " ticked  (" + shortcutText("Return") + ")")
	} else {
		p.ticked.SetText("Take in ticked  (" + shortcutText("Return") + ")")
	}
	enable(p.ticked, m.TickedCount() > 0)
	enable(p.all, len(m.Blocks) > 0)
	first := len(p.rows) == 0
	p.rows = p.rows[:0]
	for i, b := range m.Blocks {
		if i == 0 || m.Blocks[i-1].Kind != b.Kind {
			p.rows = append(p.rows, leftOutRow{b.Kind, -1})
		}
		p.rows = append(p.rows, leftOutRow{b.Kind, i})
	}
	p.tell()
	p.list.Update()
	if first && len(p.rows) > 1 {
		p.list.FocusIn(p.form.window.win.Canvas(), 1)
	}
}

// tell says what the list is, or why there is none.
func (p *leftOutPanel) tell() {
	m := p.model
	p.intro.Set(widgets.Segment{Text: "The page of this article shows these blocks, and its text has not. What is taken in comes at its place, in a new version; marks are carried over."})
	p.empty.Show()
	p.list.Hide()
	switch {
	case !m.Loaded:
		p.hint.Set(widgets.Segment{Text: "Reading the page…", Color: colorMuted})
	case m.Problem != "":
		p.hint.Set(widgets.Segment{Text: m.Problem, Color: "disputes"})
	case len(m.Blocks) == 0:
		p.intro.Set()
		p.hint.Set(widgets.Segment{Text: "Nothing was left out of this text.", Color: colorMuted})
	default:
		p.empty.Hide()
		p.list.Show()
	}
}

// row makes the heading of a kind, or a block with its tick.
func (p *leftOutPanel) row(i int) widgets.Flowing {
	m, row := p.model, p.rows[i]
	if row.block < 0 {
		return widgets.NewFlow(0, fyne.NewSize(0, 6), widgets.NewProse(lines(lookHeading, 1),
			widgets.Segment{Text: viewmodel.LeftKindWords(row.kind) + " · " + viewmodel.Thousands(m.CountOf(row.kind))}))
	}
	b := m.Blocks[row.block]
	on := m.Ticked(b.Number)
	box := "☐"
	if on {
		box = "☑"
	}
	text := app.Slice(b.Text, 0, leftOutRunes)
	if text != b.Text {
		text += "…"
	}
	objects := []fyne.CanvasObject{widgets.NewProse(lines(lookQuote, 6), widgets.Segment{Text: app.OneLine(text)})}
	if text != b.Text {
		objects = append(objects, widgets.NewProse(lines(lookSmall, 1), widgets.Segment{Text: "the beginning of " + viewmodel.Counted(b.Words, "word")}))
	}
	card := widgets.NewCard(widgets.Frame{Flat: true, Chosen: on}, widgets.NewHang(26, widgets.NewProse(lookBox, widgets.Segment{Text: box}), widgets.NewFlow(2, fyne.Size{}, objects...)))
	card.OnTap = func() { m.Tick(b.Number, !m.Ticked(b.Number)) }
	card.OnKey = func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape {
			p.form.leave()
		} else {
			p.list.Step(max(0, p.list.Focused()), e)
		}
	}
	return card
}
