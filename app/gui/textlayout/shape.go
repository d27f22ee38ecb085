package textlayout

import (
	"math"
	"slices"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

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
// code points: a long text is a Document.
func (f *Fonts) Shape(text []rune, paragraphs []Paragraph) *Text {
	t := &Text{fonts: f}
	for _, p := range paragraphs {
		part := text[p.Start:p.End]
		t.paragraphs = append(t.paragraphs, f.shape(part, p, direction(part)))
	}
	return t
}

func (f *Fonts) shape(text []rune, p Paragraph, toward di.Direction) shaped {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := shaped{paragraph: p, text: text, direction: toward}
	face := f.primary(p.Typeface)
	if face == nil {
		return s
	}
	s.ascent, s.descent = metrics(face, p.Size)
	if p.Marker != "" {
		marker := []rune(p.Marker)
		s.marker = f.run(&s, marker, 0, len(marker), p.Typeface, face)
		if s.direction == di.DirectionRTL {
			s.fromLeft(s.marker)
		}
	}
	if p.Rule {
		return s
	}
	text = withoutControls(text)
	if s.direction == di.DirectionLTR {
		s.numbers = numbersFromTheRight(text)
	}
	at := 0
	add := func(to int, t Typeface) {
		if at < to {
			s.runs = append(s.runs, f.run(&s, text, at, to, t, face)...)
			at = to
		}
	}
	for _, style := range p.Styles {
		from, to := max(at, style.Start-p.Start), min(len(text), style.End-p.Start)
		if from < to {
			add(from, p.Typeface)
			add(to, style.Typeface)
		}
	}
	add(len(text), p.Typeface)
	if p.Box {
		widenTabs(s.runs, s.text)
	}
	return s
}

// run shapes a part of a text in one typeface.
func (f *Fonts) run(s *shaped, text []rune, start, end int, t Typeface, face *font.Face) []shaping.Output {
	var out []shaping.Output
	parts := f.segmenter.Split(shaping.Input{Text: text, RunStart: start, RunEnd: end, Direction: s.direction,
		Size: fixed.Int26_6(s.paragraph.Size * 64), Face: face}, &chain{fonts: f, typeface: t})
	for _, in := range s.pairs(parts) {
		for _, part := range s.cut(in) {
			out = append(out, exactly(f.shaper.Shape(part)))
		}
	}
	return out
}

// exactly gives a run its size: the shaper rounds it up to a whole one.
func exactly(run shaping.Output) shaping.Output {
	whole := run.Size.Ceil() * 64
	if whole == int(run.Size) {
		return run
	}
	scale := func(v *fixed.Int26_6) {
		*v = fixed.Int26_6(math.Round(float64(*v) * float64(run.Size) / float64(whole)))
	}
	run.Advance = 0
	for i := range run.Glyphs {
		g := &run.Glyphs[i]
		for _, v := range []*fixed.Int26_6{&g.Advance, &g.XOffset, &g.YOffset, &g.Width, &g.Height, &g.XBearing, &g.YBearing} {
			scale(v)
		}
		run.Advance += g.Advance
	}
	return run
}

// widenTabs gives the tabs of code, which are set as spaces, the room of four.
func widenTabs(runs []shaping.Output, text []rune) {
	for i := range runs {
		for j := range runs[i].Glyphs {
			g := &runs[i].Glyphs[j]
			if text[g.TextIndex()] == '\t' {
				runs[i].Advance += 3 * g.Advance
				g.Advance *= 4
			}
		}
	}
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

// breakable is the text as the line breaker should see it. Thai and Lao have no
// spaces between words, and there is no dictionary here: a line may break where
// a syllable surely begins or ends, which is better than inside of one.
func breakable(text []rune) []rune {
	if !slices.ContainsFunc(text, leadingVowel) {
		return text
	}
	text = slices.Clone(text)
	for i, r := range text {
		switch {
		case leadingVowel(r) && i > 0 && southEast(text[i-1]):
			text[i] = breakBefore
		case (r == '\u0E30' || r == '\u0EB0') && i+1 < len(text) && southEast(text[i+1]):
			text[i] = breakAfter
		}
	}
	return text
}

// Characters that a line may break before, and not after; and the other way round.
const (
	breakBefore = '\u00B4'
	breakAfter  = '\u0964'
)

// leadingVowel says whether a letter stands first in its syllable.
func leadingVowel(r rune) bool {
	return r >= '\u0E40' && r <= '\u0E44' || r >= '\u0EC0' && r <= '\u0EC4'
}

// southEast says whether a letter is Thai or Lao.
func southEast(r rune) bool { return r >= '\u0E01' && r <= '\u0EDF' || r == '\u00B4' }
