package gui

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// boardScreen is actors | claims | counterclaims.
type boardScreen struct {
	root     fyne.CanvasObject
	window   *window
	model    *viewmodel.Board
	columns  *container.Split
	empty    fyne.CanvasObject
	actors   *boardColumn
	claims   *boardColumn
	counters *boardColumn
}

// boardColumn is a title with a count over cards.
type boardColumn struct {
	root  fyne.CanvasObject
	title *widgets.Prose
	count *widgets.Prose
	cards *widgets.Column
	more  int // cards shown beyond the first
}

// cardsShown is how many cards a column shows before it offers more.
const cardsShown = 150

func newBoardColumn() *boardColumn {
	c := &boardColumn{title: widgets.NewProse(lines(lookTitle, 1)), count: widgets.NewProse(lines(lookSmall, 1)),
		cards: widgets.NewColumn(10, fyne.NewSize(14, 6))}
	c.root = container.NewBorder(container.New(columnHead{}, c.title, c.count), nil, nil, nil, c.cards)
	return c
}

// columnHead sets a column's title on the left and its count on the right.
type columnHead struct{}

// Layout implements fyne.Layout.
func (columnHead) Layout(o []fyne.CanvasObject, size fyne.Size) {
	count := o[1].(*widgets.Prose).NaturalWidth()
	o[0].Move(fyne.NewPos(16, 14))
	o[0].Resize(fyne.NewSize(max(20, size.Width-count-44), 20))
	o[1].Move(fyne.NewPos(size.Width-count-16, 15))
	o[1].Resize(fyne.NewSize(count, 18))
}

// MinSize implements fyne.Layout.
func (columnHead) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(140, 42) }

// set shows cards under a title; what is over the limit behind a button.
func (c *boardColumn) set(title, count string, n int, card func(int) fyne.CanvasObject) {
	c.title.Set(widgets.Segment{Text: title})
	c.count.Set(widgets.Segment{Text: count})
	var objects []fyne.CanvasObject
	for i := range min(n, cardsShown+c.more) {
		objects = append(objects, card(i))
	}
	if rest := n - len(objects); rest > 0 {
		objects = append(objects, widget.NewButton("Show more ("+viewmodel.Thousands(rest)+" left)", func() {
			c.more += cardsShown
			c.set(title, count, n, card)
		}))
	}
	c.cards.Set(objects...)
	c.root.Refresh()
}

func newBoardScreen(w *window, m *viewmodel.Board) *boardScreen {
	b := &boardScreen{window: w, model: m, actors: newBoardColumn(), claims: newBoardColumn(), counters: newBoardColumn()}
	right := container.NewHSplit(b.claims.root, b.counters.root)
	b.columns = container.NewHSplit(b.actors.root, right)
	b.columns.SetOffset(0.29)
	b.empty = container.NewCenter(container.NewGridWrap(fyne.NewSize(520, 200), widgets.NewFlow(16, fyne.NewSize(0, 0),
		widgets.NewProse(lookEmpty, widgets.Segment{Text: "Nobody has said anything yet."}),
		widgets.NewProse(lookRow, widgets.Segment{Color: colorMuted, Text: "Open an article, select a passage and press S: actor, stance and claim appear here, side by side with what is set against them."}),
		container.NewHBox(widget.NewButton("Go to the library", func() { w.show(screenLibrary) }),
			widget.NewButton("Record a statement…", w.statementForm)))))
	b.root = widgets.NewSurface(colorDesk, container.NewStack(b.columns, b.empty))
	b.empty.Hide()
	m.OnChange = b.update
	return b
}

func (b *boardScreen) update() {
	m := b.model
	if m.Empty() {
		b.empty.Show()
		b.columns.Hide()
		return
	}
	b.empty.Hide()
	b.columns.Show()
	linked := 0
	for _, a := range m.Actors {
		if a.Linked {
			linked++
		}
	}
	count := strconv.Itoa(len(m.Actors))
	if linked < len(m.Actors) {
		count = strconv.Itoa(linked) + " of " + count
	}
	b.actors.set("Actors", count, len(m.Actors), func(i int) fyne.CanvasObject { return b.actorCard(m.Actors[i]) })
	title := "Claims"
	if m.Actor != "" {
		title = "Claims of " + m.ActorName(m.Actor)
	}
	b.claims.set(title, viewmodel.Thousands(len(m.Claims)), len(m.Claims), func(i int) fyne.CanvasObject { return b.claimCard(m.Claims[i]) })
	title = "Counterclaims"
	if m.Claim != "" {
		title = "Counterclaims to “" + m.ClaimText(m.Claim) + "”"
	}
	silent := m.Silent()
	n := len(m.Counterclaims)
	extra := 0
	if len(silent) > 0 || n == 0 {
		extra = 1
	}
	b.counters.set(title, viewmodel.Thousands(n), n+extra, func(i int) fyne.CanvasObject {
		if i < n {
			return b.counterCard(m.Counterclaims[i])
		}
		return b.lastCard(n, silent)
	})
	b.window.status.update()
}

