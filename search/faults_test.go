package search

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"rejoinder/app"
)

// faultThings is how many things there are; more are changes of them.
const faultThings = 250

// history is a ledger after so many changes, the same in every process.
func history(changes int) *ledger {
	l := newLedger()
	l.goOn(changes)
	return l
}

func (l *ledger) goOn(changes int) {
	for range changes {
		n := len(l.log)
		z := newZipf(uint64(n))
		ref := app.Ref{Kind: smallAndArticle[n%faultThings%len(smallAndArticle)], ID: fmt.Sprintf("t%03d", n%faultThings)}
		if n > faultThings && n%11 == 0 {
			l.drop(ref)
			continue
		}
		l.put(app.Document{Ref: ref, Title: z.words(4), Body: z.words(40), Language: []string{"en", "de", ""}[n%3]})
	}
}

// writeUntilKilled is another process that owns the index, indexes change after
// change, and tells of each.
func writeUntilKilled(dir string) {
	from, _ := strconv.Atoi(os.Getenv("REJOINDER_TEST_FROM"))
	l := history(from)
	ix, err := Open(context.Background(), dir, l)
	for err == nil {
		if err = ix.Sync(context.Background()); err == nil {
			fmt.Println(len(l.log))
		}
		if len(l.log) < from+killedWithin {
			l.goOn(1 + len(l.log)%9)
		}
	}
	fmt.Println(err)
	os.Exit(1)
}

// killedWithin is how many changes the other process makes at most, but for the
// last few.
const killedWithin = 150

// faulty is an index that things happen to.
type faulty struct {
	*rand.Rand
	dir    string
	ledger *ledger
	open   *Index // nil while it is closed
}

// faults are what can happen; what they return tells where.
var faults = map[string]func(t *testing.T, f *faulty) string{
	"kill":     killed,
	"truncate": onFile(func(f *faulty, b []byte) []byte { return b[:f.IntN(len(b)+1)] }),
	"zero": onFile(func(f *faulty, b []byte) []byte {
		from := f.IntN(len(b) + 1)
		clear(b[from:min(len(b), from+1+f.IntN(5000))])
		return b
	}),
	"garbage": onFile(func(f *faulty, b []byte) []byte {
		from := f.IntN(len(b) + 1)
		for i := from; i < min(len(b), from+1+f.IntN(5000)); i++ {
			b[i] = byte(f.Uint32())
		}
		return b
	}),
	"delete": func(t *testing.T, f *faulty) string {
		name := f.file(t)
		_ = os.RemoveAll(name)
		return name
	},
	"directory": func(t *testing.T, f *faulty) string {
		name := f.file(t)
		_ = os.Remove(name)
		_ = os.Mkdir(name, 0o700)
		return name
	},
	"unreadable": func(t *testing.T, f *faulty) string {
		name := f.file(t)
		if os.Getuid() == 0 || runtime.GOOS == "windows" {
			t.Skip("everything is readable here")
		}
		_ = os.Chmod(name, 0)
		return name
	},
	"lock": func(t *testing.T, f *faulty) string {
		if f.open != nil {
			t.Skip("the lock is its own")
		}
		name := filepath.Join(f.dir, []string{"articles", "small"}[f.IntN(2)], "lock")
		lock := flock.New(name)
		if ok, err := lock.TryLock(); !ok || err != nil {
			t.Fatal(ok, err)
		}
		ix := opened(t, f.dir, f.ledger) // while somebody else holds the lock
		go func() { _ = lock.Unlock() }()
		synced(t, ix)
		closed(t, ix)
		return name
	},
}

func onFile(change func(*faulty, []byte) []byte) func(*testing.T, *faulty) string {
	return func(t *testing.T, f *faulty) string {
		for {
			name := f.file(t)
			n, err := changeFile(name, func(data []byte) []byte { return change(f, data) })
			if errors.Is(err, fs.ErrNotExist) {
				continue // it was merged away; another will do
			}
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprintf("%s (%d bytes)", name, n)
		}
	}
}

// changeFile returns how long the file is then.
func changeFile(name string, change func([]byte) []byte) (int, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return 0, err
	}
	before, data := len(data), change(data)
	if len(data) < before {
		return len(data), os.Truncate(name, int64(len(data)))
	}
	return len(data), writeOver(name, data)
}

// writeOver changes a file in its place, as a failing disk does.
func writeOver(name string, data []byte) error {
	file, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	return errors.Join(err, file.Close())
}

// file is any file of the volumes.
func (f *faulty) file(t *testing.T) string {
	var names []string
	_ = filepath.WalkDir(f.dir, func(name string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && strings.Contains(name, string(os.PathSeparator)+volumePrefix) {
			names = append(names, name)
		}
		return nil
	})
	if len(names) == 0 {
		t.Fatal("no files")
	}
	return names[f.IntN(len(names))]
}

