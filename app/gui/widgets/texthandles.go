package widgets

import (
	"fyne.io/fyne/v2"

	"rejoinder/app/gui/textlayout"
)

// The current mark has a handle at each end: a thin line with a knob, above its
// beginning and below its end.
const (
	knobSize    = 9
	handleReach = 7
)

// handle is where a handle of a mark is drawn.
func (v *TextView) handle(m *laneMark, atEnd bool) (line, knob textlayout.Rect, ok bool) {
	if m.Start >= m.End {
		return line, knob, false
	}
	at := m.Start
	if atEnd {
		at = textlayout.PreviousGrapheme(v.runes, m.End)
	}
	if i := v.text.PieceOf(at); i < 0 || !v.page.near(v.text.About(at)) {
		return line, knob, false
	}
	c := v.text.Caret(at)
	x := c.X
	if atEnd {
		for _, r := range v.text.Rects(at, m.End) {
			if x = r.X + r.Width; c.X > r.X+r.Width/2 { // it runs from right to left
				x = r.X
			}
		}
	}
	line = textlayout.Rect{X: x - 1, Y: c.Y + 1, Width: 2, Height: c.Height - 2}
	knob = textlayout.Rect{X: x - knobSize/2.0, Y: c.Y - knobSize/2.0, Width: knobSize, Height: knobSize}
	if atEnd {
		knob.Y = c.Y + c.Height - knobSize/2.0
	}
	return line, knob, true
}

// near says whether a line at y of the text is about on the screen.
func (p *textPage) near(y float32) bool {
	y += p.top - p.view.scroll.Offset.Y
	return y > -200 && y < p.view.scroll.Size().Height+200
}

// handleAt says which handle stands at a place of the page.
func (v *TextView) handleAt(pos fyne.Position) (atEnd, ok bool) {
	m := v.marks.chosen()
	if m == nil || v.text == nil || v.OnResize == nil {
		return false, false
	}
	x, y := pos.X-v.page.left, pos.Y-v.page.top
	for _, atEnd := range []bool{true, false} {
		line, knob, ok := v.handle(m, atEnd)
		if !ok {
			continue
		}
		top, bottom := min(line.Y, knob.Y)-2, max(line.Y+line.Height, knob.Y+knob.Height)+2
		if d := x - line.X - 1; d >= -handleReach && d <= handleReach && y >= top && y <= bottom {
			return atEnd, true
		}
	}
	return false, false
}

// startPull takes the handle at a place of the page.
func (v *TextView) startPull(pos fyne.Position) bool {
	atEnd, ok := v.handleAt(pos)
	if ok {
		m := v.marks.chosen()
		v.mouse.pull = &pull{id: m.ID, start: m.Start, end: m.End, atEnd: atEnd}
	}
	return ok
}

// pullTo moves the end that is dragged; the mark keeps at least a grapheme.
func (v *TextView) pullTo(at int) {
	p := v.mouse.pull
	start, end := p.start, p.end
	if p.atEnd {
		end = max(at, textlayout.NextGrapheme(v.runes, start))
	} else {
		start = min(at, textlayout.PreviousGrapheme(v.runes, end))
	}
	if start != p.start || end != p.end {
		p.start, p.end, p.moved = start, end, true
		v.marks = v.marks.resized(start, end)
		v.update()
	}
}

// finishPull tells of the new ends.
func (v *TextView) finishPull() {
	p := v.mouse.pull
	v.mouse.end()
	if p != nil && p.moved && v.OnResize != nil {
		v.OnResize(p.id, p.start, p.end)
	}
}

// resizeBy moves an end of the current mark by a letter or a word.
func (v *TextView) resizeBy(m *laneMark, atEnd, forward, words bool) {
	start, end := m.Start, m.End
	if atEnd {
		end = max(v.moved(end, forward, words), textlayout.NextGrapheme(v.runes, start))
	} else {
		start = min(v.moved(start, forward, words), textlayout.PreviousGrapheme(v.runes, end))
	}
	if start == m.Start && end == m.End {
		return
	}
	id := m.ID
	v.marks = v.marks.resized(start, end)
	v.update()
	v.OnResize(id, start, end)
}
