package app

import "context"

// Index finds things by their words. Package search implements it over bleve.
// It is derived from the store and can be thrown away at any time.
type Index interface {
	// Search returns the best hits first. It may lag behind the store by the
	// changes not yet indexed; hits of things gone meanwhile are the caller's
	// to drop. A query that asks for nothing finds nothing.
	Search(ctx context.Context, q SearchQuery) (SearchResult, error)
	// Facets counts what q finds by kind, publisher and so on.
	Facets(ctx context.Context, q SearchQuery) ([]Facet, error)
	// Broaden lists words that occur far more often in the best hits of q than
	// elsewhere, the most telling first.
	Broaden(ctx context.Context, q SearchQuery) ([]Weighed, error)
	// Explain says why a thing ranks where it does, or why it is not found.
	Explain(ctx context.Context, q SearchQuery, ref Ref) (Explanation, error)
	// Marks finds in a text of a language what SearchResult.Terms mark: start and
	// exclusive end in code points, in order and not overlapping. It needs no
	// index.
	Marks(text, language string, terms []Term) []Mark

	// Wake tells that the change log grew; indexing goes on in the background.
	Wake()
	// Sync returns when all that was in the change log at the call is indexed.
	Sync(ctx context.Context) error
	// Rebuild builds the index anew beside the old one, which serves meanwhile.
	Rebuild(ctx context.Context, p Progress) error
	// Check compares the index with the store. A finding that is not OK calls
	// for a Rebuild.
	Check(ctx context.Context) (Finding, error)
	// Status says how far the index is.
	Status() IndexStatus
	Close() error
}

// IndexStatus says how far the index is.
type IndexStatus struct {
	Building bool // a rebuild is running
	Done     int  // things indexed so far while building
	Total    int  // things to index while building; 0 when unknown
	Behind   int  // changes still to index
	Err      error
	Without  error // why there is no index: searches read everything, which is slower
}

// SearchQuery is what a user looks for, in the language of package query.
type SearchQuery struct {
	Text  string
	Kinds []Kind // empty for all
	Limit int    // at most this many hits; 0 means 50
	// Typing treats the last word as a prefix, for results while the user types.
	Typing bool
	// Any takes things that have any of the words of a query without operators,
	// not all of them.
	Any  bool
	Sort SearchSort
	// Like finds what is like this thing, apart from the thing itself; Text may
	// narrow it.
	Like Ref
}

// SearchSort orders results.
type SearchSort string

// The orders; dates and times run from the newest.
const (
	ByRelevance SearchSort = ""
	ByDate      SearchSort = "date" // of publication, or when a statement was made
	ByTitle     SearchSort = "title"
	ByTouched   SearchSort = "touched"
)

// SearchSorts are all orders, the usual one first.
var SearchSorts = []SearchSort{ByRelevance, ByDate, ByTitle, ByTouched}

// SearchResult holds hits, best first.
type SearchResult struct {
	Hits []Hit
	// Total is how many there are in all; with More there are more than that.
	Total uint64
	More  bool
	// Whole is how many of Hits have all of the words; those behind them, which
	// Total does not count, have only some.
	Whole int
	// Terms are what a snippet marks; see Index.Marks.
	Terms []Term
	// Problems are what was read otherwise than it may be meant.
	Problems []SearchProblem
}

// SearchProblem is a place in a query, in code points, and what is odd there.
type SearchProblem struct {
	Start, End int
	Text       string
	Note       bool // nothing is wrong: it says how the text was read
}

// Hit is one thing found. Scores are shares of the best that a thing could have
// for the query, from 0 to 1; of a query of conditions alone, and of a sorted
// one, they are 0.
type Hit struct {
	Ref
	Score float64
}

// Term is a word that a search looked for: as it is written, or by its stem in a
// language. Words of a phrase follow one another.
type Term struct {
	Words    []string // folded; more than one for a phrase
	Language string   // "" when the words are compared as they are written
	Prefix   bool     // the last word is only the beginning of one
}

// Mark is a place in a text, in code points, and which of the terms it is of.
type Mark struct{ Start, End, Term int }

// Weighed is a word and how telling it is.
type Weighed struct {
	Word   string
	Weight float64
}

