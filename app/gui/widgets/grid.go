package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Grid is a table of any size with heads that stay, of which only what is seen
// is drawn. It is gone through with the arrow keys and the mouse.
type Grid struct {
	widget.BaseWidget
	touch
	// Corner is written over the heads of the rows.
	Corner string
	Rows   func() int
	// Columns is how many there are.
	Columns func() int
	Row     func(i int) GridHead
	Column  func(i int) GridHead
	// Cell is what stands in a cell, piece by piece.
	Cell func(row, column int) []GridMark
	// Foot stands below a column, and FootTitle beside it; without a title there
	// is no foot.
	Foot      func(column int) string
	FootTitle string
	// OnChoose is called with what is chosen now; -1 is a whole row or column.
	OnChoose func(row, column int)
	OnOpen   func(row, column int)
	OnKey    func(*fyne.KeyEvent)

	row, column int // chosen
	offset      fyne.Position
	heads       map[gridPlace]*Prose
	inner       *gridBody
	clip        *container.Scroll
}

// GridHead is what stands at the beginning of a row or a column.
type GridHead struct {
	Text  string
	Right string // a count
	Above string // in small letters
	Title bool   // the row is a heading and has no cells
}

// GridMark is a piece of a cell.
type GridMark struct {
	Text  string
	Color fyne.ThemeColorName
	Small bool
}

type gridPlace struct {
	row, title bool
	at         int
}

const (
	gridRowHead    = 230 // width
	gridColumnHead = 92  // height
	gridCellWidth  = 124
	gridRowHeight  = 40
	gridFoot       = 34
)

var (
	_ fyne.Focusable      = (*Grid)(nil)
	_ fyne.Scrollable     = (*gridBody)(nil)
	_ fyne.Draggable      = (*gridBody)(nil)
	_ fyne.DoubleTappable = (*gridBody)(nil)
	_ desktop.Mouseable   = (*gridBody)(nil)
)

// NewGrid makes a grid; set its functions before it is shown.
func NewGrid() *Grid {
	g := &Grid{row: -1, column: -1, heads: map[gridPlace]*Prose{}}
	g.touched = g
	g.inner = &gridBody{grid: g}
	g.inner.ExtendBaseWidget(g.inner)
	g.clip = container.NewScroll(g.inner) // nothing is scrolled by it: it cuts off
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer implements fyne.Widget.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(g.clip) }

// MinSize implements fyne.CanvasObject.
func (g *Grid) MinSize() fyne.Size {
	g.ExtendBaseWidget(g)
	return fyne.NewSize(gridRowHead+gridCellWidth, gridColumnHead+2*gridRowHeight)
}

// Refresh implements fyne.CanvasObject.
func (g *Grid) Refresh() { g.inner.Refresh() }

// Update draws everything anew, with a cell chosen without telling; -1 for none.
func (g *Grid) Update(row, column int) {
	g.row, g.column = row, column
	g.scrollTo(g.offset)
	g.inner.Refresh()
}

// FocusLost implements fyne.Focusable.
func (g *Grid) FocusLost() { g.focused = false; g.inner.Refresh() }

// FocusGained implements fyne.Focusable.
func (g *Grid) FocusGained() { g.focused = true; g.inner.Refresh() }

// foot is the height of the foot.
func (g *Grid) foot() float32 {
	if g.FootTitle == "" {
		return 0
	}
	return gridFoot
}

// window is the room for cells.
func (g *Grid) window() fyne.Size {
	size := g.inner.Size()
	return fyne.NewSize(max(0, size.Width-gridRowHead), max(0, size.Height-gridColumnHead-g.foot()))
}

// scrollTo scrolls as far as there is something.
func (g *Grid) scrollTo(to fyne.Position) {
	room := g.window()
	g.offset.X = max(0, min(to.X, float32(g.Columns())*gridCellWidth-room.Width))
	g.offset.Y = max(0, min(to.Y, float32(g.Rows())*gridRowHeight-room.Height))
}

// reveal scrolls until what is chosen is seen.
func (g *Grid) reveal() {
	room, to := g.window(), g.offset
	if g.column >= 0 {
		x := float32(g.column) * gridCellWidth
		to.X = min(x, max(to.X, x+gridCellWidth-room.Width))
	}
	if g.row >= 0 {
		y := float32(g.row) * gridRowHeight
		to.Y = min(y, max(to.Y, y+gridRowHeight-room.Height))
	}
	g.scrollTo(to)
}

// choose chooses and tells.
func (g *Grid) choose(row, column int) {
	if row >= 0 && g.Row(row).Title {
		return
	}
	g.row, g.column = row, column
	g.reveal()
	g.inner.Refresh()
	if g.OnChoose != nil {
		g.OnChoose(row, column)
	}
}

// TypedKey implements fyne.Focusable.
func (g *Grid) TypedKey(e *fyne.KeyEvent) {
	row, column, page := g.row, g.column, max(1, int(g.window().Height/gridRowHeight)-1)
	switch e.Name {
	case fyne.KeyUp:
		row--
	case fyne.KeyDown:
		row++
	case fyne.KeyPageUp:
		row -= page
	case fyne.KeyPageDown:
		row += page
	case fyne.KeyLeft:
		column--
	case fyne.KeyRight:
		column++
	case fyne.KeyHome:
		column = 0
	case fyne.KeyEnd:
		column = g.Columns() - 1
	case fyne.KeyReturn, fyne.KeyEnter:
		if g.OnOpen != nil {
			g.OnOpen(g.row, g.column)
		}
		return
	default:
		if g.OnKey != nil {
			g.OnKey(e)
		}
		return
	}
	if g.Rows() == 0 || g.Columns() == 0 {
		return
	}
	row, column = max(0, min(row, g.Rows()-1)), max(0, min(column, g.Columns()-1))
	for g.Row(row).Title { // a heading is stepped over
		next := row + 1
		if row < g.row && row > 0 {
			next = row - 1
		}
		if next >= g.Rows() {
			return
		}
		row = next
	}
	g.choose(row, column)
}

// at is the cell at a point; -1 on the heads.
func (g *Grid) at(p fyne.Position) (row, column int) {
	row, column = -1, -1
	if p.Y >= gridColumnHead {
		row = int((p.Y - gridColumnHead + g.offset.Y) / gridRowHeight)
	}
	if p.X >= gridRowHead {
		column = int((p.X - gridRowHead + g.offset.X) / gridCellWidth)
	}
	if row >= g.Rows() {
		row = -1
	}
	if column >= g.Columns() {
		column = -1
	}
	return row, column
}
