package storage

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"sort"
	"strconv"
	"time"

	"github.com/google/uuid"

	"rejoinder/app"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one file of migrations/: its number and its statements.
type migration struct {
	version int
	name    string
	sql     string
}

func migrations() ([]migration, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	var out []migration
	for _, name := range names {
		base := name[len("migrations/"):]
		version, err := strconv.Atoi(base[:4])
		if err != nil {
			return nil, fmt.Errorf("migration %s: no number", name)
		}
		text, err := migrationFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		out = append(out, migration{version, base, string(text)})
	}
	return out, nil
}

// migrate brings the database to the newest version, each migration in one
// transaction with its record, and all of a new notebook's in one. The version is in PRAGMA user_version, which
// SQLite keeps in the file's header and inside the transaction.
func (s *Store) migrate(ctx context.Context) error {
	all, err := migrations()
	if err != nil {
		return err
	}
	return s.bringTo(ctx, all)
}

func (s *Store) bringTo(ctx context.Context, all []migration) error {
	newest := all[len(all)-1].version
	have, err := s.schemaVersion(ctx)
	if err != nil {
		return err
	}
	if have > newest {
		return app.Problem(app.ErrNewer,
			"this notebook was made by a newer version of Rejoinder (its format is %d, this version knows %d); nothing was changed: please install the newer version", have, newest)
	}
	if err := s.refuseForeign(ctx); err != nil {
		return err
	}
	if err := s.useLog(ctx); err != nil {
		return err
	}
	if have > 0 && have < newest {
		if err := s.backupFormat(ctx, have, newest); err != nil {
			return fmt.Errorf("backup before bringing the notebook up to date: %w", err)
		}
	}
	if have == 0 {
		// A new notebook has the newest format from the first moment that another
		// process can see it.
		return s.transact(ctx, func() error {
			if err := s.refuseRemains(ctx); err != nil {
				return err
			}
			return s.applyAll(ctx, all)
		})
	}
	for _, m := range all {
		if err := s.transact(ctx, func() error { return s.applyAll(ctx, []migration{m}) }); err != nil {
			return err
		}
	}
	if have < checksummed {
		s.addChecksums(ctx)
	}
	return nil
}

// useLog has SQLite write ahead into a log. The file keeps this setting, so it
// is made only here, in one that may be changed. Two processes that make it at
// once refuse each other, and SQLite's own patience does not cover that.
func (s *Store) useLog(ctx context.Context) error {
	for deadline := time.Now().Add(patience); ; {
		_, err := s.writer.ExecContext(ctx, "PRAGMA journal_mode = WAL")
		if !errors.Is(domainError(err), app.ErrBusy) || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(patience / 500):
		}
	}
}

func (s *Store) schemaVersion(ctx context.Context) (int, error) {
	var v int
	err := s.writer.QueryRowContext(ctx, "PRAGMA user_version").Scan(&v)
	return v, err
}

// applyAll runs those of the migrations that the notebook lacks, in the caller's
// transaction.
func (s *Store) applyAll(ctx context.Context, all []migration) error {
	for _, m := range all {
		if err := s.apply(ctx, m); err != nil {
			return fmt.Errorf("migration %s: %w", m.name, err)
		}
	}
	return nil
}

func (s *Store) apply(ctx context.Context, m migration) error {
	// Another process may have been faster between the check and the lock.
	have, err := s.schemaVersion(ctx)
	if err != nil || have >= m.version {
		return err
	}
	if _, err := s.writer.ExecContext(ctx, m.sql); err != nil {
		return err
	}
	if m.version == 1 {
		if err := s.name(ctx); err != nil {
			return err
		}
	}
	_, err = s.writer.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", m.version))
	return err
}

// refuseForeign refuses to make a notebook of another program's database: one
// that has tables and no version, or a version and not our tables. One statement
// sees both at the same moment.
func (s *Store) refuseForeign(ctx context.Context) error {
	var foreign bool
	err := s.writer.QueryRowContext(ctx, `SELECT CASE (SELECT user_version FROM pragma_user_version)
		WHEN 0 THEN EXISTS (SELECT 1 FROM sqlite_master)
		ELSE (SELECT count(*) FROM sqlite_master WHERE name IN ('meta', 'originals', 'texts', 'articles', 'steps', 'changes') AND type = 'table') < 6 END`).Scan(&foreign)
	if err != nil || !foreign {
		return err
	}
	if left := remainsOf(s.dir); left.originals+left.backups > 0 {
		return left.refuse(s.dir, "is the database of another program")
	}
	return app.Problem(app.ErrInvalid, "its %s is the database of another program", databaseName)
}

// refuseRemains refuses to begin a notebook in a folder that holds what is left of
// one. The caller holds the lock of the database: nobody else is making it.
func (s *Store) refuseRemains(ctx context.Context) error {
	have, err := s.schemaVersion(ctx)
	if err != nil || have > 0 {
		return err
	}
	if left := remainsOf(s.dir); left.originals+left.backups > 0 {
		return left.refuse(s.dir, "has nothing in it")
	}
	return nil
}

// name gives a new notebook its identity.
func (s *Store) name(ctx context.Context) error {
	_, err := s.writer.ExecContext(ctx,
		"INSERT INTO meta (name, value) VALUES ('uuid', ?), ('generation', ?), ('pruned', '0'), ('created', ?)",
		uuid.Must(uuid.NewV7()).String(), uuid.NewString(), time.Now().UTC().Format(time.RFC3339))
	return err
}

func (r *reader) meta(name string) (string, error) {
	var v string
	err := r.q.QueryRowContext(r.ctx, "SELECT value FROM meta WHERE name = ?", name).Scan(&v)
	return v, err
}
