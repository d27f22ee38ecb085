package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// form is a dialog with fields that Ctrl+Return saves and Escape leaves. While it
// saves, it stays.
type form struct {
	window *window
	dialog *dialog.CustomDialog
	inside *fyne.Container
	ok     *widget.Button
	cancel *widget.Button
	save   func()
	saving *viewmodel.Saving
	fields []fyne.Disableable // take nothing while it saves
	before fyne.Focusable     // what had the keys
	onHide func()             // nil for nothing
	closed bool
}

// newForm makes a form; set save before it is shown.
func (w *window) newForm(title string, width, height float32, fields ...fyne.CanvasObject) *form {
	f := &form{window: w, before: w.win.Canvas().Focused(), saving: w.session.NewSaving()}
	column := widgets.NewColumn(6, fyne.NewSize(10, 6))
	column.Set(fields...)
	f.bind(fields)
	f.inside = container.NewStack(column)
	f.dialog = dialog.NewCustomWithoutButtons(title, f.inside, w.win)
	f.cancel = widget.NewButton("Cancel", f.leave)
	f.ok = widget.NewButton("Save  ("+shortcutText("Return")+")", func() { f.save() })
	f.ok.Importance = widget.HighImportance
	f.saving.OnChange, f.saving.OnSaved = f.showSaving(), f.hide
	f.dialog.SetButtons([]fyne.CanvasObject{f.cancel, f.ok})
	f.dialog.Resize(fyne.NewSize(width, height))
	save := &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault}
	w.win.Canvas().AddShortcut(save, func(fyne.Shortcut) { f.save() })
	over := w.onEscape(f.leave)
	f.dialog.SetOnClosed(func() {
		f.closed = true
		if f.onHide != nil {
			f.onHide()
		}
		w.win.Canvas().RemoveShortcut(save)
		over()
		w.win.Canvas().Focus(f.before)
	})
	return f
}

// leave is Escape: it closes the form, unless what is in it is being saved.
func (f *form) leave() {
	if !f.saving.Going {
		f.hide()
	}
}

func (f *form) hide() {
	if !f.closed {
		f.dialog.Hide()
	}
}

// showSaving returns what says that the form is being saved, and no longer.
func (f *form) showSaving() func() {
	label := ""
	return func() {
		set := fyne.Disableable.Enable
		if f.saving.Going {
			set, label = fyne.Disableable.Disable, f.ok.Text
			f.ok.SetText("Saving…")
		} else {
			f.ok.SetText(label)
		}
		for _, field := range append([]fyne.Disableable{f.ok, f.cancel}, f.fields...) {
			set(field)
		}
	}
}

// saveClaims makes save the form's, once what these fields mean is known. Before a
// claim is made that reads like one that is there, it is offered; saving once more
// makes it.
func (f *form) saveClaims(save func(over func(bool)), claims ...*widgets.Complete) {
	var fields []viewmodel.ClaimField
	for _, c := range claims {
		fields = append(fields, c)
	}
	offer := func(field int, doubles []string) {
		claims[field].OfferThese("This reads like a claim that is there. ↓ chooses it; Return once more makes a new one.", doubles)
		claims[field].Focus(f.window.win.Canvas())
	}
	f.save = func() { f.saving.WithClaims(fields, offer, save) }
}

// set puts something else in the place of the fields.
func (f *form) set(content fyne.CanvasObject) {
	f.inside.Objects = []fyne.CanvasObject{content}
	f.inside.Refresh()
}

// bind gives the fields that take keys the form's: Ctrl+Return and Escape.
func (f *form) bind(fields []fyne.CanvasObject) {
	for _, field := range fields {
		switch field := field.(type) {
		case *widgets.Complete:
			field.OnSave, field.OnCancel = func() { f.save() }, f.leave
		case *formEntry:
			field.form = f
		case *choice:
			field.form = f
		case *formCheck:
			field.form = f
		}
		if d, ok := field.(fyne.Disableable); ok {
			f.fields = append(f.fields, d)
		}
	}
}

