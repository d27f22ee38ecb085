package gui

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// boardScreen is actors | claims | counterclaims.
type boardScreen struct {
	sideBase
	model   *viewmodel.Board
	columns *fyne.Container // the splits, in the user's order
	splits  []*container.Split
	by      map[viewmodel.BoardColumn]*boardColumn
}

// boardColumn is a title with a count over cards.
type boardColumn struct {
	root  fyne.CanvasObject
	head  *fyne.Container
	title *widgets.Prose
	count *widgets.Prose
	pin   *widgets.Tab
	cards *widgets.CardList
}

func (b *boardScreen) newColumn(name viewmodel.BoardColumn) *boardColumn {
	c := &boardColumn{title: widgets.NewProse(lines(lookTitle, 1)), count: widgets.NewProse(lines(lookSmall, 1)),
		cards: widgets.NewCardList(10, fyne.NewSize(14, 6))}
	c.pin = widgets.NewTab("Pin ▾", nil)
	c.pin.OnTap = func() { showMenu(b.window, below(c.pin), b.columnItems(name)) }
	c.cards.OnMade = b.model.Fetch
	c.head = container.New(columnHead{}, c.title, c.count, c.pin)
	c.root = container.NewBorder(c.head, nil, nil, nil, c.cards)
	return c
}

// columnHead sets a column's title on the left, its count and what can be done
// with it on the right.
type columnHead struct{}

// Layout implements fyne.Layout.
func (columnHead) Layout(o []fyne.CanvasObject, size fyne.Size) {
	count, pin := o[1].(*widgets.Prose).NaturalWidth(), o[2].MinSize()
	o[2].Move(fyne.NewPos(size.Width-pin.Width-6, 7))
	o[2].Resize(pin)
	end := size.Width - pin.Width - 12
	o[0].Move(fyne.NewPos(16, 14))
	o[0].Resize(fyne.NewSize(max(20, end-count-28), 20))
	o[1].Move(fyne.NewPos(end-count, 15))
	o[1].Resize(fyne.NewSize(count, 18))
}

// MinSize implements fyne.Layout.
func (columnHead) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(140, 44) }

func newBoardScreen(w *window, m *viewmodel.Board) *boardScreen {
	b := &boardScreen{sideBase: sideBase{window: w}, model: m, columns: container.NewStack(), by: map[viewmodel.BoardColumn]*boardColumn{}}
	for _, name := range viewmodel.BoardColumns {
		b.by[name] = b.newColumn(name)
	}
	b.fillColumns()
	b.arrange()
	empty := w.emptyScreen("Nobody has said anything yet.", "Open an article, select a passage and press S: actor, stance and claim appear here, side by side with what is set against them.")
	b.stand(m, b.columns, empty)
	m.OnChange = b.update
	m.OnEvidence = func() {
		for _, c := range b.by {
			c.cards.Update()
		}
	}
	return b
}

// order is the user's order of the columns.
func (b *boardScreen) order() []viewmodel.BoardColumn {
	var out []viewmodel.BoardColumn
	for _, name := range b.window.settings.BoardColumns {
		out = append(out, viewmodel.BoardColumn(name))
	}
	return out
}

// arrange puts the columns side by side in the user's order, as wide as they were.
func (b *boardScreen) arrange() {
	order := b.order()
	right := container.NewHSplit(b.by[order[1]].root, b.by[order[2]].root)
	all := container.NewHSplit(b.by[order[0]].root, right)
	if len(b.splits) == 2 {
		all.SetOffset(b.splits[0].Offset)
		right.SetOffset(b.splits[1].Offset)
	} else {
		all.SetOffset(float64(b.window.settings.BoardFirst))
		right.SetOffset(float64(b.window.settings.BoardSecond))
	}
	b.splits = []*container.Split{all, right}
	b.columns.Objects = []fyne.CanvasObject{all}
	b.columns.Refresh()
}

