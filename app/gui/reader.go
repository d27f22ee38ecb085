package gui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app"
	"rejoinder/app/gui/textlayout"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// readerScreen is the open article with its marks and its margin.
type readerScreen struct {
	root   fyne.CanvasObject
	window *window
	view   *widgets.TextView
	hint   fyne.CanvasObject
	shown  app.TextID
	reveal int // the code point to show when the text is there; -1 for none
}

func newReaderScreen(w *window) *readerScreen {
	r := &readerScreen{window: w, view: widgets.NewTextView(), reveal: -1}
	r.hint = container.NewCenter(container.NewGridWrap(fyne.NewSize(380, 120), widgets.NewFlow(10, fyne.NewSize(0, 0),
		widgets.NewProse(lookEmpty, widgets.Segment{Text: "Choose an article to read it."}),
		widgets.NewProse(lookRow, widgets.Segment{Color: colorMuted, Text: "Then select a passage: H highlights it, S records who says it, X sets it against a claim."}))))
	r.root = widgets.NewSurface(colorRaised, container.NewStack(r.view, r.hint))
	r.view.Hide()
	r.view.OnSelect = func(start, end int) { w.reader.Select(start, end); w.status.update() }
	r.view.OnClick = w.reader.ChooseAt
	r.view.OnRune = r.typed
	r.view.OnKey = r.key
	r.view.OnCopy = w.copyQuote
	r.view.OnMenu = func(at fyne.Position) {
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", w.markItems()...), w.win.Canvas(), at)
	}
	w.reader.OnChange = r.update
	w.reader.OnShow = func(at int) {
		r.reveal = at
		r.revealNow()
	}
	return r
}

func (r *readerScreen) revealNow() {
	if r.reveal >= 0 && r.shown == r.window.reader.Text.ID {
		r.view.Reveal(r.reveal)
		r.reveal = -1
	}
}

// update shows the view-model's state. A new text is shaped off the screen.
func (r *readerScreen) update() {
	m := r.window.reader
	if m.Article.ID == "" {
		r.shown = ""
		r.view.Hide()
		r.hint.Show()
		return
	}
	r.hint.Hide()
	if m.Text.ID != r.shown {
		runes, content, id := m.Runes, m.Text.Content, m.Text.ID
		loop.Work(func() {
			text := widgets.Fonts().Shape(runes, paragraphs(content))
			loop.UI(func() {
				if r.window.reader.Text.ID != id {
					return
				}
				r.shown = id
				r.view.Show()
				r.view.Display(runes, text, nil)
				r.decorate()
				r.revealNow()
			})
		})
		return
	}
	r.view.Show()
	r.decorate()
}

// decorate shows what may change while the text stays: metadata and marks.
func (r *readerScreen) decorate() {
	m := r.window.reader
	r.view.SetHead(widgets.NewProse(lookSmall, widgets.Segment{Text: widgets.Line(m.Meta())}))
	var marks []widgets.TextMark
	var side []widgets.SideItem
	for _, mark := range m.Marks {
		if mark.Text != m.Text.ID || mark.State == app.AnchorOrphan {
			continue
		}
		marks = append(marks, widgets.TextMark{Start: mark.Anchor.Start, End: mark.Anchor.End, Color: markColor(mark.Color),
			Underline: mark.Kind == app.Underline, Current: mark.ID == m.Current})
		side = append(side, widgets.SideItem{At: mark.Anchor.Start, Object: r.window.marginCard(mark)})
	}
	r.view.SetMarks(marks)
	r.view.SetSide(side)
	if !m.Selected() {
		if start, end := r.view.Selection(); start != end {
			r.view.Select(start, start)
		}
	}
	r.window.status.update()
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
		w.commentForm()
	case 't', 'T':
		w.tagForm()
	case 's', 'S':
		w.statementForm()
	case 'x', 'X':
		w.counterclaimForm()
	default:
		if n, err := strconv.Atoi(string(key)); err == nil && n >= 1 && n <= len(app.Colors) {
			w.color = app.Colors[n-1]
			w.reader.Mark(app.Highlight, w.color)
		}
	}
}

