package textlayout

import (
	"math"
	"slices"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/bidi"
)

// Paragraph is text to set: a heading, a paragraph, a list item. Its code
// points Start to End of the whole text are set on lines of their own.
type Paragraph struct {
	Start, End int
	Typeface   Typeface
	Size       float32 // of the letters
	LineHeight float32
	Indent     float32 // on the side where the text begins
	Before     float32 // space above
	Marker     string  // stands in the indent, as a bullet
	Styles     []Style // in order, not overlapping
}

// Style sets some code points of a paragraph in another typeface.
type Style struct {
	Start, End int // of the whole text
	Typeface   Typeface
}

// Line is one set line. X is where its first glyph on the left stands.
type Line struct {
	Start, End int // code points; the white space that ends a line belongs to it
	Y, Height  float32
	X, Width   float32
	Baseline   float32 // below Y
	Paragraph  int
	RTL        bool // the paragraph runs from right to left
	runs       []shaping.Output
	base       int // what the runs count from
	size       float32
	marker     []shaping.Output
	markerX    float32
}

// Layout is a set text.
type Layout struct {
	Lines  []Line
	Height float32
	Width  float32 // that it was set for
	fonts  *Fonts
}

// shaped is a paragraph as runs of glyphs, before its lines are broken.
type shaped struct {
	paragraph Paragraph
	text      []rune
	runs      []shaping.Output
	marker    []shaping.Output
	direction di.Direction
	ascent    float32
	descent   float32
}

// Text is a shaped text that can be set for any width.
type Text struct {
	paragraphs []shaped
	fonts      *Fonts
}

// Shape shapes the paragraphs of a text. It takes about a second for a million
// code points: do it off the screen's thread, some paragraphs at a time.
func (f *Fonts) Shape(text []rune, paragraphs []Paragraph) *Text {
	t := &Text{fonts: f}
	for _, p := range paragraphs {
		t.paragraphs = append(t.paragraphs, f.shape(text[p.Start:p.End], p))
	}
	return t
}

func (f *Fonts) shape(text []rune, p Paragraph) shaped {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := shaped{paragraph: p, text: text, direction: direction(text)}
	face := f.primary(p.Typeface)
	if face == nil {
		return s
	}
	s.ascent, s.descent = metrics(face, p.Size)
	var segmenter shaping.Segmenter
	var shaper shaping.HarfbuzzShaper
	run := func(text []rune, start, end int, t Typeface) []shaping.Output {
		var out []shaping.Output
		for _, in := range segmenter.Split(shaping.Input{Text: text, RunStart: start, RunEnd: end, Direction: s.direction,
			Size: fixed.Int26_6(p.Size * 64), Face: face}, &chain{fonts: f, typeface: t}) {
			out = append(out, shaper.Shape(in))
		}
		return out
	}
	at := 0
	for _, style := range p.Styles {
		from, to := max(at, style.Start-p.Start), min(len(text), style.End-p.Start)
		if from >= to {
			continue
		}
		if at < from {
			s.runs = append(s.runs, run(text, at, from, p.Typeface)...)
		}
		s.runs = append(s.runs, run(text, from, to, style.Typeface)...)
		at = to
	}
	if at < len(text) {
		s.runs = append(s.runs, run(text, at, len(text), p.Typeface)...)
	}
	if p.Marker != "" {
		marker := []rune(p.Marker)
		s.marker = run(marker, 0, len(marker), p.Typeface)
	}
	return s
}

func metrics(face *font.Face, size float32) (ascent, descent float32) {
	e, ok := face.FontHExtents()
	if !ok {
		return size, size / 4
	}
	scale := size / float32(face.Upem())
	return e.Ascender * scale, -e.Descender * scale
}

// direction is that of the first letter with a direction of its own.
func direction(text []rune) di.Direction {
	for _, r := range text {
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.L:
			return di.DirectionLTR
		case bidi.R, bidi.AL:
			return di.DirectionRTL
		}
	}
	return di.DirectionLTR
}

