package search

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/query"
)

// zipfWords makes texts of words that are as unevenly frequent as those of a
// language.
type zipfWords struct {
	*rand.Rand
	zipf *rand.Zipf
}

func newZipf(seed uint64) zipfWords {
	r := rand.New(rand.NewPCG(seed, 3))
	return zipfWords{r, rand.NewZipf(r, 1.2, 2, 600)}
}

func (z zipfWords) word() string {
	n := z.zipf.Uint64()
	if n == 2 {
		return "the" // a stop word ranks where there is nothing else
	}
	return fmt.Sprintf("w%c%d", 'a'+n%5, n)
}

func (z zipfWords) words(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = z.word()
	}
	return strings.Join(words, " ")
}

func (z zipfWords) article(i int) app.Document {
	return article(fmt.Sprintf("d%05d", i), z.words(z.IntN(7)), z.words(1+z.IntN(60)))
}

// filled puts articles into an index, some at a time so that there are several
// segments, and changes and drops some of them.
func (z zipfWords) filled(t *testing.T, n int) (*ledger, *Index) {
	l := newLedger()
	ix := synced(t, opened(t, t.TempDir(), l))
	for i := 0; i < n; {
		for range 1 + z.IntN(n/4) {
			l.put(z.article(i))
			i++
		}
		for _, r := range l.refs() {
			switch z.IntN(25) {
			case 0:
				l.drop(r)
			case 1:
				d := z.article(0)
				d.Ref = r
				l.put(d)
			}
		}
		synced(t, ix)
	}
	return l, ix
}

func (z zipfWords) query() string {
	alternatives := func(n int) string {
		words := make([]string, n)
		for i := range words {
			words[i] = z.word()
		}
		return strings.Join(words, " OR ")
	}
	phrase := func() string { return `"` + z.words(2) + `"` }
	switch z.IntN(10) {
	case 0, 1:
		return alternatives(2 + z.IntN(6))
	case 2:
		return z.words(2 + z.IntN(2))
	case 3:
		return phrase()
	case 4:
		return phrase() + " OR " + alternatives(2)
	case 5:
		return phrase() + " " + z.word()
	case 6:
		return "(" + alternatives(3) + ") -" + z.word()
	case 7:
		return "wa* " + z.word()
	case 8:
		return fmt.Sprintf(`NEAR(%s %s, %d) OR %s`, z.word(), "wb1", 3+z.IntN(9), z.word())
	}
	return fmt.Sprintf(`"%s"~%d %s`, z.words(2), 1+z.IntN(5), phrase())
}

