package gui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// articleRow is an article in the list: its title on two lines at most, where
// and when it appeared, and what was done with it.
type articleRow struct {
	widget.BaseWidget
	title *widgets.Prose
	left  *widgets.Prose
	right *widgets.Prose
	tap   func()
	menu  func(at fyne.Position)

	chosen bool
}

const articleRowHeight = 78

func newArticleRow() *articleRow {
	r := &articleRow{title: widgets.NewProse(lines(lookTitle, 2)), left: widgets.NewProse(lines(lookSmall, 1)), right: widgets.NewProse(lines(lookSmall, 1))}
	r.ExtendBaseWidget(r)
	return r
}

func (r *articleRow) show(a viewmodel.LibraryRow, loaded, chosen bool) {
	r.chosen = chosen
	left, right := viewmodel.ArticleMeta(a.ArticleRow)
	if !loaded {
		left, right = "", ""
	}
	r.title.Set(widgets.Segment{Text: a.Title})
	r.left.Set(widgets.Segment{Text: widgets.Line(left)})
	if len(a.Doubts) > 0 {
		r.right.Set(widgets.Segment{Text: "doubtful", Color: "qualifies", Bold: true}, widgets.Segment{Text: " · " + right})
	} else {
		r.right.Set(widgets.Segment{Text: right})
	}
	r.Refresh()
}

// Tapped implements fyne.Tappable.
func (r *articleRow) Tapped(*fyne.PointEvent) { r.tap() }

// TappedSecondary implements fyne.SecondaryTappable.
func (r *articleRow) TappedSecondary(e *fyne.PointEvent) { r.menu(e.AbsolutePosition) }

// CreateRenderer implements fyne.Widget.
func (r *articleRow) CreateRenderer() fyne.WidgetRenderer {
	return &articleRowRenderer{r, canvas.NewRectangle(color.Transparent)}
}

type articleRowRenderer struct {
	row  *articleRow
	back *canvas.Rectangle
}

func (a *articleRowRenderer) Destroy() {}
func (a *articleRowRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{a.back, a.row.title, a.row.left, a.row.right}
}
func (a *articleRowRenderer) MinSize() fyne.Size { return fyne.NewSize(160, articleRowHeight) }

func (a *articleRowRenderer) Layout(size fyne.Size) {
	const pad = 16
	a.back.Resize(size)
	width := size.Width - 2*pad
	height := a.row.title.HeightFor(width)
	top := (size.Height - height - 22) / 2
	a.row.title.Move(fyne.NewPos(pad, top))
	a.row.title.Resize(fyne.NewSize(width, height))
	right := min(a.row.right.NaturalWidth()+2, width*0.6)
	a.row.right.Move(fyne.NewPos(size.Width-pad-right, top+height+3))
	a.row.right.Resize(fyne.NewSize(right, 18))
	a.row.left.Move(fyne.NewPos(pad, top+height+3))
	a.row.left.Resize(fyne.NewSize(max(10, width-right-10), 18))
}

func (a *articleRowRenderer) Refresh() {
	a.back.FillColor = color.Transparent
	if a.row.chosen {
		a.back.FillColor = theme.Color(theme.ColorNameSelection)
	}
	a.Layout(a.row.Size())
	for _, o := range a.Objects() {
		o.Refresh()
	}
}

// articleList is the list of articles: the arrows open the next one, the keys
// that turn pages turn those of the article, Return goes into it. The row of the
// article that is open is marked by its identifier: rows change their numbers.
type articleList struct {
	widget.List
	window *window
}

func newArticleList(w *window) *articleList {
	l := &articleList{window: w}
	l.Length = func() int { return w.library.Count }
	l.CreateItem = func() fyne.CanvasObject { return newArticleRow() }
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		a, ok := w.library.Row(i)
		row := o.(*articleRow)
		row.tap = func() {
			w.win.Canvas().Focus(l)
			if ok {
				l.open(a.ID)
			}
		}
		row.menu = func(at fyne.Position) {
			row.tap()
			showMenu(w, at, w.articleItems(a))
		}
		row.show(a, ok, ok && a.ID == w.library.Selected)
	}
	l.ExtendBaseWidget(l)
	return l
}

// open opens an article beside the list.
func (l *articleList) open(id app.ArticleID) {
	l.window.library.Select(id)
	l.window.pane().model.Open(id, -1)
}

// TypedKey implements fyne.Focusable.
func (l *articleList) TypedKey(k *fyne.KeyEvent) {
	by := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1}
	switch k.Name {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnter:
		if id, ok := l.window.library.Beside(by[k.Name]); ok {
			l.open(id)
		}
		if by[k.Name] == 0 {
			l.window.pane().focus()
		}
	case fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeySpace, fyne.KeyHome, fyne.KeyEnd:
		l.window.pane().reader.view.TypedKey(k)
	default:
		l.window.functionKey(k)
	}
}

// FocusGained implements fyne.Focusable: the list of the toolkit would mark a row
// by its number.
func (l *articleList) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (l *articleList) FocusLost() {}

