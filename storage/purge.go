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

// Purge implements app.Store. What it removes is overwritten (secure_delete) and
// the database is written anew, so that no file of the notebook holds its words;
// what a disk keeps of freed blocks no program can know.
func (s *Store) Purge(ctx context.Context, articles []app.ArticleID, o app.PurgeOptions, p app.Progress) (report app.PurgeReport, err error) {
	if s.readOnly != nil && !o.DryRun {
		return report, s.readOnly
	}
	var target purgeTarget
	err = s.view(ctx, func(r *reader) (err error) {
		report, target, err = r.planPurge(articles)
		return err
	})
	if err != nil {
		return report, fmt.Errorf("purge: %w", err)
	}
	repos, err := s.repositories(ctx)
	if err != nil {
		return report, err
	}
	for _, repo := range repos {
		if _, err := os.Stat(repo.dir); err != nil { // a disk that is not plugged in
			report.Backups = append(report.Backups, app.PurgedBackup{Path: repo.dir, Kept: true})
			continue
		}
		report.Backups = append(report.Backups, repo.holding(ctx, target, o.Backups)...)
	}
	if o.DryRun {
		return report, nil
	}
	// The backups first: when one of them fails, the notebook still knows what is to go.
	if o.Backups {
		for _, repo := range repos {
			if _, err := os.Stat(repo.dir); err != nil {
				continue
			}
			if err := repo.purge(ctx, report.Backups, target, p); err != nil {
				return report, fmt.Errorf("purge the backups in %s: %w", repo.dir, domainError(fileError(err)))
			}
		}
	}
	if err := s.purgeDatabase(ctx, target); err != nil {
		return report, fmt.Errorf("purge: %w", domainError(err))
	}
	for _, sha := range target.originals {
		path := s.originalPath(sha)
		if err := errors.Join(removeIfThere(path), removeIfThere(path+".damaged"), syncFolder(filepath.Dir(path))); err != nil && !errors.Is(err, os.ErrNotExist) {
			return report, fmt.Errorf("purge: %w", err)
		}
	}
	return report, nil
}

// repositories are all that hold backups of this notebook and can be reached.
func (s *Store) repositories(ctx context.Context) ([]repository, error) {
	out := []repository{s.backups()}
	second, err := s.second(ctx)
	if second.dir != "" {
		out = append(out, second)
	}
	return out, err
}

// purgeTarget is what has to go.
type purgeTarget struct {
	articles  []app.ArticleID
	texts     []string
	originals []string
	labels    []int64 // steps whose label quotes it
}

// planPurge tells what goes with these articles.
func (r *reader) planPurge(articles []app.ArticleID) (report app.PurgeReport, target purgeTarget, err error) {
	target.articles = append([]app.ArticleID{}, articles...) // none is an empty list, not null
	ids := asList(target.articles)
	var words []string
	for _, id := range articles {
		a, err := r.Article(id)
		if err != nil {
			return report, target, err
		}
		report.Articles, words = append(report.Articles, a), append(words, a.Title)
	}
	// Texts and originals that no other article has; also those that none has any
	// more, as of an import that was undone: undo could bring them back until now.
	if target.texts, err = list(r, scanText[string], `SELECT id FROM texts WHERE id NOT IN (
			SELECT text FROM article_texts WHERE article NOT IN (SELECT value FROM json_each(?1))
			UNION SELECT text FROM articles WHERE id NOT IN (SELECT value FROM json_each(?1))
			UNION SELECT text FROM annotations WHERE article NOT IN (SELECT value FROM json_each(?1))
			UNION SELECT c.text FROM carried c JOIN annotations n ON n.id = c.annotation WHERE n.article NOT IN (SELECT value FROM json_each(?1)))`,
		ids); err != nil {
		return report, target, err
	}
	target.texts = append([]string{}, target.texts...)
	if target.originals, err = list(r, scanText[string], `SELECT sha256 FROM originals WHERE sha256 NOT IN (
			SELECT original FROM texts WHERE id NOT IN (SELECT value FROM json_each(?1))
			UNION SELECT original FROM articles WHERE id NOT IN (SELECT value FROM json_each(?2)))`, asList(target.texts), ids); err != nil {
		return report, target, err
	}
	target.originals = append([]string{}, target.originals...)
	report.Originals = target.originals
	plain, err := list(r, scanText[string], "SELECT plain FROM texts WHERE id"+inList, asList(target.texts))
	if err != nil {
		return report, target, err
	}
	report.Counts = map[app.Kind]int{app.KindArticle: len(articles)}
	for kind, query := range map[app.Kind]string{
		app.KindAnnotation: "SELECT count(*) FROM annotations WHERE article" + inList,
		app.KindStatement:  "SELECT count(*) FROM statements WHERE passage IN (SELECT id FROM annotations WHERE article" + inList + ")",
		app.KindRelation:   "SELECT count(*) FROM relations WHERE passage IN (SELECT id FROM annotations WHERE article" + inList + ")",
	} {
		if report.Counts[kind], err = r.count(query, ids); err != nil {
			return report, target, err
		}
	}
	if report.Searches, err = r.count("SELECT count(*) FROM searches"); err != nil {
		return report, target, err
	}
	if report.Steps, err = r.count("SELECT count(*) FROM steps WHERE state IN ('done', 'undone')"); err != nil {
		return report, target, err
	}
	notes, err := list(r, scanText[string], "SELECT DISTINCT note FROM note_links WHERE target"+inList, ids)
	for _, id := range notes {
		report.Mentions = append(report.Mentions, app.Ref{Kind: app.KindNote, ID: id})
	}
	if err != nil {
		return report, target, err
	}
	target.labels, err = r.labelsWith(append(words, plain...))
	return report, target, err
}