// key runs the keys without a character.
func (r *readerScreen) key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyDelete, fyne.KeyBackspace:
		if r.window.reader.Current != "" {
			r.window.reader.TrashCurrent()
		}
		return true
	case fyne.KeyEscape:
		r.window.reader.Choose("")
	}
	return false
}

// paragraphs sets a text's blocks.
func paragraphs(c app.Content) []textlayout.Paragraph {
	serif := textlayout.Typeface{Family: textlayout.Serif}
	var out []textlayout.Paragraph
	span := 0
	for _, b := range c.Blocks {
		p := textlayout.Paragraph{Start: b.Start, End: b.End, Typeface: serif, Size: 17, LineHeight: 28, Before: 16}
		switch b.Kind {
		case app.BlockHeading:
			size := []float32{26, 21, 18.5, 17, 17, 17}[min(max(b.Level, 1), 6)-1]
			p.Typeface.Bold, p.Size, p.LineHeight, p.Before = true, size, size*1.32, 26
		case app.BlockListItem:
			p.Indent, p.Marker, p.Before = 24*float32(max(1, b.Level)), "•", 6
		case app.BlockQuotation:
			p.Indent, p.Typeface.Italic = 28, true
		case app.BlockCode:
			p.Typeface.Family, p.Size, p.LineHeight, p.Indent = textlayout.Mono, 14, 20, 16
		}
		for span < len(c.Spans) && c.Spans[span].End <= b.Start {
			span++
		}
		for i := span; i < len(c.Spans) && c.Spans[i].Start < b.End; i++ {
			if s, ok := styleOf(c.Spans[i], p.Typeface); ok {
				p.Styles = append(p.Styles, s)
			}
		}
		out = append(out, p)
	}
	return out
}

func styleOf(s app.Span, t textlayout.Typeface) (textlayout.Style, bool) {
	switch s.Kind {
	case app.SpanEmphasis:
		t.Italic = !t.Italic
	case app.SpanStrong:
		t.Bold = true
	case app.SpanCode:
		t.Family = textlayout.Mono
	default:
		return textlayout.Style{}, false
	}
	return textlayout.Style{Start: s.Start, End: s.End, Typeface: t}, true
}

// marginCard is what stands beside a mark: the statements and counterclaims
// that hang on it, its note and its tags.
func (w *window) marginCard(m viewmodel.Mark) widgets.Flowing {
	var objects []fyne.CanvasObject
	for _, s := range m.Statements {
		objects = append(objects, widgets.NewProse(lookSmall, stanceWord(s.Stance),
			widgets.Segment{Text: " · "}, widgets.Segment{Text: s.ActorName, Bold: true, Color: theme.ColorNameForeground}),
			widgets.NewProse(lookNote, widgets.Segment{Text: s.ClaimText}))
	}
	for _, r := range m.Relations {
		objects = append(objects, widgets.NewProse(lookSmall,
			widgets.Segment{Text: r.Kind.Words(), Bold: true, Color: relationColor(r.Kind)}),
			widgets.NewProse(lookNote, widgets.Segment{Text: r.FromText + " → " + r.ToText}))
	}
	if m.Note != "" {
		objects = append(objects, widgets.NewProse(lookNote, noteSegments(m.Note)...))
	}
	if len(objects) == 0 {
		objects = append(objects, widgets.NewProse(lines(lookSmall, 1), widgets.Segment{Text: string(m.Kind) + ", " + string(m.Color)}))
	}
	if len(m.Tags) > 0 {
		var names []string
		for _, t := range m.Tags {
			names = append(names, t.Name())
		}
		objects = append(objects, widgets.NewChips(lookSmall, names...))
	}
	card := widgets.NewCard(widgets.Frame{Chosen: m.ID == w.reader.Current}, objects...)
	card.OnTap = func() { w.reader.Choose(m.ID) }
	card.OnSecond = func(at fyne.Position) {
		w.reader.Choose(m.ID)
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", w.markItems()...), w.win.Canvas(), at)
	}
	card.OnKey = func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyDelete {
			w.reader.Choose(m.ID)
			w.reader.TrashCurrent()
		}
	}
	return card
}

// stanceWord is a stance as glyph and word in its colour.
func stanceWord(s app.Stance) widgets.Segment {
	return widgets.Segment{Text: s.Glyph() + " " + string(s), Bold: true, Color: stanceColor(s)}
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
