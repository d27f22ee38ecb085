package textlayout

// Places in a document. x counts from the text's left edge, y from its top.
// What is asked for is set if it was not.

// at returns the piece at y as it is set, and its top.
func (d *Document) at(y float32) (l *Layout, top float32) {
	i := d.PieceAt(y)
	if i < 0 {
		return &Layout{fonts: d.fonts}, 0
	}
	l = d.Lines(i)
	return l, d.Top(i)
}

// of returns the piece of a code point as it is set, and its top.
func (d *Document) of(offset int) (l *Layout, top float32) {
	i := d.PieceOf(offset)
	if i < 0 {
		return &Layout{fonts: d.fonts}, 0
	}
	l = d.Lines(i)
	return l, d.Top(i)
}

// Hit returns the caret position nearest to a point.
func (d *Document) Hit(x, y float32) int {
	l, top := d.at(y)
	return l.Hit(x, y-top)
}

// Under returns the code point whose letter stands under a point, or nearest to
// it in its line.
func (d *Document) Under(x, y float32) int {
	l, top := d.at(y)
	return l.Under(x, y-top)
}

// Over says whether a letter stands under a point, and which.
func (d *Document) Over(x, y float32) (offset int, ok bool) {
	l, top := d.at(y)
	offset = l.Under(x, y-top)
	for _, r := range l.Rects(offset, offset+1) {
		if x >= r.X && x <= r.X+r.Width && y-top >= r.Y && y-top <= r.Y+r.Height {
			return offset, true
		}
	}
	return offset, false
}

// Rects returns the rectangles of code points, a few for each line. All of them
// are set: ask for what is seen.
func (d *Document) Rects(start, end int) []Rect {
	var out []Rect
	for i := max(0, d.PieceOf(start)); i < len(d.pieces) && d.pieces[i].Start < end; i++ {
		rects := d.Lines(i).Rects(start, end)
		for _, r := range rects {
			r.Y += d.Top(i)
			out = append(out, r)
		}
	}
	return out
}

// Caret returns where the caret before a code point is drawn, with no width.
func (d *Document) Caret(offset int) Rect {
	l, top := d.of(offset)
	c := l.Caret(offset)
	c.Y += top
	return c
}

// About returns about where the line of a code point stands, without setting
// anything; exactly where it is set already.
func (d *Document) About(offset int) float32 {
	i := d.PieceOf(offset)
	if i < 0 {
		return 0
	}
	if e := d.sets[i]; e != nil {
		l := e.Value.(*setPiece).layout
		return d.Top(i) + l.Lines[l.LineOf(offset)].Y
	}
	p := &d.pieces[i]
	share := float32(min(offset, p.End)-p.Start) / float32(max(1, p.End-p.Start))
	line := int(share * d.PieceHeight(i) / p.LineHeight)
	return d.Top(i) + float32(line)*p.LineHeight
}

// line returns the line of a code point and where it stands.
func (d *Document) line(offset int) (l *Layout, i int, ok bool) {
	l, _ = d.of(offset)
	if len(l.Lines) == 0 {
		return l, 0, false
	}
	return l, l.LineOf(offset), true
}

// RTL says whether the paragraph around a code point runs from right to left.
func (d *Document) RTL(offset int) bool {
	l, i, ok := d.line(offset)
	return ok && l.Lines[i].RTL
}

// LineStart is the first caret position of the line of a code point.
func (d *Document) LineStart(offset int) int {
	l, i, ok := d.line(offset)
	if !ok {
		return 0
	}
	return l.Lines[i].Start
}

// LineEnd is the last caret position of the line of a code point.
func (d *Document) LineEnd(offset int) int {
	l, i, ok := d.line(offset)
	if !ok {
		return 0
	}
	return d.lineEnd(l, i)
}

// lineEnd is the last caret position of a line: what ends a wrapped one is the
// beginning of the next.
func (d *Document) lineEnd(l *Layout, i int) int {
	line := &l.Lines[i]
	last := i+1 == len(l.Lines) && d.pieces[d.PieceOf(line.Start)].last
	switch {
	case last || line.End == line.Start:
		return line.End
	case line.seen < line.End:
		return line.seen
	}
	return PreviousGrapheme(d.text, line.End)
}

// LineAbove is the caret position nearest to x in the line above that of a code
// point; ok is false in the first line.
func (d *Document) LineAbove(offset int, x float32) (at int, ok bool) {
	l, i, ok := d.line(offset)
	if !ok {
		return 0, false
	}
	if i == 0 {
		p := d.PieceOf(offset) - 1
		if p < 0 {
			return offset, false
		}
		l = d.Lines(p)
		i = len(l.Lines)
	}
	return d.hitLine(l, i-1, x), true
}

// LineBelow is the caret position nearest to x in the line below that of a code
// point; ok is false in the last line.
func (d *Document) LineBelow(offset int, x float32) (at int, ok bool) {
	l, i, ok := d.line(offset)
	if !ok {
		return 0, false
	}
	if i == len(l.Lines)-1 {
		p := d.PieceOf(offset) + 1
		if p >= len(d.pieces) {
			return offset, false
		}
		l, i = d.Lines(p), -1
	}
	return d.hitLine(l, i+1, x), true
}

func (d *Document) hitLine(l *Layout, i int, x float32) int {
	line := &l.Lines[i]
	return min(l.Hit(x, line.Y+line.Height/2), d.lineEnd(l, i))
}

// NextParagraph is the beginning of the paragraph after a code point, or the
// text's end.
func (d *Document) NextParagraph(offset int) int {
	for i := max(0, d.PieceOf(offset)); i < len(d.pieces); i++ {
		if p := &d.pieces[i]; p.first && p.Start > offset {
			return p.Start
		}
	}
	return len(d.text)
}

// PreviousParagraph is the beginning of the paragraph around a code point, or
// of the one before when it is there already.
func (d *Document) PreviousParagraph(offset int) int {
	for i := d.PieceOf(offset); i >= 0; i-- {
		if p := &d.pieces[i]; p.first && p.Start < offset {
			return p.Start
		}
	}
	return 0
}