// columnItems is what can be done with a column.
func (b *boardScreen) columnItems(name viewmodel.BoardColumn) []*fyne.MenuItem {
	pin := item("Keep these while I choose elsewhere", func() { b.model.Pin(name) })
	pin.Checked = b.model.Pinned[name]
	at := slices.Index(b.order(), name)
	left, right := item("Move to the left", func() { b.swap(at, at-1) }), item("Move to the right", func() { b.swap(at, at+1) })
	left.Disabled, right.Disabled = at == 0, at == 2
	return []*fyne.MenuItem{pin, fyne.NewMenuItemSeparator(), left, right}
}

// swap exchanges two columns and keeps their order.
func (b *boardScreen) swap(i, j int) {
	order := b.window.settings.BoardColumns
	order[i], order[j] = order[j], order[i]
	b.window.keepSettings()
	b.arrange()
}

// fillColumns says what the cards of each column are.
func (b *boardScreen) fillColumns() {
	m := b.model
	actors, claims, counters := b.by[viewmodel.ActorColumn].cards, b.by[viewmodel.ClaimColumn].cards, b.by[viewmodel.CounterColumn].cards
	actors.Count = func() int { return len(m.Columns.Actors) }
	actors.Key = func(i int) string { return string(m.Columns.Actors[i]) }
	actors.Shows = func(i int) any { return b.actorShown(i) }
	actors.Make = func(i int) widgets.Flowing { return b.actorCard(i) }
	claims.Count = func() int { return len(m.Columns.Claims) }
	claims.Key = func(i int) string { return string(m.Columns.Claims[i]) }
	claims.Shows = func(i int) any { return b.claimShown(i) }
	claims.Make = func(i int) widgets.Flowing { return b.claimCard(i) }
	counters.Count = func() int {
		n := len(m.Columns.Counterclaims)
		if n == 0 || len(m.Columns.Silent) > 0 {
			n++
		}
		return n
	}
	counters.Key = func(i int) string {
		if i < len(m.Columns.Counterclaims) {
			return strconv.Itoa(m.Columns.Counterclaims[i])
		}
		return "last"
	}
	counters.Shows = func(i int) any { return b.counterShown(i) }
	counters.Make = func(i int) widgets.Flowing {
		if i < len(m.Columns.Counterclaims) {
			return b.counterCard(i)
		}
		return b.lastCard()
	}
}

func (b *boardScreen) update() {
	m := b.model
	if !b.fills(!m.Empty()) {
		for _, c := range b.by {
			c.cards.Update()
		}
		return
	}
	count := viewmodel.Thousands(len(m.Columns.Actors))
	if linked := m.LinkedCount(); linked < len(m.Columns.Actors) {
		count = viewmodel.Thousands(linked) + " of " + count
	}
	b.set(viewmodel.ActorColumn, "Actors", count)
	title := "Claims"
	if m.Actor != "" && !m.Pinned[viewmodel.ClaimColumn] {
		title = "What " + m.ActorName(m.Actor) + " speaks to"
	}
	b.set(viewmodel.ClaimColumn, title, viewmodel.Thousands(len(m.Columns.Claims)))
	title = "Counterclaims"
	if m.Claim != "" && !m.Pinned[viewmodel.CounterColumn] {
		title = "Counterclaims to “" + m.ClaimText(m.Claim) + "”"
	}
	b.set(viewmodel.CounterColumn, title, viewmodel.Thousands(len(m.Columns.Counterclaims)))
	b.window.sideUpdated()
}

func (b *boardScreen) set(name viewmodel.BoardColumn, title, count string) {
	c := b.by[name]
	c.title.Set(widgets.Segment{Text: title})
	c.count.Set(widgets.Segment{Text: count})
	label := "⋯"
	if b.model.Pinned[name] {
		label = "pinned"
	}
	c.pin.SetLabel(label)
	c.pin.Choose(b.model.Pinned[name])
	c.cards.Update()
	c.head.Refresh()
}

// use gives this board the keys, and returns it.
func (b *boardScreen) use() *viewmodel.Board {
	b.window.activateBoard(b)
	return b.model
}

