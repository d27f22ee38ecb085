package importer_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/importer"
	"rejoinder/app/verbatim"
)

// elements are all that HTML has, with those that browsers still know, one of
// nobody's, and pictures and formulas.
var elements = strings.Fields(`a abbr acronym address article aside b bdi bdo big blockquote body button caption center cite code
	col colgroup data datalist dd del details dfn dialog dir div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6
	head header hgroup html i iframe ins kbd label legend li listing main map mark marquee math menu meter nav nobr noembed noframes
	noscript object ol optgroup option output p pre progress q rb rp rt rtc ruby s samp script search section select slot small span
	strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr tt u ul var video x-word xmp
	br hr img wbr input area embed source track link meta base param audio canvas picture`)

var voids = strings.Fields("area base br col embed hr img input link meta param source track wbr")

// unshown are elements whose words a page does not show.
var unshown = strings.Fields(`script style template textarea title noscript iframe object select svg datalist audio video canvas noembed
	noframes meter progress head dialog`)

// pageMaker makes pages and knows which of its words are shown.
type pageMaker struct {
	*rand.Rand
	out   strings.Builder
	next  int
	shown []string
}

func (m *pageMaker) word(hidden bool) string {
	w := "w"
	for n := m.next + 26; n > 0; n /= 26 {
		w += string(rune('a' + n%26))
	}
	m.next++
	if !hidden {
		m.shown = append(m.shown, w)
	}
	return w
}

func (m *pageMaker) words(hidden bool) string {
	var out []string
	for range 1 + m.IntN(4) {
		out = append(out, m.word(hidden))
	}
	return strings.Join(out, []string{" ", " ", "\n", "&nbsp;", ", "}[m.IntN(5)])
}

// nested writes an element with others in it, each closed.
func (m *pageMaker) nested(depth int, hidden bool) {
	name := elements[m.IntN(len(elements))]
	switch {
	case slices.Contains(strings.Fields("html head body"), name), hidden && slices.Contains(strings.Fields("dd dt li"), name): // these end what they stand in
		name = "div"
	case slices.Contains(strings.Fields("table caption col colgroup tbody td tfoot th thead tr"), name):
		m.table(depth, hidden)
		return
	case slices.Contains(strings.Fields("option optgroup"), name):
		name = "select"
	case slices.Contains(strings.Fields("rb rp rt rtc ruby"), name):
		m.out.WriteString("<ruby>" + m.words(hidden) + "<rt>" + m.word(hidden) + "</rt></ruby>")
		return
	case name == "math":
		m.out.WriteString("<math><mfrac><mi>" + m.word(hidden) + "</mi><mn>2</mn></mfrac></math>")
		return
	case name == "a" || name == "nobr" || name == "form" || name == "button" || name == "p" || name[0] == 'h' && len(name) == 2:
		m.out.WriteString("<" + name + ">" + m.words(hidden) + "</" + name + ">") // none of these may stand in itself
		return
	}
	if slices.Contains(voids, name) {
		m.out.WriteString("<" + name + ` alt="" src="x">`)
		return
	}
	attributes, off := "", false
	switch m.IntN(12) {
	case 0:
		attributes, off = " hidden", true
	case 1:
		attributes, off = ` style="color: red; display:none"`, true
	case 2:
		attributes = ` class="ad sidebar social-policy" id=x`
	case 3:
		attributes = ` style="text-decoration: line-through"`
	case 4:
		attributes = ` lang=en dir=rtl title="never shown"`
	}
	off = off || slices.Contains(unshown, name)
	m.out.WriteString("<" + name + attributes + ">")
	raw := slices.Contains(strings.Fields("script style textarea title noscript iframe noembed noframes xmp"), name)
	switch {
	case raw:
		m.out.WriteString(m.words(hidden || off))
	case name == "select" || name == "svg" || name == "datalist" || name == "template":
		m.out.WriteString(m.words(true))
	default:
		m.content(depth, hidden || off)
	}
	m.out.WriteString("</" + name + ">")
}

func (m *pageMaker) table(depth int, hidden bool) {
	m.out.WriteString("<table>")
	for range 1 + m.IntN(3) {
		m.out.WriteString("<tr>")
		for range 1 + m.IntN(3) {
			m.out.WriteString("<td>")
			m.content(depth+2, hidden)
			m.out.WriteString("</td>")
		}
		m.out.WriteString("</tr>")
	}
	m.out.WriteString("</table>")
}

