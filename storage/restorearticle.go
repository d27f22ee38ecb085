package storage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/uuid"

	"rejoinder/app"
)

// RestoreArticles implements app.Store. The backup's database is copied, brought
// to this format, attached to the writer, and its rows are put in that are not
// here.
func (s *Store) RestoreArticles(ctx context.Context, from app.BackupFile, articles []app.ArticleID, p app.Progress) (app.Changes, error) {
	if s.readOnly != nil {
		return app.Changes{}, s.readOnly
	}
	changes, err := s.restoreArticles(ctx, from, articles, p)
	if err != nil {
		return app.Changes{}, fmt.Errorf("restore from %s: %w", from.Path, domainError(fileError(err)))
	}
	return changes, nil
}

func (s *Store) restoreArticles(ctx context.Context, from app.BackupFile, articles []app.ArticleID, p app.Progress) (changes app.Changes, err error) {
	dir := filepath.Join(s.dir, besidePrefix+uuid.NewString())
	if err := os.Mkdir(dir, 0o700); err != nil {
		return changes, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	repo, err := takeBackup(from, filepath.Join(dir, databaseName))
	if err != nil {
		return changes, err
	}
	staged, err := Open(ctx, dir) // brings it to this format
	if err != nil {
		return changes, err
	}
	hashes, err := staged.originalsOf(ctx, articles)
	if err = errors.Join(err, staged.Close()); err != nil {
		return changes, err
	}
	if len(hashes) == 0 {
		return changes, app.Problem(app.ErrNotFound, "the backup has none of these articles")
	}
	// As an import does: the originals before the rows that refer to them.
	_, missing, err := restoreOriginals(ctx, s.dir, repo, hashes, p)
	if err != nil {
		return changes, err
	}
	changes, err = s.attached(ctx, filepath.Join(dir, databaseName), func() (app.Changes, error) {
		return s.update(ctx, app.Op{Name: "restore-articles"}, func(t *tx) error { return t.putBackArticles(articles, missing) })
	})
	return changes, err
}

// originalsOf lists the hashes of the originals of all versions of these articles,
// or of all.
func (s *Store) originalsOf(ctx context.Context, articles []app.ArticleID) (hashes []string, err error) {
	err = s.view(ctx, func(r *reader) error {
		query, args := "", []any(nil)
		if len(articles) > 0 {
			query, args = " WHERE v.article"+inList, []any{asList(articles)}
		}
		hashes, err = list(r, scanText[string], "SELECT DISTINCT t.original FROM article_texts v JOIN texts t ON t.id = v.text"+query, args...)
		return err
	})
	return hashes, err
}

// attached runs fn while the database at path is the writer's schema "backup".
func (s *Store) attached(ctx context.Context, path string, fn func() (app.Changes, error)) (c app.Changes, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.writer == nil {
		return c, errors.New("the notebook is closed")
	}
	whole := context.WithoutCancel(ctx)
	if _, err := s.writer.ExecContext(whole, "ATTACH ? AS backup", path); err != nil {
		return c, err
	}
	defer func() {
		_, e := s.writer.ExecContext(whole, "DETACH backup")
		err = errors.Join(err, e)
	}()
	return fn()
}

// putBackArticles puts in the rows of the attached backup that belong to the
// articles, or to all when none is named, and are not here, and takes the articles
// out of the trash.
func (t *tx) putBackArticles(articles []app.ArticleID, missing []string) error {
	if err := t.exec("PRAGMA defer_foreign_keys = ON"); err != nil {
		return err
	}
	if len(articles) == 0 {
		var err error
		if articles, err = list(&t.reader, scanText[app.ArticleID], "SELECT id FROM backup.articles WHERE trashed IS NULL"); err != nil {
			return err
		}
	}
	if len(articles) == 0 {
		return app.Problem(app.ErrNotFound, "the backup has no articles")
	}
	for _, q := range putBackQueries {
		columns, err := list(&t.reader, scanText[string], "SELECT name FROM pragma_table_info(?, 'main') ORDER BY cid", q.table)
		if err != nil {
			return err
		}
		names := strings.Join(columns, ", ")
		if err := t.exec("INSERT OR IGNORE INTO main."+q.table+" ("+names+") SELECT "+names+" FROM backup."+q.table+" x WHERE "+
			strings.ReplaceAll(q.where, "ARTICLES", "IN (SELECT value FROM json_each(?1))"), asList(articles)); err != nil {
			return fmt.Errorf("%s: %w", q.table, err)
		}
	}
	// A tag of the same name that was made since bears what the old one bore.
	if err := t.exec(`INSERT OR IGNORE INTO main.taggings (tag, kind, target)
		SELECT here.id, g.kind, g.target FROM backup.taggings g JOIN backup.tags b ON b.id = g.tag
		JOIN main.tags here ON here.path = b.path COLLATE NOCASE AND here.trashed IS NULL
		WHERE g.target IN (SELECT value FROM json_each(?1))
			OR g.target IN (SELECT id FROM backup.annotations WHERE article IN (SELECT value FROM json_each(?1)))`, asList(articles)); err != nil {
		return err
	}
	for _, id := range articles {
		if err := t.recover(app.RefTo(app.KindArticle, id)); err != nil {
			return err
		}
	}
	t.Describe("Restore %s from a backup", counted(len(articles), "article"))
	if len(articles) == 1 {
		a, err := t.Article(articles[0])
		if err != nil {
			return err
		}
		t.Describe("Restore “%s” from a backup", a.Title)
	}
	if len(missing) > 0 {
		t.Describe("%s, without %s", t.label, counted(len(missing), "original"))
	}
	return nil
}

const (
	marksOf      = "SELECT id FROM backup.annotations WHERE article ARTICLES"
	statementsOf = "SELECT id FROM backup.statements WHERE passage IN (" + marksOf + ")"
	relationsOf  = "SELECT id FROM backup.relations WHERE passage IN (" + marksOf + ")"
	claimsOf     = `SELECT claim FROM backup.statements WHERE passage IN (` + marksOf + `)
		UNION SELECT from_claim FROM backup.relations WHERE passage IN (` + marksOf + `)
		UNION SELECT to_claim FROM backup.relations WHERE passage IN (` + marksOf + `)
		UNION SELECT claim FROM backup.relation_with WHERE relation IN (` + relationsOf + `)`
	actorsOf = `SELECT actor FROM backup.statements WHERE passage IN (` + marksOf + `)
		UNION SELECT reported_by FROM backup.statements WHERE passage IN (` + marksOf + `) AND reported_by IS NOT NULL`
	aboutOf = `x.target ARTICLES OR x.target IN (` + marksOf + `) OR x.target IN (` + statementsOf + `)`
)

// putBackQueries choose the rows x of each table of a backup that belong to
// articles.
var putBackQueries = []struct{ table, where string }{
	{"originals", "x.sha256 IN (SELECT t.original FROM backup.article_texts v JOIN backup.texts t ON t.id = v.text WHERE v.article ARTICLES)"},
	{"texts", "x.id IN (SELECT text FROM backup.article_texts WHERE article ARTICLES) OR x.id IN (SELECT text FROM backup.annotations WHERE article ARTICLES)"},
	{"stories", "x.id IN (SELECT story FROM backup.articles WHERE id ARTICLES)"},
	{"articles", "x.id ARTICLES"},
	{"article_texts", "x.article ARTICLES"},
	{"annotations", "x.article ARTICLES"},
	{"carried", "x.annotation IN (" + marksOf + ")"},
	{"claims", `x.id IN (WITH RECURSIVE c (id) AS (` + claimsOf + `
		UNION SELECT m.merged_into FROM backup.claims m JOIN c ON m.id = c.id WHERE m.merged_into IS NOT NULL) SELECT id FROM c)`},
	{"actors", `x.id IN (WITH RECURSIVE a (id) AS (` + actorsOf + `
		UNION SELECT b.part_of FROM backup.actors b JOIN a ON b.id = a.id WHERE b.part_of IS NOT NULL
		UNION SELECT b.merged_into FROM backup.actors b JOIN a ON b.id = a.id WHERE b.merged_into IS NOT NULL) SELECT id FROM a)`},
	{"statements", "x.id IN (" + statementsOf + ")"},
	{"relations", "x.id IN (" + relationsOf + ")"},
	{"relation_with", "x.relation IN (" + relationsOf + ")"},
	{"notes", "x.id IN (SELECT note FROM backup.note_links x WHERE " + aboutOf + ")"},
	{"note_links", aboutOf},
	{"tags", "x.id IN (SELECT x.tag FROM backup.taggings x WHERE " + aboutOf + ")"},
	{"collected", "x.article ARTICLES AND x.collection IN (SELECT id FROM main.collections)"},
	{"readings", "x.article ARTICLES"},
}