// Facet is one way of dividing what was found.
type Facet struct {
	Field  string // of the query language: kind, publisher, lang, year, tag, actor, in
	Values []FacetValue
	Others int // how many further values there are
}

// FacetValue is one part of it.
type FacetValue struct {
	Value string // as the query language takes it
	Count int
}

// Explanation is a tree of reasons.
type Explanation struct {
	Text  string        `json:"text"`
	Value float64       `json:"value"`
	Parts []Explanation `json:"parts,omitempty"`
}

// Document is what the index holds of one thing.
type Document struct {
	Ref
	// Number is the thing's number among those of its kind, the same as in
	// IndexSource.Bearers. It changes only together with the change log.
	Number    uint32
	Title     string
	Body      string
	Note      string // what the user wrote about it, which Body holds too
	Author    string
	Publisher string
	Language  string
	Date      Date   // of publication, or when a statement was made
	Sort      string // what kind: finds it by besides Ref.Kind: article-newspaper
}

// IndexSource is where the index gets its documents from: the store. An empty
// list of kinds means all.
type IndexSource interface {
	// IndexStamp identifies the notebook's line of history: it changes when a
	// backup is restored. An index made under another stamp is of no use.
	IndexStamp(ctx context.Context) (string, error)
	// ChangedDocuments returns what has to be indexed again because of the
	// changes after seq, at most about limit things, and the seq that they
	// reach up to: seq itself when there is nothing. Things whose words come
	// from others (a statement shows its actor's name) are included when the
	// other changes. ErrIndexGap: the log no longer reaches back to seq.
	ChangedDocuments(ctx context.Context, seq int64, limit int, kinds ...Kind) (refs []Ref, upTo int64, err error)
	// Documents returns the documents of refs; what is gone or in the trash is
	// left out.
	Documents(ctx context.Context, refs []Ref) ([]Document, error)
	// EachDocument hands over all documents in batches, from one unchanging
	// state, and returns the seq of that state.
	EachDocument(ctx context.Context, fn func([]Document) error, kinds ...Kind) (seq int64, err error)
	// CountDocuments counts what EachDocument would hand over, and tells the
	// end of the change log.
	CountDocuments(ctx context.Context, kinds ...Kind) (count int, seq int64, err error)

	// Meaning finds what a condition of a query means: tags with their subtags,
	// actors by name or alias, claims by their words, collections with those
	// inside them; or things by their identifiers (ParseReference), where what was
	// merged away leads to what it was merged into. What is in the trash, or gone
	// with its identifier known, comes as a Problem. Nothing when there is nothing
	// of that name.
	Meaning(ctx context.Context, field, value string) ([]Meant, error)
	// Bearers hands over which things bear which values of an attribute. The
	// values of tag, actor, claim and in are identifiers; those of the others are
	// what the query language calls them. With values it tells of those alone. The
	// version changes whenever the answer may.
	Bearers(ctx context.Context, field string, values []string, fn func(value string, kind Kind, number uint32)) error
	BearersVersion(ctx context.Context, field string) (int64, error)
	// Called says what the query language calls the values of tag, actor and in.
	Called(ctx context.Context, field string, ids []string) (map[string]string, error)
	// Ordered hands over things of the kinds in an order until fn is false. With
	// only, no others than these numbers.
	Ordered(ctx context.Context, sort SearchSort, kinds []Kind, only map[Kind][]uint32, fn func(o Ordered) bool) error
}

// Meant is something that a condition of a query means.
type Meant struct {
	ID    string   // "" when Problem says why there is nothing
	Names []string // an actor's name and aliases; a tag's path; a collection's name; a claim's words
	Query string   // of a collection that fills itself, as it is stored
	// Whole says that the value is a name, or the identifier, of just this; else
	// it is part of one, or this stands below what is named.
	Whole   bool
	Problem string // a sentence about what is named and cannot be found
}

// Name is the first of the names.
func (m Meant) Name() string {
	if len(m.Names) == 0 {
		return m.ID
	}
	return m.Names[0]
}

// Ordered is a thing in a list, and by what it stands there.
type Ordered struct {
	Ref
	Number uint32
	Key    string // smaller ones come first
}
