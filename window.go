//go:build !nogui

package main

import (
	"context"
	"os"
	"path/filepath"
	"runtime"

	"github.com/adrg/xdg"

	"rejoinder/app"
	"rejoinder/app/gui"
	"rejoinder/app/importer"
	"rejoinder/app/sample"
	"rejoinder/storage"
)

// openWindow opens the window on the notebook in dir.
func openWindow(ctx context.Context, dir string) error {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return app.Problem(app.ErrInvalid, "there is no display here to open a window on: name a verb, or see rejoinder --help")
	}
	rescue := storage.Rescue{Importer: importer.New()}
	return gui.Run(ctx, gui.Env{
		Version: version, Folder: dir,
		Sample:    filepath.Join(xdg.DataHome, "rejoinder", "sample"),
		Settings:  filepath.Join(xdg.ConfigHome, "rejoinder", "settings.json"),
		FontCache: filepath.Join(xdg.CacheHome, "rejoinder"),
		Open:      openForWindow, OpenReadOnly: openForReading, Rescue: rescue, Recover: rescue.Recover, Fill: sample.Fill,
	})
}

// openForWindow opens the notebook in dir for this window alone, for reading only
// where it cannot be written to.
func openForWindow(ctx context.Context, dir string) (*app.Notebook, func() error, error) {
	store, release, err := storage.OpenWindow(ctx, dir)
	if err != nil {
		return nil, nil, err
	}
	nb, err := assemble(ctx, store, xdg.CacheHome)
	if err != nil {
		release()
		return nil, nil, err
	}
	return nb, func() error {
		err := nb.Close()
		release()
		return err
	}, nil
}

// openForReading opens it for reading only.
func openForReading(ctx context.Context, dir string) (*app.Notebook, func() error, error) {
	store, err := storage.OpenReadOnly(ctx, dir, app.Problem(app.ErrReadOnly, "you opened it so, as it could not be opened for writing"))
	if err != nil {
		return nil, nil, err
	}
	nb, err := assemble(ctx, store, xdg.CacheHome)
	if err != nil {
		return nil, nil, err
	}
	return nb, nb.Close, nil
}
