package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// noteWriter is the form in which a note is written: Markdown on the left, how
// it will look on the right, and below what the link at the caret can become, or
// the links that lead to nothing.
type noteWriter struct {
	window  *window
	model   *viewmodel.NoteForm
	form    *form
	entry   *noteEntry
	preview *widgets.Column
	below   *widgets.Column
	found   []viewmodel.LinkName
	chosen  int
	setting bool // the preview is being set
	again   bool // and has to be once more
}

// editNote edits a note.
func (w *window) editNote(id app.NoteID) { w.session.EditNote(id, w.showNote) }

// newNote writes a note about something; no ID for one about nothing.
func (w *window) newNote(on app.Ref) { w.session.NewNote(on, w.showNote) }

// boardNote writes a note on what is chosen.
func (w *window) boardNote() {
	if ref, ok := w.chosenThing(); ok {
		w.newNote(ref)
	} else {
		w.say(chooseFirst)
	}
}

// belowHeight is the room below the text, the same with and without offers, so
// that the text does not move while one types.
const belowHeight = 172

func (w *window) showNote(m *viewmodel.NoteForm) {
	n := &noteWriter{window: w, model: m, preview: widgets.NewColumn(8, fyne.NewSize(16, 12)), below: widgets.NewColumn(0, fyne.NewSize(0, 6))}
	n.entry = newNoteEntry(n, m.Body)
	title := "Edit the note"
	if m.New {
		title = "New note"
	}
	if m.About != "" {
		title += " on " + app.Slice(m.About, 0, 70)
	}
	size := w.win.Canvas().Size()
	n.form = w.newForm(title, min(1080, size.Width-60), min(680, size.Height-60))
	n.form.save, n.form.fields = n.save, append(n.form.fields, n.entry)
	n.form.dialog.SetOnClosed(n.closed)
	sides := container.NewGridWithColumns(2, n.entry, container.New(layout.NewCustomPaddedLayout(0, 0, 8, 0), widgets.NewSurface(colorDesk, n.preview)))
	n.form.set(container.NewBorder(n.keptLine(), container.New(fixedHeight(belowHeight), n.below), nil, nil,
		container.New(layout.NewCustomPaddedLayout(4, 4, 8, 8), sides)))
	m.OnCheck = func() {
		n.showBelow()
		n.set()
	}
	n.form.dialog.Show()
	w.win.Canvas().Focus(n.entry)
	toEnd(&n.entry.Entry)
	n.showBelow()
	n.set()
}

// keptLine says that what is there was not saved the last time; nil when it was.
func (n *noteWriter) keptLine() fyne.CanvasObject {
	if !n.model.Kept {
		return nil
	}
	line := container.NewHBox()
	what := widgets.NewProse(lines(lookNote, 1), widgets.Segment{Text: "This was typed before and not saved."})
	line.Add(container.NewCenter(container.NewGridWrap(fyne.NewSize(what.NaturalWidth(), 20), what)))
	line.Add(widgets.NewTab("Throw it away", func() {
		n.model.Discard()
		n.entry.SetText(n.model.Body)
		line.Hide()
		n.window.win.Canvas().Focus(n.entry)
	}))
	return container.New(layout.NewCustomPaddedLayout(0, 0, 12, 8), line)
}

// closed says where what was typed is.
func (n *noteWriter) closed() {
	n.model.OnCheck = nil
	if n.model.Unsaved() {
		n.window.say("Not saved: what you typed is there when you write this note again")
	}
}

func (n *noteWriter) save() {
	if over := n.form.saving.Begin(); over != nil {
		n.model.Type(n.entry.Text)
		n.model.Save(over)
	}
}

// changed follows what is typed.
func (n *noteWriter) changed(body string) {
	n.model.Type(body)
	n.set()
}

// set sets the preview: Markdown is read off the screen, one text at a time.
func (n *noteWriter) set() {
	if n.setting {
		n.again = true
		return
	}
	n.setting = true
	body := n.entry.Text
	loop.Work(func() {
		blocks := parseNote(body)
		loop.UI(func() {
			n.setting = false
			n.showPreview(blocks)
			if n.again {
				n.again = false
				n.set()
			}
		})
	})
}

func (n *noteWriter) showPreview(blocks []noteBlock) {
	broken := map[string]bool{}
	for _, link := range n.model.Broken {
		broken[app.FoldName(link)] = true
	}
	set := noteSetter{known: func(name string) bool { return !broken[app.FoldName(name)] }}
	objects := set.objects(blocks, lookNoteBody)
	if len(objects) == 0 {
		objects = []fyne.CanvasObject{widgets.NewProse(lookNote, widgets.Segment{Text: "How it will look stands here: # heading, **strong**, *emphasis*, - list, > quotation, [[Name]] of anything."})}
	}
	n.preview.Set(objects...)
}

// complete offers names for the link at the caret.
func (n *noteWriter) complete() {
	n.model.Complete(n.entry.CursorTextOffset(), func(found []viewmodel.LinkName) {
		n.found, n.chosen = found, 0
		n.showBelow()
	})
}

