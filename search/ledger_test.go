package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"rejoinder/app"
)

// ledger is the peer of this package's contract: documents and a log of their
// changes, in memory.
type ledger struct {
	mu      sync.Mutex
	stamp   string
	docs    map[app.Ref]app.Document
	log     []app.Ref
	start   int64 // the log reaches back to here
	fail    error // what every call returns
	handed  func(n int) error
	batch   int
	builds  int
	changed int // calls of ChangedDocuments
	numbers uint32
	borneBy []bearer
	meant   map[string][]app.Meant // by field:value
}

func newLedger(docs ...app.Document) *ledger {
	l := &ledger{stamp: "one", docs: map[app.Ref]app.Document{}, batch: 100}
	l.put(docs...)
	return l
}

func (l *ledger) put(docs ...app.Document) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, d := range docs {
		if d.Number == 0 {
			if d.Number = l.docs[d.Ref].Number; d.Number == 0 {
				l.numbers++
				d.Number = l.numbers
			}
		}
		l.docs[d.Ref] = d
		l.log = append(l.log, d.Ref)
	}
}

func (l *ledger) drop(refs ...app.Ref) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, r := range refs {
		delete(l.docs, r)
		l.log = append(l.log, r)
	}
}

func (l *ledger) with(fn func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fn()
}

func (l *ledger) built() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.builds
}

func (l *ledger) end() int64 { return l.start + int64(len(l.log)) }

func (l *ledger) IndexStamp(context.Context) (string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.stamp, l.fail
}

func (l *ledger) ChangedDocuments(_ context.Context, seq int64, limit int, kinds ...app.Kind) ([]app.Ref, int64, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.changed++
	if l.fail != nil {
		return nil, 0, l.fail
	}
	if seq < l.start {
		return nil, 0, fmt.Errorf("after %d: %w", seq, app.ErrIndexGap)
	}
	if seq >= l.end() {
		return nil, seq, nil
	}
	upTo := min(l.end(), seq+int64(limit))
	var refs []app.Ref
	for _, r := range l.log[seq-l.start : upTo-l.start] {
		if !slices.Contains(refs, r) && of(kinds, r.Kind) {
			refs = append(refs, r)
		}
	}
	return refs, upTo, nil
}

func (l *ledger) Documents(_ context.Context, refs []app.Ref) ([]app.Document, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var docs []app.Document
	for _, r := range refs {
		if d, ok := l.docs[r]; ok {
			docs = append(docs, d)
		}
	}
	return docs, l.fail
}

func (l *ledger) EachDocument(ctx context.Context, fn func([]app.Document) error, kinds ...app.Kind) (int64, error) {
	l.mu.Lock()
	if of(kinds, app.KindArticle) {
		l.builds++
	}
	var all []app.Document
	for _, d := range l.docs {
		if of(kinds, d.Kind) {
			all = append(all, d)
		}
	}
	seq, err, handed, batch := l.end(), l.fail, l.handed, l.batch
	l.mu.Unlock()
	if err != nil {
		return 0, err
	}
	slices.SortFunc(all, func(a, b app.Document) int {
		return slices.Compare([]byte(keyOf(a.Ref)), []byte(keyOf(b.Ref)))
	})
	n := 0
	for part := range slices.Chunk(all, batch) {
		if err := fn(part); err != nil {
			return 0, fmt.Errorf("each: %w", err)
		}
		if n += len(part); handed != nil {
			if err := handed(n); err != nil {
				return 0, err
			}
		}
	}
	return seq, ctx.Err()
}

func (l *ledger) CountDocuments(_ context.Context, kinds ...app.Kind) (n int, seq int64, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for r := range l.docs {
		if of(kinds, r.Kind) {
			n++
		}
	}
	return n, l.end(), l.fail
}

func of(kinds []app.Kind, k app.Kind) bool { return len(kinds) == 0 || slices.Contains(kinds, k) }

// borne says that a thing bears a value.
func (l *ledger) borne(field, value string, refs ...app.Ref) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.log = append(l.log, app.Ref{Kind: app.KindTag, ID: value})
	for _, r := range refs {
		l.borneBy = append(l.borneBy, bearer{field, value, r})
	}
}

type bearer struct {
	field, value string
	ref          app.Ref
}