// labelsWith lists the steps whose label quotes any of the texts.
func (r *reader) labelsWith(texts []string) ([]int64, error) {
	type step struct {
		id    int64
		label string
	}
	steps, err := list(r, func(row scanner) (s step, err error) {
		err = row.Scan(&s.id, &s.label)
		return s, err
	}, "SELECT id, label FROM steps")
	var out []int64
	for _, s := range steps {
		for _, text := range texts {
			if quotes(s.label, text) {
				out = append(out, s.id)
				break
			}
		}
	}
	return out, err
}

// quotes says whether a label has something of the text between “ and ”.
func quotes(label, text string) bool {
	for {
		_, rest, ok := strings.Cut(label, "“")
		if !ok {
			return false
		}
		quoted, after, _ := strings.Cut(rest, "”")
		quoted = strings.TrimSpace(strings.TrimSuffix(quoted, "…"))
		if quoted != "" && strings.Contains(text, quoted) {
			return true
		}
		label = after
	}
}

// purgeDatabase removes it from the notebook's own database.
func (s *Store) purgeDatabase(ctx context.Context, target purgeTarget) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.writer == nil {
		return errors.New("the notebook is closed")
	}
	whole := context.WithoutCancel(ctx) // from here on, all of it
	if _, err := s.writer.ExecContext(whole, "PRAGMA secure_delete = ON"); err != nil {
		return err
	}
	err := s.transact(whole, func() error {
		if _, err := s.writer.ExecContext(whole, "UPDATE recorder SET step = NULL"); err != nil {
			return err
		}
		return target.remove(whole, s.writer)
	})
	if err != nil {
		return err
	}
	return compact(whole, s.writer)
}

// compact writes a database anew without what it freed, and empties its log.
func compact(ctx context.Context, q querier) error {
	if _, err := q.ExecContext(ctx, "VACUUM"); err != nil {
		return err
	}
	var busy, log, done int
	if err := q.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &log, &done); err != nil {
		return err
	}
	if busy != 0 {
		return app.Problem(app.ErrBusy, "it was removed, but another program reads the notebook, so its log still has it: close that program and purge once more")
	}
	return nil
}

// remove removes the rows, in the caller's transaction, from a database of any
// format.
func (target purgeTarget) remove(ctx context.Context, q querier) error {
	r := &reader{ctx: ctx, q: q}
	tables, err := list(r, scanText[string], "SELECT name FROM sqlite_master WHERE type = 'table'")
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, t := range tables {
		there[t] = true
	}
	const marks = "(SELECT id FROM annotations WHERE article" + articlesIn + ")"
	if _, err := q.ExecContext(ctx, "PRAGMA defer_foreign_keys = ON"); err != nil {
		return err
	}
	for _, d := range []struct{ table, where string }{
		{"relation_with", "relation IN (SELECT id FROM relations WHERE passage IN " + marks + ")"},
		{"taggings", "target" + articlesIn + " OR target IN " + marks + " OR target IN (SELECT id FROM statements WHERE passage IN " + marks + ")"},
		{"note_links", "target" + articlesIn + " OR target IN " + marks + " OR target IN (SELECT id FROM statements WHERE passage IN " + marks + ")"},
		{"relations", "passage IN " + marks},
		{"statements", "passage IN " + marks},
		{"carried", "annotation IN " + marks},
		{"annotations", "article" + articlesIn},
		{"collected", "article" + articlesIn},
		{"readings", "article" + articlesIn},
		{"article_texts", "article" + articlesIn},
		{"articles", "id" + articlesIn},
		{"texts", "id IN (SELECT value FROM json_each(?2))"},
		{"originals", "sha256 IN (SELECT value FROM json_each(?3))"},
		{"searches", "1"},
	} {
		if !there[d.table] {
			continue
		}
		if _, err := q.ExecContext(ctx, "DELETE FROM "+d.table+" WHERE "+d.where, asList(target.articles), asList(target.texts), asList(target.originals)); err != nil {
			return fmt.Errorf("%s: %w", d.table, err)
		}
	}
	return target.forget(ctx, q)
}

const articlesIn = " IN (SELECT value FROM json_each(?1))"

// forget takes what undo would bring back out of the history: all of it, for the
// rows of any step may quote what was purged.
func (target purgeTarget) forget(ctx context.Context, q querier) error {
	for _, query := range []string{
		"UPDATE changes SET old = NULL, new = NULL WHERE old IS NOT NULL OR new IS NOT NULL",
		"UPDATE steps SET state = 'dropped' WHERE state = 'undone'",
		"UPDATE steps SET state = 'fixed' WHERE state = 'done'",
	} {
		if _, err := q.ExecContext(ctx, query); err != nil {
			return err
		}
	}
	labels := make([]string, len(target.labels))
	for i, id := range target.labels {
		labels[i] = fmt.Sprint(id)
	}
	_, err := q.ExecContext(ctx, "UPDATE steps SET label = op || ' (purged)' WHERE id IN (SELECT CAST(value AS INTEGER) FROM json_each(?1))", asList(labels))
	return err
}

// holding lists the backups that hold any of it, as far as they can be read: one
// that cannot may hold it.
func (r repository) holding(ctx context.Context, target purgeTarget, asked bool) []app.PurgedBackup {
	var out []app.PurgedBackup
	paths := backupFiles(r.dir)
	stray, _ := filepath.Glob(filepath.Join(escapeGlob(r.dir), "notebook-*.db-*"))
	for _, path := range append(paths, stray...) {
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