func (m *pageMaker) content(depth int, hidden bool) {
	const deepest = 6
	for range 1 + m.IntN(3) {
		if depth < deepest && m.IntN(3) > 0 {
			m.nested(depth+1, hidden)
		} else {
			m.out.WriteString(m.words(hidden) + []string{"", " ", "\n"}[m.IntN(3)])
		}
	}
}

// loose writes tags that nobody closes or opened.
func (m *pageMaker) loose() {
	for range 10 + m.IntN(40) {
		name := elements[m.IntN(len(elements))]
		switch m.IntN(6) {
		case 0:
			m.out.WriteString("</" + name + ">")
		case 1, 2:
			if !slices.Contains(strings.Fields("html head body plaintext noframes frameset select table caption tbody thead tfoot tr td th col colgroup svg math"), name) {
				m.out.WriteString("<" + name + []string{"", " hidden", " style='display:none'", " href=#1 "}[m.IntN(8)/2] + ">")
			}
		default:
			m.out.WriteString(m.words(false) + " ")
		}
	}
}

// around is what stands in a page where a block begins and ends.
func around(page []byte, block string) string {
	words := strings.FieldsFunc(block, func(r rune) bool { return r < 'a' || r > 'z' })
	if len(words) == 0 {
		return string(page)
	}
	from := max(0, strings.Index(string(page), words[0])-150)
	to := min(len(page), max(from, strings.Index(string(page), words[len(words)-1]))+150)
	return string(page[from:to])
}

// missing are the blocks of a text that the second reading has not, but for the
// title, which a page may give itself in a place that it does not show.
func missing(doc app.Imported, data []byte) []string {
	p := doc.Provenance
	again := verbatim.Read(data, verbatim.Format{MediaType: doc.MediaType, Encoding: p.Encoding, XML: p.XML})
	var blocks []string
	for _, b := range doc.Content.Blocks[1:] {
		if b.Kind != app.BlockRule {
			blocks = append(blocks, app.Slice(doc.Content.Plain, b.Start, b.End))
		}
	}
	var out []string
	for i, place := range again.Places(blocks) {
		if place == app.NoPlace {
			out = append(out, blocks[i])
		}
	}
	return out
}

// Whatever the elements of a page and however they stand in one another, every
// word that it shows is in its text, and every block of the text stands in a
// second reading of the page.
func TestNoElementLosesWords(t *testing.T) {
	for seed := range uint64(pagesToMake()) {
		m := &pageMaker{Rand: rand.New(rand.NewPCG(seed, 11))}
		for range 4 + m.IntN(6) {
			m.nested(0, false)
		}
		data := []byte("<!doctype html><html><head><title>Made</title></head><body>" + m.out.String() + "</body></html>")
		doc, err := importer.New().Read(t.Context(), "a.html", data, app.ReadAs{Whole: true})
		if err != nil {
			if len(m.shown) > 0 {
				t.Errorf("seed %d: %v, of\n%s", seed, err, data)
			}
			continue
		}
		for _, w := range m.shown {
			if !strings.Contains(doc.Content.Plain, w) {
				t.Fatalf("seed %d: %q is lost of\n%s\n\n%s", seed, w, data, doc.Content.Plain)
			}
		}
		if lost := missing(doc, data); len(lost) > 0 {
			t.Fatalf("seed %d: %q does not stand in\n%s", seed, lost, around(data, lost[0]))
		}
		for n := range m.next {
			probe := &pageMaker{Rand: m.Rand, next: n}
			if w := probe.word(true); !slices.Contains(m.shown, w) && containsWord(body(doc), w) {
				t.Fatalf("seed %d: %q is not shown by\n%s", seed, w, data)
			}
		}
	}
}

// body is the text without its title.
func body(doc app.Imported) string {
	return app.Slice(doc.Content.Plain, doc.Content.Blocks[0].End, len(doc.Content.Plain))
}

func containsWord(text, word string) bool {
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return r < 'a' || r > 'z' }) {
		if w == word {
			return true
		}
	}
	return false
}

