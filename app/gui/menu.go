package gui

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"rejoinder/app"
)

// menu is the main menu: every action has an entry here, with its shortcut.
type menu struct {
	main   *fyne.MainMenu
	window *window
	undo   *fyne.MenuItem
	redo   *fyne.MenuItem
}

// shortcut is Ctrl, or Cmd on a Mac, with a key and maybe Shift.
func shortcut(key fyne.KeyName, more ...fyne.KeyModifier) fyne.Shortcut {
	s := &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
	for _, m := range more {
		s.Modifier |= m
	}
	return s
}

// shortcutText is how a shortcut is written here: "Ctrl+Shift+F", "⌘⇧F".
func shortcutText(keys string) string {
	if runtime.GOOS == "darwin" {
		return "⌘" + keys
	}
	return "Ctrl+" + keys
}

// historyKey is Alt with an arrow, or Cmd with a bracket on a Mac, where Alt with
// an arrow moves by words.
func historyKey(arrow, bracket fyne.KeyName) fyne.Shortcut {
	if runtime.GOOS == "darwin" {
		return shortcut(bracket)
	}
	return withKey(fyne.KeyModifierAlt, arrow)
}

// withKey is a shortcut with modifiers of its own.
func withKey(m fyne.KeyModifier, key fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: m}
}

func item(label string, action func(), s ...fyne.Shortcut) *fyne.MenuItem {
	i := fyne.NewMenuItem(label, action)
	if len(s) > 0 {
		i.Shortcut = s[0]
	}
	return i
}

func newMenu(w *window) *menu {
	m := &menu{window: w, undo: item("Undo", w.undo, &fyne.ShortcutUndo{}),
		redo: item("Redo", w.redo, shortcut(fyne.KeyZ, fyne.KeyModifierShift))}
	m.main = fyne.NewMainMenu(m.menus()...)
	w.win.SetMainMenu(m.main)
	w.moreShortcuts()
	w.win.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) {
		if n := len(w.escapes); e.Name == fyne.KeyEscape && n > 0 {
			(*w.escapes[n-1])()
		} else if w.functionKey(e) {
			return
		} else if side := w.sideShown(); side != nil {
			side.key(e)
		}
	})
	return m
}

