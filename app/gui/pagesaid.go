package gui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// companies are allies or opponents, each with the claims that make it one.
func (s *pageScreen) companies(section, about string, all []app.Company) {
	if len(all) == 0 {
		return
	}
	s.title(section+" "+viewmodel.Thousands(len(all)), about)
	for _, c := range all[:s.shownOf(section, len(all))] {
		s.add(section+" "+string(c.Actor), func(i int) widgets.Flowing { return s.companyCard(i, c, section) })
	}
	s.rest(section, len(all))
}

// claimsOfCompany is how many claims a card names.
const claimsOfCompany = 6

func (s *pageScreen) companyCard(i int, c app.Company, section string) widgets.Flowing {
	open := func() { s.openRef(app.RefTo(app.KindActor, c.Actor)) }
	name := widgets.NewProse(lines(lookRow, 3), widgets.Segment{Text: c.Name, Bold: true}, widgets.Segment{Text: "   " + viewmodel.Claims(len(c.Claims)), Color: colorMuted})
	objects := []fyne.CanvasObject{name}
	var links []func()
	for _, id := range c.Claims[:min(len(c.Claims), claimsOfCompany)] {
		var line sentence
		stance, _ := s.model.Side(c.Actor, id)
		own, _ := s.model.Side(app.ActorID(s.model.Shown.Ref.ID), id)
		if section == "Allies" || stance.Contradicts(own) {
			line.segments = append(line.segments, stanceWord(stance), widgets.Segment{Text: "  "})
		} else {
			line.segments = append(line.segments, widgets.Segment{Text: "speaks for a counterclaim to  ", Color: colorMuted})
		}
		claim := func() { s.openRef(app.RefTo(app.KindClaim, id)) }
		line.link(s.model.Discourse.ClaimText(id), claim)
		line.segments[len(line.segments)-1].Color = ""
		links = append(links, claim)
		objects = append(objects, line.prose(lines(lookRow, 3)))
	}
	if more := len(c.Claims) - claimsOfCompany; more > 0 {
		objects = append(objects, widgets.NewProse(lookNote, widgets.Segment{Text: "and " + viewmodel.Thousands(more) + " more"}))
	}
	card := widgets.NewCard(widgets.Frame{}, objects...)
	card.OnTap = open
	card.OnKey = func(e *fyne.KeyEvent) { s.cardKey(i, e, links) }
	return card
}

func (s *pageScreen) fillTurns() {
	turns := s.model.Turns()
	if len(turns) == 0 {
		return
	}
	section := "Changes of stance"
	s.title(section+" "+viewmodel.Thousands(len(turns)), "")
	for _, t := range turns[:s.shownOf(section, len(turns))] {
		key := string(s.model.Discourse.Statements[t.To].ID)
		s.add("turn "+key, func(i int) widgets.Flowing { return s.turnCard(i, t) })
	}
	s.rest(section, len(turns))
}

func (s *pageScreen) turnCard(i int, t app.Turn) widgets.Flowing {
	d := s.model.Discourse
	text, other := d.ClaimText(t.Claim), app.RefTo(app.KindClaim, t.Claim)
	if s.model.Shown.Claim != nil {
		text, other = d.ActorName(t.Actor), app.RefTo(app.KindActor, t.Actor)
	}
	from, to := d.Statements[t.From], d.Statements[t.To]
	line := []widgets.Segment{stanceWord(from.Stance), {Text: widgets.Line(" " + from.Date.String())}, {Text: "   →   "},
		stanceWord(to.Stance), {Text: widgets.Line(" " + to.Date.String())}}
	card := widgets.NewCard(widgets.Frame{}, widgets.NewProse(lines(lookRow, 4), widgets.Segment{Text: text}), widgets.NewProse(lines(lookNote, 2), line...))
	card.OnTap = func() { s.openRef(other) }
	card.OnOpen = func() { s.model.OpenPassage(to.Passage, s.window.openPassage) }
	card.OnKey = func(e *fyne.KeyEvent) { s.cardKey(i, e, []func(){card.OnTap}) }
	return card
}

func (s *pageScreen) fillRelations() {
	relations := s.model.Shown.Claim.Relations
	if len(relations) == 0 {
		return
	}
	s.title("Relations "+viewmodel.Thousands(len(relations)), "")
	for _, r := range relations[:s.shownOf("Relations", len(relations))] {
		s.add("relation "+string(s.model.Discourse.Relations[r].ID), func(i int) widgets.Flowing { return s.relationCard(i, r) })
	}
	s.rest("Relations", len(relations))
}

