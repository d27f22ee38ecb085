package search

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"runtime/debug"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/mapping"

	"rejoinder/app"
)

// mappingVersion changes with anything below that the sample of formVersion
// does not show: fields, options, the form of a document's key.
const mappingVersion = 1

// The fields of a document. The exact ones hold every word as it is written,
// stop words included, with positions for phrases; the English ones hold stems,
// for documents that are in English or may be.
const (
	fieldKind      = "kind"
	fieldTitle     = "title"
	fieldBody      = "body"
	fieldTitleStem = "title_en"
	fieldBodyStem  = "body_en"
)

const (
	analyzerExact   = "exact"
	analyzerEnglish = "english"
)

// theMapping is built once: an analyzer that is wrong is a fault of the program.
var theMapping = sync.OnceValue(func() *mapping.IndexMappingImpl {
	im := bleve.NewIndexMapping()
	for name, filters := range map[string][]any{
		analyzerExact:   {},
		analyzerEnglish: {lettersName, en.StopName, en.SnowballStemmerName},
	} {
		err := im.AddCustomAnalyzer(name, map[string]any{
			"type": custom.Name, "tokenizer": tokenizerName, "token_filters": filters,
		})
		if err != nil {
			panic(err)
		}
	}
	doc := bleve.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt(fieldKind, textField(keyword.Name, false))
	doc.AddFieldMappingsAt(fieldTitle, textField(analyzerExact, true))
	doc.AddFieldMappingsAt(fieldBody, textField(analyzerExact, true))
	doc.AddFieldMappingsAt(fieldTitleStem, textField(analyzerEnglish, false))
	doc.AddFieldMappingsAt(fieldBodyStem, textField(analyzerEnglish, false))
	doc.AddSubDocumentMapping("_all", bleve.NewDocumentDisabledMapping())
	im.DefaultMapping = doc
	im.DefaultAnalyzer = analyzerExact
	return im
})

func textField(analyzer string, positions bool) *mapping.FieldMapping {
	f := bleve.NewTextFieldMapping()
	f.Analyzer = analyzer
	f.Store = false
	f.DocValues = false
	f.IncludeInAll = false
	f.IncludeTermVectors = positions
	return f
}

// fieldsOf lays a document out in fields.
func fieldsOf(d app.Document) map[string]any {
	title, body := strings.ToValidUTF8(d.Title, " "), strings.ToValidUTF8(d.Body, " ")
	fields := map[string]any{fieldKind: string(d.Kind), fieldTitle: title, fieldBody: body}
	if d.Language == "" || d.Language == "en" || strings.HasPrefix(d.Language, "en-") {
		fields[fieldTitleStem], fields[fieldBodyStem] = title, body
	}
	return fields
}

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

// analyze runs one of the analyzers over a text of a query.
func analyze(analyzer, text string) analysis.TokenStream {
	return theMapping().AnalyzerNamed(analyzer).Analyze([]byte(text))
}

// sample holds something of each that cutting and folding treat specially.
const sample = "The Union's co-operation, U.S. Xi’an l’homme naïve ﬁnance ＵＳ straße 3.14 a_b.c " +
	"人权问题 ひらがな ｶﾞｷﾞ العَرَبِيَّة ئۇيغۇر ภาษาไทย Ελλάδα sanctions running Qurʾan soft\u00adhyphen नमस्ते"

// formVersion says how documents are laid out and cut into words. It follows
// the libraries and app.FoldText by itself.
var formVersion = sync.OnceValue(func() string {
	h := sha256.New()
	for _, analyzer := range []string{analyzerExact, analyzerEnglish} {
		for _, t := range analyze(analyzer, sample) {
			fmt.Fprintf(h, "%s %d %d\n", t.Term, t.Position, t.Type)
		}
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if strings.HasPrefix(m.Path, "github.com/blevesearch/bleve/") ||
				strings.HasPrefix(m.Path, "github.com/blevesearch/zapx/") {
				fmt.Fprintln(h, m.Path, m.Version)
			}
		}
	}
	return fmt.Sprintf("%d-%s", mappingVersion, hex.EncodeToString(h.Sum(nil)[:8]))
})

// stampOf combines the form of the index with the notebook's line of history.
func stampOf(source string) string { return formVersion() + " " + source }
