package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"rejoinder/app"
)

// Rescue implements app.Rescue.
type Rescue struct {
	Importer app.Importer // reads texts again that are lost
}

var _ app.Rescue = Rescue{}

// RemoveBackup implements app.Rescue.
func (Rescue) RemoveBackup(dir, path string) error { return RemoveBackup(dir, path) }

// Restore implements app.Rescue. It can be killed at any moment: until the last
// rename the notebook is what it was, and what is left behind has a name that
// nothing else takes.
func (Rescue) Restore(ctx context.Context, dir string, from app.BackupFile, p app.Progress) (report app.RestoreReport, err error) {
	dir, err = filepath.Abs(dir)
	if err != nil {
		return report, err
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil { // a link to the folder is the folder
		dir = real
	}
	release, err := LockWindow(dir)
	if err != nil {
		return report, err
	}
	defer release()
	removeLeftBeside(dir)
	if report, err = restore(ctx, dir, from, p); err != nil {
		return report, fmt.Errorf("restore %s: %w", from.Path, wayBack(from, domainError(fileError(err))))
	}
	return report, nil
}

func restore(ctx context.Context, dir string, from app.BackupFile, p app.Progress) (report app.RestoreReport, err error) {
	report.Backup = from.Path
	next := filepath.Join(dir, besidePrefix+uuid.NewString()+".part")
	defer func() {
		if err != nil { // refused: as if nothing had been tried
			err = errors.Join(err, removeIfThere(next))
			if report.Kept != "" {
				err = errors.Join(err, removeKept(report.Kept))
				report.Kept = ""
			}
		}
	}()
	repo, err := takeBackup(from, next)
	if err != nil {
		return report, err
	}
	hashes, err := prepareRestored(ctx, next)
	if err != nil {
		return report, err
	}
	if report.Originals, report.Missing, err = restoreOriginals(ctx, dir, repo, hashes, p); err != nil {
		return report, err
	}
	path, err := targetPath(dir)
	if err != nil {
		return report, err
	}
	if report.Kept, err = keepReplaced(ctx, dir, path); err != nil {
		return report, err
	}
	return report, putInPlace(dir, path, next)
}

// openBackup reads a backup's manifest, compares the file with it (app.ErrDamaged),
// and returns the repository that it is in, unlocked.
func openBackup(from app.BackupFile) (repo repository, m manifest, err error) {
	path, err := filepath.Abs(from.Path)
	if err != nil {
		return repo, m, err
	}
	repo.dir, m = filepath.Dir(path), readManifest(path)
	if !m.Bare {
		sha, _, err := hashFile(path)
		if err != nil {
			return repo, m, err
		}
		if sha != m.SHA256 {
			return repo, m, app.Problem(app.ErrDamaged, "the backup is damaged: it was changed since it was made")
		}
	}
	if m.Encrypted {
		repo.keys, err = unlock(repo.dir, from.Passphrase)
	}
	return repo, m, err
}

// takeBackup copies a backup's database to a new file, decrypted, and returns the
// repository that it is in.
func takeBackup(from app.BackupFile, to string) (repository, error) {
	repo, m, err := openBackup(from)
	if err != nil {
		return repo, err
	}
	return repo, repo.copyOut(m.Path, to)
}

// targetPath is where the database of the notebook in dir is or is to be: a link
// there stays one, and leads on to where it led.
func targetPath(dir string) (string, error) {
	path := filepath.Join(dir, databaseName)
	if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
		return path, nil
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return "", app.Problem(app.ErrInvalid, "%s is a folder: give it another name first", path)
	}
	if to, err := filepath.EvalSymlinks(path); err == nil {
		return to, nil
	}
	to, err := os.Readlink(path) // to a file that is not there
	if err != nil {
		return "", err
	}
	if !filepath.IsAbs(to) {
		to = filepath.Join(dir, to)
	}
	return to, nil
}

// putInPlace makes next the database. No log of the one before may be left: it
// would be taken for the new one's.
func putInPlace(dir, path, next string) error {
	for _, end := range []string{"-wal", "-shm", "-journal"} {
		if err := removeIfThere(path + end); err != nil {
			return err
		}
	}
	beside := next
	if filepath.Dir(path) != filepath.Dir(next) { // a link may lead to another disk
		beside = filepath.Join(filepath.Dir(path), filepath.Base(next))
		if err := copyFile(next, beside); err != nil {
			return errors.Join(err, removeIfThere(beside))
		}
		if err := removeIfThere(next); err != nil {
			return err
		}
	}
	if err := syncFolder(filepath.Dir(path)); err != nil {
		return err
	}
	if err := os.Rename(beside, path); err != nil {
		return errors.Join(err, removeIfThere(beside))
	}
	for _, d := range []string{originalsName, backupsName} {
		if err := os.MkdirAll(filepath.Join(dir, d), 0o700); err != nil {
			return err
		}
	}
	return errors.Join(syncFolder(filepath.Dir(path)), lastOpen{File: fileNow(path), Folder: dir}.write(dir))
}

// leftBeside is the age from which on what stands beside a notebook for a moment
// was left there by a program that was killed.
const leftBeside = 24 * time.Hour

// removeLeftBeside removes what a program that was killed left behind.
func removeLeftBeside(dir string) {
	for _, path := range filesIn(dir, besidePrefix+"*-*-*") {
		if info, err := os.Lstat(path); err == nil && time.Since(info.ModTime()) > leftBeside {
			_ = os.RemoveAll(path)
		}
	}
}

// prepareRestored checks a copy of a backup and begins another line of history
// with it: an index made for the one before is of no use. It returns the hashes
// of the originals that it names.
func prepareRestored(ctx context.Context, path string) ([]string, error) {
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		return nil, errors.Join(err, app.Problem(app.ErrInvalid, "this file is no backup of a notebook"))
	}
	db, err := sql.Open(driverName, dsn(path, "_journal_mode=DELETE&_synchronous=FULL"))
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	var found string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&found); err != nil {
		return nil, err
	}
	if found != "ok" {
		return nil, app.Problem(app.ErrDamaged, "the backup is damaged: %s", found)
	}
	if err := refuseFormat(ctx, db); err != nil {
		return nil, err
	}
	hashes, err := list(&reader{ctx: ctx, q: db}, scanText[string], "SELECT sha256 FROM originals ORDER BY sha256")
	if err != nil {
		return nil, err
	}
	return hashes, errors.Join(renew(ctx, db, false), db.Close(), syncFile(path))
}

// refuseFormat refuses a database that is no notebook's, or a newer version's.
func refuseFormat(ctx context.Context, db *sql.DB) error {
	all, err := migrations()
	if err != nil {
		return err
	}
	var format, named int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&format); err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master WHERE name = 'meta'").Scan(&named); err != nil {
		return err
	}
	switch newest := all[len(all)-1].version; {
	case format == 0 || named == 0:
		return app.Problem(app.ErrInvalid, "this file is no backup of a notebook")
	case format > newest:
		return app.Problem(app.ErrNewer, "the backup was made by a newer version of Rejoinder")
	}
	return nil
}

// copyFile copies a file to a new one of the user's alone, safe against a power
// cut.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if err == nil {
		err = out.Sync()
	}
	return errors.Join(err, out.Close())
}
