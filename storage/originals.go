package storage

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"rejoinder/app"
)

// originalPath is where the bytes with this hash are: originals/ab/abcdef….
func (s *Store) originalPath(sha string) string {
	return filepath.Join(s.dir, originalsName, sha[:2], sha)
}

// KeepOriginal implements app.Store.
func (s *Store) KeepOriginal(name string, data []byte) (app.Original, error) {
	if s.readOnly != nil {
		return app.Original{}, s.readOnly
	}
	if err := s.InPlace(); err != nil { // a folder that was moved must not come to be here again
		return app.Original{}, err
	}
	sum := sha256.Sum256(data)
	o := app.Original{SHA256: hex.EncodeToString(sum[:]), Name: name, Size: int64(len(data))}
	if err := writeOnce(s.originalPath(o.SHA256), data); err != nil {
		return o, fmt.Errorf("store %s: %w", name, fileError(err))
	}
	return o, nil
}

// PutOriginal implements app.Tx.
func (t *tx) PutOriginal(o app.Original) error {
	return t.exec(`INSERT INTO originals (sha256, name, media_type, size, created)
		VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`, o.SHA256, o.Name, o.MediaType, o.Size, millis(t.now))
}

// writeOnce writes a file that is either whole or not there, whatever happens
// meanwhile. A file of the same name with the same bytes is left alone.
func writeOnce(path string, data []byte) error {
	if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() && info.Size() == int64(len(data)) {
		if have, err := os.ReadFile(path); err == nil && bytes.Equal(have, data) {
			return nil
		}
	}
	dir := filepath.Dir(path)
	have, missing := os.Lstat(dir)
	if missing == nil && !have.IsDir() { // a link that was planted there would lead out of the notebook
		return app.Problem(app.ErrInvalid, "%s is not a folder", dir)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if missing != nil { // the new folder has to survive as well
		if err := syncFolder(filepath.Dir(dir)); err != nil {
			return err
		}
	}
	f, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncFolder(dir)
}

// syncFolder makes a rename in dir survive a power cut, where the system can.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	_ = d.Sync() // Windows refuses, and needs it not
	return d.Close()
}

// fileError gives the file system's errors the notebook's own kinds of error.
func fileError(err error) error {
	return app.AboutDisk("", err)
}

// OpenOriginal implements app.Store.
func (s *Store) OpenOriginal(_ context.Context, sha string) (io.ReadCloser, error) {
	if len(sha) != 2*sha256.Size || strings.Trim(sha, "0123456789abcdef") != "" {
		return nil, app.Problem(app.ErrInvalid, "%q is no SHA-256", sha)
	}
	if err := verifyFile(s.originalPath(sha), sha); err != nil {
		return nil, fmt.Errorf("original %s: %w", sha, err)
	}
	return os.Open(s.originalPath(sha))
}

// verifyFile reads a file and compares it with its hash: app.ErrNotFound,
// app.ErrDamaged.
func verifyFile(path, sha string) error {
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return app.Problem(app.ErrNotFound, "the file is missing")
	}
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return err
	}
	if hex.EncodeToString(h.Sum(nil)) != sha {
		return app.Problem(app.ErrDamaged, "the file was changed since it was imported")
	}
	return nil
}
