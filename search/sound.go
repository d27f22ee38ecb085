package search

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"time"
)

// A segment never changes, so that it was whole once is enough, as long as the
// file has the size and the time that it had then: reading gigabytes would keep
// the first search waiting. What changes neither is for check to find.

// fileState is how a file looked when it was whole.
type fileState struct {
	Size     int64 `json:"size"`
	Modified int64 `json:"modified"` // nanoseconds since 1970
}

func seen(name string) (fileState, error) {
	info, err := os.Lstat(name)
	if err != nil {
		return fileState{}, err
	}
	if !info.Mode().IsRegular() {
		return fileState{}, errDamaged
	}
	return fileState{info.Size(), info.ModTime().UnixNano()}, nil
}

func soundFile(volume string) string { return filepath.Join(volume, "sound.json") }

// readSound returns the segments that were found whole; none when that is not
// known.
func readSound(volume string) map[string]fileState {
	sound := map[string]fileState{}
	data, err := os.ReadFile(soundFile(volume))
	if err != nil || json.Unmarshal(data, &sound) != nil {
		return map[string]fileState{}
	}
	return sound
}

func writeSound(volume string, sound map[string]fileState) error {
	data, err := json.Marshal(sound)
	if err != nil {
		return err
	}
	return writeNew(soundFile(volume), string(data))
}

// settled is how old a segment is before it is read: most new ones are merged
// into others at once.
const settled = 10 * time.Second

// vouch reads the segments that came since they were last looked at, in the
// background, so that the next opening need not; whole says to read them all. It
// returns errDamaged when one in use is not as it was written.
func (v *volume) vouch(ctx context.Context, whole bool) error {
	sound := readSound(v.path)
	now := map[string]fileState{}
	names, err := v.inUse()
	if err != nil {
		return err
	}
	for _, name := range names {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		is, err := seen(name)
		if errors.Is(err, os.ErrNotExist) && !v.stillUses(name) {
			continue // merged away meanwhile
		}
		if err != nil {
			return errDamaged
		}
		base := filepath.Base(name)
		switch {
		case sound[base] == is && !whole:
		case time.Since(time.Unix(0, is.Modified)) < settled && !whole:
			continue
		default:
			if err := verifySegment(name); err != nil && v.stillUses(name) {
				return err
			} else if err != nil {
				continue
			}
		}
		now[base] = is
	}
	return writeSound(v.path, now)
}

// inUse lists the files of the segments that are in use.
func (v *volume) inUse() (names []string, err error) {
	err = v.read(func(w *view) error {
		for _, p := range w.segments {
			if file, ok := p.segment.(interface{ Path() string }); ok {
				names = append(names, file.Path())
			}
		}
		return nil
	})
	return names, err
}

// stillUses says whether the segment in a file is still in use.
func (v *volume) stillUses(name string) bool {
	names, err := v.inUse()
	if err != nil {
		return true
	}
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}
