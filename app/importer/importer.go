// Package importer makes readings of files: it turns the bytes of a plain text,
// a Markdown file or a web page into an app.Imported.
//
// It is pure: it reads no file, asks no network, keeps nothing between calls and
// logs nothing; a clock only tells that a date lies in the future, and ends the
// wait for a parser that hangs. What a parser does wrong stays in here: a panic
// ends in a plainer reading, a parser that does not come back in an error. Every
// format goes bytes → raw struct → pure adapter → app type.
package importer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"rejoinder/app"
)

// Importer implements app.Importer. It has no state: one is enough for all
// goroutines.
type Importer struct {
	patience time.Duration // for one call of a third-party parser
}

var _ app.Importer = (*Importer)(nil)

// New returns an importer.
func New() *Importer { return &Importer{patience: 5 * time.Minute} }

// source is a file that was decoded, and how it is to be read.
type source struct {
	text string
	as   app.ReadAs
	html bool // its name says that browsers read it as HTML
}

// Read makes a reading of one file. Its errors are phrases that go on from the
// file's name: "is empty", "is a PDF document, which Rejoinder cannot read yet".
// They are app.ErrInvalid, or the context's own error when it ended first.
func (im *Importer) Read(ctx context.Context, name string, data []byte, as app.ReadAs) (app.Imported, error) {
	if err := ctx.Err(); err != nil {
		return app.Imported{}, err
	}
	f, err := sniff(name, data)
	if err != nil {
		return app.Imported{}, err
	}
	if int64(len(data)) > f.limit {
		return app.Imported{}, app.Problem(app.ErrInvalid, "is larger than %d MB, the most that is read of such a file; split it into several", f.limit>>20)
	}
	d, err := decode(data, f.declares, as.Encoding)
	if err != nil {
		return app.Imported{}, err
	}
	if !visible(d.text) {
		return app.Imported{}, errEmpty()
	}
	doc, err := f.read(im, ctx, source{d.text, as, isHTMLName(name)})
	if err != nil {
		return app.Imported{}, err
	}
	if err := ctx.Err(); err != nil {
		return app.Imported{}, err
	}
	doc.MediaType, doc.Reader = f.mediaType, f.reader
	p := &doc.Provenance
	p.Encoding, p.Guessed, p.Confidence, p.BadBytes = d.name, d.guessed, d.confidence, d.bad
	return doc, nil
}

func errEmpty() error  { return app.Problem(app.ErrInvalid, "is empty") }
func errNoText() error { return app.Problem(app.ErrInvalid, "has no text in it") }

// errPatience is what guarded returns for a parser that did not come back.
var errPatience = app.Problem(app.ErrInvalid, "is too tangled: it was not read within minutes")

// isFinal reports whether an error of guarded ends the reading.
func isFinal(err error) bool {
	return errors.Is(err, errPatience) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// guarded runs a third-party parser. A panic and a parser that does not come
// back in time become errors; the latter goes on in its goroutine, which cannot
// be stopped, and its result is dropped.
func guarded[T any](ctx context.Context, patience time.Duration, parse func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	var none T
	if patience <= 0 {
		return none, errPatience
	}
	done := make(chan result, 1)
	go func() {
		var r result
		defer func() {
			if p := recover(); p != nil {
				r = result{err: fmt.Errorf("the parser failed: %v", p)}
			}
			done <- r
		}()
		r.value, r.err = parse()
	}()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case r := <-done:
		return r.value, r.err
	case <-timer.C:
		return none, errPatience
	case <-ctx.Done():
		return none, ctx.Err()
	}
}