func fieldLabel(text string) fyne.CanvasObject {
	return widgets.NewFlow(0, fyne.NewSize(0, 2), widgets.NewProse(lines(lookHeading, 1), widgets.Segment{Text: text}))
}

// quoteField shows the passage that a form is about.
func quoteField(quote string) []fyne.CanvasObject {
	if quote == "" {
		return []fyne.CanvasObject{widgets.NewProse(lookNote, widgets.Segment{Text: "Without a passage. Select one in an article first to show where it was said."})}
	}
	return []fyne.CanvasObject{widgets.NewProse(lines(lookQuote, 4), widgets.Segment{Text: app.Quoted(quote)})}
}

// statementForm records who says what, on the selection or the chosen mark.
func (w *window) statementForm() {
	if w.onBoard() {
		w.board.NewStatement(w.showStatementForm)
		return
	}
	w.reader.NewStatement(w.showStatementForm)
}

func (w *window) showStatementForm(m *viewmodel.StatementForm) {
	actor := widgets.NewComplete(lines(lookRow, 1), "Name of a person, organisation, state or group", m.Actors)
	claim := widgets.NewComplete(lines(lookRow, 2), "One proposition, in your words", m.Claims)
	reporter := widgets.NewComplete(lines(lookRow, 1), "Only if not the article itself", m.Actors)
	stance := newStanceSelect(m.Stance)
	date := newFormEntry(m.Date, "2019-10-08, 2019-10 or 2019")
	indirect := widget.NewCheck("Reported in other words than the actor's own", nil)
	indirect.SetChecked(m.Indirect)
	actor.SetText(m.Actor)
	claim.SetText(m.Claim)
	fields := append(quoteField(m.Quote), fieldLabel("Actor"), actor, fieldLabel("Stance"), stance,
		fieldLabel("Claim"), claim, fieldLabel("Date"), date, indirect, fieldLabel("Reported by"), reporter)
	f := w.newForm("Record a statement", 620, 640, fields...)
	f.saveClaims(func(over func(bool)) {
		m.Actor, m.Claim, m.ReportedBy, m.Date, m.Indirect = actor.Text(), claim.Text(), reporter.Text(), date.Text, indirect.Checked
		m.Stance = app.Stance(stance.value())
		m.Save(over)
	}, claim)
	canvas := w.win.Canvas()
	actor.OnSubmit, claim.OnSubmit = func() { canvas.Focus(stance) }, f.save
	stance.submit = func() { claim.Focus(canvas) }
	f.dialog.Show()
	actor.Focus(canvas)
	actor.SelectAll()
}

// counterclaimForm sets a claim against another, on the selection or the chosen
// mark.
func (w *window) counterclaimForm() {
	if w.onBoard() {
		w.board.NewCounterclaim(w.showCounterclaimForm)
		return
	}
	w.reader.NewCounterclaim(w.showCounterclaimForm)
}

func (w *window) showCounterclaimForm(m *viewmodel.RelationForm) {
	from := widgets.NewComplete(lines(lookRow, 2), "What is said against it", m.FromClaims)
	to := widgets.NewComplete(lines(lookRow, 2), "The claim that it is said against", m.ToClaims)
	from.SetText(m.From)
	to.SetText(m.To)
	kind := newKindSelect(m.Kind)
	more := newRelationFields(m.Strength, m.With, m.Note)
	fields := append(quoteField(m.Quote), fieldLabel("Counterclaim"), from, fieldLabel("does what"), kind, fieldLabel("to the claim"), to)
	f := w.newForm("Set a counterclaim", 620, 690, append(fields, more.objects()...)...)
	f.saveClaims(func(over func(bool)) {
		m.From, m.To, m.Kind = from.Text(), to.Text(), app.RelationKind(kind.value())
		m.Strength, m.With, m.Note = more.values()
		m.Save(over)
	}, from, to)
	canvas := w.win.Canvas()
	from.OnSubmit, to.OnSubmit = func() { canvas.Focus(kind) }, f.save
	kind.submit = func() { to.Focus(canvas) }
	f.dialog.Show()
	from.Focus(canvas)
	if m.From != "" {
		to.Focus(canvas)
	}
}

