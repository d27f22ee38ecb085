package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/mattn/go-sqlite3"

	"rejoinder/app"
)

// SaveCopy implements app.Store. It reads through a connection that has the file
// open, for at its path there may be another one by now.
func (s *Store) SaveCopy(ctx context.Context, dir string, p app.Progress) (err error) {
	if dir, err = outside(s.dir, dir); err != nil {
		return err
	}
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return app.Problem(app.ErrExists, "the folder %s is not empty; choose a new or an empty one", dir)
	}
	if err := s.saveCopy(ctx, dir, p); err != nil {
		return fmt.Errorf("save a copy in %s: %w", dir, domainError(fileError(err)))
	}
	return nil
}

func (s *Store) saveCopy(ctx context.Context, dir string, p app.Progress) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	part := filepath.Join(dir, besidePrefix+"copy.part")
	if err := s.copyPages(ctx, part, p); err != nil {
		return errors.Join(err, removeIfThere(part))
	}
	if err := renewFile(ctx, part); err != nil {
		return errors.Join(err, removeIfThere(part))
	}
	_, hashes, err := describe(ctx, part)
	if err != nil {
		return errors.Join(err, removeIfThere(part))
	}
	for i, sha := range hashes {
		p.Step(i, len(hashes), "originals")
		if err := ctx.Err(); err != nil {
			return err
		}
		to := repository{dir: dir}
		if err := verifyFile(s.originalPath(sha), sha); err != nil {
			continue // check says so, here as there
		}
		if err := to.keepOriginal(s.originalPath(sha), to.originalPath(sha), sha); err != nil {
			return err
		}
	}
	if err := os.Rename(part, filepath.Join(dir, databaseName)); err != nil {
		return err
	}
	return syncFolder(dir)
}

// copyPages copies the database page by page, as it is in this process's hands.
func (s *Store) copyPages(ctx context.Context, path string, p app.Progress) error {
	if err := makeDatabase(path); err != nil {
		return err
	}
	to, err := sql.Open(driverName, dsn(path, ""))
	if err != nil {
		return err
	}
	defer func() { _ = to.Close() }()
	target, err := to.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = target.Close() }()
	source, err := s.readers.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = source.Close() }()
	return target.Raw(func(t any) error {
		return source.Raw(func(f any) error {
			b, err := t.(*sqlite3.SQLiteConn).Backup("main", f.(*sqlite3.SQLiteConn), "main")
			if err != nil {
				return err
			}
			for done := false; !done && err == nil; {
				if done, err = b.Step(1000); err == nil {
					err = ctx.Err()
				}
				p.Step(b.PageCount()-b.Remaining(), b.PageCount(), "pages")
			}
			return errors.Join(err, b.Finish())
		})
	})
}

// renewFile gives a copy an identity of its own.
func renewFile(ctx context.Context, path string) error {
	db, err := sql.Open(driverName, dsn(path, "_journal_mode=DELETE&_synchronous=FULL"))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	return renew(ctx, db, true)
}
