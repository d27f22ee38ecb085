package app

import (
	"errors"
	"path/filepath"
	"syscall"
)

// The system's codes for a full disk and a used-up quota of handles to it.
const (
	errorHandleDiskFull syscall.Errno = 39
	errorDiskFull       syscall.Errno = 112
)

// IsDiskFull says whether an error of the system is about a disk, or a quota of it, that
// is full.
func IsDiskFull(err error) bool {
	return errors.Is(err, errorDiskFull) || errors.Is(err, errorHandleDiskFull)
}

// DiskOf names the disk on which path is, or would be: its drive.
func DiskOf(path string) string {
	if whole, err := filepath.Abs(path); err == nil {
		path = whole
	}
	return filepath.VolumeName(path)
}