// killed has another process write, and kills it.
func killed(t *testing.T, f *faulty) string {
	if f.open != nil {
		closed(t, f.open)
		f.open = nil
	}
	other := exec.Command(os.Args[0])
	other.Env = append(os.Environ(), "REJOINDER_TEST_WRITER="+f.dir, fmt.Sprintf("REJOINDER_TEST_FROM=%d", len(f.ledger.log)))
	out, err := other.StdoutPipe()
	if err == nil {
		err = other.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	lines, last := bufio.NewScanner(out), ""
	for range 1 + f.IntN(15) { // and then it goes on for as long as the signal takes
		if !lines.Scan() {
			break
		}
		last = lines.Text()
	}
	_ = other.Process.Kill()
	_ = other.Wait()
	if _, err := strconv.Atoi(last); err != nil {
		t.Fatal(last)
	}
	f.ledger.goOn(killedWithin + 20)
	return "after change " + last
}

// TestFaults has random things happen to an index, closed or open. When it is
// opened again it is as good as a new one. REJOINDER_FAULTS=200 does more of them.
func TestFaults(t *testing.T) {
	times := 25
	if testing.Short() {
		times = 8
	}
	if n, err := strconv.Atoi(os.Getenv("REJOINDER_FAULTS")); err == nil {
		times = n
	}
	var names []string
	for name := range faults {
		names = append(names, name)
	}
	slices.Sort(names)
	f := &faulty{Rand: rand.New(rand.NewPCG(1, 9)), dir: t.TempDir(), ledger: history(faultThings)}
	queries := []string{"the"}
	for z := newZipf(99); len(queries) < 10; {
		queries = append(queries, z.query())
	}
	for i := range times {
		name := names[i%len(names)]
		open := f.IntN(2) == 0
		f.Rand = rand.New(rand.NewPCG(uint64(i), 9))
		passed := t.Run(fmt.Sprintf("%03d-%s-open=%v", i, name, open), func(t *testing.T) {
			f.happens(t, faults[name], open)
			f.recovers(t, queries, open && (name == "zero" || name == "garbage"))
		})
		if !passed {
			f.dir = t.TempDir()
		}
	}
}

func (f *faulty) happens(t *testing.T, fault func(*testing.T, *faulty) string, open bool) {
	f.open = opened(t, f.dir, f.ledger)
	for range 4 { // segments
		f.ledger.goOn(1 + f.IntN(30))
		synced(t, f.open)
	}
	if !open {
		closed(t, f.open)
		f.open = nil
	}
	t.Log(strings.TrimPrefix(fault(t, f), f.dir))
	f.ledger.goOn(f.IntN(20))
	if f.open != nil { // it may answer wrongly or not at all, but it answers
		ctx, cancel := context.WithTimeout(t.Context(), hangs)
		defer cancel()
		for range 2 {
			_, _ = f.open.Search(ctx, app.SearchQuery{Text: "the OR wa0"})
			_ = f.open.Sync(ctx)
		}
		if ctx.Err() != nil {
			t.Fatal("it hangs")
		}
		closed(t, f.open)
	}
}

// hangs is how long a slow and busy machine may take for anything that ends at all.
const hangs = 10 * time.Minute

// recovers opens the index again and compares it with a new one. What was changed
// inside while it was open may have been merged, sum and all, before anybody
// could notice; then it takes a rebuild.
func (f *faulty) recovers(t *testing.T, queries []string, inside bool) {
	ix := opened(t, f.dir, f.ledger)
	ctx, cancel := context.WithTimeout(t.Context(), hangs)
	defer cancel()
	if err := ix.Sync(ctx); err != nil {
		t.Fatal(err)
	}
	fresh := synced(t, opened(t, t.TempDir(), f.ledger))
	if wrong := difference(t, ix, fresh, queries...); wrong != "" && inside {
		t.Logf("merged before it was noticed: %s", wrong)
		if err := ix.Rebuild(ctx, nil); err != nil {
			t.Fatal(err)
		}
	}
	sameAnswers(t, ix, fresh, queries...)
	found, err := ix.Check(ctx)
	if err == nil && !found.OK {
		t.Errorf("check: %s", found.Text)
		err = ix.Rebuild(ctx, nil)
	}
	if err == nil {
		found, err = ix.Check(ctx)
	}
	if err != nil || !found.OK {
		t.Errorf("check: %+v %v", found, err)
	}
	closed(t, ix)
	closed(t, fresh)
}
