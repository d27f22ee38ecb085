// Package verbatim reads the bytes of an original a second time, so that a quote
// can be compared with what was published and not with our own reading of it.
//
// It extracts nothing and chooses nothing: a tokenizer of its own writes down all
// that a page shows, in the page's order. It shares no code with package importer
// and must not import it; what both write the same way, as 10⁶ for a raised 6, is
// laid down in the importer's notation.go and written here by other means. It does
// no input or output.
package verbatim

import (
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Format says how to read an original.
type Format struct {
	MediaType string // text/html, text/markdown or text/plain
	Encoding  string // its name in the WHATWG standard; "" to find out
	XML       bool   // a page that is well-formed XHTML
}

// Reading is an original's words in order. It is safe for concurrent use.
type Reading struct {
	text   string // folded; parts that do not follow one another have a zero byte between
	struck []span // in bytes of text
	fold   folding
	shown  span // what the original shows; outside of it stands what it says of itself

	borders []int // where blocks and lines end, in bytes of text
}

type span struct{ start, end int }

// Read reads an original. It never fails: what cannot be read is not there.
func Read(data []byte, f Format) *Reading {
	text := decode(data, f.Encoding)
	switch f.MediaType {
	case "text/html", "application/xhtml+xml":
		w := newPageWriter(folding{})
		w.page(text, f.XML)
		return w.reading()
	case "text/markdown":
		w := newPageWriter(folding{markdown: true})
		for _, part := range frontMatterParts(text) {
			w.part(part)
		}
		w.page(plainMarkdown(text), false)
		return w.reading()
	}
	w := newPageWriter(folding{})
	w.write(text)
	w.shown = span{0, w.out.Len()}
	return w.reading()
}

// nowhere is the place of what is not in a reading.
const nowhere = -1

// mostSearched bounds how many bytes Places reads for blocks that are not where the
// one before them ends: of a long text that is another one, most are nowhere.
const mostSearched = 1 << 30

// Places looks for blocks, which follow one another in most cases, as whole words:
// the offset of each in bytes of the reading, -1 for one that does not stand there.
func (r *Reading) Places(blocks []string) []int {
	out := make([]int, len(blocks))
	next, searched := 0, 0
	for i, b := range blocks {
		key := r.fold.text(b)
		if out[i] = nowhere; searched < mostSearched {
			out[i] = r.find(key, next)
		}
		switch {
		case out[i] != nowhere:
			next = out[i] + len(key)
		case searched < mostSearched:
			searched += 2*len(r.text) - next
			out[i] = r.find(key, 0)
		}
	}
	return out
}

// Stands reports whether a block stands at a place that Places gave for it.
func (r *Reading) Stands(block string, place int) bool {
	key := r.fold.text(block)
	return key != "" && place >= 0 && place <= len(r.text) && strings.HasPrefix(r.text[place:], key)
}

// Finding is where a quote stands.
type Finding struct {
	Found    bool
	Struck   bool   // all of it is struck out, and it does not show that
	Unshown  bool   // the original does not show it: it stands in its title, description or data
	CutsWord string // the word that it begins or ends within; "" when it does not
}

// Find looks for a quote, contiguous but for white space, between two places; to
// is exclusive, and counts where the quote starts.
func (r *Reading) Find(quote string, from, to int) Finding {
	key := r.fold.text(quote)
	if key == "" || strings.Contains(key, "\x00") {
		return Finding{}
	}
	first := Finding{}
	for at := max(0, from); at < min(to, len(r.text)); {
		i := strings.Index(r.text[at:], key)
		if i < 0 || at+i >= to {
			break
		}
		f := Finding{Found: true, Struck: r.isStruck(at+i, at+i+len(key)), CutsWord: r.cutWord(at+i, at+i+len(key)),
			Unshown: at+i < r.shown.start || at+i >= r.shown.end}
		if !f.Struck && f.CutsWord == "" {
			return f
		}
		if !first.Found {
			first = f
		}
		_, size := utf8.DecodeRuneInString(r.text[at+i:])
		at += i + size
	}
	return first
}

// Len is the length of the reading in bytes, which bounds its places.
func (r *Reading) Len() int { return len(r.text) }

// find is the first place of key as whole words from on, or nowhere.
func (r *Reading) find(key string, from int) int {
	if key == "" {
		return nowhere
	}
	for at := from; at < len(r.text); {
		i := strings.Index(r.text[at:], key)
		if i < 0 {
			return nowhere
		}
		if r.isWhole(at+i, at+i+len(key)) {
			return at + i
		}
		_, size := utf8.DecodeRuneInString(r.text[at+i:])
		at += i + size
	}
	return nowhere
}

func (r *Reading) isStruck(start, end int) bool {
	for _, s := range r.struck {
		if s.start <= start && end <= s.end {
			return true
		}
	}
	return false
}

// isWhole reports whether a piece of the reading neither begins nor ends within a
// word.
func (r *Reading) isWhole(start, end int) bool {
	for _, edge := range []int{start, end} {
		before, _ := utf8.DecodeLastRuneInString(r.text[:edge])
		after, _ := utf8.DecodeRuneInString(r.text[edge:])
		if edge > 0 && edge < len(r.text) && joins(before) && joins(after) {
			return false
		}
	}
	return true
}

// cutWord is the word that a piece of the reading begins or ends within.
func (r *Reading) cutWord(start, end int) string {
	for _, edge := range []int{start, end} {
		before, _ := utf8.DecodeLastRuneInString(r.text[:edge])
		after, _ := utf8.DecodeRuneInString(r.text[edge:])
		if edge > 0 && edge < len(r.text) && (joins(before) && joins(after) || r.inNumber(edge)) {
			return r.wordAround(edge)
		}
	}
	return ""
}

// inNumber reports whether an edge stands within a number with its sign, its
// separators and its exponent or fraction, or at the apostrophe of a word.
func (r *Reading) inNumber(edge int) bool {
	const reach = 40 // bytes
	from, to := max(0, edge-reach), min(len(r.text), edge+reach)
	for from > 0 && r.text[from-1] != ' ' && edge-from < 2*reach { // not in the middle of another number
		from--
	}
	for _, form := range []*regexp.Regexp{groupedNumber, numberForm} {
		for _, m := range form.FindAllStringIndex(r.text[from:to], -1) {
			start, end := from+m[0], from+m[1]
			before, _ := utf8.DecodeLastRuneInString(r.text[:start])
			after, _ := utf8.DecodeRuneInString(r.text[end:])
			whole := form != groupedNumber || !unicode.IsDigit(before) && !joins(after)
			if start < edge && edge < end && whole && !r.hasBorder(start, end) {
				return true
			}
		}
	}
	return false
}

// hasBorder reports whether a block or a line begins between two places.
func (r *Reading) hasBorder(start, end int) bool {
	at := sort.SearchInts(r.borders, start)
	return at < len(r.borders) && r.borders[at] < end
}

var (
	groupedNumber = regexp.MustCompile(`\p{Nd}{1,3}(?: \p{Nd}{3})+`)
	numberForm    = regexp.MustCompile(`[-−+±]?\p{Nd}+(?:[.,:/’']\p{Nd}+)*(?:\^\([^)]*\)|[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻½¼¾⅐-⅞/₀-₉^])*|\p{L}+[²³]|\p{L}+['’]\p{L}+`)
)

func (r *Reading) wordAround(at int) string {
	outside := func(c rune) bool { return !joins(c) && !strings.ContainsRune(".,:/’'-−^²³", c) }
	start := strings.LastIndexFunc(r.text[:at], outside)
	if start >= 0 {
		_, size := utf8.DecodeRuneInString(r.text[start:])
		start += size
	}
	end := strings.IndexFunc(r.text[at:], outside)
	if end < 0 {
		end = len(r.text) - at
	}
	return r.text[max(0, start) : at+end]
}

// joins reports whether c is a letter or digit of a script that puts spaces
// between its words.
func joins(c rune) bool {
	if unicode.Is(unicode.Mn, c) {
		return true
	}
	return (unicode.IsLetter(c) || unicode.IsDigit(c)) && !unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Hangul)
}
