package widgets

import (
	"image/color"
	"sort"

	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"rejoinder/app/gui/textlayout"
)

// showUnder draws what lies under the letters: the ground of code, rules, marks,
// hits, the selection and the lines below links.
func (r *pageRenderer) showUnder(first, last int, top, bottom float32) {
	text := r.page.view.text
	r.showBlocks(first, last)
	l, y := text.Lines(first), text.Top(first)
	start := l.Lines[max(0, l.LineAt(top-y))].Start
	l, y = text.Lines(last), text.Top(last)
	end := l.Lines[max(0, l.LineAt(bottom-y))].End
	r.showMarks(start, end)
	r.showHits(start, end)
	if from, to := r.page.view.Selection(); from < to && from < end && to > start {
		for _, rect := range text.Rects(max(from, start), min(to, end)) {
			r.rect(rect, theme.Color(theme.ColorNameSelection))
		}
	}
	r.showLinks(start, end)
}

// showBlocks draws rules, and the ground of code.
func (r *pageRenderer) showBlocks(first, last int) {
	text := r.page.view.text
	const pad = 8
	for i := first; i <= last; i++ {
		p, _, begins, ends := text.Piece(i)
		box := textlayout.Rect{Y: text.Top(i), Width: r.page.textWidth, Height: text.PieceHeight(i)}
		switch {
		case p.Rule:
			box.Y, box.Height = box.Y+p.LineHeight/2, 1
			r.rect(box, theme.Color(ColorLine))
		case p.Box:
			if begins {
				box.Y, box.Height = box.Y-pad, box.Height+pad
			}
			if ends {
				box.Height += pad
			}
			o := r.rect(box, theme.Color(ColorBox))
			if begins && ends {
				o.CornerRadius = 6
			}
		}
	}
}

// showMarks draws marks with their lanes, the line below the current one and the
// dashes below those that are not certain.
func (r *pageRenderer) showMarks(start, end int) {
	v := r.page.view
	v.marks.within(start, end, func(m *laneMark) {
		fill := theme.Color(m.Color)
		for _, rect := range v.text.Rects(max(m.Start, start), min(m.End, end)) {
			r.rect(m.band(rect), fill)
			below := textlayout.Rect{X: rect.X, Y: rect.Y + rect.Height - 3, Width: rect.Width, Height: 2}
			if m.Uncertain {
				r.dashes(below)
			}
			if m.Current {
				r.rect(below, theme.Color(ColorAccent))
			}
		}
	})
}

// dashes draws a dashed line.
func (r *pageRenderer) dashes(line textlayout.Rect) {
	const dash, gap = 6, 4
	c := theme.Color(theme.ColorNameWarning)
	for x := line.X; x < line.X+line.Width-1; x += dash + gap {
		r.rect(textlayout.Rect{X: x, Y: line.Y - 1, Width: min(dash, line.X+line.Width-x), Height: 1.5}, c)
	}
}

// showHits draws what a search found.
func (r *pageRenderer) showHits(start, end int) {
	v := r.page.view
	i := sort.Search(len(v.hits), func(i int) bool { return v.hits[i].End > start })
	for ; i < len(v.hits) && v.hits[i].Start < end; i++ {
		edge := theme.Color(ColorHit)
		for _, rect := range v.text.Rects(max(v.hits[i].Start, start), min(v.hits[i].End, end)) {
			inset := rect.Height * 0.1
			box := textlayout.Rect{X: rect.X - 1, Y: rect.Y + inset, Width: rect.Width + 2, Height: rect.Height - 2*inset}
			o := r.rect(box, faded(edge, 0x30))
			o.StrokeColor, o.StrokeWidth, o.CornerRadius = edge, 1, 2
			if i == v.hit {
				o.FillColor, o.StrokeWidth = theme.Color(ColorHitCurrent), 2
			}
		}
	}
}

// faded is a colour with less of it.
func faded(c color.Color, alpha uint8) color.Color {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	n.A = alpha
	return n
}

// showLinks draws the lines below links.
func (r *pageRenderer) showLinks(start, end int) {
	v := r.page.view
	i := sort.Search(len(v.links), func(i int) bool { return v.links[i].End > start })
	for ; i < len(v.links) && v.links[i].Start < end; i++ {
		for _, rect := range v.text.Rects(max(v.links[i].Start, start), min(v.links[i].End, end)) {
			rect.Y, rect.Height = rect.Y+rect.Height*0.8, 1
			r.rect(rect, theme.Color(ColorAccent))
		}
	}
}

// showOver draws what lies over the letters: the caret, and the handles of the
// current mark.
func (r *pageRenderer) showOver() {
	v := r.page.view
	accent := theme.Color(ColorAccent)
	if v.focused && v.anchor == v.caret {
		c := v.text.Caret(v.caret)
		r.rect(textlayout.Rect{X: c.X - 0.5, Y: c.Y + 3, Width: 2, Height: c.Height - 6}, accent)
	}
	if m := v.marks.chosen(); m != nil {
		for _, end := range []bool{false, true} {
			line, knob, ok := v.handle(m, end)
			if !ok {
				continue
			}
			r.rect(line, accent)
			r.knob(knob, accent)
		}
	}
}

func (r *pageRenderer) knob(box textlayout.Rect, c color.Color) *canvas.Rectangle {
	o := r.rect(box, c)
	o.CornerRadius = box.Width / 2
	return o
}
