// Package textlayout sets text in any script: code points in, lines with
// glyphs, carets and rectangles out. It knows neither Fyne nor the notebook;
// sizes are in the caller's units, offsets in code points.
//
// Shaping, bidirectional order and line breaking come from go-text; this
// package adds paragraphs, styles, a font fallback chain, hit testing, the
// rectangles of a range, and long documents that are set where they are seen.
package textlayout

import (
	"bytes"
	"fmt"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
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
// order, then whatever the system has for a character, then the last resorts.
// All use of a Fonts, and of the layouts made with it, is serialised inside.
type Fonts struct {
	mu        sync.Mutex
	library   *library
	faces     map[*font.Font]*font.Face
	found     map[Typeface]map[rune]*font.Face
	segmenter shaping.Segmenter
	shaper    shaping.HarfbuzzShaper
	wrapper   shaping.LineWrapper
	glyphs    glyphCache
	second    *Fonts // see background
}

// NewFonts returns a chain without any fonts. The system's are looked for in
// cacheDir's index, or scanned in some tenths of a second, when the first
// character needs them; Prepare does it before.
func NewFonts(cacheDir string) *Fonts { return newFonts(newLibrary(cacheDir)) }

func newFonts(l *library) *Fonts {
	return &Fonts{library: l, faces: map[*font.Font]*font.Face{}, found: map[Typeface]map[rune]*font.Face{}}
}

// Prepare looks for the system's fonts. Call it off the screen's thread.
func (f *Fonts) Prepare() { f.library.prepare() }

// Add puts a TrueType or OpenType font at the end of a typeface's chain.
func (f *Fonts) Add(t Typeface, data []byte) error {
	if _, err := opentype.NewLoader(bytes.NewReader(data)); err != nil {
		return fmt.Errorf("font: %w", err)
	}
	f.AddLazy(t, func() ([]byte, error) { return data, nil })
	return nil
}

// AddLazy adds a font that is read when a character first needs it. One that
// cannot be read is passed over.
func (f *Fonts) AddLazy(t Typeface, read func() ([]byte, error)) {
	f.library.add(t, read)
	f.mu.Lock()
	defer f.mu.Unlock()
	clear(f.found)
}

// AddLast adds a font for what neither the other fonts nor the system's have,
// in any typeface.
func (f *Fonts) AddLast(read func() ([]byte, error)) {
	f.library.addLast(read)
	f.mu.Lock()
	defer f.mu.Unlock()
	clear(f.found)
}

// background is another use of the same fonts, for work that must not hold up
// the screen's.
func (f *Fonts) background() *Fonts {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.second == nil {
		f.second = newFonts(f.library)
	}
	return f.second
}

// face is this chain's own view of a font: it may be used by one at a time.
func (f *Fonts) face(ft *font.Font) *font.Face {
	if ft == nil {
		return nil
	}
	face := f.faces[ft]
	if face == nil {
		face = font.NewFace(ft)
		f.faces[ft] = face
	}
	return face
}

// primary is the face whose metrics place the baseline.
func (f *Fonts) primary(t Typeface) *font.Face { return f.face(f.library.primary(t)) }

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
		face = c.fonts.face(c.fonts.library.look(c.typeface, c.script, r))
		cache[r] = face
	}
	return face
}

// WithoutSystem leaves the system's fonts out, so that a text is set the same on
// every machine.
func (f *Fonts) WithoutSystem() {
	f.library.systemMu.Lock()
	defer f.library.systemMu.Unlock()
	f.library.system, f.library.noSystem = nil, true
}
