package storage

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rejoinder/app"
)

func TestOriginals(t *testing.T) {
	s := newStore(t)
	o, err := s.KeepOriginal("a.txt", []byte("bytes"))
	if err != nil || o.Size != 5 || o.Name != "a.txt" {
		t.Fatalf("kept %+v, %v", o, err)
	}
	path := s.originalPath(o.SHA256)
	before, err := os.Stat(path)
	if err != nil || filepath.Base(path) != o.SHA256 {
		t.Fatal(path, err)
	}
	if again, err := s.KeepOriginal("b.txt", []byte("bytes")); err != nil || again.SHA256 != o.SHA256 {
		t.Errorf("kept twice: %+v, %v", again, err)
	}
	if after, err := os.Stat(path); err != nil || !os.SameFile(before, after) {
		t.Errorf("the same bytes were written again: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".new-*")); len(left) != 0 {
		t.Errorf("left behind %q", left)
	}
	f, err := s.OpenOriginal(t.Context(), o.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	data := make([]byte, 10)
	if n, _ := f.Read(data); string(data[:n]) != "bytes" {
		t.Errorf("read %q", data[:n])
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(path, []byte("other"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.OpenOriginal(t.Context(), o.SHA256); !errors.Is(err, app.ErrDamaged) {
		t.Errorf("a changed file: %v", err)
	}
	if _, err := s.OpenOriginal(t.Context(), strings.Repeat("0", 64)); !errors.Is(err, app.ErrNotFound) {
		t.Errorf("a missing file: %v", err)
	}
	for _, bad := range []string{"", "../../etc/passwd", strings.ToUpper(o.SHA256)} {
		if _, err := s.OpenOriginal(t.Context(), bad); !errors.Is(err, app.ErrInvalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
