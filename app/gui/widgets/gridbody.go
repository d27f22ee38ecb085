package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app/gui/textlayout"
)

// gridBody draws a grid and takes the mouse.
type gridBody struct {
	widget.BaseWidget
	grid *Grid
}

// MinSize implements fyne.CanvasObject.
func (b *gridBody) MinSize() fyne.Size { return fyne.NewSize(60, 60) }

// Scrolled implements fyne.Scrollable.
func (b *gridBody) Scrolled(e *fyne.ScrollEvent) {
	b.grid.scrollTo(b.grid.offset.SubtractXY(e.Scrolled.DX, e.Scrolled.DY))
	b.Refresh()
}

// Dragged implements fyne.Draggable.
func (b *gridBody) Dragged(e *fyne.DragEvent) {
	b.grid.scrollTo(b.grid.offset.SubtractXY(e.Dragged.DX, e.Dragged.DY))
	b.Refresh()
}

// DragEnd implements fyne.Draggable.
func (b *gridBody) DragEnd() {}

// MouseDown implements desktop.Mouseable.
func (b *gridBody) MouseDown(e *desktop.MouseEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(b); c != nil {
		c.Focus(b.grid)
	}
	if row, column := b.grid.at(e.Position); row >= 0 || column >= 0 {
		b.grid.choose(row, column)
	}
}

// MouseUp implements desktop.Mouseable.
func (b *gridBody) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped implements fyne.DoubleTappable.
func (b *gridBody) DoubleTapped(e *fyne.PointEvent) {
	if row, column := b.grid.at(e.Position); b.grid.OnOpen != nil && (row >= 0 || column >= 0) {
		b.grid.OnOpen(row, column)
	}
}

// CreateRenderer implements fyne.Widget.
func (b *gridBody) CreateRenderer() fyne.WidgetRenderer { return &gridRenderer{body: b} }

// gridRenderer draws what is seen: cells first, then the heads over them.
type gridRenderer struct {
	shapes
	body *gridBody
}

func (r *gridRenderer) Destroy()                     {}
func (r *gridRenderer) MinSize() fyne.Size           { return fyne.NewSize(60, 60) }
func (r *gridRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *gridRenderer) Layout(fyne.Size) {
	r.body.grid.scrollTo(r.body.grid.offset)
	r.draw()
}

func (r *gridRenderer) Refresh() {
	r.draw()
	r.end()
}

func (r *gridRenderer) draw() {
	g, size := r.body.grid, r.body.Size()
	r.begin(size)
	if size.Width <= gridRowHead || g.Rows == nil {
		return
	}
	rows, columns, room := g.Rows(), g.Columns(), g.window()
	firstRow, firstColumn := int(g.offset.Y/gridRowHeight), int(g.offset.X/gridCellWidth)
	lastRow := min(rows, int((g.offset.Y+room.Height)/gridRowHeight)+1)
	lastColumn := min(columns, int((g.offset.X+room.Width)/gridCellWidth)+1)
	right := min(size.Width, gridRowHead+float32(columns)*gridCellWidth-g.offset.X)
	bottom := min(size.Height-g.foot(), gridColumnHead+float32(rows)*gridRowHeight-g.offset.Y)
	surface, line := theme.Color(ColorSurface), theme.Color(ColorLine)
	r.box(gridRowHead, gridColumnHead, right-gridRowHead, bottom-gridColumnHead, surface)
	x := func(c int) float32 { return gridRowHead + float32(c)*gridCellWidth - g.offset.X }
	y := func(i int) float32 { return gridColumnHead + float32(i)*gridRowHeight - g.offset.Y }
	for c := firstColumn; c < lastColumn; c++ {
		r.box(x(c), gridColumnHead, 1, bottom-gridColumnHead, line)
	}
	for i := firstRow; i < lastRow; i++ {
		head := g.Row(i)
		r.box(gridRowHead, y(i), right-gridRowHead, 1, line)
		if head.Title {
			r.box(gridRowHead, y(i)+1, right-gridRowHead, gridRowHeight-1, theme.Color(ColorBox))
			continue
		}
		for c := firstColumn; c < lastColumn; c++ {
			r.cell(g.Cell(i, c), x(c), y(i))
		}
	}
	r.choice(x, y, right, bottom)
	r.columnHeads(x, firstColumn, lastColumn, right, bottom)
	r.rowHeads(y, firstRow, lastRow, bottom)
	r.footRow(x, firstColumn, lastColumn, right, bottom)
	r.bars(size, room, rows, columns)
}

