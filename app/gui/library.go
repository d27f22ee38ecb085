package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// libraryScreen is collections and tags | articles | the reader.
type libraryScreen struct {
	root   *fyne.Container
	window *window
	outer  *container.Split
	inner  *container.Split
	area   fyne.CanvasObject // where one reads
	lists  lists             // what of them stands beside it
	pane   *widgets.Column
	title  *widgets.Prose
	sort   *widget.Select
	list   *articleList
	empty  fyne.CanvasObject
	panes  *fyne.Container // the reading area
}

var sortNames = []struct {
	name string
	sort app.ArticleSort
}{{"Published", app.SortPublished}, {"Added", app.SortAdded}, {"Title", app.SortTitle}, {"Last touched", app.SortModified}}

func newLibraryScreen(w *window) *libraryScreen {
	s := &libraryScreen{window: w, pane: widgets.NewColumn(0, fyne.NewSize(0, 8)), panes: container.NewStack()}
	s.title = widgets.NewProse(lines(lookHeading, 1))
	var names []string
	for _, n := range sortNames {
		names = append(names, n.name)
	}
	s.sort = widget.NewSelect(names, func(name string) {
		for _, n := range sortNames {
			if n.name == name {
				w.library.SortBy(n.sort)
			}
		}
	})
	s.sort.SetSelectedIndex(0)
	s.list = newArticleList(w)
	s.empty = newEmptyNotebook(w)
	head := container.New(headLayout{}, s.title, s.sort)
	articles := widgets.NewSurface(widgets.ColorSurface, container.NewBorder(head, nil, nil, nil, s.list))
	s.area = container.NewStack(s.panes, s.empty)
	s.inner = container.NewHSplit(articles, s.area)
	s.inner.SetOffset(float64(w.settings.ListWidth))
	s.outer = container.NewHSplit(widgets.NewSurface(widgets.ColorSurface, s.pane), s.inner)
	s.outer.SetOffset(float64(w.settings.PaneWidth))
	s.root = container.NewStack(s.outer)
	w.library.OnChange = s.update
	w.library.OnSelect = s.list.Refresh
	w.library.OnPlace = func(row int) { s.list.ScrollTo(row) }
	w.library.OnRead = s.list.Refresh
	s.empty.Hide()
	s.arrange()
	return s
}

// lists says what stands left of the reading area.
type lists int

const (
	listsAll lists = iota
	listsArticles
	listsNone
)

// show chooses what stands left of the reading area.
func (s *libraryScreen) show(l lists) {
	s.lists = l
	s.root.Objects = []fyne.CanvasObject{[]fyne.CanvasObject{s.outer, s.inner, s.area}[l]}
	s.root.Refresh()
	s.root.Objects[0].Refresh()
}

// toggleLists hides the lists, or shows them again.
func (w *window) toggleLists() {
	w.show(screenLibrary)
	if w.libraryView.lists == listsAll {
		w.libraryView.show(listsNone)
		w.pane().focus()
		return
	}
	w.libraryView.show(listsAll)
}

// arrange puts the panes side by side.
func (s *libraryScreen) arrange() {
	panes := s.window.panes
	s.panes.Objects = []fyne.CanvasObject{panes[0].root}
	if len(panes) == 2 {
		s.panes.Objects = []fyne.CanvasObject{container.NewHSplit(panes[0].root, panes[1].root)}
	}
	s.panes.Refresh()
}

// headLayout sets the list's title on the left and its order on the right.
type headLayout struct{}

// Layout implements fyne.Layout.
func (headLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	right := o[1].MinSize()
	o[0].Move(fyne.NewPos(16, (size.Height-18)/2))
	o[0].Resize(fyne.NewSize(max(20, size.Width-right.Width-30), 18))
	o[1].Move(fyne.NewPos(size.Width-right.Width-8, (size.Height-right.Height)/2))
	o[1].Resize(right)
}

// MinSize implements fyne.Layout.
func (headLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(180, 44) }

// update shows the view-models' state.
func (s *libraryScreen) update() {
	w := s.window
	s.title.Set(widgets.Segment{Text: w.library.Title() + " · " + viewmodel.Thousands(w.library.Count)})
	s.list.Refresh()
	if w.library.Loaded && w.library.Total == 0 {
		s.empty.Show()
		s.panes.Hide()
	} else {
		s.empty.Hide()
		s.panes.Show()
	}
	s.updatePane()
}

func (s *libraryScreen) updatePane() {
	w := s.window
	q := w.library.Query
	objects := []fyne.CanvasObject{
		paneRow("All articles", w.library.Total, 0, q.Collection == "" && q.Tag == "", "", w.library.ShowAll, nil),
	}
	var saved []fyne.CanvasObject
	searches := 0
	objects = append(objects, paneHeading("Collections"))
	for _, c := range w.library.Collections {
		if c.Query != "" {
			searches++
			saved = append(saved, savedRow(c.Name, func() { w.showSaved(c.Collection) }, func(at fyne.Position) { w.savedMenu(c, at) }))
			for _, p := range c.Problems {
				saved = append(saved, paneHint(p))
			}
			continue
		}
		objects = append(objects, paneRow(c.Name, c.Count, c.Depth, q.Collection == c.ID, "",
			func() { w.library.ShowCollection(c.ID) }, func(at fyne.Position) { w.collectionMenu(c, at) }))
	}
	if len(w.library.Collections) == searches {
		objects = append(objects, paneHint("Group articles with File, New collection."))
	}
	if len(saved) > 0 {
		objects = append(append(objects, paneHeading("Saved searches")), saved...)
	}
	objects = append(objects, paneHeading("Tags"))
	for _, t := range w.library.Tags {
		objects = append(objects, paneRow(t.Name(), t.Count, t.Depth(), q.Tag == t.ID, t.Color,
			func() { w.library.ShowTag(t.ID) }, func(at fyne.Position) { w.tagMenu(t, at) }))
	}
	if len(w.library.Tags) == 0 {
		objects = append(objects, paneHint("Tag a passage or an article with T."))
	}
	s.pane.Set(objects...)
}

// newEmptyNotebook is what an empty notebook says.
func newEmptyNotebook(w *window) fyne.CanvasObject {
	text := widgets.NewProse(lookEmpty, widgets.Segment{Text: "This notebook is empty."})
	more := widgets.NewProse(lookRow, widgets.Segment{Color: colorMuted,
		Text: "Collect the articles of a dispute: text, Markdown or web pages, single files or whole folders. You can also drop them on this window. Then select a passage and record who says what."})
	files := widget.NewButton("Import files…", w.importFiles)
	files.Importance = widget.HighImportance
	row := container.NewHBox(files, widget.NewButton("Import a folder…", w.importFolder), widget.NewButton("Open the sample notebook", w.openSample))
	return container.NewCenter(container.NewGridWrap(fyne.NewSize(520, 240),
		widgets.NewFlow(16, fyne.NewSize(0, 0), text, more, row)))
}
