package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"rejoinder/app"
	"rejoinder/app/exporter"
)

// reportFlags write what is shown into files.
type reportFlags struct {
	Markdown string `placeholder:"FILE" help:"Write it as Markdown with footnotes; - prints it. Every quote is compared with its original first: when one is not there, the report says so and the program ends with 1."`
	HTML     string `name:"html" placeholder:"FILE" help:"Write it as one HTML file; - prints it."`
	Force    bool   `help:"Replace a file that is there already."`
}

// wanted says whether anything is to be written.
func (f reportFlags) wanted() bool { return f.Markdown != "" || f.HTML != "" }

type reportRow struct {
	File       string `json:"file"`
	Quotes     int    `json:"quotes"`
	Unverified int    `json:"unverified"`
}

// report is something that can be written as Markdown and as HTML.
type report struct {
	scope    app.Scope
	of       []string // what else it is narrowed to
	passages []app.AnnotationID
	markdown func(w io.Writer, checks exporter.Checks, scope string) error
	html     func(w io.Writer, checks exporter.Checks, scope string) error
}

func reportOf[T any](scope app.Scope, passages []app.AnnotationID, v T, markdown, html func(io.Writer, T, exporter.Checks, string) error) report {
	return report{scope, nil, passages,
		func(w io.Writer, checks exporter.Checks, scope string) error { return markdown(w, v, checks, scope) },
		func(w io.Writer, checks exporter.Checks, scope string) error { return html(w, v, checks, scope) }}
}

// write compares the quotes with their originals and writes the files.
func (f reportFlags) write(s *session, nb *app.Notebook, r report) error {
	checks, err := nb.CheckQuotes(s.ctx, r.passages)
	if err != nil {
		return err
	}
	title, err := nb.ScopeTitle(s.ctx, r.scope)
	if err != nil {
		return err
	}
	title = strings.Join(nonEmpty(append(r.of, title)), " · ")
	unverified := 0
	for _, c := range checks {
		if !c.Verified {
			unverified++
		}
	}
	for _, form := range []struct {
		name, file string
		write      func(io.Writer, exporter.Checks, string) error
	}{{"markdown", f.Markdown, r.markdown}, {"html", f.HTML, r.html}} {
		if form.file == "" {
			continue
		}
		var b bytes.Buffer
		if err := form.write(&b, checks, title); err != nil {
			return err
		}
		if form.file == "-" {
			s.row(map[string]string{form.name: b.String()}, "%s", strings.TrimRight(b.String(), "\n"))
			continue
		}
		if err := s.writeFile(nb, form.file, f.Force, b.Bytes()); err != nil {
			return err
		}
		s.row(reportRow{form.file, len(checks), unverified}, "%s: %d of %d quotes verified", form.file, len(checks)-unverified, len(checks))
	}
	if unverified == 0 {
		return nil
	}
	s.fail(app.Problem(app.ErrDamaged, "%d of %d quotes not verified against their originals: see the top of the report", unverified, len(checks)))
	return errSome
}

// writeFile writes a file that the user named.
func (s *session) writeFile(nb *app.Notebook, path string, force bool, data []byte) error {
	info, err := nb.Info(s.ctx)
	if err != nil {
		return err
	}
	err = exporter.WriteFile(path, exporter.FileOptions{Replace: force, Notebook: info.Folder}, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
	if errors.Is(err, app.ErrExists) {
		return fmt.Errorf("%w: --force replaces it", err)
	}
	return err
}
