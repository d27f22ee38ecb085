package search

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"

	"rejoinder/app"
)

// notebookFile says in an index folder which notebook's folder it is for.
const notebookFile = "notebook"

// idLetters is how much of a notebook's identifier the name of its folder shows.
// The hash behind it tells the notebooks apart; the name is short because the
// path of a socket may be no longer than about a hundred bytes.
const idLetters = 8

// retiredSuffix marks a folder that is being removed.
const retiredSuffix = ".old"

// Place names the folder below cache where the index of a line of history is
// kept. Copies of a notebook have stamps of their own, so they never share one.
func Place(cache, stamp string) string {
	sum := sha256.Sum256([]byte(stamp))
	return filepath.Join(cache, visibleID(stamp)+"-"+hex.EncodeToString(sum[:6]))
}

// visibleID is the beginning of the identifier in a stamp, without what a path
// could not hold.
func visibleID(stamp string) string {
	id, _, _ := strings.Cut(stamp, "/")
	id = strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, id)
	return id[:min(len(id), idLetters)]
}

// OpenBelow opens the index of the notebook in the folder notebook, in a folder
// of its own below cache, and removes those that the same notebook had there
// before and that no process holds. The folder that cannot be made or written is
// no error: then searches read the notebook itself, and Status says why.
func OpenBelow(ctx context.Context, cache, notebook string, from app.IndexSource) (*Index, error) {
	stamp, err := from.IndexStamp(ctx)
	if err != nil {
		return nil, fmt.Errorf("stamp of the notebook: %w", err)
	}
	if whole, err := filepath.Abs(notebook); err == nil {
		notebook = whole
	}
	dir := Place(cache, stamp)
	ix, err := Open(ctx, dir, from)
	if err != nil {
		return nil, err
	}
	if ix.Status().Without == nil {
		// Without it the folder is only not recognised later, and stays.
		_ = writeNew(filepath.Join(dir, notebookFile), notebook)
		removeEarlier(cache, stamp, notebook)
	}
	return ix, nil
}

// writeNew writes a small file in place of what may stand there, and through no
// link.
func writeNew(path, text string) error {
	beside := path + "-new"
	if err := os.Remove(beside); err != nil && !os.IsNotExist(err) {
		return err
	}
	f, err := os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		_ = os.Remove(beside)
		return err
	}
	return os.Rename(beside, path)
}

// removeEarlier removes the index folders that the notebook in a folder had
// before: of another generation, of a database that was replaced, and of the
// versions that named them by the identifier alone.
func removeEarlier(cache, stamp, notebook string) {
	id, _, _ := strings.Cut(stamp, "/")
	own := filepath.Base(Place(cache, stamp))
	entries, _ := os.ReadDir(cache) // what cannot be read is left
	for _, e := range entries {
		name := e.Name()
		if !e.IsDir() || name == own { // a link is no folder here
			continue
		}
		path := filepath.Join(cache, name)
		switch {
		case strings.HasPrefix(name, visibleID(stamp)+"-") && strings.HasSuffix(name, retiredSuffix):
		case strings.HasPrefix(name, visibleID(stamp)+"-") && isFor(path, notebook):
		case id != "" && name == id:
		default:
			continue
		}
		retire(path)
	}
}

func isFor(dir, notebook string) bool {
	text, err := os.ReadFile(filepath.Join(dir, notebookFile))
	return err == nil && string(text) == notebook
}

// retire removes an index folder unless a process holds one of its indexes.
func retire(path string) {
	for _, part := range []string{"articles", "small"} {
		dir := filepath.Join(path, part)
		if info, err := os.Lstat(dir); err != nil || !info.IsDir() {
			continue
		}
		lock := flock.New(filepath.Join(dir, "lock"))
		locked, err := lock.TryLock()
		if err != nil || !locked {
			return
		}
		defer func() { _ = lock.Unlock() }() // its file is gone or unused
	}
	// Who looks for the folder from now on makes a new one.
	away := path
	if !strings.HasSuffix(path, retiredSuffix) {
		away = path + "-" + rand.Text()[:6] + retiredSuffix
		if os.Rename(path, away) != nil {
			away = path
		}
	}
	_ = os.RemoveAll(away) // tried again next time
}
