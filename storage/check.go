package storage

import (
	"context"
	"fmt"

	"rejoinder/app"
)

// Check implements app.Store.
func (s *Store) Check(ctx context.Context, p app.Progress) ([]app.Finding, error) {
	var out []app.Finding
	err := s.view(ctx, func(r *reader) error {
		for _, part := range []func(*reader) ([]app.Finding, error){checkDatabase, checkReferences} {
			found, err := part(r)
			if err != nil {
				return err
			}
			out = append(out, found...)
		}
		return nil
	})
	if err != nil {
		return out, err
	}
	found, err := s.checkOriginals(ctx, p)
	return append(out, found...), err
}

func checkDatabase(r *reader) ([]app.Finding, error) {
	lines, err := list(r, scanText[string], "PRAGMA integrity_check(20)")
	if err != nil {
		return nil, err
	}
	if len(lines) == 1 && lines[0] == "ok" {
		return []app.Finding{{Part: "database", OK: true, Text: "the database is whole"}}, nil
	}
	var out []app.Finding
	for _, l := range lines {
		out = append(out, app.Finding{Part: "database", Text: l})
	}
	return out, nil
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
		return []app.Finding{{Part: "database", OK: true, Text: "every reference leads somewhere"}}, nil
	}
	var out []app.Finding
	for _, b := range broken {
		out = append(out, app.Finding{Part: "database", Text: b})
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
