package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rejoinder/app"
)

// screen names one of the window's screens.
type screen int

const (
	screenLibrary screen = iota
	screenBoard
	screenDispute
	screenMatrix
	screenTimeline
	screenMap
	screenGaps
	screenPage
	screenAnnotations
	screenSearch
)

// screenNames are what the tabs say, in their order.
var screenNames = []string{"Library", "Board", "Dispute", "Matrix", "Timeline", "Map", "Gaps", "Pages", "Annotations", "Search"}

// fillScreens puts the screens behind each other, in the order of their names.
func (w *window) fillScreens() {
	w.pages = newPageScreen(w)
	w.sides = map[screen]sideScreen{screenBoard: w.boardView, screenDispute: newDisputeScreen(w), screenMatrix: newMatrixScreen(w),
		screenTimeline: newTimelineScreen(w), screenMap: newMapScreen(w), screenGaps: newGapsScreen(w), screenPage: w.pages}
	objects := make([]fyne.CanvasObject, len(screenNames))
	objects[screenLibrary], objects[screenAnnotations], objects[screenSearch] = w.libraryView.root, w.marksView.root, w.searchView.root
	for s, side := range w.sides {
		objects[s] = side.object()
	}
	for s, o := range objects { // one that is seen makes the window as high as it is itself
		if screen(s) != screenLibrary {
			o.Hide()
		}
	}
	w.screens = container.NewStack(objects...)
}

// screenName is how saved views call a screen.
func (w *window) screenName(s screen) string {
	return map[screen]string{screenBoard: "board", screenDispute: "dispute", screenMatrix: "matrix", screenTimeline: "timeline", screenMap: "map", screenGaps: "gaps"}[s]
}

// sideShown is the screen side by side that is in front; nil for another screen.
func (w *window) sideShown() sideScreen { return w.sides[w.shown()] }

// sideUpdated is called when the screen in front was drawn anew; it gets the keys
// as soon as something on it can have them.
func (w *window) sideUpdated() {
	w.status.update()
	canvas := w.win.Canvas()
	if side := w.sideShown(); side != nil && w.unfocused && canvas.Overlays().Top() == nil {
		if canvas.Focused() == nil { // else somebody took them meanwhile
			side.focus()
		}
		w.unfocused = canvas.Focused() == nil
	}
}

// pageOfChosen shows the page of what is chosen.
func (w *window) pageOfChosen() {
	if ref, ok := w.chosenThing(); ok {
		w.openPage(ref)
	}
}

// chooseNothing does on the screen in front what Escape does.
func (w *window) chooseNothing() {
	if side := w.sideShown(); side != nil {
		side.key(&fyne.KeyEvent{Name: fyne.KeyEscape})
	} else if w.onBoard() {
		w.board.Clear()
	}
}

// chosenThing is the actor or claim that menus act on.
func (w *window) chosenThing() (app.Ref, bool) {
	if side := w.sideShown(); side != nil {
		return side.chosen()
	}
	if w.onBoard() {
		return w.board.ChosenRef()
	}
	return app.Ref{}, false
}

// sideKey runs the keys that all screens side by side have.
func (w *window) sideKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyF6, fyne.KeyF1:
		w.functionKey(e)
	case fyne.KeyS:
		w.statementForm()
	case fyne.KeyX:
		w.counterclaimForm()
	case fyne.KeyN:
		w.boardNote()
	case fyne.KeyP:
		w.pageOfChosen()
	}
}
