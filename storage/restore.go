package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"rejoinder/app"
)

// Restore puts a backup in the place of the database of the notebook in dir,
// which nobody may have open. What is there now becomes a backup of its own
// first, so that a restore can be taken back by another. app.ErrBusy when a
// window has the notebook, app.ErrDamaged or app.ErrNewer when the backup is of
// no use; then nothing was changed.
func Restore(ctx context.Context, dir, backup string) error {
	release, err := LockWindow(dir)
	if err != nil {
		return err
	}
	defer release()
	next := filepath.Join(dir, databaseName+".restored")
	err = fileError(copyFile(backup, next))
	if err == nil {
		err = prepareRestored(ctx, next)
	}
	if err == nil {
		err = keepReplaced(ctx, dir)
	}
	if err == nil {
		err = os.Rename(next, filepath.Join(dir, databaseName))
	}
	if err != nil {
		return errors.Join(fmt.Errorf("restore %s: %w", backup, domainError(err)), removeIfThere(next))
	}
	return syncFolder(dir)
}

// prepareRestored checks a copy of a backup and begins another line of history
// with it: an index made for the one before is of no use.
func prepareRestored(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite3", dsn(path, "_journal_mode=DELETE&_synchronous=FULL"))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	var found string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return app.Problem(app.ErrDamaged, "the backup is damaged: %s", found)
	}
	all, err := migrations()
	if err != nil {
		return err
	}
	var format int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&format); err != nil {
		return err
	}
	switch newest := all[len(all)-1].version; {
	case format == 0:
		return app.Problem(app.ErrInvalid, "this file is no backup of a notebook")
	case format > newest:
		return app.Problem(app.ErrNewer, "the backup was made by a newer version of Rejoinder")
	}
	_, err = db.ExecContext(ctx, "UPDATE meta SET value = ? WHERE name = 'generation'", uuid.NewString())
	return err
}

// keepReplaced makes a backup of the database that is about to be replaced, as
// it is where it cannot be opened any more, and leaves no log of it behind: the
// log would be taken for the restored one's.
func keepReplaced(ctx context.Context, dir string) error {
	path := filepath.Join(dir, databaseName)
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	s, err := Open(ctx, dir)
	if err == nil {
		_, err = s.backup(ctx, "before-restore")
		err = errors.Join(err, s.Close())
	}
	if err != nil && !errors.Is(err, app.ErrDamaged) {
		return err // a newer version's, or one in use: its log is not ours to remove
	}
	if err != nil {
		name := "notebook-" + time.Now().UTC().Format(backupTime) + "-before-restore.db"
		for _, end := range []string{"", "-wal"} {
			if err := copyFile(path+end, filepath.Join(dir, "backups", name+end)); err != nil && !errors.Is(err, os.ErrNotExist) {
				return err
			}
		}
		return errors.Join(removeIfThere(path+"-wal"), removeIfThere(path+"-shm"))
	}
	// The last connection to close takes the log with it: one that is left is in use.
	if _, err := os.Stat(path + "-wal"); err == nil {
		return app.Problem(app.ErrBusy, "another program has the notebook open: close it first")
	}
	return nil
}

// copyFile copies a file, safe against a power cut.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if err == nil {
		err = out.Sync()
	}
	return errors.Join(err, out.Close())
}
