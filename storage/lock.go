package storage

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"rejoinder/app"
)

const (
	lockName   = "window.lock"
	holderName = "window.json"
)

// holder says which window has a notebook open.
type holder struct {
	PID   int       `json:"pid"`
	Host  string    `json:"host"`
	Since time.Time `json:"since"`
}

// LockWindow reserves the notebook in dir for this process's window. The system
// frees the lock when the process ends, however it ends. app.ErrBusy says who
// holds it.
func LockWindow(dir string) (release func(), err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(dir, lockName))
	ok, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock notebook %s: %w", dir, err)
	}
	// The holder's name is in a file of its own: Windows lets nobody read a
	// locked one.
	path := filepath.Join(dir, holderName)
	if !ok {
		var h holder
		if data, err := os.ReadFile(path); err == nil {
			_ = json.Unmarshal(data, &h) // half written: then the sentence names nobody
		}
		return nil, app.Problem(app.ErrBusy, "the notebook %s is already open in another Rejoinder window%s; use that one, or close it first", dir, h)
	}
	h := holder{PID: os.Getpid(), Since: time.Now()}
	h.Host, _ = os.Hostname()
	for _, half := range filesIn(dir, holderName+".*.part") { // of a process that was killed
		_ = os.Remove(half)
	}
	data, err := json.Marshal(h)
	if err == nil {
		err = replaceFile(path, data)
	}
	if err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	return func() { _ = lock.Unlock() }, nil
}

func (h holder) String() string {
	if h.PID == 0 {
		return ""
	}
	return fmt.Sprintf(" (process %d on %s, since %s)", h.PID, h.Host, h.Since.Local().Format("2 January 15:04"))
}
