package storage

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"

	"rejoinder/app"
)

// purgePlan is what a purge is going to do.
type purgePlan struct {
	report app.PurgeReport
	target purgeTarget
	repos  []repository // that can be reached
	strays []string     // files of originals that no row names
}

// planPurge works out what goes, and what stays though it may have words of it.
func (s *Store) planPurge(ctx context.Context, articles []app.ArticleID, o app.PurgeOptions) (plan purgePlan, err error) {
	var missing []app.ArticleID // from the notebook; of no use unless a backup has them
	err = s.view(ctx, func(r *reader) (err error) {
		if plan.report, err = r.purgeReport(articles); err != nil {
			return err
		}
		for _, id := range articles {
			if !slices.ContainsFunc(plan.report.Articles, func(a app.Article) bool { return a.ID == id }) {
				missing = append(missing, id)
			}
		}
		plan.target, err = r.purgeTarget(purgeTarget{articles: articles})
		plan.report.Originals = plan.target.originals
		plan.target.known, plan.target.articles = plan.target.articles, notNull(articles)
		return err
	})
	if err != nil {
		return plan, err
	}
	if plan.strays, err = s.strayOriginals(ctx); err != nil {
		return plan, err
	}
	plan.report.Strays = len(plan.strays)
	plan.report.Copies = s.strangeCopies()
	repos, err := s.repositories(ctx)
	if err != nil {
		return plan, err
	}
	for _, repo := range repos {
		if _, err := os.Stat(repo.dir); err != nil { // a disk that is not plugged in
			if !plan.target.none() {
				plan.report.Backups = append(plan.report.Backups, app.PurgedBackup{Path: repo.dir, Kept: true})
			}
			continue
		}
		plan.repos = append(plan.repos, repo)
		held := repo.holding(ctx, plan.target, o.Backups)
		plan.report.Backups = append(plan.report.Backups, held...)
		if repo.emptiedBy(held) {
			plan.report.Emptied = append(plan.report.Emptied, repo.dir)
		}
	}
	for _, id := range missing {
		if !slices.ContainsFunc(plan.report.Backups, func(b app.PurgedBackup) bool {
			return slices.ContainsFunc(b.Articles, func(a app.PurgedArticle) bool { return a.ID == id })
		}) {
			return plan, app.Problem(app.ErrNotFound, "neither this notebook nor a backup of it that can be read has an article with the id %s", id)
		}
	}
	return plan, nil
}

// repositories are all that hold backups of this notebook.
func (s *Store) repositories(ctx context.Context) ([]repository, error) {
	out := []repository{s.backups()}
	second, err := s.second(ctx)
	if second.dir != "" {
		out = append(out, second)
	}
	return out, err
}

// purgeReport tells what goes with these articles from the notebook.
func (r *reader) purgeReport(articles []app.ArticleID) (report app.PurgeReport, err error) {
	ids := asList(append([]app.ArticleID{}, articles...)) // none is an empty list, not null
	for _, id := range articles {
		a, err := r.Article(id)
		if errors.Is(err, app.ErrNotFound) {
			continue
		}
		if err != nil {
			return report, err
		}
		report.Articles = append(report.Articles, a)
	}
	report.Counts = map[app.Kind]int{app.KindArticle: len(report.Articles)}
	for kind, query := range map[app.Kind]string{
		app.KindAnnotation: "SELECT count(*) FROM annotations WHERE article" + inList,
		app.KindStatement:  "SELECT count(*) FROM statements WHERE passage IN (SELECT id FROM annotations WHERE article" + inList + ")",
		app.KindRelation:   "SELECT count(*) FROM relations WHERE passage IN (SELECT id FROM annotations WHERE article" + inList + ")",
	} {
		if report.Counts[kind], err = r.count(query, ids); err != nil {
			return report, err
		}
	}
	if report.Searches, err = r.count("SELECT count(*) FROM searches"); err != nil {
		return report, err
	}
	if report.Steps, err = r.count("SELECT count(*) FROM steps WHERE state IN ('done', 'undone')"); err != nil {
		return report, err
	}
	notes, err := list(r, scanText[string], "SELECT DISTINCT note FROM note_links WHERE target"+inList, ids)
	for _, id := range notes {
		report.Mentions = append(report.Mentions, app.Ref{Kind: app.KindNote, ID: id})
	}
	return report, err
}

// purgeTarget is what has to go from one database.
type purgeTarget struct {
	articles  []app.ArticleID
	texts     []string
	originals []string
	known     []app.ArticleID // those of the articles that the notebook has
	labels    []int64         // steps whose label may quote it
	words     []string        // titles and texts that a label may quote
}

// none says that there is nothing to purge.
func (target purgeTarget) none() bool {
	return len(target.articles)+len(target.texts)+len(target.originals) == 0
}

