package search

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"rejoinder/app"
)

// maxSocketPath is what every system takes as the path of a socket.
const maxSocketPath = 100

const doorPrefix = "rejoinder-"

// door is where other processes ask the owner.
type door struct {
	owner    *owner
	listener net.Listener
	folder   string // of the socket

	mu     sync.Mutex
	conns  map[net.Conn]bool
	closed bool
	tasks  sync.WaitGroup
}

// openDoor listens for other processes. Where no socket can be made there is
// none: this process works all the same, and others find the index busy.
func openDoor(o *owner) *door {
	d := &door{owner: o, conns: map[net.Conn]bool{}}
	removeDeadDoor(o.dir)
	for _, parent := range []string{"", o.dir} {
		if d.listen(parent) {
			d.tasks.Go(d.accept)
			break
		}
	}
	return d
}

func (d *door) listen(parent string) bool {
	folder, err := os.MkdirTemp(parent, doorPrefix)
	if err != nil {
		return false
	}
	path := filepath.Join(folder, "index")
	if len(path) <= maxSocketPath {
		if d.listener, err = net.Listen("unix", path); err == nil {
			if d.announce(path) == nil {
				d.folder = folder
				return true
			}
			d.listener.Close()
			d.listener = nil
		}
	}
	_ = os.RemoveAll(folder)
	return false
}

// announce tells other processes where the socket is.
func (d *door) announce(path string) error {
	return writeNew(ownerFile(d.owner.dir), path)
}

// removeDeadDoor removes the socket of an owner that was killed. It takes care
// to remove nothing else, whatever the file says.
func removeDeadDoor(dir string) {
	path, err := os.ReadFile(ownerFile(dir))
	if err != nil {
		return
	}
	socket := strings.TrimSpace(string(path))
	folder := filepath.Dir(socket)
	info, err := os.Lstat(socket)
	if err == nil && info.Mode()&os.ModeSocket != 0 && strings.HasPrefix(filepath.Base(folder), doorPrefix) {
		_ = os.Remove(socket)
		_ = os.Remove(folder)
	}
	_ = os.Remove(ownerFile(dir))
}

func (d *door) close() {
	d.mu.Lock()
	d.closed = true
	for c := range d.conns {
		c.Close()
	}
	d.mu.Unlock()
	if d.listener == nil {
		return
	}
	_ = os.Remove(ownerFile(d.owner.dir))
	d.listener.Close()
	d.tasks.Wait()
	_ = os.RemoveAll(d.folder)
}

func (d *door) accept() {
	for {
		conn, err := d.listener.Accept()
		if err != nil {
			return
		}
		d.mu.Lock()
		if d.closed {
			conn.Close()
		} else {
			d.conns[conn] = true
			d.tasks.Go(func() { d.serve(conn) })
		}
		d.mu.Unlock()
	}
}

// serve answers the one call of a connection.
func (d *door) serve(conn net.Conn) {
	defer func() {
		conn.Close()
		d.mu.Lock()
		delete(d.conns, conn)
		d.mu.Unlock()
	}()
	out := json.NewEncoder(conn)
	in := json.NewDecoder(conn)
	var c call
	if out.Encode(greeting{protocol}) != nil || in.Decode(&c) != nil {
		return
	}
	ctx, cancel := context.WithCancel(d.owner.ctx)
	defer cancel()
	d.tasks.Go(func() {
		// Nothing more is sent: the end of reading is the caller hanging up.
		_, _ = io.Copy(io.Discard, conn)
		cancel()
	})
	var a answer
	err := d.owner.recognise(ctx, c)
	if err == nil {
		a, err = d.owner.answer(ctx, c, &wire{conn: conn, out: out})
	}
	if d.owner.ctx.Err() != nil {
		return // the caller takes over, or asks whoever does
	}
	m := message{Final: true, Answer: a, Err: toWire(err)}
	m.Answer.Status.Err, m.StatusErr = nil, toWire(a.Status.Err)
	_ = out.Encode(m) // the caller may be gone, and then nobody minds
}

// stepLimit is how long a caller may keep a rebuild from going on.
const stepLimit = time.Second

// wire sends progress to another process.
type wire struct {
	conn net.Conn
	out  *json.Encoder
}

var _ app.Progress = (*wire)(nil)

// Step implements app.Progress. A job tells its listeners one after another and
// none after they left, so nothing else is being written.
func (w *wire) Step(done, total int, what string) {
	_ = w.conn.SetWriteDeadline(time.Now().Add(stepLimit)) // fails only when closed, as Encode then does
	if w.out.Encode(message{Done: done, Total: total, What: what}) != nil {
		w.conn.Close() // a caller that does not listen has left
	}
	_ = w.conn.SetWriteDeadline(time.Time{})
}
