package gui

import (
	"strings"

	"fyne.io/fyne/v2"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// articleForm edits the open article's metadata.
func (w *window) articleForm() {
	a := w.reader.Article
	if a.ID == "" {
		w.say("Choose an article first")
		return
	}
	title, publisher, address := newFormEntry(a.Title, ""), newFormEntry(a.Publisher, ""), newFormEntry(a.URL, "https://")
	authors := newFormEntry(strings.Join(a.Authors, "; "), "One; Another")
	date, language := newFormEntry(string(a.Published), "2019-10-08, 2019-10 or 2019"), newFormEntry(a.Language, "en")
	f := w.newForm("Edit the article", 620, 560, fieldLabel("Title"), title, fieldLabel("Authors"), authors,
		fieldLabel("Publisher"), publisher, fieldLabel("Published"), date, fieldLabel("Address"), address, fieldLabel("Language"), language)
	f.save = func() {
		over := f.saving.Begin()
		if over == nil {
			return
		}
		now := app.Article{Title: title.Text, Publisher: publisher.Text, URL: address.Text, Language: language.Text,
			Published: app.Date(strings.TrimSpace(date.Text)), Authors: parts(authors.Text, ";")}
		w.reader.EditArticle(func(a *app.Article) { // off the screen
			a.Title, a.Publisher, a.URL, a.Language = now.Title, now.Publisher, now.URL, now.Language
			a.Published, a.Authors = now.Published, now.Authors
		}, over)
	}
	f.showFrom(title)
}

// actorForm edits the chosen actor.
func (w *window) actorForm() {
	ref, _ := w.chosenThing()
	m := w.session.Side().EditActor(app.ActorID(ref.ID))
	if m == nil {
		w.say("Choose an actor first")
		return
	}
	name, aliases := newFormEntry(m.Name, ""), newFormEntry(strings.Join(m.Aliases, "; "), "One; Another, in any script")
	labels, values := []string{"not known"}, []string{""}
	for _, k := range app.ActorKinds {
		labels, values = append(labels, string(k)), append(values, string(k))
	}
	kind := newChoice(labels, values, string(m.Kind))
	var names []string
	for _, a := range w.session.Side().Discourse.Actors {
		names = append(names, a.Name)
	}
	partOf := widgets.NewComplete(lines(lookRow, 1), "A ministry is part of a government", suggest(func(typed string) []string {
		return without(viewmodel.Matching(names, typed), m.Name)
	}))
	partOf.SetText(m.PartOf)
	f := w.newForm("Edit the actor", 560, 480, fieldLabel("Name"), name, fieldLabel("Kind"), kind,
		fieldLabel("Also called"), aliases, fieldLabel("Part of"), partOf)
	f.save = func() {
		m.Name, m.Kind, m.Aliases, m.PartOf = name.Text, app.ActorKind(kind.value()), parts(aliases.Text, ";"), strings.TrimSpace(partOf.Text())
		if over := f.saving.Begin(); over != nil {
			m.Save(over)
		}
	}
	f.showFrom(name)
}

// showFrom shows the form with the keys in one of its entries.
func (f *form) showFrom(first *formEntry) {
	f.dialog.Show()
	f.window.win.Canvas().Focus(first)
	first.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// parts splits a line at a separator and leaves out what is empty.
func parts(s, separator string) []string {
	var out []string
	for p := range strings.SplitSeq(s, separator) {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}
