package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"rejoinder/app"
)

// holding lists the backups that hold any of it. One that cannot be read or written
// anew may hold it, and goes as a whole when there is anything to purge.
func (r repository) holding(ctx context.Context, target purgeTarget, asked bool) []app.PurgedBackup {
	var out []app.PurgedBackup
	paths := backupFiles(r.dir)
	listed := map[string]bool{}
	for _, path := range paths {
		listed[path] = true
		b := app.PurgedBackup{Path: path, Kept: !asked}
		holds := false
		if b.Why = whole(ctx, path); b.Why == "" {
			var err error
			if holds, b.Articles, err = target.in(ctx, path); err != nil {
				b.Why = "it cannot be read"
			}
		}
		b.Removed = asked && b.Why != ""
		if holds || b.Why != "" && !target.none() {
			out = append(out, b)
		}
	}
	// Logs without their database, as of one that another program replaced.
	for _, path := range filesIn(r.dir, "notebook-*.db-*") {
		if !listed[path[:strings.LastIndex(path, backupEnd)+len(backupEnd)]] && !target.none() {
			out = append(out, app.PurgedBackup{Path: path, Removed: asked, Kept: !asked, Why: "it is the log of a database that is not there"})
		}
	}
	return out
}

// emptiedBy says that no backup is left here when these went.
func (r repository) emptiedBy(backups []app.PurgedBackup) bool {
	gone := map[string]bool{}
	for _, b := range backups {
		gone[b.Path] = b.Removed
	}
	have := backupFiles(r.dir)
	for _, path := range have {
		if !gone[path] {
			return false
		}
	}
	return len(have) > 0
}

// whole says why a backup cannot be written anew; "" when it can.
func whole(ctx context.Context, path string) (why string) {
	if strings.HasSuffix(path, encryptedEnd) {
		return "it is encrypted"
	}
	m := readManifest(path)
	if m.Bare && m.Why == app.BackupDamaged {
		return "it is damaged"
	}
	for _, end := range []string{"-wal", "-journal"} {
		if info, err := os.Stat(path + end); err == nil && info.Size() > 0 {
			return "it has a log that was never written into it"
		}
	}
	db, err := openUnchanging(path)
	if err != nil {
		return "it cannot be read"
	}
	defer func() { _ = db.Close() }()
	if err := refuseFormat(ctx, db); err != nil {
		return "it cannot be read"
	}
	// One with a manifest was whole when it was made; a whole reading of each takes long.
	if m.Bare {
		var found string
		if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil || found != "ok" {
			return "it is damaged"
		}
	}
	return ""
}

// openUnchanging opens a database that nobody writes to for reading, so that SQLite
// makes no file beside it.
func openUnchanging(path string) (*sql.DB, error) {
	return sql.Open(driverName, dsn(path, "mode=ro&immutable=1"))
}

// in says whether a backup's database holds anything that has to go, and returns
// the articles that go out of it and are not in the notebook.
func (target purgeTarget) in(ctx context.Context, path string) (holds bool, others []app.PurgedArticle, err error) {
	db, err := openUnchanging(path)
	if err != nil {
		return false, nil, err
	}
	defer func() { _ = db.Close() }()
	r := &reader{ctx: ctx, q: db}
	its, err := r.purgeTarget(target)
	if err != nil {
		return false, nil, err
	}
	quoting, err := r.labelsWith(target.words)
	if err != nil {
		return false, nil, err
	}
	kept, err := r.count(`SELECT EXISTS (SELECT 1 FROM changes c JOIN json_each(?1) a WHERE instr(c.old, a.value) OR instr(c.new, a.value))`,
		asList(notNull(target.articles)))
	if err != nil {
		return false, nil, err
	}
	others, err = list(r, func(row scanner) (a app.PurgedArticle, err error) {
		err = row.Scan(&a.ID, &a.Title)
		return a, err
	}, "SELECT id, title FROM articles WHERE id"+articlesIn+" AND id NOT IN (SELECT value FROM json_each(?2)) ORDER BY title",
		asList(its.articles), asList(notNull(target.known)))
	return !its.none() || len(quoting) > 0 || kept > 0, others, err
}

