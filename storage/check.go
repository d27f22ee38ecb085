package storage

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"rejoinder/app"
	"rejoinder/storage/salvage"
)

// Check implements app.Store. A part that cannot be read is a finding; the others
// are looked at all the same.
func (s *Store) Check(ctx context.Context, p app.Progress) ([]app.Finding, error) {
	var out []app.Finding
	for _, part := range []struct {
		name  string
		check func(context.Context, app.Progress) ([]app.Finding, error)
	}{
		{"database", s.reading(checkDatabase)},
		{"checksums", s.checkPages},
		{"references", s.reading(checkReferences)},
		{"texts", s.checkTexts},
		{"originals", s.checkOriginals},
	} {
		found, err := part.check(ctx, p)
		if ctx.Err() != nil {
			return append(out, found...), ctx.Err()
		}
		if err != nil {
			found = append(bad(found), app.Finding{Part: part.name, Text: "it cannot be read: " + domainError(err).Error()})
		}
		out = append(out, found...)
	}
	return out, nil
}

// bad leaves out the findings that all is well: the rest could not be read.
func bad(found []app.Finding) []app.Finding {
	return slices.DeleteFunc(found, func(f app.Finding) bool { return f.OK })
}

func (s *Store) reading(part func(*reader) ([]app.Finding, error)) func(context.Context, app.Progress) ([]app.Finding, error) {
	return func(ctx context.Context, _ app.Progress) (found []app.Finding, err error) {
		err = s.view(ctx, func(r *reader) error {
			found, err = part(r)
			return err
		})
		return found, err
	}
}

// What may be listed of one kind of damage.
const mostListed = 20

func checkDatabase(r *reader) ([]app.Finding, error) {
	lines, err := list(r, scanText[string], "PRAGMA integrity_check(20)")
	if len(lines) == 1 && lines[0] == "ok" && err == nil {
		return []app.Finding{{Part: "database", OK: true, Text: "the database is whole"}}, nil
	}
	var out []app.Finding
	for _, l := range lines {
		out = append(out, app.Finding{Part: "database", Text: l})
	}
	return out, err
}

// checkPages compares every page of the file with its checksum, also those that
// no table uses.
func (s *Store) checkPages(ctx context.Context, p app.Progress) ([]app.Finding, error) {
	return checkPagesOf(ctx, filepath.Join(s.dir, databaseName), p)
}

func checkPagesOf(ctx context.Context, path string, p app.Progress) ([]app.Finding, error) {
	wrong, f, err := badPagesOf(ctx, path, p)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	var out []app.Finding
	for i, b := range wrong {
		if i == mostListed {
			out = append(out, app.Finding{Part: "checksums", Text: fmt.Sprintf("and %d more pages", len(wrong)-i)})
			break
		}
		out = append(out, app.Finding{Part: "checksums", Text: b.String()})
	}
	if f.LogGap() {
		out = append(out, app.Finding{Part: "checksums", Text: "the database's log is damaged in its middle"})
	}
	if len(out) == 0 {
		out = append(out, app.Finding{Part: "checksums", OK: true, Text: fmt.Sprintf("%d pages are as they were written", f.Count())})
	}
	if !f.Checksums() {
		out = append(bad(out), app.Finding{Part: "protection", Text: "the pages of the database have no checksums, " +
			"so that a change to them can go unnoticed; for checksums make a backup and restore it"})
	}
	return out, nil
}

// badPagesOf reads every page. Another process may write one at that moment: what
// looks wrong is wrong only when it does so again. The file is the caller's to
// close.
func badPagesOf(ctx context.Context, path string, p app.Progress) ([]salvage.Bad, *salvage.File, error) {
	wrong, f, err := readPages(ctx, path, p)
	if err != nil || len(wrong) == 0 && !f.LogGap() {
		return wrong, f, err
	}
	if err := f.Close(); err != nil {
		return nil, nil, err
	}
	again, f, err := readPages(ctx, path, p)
	return slices.DeleteFunc(again, func(b salvage.Bad) bool { return !slices.Contains(wrong, b) }), f, err
}

