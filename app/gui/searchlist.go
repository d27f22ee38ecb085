package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// resultList is the list of what was found: the arrows preview, Return opens, Up
// from the first row and Escape go back to the box.
type resultList struct {
	widget.List
	screen *searchScreen
	quiet  bool    // the list is being told what is chosen
	first  app.Ref // of the results that are shown
}

func newResultList(s *searchScreen) *resultList {
	l := &resultList{screen: s}
	m := s.model
	l.Length = func() int { return len(m.Found) }
	l.CreateItem = func() fyne.CanvasObject { return newResultRow(l) }
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		if i < len(m.Found) {
			o.(*resultRow).show(i, m.Found[i], i == m.Whole)
		}
		if i == len(m.Found)-1 {
			m.ShowMore()
		}
	}
	l.OnSelected = func(i widget.ListItemID) {
		l.Highlight(i)
		if !l.quiet {
			m.Choose(i)
		}
	}
	l.ExtendBaseWidget(l)
	return l
}

// update shows the results, with the chosen one where it is now.
func (l *resultList) update() {
	m := l.screen.model
	for i, f := range m.Found {
		height := resultHeight(f.Kind)
		if i == m.Whole {
			height += dividerHeight
		}
		l.SetItemHeight(i, height)
	}
	l.quiet = true
	if i := m.ChosenIndex(); i >= 0 {
		l.Select(i)
	} else {
		l.UnselectAll()
		if len(m.Found) == 0 || l.first != m.Found[0].Ref {
			l.ScrollToTop()
		}
	}
	l.quiet, l.first = false, app.Ref{}
	if len(m.Found) > 0 {
		l.first = m.Found[0].Ref
	}
	l.Refresh()
}

// TypedKey implements fyne.Focusable.
func (l *resultList) TypedKey(k *fyne.KeyEvent) {
	s := l.screen
	canvas, last, at := s.window.win.Canvas(), len(s.model.Found)-1, max(0, s.model.ChosenIndex())
	switch k.Name {
	case fyne.KeyUp:
		if at <= 0 {
			canvas.Focus(s.window.bar.entry)
			return
		}
		l.Select(at - 1)
	case fyne.KeyDown:
		l.Select(min(at+1, last))
	case fyne.KeyHome:
		l.Select(0)
	case fyne.KeyEnd:
		l.Select(max(0, last))
	case fyne.KeyPageDown, fyne.KeyPageUp:
		page := max(1, int(l.Size().Height/resultRowHeight)-1)
		if k.Name == fyne.KeyPageUp {
			page = -page
		}
		l.Select(max(0, min(at+page, last)))
	case fyne.KeyReturn, fyne.KeyEnter:
		s.open(at)
	case fyne.KeyLeft:
		s.facets.focus()
	case fyne.KeyRight, fyne.KeySpace:
		s.preview.view.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	case fyne.KeyEscape:
		canvas.Focus(s.window.bar.entry)
	default:
		s.window.functionKey(k)
	}
}

// resultRow is something found: what it is and where it stands, its title, and
// the words around what was searched for.
type resultRow struct {
	widget.BaseWidget
	list                               *resultList
	index                              int
	divider                            bool
	lines                              int // of the title and the passages
	divide, kind, title, first, second *widgets.Prose
}

var (
	_ fyne.DoubleTappable = (*resultRow)(nil)
	_ desktop.Mouseable   = (*resultRow)(nil)
)

const (
	resultRowHeight = 126 // of an article
	dividerHeight   = 40
)

// resultLines is how many lines the title and the passages of a row take, and
// resultHeight how high it is: all of a kind are alike, so that the list need not
// set text that is not seen.
func resultLines(k app.Kind) int {
	switch k {
	case app.KindArticle:
		return 4
	case app.KindClaim, app.KindActor:
		return 2
	}
	return 3
}

func resultHeight(k app.Kind) float32 { return resultRowHeight - 20*float32(4-resultLines(k)) }

func newResultRow(l *resultList) *resultRow {
	r := &resultRow{list: l, divide: widgets.NewProse(lines(lookHeading, 1), widgets.Segment{Text: "Only some of the words"}),
		kind: widgets.NewProse(lines(lookSmall, 1)), title: widgets.NewProse(lines(lookTitle, 1)),
		first: widgets.NewProse(lines(lookQuote, 3)), second: widgets.NewProse(lines(lookQuote, 1))}
	r.ExtendBaseWidget(r)
	return r
}

// kindWords are what the kinds of things are called in a list.
var kindWords = map[app.Kind]string{app.KindArticle: "Article", app.KindAnnotation: "Mark", app.KindStatement: "Statement",
	app.KindActor: "Actor", app.KindClaim: "Claim", app.KindNote: "Note"}

// whereLetters leave room for the date behind an article's title.
const whereLetters = 46

func (r *resultRow) show(i int, f app.Found, divider bool) {
	r.index, r.divider = i, divider
	where := ""
	if f.Kind != app.KindArticle {
		if where = app.OneLine(f.ArticleTitle); app.RuneCount(where) > whereLetters {
			where = app.Slice(where, 0, whereLetters) + "…"
		}
	}
	where = viewmodel.Joined(where, f.Publisher, f.Date.String())
	if where != "" {
		where = " · " + where
	}
	r.kind.Set(widgets.Segment{Text: kindWords[f.Kind], Bold: true, Color: widgets.ColorAccent}, widgets.Segment{Text: widgets.Line(where)})
	r.lines = resultLines(f.Kind)
	r.title.Set(widgets.Segment{Text: app.OneLine(f.Title)})
	r.first.Set()
	r.second.Set()
	switch {
	case len(f.Snippets) == 0:
	case f.Kind == app.KindAnnotation: // its title is its passage once more
		r.title.Set()
		r.first.Set(snippetSegments(f.Snippets[0])...)
	case f.Kind == app.KindClaim || f.Snippets[0].Text == f.Title:
		r.title.Set(snippetSegments(f.Snippets[0])...)
	default:
		r.first.Set(snippetSegments(f.Snippets[0])...)
	}
	if len(f.Snippets) > 1 {
		r.second.Set(snippetSegments(lead(f.Snippets[1]))...)
	}
	r.Refresh()
}

