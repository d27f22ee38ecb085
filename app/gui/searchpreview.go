package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// previewPane shows the chosen result: the text that it stands in, with the words
// of the search, or what belongs to it.
type previewPane struct {
	root    fyne.CanvasObject
	screen  *searchScreen
	title   *widgets.Prose
	where   *widgets.Prose
	opens   *widgets.Tab
	head    *fyne.Container
	view    *widgets.TextView
	column  *widgets.Column
	content *fyne.Container
	shown   app.Ref
	text    app.TextID
	at      int
}

func newPreviewPane(s *searchScreen) *previewPane {
	p := &previewPane{screen: s, title: widgets.NewProse(lines(lookTitle, 2)), where: widgets.NewProse(lines(lookSmall, 1)),
		view: widgets.NewTextView(), column: widgets.NewColumn(6, fyne.NewSize(20, 12))}
	p.opens = widgets.NewTab("Open  ↵", func() { s.open(max(0, s.model.ChosenIndex())) })
	p.head = container.NewBorder(nil, widgets.Rule(), nil, container.NewVBox(layout.NewSpacer(), p.opens, layout.NewSpacer()),
		widgets.NewFlow(2, fyne.NewSize(20, 10), p.title, p.where))
	p.content = container.NewStack(p.view, p.column)
	p.root = container.NewBorder(p.head, nil, nil, nil, p.content)
	p.view.OnCopy = func() {
		if start, end := p.view.Selection(); end > start {
			s.window.app.Clipboard().SetContent(app.Slice(s.model.Preview.Text.Plain, start, end))
			s.window.say("Copied")
		}
	}
	p.view.OnKey = func(k *fyne.KeyEvent) bool {
		switch k.Name {
		case fyne.KeyEscape:
			s.focusList()
		case fyne.KeyReturn, fyne.KeyEnter:
			s.open(max(0, s.model.ChosenIndex()))
		default:
			return s.window.functionKey(k)
		}
		return true
	}
	p.update()
	return p
}

// update shows the view-model's preview.
func (p *previewPane) update() {
	m := p.screen.model.Preview
	if m.Of.ID == "" || m.Gone {
		p.shown, p.text = app.Ref{}, ""
		p.head.Hide()
		p.content.Hide()
		return
	}
	p.head.Show()
	p.content.Show()
	title, where := m.Of.Title, kindWords[m.Of.Kind]
	if m.Text.ID != "" && m.Of.Kind == app.KindArticle {
		where = ""
	}
	if m.Article.ID != "" {
		if m.Of.Kind == app.KindAnnotation {
			title = m.Article.Title
		}
		where = viewmodel.Joined(where, m.Article.Publisher, m.Article.Published.String())
	}
	p.title.Set(widgets.Segment{Text: app.OneLine(title)})
	p.where.Set(widgets.Segment{Text: widgets.Line(where)})
	p.head.Refresh()
	if m.Text.ID == "" {
		p.text = ""
		p.view.Hide()
		p.column.Show()
		p.column.Set(previewLines(m.Lines)...)
		p.shown = m.Of.Ref
		return
	}
	p.column.Hide()
	p.view.Show()
	p.showText(m)
}

// showText shows an article at the passage; the place stays when only the words
// changed.
func (p *previewPane) showText(m viewmodel.Preview) {
	reading := p.screen.window.settings.Reading
	reading.Zoom *= 0.88 // less than when one reads
	if m.Text.ID != p.text {
		p.view.Display(widgets.TextDocument{Runes: m.Runes, Paragraphs: paragraphs(m.Text.Content, reading), Column: columnWidth(reading)}, 0)
	}
	hits := make([]widgets.TextRange, len(m.Hits))
	current := -1
	for i, h := range m.Hits {
		hits[i] = widgets.TextRange{Start: h[0], End: h[1]}
		if current < 0 && h[0] >= m.At {
			current = i
		}
	}
	var marks []widgets.TextMark
	if a := m.Mark; a != nil {
		current = -1
		marks = []widgets.TextMark{{ID: string(a.ID), Start: a.Anchor.Start, End: a.Anchor.End, Color: markColor(a.Color), Underline: a.Kind == app.Underline}}
	}
	p.view.SetMarks(marks)
	p.view.SetHits(hits, current)
	if m.Text.ID != p.text || m.Of.Ref != p.shown || m.At != p.at {
		p.view.Reveal(m.At)
	}
	p.shown, p.text, p.at = m.Of.Ref, m.Text.ID, m.At
}

// previewLines sets what belongs to a thing without a text.
func previewLines(all []viewmodel.PreviewLine) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, l := range all {
		switch {
		case l.Heading != "":
			out = append(out, paneLabel(l.Heading))
		case l.Quote:
			below := widgets.NewProse(lookSmall, widgets.Segment{Text: widgets.Line(l.Name)})
			out = append(out, widgets.NewQuote(widgets.NewProse(lookQuote, snippetSegments(l.Text)...), below, nil))
		case l.Note && len(l.Text.Marks) == 0:
			out = append(out, widgets.NewProse(lookRow, noteSegments(l.Text.Text)...))
		default:
			var line []widgets.Segment
			gap := func(text string) {
				if len(line) > 0 {
					line = append(line, widgets.Segment{Text: text})
				}
			}
			if l.Stance != "" {
				line = append(line, stanceWord(l.Stance))
			}
			if l.Relation != "" {
				words := l.Relation.Words()
				if l.Against {
					words += " it"
				}
				line = append(line, widgets.Segment{Text: words, Bold: true, Color: relationColor(l.Relation)})
			}
			if l.Name != "" {
				gap(" · ")
				line = append(line, widgets.Segment{Text: l.Name, Bold: true, Color: theme.ColorNameForeground})
			}
			if l.Text.Text != "" {
				gap("  ")
				line = append(line, snippetSegments(l.Text)...)
			}
			out = append(out, widgets.NewProse(lookRow, line...))
		}
	}
	return out
}
