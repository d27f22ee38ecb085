package storage

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"rejoinder/app"
)

const (
	originalsName = "originals"
	backupsName   = "backups"
)

// prepareFolder makes the folders of a notebook, or refuses: a folder that holds
// other files and no notebook (app.ErrInvalid), and one whose notebook lost its
// database (app.ErrMissing), which must never be begun anew.
func prepareFolder(dir string) error {
	if err := refuseOddFolder(dir); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("notebook folder: %w", err)
	}
	if !hasDatabase(dir) {
		if err := putHeldBack(dir); err != nil {
			return fmt.Errorf("notebook folder: %w", fileError(err))
		}
	}
	if !hasDatabase(dir) {
		if left := remainsOf(dir); !left.none() && !hasDatabase(dir) { // another process may just have made it
			return left.refuse(dir, "is missing or empty")
		}
		if err := refuseOtherFiles(dir, entries); err != nil {
			return err
		}
	}
	for _, d := range []string{dir, filepath.Join(dir, originalsName), filepath.Join(dir, backupsName)} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return fmt.Errorf("notebook folder: %w", fileError(err))
		}
	}
	return keepPrivate(dir)
}

// refuseOddFolder says what is wrong with a folder that can be no notebook's.
func refuseOddFolder(dir string) error {
	info, err := os.Stat(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err == nil && !info.IsDir() {
		return app.Problem(app.ErrInvalid, "%s is a file: name the folder that it is in, or restore it into a new one (rejoinder --notebook FOLDER notebook restore %s)", dir, dir)
	}
	if info, err := os.Stat(filepath.Join(dir, databaseName)); err == nil && info.IsDir() {
		how := "is a folder, not a database"
		if left := remainsOf(dir); !left.none() {
			return left.refuse(dir, how)
		}
		return app.Problem(app.ErrInvalid, "%s %s: give it another name", filepath.Join(dir, databaseName), how)
	}
	if backups := backupFiles(dir); len(backups) > 0 && !hasDatabase(dir) {
		return app.Problem(app.ErrInvalid, "%s is a folder of backups: restore one of them into a new folder (rejoinder --notebook FOLDER notebook restore %s)", dir, backups[0])
	}
	for _, name := range []string{originalsName, backupsName} {
		path := filepath.Join(dir, name)
		if to, err := os.Readlink(path); err == nil {
			if _, err := os.Stat(path); err != nil {
				return &brokenLink{path, to}
			}
		}
	}
	return nil
}

// brokenLink is a part of a notebook that is a link to what is not there, as a disk
// that is not plugged in: without it the notebook can only be read.
type brokenLink struct{ path, to string }

func (b *brokenLink) Error() string {
	return fmt.Sprintf("%s is a link to %s, which is not there: plug that disk in, or remove the link", b.path, b.to)
}

func (b *brokenLink) Unwrap() error { return app.ErrReadOnly }

func refuseOtherFiles(dir string, entries []os.DirEntry) error {
	for _, e := range entries {
		switch name := e.Name(); {
		// What a notebook's folder may hold before its database.
		case name == databaseName, name == originalsName, name == backupsName, name == lockName, name == holderName, name == openedName,
			strings.HasPrefix(name, databaseName+"-"), strings.HasSuffix(name, ".part"), strings.HasPrefix(name, besidePrefix):
		default:
			return app.Problem(app.ErrInvalid,
				"the folder %s holds other files and no notebook; choose an empty or a new folder", dir)
		}
	}
	return nil
}

// hasDatabase says whether there is a database that is not empty. One of no bytes
// is what is left when making it was cut short.
func hasDatabase(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, databaseName))
	return err == nil && info.Mode().IsRegular() && info.Size() > 0
}

// remains is what is left of a notebook beside its database.
type remains struct {
	originals int
	backups   int
	log       bool // what was written last, which was not yet in the database
	second    bool // a note of a second place, which need not be there now
}

func (l remains) none() bool { return l == remains{} }

// remainsOf counts the originals and backups in a notebook's folder.
func remainsOf(dir string) (left remains) {
	left.originals = len(originalsIn(dir))
	for _, repo := range repositories(dir) {
		left.backups += len(backupFiles(repo.dir))
	}
	left.second = readLastOpen(dir).Second != ""
	info, err := os.Stat(filepath.Join(dir, databaseName+"-wal"))
	left.log = err == nil && info.Size() > 0
	return left
}

// filesIn lists the paths in a folder whose names fit a pattern of path/filepath; the
// folder's own name may have what would be one there.
func filesIn(dir, pattern string) (paths []string) {
	entries, _ := os.ReadDir(dir) // what cannot be read holds nothing
	for _, e := range entries {
		if ok, _ := filepath.Match(pattern, e.Name()); ok {
			paths = append(paths, filepath.Join(dir, e.Name()))
		}
	}
	return paths
}

// originalsIn lists the paths of the originals in a notebook's folder.
func originalsIn(dir string) (paths []string) {
	for _, shard := range filesIn(filepath.Join(dir, originalsName), "??") {
		for _, path := range filesIn(shard, "*") {
			if isHash(filepath.Base(path)) {
				paths = append(paths, path)
			}
		}
	}
	return paths
}

// refuse is why a notebook is not begun anew; how says what is wrong with its
// database.
func (l remains) refuse(dir, how string) error {
	advice := "put notebook.db back from where it went"
	if others := databasesIn(dir); len(others) > 0 {
		advice = "give " + others[0] + ", which lies beside it, its name back if it is that"
	}
	if l.backups > 0 {
		advice += ", or restore a backup (rejoinder notebook restore)"
	}
	if l.originals > 0 {
		advice += ", or read the originals again (rejoinder notebook recover)"
	}
	return app.Problem(app.ErrMissing, "%s %s, but the folder holds %s of the notebook and %s; nothing was changed: %s",
		filepath.Join(dir, databaseName), how, counted(l.originals, "original"), counted(l.backups, "backup"), advice)
}

func counted(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// databasesIn lists other databases in a notebook's folder, as one that was renamed.
func databasesIn(dir string) (names []string) {
	for _, path := range filesIn(dir, "*.db*") {
		if name := filepath.Base(path); name != databaseName && !strings.HasPrefix(name, databaseName+"-") && !strings.HasSuffix(name, ".part") {
			names = append(names, name)
		}
	}
	return names
}

// keepPrivate takes the rights of others off a notebook's folder and database. A
// folder that its group may write to is shared on purpose and stays so.
func keepPrivate(dir string) error {
	for _, path := range []string{dir, filepath.Join(dir, backupsName), filepath.Join(dir, databaseName)} {
		info, err := os.Stat(path)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		mode := info.Mode().Perm()
		if path == dir && mode&0o020 != 0 {
			return nil
		}
		if mode&0o077 != 0 {
			_ = os.Chmod(path, mode&^0o077) // another's file, or a disk that knows no rights
		}
	}
	return nil
}

// makeDatabase makes an empty database that nobody else may read; SQLite gives
// its logs the same rights.
func makeDatabase(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err != nil {
		return fileError(err)
	}
	return f.Close()
}
