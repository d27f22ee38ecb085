package search

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"

	"rejoinder/app"
)

// layoutVersion changes with anything below that the sample of formVersion does
// not show: fields, options, the form of a document's key.
const layoutVersion = 3

// The fields of a document. Words stand there twice: as they are written, stop
// words included, with positions for phrases; and as stems of the document's
// language, under its code (stemTerm), for ranking. The others are single values.
const (
	fieldTitle     = "title"
	fieldText      = "text"
	fieldTitleStem = "title_stem"
	fieldTextStem  = "text_stem"
	fieldNote      = "note"
	fieldNoteStem  = "note_stem"
	fieldAuthor    = "author"
	fieldPublisher = "publisher"

	fieldKind     = "kind"         // article and article-newspaper, claim
	fieldIssuer   = "publisher_is" // the publisher's whole name
	fieldLanguage = "lang"
	fieldStemmed  = "stemmed" // the language of the stems
	fieldDay      = "day"     // as app.Date
	fieldNumber   = "number"  // four bytes; the kind is in the last bits
)

// lengthFields count the words of the fields that are ranked by, for their
// average.
var lengthFields = map[string]string{
	fieldTitle: "title_length", fieldText: "text_length",
	fieldTitleStem: "title_stem_length", fieldTextStem: "text_stem_length",
	fieldNote: "note_length", fieldNoteStem: "note_stem_length",
}

const (
	withPositions = index.IndexField | index.IncludeTermVectors
	withCounts    = index.IndexField
	asValue       = index.IndexField | index.SkipFreqNorm
	asColumn      = asValue | index.DocValues
)

// theMapping analyses nothing: documents come with their fields.
var theMapping = sync.OnceValue(func() *mapping.IndexMappingImpl {
	im := bleve.NewIndexMapping()
	im.DefaultMapping = bleve.NewDocumentDisabledMapping()
	im.DefaultAnalyzer = keyword.Name
	return im
})

// documentOf lays a document out in fields. What takes time is done when bleve
// analyses the fields, which it does in parallel, in their order.
func documentOf(d app.Document) *document.Document {
	language := stemLanguage(d.Language)
	doc := document.NewDocument(keyOf(d.Ref))
	inOwnWords := language // of a statement's title and of notes, which are the user's
	if d.Kind == app.KindStatement || d.Kind == app.KindAnnotation {
		inOwnWords = stemLanguage("")
	}
	for _, f := range []struct{ exact, stem, text, language string }{
		{fieldTitle, fieldTitleStem, d.Title, inOwnWords}, {fieldText, fieldTextStem, d.Body, language},
		{fieldNote, fieldNoteStem, d.Note, inOwnWords},
	} {
		if f.text == "" {
			continue
		}
		w := &words{language: f.language, text: []byte(strings.ToValidUTF8(f.text, " "))}
		doc.AddField(&textField{name: f.exact, options: withPositions, value: w.text, analyze: w.exact})
		doc.AddField(&textField{name: f.stem, options: withCounts, value: w.text, analyze: w.stems})
		length := func(name string, of *int) {
			count := func([]byte) analysis.TokenStream { return countToken(*of) }
			doc.AddField(document.NewTextFieldCustom(name, nil, w.text, asValue, analyzing(count)))
		}
		length(lengthFields[f.exact], &w.exactLength)
		length(lengthFields[f.stem], &w.stemLength)
	}
	for _, f := range [][2]string{{fieldAuthor, d.Author}, {fieldPublisher, d.Publisher}} {
		if f[1] != "" {
			text := []byte(strings.ToValidUTF8(f[1], " "))
			doc.AddField(document.NewTextFieldCustom(f[0], nil, text, withPositions, analyzing(wordTokenizer{}.Tokenize)))
		}
	}
	value := func(field string, v []byte, options index.FieldIndexingOptions) {
		doc.AddField(document.NewTextFieldCustom(field, nil, v, options, nil))
	}
	value(fieldKind, []byte(d.Kind), asValue)
	if d.Sort != "" && d.Sort != string(d.Kind) {
		value(fieldKind, []byte(d.Sort), asValue)
	}
	for _, f := range [][2]string{{fieldIssuer, d.Publisher}, {fieldLanguage, strings.ToLower(d.Language)}, {fieldDay, string(d.Date)}} {
		if f[1] != "" {
			value(f[0], []byte(f[1]), asValue)
		}
	}
	value(fieldStemmed, []byte(language), asValue)
	if inOwnWords != language {
		value(fieldStemmed, []byte(inOwnWords), asValue)
	}
	value(fieldNumber, binary.BigEndian.AppendUint32(nil, numberOf(d.Kind, d.Number)), asColumn)
	return doc
}

// analyzing is a function as an analyzer.
type analyzing func(input []byte) analysis.TokenStream

// Analyze implements analysis.Analyzer.
func (a analyzing) Analyze(input []byte) analysis.TokenStream { return a(input) }

func countToken(n int) analysis.TokenStream {
	return analysis.TokenStream{{Term: strconv.AppendInt(nil, int64(n), 10), Position: 1}}
}

// kindCodes are the last three bits of a number in the index.
var kindCodes = []app.Kind{
	app.KindArticle, app.KindAnnotation, app.KindNote, app.KindActor, app.KindClaim, app.KindStatement,
}

func numberOf(k app.Kind, n uint32) uint32 { return n<<3 | uint32(max(slices.Index(kindCodes, k), 0)) }

// keyOf is the document's key in the index. The identifier comes first so that
// keys sort by the time at which things were made.
func keyOf(r app.Ref) string { return r.ID + "/" + string(r.Kind) }

func refOf(key string) app.Ref {
	i := strings.LastIndexByte(key, '/')
	if i < 0 {
		return app.Ref{ID: key}
	}
	return app.Ref{Kind: app.Kind(key[i+1:]), ID: key[:i]}
}

// sample holds something of each that cutting and folding treat specially.
const sample = "The Union's co-operation, U.S. Xi’an l’homme naïve ﬁnance ＵＳ straße 3.14 a_b.c " +
	"人权问题 ひらがな ｶﾞｷﾞ العَرَبِيَّة ئۇيغۇر ภาษาไทย Ελλάδας sanctions running Qurʾan soft\u00adhyphen नमस्ते " +
	"１２３ ١٢٣ 10⁶ report³ CO₂ 5½ ① zero\u200bwidth ёлка צה״ל"

// formVersion says how documents are laid out and cut into words. It follows
// the libraries and app.FoldText by itself.
var formVersion = sync.OnceValue(func() string {
	h := sha256.New()
	tokens := wordTokenizer{}.Tokenize([]byte(sample))
	for language := range languageFilters {
		stemmerOf(language)
	}
	for _, t := range tokens {
		fmt.Fprintf(h, "%s %d %d\n", t.Term, t.Position, t.Type)
		for _, language := range []string{"en", "de", "ar", "ru"} {
			fmt.Fprintln(h, stemOf(language, []byte(sample), t))
		}
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if strings.HasPrefix(m.Path, "github.com/blevesearch/") {
				fmt.Fprintln(h, m.Path, m.Version)
			}
		}
	}
	return fmt.Sprintf("%d-%s", layoutVersion, hex.EncodeToString(h.Sum(nil)[:8]))
})

// stampOf combines the form of the index with the notebook's line of history.
func stampOf(source string) string { return formVersion() + " " + source }
