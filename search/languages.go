package search

import (
	"strings"
	"sync"
	"unicode"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/ar"
	"github.com/blevesearch/bleve/v2/analysis/lang/bg"
	"github.com/blevesearch/bleve/v2/analysis/lang/ca"
	"github.com/blevesearch/bleve/v2/analysis/lang/ckb"
	"github.com/blevesearch/bleve/v2/analysis/lang/cs"
	"github.com/blevesearch/bleve/v2/analysis/lang/da"
	"github.com/blevesearch/bleve/v2/analysis/lang/de"
	"github.com/blevesearch/bleve/v2/analysis/lang/el"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/es"
	"github.com/blevesearch/bleve/v2/analysis/lang/eu"
	"github.com/blevesearch/bleve/v2/analysis/lang/fa"
	"github.com/blevesearch/bleve/v2/analysis/lang/fi"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
	"github.com/blevesearch/bleve/v2/analysis/lang/ga"
	"github.com/blevesearch/bleve/v2/analysis/lang/gl"
	"github.com/blevesearch/bleve/v2/analysis/lang/hi"
	"github.com/blevesearch/bleve/v2/analysis/lang/hr"
	"github.com/blevesearch/bleve/v2/analysis/lang/hu"
	"github.com/blevesearch/bleve/v2/analysis/lang/hy"
	"github.com/blevesearch/bleve/v2/analysis/lang/id"
	indic "github.com/blevesearch/bleve/v2/analysis/lang/in"
	"github.com/blevesearch/bleve/v2/analysis/lang/it"
	"github.com/blevesearch/bleve/v2/analysis/lang/nl"
	"github.com/blevesearch/bleve/v2/analysis/lang/no"
	"github.com/blevesearch/bleve/v2/analysis/lang/pl"
	"github.com/blevesearch/bleve/v2/analysis/lang/pt"
	"github.com/blevesearch/bleve/v2/analysis/lang/ro"
	"github.com/blevesearch/bleve/v2/analysis/lang/ru"
	"github.com/blevesearch/bleve/v2/analysis/lang/sv"
	"github.com/blevesearch/bleve/v2/analysis/lang/tr"
	"github.com/blevesearch/bleve/v2/registry"
	"golang.org/x/text/unicode/norm"

	"rejoinder/app"
)

// languageFilters are bleve's filters for each language that it knows, between
// lower-casing and the index. Languages without a stemmer have their stop words
// left out and nothing else; those that are not here are taken as they are.
// Chinese, Japanese and the scripts without spaces are cut into pairs of
// characters by the tokenizer and need none of this.
var languageFilters = map[string][]string{
	"ar":  {ar.StopName, ar.NormalizeName, ar.StemmerName},
	"bg":  {bg.StopName},
	"ca":  {ca.StopName},
	"ckb": {ckb.NormalizeName, ckb.StopName, ckb.StemmerName},
	"cs":  {cs.StopName},
	"da":  {da.StopName, da.SnowballStemmerName},
	"de":  {de.StopName, de.NormalizeName, de.LightStemmerName},
	"el":  {el.StopName},
	"en":  {en.StopName, en.SnowballStemmerName},
	"es":  {es.NormalizeName, es.StopName, es.LightStemmerName},
	"eu":  {eu.StopName},
	"fa":  {ar.NormalizeName, fa.NormalizeName, fa.StopName},
	"fi":  {fi.StopName, fi.SnowballStemmerName},
	"fr":  {fr.StopName, fr.LightStemmerName},
	"ga":  {ga.StopName},
	"gl":  {gl.StopName},
	"hi":  {indic.NormalizeName, hi.NormalizeName, hi.StopName, hi.StemmerName},
	"hr":  {hr.StopName, hr.SuffixTransformationFilterName, hr.StemmerName},
	"hu":  {hu.StopName, hu.SnowballStemmerName},
	"hy":  {hy.StopName},
	"id":  {id.StopName},
	"it":  {it.StopName, it.LightStemmerName},
	"nl":  {nl.StopName, nl.SnowballStemmerName},
	"no":  {no.StopName, no.SnowballStemmerName},
	"pl":  {pl.StopName, pl.SnowballStemmerName},
	"pt":  {pt.StopName, pt.LightStemmerName},
	"ro":  {ro.StopName, ro.SnowballStemmerName},
	"ru":  {ru.StopName, ru.SnowballStemmerName},
	"sv":  {sv.StopName, sv.SnowballStemmerName},
	"tr":  {tr.StopName, tr.SnowballStemmerName},
}

