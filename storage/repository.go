package storage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"github.com/google/uuid"

	"rejoinder/app"
)

const (
	backupTime   = "20060102-150405"
	backupEnd    = ".db"
	encryptedEnd = ".db.age"
	manifestEnd  = ".json"
)

// repository is a folder of backups: the notebook's own, or a second place. Of
// each backup it holds the database and a manifest; all of them share the
// originals, each once, under their hashes:
//
//	notebook-20240630-123000.db     or .db.age
//	notebook-20240630-123000.json
//	originals/ab/abcdef…            or a keyed hash and .age
type repository struct {
	dir  string
	keys *keys // nil: not encrypted
}

// manifest is what is known of a backup without opening it.
type manifest struct {
	app.Backup
	SHA256 string `json:"sha256"` // of the file, as it is there
}

// backupFiles lists the databases of the backups in a folder, newest first.
func backupFiles(dir string) []string {
	var names []string
	for _, end := range []string{backupEnd, encryptedEnd} {
		names = append(names, filesIn(dir, "notebook-*"+end)...)
	}
	sort.Sort(sort.Reverse(sort.StringSlice(names)))
	return names
}

func manifestPath(backup string) string {
	return strings.TrimSuffix(strings.TrimSuffix(backup, encryptedEnd), backupEnd) + manifestEnd
}

// readManifest tells of the backup at path; one without a manifest is bare, and
// only its name and its size are known.
func readManifest(path string) manifest {
	var m manifest
	data, err := os.ReadFile(manifestPath(path))
	if err != nil || json.Unmarshal(data, &m) != nil || m.SHA256 == "" {
		m = manifest{Backup: app.Backup{Bare: true}}
		name := strings.TrimPrefix(filepath.Base(path), "notebook-")
		if len(name) >= len(backupTime) {
			m.Made, _ = time.Parse(backupTime, name[:len(backupTime)])
		}
		for _, why := range []app.BackupWhy{app.BackupBeforeFormat, app.BackupBeforeRestore, app.BackupDamaged} {
			if strings.Contains(name, "-"+string(why)) {
				m.Why = why
			}
		}
		if info, err := os.Stat(path); err == nil {
			m.Bytes = info.Size()
		}
	}
	m.Path, m.Encrypted = path, strings.HasSuffix(path, encryptedEnd)
	return m
}

// write puts the manifest beside the backup at path, in the place of one that was
// there.
func (m manifest) write(path string) error {
	m.Path = ""
	data, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	return replaceFile(manifestPath(path), append(data, '\n'))
}

// list tells of all backups, newest first.
func (r repository) list() []manifest {
	var out []manifest
	for _, path := range backupFiles(r.dir) {
		out = append(out, readManifest(path))
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Made.After(out[j].Made) })
	return out
}

// add takes a finished copy of a database over, which part is, as a backup that
// m tells of, and returns its path. It is whole or not there.
func (r repository) add(part string, m manifest, suffix string) (path string, err error) {
	if r.keys != nil {
		if part, err = r.keys.encryptFile(part, r.dir); err != nil {
			return "", err
		}
	}
	defer func() { err = errors.Join(err, removeIfThere(part)) }()
	if err := syncFile(part); err != nil {
		return "", err
	}
	if m.SHA256, m.Bytes, err = hashFile(part); err != nil {
		return "", err
	}
	m.Path, m.Encrypted = "", r.keys != nil
	end := backupEnd
	if r.keys != nil {
		end = encryptedEnd
	}
	path, err = r.reserve(m, suffix)
	if err != nil {
		return "", err
	}
	path += end
	if err := os.Rename(part, path); err != nil {
		return "", errors.Join(fileError(err), removeIfThere(manifestPath(path)))
	}
	return path, syncFolder(r.dir)
}

// reserve writes the manifest under a name that no backup has yet, and returns
// the name without an end.
func (r repository) reserve(m manifest, suffix string) (string, error) {
	for at := m.Made; ; at = at.Add(time.Second) {
		name := filepath.Join(r.dir, "notebook-"+at.UTC().Format(backupTime)+suffix)
		_, err := os.Lstat(name + backupEnd)
		_, err2 := os.Lstat(name + encryptedEnd)
		if err == nil || err2 == nil {
			continue
		}
		data, err := json.MarshalIndent(m, "", "  ")
		if err != nil {
			return "", err
		}
		f, err := os.OpenFile(name+manifestEnd, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, os.ErrExist) {
			continue
		}
		if err != nil {
			return "", fileError(err)
		}
		_, err = f.Write(append(data, '\n'))
		if err == nil {
			err = f.Sync()
		}
		if err = errors.Join(err, f.Close()); err != nil {
			return "", errors.Join(fileError(err), removeIfThere(f.Name()))
		}
		return name, nil
	}
}

