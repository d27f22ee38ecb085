package exporter_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/exporter"
)

func says(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

func reads(t *testing.T, path, want string) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("%s holds %q (%v), not %q", path, got, err, want)
	}
}

// TestWriteFile writes a report, again, and fails half-way through.
func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "report.html")
	if err := exporter.WriteFile(path, exporter.FileOptions{}, says("one")); err != nil {
		t.Fatal(err)
	}
	err := exporter.WriteFile(path, exporter.FileOptions{}, says("two"))
	if !errors.Is(err, app.ErrExists) || !strings.Contains(err.Error(), path) {
		t.Errorf("a file that is there: %v", err)
	}
	reads(t, path, "one")
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	err = exporter.WriteFile(path, exporter.FileOptions{Replace: true}, func(w io.Writer) error {
		return errors.Join(says("half")(w), broken)
	})
	if !errors.Is(err, broken) {
		t.Errorf("broken off: %v", err)
	}
	reads(t, path, "one")
	if err := exporter.WriteFile(path, exporter.FileOptions{Replace: true}, says("three")); err != nil {
		t.Fatal(err)
	}
	reads(t, path, "three")
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("left %v", entries)
	}
	if err := exporter.WriteFile(dir, exporter.FileOptions{Replace: true}, says("x")); !errors.Is(err, app.ErrInvalid) {
		t.Errorf("a folder: %v", err)
	}
	if err := exporter.WriteFile(filepath.Join(dir, "no", "x"), exporter.FileOptions{}, says("x")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no such folder: %v", err)
	}
}

// TestWriteFileThroughALink leaves the link one.
func TestWriteFileThroughALink(t *testing.T) {
	dir := t.TempDir()
	behind, link := filepath.Join(dir, "behind"), filepath.Join(dir, "link")
	if err := os.Symlink("behind", link); err != nil {
		t.Skip(err)
	}
	if err := exporter.WriteFile(link, exporter.FileOptions{}, says("one")); err != nil { // it leads nowhere yet
		t.Fatal(err)
	}
	if err := exporter.WriteFile(link, exporter.FileOptions{}, says("two")); !errors.Is(err, app.ErrExists) {
		t.Errorf("behind the link there is a file: %v", err)
	}
	if err := exporter.WriteFile(link, exporter.FileOptions{Replace: true}, says("two")); err != nil {
		t.Fatal(err)
	}
	reads(t, behind, "two")
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link became %v", info.Mode())
	}
	round := filepath.Join(dir, "round")
	if err := os.Symlink("round", round); err != nil {
		t.Fatal(err)
	}
	if err := exporter.WriteFile(round, exporter.FileOptions{Replace: true}, says("x")); !errors.Is(err, app.ErrInvalid) {
		t.Errorf("a link to itself: %v", err)
	}
}

// TestNothingIsWrittenIntoANotebook tries to, by every name of its folder.
func TestNothingIsWrittenIntoANotebook(t *testing.T) {
	dir := t.TempDir()
	book, other := filepath.Join(dir, "book"), filepath.Join(dir, "other")
	for _, d := range []string{filepath.Join(book, "originals"), filepath.Join(other, "originals", "ab")} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	real := filepath.Join(dir, "real.db") // a database may be a link to elsewhere
	for _, f := range []string{real, filepath.Join(other, "notebook.db")} {
		if err := os.WriteFile(f, []byte("precious"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for to, link := range map[string]string{real: filepath.Join(book, "notebook.db"), book: filepath.Join(dir, "alias"),
		filepath.Join(book, "originals"): filepath.Join(dir, "deep"), filepath.Join(book, "new.html"): filepath.Join(dir, "into")} {
		if err := os.Symlink(to, link); err != nil {
			t.Skip(err)
		}
	}
	for _, path := range []string{"book/report.html", "book/notebook.db", "book/originals/x", "alias/report.html", "deep/x", "into", "real.db",
		"other/notebook.db", "other/originals/ab/x"} {
		err := exporter.WriteFile(filepath.Join(dir, path), exporter.FileOptions{Replace: true, Notebook: book}, says("x"))
		if !errors.Is(err, app.ErrInvalid) || !strings.Contains(err.Error(), "notebook's folder") {
			t.Errorf("%s: %v", path, err)
		}
	}
	reads(t, real, "precious")
	reads(t, filepath.Join(other, "notebook.db"), "precious")
	if err := exporter.WriteFile(filepath.Join(dir, "report.html"), exporter.FileOptions{Notebook: book}, says("x")); err != nil {
		t.Errorf("beside the notebook: %v", err)
	}
}