// cell centres the pieces of a cell.
func (r *gridRenderer) cell(marks []GridMark, x, y float32) {
	if len(marks) == 0 {
		return
	}
	begin := len(r.objects)
	width := float32(0)
	for _, m := range marks {
		size := float32(16)
		if m.Small {
			size = 12
		}
		t := r.word(m.Text, width, 0, size, m.Color, !m.Small)
		t.Move(fyne.NewPos(width, y+(gridRowHeight-t.MinSize().Height)/2)) // fonts of signs differ in height
		width += t.MinSize().Width + 3
	}
	shift := x + (gridCellWidth-width+3)/2
	for _, o := range r.objects[begin:] {
		o.Move(o.Position().AddXY(shift, 0))
	}
}

// choice draws what is chosen.
func (r *gridRenderer) choice(x, y func(int) float32, right, bottom float32) {
	g := r.body.grid
	if g.row < 0 && g.column < 0 || g.row >= g.Rows() || g.column >= g.Columns() {
		return
	}
	left, top, width, height := float32(gridRowHead), float32(gridColumnHead), right-gridRowHead, bottom-gridColumnHead
	if g.column >= 0 {
		left, width = x(g.column), gridCellWidth
	}
	if g.row >= 0 {
		top, height = y(g.row), gridRowHeight
	}
	box := r.box(left, top, width+1, height+1, color.Transparent)
	box.StrokeColor, box.StrokeWidth = theme.Color(ColorAccent), 2
	if !g.focused {
		box.StrokeColor, box.StrokeWidth = theme.Color(theme.ColorNamePlaceHolder), 1
	}
}

var (
	gridHeadLook   = Look{Family: textlayout.Sans, Size: 13, LineHeight: 18, Color: theme.ColorNameForeground, MaxLines: 4}
	gridRowLook    = Look{Family: textlayout.Sans, Bold: true, Size: 13, LineHeight: 17, Color: theme.ColorNameForeground, MaxLines: 2}
	gridTitleLook  = Look{Family: textlayout.Sans, Bold: true, Size: 12.5, LineHeight: 18, Color: theme.ColorNamePlaceHolder, MaxLines: 1}
	gridCountWidth = float32(44)
)

// headsKept is how many set heads are kept while one scrolls.
const headsKept = 800

// prose is the text of a head, set anew when it changed.
func (r *gridRenderer) prose(place gridPlace, look Look, text string) *Prose {
	p := r.body.grid.heads[place]
	if p == nil {
		if len(r.body.grid.heads) > headsKept {
			clear(r.body.grid.heads)
		}
		p = NewProse(look)
		r.body.grid.heads[place] = p
	}
	p.Set(Segment{Text: text})
	return p
}

func (r *gridRenderer) columnHeads(x func(int) float32, first, last int, right, bottom float32) {
	g := r.body.grid
	raised, line := theme.Color(theme.ColorNameBackground), theme.Color(ColorLine)
	r.box(gridRowHead, 0, right-gridRowHead, gridColumnHead, raised)
	for c := first; c < last; c++ {
		head := g.Column(c)
		p := r.prose(gridPlace{row: false, at: c}, gridHeadLook, head.Text)
		h := p.HeightFor(gridCellWidth - 16)
		p.Move(fyne.NewPos(x(c)+8, gridColumnHead-8-h))
		p.Resize(fyne.NewSize(gridCellWidth-16, h))
		r.put(p)
		if head.Above != "" && h <= 3*gridHeadLook.LineHeight {
			r.word(head.Above, x(c)+8, 3, 11, theme.ColorNamePlaceHolder, false)
		}
		r.box(x(c), 0, 1, gridColumnHead, line)
	}
	r.box(gridRowHead, gridColumnHead-1, right-gridRowHead, 1, line)
	r.box(right-1, 0, 1, bottom, line)
}

