package app_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// rewrite edits a text as its publisher does: a share of its words is replaced,
// dropped, or has another put before it; some paragraphs are moved, and what
// stands at the head or the foot goes away.
func (p page) rewrite(rng *rand.Rand, share float64) page {
	paragraphs := p.paragraphs()
	if len(paragraphs) > 4 && rng.IntN(2) == 0 { // boilerplate
		paragraphs = slices.Clone(paragraphs[rng.IntN(2) : len(paragraphs)-rng.IntN(2)])
	}
	for range rng.IntN(3) {
		from, to := rng.IntN(len(paragraphs)), rng.IntN(len(paragraphs))
		moved := paragraphs[from]
		paragraphs = slices.Insert(slices.Delete(slices.Clone(paragraphs), from, from+1), to, moved)
	}
	p = joinParagraphs(paragraphs)
	words := p.words()
	var out page
	at := 0
	for _, w := range words {
		out = append(out, p[at:w[0]]...)
		at = w[1]
		other := words[rng.IntN(len(words))]
		var new page // another word of the same text
		for _, g := range p[other[0]:other[1]] {
			new = append(new, glyph{g.letter, -1})
		}
		switch {
		case rng.Float64() >= share:
			out = append(out, p[w[0]:w[1]]...)
		case rng.IntN(3) == 0: // dropped
		case rng.IntN(2) == 0:
			for i := range new {
				new[i].origin = instead(p[w[0]].origin)
			}
			out = append(out, new...)
		default:
			out = append(append(append(out, new...), glyph{' ', -1}), p[w[0]:w[1]]...)
		}
	}
	return append(out, p[at:]...)
}

// instead is the origin of a letter that stands in the place of one of this origin.
func instead(origin int) int { return -2 - max(origin, -1) }

// place is where a letter, or what it stands instead of, stood; -1 for nowhere.
func (g glyph) place() int {
	if g.origin < -1 {
		return -2 - g.origin
	}
	return g.origin
}

// words are the starts and ends of the words of a page; of Chinese, each letter.
func (p page) words() [][2]int {
	var out [][2]int
	for i := 0; i < len(p); i++ {
		if !unicode.IsLetter(p[i].letter) && !unicode.IsDigit(p[i].letter) {
			continue
		}
		end := i + 1
		for !unicode.Is(unicode.Han, p[i].letter) && end < len(p) &&
			(unicode.IsLetter(p[end].letter) || unicode.IsDigit(p[end].letter) || unicode.IsMark(p[end].letter)) {
			end++
		}
		out, i = append(out, [2]int{i, end}), end-1
	}
	return out
}

// somePassage chooses what a reader marks: some words, a sentence's length, a
// paragraph's.
func (p page) somePassage(rng *rand.Rand) (start, end int) {
	words := p.words()
	n := []int{1 + rng.IntN(3), 5 + rng.IntN(10), 5 + rng.IntN(10), 15 + rng.IntN(25), 15 + rng.IntN(25), 60 + rng.IntN(60)}[rng.IntN(6)]
	n = min(n, len(words))
	at := rng.IntN(len(words) - n + 1)
	return words[at][0], words[at+n-1][1]
}

// fate is what became of a passage, and of an anchor on it.
type fate int

const (
	right    fate = iota // found where it is now
	review               // a person is asked
	orphaned             // reported as gone, and it is
	missed               // reported as gone, and it is not
	silent               // somewhere else, and nobody is told
)

var fates = []string{"recovered right", "reported for review", "orphan rightly", "orphan wrongly", "wrong and silent"}

// judge compares a place in the edited page with what became of the letters
// start to end of the old one. The place is right when at least four fifths of
// what is left of the passage are in it, and of it at most a fifth is anything
// else. A passage is gone when less than half of it is left.
func (p page) judge(start, end, foundStart, foundEnd int) (isRight, isGone bool) {
	left, first, last := 0, len(p), -1
	for i, g := range p {
		if g.origin >= start && g.origin < end {
			left++
		}
		if at := g.place(); at >= start && at < end {
			first, last = min(first, i), i
		}
	}
	covered, alien := 0, 0
	for i := foundStart; i < foundEnd; i++ {
		switch g := p[i]; {
		case g.origin >= start && g.origin < end:
			covered++
		case g.place() >= start && g.place() < end:
		case g.origin >= 0 || i < first || i > last:
			alien++
		}
	}
	return left > 0 && 5*covered >= 4*left && 5*alien <= foundEnd-foundStart, 2*left < end-start
}

// fateOf says what became of the passage start to end of old. Words that stood
// there once and stand there again are no others, wherever their parts came from.
func (p page) fateOf(old string, start, end int, r app.Reanchored) fate {
	if r.State == app.AnchorOrphan {
		if _, gone := p.judge(start, end, 0, 0); gone {
			return orphaned
		}
		return missed
	}
	switch isRight, _ := p.judge(start, end, r.Anchor.Start, r.Anchor.End); {
	case r.State == app.AnchorNeedsReview:
		return review
	case isRight:
		return right
	case r.State == app.AnchorExact && r.Anchor.Quote == app.Slice(old, start, end) && len(app.Occurrences(old, r.Anchor.Quote)) == 1:
		return right
	}
	return silent
}

// samplePages are the articles of the sample notebook.
func samplePages(t *testing.T) []page {
	t.Helper()
	nb := apptest.New(t)
	var out []page
	for _, r := range nb.Import("../assets/sample") {
		if r.Status != app.ImportDone {
			t.Fatalf("%+v", r)
		}
		out = append(out, newPage(nb.Text(article(nb, r.Article))))
	}
	return out
}

// Whatever share of a page's words is edited, no mark stands at other words
// without saying so; make bench-anchors does the same with real articles.
func TestEditedPagesNeverMisleadInSilence(t *testing.T) {
	pages := samplePages(t)
	for _, share := range []float64{0.05, 0.1, 0.2} {
		var count [silent + 1]int
		rounds := uint64(800)
		if testing.Short() {
			rounds = 200
		}
		for seed := range rounds {
			rng := rand.New(rand.NewPCG(seed, 11))
			old := pages[seed%uint64(len(pages))]
			start, end := old.somePassage(rng)
			a, err := app.NewAnchor(old.String(), start, end)
			if err != nil {
				t.Fatal(err)
			}
			edited := old.rewrite(rng, share)
			got := a.Reanchor(old.String(), edited.String())
			f := edited.fateOf(old.String(), start, end, got)
			count[f]++
			if f == silent {
				t.Errorf("seed %d, %.0f %%: %s: %q at %d–%d became %q at %d–%d", seed, 100*share, got.State,
					a.Quote, start, end, got.Anchor.Quote, got.Anchor.Start, got.Anchor.End)
			}
		}
		t.Logf("%2.0f %%: %s", 100*share, tally(count))
		if 3*count[right] < int(rounds) {
			t.Errorf("of %d marks only %d were found", rounds, count[right])
		}
	}
}

func tally(count [silent + 1]int) string {
	var out []string
	for i, n := range count {
		out = append(out, fmt.Sprintf("%s %d", fates[i], n))
	}
	return strings.Join(out, ", ")
}
