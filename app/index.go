package app

import "context"

// Index finds things by their words. Package search implements it over bleve.
// It is derived from the store and can be thrown away at any time.
type Index interface {
	// Search returns the best hits first. It may lag behind the store by the
	// changes not yet indexed; hits of things gone meanwhile are the caller's
	// to drop. A query without words finds nothing.
	Search(ctx context.Context, q SearchQuery) (SearchResult, error)
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
}

// SearchQuery is what a user looks for: words (all must occur), "phrases",
// -excluded words and prefix*.
type SearchQuery struct {
	Text  string
	Kinds []Kind // empty for all
	Limit int    // at most this many hits; 0 means 50
	// Typing treats the last word as a prefix, for results while the user types.
	Typing bool
}

// SearchResult holds hits, best first.
type SearchResult struct {
	Hits  []Hit
	Total uint64 // how many there are in all
	// Terms are the words and phrases that a snippet marks, folded by FoldText.
	Terms []string
}

// Hit is one thing found.
type Hit struct {
	Ref
	Score float64
}

// Document is what the index holds of one thing.
type Document struct {
	Ref
	Title    string
	Body     string
	Language string
}

// IndexSource is where the index gets its documents from: the store.
type IndexSource interface {
	// IndexStamp identifies the notebook's line of history: it changes when a
	// backup is restored. An index made under another stamp is of no use.
	IndexStamp(ctx context.Context) (string, error)
	// ChangedDocuments returns what has to be indexed again because of the
	// changes after seq, at most about limit things, and the seq that they
	// reach up to: seq itself when there is nothing. Things whose words come
	// from others (a statement shows its actor's name) are included when the
	// other changes. ErrIndexGap: the log no longer reaches back to seq.
	ChangedDocuments(ctx context.Context, seq int64, limit int) (refs []Ref, upTo int64, err error)
	// Documents returns the documents of refs; what is gone or in the trash is
	// left out.
	Documents(ctx context.Context, refs []Ref) ([]Document, error)
	// EachDocument hands over all documents in batches, from one unchanging
	// state, and returns the seq of that state.
	EachDocument(ctx context.Context, fn func([]Document) error) (seq int64, err error)
	// CountDocuments counts what EachDocument would hand over, and tells the
	// end of the change log.
	CountDocuments(ctx context.Context) (count int, seq int64, err error)
}
