package gui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// marginCard is what stands beside a mark: the statements and counterclaims
// that hang on it, its note and its tags.
func (r *readerScreen) marginCard(m viewmodel.Mark) widgets.Flowing {
	var objects []fyne.CanvasObject
	objects = append(objects, hangingProse(m.Hanging)...)
	if r.editing == m.ID {
		if r.editor == nil || r.editor.mark != m.ID {
			r.editor = newNoteEditor(r, m)
		}
		objects = append(objects, r.editor, widgets.NewProse(lines(lookSmall, 1), widgets.Segment{Text: shortcutText("Return") + " or Esc: done"}))
	} else if m.Note != "" {
		objects = append(objects, widgets.NewProse(lookNote, noteSegments(m.Note)...))
	}
	if len(objects) == 0 {
		objects = append(objects, widgets.NewProse(lines(lookSmall, 1), widgets.Segment{Text: string(m.Kind) + " · " + r.model.ColorName(m.Color)}))
	}
	if words := markStateWords(m.Annotation); m.State == app.AnchorFuzzy {
		objects = append(objects, widgets.NewProse(lines(lookSmall, 1), widgets.Segment{Text: "≈ " + words + " since it was marked", Color: stateColor(m.State)}))
	}
	if len(m.Tags) > 0 {
		objects = append(objects, widgets.NewChips(lookSmall, tagNames(m.Tags)...))
	}
	card := widgets.NewCard(widgets.Frame{Chosen: m.ID == r.model.Current}, objects...)
	card.OnTap = func() {
		r.window.activateReader(r)
		r.still = m.ID
		if r.model.Current == m.ID && r.editing == "" { // a second click writes
			r.edit(m.ID)
			return
		}
		r.model.Choose(m.ID)
		r.window.win.Canvas().Focus(r.view) // for the keys that act on the mark
	}
	card.OnSecond = func(at fyne.Position) {
		r.window.activateReader(r)
		r.model.Choose(m.ID)
		items := r.window.markItems()
		for _, t := range m.Tags {
			items = append(items, item("Take off the tag "+t.Path, func() { r.model.Untag(m.ID, t.Path) }))
		}
		showMenu(r.window, at, items)
	}
	card.OnKey = func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyDelete {
			r.model.Choose(m.ID)
			r.model.TrashCurrent()
		}
	}
	return card
}

// hangingProse shows the statements and relations that hang on a mark.
func hangingProse(h app.Hanging) []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for _, s := range h.Statements {
		objects = append(objects, widgets.NewProse(lookSmall, stanceWord(s.Stance),
			widgets.Segment{Text: " · "}, widgets.Segment{Text: s.ActorName, Bold: true, Color: theme.ColorNameForeground}),
			widgets.NewProse(lookNote, widgets.Segment{Text: s.ClaimText}))
	}
	for _, x := range h.Relations {
		objects = append(objects, widgets.NewProse(lookSmall,
			widgets.Segment{Text: x.Kind.Words(), Bold: true, Color: relationColor(x.Kind)}),
			widgets.NewProse(lookNote, widgets.Segment{Text: x.FromText + " → " + x.ToText}))
	}
	return objects
}

func tagNames(tags []app.Tag) []string {
	names := make([]string, len(tags))
	for i, t := range tags {
		names[i] = t.Name()
	}
	return names
}

// stanceWord is a stance as glyph and word in its colour.
func stanceWord(s app.Stance) widgets.Segment {
	return widgets.Segment{Text: s.Glyph() + " " + string(s), Bold: true, Color: stanceColor(s)}
}

// cardVersion changes with everything that a mark's card shows.
func (r *readerScreen) cardVersion(m viewmodel.Mark) string {
	var b strings.Builder
	fmt.Fprint(&b, m.Modified.UnixNano(), m.State, m.TextChanged, m.ID == r.model.Current, m.ID == r.editing, r.model.ColorName(m.Color))
	for _, s := range m.Statements {
		fmt.Fprint(&b, "|", s.Stance, s.ActorName, s.ClaimText)
	}
	for _, x := range m.Relations {
		fmt.Fprint(&b, "|", x.Kind, x.FromText, x.ToText)
	}
	for _, t := range m.Tags {
		b.WriteString("#" + t.Path)
	}
	return b.String()
}

