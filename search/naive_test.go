package search

import (
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"

	"rejoinder/app"
	"rejoinder/app/query"
)

// naive answers queries by looking at every document of one of the two indexes.
// It takes words and stems from the package, as these are what they are by
// definition; all else it works out by itself.
//
// What a plain word finds: documents with its stem in any language of which there
// are documents here. Where the word is a stop word in one of these languages, or
// one of them is neither English nor unknown, the word as it is written does too.
// A word with diacritics is also looked for as if it had none.
// A word with hyphens is its parts one after another, or the parts written as
// one; "cooperation" is "co operation" too; and two plain words side by side of
// which the documents have one, written together, are found by that as well. What
// the user writes about a passage or a statement, its title and note, has English
// stems.
type naive struct {
	ledger    *ledger
	articles  bool
	docs      []*naiveDocument
	languages map[string]bool
}

type naiveDocument struct {
	app.Document
	at    map[string][]map[string]bool // by field and position, the words there
	words map[string]map[string]bool   // by field
	stems map[string]map[string]bool
}

func newNaive(l *ledger, kinds ...app.Kind) *naive {
	n := &naive{ledger: l, articles: slices.Contains(kinds, app.KindArticle), languages: map[string]bool{}}
	for _, d := range l.docs {
		if !slices.Contains(kinds, d.Kind) {
			continue
		}
		language := stemLanguage(d.Language)
		own := language
		if d.Kind == app.KindStatement || d.Kind == app.KindAnnotation {
			own = "en"
		}
		n.languages[language], n.languages[own] = true, true
		doc := &naiveDocument{Document: d, at: map[string][]map[string]bool{},
			words: map[string]map[string]bool{}, stems: map[string]map[string]bool{}}
		for field, text := range map[string]string{"title": d.Title, "text": d.Body, "note": d.Note, "author": d.Author, "publisher": d.Publisher} {
			in := own
			if field == "text" {
				in = language
			}
			doc.words[field], doc.stems[field] = map[string]bool{}, map[string]bool{}
			tokens := wordTokenizer{}.Tokenize([]byte(text))
			for _, t := range tokens {
				for len(doc.at[field]) <= t.Position {
					doc.at[field] = append(doc.at[field], map[string]bool{})
				}
				doc.at[field][t.Position][string(t.Term)] = true
				doc.words[field][string(t.Term)] = true
			}
			for _, t := range stemsIn(in, []byte(text), tokens) {
				doc.stems[field][t] = true
			}
		}
		n.docs = append(n.docs, doc)
	}
	return n
}

var (
	naiveEverywhere = []string{"title", "text"}
	naiveStemmed    = []string{"title", "text", "note"}
)

// find returns the keys of what a query finds, in order.
func (n *naive) find(root query.Node) (keys []string) {
	for _, d := range n.docs {
		if n.fits(d, root, naiveEverywhere) {
			keys = append(keys, d.ID)
		}
	}
	return keys
}

func (n *naive) fits(d *naiveDocument, node query.Node, in []string) bool {
	switch node := node.(type) {
	case query.And:
		return n.fitsAll(d, node.Nodes, in)
	case query.Or:
		return slices.ContainsFunc(node.Nodes, func(c query.Node) bool { return n.fits(d, c, in) })
	case query.Not:
		return !n.fits(d, node.Node, in)
	case query.Within:
		return n.fits(d, node.Node, []string{node.Field})
	case query.Word:
		return n.fitsWord(d, node, in)
	case query.Phrase:
		return n.fitsPhrase(d, node, in)
	case query.Near:
		return slices.ContainsFunc(in, func(f string) bool {
			var items [][]span
			for _, c := range node.Nodes {
				switch c := c.(type) {
				case query.Word:
					items = append(items, d.spans(f, waysOf(c.Text), c.Prefix && !endsInCharacter(c.Text)))
				case query.Phrase:
					items = append(items, d.spans(f, waysOf(c.Text), false))
				}
			}
			return standTogether(items, node.Distance, nil)
		})
	case query.Condition:
		return n.fitsCondition(d, node)
	}
	return false
}

func (n *naive) fitsAll(d *naiveDocument, nodes []query.Node, in []string) bool {
	for i := 0; i < len(nodes); i++ {
		if one := n.writtenTogether(nodes, i, in); one != "" {
			both := n.fits(d, nodes[i], in) && n.fits(d, nodes[i+1], in)
			if !both && !n.fitsOne(d, one, in) {
				return false
			}
			i++
		} else if !n.fits(d, nodes[i], in) {
			return false
		}
	}
	return true
}