// Of a page whose tags nobody closed, at least nothing is made up: what does not
// stand in the second reading is doubted.
func TestTagsThatNobodyClosed(t *testing.T) {
	differ, pages := 0, pagesToMake()
	for seed := range uint64(pages) {
		m := &pageMaker{Rand: rand.New(rand.NewPCG(seed, 12))}
		m.loose()
		data := []byte("<!doctype html><html><head><title>Made</title></head><body>" + m.out.String())
		doc, err := importer.New().Read(t.Context(), "a.html", data, app.ReadAs{Whole: true})
		if err != nil {
			continue
		}
		if lost := missing(doc, data); len(lost) > 0 {
			differ++
			if os.Getenv("REJOINDER_EACH") != "" {
				t.Logf("seed %d: %q does not stand in\n%s", seed, lost, data)
			}
		}
	}
	t.Logf("%d of %d tangled pages have a block that the second reading has not", differ, pages)
	if 100*differ > pages {
		t.Errorf("the two readings differ in %d of %d tangled pages", differ, pages)
	}
}

// An article that an extractor finds keeps all words of its container.
func TestAnArticleKeepsWhatStandsInIt(t *testing.T) {
	prose := strings.Repeat("The board met again on that evening, and nothing at all was settled between the two sides. ", 3)
	for seed := range uint64(pagesToMake() / 4) {
		m := &pageMaker{Rand: rand.New(rand.NewPCG(seed, 13))}
		m.out.WriteString("<!doctype html><html><head><title>Board</title></head><body><nav><a href=/>Start</a> <a href=/n>News</a></nav><main><article><h1>Board</h1>")
		for range 6 {
			m.out.WriteString("<p>" + prose + m.words(false) + "</p>")
			if m.IntN(2) == 0 {
				m.out.WriteString("<p>" + prose)
				m.inline(0)
				m.out.WriteString(" " + m.words(false) + "</p>")
			} else {
				name := strings.Fields("div aside figcaption figure blockquote section details ul footer header")[m.IntN(10)]
				m.out.WriteString("<" + name + " class='social-policy'>" + m.words(false) + "</" + name + ">")
			}
		}
		m.out.WriteString("<p>" + prose + "</p></article></main><footer><p>All rights reserved</p></footer></body></html>")
		data := []byte(m.out.String())
		doc, err := importer.New().Read(t.Context(), "a.html", data, app.ReadAs{})
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range m.shown {
			if !strings.Contains(doc.Content.Plain, w) {
				t.Fatalf("seed %d: %q is lost of\n%s\n\n%s\n\n%+v", seed, w, data, doc.Content.Plain, doc.LeftOut)
			}
		}
		if lost := missing(doc, data); len(lost) > 0 {
			t.Fatalf("seed %d: %q does not stand in\n%s", seed, lost, around(data, lost[0]))
		}
	}
}

// inline writes inline elements in one another.
func (m *pageMaker) inline(depth int) {
	name := strings.Fields("abbr b bdi cite code data dfn em font i ins kbd label mark nobr output q s samp slot small span strong sub sup time tt u var x-word button del a")[m.IntN(32)]
	m.out.WriteString("<" + name + ">" + m.words(false))
	if depth < 3 && m.IntN(2) == 0 && name != "a" && name != "button" && name != "nobr" {
		m.inline(depth + 1)
	}
	m.out.WriteString("</" + name + "> " + m.words(false))
}

// pagesToMake is how many pages a property is tried on.
func pagesToMake() int {
	n := 400
	if testing.Short() {
		n = 80
	}
	if s := os.Getenv("REJOINDER_MADE_PAGES"); s != "" {
		_, _ = fmt.Sscan(s, &n)
	}
	return n
}

// Every block of every page in the folder REJOINDER_PAGES stands in the second
// reading (make test-pages).
func TestRealPagesStandInTheirSecondReading(t *testing.T) {
	folder := os.Getenv("REJOINDER_PAGES")
	if folder == "" {
		t.Skip("REJOINDER_PAGES names no folder with pages")
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.html*"))
	if err != nil || len(files) == 0 {
		t.Fatal("no pages", err)
	}
	blocks, lost := 0, 0
	for _, file := range files {
		data := pageFile(t, file)
		for _, as := range []app.ReadAs{{}, {Whole: true}} {
			doc, err := importer.New().Read(t.Context(), "page.html", data, as)
			if err != nil {
				t.Errorf("%s: %v", file, err)
				continue
			}
			blocks += len(doc.Content.Blocks)
			for _, b := range missing(doc, data) {
				lost++
				t.Errorf("%s: %q does not stand in it", filepath.Base(file), b)
			}
		}
	}
	t.Logf("%d pages, %d blocks, %d that the second reading has not", len(files), blocks, lost)
}

func pageFile(t *testing.T, file string) []byte {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var in io.Reader = f
	if strings.HasSuffix(file, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	data, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
