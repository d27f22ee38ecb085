package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// sideScreen is one of the screens side by side, which share a scope.
type sideScreen interface {
	object() fyne.CanvasObject
	viewModel() sideModel
	focus()                    // it gets the keys
	key(*fyne.KeyEvent)        // a key while nothing on it has the focus
	chosen() (app.Ref, bool)   // the actor or claim that menus act on
	hint() string              // what the keys do
	exports() []*fyne.MenuItem // what can be taken out of it
}

// sideModel is the view-model of such a screen.
type sideModel interface {
	Load() // it comes to the front
	Rest() // another comes to the front
}

// sideBase is what such screens are made of.
type sideBase struct {
	window *window
	shows  sideModel
	root   *widgets.Surface
	main   fyne.CanvasObject
	empty  fyne.CanvasObject // stands there while there is nothing to show
}

// stand puts the screen together; empty may be nil.
func (s *sideBase) stand(shows sideModel, main, empty fyne.CanvasObject) {
	s.shows, s.main, s.empty = shows, main, empty
	all := container.NewStack(main)
	if empty != nil {
		empty.Hide()
		all.Add(empty)
	}
	s.root = widgets.NewSurface(colorDesk, all)
}

// object implements sideScreen.
func (s *sideBase) object() fyne.CanvasObject { return s.root }

// viewModel implements sideScreen.
func (s *sideBase) viewModel() sideModel { return s.shows }

// fills shows the screen, or what stands there while it is empty, and returns
// whether there is something on it.
func (s *sideBase) fills(something bool) bool {
	if something {
		s.empty.Hide()
		s.main.Show()
	} else {
		s.main.Hide()
		s.empty.Show()
	}
	return something
}

// scopeBar narrows the screens side by side: a row of filters, the saved views,
// and ways to take the screen out.
type scopeBar struct {
	root    fyne.CanvasObject
	window  *window
	side    *viewmodel.Side
	filters []*filterTab
	clear   *widgets.Tab
	views   *widgets.Tab
	export  *widgets.Tab
	row     *fyne.Container
}

func newScopeBar(w *window) *scopeBar {
	s := &scopeBar{window: w, side: w.session.Side()}
	left := container.NewHBox()
	for _, f := range s.filterTabs() {
		s.filters = append(s.filters, f)
		left.Add(f.Tab)
	}
	s.clear = widgets.NewTab("Show all", func() { s.side.Choose(func(c *app.Scope) { *c = app.Scope{} }) })
	left.Add(s.clear)
	s.views = widgets.NewTab("Views ▾", nil)
	s.views.OnTap = func() { showMenu(w, below(s.views), s.viewItems()) }
	s.export = widgets.NewTab("Take out ▾", nil)
	s.export.OnTap = func() {
		if screen := w.sideShown(); screen != nil {
			showMenu(w, below(s.export), screen.exports())
		}
	}
	s.row = container.NewBorder(nil, nil, nil, container.NewHBox(s.views, s.export), container.NewHScroll(left))
	s.root = widgets.NewFlow(0, fyne.Size{}, widgets.NewSurface(widgets.ColorSurface,
		container.New(layout.NewCustomPaddedLayout(2, 2, 4, 4), s.row)), widgets.Rule())
	s.side.OnChange(s.update)
	s.update()
	return s
}

func (s *scopeBar) update() {
	for _, f := range s.filters {
		label, set := f.label()
		f.SetLabel(label)
		f.Choose(set)
	}
	if s.side.Scope == (app.Scope{}) {
		s.clear.Hide()
	} else {
		s.clear.Show()
	}
	s.row.Refresh()
}

func scopeLabel(name, value string) (string, bool) {
	if value == "" {
		return name + " ▾", false
	}
	return name + ": " + app.Slice(value, 0, 28), true
}

func (s *scopeBar) filterTabs() []*filterTab {
	make := func(label func() (string, bool), open func(at fyne.Position)) *filterTab {
		text, _ := label()
		f := &filterTab{label: label}
		f.Tab = widgets.NewTab(text, nil)
		f.OnTap = func() { open(below(f.Tab)) }
		return f
	}
	side := s.side
	return []*filterTab{
		make(func() (string, bool) { return scopeLabel("Topic", side.TopicName()) }, func(fyne.Position) { s.askTopic() }),
		make(func() (string, bool) { return scopeLabel("Tag", side.TagName()) }, func(fyne.Position) { s.askTag() }),
		make(func() (string, bool) { return scopeLabel("Collection", side.CollectionName()) }, func(fyne.Position) { s.askCollection() }),
		make(func() (string, bool) { return scopeLabel("Actor", side.ActorName()) }, func(fyne.Position) { s.askActor() }),
		make(func() (string, bool) {
			span := string(side.Scope.From) + "–" + string(side.Scope.To)
			if span == "–" {
				span = ""
			}
			return scopeLabel("Dates", span)
		}, func(fyne.Position) { s.askDates() }),
		make(func() (string, bool) {
			if side.Scope.Wholes {
				return "Parts count for wholes", true
			}
			return "Parts by themselves", false
		}, func(fyne.Position) { side.Choose(func(c *app.Scope) { c.Wholes = !c.Wholes }) }),
	}
}

