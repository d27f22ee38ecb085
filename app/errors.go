package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// The errors a caller can tell apart with errors.Is. They are wrapped once per
// layer with what was being worked on, and either returned or logged, never both.
var (
	ErrNotFound  = errors.New("not found")
	ErrExists    = errors.New("already there")
	ErrInvalid   = errors.New("not valid")
	ErrAmbiguous = errors.New("more than one fits")
	ErrReadOnly  = errors.New("the notebook cannot be written to")
	ErrBusy      = errors.New("the notebook is in use")
	ErrNewer     = errors.New("the notebook was made by a newer Rejoinder")
	ErrDamaged   = errors.New("the file is damaged")
	// ErrUnreadable is an ErrDamaged about the notebook's database itself.
	ErrUnreadable = fmt.Errorf("%w", ErrDamaged)
	ErrDiskFull   = errors.New("the disk is full")
	ErrNothing    = errors.New("nothing to do")
	// ErrMissing says that a notebook's database is gone, empty or another
	// program's, while its originals or backups are still there.
	ErrMissing = errors.New("the notebook's database is missing")
	// ErrReplaced says that the database was replaced, moved or deleted while it
	// was open: nothing can be saved in it any more.
	ErrReplaced = errors.New("the notebook's file was replaced")
	// ErrIndexGap says that the change log no longer reaches back to the asked
	// place: the index has to be rebuilt.
	ErrIndexGap = errors.New("the change log does not reach back that far")
)

// problem is an error whose text is a whole sentence part for the user, and
// which is one of the errors above for the program.
type problem struct {
	kind error
	text string
}

func (p *problem) Error() string { return p.text }
func (p *problem) Unwrap() error { return p.kind }

// Problem returns an error of the given kind whose text is format, complete in
// itself: the kind's own words are not added.
func Problem(kind error, format string, args ...any) error {
	return &problem{kind: kind, text: fmt.Sprintf(format, args...)}
}

// Sentence turns an error into the sentence that a user reads: a capital letter,
// a full stop, and advice where there is any.
func Sentence(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, context.Canceled):
		return "Cancelled."
	case errors.Is(err, context.DeadlineExceeded):
		return "That took too long and was stopped."
	case errors.Is(err, ErrDiskFull), IsDiskFull(err):
		return finish(finish(AboutDisk("", err).Error()) + " Free some space on it and try again")
	case errors.Is(err, fs.ErrPermission):
		return finish(err.Error() + ": you have no permission for that")
	}
	return finish(err.Error())
}

func finish(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return s
	}
	// A file's name stays as it is spelled.
	if first, _, _ := strings.Cut(s, " "); !strings.HasSuffix(first, ":") && !strings.ContainsAny(strings.TrimRight(first, ".,"), `./\`) {
		r := []rune(s)
		s = strings.ToUpper(string(r[0])) + string(r[1:])
	}
	if !strings.ContainsAny(s[len(s)-1:], ".!?") {
		s += "."
	}
	return s
}
