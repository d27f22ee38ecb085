package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"

	"rejoinder/app"
)

// backups are those in the notebook's own folder.
func (s *Store) backups() repository { return repository{dir: filepath.Join(s.dir, backupsName)} }

// Backup implements app.Store.
func (s *Store) Backup(ctx context.Context, o app.BackupOptions, p app.Progress) (report app.BackupReport, err error) {
	if s.readOnly != nil {
		return report, s.readOnly
	}
	if err := s.InPlace(); err != nil {
		return report, fmt.Errorf("backup: %w", err)
	}
	to := s.backups()
	if o.To != "" {
		if to.dir, err = outside(s.dir, o.To); err != nil {
			return report, err
		}
	}
	m, err := s.backupInto(ctx, to, o.Why, suffixOf(o.Why), p)
	if err != nil {
		return report, fmt.Errorf("backup: %w", domainError(err))
	}
	report.Path, report.Missing = m.Path, m.Missing
	if o.To != "" {
		return report, nil
	}
	if report.Removed, err = to.thin(time.Now(), m); err != nil {
		return report, fmt.Errorf("thin out the backups: %w", err)
	}
	report.Second, report.SecondErr = s.backupSecond(ctx, m, p)
	return report, nil
}

func suffixOf(why app.BackupWhy) string {
	if why == app.BackupAutomatic {
		return ""
	}
	return "-" + string(why)
}

// outside is the absolute path of a folder that is not in the notebook's.
func outside(dir, folder string) (string, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	if within(dir, folder) {
		return "", app.Problem(app.ErrInvalid, "%s is in the notebook's own folder: choose one elsewhere, best on another disk", folder)
	}
	return folder, nil
}

// within says whether path is dir or in it, also by another name.
func within(dir, path string) bool {
	for at := path; ; at = filepath.Dir(at) {
		if at == dir {
			return true
		}
		if a, err := os.Stat(at); err == nil {
			if b, err := os.Stat(dir); err == nil && os.SameFile(a, b) {
				return true
			}
		}
		if at == filepath.Dir(at) {
			return false
		}
	}
}

// backupInto makes a backup of the notebook as it is now in a repository, with
// its originals. A notebook that is damaged makes none.
func (s *Store) backupInto(ctx context.Context, to repository, why app.BackupWhy, suffix string, p app.Progress) (m manifest, err error) {
	if err := os.MkdirAll(to.dir, 0o700); err != nil {
		return m, fileError(err)
	}
	if err := s.refuseDamaged(ctx); err != nil {
		return m, err
	}
	part, err := s.copyBeside(ctx, filepath.Join(to.dir, databaseName))
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, removeIfThere(part)) }()
	m, hashes, err := describe(ctx, part)
	if err != nil {
		return m, err
	}
	m.Why, m.Made = why, time.Now()
	if m.Missing, err = to.keepOriginals(ctx, hashes, s.originalPath, p); err != nil {
		return m, err
	}
	m.Path, err = to.add(part, m, suffix)
	return m, err
}

// refuseDamaged is app.ErrDamaged when the database is damaged: a backup of it is
// not to stand before the good ones.
func (s *Store) refuseDamaged(ctx context.Context) error {
	var found string
	err := s.readers.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found)
	if err == nil && found == "ok" {
		return nil
	}
	if err != nil && !errors.Is(domainError(err), app.ErrDamaged) {
		return err
	}
	return app.Problem(app.ErrDamaged, "the notebook is damaged (%s), so it was not backed up over the good backups: restore one of them, or salvage what can be read (rejoinder notebook recover)", orElse(found, err))
}

func orElse(text string, err error) string {
	if err != nil {
		return err.Error()
	}
	return text
}

// copyBeside copies the database to a file of its own beside path, for another
// process may copy it in the same second.
func (s *Store) copyBeside(ctx context.Context, path string) (part string, err error) {
	part = path + "." + uuid.NewString() + ".part"
	if err := makeDatabase(part); err != nil {
		return "", err
	}
	// VACUUM INTO reads one state of the database and lets others write, but a
	// read-only connection refuses it.
	db, err := sql.Open(driverName, dsn(s.path, ""))
	if err != nil {
		return "", err
	}
	defer func() { _ = db.Close() }()
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", part)
	if err == nil {
		err = s.InPlace() // else this is a copy of another file
	}
	if err != nil {
		return "", errors.Join(err, removeIfThere(part))
	}
	return part, nil
}

// describe reads what a manifest says of a copy, after a check that it is whole,
// and the hashes of the originals that it names.
func describe(ctx context.Context, path string) (m manifest, hashes []string, err error) {
	db, err := sql.Open(driverName, dsn(path, "mode=ro"))
	if err != nil {
		return m, nil, err
	}
	defer func() { _ = db.Close() }()
	r := &reader{ctx: ctx, q: db}
	found, err := list(r, scanText[string], "PRAGMA integrity_check(1)")
	if err != nil {
		return m, nil, err
	}
	if len(found) != 1 || found[0] != "ok" {
		return m, nil, app.Problem(app.ErrDamaged, "the copy that was made is not whole: %s", found)
	}
	if m.UUID, err = r.meta("uuid"); err != nil {
		return m, nil, err
	}
	if m.Generation, err = r.meta("generation"); err != nil {
		return m, nil, err
	}
	if m.Format, err = r.count("SELECT user_version FROM pragma_user_version"); err != nil {
		return m, nil, err
	}
	// A notebook of an old format lacks some tables; its counts are not known.
	if counts, err := r.counts(); err == nil {
		m.Counts = counts
	}
	hashes, err = list(r, scanText[string], "SELECT sha256 FROM originals ORDER BY sha256")
	m.Originals = len(hashes)
	return m, hashes, err
}

// backupFormat is backupInto for a notebook of this format that is about to get
// another. Where another process was faster with that, it made the backup too,
// and this copy, of what came after, must not take its place.
func (s *Store) backupFormat(ctx context.Context, have, newest int) error {
	to := s.backups()
	part, err := s.copyBeside(ctx, filepath.Join(to.dir, databaseName))
	if err != nil {
		return err
	}
	defer func() { _ = removeIfThere(part) }()
	m, hashes, err := describe(ctx, part)
	if err != nil || m.Format != have {
		return err
	}
	for _, b := range to.list() { // another process is on the way, from an older format
		if b.Why == app.BackupBeforeFormat && b.UUID == m.UUID && b.Generation == m.Generation && b.Format < have &&
			time.Since(b.Made) < time.Hour && strings.Contains(b.Path, fmt.Sprintf("-%d.", newest)) {
			return nil
		}
	}
	m.Why, m.Made = app.BackupBeforeFormat, time.Now()
	if m.Missing, err = to.keepOriginals(ctx, hashes, s.originalPath, app.NoProgress{}); err != nil {
		return err
	}
	_, err = to.add(part, m, fmt.Sprintf("-%s-%d", app.BackupBeforeFormat, newest))
	return err
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// RemoveBackup removes one backup of the notebook in dir, in the second place too,
// which the user asked for.
func RemoveBackup(dir, path string) error {
	for _, repo := range repositories(dir) {
		for _, have := range backupFiles(repo.dir) {
			if a, err := os.Stat(have); err == nil {
				if b, err := os.Stat(path); err == nil && os.SameFile(a, b) {
					return repo.remove(have)
				}
			}
		}
	}
	return app.Problem(app.ErrNotFound, "%s is not among the backups of the notebook in %s", path, dir)
}
