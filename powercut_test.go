//go:build loss && linux

package main

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestLossPowerCut records what a program at work asks the system to write, and
// plays it again up to a moment, as a disk has it after a power cut there: what was
// synced is on it; of what was not, each write is there, not there or half there,
// and of the names the first so many. All that was said to be done has to be there.
func TestLossPowerCut(t *testing.T) {
	rounds := roundsOf(t, "REJOINDER_CUTS", 20)
	dir := t.TempDir()
	recorded := record(t, dir)
	rng := rand.New(rand.NewPCG(11, 12))
	table := tally{what: "power cuts, replayed from system calls"}
	defer func() { table.print(t) }()
	for round := range rounds {
		cut := rng.IntN(len(recorded.calls))
		k := &killer{t: t, rng: rng, there: map[string]string{}, gone: map[string]bool{}, dir: t.TempDir()}
		k.takeDown(recorded.said(cut))
		if err := recorded.play(cut, k.notebook(), rng); err != nil {
			t.Fatal(err)
		}
		table.tried++
		if !t.Run(fmt.Sprintf("cut %d at call %d", round, cut), func(t *testing.T) {
			k.t = t
			k.inspect()
		}) {
			table.lost++
		}
	}
}

// record runs a worker under strace for a while and kills it.
func record(t *testing.T, dir string) *recording {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	trace := filepath.Join(dir, "trace")
	notebook := filepath.Join(dir, "notebook")
	c := exec.Command("strace", "-f", "-y", "-xx", "-s", "20000000", "-o", trace,
		"-e", "trace=openat,creat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,ftruncate,mkdir,mkdirat,link,linkat,lseek,copy_file_range,sendfile,splice",
		"-e", "inject=copy_file_range,sendfile,splice:error=EINVAL",
		path, notebook, filepath.Join(dir, "cache"), dir, "cut", "7", "quick")
	// The worker is known by its name.
	named := filepath.Join(dir, workerName)
	if err := os.Symlink(path, named); err != nil {
		t.Fatal(err)
	}
	c.Args[slices.Index(c.Args, path)] = named
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.Stderr = os.Stderr
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := c.Start(); err != nil {
		t.Fatalf("strace, which this test needs: %v", err)
	}
	acts := 0
	timer := time.AfterFunc(hangLimit, func() { _ = syscall.Kill(-c.Process.Pid, syscall.SIGKILL) })
	defer timer.Stop()
	for lines := bufio.NewScanner(out); acts < 150 && lines.Scan(); acts++ {
		continue
	}
	_ = syscall.Kill(-c.Process.Pid, syscall.SIGKILL)
	_ = c.Wait()
	if acts < 150 {
		t.Fatalf("only %d acts were recorded", acts)
	}
	r, err := readTrace(trace, notebook)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d acts, %d calls", acts, len(r.calls))
	return r
}

// recording is what was asked of the system below one folder, in order.
type recording struct {
	root  string
	calls []syscallMade
}

type syscallMade struct {
	name string // open, write, sync, rename, unlink, truncate, mkdir, link or say
	path string // relative to the folder; of a sync of a folder, that
	to   string // of rename and link
	at   int64  // of write; the length of truncate
	data []byte
	made bool // open made or emptied it
}

var (
	lineOf     = regexp.MustCompile(`^(\d+) +(\w+)\((.*)\) += (-?\d+)(?:<(.*?)>)?`)
	unfinished = regexp.MustCompile(`^(\d+) +(\w+)\((.*) <unfinished \.\.\.>$`)
	resumed    = regexp.MustCompile(`^(\d+) +<\.\.\. (\w+) resumed>(.*)$`)
	fdOf       = regexp.MustCompile(`^(\d+)<(.*?)>`)
	quoted     = regexp.MustCompile(`"((?:\\x[0-9a-f]{2})*)"`)
)