// purge writes those of the backups that are this repository's anew without it,
// or removes them, and then the originals that no backup has any more, nor the
// notebook, which has named: a backup may just be in the making.
func (r repository) purge(ctx context.Context, backups []app.PurgedBackup, target purgeTarget, named map[string]bool, p app.Progress) error {
	changed := false
	for i, b := range backups {
		if filepath.Dir(b.Path) != r.dir || b.Kept {
			continue
		}
		changed = true
		p.Step(i, len(backups), "backups")
		if b.Removed {
			if err := r.removeWithLogs(b.Path); err != nil {
				return err
			}
			continue
		}
		if err := r.rewrite(ctx, b.Path, func(q querier) error { return target.removeFromBackup(ctx, q) }); err != nil {
			return fmt.Errorf("%s: %w", b.Path, err)
		}
	}
	if !changed && target.none() {
		return nil
	}
	for _, sha := range target.originals {
		if err := removeIfThere(r.originalPath(sha)); err != nil {
			return err
		}
	}
	return errors.Join(r.removeStrays(ctx, named), syncFolder(r.dir))
}

// removeWithLogs removes a backup, and the logs that SQLite would take for its own.
func (r repository) removeWithLogs(path string) error {
	if !strings.HasSuffix(path, backupEnd) && !strings.HasSuffix(path, encryptedEnd) {
		return removeIfThere(path) // a log
	}
	return errors.Join(r.remove(path), removeLogs(path))
}

func removeLogs(path string) error {
	return errors.Join(removeIfThere(path+"-wal"), removeIfThere(path+"-shm"), removeIfThere(path+"-journal"))
}

// removeFromBackup removes what belongs to it here: a backup has a history, texts
// and annotations that the notebook need not have.
func (target purgeTarget) removeFromBackup(ctx context.Context, q querier) error {
	r := &reader{ctx: ctx, q: q}
	const broken = "SELECT count(*) FROM pragma_foreign_key_check"
	before, err := r.count(broken)
	if err != nil {
		return err
	}
	its, err := r.purgeTarget(target)
	if err != nil {
		return err
	}
	if err := its.remove(ctx, q); err != nil {
		return err
	}
	after, err := r.count(broken)
	if err == nil && after > before {
		err = app.Problem(app.ErrDamaged, "without it, %s of this backup would refer to nothing; it was not changed: remove it, and purge again", counted(after, "row"))
	}
	return err
}

// removeStrays removes the originals that neither a backup here nor the notebook
// names. While one of the backups cannot be read, none is removed.
func (r repository) removeStrays(ctx context.Context, named map[string]bool) error {
	keep := map[string]bool{}
	hold := func(sha string) {
		keep[sha] = true
		keep[filepath.Base(r.originalPath(sha))] = true
	}
	for sha := range named {
		hold(sha)
	}
	for _, path := range backupFiles(r.dir) {
		if strings.HasSuffix(path, encryptedEnd) {
			return nil
		}
		hashes, err := originalsOfBackup(ctx, path)
		if err != nil {
			return nil
		}
		for _, sha := range hashes {
			hold(sha)
		}
	}
	for _, shard := range filesIn(filepath.Join(r.dir, originalsName), "??") {
		for _, path := range filesIn(shard, "*") {
			name := filepath.Base(path)
			if keep[name] || !isHash(strings.TrimSuffix(name, ".age")) {
				continue
			}
			if err := errors.Join(removeIfThere(path), syncFolder(shard)); err != nil {
				return err
			}
		}
	}
	return nil
}

func originalsOfBackup(ctx context.Context, path string) ([]string, error) {
	db, err := openUnchanging(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	return list(&reader{ctx: ctx, q: db}, scanText[string], "SELECT sha256 FROM originals")
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
	if err := removeLogs(path); err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil || m.Bare {
		return err
	}
	now, hashes, err := describe(ctx, path)
	if err != nil {
		return err
	}
	m.Counts, m.Originals = now.Counts, now.Originals
	m.Missing = slices.DeleteFunc(m.Missing, func(sha string) bool { return !slices.Contains(hashes, sha) })
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
