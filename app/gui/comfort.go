package gui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"rejoinder/app"
	"rejoinder/app/settings"
)

// readingItems are the choices of how to read, for the menu and the button "Aa".
func (w *window) readingItems() []*fyne.MenuItem {
	items := []*fyne.MenuItem{
		item("Larger letters", func() { w.zoom(1) }, shortcut(fyne.KeyEqual)),
		item("Smaller letters", func() { w.zoom(-1) }, shortcut(fyne.KeyMinus)),
		item("Letters as they were", func() { w.zoom(0) }, shortcut(fyne.Key0)),
		w.choiceItem("Column", settings.Columns, func(r *settings.Reading) *string { return &r.Column }),
		w.choiceItem("Line spacing", settings.Spacings, func(r *settings.Reading) *string { return &r.Spacing }),
		w.choiceItem("Typeface", settings.Faces, func(r *settings.Reading) *string { return &r.Face }),
		item("Outline", w.toggleOutline, shortcut(fyne.KeyL, fyne.KeyModifierShift)),
		fyne.NewMenuItemSeparator(),
	}
	for _, a := range []struct {
		name       string
		appearance Appearance
	}{{"Light", AppearanceLight}, {"Sepia", AppearanceSepia}, {"Dark", AppearanceDark}, {"As the system", AppearanceSystem}} {
		i := item(a.name, func() { w.setAppearance(a.appearance) })
		i.Checked = w.settings.Appearance == string(a.appearance)
		items = append(items, i)
	}
	return items
}

// choiceItem is a submenu for one of the reading choices.
func (w *window) choiceItem(name string, values []string, field func(*settings.Reading) *string) *fyne.MenuItem {
	sub := fyne.NewMenuItem(name, nil)
	sub.ChildMenu = fyne.NewMenu("")
	for _, v := range values {
		i := item(strings.ToUpper(v[:1])+v[1:], func() {
			*field(&w.settings.Reading) = v
			w.restyle()
		})
		i.Checked = *field(&w.settings.Reading) == v
		sub.ChildMenu.Items = append(sub.ChildMenu.Items, i)
	}
	return sub
}

// moreShortcuts are those that stand beside a menu's own: Ctrl with + is Ctrl
// with Shift and = on many keyboards, and redo is Ctrl+Y to many people.
func (w *window) moreShortcuts() {
	for _, key := range []struct {
		name fyne.KeyName
		more fyne.KeyModifier
	}{{fyne.KeyEqual, fyne.KeyModifierShift}, {fyne.KeyPlus, 0}, {fyne.KeyPlus, fyne.KeyModifierShift}} {
		w.win.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: key.name, Modifier: fyne.KeyModifierShortcutDefault | key.more},
			func(fyne.Shortcut) { w.zoom(1) })
	}
	w.win.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyY, Modifier: fyne.KeyModifierShortcutDefault},
		func(fyne.Shortcut) { w.redo() })
}

// zoom makes the letters larger or smaller by a step; 0 sets the standard size.
func (w *window) zoom(step int) {
	at := slices.IndexFunc(zooms, func(z float32) bool { return z >= w.settings.Reading.Zoom })
	switch {
	case step == 0:
		at = slices.Index(zooms, 1)
	case at < 0:
		at = len(zooms) - 1
	default:
		at = max(0, min(len(zooms)-1, at+step))
	}
	w.settings.Reading.Zoom = zooms[at]
	w.restyle()
}

func (w *window) toggleOutline() {
	w.settings.Reading.Outline = !w.settings.Reading.Outline
	w.restyle()
}

// restyle sets what is read anew after a choice, which it keeps.
func (w *window) restyle() {
	for _, p := range w.panes {
		p.reader.restyle()
		p.head.update()
	}
	w.menu.update()
	w.keepSettings()
}

// keepSettings writes what the user chose.
func (w *window) keepSettings() {
	if err := w.settings.Save(w.env.Settings); err != nil {
		w.fail(err)
	}
}

// colorNamesForm lets the user name the colours of marks.
func (w *window) colorNamesForm() {
	var fields, entries []fyne.CanvasObject
	for _, c := range app.Colors {
		e := newFormEntry("", string(c))
		if name := w.state.ColorName(c); name != string(c) {
			e.SetText(name)
		}
		fields, entries = append(fields, newColorField(c, e)), append(entries, e)
	}
	f := w.newForm("Names of the colours", 460, 420, fields...)
	f.bind(entries)
	f.save = func() {
		names := map[app.Color]string{}
		for i, c := range app.Colors {
			name := strings.TrimSpace(entries[i].(*formEntry).Text)
			if old := w.state.ColorName(c); name != old && (name != "" || old != string(c)) {
				names[c] = name
			}
		}
		f.saving.Await(func() { w.state.NameColors(names) })
	}
	f.showFrom(entries[0].(*formEntry))
}

func (w *window) findHere() {
	w.show(screenLibrary)
	w.pane().reader.find.open()
}

// back and forward go between what the screen in front showed before: pages, or
// what is read in the pane that has the keys.
func (w *window) back() {
	if w.shown() == screenPage && w.pages.model.CanBack() {
		w.pages.model.Back()
		return
	}
	w.show(screenLibrary)
	w.pane().model.Back()
}

func (w *window) forward() {
	if w.shown() == screenPage {
		w.pages.model.Forward()
		return
	}
	w.show(screenLibrary)
	w.pane().model.Forward()
}