func readTrace(path, root string) (*recording, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	r := &recording{root: root}
	half := map[string]string{}
	offsets := map[string]int64{} // by descriptor
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<30)
	for lines.Scan() {
		line := lines.Text()
		if m := unfinished.FindStringSubmatch(line); m != nil {
			half[m[1]+m[2]] = m[1] + " " + m[2] + "(" + m[3]
			continue
		}
		if m := resumed.FindStringSubmatch(line); m != nil {
			line = half[m[1]+m[2]] + m[3]
		}
		m := lineOf.FindStringSubmatch(line)
		if m == nil || strings.HasPrefix(m[4], "-") {
			continue
		}
		if err := r.add(m[2], m[3], m[4], unhex(m[5]), offsets); err != nil {
			return nil, fmt.Errorf("%.200s: %w", line, err)
		}
	}
	return r, lines.Err()
}

// unhex reads what strace -xx writes.
func unhex(s string) string {
	b, err := hex.DecodeString(strings.ReplaceAll(s, `\x`, ""))
	if err != nil {
		return s
	}
	return string(b)
}

func (r *recording) add(name, args, result, opened string, offsets map[string]int64) error {
	rel := func(path string) (string, bool) {
		if path == r.root {
			return ".", true
		}
		rest, ok := strings.CutPrefix(path, r.root+"/")
		return rest, ok && !strings.HasSuffix(rest, "-shm")
	}
	var texts []string
	for _, q := range quoted.FindAllStringSubmatch(args, -1) {
		texts = append(texts, unhex(q[1]))
	}
	fd, at := "", ""
	if m := fdOf.FindStringSubmatch(args); m != nil {
		fd, at = m[1], unhex(m[2])
	}
	put := func(c syscallMade, path string) {
		var ok bool
		if c.path, ok = rel(path); ok {
			r.calls = append(r.calls, c)
		}
	}
	n, err := strconv.ParseInt(result, 10, 64)
	if err != nil {
		return err
	}
	switch name {
	case "openat", "creat":
		offsets[result] = 0
		put(syscallMade{name: "open", made: strings.Contains(args, "O_TRUNC")}, opened)
		if !strings.Contains(args, "O_CREAT") && !strings.Contains(args, "O_TRUNC") && len(r.calls) > 0 && r.calls[len(r.calls)-1].name == "open" {
			if _, ok := rel(opened); ok {
				r.calls = r.calls[:len(r.calls)-1] // it changes nothing
			}
		}
	case "lseek":
		offsets[fd] = n
	case "write":
		if fd == "1" {
			r.calls = append(r.calls, syscallMade{name: "say", data: []byte(texts[0])})
			return nil
		}
		if len(texts) > 0 {
			put(syscallMade{name: "write", at: offsets[fd], data: []byte(texts[0])[:n]}, at)
		}
		offsets[fd] += n
	case "pwrite64":
		where := args[strings.LastIndex(args, ", ")+2:]
		offset, err := strconv.ParseInt(where, 10, 64)
		if err != nil {
			return err
		}
		put(syscallMade{name: "write", at: offset, data: []byte(texts[0])[:n]}, at)
	case "fsync", "fdatasync":
		put(syscallMade{name: "sync"}, at)
	case "ftruncate":
		size, err := strconv.ParseInt(args[strings.LastIndex(args, ", ")+2:], 10, 64)
		if err != nil {
			return err
		}
		put(syscallMade{name: "truncate", at: size}, at)
	case "rename", "renameat", "renameat2", "link", "linkat":
		to, ok := rel(texts[1])
		if !ok {
			return nil
		}
		what := "rename"
		if strings.HasPrefix(name, "link") {
			what = "link"
		}
		put(syscallMade{name: what, to: to}, texts[0])
	case "unlink", "unlinkat":
		put(syscallMade{name: "unlink"}, texts[0])
	case "mkdir", "mkdirat":
		put(syscallMade{name: "mkdir"}, texts[0])
	}
	return nil
}

// said are the lines that the worker printed before the cut.
func (r *recording) said(cut int) []string {
	var b strings.Builder
	for _, c := range r.calls[:cut] {
		if c.name == "say" {
			b.Write(c.data)
		}
	}
	lines := strings.Split(b.String(), "\n")
	return lines[:len(lines)-1]
}

// file is the content of a file on a disk, and what was written since it was synced.
type file struct {
	synced  []byte
	pending []syscallMade
}