// cardEstimate is about how high a mark's card will be.
func cardEstimate(m viewmodel.Mark) float32 {
	const letters = 38 // a line
	text := func(s string) float32 { return float32(19 * (1 + len(s)/letters)) }
	h := float32(24)
	for _, s := range m.Statements {
		h += 22 + text(s.ClaimText)
	}
	for _, x := range m.Relations {
		h += 22 + text(x.FromText+x.ToText)
	}
	if m.Note != "" {
		h += text(m.Note)
	}
	if len(m.Tags) > 0 {
		h += 24
	}
	return max(h, 42)
}

// edit opens the note of a mark for writing, in the margin if there is one.
func (r *readerScreen) edit(id app.AnnotationID) {
	r.editing = id
	r.model.Choose(id)
	if r.editor != nil {
		r.window.win.Canvas().Focus(r.editor)
		toEnd(&r.editor.Entry)
	}
}

// toEnd puts the caret behind what is written.
func toEnd(e *widget.Entry) {
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
}

// editDone ends the writing.
func (r *readerScreen) editDone() {
	r.editing, r.editor = "", nil
	r.decorate()
	r.window.win.Canvas().Focus(r.view)
}

// noteEditor is a margin note while it is written. Leaving it keeps it, in any
// way: undo takes it back.
type noteEditor struct {
	widget.Entry
	reader *readerScreen
	mark   app.AnnotationID
	was    string // the note as it was
	over   bool
}

func newNoteEditor(r *readerScreen, m viewmodel.Mark) *noteEditor {
	e := &noteEditor{reader: r, mark: m.ID, was: m.Note}
	e.ExtendBaseWidget(e)
	e.MultiLine, e.Wrapping = true, fyne.TextWrapWord
	e.SetMinRowsVisible(4)
	e.SetPlaceHolder("Markdown; [[Name]] links")
	e.SetText(m.Note)
	return e
}

// end keeps what was written; undo takes it back.
func (e *noteEditor) end() {
	if e.keep() {
		e.reader.editDone()
	}
}

// keep keeps what was written, once; false says that it was kept before.
func (e *noteEditor) keep() bool {
	if e.over {
		return false
	}
	e.over = true
	if note := e.Text; note != e.was {
		e.reader.model.EditMark(e.mark, func(a *app.Annotation) { a.Note = note })
	}
	return true
}

// TypedShortcut implements fyne.Shortcutable.
func (e *noteEditor) TypedShortcut(s fyne.Shortcut) {
	if widgets.IsSave(s) {
		e.end()
		return
	}
	e.Entry.TypedShortcut(s)
}

// TypedKey implements fyne.Focusable.
func (e *noteEditor) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		e.end()
		return
	}
	e.Entry.TypedKey(k)
}

// FocusLost implements fyne.Focusable.
func (e *noteEditor) FocusLost() {
	e.Entry.FocusLost()
	if e.keep() {
		e.reader.editing, e.reader.editor = "", nil
		fyne.Do(e.reader.decorate)
	}
}

// FocusGained implements fyne.Focusable. The window gives the keys back to what
// had them, even when that is gone.
func (e *noteEditor) FocusGained() {
	if e.over {
		fyne.Do(func() { e.reader.window.win.Canvas().Focus(e.reader.view) })
		return
	}
	e.Entry.FocusGained()
}

// showFilter offers what the margin can be narrowed to.
func (r *readerScreen) showFilter(at fyne.Position) {
	colors, kinds, tags, actors := r.model.FilterChoices()
	all := item("All marks", func() { r.model.SetFilter(viewmodel.MarkFilter{}) })
	all.Checked = r.model.Filter == viewmodel.MarkFilter{}
	items := []*fyne.MenuItem{all}
	for _, group := range []struct {
		name    string
		choices []viewmodel.FilterChoice
	}{{"Colour", colors}, {"Kind", kinds}, {"Tag", tags}, {"Actor", actors}} {
		if len(group.choices) == 0 {
			continue
		}
		sub := fyne.NewMenuItem(group.name, nil)
		sub.ChildMenu = fyne.NewMenu("")
		for _, c := range group.choices {
			i := item(fmt.Sprintf("%s    %d", c.Name, c.Count), func() { r.model.SetFilter(c.Filter) })
			i.Checked = r.model.Filter == c.Filter
			sub.ChildMenu.Items = append(sub.ChildMenu.Items, i)
		}
		items = append(items, sub)
	}
	items = append(items, fyne.NewMenuItemSeparator(), item("Names of the colours…", r.window.colorNamesForm))
	showMenu(r.window, at, items)
}
