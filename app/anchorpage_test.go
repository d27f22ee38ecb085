package app_test

import (
	"math/rand/v2"
	"slices"
	"strings"

	"rejoinder/app"
)

// glyph is a letter that knows where it stood in the first text; -1 when it came
// in later.
type glyph struct {
	letter rune
	origin int
}

// page is a text that is edited while every letter keeps its origin.
type page []glyph

func (p page) String() string {
	var b strings.Builder
	for _, g := range p {
		b.WriteRune(g.letter)
	}
	return b.String()
}

func newPage(text string) page {
	var p page
	for _, r := range text {
		p = append(p, glyph{r, len(p)})
	}
	return p
}

// scripts are words to write texts of, and after them words that only edits use:
// what was deleted can then never be written again by chance.
var scripts = []struct {
	words, later []string
	space        string
}{
	{strings.Fields("the ministry closed quay on Monday union was not asked port company rejects findings of panel and says that it has clean record a court said"),
		strings.Fields("zebra jumped vividly xylophone kiwi"), " "},
	{strings.Fields("الوزارة أغلقت الرصيف النقابة لم تسأل الشركة ترفض النتائج وتقول إن سجلها نظيف في المحكمة"), strings.Fields("ضوء قمر صباحا ظل"), " "},
	{strings.Split("港 口 公 司 否 认 指 控 并 说 记 录 良 好 法 院 工 会 没 有 被 问 到", " "), strings.Split("鼠 牛 虎 兔 龙", " "), ""},
	{strings.Fields("министерство закрыло причал профсоюз не спросили компания отвергает выводы и говорит что"), strings.Fields("щука ёж юла"), " "},
	{strings.Fields("ئۇيغۇر ئاپتونوم رايون شىركەت رەت قىلدى ھۆكۈمەت بايانات ئېلان"), strings.Fields("گۈل چۆچەك"), " "},
}

func sentence(rng *rand.Rand, words []string, space string, n int) string {
	var out []string
	for range n {
		out = append(out, words[rng.IntN(len(words))])
	}
	return strings.Join(out, space) + "."
}

// composePage writes some paragraphs in one or two scripts. Sentences and whole
// paragraphs come again, some of them with a word changed.
func composePage(rng *rand.Rand) page {
	var sentences, paragraphs []string
	for len(paragraphs) < 3+rng.IntN(6) {
		s := scripts[rng.IntN(len(scripts))]
		if len(paragraphs) > 0 && rng.IntN(6) == 0 {
			paragraphs = append(paragraphs, paragraphs[rng.IntN(len(paragraphs))])
			continue
		}
		var own []string
		for range 1 + rng.IntN(4) {
			if len(sentences) > 0 && rng.IntN(4) == 0 {
				own = append(own, sentences[rng.IntN(len(sentences))])
				continue
			}
			made := sentence(rng, s.words, s.space, 3+rng.IntN(14))
			sentences = append(sentences, made, strings.Replace(made, s.words[0], s.words[1], 1))
			own = append(own, made)
		}
		paragraphs = append(paragraphs, strings.Join(own, " "))
	}
	return newPage(strings.Join(paragraphs, "\n\n"))
}

// edit changes one thing, as editors of web pages do.
func (p page) edit(rng *rand.Rand) page {
	if len(p) == 0 {
		return p
	}
	at := rng.IntN(len(p))
	to := min(len(p), at+1+rng.IntN(60))
	s := scripts[rng.IntN(len(scripts))]
	var new page
	for _, r := range sentence(rng, s.later, s.space, 1+rng.IntN(8)) {
		new = append(new, glyph{r, -1})
	}
	switch rng.IntN(8) {
	case 0, 1:
		return slices.Concat(p[:at], new, p[at:])
	case 2:
		return slices.Concat(p[:at], p[to:])
	case 3:
		return slices.Concat(p[:at], new, p[to:])
	case 4: // a misprint mended
		return slices.Concat(p[:at], new[:1], p[at+1:])
	}
	paragraphs := p.paragraphs()
	from, onto := rng.IntN(len(paragraphs)), rng.IntN(len(paragraphs))
	moved := paragraphs[from]
	switch rng.IntN(3) {
	case 0: // moved
		paragraphs = slices.Delete(paragraphs, from, from+1)
		onto = min(onto, len(paragraphs))
		paragraphs = slices.Insert(paragraphs, onto, moved)
	case 1: // printed twice
		paragraphs = slices.Insert(paragraphs, onto, moved)
	case 2: // left out
		paragraphs = slices.Delete(paragraphs, from, from+1)
	}
	return joinParagraphs(paragraphs)
}

func (p page) paragraphs() []page {
	var out []page
	from := 0
	for i := 1; i < len(p); i++ {
		if p[i-1].letter == '\n' && p[i].letter == '\n' {
			out, from = append(out, p[from:max(from, i-1)]), i+1
		}
	}
	return append(out, p[min(from, len(p)):])
}

func joinParagraphs(paragraphs []page) page {
	var out page
	for i, p := range paragraphs {
		if i > 0 {
			out = append(out, glyph{'\n', -1}, glyph{'\n', -1})
		}
		out = append(out, p...)
	}
	return out
}

// wrong says what is wrong with calling found the passage a of old; "" for
// nothing. Words that stood once in old and stand here again cannot be another
// passage of it: then copies of its parts were moved together anew.
func (p page) wrong(old page, a app.Anchor, found app.Reanchored) string {
	exact := found.State == app.AnchorExact
	if exact && found.Anchor.Quote != a.Quote {
		return "other words"
	}
	for i, g := range p[found.Anchor.Start:found.Anchor.End] {
		inStep := g.origin == a.Start+i
		if inStep || (!exact && g.origin >= a.Start && g.origin < a.End) {
			return ""
		}
	}
	if exact && len(app.Occurrences(old.String(), a.Quote)) == 1 {
		return ""
	}
	return "another place"
}