// askScope asks for one of many by name; an empty line takes the limit away.
func askScope[T any](s *scopeBar, title string, all []T, name func(T) string, choose func(*app.Scope, T)) {
	var names []string
	for _, x := range all {
		names = append(names, name(x))
	}
	s.window.askLineOrNone(title, suggest(func(typed string) []string { return viewmodel.Matching(names, typed) }), func(typed string) {
		var none T
		if typed == "" {
			s.side.Choose(func(c *app.Scope) { choose(c, none) })
			return
		}
		for _, x := range all {
			if app.FoldName(name(x)) == app.FoldName(typed) {
				s.side.Choose(func(c *app.Scope) { choose(c, x) })
				return
			}
		}
		s.window.say("There is none called " + typed)
	})
}

func (s *scopeBar) askTopic() {
	askScope(s, "Only claims with the tag…", s.side.Tags, tagPath, func(c *app.Scope, t app.TagRow) { c.Topic = t.ID })
}

func (s *scopeBar) askTag() {
	askScope(s, "Only statements on, by or in something with the tag…", s.side.Tags, tagPath, func(c *app.Scope, t app.TagRow) { c.Tag = t.ID })
}

func (s *scopeBar) askCollection() {
	askScope(s, "Only statements in articles of…", s.side.Collections, func(c app.CollectionRow) string { return c.Name },
		func(c *app.Scope, in app.CollectionRow) { c.Collection = in.ID })
}

func (s *scopeBar) askActor() {
	var all []app.Actor
	if d := s.side.Discourse; d != nil {
		all = d.Actors
	}
	askScope(s, "Only what this actor and its parts say…", all, actorName, func(c *app.Scope, a app.Actor) { c.Actor = a.ID })
}

func (s *scopeBar) askDates() {
	from, to := newFormEntry(string(s.side.Scope.From), "2019-10-08, 2019-10 or 2019"), newFormEntry(string(s.side.Scope.To), "2019-10-08, 2019-10 or 2019")
	f := s.window.newForm("Statements made", 420, 260, fieldLabel("From"), from, fieldLabel("To"), to)
	f.save = func() {
		scope := app.Scope{From: app.Date(from.Text), To: app.Date(to.Text)}
		if err := scope.Validate(); err != nil {
			s.window.fail(err)
			return
		}
		s.side.Choose(func(c *app.Scope) { c.From, c.To = scope.From, scope.To })
		f.hide()
	}
	f.showFrom(from)
}

// viewItems are the saved views, and what can be done with them.
func (s *scopeBar) viewItems() []*fyne.MenuItem {
	w := s.window
	items := []*fyne.MenuItem{item("Save this view…", w.saveView)}
	if len(s.side.Views) > 0 {
		items = append(items, fyne.NewMenuItemSeparator())
	}
	remove := fyne.NewMenuItem("Move a view to the trash", nil)
	remove.ChildMenu = fyne.NewMenu("")
	for _, v := range s.side.Views {
		name := v.Name
		if s.side.Lost[v.ID] {
			name += " (names what is not there)"
		}
		items = append(items, item(name, func() { w.showView(v) }))
		remove.ChildMenu.Items = append(remove.ChildMenu.Items, item(v.Name, func() { s.side.TrashView(v.ID) }))
	}
	if len(s.side.Views) > 0 {
		items = append(items, fyne.NewMenuItemSeparator(), remove)
	}
	return items
}

// saveView keeps the filter and the screen in front under a name.
func (w *window) saveView() {
	if w.screenName(w.shown()) == "" {
		w.say("Views are saved of the board and the screens beside it")
		return
	}
	w.askLine("Save this view", "Its name", "", nil, func(name string) {
		w.session.Side().SaveView(name, w.screenName(w.shown()))
	})
}

// showView shows a saved view.
func (w *window) showView(v app.View) {
	for s := range screenSearch {
		if w.screenName(s) == v.Screen {
			w.show(s)
		}
	}
	w.session.Side().Choose(func(c *app.Scope) { *c = v.Scope })
}
