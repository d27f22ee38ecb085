//go:build loss && linux

package main

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestLossFullDisk works on a small disk of its own until it is full, at another
// byte each time: what was said to be done is there, what was said not to have
// changed anything is not, all can be read while it is full, and with space again
// the notebook is whole and works on. It needs the right to mount.
func TestLossFullDisk(t *testing.T) {
	rounds := roundsOf(t, "REJOINDER_FULL", 40)
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	table := tally{what: "full disks"}
	defer func() { table.print(t) }()
	rng := rand.New(rand.NewPCG(15, 16))
	for round := range rounds {
		table.tried++
		d := &fullDisk{program: path, cacheToo: round%2 == 0, rng: rng, made: map[string]bool{}, refused: map[string]bool{}}
		if !t.Run(fmt.Sprint(round), func(t *testing.T) {
			d.t = t
			d.mount()
			d.begin()
			d.fill(int64(rng.IntN(600 << 10)))
			d.work()
			d.readAll()
			d.free()
			d.inspect()
		}) {
			table.lost++
		}
		table.hung += d.hung
	}
}

type fullDisk struct {
	t        *testing.T
	program  string
	rng      *rand.Rand
	cacheToo bool
	dir      string
	hung     int
	made     map[string]bool // words that were said to be there
	refused  map[string]bool // words of which it was said that nothing was changed
}

func (d *fullDisk) mount() {
	d.dir = d.t.TempDir()
	if err := syscall.Mount("tmpfs", d.dir, "tmpfs", 0, "size=4m"); err != nil {
		d.t.Fatalf("mount a small disk, which this test needs the right to: %v", err)
	}
	d.t.Cleanup(func() {
		if err := syscall.Unmount(d.dir, syscall.MNT_DETACH); err != nil {
			d.t.Error(err)
		}
	})
}

// run runs the program and says whether it ended well, and what it said.
func (d *fullDisk) run(args ...string) (ok bool, out string) {
	c := exec.Command(d.program, append([]string{"--notebook", filepath.Join(d.dir, "notebook")}, args...)...)
	c.Args[0] = "rejoinder"
	cache := filepath.Join(d.dir, "cache")
	if !d.cacheToo {
		cache = d.t.TempDir()
	}
	c.Env = append(os.Environ(), "XDG_CACHE_HOME="+cache, "XDG_CONFIG_HOME="+d.t.TempDir(), "DISPLAY=", "WAYLAND_DISPLAY=")
	text, hung, err := patiently(c)
	if hung {
		d.hung++
	}
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		d.t.Fatalf("%q: %v\n%s", args, err, text)
	}
	if strings.Contains(string(text), "goroutine ") || strings.Contains(string(text), "panic:") {
		d.t.Errorf("%q dumped:\n%s", args, text)
	}
	return err == nil, string(text)
}

func (d *fullDisk) begin() {
	for _, word := range []string{"zero", "first"} {
		if ok, out := d.run("claim", "add", "Claimed "+word); !ok {
			d.t.Fatal(out)
		}
		d.made[word] = true
	}
}

// fill leaves so many bytes on the disk.
func (d *fullDisk) fill(left int64) {
	f, err := os.Create(filepath.Join(d.dir, "filling"))
	if err != nil {
		d.t.Fatal(err)
	}
	var s syscall.Statfs_t
	if err := syscall.Statfs(d.dir, &s); err != nil {
		d.t.Fatal(err)
	}
	have := int64(s.Bavail) * s.Bsize
	_, err = io.CopyN(f, zeros{}, max(0, have-left))
	if err = errors.Join(err, f.Close()); err != nil {
		d.t.Fatal(err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func (d *fullDisk) free() {
	if err := os.Remove(filepath.Join(d.dir, "filling")); err != nil {
		d.t.Fatal(err)
	}
}

// work acts until the disk was full some times.
func (d *fullDisk) work() {
	from := filepath.Join(d.t.TempDir(), "long.txt")
	full := 0
	for i := 0; i < 14 && full < 4; i++ {
		word := fmt.Sprintf("word%d", i)
		long := strings.Repeat("and so on, ", 1+d.rng.IntN(3000))
		if err := os.WriteFile(from, []byte("Printed "+word+"\n\n"+long), 0o600); err != nil {
			d.t.Fatal(err)
		}
		act := [][]string{
			{"import", from},
			{"claim", "add", "Claimed " + word},
			{"note", "add", "Noted " + word + " " + long},
			{"notebook", "backup"},
			{"undo"},
			{"redo"},
		}[d.rng.IntN(6)]
		ok, out := d.run(act...)
		switch {
		case ok && (act[0] == "undo" || act[0] == "redo" || act[0] == "notebook"):
			if act[0] == "undo" { // what it took back is redone, or known to be open
				d.run("redo")
				d.made, d.refused = map[string]bool{"zero": true}, map[string]bool{}
			}
		case ok:
			d.made[word] = true
		default:
			full++
			if !strings.Contains(out, "disk") && !strings.Contains(out, "othing to") {
				d.t.Errorf("%q does not speak of the disk: %s", act, out)
			}
			if strings.Contains(out, "othing was changed") && act[0] != "notebook" && len(act) > 1 {
				d.refused[word] = true
			}
		}
	}
}

// readAll reads while the disk is full.
func (d *fullDisk) readAll() {
	for _, verb := range [][]string{{"list", "claims"}, {"search", "zero"}, {"board"}, {"notebook", "info"}, {"notebook", "backups"}, {"check"}} {
		ok, out := d.run(verb...)
		if !ok || verb[0] == "search" && !strings.Contains(out, "Claimed zero") {
			d.t.Errorf("%q on a full disk: %s", verb, out)
		}
	}
}

func (d *fullDisk) inspect() {
	ok, out := d.run("check")
	if !ok || strings.Contains(out, "WRONG") {
		d.t.Errorf("check: %s", out)
	}
	var all string
	for _, kind := range []string{"claims", "notes", "articles"} {
		ok, out := d.run("--json", "list", kind)
		if !ok {
			d.t.Errorf("list %s: %s", kind, out)
		}
		all += out
	}
	has := func(word string) bool { return strings.Contains(all, word+" ") || strings.Contains(all, word+`"`) }
	for word := range d.made {
		if !has(word) {
			d.t.Errorf("%s is lost", word)
		}
	}
	for word := range d.refused {
		if has(word) {
			d.t.Errorf("nothing was changed, it was said, and %s is there", word)
		}
	}
	if ok, out := d.run("claim", "add", "Claimed afterwards"); !ok {
		d.t.Errorf("it does not work on: %s", out)
	}
	if left, _ := filepath.Glob(filepath.Join(d.dir, "notebook", "backups", "*.part")); len(left) > 0 {
		d.t.Errorf("left behind: %q", left)
	}
}
