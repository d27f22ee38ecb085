// Package textlayout sets text in any script: code points in, lines with
// glyphs, carets and rectangles out. It knows neither Fyne nor the notebook;
// sizes are in the caller's units, offsets in code points.
//
// Shaping, bidirectional order and line breaking come from go-text; this
// package adds paragraphs, styles, a font fallback chain, hit testing and the
// rectangles of a range.
package textlayout

import (
	"bytes"
	"fmt"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
)

// Family is a kind of typeface.
type Family int

// The families.
const (
	Serif Family = iota
	Sans
	Mono
)

// Typeface chooses a face.
type Typeface struct {
	Family Family
	Bold   bool
	Italic bool
}

// Fonts is a chain of fonts for every typeface: those that were added, in their
// order, then whatever the system has for a character. All use of a Fonts, and
// of the layouts made with it, is serialised inside.
type Fonts struct {
	mu     sync.Mutex
	added  map[Typeface][]*font.Face
	system *fontscan.FontMap
	found  map[Typeface]map[rune]*font.Face
}

// NewFonts returns a chain without any fonts. The system's are looked for in
// cacheDir's index, or scanned in some tenths of a second, when the first
// character needs them.
func NewFonts(cacheDir string) *Fonts {
	f := &Fonts{added: map[Typeface][]*font.Face{}, found: map[Typeface]map[rune]*font.Face{}}
	f.system = fontscan.NewFontMap(silent{})
	if err := f.system.UseSystemFonts(cacheDir); err != nil {
		f.system = nil // then there is only what was added
	}
	return f
}

type silent struct{}

// Printf ignores what the font scanner reports of broken fonts.
func (silent) Printf(string, ...any) {}

// Add puts a TrueType font at the end of a typeface's chain.
func (f *Fonts) Add(t Typeface, data []byte) error {
	face, err := font.ParseTTF(bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("font: %w", err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.added[t] = append(f.added[t], face)
	clear(f.found)
	return nil
}

// chain implements shaping.Fontmap for one typeface; the lock is held.
type chain struct {
	fonts    *Fonts
	typeface Typeface
	script   language.Script
}

// SetScript implements shaping.FontmapScript.
func (c *chain) SetScript(s language.Script) { c.script = s }

// ResolveFace implements shaping.Fontmap.
func (c *chain) ResolveFace(r rune) *font.Face {
	cache := c.fonts.found[c.typeface]
	if cache == nil {
		cache = map[rune]*font.Face{}
		c.fonts.found[c.typeface] = cache
	}
	face, ok := cache[r]
	if !ok {
		face = c.look(r)
		cache[r] = face
	}
	return face
}

func (c *chain) look(r rune) *font.Face {
	for _, t := range c.typeface.fallbacks() {
		for _, face := range c.fonts.added[t] {
			if _, ok := face.NominalGlyph(r); ok {
				return face
			}
		}
	}
	if c.fonts.system != nil {
		c.fonts.system.SetQuery(c.typeface.query())
		c.fonts.system.SetScript(c.script)
		if face := c.fonts.system.ResolveFace(r); face != nil {
			return face
		}
	}
	return c.fonts.primary(c.typeface)
}

// primary is the face whose metrics place the baseline.
func (f *Fonts) primary(t Typeface) *font.Face {
	for _, t := range t.fallbacks() {
		if faces := f.added[t]; len(faces) > 0 {
			return faces[0]
		}
	}
	for _, faces := range f.added {
		return faces[0]
	}
	return nil
}

// fallbacks are the typefaces to look in, the wanted one first.
func (t Typeface) fallbacks() []Typeface {
	return []Typeface{t, {t.Family, t.Bold, false}, {t.Family, false, t.Italic}, {t.Family, false, false},
		{Sans, t.Bold, false}, {Sans, false, false}, {Serif, false, false}}
}

func (t Typeface) query() fontscan.Query {
	q := fontscan.Query{Families: []string{map[Family]string{Serif: fontscan.Serif, Sans: fontscan.SansSerif, Mono: fontscan.Monospace}[t.Family]}}
	q.Aspect.Weight, q.Aspect.Style = font.WeightNormal, font.StyleNormal
	if t.Bold {
		q.Aspect.Weight = font.WeightBold
	}
	if t.Italic {
		q.Aspect.Style = font.StyleItalic
	}
	return q
}
