package storage

import (
	"encoding/json"
	"os"
	"path/filepath"
)

// secondName is the file beside the database that says where the backups of the
// second place are: the database, which says it too, may be what is lost.
const secondName = "second-place.json"

type secondNote struct {
	Backups string `json:"backups"` // a folder, absolute
}

// noteSecond writes where they are, if that is news; "" removes the note.
func noteSecond(dir, backups string) error {
	if readSecondNote(dir) == backups {
		return nil
	}
	path := filepath.Join(dir, secondName)
	if backups == "" {
		return removeIfThere(path)
	}
	data, err := json.Marshal(secondNote{backups})
	if err != nil {
		return err
	}
	return replaceFile(path, data)
}

// readSecondNote returns "" when there is none, or none that can be read.
func readSecondNote(dir string) string {
	var n secondNote
	if data, err := os.ReadFile(filepath.Join(dir, secondName)); err == nil {
		_ = json.Unmarshal(data, &n) // half of one says as little as none
	}
	return n.Backups
}

// repositories are the folders of backups of the notebook in dir; that of the second
// place need not be there now.
func repositories(dir string) []repository {
	out := []repository{{dir: filepath.Join(dir, backupsName)}}
	if second := readSecondNote(dir); second != "" {
		out = append(out, repository{dir: second})
	}
	return out
}
