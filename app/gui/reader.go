package gui

import (
	"net/url"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// readerScreen is an open article with its marks, its margin, its outline and
// the bar to find words in it.
type readerScreen struct {
	root      fyne.CanvasObject
	window    *window
	model     *viewmodel.Reader
	view      *widgets.TextView
	outline   *outline
	find      *findBar
	doubts    *doubtStrip
	body      *fyne.Container
	below     *fyne.Container // the chosen mark's card, where there is no margin
	hint      fyne.CanvasObject
	shown     app.TextID
	reveal    int              // the code point to show when the text is there; -1 for none
	wantsKeys bool             // when there is a text
	still     app.AnnotationID // the mark whose card was clicked: it stays under the pointer
	editing   app.AnnotationID // the mark whose note is being written in the margin
	editor    *noteEditor
	resized   *resizing // a mark whose new ends are not kept yet
	onPlace   func()    // the place, or how much was read, changed
	onChange  func()    // the article or its marks changed
}

func newReaderScreen(w *window, m *viewmodel.Reader) *readerScreen {
	r := &readerScreen{window: w, model: m, view: widgets.NewTextView(), reveal: -1}
	r.hint = container.NewCenter(container.NewGridWrap(fyne.NewSize(380, 120), widgets.NewFlow(10, fyne.NewSize(0, 0),
		widgets.NewProse(lookEmpty, widgets.Segment{Text: "Choose an article to read it."}),
		widgets.NewProse(lookRow, widgets.Segment{Color: colorMuted, Text: "Then select a passage: H highlights it, S records who says it, X sets it against a claim."}))))
	r.outline, r.find, r.doubts = newOutline(r), newFindBar(r), newDoubtStrip(r)
	r.below = container.New(&belowLayout{reader: r})
	r.below.Hide()
	r.body = container.NewBorder(r.above(), r.below, r.outline.root, nil, r.view)
	r.root = container.NewStack(r.body, r.hint)
	r.body.Hide()
	r.view.OnSelect = func(start, end int) { m.Select(start, end); w.status.update() }
	r.view.OnClick = func(offset int) { r.still = ""; m.ChooseAt(offset) }
	r.view.OnRune = r.typed
	r.view.OnKey = r.key
	r.view.OnCopy = w.copyQuote
	r.view.OnFocus = func() { w.activateReader(r) }
	r.view.OnLink = r.follow
	r.view.OnScroll = r.seen
	r.view.OnResize = r.resize
	r.view.OnMenu = func(at fyne.Position, offset int) {
		if !m.Selected() {
			m.ChooseAt(offset)
		}
		showMenu(w, at, w.markItems())
	}
	m.OnChange = r.update
	m.OnFind = r.showHits
	m.OnShow = func(at int) {
		r.reveal = at
		r.revealNow()
	}
	return r
}

func (r *readerScreen) revealNow() {
	if r.reveal >= 0 && r.shown == r.model.Text.ID {
		r.view.Reveal(r.reveal)
		r.reveal = -1
	}
}

// seen tells the view-model what is on the screen.
func (r *readerScreen) seen() {
	if r.shown == "" || r.shown != r.model.Text.ID {
		return
	}
	top, bottom := r.view.Seen()
	r.model.Seen(top, bottom+1)
	r.outline.choose(r.model.At)
	if r.onPlace != nil {
		r.onPlace()
	}
}

// update shows the view-model's state.
func (r *readerScreen) update() {
	m := r.model
	if m.Article.ID == "" {
		r.shown = ""
		r.body.Hide()
		r.hint.Show()
		r.changed()
		return
	}
	r.hint.Hide()
	r.doubts.update()
	r.body.Show()
	if m.Text.ID != r.shown {
		if e := r.editor; e != nil {
			e.keep()
		}
		r.placeResized()
		r.shown, r.editing, r.editor = m.Text.ID, "", nil
		reading := r.window.settings.Reading
		r.view.Display(widgets.TextDocument{Runes: m.Runes, Paragraphs: paragraphs(m.Text.Content, reading),
			Links: links(m.Text.Content), Column: columnWidth(reading)}, m.At)
		r.outline.set(m.Outline())
		r.showHits()
	}
	r.decorate()
	r.revealNow()
	r.seen()
	if r.wantsKeys {
		r.wantsKeys = false
		r.window.win.Canvas().Focus(r.view)
	}
}

func (r *readerScreen) changed() {
	if r.onChange != nil {
		r.onChange()
	}
}

// resizing is where a mark shall stand, once its ends rest.
type resizing struct {
	mark       app.AnnotationID
	text       app.TextID // that start and end count in
	start, end int
}

// rest is how long a mark's ends stay before they are kept: a held key is one
// step, not twenty.
const rest = 300 * time.Millisecond

func (r *readerScreen) resize(id string, start, end int) {
	now := &resizing{app.AnnotationID(id), r.shown, start, end}
	r.resized = now
	time.AfterFunc(rest, func() {
		fyne.Do(func() {
			if r.resized == now {
				r.placeResized()
			}
		})
	})
}

// placeResized keeps a mark's new ends.
func (r *readerScreen) placeResized() {
	if p := r.resized; p != nil {
		r.resized = nil
		r.model.Place(p.mark, p.text, p.start, p.end)
	}
}

// flush keeps what is being written or moved, before the window or the pane goes:
// nothing waits for work in the background then.
func (r *readerScreen) flush() {
	if e := r.editor; e != nil && !e.over && e.Text != e.was {
		e.over = true
		r.model.KeepNote(e.mark, e.Text)
	}
	if p := r.resized; p != nil {
		r.resized = nil
		r.model.KeepEnds(p.mark, p.text, p.start, p.end)
	}
}

// restyle sets the text anew as the user likes to read now.
func (r *readerScreen) restyle() {
	if r.shown != "" {
		reading := r.window.settings.Reading
		r.view.Restyle(paragraphs(r.model.Text.Content, reading), columnWidth(reading))
		r.outline.show()
	}
}

// decorate shows what may change while the text stays: metadata and marks.
func (r *readerScreen) decorate() {
	m := r.model
	r.view.SetHead(r.head())
	var marks []widgets.TextMark
	var side []widgets.SideItem
	for _, mark := range m.Shown() {
		current := mark.ID == m.Current
		if p := r.resized; p != nil && p.mark == mark.ID {
			mark.Anchor.Start, mark.Anchor.End = p.start, p.end
		}
		marks = append(marks, widgets.TextMark{ID: string(mark.ID), Start: mark.Anchor.Start, End: mark.Anchor.End, Color: markColor(mark.Color),
			Underline: mark.Kind == app.Underline, Current: current, Uncertain: mark.State != app.AnchorExact})
		side = append(side, widgets.SideItem{ID: string(mark.ID), At: mark.Anchor.Start, Current: current && mark.ID != r.still,
			Version: r.cardVersion(mark), Estimate: cardEstimate(mark), Make: func() widgets.Flowing { return r.marginCard(mark) }})
	}
	r.view.SetMarks(marks)
	r.view.SetSide(side)
	r.showBelow()
	if !m.Selected() {
		if start, end := r.view.Selection(); start != end {
			r.view.Select(start, start)
		}
	}
	r.changed()
	r.window.status.update()
}

// showHits marks what was found in the text.
func (r *readerScreen) showHits() {
	found := r.model.Found
	hits := make([]widgets.TextRange, len(found.Hits))
	for i, h := range found.Hits {
		hits[i] = widgets.TextRange{Start: h[0], End: h[1]}
	}
	r.view.SetHits(hits, found.At)
	if r.model.Selected() && r.shown == r.model.Text.ID {
		r.view.Select(r.model.Start, r.model.End)
	}
	r.find.update()
}

// typed runs the keys that need no modifier while the text has the focus.
func (r *readerScreen) typed(key rune) {
	w := r.window
	switch key {
	case 'h', 'H':
		w.reader.Mark(app.Highlight, w.color)
	case 'u', 'U':
		w.reader.Mark(app.Underline, w.color)
	case 'a', 'A':
		w.comment()
	case 't', 'T':
		w.tagForm()
	case 's', 'S':
		w.statementForm()
	case 'x', 'X':
		w.counterclaimForm()
	case ']', '[':
		w.reader.Step(key == ']')
	default:
		if n, err := strconv.Atoi(string(key)); err == nil && n >= 1 && n <= len(app.Colors) {
			w.mark(app.Colors[n-1])
		}
	}
}

// key runs the keys without a character.
func (r *readerScreen) key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyDelete, fyne.KeyBackspace:
		if r.model.Current != "" {
			r.model.TrashCurrent()
		}
		return true
	case fyne.KeyF6, fyne.KeyF1:
		return r.window.functionKey(e)
	case fyne.KeyReturn, fyne.KeyEnter:
		return r.window.placeSelection()
	case fyne.KeyEscape:
		if r.window.stopPlacing() {
			return true
		}
		if len(r.model.Found.Hits) > 0 && !r.model.Selected() && r.model.Current == "" {
			r.find.close()
			return true
		}
		r.model.Choose("")
	}
	return false
}

