package storage

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"github.com/google/uuid"
)

// openedName is the file that says which file the notebook's database was when
// it was opened last, and where. It is what tells a log (notebook.db-wal) that
// belongs to this database from one that was left beside another, and a notebook
// that was copied from one that was moved.
const openedName = "opened.json"

// lastOpen is where a notebook was opened last.
type lastOpen struct {
	File   string `json:"file"`   // the database, as identify tells it
	Folder string `json:"folder"` // absolute
	// Second is the repository of the second place, so that its backups are found
	// when the database is gone.
	Second string `json:"second,omitempty"`
	// Changes is the end of the change log when it was closed last: a database that
	// has fewer is an older one.
	Changes int64 `json:"changes,omitempty"`
}

// readLastOpen returns the zero value when there is none, or none that can be read.
func readLastOpen(dir string) (l lastOpen) {
	if data, err := os.ReadFile(filepath.Join(dir, openedName)); err == nil {
		_ = json.Unmarshal(data, &l) // half of one says as little as none
	}
	return l
}

func (l lastOpen) write(dir string) error {
	data, err := json.Marshal(l)
	if err != nil {
		return err
	}
	return replaceFile(filepath.Join(dir, openedName), data)
}

// replaceFile writes a file of the program's own beside its place and renames
// it, so that it is whole or as it was, and a link that was planted there is
// replaced, not followed.
func replaceFile(path string, data []byte) error {
	part := path + "." + uuid.NewString() + ".part"
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		return errors.Join(fileError(err), removeIfThere(part))
	}
	return nil
}

// fileNow identifies the file at a path; "" when there is none, or it cannot be
// looked at.
func fileNow(path string) string {
	id, err := identify(path)
	if err != nil {
		return ""
	}
	return id
}
