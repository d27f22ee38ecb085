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
	offer *offerPanel // below the box
}

func newTopBar(w *window) *topBar {
	b := &topBar{entry: newSearchEntry(w)}
	b.offer = newOfferPanel(w, b.entry)
	name := widget.NewLabelWithStyle("Rejoinder", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	row := container.NewHBox(name)
	for i, label := range screenNames {
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
