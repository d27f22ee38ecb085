package storage

import (
	"errors"
	"syscall"
)

// The system's codes for a full disk and a used-up quota of handles to it.
const (
	errorHandleDiskFull syscall.Errno = 39
	errorDiskFull       syscall.Errno = 112
)

func isDiskFull(err error) bool {
	return errors.Is(err, errorDiskFull) || errors.Is(err, errorHandleDiskFull)
}
