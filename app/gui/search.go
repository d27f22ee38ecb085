package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
)

// newResults is the list of what the search found.
func newResults(w *window) *widget.List {
	l := widget.NewList(func() int { return len(w.search.Results) }, func() fyne.CanvasObject { return newResultRow() },
		func(i widget.ListItemID, o fyne.CanvasObject) {
			if i < len(w.search.Results) {
				o.(*resultRow).show(w.search.Results[i])
			}
		})
	l.OnSelected = func(i widget.ListItemID) {
		if i < len(w.search.Results) {
			w.openFound(w.search.Results[i])
		}
	}
	return l
}

// openFound shows what was found where it belongs.
func (w *window) openFound(f app.Found) {
	switch {
	case f.Article != "":
		w.library.Select(f.Article)
		w.pane().model.OpenFound(f)
	case f.Kind == app.KindActor:
		w.show(screenBoard)
		w.board.Clear()
		w.board.ChooseActor(app.ActorID(f.ID))
	case f.Kind == app.KindClaim:
		w.show(screenBoard)
		w.board.Clear()
		w.board.ChooseClaim(app.ClaimID(f.ID))
	default:
		w.show(screenBoard)
	}
}

// resultRow is something found: what it is, its title, the words around.
type resultRow struct {
	widget.BaseWidget
	flow    *widgets.Flow
	kind    *widgets.Prose
	title   *widgets.Prose
	snippet *widgets.Prose
}

const resultRowHeight = 106

func newResultRow() *resultRow {
	r := &resultRow{kind: widgets.NewProse(lines(lookSmall, 1)), title: widgets.NewProse(lines(lookTitle, 1)), snippet: widgets.NewProse(lines(lookQuote, 2))}
	r.flow = widgets.NewFlow(2, fyne.NewSize(16, 10), r.kind, r.title, r.snippet)
	r.ExtendBaseWidget(r)
	return r
}

func (r *resultRow) show(f app.Found) {
	where := string(f.Kind)
	if f.ArticleTitle != "" && f.Kind != app.KindArticle {
		where += " · " + f.ArticleTitle
	}
	r.kind.Set(widgets.Segment{Text: widgets.Line(where)})
	r.title.Set(widgets.Segment{Text: f.Title})
	var passages []widgets.Segment
	for i, s := range f.Snippets {
		if i > 0 {
			passages = append(passages, widgets.Segment{Text: " "})
		}
		passages = append(passages, snippetSegments(s)...)
	}
	r.snippet.Set(passages...)
	r.Refresh()
}

// snippetSegments cuts a snippet at its marks.
func snippetSegments(s app.Snippet) []widgets.Segment {
	var out []widgets.Segment
	at := 0
	for _, m := range s.Marks {
		out = append(out, widgets.Segment{Text: app.Slice(s.Text, at, m[0])},
			widgets.Segment{Text: app.Slice(s.Text, m[0], m[1]), Marked: "mark-yellow"})
		at = m[1]
	}
	return append(out, widgets.Segment{Text: app.Slice(s.Text, at, app.RuneCount(s.Text))})
}

// CreateRenderer implements fyne.Widget.
func (r *resultRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.flow) }

// MinSize implements fyne.CanvasObject.
func (r *resultRow) MinSize() fyne.Size { return fyne.NewSize(160, resultRowHeight) }
