package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"rejoinder/app"
)

// metaSecondPlace holds where backups go besides, as JSON.
const metaSecondPlace = "second_place"

type secondPlace struct {
	Folder string `json:"folder"` // what the user chose
	Keys   *keys  `json:"keys,omitempty"`
}

func (r *reader) secondPlace() (p secondPlace, err error) {
	v, err := r.metaOr(metaSecondPlace)
	if err != nil || v == "" {
		return p, err
	}
	if err := json.Unmarshal([]byte(v), &p); err != nil {
		return p, fmt.Errorf("meta %s: %w", metaSecondPlace, app.ErrDamaged)
	}
	return p, nil
}

// repository is the folder below the place that holds the backups of the notebook
// with this identity, so that several notebooks can share a place.
func (p secondPlace) repository(notebook string) repository {
	return repository{dir: filepath.Join(p.Folder, "rejoinder-"+notebook), keys: p.Keys}
}

// SetSecondPlace implements app.Store.
func (s *Store) SetSecondPlace(ctx context.Context, folder, passphrase string) error {
	if s.readOnly != nil {
		return s.readOnly
	}
	value, at := "", ""
	if folder != "" {
		place, err := s.prepareSecond(ctx, folder, passphrase)
		if err != nil {
			return fmt.Errorf("second place for backups: %w", fileError(err))
		}
		data, err := json.Marshal(place)
		if err != nil {
			return err
		}
		notebook, err := s.uuid(ctx)
		if err != nil {
			return err
		}
		value, at = string(data), place.repository(notebook).dir
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	err := domainError(s.transact(ctx, func() error {
		if value == "" {
			_, err := s.writer.ExecContext(ctx, "DELETE FROM meta WHERE name = ?", metaSecondPlace)
			return err
		}
		_, err := s.writer.ExecContext(ctx, "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", metaSecondPlace, value)
		return err
	}))
	if err != nil {
		return err
	}
	return noteSecond(s.dir, at)
}

// prepareSecond makes the folder and the keys. Keys that are there already are
// taken, if the passphrase opens them.
func (s *Store) prepareSecond(ctx context.Context, folder, passphrase string) (p secondPlace, err error) {
	if p.Folder, err = outside(s.dir, folder); err != nil {
		return p, err
	}
	notebook, err := s.uuid(ctx)
	if err != nil {
		return p, err
	}
	at := p.repository(notebook)
	if err := os.MkdirAll(at.dir, 0o700); err != nil {
		return p, err
	}
	if passphrase == "" {
		return p, nil
	}
	p.Keys, err = unlock(at.dir, passphrase)
	if errors.Is(err, app.ErrNotFound) {
		if p.Keys, err = newKeys(passphrase); err == nil {
			err = p.Keys.writeInto(at.dir)
		}
	}
	return p, err
}

func (s *Store) uuid(ctx context.Context) (id string, err error) {
	err = s.view(ctx, func(r *reader) error {
		id, err = r.meta("uuid")
		return err
	})
	return id, err
}

// backupSecond brings a backup that was just made to the second place and returns
// its path there; "" when none is set.
func (s *Store) backupSecond(ctx context.Context, made manifest, p app.Progress) (path string, err error) {
	var place secondPlace
	err = s.view(ctx, func(r *reader) (err error) {
		place, err = r.secondPlace()
		return err
	})
	if err != nil || place.Folder == "" {
		return "", err
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("the backup was made, but not the one in the second place, %s: %w", place.Folder, fileError(err))
		}
	}()
	if _, err := os.Stat(place.Folder); err != nil { // a disk that is not plugged in: it must not come to be on this one
		return "", err
	}
	to := place.repository(made.UUID)
	if err := os.MkdirAll(to.dir, 0o700); err != nil {
		return "", err
	}
	if err := noteSecond(s.dir, to.dir); err != nil {
		return "", err
	}
	if to.keys != nil {
		if err := to.keys.writeInto(to.dir); err != nil {
			return "", err
		}
	}
	_, hashes, err := describe(ctx, made.Path)
	if err != nil {
		return "", err
	}
	copied := made
	if copied.Missing, err = to.keepOriginals(ctx, hashes, s.originalPath, p); err != nil {
		return "", err
	}
	part := made.Path
	if to.keys == nil {
		part = filepath.Join(to.dir, uuid.NewString()+".part")
		if err := copyFile(made.Path, part); err != nil {
			return "", errors.Join(err, removeIfThere(part))
		}
	}
	if path, err = to.add(part, copied, suffixOf(made.Why)); err != nil {
		return "", err
	}
	_, err = to.thin(time.Now(), copied)
	return path, err
}
