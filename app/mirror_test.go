package app_test

import (
	"maps"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/storage"
)

// mirror follows a notebook's change log as a search index does, from another
// process.
type mirror struct {
	t      *testing.T
	source *storage.Store
	seq    int64
	held   map[app.Ref]app.Document
}

func newMirror(t *testing.T, nb *apptest.Notebook) *mirror {
	t.Helper()
	s, err := storage.Open(t.Context(), nb.Folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return &mirror{t: t, source: s, held: map[app.Ref]app.Document{}}
}

// follow applies what was changed, a few changes at a time, and compares the
// result with all that there is.
func (m *mirror) follow() {
	m.t.Helper()
	ctx := m.t.Context()
	for {
		refs, upTo, err := m.source.ChangedDocuments(ctx, m.seq, 7)
		if err != nil {
			m.t.Fatal(err)
		}
		if upTo == m.seq {
			break
		}
		docs, err := m.source.Documents(ctx, refs)
		if err != nil {
			m.t.Fatal(err)
		}
		for _, ref := range refs {
			delete(m.held, ref)
		}
		for _, d := range docs {
			m.held[d.Ref] = d
		}
		m.seq = upTo
	}
	all := map[app.Ref]app.Document{}
	seq, err := m.source.EachDocument(ctx, func(docs []app.Document) error {
		for _, d := range docs {
			all[d.Ref] = d
		}
		return nil
	})
	count, end, err2 := m.source.CountDocuments(ctx)
	if err != nil || err2 != nil || count != len(all) || seq != m.seq || end != seq {
		m.t.Fatalf("%d documents counted, %d read, up to %d, %d and %d; %v, %v", count, len(all), m.seq, seq, end, err, err2)
	}
	if !maps.Equal(m.held, all) {
		for ref, d := range all {
			if m.held[ref] != d {
				m.t.Errorf("%s is held as %+v, and is %+v", ref, m.held[ref], d)
			}
		}
		m.t.Fatalf("%d documents held of %d", len(m.held), len(all))
	}
}
