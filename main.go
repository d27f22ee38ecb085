// Rejoinder is a research notebook: who says what, who disputes it, and where
// exactly they said it. This file puts its parts together; the parts know
// nothing of each other, only package app.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/adrg/xdg"

	"rejoinder/app"
	"rejoinder/app/cli"
	"rejoinder/app/importer"
	"rejoinder/search"
	"rejoinder/storage"
)

// version is set by the build.
var version = "0.1.0-dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Run(ctx, os.Args[1:], cli.Env{
		Stdout: os.Stdout, Stderr: os.Stderr, Stdin: os.Stdin, Version: version,
		DefaultNotebook: filepath.Join(xdg.DataHome, "rejoinder", "notebook"),
		Open:            open, OpenReadOnly: openReadOnly, Rescue: storage.Rescue{Importer: importer.New()}, Window: openWindow,
	})
	stop()
	os.Exit(code)
}

// open opens the notebook in dir, for reading only where it cannot be written to,
// with its search index, which lives in the user's cache folder.
func open(ctx context.Context, dir string) (*app.Notebook, error) {
	return openIn(ctx, dir, xdg.CacheHome)
}

// openIn is open with the search index below a cache folder.
func openIn(ctx context.Context, dir, cache string) (*app.Notebook, error) {
	store, err := storage.OpenAny(ctx, dir)
	if err != nil {
		return nil, err
	}
	return assemble(ctx, store, cache)
}

// openReadOnly opens the notebook in dir and writes nothing into its folder.
func openReadOnly(ctx context.Context, dir string) (*app.Notebook, error) {
	store, err := storage.OpenReadOnly(ctx, dir, app.Problem(app.ErrReadOnly, "that was asked for"))
	if err != nil {
		return nil, err
	}
	return assemble(ctx, store, xdg.CacheHome)
}

// assemble puts the notebook together around its store, which it takes over.
func assemble(ctx context.Context, store *storage.Store, cache string) (*app.Notebook, error) {
	info, err := store.Info(ctx)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	index, err := search.OpenBelow(ctx, filepath.Join(cache, "rejoinder"), info.Folder, store)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("search index: %w", err), store.Close())
	}
	nb, err := app.New(ctx, store, index, importer.New())
	if err != nil {
		return nil, errors.Join(err, index.Close(), store.Close())
	}
	return nb, nil
}
