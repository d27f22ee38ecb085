package app

import (
	"context"
	"time"
)

// Reading says how far an article was read.
type Reading struct {
	Article  ArticleID
	Text     TextID
	At       int // the first code point on the screen
	Furthest int // the end of the furthest that was seen
	Length   int // of the text, in code points
	Seen     time.Time
}

// Progress is how much of the text was read, 0 to 1.
func (r Reading) Progress() float64 {
	if r.Length <= 0 {
		return 0
	}
	return min(1, max(0, float64(r.Furthest)/float64(r.Length)))
}

// SetReading notes how far an article was read. It is no step to undo and nothing
// is told of it; Furthest never shrinks while the text stays the same.
func (n *Notebook) SetReading(ctx context.Context, r Reading) error {
	switch {
	case r.Article == "" || r.Text == "":
		return Problem(ErrInvalid, "a place in a text needs an article")
	case r.At < 0 || r.Furthest < 0 || r.Length < 0 || r.At > r.Length:
		return Problem(ErrInvalid, "%d is no place in a text of %d characters", r.At, r.Length)
	}
	r.Furthest = min(r.Furthest, r.Length)
	return n.store.SetReading(ctx, r)
}
