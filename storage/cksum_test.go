package storage

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/storage/salvage"
)

// badPages lists what is wrong with the pages of a database that nobody has open.
func badPages(t *testing.T, path string) []salvage.Bad {
	t.Helper()
	f, err := salvage.Open(path, path+"-wal")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if !f.Checksums() {
		t.Fatalf("%s has no checksums", path)
	}
	bad, err := f.Verify(func(int, int) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	return bad
}

// readAll reads every table and every index of a database.
func readAll(path, params string) error {
	db, err := sql.Open(driverName, dsn(path, params))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	var found string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&found); err != nil {
		return domainError(err)
	}
	if found != "ok" {
		return fmt.Errorf("%w: %s", app.ErrDamaged, found)
	}
	return nil
}

// Whatever bit of the file is turned round, somebody says so.
func TestNoFlippedBitIsSilent(t *testing.T) {
	s := newStore(t)
	for i := range 12 {
		a := addArticle(t, s, fmt.Sprint("Article ", i), strings.Repeat(fmt.Sprint("Words of ", i, ". "), 900))
		addMark(t, s, a, strings.Repeat(fmt.Sprint("Words of ", i, ". "), 900), 0, 8)
		addClaim(t, s, fmt.Sprint("It is so ", i))
	}
	copied := backedUp(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(s.dir, databaseName), copied} {
		if bad := badPages(t, path); len(bad) != 0 {
			t.Fatalf("%s: %v", path, bad)
		}
		for _, params := range []string{"mode=ro", "mode=ro&immutable=1", ""} {
			if err := readAll(path, params); err != nil {
				t.Errorf("%s %q: %v", path, params, err)
			}
		}
	}
	whole, err := os.ReadFile(copied)
	if err != nil {
		t.Fatal(err)
	}
	mended := 0
	r := rand.New(rand.NewPCG(7, 7))
	flipped := filepath.Join(t.TempDir(), "flipped.db")
	pages := len(whole) / 4096
	tried := 0
	for n := range 2*pages + 800 {
		at := r.IntN(len(whole))
		switch {
		case n < 800: // every bit of the header
			at = n / 8
		case n < 800+pages: // every page
			at = (n-800)*4096 + r.IntN(4096)
		}
		bit := byte(1) << (n % 8)
		whole[at] ^= bit
		if err := os.WriteFile(flipped, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		if n < 800 || n%50 == 0 {
			if err := readAll(flipped, "mode=ro"); !errors.Is(err, app.ErrDamaged) {
				t.Errorf("bit %d of byte %d: SQLite says %v", n%8, at, err)
			}
		}
		if n >= 800 || n%9 == 0 {
			tried++
			bad := badPages(t, flipped)
			if len(bad) == 0 || bad[0].Page != uint32(at/4096)+1 {
				t.Errorf("bit %d of byte %d: %v", n%8, at, bad)
			}
			f := salvage.OpenBytes(whole, nil)
			page, state := f.Page(uint32(at/4096) + 1)
			whole[at] ^= bit
			if state == salvage.Mended && !bytes.Equal(page, whole[at/4096*4096:at/4096*4096+4096]) {
				t.Errorf("bit %d of byte %d: mended to something else", n%8, at)
			} else if state == salvage.Mended {
				mended++
			}
			continue
		}
		whole[at] ^= bit
	}
	if mended < tried/2 {
		t.Errorf("only %d of %d flipped bits were put back", mended, tried)
	}
}

// A database that does not fit into SQLite's memory has its pages written in
// another order than they stand in.
func TestLargeCopiesHaveChecksums(t *testing.T) {
	s := newStore(t)
	r := rand.New(rand.NewPCG(1, 1))
	for i := range 8 {
		var b strings.Builder
		for b.Len() < 4<<20 {
			_, _ = fmt.Fprintf(&b, "%x ", r.Uint64())
		}
		addArticle(t, s, fmt.Sprint("Article ", i), b.String())
	}
	copied := backedUp(t, s)
	if _, err := s.writer.ExecContext(t.Context(), "VACUUM"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{copied, filepath.Join(s.dir, databaseName)} {
		if bad := badPages(t, path); len(bad) != 0 {
			t.Errorf("%s: %d bad pages: %v…", path, len(bad), bad[0])
		}
		if err := readAll(path, "mode=ro"); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// A notebook of a version without checksums gets them when it is brought up to
// date, while another program may have it open.
func TestOlderNotebookGetsChecksums(t *testing.T) {
	all, err := migrations()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, m := range all[:checksummed-1] {
		rawly(t, dir, m.sql)
	}
	rawly(t, dir, "PRAGMA journal_mode = WAL", "PRAGMA user_version = 6",
		"INSERT INTO meta VALUES ('uuid', '019aa000-0000-7000-8000-000000000000'), ('generation', 'g'), ('pruned', '0'), ('created', '')",
		"INSERT INTO originals VALUES ('ab', 'a.txt', 'text/plain', 3, 1)",
		`WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 400)
			INSERT INTO texts SELECT 't' || i, 'ab', 'plain/1', 3, hex(randomblob(9000)), '[]', '[]', 1, '{}' FROM n`)
	path := filepath.Join(dir, databaseName)
	other, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	var before, after string
	const words = "SELECT group_concat(plain) FROM texts"
	if err := other.QueryRow(words).Scan(&before); err != nil {
		t.Fatal(err)
	}
	s := openIn(t, dir)
	addArticle(t, s, "Long", strings.Repeat("It is so. ", 9000)) // the other reads the first page from the log
	if err := other.QueryRow(words + " WHERE original = 'ab'").Scan(&after); err != nil || before != after {
		t.Errorf("the other program reads something else: %v", err)
	}
	if _, err := other.Exec("INSERT INTO notes (id, body, created, modified) VALUES ('n', 'x', 0, 0); PRAGMA wal_checkpoint"); err != nil {
		t.Error(err)
	}
	var wrong int
	err = s.writer.QueryRowContext(t.Context(), "SELECT count(*) FROM texts WHERE sha256 <> text_sha256(plain, blocks, spans, provenance) OR sha256 = ''").Scan(&wrong)
	if err != nil || wrong > 0 {
		t.Errorf("%d texts with a wrong hash, %v", wrong, err)
	}
	if err := errors.Join(other.Close(), s.Close()); err != nil {
		t.Fatal(err)
	}
	if bad := badPages(t, path); len(bad) != 0 {
		t.Errorf("%d bad pages: %v…", len(bad), bad[0])
	}
	if err := readAll(path, ""); err != nil {
		t.Error(err)
	}
}
