package storage

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"rejoinder/app"
)

// keepReplaced makes a backup of the database that is about to be replaced, as it
// is where it cannot be opened any more, and returns its path; "" when there was
// nothing in it.
func keepReplaced(ctx context.Context, dir, path string) (string, error) {
	if !hasDatabase(dir) && !remainsOf(dir).log {
		return "", nil
	}
	s, err := Open(ctx, dir)
	kept := manifest{}
	if err == nil {
		kept, err = s.backupInto(ctx, s.backups(), app.BackupBeforeRestore, suffixOf(app.BackupBeforeRestore), app.NoProgress{})
		err = errors.Join(err, s.Close())
	}
	if err != nil && !errors.Is(err, app.ErrDamaged) && !errors.Is(err, app.ErrMissing) && !errors.Is(err, app.ErrInvalid) {
		return kept.Path, err // a newer version's, or one in use: its log is not ours to remove
	}
	if err != nil {
		return keepRaw(dir, path, app.BackupBeforeRestore)
	}
	// The last connection to close takes the log with it: one that is left is in use.
	if _, err := os.Stat(path + "-wal"); err == nil {
		return kept.Path, app.Problem(app.ErrBusy, "another program has the notebook open: close it first")
	}
	return kept.Path, nil
}

// keepRaw copies a database that cannot be opened, with its log, as it is into the
// backups.
func keepRaw(dir, path string, why app.BackupWhy) (string, error) {
	r := repository{dir: filepath.Join(dir, backupsName)}
	if err := os.MkdirAll(r.dir, 0o700); err != nil {
		return "", err
	}
	name, err := r.reserve(manifest{Backup: app.Backup{Made: time.Now(), Why: why}}, "-"+string(why))
	if err != nil {
		return "", err
	}
	// A manifest would vouch for it.
	if err := removeIfThere(name + manifestEnd); err != nil {
		return "", err
	}
	kept := name + backupEnd
	for _, end := range []string{"", "-wal", "-journal"} {
		if err := copyFile(path+end, kept+end); err != nil && !errors.Is(err, os.ErrNotExist) {
			return kept, errors.Join(err, removeKept(kept))
		}
	}
	return kept, syncFolder(r.dir)
}

// removeKept removes what keepReplaced made for a restore that was then refused.
func removeKept(kept string) error {
	return errors.Join(removeIfThere(kept), removeIfThere(kept+"-wal"), removeIfThere(kept+"-journal"),
		removeIfThere(strings.TrimSuffix(kept, backupEnd)+manifestEnd))
}
