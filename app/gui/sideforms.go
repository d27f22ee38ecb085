package gui

import (
	"strings"

	"fyne.io/fyne/v2"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

const chooseFirst = "Choose an actor or a claim first"

// renameChosen gives what is chosen another name, after saying what follows.
func (w *window) renameChosen() {
	ref, ok := w.chosenThing()
	if !ok {
		w.say(chooseFirst)
		return
	}
	if ref.Kind == app.KindNote { // its first line is its name
		w.editNote(app.NoteID(ref.ID))
		return
	}
	side := w.session.Side()
	side.PreviewRename(ref, func(consequences string) {
		name := newFormEntry(side.NameOf(ref), "")
		f := w.newForm("Rename or reword", 560, 260, name, widgets.NewProse(lookNote, widgets.Segment{Text: consequences}))
		f.save = func() {
			if over := f.saving.Begin(); over != nil {
				side.Rename(ref, name.Text, over)
			}
		}
		name.OnSubmitted = func(string) { f.save() }
		f.showFrom(name)
	})
}

// mergeChosen makes what is chosen one with another, after saying what that
// changes.
func (w *window) mergeChosen() {
	ref, ok := w.chosenThing()
	if !ok {
		w.say(chooseFirst)
		return
	}
	if ref.Kind == app.KindNote {
		w.say("Actors and claims are merged, notes are not")
		return
	}
	m := w.session.Side().Merge(ref)
	what := widgets.NewFlow(4, fyne.Size{})
	into := widgets.NewComplete(lines(lookRow, 2), "The one that stays", suggest(func(typed string) []string {
		return viewmodel.Matching(m.Names, typed)
	}))
	f := w.newForm("Merge “"+app.Slice(m.Name, 0, 50)+"” into…", 560, 420, into, what)
	shown := ""
	f.save = func() {
		if name := strings.TrimSpace(into.Text()); name != shown { // what it changes is seen before it is done
			m.Preview(name, func(p app.MergePreview) {
				shown = name
				var all []fyne.CanvasObject
				for _, s := range append(p.Sentences(), "Save once more to merge. It can be undone, and split again later.") {
					all = append(all, widgets.NewProse(lookNote, widgets.Segment{Text: s}))
				}
				f.set(widgets.NewFlow(8, fyne.NewSize(10, 6), into, widgets.NewFlow(4, fyne.Size{}, all...)))
				into.Focus(w.win.Canvas())
			})
			return
		}
		if over := f.saving.Begin(); over != nil {
			m.Merge(shown, over)
		}
	}
	into.OnSubmit = f.save
	f.dialog.Show()
	into.Focus(w.win.Canvas())
}

// relationForm edits a relation: its kind, its strength and a note.
func (w *window) relationForm(x app.BoardRelation) {
	kind := newKindSelect(x.Kind)
	more := newRelationFields(x.Strength, x.WithTexts, x.Note)
	fields := []fyne.CanvasObject{widgets.NewProse(lines(lookRow, 2), widgets.Segment{Text: x.FromText}),
		fieldLabel("does what"), kind, widgets.NewProse(lines(lookRow, 2), widgets.Segment{Text: x.ToText})}
	f := w.newForm("Edit the relation", 620, 560, append(fields, more.objects()...)...)
	f.save = func() {
		if over := f.saving.Begin(); over != nil {
			strength, with, note := more.values()
			w.session.Side().EditRelation(x.ID, app.RelationKind(kind.value()), strength, note, with, over)
		}
	}
	f.dialog.Show()
	w.win.Canvas().Focus(kind)
}

// relationFields are what a relation has besides its claims and its kind.
type relationFields struct {
	strength   *choice
	with, note *formEntry
}

func newRelationFields(strength app.Strength, with []string, note string) *relationFields {
	var labels, values []string
	for _, s := range app.Strengths {
		labels, values = append(labels, s.Words()), append(values, string(s))
	}
	f := &relationFields{newChoice(labels, values, string(strength)), newFormEntry(strings.Join(with, "; "), "Other claims that it rests on; One; Another"),
		newFormEntry(note, "Why, in Markdown")}
	f.note.MultiLine, f.note.Wrapping = true, fyne.TextWrapWord
	f.note.SetMinRowsVisible(2)
	return f
}

func (f *relationFields) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{fieldLabel("How strongly"), f.strength, fieldLabel("Together with"), f.with, fieldLabel("Note"), f.note}
}

func (f *relationFields) values() (strength app.Strength, with []string, note string) {
	return app.Strength(f.strength.value()), parts(f.with.Text, ";"), f.note.Text
}
