package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// diskFull is ErrDiskFull with the disk, what is on it and what was to be written.
type diskFull struct {
	path string
	disk string
	err  error
}

func (d *diskFull) Error() string {
	return fmt.Sprintf("the disk %s is full: %s could not be written", d.disk, d.path)
}

func (d *diskFull) Unwrap() []error { return []error{ErrDiskFull, d.err} }

// DiskFull says that the disk on which path is, or was to be, is full. It names
// the disk as its user knows it: where it is mounted, or its drive.
func DiskFull(path string, err error) error {
	var known *diskFull
	if errors.As(err, &known) {
		return err
	}
	return &diskFull{path: path, disk: DiskOf(path), err: err}
}

// AboutDisk makes errors of the system about a full disk those of DiskFull, about
// the file that they name or else about path; others it leaves as they are.
func AboutDisk(path string, err error) error {
	if !IsDiskFull(err) {
		return err
	}
	var at *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &at):
		path = at.Path
	case errors.As(err, &link):
		path = link.New
	}
	return DiskFull(path, err)
}
