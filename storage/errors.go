package storage

import (
	"cmp"
	"database/sql"
	"errors"
	"fmt"
	"syscall"

	"github.com/mattn/go-sqlite3"

	"rejoinder/app"
)

// wrongChecksum is SQLITE_IOERR_DATA. While SQLite reads the list of tables it says
// only SQLITE_IOERR.
var wrongChecksum = sqlite3.ErrIoErr.Extend(32)

// domainError gives SQLite's error codes the notebook's own kinds of error.
func domainError(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("%w", app.ErrNotFound)
	}
	if errors.Is(err, syscall.EROFS) {
		return fmt.Errorf("%w: %w", app.ErrReadOnly, err)
	}
	if errors.Is(err, app.ErrDiskFull) {
		return err
	}
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code {
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return fmt.Errorf("%w by another program that is writing: %w", app.ErrBusy, err)
	case sqlite3.ErrFull:
		return fmt.Errorf("%w: %w", app.ErrDiskFull, err)
	case sqlite3.ErrReadonly, sqlite3.ErrPerm, sqlite3.ErrCantOpen, sqlite3.ErrAuth:
		return fmt.Errorf("%w: %w", app.ErrReadOnly, err)
	case sqlite3.ErrCorrupt, sqlite3.ErrNotADB:
		return fmt.Errorf("%w: %w", app.ErrUnreadable, err)
	case sqlite3.ErrIoErr:
		if e.ExtendedCode == wrongChecksum || int(e.ExtendedCode) == int(sqlite3.ErrIoErr) {
			return fmt.Errorf("%w: a page of it is not as it was written", app.ErrUnreadable)
		}
	case sqlite3.ErrConstraint:
		if e.ExtendedCode == sqlite3.ErrConstraintUnique || e.ExtendedCode == sqlite3.ErrConstraintPrimaryKey {
			return fmt.Errorf("%w: %w", app.ErrExists, err)
		}
		return fmt.Errorf("%w: %w", app.ErrInvalid, err)
	}
	return err
}

// isConstraint says whether a row was refused for what it holds.
func isConstraint(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && e.Code == sqlite3.ErrConstraint
}

// aboutDisk names the disk and the database in SQLite's errors about a full disk.
func (s *Store) aboutDisk(err error) error {
	var e sqlite3.Error
	if errors.As(err, &e) && (e.Code == sqlite3.ErrFull || app.IsDiskFull(e.SystemErrno)) {
		return app.DiskFull(cmp.Or(s.path, s.dir), err)
	}
	return err
}