// showBelow shows names for the link at the caret, or else the links to nothing.
func (n *noteWriter) showBelow() {
	var objects []fyne.CanvasObject
	for i, l := range n.found {
		about := string(l.Kind)
		if l.Of != "" {
			about = "another name of " + l.Of
		}
		card := widgets.NewCard(widgets.Frame{Flat: true, Chosen: i == n.chosen}, widgets.NewProse(lines(lookRow, 1),
			widgets.Segment{Text: l.Name}, widgets.Segment{Text: "   " + about, Color: colorMuted}))
		card.OnTap = func() {
			n.chosen = i
			n.take()
			n.window.win.Canvas().Focus(n.entry)
		}
		objects = append(objects, card)
	}
	if len(n.found) == 0 {
		for _, link := range n.model.Broken {
			objects = append(objects, widgets.NewFlow(0, fyne.NewSize(16, 2), offerToMake(link, func(link string, kind app.Kind) {
				n.model.Create(link, kind)
				n.window.win.Canvas().Focus(n.entry)
			})...))
		}
	}
	if len(objects) == 0 {
		objects = []fyne.CanvasObject{widgets.NewFlow(0, fyne.NewSize(16, 4), widgets.NewProse(lookNote,
			widgets.Segment{Text: "Type [[ to link to an actor, a claim, an article or a note. " + shortcutText("Return") + " saves; Esc leaves, and keeps what you typed."}))}
	}
	n.below.Set(objects...)
	if len(n.found) > 0 && n.chosen < len(objects) {
		n.below.Reveal(objects[n.chosen])
	}
}

// take puts the chosen name into the link at the caret, as if it were typed, so
// that it can be undone as typing is.
func (n *noteWriter) take() {
	name := n.found[n.chosen].Name
	e, body, caret := &n.entry.Entry, n.entry.Text, n.entry.CursorTextOffset()
	_, start, ok := viewmodel.LinkAt(body, caret)
	if !ok {
		return
	}
	whole, to := viewmodel.CompleteLink(body, caret, name)
	rest := app.RuneCount(body) - caret - (app.RuneCount(whole) - to)
	for range caret - start {
		e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	}
	for range rest {
		e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	}
	e.TypedShortcut(&fyne.ShortcutPaste{Clipboard: pasted(name + "]]")})
	n.found = nil
	n.showBelow()
}

// pasted is a clipboard with one text.
type pasted string

// Content implements fyne.Clipboard.
func (p pasted) Content() string { return string(p) }

// SetContent implements fyne.Clipboard.
func (pasted) SetContent(string) {}

// key runs the keys that choose a name; false for others.
func (n *noteWriter) key(k *fyne.KeyEvent) bool {
	if len(n.found) == 0 {
		return false
	}
	switch k.Name {
	case fyne.KeyDown:
		n.chosen = min(n.chosen+1, len(n.found)-1)
	case fyne.KeyUp:
		n.chosen = max(n.chosen-1, 0)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab:
		n.take()
		return true
	case fyne.KeyEscape:
		n.found = nil
	default:
		return false
	}
	n.showBelow()
	return true
}

// noteEntry hands the keys that choose a name to the form.
type noteEntry struct {
	widget.Entry
	writer *noteWriter
}

func newNoteEntry(n *noteWriter, body string) *noteEntry {
	e := &noteEntry{writer: n}
	e.ExtendBaseWidget(e)
	e.MultiLine, e.Wrapping = true, fyne.TextWrapWord
	e.SetPlaceHolder("Markdown; [[Name]] links to anything")
	e.SetText(body)
	e.OnChanged = n.changed
	return e
}

// TypedRune implements fyne.Focusable.
func (e *noteEntry) TypedRune(r rune) {
	e.Entry.TypedRune(r)
	e.writer.complete()
}

// TypedKey implements fyne.Focusable.
func (e *noteEntry) TypedKey(k *fyne.KeyEvent) {
	if e.writer.key(k) {
		return
	}
	if k.Name == fyne.KeyEscape {
		e.writer.form.leave()
		return
	}
	e.Entry.TypedKey(k)
	e.writer.complete()
}

// TypedShortcut implements fyne.Shortcutable.
func (e *noteEntry) TypedShortcut(s fyne.Shortcut) {
	if widgets.IsSave(s) {
		e.writer.save()
		return
	}
	if !e.Disabled() {
		e.Entry.TypedShortcut(s)
	}
}

// MouseUp implements desktop.Mouseable: the caret may stand in another link.
func (e *noteEntry) MouseUp(m *desktop.MouseEvent) {
	e.Entry.MouseUp(m)
	e.writer.complete()
}

// AcceptsTab implements fyne.Tabbable: Tab takes a name, else it goes on.
func (e *noteEntry) AcceptsTab() bool { return len(e.writer.found) > 0 }

// fixedHeight gives one object the whole width and always the same height.
type fixedHeight float32

// Layout implements fyne.Layout.
func (fixedHeight) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
	}
}

// MinSize implements fyne.Layout.
func (h fixedHeight) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(120, float32(h)) }
