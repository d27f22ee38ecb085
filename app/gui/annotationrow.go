package gui

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// markList is the list of marks: Space ticks, Return opens.
type markList struct {
	widget.List
	screen *annotationsScreen
	shift  bool

	focused bool
}

func newMarkList(s *annotationsScreen) *markList {
	l := &markList{screen: s}
	l.Length = func() int { return s.model.Count }
	l.CreateItem = func() fyne.CanvasObject { return newMarkRow(l) }
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		row, ok := s.model.Row(i)
		o.(*markRow).show(i, row, ok)
	}
	l.ExtendBaseWidget(l)
	return l
}

func (l *markList) open(i int) {
	if row, ok := l.screen.model.Row(i); ok {
		l.screen.window.openPassage(row.Passage)
	}
}

func (l *markList) goTo(row int) {
	l.screen.model.GoTo(row)
	l.ScrollTo(l.screen.model.CurrentRow())
}

// TypedKey implements fyne.Focusable.
func (l *markList) TypedKey(k *fyne.KeyEvent) {
	m := l.screen.model
	switch k.Name {
	case fyne.KeyUp:
		l.goTo(m.CurrentRow() - 1)
	case fyne.KeyDown:
		l.goTo(m.CurrentRow() + 1)
	case fyne.KeySpace:
		m.Tick(m.CurrentRow(), l.shift)
	case fyne.KeyReturn, fyne.KeyEnter:
		l.open(m.CurrentRow())
	case fyne.KeyDelete:
		l.screen.model.Trash()
	case fyne.KeyEscape:
		l.screen.model.TickAll(false)
	default:
		l.screen.window.functionKey(k)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (l *markList) TypedShortcut(s fyne.Shortcut) {
	switch s.(type) {
	case *fyne.ShortcutSelectAll:
		l.screen.model.TickAll(true)
	case *fyne.ShortcutCopy:
		l.screen.copy()
	}
}

// KeyDown implements desktop.Keyable.
func (l *markList) KeyDown(k *fyne.KeyEvent) {
	l.shift = l.shift || k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight
}

// FocusGained implements fyne.Focusable: the list of the toolkit would mark a row
// by its number.
func (l *markList) FocusGained() {
	l.focused = true
	l.Refresh()
}

// FocusLost implements fyne.Focusable.
func (l *markList) FocusLost() {
	l.shift, l.focused = false, false
	l.Refresh()
}

// KeyUp implements desktop.Keyable.
func (l *markList) KeyUp(k *fyne.KeyEvent) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		l.shift = false
	}
}

// markRow is a mark in the list: its quote between its colour and its tick, what
// was written on it, who says it there, and where it stands.
type markRow struct {
	widget.BaseWidget
	list    *markList
	index   int
	hovered bool
	current bool // the keys act on it
	ticked  bool
	color   fyne.ThemeColorName

	quote, note, said  *widgets.Prose // on the left
	title, where, tags *widgets.Prose // on the right
}

var (
	_ fyne.Tappable     = (*markRow)(nil)
	_ desktop.Mouseable = (*markRow)(nil)
	_ desktop.Hoverable = (*markRow)(nil)
)

const (
	markRowHeight = 88
	tickWidth     = 44
)

func newMarkRow(l *markList) *markRow {
	r := &markRow{list: l, quote: widgets.NewProse(lines(lookQuote, 2)), note: widgets.NewProse(lines(lookNote, 1)),
		said: widgets.NewProse(lines(lookSmall, 1)), title: widgets.NewProse(lines(lookNote, 2)),
		where: widgets.NewProse(lines(lookSmall, 1)), tags: widgets.NewProse(lines(lookSmall, 1))}
	r.ExtendBaseWidget(r)
	return r
}

func (r *markRow) show(i int, a app.AnnotationRow, loaded bool) {
	m := r.list.screen.model
	r.index, r.ticked, r.color = i, loaded && m.Ticked(a.ID), ""
	r.current = r.list.focused && i == m.CurrentRow()
	if !loaded {
		for _, p := range append(r.left(), r.right()...) {
			p.Set()
		}
		r.Refresh()
		return
	}
	r.color = markColor(a.Color)
	r.quote.Set(widgets.Segment{Text: app.OneLine(a.Anchor.Quote)})
	r.note.Set(noteSegments(app.OneLine(a.Note))...)
	r.said.Set(saidSegments(a.Hanging)...)
	r.title.Set(widgets.Segment{Text: a.ArticleTitle})
	r.where.Set(widgets.Segment{Text: widgets.Line(viewmodel.Joined(a.Publisher, a.Published.String()))})
	var tags []widgets.Segment
	if a.Older() && a.State == app.AnchorExact {
		tags = append(tags, widgets.Segment{Text: "in an older version  ", Bold: true, Color: "qualifies"})
	}
	if a.State != app.AnchorExact {
		tags = append(tags, widgets.Segment{Text: markStateWords(a.Annotation) + "  ", Bold: true, Color: stateColor(a.State)})
	}
	if len(a.Tags) > 0 {
		tags = append(tags, widgets.Segment{Text: "# " + strings.Join(tagNames(a.Tags), "  # ")})
	}
	r.tags.Set(tags...)
	r.Refresh()
}

func (r *markRow) left() []*widgets.Prose  { return []*widgets.Prose{r.quote, r.note, r.said} }
func (r *markRow) right() []*widgets.Prose { return []*widgets.Prose{r.title, r.where, r.tags} }

