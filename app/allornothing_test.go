package app_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/sample"
)

// TestAllOrNothing breaks off an act of several others.
func TestAllOrNothing(t *testing.T) {
	nb := apptest.New(t)
	nb.Actor("Port Company")
	before, err := nb.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	same := func(err error, says string) {
		t.Helper()
		now, infoErr := nb.Info(t.Context())
		if infoErr != nil {
			t.Fatal(infoErr)
		}
		for kind, n := range before.Counts {
			if now.Counts[kind] != n {
				t.Errorf("%d of %s, not %d", now.Counts[kind], kind, n)
			}
		}
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("says %v, not %q", err, says)
		}
		left, _ := filepath.Glob(filepath.Join(now.Folder, ".room-*"))
		if len(left) > 0 {
			t.Errorf("left %q", left)
		}
	}
	broken := errors.New("broken off")
	same(nb.AllOrNothing(t.Context(), "Two actors", func(ctx context.Context) error { return broken }), "nothing was changed")
	ctx, cancel := context.WithCancel(t.Context())
	err = nb.AllOrNothing(ctx, "Two actors", func(ctx context.Context) error {
		for _, name := range []string{"One", "Two"} {
			if _, err := nb.AddActor(ctx, app.Actor{Name: name, Kind: app.ActorPerson}, ""); err != nil {
				return err
			}
		}
		cancel()
		_, err := nb.AddActor(ctx, app.Actor{Name: "Three", Kind: app.ActorPerson}, "")
		return err
	})
	same(err, "what was done until then was taken back")
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the reason is lost: %v", err)
	}
}

// TestSampleWhollyOrNotAtAll gives up while the sample is being recorded.
func TestSampleWhollyOrNotAtAll(t *testing.T) {
	nb := apptest.New(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer nb.Subscribe(func(c app.Changes) {
		if c.Touches(app.KindStatement) {
			cancel()
		}
	})()
	if err := sample.Fill(ctx, nb.Notebook); !errors.Is(err, context.Canceled) {
		t.Fatalf("filled: %v", err)
	}
	info, err := nb.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for kind, n := range info.Counts {
		if n > 0 {
			t.Errorf("%d of %s were left", n, kind)
		}
	}
	if err := sample.Fill(t.Context(), nb.Notebook); err != nil {
		t.Errorf("a second time: %v", err)
	}
}

// TestFullDiskIsNamed has the system say that a disk is full.
func TestFullDiskIsNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "report.html")
	err := error(&fs.PathError{Op: "write", Path: path, Err: syscall.ENOSPC})
	if runtime.GOOS == "windows" {
		err = &fs.PathError{Op: "write", Path: path, Err: syscall.Errno(112)}
	}
	disk := app.DiskOf(path)
	want := "The disk " + disk + " is full: " + path + " could not be written. Free some space on it and try again."
	for _, e := range []error{err, app.AboutDisk("", err)} {
		if got := app.Sentence(e); got != want {
			t.Errorf("says %q, not %q", got, want)
		}
	}
	if _, err := os.Stat(disk); disk == "" || err != nil || !strings.HasPrefix(path, disk) && runtime.GOOS == "linux" {
		t.Errorf("%q is on the disk %q: %v", path, disk, err)
	}
	if runtime.GOOS == "linux" {
		if got := app.DiskOf("/proc/self/not/there"); got != "/proc" {
			t.Errorf("/proc is mounted at %q", got)
		}
	}
	if got := app.AboutDisk("x", fs.ErrNotExist); !errors.Is(got, fs.ErrNotExist) || errors.Is(got, app.ErrDiskFull) {
		t.Errorf("another error became %v", got)
	}
}
