package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"github.com/google/uuid"

	"rejoinder/app"
)

const backupTime = "20060102-150405"

// Backup implements app.Store.
func (s *Store) Backup(ctx context.Context) (string, error) {
	path, err := s.backup(ctx, "")
	if err != nil {
		return "", fmt.Errorf("backup: %w", domainError(err))
	}
	return path, s.thin(time.Now())
}

// backup writes backups/notebook-TIME[-why].db. The copy is whole or not there.
func (s *Store) backup(ctx context.Context, why string) (string, error) {
	name := "notebook-" + time.Now().UTC().Format(backupTime)
	if why != "" {
		name += "-" + why
	}
	path := filepath.Join(s.dir, "backups", name+".db")
	part, err := s.copyBeside(ctx, path)
	if err != nil {
		return "", err
	}
	if err := os.Rename(part, path); err != nil {
		return "", fileError(err)
	}
	return path, syncFolder(filepath.Dir(path))
}

// copyBeside copies the database to a file of its own beside path, for another
// process may copy it in the same second.
func (s *Store) copyBeside(ctx context.Context, path string) (part string, err error) {
	part = path + "." + uuid.NewString() + ".part"
	// VACUUM INTO reads one state of the database and lets others write, but a
	// read-only connection refuses it.
	db, err := sql.Open(driverName, dsn(filepath.Join(s.dir, databaseName), "")) // the copy has checksums
	if err != nil {
		return "", err
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", part); err != nil {
		return "", errors.Join(err, removeIfThere(part))
	}
	return part, nil
}

// backupFormat is backup for a notebook of this format that is about to get
// another. Where another process was faster with that, it made the backup too,
// and this copy, of what came after, must not take its place.
func (s *Store) backupFormat(ctx context.Context, have, newest int) error {
	name := fmt.Sprintf("notebook-%s-before-format-%d.db", time.Now().UTC().Format(backupTime), newest)
	path := filepath.Join(s.dir, "backups", name)
	part, err := s.copyBeside(ctx, path)
	if err != nil {
		return err
	}
	copied, err := formatOf(ctx, part)
	if err != nil || copied != have {
		return errors.Join(err, removeIfThere(part))
	}
	if err := os.Rename(part, path); err != nil {
		return fileError(err)
	}
	return syncFolder(filepath.Dir(path))
}

func formatOf(ctx context.Context, path string) (int, error) {
	db, err := sql.Open("sqlite3", dsn(path, "mode=ro"))
	if err != nil {
		return 0, err
	}
	defer func() { _ = db.Close() }()
	var format int
	err = db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&format)
	return format, err
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// backups lists the backups' paths, newest first.
func (s *Store) backups() ([]string, error) {
	names, err := filepath.Glob(filepath.Join(s.dir, "backups", "notebook-*.db"))
	if err != nil {
		return nil, err
	}
	sort.Sort(sort.Reverse(sort.StringSlice(names)))
	return names, nil
}

// thin keeps the newest backup of each of the last 24 hours, 14 days and 8
// weeks that have one, every backup made before a migration, and those that a
// clock gone wrong dated into the future.
func (s *Store) thin(now time.Time) error {
	names, err := s.backups()
	if err != nil {
		return err
	}
	rules := []struct {
		keep int
		slot func(time.Time) string
	}{
		{24, func(t time.Time) string { return t.Format("2006010215") }},
		{14, func(t time.Time) string { return t.Format("20060102") }},
		{8, func(t time.Time) string { y, w := t.ISOWeek(); return fmt.Sprint(y, " ", w) }},
	}
	keep := map[string]bool{}
	for _, rule := range rules {
		slots := map[string]bool{}
		for _, path := range names {
			made, ok := backupMade(path)
			if made.After(now.Add(time.Hour)) {
				keep[path] = true
				continue
			}
			slot := rule.slot(made)
			if ok && !slots[slot] && len(slots) < rule.keep {
				slots[slot] = true
				keep[path] = true
			}
		}
	}
	var errs []error
	for _, path := range names {
		if _, ordinary := backupMade(path); ordinary && !keep[path] {
			errs = append(errs, removeIfThere(path))
		}
	}
	return errors.Join(errs...)
}

// backupMade reads the time from an ordinary backup's name.
func backupMade(path string) (time.Time, bool) {
	name := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(path), "notebook-"), ".db")
	t, err := time.Parse(backupTime, name)
	return t, err == nil
}

// Info implements app.Store.
func (s *Store) Info(ctx context.Context) (app.Info, error) {
	info := app.Info{Folder: s.dir, Counts: map[app.Kind]int{}}
	err := s.view(ctx, func(r *reader) (err error) {
		if info.UUID, err = r.meta("uuid"); err != nil {
			return err
		}
		if info.Schema, err = r.count("SELECT user_version FROM pragma_user_version"); err != nil {
			return err
		}
		for _, thing := range things {
			where := " WHERE trashed IS NULL"
			if thing.kind == app.KindActor || thing.kind == app.KindClaim {
				where += " AND merged_into IS NULL"
			}
			if info.Counts[thing.kind], err = r.count("SELECT count(*) FROM " + thing.table + where); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return info, err
	}
	for _, name := range []string{databaseName, databaseName + "-wal"} {
		if f, err := os.Stat(filepath.Join(s.dir, name)); err == nil {
			info.Bytes += f.Size()
		}
	}
	info.Backups, err = s.backups()
	return info, err
}
