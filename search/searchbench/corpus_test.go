//go:build bench

package searchbench

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rejoinder/app"
)

// corpusForm tells notebooks in the cache from those that an older version of
// this file made. Count it up when anything here changes.
const corpusForm = 1

// corpus makes any number of articles. Each is a function of its number alone:
// nothing has to be kept, and queries can be drawn without reading a notebook.
//
// The text is real text (see passages) read along. At one in five of the most
// frequent words the reading goes on at another place where the same word
// stands, so that phrases are those of the language, words that belong together
// stand together, and yet no two articles share more than a line. Paragraphs
// begin, more often than not, near the article's own topic: rare words come in
// bursts, as they do. Half of the capitalised words inside sentences and two
// thirds of the numbers are others, drawn from an endless Zipf–Mandelbrot
// distribution, so that new articles go on bringing new words (Heaps). Each
// article has a small cast that most of its names are taken from.
//
// Lengths are log-normal with a mean of about 2.2 kB; one in a thousand has 30
// to 70 kB. The articles in other languages than English have every word
// replaced by a made-up one in that language's letters.
type corpus struct {
	*passages
	tagShares  []float64 // of the articles that bear each tag
	publishers []string
}

const (
	corpusTags        = 300
	corpusCollections = 40
	corpusPublishers  = 200
	corpusYears       = 15
)

var corpusBegin = time.Date(2011, 1, 1, 0, 0, 0, 0, time.UTC)

// madeArticle is one article of the corpus.
type madeArticle struct {
	number     int
	title      string
	content    app.Content
	published  app.Date
	publisher  string
	language   string
	tags       []int
	collection int // -1 for none
}

func newCorpus(p *passages) *corpus {
	c := &corpus{passages: p}
	r := rand.New(rand.NewPCG(7, corpusForm))
	for range corpusTags { // evenly by magnitude from 0.01 % to 5 %
		c.tagShares = append(c.tagShares, 0.0001*math.Pow(500, r.Float64()))
	}
	kinds := []string{"Post", "Times", "Herald", "Courier", "Observer", "Gazette", "Wire", "Review"}
	for i := range corpusPublishers {
		c.publishers = append(c.publishers, "The "+madeName(uint64(1000+i*37))+" "+kinds[i%len(kinds)])
	}
	return c
}

// tagPath is the path of a tag: 10 at the top, five in each, and the rest in those.
func tagPath(n int) string {
	switch {
	case n < 10:
		return fmt.Sprintf("topic%d", n)
	case n < 60:
		return fmt.Sprintf("%s/part%d", tagPath((n-10)/5), n)
	}
	return fmt.Sprintf("%s/matter%d", tagPath(10+(n-60)%50), n)
}

// article makes the article with this number, from 0.
func (c *corpus) article(number int) madeArticle {
	r := rand.New(rand.NewPCG(corpusForm, uint64(number)))
	a := madeArticle{number: number, language: drawLanguage(r), collection: -1}
	w := &writer{corpus: c, random: r, topic: r.IntN(len(c.starts)), language: a.language}
	for range 3 + r.IntN(6) {
		w.cast = append(w.cast, drawRank(r))
	}
	a.title = w.title()
	length := min(50_000, max(200, int(math.Exp(7.34+0.8*r.NormFloat64()))))
	if r.IntN(1000) == 0 {
		length = 30_000 + r.IntN(40_000)
	}
	var b app.Builder
	b.Add(app.BlockHeading, 1, a.title)
	for length > 0 {
		text := w.paragraph(min(length, 250+r.IntN(700)))
		b.Add(app.BlockParagraph, 0, text)
		length -= len(text)
	}
	a.content = b.Content()
	a.published = app.DateOf(corpusBegin.AddDate(0, 0, r.IntN(corpusYears*365)))
	a.publisher = c.publishers[zipfBelow(r, corpusPublishers)]
	for tag, share := range c.tagShares {
		if r.Float64() < share {
			a.tags = append(a.tags, tag)
		}
	}
	if r.IntN(2) == 0 {
		a.collection = zipfBelow(r, corpusCollections)
	}
	return a
}

// zipfBelow draws from 0 to n-1, 0 most often, each about as often as 1/(rank+1).
func zipfBelow(r *rand.Rand, n int) int {
	return min(n-1, int(math.Pow(float64(n+1), r.Float64()))-1)
}

// writer writes one article.
type writer struct {
	*corpus
	random   *rand.Rand
	topic    int // the paragraph that the article is about
	cast     []uint64
	language string
}

func (w *writer) title() string {
	var b strings.Builder
	if w.random.IntN(3) > 0 {
		for i, word := range strings.Fields(w.titles[w.random.IntN(len(w.titles))]) {
			w.put(&b, word, i > 0)
		}
	} else {
		at := w.starts[w.topic]
		for i := range 5 + w.random.IntN(6) {
			w.put(&b, w.words[(at+i)%len(w.words)], i > 0)
		}
	}
	return strings.TrimRight(app.OneLine(b.String()), ".,;: ")
}

// paragraph reads along until the sentence in which it has this many bytes ends.
func (w *writer) paragraph(bytes int) string {
	var b strings.Builder
	start := w.random.IntN(len(w.starts))
	if w.random.IntN(5) < 3 {
		start = (w.topic + w.random.IntN(8)) % len(w.starts)
	}
	at, inside := w.starts[start], false
	for b.Len() < bytes+400 {
		word := w.words[at]
		w.put(&b, word, inside)
		last := word[len(word)-1]
		inside = last != '.' && last != '?' && last != '!'
		if !inside && b.Len() >= bytes {
			break
		}
		if w.joints[at] && w.random.IntN(5) == 0 {
			places := w.turns[word]
			at = places[w.random.IntN(len(places))]
		}
		if at++; at == len(w.words) {
			at = 0
		}
	}
	return strings.TrimSpace(b.String())
}

// put writes a word as it stands or in place of it another. What stands inside a
// sentence and has a capital is a name.
func (w *writer) put(b *strings.Builder, word string, inside bool) {
	begin := strings.IndexFunc(word, isLetterOrDigit)
	if begin >= 0 {
		end := strings.LastIndexFunc(word, isLetterOrDigit)
		_, n := utf8.DecodeRuneInString(word[end:])
		core := word[begin : end+n]
		first, _ := utf8.DecodeRuneInString(core)
		switch {
		case unicode.IsDigit(first) && w.random.IntN(3) > 0:
			core = madeNumber(w.random)
		case inside && unicode.IsUpper(first) && w.random.IntN(2) == 0:
			core = w.name()
		}
		if w.language != "en" {
			core = madeWord(w.language, core)
		}
		b.WriteString(word[:begin])
		b.WriteString(core)
		b.WriteString(word[end+n:])
	} else {
		b.WriteString(word)
	}
	if w.language != "zh" {
		b.WriteByte(' ')
	}
}

func (w *writer) name() string {
	if w.random.IntN(3) > 0 {
		return madeName(w.cast[w.random.IntN(len(w.cast))])
	}
	return madeName(drawRank(w.random))
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
