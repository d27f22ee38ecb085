package gui

import (
	"strings"

	"fyne.io/fyne/v2"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// sectionShown is how much of a section is shown until one asks for all of it.
const sectionShown = 12

// fill says what the cards of the page are.
func (s *pageScreen) fill() {
	p := s.model.Shown
	s.parts = []pagePart{{"head " + p.Ref.ID, func(int) widgets.Flowing { return s.headCard() }}}
	for n, ref := range p.Merged {
		s.add("merged "+ref.ID, func(i int) widgets.Flowing { return s.mergedCard(i, ref, p.Names[n]) })
	}
	if p.Note != nil {
		s.fillNote(p.Note)
	}
	s.noteCards("note", "Notes", p.Notes)
	s.fillTurns()
	switch {
	case p.Actor != nil:
		s.companies("Allies", "take the same side of a claim", p.Actor.Allies)
		s.companies("Opponents", "take the other side, or speak for a claim that counters", p.Actor.Opponents)
	case p.Claim != nil:
		s.speakers("For it", p.Claim.For)
		s.speakers("Against it", p.Claim.Against)
		s.fillRelations()
	}
	s.noteCards("back", "Linked from", p.Backlinks)
	s.fillArticles()
	s.fillStatements()
}

func (s *pageScreen) add(key string, make func(i int) widgets.Flowing) {
	s.parts = append(s.parts, pagePart{key, make})
}

// title begins a section.
func (s *pageScreen) title(text, about string) {
	s.add("title "+text, func(int) widgets.Flowing {
		return widgets.NewFlow(0, fyne.NewSize(2, 4), widgets.NewProse(lines(lookRow, 2),
			widgets.Segment{Text: text, Bold: true}, widgets.Segment{Text: "   " + about, Color: colorMuted}))
	})
}

// shownOf is how many of a section's things are shown; where it is not all, add
// the card that shows them.
func (s *pageScreen) shownOf(section string, n int) int {
	if s.whole[section] || n <= sectionShown+1 {
		return n
	}
	return sectionShown
}

// rest is the card that shows a section to its end.
func (s *pageScreen) rest(section string, n int) {
	if s.shownOf(section, n) == n {
		return
	}
	s.add("rest "+section, func(i int) widgets.Flowing {
		card := widgets.NewCard(widgets.Frame{Flat: true}, widgets.NewProse(lines(lookRow, 1),
			widgets.Segment{Text: "Show all " + viewmodel.Thousands(n), Color: widgets.ColorAccent}))
		card.OnTap = func() {
			s.whole[section] = true
			s.showPage()
			s.cards.Focus(min(i, len(s.parts)-1))
		}
		card.OnKey = func(e *fyne.KeyEvent) { s.cardKey(i, e, nil) }
		return card
	})
}

// headCard is the name or the words, with what is known at a glance and what
// can be done.
func (s *pageScreen) headCard() widgets.Flowing {
	p := s.model.Shown
	var objects []fyne.CanvasObject
	look := lines(lookEmpty, 12)
	look.Size, look.LineHeight = 21, 31
	if p.Note == nil || titled(p.Note.Body) {
		objects = append(objects, widgets.NewProse(look, widgets.Segment{Text: p.Title}))
	}
	switch {
	case p.Actor != nil:
		objects = append(objects, s.actorHead(p.Actor)...)
	case p.Claim != nil:
		objects = append(objects, s.claimHead(p.Claim)...)
	case p.Note != nil:
		objects = append(objects, widgets.NewProse(lookNote, widgets.Segment{Text: "Note · written " + p.Note.Created.Local().Format("2 January 2006") +
			" · changed " + p.Note.Modified.Local().Format("2 January 2006")}))
	}
	var tags []string
	for _, t := range p.Tags {
		tags = append(tags, t.Path)
	}
	if len(tags) > 0 {
		objects = append(objects, widgets.NewChips(lookSmall, tags...))
	}
	if contents := s.contents(); contents != nil {
		objects = append(objects, contents)
	}
	return widgets.NewFlow(6, fyne.NewSize(2, 2), append(objects, s.actions())...)
}

// titled says whether a note begins with a heading.
func titled(body string) bool {
	blocks := parseNote(body)
	return len(blocks) > 0 && blocks[0].kind == noteHeading
}

// sentence is small text some words of which lead to other pages.
type sentence struct {
	segments []widgets.Segment
	links    map[int]func()
}

func (t *sentence) say(text string) {
	t.segments = append(t.segments, widgets.Segment{Text: text})
}

func (t *sentence) link(text string, open func()) {
	if t.links == nil {
		t.links = map[int]func(){}
	}
	t.links[len(t.segments)] = open
	t.segments = append(t.segments, widgets.Segment{Text: widgets.Apart(text), Color: widgets.ColorAccent})
}

func (t *sentence) prose(look widgets.Look) fyne.CanvasObject {
	return widgets.NewLinkProse(look, t.links, t.segments...)
}

// partsShown is how many parts of an actor its page names.
const partsShown = 20

func (s *pageScreen) actorHead(a *app.ActorPage) []fyne.CanvasObject {
	var line sentence
	line.say(string(a.Kind))
	if a.Kind == "" {
		line.say("actor")
	}
	if a.Whole != nil {
		line.say(" · part of ")
		line.link(a.Whole.Name, func() { s.openRef(app.RefTo(app.KindActor, a.Whole.ID)) })
	}
	for n, part := range a.Parts[:min(len(a.Parts), partsShown)] {
		line.say([]string{" · its parts: ", ", "}[min(n, 1)])
		line.link(part.Name, func() { s.openRef(app.RefTo(app.KindActor, part.ID)) })
	}
	if more := len(a.Parts) - partsShown; more > 0 {
		line.say(" and " + viewmodel.Thousands(more) + " more")
	}
	out := []fyne.CanvasObject{line.prose(lookNote)}
	if len(a.Aliases) > 0 {
		out = append(out, widgets.NewProse(lines(lookNote, 6), widgets.Segment{Text: widgets.Line("also “" + strings.Join(a.Aliases, "”, “") + "”")}))
	}
	if counts := stanceCounts(a.Counts); len(counts) > 0 {
		out = append(out, widgets.NewProse(lookNote, counts...))
	}
	return out
}

func (s *pageScreen) claimHead(c *app.ClaimPage) []fyne.CanvasObject {
	out := []fyne.CanvasObject{widgets.NewProse(lookNote, widgets.Segment{Text: "claim"})}
	if counts := stanceCounts(s.model.Counts(s.model.Shown.Ref)); len(counts) > 0 {
		out = append(out, widgets.NewProse(lookNote, counts...))
	}
	return append(out, widgets.NewChips(lookSmall, claimFacts(c.BoardClaim)...))
}

// contents leads to the sections of a page that is longer than a window.
func (s *pageScreen) contents() fyne.CanvasObject {
	var line sentence
	for _, part := range s.parts {
		title, ok := strings.CutPrefix(part.key, "title ")
		if !ok {
			continue
		}
		if len(line.segments) > 0 {
			line.say("   ")
		}
		line.link(title, func() { s.cards.RevealTop(s.cards.IndexOf(part.key)) })
	}
	if len(line.segments) < 5 { // two sections are seen at once
		return nil
	}
	return line.prose(lookNote)
}

// actions are what can be done with the page's thing.
func (s *pageScreen) actions() fyne.CanvasObject {
	w := s.window
	tab := func(label string, act func()) fyne.CanvasObject { return widgets.NewTab(label, act) }
	var tabs []fyne.CanvasObject
	switch s.model.Shown.Ref.Kind {
	case app.KindActor:
		tabs = []fyne.CanvasObject{tab("Edit…", w.actorForm), tab("Rename…", w.renameChosen), tab("Merge into…", w.mergeChosen), tab("Split…", s.split), tab("Note…", w.boardNote)}
	case app.KindClaim:
		tabs = []fyne.CanvasObject{tab("Reword…", w.renameChosen), tab("Merge into…", w.mergeChosen), tab("Split…", s.split), tab("Note…", w.boardNote)}
	case app.KindNote:
		tabs = []fyne.CanvasObject{tab("Edit…", s.edit), tab("Move to the trash", w.trashChosen)}
	}
	row := widgets.NewWrap(4, tabs...)
	row.Outdent = widgets.TabPad
	return row
}

// edit edits the page's actor, claim or note.
func (s *pageScreen) edit() {
	switch s.model.Ref.Kind {
	case app.KindActor:
		s.window.actorForm()
	case app.KindClaim:
		s.window.renameChosen()
	case app.KindNote:
		s.window.editNote(app.NoteID(s.model.Ref.ID))
	}
}

// mergedCard is something that was merged into the page's, to split off again.
func (s *pageScreen) mergedCard(i int, ref app.Ref, name string) widgets.Flowing {
	split := widgets.NewWrap(4, widgets.NewTab("Split off…", func() { s.splitMerged(ref, name) }))
	split.Outdent = widgets.TabPad
	card := widgets.NewCard(widgets.Frame{}, widgets.NewProse(lines(lookRow, 4), widgets.Segment{Text: "merged into it: ", Color: colorMuted},
		widgets.Segment{Text: name}), split)
	card.OnOpen = func() { s.splitMerged(ref, name) }
	card.OnKey = func(e *fyne.KeyEvent) { s.cardKey(i, e, nil) }
	return card
}

// group is a card of rows each of which leads somewhere.
func (s *pageScreen) group(section string, rows []sentence) {
	shown := s.shownOf(section, len(rows))
	s.add("group "+section, func(i int) widgets.Flowing {
		var objects []fyne.CanvasObject
		var links []func()
		for _, row := range rows[:shown] {
			objects = append(objects, row.prose(lines(lookRow, 4)))
			for n := range row.segments {
				if open := row.links[n]; open != nil {
					links = append(links, open)
				}
			}
		}
		card := widgets.NewCard(widgets.Frame{}, objects...)
		card.OnOpen = links[0]
		card.OnKey = func(e *fyne.KeyEvent) { s.cardKey(i, e, links) }
		return card
	})
	s.rest(section, len(rows))
}

func (s *pageScreen) fillArticles() {
	works := s.model.Shown.Articles
	if len(works) == 0 {
		return
	}
	s.title("Articles "+viewmodel.Thousands(len(works)), "")
	var rows []sentence
	for _, a := range works {
		var row sentence
		row.link(a.Title, func() { s.window.openArticle(a.Article) })
		row.segments[0].Color = "" // the whole list is links
		about := viewmodel.Joined(a.Publisher, a.Published.String(), viewmodel.Statements(a.Count))
		row.segments = append(row.segments, widgets.Segment{Text: widgets.Line("   " + about), Color: colorMuted})
		rows = append(rows, row)
	}
	s.group("Articles", rows)
}

func (s *pageScreen) speakers(section string, ids []app.ActorID) {
	if len(ids) == 0 {
		return
	}
	s.title(section+" "+viewmodel.Thousands(len(ids)), "by their last word")
	var rows []sentence
	for _, id := range ids {
		var row sentence
		row.link(s.model.Discourse.ActorName(id), func() { s.openRef(app.RefTo(app.KindActor, id)) })
		row.segments[0].Color = ""
		if stance, ok := s.model.Side(id, app.ClaimID(s.model.Shown.Ref.ID)); ok {
			row.segments = append(row.segments, widgets.Segment{Text: "   "}, stanceWord(stance))
		}
		rows = append(rows, row)
	}
	s.group(section, rows)
}