func (f *file) apply(c syscallMade) {
	if c.name == "truncate" {
		for int64(len(f.synced)) < c.at {
			f.synced = append(f.synced, 0)
		}
		f.synced = f.synced[:c.at]
	} else {
		for int64(len(f.synced)) < c.at+int64(len(c.data)) {
			f.synced = append(f.synced, 0)
		}
		copy(f.synced[c.at:], c.data)
	}
}

func (f *file) sync() {
	for _, c := range f.pending {
		f.apply(c)
	}
	f.pending = nil
}

// lose keeps of what was not synced what a disk may have kept.
func (f *file) lose(rng *rand.Rand) {
	for _, c := range f.pending {
		switch rng.IntN(4) {
		case 0, 1:
			f.apply(c)
		case 2: // sectors of it
			for at := 0; c.name == "write" && at < len(c.data); at += 512 {
				if rng.IntN(2) == 0 {
					f.apply(syscallMade{name: "write", at: c.at + int64(at), data: c.data[at:min(at+512, len(c.data))]})
				}
			}
		}
	}
	f.pending = nil
}

// named is a change of names: one that was not made durable may be undone by the
// cut, with all after it, as file systems keep their order.
type named struct {
	name, path, to string
	file           *file
}

// play writes below dir what the disk has when the power is cut before a call.
func (r *recording) play(cut int, dir string, rng *rand.Rand) error {
	files := map[string]*file{} // as a program sees the names
	var names []named
	durable := 0
	note := func(n named) { names = append(names, n) }
	for _, c := range r.calls[:cut] {
		f := files[c.path]
		switch c.name {
		case "open":
			if f == nil {
				f = &file{}
				files[c.path] = f
				note(named{"make", c.path, "", f})
			} else if c.made {
				f.pending = append(f.pending, syscallMade{name: "truncate"})
			}
		case "write", "truncate":
			if f == nil {
				return fmt.Errorf("%s of %s, which was not opened", c.name, c.path)
			}
			f.pending = append(f.pending, c)
		case "sync":
			if f != nil {
				f.sync()
			}
			for i, n := range names { // a file's own name, or all of a folder
				if i >= durable && (n.file == f && f != nil && n.name == "make" || f == nil && filepath.Dir(n.path) == c.path) {
					durable = i + 1
				}
			}
		case "rename":
			files[c.to] = f
			delete(files, c.path)
			note(named{"rename", c.path, c.to, f})
		case "link":
			files[c.to] = f
			note(named{"link", c.path, c.to, f})
		case "unlink":
			delete(files, c.path)
			note(named{"unlink", c.path, "", f})
		case "mkdir":
			note(named{"mkdir", c.path, "", nil})
		}
	}
	kept := durable + rng.IntN(len(names)-durable+1)
	disk := map[string]*file{}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for _, n := range names[:kept] {
		switch n.name {
		case "make":
			disk[n.path] = n.file
		case "rename":
			disk[n.to] = n.file
			delete(disk, n.path)
		case "link":
			disk[n.to] = n.file
		case "unlink":
			delete(disk, n.path)
		case "mkdir":
			if err := os.MkdirAll(filepath.Join(dir, n.path), 0o700); err != nil {
				return err
			}
		}
	}
	written := map[*file]string{}
	for path, f := range disk {
		if f == nil {
			continue
		}
		to := filepath.Join(dir, path)
		if other := written[f]; other != "" {
			if err := os.Link(other, to); err != nil {
				return err
			}
			continue
		}
		f.lose(rng)
		if err := os.WriteFile(to, f.synced, 0o600); err != nil {
			return err
		}
		written[f] = to
	}
	return sameFile(dir)
}

// sameFile makes the notebook be the file that it was before the cut: a disk
// keeps that, a copy of it does not.
func sameFile(dir string) error {
	info, err := os.Stat(filepath.Join(dir, "notebook.db"))
	path := filepath.Join(dir, "opened.json")
	if _, missing := os.Stat(path); err != nil || missing != nil {
		return nil
	}
	s, _ := info.Sys().(*syscall.Stat_t)
	data, err := json.Marshal(map[string]string{"file": fmt.Sprintf("%x-%x", s.Dev, s.Ino), "folder": dir})
	if err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o600)
}