func (n *naive) writtenTogether(nodes []query.Node, i int, in []string) string {
	if i+1 == len(nodes) || !slices.Contains(naiveStemmed, in[0]) {
		return ""
	}
	a, ok := nodes[i].(query.Word)
	b, also := nodes[i+1].(query.Word)
	if !ok || !also || !plain(a) || !plain(b) || len(cutWords(a.Text)) != 1 || len(cutWords(b.Text)) != 1 {
		return ""
	}
	one := app.FoldText(a.Text) + app.FoldText(b.Text)
	for _, d := range n.docs {
		if d.has(in, func(term string) bool { return term == one }) {
			return one
		}
	}
	return ""
}

// has says whether a word of some fields is one that is looked for.
func (d *naiveDocument) has(in []string, fits func(string) bool) bool {
	for _, f := range in {
		for term := range d.words[f] {
			if fits(term) {
				return true
			}
		}
	}
	return false
}

func (n *naive) fitsWord(d *naiveDocument, w query.Word, in []string) bool {
	ways := waysOf(w.Text)
	switch {
	case w.Wild:
		pattern := strings.NewReplacer("-", "", "’", "").Replace(app.FoldText(w.Text))
		return d.has(in, func(term string) bool { return fitsPattern([]rune(pattern), []rune(term)) })
	case w.Fuzzy != 0:
		one := slices.IndexFunc(ways, func(way []string) bool { return len(way) == 1 })
		if one < 0 { // characters without spaces
			return d.hasSpan(in, ways)
		}
		word := []rune(ways[one][0])
		edits := w.Fuzzy
		if edits < 0 {
			edits = map[bool]int{true: 1, false: 2}[len(word) < 8]
			if len(word) < 4 {
				return n.fitsOne(d, w.Text, in)
			}
		}
		return d.has(in, func(term string) bool { return naiveDistance(word, []rune(term)) <= edits })
	case w.Prefix && len(ways[0]) == 1 && !endsInCharacter(w.Text):
		return d.has(in, func(term string) bool { return strings.HasPrefix(term, ways[0][0]) })
	case len(ways[0]) == 1:
		if n.fitsOne(d, w.Text, in) {
			return true
		}
		for _, before := range apartBefore {
			rest, ok := strings.CutPrefix(ways[0][0], before)
			if ok && len(rest) >= 4 && slices.Contains(naiveStemmed, in[0]) && d.hasSpan(in, [][]string{{before, rest}}) {
				return true
			}
		}
		return false
	}
	// Written as one it stands for itself with its other forms, in parts it does not.
	parts := slices.DeleteFunc(slices.Clone(ways), func(way []string) bool { return len(way) == 1 })
	begun := w.Prefix && !endsInCharacter(w.Text)
	for _, way := range ways[1:] {
		switch {
		case len(way) > 1:
		case begun && d.has(in, func(term string) bool { return strings.HasPrefix(term, way[0]) }),
			!begun && n.fitsOne(d, way[0], in):
			return true
		}
	}
	return slices.ContainsFunc(in, func(f string) bool { return len(d.spans(f, parts, begun)) > 0 })
}

// fitsOne looks for one word in its forms.
func (n *naive) fitsOne(d *naiveDocument, word string, in []string) bool {
	t := cutWords(word)[0]
	exact := !slices.Contains(naiveStemmed, in[0]) || t.Type == analysis.Single
	if !exact {
		for language := range n.languages {
			exact = exact || language != "en" && language != "und"
			for _, spelt := range []string{word, app.FoldText(word)} {
				stem := stemOf(language, []byte(spelt), cutWords(spelt)[0])
				if exact = exact || stem == ""; stem != "" && slices.ContainsFunc(in, func(f string) bool { return d.stems[f][language+"/"+stem] }) {
					return true
				}
			}
		}
	}
	return exact && d.has(in, func(term string) bool { return term == string(t.Term) })
}

func (n *naive) fitsPhrase(d *naiveDocument, p query.Phrase, in []string) bool {
	ways := waysOf(p.Text)
	if p.Slop == 0 || len(ways[0]) == 1 {
		return d.hasSpan(in, ways)
	}
	return slices.ContainsFunc(in, func(f string) bool {
		var items [][]span
		for _, word := range ways[0] {
			items = append(items, d.spans(f, [][]string{{word}}, false))
		}
		return standTogether(items, p.Slop, nil)
	})
}

// stemsIn lists the terms of the stems of a text, as often as they stand there.
func stemsIn(language string, text []byte, tokens analysis.TokenStream) (stems []string) {
	for _, t := range tokens {
		if t.Type == analysis.Single || t.Type == echo {
			continue
		}
		if stem := stemOf(language, text, t); stem != "" {
			stems = append(stems, stemTerm(language, stem))
		}
	}
	return stems
}