func readPages(ctx context.Context, path string, p app.Progress) ([]salvage.Bad, *salvage.File, error) {
	f, err := salvage.Open(path, path+"-wal")
	if err != nil {
		return nil, nil, err
	}
	wrong, err := f.Verify(func(done, total int) error {
		p.Step(done, total, "pages")
		return ctx.Err()
	})
	if err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	return wrong, f, nil
}

// checkTexts compares every text with its hash.
func (s *Store) checkTexts(ctx context.Context, p app.Progress) ([]app.Finding, error) {
	var out []app.Finding
	n := 0
	err := s.view(ctx, func(r *reader) error {
		total, err := r.count("SELECT count(*) FROM texts")
		if err != nil {
			return err
		}
		rows, err := r.q.QueryContext(ctx, "SELECT id, sha256 = text_sha256(plain, blocks, spans, provenance) FROM texts ORDER BY id")
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var id string
			var same bool
			if err := rows.Scan(&id, &same); err != nil {
				return err
			}
			p.Step(n, total, "texts")
			n++
			if !same {
				out = append(out, app.Finding{Part: "texts", Text: fmt.Sprintf("text %s was changed since it was read from its original", id)})
			}
		}
		return rows.Err()
	})
	if err == nil && len(out) == 0 {
		out = append(out, app.Finding{Part: "texts", OK: true, Text: fmt.Sprintf("%d texts are as they were read", n)})
	}
	return out, err
}

// checkReferences looks for rows that refer to nothing; SQLite's own check does
// not see links that name things of several kinds.
func checkReferences(r *reader) ([]app.Finding, error) {
	broken, err := list(r, func(row scanner) (string, error) {
		var table, parent string
		var rowid, key any
		err := row.Scan(&table, &rowid, &parent, &key)
		return fmt.Sprintf("a row of %s refers to nothing in %s", table, parent), err
	}, "PRAGMA foreign_key_check")
	if err != nil {
		return nil, err
	}
	for _, links := range []string{"note_links", "taggings"} {
		n, err := r.count("SELECT count(*) FROM " + links + " WHERE target NOT IN (" + allIDs() + ")")
		if err != nil {
			return nil, err
		}
		if n > 0 {
			broken = append(broken, fmt.Sprintf("%d rows of %s refer to nothing", n, links))
		}
	}
	if len(broken) == 0 {
		return []app.Finding{{Part: "references", OK: true, Text: "every reference leads somewhere"}}, nil
	}
	var out []app.Finding
	for _, b := range broken {
		out = append(out, app.Finding{Part: "references", Text: b})
	}
	return out, nil
}

func allIDs() string {
	query := ""
	for i, thing := range things {
		if i > 0 {
			query += " UNION ALL "
		}
		query += "SELECT id FROM " + thing.table
	}
	return query
}

// checkOriginals reads every original and compares it with its hash.
func (s *Store) checkOriginals(ctx context.Context, p app.Progress) ([]app.Finding, error) {
	var hashes []string
	err := s.view(ctx, func(r *reader) (err error) {
		hashes, err = list(r, scanText[string], "SELECT sha256 FROM originals ORDER BY sha256")
		return err
	})
	if err != nil {
		return nil, err
	}
	var out []app.Finding
	for i, sha := range hashes {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		p.Step(i, len(hashes), "originals")
		if err := verifyFile(s.originalPath(sha), sha); err != nil {
			out = append(out, app.Finding{Part: "originals", Text: fmt.Sprintf("original %s: %v", sha, err)})
		}
	}
	if len(out) == 0 {
		out = append(out, app.Finding{Part: "originals", OK: true, Text: fmt.Sprintf("%d originals are unchanged", len(hashes))})
	}
	return out, nil
}