// follow opens a link in the browser after asking.
func (r *readerScreen) follow(address string) {
	w := r.window
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "mailto" {
		w.say("This link leads nowhere that a browser could open: " + address)
		return
	}
	column := widgets.NewColumn(8, fyne.NewSize(8, 8))
	column.Set(widgets.NewProse(lookRow, widgets.Segment{Text: address}))
	d := dialog.NewCustomConfirm("Open this address in the browser?", "Open", "Cancel", column, func(open bool) {
		if open {
			if err := w.app.OpenURL(u); err != nil {
				w.fail(err)
			}
		}
	}, w.win)
	d.Resize(fyne.NewSize(520, 200))
	over := w.onEscape(d.Hide)
	d.SetOnClosed(func() { over(); w.win.Canvas().Focus(r.view) })
	d.Show()
}

// copyQuote copies the selected or chosen passage; copyCitation with where it
// comes from.
func (w *window) copyQuote() {
	if q := w.reader.Quote(); q != "" {
		w.app.Clipboard().SetContent(q)
		w.say("Quote copied")
	}
}

func (w *window) copyCitation() {
	if q := w.reader.Quote(); q != "" {
		w.app.Clipboard().SetContent(app.Quoted(q) + " — " + w.reader.Citation())
		w.say("Quote copied with its citation")
	}
}
