package search

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"rejoinder/app"
)

// Between processes one connection carries one call: the owner greets, the
// caller sends the call, the owner answers, for a rebuild with its progress
// before. All are JSON values. Hanging up cancels the call.

type op string

const (
	opSearch  op = "search"
	opFacets  op = "facets"
	opBroaden op = "broaden"
	opExplain op = "explain"
	opSync    op = "sync"
	opRebuild op = "rebuild"
	opCheck   op = "check"
	opStatus  op = "status"
	opWake    op = "wake"
)

// protocol changes when processes of different versions could misunderstand
// each other.
const protocol = "rejoinder-index-3"

// call is what is asked of the owner.
type call struct {
	Op op `json:"op"`
	// Stamp is of the source of who asks; another than the owner's is refused.
	Stamp string          `json:"stamp"`
	Query app.SearchQuery `json:"query"`
	Ref   app.Ref         `json:"ref"` // for an explanation
}

// answer is what it says; each operation fills its own field.
type answer struct {
	Result      app.SearchResult
	Keys        []string // by which hits are sorted, when not by score
	Facets      []app.Facet
	Words       []app.Weighed
	Explanation app.Explanation
	Finding     app.Finding
	Status      app.IndexStatus
	None        bool // with a status: there is no index, and its error says why
}

// greeting is the first thing that an owner says.
type greeting struct {
	Protocol string `json:"protocol"`
}

// message is a piece of progress, or the answer.
type message struct {
	Final bool `json:"final"`

	Done  int    `json:"done,omitempty"`
	Total int    `json:"total,omitempty"`
	What  string `json:"what,omitempty"`

	Answer    answer     `json:"answer"`
	StatusErr *wireError `json:"statusErr,omitempty"`
	Err       *wireError `json:"err,omitempty"`
}

// wireError keeps what errors.Is can tell of an error.
type wireError struct {
	Kind string `json:"kind,omitempty"`
	Text string `json:"text"`
}

var wireKinds = map[string]error{
	"notFound": app.ErrNotFound, "invalid": app.ErrInvalid, "readOnly": app.ErrReadOnly,
	"busy": app.ErrBusy, "newer": app.ErrNewer, "damaged": app.ErrDamaged,
	"diskFull": app.ErrDiskFull, "gap": app.ErrIndexGap, "noIndex": errNoIndex,
	"canceled": context.Canceled, "deadline": context.DeadlineExceeded,
}

func toWire(err error) *wireError {
	if err == nil {
		return nil
	}
	w := &wireError{Text: err.Error()}
	if errors.Is(err, errNoIndex) { // whatever it comes from
		w.Kind = "noIndex"
		return w
	}
	for name, kind := range wireKinds {
		if errors.Is(err, kind) {
			w.Kind = name
		}
	}
	return w
}

func (w *wireError) err() error {
	if w == nil {
		return nil
	}
	if kind, ok := wireKinds[w.Kind]; ok {
		return app.Problem(kind, "%s", w.Text)
	}
	return errors.New(w.Text)
}

// greetingLimit is how long a living owner takes at most to greet, and askAgain
// how long to wait before the next attempt.
const (
	greetingLimit = 2 * time.Second
	askAgain      = 50 * time.Millisecond
)

// errNobody says that no owner could be spoken to, or that it left.
var errNobody = errors.New("no process answers for the search index")

// ask has the owner of dir, in another process, do what is asked.
func ask(ctx context.Context, dir string, c call, p app.Progress) (answer, error) {
	path, err := os.ReadFile(ownerFile(dir))
	if err != nil {
		return answer{}, fmt.Errorf("%w: %w", errNobody, err)
	}
	dialer := net.Dialer{Timeout: greetingLimit}
	conn, err := dialer.DialContext(ctx, "unix", strings.TrimSpace(string(path)))
	if err != nil {
		return answer{}, gone(ctx, err)
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()

	in := json.NewDecoder(conn)
	_ = conn.SetReadDeadline(time.Now().Add(greetingLimit)) // fails only when closed, as Decode then does
	var hello greeting
	if err := in.Decode(&hello); err != nil {
		return answer{}, gone(ctx, err)
	}
	if hello.Protocol != protocol {
		return answer{}, without(app.Problem(app.ErrBusy, "another version of Rejoinder holds the search index"))
	}
	_ = conn.SetReadDeadline(time.Time{})
	if err := json.NewEncoder(conn).Encode(c); err != nil {
		return answer{}, gone(ctx, err)
	}
	for {
		var m message
		if err := in.Decode(&m); err != nil {
			return answer{}, gone(ctx, err)
		}
		if m.Final {
			m.Answer.Status.Err = m.StatusErr.err()
			return m.Answer, m.Err.err()
		}
		if p != nil {
			p.Step(m.Done, m.Total, m.What)
		}
	}
}

// gone tells a call that was given up from an owner that left.
func gone(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return fmt.Errorf("%w: %w", errNobody, err)
}

// ownerFile holds the path of the owner's socket.
func ownerFile(dir string) string { return filepath.Join(dir, "owner") }
