package widgets

import (
	"context"
	"math"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"rejoinder/app/gui/textlayout"
)

// How long the clicks of a double click may be apart, in time and in place, and
// from which distance to an edge the text scrolls on under the pointer.
const (
	doubleClick  = 500 * time.Millisecond
	doubleNearby = 5
	edgeZone     = 10
	edgeTick     = 16 * time.Millisecond
)

// mouseState is what the mouse is doing.
type mouseState struct {
	lastClick time.Time
	lastPlace fyne.Position
	clicks    int
	from, to  int           // what the first click of the drag selected
	selecting bool          // a button that selects is down
	pointer   fyne.Position // while dragging, in the view
	link      string        // that was pressed
	pull      *pull
	stop      context.CancelFunc // ends the scrolling under the pointer
	pulled    bool               // a handle was let go just now
}

// pull is the dragging of one of the current mark's ends.
type pull struct {
	id         string
	start, end int
	atEnd      bool
	moved      bool
}

// end forgets what the mouse was doing.
func (m *mouseState) end() {
	if m.stop != nil {
		m.stop()
		m.stop = nil
	}
	m.selecting, m.pull, m.link = false, nil, ""
}

// MouseDown implements desktop.Mouseable.
func (p *textPage) MouseDown(e *desktop.MouseEvent) {
	v := p.view
	v.takeFocus()
	if v.OnFocus != nil { // it may have had the keys before
		v.OnFocus()
	}
	if v.text == nil {
		return
	}
	v.goal = -1
	if e.Button == desktop.MouseButtonSecondary {
		if v.OnMenu != nil {
			v.OnMenu(e.AbsolutePosition, p.under(e.Position))
		}
		return
	}
	v.mouse.end()
	v.mouse.pulled = false
	if v.startPull(e.Position) {
		return
	}
	if e.Modifier&(fyne.KeyModifierControl|fyne.KeyModifierSuper) != 0 {
		if url, ok := p.linkAt(e.Position); ok {
			v.mouse.link = url
			return
		}
	}
	p.press(e)
}

// press begins a selection.
func (p *textPage) press(e *desktop.MouseEvent) {
	v, m := p.view, &p.view.mouse
	m.clicks++
	apart := e.Position.Subtract(m.lastPlace)
	if time.Since(m.lastClick) > doubleClick || max(apart.X, -apart.X, apart.Y, -apart.Y) > doubleNearby {
		m.clicks = 1
	}
	m.lastClick, m.lastPlace, m.selecting = time.Now(), e.Position, true
	if e.Modifier&fyne.KeyModifierShift != 0 {
		m.clicks, m.from, m.to = 1, v.anchor, v.anchor
		v.Select(v.anchor, p.offsetAt(e.Position))
		return
	}
	m.from, m.to = p.unitAt(e.Position)
	v.Select(m.from, m.to)
}

// unitAt is what so many clicks on a place select: a caret position, a word, a
// paragraph.
func (p *textPage) unitAt(pos fyne.Position) (start, end int) {
	v := p.view
	switch {
	case v.mouse.clicks == 2:
		return textlayout.Word(v.runes, p.under(pos))
	case v.mouse.clicks > 2:
		return v.text.Paragraph(p.under(pos))
	}
	at := p.offsetAt(pos)
	return at, at
}

// linkAt is the link whose letters stand at a place of the page.
func (p *textPage) linkAt(pos fyne.Position) (string, bool) {
	if p.view.text == nil || len(p.view.links) == 0 {
		return "", false
	}
	at, ok := p.view.text.Over(pos.X-p.left, pos.Y-p.top)
	if !ok {
		return "", false
	}
	return p.view.link(at)
}

// MouseUp implements desktop.Mouseable.
func (p *textPage) MouseUp(e *desktop.MouseEvent) {
	v := p.view
	if e.Button != desktop.MouseButtonPrimary || v.text == nil {
		return
	}
	if v.mouse.pull != nil {
		v.finishPull()
		return
	}
	link, pressed := v.mouse.link, v.mouse.selecting
	v.mouse.end()
	if link != "" {
		if url, ok := p.linkAt(e.Position); ok && url == link && v.OnLink != nil {
			v.OnLink(url)
		}
		return
	}
	if start, end := v.Selection(); pressed && start == end && v.OnClick != nil {
		v.OnClick(p.under(e.Position))
	}
}