// menus are made anew with every change, as some entries show what is chosen.
func (m *menu) menus() []*fyne.Menu {
	w := m.window
	line := fyne.NewMenuItemSeparator()
	file := fyne.NewMenu("File",
		item("Import files…", w.importFiles, shortcut(fyne.KeyO)),
		item("Import a folder…", w.importFolder, shortcut(fyne.KeyO, fyne.KeyModifierShift)),
		item("Result of the last import…", w.showImportReport, shortcut(fyne.KeyI)), line,
		item("New collection…", w.newCollection, shortcut(fyne.KeyN, fyne.KeyModifierShift)),
		item("Edit the article…", w.articleForm, shortcut(fyne.KeyE)),
		item("Import new version…", w.updateArticle, shortcut(fyne.KeyU, fyne.KeyModifierShift)),
		item("Read again as…", w.readAgainForm, shortcut(fyne.KeyU)),
		item("What was left out…", w.showLeftOut, shortcut(fyne.KeyD, fyne.KeyModifierShift)),
		item("Compare versions…", w.showComparison, shortcut(fyne.KeyD)),
		item("This article copies…", w.joinStory),
		item("Put article into a collection…", w.collectForm, shortcut(fyne.KeyL)),
		line,
		item("Open notebook…", w.openFolder),
		item("Open the sample notebook", w.openSample), line,
		item("Back up now", w.state.Backup, shortcut(fyne.KeyK)),
		item("Backups…", w.showBackups, shortcut(fyne.KeyK, fyne.KeyModifierShift)),
		item("Save a copy of the notebook…", w.saveCopyForm, shortcut(fyne.KeyA, fyne.KeyModifierShift)),
		item("Show the notebook's folder", w.showFolder), line,
		quitItem(w))
	edit := fyne.NewMenu("Edit", m.undo, m.redo, item("History…", w.showHistory, shortcut(fyne.KeyH, fyne.KeyModifierShift)), line,
		item("Copy the quote", w.copyQuote),
		item("Copy the quote with its citation", w.copyCitation, shortcut(fyne.KeyC, fyne.KeyModifierShift)), line,
		item("Move to the trash    Del", w.trashChosen),
		item("Trash…", w.showTrash),
		item("Remove for good, everywhere…", w.purgeChosen), line,
		item("Find in this article", w.findHere, shortcut(fyne.KeyF)),
		item("Find next", func() { w.reader.NextHit(true) }, shortcut(fyne.KeyG)),
		item("Find previous", func() { w.reader.NextHit(false) }, shortcut(fyne.KeyG, fyne.KeyModifierShift)))
	mark := fyne.NewMenu("Mark", append(w.markItems(), line, item("Next mark    ]", func() { w.reader.Step(true) }),
		item("Previous mark    [", func() { w.reader.Step(false) }),
		item("Marks to look at…", w.showRepairs, shortcut(fyne.KeyR, fyne.KeyModifierShift)),
		item("Names of the colours…", w.colorNamesForm))...)
	board := fyne.NewMenu("Board",
		item("Record a statement…", w.statementForm, shortcut(fyne.KeyT, fyne.KeyModifierShift)),
		item("Set a counterclaim…", w.counterclaimForm, shortcut(fyne.KeyX, fyne.KeyModifierShift)), line)
	board.Items = append(board.Items, w.boardItems()...)
	view := fyne.NewMenu("View",
		item("Library", func() { w.show(screenLibrary) }, shortcut(fyne.Key1)),
		item("Board", func() { w.show(screenBoard) }, shortcut(fyne.Key2)),
		item("Annotations", func() { w.show(screenAnnotations) }, shortcut(fyne.Key3)),
		item("Search", func() { w.show(screenSearch) }, shortcut(fyne.Key4)),
		item("Dispute", func() { w.show(screenDispute) }, shortcut(fyne.Key5)),
		item("Matrix", func() { w.show(screenMatrix) }, shortcut(fyne.Key6)),
		item("Timeline", func() { w.show(screenTimeline) }, shortcut(fyne.Key7)),
		item("Map", func() { w.show(screenMap) }, shortcut(fyne.Key8)),
		item("Gaps", func() { w.show(screenGaps) }, shortcut(fyne.Key9)),
		item("Pages", func() { w.show(screenPage) }, shortcut(fyne.KeyJ)),
		item("Save this view…", w.saveView), line,
		item("Back", w.back, historyKey(fyne.KeyLeft, fyne.KeyLeftBracket)),
		item("Forward", w.forward, historyKey(fyne.KeyRight, fyne.KeyRightBracket)), line,
		item("Second article beside", func() { w.split(false) }, shortcut(fyne.KeyBackslash)),
		item("Board beside", func() { w.split(true) }, shortcut(fyne.KeyBackslash, fyne.KeyModifierShift)),
		item("Other side", w.otherPane, withKey(fyne.KeyModifierShortcutDefault, fyne.KeyF6)),
		item("Close this side", w.unsplit, shortcut(fyne.KeyW)),
		item("Lists", w.toggleLists, shortcut(fyne.KeyB)), line)
	view.Items = append(view.Items, w.readingItems()...)
	help := fyne.NewMenu("Help",
		item("Keyboard shortcuts", w.showShortcuts, &desktop.CustomShortcut{KeyName: fyne.KeyF1, Modifier: fyne.KeyModifierShortcutDefault}), line,
		item("Check the notebook", w.checkNotebook),
		item("Rebuild the search index", w.rebuildIndex), line,
		item("About Rejoinder", w.showAbout))
	all := []*fyne.Menu{file, edit, mark, board, fyne.NewMenu("Search", w.searchMenuItems()...), view, help}
	for _, of := range all {
		m.guard(of)
	}
	return all
}

// searchMenuItems are the actions on the search and its results.
func (w *window) searchMenuItems() []*fyne.MenuItem {
	line := fyne.NewMenuItemSeparator()
	order := fyne.NewMenuItem("Order", nil)
	order.ChildMenu = fyne.NewMenu("", w.sortItems()...)
	return []*fyne.MenuItem{
		item("Search everything", w.focusSearch, shortcut(fyne.KeyF, fyne.KeyModifierShift)),
		item("More like this", w.moreLikeChosen, shortcut(fyne.KeyM, fyne.KeyModifierShift)),
		item("Broaden…", w.broadenForm, shortcut(fyne.KeyB, fyne.KeyModifierShift)),
		item("Synonyms…", w.showSynonyms, shortcut(fyne.KeyS, fyne.KeyModifierShift)), order, line,
		item("Save this search…", w.saveSearch, shortcut(fyne.KeyS)),
		item("Update the saved search", w.updateSaved, shortcut(fyne.KeyP, fyne.KeyModifierShift)), line,
		item("History of searches", w.recallSearch, shortcut(fyne.KeyY, fyne.KeyModifierShift)),
		item("Clear the history of searches", w.search.Forget), line,
		item("What a query can say", w.showQueryHelp, shortcut(fyne.KeySlash)),
	}
}

