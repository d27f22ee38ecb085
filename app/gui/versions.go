package gui

import (
	"context"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// updateArticle imports a new version of the open article's text.
func (w *window) updateArticle() {
	id := w.reader.Article.ID
	if id == "" {
		w.say("Choose an article first")
		return
	}
	w.askFile(func(path string) {
		ctx, cancel := context.WithCancel(w.ctx)
		w.status.taskWith("Importing a new version and carrying the marks over", cancel)
		w.library.UpdateArticle(ctx, id, path, func(c *app.Carried) {
			cancel()
			w.status.task("")
			if c != nil {
				w.updated(*c)
			}
		})
	})
}

// updated tells what became of an article's marks.
func (w *window) updated(c app.Carried) {
	w.say(viewmodel.CarriedSummary(c))
	if w.win.Canvas().Overlays().Top() != nil {
		return // not over a form that is being filled in
	}
	if c.Count(app.AnchorFuzzy)+c.Count(app.AnchorNeedsReview)+c.Count(app.AnchorOrphan) > 0 {
		w.openRepairs(viewmodel.NewRepairs(w.session, c.Article))
	}
}

// showComparison shows what changed between two versions of the open article.
func (w *window) showComparison() {
	m := viewmodel.NewComparison(w.reader)
	if len(m.Versions) < 2 {
		w.say("There is only one version of this article: File, Import new version… adds another")
		return
	}
	var names []string
	for _, v := range m.Versions {
		names = append(names, fmt.Sprintf("Version %d · %s · %s", v.Number, v.Created.Local().Format("2 January 2006"), v.Name))
	}
	column := widgets.NewColumn(10, fyne.NewSize(16, 10))
	summary := widgets.NewProse(lines(lookHeading, 1))
	changedOnly := widget.NewCheck("Only what changed", nil)
	changedOnly.SetChecked(true)
	show := func() {
		summary.Set(widgets.Segment{Text: m.Summary()})
		column.Set(diffObjects(m, changedOnly.Checked)...)
	}
	m.OnChange = show
	changedOnly.OnChanged = func(bool) { show() }
	from, to := widget.NewSelect(names, nil), widget.NewSelect(names, nil)
	from.SetSelectedIndex(len(names) - 2)
	to.SetSelectedIndex(len(names) - 1)
	pick := func(string) {
		m.Compare(m.Versions[from.SelectedIndex()].Number, m.Versions[to.SelectedIndex()].Number)
	}
	from.OnChanged, to.OnChanged = pick, pick
	title := widgets.NewProse(lines(lookTitle, 1), widgets.Segment{Text: w.reader.Article.Title})
	head := container.NewVBox(container.NewPadded(title), container.NewBorder(nil, nil, nil, changedOnly, container.NewGridWithColumns(2, from, to)),
		container.NewPadded(summary))
	size := w.win.Canvas().Size()
	d := w.showPanel("Versions", container.NewBorder(head, nil, nil, nil, column))
	d.Resize(fyne.NewSize(min(900, size.Width-60), min(720, size.Height-60)))
	m.Compare(m.From, m.To)
}

// mostDiffBlocks keeps the comparison of two books from filling the memory.
const mostDiffBlocks = 400

// diffObjects shows a comparison paragraph by paragraph: what went is struck
// through in the colour of disputes, what came stands in that of supports.
func diffObjects(m *viewmodel.Comparison, changedOnly bool) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	same := 0
	old, text := []rune(m.Old.Plain), []rune(m.New.Plain)
	skipped := func() {
		if same > 0 && changedOnly {
			noun := " paragraphs are the same"
			if same == 1 {
				noun = " paragraph is the same"
			}
			out = append(out, widgets.NewProse(lines(lookSmall, 1), widgets.Segment{Text: strconv.Itoa(same) + noun}))
		}
		same = 0
	}
	for _, b := range m.Blocks {
		if len(out) >= mostDiffBlocks {
			return append(out, widgets.NewProse(lookNote, widgets.Segment{Text: "More follows: rejoinder article diff shows all of it."}))
		}
		switch b.Kind {
		case app.DiffSame:
			same++
			if !changedOnly {
				out = append(out, widgets.NewProse(lookQuote, widgets.Segment{Text: string(text[b.New.Start:b.New.End]), Color: colorMuted}))
			}
		case app.DiffAdded:
			skipped()
			out = append(out, diffCard("+ new", "supports", widgets.Segment{Text: string(text[b.New.Start:b.New.End]), Marked: colorAdded}))
		case app.DiffRemoved:
			skipped()
			out = append(out, diffCard("− no longer there", "disputes", widgets.Segment{Text: string(old[b.Old.Start:b.Old.End]), Marked: colorRemoved}))
		default:
			skipped()
			var words []widgets.Segment
			for i, word := range b.Words {
				if word.Kind == app.DiffAdded && i > 0 && b.Words[i-1].Kind == app.DiffRemoved {
					words = append(words, widgets.Segment{Text: " "}) // else the two run together
				}
				s := widgets.Segment{Text: word.Text}
				switch word.Kind {
				case app.DiffAdded:
					s.Marked = colorAdded
				case app.DiffRemoved:
					s.Marked, s.Struck = colorRemoved, true
				}
				words = append(words, s)
			}
			out = append(out, diffCard("≈ changed", "qualifies", words...))
		}
	}
	skipped()
	return out
}

func diffCard(word string, color fyne.ThemeColorName, text ...widgets.Segment) fyne.CanvasObject {
	return widgets.NewCard(widgets.Frame{}, widgets.NewProse(lines(lookSmall, 1), widgets.Segment{Text: word, Bold: true, Color: color}),
		widgets.NewProse(lookQuote, text...))
}
