// Package storage keeps a notebook in a folder: notebook.db, the truth, in
// SQLite; originals/, the imported files; backups/. It implements app.Store.
//
// It is the only package that imports go-sqlite3, and it imports nothing else
// of ours but package app. There is one file for each type, with the SQL beside
// the function that scans it.
package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"rejoinder/app"
)

const databaseName = "notebook.db"

// patience is how long the store waits for another process that writes.
const patience = 5 * time.Second

// Store is a notebook's folder, open for reading and, unless readOnly says why
// not, for writing. One connection writes, four read. All methods may be called
// from any goroutine.
type Store struct {
	dir      string
	path     string // the database's file, links followed
	file     string // which file that was when it was opened, and its log
	log      string
	readOnly error
	copied   string // the folder of a copy that is read in the place of the database; "" for none
	warnings []string
	readers  *sql.DB

	mu     sync.Mutex // held by whoever uses writer
	writeq *sql.DB    // owns writer
	writer *sql.Conn
	bulk   bool // the writer is set to Op.Bulk's speed
}

var _ app.Store = (*Store)(nil)

// Open opens the notebook in dir, and makes it where there is none yet. A
// folder that holds other things is refused: app.ErrInvalid; so is one whose
// notebook lost its database: app.ErrMissing. A notebook of an older version is
// brought up to date after a backup, one of a newer version is refused
// untouched: app.ErrNewer.
func Open(ctx context.Context, dir string) (*Store, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("notebook folder: %w", err)
	}
	if err := prepareFolder(dir); err != nil {
		return nil, err
	}
	s := &Store{dir: dir}
	if err := s.open(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open notebook %s: %w", dir, domainError(s.aboutDisk(err))), s.Close())
	}
	return s, nil
}

// databasePath is where the database of the notebook in dir is, links followed.
func databasePath(dir string) (string, error) {
	path, err := filepath.EvalSymlinks(filepath.Join(dir, databaseName))
	if err != nil {
		return "", fmt.Errorf("find the database: %w", err)
	}
	return filepath.Abs(path)
}

// dsn puts the pragmas into the data source name: a pool forgets a pragma that
// was run by hand on one of its connections.
func dsn(path string, params string) string {
	p := filepath.ToSlash(path)
	if p[0] != '/' { // C:/…
		p = "/" + p
	}
	return fmt.Sprintf("file:%s?_busy_timeout=%d&%s", (&url.URL{Path: p}).EscapedPath(), patience.Milliseconds(), params)
}

func (s *Store) open(ctx context.Context) (err error) {
	if err := makeDatabase(filepath.Join(s.dir, databaseName)); err != nil {
		return err
	}
	if s.path, err = databasePath(s.dir); err != nil {
		return err
	}
	last := readLastOpen(s.dir)
	if err := s.settleLog(ctx, last); err != nil {
		return err
	}
	if err := s.keepDamagedLog(); err != nil {
		return err
	}
	s.file = fileNow(s.path)
	s.writeq, err = sql.Open(driverName, dsn(s.path, "_synchronous=FULL&_foreign_keys=on&_cache_size=-16000"))
	if err != nil {
		return err
	}
	s.writeq.SetMaxOpenConns(1)
	if s.writer, err = s.writeq.Conn(ctx); err != nil {
		return err
	}
	if err := s.migrate(ctx); err != nil {
		return err
	}
	if err := record(ctx, s.writer); err != nil {
		return fmt.Errorf("set up the change log: %w", err)
	}
	if err := s.openReaders(ctx, s.path, ""); err != nil {
		return err
	}
	s.log = fileNow(s.path + "-wal")
	if err := s.InPlace(); err != nil {
		return err
	}
	if err := s.settleIdentity(ctx, last); err != nil {
		return err
	}
	if err := s.hold(); err != nil {
		return err
	}
	s.warnings = append(s.warnings, folderWarnings(s.dir)...)
	return nil
}

const readerCount = 4

// openReaders opens all of the reading connections now: one that was opened later
// might open another file, if this one is replaced meanwhile.
func (s *Store) openReaders(ctx context.Context, path, params string) (err error) {
	s.readers, err = sql.Open(driverName, dsn(path, "mode=ro&_query_only=1&_cache_size=-16000"+params))
	if err != nil {
		return err
	}
	s.readers.SetMaxOpenConns(readerCount)
	s.readers.SetMaxIdleConns(readerCount)
	for range readerCount {
		conn, err := s.readers.Conn(ctx)
		if err != nil {
			return err
		}
		defer func() { _ = conn.Close() }() // back to the pool
		var format int
		if err := conn.QueryRowContext(ctx, "PRAGMA user_version").Scan(&format); err != nil {
			return err
		}
	}
	return nil
}

