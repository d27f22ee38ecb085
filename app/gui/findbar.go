package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app/gui/widgets"
)

// findBar is the row in which one types what to find in the article.
type findBar struct {
	root   *fyne.Container
	reader *readerScreen
	entry  *findEntry
	count  *widgets.Prose
}

func newFindBar(r *readerScreen) *findBar {
	b := &findBar{reader: r, count: widgets.NewProse(lines(lookSmall, 1))}
	b.entry = &findEntry{bar: b}
	b.entry.ExtendBaseWidget(b.entry)
	b.entry.SetPlaceHolder("Find in this article")
	b.entry.OnChanged = func(words string) {
		if words == "" {
			r.model.ClearFind()
			return
		}
		if words != r.model.Found.Words {
			r.model.Find(words)
		}
	}
	count := container.NewVBox(layout.NewSpacer(), container.NewGridWrap(fyne.NewSize(120, 18), b.count), layout.NewSpacer())
	row := container.NewHBox(container.NewGridWrap(fyne.NewSize(300, 34), b.entry), count,
		widgets.NewTab("↑", func() { r.model.NextHit(false) }), widgets.NewTab("↓", func() { r.model.NextHit(true) }), widgets.NewTab("Done", b.close))
	b.root = container.New(layout.NewCustomPaddedLayout(4, 4, 12, 12), row)
	b.root.Hide()
	return b
}

// open shows the bar and gives it the keys.
func (b *findBar) open() {
	if b.reader.model.Article.ID == "" {
		return
	}
	b.root.Show()
	if quote := b.reader.model.Quote(); b.reader.model.Selected() && len(quote) < 80 {
		b.entry.SetText(quote)
	}
	b.reader.window.win.Canvas().Focus(b.entry)
	b.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	b.reader.body.Refresh()
}

// close hides the bar, with the marks of what was found; the hit stays selected.
func (b *findBar) close() {
	b.root.Hide()
	b.reader.model.LeaveFind()
	b.entry.SetText("")
	b.reader.window.win.Canvas().Focus(b.reader.view)
	b.reader.body.Refresh()
}

func (b *findBar) update() {
	m := b.reader.model
	if len(m.Found.Hits) > 0 && m.Found.Words == "" && !b.root.Visible() { // the words of a search
		b.root.Show()
		b.reader.body.Refresh()
	}
	if m.Found.Words == "" && len(m.Found.Hits) == 0 && b.root.Visible() && b.entry.Text != "" {
		b.entry.SetText("") // another article
	}
	b.count.Set(widgets.Segment{Text: m.FoundSummary()})
}

// findEntry is the bar's entry: Return goes to the next place, with Shift to the
// one before, Escape closes.
type findEntry struct {
	widget.Entry
	bar   *findBar
	shift bool
}

// TypedKey implements fyne.Focusable.
func (e *findEntry) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyEscape:
		e.bar.close()
	case fyne.KeyReturn, fyne.KeyEnter:
		e.bar.reader.model.NextHit(!e.shift)
	case fyne.KeyDown, fyne.KeyUp:
		e.bar.reader.model.NextHit(k.Name == fyne.KeyDown)
	default:
		e.Entry.TypedKey(k)
	}
}

// KeyDown implements desktop.Keyable.
func (e *findEntry) KeyDown(k *fyne.KeyEvent) {
	e.shift = e.shift || k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight
	e.Entry.KeyDown(k)
}

// FocusLost implements fyne.Focusable.
func (e *findEntry) FocusLost() {
	e.shift = false
	e.Entry.FocusLost()
}

// KeyUp implements desktop.Keyable.
func (e *findEntry) KeyUp(k *fyne.KeyEvent) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		e.shift = false
	}
	e.Entry.KeyUp(k)
}
