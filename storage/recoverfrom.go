package storage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"rejoinder/app"
)

// RecoverFrom implements app.Rescue. The file may be a damaged backup, a damaged
// database that was kept, or a log that was put aside, of which there are only the
// pages that it has.
//
// Besides the errors of Recover it is app.ErrInvalid for an encrypted backup, and
// for a folder that holds other files.
func (rescue Rescue) RecoverFrom(ctx context.Context, dir string, from app.BackupFile, p app.Progress) (app.RecoverReport, error) {
	file, err := filepath.Abs(from.Path)
	if err != nil {
		return app.RecoverReport{}, err
	}
	if strings.HasSuffix(file, encryptedEnd) {
		return app.RecoverReport{}, app.Problem(app.ErrInvalid, "%s is encrypted, and what is encrypted can be read only as a whole: choose another backup", file)
	}
	if _, err := os.Stat(file); err != nil {
		return app.RecoverReport{}, fmt.Errorf("recover from %s: %w", file, err)
	}
	dir, path, err := recoverInto(dir)
	if err != nil {
		return app.RecoverReport{}, err
	}
	if fileNow(path) == fileNow(file) { // the notebook's own
		return rescue.Recover(ctx, dir, p)
	}
	if err := prepareRecovered(dir); err != nil {
		return app.RecoverReport{}, err
	}
	release, err := LockWindow(dir)
	if err != nil {
		return app.RecoverReport{}, err
	}
	defer release()
	r := &recovery{ctx: ctx, dir: dir, path: path, from: file, log: file + "-wal", source: filepath.Dir(file), importer: rescue.Importer, progress: p, at: time.Now().UTC()}
	if database, isLog := strings.CutSuffix(file, "-wal"); isLog {
		r.from, r.log = database, file
		if _, err := os.Stat(database); err != nil {
			r.from = ""
		}
	}
	report, err := r.run()
	if err != nil {
		return report, fmt.Errorf("recover from %s: %w", file, domainError(fileError(err)))
	}
	return report, nil
}

// prepareRecovered makes the folder of a notebook, or refuses one that is anything
// else's.
func prepareRecovered(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return fileError(os.MkdirAll(dir, 0o700))
	}
	if err != nil {
		return fmt.Errorf("notebook folder: %w", fileError(err))
	}
	if hasDatabase(dir) || !remainsOf(dir).none() {
		return nil
	}
	return refuseOtherFiles(dir, entries)
}

// replaceFrom brings the originals that the new database names over from beside
// the file that was read, makes a backup of the database that is there, and puts
// the new one in its place. The file that was read stays as it is.
func (r *recovery) replaceFrom(next string) (err error) {
	_, hashes, err := describe(r.ctx, next)
	if err != nil {
		return err
	}
	if _, _, err = restoreOriginals(r.ctx, r.dir, repository{dir: r.source}, hashes, r.progress); err != nil {
		return err
	}
	if r.report.Kept, err = keepReplaced(r.ctx, r.dir, r.path); err != nil {
		return err
	}
	return putInPlace(r.dir, r.path, next)
}

// goodBackups are the newest backup of the notebook in dir that is as it was made
// and holds something and, where an older one holds more, the fullest; without
// those at the paths in except.
func goodBackups(dir string, except ...string) (out []app.Backup) {
	for _, repo := range repositories(dir) {
		for _, m := range repo.list() {
			if m.Bare || m.Why == app.BackupDamaged || m.Things() == 0 || slices.Contains(except, m.Path) {
				continue
			}
			fuller := len(out) == 0 || m.Things() > out[len(out)-1].Things()
			if sha, _, err := hashFile(m.Path); fuller && err == nil && sha == m.SHA256 {
				out = append(out[:min(len(out), 1)], m.Backup)
			}
		}
	}
	return out
}

// wayBack names, in an error about a damaged backup, the way to what can be read
// of it.
func wayBack(from app.BackupFile, err error) error {
	if !errors.Is(err, app.ErrDamaged) || strings.HasSuffix(from.Path, encryptedEnd) {
		return err
	}
	return fmt.Errorf("%w; what can still be read of it, into a new folder: rejoinder --notebook NEWFOLDER notebook recover --from %s", err, from.Path)
}
