package textlayout

import (
	"slices"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
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
	text       []rune // of the paragraph
	base       int    // where the paragraph begins: what the runs count from
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
	numbers   []bool // see numbersFromTheRight
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
	text = withoutControls(text)
	var segmenter shaping.Segmenter
	var shaper shaping.HarfbuzzShaper
	run := func(text []rune, start, end int, t Typeface) []shaping.Output {
		var out []shaping.Output
		for _, in := range segmenter.Split(shaping.Input{Text: text, RunStart: start, RunEnd: end, Direction: s.direction,
			Size: fixed.Int26_6(p.Size * 64), Face: face}, &chain{fonts: f, typeface: t}) {
			for _, part := range s.cut(in) {
				out = append(out, shaper.Shape(part))
			}
		}
		return out
	}
	if p.Marker != "" {
		marker := []rune(p.Marker)
		s.marker = run(marker, 0, len(marker), p.Typeface)
	}
	if s.direction == di.DirectionLTR {
		s.numbers = numbersFromTheRight(text)
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
	return s
}

// withoutControls sets line breaks, tabs and other controls as spaces: fonts
// have boxes for them, and the bidirectional order ends at a line break.
func withoutControls(text []rune) []rune {
	if !slices.ContainsFunc(text, isControl) {
		return text
	}
	text = slices.Clone(text)
	for i, r := range text {
		if isControl(r) {
			text[i] = ' '
		}
	}
	return text
}

func isControl(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }

func metrics(face *font.Face, size float32) (ascent, descent float32) {
	e, ok := face.FontHExtents()
	if !ok {
		return size, size / 4
	}
	scale := size / float32(face.Upem())
	return e.Ascender * scale, -e.Descender * scale
}

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
		t.paragraphs[i].set(l, &wrapper, i, left, i+1 < len(t.paragraphs))
	}
	return l
}

// set adds the paragraph's lines, at most maxLines if that is above 0; continues
// says that there is text after it.
func (s *shaped) set(l *Layout, wrapper *shaping.LineWrapper, index, maxLines int, continues bool) {
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
		config.Truncator, config.TextContinues = s.ellipsis(), continues
	}
	room := fixed.Int26_6(max(l.Width-p.Indent, p.Size) * 64)
	lines, cut := wrapper.WrapParagraphF(config, room, s.text, shaping.NewSliceIterator(s.runs))
	if n := len(lines); n == maxLines && n > 0 && (cut > 0 || continues) {
		lines[n-1][len(lines[n-1])-1].Runes.Count = 0 // the ellipsis stands for nothing of the text
	}
	end := p.Start
	for i, runs := range lines {
		line := Line{Y: y, Height: p.LineHeight, Baseline: s.baseline(), Paragraph: index, RTL: s.direction == di.DirectionRTL,
			text: s.text, base: p.Start, size: p.Size, Start: end, End: end, runs: slices.Clone([]shaping.Output(runs))}
		s.fromLeft(line.runs)
		line.place(l.Width, p.Indent)
		end = line.End
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

// place finds the line's extent.
func (line *Line) place(width, indent float32) {
	for _, run := range line.runs {
		line.Width += float32(run.Advance) / 64
		if run.Runes.Count == 0 {
			continue // the ellipsis
		}
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
	// With room for the space that may stand before it.
	return shaper.Shape(shaping.Input{Text: []rune("… "), RunEnd: 2, Direction: s.direction, Face: s.runs[0].Face, Size: s.runs[0].Size})
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
