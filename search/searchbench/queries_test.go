//go:build bench

package searchbench

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"
)

// queryKind is a kind of query that is measured for itself.
type queryKind string

const (
	term    queryKind = "term"
	and2    queryKind = "two terms, AND"
	or6     queryKind = "six terms, OR"
	phrase  queryKind = "phrase of 2 to 4"
	prefix2 queryKind = "prefix ab*"
	prefix3 queryKind = "prefix abc*"
	typing2 queryKind = "typing ab"
	typing3 queryKind = "typing abc"
	fuzzy   queryKind = "fuzzy, one typo"
	fielded queryKind = "term, tag, dates"
	facets  queryKind = "facets"
)

var queryKinds = []queryKind{term, and2, or6, phrase, prefix2, prefix3, typing2, typing3, fuzzy, fielded, facets}

// query is one question, to be put to every engine in its own language.
type query struct {
	kind     queryKind
	words    []string
	tag      int    // fielded: its number
	from, to string // fielded: years, as 2013-01-01; to is exclusive
}

// strata divide words by the share of articles that they are in: at least this
// much, and less than the one before.
var strata = []float64{0.1, 0.01, 0.001, 0.0001, 0}

// sampleSize is how many articles the frequencies are taken from.
const sampleSize = 20_000

// drawing draws queries from a sample of the corpus.
type drawing struct {
	random  *rand.Rand
	sources [][]string      // the words of some articles, lower-case
	stratum map[string]int  // of every word
	words   [][]string      // by stratum
	have    map[string]bool // the questions drawn so far

	vocabulary string // how it grows, in a sentence
}

func newDrawing(b *built) *drawing {
	d := &drawing{random: rand.New(rand.NewPCG(11, uint64(b.articles))), stratum: map[string]int{},
		words: make([][]string, len(strata)), have: map[string]bool{}}
	n := min(b.articles, sampleSize)
	in := map[string]int{} // how many articles
	english, early := 0, 0
	for i := range n {
		if i == n/10 {
			early = len(in)
		}
		a := b.corpus.article(i * (b.articles / n))
		if a.language != "en" {
			continue
		}
		english++
		words := strings.Fields(strings.ToLower(a.content.Plain))
		seen := map[string]bool{}
		for j, w := range words {
			if words[j] = plainWord(w); len(words[j]) >= 3 {
				seen[words[j]] = true
			}
		}
		for w := range seen {
			in[w]++
		}
		if english <= 4000 {
			d.sources = append(d.sources, words)
		}
	}
	d.vocabulary = fmt.Sprintf("sample of %d articles: %d different words of letters in a tenth of it, %d in all: Heaps' exponent %.2f",
		n, early, len(in), math.Log10(float64(len(in))/float64(max(1, early))))
	for _, w := range slices.Sorted(maps.Keys(in)) {
		at := slices.IndexFunc(strata, func(least float64) bool { return float64(in[w])/float64(english) >= least })
		d.stratum[w] = at
		d.words[at] = append(d.words[at], w)
	}
	return d
}

// plainWord takes off what is around a word; "" when it is not of ASCII letters
// alone, where engines cut differently.
func plainWord(w string) string {
	w = strings.TrimFunc(w, func(r rune) bool { return !isLetterOrDigit(r) })
	for i := range len(w) {
		if w[i] < 'a' || w[i] > 'z' {
			return ""
		}
	}
	return w
}

// draw draws n different queries of a kind, or as many as there are.
func (d *drawing) draw(kind queryKind, n int) []query {
	var out []query
	for try := 0; len(out) < n && try < 200*n; try++ {
		q := query{kind: kind}
		i := len(out)
		switch kind {
		case term:
			q.words = []string{d.word(i % len(strata))}
		case and2:
			q.words = d.together(try%len(strata), try/len(strata)%len(strata))
		case or6:
			q.words = d.together(0, 1, 1, 2, 2, 3)
		case phrase:
			q.words = d.successive(2 + i%3)
		case prefix2, typing2:
			q.words = []string{d.word(try % len(strata))[:2]}
		case prefix3, typing3:
			q.words = []string{d.word(try % len(strata))[:3]}
		case fuzzy:
			q.words = []string{d.typo(d.word(try % 4))}
		case fielded:
			year := 2011 + d.random.IntN(10)
			q.words, q.tag = []string{d.word(i % 3)}, d.random.IntN(corpusTags)
			q.from, q.to = fmt.Sprintf("%d-01-01", year), fmt.Sprintf("%d-01-01", year+1+d.random.IntN(5))
		case facets:
			if q.words = []string{d.word(i % 4)}; i%2 == 1 {
				q.words = d.together(try%3, try/3%3)
			}
		}
		key := fmt.Sprint(q)
		if len(q.words) == 0 || q.words[0] == "" || d.have[key] {
			continue
		}
		d.have[key] = true
		out = append(out, q)
	}
	return out
}

func (d *drawing) word(stratum int) string {
	words := d.words[d.filled(stratum)]
	return words[d.random.IntN(len(words))]
}

// filled is a stratum that has words, the one asked for where it can: a small
// corpus has no rare words.
func (d *drawing) filled(stratum int) int {
	for stratum > 0 && len(d.words[stratum]) == 0 {
		stratum--
	}
	return stratum
}

// together draws words of these strata that stand in one article; nil when the
// article at hand has none of one.
func (d *drawing) together(of ...int) []string {
	source := d.sources[d.random.IntN(len(d.sources))]
	var out []string
	for _, stratum := range of {
		stratum = d.filled(stratum)
		at := d.random.IntN(len(source))
		found := ""
		for i := range source {
			w := source[(at+i)%len(source)]
			if have, known := d.stratum[w]; known && have == stratum && !slices.Contains(out, w) {
				found = w
				break
			}
		}
		if found == "" {
			return nil
		}
		out = append(out, found)
	}
	return out
}

// successive draws words that stand one after another, stop words as they fall.
func (d *drawing) successive(n int) []string {
	source := d.sources[d.random.IntN(len(d.sources))]
	if len(source) <= n {
		return nil
	}
	at := d.random.IntN(len(source) - n)
	words := slices.Clone(source[at : at+n])
	if slices.Contains(words, "") {
		return nil
	}
	return words
}

// typo spoils a word in one place; "" when that gives another word of the corpus.
func (d *drawing) typo(w string) string {
	if utf8.RuneCountInString(w) < 5 {
		return ""
	}
	at := 1 + d.random.IntN(len(w)-2)
	letter := string(rune('a' + d.random.IntN(26)))
	spoiled := [...]string{
		w[:at] + w[at+1:],
		w[:at] + letter + w[at:],
		w[:at] + letter + w[at+1:],
		w[:at] + w[at+1:at+2] + w[at:at+1] + w[at+2:],
	}[d.random.IntN(4)]
	if _, known := d.stratum[spoiled]; known {
		return ""
	}
	return spoiled
}