// Close ends all work on the notebook.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	if s.writer != nil && s.log != "" { // not in a notebook that was refused
		_ = s.noteChanges(context.Background()) // on a full disk it is not remembered
		errs = append(errs, s.leaveFile())
	}
	if s.readers != nil {
		errs = append(errs, s.readers.Close())
	}
	if s.writer != nil {
		errs = append(errs, s.writer.Close())
		s.writer = nil
	}
	if s.writeq != nil {
		errs = append(errs, s.writeq.Close())
	}
	if s.log != "" {
		errs = append(errs, s.letGo())
	}
	if s.copied != "" {
		errs = append(errs, os.RemoveAll(s.copied))
	}
	return errors.Join(errs...)
}

// View implements app.Store.
func (s *Store) View(ctx context.Context, fn func(app.Reader) error) error {
	return s.view(ctx, func(r *reader) error { return fn(r) })
}

func (s *Store) view(ctx context.Context, fn func(*reader) error) error {
	tx, err := s.readers.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return domainError(err)
	}
	defer func() { _ = tx.Rollback() }()
	return domainError(fn(&reader{ctx: ctx, q: tx}))
}

// Update implements app.Store.
func (s *Store) Update(ctx context.Context, op app.Op, fn func(app.Tx) error) (app.Changes, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.update(ctx, op, func(t *tx) error { return fn(t) })
}

// update is Update for a caller that holds s.mu.
func (s *Store) update(ctx context.Context, op app.Op, fn func(*tx) error) (app.Changes, error) {
	if err := s.setBulk(ctx, op.Bulk); err != nil {
		return app.Changes{}, domainError(err)
	}
	var changes app.Changes
	err := s.transact(ctx, func() error {
		t := &tx{reader: reader{ctx: ctx, q: s.writer}, label: op.Label, now: time.Now().UTC()}
		before, err := t.head()
		if err != nil {
			return err
		}
		step, err := t.beginStep(op)
		if err != nil {
			return err
		}
		if err := fn(t); err != nil {
			return err
		}
		if changes, err = t.changesAfter(before); err != nil {
			return err
		}
		changes.Label = t.label
		if changes.Empty() {
			return t.exec("DELETE FROM steps WHERE id = ?", step)
		}
		return t.endStep(step)
	})
	if err != nil {
		return app.Changes{}, domainError(err)
	}
	return changes, nil
}

// transact runs fn between BEGIN IMMEDIATE and COMMIT on the writer. The caller
// holds s.mu.
func (s *Store) transact(ctx context.Context, fn func() error) (err error) {
	defer func() { err = s.aboutDisk(err) }()
	if s.readOnly != nil {
		return s.readOnly
	}
	if s.writer == nil {
		return errors.New("the notebook is closed")
	}
	if err := s.InPlace(); err != nil {
		return err
	}
	// Begin and end must not be cut short by a cancelled context: the connection
	// would be left inside a transaction.
	whole := context.WithoutCancel(ctx)
	if _, err := s.writer.ExecContext(whole, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	defer func() {
		if p := recover(); p != nil {
			_, _ = s.writer.ExecContext(whole, "ROLLBACK")
			panic(p)
		}
		if err != nil { // SQLite may have rolled back by itself, as when the disk is full
			_, _ = s.writer.ExecContext(whole, "ROLLBACK")
		}
	}()
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := fn(); err != nil {
		return err
	}
	if _, err = s.writer.ExecContext(whole, "COMMIT"); err != nil {
		return err
	}
	return s.InPlace() // else it went into a file that nobody will find again
}

// setBulk chooses between FULL, which survives a power cut, and NORMAL, which
// survives a crash of the program.
func (s *Store) setBulk(ctx context.Context, bulk bool) error {
	if s.bulk == bulk || s.writer == nil {
		return nil
	}
	level := "FULL"
	if bulk {
		level = "NORMAL"
	}
	if _, err := s.writer.ExecContext(ctx, "PRAGMA synchronous="+level); err != nil {
		return err
	}
	s.bulk = bulk
	return nil
}
