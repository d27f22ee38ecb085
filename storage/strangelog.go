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

	"rejoinder/app"
	"rejoinder/storage/salvage"
)

// heldPath is a second name of the database while it is open: when another
// program puts a file in its place, the database that this one's log belongs to
// still has a name, also after the program was killed.
func heldPath(path string) string { return filepath.Join(filepath.Dir(path), besidePrefix+"held") }

// hold gives the database its second name, where the disk knows such links.
func (s *Store) hold() error {
	held := heldPath(s.path)
	if fileNow(held) == s.file {
		return nil
	}
	if err := removeIfThere(held); err != nil { // left by a copy of the folder in use: settleLog took what it had to
		return err
	}
	_ = os.Link(s.path, held)
	return nil
}

// letGo takes the second name away when nobody has the database open any more: the
// last one to close it takes its log away.
func (s *Store) letGo() error {
	if _, err := os.Stat(s.path + "-wal"); err == nil || fileNow(heldPath(s.path)) != s.file {
		return nil
	}
	return removeIfThere(heldPath(s.path))
}

// putHeldBack gives a database its name back that was deleted while a program had
// it open, which was then killed.
func putHeldBack(dir string) error {
	path, err := targetPath(dir)
	if err != nil {
		return err
	}
	if held := heldPath(path); fileNow(held) != "" && fileNow(held) == readLastOpen(dir).File {
		return os.Rename(held, path)
	}
	return nil
}

// settleLog looks after a log that may belong to another database than the one
// beside it: when that was replaced while a program had it open, SQLite would
// write the other's pages into it. With the database that it does belong to it
// becomes a backup. Where that has no name any more, a log with which the database
// is not whole, but without which it is, is put aside.
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
	now := lastOpen{File: fileNow(s.path), Folder: last.Folder}
	if held := heldPath(s.path); fileNow(held) == last.File {
		kept, err := keepHeld(ctx, s.dir, held, wal)
		if err != nil {
			return fmt.Errorf("keep what was saved before the database was replaced: %w", err)
		}
		s.warnings = append(s.warnings, fmt.Sprintf("The database was replaced while a program had it open. What that program held is among the backups: %s.", kept))
		return errors.Join(removeIfThere(wal), removeIfThere(s.path+"-shm"), removeIfThere(held), now.write(s.dir))
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
	return now.write(s.dir)
}

// keepDamagedLog keeps a copy of a database whose log is damaged in its middle: of
// what was written after that SQLite takes nothing, and says nothing.
func (s *Store) keepDamagedLog() error {
	gap, err := salvage.HasLogGap(s.path + "-wal")
	if err != nil || !gap {
		return err
	}
	kept, err := keepRaw(s.dir, s.path, app.BackupDamaged)
	if err != nil {
		return fmt.Errorf("keep the database, whose log is damaged: %w", fileError(err))
	}
	s.warnings = append(s.warnings, fmt.Sprintf("What was saved last before the program ended unexpectedly is damaged and may be missing. The files as they were are kept: %s, and its log.", kept))
	return nil
}

// keepHeld makes a backup of a database that was replaced, with its log, and
// returns its path.
func keepHeld(ctx context.Context, dir, held, wal string) (kept string, err error) {
	scratch := filepath.Join(dir, besidePrefix+uuid.NewString())
	if err := os.Mkdir(scratch, 0o700); err != nil {
		return "", fileError(err)
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	path := filepath.Join(scratch, databaseName)
	if err := errors.Join(copyFile(held, path), copyFile(wal, path+"-wal")); err != nil {
		return "", fileError(err)
	}
	db, err := sql.Open(driverName, dsn(path, "_journal_mode=DELETE&_synchronous=FULL"))
	if err != nil {
		return "", err
	}
	if err := errors.Join(db.PingContext(ctx), db.Close()); err != nil {
		return "", err
	}
	m, hashes, err := describe(ctx, path)
	if err != nil {
		return "", err
	}
	to, from := repository{dir: filepath.Join(dir, backupsName)}, repository{dir: dir}
	m.Why, m.Made = app.BackupReplaced, time.Now()
	if m.Missing, err = to.keepOriginals(ctx, hashes, from.originalPath, app.NoProgress{}); err != nil {
		return "", err
	}
	part := filepath.Join(to.dir, uuid.NewString()+".part")
	if err := os.Rename(path, part); err != nil {
		return "", err
	}
	return to.add(part, m, suffixOf(m.Why))
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
