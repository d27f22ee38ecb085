//go:build !windows

package storage

import (
	"fmt"
	"os"
	"syscall"
)

// identify names the file at a path, links followed, by its device and inode. It
// must not open the file: closing it again would free SQLite's locks on it.
func identify(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return fmt.Sprintf("%x-%x", s.Dev, s.Ino), nil
	}
	return "", nil
}
