package app

import (
	"context"
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
	// Articles are the titles of those that go out of it though they were not named:
	// in the notebook they are gone already.
	Articles []string `json:"articles,omitempty"`
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
