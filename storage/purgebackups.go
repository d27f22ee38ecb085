package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"rejoinder/app"
)

// holding lists the backups that hold any of it, as far as they can be read: one
// that cannot may hold it.
func (r repository) holding(ctx context.Context, target purgeTarget, asked bool) []app.PurgedBackup {
	var out []app.PurgedBackup
	paths := backupFiles(r.dir)
	for _, path := range append(paths, filesIn(r.dir, "notebook-*.db-*")...) {
		holds, err := false, errUnreadable
		if strings.HasSuffix(path, backupEnd) {
			holds, err = target.in(ctx, path)
		}
		if holds || err != nil {
			out = append(out, app.PurgedBackup{Path: path, Removed: asked && err != nil, Kept: !asked})
		}
	}
	return out
}

var errUnreadable = errors.New("it cannot be read without its passphrase")

// in says whether a backup's database holds any of the articles or their texts.
func (target purgeTarget) in(ctx context.Context, path string) (bool, error) {
	db, err := sql.Open(driverName, dsn(path, "mode=ro"))
	if err != nil {
		return false, err
	}
	defer func() { _ = db.Close() }()
	n, err := (&reader{ctx: ctx, q: db}).count(`SELECT (SELECT count(*) FROM articles WHERE id`+articlesIn+`)
		+ (SELECT count(*) FROM texts WHERE id IN (SELECT value FROM json_each(?2)) OR original IN (SELECT value FROM json_each(?3)))`,
		asList(target.articles), asList(target.texts), asList(target.originals))
	return n > 0, err
}

// purge writes those of the backups that are this repository's anew without it,
// or removes them, and then its originals.
func (r repository) purge(ctx context.Context, backups []app.PurgedBackup, target purgeTarget, p app.Progress) error {
	for i, b := range backups {
		if filepath.Dir(b.Path) != r.dir || b.Kept {
			continue
		}
		p.Step(i, len(backups), "backups")
		if b.Removed {
			if err := r.remove(b.Path); err != nil {
				return err
			}
			continue
		}
		if err := r.rewrite(ctx, b.Path, func(q querier) error { return target.remove(ctx, q) }); err != nil {
			return fmt.Errorf("%s: %w", b.Path, err)
		}
	}
	for _, sha := range target.originals {
		if err := removeIfThere(r.originalPath(sha)); err != nil {
			return err
		}
	}
	return syncFolder(r.dir)
}

// rewrite changes a backup: a copy of it is changed and put in its place.
func (r repository) rewrite(ctx context.Context, path string, fn func(querier) error) error {
	m := readManifest(path)
	part := path + ".part"
	if err := removeIfThere(part); err != nil {
		return err
	}
	if err := copyFile(path, part); err != nil {
		return err
	}
	defer func() { _ = removeIfThere(part) }()
	if err := changeFile(ctx, part, fn); err != nil {
		return err
	}
	// Between these two it is a bare one, which holds as much.
	if err := removeIfThere(manifestPath(path)); err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil || m.Bare {
		return err
	}
	counted, _, err := describe(ctx, path)
	if err != nil {
		return err
	}
	m.Counts, m.Originals = counted.Counts, counted.Originals
	if m.SHA256, m.Bytes, err = hashFile(path); err != nil {
		return err
	}
	return m.write(path)
}

// changeFile runs fn on the database at path in one transaction, with nothing of what
// it removes left in the file.
func changeFile(ctx context.Context, path string, fn func(querier) error) error {
	db, err := sql.Open(driverName, dsn(path, "_journal_mode=DELETE&_synchronous=FULL&_secure_delete=on"))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if err := fn(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, "VACUUM"); err != nil {
		return err
	}
	return db.Close()
}