// purgeTarget is what has to go from this database, the notebook's or a backup's of
// any format, so that nothing of asked is left in it: the articles asked for and
// those that own what else is asked for, and the texts and originals that no other
// article has. Those that none has any more, as of an import that was undone, go
// too: undo could bring them back until now.
func (r *reader) purgeTarget(asked purgeTarget) (target purgeTarget, err error) {
	there, err := r.tables()
	if err != nil {
		return target, err
	}
	carried := func(query string) string {
		if there["carried"] {
			return query
		}
		return ""
	}
	const lost = "(SELECT id FROM texts WHERE id IN (SELECT value FROM json_each(?2)) OR original IN (SELECT value FROM json_each(?3)))"
	if target.articles, err = list(r, scanText[app.ArticleID], `SELECT id FROM articles WHERE id`+articlesIn+`
			OR original IN (SELECT value FROM json_each(?3)) OR text IN `+lost+`
			OR id IN (SELECT article FROM article_texts WHERE text IN `+lost+`
				UNION SELECT article FROM annotations WHERE text IN `+lost+
		carried(` UNION SELECT n.article FROM carried c JOIN annotations n ON n.id = c.annotation WHERE c.text IN `+lost)+`)`,
		asList(notNull(asked.articles)), asList(notNull(asked.texts)), asList(notNull(asked.originals))); err != nil {
		return target, err
	}
	target.articles = notNull(target.articles)
	ids := asList(target.articles)
	if target.texts, err = list(r, scanText[string], `SELECT id FROM texts WHERE id NOT IN (
			SELECT text FROM article_texts WHERE article NOT`+articlesIn+`
			UNION SELECT text FROM articles WHERE id NOT`+articlesIn+`
			UNION SELECT text FROM annotations WHERE article NOT`+articlesIn+
		carried(` UNION SELECT c.text FROM carried c JOIN annotations n ON n.id = c.annotation WHERE n.article NOT`+articlesIn)+`)`,
		ids); err != nil {
		return target, err
	}
	target.texts = notNull(target.texts)
	if target.originals, err = list(r, scanText[string], `SELECT sha256 FROM originals WHERE sha256 NOT IN (
			SELECT original FROM texts WHERE id NOT IN (SELECT value FROM json_each(?1))
			UNION SELECT original FROM articles WHERE id NOT IN (SELECT value FROM json_each(?2)))`, asList(target.texts), ids); err != nil {
		return target, err
	}
	target.originals = notNull(target.originals)
	plain, err := list(r, scanText[string], "SELECT plain FROM texts WHERE id"+inList, asList(target.texts))
	if err != nil {
		return target, err
	}
	titles, err := list(r, scanText[string], "SELECT title FROM articles WHERE id"+inList, ids)
	if err != nil {
		return target, err
	}
	target.words = append(append(append([]string{}, asked.words...), titles...), plain...)
	target.labels, err = r.labelsToPurge(target)
	return target, err
}

func notNull[T any](values []T) []T { return append([]T{}, values...) } // null is no list

// tables are the names of the tables of a database.
func (r *reader) tables() (map[string]bool, error) {
	names, err := list(r, scanText[string], "SELECT name FROM sqlite_master WHERE type = 'table'")
	there := map[string]bool{}
	for _, name := range names {
		there[name] = true
	}
	return there, err
}

// labelsToPurge lists the steps whose label may have words of what goes: those that
// quote it, and all that wrote an article or a mark that will not be there, for
// these may have had other words then.
func (r *reader) labelsToPurge(target purgeTarget) ([]int64, error) {
	const marks = "(SELECT id FROM annotations WHERE article" + articlesIn + ")"
	wrote, err := list(r, scanID, `SELECT DISTINCT step FROM changes WHERE step IS NOT NULL AND (
			tbl IN ('articles', 'article_texts') AND json_extract(key, '$[0]') NOT IN (SELECT id FROM articles WHERE id NOT`+articlesIn+`)
			OR tbl IN ('annotations', 'carried') AND json_extract(key, '$[0]') NOT IN (SELECT id FROM annotations WHERE article NOT`+articlesIn+`)
			OR tbl = 'statements' AND json_extract(key, '$[0]') IN (SELECT id FROM statements WHERE passage IN `+marks+`)
			OR tbl = 'relations' AND json_extract(key, '$[0]') IN (SELECT id FROM relations WHERE passage IN `+marks+`))`, asList(target.articles))
	if err != nil {
		return nil, err
	}
	quoting, err := r.labelsWith(target.words)
	return append(wrote, quoting...), err
}

func scanID(row scanner) (id int64, err error) {
	err = row.Scan(&id)
	return id, err
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