// Dragged implements fyne.Draggable.
func (p *textPage) Dragged(e *fyne.DragEvent) {
	v := p.view
	if v.text == nil || !v.mouse.selecting && v.mouse.pull == nil {
		return
	}
	v.mouse.pointer = e.Position.SubtractXY(0, v.scroll.Offset.Y)
	v.dragTo(e.Position)
	if v.edgeSpeed() != 0 {
		v.scrollOn()
	} else if v.mouse.stop != nil {
		v.mouse.stop()
		v.mouse.stop = nil
	}
}

// dragTo moves the selection's end, or a mark's, to a place of the page.
func (v *TextView) dragTo(pos fyne.Position) {
	if v.mouse.pull != nil {
		v.pullTo(v.page.offsetAt(pos))
		return
	}
	start, end := v.page.unitAt(pos)
	if start < v.mouse.from {
		v.Select(v.mouse.to, start)
	} else {
		v.Select(v.mouse.from, max(end, v.mouse.to))
	}
}

// DragEnd implements fyne.Draggable.
func (p *textPage) DragEnd() {
	if p.view.mouse.pull != nil {
		p.view.finishPull()
	}
	p.view.mouse.end()
	onScreen(p.view.takeFocus) // letting go over something else has taken it away
}

// takeFocus gives the text the keys.
func (v *TextView) takeFocus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		c.Focus(v)
	}
}

// A turn of the wheel by one notch moves two lines or so; a touchpad tells of
// less, which is taken as it is.
const (
	notch      = 20
	notchTimes = 2.4
)

// Scrolled implements fyne.Scrollable.
func (p *textPage) Scrolled(e *fyne.ScrollEvent) {
	dy := e.Scrolled.DY
	if dy >= notch || dy <= -notch {
		dy *= notchTimes
	}
	p.view.scrollBy(-dy)
}

// edgeSpeed is how fast the text scrolls under the pointer, in units a second.
func (v *TextView) edgeSpeed() float32 {
	y, height := v.mouse.pointer.Y, v.scroll.Size().Height
	switch {
	case y < edgeZone:
		return -float32(math.Min(3000, 120+30*float64(edgeZone-y)))
	case y > height-edgeZone:
		return float32(math.Min(3000, 120+30*float64(y-height+edgeZone)))
	}
	return 0
}

// ticking calls tick on the screen's goroutine until ctx ends; tests exchange it.
var ticking = func(ctx context.Context, tick func()) {
	var waiting atomic.Bool
	go func() {
		t := time.NewTicker(edgeTick)
		defer t.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-t.C:
				if waiting.CompareAndSwap(false, true) {
					onScreen(func() {
						waiting.Store(false)
						if ctx.Err() == nil {
							tick()
						}
					})
				}
			}
		}
	}()
}

// scrollOn scrolls while the pointer rests at an edge.
func (v *TextView) scrollOn() {
	if v.mouse.stop != nil {
		return
	}
	var ctx context.Context
	ctx, v.mouse.stop = context.WithCancel(context.Background())
	last := time.Now()
	ticking(ctx, func() {
		now := time.Now()
		passed := max(edgeTick, min(4*edgeTick, now.Sub(last)))
		last = now
		v.scrollBy(v.edgeSpeed() * float32(passed.Seconds()))
		v.dragTo(v.mouse.pointer.AddXY(0, v.scroll.Offset.Y))
	})
}

// MouseIn implements desktop.Hoverable.
func (p *textPage) MouseIn(e *desktop.MouseEvent) { p.pointer = e.Position }

// MouseMoved implements desktop.Hoverable.
func (p *textPage) MouseMoved(e *desktop.MouseEvent) { p.pointer = e.Position }

// MouseOut implements desktop.Hoverable.
func (p *textPage) MouseOut() {}

// Cursor implements desktop.Cursorable.
func (p *textPage) Cursor() desktop.Cursor {
	v := p.view
	if v.mouse.pull != nil {
		return desktop.HResizeCursor
	}
	if _, ok := v.handleAt(p.pointer); ok {
		return desktop.HResizeCursor
	}
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok && len(v.links) > 0 &&
		d.CurrentKeyModifiers()&(fyne.KeyModifierControl|fyne.KeyModifierSuper) != 0 {
		if _, ok := p.linkAt(p.pointer); ok {
			return desktop.PointerCursor
		}
	}
	return desktop.TextCursor
}
