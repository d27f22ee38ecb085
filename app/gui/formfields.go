package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
)

// formEntry is an entry of a form.
type formEntry struct {
	widget.Entry
	form *form
}

func newFormEntry(text, placeholder string) *formEntry {
	e := &formEntry{}
	e.ExtendBaseWidget(e)
	e.SetPlaceHolder(placeholder)
	e.SetText(text)
	return e
}

// TypedShortcut implements fyne.Shortcutable.
func (e *formEntry) TypedShortcut(s fyne.Shortcut) {
	if widgets.IsSave(s) {
		e.form.save()
		return
	}
	if !e.Disabled() {
		e.Entry.TypedShortcut(s)
	}
}

// TypedKey implements fyne.Focusable.
func (e *formEntry) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		e.form.leave()
		return
	}
	e.Entry.TypedKey(k)
}

// formCheck is a check of a form, which Escape leaves from it too.
type formCheck struct {
	widget.Check
	form *form
}

func newFormCheck(label string, on bool, changed func(bool)) *formCheck {
	c := &formCheck{}
	c.ExtendBaseWidget(c)
	c.Text, c.Checked, c.OnChanged = label, on, changed
	return c
}

// TypedKey implements fyne.Focusable.
func (c *formCheck) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		c.form.leave()
		return
	}
	c.Check.TypedKey(k)
}

// choice is a select that Return leaves and that letters choose in: "d" is the
// first option with that letter, again the next.
type choice struct {
	widget.Select
	form   *form
	submit func()
	values []string
}

func newChoice(labels, values []string, chosen string) *choice {
	c := &choice{values: values}
	c.Options = labels
	c.ExtendBaseWidget(c)
	for i, v := range values {
		if v == chosen {
			c.SetSelectedIndex(i)
		}
	}
	return c
}

func newStanceSelect(chosen app.Stance) *choice {
	var labels, values []string
	for _, s := range app.Stances {
		labels, values = append(labels, s.Glyph()+"  "+string(s)), append(values, string(s))
	}
	return newChoice(labels, values, string(chosen))
}

func newKindSelect(chosen app.RelationKind) *choice {
	var labels, values []string
	for _, k := range app.RelationKinds {
		labels, values = append(labels, k.Words()), append(values, string(k))
	}
	return newChoice(labels, values, string(chosen))
}

func (c *choice) value() string { return c.values[max(0, c.SelectedIndex())] }

// TypedRune implements fyne.Focusable.
func (c *choice) TypedRune(r rune) {
	n := len(c.values)
	for i := 1; i <= n; i++ {
		at := (c.SelectedIndex() + i) % n
		if app.FoldText(string(r)) == app.FoldText(app.Slice(c.values[at], 0, 1)) {
			c.SetSelectedIndex(at)
			return
		}
	}
}

// TypedKey implements fyne.Focusable.
func (c *choice) TypedKey(k *fyne.KeyEvent) {
	switch {
	case k.Name == fyne.KeyEscape:
		c.form.leave()
	case (k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter) && c.submit != nil:
		c.submit()
	default:
		c.Select.TypedKey(k)
	}
}