// relationCard is a relation seen from the page's claim: what the other does to
// it, or what it does to the other.
func (s *pageScreen) relationCard(i, relation int) widgets.Flowing {
	x := s.model.Relation(relation)
	self := app.ClaimID(s.model.Shown.Ref.ID)
	other, text := x.From, x.FromText
	var objects []fyne.CanvasObject
	switch self {
	case x.To:
		objects = []fyne.CanvasObject{widgets.NewProse(lookSmall, toThis(relationLine(x, false))...),
			widgets.NewProse(lines(lookTitle, 6), widgets.Segment{Text: x.FromText})}
	case x.From:
		other, text = x.To, x.ToText
		objects = []fyne.CanvasObject{widgets.NewProse(lookSmall, append([]widgets.Segment{{Text: "this claim "}}, relationLine(x, false)...)...),
			widgets.NewProse(lines(lookTitle, 6), widgets.Segment{Text: x.ToText})}
	default: // it is a premise
		objects = []fyne.CanvasObject{widgets.NewProse(lines(lookTitle, 6), widgets.Segment{Text: x.FromText}),
			widgets.NewProse(lookSmall, append([]widgets.Segment{{Text: "together with this claim "}}, relationLine(x, true)...)...)}
	}
	for _, with := range x.WithTexts {
		if with != s.model.Shown.Title && with != text {
			objects = append(objects, widgets.NewProse(lines(lookRow, 3), widgets.Segment{Text: "and ", Color: colorMuted}, widgets.Segment{Text: with}))
		}
	}
	if x.Note != "" {
		objects = append(objects, widgets.NewProse(lookNote, noteSegments(x.Note)...))
	}
	if x.Passage != nil {
		objects = append(objects, s.window.quote(x.Passage, true, []widgets.Segment{{Text: widgets.Line(sourceLine(x.Passage, ""))}}, s.window.openPassage))
	}
	open := func() { s.openRef(app.RefTo(app.KindClaim, other)) }
	card := widgets.NewCard(widgets.Frame{Dashed: x.Inference()}, objects...)
	card.OnTap, card.OnOpen = open, open
	if x.Relation.Passage != "" {
		card.OnOpen = func() { s.model.OpenPassage(x.Relation.Passage, s.window.openPassage) }
	}
	card.OnKey = func(e *fyne.KeyEvent) { s.cardKey(i, e, []func(){open}) }
	card.OnSecond = func(at fyne.Position) { showMenu(s.window, at, s.window.relationItems(x)) }
	return card
}

// toThis puts the page's claim behind what is done to it.
func toThis(line []widgets.Segment) []widgets.Segment {
	return slices.Insert(line, 1, widgets.Segment{Text: " this claim"})
}

func (s *pageScreen) fillStatements() {
	p := s.model.Shown
	if p.Note != nil {
		return
	}
	said := s.model.Statements()
	if len(said) == 0 {
		s.title("No statement yet", "press S on a passage that shows one")
	} else {
		s.title("Statements "+viewmodel.Thousands(len(said)), "oldest first")
	}
	s.byYear("said", said)
	if p.Actor != nil && len(p.Actor.Reports) > 0 {
		s.title("Reported by it "+viewmodel.Thousands(len(p.Actor.Reports)), "what others said")
		s.byYear("reported", p.Actor.Reports)
	}
}

// byYear is a card for each statement, with the years between them.
func (s *pageScreen) byYear(section string, said []int) {
	last := ""
	for _, n := range said {
		st := s.model.Discourse.Statements[n]
		year := app.Slice(string(st.Date), 0, 4)
		if year != last {
			last = year
			s.add(section+" year "+year, func(int) widgets.Flowing {
				return widgets.NewFlow(0, fyne.NewSize(2, 0), widgets.NewProse(lines(lookHeading, 1), widgets.Segment{Text: year}))
			})
		}
		s.add(section+" "+string(st.ID), func(i int) widgets.Flowing { return s.statementCard(i, n, section == "said") })
	}
}

func (s *pageScreen) statementCard(i, n int, own bool) widgets.Flowing {
	st := s.model.Statement(n)
	claimPage := s.model.Shown.Claim != nil
	other := app.RefTo(app.KindClaim, st.Claim)
	if claimPage {
		other = app.RefTo(app.KindActor, st.Actor)
	}
	open := func() { s.openRef(other) }
	var objects []fyne.CanvasObject
	if !claimPage {
		var claim sentence
		claim.link(st.ClaimText, open)
		claim.segments[0].Color = ""
		objects = append(objects, claim.prose(lines(lookRow, 4)))
	}
	objects = append(objects, s.window.statementQuote(st, claimPage || !own || st.ByName != "", s.window.openPassage))
	picked := own && s.model.Picked[st.ID]
	if picked { // the edge alone would look like the one of the card that has the keys
		objects = append(objects, widgets.NewProse(lines(lookSmall, 1), widgets.Segment{Text: "✓ picked for Split…", Color: widgets.ColorAccent, Bold: true}))
	}
	card := widgets.NewCard(widgets.Frame{Chosen: picked}, objects...)
	card.OnTap = open
	if own {
		card.OnTap = func() { s.model.Pick(st.ID) }
	}
	card.OnOpen = func() { s.model.OpenPassage(st.Statement.Passage, s.window.openPassage) }
	card.OnKey = func(e *fyne.KeyEvent) { s.cardKey(i, e, []func(){open}) }
	card.OnSecond = func(at fyne.Position) {
		pick := item("Pick it for Split…    Space", func() { s.model.Pick(st.ID) })
		pick.Checked = s.model.Picked[st.ID]
		showMenu(s.window, at, append([]*fyne.MenuItem{item("Page of “"+strings.TrimSpace(app.Slice(s.model.NameOf(other), 0, 50))+"”    1", open), pick,
			fyne.NewMenuItemSeparator()}, s.window.statementItems(st)...))
	}
	return card
}
