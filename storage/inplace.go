package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
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

// settleLog looks after a log that may belong to another database than the one
// beside it: when that was replaced while a program had it open, SQLite would
// write the other's pages into it. A log with which the database is not whole,
// but without which it is, goes into the backups.
func (s *Store) settleLog(ctx context.Context, last lastOpen) error {
	wal := s.path + "-wal"
	if info, err := os.Stat(wal); err != nil || info.Size() == 0 || last.File == "" || last.File == fileNow(s.path) {
		return nil
	}
	lock := flock.New(filepath.Join(s.dir, besidePrefix+"lock")) // several may open it at once
	if err := lock.Lock(); err != nil {
		return err
	}
	defer func() { _ = lock.Unlock() }()
	if readLastOpen(s.dir).File == fileNow(s.path) {
		return nil
	}
	with, err := s.wholeCopy(ctx, "", "-wal")
	if err != nil {
		return err
	}
	without, err := s.wholeCopy(ctx, "")
	if err != nil {
		return err
	}
	if without != "" && with != without {
		aside := filepath.Join(s.dir, backupsName, "notebook-"+time.Now().UTC().Format(backupTime)+"-stray.db-wal")
		if err := os.Rename(wal, aside); err != nil {
			return fileError(err)
		}
		if err := removeIfThere(s.path + "-shm"); err != nil {
			return err
		}
		s.warnings = append(s.warnings, fmt.Sprintf("The database was replaced while a program had it open. What that program wrote last does not belong to it and was put aside: %s.", aside))
	}
	return lastOpen{File: fileNow(s.path), Folder: last.Folder}.write(s.dir)
}

// wholeCopy copies the database, with those of its other files, and returns the
// stamp of the copy if it is whole, else "".
func (s *Store) wholeCopy(ctx context.Context, ends ...string) (stamp string, err error) {
	dir := filepath.Join(s.dir, besidePrefix+uuid.NewString())
	if err := os.Mkdir(dir, 0o700); err != nil {
		return "", fileError(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, databaseName)
	for _, end := range ends {
		if err := copyFile(s.path+end, path+end); err != nil {
			return "", fileError(err)
		}
	}
	db, err := sql.Open(driverName, dsn(path, ""))
	if err != nil {
		return "", err
	}
	defer func() { _ = db.Close() }()
	for query, want := range map[string]string{
		"PRAGMA integrity_check(1)":                     "ok",
		"SELECT count(*) FROM pragma_foreign_key_check": "0",
		"SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'changes'), 0) >= coalesce((SELECT max(seq) FROM changes), 0)": "1",
	} {
		var got string
		if err := db.QueryRowContext(ctx, query).Scan(&got); err != nil || got != want {
			return "", ctx.Err()
		}
	}
	err = db.QueryRowContext(ctx, "SELECT group_concat(value, '/') FROM meta WHERE name IN ('uuid', 'generation')").Scan(&stamp)
	if err != nil {
		return "", ctx.Err()
	}
	return stamp, nil
}
