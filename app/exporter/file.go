package exporter

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"rejoinder/app"
)

// FileOptions say how a file is written.
type FileOptions struct {
	Replace  bool   // a file that is there already may be replaced
	Notebook string // the folder of the notebook, in which nothing is written
}

// What stands in a notebook's folder; where both are, it is one.
const (
	notebookDatabase  = "notebook.db"
	notebookOriginals = "originals"
)

// maxLinks is how many links may lead to one another.
const maxLinks = 40

// WriteFile writes a report, a drawing or another file that the user asks for, as
// write gives it. It is written beside its place and renamed: the file is whole,
// or as it was before. Where path is a symbolic link it stays one, and what it leads
// to is written. app.ErrExists when there is a file already and o.Replace is not
// set; app.ErrInvalid for a folder, and in a notebook's folder by whatever name.
func WriteFile(path string, o FileOptions, write func(io.Writer) error) error {
	target, err := linkTarget(path)
	if err != nil {
		return err
	}
	if err := outsideNotebooks(path, target, o.Notebook); err != nil {
		return err
	}
	mode := fs.FileMode(0o644) // it is for others to read
	switch info, err := os.Stat(target); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case info.IsDir():
		return app.Problem(app.ErrInvalid, "%s is a folder: name a file", path)
	case !info.Mode().IsRegular(): // a terminal, a pipe
		return writeInto(target, write)
	case !o.Replace:
		return app.Problem(app.ErrExists, "%s is there already and was not changed", path)
	default:
		mode = info.Mode().Perm()
	}
	return app.AboutDisk(target, replaceFile(target, mode, write))
}

// linkTarget follows the links that path is.
func linkTarget(path string) (string, error) {
	path, err := filepath.Abs(path)
	for range maxLinks {
		if err != nil {
			return "", err
		}
		info, statErr := os.Lstat(path)
		if statErr != nil || info.Mode()&fs.ModeSymlink == 0 {
			return path, nil // what is wrong with it is met by who writes
		}
		var to string
		if to, err = os.Readlink(path); err == nil && !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(path), to)
		}
		path = to
	}
	return "", app.Problem(app.ErrInvalid, "%s is a link that leads to itself", path)
}

// outsideNotebooks refuses what is in a notebook's folder, through links or by
// another name of it too, and what is one of its files.
func outsideNotebooks(path, target, notebook string) error {
	inside := func() error {
		return app.Problem(app.ErrInvalid, "%s is in a notebook's folder, where only Rejoinder writes: choose another place", path)
	}
	own, _ := os.Stat(notebook) // nil for none
	dir, err := filepath.EvalSymlinks(filepath.Dir(target))
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", path, err)
	}
	for {
		if info, err := os.Stat(dir); err == nil && own != nil && os.SameFile(info, own) || isNotebook(dir) {
			return inside()
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			break
		}
		dir = parent
	}
	there, err := os.Stat(target)
	if err != nil {
		return nil
	}
	for _, suffix := range []string{"", "-wal", "-shm"} { // which may be links to elsewhere
		if file, err := os.Stat(filepath.Join(notebook, notebookDatabase+suffix)); notebook != "" && err == nil && os.SameFile(file, there) {
			return inside()
		}
	}
	return nil
}

func isNotebook(dir string) bool {
	for _, name := range []string{notebookDatabase, notebookOriginals} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			return false
		}
	}
	return true
}

func writeInto(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}

// replaceFile writes beside path and renames.
func replaceFile(path string, mode fs.FileMode, write func(io.Writer) error) error {
	beside := filepath.Join(filepath.Dir(path), "."+rand.Text()[:10]+".part")
	f, err := os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(beside, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(beside))
	}
	return nil
}