// comment writes the margin note: of a chosen mark in the margin, of a selection
// in a form.
func (w *window) comment() {
	if m := w.reader.CurrentMark(); m != nil && !w.reader.Selected() && m.Text == w.reader.Text.ID {
		w.pane().reader.edit(m.ID)
		return
	}
	w.commentForm()
}

// commentForm writes the margin note of the selection or the chosen mark.
func (w *window) commentForm() {
	note := newFormEntry("", "Markdown")
	if m := w.reader.CurrentMark(); m != nil && !w.reader.Selected() {
		note.SetText(m.Note)
	}
	if w.reader.Quote() == "" {
		w.say("Select a passage first")
		return
	}
	note.MultiLine, note.Wrapping = true, fyne.TextWrapWord
	note.SetMinRowsVisible(6)
	f := w.newForm("Comment", 560, 400, append(quoteField(w.reader.Quote()), note)...)
	write := w.reader.NewComment()
	f.save = func() { f.saving.Await(func() { write(note.Text) }) }
	f.dialog.Show()
	w.win.Canvas().Focus(note)
	toEnd(&note.Entry)
}

// tagForm tags the selection, the chosen mark, or the article.
func (w *window) tagForm() {
	tag := w.reader.NewTag()
	if tag == nil {
		return
	}
	what := "the article"
	if w.reader.Quote() != "" {
		what = "the passage"
	}
	w.askLine("Tag "+what, "environment/dredging", "", w.tagPaths, tag)
}

func (w *window) tagPaths(typed string) []string {
	var paths []string
	for _, t := range w.library.Tags {
		paths = append(paths, t.Path)
	}
	return viewmodel.Matching(paths, typed)
}

// suggest makes names that are there at once into suggestions.
func suggest(names func(typed string) []string) widgets.Suggester {
	return func(typed string, found func([]string, bool)) { found(names(typed), true) }
}

// askLine asks for one line of text, with suggestions if there are any.
func (w *window) askLine(title, placeholder, value string, names func(string) []string, done func(string)) {
	if names == nil {
		names = func(string) []string { return nil }
	}
	line := widgets.NewComplete(lines(lookRow, 1), placeholder, suggest(names))
	line.SetText(value)
	f := w.newForm(title, 480, 320, line)
	f.save = func() {
		if line.Text() == "" {
			f.leave()
			return
		}
		f.saving.Await(func() { done(line.Text()) })
	}
	line.OnSubmit = f.save
	f.dialog.Show()
	line.Focus(w.win.Canvas())
	line.SelectAll()
	if value == "" {
		line.Offer()
	}
}

// askLineOrNone asks for one line of text, where none is an answer too.
func (w *window) askLineOrNone(title string, names widgets.Suggester, done func(string)) {
	line := widgets.NewComplete(lines(lookRow, 1), "Any; Return with nothing shows all", names)
	f := w.newForm(title, 480, 320, line)
	f.ok.SetText("Show  (" + shortcutText("Return") + ")")
	f.save = func() {
		done(line.Text())
		f.hide()
	}
	line.OnSubmit = f.save
	f.dialog.Show()
	line.Focus(w.win.Canvas())
	line.Offer()
}

// newColorField is the name of a colour beside the colour.
func newColorField(c app.Color, e *formEntry) fyne.CanvasObject {
	swatch := container.NewGridWrap(fyne.NewSize(36, 36), widgets.NewSurface(markColor(c), nil))
	return container.NewBorder(nil, nil, swatch, nil, e)
}
