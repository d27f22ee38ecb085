package storage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"
	"github.com/mattn/go-sqlite3"

	"rejoinder/app"
)

// besidePrefix is how the names of what this package makes for a moment in a
// notebook's folder begin.
const besidePrefix = ".rejoinder-"

// InPlace implements app.Store.
func (s *Store) InPlace() error {
	if s.file == "" || s.readOnly != nil {
		return nil
	}
	now, err := identify(s.path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return app.Problem(app.ErrReplaced, "%s was moved or deleted while it was open, so nothing more is saved in it; save what this program holds as a copy", s.path)
	case err != nil:
		return fmt.Errorf("look after %s: %w", s.path, err)
	case now != s.file:
		return app.Problem(app.ErrReplaced, "%s was replaced by another file while it was open, as programs that keep folders in step do, so nothing more is saved in it; save what this program holds as a copy", s.path)
	case s.log != "" && fileNow(s.path+"-wal") != s.log:
		return app.Problem(app.ErrReplaced, "%s-wal, which has what was saved last, was replaced or deleted while it was open, so nothing more is saved; save what this program holds as a copy", s.path)
	}
	return nil
}

// fcntlPersistWAL has SQLite leave the log alone when the last connection closes:
// SQLITE_FCNTL_PERSIST_WAL.
const fcntlPersistWAL = 10

// leaveFile gets the connections ready to be closed. When the database was
// replaced, what they hold becomes a backup, and their log goes, which SQLite
// would otherwise write into the other file the next time.
func (s *Store) leaveFile() error {
	ctx := context.Background()
	if s.InPlace() == nil {
		_, _ = s.writer.ExecContext(ctx, "PRAGMA optimize")
		return nil
	}
	if _, err := os.Stat(s.backups().dir); err != nil {
		return nil // the folder is gone: what it held went with it
	}
	if err := s.backupHeld(ctx); err != nil {
		return fmt.Errorf("keep what was saved before the database was replaced: %w", err)
	}
	if err := removeIfThere(heldPath(s.path)); err != nil {
		return err
	}
	if fileNow(s.path+"-wal") == s.log {
		return removeIfThere(s.path + "-wal")
	}
	// It is another file's log by now, and SQLite deletes by name.
	return s.writer.Raw(func(c any) error {
		return c.(*sqlite3.SQLiteConn).SetFileControlInt("main", fcntlPersistWAL, 1)
	})
}

// backupHeld makes a backup of the database as it is in this process's hands.
func (s *Store) backupHeld(ctx context.Context) error {
	to := s.backups()
	part := filepath.Join(to.dir, uuid.NewString()+".part")
	err := s.copyPages(ctx, part, app.NoProgress{})
	if err != nil {
		return errors.Join(err, removeIfThere(part))
	}
	m, hashes, err := describe(ctx, part)
	if err != nil {
		return errors.Join(err, removeIfThere(part))
	}
	m.Why, m.Made = app.BackupReplaced, time.Now()
	if m.Missing, err = to.keepOriginals(ctx, hashes, s.originalPath, app.NoProgress{}); err == nil {
		_, err = to.add(part, m, suffixOf(m.Why))
	}
	return errors.Join(err, removeIfThere(part))
}
