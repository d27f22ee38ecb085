package storage

import (
	"context"
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
	for _, path := range unfinishedIn(s.dir) {
		if err := os.RemoveAll(path); err != nil {
			return report, fmt.Errorf("purge: %w", err)
		}
	}
	for _, sha := range target.originals {
		path := s.originalPath(sha)
		if err := errors.Join(removeIfThere(path), removeIfThere(path+".damaged"), syncFolder(filepath.Dir(path))); err != nil && !errors.Is(err, os.ErrNotExist) {
			return report, fmt.Errorf("purge: %w", err)
		}
	}
	return report, nil
}

// unfinishedIn lists what programs that were killed may have left in a notebook's
// folder: halves of originals, backups, restores and recoveries.
func unfinishedIn(dir string) []string {
	paths := append(filesIn(dir, besidePrefix+"*-*-*"), filesIn(dir, databaseName+".*"+recovering+"*")...)
	paths = append(paths, filesIn(dir, "*.part")...)
	for _, repo := range repositories(dir) {
		paths = append(paths, filesIn(repo.dir, "*.part")...)
	}
	for _, shard := range filesIn(filepath.Join(dir, originalsName), "??") {
		paths = append(append(paths, filesIn(shard, ".new-*")...), filesIn(shard, "*.part")...)
	}
	return paths
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
