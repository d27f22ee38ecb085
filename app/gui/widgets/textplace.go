package widgets

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
)

// settle is how long the width must stay before the text is measured for it.
const settle = 60 * time.Millisecond

// What runs elsewhere and comes back; tests exchange them.
var (
	background = func(ctx context.Context, work func()) {
		go func() {
			select {
			case <-ctx.Done():
			case <-time.After(settle):
				work()
			}
		}()
	}
	onScreen = fyne.Do
)

// place is what is seen: the line of a code point, so far below the top.
type place struct {
	offset int
	dy     float32
	top    bool // the very beginning, with the head
}

// here is the place that is seen now.
func (v *TextView) here() place {
	if v.text == nil || v.text.Len() == 0 || v.scroll.Offset.Y <= 0 {
		return place{top: true}
	}
	y := v.scroll.Offset.Y - v.page.top
	i := v.text.PieceAt(y)
	l := v.text.Lines(i)
	top := v.text.Top(i)
	line := l.Lines[l.LineAt(y-top)]
	return place{offset: line.Start, dy: top + line.Y - y}
}

// keep remembers the place until the next layout.
func (v *TextView) keep() {
	if v.pending == nil {
		p := v.here()
		v.pending = &p
	}
}

// goTo shows a place. What is seen there is set first, because that may change
// the heights above it.
func (v *TextView) goTo(p place) {
	for range 4 {
		y := float32(0)
		if !p.top {
			y = v.page.top + v.text.Caret(p.offset).Y - p.dy
		}
		y = max(0, min(v.bottom(), y))
		if before := v.scroll.Offset.Y; before == y && v.page.allSet {
			return
		}
		v.scroll.Offset.Y = y
		v.page.allSet = v.page.setSeen(y)
	}
}

// bottom is the furthest scroll offset.
func (v *TextView) bottom() float32 { return max(0, v.page.wholeHeight()-v.scroll.Size().Height) }

// relayout sets the text and the margin for the room that there is, and keeps
// the place.
func (v *TextView) relayout() {
	width := v.Size().Width
	if v.text == nil || width < narrowest {
		return
	}
	v.keep()
	v.page.measure(width)
	v.page.allSet = false
	v.goTo(*v.pending)
	v.pending = nil
	v.ruler.stale = true
	v.update()
	v.measureRest()
}

// Resize implements fyne.CanvasObject. The first passes of a layout give absurd
// widths, which are left out.
func (v *TextView) Resize(size fyne.Size) {
	old := v.Size()
	if size.Width < narrowest || v.text == nil {
		v.busy = true
		v.BaseWidget.Resize(size)
		v.busy = false
		return
	}
	v.keep()
	v.busy = true // the scroll would look at what is not measured yet
	v.page.measure(size.Width)
	v.BaseWidget.Resize(size)
	v.busy = false
	if size.Width != old.Width || v.page.fresh {
		v.relayout()
		return
	}
	v.page.allSet = false
	v.goTo(*v.pending)
	v.pending = nil
	v.ruler.stale = true
	v.update()
}

// update sets and shows what is seen now.
func (v *TextView) update() {
	if v.busy || v.text == nil || v.page.width < narrowest {
		return
	}
	v.busy = true
	v.page.holdSeen()
	v.page.placeSide()
	v.page.height = v.page.wholeHeight()
	y := max(0, min(v.bottom(), v.scroll.Offset.Y))
	size := fyne.NewSize(v.scroll.Size().Width, max(v.page.height, v.scroll.Size().Height))
	if v.page.Position().Y != -y || v.page.Size() != size || v.scroll.Offset.Y != y {
		v.page.Resize(size)
		v.scroll.Offset.Y = y
		v.scroll.Refresh()
	}
	v.page.draw()
	v.ruler.update()
	v.busy = false
	if v.told != y {
		v.told = y
		if v.OnScroll != nil {
			v.OnScroll()
		}
	}
}

// measureRest measures in the background what was not seen yet.
func (v *TextView) measureRest() {
	v.endMeasuring()
	m := v.text.Measuring(v.text.PieceAt(v.scroll.Offset.Y - v.page.top))
	if m == nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	v.stop = cancel
	background(ctx, func() {
		m.Run(ctx, func(learn func()) {
			onScreen(func() {
				if ctx.Err() == nil {
					v.measured(learn)
				}
			})
		})
	})
}

func (v *TextView) endMeasuring() {
	if v.stop != nil {
		v.stop()
		v.stop = nil
	}
}

// measured takes heights over while what is seen stays where it is.
func (v *TextView) measured(learn func()) {
	p := v.here()
	learn()
	v.page.allSet = false
	v.goTo(p)
	v.ruler.stale = true
	v.update()
}

// Reveal shows a code point, a third down from the top; it stays where it is
// when it is well in sight.
func (v *TextView) Reveal(offset int) {
	if v.text == nil {
		return
	}
	if v.page.width < narrowest || v.scroll.Size().Height <= 0 {
		v.pending = &place{offset: offset, dy: 100}
		return
	}
	height := v.scroll.Size().Height
	c := v.text.Caret(offset)
	if y := v.page.top + c.Y - v.scroll.Offset.Y; y >= min(48, height/6) && y+c.Height <= height-min(96, height/4) {
		v.update()
		return
	}
	v.page.allSet = false
	v.goTo(place{offset: offset, dy: height / 3})
	v.update()
}

// ScrollTo shows a code point at the top.
func (v *TextView) ScrollTo(offset int) {
	if v.text == nil || v.page.width < narrowest {
		return
	}
	v.page.allSet = false
	v.goTo(place{offset: offset, dy: 8, top: offset <= 0})
	v.update()
}

// Seen returns the first and the last code point on screen.
func (v *TextView) Seen() (top, bottom int) {
	if v.text == nil || v.text.Len() == 0 {
		return 0, 0
	}
	if v.pending != nil {
		return v.pending.offset, v.pending.offset
	}
	first, last := v.scroll.Offset.Y-v.page.top, v.scroll.Offset.Y-v.page.top+v.scroll.Size().Height
	i := v.text.PieceAt(first)
	l := v.text.Lines(i)
	top = l.Lines[l.LineAt(first-v.text.Top(i)+1)].Start
	i = v.text.PieceAt(last)
	l = v.text.Lines(i)
	line := &l.Lines[l.LineAt(last-v.text.Top(i)-1)]
	return top, max(top, line.End-1)
}

// scrollBy moves the page.
func (v *TextView) scrollBy(dy float32) {
	if v.text == nil {
		return
	}
	v.scroll.Offset.Y = max(0, min(v.bottom(), v.scroll.Offset.Y+dy))
	v.update()
}

// followCaret scrolls until the caret is seen.
func (v *TextView) followCaret() {
	if v.text == nil || v.text.Len() == 0 {
		return
	}
	c := v.text.Caret(v.caret)
	y, height := v.page.top+c.Y-v.scroll.Offset.Y, v.scroll.Size().Height
	v.page.allSet = false
	switch {
	case y < 0 && v.text.PieceOf(v.caret) == 0 && c.Y == 0:
		v.goTo(place{top: true})
	case y < 0:
		v.goTo(place{offset: v.caret, dy: 8})
	case y+c.Height > height:
		v.goTo(place{offset: v.caret, dy: height - c.Height - 8})
	}
	v.update()
}
