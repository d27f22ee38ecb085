package app

import (
	"context"
	"errors"
	"fmt"
)

// PurgeOptions says how far a purge goes.
type PurgeOptions struct {
	Backups bool // out of the backups too, also in the second place
	DryRun  bool // only tell what would go
}

// PurgeReport is what a purge removes.
type PurgeReport struct {
	Articles  []Article      `json:"articles"`
	Counts    map[Kind]int   `json:"counts"`    // what goes, the articles too
	Originals []string       `json:"originals"` // SHA-256
	Steps     int            `json:"steps"`     // of the history, which cannot be undone any more
	Searches  int            `json:"searches"`  // remembered searches, which all go
	Strays    int            `json:"strays"`    // files of originals that no article has, as of a cancelled import
	Backups   []PurgedBackup `json:"backups"`   // those that hold any of it
	Emptied   []string       `json:"emptied"`   // folders of backups in which none is left then
	Copies    []string       `json:"copies"`    // databases in the notebook's folder that are not its own and stay
	Mentions  []Ref          `json:"mentions"`  // notes that name an article, which stay
}

// PurgedBackup is a backup that holds what is purged.
type PurgedBackup struct {
	Path string `json:"path"`
	// Removed says that all of it goes, for it cannot be written anew; Why says why.
	Removed bool   `json:"removed"`
	Why     string `json:"why,omitempty"` // a sentence without its dot: it is encrypted, damaged, …
	Kept    bool   `json:"kept"`          // it was not asked for, or is a place that cannot be reached, and stays
	// Articles are those that go out of it and are gone from the notebook already.
	Articles []PurgedArticle `json:"articles,omitempty"`
}

// PurgedArticle is an article of a backup.
type PurgedArticle struct {
	ID    ArticleID `json:"id"`
	Title string    `json:"title"`
}

// ArticleToPurge finds the article that a person means: by identifier or title, also
// one in the trash; an identifier may be one that only a backup has. ErrAmbiguous when several have the title, and when one of them is
// in the trash: the wrong one could not be brought back.
func ArticleToPurge(r Reader, name string) (ArticleID, error) {
	if IsID(name) {
		ref, err := Named(r, name)
		if errors.Is(err, ErrNotFound) { // a backup may have it
			return ArticleID(name), nil
		}
		if err == nil && ref.Kind != KindArticle {
			err = Problem(ErrInvalid, "%s is no article: only articles can be purged", name)
		}
		return ArticleID(ref.ID), err
	}
	rows, err := r.Articles(ArticleQuery{Title: OneLine(name), Limit: 9})
	if err != nil {
		return "", err
	}
	trash, err := r.Trash()
	if err != nil {
		return "", err
	}
	for _, t := range trash {
		if t.Kind == KindArticle && FoldName(t.Title) == FoldName(name) {
			rows = append(rows, ArticleRow{Article: Article{ID: ArticleID(t.ID), Title: t.Title, Trashed: t.At}})
		}
	}
	row, err := single(rows, "article", name, func(a ArticleRow) string {
		where := ""
		if !a.Trashed.IsZero() {
			where = ", in the trash"
		}
		return a.Title + " (" + string(a.ID) + where + ")"
	})
	if errors.Is(err, ErrNotFound) {
		ref, err := Named(r, name) // tells what it may be instead
		if err == nil {
			err = Problem(ErrInvalid, "%q is no article: only articles can be purged", ref.ID)
		}
		return "", err
	}
	return row.ID, err
}

// Purge removes articles for good: their texts, originals, marks and what these
// show, and the words of all this in the undo history, the remembered searches
// and the search index. None named removes only what undo and the trash still
// keep of articles that are gone. Nothing of it can be undone, nor what was done
// before. It is for a source that must be protected.
func (n *Notebook) Purge(ctx context.Context, articles []ArticleID, o PurgeOptions, p Progress) (PurgeReport, error) {
	report, err := n.store.Purge(ctx, articles, o, p)
	if err != nil || o.DryRun {
		return report, err
	}
	c, err := n.store.ChangesAfter(ctx, n.lastSeen())
	if err != nil {
		return report, err
	}
	n.publish(c)
	if err := n.index.Rebuild(ctx, p); err != nil {
		return report, fmt.Errorf("it was purged, but the search index still has its words: rebuild it (rejoinder rebuild-index): %w", err)
	}
	return report, nil
}