// focus gives the chosen card, or the first, the keys.
func (b *boardScreen) focus() {
	switch {
	case b.model.Claim != "":
		b.focusCard(viewmodel.ClaimColumn, string(b.model.Claim))
	case b.model.Actor != "":
		b.focusCard(viewmodel.ActorColumn, string(b.model.Actor))
	}
}

func (b *boardScreen) focusCard(name viewmodel.BoardColumn, key string) {
	list := b.by[name].cards
	list.Focus(max(0, list.IndexOf(key)))
}

// key runs the board's keys while nothing on it has the focus.
func (b *boardScreen) key(e *fyne.KeyEvent) {
	b.use()
	switch e.Name {
	case fyne.KeyF6, fyne.KeyF1:
		b.window.functionKey(e)
	case fyne.KeyEscape:
		b.model.Clear()
	case fyne.KeyS:
		b.window.statementForm()
	case fyne.KeyX:
		b.window.counterclaimForm()
	case fyne.KeyN:
		b.window.boardNote()
	case fyne.KeyP:
		b.window.pageOfChosen()
	case fyne.KeyDelete:
		b.model.TrashChosen()
	case fyne.KeyDown, fyne.KeyRight:
		b.by[b.order()[0]].cards.Focus(0)
	}
}

// cardKey runs the keys of a card: the arrows go along the links, digits open the
// quotes.
func (b *boardScreen) cardKey(name viewmodel.BoardColumn, i int, e *fyne.KeyEvent, passages []*app.Passage) {
	list := b.by[name].cards
	switch {
	case list.Step(i, e):
	case e.Name == fyne.KeyRight:
		b.follow(name, i)
	case e.Name == fyne.KeyLeft:
		b.goBack(name)
	case len(e.Name) == 1 && e.Name >= fyne.Key1 && e.Name <= fyne.Key9:
		b.openQuote(passages, int(e.Name[0]-'1'))
	default:
		b.key(e)
	}
}

// openQuote opens a passage of a card in its article.
func (b *boardScreen) openQuote(passages []*app.Passage, n int) {
	if n >= len(passages) {
		b.window.say("Nothing shows this yet: record it once more on a passage")
		return
	}
	b.window.openPassageFrom(b, *passages[n])
}

// follow goes from an actor to its claims, from a claim to its counterclaims, and
// from a counterclaim to what is set against that.
func (b *boardScreen) follow(name viewmodel.BoardColumn, i int) {
	m := b.use()
	switch name {
	case viewmodel.ActorColumn:
		if id := m.Columns.Actors[i]; m.Actor != id {
			m.ChooseActor(id)
		}
		b.by[viewmodel.ClaimColumn].cards.Focus(0)
	case viewmodel.ClaimColumn:
		if id := m.Columns.Claims[i]; m.Claim != id {
			m.ChooseClaim(id)
		}
		b.by[viewmodel.CounterColumn].cards.Focus(0)
	case viewmodel.CounterColumn:
		if i < len(m.Columns.Counterclaims) {
			m.Follow(m.Columns.Counterclaims[i])
			b.focusCard(viewmodel.ClaimColumn, string(m.Claim))
		}
	}
}

// goBack goes to the card that led here.
func (b *boardScreen) goBack(name viewmodel.BoardColumn) {
	switch name {
	case viewmodel.CounterColumn:
		b.focusCard(viewmodel.ClaimColumn, string(b.model.Claim))
	case viewmodel.ClaimColumn:
		b.focusCard(viewmodel.ActorColumn, string(b.model.Actor))
	}
}

// chosen implements sideScreen.
func (b *boardScreen) chosen() (app.Ref, bool) { return b.model.ChosenRef() }

// hint implements sideScreen.
func (b *boardScreen) hint() string {
	return "Space chooses · → ← follow the links · Return opens the passage, 1–9 the others · P page · S statement · X counterclaim"
}

// exports implements sideScreen.
func (b *boardScreen) exports() []*fyne.MenuItem {
	return b.window.reportItems(func() *report { return b.window.boardReport(b.model) })
}