// use gives this board the keys, and returns it.
func (b *boardScreen) use() *viewmodel.Board {
	b.window.activateBoard(b)
	return b.model
}

// lastCard says who is silent, or that nothing is set against the claim.
func (b *boardScreen) lastCard(counterclaims int, silent []string) fyne.CanvasObject {
	var objects []fyne.CanvasObject
	if counterclaims == 0 {
		text := "No counterclaim yet. Choose a claim, then press X on a passage that answers it."
		if b.model.Claim != "" {
			text = "Nobody has set a claim against this one. Press X on a passage that does."
		}
		objects = append(objects, widgets.NewProse(lookNote, widgets.Segment{Text: text}))
	}
	if len(silent) > 0 {
		objects = append(objects, widgets.NewProse(lines(lookSmall, 1), widgets.Segment{Text: "silent", Bold: true}),
			widgets.NewProse(lookNote, widgets.Segment{Text: strings.Join(silent, ", ")}))
	}
	return widgets.NewCard(widgets.Frame{}, objects...)
}

func (b *boardScreen) actorCard(a viewmodel.BoardActor) fyne.CanvasObject {
	name, muted := theme.ColorNameForeground, fyne.ThemeColorName("")
	if !a.Linked {
		name, muted = theme.ColorNameDisabled, theme.ColorNameDisabled
	}
	objects := []fyne.CanvasObject{widgets.NewProse(lookTitle, widgets.Segment{Text: a.Name, Color: name})}
	if about := actorAbout(a); about != "" {
		objects = append(objects, widgets.NewProse(lookNote, widgets.Segment{Text: widgets.Line(about), Color: muted}))
	}
	if !a.Linked {
		objects = append(objects, widgets.NewProse(lookNote, widgets.Segment{Text: "no link to what is chosen", Color: muted}))
	} else if counts := stanceCounts(a.Counts); len(counts) > 0 {
		objects = append(objects, widgets.NewProse(lookNote, counts...))
	}
	if a.Linked {
		objects = append(objects, noteProse(a.Notes)...)
	}
	card := widgets.NewCard(widgets.Frame{Chosen: b.model.Actor == a.ID}, objects...)
	card.OnTap = func() { b.use().ChooseActor(a.ID) }
	card.OnKey = b.key
	card.OnSecond = func(at fyne.Position) {
		if b.use().Actor != a.ID {
			b.use().ChooseActor(a.ID)
		}
		b.window.boardMenu(at)
	}
	return card
}

// actorAbout is an actor's kind, what it is part of and its other names.
func actorAbout(a viewmodel.BoardActor) string {
	var parts []string
	if a.Kind != "" {
		parts = append(parts, string(a.Kind))
	}
	if a.PartOfName != "" {
		parts = append(parts, "part of "+a.PartOfName)
	}
	if len(a.Aliases) > 0 {
		parts = append(parts, "also “"+strings.Join(a.Aliases, "”, “")+"”")
	}
	return strings.Join(parts, " · ")
}

// stanceCounts is how often an actor takes which stance.
func stanceCounts(counts map[app.Stance]int) []widgets.Segment {
	var out []widgets.Segment
	for _, s := range app.Stances {
		n := counts[s]
		if s == app.Disputes { // one sign, one count
			n += counts[app.Denies]
		}
		if n == 0 || s == app.Denies {
			continue
		}
		if len(out) > 0 {
			out = append(out, widgets.Segment{Text: "   "})
		}
		out = append(out, widgets.Segment{Text: s.Glyph() + " " + strconv.Itoa(n), Color: stanceColor(s), Bold: true})
	}
	return out
}

