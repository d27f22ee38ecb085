package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rejoinder/app"
	"rejoinder/app/viewmodel"
)

// paneView is one part of the reading area: a head with where one is, over an
// article or the board.
type paneView struct {
	root    fyne.CanvasObject
	window  *window
	model   *viewmodel.Pane
	reader  *readerScreen
	board   *boardScreen
	head    *paneHead
	content *fyne.Container
}

func newPaneView(w *window) *paneView {
	p := &paneView{window: w, model: viewmodel.NewPane(w.session)}
	p.reader = newReaderScreen(w, p.model.Reader)
	p.board = newBoardScreen(w, p.model.Board)
	p.head = newPaneHead(p)
	p.board.root.Hide()
	p.content = container.NewStack(p.reader.root, p.board.root)
	p.root = container.NewBorder(p.head, nil, nil, nil, p.content)
	p.model.OnChange = p.update
	p.reader.onPlace, p.reader.onChange = p.head.progressed, p.head.update
	p.model.Reader.OnKept = w.library.Read
	return p
}

func (p *paneView) update() {
	if p.model.Place.Board {
		p.board.root.Show()
		p.reader.root.Hide()
	} else {
		p.reader.root.Show()
		p.board.root.Hide()
	}
	p.head.update()
	p.window.refocus()
}

// close keeps what is still being done in the pane.
func (p *paneView) close() {
	p.reader.flush()
	p.model.Reader.Close()
	p.model.Board.Rest()
}

// focus gives the pane the keys.
func (p *paneView) focus() {
	canvas := p.window.win.Canvas()
	switch {
	case p.model.Place.Board:
		canvas.Unfocus()
	case p.reader.shown != "":
		canvas.Focus(p.reader.view)
	default: // when its text is there
		canvas.Unfocus()
		p.reader.wantsKeys = true
	}
}

// pane is the one that has the keys.
func (w *window) pane() *paneView { return w.panes[w.active] }

// activate gives a pane the keys.
func (w *window) activate(p *paneView) {
	for i, other := range w.panes {
		if other == p && i != w.active {
			w.active = i
			w.refocus()
			w.showPanes()
		}
	}
}

func (w *window) activateReader(r *readerScreen) {
	for _, p := range w.panes {
		if p.reader == r {
			w.activate(p)
		}
	}
}

// refocus makes the active reader and board those that the menus act on.
func (w *window) refocus() {
	if len(w.panes) == 0 {
		return
	}
	w.reader, w.board = w.pane().model.Reader, w.pane().model.Board
	if w.sideShown() != nil {
		w.board = w.boardView.model
	}
	if w.status != nil {
		w.status.update()
	}
	if w.libraryView != nil && w.shown() == screenLibrary {
		w.library.Select(w.shownArticle())
	}
}

// shownArticle is the article in the pane that has the keys; "" for the board.
func (w *window) shownArticle() app.ArticleID {
	if place := w.pane().model.Place; !place.Board {
		return place.Article
	}
	return ""
}

// functionKey runs the keys that need no modifier wherever the focus is.
func (w *window) functionKey(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyF6:
		w.otherPane()
	case fyne.KeyF1:
		w.showShortcuts()
	default:
		return false
	}
	return true
}

// onBoard says whether what has the keys is a board.
func (w *window) onBoard() bool {
	return w.sideShown() != nil || w.shown() == screenLibrary && w.pane().model.Place.Board
}

// split puts a second pane beside the first: with the same article, to open
// another one in it, or with the board.
func (w *window) split(board bool) {
	w.show(screenLibrary)
	first := w.pane()
	if len(w.panes) == 1 {
		w.panes = append(w.panes, newPaneView(w))
	}
	second := w.panes[1]
	if board {
		second.model.ShowBoard()
		w.libraryView.show(listsNone) // it needs the room
	} else if r := first.model.Reader; first != second && r.Article.ID != "" {
		second.model.Open(r.Article.ID, r.At)
	}
	w.active = 1
	if !board && w.libraryView.lists == listsAll {
		w.libraryView.show(listsArticles)
	}
	w.libraryView.arrange()
	w.refocus()
	w.showPanes()
	second.focus()
}

// unsplit closes the pane that has the keys.
func (w *window) unsplit() {
	if len(w.panes) < 2 {
		return
	}
	w.pane().close()
	w.panes = append(w.panes[:w.active], w.panes[w.active+1:]...)
	w.active = 0
	w.libraryView.show(listsAll)
	w.libraryView.arrange()
	w.refocus()
	w.showPanes()
	w.pane().focus()
}

// otherPane gives the other pane the keys.
func (w *window) otherPane() {
	w.show(screenLibrary)
	if len(w.panes) == 2 {
		w.activate(w.panes[1-w.active])
	}
	w.pane().focus()
}

// showPanes draws the heads anew: one has the keys, and both can be closed.
func (w *window) showPanes() {
	for _, p := range w.panes {
		p.head.update()
	}
}
