package gui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/url"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"rejoinder/app"
	"rejoinder/app/exporter"
	"rejoinder/app/viewmodel"
)

// writeReport writes what fn makes into a file, off the screen, and says so.
func (w *window) writeReport(path string, fn func(b *bytes.Buffer, scope string) error) {
	scope, nb := w.session.Side().Scope, w.session.Notebook
	w.status.task("Writing " + filepath.Base(path))
	loop.Work(func() {
		var b bytes.Buffer
		title, err := nb.ScopeTitle(w.ctx, scope)
		if err == nil {
			err = fn(&b, title)
		}
		if err == nil {
			err = w.writeFile(path, b.Bytes())
		}
		loop.UI(func() {
			w.status.task("")
			if err != nil {
				w.fail(err)
				return
			}
			w.say("Written to " + path)
		})
	})
}

// report is something that can be taken out as text.
type report struct {
	name string // of the file, without its ending
	// read reads it and says which passages it shows.
	read func(ctx context.Context, scope app.Scope) (passages []app.AnnotationID, err error)
	// markdown and html write what was read.
	markdown, html func(out io.Writer, checks exporter.Checks, scope string) error
}

// reportItems are the ways in which a report can be taken out: every quote is
// checked against its original first.
func (w *window) reportItems(make func() *report) []*fyne.MenuItem {
	return []*fyne.MenuItem{
		item("Copy as Markdown", func() {
			r := make()
			w.takeOut(r, r.markdown, nil, func(text []byte) error {
				w.app.Clipboard().SetContent(string(text))
				w.say("Copied as Markdown")
				return nil
			})
		}),
		item("Save as Markdown…", func() { r := make(); w.saveReport(r, r.name+".md", r.markdown) }),
		item("Save as HTML…", func() { r := make(); w.saveReport(r, r.name+".html", r.html) }),
		item("Print…", func() { w.printReport(make()) }),
	}
}

func (w *window) saveReport(r *report, name string, write func(io.Writer, exporter.Checks, string) error) {
	w.askNewFile(name, func(path string) {
		w.takeOut(r, write, func(text []byte) error { return w.writeFile(path, text) },
			func([]byte) error {
				w.say("Written to " + path)
				return nil
			})
	})
}

// printReport opens the report in the browser, which prints it.
func (w *window) printReport(r *report) {
	path := ""
	w.takeOut(r, r.html, func(text []byte) error {
		dir, err := os.MkdirTemp("", "rejoinder-print-")
		path = filepath.Join(dir, r.name+".html")
		if err == nil {
			err = os.WriteFile(path, text, 0o600)
		}
		return err
	}, func([]byte) error {
		w.say("Opened in the browser: print it there")
		return w.app.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)})
	})
}

// takeOut reads a report, checks its quotes, writes it, keeps it, and then calls
// done on the screen's thread; keep may be nil. It can be cancelled.
func (w *window) takeOut(r *report, write func(io.Writer, exporter.Checks, string) error, keep, done func([]byte) error) {
	ctx, cancel := context.WithCancel(w.ctx)
	scope, nb := w.session.Side().Scope, w.session.Notebook
	w.status.taskWith("Checking every quote against its original", cancel)
	loop.Work(func() {
		text, wrong, err := r.text(ctx, nb, scope, write)
		if err == nil && keep != nil {
			err = keep(text)
		}
		loop.UI(func() {
			cancel()
			w.status.task("")
			if err == nil {
				err = done(text)
			}
			if err != nil && !errors.Is(err, context.Canceled) {
				w.fail(err)
				return
			}
			if wrong > 0 {
				w.fail(app.Problem(app.ErrInvalid, "%s: the report marks them, and says why",
					viewmodel.QuotesThatDiffer(wrong)))
			}
		})
	})
}

func (r *report) text(ctx context.Context, nb *app.Notebook, scope app.Scope, write func(io.Writer, exporter.Checks, string) error) ([]byte, int, error) {
	passages, err := r.read(ctx, scope)
	if err != nil {
		return nil, 0, err
	}
	checks, err := nb.CheckQuotes(ctx, passages)
	if err != nil {
		return nil, 0, err
	}
	wrong := 0
	for _, c := range checks {
		if !c.Verified {
			wrong++
		}
	}
	title, err := nb.ScopeTitle(ctx, scope)
	if err != nil {
		return nil, 0, err
	}
	var b bytes.Buffer
	err = write(&b, checks, title)
	return b.Bytes(), wrong, err
}

// boardReport is the board with what is chosen on it.
func (w *window) boardReport(m *viewmodel.Board) *report {
	actor, claim := string(m.Actor), string(m.Claim)
	var b app.Board
	return &report{name: "board",
		read: func(ctx context.Context, scope app.Scope) (_ []app.AnnotationID, err error) {
			b, err = w.session.Notebook.BoardOf(ctx, scope, actor, claim)
			return b.Passages(), err
		},
		markdown: func(out io.Writer, c exporter.Checks, scope string) error {
			return exporter.BoardMarkdown(out, b, c, scope)
		},
		html: func(out io.Writer, c exporter.Checks, scope string) error {
			return exporter.BoardHTML(out, b, c, scope)
		}}
}

// disputeReport is the dispute that is shown.
func (w *window) disputeReport(m *viewmodel.Dispute) *report {
	claim := string(m.Claim)
	var d app.Dispute
	return &report{name: "dispute",
		read: func(ctx context.Context, scope app.Scope) (_ []app.AnnotationID, err error) {
			d, err = w.session.Notebook.Dispute(ctx, scope, claim)
			return d.Passages(), err
		},
		markdown: func(out io.Writer, c exporter.Checks, scope string) error {
			return exporter.DisputeMarkdown(out, d, c, scope)
		},
		html: func(out io.Writer, c exporter.Checks, scope string) error {
			return exporter.DisputeHTML(out, d, c, scope)
		}}
}

// matrixReport is the matrix as it is ordered, at the time that is shown.
func (w *window) matrixReport(m *viewmodel.Matrix) *report {
	options := m.Options
	var t app.MatrixTable
	return &report{name: "matrix",
		read: func(ctx context.Context, scope app.Scope) (_ []app.AnnotationID, err error) {
			matrix, err := w.session.Notebook.Matrix(ctx, scope, options)
			if err == nil {
				t, err = w.session.Notebook.MatrixTable(ctx, matrix, options)
			}
			return t.Passages(), err
		},
		markdown: func(out io.Writer, c exporter.Checks, scope string) error {
			return exporter.MatrixMarkdown(out, t, c, scope)
		},
		html: func(out io.Writer, c exporter.Checks, scope string) error {
			return exporter.MatrixHTML(out, t, c, scope)
		}}
}
