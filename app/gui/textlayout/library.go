package textlayout

import (
	"bytes"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
)

// library holds the fonts themselves, which all chains share.
type library struct {
	mu    sync.Mutex
	added map[Typeface][]*lazyFont
	last  []*lazyFont

	systemMu sync.Mutex // apart: looking for the system's fonts takes long
	cacheDir string
	noSystem bool
	system   *fontscan.FontMap
}

func newLibrary(cacheDir string) *library {
	return &library{added: map[Typeface][]*lazyFont{}, cacheDir: cacheDir}
}

// lazyFont is read when it is first needed.
type lazyFont struct {
	read func() ([]byte, error) // nil afterwards
	font *font.Font             // nil too when it could not be read
}

func (l *lazyFont) load() *font.Font {
	if l.read == nil {
		return l.font
	}
	data, err := l.read()
	l.read = nil
	if err == nil {
		var loader *opentype.Loader
		if loader, err = opentype.NewLoader(bytes.NewReader(data)); err == nil {
			l.font, _ = font.NewFont(loader)
		}
	}
	return l.font
}

func (l *library) add(t Typeface, read func() ([]byte, error)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.added[t] = append(l.added[t], &lazyFont{read: read})
}

func (l *library) addLast(read func() ([]byte, error)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last = append(l.last, &lazyFont{read: read})
}

func (l *library) prepare() {
	l.systemMu.Lock()
	defer l.systemMu.Unlock()
	l.prepared()
}

// prepared returns the system's fonts, nil when there are none; their lock is
// held.
func (l *library) prepared() *fontscan.FontMap {
	if l.system == nil && !l.noSystem {
		l.system = fontscan.NewFontMap(silent{})
		if err := l.system.UseSystemFonts(l.cacheDir); err != nil {
			l.system, l.noSystem = nil, true // then there is only what was added
		}
	}
	return l.system
}

type silent struct{}

// Printf ignores what the font scanner reports of broken fonts.
func (silent) Printf(string, ...any) {}

// look finds the font for a character.
func (l *library) look(t Typeface, script language.Script, r rune) *font.Font {
	if f := l.lookAdded(t, r); f != nil {
		return f
	}
	if f := l.lookSystem(t, script, r); f != nil {
		return f
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if f := firstWith(l.last, r); f != nil {
		return f
	}
	return l.firstOf(t)
}

func (l *library) lookAdded(t Typeface, r rune) *font.Font {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, t := range t.fallbacks() {
		if f := firstWith(l.added[t], r); f != nil {
			return f
		}
	}
	return nil
}

func (l *library) lookSystem(t Typeface, script language.Script, r rune) *font.Font {
	l.systemMu.Lock()
	defer l.systemMu.Unlock()
	system := l.prepared()
	if system == nil {
		return nil
	}
	system.SetQuery(t.query())
	system.SetScript(script)
	if face := system.ResolveFace(r); face != nil && has(face.Font, r) {
		return face.Font
	}
	return nil
}

func firstWith(fonts []*lazyFont, r rune) *font.Font {
	for _, l := range fonts {
		if f := l.load(); f != nil && has(f, r) {
			return f
		}
	}
	return nil
}

func has(f *font.Font, r rune) bool {
	_, ok := f.Cmap.Lookup(r)
	return ok
}

func (l *library) primary(t Typeface) *font.Font {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.firstOf(t)
}

func (l *library) firstOf(t Typeface) *font.Font {
	for _, t := range t.fallbacks() {
		for _, f := range l.added[t] {
			if f.load() != nil {
				return f.font
			}
		}
	}
	return nil
}

// fallbacks are the typefaces to look in, the wanted one first.
func (t Typeface) fallbacks() []Typeface {
	return []Typeface{t, {t.Family, t.Bold, false}, {t.Family, false, t.Italic}, {t.Family, false, false},
		{Sans, t.Bold, false}, {Sans, false, false}, {Serif, t.Bold, false}, {Serif, false, false}, {Mono, false, false}}
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
