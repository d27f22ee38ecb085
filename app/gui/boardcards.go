package gui

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// noteLines is how many lines of a note a card shows; the page has them all.
const noteLines = 6

// quoteLines is how many lines of a quote a card shows; the passage has them all.
const quoteLines = 8

// lastCard says who is silent, or that nothing is set against the claim.
func (b *boardScreen) lastCard() *widgets.Card {
	var objects []fyne.CanvasObject
	if len(b.model.Columns.Counterclaims) == 0 {
		text := "No counterclaim yet. Choose a claim, then press X on a passage that answers it."
		if b.model.Claim != "" {
			text = "Nobody has set a claim against this one. Press X on a passage that does."
		}
		objects = append(objects, widgets.NewProse(lookNote, widgets.Segment{Text: text}))
	}
	if silent := b.model.Silent(); len(silent) > 0 {
		names := strings.Join(silent[:min(len(silent), 40)], ", ")
		if more := len(silent) - 40; more > 0 {
			names += " and " + viewmodel.Thousands(more) + " more"
		}
		objects = append(objects, widgets.NewProse(lines(lookSmall, 1), widgets.Segment{Text: "silent", Bold: true}),
			widgets.NewProse(lookNote, widgets.Segment{Text: names}))
	}
	card := widgets.NewCard(widgets.Frame{}, objects...)
	card.OnKey = func(e *fyne.KeyEvent) {
		b.cardKey(viewmodel.CounterColumn, len(b.model.Columns.Counterclaims), e, nil)
	}
	return card
}

// actorShown is what an actor's card shows.
type actorShown struct {
	app.BoardActor
	linked, chosen bool
}

func (b *boardScreen) actorShown(i int) actorShown {
	id := b.model.Columns.Actors[i]
	return actorShown{b.model.ActorCard(id), b.model.Columns.Linked[id], b.model.Actor == id}
}

func (b *boardScreen) actorCard(i int) *widgets.Card {
	a := b.actorShown(i)
	id, linked := a.ID, a.linked
	name, muted := theme.ColorNameForeground, fyne.ThemeColorName("")
	if !linked {
		name, muted = theme.ColorNameDisabled, theme.ColorNameDisabled
	}
	objects := []fyne.CanvasObject{widgets.NewProse(lines(lookTitle, 3), widgets.Segment{Text: a.Name, Color: name})}
	if about := actorAbout(a.Actor, a.PartOfName); about != "" {
		objects = append(objects, widgets.NewProse(lines(lookNote, 3), widgets.Segment{Text: widgets.Line(about), Color: muted}))
	}
	if !linked {
		objects = append(objects, widgets.NewProse(lookNote, widgets.Segment{Text: "no link to what is chosen", Color: muted}))
	} else {
		counts := stanceCounts(a.Counts)
		if a.Changed != "" {
			counts = append(counts, widgets.Segment{Text: "   changed stance " + a.Changed.String(), Bold: true, Color: "questions"})
		}
		if len(counts) > 0 {
			objects = append(objects, widgets.NewProse(lookNote, counts...))
		}
		objects = append(objects, noteProse(a.Notes)...)
	}
	card := widgets.NewCard(widgets.Frame{Chosen: a.chosen}, objects...)
	card.OnTap = func() { b.use().ChooseActor(id) }
	card.OnOpen = func() { b.window.openPage(app.RefTo(app.KindActor, id)) }
	card.OnKey = func(e *fyne.KeyEvent) { b.cardKey(viewmodel.ActorColumn, i, e, nil) }
	card.OnSecond = func(at fyne.Position) {
		if b.use().Actor != id || b.model.Claim != "" {
			b.model.Actor, b.model.Claim = "", ""
			b.model.ChooseActor(id)
		}
		b.window.boardMenu(at)
	}
	return card
}

