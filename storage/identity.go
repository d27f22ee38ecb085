package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
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
	now := lastOpen{File: s.file, Folder: s.dir, Changes: last.Changes}
	if err := s.noticeAnother(ctx, last, &now); err != nil {
		return err
	}
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

// noticeAnother notices that another database was put in the place of the one that
// was opened here last, while no program had it open: an older one has fewer changes,
// or it is another file. What was there before may be in a backup alone, so a new
// line of history begins, whose backups take the place of none of those.
func (s *Store) noticeAnother(ctx context.Context, last lastOpen, now *lastOpen) error {
	if last.File == "" || last.Folder != s.dir {
		return nil
	}
	var head int64
	err := s.view(ctx, func(r *reader) (err error) {
		head, err = r.head()
		return err
	})
	if err != nil || last.File == s.file && head >= last.Changes {
		return err
	}
	how := "is another file than was opened here last"
	if head < last.Changes {
		how = fmt.Sprintf("is older than what was opened here last, by %s", counted(int(last.Changes-head), "change"))
	}
	s.warnings = append(s.warnings, fmt.Sprintf("%s %s. Another program, or you, put it there. What was there before may be in a backup (rejoinder notebook backups).", s.path, how))
	now.Changes = head
	return s.transact(ctx, func() error { return renew(ctx, s.writer, false) })
}

// noteChanges remembers how far the change log went.
func (s *Store) noteChanges(ctx context.Context) error {
	now := readLastOpen(s.dir)
	if s.InPlace() != nil || now.File != s.file {
		return nil
	}
	var head int64
	err := s.view(ctx, func(r *reader) (err error) {
		head, err = r.head()
		return err
	})
	if err != nil || head == now.Changes {
		return nil //nolint:nilerr // of a damaged database nothing can be remembered
	}
	now.Changes = head
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
