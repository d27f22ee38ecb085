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

// annotationsScreen lists every mark of the notebook, to be filtered, ordered,
// ticked and changed together.
type annotationsScreen struct {
	root    fyne.CanvasObject
	window  *window
	model   *viewmodel.Annotations
	text    *filterEntry
	summary *widgets.Prose
	row     *fyne.Container // of the filters and the order
	filters []*filterTab
	clear   *widgets.Tab
	acts    *fyne.Container
	list    *markList
	empty   *fyne.Container
	hint    *widgets.Prose
	more    *widgets.Prose
}

// filterTab is a word that shows what the list is narrowed to, and changes it.
type filterTab struct {
	*widgets.Tab
	label func() (text string, set bool)
}

var markSorts = []struct {
	name string
	sort app.AnnotationSort
}{{"Last touched", app.SortModified}, {"Made", app.SortCreated}, {"Article and place", app.SortPosition},
	{"Date of the article", app.SortPublished}, {"Colour", app.SortColor}}

func newAnnotationsScreen(w *window) *annotationsScreen {
	s := &annotationsScreen{window: w, model: viewmodel.NewAnnotations(w.session)}
	m := s.model
	s.text = newFilterEntry(s)
	s.summary = widgets.NewProse(lines(lookHeading, 1))
	filters := container.NewHBox(container.NewGridWrap(fyne.NewSize(260, 36), s.text))
	order := container.NewHBox()
	tabs := s.filterTabs()
	for i, f := range tabs {
		s.filters = append(s.filters, f)
		if i == len(tabs)-1 {
			order.Add(container.NewVBox(layout.NewSpacer(), f.Tab, layout.NewSpacer()))
			break
		}
		filters.Add(container.NewVBox(layout.NewSpacer(), f.Tab, layout.NewSpacer()))
	}
	s.clear = widgets.NewTab("Show all", func() { s.text.SetText(""); m.ClearFilter() })
	order.Add(container.NewVBox(layout.NewSpacer(), s.clear, layout.NewSpacer()))
	s.row = container.NewBorder(nil, nil, nil, order, container.NewHScroll(filters))
	s.acts = container.NewHBox()
	for _, act := range s.actions() {
		s.acts.Add(act)
	}
	all := widgets.NewTab("Tick all", nil)
	all.OnTap = func() { m.TickAll(m.TickedCount() == 0) }
	second := container.NewBorder(nil, nil, all, s.acts, container.NewVBox(layout.NewSpacer(), s.summary, layout.NewSpacer()))
	head := widgets.NewSurface(widgets.ColorSurface, container.NewVBox(
		container.New(layout.NewCustomPaddedLayout(8, 2, 12, 12), s.row),
		container.New(layout.NewCustomPaddedLayout(0, 4, 4, 12), second), widgets.Rule()))
	s.list = newMarkList(s)
	s.hint = widgets.NewProse(lookEmpty)
	s.more = widgets.NewProse(lookRow)
	s.empty = container.NewCenter(container.NewGridWrap(fyne.NewSize(460, 140), widgets.NewFlow(10, fyne.Size{}, s.hint, s.more)))
	s.root = widgets.NewSurface(widgets.ColorSurface, container.NewBorder(head, nil, nil, nil, container.NewStack(s.list, s.empty)))
	m.OnChange = s.update
	s.update()
	return s
}

// update shows the view-model's state.
func (s *annotationsScreen) update() {
	m := s.model
	s.summary.Set(widgets.Segment{Text: m.Summary()})
	for _, f := range s.filters {
		label, set := f.label()
		f.SetLabel(label)
		f.Choose(set)
	}
	s.row.Refresh()
	s.clear.Enable(m.Filtered())
	for _, o := range s.acts.Objects {
		if t, ok := o.(*widgets.Tab); ok {
			t.Enable(m.Count > 0)
		}
	}
	if m.Loaded && m.Count == 0 {
		text, more := "Nothing is marked yet.", "Marks are made in the reader: select a passage, then H highlights it, A comments on it, T tags it and S records who says it."
		if m.Filtered() {
			text, more = "No mark is like that.", "Show all takes the filters away."
		}
		s.hint.Set(widgets.Segment{Text: text})
		s.more.Set(widgets.Segment{Text: more, Color: colorMuted})
		s.empty.Show()
		s.list.Hide()
	} else {
		s.empty.Hide()
		s.list.Show()
	}
	s.list.Refresh()
}

// actions are what can be done with the ticked marks.
func (s *annotationsScreen) actions() []fyne.CanvasObject {
	w, m := s.window, s.model
	recolor := widgets.NewTab("Recolour ▾", nil)
	recolor.OnTap = func() {
		var items []*fyne.MenuItem
		for _, c := range app.Colors {
			items = append(items, item(s.model.ColorName(c), func() { m.Recolor(c) }))
		}
		showMenu(w, below(recolor), items)
	}
	return []fyne.CanvasObject{
		widgets.NewTab("Tag…", func() {
			w.askLine("Tag the ticked marks", "environment/dredging", "", w.tagPaths, func(path string) { m.Tag(path, true) })
		}),
		widgets.NewTab("Untag…", func() {
			w.askLine("Take a tag off the ticked marks", "environment/dredging", "", w.tagPaths, func(path string) { m.Tag(path, false) })
		}),
		recolor,
		widgets.NewTab("Trash", m.Trash),
		widgets.NewTab("Copy as Markdown", s.copy),
		widgets.NewTab("Export…", s.export),
	}
}

// copy puts the ticked marks, or all that are listed, on the clipboard.
func (s *annotationsScreen) copy() {
	s.model.Markdown(func(markdown string, n int) {
		s.window.app.Clipboard().SetContent(markdown)
		s.window.say(fmt.Sprintf("%s copied as Markdown", viewmodel.Marks(n)))
	})
}

// export writes the ticked marks, or all that are listed, into a file.
func (s *annotationsScreen) export() {
	s.window.askNewFile("quotes.md", func(path string) {
		s.model.Markdown(func(markdown string, n int) {
			if err := s.window.writeFile(path, []byte(markdown)); err != nil {
				s.window.fail(err)
				return
			}
			s.window.say(fmt.Sprintf("%s written to %s", viewmodel.Marks(n), path))
		})
	})
}

// filterEntry narrows the list to words while one types.
type filterEntry struct {
	widget.Entry
	screen *annotationsScreen
}

func newFilterEntry(s *annotationsScreen) *filterEntry {
	e := &filterEntry{screen: s}
	e.ExtendBaseWidget(e)
	e.SetPlaceHolder("Words in quote, note or tag")
	e.OnChanged = func(text string) {
		if text != s.model.Query.Text {
			s.model.Choose(func(q *app.AnnotationQuery) { q.Text = text })
		}
	}
	return e
}

// TypedKey implements fyne.Focusable.
func (e *filterEntry) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyEscape:
		e.SetText("")
	case fyne.KeyDown, fyne.KeyReturn:
		e.screen.window.win.Canvas().Focus(e.screen.list)
	default:
		e.Entry.TypedKey(k)
	}
}