// plainLanguage is that of documents whose words are taken as they are.
const plainLanguage = "und"

// stemLanguage is the language whose stems a document of this language has. What
// has none, as a claim or a note, is taken for English where it is in Latin
// letters, which the stemmer sees for itself.
func stemLanguage(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	switch base {
	case "":
		return "en"
	case "nb", "nn":
		return "no"
	}
	if _, ok := languageFilters[base]; ok {
		return base
	}
	return plainLanguage
}

// stemTerm is the term of a stem in the index. It bears its language, for a stem
// means nothing in a text of another: "form" is an English word and the German
// stem of "former".
func stemTerm(language, stem string) string { return language + "/" + stem }

// stemmer makes stems of the words of one language.
type stemmer struct {
	filters []analysis.TokenFilter

	mu    sync.RWMutex
	known map[string]string
}

// maxStems bounds what a stemmer remembers; the words of a language that occur
// often are far fewer.
const maxStems = 1 << 17

var (
	stemmersMu sync.Mutex
	stemmers   = map[string]*stemmer{}
	filters    = registry.NewCache()
)

// stemmerOf returns nil for languages without filters.
func stemmerOf(language string) *stemmer {
	names, ok := languageFilters[language]
	if !ok {
		return nil
	}
	stemmersMu.Lock()
	defer stemmersMu.Unlock()
	if s := stemmers[language]; s != nil {
		return s
	}
	s := &stemmer{known: map[string]string{}}
	for _, name := range names {
		f, err := filters.TokenFilterNamed(name)
		if err != nil {
			panic(err) // a name that bleve does not have is a fault of the program
		}
		s.filters = append(s.filters, f)
	}
	stemmers[language] = s
	return s
}

// stem returns the folded stem of a lower-case word, "" for a stop word.
func (s *stemmer) stem(word string) string {
	s.mu.RLock()
	stem, ok := s.known[word]
	s.mu.RUnlock()
	if ok {
		return stem
	}
	stem = s.work(word)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.known) >= maxStems {
		clear(s.known)
	}
	s.known[strings.Clone(word)] = stem
	return stem
}

func (s *stemmer) work(word string) string {
	stream := analysis.TokenStream{{Term: []byte(word), End: len(word), Position: 1, Type: analysis.AlphaNumeric}}
	for _, f := range s.filters {
		if stream = f.Filter(stream); len(stream) == 0 {
			return ""
		}
	}
	if folded := app.FoldText(string(stream[0].Term)); folded != "" {
		return folded
	}
	return app.FoldText(word)
}

// writtenPlain are the languages whose words are found with and without
// diacritics best: they have none but in words from others.
var writtenPlain = map[string]bool{"en": true, "nl": true, "id": true}

// stemOf is the stem of a token of a text in a language; "" for a stop word. The
// stemmers want the letters as they are written, diacritics and all; where the
// tokenizer changed more than those, they get what it made.
func stemOf(language string, input []byte, t *analysis.Token) string {
	term := string(t.Term)
	s := stemmerOf(language)
	switch {
	case s == nil:
		return term
	case writtenPlain[language]:
		return s.stem(term)
	}
	written := input[t.Start:t.End]
	if t.Type == analysis.AlphaNumeric && !plainASCII(written) {
		lower := stemmable(language, strings.ToLower(norm.NFKC.String(string(written))))
		if app.FoldText(lower) == term {
			return s.stem(lower)
		}
	}
	return s.stem(term)
}

// stemmable is a word as a stemmer of the language wants it: without what is
// invisible, and of what may be written or not, as the dots of ё, the plain form.
func stemmable(language, word string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < 0x80:
			return r
		case language == "ru" && (r == 0x300 || r == 0x301): // stress
			return -1
		case language == "ru" && r == 'ё':
			return 'е'
		case app.FoldRune(r) == "" && !unicode.IsMark(r):
			return -1
		}
		return r
	}, word)
}

// stemsOf are the stems of a token of a query: also as if it were written without
// diacritics.
func stemsOf(language string, input []byte, t *analysis.Token) []string {
	stem := stemOf(language, input, t)
	s := stemmerOf(language)
	if s == nil || stem == "" || plainASCII(input[t.Start:t.End]) {
		return []string{stem}
	}
	return []string{stem, s.stem(string(t.Term))}
}

func plainASCII(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}
