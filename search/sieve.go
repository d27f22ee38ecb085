package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"

	"rejoinder/app"
	"rejoinder/app/query"
)

// sieved is the language whose texts are looked through for letters before they
// are cut into words: its stemmer only takes endings away or changes them. Texts
// of other languages are always cut.
const sieved = "en"

// stemMargin is how many letters at the end of a stem its words may lack: the
// stem of dying is die.
const stemMargin = 2

// holds says whether a compact text may be one that a part of a query finds.
type holds func(text string) bool

// mayHold makes a holds of a part of a query; nil when any text may be found.
func mayHold(n query.Node) holds {
	switch n := n.(type) {
	case query.And:
		return everyOf(n.Nodes)
	case query.Near:
		return everyOf(n.Nodes)
	case query.Or:
		var some []holds
		for _, child := range n.Nodes {
			may := mayHold(child)
			if may == nil {
				return nil
			}
			some = append(some, may)
		}
		return func(text string) bool {
			return slices.ContainsFunc(some, func(may holds) bool { return may(text) })
		}
	case query.Within:
		return mayHold(n.Node)
	case query.Word:
		return wordHolds(n)
	case query.Phrase:
		return wordsHold(n.Text, false)
	}
	return nil
}

func everyOf(nodes []query.Node) holds {
	var all []holds
	for _, n := range nodes {
		if may := mayHold(n); may != nil {
			all = append(all, may)
		}
	}
	if len(all) == 0 {
		return nil
	}
	return func(text string) bool {
		return !slices.ContainsFunc(all, func(may holds) bool { return !may(text) })
	}
}

func wordHolds(w query.Word) holds {
	if w.Wild || w.Fuzzy != 0 {
		return nil
	}
	return wordsHold(w.Text, !w.Prefix)
}

// wordsHold looks for every word of a text, or for what all words with its stem
// begin with.
func wordsHold(text string, stemmed bool) holds {
	if strings.ContainsAny(text, "'’ʼ`´") { // of l'homme, homme alone is found too
		return nil
	}
	input := []byte(text)
	var needles []string
	for _, t := range cutWords(text) {
		if t.Type == analysis.Shingle || t.Type == echo {
			continue
		}
		needle := compact(string(t.Term))
		if stemmed {
			needle = commonBeginning(needle, compact(stemOf(sieved, input, t)))
		}
		if !isASCII(needle) {
			return nil
		}
		if needle != "" {
			needles = append(needles, needle)
		}
	}
	if len(needles) == 0 {
		return nil
	}
	return func(text string) bool {
		return !slices.ContainsFunc(needles, func(n string) bool { return !strings.Contains(text, n) })
	}
}

// commonBeginning is what a word and the other words with its stem begin with; a stop word
// has no stem and is only itself.
func commonBeginning(word, stem string) string {
	if stem == "" {
		return word
	}
	keep := max(min(len(stem)-stemMargin, len(word)), 1)
	for keep > 0 && (keep > len(stem) || !strings.HasPrefix(word, stem[:keep])) {
		keep--
	}
	return word[:keep]
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

// compact leaves only the letters and digits of a text, folded: words may be
// written with points, hyphens or a space in them.
func compact(text string) string {
	if !isASCII(text) {
		text = app.FoldText(text)
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsNumber(r) {
				return r
			}
			return -1
		}, text)
	}
	out := make([]byte, 0, len(text))
	for i := range len(text) {
		switch c := text[i]; {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			out = append(out, c)
		case 'A' <= c && c <= 'Z':
			out = append(out, c+'a'-'A')
		}
	}
	return string(out)
}
