package gui

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// repairsPanel shows the marks whose place has to be looked at since their
// article's text changed: the old passage beside where it may stand now.
type repairsPanel struct {
	window *window
	model  *viewmodel.Repairs
	dialog dialog.Dialog
	filter *widget.Select
	accept *widget.Button
	queue  *widgets.Column
	old    *widgets.Column
	now    *widgets.Column
}

// showRepairs opens the queue of the open article, or of the whole notebook
// when nothing in the article is in doubt.
func (w *window) showRepairs() {
	article := w.reader.Article.ID
	if w.shown() != screenLibrary || w.reader.Doubtful() == 0 {
		article = ""
	}
	w.openRepairs(viewmodel.NewRepairs(w.session, article))
}

func (w *window) openRepairs(m *viewmodel.Repairs) {
	p := &repairsPanel{window: w, model: m}
	p.queue, p.old, p.now = widgets.NewColumn(4, fyne.NewSize(4, 8)), widgets.NewColumn(8, fyne.NewSize(12, 8)), widgets.NewColumn(10, fyne.NewSize(12, 8))
	right := container.NewHSplit(p.old, p.now)
	right.SetOffset(0.42)
	all := container.NewHSplit(p.queue, right)
	all.SetOffset(0.28)
	p.dialog = dialog.NewCustom("Marks to look at", "Close", container.NewBorder(p.bar(), nil, nil, nil, all), w.win)
	size := w.win.Canvas().Size()
	p.dialog.Resize(fyne.NewSize(min(1180, size.Width-60), min(700, size.Height-60)))
	over := w.onEscape(p.dialog.Hide)
	p.dialog.SetOnClosed(func() {
		over()
		if w.repairs == p {
			w.repairs = nil
		}
	})
	w.repairs = p
	m.OnChange = p.update
	p.dialog.Show()
	m.Load()
}

// repairFilterNames are the filters as the bar offers them.
var repairFilterNames = map[app.RepairFilter]string{app.RepairAny: "All marks", app.RepairSameWords: "The same words",
	app.RepairOneWord: "At most one word changed", app.RepairNoFact: "No number, negation or name changed"}

// bar is what the queue is narrowed with, and many are accepted by.
func (p *repairsPanel) bar() fyne.CanvasObject {
	var names []string
	for _, f := range app.RepairFilters {
		names = append(names, repairFilterNames[f])
	}
	p.filter = widget.NewSelect(names, nil)
	p.filter.SetSelectedIndex(slices.Index(app.RepairFilters, p.model.Filter))
	p.filter.OnChanged = func(string) { p.model.Narrow(app.RepairFilters[p.filter.SelectedIndex()]) }
	p.accept = widget.NewButton("Accept ticked", p.model.AcceptTicked)
	p.accept.Importance = widget.HighImportance
	return container.NewHBox(p.filter, widget.NewButton("Tick all shown", p.model.TickAll), p.accept)
}

// card is a mark in the queue: its words, who says what with them, and what
// became of them.
func (p *repairsPanel) card(i int, r app.Repair) fyne.CanvasObject {
	m := p.model
	objects := []fyne.CanvasObject{
		widgets.NewProse(lines(lookQuote, 2), widgets.Segment{Text: app.OneLine(r.Old.Quote)}),
		widgets.NewProse(lines(lookSmall, 1), widgets.Segment{Text: markStateWords(r.Annotation), Bold: true, Color: stateColor(r.State)},
			widgets.Segment{Text: widgets.Line(" · " + r.ArticleTitle)})}
	if len(r.Statements)+len(r.Relations) > 0 {
		objects = append(objects, widgets.NewProse(lines(lookSmall, 2), saidSegments(r.Hanging)...))
	}
	switch {
	case r.Clear():
		tick := widget.NewCheck(r.Best.Change.Summary(), nil)
		tick.SetChecked(m.Ticked(r.ID))
		tick.OnChanged = func(on bool) { m.Tick(r.ID, on) }
		objects = append(objects, container.NewHBox(tick))
	case r.Rivals:
		objects = append(objects, widgets.NewProse(lines(lookSmall, 1), widgets.Segment{Text: "several places: choose one"}))
	}
	card := widgets.NewCard(widgets.Frame{Flat: true, Chosen: i == m.At}, objects...)
	card.OnTap = func() { m.Look(i) }
	return card
}

