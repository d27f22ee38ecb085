package widgets

import (
	"math"
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Lanes is a chart of moments in lanes over a scale of days, from years to single
// days. Of any number of lanes only those that are seen are drawn.
type Lanes struct {
	widget.BaseWidget
	touch
	Count func() int
	Name  func(lane int) (name, right string)
	// Dots are the moments of a lane, in the order of time.
	Dots func(lane int) []LaneDot
	// Answers is which moment another one answers; Place where one is.
	Answers func(id int) (to int, ok bool)
	Place   func(id int) (lane int, at float64, ok bool)
	// OnChoose is called with what is chosen now.
	OnChoose func(id int)
	OnOpen   func(id int)
	OnKey    func(*fyne.KeyEvent)

	first, last float64 // days that everything is between
	left        float64 // the day at the left edge
	scale       float64 // units a day
	top         float32
	chosen      int // -1 for none
	heads       map[int]*Prose
	body        *lanesBody
	clip        *container.Scroll
}

// LaneDot is a moment: a sign in a colour.
type LaneDot struct {
	ID    int
	At    float64 // days since 1970
	Text  string
	Color fyne.ThemeColorName
}

const (
	laneHead   = 230
	laneHeight = 46
	laneAxis   = 40
	lanePad    = 24 // room at both ends of the scale

	closest  = 0.02 // units a day: fifty years on a screen
	farthest = 120
)

var (
	_ fyne.Focusable      = (*Lanes)(nil)
	_ fyne.Scrollable     = (*lanesBody)(nil)
	_ fyne.Draggable      = (*lanesBody)(nil)
	_ fyne.DoubleTappable = (*lanesBody)(nil)
	_ desktop.Mouseable   = (*lanesBody)(nil)
)

// NewLanes makes a chart; set its functions before it is shown.
func NewLanes() *Lanes {
	l := &Lanes{chosen: -1, scale: 1, heads: map[int]*Prose{}}
	l.touched = l
	l.body = &lanesBody{lanes: l}
	l.body.ExtendBaseWidget(l.body)
	l.clip = container.NewScroll(l.body) // nothing is scrolled by it: it cuts off
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer implements fyne.Widget.
func (l *Lanes) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.clip) }

// MinSize implements fyne.CanvasObject.
func (l *Lanes) MinSize() fyne.Size {
	l.ExtendBaseWidget(l)
	return fyne.NewSize(laneHead+200, laneAxis+2*laneHeight)
}

// Refresh implements fyne.CanvasObject.
func (l *Lanes) Refresh() { l.body.Refresh() }

// Span says between which days everything is, and shows all of it when that is
// something new.
func (l *Lanes) Span(first, last float64) {
	if first != l.first || last != l.last {
		l.first, l.last = first, last
		l.Fit()
	}
}

// Update draws everything anew, with a moment chosen without telling; -1 for none.
func (l *Lanes) Update(chosen int) {
	l.chosen = chosen
	l.hold()
	l.body.Refresh()
}

// FocusGained implements fyne.Focusable.
func (l *Lanes) FocusGained() { l.focused = true; l.body.Refresh() }

// FocusLost implements fyne.Focusable.
func (l *Lanes) FocusLost() { l.focused = false; l.body.Refresh() }

// room is the width of the scale.
func (l *Lanes) room() float64 { return float64(max(1, l.body.Size().Width-laneHead-2*lanePad)) }

// Fit shows all of the time.
func (l *Lanes) Fit() {
	l.scale = max(closest, min(farthest, l.room()/max(1, l.last-l.first)))
	l.left = l.first
	l.hold()
	l.body.Refresh()
}

// Zoom shows more, or less, of the time around the chosen moment or the middle.
func (l *Lanes) Zoom(by float64) {
	at := l.left + l.room()/2/l.scale
	if _, day, ok := l.place(l.chosen); ok {
		at = day
	}
	l.zoomAt(by, at)
}

func (l *Lanes) zoomAt(by, day float64) {
	x := (day - l.left) * l.scale
	l.scale = max(closest, min(farthest, l.scale*by))
	l.left = day - x/l.scale
	l.hold()
	l.body.Refresh()
}

// hold keeps something on the screen.
func (l *Lanes) hold() {
	width := l.room() / l.scale
	l.left = max(l.first, min(l.left, l.last-width))
	if l.last-l.first <= width {
		l.left = l.first
	}
	rows := float32(l.Count())*laneHeight - (l.body.Size().Height - laneAxis)
	l.top = max(0, min(l.top, rows))
}

// x is where a day is.
func (l *Lanes) x(day float64) float32 { return laneHead + lanePad + float32((day-l.left)*l.scale) }

// day is what day is at a place.
func (l *Lanes) day(x float32) float64 { return l.left + float64(x-laneHead-lanePad)/l.scale }

func (l *Lanes) place(id int) (int, float64, bool) {
	if id < 0 || l.Place == nil {
		return 0, 0, false
	}
	return l.Place(id)
}