// articleItems are the actions on an article of the list, under the reasons to
// doubt its text.
func (w *window) articleItems(a viewmodel.LibraryRow) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, doubt := range a.Doubts {
		reason := item(app.Slice(app.OneLine(doubt), 0, 90), nil)
		reason.Disabled = true
		items = append(items, reason)
	}
	if len(items) > 0 {
		items = append(items, fyne.NewMenuItemSeparator())
	}
	return append(items,
		item("More like this", func() { w.moreLike(app.RefTo(app.KindArticle, a.ID), a.Title) }),
		item("Edit the article…", w.articleForm),
		item("Put article into a collection…", w.collectForm),
		fyne.NewMenuItemSeparator(),
		item("Read again as…", w.readAgainForm),
		item("What was left out…", w.showLeftOut),
		fyne.NewMenuItemSeparator(),
		item("Remove for good, everywhere…", func() { w.purgeArticles([]app.ArticleID{a.ID}) }))
}

// savedRow is a saved search, with its sign.
func savedRow(name string, tap func(), menu func(fyne.Position)) fyne.CanvasObject {
	line := &paneLine{name: widgets.NewProse(lines(lookRow, 1), widgets.Segment{Text: name}), count: widgets.NewProse(lines(lookSmall, 1)),
		icon: widget.NewIcon(theme.NewColoredResource(theme.SearchIcon(), colorMuted))}
	line.ExtendBaseWidget(line)
	card := widgets.NewCard(widgets.Frame{Flat: true}, line)
	card.OnTap, card.OnSecond = tap, menu
	return card
}

// paneRow is a collection or a tag with how much is in it; count -1 shows none.
func paneRow(name string, count, depth int, chosen bool, tag app.Color, tap func(), menu func(fyne.Position)) fyne.CanvasObject {
	look := lines(lookRow, 1)
	if chosen {
		look.Bold, look.Color = true, widgets.ColorAccent
	}
	number := ""
	if count >= 0 {
		number = viewmodel.Thousands(count)
	}
	line := &paneLine{name: widgets.NewProse(look, widgets.Segment{Text: name}), indent: float32(depth) * 16,
		count: widgets.NewProse(lines(lookSmall, 1), widgets.Segment{Text: number})}
	if tag != "" {
		line.dot = canvas.NewCircle(theme.Color(dotColor(tag)))
	}
	line.ExtendBaseWidget(line)
	card := widgets.NewCard(widgets.Frame{Flat: true, Chosen: chosen}, line)
	card.OnTap, card.OnSecond = tap, menu
	return card
}

// dotColor is a tag's dot: the strong colour of its hue.
func dotColor(c app.Color) fyne.ThemeColorName {
	return map[app.Color]fyne.ThemeColorName{"yellow": "qualifies", "orange": "qualifies", "green": "supports",
		"blue": "asserts", "pink": "disputes", "violet": "questions"}[c]
}

// paneLine is the inside of a paneRow.
type paneLine struct {
	widget.BaseWidget
	name, count *widgets.Prose
	dot         *canvas.Circle
	icon        *widget.Icon
	indent      float32
}

// HeightFor implements widgets.Flowing.
func (*paneLine) HeightFor(float32) float32 { return 20 }

// CreateRenderer implements fyne.Widget.
func (l *paneLine) CreateRenderer() fyne.WidgetRenderer { return &paneLineRenderer{l} }

type paneLineRenderer struct{ line *paneLine }

func (r *paneLineRenderer) Destroy()           {}
func (r *paneLineRenderer) MinSize() fyne.Size { return fyne.NewSize(60, 20) }
func (r *paneLineRenderer) Refresh()           { r.line.name.Refresh(); r.line.count.Refresh() }

func (r *paneLineRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.line.name, r.line.count}
	if r.line.dot != nil {
		out = append(out, r.line.dot)
	}
	if r.line.icon != nil {
		out = append(out, r.line.icon)
	}
	return out
}

func (r *paneLineRenderer) Layout(size fyne.Size) {
	x := r.line.indent
	if r.line.dot != nil {
		r.line.dot.Move(fyne.NewPos(x, 6))
		r.line.dot.Resize(fyne.NewSize(8, 8))
		x += 16
	}
	if r.line.icon != nil {
		r.line.icon.Move(fyne.NewPos(x-2, 2))
		r.line.icon.Resize(fyne.NewSize(16, 16))
		x += 20
	}
	number := r.line.count.NaturalWidth()
	r.line.count.Move(fyne.NewPos(size.Width-number, 1))
	r.line.count.Resize(fyne.NewSize(number, 18))
	r.line.name.Move(fyne.NewPos(x, 0))
	r.line.name.Resize(fyne.NewSize(max(10, size.Width-x-number-8), 20))
}

func paneHeading(text string) fyne.CanvasObject {
	return widgets.NewFlow(0, fyne.NewSize(16, 8), widgets.NewProse(lookHeading, widgets.Segment{Text: text}))
}

func paneHint(text string) fyne.CanvasObject {
	return widgets.NewFlow(0, fyne.NewSize(16, 2), widgets.NewProse(lookSmall, widgets.Segment{Text: text}))
}
