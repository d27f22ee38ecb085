package storage

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// namedOriginals are the hashes of the originals that the notebook names, but for
// those of without.
func (s *Store) namedOriginals(ctx context.Context, without []string) (map[string]bool, error) {
	named := map[string]bool{}
	err := s.view(ctx, func(r *reader) error {
		hashes, err := list(r, scanText[string], "SELECT sha256 FROM originals WHERE sha256 NOT"+inList, asList(notNull(without)))
		for _, sha := range hashes {
			named[sha] = true
		}
		return err
	})
	return named, err
}

// originalOf is the hash in the name of a file of originals; "" of another file.
func originalOf(path string) string {
	sha := strings.TrimSuffix(filepath.Base(path), ".damaged")
	if !isHash(sha) {
		return ""
	}
	return sha
}

// strayOriginals lists the files of originals that no row names, as those of an
// import that was cancelled or killed.
func (s *Store) strayOriginals(ctx context.Context) (paths []string, err error) {
	named, err := s.namedOriginals(ctx, nil)
	if err != nil {
		return nil, err
	}
	for _, shard := range filesIn(filepath.Join(s.dir, originalsName), "??") {
		for _, path := range filesIn(shard, "*") {
			if sha := originalOf(path); sha != "" && !named[sha] {
				paths = append(paths, path)
			}
		}
	}
	return paths, nil
}

// sqliteHeader is how every database of SQLite begins.
const sqliteHeader = "SQLite format 3\x00"

// strangeCopies lists the databases in the notebook's folder that are neither its
// own nor its backups: copies that somebody, or a program that keeps folders in
// step, made of it. They are not ours to remove.
func (s *Store) strangeCopies() (paths []string) {
	own, _ := os.Stat(s.path)
	backups := map[string]bool{}
	for _, path := range backupFiles(s.backups().dir) {
		backups[path] = true
	}
	unfinished := map[string]bool{}
	for _, path := range unfinishedIn(s.dir) {
		unfinished[path] = true
	}
	_ = filepath.WalkDir(s.dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil: // what cannot be read is not listed
			return nil
		case unfinished[path] && d.IsDir():
			return fs.SkipDir
		case unfinished[path], backups[path], !d.Type().IsRegular(), originalOf(path) != "", !isDatabase(path):
			return nil
		}
		if info, err := d.Info(); err == nil && !os.SameFile(info, own) {
			paths = append(paths, path)
		}
		return nil
	})
	return paths
}

func isDatabase(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	head := make([]byte, len(sqliteHeader))
	_, err = io.ReadFull(f, head)
	return err == nil && string(head) == sqliteHeader
}