// RightToLeft says whether a text's first letter with a direction runs from
// right to left.
func RightToLeft(text string) bool { return direction([]rune(text)) == di.DirectionRTL }

// Set breaks the text into lines for a width. maxLines above 0 cuts it off
// there, with an ellipsis.
func (t *Text) Set(width float32, maxLines int) *Layout {
	l := &Layout{Width: width, fonts: t.fonts}
	t.fonts.mu.Lock()
	defer t.fonts.mu.Unlock()
	var wrapper shaping.LineWrapper
	for i := range t.paragraphs {
		left := 0
		if maxLines > 0 {
			if left = maxLines - len(l.Lines); left <= 0 {
				break
			}
		}
		t.paragraphs[i].set(l, &wrapper, i, left)
	}
	return l
}

func (s *shaped) set(l *Layout, wrapper *shaping.LineWrapper, index, maxLines int) {
	p := s.paragraph
	y := l.Height
	if len(l.Lines) > 0 {
		y += p.Before
	}
	if len(s.runs) == 0 {
		l.Lines = append(l.Lines, Line{Start: p.Start, End: p.End, Y: y, Height: p.LineHeight, Paragraph: index, size: p.Size, Baseline: s.baseline()})
		l.Height = y + p.LineHeight
		return
	}
	// Trimming would write into the glyphs, which the next width needs as they are.
	config := shaping.WrapConfig{Direction: s.direction, BreakPolicy: shaping.WhenNecessary, TruncateAfterLines: maxLines,
		DisableTrailingWhitespaceTrim: true}
	if maxLines > 0 {
		config.Truncator = s.ellipsis()
	}
	room := fixed.Int26_6(max(l.Width-p.Indent, p.Size) * 64)
	lines, _ := wrapper.WrapParagraphF(config, room, s.text, shaping.NewSliceIterator(s.runs))
	for i, runs := range lines {
		line := Line{Y: y, Height: p.LineHeight, Baseline: s.baseline(), Paragraph: index, RTL: s.direction == di.DirectionRTL,
			base: p.Start, size: p.Size, Start: math.MaxInt, runs: slices.Clone([]shaping.Output(runs))}
		line.place(l.Width, p.Indent)
		if i == 0 && len(s.marker) > 0 {
			line.marker, line.markerX = s.marker, p.Indent-p.Size
			if line.RTL {
				line.markerX = l.Width - p.Indent + p.Size/2
			}
		}
		l.Lines = append(l.Lines, line)
		y += p.LineHeight
	}
	l.Height = y
}

// place orders the line's runs from left to right and finds its extent.
func (line *Line) place(width, indent float32) {
	slices.SortStableFunc(line.runs, func(a, b shaping.Output) int { return int(a.VisualIndex) - int(b.VisualIndex) })
	for _, run := range line.runs {
		line.Width += float32(run.Advance) / 64
		if run.Runes.Count == 0 {
			continue // the ellipsis
		}
		line.Start = min(line.Start, line.base+run.Runes.Offset)
		line.End = max(line.End, line.base+run.Runes.Offset+run.Runes.Count)
	}
	line.X = indent
	if line.RTL {
		line.X = width - indent - line.Width
	}
}

func (s *shaped) baseline() float32 {
	return (s.paragraph.LineHeight + s.ascent - s.descent) / 2
}

func (s *shaped) ellipsis() shaping.Output {
	var shaper shaping.HarfbuzzShaper
	out := shaper.Shape(shaping.Input{Text: []rune("…"), RunEnd: 1, Direction: s.direction, Face: s.runs[0].Face, Size: s.runs[0].Size})
	out.Runes.Count = 0 // it stands for nothing of the text
	return out
}

// Join puts other below l, as the rest of the same text.
func (l *Layout) Join(other *Layout, before float32) {
	shift := l.Height + before
	for _, line := range other.Lines {
		line.Y += shift
		l.Lines = append(l.Lines, line)
	}
	l.Height = shift + other.Height
}