func (l *ledger) Meaning(_ context.Context, field, value string) ([]app.Meant, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.meant[field+":"+value], l.fail
}

func (l *ledger) Bearers(_ context.Context, field string, values []string, fn func(string, app.Kind, uint32)) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, b := range l.borneBy {
		if d, ok := l.docs[b.ref]; ok && b.field == field && (len(values) == 0 || slices.Contains(values, b.value)) {
			fn(b.value, d.Kind, d.Number)
		}
	}
	return l.fail
}

func (l *ledger) BearersVersion(context.Context, string) (int64, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.end(), l.fail
}

func (l *ledger) Called(_ context.Context, _ string, ids []string) (map[string]string, error) {
	out := map[string]string{}
	for _, id := range ids {
		out[id] = id
	}
	return out, nil
}

func (l *ledger) Ordered(_ context.Context, sort app.SearchSort, kinds []app.Kind, only map[app.Kind][]uint32, fn func(app.Ordered) bool) error {
	for _, o := range l.inOrder(sort) {
		if of(kinds, o.Kind) && (only == nil || slices.Contains(only[o.Kind], o.Number)) && !fn(o) {
			break
		}
	}
	return nil
}

// inOrder lists everything as the store orders it: titles from A, dates and times
// from the newest, what has none last.
func (l *ledger) inOrder(sort app.SearchSort) (all []app.Ordered) {
	l.mu.Lock()
	defer l.mu.Unlock()
	touched := map[app.Ref]int{}
	for i, r := range l.log {
		touched[r] = i
	}
	for _, d := range l.docs {
		key := strings.ToLower(d.Title)
		switch sort {
		case app.ByDate:
			key = strings.Map(func(r rune) rune { return '9' - r + '0' }, string(d.Date)) + "~"
		case app.ByTouched:
			key = fmt.Sprintf("%09d", 999_999_999-touched[d.Ref])
		}
		all = append(all, app.Ordered{Ref: d.Ref, Number: d.Number, Key: key})
	}
	slices.SortFunc(all, func(a, b app.Ordered) int {
		if sort == app.ByTitle {
			return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.ID, b.ID))
		}
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(b.ID, a.ID))
	})
	return all
}

var errLedger = errors.New("the ledger is out")

func article(id, title, body string) app.Document {
	return app.Document{Ref: app.Ref{Kind: app.KindArticle, ID: id}, Title: title, Body: body}
}

// numbered makes n articles, each with a word of its own and one of all.
func numbered(n int) []app.Document {
	docs := make([]app.Document, n)
	for i := range docs {
		docs[i] = article(fmt.Sprintf("a%05d", i), fmt.Sprintf("Report %d", i),
			fmt.Sprintf("Everybody wrote number%d about sanctions.", i))
	}
	return docs
}

// opened opens an index that the test closes.
func opened(t *testing.T, dir string, source app.IndexSource) *Index {
	t.Helper()
	ix, err := Open(t.Context(), dir, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closed(t, ix) })
	return ix
}

func closed(t *testing.T, ix *Index) {
	t.Helper()
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
}

func synced(t *testing.T, ix *Index) *Index {
	t.Helper()
	if err := ix.Sync(t.Context()); err != nil {
		t.Fatalf("sync: %v", err)
	}
	return ix
}

// finds says what a query is to find, in any order.
func finds(t *testing.T, ix *Index, text string, ids ...string) {
	t.Helper()
	result, err := ix.Search(t.Context(), app.SearchQuery{Text: text})
	if err != nil {
		t.Fatalf("search %q: %v", text, err)
	}
	got := idsOf(result)
	slices.Sort(got)
	slices.Sort(ids)
	if !slices.Equal(got, ids) {
		t.Errorf("%q finds %q, not %q", text, got, ids)
	}
}

func idsOf(r app.SearchResult) []string {
	var ids []string
	for _, h := range r.Hits {
		ids = append(ids, h.ID)
	}
	return ids
}

// total says how many a query finds.
func total(t *testing.T, ix *Index, text string, want int) {
	t.Helper()
	result, err := ix.Search(t.Context(), app.SearchQuery{Text: text})
	if err != nil {
		t.Fatalf("search %q: %v", text, err)
	}
	if int(result.Total) != want {
		t.Errorf("%q finds %d, not %d", text, result.Total, want)
	}
}
