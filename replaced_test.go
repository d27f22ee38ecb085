//go:build loss && linux

package main

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"rejoinder/app"
	"rejoinder/storage"
)

// TestLossReplaced has another program put a file in the database's place, delete
// it, or move the folder, at a random moment while one is at work, which then ends
// by itself or is killed. All that was said to be done is in the notebook or in one
// of its backups, and the notebook that is there is whole.
func TestLossReplaced(t *testing.T) {
	rounds := roundsOf(t, "REJOINDER_REPLACED", 20)
	table := tally{what: "database replaced, deleted, moved while open"}
	defer func() { table.print(t) }()
	rng := rand.New(rand.NewPCG(13, 14))
	for round := range rounds {
		kind := []string{"replaced", "deleted", "moved"}[round%3]
		kill := rng.IntN(2) == 0
		moment := time.Duration(rng.IntN(1500)) * time.Millisecond
		table.tried++
		if !t.Run(fmt.Sprintf("%d %s, killed %v", round, kind, kill), func(t *testing.T) {
			r := replaced{t: t, dir: t.TempDir(), kind: kind, kill: kill}
			table.hung += r.work(moment)
			r.look()
		}) {
			table.lost++
		}
	}
}

type replaced struct {
	t    *testing.T
	dir  string // of the notebook and its cache
	kind string
	kill bool
	said []string
}

func (r *replaced) notebook() string { return filepath.Join(r.dir, "notebook") }

// work begins a notebook, copies it, has a worker go on, and hurts the notebook.
func (r *replaced) work(moment time.Duration) (hung int) {
	t := r.t
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	nb, err := openIn(t.Context(), r.notebook(), filepath.Join(r.dir, "cache"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = nb.AddClaim(t.Context(), "Claimed first")
	early := filepath.Join(r.dir, "early")
	if err = errors.Join(err, nb.SaveCopy(t.Context(), early, app.NoProgress{}), nb.Close()); err != nil {
		t.Fatal(err)
	}
	r.said = []string{"claim first"}
	c := exec.Command(path, r.notebook(), filepath.Join(r.dir, "cache"), t.TempDir(), "w", fmt.Sprint(moment), "quick")
	c.Args[0] = workerName
	c.Args[5] = fmt.Sprint(uint64(moment))
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	lines.Scan() // open
	hurt := time.AfterFunc(moment, func() {
		var err error
		switch r.kind {
		case "replaced":
			err = os.Rename(filepath.Join(early, "notebook.db"), filepath.Join(r.notebook(), "notebook.db"))
		case "deleted":
			err = os.Remove(filepath.Join(r.notebook(), "notebook.db"))
		case "moved":
			err = os.Rename(r.notebook(), r.notebook()+"-moved")
		}
		if err != nil {
			t.Error(err)
		}
		if r.kill {
			_ = c.Process.Kill()
		}
	})
	defer hurt.Stop()
	stuck := time.AfterFunc(hangLimit, func() {
		hung = 1
		_ = c.Process.Kill()
	})
	defer stuck.Stop()
	for lines.Scan() {
		r.said = append(r.said, lines.Text())
	}
	_ = c.Wait()
	return hung
}

// look opens what is there, restores each of the backups elsewhere, and looks for
// all that was said to be done.
func (r *replaced) look() {
	t := r.t
	t.Helper()
	dir := r.notebook()
	if r.kind == "moved" {
		dir += "-moved"
		if _, err := os.Stat(r.notebook()); err == nil {
			t.Error("the folder was made again where it was")
		}
	}
	found := map[string]string{}
	read := func(dir string) {
		t.Helper()
		nb, err := openIn(t.Context(), dir, t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = nb.Close() }()
		k := killer{t: t}
		stored, err := k.stored(nb)
		if err != nil {
			t.Fatal(err)
		}
		for word, what := range stored {
			found[word] = what
		}
		checks, err := nb.Check(t.Context(), app.NoProgress{})
		if err != nil {
			t.Error(err)
		}
		for _, f := range checks {
			if !f.OK {
				t.Errorf("%s: %s: %s", dir, f.Part, f.Text)
			}
		}
	}
	survey := func() []app.Backup {
		s, err := storage.Rescue{}.Survey(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		return s.Backups
	}
	nb, err := openIn(t.Context(), dir, t.TempDir())
	switch {
	case err == nil:
		if err := nb.Close(); err != nil {
			t.Error(err)
		}
		read(dir)
	case !errors.Is(err, app.ErrMissing) || len(survey()) == 0:
		t.Errorf("open: %v, with %d backups", err, len(survey()))
	}
	for _, b := range survey() {
		back := filepath.Join(t.TempDir(), "back")
		if _, err := (storage.Rescue{}).Restore(t.Context(), back, app.BackupFile{Path: b.Path}, app.NoProgress{}); err != nil {
			t.Errorf("restore %s: %v", b.Path, err)
			continue
		}
		read(back)
	}
	k := killer{t: t, there: map[string]string{}, gone: map[string]bool{}}
	k.takeDown(r.said)
	for word, what := range k.there {
		if found[word] != what {
			t.Errorf("the %s %s is lost (it is %q)", what, word, found[word])
		}
	}
	t.Logf("%d acts, %d backups", len(r.said), len(survey()))
}
