//go:build !windows

package app

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
)

// IsDiskFull says whether an error of the system is about a disk, or a quota of it, that
// is full.
func IsDiskFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

// DiskOf names the disk on which path is, or would be: the folder where it is
// mounted.
func DiskOf(path string) string {
	path, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	device, known := uint64(0), false
	for dir := path; ; dir = filepath.Dir(dir) {
		if whole, err := filepath.EvalSymlinks(dir); err == nil {
			dir = whole
		}
		if info, err := os.Stat(dir); err == nil {
			stat, ok := info.Sys().(*syscall.Stat_t)
			if !ok {
				return dir
			}
			on := uint64(stat.Dev) //nolint:unconvert,nolintlint // its type differs between systems
			if known && on != device {
				return path
			}
			device, known, path = on, true, dir
		}
		if dir == filepath.Dir(dir) {
			return path
		}
	}
}
