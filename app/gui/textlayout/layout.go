package textlayout

import (
	"slices"
	"unicode"

	"github.com/go-text/typesetting/di"
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
	Marker     string  // stands in the indent, as a bullet or a number
	Styles     []Style // in order, not overlapping
	Rule       bool    // a line stands for its text; who draws it draws that
	Box        bool    // stands on a background of its own, as code does
}

// Style sets some code points of a paragraph in another typeface.
type Style struct {
	Start, End int // of the whole text
	Typeface   Typeface
}

// Line is one set line. X is where its first glyph on the left stands.
type Line struct {
	Start, End int // code points; the white space that ends a line belongs to it, without any width
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
	seen       int // where the white space that ends it begins
	clusters   []box
}

// Layout is a set text.
type Layout struct {
	Lines  []Line
	Height float32
	Width  float32 // that it was set for
	fonts  *Fonts
}

// Set breaks the text into lines for a width. maxLines above 0 cuts it off
// there, with an ellipsis.
func (t *Text) Set(width float32, maxLines int) *Layout {
	l := &Layout{Width: width, fonts: t.fonts}
	t.fonts.mu.Lock()
	defer t.fonts.mu.Unlock()
	for i := range t.paragraphs {
		left := 0
		if maxLines > 0 {
			if left = maxLines - len(l.Lines); left <= 0 {
				break
			}
		}
		t.paragraphs[i].set(l, i, left, i+1 < len(t.paragraphs))
	}
	return l
}

// set adds the paragraph's lines, at most maxLines if that is above 0; continues
// says that there is text after it.
func (s *shaped) set(l *Layout, index, maxLines int, continues bool) {
	p := s.paragraph
	y := l.Height
	if len(l.Lines) > 0 {
		y += p.Before
	}
	if len(s.runs) == 0 {
		line := s.emptyLine(l.Width)
		line.Y, line.Paragraph = y, index
		l.Lines = append(l.Lines, line)
		l.Height = y + p.LineHeight
		return
	}
	lines, ellipsis := s.broken(l, maxLines, continues)
	if ellipsis {
		n := len(lines) - 1
		lines[n][len(lines[n])-1].Runes.Count = 0 // the ellipsis stands for nothing of the text
	}
	end := p.Start
	for i, runs := range lines {
		line := Line{Y: y, Height: p.LineHeight, Baseline: s.baseline(), Paragraph: index, RTL: s.direction == di.DirectionRTL,
			text: s.text, base: p.Start, size: p.Size, Start: end, End: end, runs: slices.Clone([]shaping.Output(runs))}
		line.seen = -1
		if !ellipsis || i+1 < len(lines) {
			line.seen = p.Start + s.trim(line.runs)
		}
		s.fromLeft(line.runs)
		line.place(l.Width, p.Indent)
		if end = line.End; line.seen < 0 {
			line.seen = end
		}
		if i == 0 {
			s.mark(&line, l.Width)
		}
		l.Lines = append(l.Lines, line)
		y += p.LineHeight
	}
	l.Height = y
}

// broken breaks the paragraph into lines, and says whether they end with an
// ellipsis.
func (s *shaped) broken(l *Layout, maxLines int, continues bool) ([]shaping.Line, bool) {
	// The wrapper's trimming would write into the glyphs, which the next width
	// needs as they are.
	config := shaping.WrapConfig{Direction: s.direction, BreakPolicy: shaping.WhenNecessary, TruncateAfterLines: maxLines,
		DisableTrailingWhitespaceTrim: true}
	if maxLines > 0 {
		config.Truncator, config.TextContinues = l.fonts.ellipsis(s), continues
	}
	room := fixed.Int26_6(max(l.Width-s.paragraph.Indent, s.paragraph.Size) * 64)
	lines, cut := l.fonts.wrapper.WrapParagraphF(config, room, breakable(s.text), shaping.NewSliceIterator(s.runs))
	n := len(lines)
	return lines, n == maxLines && n > 0 && (cut > 0 || continues)
}

// emptyLine is the line of a paragraph without any glyphs.
func (s *shaped) emptyLine(width float32) Line {
	p := s.paragraph
	line := Line{Start: p.Start, End: p.End, Height: p.LineHeight, size: p.Size, Baseline: s.baseline(), base: p.Start, text: s.text,
		seen: p.End, X: p.Indent, RTL: s.direction == di.DirectionRTL}
	if line.RTL {
		line.X = width - p.Indent
	}
	s.mark(&line, width)
	return line
}

// mark puts the paragraph's marker beside a line, at a small distance.
func (s *shaped) mark(line *Line, width float32) {
	if len(s.marker) == 0 {
		return
	}
	line.marker = s.marker
	gap := s.paragraph.Size * 0.4
	if line.RTL {
		line.markerX = width - s.paragraph.Indent + gap
		return
	}
	line.markerX = s.paragraph.Indent - gap
	for _, run := range s.marker {
		line.markerX -= float32(run.Advance) / 64
	}
}

// trim takes the width from the white space that ends a line, whose runs still
// stand in the order of the text. The glyphs are the paragraph's, for the next
// width too: those that change are copied. It returns where that space begins.
func (s *shaped) trim(runs []shaping.Output) (visible int) {
	start := len(s.text)
	for _, run := range runs {
		start, visible = min(start, run.Runes.Offset), max(visible, run.Runes.Offset+run.Runes.Count)
	}
	for visible > start && hangs(s.text[visible-1]) {
		visible--
	}
	for i := range runs {
		run := &runs[i]
		if run.Runes.Offset+run.Runes.Count <= visible {
			continue
		}
		run.Glyphs = slices.Clone(run.Glyphs)
		for j := range run.Glyphs {
			if g := &run.Glyphs[j]; g.TextIndex() >= visible {
				run.Advance -= g.Advance
				g.Advance = 0
			}
		}
	}
	return visible
}

// hangs says whether a character takes no room at the end of a line.
func hangs(r rune) bool { return unicode.IsSpace(r) && r != '\u00A0' && r != '\u202F' }

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

// ellipsis is what stands for the rest of a text that is cut off, with room for
// the space that may stand before it.
func (f *Fonts) ellipsis(s *shaped) shaping.Output {
	text := []rune("… ")
	face := (&chain{fonts: f, typeface: s.paragraph.Typeface}).ResolveFace(text[0]) // that of the text may not have it
	return exactly(f.shaper.Shape(shaping.Input{Text: text, RunEnd: len(text), Direction: s.direction, Face: face, Size: s.runs[0].Size}))
}
