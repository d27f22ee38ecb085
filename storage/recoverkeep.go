package storage

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"
)

// keepDamaged puts the damaged database and its log among the backups as
// notebook-TIME-damaged.db and …-wal, and returns the database's path.
func keepDamaged(dir, path, wal string, at time.Time) (string, error) {
	folder := filepath.Join(dir, backupsName)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	for n := 1; ; n++ {
		name := "notebook-" + at.Format(backupTime) + "-damaged"
		if n > 1 {
			name += fmt.Sprint("-", n)
		}
		kept := filepath.Join(folder, name+".db")
		if _, err := os.Stat(kept); err == nil {
			continue
		}
		// The log first: where the database is kept, its log is.
		if _, err := os.Stat(wal); err == nil {
			if err := keepFile(wal, kept+"-wal"); err != nil {
				return "", err
			}
		}
		if err := keepFile(path, kept); err != nil {
			return "", err
		}
		return kept, syncFolder(folder)
	}
}

// keepFile gives a file another name, or copies it where it can have only one.
func keepFile(from, to string) error {
	if os.Link(from, to) == nil {
		return nil
	}
	part := to + "." + uuid.NewString() + ".part"
	err := copyFile(from, part)
	if err == nil {
		err = os.Rename(part, to)
	}
	if err != nil {
		return errors.Join(err, removeIfThere(part))
	}
	return nil
}

// keptLog is where the log of the database in dir is: beside it or, where a
// recovery was killed just before its end, beside the copy among the backups.
func keptLog(dir, path string) string {
	if _, err := os.Stat(path + "-wal"); err == nil {
		return path + "-wal"
	}
	for _, wal := range filesIn(filepath.Join(dir, backupsName), "notebook-*-damaged*.db-wal") {
		if sameContent(path, strings.TrimSuffix(wal, "-wal")) && !writtenAfter(path, wal) {
			return wal
		}
	}
	return path + "-wal"
}

// writtenAfter says whether a database was written after its log: then it has all
// that the log has, or somebody went on with it without the log.
func writtenAfter(path, wal string) bool {
	db, err := os.Stat(path)
	if err != nil {
		return true
	}
	log, err := os.Stat(wal)
	return err != nil || db.ModTime().After(log.ModTime())
}

func sameContent(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	if err != nil || x.Size() != y.Size() {
		return false
	}
	if os.SameFile(x, y) {
		return true
	}
	f, err := os.Open(a)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	g, err := os.Open(b)
	if err != nil {
		return false
	}
	defer func() { _ = g.Close() }()
	const piece = 1 << 16
	p, q := make([]byte, piece), make([]byte, piece)
	for {
		n, err := io.ReadFull(f, p)
		m, _ := io.ReadFull(g, q)
		if string(p[:n]) != string(q[:m]) {
			return false
		}
		if err != nil {
			return true
		}
	}
}