// remove removes a backup; its originals stay for the others.
func (r repository) remove(path string) error {
	return errors.Join(removeIfThere(path), removeIfThere(manifestPath(path)))
}

// originalPath is where the original with this hash is kept.
func (r repository) originalPath(sha string) string {
	if r.keys != nil {
		name := r.keys.name(sha)
		return filepath.Join(r.dir, originalsName, name[:2], name+".age")
	}
	return filepath.Join(r.dir, originalsName, sha[:2], sha)
}

// keepOriginals takes over those of the originals, which path tells the files of,
// that are not there yet, and returns the hashes of those that are missing or
// damaged. Within one disk they are hard links.
func (r repository) keepOriginals(ctx context.Context, hashes []string, path func(sha string) string, p app.Progress) (missing []string, err error) {
	have := r.originals()
	folders := map[string]bool{}
	for i, sha := range hashes {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		target := r.originalPath(sha)
		if have[filepath.Base(target)] {
			continue
		}
		p.Step(i, len(hashes), "originals")
		err := verifyFile(path(sha), sha)
		if errors.Is(err, app.ErrNotFound) || errors.Is(err, app.ErrDamaged) {
			missing = append(missing, sha)
			continue
		}
		if err == nil {
			err = r.keepOriginal(path(sha), target, sha)
		}
		if err != nil {
			return nil, fmt.Errorf("original %s: %w", sha, fileError(err))
		}
		folders[filepath.Dir(target)] = true
	}
	for dir := range folders {
		if err := syncFolder(dir); err != nil {
			return nil, err
		}
	}
	return missing, nil
}

func (r repository) keepOriginal(from, target, sha string) error {
	dir := filepath.Dir(target)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if r.keys != nil {
		part, err := r.keys.encryptFile(from, dir)
		if err != nil {
			return err
		}
		return errors.Join(os.Rename(part, target), removeIfThere(part))
	}
	if os.Link(from, target) == nil {
		return nil
	}
	part := filepath.Join(dir, uuid.NewString()+".part") // another disk, or one that knows no links
	err := copyFile(from, part)
	if err == nil {
		err = verifyFile(part, sha)
	}
	if err == nil {
		err = os.Rename(part, target)
	}
	return errors.Join(err, removeIfThere(part))
}

// originals are the names of the files of the originals that are kept.
func (r repository) originals() map[string]bool {
	have := map[string]bool{}
	shards, _ := os.ReadDir(filepath.Join(r.dir, originalsName))
	for _, shard := range shards {
		files, _ := os.ReadDir(filepath.Join(r.dir, originalsName, shard.Name()))
		for _, f := range files {
			if !strings.HasSuffix(f.Name(), ".part") {
				have[f.Name()] = true
			}
		}
	}
	return have
}

// takeOriginal writes the original with this hash to path: app.ErrNotFound,
// app.ErrDamaged.
func (r repository) takeOriginal(sha, path string) error {
	kept := r.originalPath(sha)
	if r.keys == nil {
		if err := verifyFile(kept, sha); err != nil {
			return err
		}
	} else if _, err := os.Stat(kept); errors.Is(err, os.ErrNotExist) {
		return app.Problem(app.ErrNotFound, "the file is missing")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	part := path + "." + uuid.NewString() + ".part"
	err := r.copyOut(kept, part)
	if err == nil {
		err = verifyFile(part, sha)
	}
	if err == nil {
		err = os.Rename(part, path)
	}
	return errors.Join(err, removeIfThere(part))
}

// copyOut copies a file of the repository out of it, decrypted.
func (r repository) copyOut(from, to string) error {
	if r.keys == nil {
		return copyFile(from, to)
	}
	return r.keys.decryptFile(from, to)
}

// hashFile returns the SHA-256 of a file and its size.
func hashFile(path string) (sha string, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	size, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), size, err
}

// syncFile makes a finished file survive a power cut, and nobody else's to read.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(fileError(f.Sync()), f.Close())
}
