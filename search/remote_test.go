package search

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"rejoinder/app"
)

// TestMain serves as another process that owns an index, see TestOwnerKilled and
// TestFaults.
func TestMain(m *testing.M) {
	if dir := os.Getenv("REJOINDER_TEST_OWNER"); dir != "" {
		ix, err := Open(context.Background(), dir, newLedger(numbered(10)...))
		if err == nil {
			err = ix.Sync(context.Background())
		}
		fmt.Println("ready", err)
		_, _ = io.Copy(io.Discard, os.Stdin) // until the test is over, however it ends
		os.Exit(0)
	}
	if dir := os.Getenv("REJOINDER_TEST_WRITER"); dir != "" {
		writeUntilKilled(dir)
	}
	os.Exit(m.Run())
}

func TestSecondIndexAsksTheFirst(t *testing.T) {
	l := newLedger(numbered(10)...)
	dir := t.TempDir()
	first := synced(t, opened(t, dir, l))
	second := synced(t, opened(t, dir, l))
	if second.articles.owner != nil {
		t.Fatal("two owners")
	}
	total(t, second, "everybody", 10)
	r, err := second.Search(t.Context(), app.SearchQuery{Text: "number3", Kinds: []app.Kind{app.KindArticle}, Limit: 1, Typing: true})
	if err != nil || len(r.Hits) != 1 || r.Hits[0].Kind != app.KindArticle || r.Hits[0].Score <= 0 || r.Terms[0].Words[0] != "number3" {
		t.Errorf("%+v %v", r, err)
	}
	l.put(article("x", "X", "everybody"))
	second.Wake()
	o := first.articles.owner
	if err := o.wait(t.Context(), func() (bool, error) { return o.serving.seq.Load() == 11, nil }); err != nil {
		t.Fatal(err)
	}
	total(t, second, "everybody", 11)
	if f, err := second.Check(t.Context()); err != nil || !f.OK {
		t.Errorf("check: %+v %v", f, err)
	}
	var s steps
	if err := second.Rebuild(t.Context(), &s); err != nil || len(s.seen) == 0 || s.total != 11 {
		t.Errorf("rebuild: %v, told %v", err, s.seen)
	}
	if st := second.Status(); st.Err != nil || st.Building {
		t.Errorf("status %+v", st)
	}
	if _, err := second.articles.call(t.Context(), call{Op: "dance"}, nil); !errors.Is(err, app.ErrInvalid) {
		t.Errorf("dance: %v", err)
	}
	l.with(func() { l.fail = errLedger })
	if err := second.Sync(t.Context()); err == nil || !strings.Contains(err.Error(), errLedger.Error()) {
		t.Errorf("sync: %v", err)
	}
	l.with(func() { l.fail = nil })
}

func TestRemoteCancel(t *testing.T) {
	l := newLedger(numbered(100)...)
	l.batch = 10
	dir := t.TempDir()
	first := synced(t, opened(t, dir, l))
	second := opened(t, dir, l)
	l.with(func() {
		l.handed = func(n int) error {
			if n == 20 { // hanging up has to reach the build
				first.articles.owner.mu.RLock()
				given := first.articles.owner.job.ctx
				first.articles.owner.mu.RUnlock()
				<-given.Done()
			}
			return nil
		}
	})
	ctx, cancel := context.WithCancel(t.Context())
	if err := second.Rebuild(ctx, &steps{after: func(int) { cancel() }}); !errors.Is(err, context.Canceled) {
		t.Errorf("rebuild: %v", err)
	}
	l.with(func() { l.handed = nil })
	total(t, synced(t, second), "everybody", 100)
}

func TestOwnerCloses(t *testing.T) {
	l := newLedger(numbered(10)...)
	dir := t.TempDir()
	first := synced(t, opened(t, dir, l))
	second, third := opened(t, dir, l), opened(t, dir, l)
	total(t, second, "everybody", 10)
	closed(t, first)
	l.put(article("x", "X", "everybody"))
	total(t, synced(t, second), "everybody", 11)
	if second.articles.owner == nil {
		t.Error("nobody took over")
	}
	total(t, synced(t, third), "everybody", 11)
	if third.articles.owner != nil {
		t.Error("two owners")
	}
	if l.built() != 1 {
		t.Errorf("built %d times", l.built())
	}
}

func TestOwnerClosesUnderCalls(t *testing.T) {
	l := newLedger(numbered(200)...)
	dir := t.TempDir()
	first := synced(t, opened(t, dir, l))
	second := opened(t, dir, l)
	results := make(chan error)
	go func() {
		var failed error
		for range 300 {
			r, err := second.Search(t.Context(), app.SearchQuery{Text: "everybody"})
			if err == nil && r.Total != 200 {
				err = fmt.Errorf("found %d", r.Total)
			}
			failed = errors.Join(failed, err)
		}
		results <- failed
	}()
	total(t, second, "everybody", 200)
	closed(t, first)
	if err := <-results; err != nil {
		t.Error(err)
	}
}

