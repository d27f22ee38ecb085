package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/google/uuid"

	"rejoinder/app"
)

// OpenAny opens the notebook in dir for writing, or, where that cannot be and it
// can still be read, for reading only: on a full disk, on a medium or in a folder
// that cannot be written to, one that a newer version made, one that another
// program holds. Store.ReadOnly says why.
func OpenAny(ctx context.Context, dir string) (*Store, error) {
	s, err := Open(ctx, dir)
	if err == nil || !hasDatabase(dir) {
		return s, err
	}
	for _, kind := range []error{app.ErrReadOnly, app.ErrDiskFull, app.ErrNewer, app.ErrBusy, fs.ErrPermission} {
		if errors.Is(err, kind) {
			if s, readErr := OpenReadOnly(ctx, dir, reason(dir, err)); readErr == nil {
				return s, nil
			}
			return nil, err
		}
	}
	return nil, err
}

// reason says in a sentence part why a notebook could not be opened for writing.
func reason(dir string, err error) error {
	var broken *brokenLink
	switch {
	case errors.As(err, &broken):
		return broken
	case errors.Is(err, app.ErrNewer):
		return app.Problem(app.ErrNewer, "it was made by a newer version of Rejoinder; install that to go on writing")
	case errors.Is(err, app.ErrDiskFull):
		return app.Problem(app.ErrDiskFull, "the disk that holds %s is full; free some space on it and open it again", dir)
	case errors.Is(err, app.ErrBusy):
		return app.Problem(app.ErrBusy, "another program holds %s; close that and open it again", filepath.Join(dir, databaseName))
	}
	return app.Problem(app.ErrReadOnly, "%s cannot be written to; give yourself the right to, or save a copy elsewhere (rejoinder notebook save-copy)", dir)
}

// OpenReadOnly opens the notebook in dir without writing anything into its
// folder; why is the reason, a whole sentence part, which every act then fails
// with. Where SQLite cannot read the file as it is, because it can make no log
// beside it, the file is read as one that nobody changes; if its log holds
// anything, a copy of both in a temporary folder is read.
func OpenReadOnly(ctx context.Context, dir string, why error) (*Store, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("notebook folder: %w", err)
	}
	s := &Store{dir: dir}
	if err := s.openReadOnly(ctx, why); err != nil {
		return nil, errors.Join(fmt.Errorf("open notebook %s: %w", dir, domainError(err)), s.Close())
	}
	return s, nil
}

func (s *Store) openReadOnly(ctx context.Context, why error) (err error) {
	s.readOnly = app.OnlyReading(why)
	if s.path, err = databasePath(s.dir); err != nil {
		return err
	}
	s.file = fileNow(s.path)
	if !hasDatabase(s.dir) {
		return remainsOf(s.dir).refuse(s.dir, "is missing or empty")
	}
	err = s.openReaders(ctx, s.path, "")
	if err == nil || errors.Is(domainError(err), app.ErrDamaged) || errors.Is(domainError(err), app.ErrBusy) {
		return err
	}
	_ = s.readers.Close()
	if log, statErr := os.Stat(s.path + "-wal"); statErr == nil && log.Size() > 0 {
		return s.readCopy(ctx)
	}
	return s.openReaders(ctx, s.path, "&immutable=1")
}

// readCopy opens a copy of the database and its log, in the first temporary
// folder that has the space.
func (s *Store) readCopy(ctx context.Context) error {
	var errs []error
	for _, parent := range []string{os.TempDir(), "/dev/shm"} {
		dir := filepath.Join(parent, "rejoinder-"+uuid.NewString())
		if err := os.Mkdir(dir, 0o700); err != nil {
			errs = append(errs, err)
			continue
		}
		s.copied = dir
		path := filepath.Join(dir, databaseName)
		err := errors.Join(copyFile(s.path, path), copyFile(s.path+"-wal", path+"-wal"))
		if err == nil {
			err = s.openReaders(ctx, path, "")
		}
		if err == nil {
			return nil
		}
		errs = append(errs, fileError(err), os.RemoveAll(dir))
		s.copied = ""
	}
	return fmt.Errorf("copy the database, whose log cannot be read where it is: %w", errors.Join(errs...))
}

// ReadOnly implements app.Store.
func (s *Store) ReadOnly() error { return s.readOnly }
