package textlayout

import (
	"container/list"
	"sort"
)

// Document is a long text that is set for a width where it is looked at. What
// was not measured yet has an estimated height. It consists of pieces:
// paragraphs, and parts of enormous ones. A document belongs to one goroutine;
// Measuring does its work on another.
type Document struct {
	fonts      *Fonts
	text       []rune
	paragraphs []Paragraph
	pieces     []piece
	width      float32

	turn  int       // of the measures; what was begun in an earlier one is dropped
	lines []int32   // of each piece; guessed ones are negative
	tops  []float64 // of each piece's first line, and the end; valid up to known
	known int
	moves int // see Moves

	sets map[int]*list.Element // of kept
	kept *list.List            // of *setPiece, the last used in front
	cost int
}

// setPiece is a piece as it was set.
type setPiece struct {
	index  int
	layout *Layout
	cost   int
}

// How much of the text is kept as glyphs, in code points; a glyph takes about a
// hundred bytes.
const (
	keptCost  = 40_000
	pieceCost = 60
)

// NewDocument makes a document. Nothing is set yet.
func (f *Fonts) NewDocument(text []rune, paragraphs []Paragraph, width float32) *Document {
	d := &Document{fonts: f, text: text, width: width}
	d.SetParagraphs(paragraphs)
	return d
}

// SetParagraphs sets the same text in other paragraphs, sizes or spaces.
func (d *Document) SetParagraphs(paragraphs []Paragraph) {
	d.paragraphs = paragraphs
	d.pieces = cutText(d.text, paragraphs)
	d.forget()
}

// SetWidth sets the text for another width.
func (d *Document) SetWidth(width float32) {
	if width != d.width {
		d.width = width
		d.forget()
	}
}

// Width is what the text is set for.
func (d *Document) Width() float32 { return d.width }

func (d *Document) forget() {
	d.turn++
	d.moves++
	d.sets, d.kept, d.cost = map[int]*list.Element{}, list.New(), 0
	d.lines = make([]int32, len(d.pieces))
	for i := range d.pieces {
		d.lines[i] = -int32(d.pieces[i].guess(d.width))
	}
	d.tops, d.known = make([]float64, len(d.pieces)+1), 0
}

// Len is the number of pieces.
func (d *Document) Len() int { return len(d.pieces) }

// Piece describes piece i: its part of the text, the index of its paragraph,
// and whether it is the first and the last of that.
func (d *Document) Piece(i int) (p Paragraph, paragraph int, first, last bool) {
	return d.pieces[i].Paragraph, d.pieces[i].index, d.pieces[i].first, d.pieces[i].last
}

// Paragraph returns the code points of the paragraph around an offset.
func (d *Document) Paragraph(offset int) (start, end int) {
	if len(d.pieces) == 0 {
		return 0, 0
	}
	p := d.paragraphs[d.pieces[d.PieceOf(offset)].index]
	return p.Start, p.End
}

// Height is that of the whole text.
func (d *Document) Height() float32 { return float32(d.top(len(d.pieces))) }

// Top is where the first line of piece i stands; that of the piece after the
// last is the end.
func (d *Document) Top(i int) float32 { return float32(d.top(i)) }

func (d *Document) top(i int) float64 {
	for ; d.known <= i; d.known++ {
		k := d.known
		if k == 0 {
			continue // the text begins without any space
		}
		d.tops[k] = d.tops[k-1] + d.height(k-1)
		if k < len(d.pieces) {
			d.tops[k] += float64(d.pieces[k].Before)
		}
	}
	return d.tops[i]
}

// height is that of piece i without the space before it.
func (d *Document) height(i int) float64 {
	n := d.lines[i]
	return float64(max(n, -n)) * float64(d.pieces[i].LineHeight)
}

// PieceHeight is the height of piece i without the space before it.
func (d *Document) PieceHeight(i int) float32 { return float32(d.height(i)) }

// Measured says whether the height of piece i is known.
func (d *Document) Measured(i int) bool { return d.lines[i] > 0 }

// learn notes how many lines a piece has.
func (d *Document) learn(i, lines int) {
	lines = max(lines, 1)
	if int32(lines) == d.lines[i] {
		return
	}
	d.moves++ // even where the guess was right: within a piece it says nothing
	if int32(lines) != -d.lines[i] {
		d.known = min(d.known, i+1)
	}
	d.lines[i] = int32(lines)
}

// Moves counts the changes of where anything stands: while it is the same, so is
// every place.
func (d *Document) Moves() int { return d.moves }

// PieceAt returns the piece at y; above the first it is the first, below the
// last the last, in the space before one the one above. -1 without any.
func (d *Document) PieceAt(y float32) int {
	d.top(len(d.pieces))
	i := sort.Search(len(d.pieces), func(i int) bool { return d.tops[i] > float64(y) })
	return min(max(0, i-1), len(d.pieces)-1)
}

// PieceOf returns the piece that holds a code point; between paragraphs it is
// the one before. -1 without any.
func (d *Document) PieceOf(offset int) int {
	i := sort.Search(len(d.pieces), func(i int) bool { return d.pieces[i].Start > offset })
	return min(max(0, i-1), len(d.pieces)-1)
}

// Lines returns piece i as it is set: its first line stands at y 0.
func (d *Document) Lines(i int) *Layout {
	if e := d.sets[i]; e != nil {
		d.kept.MoveToFront(e)
		return e.Value.(*setPiece).layout
	}
	l := d.fonts.setPiece(d.text, &d.pieces[i], d.width)
	d.learn(i, len(l.Lines))
	s := &setPiece{index: i, layout: l, cost: pieceCost + d.pieces[i].End - d.pieces[i].Start}
	d.sets[i] = d.kept.PushFront(s)
	for d.cost += s.cost; d.cost > keptCost && d.kept.Len() > 1; {
		oldest := d.kept.Remove(d.kept.Back()).(*setPiece)
		delete(d.sets, oldest.index)
		d.cost -= oldest.cost
	}
	return l
}

func (f *Fonts) setPiece(text []rune, p *piece, width float32) *Layout {
	t := &Text{fonts: f, paragraphs: []shaped{f.shape(text[p.Start:p.End], p.Paragraph, p.toward)}}
	l := t.Set(width, 0)
	for i := range l.Lines {
		l.Lines[i].Paragraph = p.index
	}
	return l
}