func TestOwnerKilled(t *testing.T) {
	dir := t.TempDir()
	other := exec.Command(os.Args[0])
	other.Env = append(os.Environ(), "REJOINDER_TEST_OWNER="+dir)
	if _, err := other.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := other.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Process.Kill() }()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || line != "ready <nil>\n" {
		t.Fatal(line, err)
	}
	l := newLedger(numbered(10)...)
	ix := opened(t, dir, l)
	total(t, ix, "everybody", 10)
	if ix.articles.owner != nil {
		t.Fatal("two owners")
	}
	socket, err := os.ReadFile(ownerFile(filepath.Join(dir, "articles")))
	if err != nil {
		t.Fatal(err)
	}
	_ = other.Process.Kill()
	_ = other.Wait()
	total(t, ix, "everybody", 10)
	if ix.articles.owner == nil || l.built() != 0 {
		t.Errorf("owner %v, built %d times", ix.articles.owner != nil, l.built())
	}
	if _, err := os.Stat(filepath.Dir(string(socket))); !os.IsNotExist(err) {
		t.Errorf("the dead socket is still there: %v", err)
	}
}

// TestSilentOwner has the lock held by somebody who does not answer.
func TestSilentOwner(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "articles"), 0o700); err != nil {
		t.Fatal(err)
	}
	lock := flock.New(filepath.Join(dir, "articles", "lock"))
	if ok, err := lock.TryLock(); !ok || err != nil {
		t.Fatal(ok, err)
	}
	ix := opened(t, dir, newLedger(numbered(3)...))
	ix.articles.limit = 300 * time.Millisecond
	if err := ix.Status().Err; !errors.Is(err, app.ErrBusy) {
		t.Errorf("status: %v", err)
	}
	total(t, ix, "everybody", 3) // which is read
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := ix.Sync(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("sync: %v", err)
	}
	if err := lock.Unlock(); err != nil {
		t.Fatal(err)
	}
	total(t, synced(t, ix), "everybody", 3)
}

// TestStrangeOwners speaks to what is no owner of this version.
func TestStrangeOwners(t *testing.T) {
	dir := t.TempDir()
	folder, err := os.MkdirTemp("", "strange-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(folder)
	socket := filepath.Join(folder, "s")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	if err := os.WriteFile(ownerFile(dir), []byte(socket), 0o600); err != nil {
		t.Fatal(err)
	}
	greet := func(say func(net.Conn)) {
		go func() {
			if conn, err := listener.Accept(); err == nil {
				say(conn)
				conn.Close()
			}
		}()
	}
	greet(func(c net.Conn) { _ = json.NewEncoder(c).Encode(greeting{"rejoinder-index-99"}) })
	if _, err := ask(t.Context(), dir, call{Op: opStatus}, nil); !errors.Is(err, app.ErrBusy) {
		t.Errorf("another version: %v", err)
	}
	greet(func(c net.Conn) {})
	if _, err := ask(t.Context(), dir, call{Op: opStatus}, nil); !errors.Is(err, errNobody) {
		t.Errorf("hung up: %v", err)
	}
	greet(func(c net.Conn) {
		_ = json.NewEncoder(c).Encode(greeting{protocol})
		_, _ = bufio.NewReader(c).ReadString('\n')
		_, _ = c.Write([]byte("{nonsense"))
	})
	if _, err := ask(t.Context(), dir, call{Op: opStatus}, nil); !errors.Is(err, errNobody) {
		t.Errorf("nonsense: %v", err)
	}
	removeDeadDoor(dir)
	if _, err := os.Stat(socket); err != nil {
		t.Errorf("a socket that is not ours was removed: %v", err)
	}
}

// TestStrangeCallers has an owner hear nonsense and callers that leave.
func TestStrangeCallers(t *testing.T) {
	dir := t.TempDir()
	ix := synced(t, opened(t, dir, newLedger(numbered(3)...)))
	socket, err := os.ReadFile(ownerFile(filepath.Join(dir, "articles")))
	if err != nil {
		t.Fatal(err)
	}
	for _, say := range []string{"", "{", `{"op":"search"`, `{"op":7}`, strings.Repeat("x", 1000)} {
		conn, err := net.Dial("unix", string(socket))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = conn.Write([]byte(say))
		conn.Close()
	}
	silent, err := net.Dial("unix", string(socket))
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	total(t, ix, "everybody", 3)
	closed(t, ix)
}

func TestLongTemporaryFolder(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), strings.Repeat("x", 90)))
	if err := os.MkdirAll(os.TempDir(), 0o700); err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("/tmp", "rj")
	if err != nil {
		t.Skip(err)
	}
	defer os.RemoveAll(dir)
	l := newLedger(numbered(3)...)
	first := synced(t, opened(t, dir, l))
	second := opened(t, dir, l)
	total(t, second, "everybody", 3)
	closed(t, second)
	closed(t, first)
}

func TestErrorsKeepTheirKind(t *testing.T) {
	for _, kind := range []error{app.ErrBusy, app.ErrDamaged, context.Canceled, app.ErrDiskFull} {
		err := toWire(fmt.Errorf("the index: %w", kind)).err()
		if !errors.Is(err, kind) || err.Error() != "the index: "+kind.Error() {
			t.Errorf("%v became %v", kind, err)
		}
	}
	if err := toWire(nil).err(); err != nil {
		t.Error(err)
	}
	if err := toWire(errors.New("x")).err(); err.Error() != "x" {
		t.Error(err)
	}
}
