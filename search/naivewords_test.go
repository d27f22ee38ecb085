package search

import (
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"

	"rejoinder/app"
	"rejoinder/app/query"
)

// waysOf are the ways of writing a text: its words and pairs of characters one
// after another; and with what hyphens join as one word.
func waysOf(text string) [][]string {
	tokens := cutWords(text)
	place := map[int]int{}
	var plain []string
	for i, t := range tokens {
		switch t.Type {
		case analysis.Shingle, echo:
			continue
		case analysis.Single: // a pair says where its characters stand
			before := slices.ContainsFunc(tokens, func(o *analysis.Token) bool { return o.Type == analysis.Double && o.End == t.End })
			after := i+1 < len(tokens) && tokens[i+1].Type == analysis.Double && tokens[i+1].Start == t.Start
			follows := slices.ContainsFunc(tokens, func(o *analysis.Token) bool { return o.Position > t.Position })
			if after || before && !follows {
				continue
			}
		}
		place[t.Position] = len(plain)
		plain = append(plain, string(t.Term))
	}
	ways := [][]string{plain}
	for _, t := range tokens {
		if t.Type == analysis.Shingle {
			from, parts := place[t.Position], 1+strings.Count(text[t.Start:t.End], "-")
			ways = append(ways, slices.Concat(plain[:from], []string{string(t.Term)}, plain[from+parts:]))
		}
	}
	return ways
}

func endsInCharacter(text string) bool {
	tokens := cutWords(text)
	return tokens[len(tokens)-1].Type == analysis.Single
}

func (d *naiveDocument) hasSpan(in []string, ways [][]string) bool {
	return slices.ContainsFunc(in, func(f string) bool { return len(d.spans(f, ways, false)) > 0 })
}

// spans lists where words follow one another in a field.
func (d *naiveDocument) spans(field string, ways [][]string, begun bool) (out []span) {
	for _, way := range ways {
		for start := range d.at[field] {
			fits := start+len(way) <= len(d.at[field])
			for i := 0; fits && i < len(way); i++ {
				fits = d.at[field][start+i][way[i]]
				for term := range d.at[field][start+i] {
					fits = fits || begun && i == len(way)-1 && strings.HasPrefix(term, way[i])
				}
			}
			if fits {
				out = append(out, span{start, start + len(way)})
			}
		}
	}
	return out
}

// standTogether tries every choice of one span of each item.
func standTogether(items [][]span, between int, chosen []span) bool {
	if len(items) == 0 {
		first, last, long := chosen[0].start, 0, 0
		for _, s := range chosen {
			first, last, long = min(first, s.start), max(last, s.end), long+s.end-s.start
		}
		return last-first-long <= between
	}
	for _, s := range items[0] {
		free := !slices.ContainsFunc(chosen, func(c span) bool { return c.start < s.end && s.start < c.end })
		if free && standTogether(items[1:], between, append(slices.Clone(chosen), s)) {
			return true
		}
	}
	return false
}

func fitsPattern(pattern, term []rune) bool {
	switch {
	case len(pattern) == 0:
		return len(term) == 0
	case pattern[0] == '*':
		return fitsPattern(pattern[1:], term) || len(term) > 0 && fitsPattern(pattern, term[1:])
	}
	return len(term) > 0 && (pattern[0] == '?' || pattern[0] == term[0]) && fitsPattern(pattern[1:], term[1:])
}

// naiveDistance counts letters put in, taken out, replaced, or swapped with the
// next.
func naiveDistance(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
				continue
			case a[i-1] == b[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = 1 + min(d[i-1][j-1], d[i-1][j], d[i][j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

// fitsCondition looks at the document itself, and at what the ledger says that it
// bears.
func (n *naive) fitsCondition(d *naiveDocument, c query.Condition) bool {
	meant := n.ledger.meant[c.Field+":"+c.Value]
	switch c.Field {
	case "kind":
		return strings.TrimSuffix(c.Value, "s") == string(d.Kind) || c.Value == d.Sort
	case "lang":
		return d.Language == c.Value
	case "after":
		return d.Date != "" && string(d.Date) >= c.Value
	case "before":
		return d.Date != "" && string(d.Date) < c.Value
	case "is":
		return d.Kind == app.KindArticle && n.bears(d, "is", "read") == (c.Value == "read")
	case "color", "stance", "has":
		return n.bears(d, c.Field, c.Value)
	}
	names := []string{c.Value}
	for _, m := range meant {
		if m.Query != "" && n.fits(d, query.Parse(m.Query, query.Options{}).Root, naiveEverywhere) ||
			m.Query == "" && n.bears(d, c.Field, m.ID) {
			return true
		}
		names = append(names, m.Names...)
	}
	return c.Field == "actor" && n.articles && slices.ContainsFunc(names, func(name string) bool {
		return d.hasSpan(naiveEverywhere, waysOf(name))
	})
}

func (n *naive) bears(d *naiveDocument, field, value string) bool {
	return slices.Contains(n.ledger.borneBy, bearer{field, value, d.Ref})
}
