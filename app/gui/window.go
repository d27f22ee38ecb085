package gui

import (
	"context"
	"errors"
	"os"
	"slices"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/settings"
	"rejoinder/app/viewmodel"
)

// window is the whole window on one notebook; opening another notebook fills it
// anew.
type window struct {
	ctx      context.Context
	app      fyne.App
	win      fyne.Window
	env      Env
	settings settings.Settings

	folder  string
	close   func() error // the notebook
	end     func() error // the same, while the window closes
	stop    func()       // what runs in the background for it
	color   app.Color    // what H marks with
	session *viewmodel.Session

	library *viewmodel.Library
	reader  *viewmodel.Reader // of the active pane
	board   *viewmodel.Board  // of the active pane, or the screen's
	search  *viewmodel.Search
	state   *viewmodel.Window

	bar         *topBar
	status      *statusLine
	panes       []*paneView // of the library, one or two
	active      int         // the pane that has the keys
	libraryView *libraryScreen
	boardView   *boardScreen
	sides       map[screen]sideScreen // the screens side by side
	scope       *scopeBar
	pages       *pageScreen
	marksView   *annotationsScreen
	searchView  *searchScreen
	before      screen // the one that was in front before the results
	unfocused   bool   // the screen in front waits for something that can have the keys
	screens     *fyne.Container
	menu        *menu
	content     *fyne.Container // all of it but the offers of the search box
	notices     *noticeBar
	trouble     *troubleScreen         // in the place of a notebook that cannot be opened, or nil
	repairs     *repairsPanel          // open, or nil
	imported    viewmodel.ImportReport // of the last import; without a sentence there was none
	placing     *placing               // a mark that waits for its passage; nil for none
	escapes     []*func()              // leave what is open over the screens, the topmost last
}

func newWindow(ctx context.Context, a fyne.App, env Env, s settings.Settings) *window {
	w := &window{ctx: ctx, app: a, env: env, settings: s, win: a.NewWindow("Rejoinder")}
	w.win.SetMaster()
	w.win.SetPadded(false)
	w.win.Resize(fyne.NewSize(s.Width, s.Height))
	w.win.SetCloseIntercept(w.quit)
	w.win.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) {
		var paths []string
		for _, u := range uris {
			paths = append(paths, u.Path())
		}
		w.importPaths(paths)
	})
	return w
}

// use builds the window's content on a notebook.
func (w *window) use(dir string, nb *app.Notebook, closeNotebook func() error) {
	background, stop := context.WithCancel(w.ctx)
	w.folder, w.close, w.stop, w.color = dir, closeNotebook, stop, app.Colors[0]
	w.trouble, w.session = nil, w.newSession(nb)
	w.library, w.search, w.state = viewmodel.NewLibrary(w.session), viewmodel.NewSearch(w.session), viewmodel.NewWindow(w.session)
	w.screens, w.repairs, w.placing, w.imported = nil, nil, nil, viewmodel.ImportReport{}

	w.status = newStatusLine(w)
	w.panes, w.active = nil, 0
	w.panes = []*paneView{newPaneView(w)}
	w.libraryView, w.boardView, w.marksView = newLibraryScreen(w), newBoardScreen(w, viewmodel.NewBoard(w.session)), newAnnotationsScreen(w)
	w.searchView, w.before = newSearchScreen(w), screenLibrary
	w.scope = newScopeBar(w)
	w.fillScreens()
	w.refocus()
	w.showPanes()
	w.bar = newTopBar(w)
	w.notices = newNoticeBar(w, viewmodel.NewNotices(w.session, w.settings.Dismissed...))
	w.content = container.NewBorder(container.NewVBox(container.New(layout.NewCustomPaddedVBoxLayout(0), w.bar.root, w.notices.root), w.scope.root), w.status.root, nil, nil, w.screens)
	w.win.SetContent(container.NewStack(w.content, w.bar.offer.root))
	w.menu = newMenu(w)
	w.state.OnChange = func() { w.menu.update(); w.status.update() }
	w.show(screenLibrary)

	unsubscribe := nb.Subscribe(func(c app.Changes) { fyne.Do(func() { w.changed(c) }) })
	go func() { <-background.Done(); unsubscribe() }()
	notices := w.notices.model
	go nb.Watch(background, time.Second, func(err error) { fyne.Do(func() { notices.Replaced(err) }) })
	go nb.KeepBackups(background, 30*time.Minute, func(err error) { fyne.Do(func() { notices.BackupFailed(err) }) })
	go w.status.watch(background)
	w.library.Load()
	w.state.Load()
	notices.Load()
	w.session.Side().Load() // the screens side by side open at once then
}

func (w *window) changed(c app.Changes) {
	w.library.Changed(c)
	for _, p := range w.panes {
		p.model.Changed(c)
	}
	w.session.Side().Changed(c)
	w.marksView.model.Changed(c)
	if w.repairs != nil {
		w.repairs.model.Changed(c)
	}
	w.search.Changed(c)
	w.state.Load()
}

// letGo ends what runs in the background for the notebook and returns what is
// left to do off the screen: to wait for what the user did and close it, which may
// take a while.
func (w *window) letGo() (closeIt func() error) {
	if w.close == nil {
		return func() error { return nil }
	}
	for _, p := range w.panes {
		p.close()
	}
	w.stop()
	session, closeNotebook := w.session, w.close
	w.close = nil
	return func() error { return errors.Join(session.Wait(), closeNotebook()) }
}

