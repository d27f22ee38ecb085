package app

import (
	"context"
	"time"
)

// Backup is a whole copy of a notebook: its database, its originals, and a
// manifest with their hashes.
type Backup struct {
	Path string    `json:"path"` // the database's copy
	Made time.Time `json:"made"`
	Why  BackupWhy `json:"why"`
	// UUID and Generation are the notebook's, and its line of history.
	UUID       string       `json:"uuid"`
	Generation string       `json:"generation"`
	Format     int          `json:"format"`
	Bytes      int64        `json:"bytes"` // of the database's copy
	Counts     map[Kind]int `json:"counts"`
	Originals  int          `json:"originals"`         // that the database names
	Missing    []string     `json:"missing,omitempty"` // SHA-256 of originals that were missing or damaged
	Encrypted  bool         `json:"encrypted,omitempty"`
	// Bare says that it has no manifest, as those of older versions.
	Bare bool `json:"bare,omitempty"`
}

// Things is how much a backup holds.
func (b Backup) Things() int {
	n := 0
	for _, c := range b.Counts {
		n += c
	}
	return n
}

// BackupWhy says why a backup was made.
type BackupWhy string

// Why backups are made. Automatic ones are thinned out as they grow old; the
// others stay until the user removes them.
const (
	BackupAutomatic     BackupWhy = ""
	BackupAsked         BackupWhy = "asked"
	BackupBeforeRestore BackupWhy = "before-restore"
	BackupBeforeFormat  BackupWhy = "before-format"
	BackupReplaced      BackupWhy = "replaced" // what a program held whose database was replaced
	BackupDamaged       BackupWhy = "damaged"  // not a whole one: what could not be opened
)

// BackupOptions says what backup to make.
type BackupOptions struct {
	Why BackupWhy
	To  string // a folder to make it in alone, in the place of the two usual ones
}

// BackupReport is what was made.
type BackupReport struct {
	Path    string   `json:"path"`
	Second  string   `json:"second,omitempty"`  // in the second place
	Missing []string `json:"missing,omitempty"` // SHA-256 of originals that could not be backed up
	Removed int      `json:"removed,omitempty"` // older automatic backups that it took the place of
	// SecondErr says why there is none in the second place.
	SecondErr error `json:"-"`
}

// SecondPlace is where backups go besides the notebook's own folder.
type SecondPlace struct {
	Folder    string `json:"folder"`
	Encrypted bool   `json:"encrypted"`
}

// BackupFile names a backup, with its passphrase if it is encrypted.
type BackupFile struct {
	Path       string
	Passphrase string
}

// Backup makes a whole backup, and another in the second place if one is set.
func (n *Notebook) Backup(ctx context.Context, o BackupOptions, p Progress) (BackupReport, error) {
	return n.store.Backup(ctx, o, p)
}

// SetSecondPlace says where backups go besides; "" for nowhere. With a passphrase
// they are encrypted; it is needed for restoring them and is kept nowhere.
func (n *Notebook) SetSecondPlace(ctx context.Context, folder, passphrase string) error {
	return n.store.SetSecondPlace(ctx, folder, passphrase)
}

// SaveCopy makes a notebook of its own in a new or empty folder, with all that
// this one holds, also when its file was replaced.
func (n *Notebook) SaveCopy(ctx context.Context, dir string, p Progress) error {
	return n.store.SaveCopy(ctx, dir, p)
}

// SettleCopied answers Info.WasAt: whether this notebook is a copy of the one
// that was there, or that one itself, moved.
func (n *Notebook) SettleCopied(ctx context.Context, copied bool) error {
	return n.store.SettleCopied(ctx, copied)
}

// RestoreArticles brings articles back from a backup, with their marks and what
// hangs on these, as one step; none named means all. What is in the notebook
// stays as it is.
func (n *Notebook) RestoreArticles(ctx context.Context, from BackupFile, articles []ArticleID, p Progress) (Changes, error) {
	return n.replayed(n.store.RestoreArticles(ctx, from, articles, p))
}

// ReadOnly says why nothing can be written, as ErrReadOnly; nil when it can.
func (n *Notebook) ReadOnly() error { return n.store.ReadOnly() }

// KeepBackups makes a backup now if the notebook has anything in it, and every
// interval in which something changed, until ctx ends. Failures go to report.
func (n *Notebook) KeepBackups(ctx context.Context, every time.Duration, report func(error)) {
	if n.store.ReadOnly() != nil {
		return
	}
	changed := make(chan struct{}, 1)
	note := func() {
		select {
		case changed <- struct{}{}:
		default:
		}
	}
	defer n.Subscribe(func(Changes) { note() })()
	n.mu.Lock()
	used := n.seen > 0
	n.mu.Unlock()
	if used {
		note()
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-changed:
			made, err := n.Backup(ctx, BackupOptions{}, NoProgress{})
			if err == nil {
				err = made.SecondErr
			}
			if err != nil && ctx.Err() == nil {
				report(err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		}
	}
}
