package textlayout

import (
	"math"
	"slices"
	"sort"
	"unicode"

	"github.com/go-text/typesetting/di"
)

// A paragraph is set in pieces of at most this many code points, so that
// setting what is seen never takes long; few paragraphs are longer.
const (
	longestPiece = 3000
	usualPiece   = 2000
)

// piece is what is set at once: a paragraph, or a part of an enormous one.
type piece struct {
	Paragraph              // its part of the text and its styles
	index     int          // of the paragraph
	first     bool         // of the paragraph
	last      bool         // of the paragraph
	toward    di.Direction // of the paragraph
	ems       float32      // about how wide the text is on one line
	breaks    int          // line breaks inside
}

// cutText divides the paragraphs of a text into pieces.
func cutText(text []rune, paragraphs []Paragraph) []piece {
	pieces := make([]piece, 0, len(paragraphs))
	for i, p := range paragraphs {
		toward := direction(text[p.Start:p.End])
		for start := p.Start; ; {
			end := p.End
			if end-start > longestPiece && !p.Rule {
				end = cutBefore(text, start+usualPiece/2, start+usualPiece)
			}
			part := piece{Paragraph: p, index: i, first: start == p.Start, last: end == p.End, toward: toward}
			part.Start, part.End = start, end
			part.Styles = stylesOf(p.Styles, start, end)
			if !part.first {
				part.Before, part.Marker = 0, ""
			}
			part.ems, part.breaks = extent(text[start:end])
			pieces = append(pieces, part)
			if start = end; start >= p.End {
				break
			}
		}
	}
	return pieces
}

// cutBefore finds where to cut a long text between two places: after a line
// break, else a sentence, else a word, else a grapheme.
func cutBefore(text []rune, from, to int) int {
	for _, ends := range []func(i int) bool{
		func(i int) bool { return text[i-1] == '\n' },
		func(i int) bool { return unicode.IsSpace(text[i-1]) && terminates(text[i-2]) },
		func(i int) bool { return text[i-1] >= '\u3000' && terminates(text[i-1]) && !closes(text[i]) },
		func(i int) bool { return unicode.IsSpace(text[i-1]) },
	} {
		for i := to; i > from; i-- {
			if ends(i) && !joins(text[i]) {
				return i
			}
		}
	}
	return Snap(text, to)
}

// joins says whether a character belongs to the letter before it.
func joins(r rune) bool { return unicode.Is(unicode.M, r) || r == '\u200D' }

// terminates says whether a character may end a sentence.
func terminates(r rune) bool {
	switch {
	case r < 0x80:
		return r == '.' || r == '!' || r == '?'
	case r >= 0x3040 && r < 0xA000: // most letters of a Chinese text, without a search
		return false
	}
	return unicode.Is(unicode.Sentence_Terminal, r)
}

// closes says whether a character belongs to the sentence before it.
func closes(r rune) bool {
	return terminates(r) || unicode.In(r, unicode.Pe, unicode.Pf, unicode.Quotation_Mark)
}

func stylesOf(all []Style, start, end int) []Style {
	i := sort.Search(len(all), func(i int) bool { return all[i].End > start })
	j := i
	for j < len(all) && all[j].Start < end {
		j++
	}
	return slices.Clip(all[i:j])
}

// extent guesses the width of a text on one line, in sizes of its letters, and
// counts its line breaks.
func extent(text []rune) (ems float32, breaks int) {
	for _, r := range text {
		switch {
		case r == '\n':
			breaks++
		case r < 0x80:
			ems += 0.5
		case r >= 0x2E80 && r <= 0xD7FF || r >= 0xF900 && r <= 0xFAFF || r >= 0xFF00 && r <= 0xFF60 || r >= 0x1F000 && r <= 0x3FFFF:
			ems++
		case unicode.Is(unicode.Mn, r):
		default:
			ems += 0.53
		}
	}
	return ems, breaks
}

// guess is about how many lines the piece takes.
func (p *piece) guess(width float32) int {
	if p.Rule {
		return 1
	}
	em := p.Size
	if p.Typeface.Family == Mono {
		em *= 1.2
	}
	return max(1, int(math.Ceil(float64(p.ems*em/max(p.Size, width-p.Indent))+0.02))+p.breaks)
}