// quitPatience is how long Fyne has to end its loop. It can wait for its own last
// event for ever: one that is queued while the queue is being drained is lost.
const quitPatience = 5 * time.Second

// quit closes the window once what is being saved is saved; when that fails, the
// form with it stays, and so does the window.
func (w *window) quit() {
	w.session.Finish(func(saved bool) {
		if saved && w.end == nil { // not asked twice
			w.leave()
		}
	})
}

func (w *window) leave() {
	w.end = sync.OnceValue(w.letGo())
	time.AfterFunc(quitPatience, func() {
		if err := w.end(); err != nil {
			fyne.LogError("close", err)
			os.Exit(1)
		}
		os.Exit(0)
	})
	size := w.win.Canvas().Size()
	w.settings.Width, w.settings.Height, w.settings.Notebook = size.Width, size.Height, w.folder
	if w.libraryView != nil {
		w.settings.PaneWidth, w.settings.ListWidth = float32(w.libraryView.outer.Offset), float32(w.libraryView.inner.Offset)
		w.settings.BoardFirst, w.settings.BoardSecond = float32(w.boardView.splits[0].Offset), float32(w.boardView.splits[1].Offset)
	}
	if err := w.settings.Save(w.env.Settings); err != nil {
		fyne.LogError("settings", err)
	}
	w.app.Quit()
}

// onEscape has Escape call leave, where no field takes it, until over is called.
func (w *window) onEscape(leave func()) (over func()) {
	w.escapes = append(w.escapes, &leave)
	return func() { w.escapes = slices.DeleteFunc(w.escapes, func(other *func()) bool { return other == &leave }) }
}

// fail shows an error; say a short message in the status line.
func (w *window) fail(err error) {
	column := widgets.NewColumn(0, fyne.NewSize(8, 8))
	column.Set(widgets.NewProse(lookRow, widgets.Segment{Text: app.Sentence(err)}))
	d := w.showPanel("That did not work", column)
	d.Resize(fyne.NewSize(520, 220))
}

func (w *window) say(message string) {
	if w.state == nil {
		return // there was no notebook yet
	}
	w.state.Message = message
	w.status.update()
	time.AfterFunc(messageTime, func() {
		fyne.Do(func() {
			if w.state.Message == message {
				w.state.Message = ""
				w.status.update()
			}
		})
	})
}

// messageTime is how long a message stays in the status line.
const messageTime = 12 * time.Second

// show brings a screen to the front.
func (w *window) show(s screen) {
	before := w.shown()
	if s == screenSearch && before != screenSearch {
		w.before = before
	}
	for i, o := range w.screens.Objects {
		if screen(i) == s {
			o.Show()
		} else {
			o.Hide()
		}
	}
	w.bar.choose(s)
	w.refocus()
	for other, side := range w.sides {
		if other != s {
			side.viewModel().Rest()
		}
	}
	if side := w.sides[s]; side != nil {
		w.scope.root.Show()
		side.viewModel().Load()
	} else {
		w.scope.root.Hide()
	}
	if s == screenAnnotations {
		w.marksView.model.Load()
	}
	w.status.update()
	if s != before && w.win.Canvas().Focused() != fyne.Focusable(w.bar.entry) {
		w.focusScreen(s)
	}
}

// focusScreen gives the screen in front the keys: what is hidden must not act.
func (w *window) focusScreen(s screen) {
	w.win.Canvas().Unfocus()
	w.unfocused = w.sides[s] != nil
	w.sideUpdated()
	switch s {
	case screenLibrary:
		w.pane().focus()
	case screenAnnotations:
		w.win.Canvas().Focus(w.marksView.list)
	case screenSearch:
		if w.searchView.focusList(); len(w.search.Found) == 0 {
			w.win.Canvas().Focus(w.bar.entry)
		}
	}
}

// shown is the screen in front.
func (w *window) shown() screen {
	if w.screens != nil {
		for s, o := range w.screens.Objects {
			if o.Visible() {
				return screen(s)
			}
		}
	}
	return screenLibrary
}

// openPassage shows a passage in its article.
func (w *window) openPassage(p app.Passage) {
	w.show(screenLibrary)
	w.library.Select(p.Article)
	w.pane().model.OpenPassage(p)
	w.pane().focus()
}

// openPassageFrom shows a passage of a board: one that stands in a pane stays
// beside it.
func (w *window) openPassageFrom(b *boardScreen, p app.Passage) {
	for i, pane := range w.panes {
		if pane.board == b && len(w.panes) == 2 {
			w.activate(w.panes[1-i])
		}
	}
	w.openPassage(p)
}

// activateBoard gives the pane with this board the keys, if it is in one.
func (w *window) activateBoard(b *boardScreen) {
	for _, p := range w.panes {
		if p.board == b {
			w.activate(p)
		}
	}
}

// setAppearance chooses between light, sepia and dark.
func (w *window) setAppearance(a Appearance) {
	w.settings.Appearance = string(a)
	w.app.Settings().SetTheme(pageTheme{a})
	w.libraryView.update() // the tags' dots are drawn once
	w.menu.update()
	w.keepSettings()
}
