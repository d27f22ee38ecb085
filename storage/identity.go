package storage

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"

	"github.com/google/uuid"
)

// metaWasAt holds, until the user says whether this notebook was moved or copied,
// the folder in which it was opened before.
const metaWasAt = "was_at"

// settleIdentity notices that the notebook is another file in another place than
// when it was opened last. A copy gets an identity of its own; one that may be
// moved or copied keeps its own and asks (Info.WasAt). Both begin a line of
// history of their own, so that neither takes the other's backups for its own.
func (s *Store) settleIdentity(ctx context.Context, last lastOpen) error {
	now := lastOpen{File: s.file, Folder: s.dir}
	if last.File != "" && last.File != now.File && last.Folder != now.Folder {
		copied := fileNow(filepath.Join(last.Folder, databaseName)) == last.File
		err := s.transact(ctx, func() error {
			if copied {
				return renew(ctx, s.writer, true)
			}
			if _, err := s.writer.ExecContext(ctx, "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", metaWasAt, last.Folder); err != nil {
				return err
			}
			return renew(ctx, s.writer, false)
		})
		if err != nil {
			return err
		}
	}
	second, err := s.second(ctx)
	if err != nil {
		return err
	}
	if now.Second = second.dir; now == last {
		return nil
	}
	return now.write(s.dir)
}

// execer is what a database and a connection share.
type execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// renew begins a new line of history: an index and backups of before are not of
// this notebook. A copy gets a new identity as well.
func renew(ctx context.Context, db execer, copied bool) error {
	_, err := db.ExecContext(ctx, "UPDATE meta SET value = ? WHERE name = 'generation'", uuid.NewString())
	if err == nil && copied {
		_, err = db.ExecContext(ctx, "UPDATE meta SET value = ? WHERE name = 'uuid'", uuid.Must(uuid.NewV7()).String())
	}
	return err
}

// SettleCopied implements app.Store.
func (s *Store) SettleCopied(ctx context.Context, copied bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return domainError(s.transact(ctx, func() error {
		res, err := s.writer.ExecContext(ctx, "DELETE FROM meta WHERE name = ?", metaWasAt)
		if err != nil || !copied {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		return renew(ctx, s.writer, true)
	}))
}

// metaOr is meta for a fact that a notebook need not have: then it is "".
func (r *reader) metaOr(name string) (string, error) {
	v, err := r.meta(name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return v, err
}