func (r *gridRenderer) rowHeads(y func(int) float32, first, last int, bottom float32) {
	g := r.body.grid
	raised, line := theme.Color(theme.ColorNameBackground), theme.Color(ColorLine)
	r.box(0, 0, gridRowHead, bottom, raised)
	for i := first; i < last; i++ {
		head := g.Row(i)
		look, width := gridRowLook, gridRowHead-20-gridCountWidth
		if head.Title {
			look, width = gridTitleLook, gridRowHead-20
		}
		p := r.prose(gridPlace{row: true, at: i, title: head.Title}, look, head.Text)
		h := p.HeightFor(width)
		p.Move(fyne.NewPos(10, y(i)+(gridRowHeight-h)/2))
		p.Resize(fyne.NewSize(width, h))
		r.put(p)
		if head.Right != "" {
			t := r.word(head.Right, 0, 0, 12, theme.ColorNamePlaceHolder, false)
			t.Move(fyne.NewPos(gridRowHead-10-t.MinSize().Width, y(i)+11))
		}
		r.box(0, y(i), gridRowHead, 1, line)
	}
	r.box(0, bottom-1, gridRowHead, 1, line)
	r.box(gridRowHead, 0, 1, bottom, line)
	r.box(0, 0, gridRowHead, gridColumnHead, raised)
	r.box(0, gridColumnHead-1, gridRowHead, 1, line)
	r.box(gridRowHead, 0, 1, gridColumnHead, line)
	r.word(g.Corner, 10, gridColumnHead-28, 13, theme.ColorNameForeground, true)
}

func (r *gridRenderer) footRow(x func(int) float32, first, last int, right, bottom float32) {
	g := r.body.grid
	if g.FootTitle == "" {
		return
	}
	r.box(0, bottom, right, gridFoot, theme.Color(theme.ColorNameBackground))
	for c := first; c < last; c++ {
		t := r.word(g.Foot(c), 0, 0, 13, theme.ColorNameForeground, false)
		t.Move(fyne.NewPos(x(c)+(gridCellWidth-t.MinSize().Width)/2, bottom+8))
		r.box(x(c), bottom, 1, gridFoot, theme.Color(ColorLine))
	}
	r.box(0, bottom, gridRowHead, gridFoot, theme.Color(theme.ColorNameBackground))
	r.word(g.FootTitle, 10, bottom+8, 13, theme.ColorNamePlaceHolder, true)
	r.box(0, bottom, right, 1, theme.Color(ColorLine))
	r.box(0, bottom+gridFoot-1, right, 1, theme.Color(ColorLine))
	r.box(gridRowHead, bottom, 1, gridFoot, theme.Color(ColorLine))
	r.box(right-1, bottom, 1, gridFoot, theme.Color(ColorLine))
}

// bars show where one is.
func (r *gridRenderer) bars(size, room fyne.Size, rows, columns int) {
	g, ink := r.body.grid, theme.Color(theme.ColorNameScrollBar)
	if all := float32(rows) * gridRowHeight; all > room.Height {
		h := max(24, room.Height*room.Height/all)
		r.box(size.Width-6, gridColumnHead+(room.Height-h)*g.offset.Y/(all-room.Height), 4, h, ink)
	}
	if all := float32(columns) * gridCellWidth; all > room.Width {
		w := max(24, room.Width*room.Width/all)
		r.box(gridRowHead+(room.Width-w)*g.offset.X/(all-room.Width), size.Height-6, w, 4, ink)
	}
}