func (b *boardScreen) claimCard(c app.BoardClaim) fyne.CanvasObject {
	objects := []fyne.CanvasObject{widgets.NewProse(lookTitle, widgets.Segment{Text: c.Text})}
	objects = append(objects, noteProse(c.Notes)...)
	for _, s := range c.Statements {
		objects = append(objects, b.statementQuote(s))
	}
	chips := []string{sources(c.Sources)}
	if !c.Answered {
		chips = append(chips, "nobody has answered")
	}
	objects = append(objects, widgets.NewChips(lookSmall, chips...))
	card := widgets.NewCard(widgets.Frame{Chosen: b.model.Claim == c.ID}, objects...)
	card.OnTap = func() { b.use().ChooseClaim(c.ID) }
	card.OnKey = b.key
	card.OnSecond = func(at fyne.Position) {
		if b.use().Claim != c.ID {
			b.use().ChooseClaim(c.ID)
		}
		b.window.boardMenu(at)
	}
	return card
}

func sources(n int) string {
	switch n {
	case 0:
		return "no source"
	case 1:
		return "1 source"
	}
	return strconv.Itoa(n) + " independent sources"
}

// statementQuote is who takes which stance, with the quote and its source.
func (b *boardScreen) statementQuote(s app.BoardStatement) fyne.CanvasObject {
	line := []widgets.Segment{stanceWord(s.Stance), {Text: " · "}, {Text: s.ActorName, Bold: true, Color: theme.ColorNameForeground}}
	rest := ""
	if s.Passage != nil {
		rest = sourceLine(s.Passage, s.Date)
	} else if s.Date != "" {
		rest = s.Date.String()
	}
	if s.Indirect {
		rest += ", indirect"
	}
	if s.ReporterName != "" {
		rest += ", reported by " + s.ReporterName
	}
	if rest != "" {
		line = append(line, widgets.Segment{Text: widgets.Line(" · " + strings.TrimPrefix(rest, ", "))})
	}
	quote := b.quote(s.Passage, line)
	if q, ok := quote.(*widgets.Quote); ok {
		q.OnSecond = func(at fyne.Position) { showMenu(b.window, at, b.window.statementItems(s)) }
	}
	return quote
}

func sourceLine(p *app.Passage, date app.Date) string {
	source := p.Publisher
	if source == "" {
		source = p.ArticleTitle
	}
	if date == "" {
		date = p.Published
	}
	if date != "" {
		source += ", " + date.String()
	}
	return source
}

// quote is a verbatim passage over a line that says whose it is; a click opens
// the passage in its article.
func (b *boardScreen) quote(p *app.Passage, line []widgets.Segment) fyne.CanvasObject {
	below := widgets.NewProse(lookSmall, line...)
	if p == nil {
		none := widgets.NewProse(lookNote, widgets.Segment{Text: "No passage yet.", Italic: true})
		return widgets.NewQuote(none, below, func() { b.window.say("Nothing shows this yet: record it once more on a passage") })
	}
	text := widgets.NewProse(lookQuote, widgets.Segment{Text: app.Quoted(p.Anchor.Quote)})
	return widgets.NewQuote(text, below, func() { b.window.openPassageFrom(b, *p) })
}

func (b *boardScreen) counterCard(c viewmodel.Counterclaim) fyne.CanvasObject {
	kind := []widgets.Segment{{Text: c.Kind.Words(), Bold: true, Color: relationColor(c.Kind)}}
	if b.model.Claim == "" {
		kind = append(kind, widgets.Segment{Text: " “" + c.ToText + "”"})
	}
	if c.Inference() {
		kind = append(kind, widgets.Segment{Text: " · analyst's inference", Bold: true})
	}
	objects := []fyne.CanvasObject{widgets.NewProse(lookSmall, kind...), widgets.NewProse(lookTitle, widgets.Segment{Text: c.FromText})}
	if c.Passage != nil {
		objects = append(objects, b.quote(c.Passage, []widgets.Segment{{Text: widgets.Line(sourceLine(c.Passage, ""))}}))
	}
	for _, s := range c.Statements {
		objects = append(objects, b.statementQuote(s))
	}
	if c.Passage == nil && len(c.Statements) == 0 {
		objects = append(objects, widgets.NewProse(lookNote, widgets.Segment{Text: "No passage yet."}))
	}
	card := widgets.NewCard(widgets.Frame{Dashed: c.Inference()}, objects...)
	card.OnSecond = func(at fyne.Position) {
		showMenu(b.window, at, []*fyne.MenuItem{item("Move the relation to the trash", func() {
			b.use().Trash(app.RefTo(app.KindRelation, c.ID))
		})})
	}
	card.OnTap = func() {
		b.use().Clear()
		b.use().ChooseClaim(c.From)
	}
	card.OnKey = b.key
	return card
}

// key runs the board's keys while a card has the focus.
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
	case fyne.KeyDelete:
		b.model.TrashChosen()
	}
}