// leadWords is how many code points stand before the first word found where there
// is one line.
const leadWords = 18

// lead leaves out what stands long before the first word found.
func lead(s app.Snippet) app.Snippet {
	if len(s.Marks) == 0 || s.Marks[0][0] <= leadWords {
		return s
	}
	runes := []rune(s.Text)
	from := s.Marks[0][0] - leadWords
	for from < s.Marks[0][0] && runes[from] != ' ' {
		from++
	}
	if from == s.Marks[0][0] { // a script without spaces
		from -= leadWords / 2
	}
	out := app.Snippet{Text: "…" + string(runes[from:])}
	for _, m := range s.Marks {
		out.Marks = append(out.Marks, [2]int{m[0] - from + 1, m[1] - from + 1})
	}
	return out
}

// snippetSegments cuts a snippet at its marks.
func snippetSegments(s app.Snippet) []widgets.Segment {
	var out []widgets.Segment
	at := 0
	for _, m := range s.Marks {
		if m[0] > at {
			out = append(out, widgets.Segment{Text: app.Slice(s.Text, at, m[0])})
		}
		out = append(out, widgets.Segment{Text: app.Slice(s.Text, m[0], m[1]), Marked: colorFound})
		at = m[1]
	}
	if end := app.RuneCount(s.Text); end > at {
		out = append(out, widgets.Segment{Text: app.Slice(s.Text, at, end)})
	}
	return out
}

// Tapped implements fyne.Tappable; MouseDown does it.
func (r *resultRow) Tapped(*fyne.PointEvent) {}

// DoubleTapped implements fyne.DoubleTappable.
func (r *resultRow) DoubleTapped(*fyne.PointEvent) { r.list.screen.open(r.index) }

// MouseDown implements desktop.Mouseable.
func (r *resultRow) MouseDown(e *desktop.MouseEvent) {
	s := r.list.screen
	s.window.win.Canvas().Focus(r.list)
	r.list.Select(r.index)
	if e.Button == desktop.MouseButtonSecondary && r.index < len(s.model.Found) {
		showMenu(s.window, e.AbsolutePosition, s.resultItems(r.index))
	}
}

// MouseUp implements desktop.Mouseable.
func (r *resultRow) MouseUp(*desktop.MouseEvent) {}

// CreateRenderer implements fyne.Widget.
func (r *resultRow) CreateRenderer() fyne.WidgetRenderer {
	return &resultRowRenderer{row: r, rule: canvas.NewRectangle(theme.Color(widgets.ColorLine))}
}

type resultRowRenderer struct {
	row  *resultRow
	rule *canvas.Rectangle // over the divider
}

func (x *resultRowRenderer) Destroy()           {}
func (x *resultRowRenderer) MinSize() fyne.Size { return fyne.NewSize(160, resultRowHeight) }

func (x *resultRowRenderer) Objects() []fyne.CanvasObject {
	r := x.row
	return []fyne.CanvasObject{x.rule, r.divide, r.kind, r.title, r.first, r.second}
}

func (x *resultRowRenderer) Layout(size fyne.Size) {
	const pad, gap = 16, 2
	r := x.row
	top, width := float32(0), max(20, size.Width-2*pad)
	if r.divider {
		top = dividerHeight
		r.divide.Move(fyne.NewPos(pad, 12))
		r.divide.Resize(fyne.NewSize(width, 18))
		x.rule.Move(fyne.NewPos(0, dividerHeight-2))
		x.rule.Resize(fyne.NewSize(size.Width, 1))
	}
	proses := []*widgets.Prose{r.kind, r.title, r.first, r.second}
	x.limit(width)
	height := float32(-gap)
	for _, p := range proses {
		if !p.Empty() {
			height += p.HeightFor(width) + gap
		}
	}
	y := top + max(6, (size.Height-top-height)/2)
	for _, p := range proses {
		if p.Empty() {
			p.Resize(fyne.Size{})
			continue
		}
		h := p.HeightFor(width)
		p.Move(fyne.NewPos(pad, y))
		p.Resize(fyne.NewSize(width, h))
		y += h + gap
	}
}

// limit shares the lines of the row: two at most for the title, one for the second
// passage, and the rest for the first.
func (x *resultRowRenderer) limit(width float32) {
	r := x.row
	r.title.Limit(2)
	left := r.lines
	if !r.title.Empty() {
		left -= int(r.title.HeightFor(width)/lookTitle.LineHeight + 0.5)
	}
	if !r.second.Empty() {
		left--
	}
	r.first.Limit(max(1, left))
}

func (x *resultRowRenderer) Refresh() {
	r := x.row
	x.rule.FillColor = theme.Color(widgets.ColorLine)
	x.rule.Hidden = !r.divider
	if r.divider {
		r.divide.Show()
	} else {
		r.divide.Hide()
	}
	x.Layout(r.Size())
	for _, o := range x.Objects() {
		o.Refresh()
	}
}