// guard keeps a menu's shortcuts from acting on what lies behind a dialog.
func (m *menu) guard(of *fyne.Menu) {
	for _, i := range of.Items {
		if i.ChildMenu != nil {
			m.guard(i.ChildMenu)
		}
		if act := i.Action; act != nil && !i.IsQuit && i != m.undo && i != m.redo {
			i.Action = func() {
				if m.window.win.Canvas().Overlays().Top() == nil {
					act()
				}
			}
		}
	}
}

func quitItem(w *window) *fyne.MenuItem {
	i := item("Quit", w.quit, shortcut(fyne.KeyQ))
	i.IsQuit = true
	return i
}

// markItems are the actions on the selection or the chosen mark.
func (w *window) markItems() []*fyne.MenuItem {
	items := []*fyne.MenuItem{
		item("Highlight    H", func() { w.reader.Mark(app.Highlight, w.color) }),
		item("Underline    U", func() { w.reader.Mark(app.Underline, w.color) }),
		item("Comment…    A", w.comment),
		item("Tag…    T", w.tagForm),
		item("Record a statement…    S", w.statementForm),
		item("Set a counterclaim…    X", w.counterclaimForm),
		fyne.NewMenuItemSeparator(),
	}
	for i, c := range app.Colors {
		items = append(items, item(w.state.ColorName(c)+"    "+string(rune('1'+i)), func() { w.mark(c) }))
	}
	return append(items, fyne.NewMenuItemSeparator(), item("Copy the quote", w.copyQuote),
		item("Copy the quote with its citation", w.copyCitation), item("Move to the trash    Del", w.trashChosen))
}

// mark highlights in a colour, which H takes from then on, or gives it to the
// chosen mark.
func (w *window) mark(c app.Color) {
	w.color = c
	w.reader.Recolor(c)
}

// boardItems are the actions on what is chosen on the board.
func (w *window) boardItems() []*fyne.MenuItem {
	return []*fyne.MenuItem{
		item("Write a note…", w.boardNote, shortcut(fyne.KeyN)),
		item("Rename or reword…", w.renameChosen, shortcut(fyne.KeyR)),
		item("Edit the actor…", w.actorForm, shortcut(fyne.KeyE, fyne.KeyModifierShift)),
		item("Merge into…", w.mergeChosen, shortcut(fyne.KeyM)),
		item("More like this claim", w.moreLikeChosen),
		item("Choose nothing    Esc", w.chooseNothing),
		item("Move to the trash    Del", w.trashChosen),
	}
}

// statementItems are the actions on a statement.
func (w *window) statementItems(s app.BoardStatement) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, stance := range app.Stances {
		i := item(stance.Glyph()+"  "+string(stance), func() { w.board.SetStance(s.ID, stance) })
		i.Checked = stance == s.Stance
		items = append(items, i)
	}
	return append(items, fyne.NewMenuItemSeparator(), w.showItem(app.RefTo(app.KindStatement, s.ID)), item("Move the statement to the trash", func() {
		w.board.Trash(app.RefTo(app.KindStatement, s.ID))
	}))
}

// relationItems are the actions on a relation.
func (w *window) relationItems(x app.BoardRelation) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, s := range app.Strengths {
		i := item(s.Words(), func() { w.board.SetStrength(x.ID, s) })
		i.Checked = s == x.Strength
		items = append(items, i)
	}
	return append(items, fyne.NewMenuItemSeparator(), item("Edit the relation…", func() { w.relationForm(x) }), w.showItem(app.RefTo(app.KindRelation, x.ID)), item("Move the relation to the trash", func() {
		w.board.Trash(app.RefTo(app.KindRelation, x.ID))
	}))
}

// showItem gives a statement or a relation the passage that is selected in the
// reader.
func (w *window) showItem(ref app.Ref) *fyne.MenuItem {
	quote := w.reader.Quote()
	label := "Show it by a passage: select one in the reader first"
	if quote != "" {
		label = "Show it by " + app.Quoted(app.Slice(app.OneLine(quote), 0, 50))
	}
	i := item(label, func() { w.reader.Show(ref) })
	i.Disabled = quote == ""
	return i
}

func (w *window) boardMenu(at fyne.Position) {
	items := append([]*fyne.MenuItem{item("Record a statement…    S", w.statementForm), item("Set a counterclaim…    X", w.counterclaimForm)}, w.boardItems()...)
	showMenu(w, at, items)
}

// update names the steps that undo and redo would take.
func (m *menu) update() {
	name := func(i *fyne.MenuItem, verb, step string) {
		i.Label, i.Disabled = verb, step == ""
		if step != "" {
			i.Label += ": " + step
		}
	}
	name(m.undo, "Undo", m.window.state.UndoLabel)
	name(m.redo, "Redo", m.window.state.RedoLabel)
	m.main.Items = m.menus()
	m.main.Refresh()
}
