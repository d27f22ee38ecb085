package app

import (
	"context"
	"time"
)

// Rescue works on a notebook's folder, whose database need not be fit to be
// opened, nor be there. Package storage implements it.
type Rescue interface {
	// Survey tells what there is in a notebook's folder, and writes nothing. A
	// folder that is not there is an empty one.
	Survey(ctx context.Context, dir string) (Survey, error)
	// Restore puts a backup in the place of the database of the notebook in dir,
	// which nobody may have open, and brings back the originals that are missing.
	// What is there now becomes a backup of its own first. ErrBusy, ErrDamaged,
	// ErrNewer, ErrInvalid: then nothing was changed.
	Restore(ctx context.Context, dir string, from BackupFile, p Progress) (RestoreReport, error)
	// VerifyBackup reads a backup, all of it, and compares it with its hashes.
	VerifyBackup(ctx context.Context, from BackupFile, p Progress) ([]Finding, error)
	// BackedUp lists the articles in a backup.
	BackedUp(ctx context.Context, from BackupFile) ([]Article, error)
	// RemoveBackup removes a backup of the notebook in dir.
	RemoveBackup(dir, path string) error
}

// Survey is what there is in a notebook's folder.
type Survey struct {
	Folder   string    `json:"folder"`
	Database string    `json:"database"` // its path
	Bytes    int64     `json:"bytes"`    // of it; 0 when it is missing or empty
	Changed  time.Time `json:"changed"`  // when it was written last
	Backups  []Backup  `json:"backups"`  // newest first, those of the second place too
	// Originals counts those that are there.
	Originals int      `json:"originals"`
	Warnings  []string `json:"warnings,omitempty"`
}

// RestoreReport is what was restored.
type RestoreReport struct {
	Backup    string   `json:"backup"`
	Kept      string   `json:"kept"`      // the backup of what was there before; "" when there was nothing
	Originals int      `json:"originals"` // brought back
	Missing   []string `json:"missing"`   // SHA-256 of originals that are neither there nor in the backup
}
