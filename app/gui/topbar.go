package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app/gui/widgets"
)

// topBar is the row with the screens' names and the search box.
type topBar struct {
	root  fyne.CanvasObject
	tabs  []*widgets.Tab // in the order of the screens
	entry *searchEntry
}

func newTopBar(w *window) *topBar {
	b := &topBar{entry: newSearchEntry(w)}
	name := widget.NewLabelWithStyle("Rejoinder", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	row := container.NewHBox(name)
	for i, label := range []string{"Library", "Board", "Annotations"} {
		tab := widgets.NewTab(label, func() { w.show(screen(i)) })
		b.tabs = append(b.tabs, tab)
		row.Add(container.NewVBox(layout.NewSpacer(), tab, layout.NewSpacer()))
	}
	box := container.NewGridWrap(fyne.NewSize(440, 36), b.entry)
	row.Add(layout.NewSpacer())
	row.Add(container.NewVBox(layout.NewSpacer(), box, layout.NewSpacer()))
	b.root = widgets.NewFlow(0, fyne.Size{},
		widgets.NewSurface(widgets.ColorSurface, container.New(layout.NewCustomPaddedLayout(5, 5, 8, 12), row)), widgets.Rule())
	return b
}

func (b *topBar) choose(s screen) {
	for i, t := range b.tabs {
		t.Choose(screen(i) == s)
	}
}

// searchEntry is the box over everything: it searches as one types, Down and
// Return go to the results, Escape clears it.
type searchEntry struct {
	widget.Entry
	window *window
}

func newSearchEntry(w *window) *searchEntry {
	e := &searchEntry{window: w}
	e.ExtendBaseWidget(e)
	e.SetPlaceHolder("Search everything   (" + shortcutText("Shift+F") + ")")
	e.OnChanged = func(text string) {
		w.show(screenLibrary)
		w.search.Type(text)
	}
	e.OnSubmitted = func(string) { w.libraryView.focusResults() }
	return e
}

// TypedKey implements fyne.Focusable.
func (e *searchEntry) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyEscape:
		e.SetText("")
		e.window.libraryView.focusList()
	case fyne.KeyDown:
		e.window.libraryView.focusResults()
	default:
		e.Entry.TypedKey(k)
	}
}
