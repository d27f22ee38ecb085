package storage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"rejoinder/app"
)

// Purge implements app.Store. What it removes is overwritten (secure_delete) and
// the database is written anew, so that no file of the notebook holds its words;
// what a disk keeps of freed blocks no program can know.
func (s *Store) Purge(ctx context.Context, articles []app.ArticleID, o app.PurgeOptions, p app.Progress) (report app.PurgeReport, err error) {
	if s.readOnly != nil && !o.DryRun {
		return report, s.readOnly
	}
	plan, err := s.planPurge(ctx, articles, o)
	if err != nil {
		return report, fmt.Errorf("purge: %w", err)
	}
	if o.DryRun {
		return plan.report, nil
	}
	// The backups first: when one of them fails, the notebook still knows what is to go.
	if o.Backups {
		named, err := s.namedOriginals(ctx, plan.target.originals)
		if err != nil {
			return plan.report, fmt.Errorf("purge: %w", err)
		}
		for _, repo := range plan.repos {
			if err := repo.purge(ctx, plan.report.Backups, plan.target, named, p); err != nil {
				return plan.report, fmt.Errorf("purge the backups in %s: %w", repo.dir, domainError(fileError(err)))
			}
		}
	}
	if err := s.purgeDatabase(ctx, plan.target); err != nil {
		return plan.report, fmt.Errorf("purge: %w", domainError(err))
	}
	if err := s.purgeFiles(ctx, plan); err != nil {
		return plan.report, fmt.Errorf("purge: %w", err)
	}
	return plan.report, nil
}

// purgeFiles removes the originals, and what killed programs left in the folder.
func (s *Store) purgeFiles(ctx context.Context, plan purgePlan) error {
	for _, path := range unfinishedIn(s.dir) {
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	named, err := s.namedOriginals(ctx, nil) // of an import that has ended since, too
	if err != nil {
		return err
	}
	paths := plan.strays
	for _, sha := range plan.target.originals {
		paths = append(paths, s.originalPath(sha), s.originalPath(sha)+".damaged")
	}
	for _, path := range paths {
		if named[originalOf(path)] {
			continue
		}
		if err := errors.Join(removeIfThere(path), syncFolder(filepath.Dir(path))); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// unfinishedIn lists what programs that were killed may have left in a notebook's
// folder: halves of originals, backups, restores and recoveries.
func unfinishedIn(dir string) []string {
	paths := append(filesIn(dir, besidePrefix+"*-*-*"), filesIn(dir, databaseName+".*"+recovering+"*")...)
	paths = append(append(paths, filesIn(dir, "*.part")...), filesIn(dir, "*.part-journal")...)
	for _, repo := range repositories(dir) {
		paths = append(append(paths, filesIn(repo.dir, "*.part")...), filesIn(repo.dir, "*.part-journal")...)
	}
	for _, shard := range filesIn(filepath.Join(dir, originalsName), "??") {
		paths = append(append(paths, filesIn(shard, ".new-*")...), filesIn(shard, "*.part")...)
	}
	return paths
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
	there, err := r.tables()
	if err != nil {
		return err
	}
	const (
		marks  = "(SELECT id FROM annotations WHERE article" + articlesIn + ")"
		linked = "target" + articlesIn + " OR target IN " + marks + " OR target IN " + emptyStories +
			" OR target IN (SELECT id FROM statements WHERE passage IN " + marks + " UNION SELECT id FROM relations WHERE passage IN " + marks + ")"
	)
	if _, err := q.ExecContext(ctx, "PRAGMA defer_foreign_keys = ON"); err != nil {
		return err
	}
	for _, d := range []struct{ table, where string }{
		{"relation_with", "relation IN (SELECT id FROM relations WHERE passage IN " + marks + ")"},
		{"taggings", linked},
		{"note_links", linked},
		{"relations", "passage IN " + marks},
		{"statements", "passage IN " + marks},
		{"carried", "annotation IN " + marks},
		{"annotations", "article" + articlesIn},
		{"collected", "article" + articlesIn},
		{"readings", "article" + articlesIn},
		{"article_texts", "article" + articlesIn},
		{"stories", "id IN " + emptyStories}, // it is named after one of its articles
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

const (
	articlesIn = " IN (SELECT value FROM json_each(?1))"
	// emptyStories are those of which no article is left.
	emptyStories = `(SELECT story FROM articles WHERE story IS NOT NULL AND id` + articlesIn + `
		EXCEPT SELECT story FROM articles WHERE story IS NOT NULL AND id NOT` + articlesIn + ")"
)

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