func (p *repairsPanel) update() {
	m := p.model
	if n := m.TickedCount(); n > 0 {
		p.accept.SetText("Accept " + viewmodel.Thousands(n) + " ticked")
		p.accept.Enable()
	} else {
		p.accept.SetText("Accept ticked")
		p.accept.Disable()
	}
	var rows []fyne.CanvasObject
	for i, r := range m.Queue {
		rows = append(rows, p.card(i, r))
	}
	p.queue.Set(rows...)
	if len(m.Queue) == 0 {
		if m.Loaded && m.All > 0 {
			p.old.Set(widgets.NewProse(lookEmpty, widgets.Segment{Text: "The filter leaves none of " + viewmodel.Thousands(m.All) + "."}),
				widgets.NewFlow(6, fyne.NewSize(0, 10), widget.NewButton("Show all", func() { p.filter.SetSelectedIndex(0) })))
		} else if m.Loaded {
			p.old.Set(widgets.NewProse(lookEmpty, widgets.Segment{Text: "Every mark stands where it was made."}),
				widgets.NewProse(lookNote, widgets.Segment{Text: "When a new version of an article is imported, the marks whose passage is not there any more word for word are shown here."}))
		}
		p.now.Set()
		return
	}
	r := m.Queue[m.At]
	was := snippetWith(m.Before, markColor(r.Color))
	if len(m.Candidates) > 0 {
		was = changedSnippet(m.Before, m.Candidates[0].Change.Old, markColor(r.Color))
	}
	p.old.Set(widgets.NewProse(lookHeading, widgets.Segment{Text: "As it was marked"}),
		widgets.NewProse(lookQuote, was...),
		widgets.NewFlow(4, fyne.Size{}, hangingProse(r.Hanging)...),
		noteOf(r.Annotation),
		widgets.NewFlow(6, fyne.NewSize(0, 10),
			widget.NewButton("Select it in the text…", p.reselect),
			widget.NewButton("Leave it with the old version", m.Leave),
			widget.NewButton("Move the mark to the trash", m.Trash)))
	objects := []fyne.CanvasObject{widgets.NewProse(lookHeading, widgets.Segment{Text: candidatesTitle(r, len(m.Candidates))})}
	for i, c := range m.Candidates {
		if i >= len(m.Around) {
			break
		}
		label := "It stands here"
		if r.State == app.AnchorFuzzy && i == 0 {
			label = "Yes, it stands here"
		}
		accept := widget.NewButton(label, func() { m.Accept(i) })
		if i == 0 {
			accept.Importance = widget.HighImportance
		}
		objects = append(objects, widgets.NewCard(widgets.Frame{Dashed: i > 0},
			widgets.NewProse(lookQuote, changedSnippet(m.Around[i], c.Change.New, markColor(r.Color))...),
			widgets.NewProse(lookSmall, widgets.Segment{Text: fmt.Sprintf("%s · %s like it", c.Change.Summary(), viewmodel.Percent(c.Likeness))}),
			container.NewHBox(accept)))
	}
	p.now.Set(objects...)
}

func candidatesTitle(r app.Repair, n int) string {
	switch {
	case r.State == app.AnchorFuzzy:
		return "Carried over to these words"
	case n == 0:
		return "Nothing like it is in the new version"
	}
	return "Where it may stand now"
}

func stateColor(s app.AnchorState) fyne.ThemeColorName {
	switch s {
	case app.AnchorFuzzy:
		return "qualifies"
	case app.AnchorNeedsReview:
		return "questions"
	case app.AnchorOrphan:
		return "disputes"
	}
	return "supports"
}

// noteOf shows a mark's note, if it has one.
func noteOf(a app.Annotation) fyne.CanvasObject {
	if a.Note == "" {
		return widgets.NewFlow(0, fyne.Size{})
	}
	return widgets.NewProse(lookNote, noteSegments(a.Note)...)
}

// snippetWith shows a snippet with what is marked in it in a colour.
func snippetWith(s app.Snippet, c fyne.ThemeColorName) []widgets.Segment {
	segments := snippetSegments(s)
	for i := range segments {
		if segments[i].Marked != "" {
			segments[i].Marked = c
		}
	}
	return segments
}

// changedSnippet shows a snippet whose marked passage is in pieces: what went is
// struck through, what came stands in another colour, as in a comparison.
func changedSnippet(s app.Snippet, pieces []app.DiffWord, c fyne.ThemeColorName) []widgets.Segment {
	if len(s.Marks) != 1 || len(pieces) == 0 {
		return snippetWith(s, c)
	}
	out := []widgets.Segment{{Text: app.Slice(s.Text, 0, s.Marks[0][0])}}
	for _, p := range pieces {
		segment := widgets.Segment{Text: strings.ReplaceAll(p.Text, "\n", " "), Marked: c}
		switch p.Kind {
		case app.DiffRemoved:
			segment.Marked, segment.Struck = colorRemoved, true
		case app.DiffAdded:
			segment.Marked = colorAdded
		}
		out = append(out, segment)
	}
	return append(out, widgets.Segment{Text: app.Slice(s.Text, s.Marks[0][1], app.RuneCount(s.Text))})
}

// reselect lets the user select the passage in the text: Return places the mark.
func (p *repairsPanel) reselect() {
	w, m := p.window, p.model
	r := m.Queue[m.At]
	p.dialog.Hide()
	w.show(screenLibrary)
	w.library.Select(r.Article)
	at := -1 // where it is likeliest to stand
	if r.Best != nil {
		at = r.Best.Anchor.Start
	}
	w.pane().model.Open(r.Article, at)
	w.placing = &placing{repairs: m, article: r.Article, mark: r.ID}
	w.status.update()
	w.pane().focus()
}

// placing is a mark that waits until its passage is selected in its article.
type placing struct {
	repairs *viewmodel.Repairs
	article app.ArticleID
	mark    app.AnnotationID
}

// placeSelection is Return in the text while a mark waits for its place.
func (w *window) placeSelection() bool {
	p := w.placing
	switch {
	case p == nil:
		return false
	case w.reader.Article.ID != p.article:
		w.say("The mark belongs to another article: open that one, or press Esc")
	case !w.reader.Selected():
		w.say("Select the passage first")
	default:
		w.placing = nil
		p.repairs.Place(p.mark, w.reader.Text.ID, w.reader.Start, w.reader.End)
		w.openRepairs(p.repairs)
	}
	return true
}

// stopPlacing is Escape: the mark stays in the queue.
func (w *window) stopPlacing() bool {
	waiting := w.placing != nil
	w.placing = nil
	w.status.update()
	return waiting
}
