package storage

import (
	"context"
	"errors"

	"rejoinder/app"
)

// OpenWindow is OpenAny for a window, which release lets go of when it is closed:
// app.ErrBusy when another window has the notebook. Where not even the window's lock
// can be written, it is opened for reading only, without one.
func OpenWindow(ctx context.Context, dir string) (s *Store, release func(), err error) {
	release, err = LockWindow(dir)
	if err == nil {
		if s, err = OpenAny(ctx, dir); err != nil {
			release()
			return nil, nil, err
		}
		return s, release, nil
	}
	err = domainError(fileError(err))
	if !errors.Is(err, app.ErrBusy) && hasDatabase(dir) {
		if s, readErr := OpenReadOnly(ctx, dir, reason(dir, err)); readErr == nil {
			return s, func() {}, nil
		}
	}
	return nil, nil, err
}