// saidSegments names on one line who says what on a mark.
func saidSegments(h app.Hanging) []widgets.Segment {
	var out []widgets.Segment
	for _, s := range h.Statements {
		if len(out) > 0 {
			out = append(out, widgets.Segment{Text: "     "})
		}
		out = append(out, stanceWord(s.Stance), widgets.Segment{Text: " · "},
			widgets.Segment{Text: widgets.Apart(s.ActorName), Bold: true, Color: theme.ColorNameForeground}, widgets.Segment{Text: widgets.Apart("  " + s.ClaimText)})
	}
	for _, x := range h.Relations {
		if len(out) > 0 {
			out = append(out, widgets.Segment{Text: "     "})
		}
		out = append(out, widgets.Segment{Text: x.Kind.Words(), Bold: true, Color: relationColor(x.Kind)}, widgets.Segment{Text: widgets.Apart("  "+x.FromText) + widgets.Apart(" → "+x.ToText)})
	}
	return out
}

// Tapped implements fyne.Tappable; MouseDown does it, which knows the keys.
func (r *markRow) Tapped(*fyne.PointEvent) {}

// MouseDown implements desktop.Mouseable.
func (r *markRow) MouseDown(e *desktop.MouseEvent) {
	s := r.list.screen
	s.window.win.Canvas().Focus(r.list)
	s.model.GoTo(r.index)
	shift := e.Modifier&fyne.KeyModifierShift != 0
	switch {
	case e.Button == desktop.MouseButtonSecondary:
		showMenu(s.window, e.AbsolutePosition, []*fyne.MenuItem{
			item("Open the passage", func() { r.list.open(r.index) }),
			item("Tick", func() { s.model.Tick(r.index, false) }),
		})
	case e.Position.X < tickWidth, shift, e.Modifier&fyne.KeyModifierShortcutDefault != 0:
		s.model.Tick(r.index, shift)
	}
}

// MouseUp implements desktop.Mouseable.
func (r *markRow) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped implements fyne.DoubleTappable.
func (r *markRow) DoubleTapped(e *fyne.PointEvent) {
	if e.Position.X >= tickWidth {
		r.list.open(r.index)
	}
}

// MouseIn implements desktop.Hoverable.
func (r *markRow) MouseIn(*desktop.MouseEvent) { r.hovered = true; r.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (r *markRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (r *markRow) MouseOut() { r.hovered = false; r.Refresh() }

// CreateRenderer implements fyne.Widget.
func (r *markRow) CreateRenderer() fyne.WidgetRenderer {
	m := &markRowRenderer{row: r, back: canvas.NewRectangle(color.Transparent), bar: canvas.NewRectangle(color.Transparent),
		box: canvas.NewRectangle(color.Transparent), check: canvas.NewText("✓", color.Transparent)}
	m.box.CornerRadius, m.box.StrokeWidth, m.bar.CornerRadius = 3, 1.5, 2
	m.check.TextSize, m.check.Alignment = 13, fyne.TextAlignCenter
	m.check.TextStyle.Bold = true
	m.Refresh()
	return m
}

type markRowRenderer struct {
	row            *markRow
	back, bar, box *canvas.Rectangle
	check          *canvas.Text
}

func (m *markRowRenderer) Destroy()           {}
func (m *markRowRenderer) MinSize() fyne.Size { return fyne.NewSize(300, markRowHeight) }

func (m *markRowRenderer) Objects() []fyne.CanvasObject {
	r := m.row
	return []fyne.CanvasObject{m.back, m.bar, m.box, m.check, r.quote, r.note, r.said, r.title, r.where, r.tags}
}

// column sets proses below each other, in the middle of the row's height.
func column(proses []*widgets.Prose, left, width, height float32) {
	const gap = 2
	whole := float32(-gap)
	for _, p := range proses {
		if !p.Empty() {
			whole += p.HeightFor(width) + gap
		}
	}
	y := max(6, (height-whole)/2)
	for _, p := range proses {
		if p.Empty() {
			p.Hide()
			continue
		}
		h := p.HeightFor(width)
		p.Show()
		p.Move(fyne.NewPos(left, y))
		p.Resize(fyne.NewSize(width, h))
		y += h + gap
	}
}

func (m *markRowRenderer) Layout(size fyne.Size) {
	r := m.row
	m.back.Resize(size)
	m.box.Move(fyne.NewPos(16, (size.Height-17)/2))
	m.box.Resize(fyne.NewSize(17, 17))
	m.check.Move(fyne.NewPos(16, (size.Height-19)/2))
	m.check.Resize(fyne.NewSize(17, 17))
	m.bar.Move(fyne.NewPos(tickWidth+2, 12))
	m.bar.Resize(fyne.NewSize(5, size.Height-24))
	const left, pad, gap = tickWidth + 20, 20, 32
	right := min(340, (size.Width-left-pad)*0.35)
	column(r.left(), left, size.Width-left-pad-gap-right, size.Height)
	column(r.right(), size.Width-pad-right, right, size.Height)
}

func (m *markRowRenderer) Refresh() {
	r := m.row
	m.back.FillColor, m.bar.FillColor, m.box.FillColor = color.Transparent, color.Transparent, color.Transparent
	m.box.StrokeColor, m.check.Color = theme.Color(theme.ColorNamePlaceHolder), color.Transparent
	if r.color != "" {
		m.bar.FillColor = theme.Color(r.color)
	}
	if r.hovered || r.current {
		m.back.FillColor = theme.Color(theme.ColorNameHover)
	}
	if r.ticked {
		m.back.FillColor = theme.Color(widgets.ColorAccentBack)
		m.box.FillColor, m.box.StrokeColor = theme.Color(widgets.ColorAccent), theme.Color(widgets.ColorAccent)
		m.check.Color = theme.Color(theme.ColorNameForegroundOnPrimary)
	}
	m.Layout(r.Size())
	for _, o := range m.Objects() {
		o.Refresh()
	}
}
