package gui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
)

// sidePanel shows what is chosen on a matrix, a timeline or a map: a title, the
// statements with their quotes, and what is missing.
type sidePanel struct {
	root   fyne.CanvasObject
	window *window
	model  panelModel
	cards  *widgets.CardList

	head       panelHead
	statements []int
	relations  []int
	gaps       []app.Gap
	named      bool // the statements are of several actors
}

// panelHead is what stands above: a note over and a note below a title, each of
// which may be empty.
type panelHead struct{ over, title, below string }

func (h panelHead) card() widgets.Flowing {
	var out []fyne.CanvasObject
	for _, line := range []struct {
		text string
		look widgets.Look
	}{{h.over, lines(lookNote, 2)}, {h.title, lines(lookTitle, 6)}, {h.below, lookNote}} {
		if line.text != "" {
			out = append(out, widgets.NewProse(line.look, widgets.Segment{Text: line.text}))
		}
	}
	return widgets.NewFlow(4, fyne.NewSize(2, 2), out...)
}

// panelModel has the cards of what a screen shows.
type panelModel interface {
	Statement(i int) app.BoardStatement
	Relation(i int) app.BoardRelation
}

// panelWidth is how wide the panel is beside the others.
const panelWidth = 0.74

func newSidePanel(w *window, m panelModel) *sidePanel {
	p := &sidePanel{window: w, model: m, cards: widgets.NewCardList(10, fyne.NewSize(14, 14))}
	p.cards.Count = func() int {
		n := 1 + len(p.statements) + len(p.relations)
		if len(p.gaps) > 0 {
			n++
		}
		return n
	}
	p.cards.Key = func(i int) string { return fmt.Sprint(i) }
	p.cards.Shows, p.cards.Make = p.shows, p.card
	p.cards.OnMade = w.session.Side().Fetch
	p.root = widgets.NewSurface(colorDesk, p.cards)
	return p
}

// beside puts the panel on the right of a screen.
func (p *sidePanel) beside(main fyne.CanvasObject) *container.Split {
	split := container.NewHSplit(main, p.root)
	split.SetOffset(panelWidth)
	return split
}

// at is what stands at a place: the head, a statement, a relation or the gaps.
func at[T any](p *sidePanel, i int, head func() T, statement, relation func(i int) T, gaps func() T) T {
	if i == 0 {
		return head()
	}
	if i--; i < len(p.statements) {
		return statement(i)
	}
	if i -= len(p.statements); i < len(p.relations) {
		return relation(i)
	}
	return gaps()
}

func (p *sidePanel) card(i int) widgets.Flowing {
	return at(p, i, p.head.card, p.statementCard, p.relationCard, p.gapCard)
}

// shows is what a card shows.
func (p *sidePanel) shows(i int) any {
	return at(p, i, func() any { return p.head }, func(i int) any {
		return struct {
			app.BoardStatement
			named bool
		}{p.model.Statement(p.statements[i]), p.named}
	}, func(i int) any { return []any{p.model.Relation(p.relations[i]), len(p.statements)} }, func() any { return p.gaps })
}

func (p *sidePanel) statementCard(i int) widgets.Flowing {
	s := p.model.Statement(p.statements[i])
	var objects []fyne.CanvasObject
	if p.named {
		objects = append(objects, widgets.NewProse(lines(lookNote, 2), widgets.Segment{Text: s.ClaimText}))
	}
	objects = append(objects, p.window.statementQuote(s, true, p.window.openPassage))
	card := widgets.NewCard(widgets.Frame{}, objects...)
	open := func() {
		if s.Passage != nil {
			p.window.openPassage(*s.Passage)
		} else {
			p.window.say("Nothing shows this yet: record it once more on a passage")
		}
	}
	card.OnTap, card.OnOpen = open, open
	card.OnKey = func(e *fyne.KeyEvent) {
		if !p.cards.Step(1+i, e) {
			p.window.functionKey(e)
		}
	}
	card.OnSecond = func(at fyne.Position) { showMenu(p.window, at, p.window.statementItems(s)) }
	return card
}

func (p *sidePanel) relationCard(i int) widgets.Flowing {
	x := p.model.Relation(p.relations[i])
	objects, _ := p.window.relationObjects(x, true, p.window.openPassage)
	card := widgets.NewCard(widgets.Frame{Dashed: x.Inference()}, objects...)
	card.OnTap = func() {
		if x.Passage != nil {
			p.window.openPassage(*x.Passage)
		}
	}
	place := 1 + len(p.statements) + i
	card.OnKey = func(e *fyne.KeyEvent) { p.cards.Step(place, e) }
	card.OnSecond = func(at fyne.Position) { showMenu(p.window, at, p.window.relationItems(x)) }
	return card
}

func (p *sidePanel) gapCard() widgets.Flowing {
	objects := []fyne.CanvasObject{widgets.NewProse(lines(lookTitle, 1), widgets.Segment{Text: "Gaps here"})}
	for _, g := range p.gaps[:min(len(p.gaps), 12)] {
		objects = append(objects, widgets.NewProse(lines(lookNote, 3), widgets.Segment{Text: "• " + g.Kind.Title() + ": " + g.Text}))
	}
	return widgets.NewCard(widgets.Frame{}, objects...)
}

// show shows what is chosen.
func (p *sidePanel) show(head panelHead, statements, relations []int, gaps []app.Gap, named bool) {
	p.head, p.statements, p.relations, p.gaps, p.named = head, statements, relations, gaps, named
	p.cards.Update()
}
