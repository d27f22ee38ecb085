package gui

import (
	"fyne.io/fyne/v2"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// fillNote is a note's own text, what it is about and mentions, and the links
// that lead to nothing.
func (s *pageScreen) fillNote(n *app.NotePage) {
	s.add("body "+string(n.ID), func(i int) widgets.Flowing { return s.noteCard(i, n.Note, true) })
	for _, link := range n.Broken {
		s.add("broken "+link, func(i int) widgets.Flowing { return s.brokenCard(i, link) })
	}
	s.linkedThings("About", n.About)
	s.linkedThings("Mentions", n.Mentions)
}

func (s *pageScreen) linkedThings(section string, all []app.Linked) {
	if len(all) == 0 {
		return
	}
	s.title(section+" "+viewmodel.Thousands(len(all)), "")
	var rows []sentence
	for _, l := range all {
		var row sentence
		row.link(l.Name, func() { s.openRef(l.Ref) })
		row.segments[0].Color = ""
		row.segments = append(row.segments, widgets.Segment{Text: "   " + string(l.Kind), Color: colorMuted})
		rows = append(rows, row)
	}
	s.group(section, rows)
}

// noteCards are notes about the page's thing, or that link to it.
func (s *pageScreen) noteCards(kind, section string, notes []app.Note) {
	if len(notes) == 0 {
		return
	}
	s.title(section+" "+viewmodel.Thousands(len(notes)), "")
	for _, n := range notes[:s.shownOf(section, len(notes))] {
		s.add(kind+" "+string(n.ID), func(i int) widgets.Flowing { return s.noteCard(i, n, kind == "note") })
	}
	s.rest(section, len(notes))
}

// noteCard is a note, set; Return edits one that belongs here, and opens the page
// of one that only links here.
func (s *pageScreen) noteCard(i int, n app.Note, own bool) widgets.Flowing {
	page := func() { s.openRef(app.RefTo(app.KindNote, n.ID)) }
	edit := func() { s.window.editNote(n.ID) }
	itself := s.model.Ref == app.RefTo(app.KindNote, n.ID)
	menu := func(at fyne.Position) {
		showMenu(s.window, at, []*fyne.MenuItem{item("Edit the note…", edit), item("Page of the note", page),
			item("Move the note to the trash", func() { s.window.board.Trash(app.RefTo(app.KindNote, n.ID)) })})
	}
	set := noteSetter{open: s.follow, visit: s.window.visit, second: menu,
		known: func(name string) bool { _, ok := s.model.Linked(name); return ok }}
	if !itself {
		set.tap = page
	}
	blocks := parseNote(n.Body)
	if itself && len(blocks) > 1 && blocks[0].kind == noteHeading {
		blocks = blocks[1:] // it stands above as the page's title
	}
	objects := []fyne.CanvasObject{set.set(blocks)}
	if !itself {
		about := "changed " + n.Modified.Local().Format("2 January 2006")
		var line sentence
		line.say(about + "   ")
		line.link("Edit…", edit)
		objects = append(objects, line.prose(lookSmall))
	}
	var links []func()
	for _, name := range n.WikiLinks() {
		links = append(links, func() { s.follow(name) })
	}
	card := widgets.NewCard(widgets.Frame{}, objects...)
	card.OnOpen = page
	if own {
		card.OnOpen = edit
	}
	if !itself {
		card.OnTap = page
	}
	card.OnKey = func(e *fyne.KeyEvent) { s.cardKey(i, e, links) }
	card.OnSecond = menu
	return card
}

// madeFromLink are what a link to nothing can become.
var madeFromLink = []struct {
	label string
	kind  app.Kind
}{{"Make it an actor", app.KindActor}, {"a claim", app.KindClaim}, {"a note", app.KindNote}}

// offerToMake is a link to nothing with what it can become.
func offerToMake(link string, create func(link string, kind app.Kind)) []fyne.CanvasObject {
	var tabs []fyne.CanvasObject
	for _, m := range madeFromLink {
		tabs = append(tabs, widgets.NewTab(m.label, func() { create(link, m.kind) }))
	}
	row := widgets.NewWrap(0, tabs...)
	row.Outdent = widgets.TabPad
	return []fyne.CanvasObject{widgets.NewProse(lines(lookRow, 2), widgets.Segment{Text: app.LinkName(link), Italic: true},
		widgets.Segment{Text: "   is a link to nothing", Color: colorMuted}), row}
}

func (s *pageScreen) brokenCard(i int, link string) widgets.Flowing {
	card := widgets.NewCard(widgets.Frame{Dashed: true}, offerToMake(link, s.model.Create)...)
	make := func(n int) func() { return func() { s.model.Create(link, madeFromLink[n].kind) } }
	card.OnKey = func(e *fyne.KeyEvent) { s.cardKey(i, e, []func(){make(0), make(1), make(2)}) }
	return card
}

// split splits off what was merged into the page's thing, or the statements that
// were picked.
func (s *pageScreen) split() {
	m := s.model
	f := m.SplitOff()
	switch {
	case f != nil:
		s.splitForm(f)
	case len(m.Shown.Merged) == 1:
		s.splitMerged(m.Shown.Merged[0], m.Shown.Names[0])
	case len(m.Shown.Merged) > 1:
		s.cards.Focus(1)
		s.window.say("Choose what to split off, or pick statements with Space")
	default:
		s.window.say("Pick the statements first: a click, or Space")
	}
}

// splitMerged says what taking a merge back changes, and does it.
func (s *pageScreen) splitMerged(ref app.Ref, name string) {
	f := s.window.newForm("Split off “"+app.Slice(name, 0, 50)+"”", 520, 240, widgets.NewProse(lookRow,
		widgets.Segment{Text: "“" + name + "” stands by itself again. The statements, relations, notes, tags and names that it brought along go back to it, as far as they are still where the merge put them. It can be undone."}))
	f.save = func() { f.saving.Await(func() { s.model.SplitMerged(ref, name) }) }
	f.dialog.Show()
}

// splitForm gives the picked statements to another actor or claim.
func (s *pageScreen) splitForm(m *viewmodel.SplitOff) {
	what := "actor"
	if m.From.Kind == app.KindClaim {
		what = "claim"
	}
	follows := widgets.NewProse(lookNote)
	to := widgets.NewComplete(lines(lookRow, 2), "Another "+what+", or a new one", nil)
	to.Suggest = func(typed string, found func([]string, bool)) {
		m.Preview(typed, func(text string) { follows.Set(widgets.Segment{Text: text}) })
		m.Suggest(typed, found)
	}
	f := s.window.newForm("Split "+viewmodel.Statements(m.Count)+" off", 560, 380, to, follows)
	f.save = func() {
		if over := f.saving.Begin(); over != nil {
			to.Settled(func() { m.Save(to.Text(), over) })
		}
	}
	to.OnSubmit = f.save
	f.dialog.Show()
	to.Focus(s.window.win.Canvas())
}