// TestShortCutsRankLikeScoringEverything compares the best of several hundred
// queries with those found by scoring every document to its end.
func TestShortCutsRankLikeScoringEverything(t *testing.T) {
	for seed, size := range []int{300, 800, 2000} {
		z := newZipf(uint64(seed))
		_, ix := z.filled(t, size)
		o := ix.articles.owner
		for range 150 {
			text := z.query()
			for _, k := range []int{1, 5, 20} {
				var ranked [2]ranking
				err := o.serving.read(func(w *view) error {
					for i := range ranked {
						pl, _, err := o.searcher.plan(t.Context(), w, app.SearchQuery{}, query.Parse(text, query.Options{}), false)
						if err != nil {
							return err
						}
						ranked[i] = ranking{ctx: t.Context(), limit: k, exhaustive: i == 1}
						if err := ranked[i].rank(pl); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					t.Fatalf("%s: %v", text, err)
				}
				quick, whole := ranked[0], ranked[1]
				same := func(a, b best) bool { return a.number == b.number && a.score == b.score }
				if !slices.EqualFunc(quick.heap, whole.heap, same) {
					t.Fatalf("best %d of %s:\n%v\n%v", k, text, spelt(quick.heap), spelt(whole.heap))
				}
				if quick.total != whole.total && !quick.more {
					t.Errorf("%s finds %d, not %d", text, quick.total, whole.total)
				}
			}
		}
	}
}

func spelt(found []best) (out []string) {
	for _, b := range found {
		out = append(out, fmt.Sprintf("%d: %v", b.number>>3, b.score))
	}
	return out
}

// bm25f is the formula of Robertson, Zaragoza and Taylor over title and text,
// written out: occurrences in the title count three times, each field is set
// against its own average length, and a word is as rare as there are documents
// that have it in either.
func bm25f(l *ledger, text string) map[string]float64 {
	type doc struct {
		counts  [2]map[string]int
		lengths [2]int
	}
	docs, sums := map[string]doc{}, [2]int{}
	for r, d := range l.docs {
		one := doc{}
		for i, field := range []string{d.Title, d.Body} {
			one.counts[i] = map[string]int{}
			for _, stem := range stemsIn("en", []byte(field), cutWords(field)) {
				one.counts[i][stem]++
				one.lengths[i]++
			}
			sums[i] += one.lengths[i]
		}
		docs[r.ID] = one
	}
	n := float64(len(docs))
	scores, most := map[string]float64{}, 0.0
	for _, word := range strings.Split(text, " OR ") {
		stem := stemTerm("en", stemOf("en", []byte(word), cutWords(word)[0]))
		df := 0.0
		for _, d := range docs {
			if d.counts[0][stem]+d.counts[1][stem] > 0 {
				df++
			}
		}
		idf := math.Log(1 + (n-df+0.5)/(df+0.5))
		most += idf * (1.2 + 1)
		for id, d := range docs {
			tf := 0.0
			for i, weight := range []float64{3, 1} {
				average := float64(sums[i]) / n
				tf += weight * float64(d.counts[i][stem]) / (1 - 0.75 + 0.75*float64(d.lengths[i])/average)
			}
			if tf > 0 {
				scores[id] += idf * tf * (1.2 + 1) / (1.2 + tf)
			}
		}
	}
	for id := range scores {
		scores[id] /= most
	}
	return scores
}

// TestScoresAreThoseOfTheFormula works the scores out by hand.
func TestScoresAreThoseOfTheFormula(t *testing.T) {
	z := newZipf(11)
	l, ix := z.filled(t, 500)
	for range 60 {
		var some []string
		for len(some) < 1+z.IntN(5) {
			if w := z.word(); w != "the" && !slices.Contains(some, w) {
				some = append(some, w)
			}
		}
		text := strings.Join(some, " OR ")
		want := bm25f(l, text)
		r, err := ix.Search(t.Context(), app.SearchQuery{Text: text, Limit: maxLimit})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Hits) != len(want) {
			t.Errorf("%s finds %d, not %d", text, len(r.Hits), len(want))
		}
		for i, h := range r.Hits {
			if math.Abs(h.Score-want[h.ID]) > 1e-12 {
				t.Fatalf("%s: %s scores %v, not %v", text, h.ID, h.Score, want[h.ID])
			}
			if i > 0 && h.Score == r.Hits[i-1].Score && l.docs[h.Ref].Number > l.docs[r.Hits[i-1].Ref].Number {
				t.Errorf("%s: of equals the newer comes first: %v", text, r.Hits[i-1:i+1])
			}
		}
	}
}

// TestMoreMatchesThanAreCounted finds a phrase in more documents than are read to
// be counted, the newest of equals first: a total that is not whole says so.
func TestMoreMatchesThanAreCounted(t *testing.T) {
	const n = readToCount + 300
	l := newLedger()
	l.batch = n
	for i := range n {
		d := article(fmt.Sprintf("d%05d", i), "", "forced labour")
		d.Number = uint32(n - i)
		l.put(d)
	}
	ix := synced(t, opened(t, t.TempDir(), l))
	r, err := ix.Search(t.Context(), app.SearchQuery{Text: `"forced labour"`, Limit: 5})
	if err != nil {
		t.Fatal(err)
	}
	if r.Total != n && !r.More || len(r.Hits) != 5 {
		t.Errorf("found %d of %d, more %v, first %v", r.Total, n, r.More, r.Hits)
	}
}