// choose chooses a moment, shows it and tells.
func (l *Lanes) choose(id int) {
	l.chosen = id
	if lane, at, ok := l.place(id); ok {
		y := float32(lane) * laneHeight
		l.top = min(y, max(l.top, y+laneHeight-(l.body.Size().Height-laneAxis)))
		if x := l.x(at); x < laneHead+lanePad || x > l.body.Size().Width-lanePad {
			l.left = at - l.room()/2/l.scale
		}
		l.hold()
	}
	l.body.Refresh()
	if l.OnChoose != nil {
		l.OnChoose(id)
	}
}

// TypedKey implements fyne.Focusable.
func (l *Lanes) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		l.step(-1)
	case fyne.KeyRight:
		l.step(1)
	case fyne.KeyUp:
		l.toLane(-1)
	case fyne.KeyDown:
		l.toLane(1)
	case fyne.KeyPageUp:
		l.toLane(-8)
	case fyne.KeyPageDown:
		l.toLane(8)
	case fyne.KeyPlus, fyne.KeyEqual:
		l.Zoom(1.5)
	case fyne.KeyMinus:
		l.Zoom(1 / 1.5)
	case fyne.Key0:
		l.Fit()
	case fyne.KeyReturn, fyne.KeyEnter:
		if l.OnOpen != nil && l.chosen >= 0 {
			l.OnOpen(l.chosen)
		}
	default:
		if l.OnKey != nil {
			l.OnKey(e)
		}
	}
}

// step goes to the next moment in the lane.
func (l *Lanes) step(by int) {
	lane, _, ok := l.place(l.chosen)
	if !ok {
		l.toLane(0)
		return
	}
	dots := l.Dots(lane)
	for i, d := range dots {
		if d.ID == l.chosen && i+by >= 0 && i+by < len(dots) {
			l.choose(dots[i+by].ID)
			return
		}
	}
}

// toLane goes to the moment in another lane that is nearest in time.
func (l *Lanes) toLane(by int) {
	if l.Count() == 0 {
		return
	}
	lane, at, ok := l.place(l.chosen)
	if !ok {
		lane, at, by = 0, l.left, 0
	}
	lane = max(0, min(lane+by, l.Count()-1))
	if id, ok := nearest(l.Dots(lane), at); ok {
		l.choose(id)
	}
}

func nearest(dots []LaneDot, at float64) (int, bool) {
	if len(dots) == 0 {
		return 0, false
	}
	i := sort.Search(len(dots), func(i int) bool { return dots[i].At >= at })
	if i == len(dots) || i > 0 && at-dots[i-1].At < dots[i].At-at {
		i--
	}
	return dots[i].ID, true
}

// lanesBody draws the chart and takes the mouse.
type lanesBody struct {
	widget.BaseWidget
	lanes *Lanes
}

// MinSize implements fyne.CanvasObject.
func (b *lanesBody) MinSize() fyne.Size { return fyne.NewSize(60, 60) }

// Scrolled implements fyne.Scrollable: over the scale it zooms.
func (b *lanesBody) Scrolled(e *fyne.ScrollEvent) {
	l := b.lanes
	if e.Position.Y < laneAxis && e.Position.X > laneHead {
		l.zoomAt(math.Pow(1.01, float64(e.Scrolled.DY)), l.day(e.Position.X))
		return
	}
	l.top -= e.Scrolled.DY
	l.left -= float64(e.Scrolled.DX) / l.scale
	l.hold()
	b.Refresh()
}

// Dragged implements fyne.Draggable.
func (b *lanesBody) Dragged(e *fyne.DragEvent) {
	l := b.lanes
	l.top -= e.Dragged.DY
	l.left -= float64(e.Dragged.DX) / l.scale
	l.hold()
	b.Refresh()
}

// DragEnd implements fyne.Draggable.
func (b *lanesBody) DragEnd() {}

// MouseDown implements desktop.Mouseable.
func (b *lanesBody) MouseDown(e *desktop.MouseEvent) {
	l := b.lanes
	if c := fyne.CurrentApp().Driver().CanvasForObject(b); c != nil {
		c.Focus(l)
	}
	if id, ok := b.at(e.Position); ok {
		l.choose(id)
	}
}

// reach is how far from a sign a click still means it.
const reach = 12

func (b *lanesBody) at(p fyne.Position) (int, bool) {
	l := b.lanes
	lane := int((p.Y - laneAxis + l.top) / laneHeight)
	if p.Y < laneAxis || p.X < laneHead || lane >= l.Count() {
		return 0, false
	}
	id, ok := nearest(l.Dots(lane), l.day(p.X))
	if _, at, there := l.place(id); ok && there && abs(l.x(at)-p.X) <= reach {
		return id, true
	}
	return 0, false
}

// MouseUp implements desktop.Mouseable.
func (b *lanesBody) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped implements fyne.DoubleTappable.
func (b *lanesBody) DoubleTapped(e *fyne.PointEvent) {
	if id, ok := b.at(e.Position); ok && b.lanes.OnOpen != nil {
		b.lanes.OnOpen(id)
	}
}

// CreateRenderer implements fyne.Widget.
func (b *lanesBody) CreateRenderer() fyne.WidgetRenderer { return &lanesRenderer{body: b} }
