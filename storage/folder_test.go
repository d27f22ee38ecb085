package storage

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rejoinder/app"
)

func TestWindowLock(t *testing.T) {
	dir := t.TempDir()
	// A process that died left its name; nobody holds the lock.
	stale, _ := json.Marshal(holder{PID: 1 << 30, Host: "elsewhere", Since: time.Unix(0, 0)})
	if err := os.WriteFile(filepath.Join(dir, holderName), stale, 0o600); err != nil {
		t.Fatal(err)
	}
	release, err := LockWindow(dir)
	if err != nil {
		t.Fatalf("a stale name is in the way: %v", err)
	}
	_, err = LockWindow(dir)
	if !errors.Is(err, app.ErrBusy) || !strings.Contains(err.Error(), fmt.Sprintf("(process %d on ", os.Getpid())) || !strings.Contains(err.Error(), dir) {
		t.Errorf("locked twice: %v", err)
	}
	// Half a name is no reason to fail.
	if err := os.WriteFile(filepath.Join(dir, holderName), []byte(`{"pid":`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err = LockWindow(dir); !errors.Is(err, app.ErrBusy) || strings.Contains(err.Error(), "process") {
		t.Errorf("locked by nobody known: %v", err)
	}
	release()
	again, err := LockWindow(dir)
	if err != nil {
		t.Fatalf("after it was freed: %v", err)
	}
	again()
	// The lock is the window's; commands work beside it.
	openIn(t, dir)
}

func TestInfo(t *testing.T) {
	s := newStore(t)
	gone, merged := addClaim(t, s, "Gone"), addClaim(t, s, "Merged")
	kept := addClaim(t, s, "Kept")
	change(t, s, func(tx app.Tx) error {
		merged.MergedInto = kept.ID
		return errors.Join(tx.SetTrashed(app.RefTo(app.KindClaim, gone.ID), true), tx.PutClaim(merged))
	})
	first := backedUp(t, s)
	if second := backedUp(t, s); filepath.Dir(first) != filepath.Dir(second) || first == second { // perhaps within the same second
		t.Fatal(second)
	}
	info, err := s.Info(t.Context())
	if err != nil || info.Folder != s.dir || info.Schema != newest || !app.IsID(info.UUID) || info.Bytes < 4096 ||
		info.Counts[app.KindClaim] != 1 || len(info.Counts) != len(app.Kinds) || len(info.Backups) != 2 {
		t.Errorf("info %+v, %v", info, err)
	}
	stamp, err := s.IndexStamp(t.Context())
	if err != nil || !strings.HasPrefix(stamp, info.UUID+"/") || len(stamp) < len(info.UUID)+10 {
		t.Errorf("stamp %q, %v", stamp, err)
	}
	// A half-written copy of a backup that was killed is no backup, and not in the way.
	if err := os.WriteFile(first+".part", []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if info, err = s.Info(t.Context()); err != nil || slices.Contains(info.Backups, first+".part") {
		t.Errorf("backups %q, %v", info.Backups, err)
	}
	backedUp(t, s)
}

// A reader sees one state, however much is written meanwhile.
func TestReadersSeeOneState(t *testing.T) {
	s := newStore(t)
	addClaim(t, s, "before")
	look(t, s, func(r app.Reader) error {
		before, err := r.Claims()
		addClaim(t, s, "meanwhile")
		after, err2 := r.Claims()
		if len(before) != 1 || len(after) != 1 {
			t.Errorf("%d claims, then %d", len(before), len(after))
		}
		return errors.Join(err, err2)
	})
	if got := claimTexts(t, s); len(got) != 2 {
		t.Errorf("claims %q", got)
	}
}

// All documents come in batches of bounded size, each thing once.
func TestDocumentsInBatches(t *testing.T) {
	s := newStore(t)
	change(t, s, func(tx app.Tx) error {
		for i := range 2300 {
			if err := tx.PutClaim(app.Claim{ID: app.NewID[app.ClaimID](), Text: fmt.Sprint("claim ", i)}); err != nil {
				return err
			}
		}
		return nil
	})
	for i := range 3 {
		addArticle(t, s, fmt.Sprint("Large ", i), strings.Repeat("word ", batchBytes/6))
	}
	seen := map[app.Ref]bool{}
	batches := 0
	seq, err := s.EachDocument(t.Context(), func(docs []app.Document) error {
		size := 0
		for _, d := range docs {
			size += len(d.Body)
			if seen[d.Ref] {
				t.Errorf("%s twice", d.Ref)
			}
			seen[d.Ref] = true
		}
		if len(docs) > documentBatch || size > 2*batchBytes {
			t.Errorf("a batch of %d documents, %d bytes", len(docs), size)
		}
		batches++
		return nil
	})
	count, end, err2 := s.CountDocuments(t.Context())
	if err != nil || err2 != nil || len(seen) != 2303 || count != 2303 || seq != end || batches < 5 {
		t.Errorf("%d documents, %d counted, %d batches, up to %d of %d; %v, %v", len(seen), count, batches, seq, end, err, err2)
	}
	enough := errors.New("enough")
	if _, err := s.EachDocument(t.Context(), func([]app.Document) error { return enough }); !errors.Is(err, enough) {
		t.Errorf("stopped with %v", err)
	}
	if docs, err := s.Documents(t.Context(), []app.Ref{{Kind: app.KindTag, ID: "x"}, {Kind: app.KindClaim, ID: "nowhere"}}); err != nil || len(docs) != 0 {
		t.Errorf("documents of nothing: %v, %v", docs, err)
	}
}