// actorAbout is an actor's kind, what it is part of and its other names.
func actorAbout(a app.Actor, partOf string) string {
	var parts []string
	if a.Kind != "" {
		parts = append(parts, string(a.Kind))
	}
	if partOf != "" {
		parts = append(parts, "part of "+partOf)
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

// claimShown is what a claim's card shows.
type claimShown struct {
	app.BoardClaim
	chosen bool
}

func (b *boardScreen) claimShown(i int) claimShown {
	id := b.model.Columns.Claims[i]
	return claimShown{b.model.ClaimCard(id), b.model.Claim == id}
}

func (b *boardScreen) claimCard(i int) *widgets.Card {
	c := b.claimShown(i)
	id := c.ID
	objects := []fyne.CanvasObject{widgets.NewProse(lines(lookTitle, 6), widgets.Segment{Text: c.Text})}
	objects = append(objects, noteProse(c.Notes)...)
	quotes, passages := b.statementQuotes(c.Statements)
	objects = append(objects, quotes...)
	objects = append(objects, widgets.NewChips(lookSmall, claimFacts(c.BoardClaim)...))
	card := widgets.NewCard(widgets.Frame{Chosen: c.chosen}, objects...)
	card.OnTap = func() { b.use().ChooseClaim(id) }
	card.OnOpen = func() { b.openQuote(passages, 0) }
	card.OnKey = func(e *fyne.KeyEvent) { b.cardKey(viewmodel.ClaimColumn, i, e, passages) }
	card.OnSecond = func(at fyne.Position) {
		if b.use().Claim != id {
			b.model.ChooseClaim(id)
		}
		b.window.boardMenu(at)
	}
	return card
}

// claimFacts are what the chips of a claim say: how many carry it, and whether
// nobody has answered.
func claimFacts(c app.BoardClaim) []string {
	out := []string{sources(c.Sources)}
	if c.Articles > c.Sources {
		out = append(out, viewmodel.Thousands(c.Articles)+" articles")
	}
	if !c.Answered {
		out = append(out, "nobody has answered")
	}
	return out
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

// statementQuotes are the first statements of a card, and their passages in the
// same order.
func (b *boardScreen) statementQuotes(all []app.BoardStatement) (out []fyne.CanvasObject, passages []*app.Passage) {
	shown := viewmodel.Shown(all)
	for _, s := range all[:shown] {
		out = append(out, b.statementQuote(s))
		if s.Passage != nil {
			passages = append(passages, s.Passage)
		}
	}
	if more := len(all) - shown; more > 0 {
		out = append(out, widgets.NewProse(lookNote, widgets.Segment{Text: "and " + viewmodel.Thousands(more) + " more statements: P opens the page"}))
	}
	return out, passages
}

// statementQuote is who takes which stance, with the quote and its source.
func (b *boardScreen) statementQuote(s app.BoardStatement) fyne.CanvasObject {
	return b.window.statementQuote(s, true, func(p app.Passage) { b.window.openPassageFrom(b, p) })
}

// statementQuote is who takes which stance, with the quote and its source; a
// click opens the passage.
func (w *window) statementQuote(s app.BoardStatement, named bool, open func(app.Passage)) fyne.CanvasObject {
	quote := w.quote(s.Passage, s.Statement.Passage != "", statementLine(s, named), open)
	if q, ok := quote.(*widgets.Quote); ok {
		q.OnSecond = func(at fyne.Position) { showMenu(w, at, w.statementItems(s)) }
	}
	return quote
}

// statementLine says who takes which stance, where and when.
func statementLine(s app.BoardStatement, named bool) []widgets.Segment {
	line := []widgets.Segment{stanceWord(s.Stance)}
	if named {
		name := s.ActorName
		if s.ByName != "" {
			name = s.ByName + " for " + name
		}
		line = append(line, widgets.Segment{Text: " · "}, widgets.Segment{Text: name, Bold: true, Color: theme.ColorNameForeground})
	}
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
	return line
}

func sourceLine(p *app.Passage, date app.Date) string {
	source := p.Publisher
	if source == "" {
		source = p.ArticleTitle
	}
	if date == "" {
		date = p.Published
	}
	return viewmodel.Joined(date.String(), source) // a long name is what may be cut off
}

// quote is a verbatim passage over a line that says whose it is; a click opens
// the passage in its article. A passage that is there but not read yet keeps the
// room of one line.
func (w *window) quote(p *app.Passage, expected bool, line []widgets.Segment, open func(app.Passage)) fyne.CanvasObject {
	under := widgets.NewProse(lines(lookSmall, 3), line...)
	if p == nil {
		text := "No passage yet."
		if expected {
			text = "…"
		}
		none := widgets.NewProse(lookNote, widgets.Segment{Text: text, Italic: true})
		return widgets.NewQuote(none, under, func() { w.say("Nothing shows this yet: record it once more on a passage") })
	}
	text := widgets.NewProse(lines(lookQuote, quoteLines), widgets.Segment{Text: app.Quoted(p.Anchor.Quote)})
	return widgets.NewQuote(text, under, func() { open(*p) })
}

// counterShown is what a counterclaim's card shows; without a relation what the
// last card does.
type counterShown struct {
	viewmodel.Counterclaim
	against bool // with the claim that it is set against
	silent  []string
}

func (b *boardScreen) counterShown(i int) counterShown {
	against := b.model.Claim == ""
	if i == len(b.model.Columns.Counterclaims) {
		return counterShown{against: against, silent: b.model.Silent()}
	}
	return counterShown{Counterclaim: b.model.Counterclaim(b.model.Columns.Counterclaims[i]), against: against}
}

func (b *boardScreen) counterCard(i int) *widgets.Card {
	relation := b.model.Columns.Counterclaims[i]
	c := b.counterShown(i)
	objects, passages := b.window.relationObjects(c.BoardRelation, c.against, func(p app.Passage) { b.window.openPassageFrom(b, p) })
	quotes, more := b.statementQuotes(c.Statements)
	objects, passages = append(objects, quotes...), append(passages, more...)
	if c.Passage == nil && len(c.Statements) == 0 {
		objects = append(objects, widgets.NewProse(lookNote, widgets.Segment{Text: "No passage yet."}))
	} else if len(c.Statements) > 0 {
		objects = append(objects, widgets.NewChips(lookSmall, sources(c.Sources)))
	}
	card := widgets.NewCard(widgets.Frame{Dashed: c.Inference()}, objects...)
	card.OnSecond = func(at fyne.Position) { showMenu(b.window, at, b.window.relationItems(c.BoardRelation)) }
	card.OnTap = func() { b.use().Follow(relation) }
	card.OnOpen = func() { b.openQuote(passages, 0) }
	card.OnKey = func(e *fyne.KeyEvent) { b.cardKey(viewmodel.CounterColumn, i, e, passages) }
	return card
}

// relationObjects are what a relation's card shows: what the claim does, to which
// other if to is set, together with which, with the note and the passage for it.
func (w *window) relationObjects(x app.BoardRelation, to bool, open func(app.Passage)) (objects []fyne.CanvasObject, passages []*app.Passage) {
	objects = []fyne.CanvasObject{widgets.NewProse(lines(lookSmall, 3), relationLine(x, to)...),
		widgets.NewProse(lines(lookTitle, 6), widgets.Segment{Text: x.FromText})}
	for _, text := range x.WithTexts {
		objects = append(objects, widgets.NewProse(lines(lookRow, 4), widgets.Segment{Text: "and ", Color: colorMuted}, widgets.Segment{Text: text}))
	}
	if x.Note != "" {
		objects = append(objects, widgets.NewProse(lines(lookNote, noteLines), noteSegments(x.Note)...))
	}
	if x.Passage != nil {
		passages = append(passages, x.Passage)
		objects = append(objects, w.quote(x.Passage, true, []widgets.Segment{{Text: widgets.Line("shows the relation · " + sourceLine(x.Passage, ""))}}, open))
	}
	return objects, passages
}

// relationLine says what a claim does to another, how strongly, and whether that
// is the analyst's inference.
func relationLine(x app.BoardRelation, to bool) []widgets.Segment {
	out := []widgets.Segment{{Text: x.Kind.Words(), Bold: true, Color: relationColor(x.Kind)}}
	if to {
		out = append(out, widgets.Segment{Text: " “" + x.ToText + "”"})
	}
	if x.Strength != app.Plain {
		out = append(out, widgets.Segment{Text: " · " + x.Strength.Words()})
	}
	if x.Inference() {
		out = append(out, widgets.Segment{Text: " · analyst's inference", Bold: true})
	}
	return out
}
