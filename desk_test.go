//go:build e2e

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// desk is a screen with a window manager, a hand on mouse and keyboard, and the
// real program.
type desk struct {
	t       *testing.T
	dir     string // HOME, data, cache and settings of the program
	display string
	window  string // xdotool's number for the program's window
	x, y    int    // where that is on the screen
	program *exec.Cmd
	log     *bytes.Buffer
}

// builtProgram builds the program once for all tests.
var builtProgram = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "rejoinder-e2e-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "rejoinder")
	out, err := exec.Command("go", "build", "-tags", "migrated_fynedo", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, nil
})

// newDesk starts a screen of 1600 × 1000 pixels.
func newDesk(t *testing.T, settings string) *desk {
	d := &desk{t: t, dir: t.TempDir(), log: &bytes.Buffer{}}
	for _, name := range []string{"home", "run", "config/rejoinder", "screen"} {
		if err := os.MkdirAll(filepath.Join(d.dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	d.write("config/rejoinder/settings.json", settings)
	screen := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-fbdir", filepath.Join(d.dir, "screen"),
		"-r") // no key repeats by itself when the machine is slow
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	screen.ExtraFiles = []*os.File{w}
	d.run(screen)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatal("Xvfb did not start:", err)
	}
	d.display = ":" + strings.TrimSpace(number)
	d.run(d.command("openbox"))
	return d
}

// run starts a program that ends with the test.
func (d *desk) run(c *exec.Cmd) {
	d.t.Helper()
	if err := c.Start(); err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() {
		_ = c.Process.Kill()
		_ = c.Wait()
	})
}

func (d *desk) command(name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Env = append(os.Environ(), "DISPLAY="+d.display, "LC_ALL=C.UTF-8", "HOME="+filepath.Join(d.dir, "home"),
		"XDG_DATA_HOME="+filepath.Join(d.dir, "data"), "XDG_CONFIG_HOME="+filepath.Join(d.dir, "config"),
		"XDG_CACHE_HOME="+filepath.Join(d.dir, "cache"), "XDG_RUNTIME_DIR="+filepath.Join(d.dir, "run"), "WAYLAND_DISPLAY=")
	return c
}

// write puts a file under the desk's folder.
func (d *desk) write(name, text string) {
	d.t.Helper()
	path := filepath.Join(d.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
}

// start opens the program's window on a notebook and waits until it is drawn.
func (d *desk) start(notebook string) {
	d.t.Helper()
	path, err := builtProgram()
	if err != nil {
		d.t.Fatal(err)
	}
	d.program = d.command(path, "--notebook", notebook)
	d.program.Stderr = d.log
	d.run(d.program)
	d.eventually("the window to open", func() bool {
		out, err := d.command("xdotool", "search", "--onlyvisible", "--name", "^Rejoinder$").Output()
		d.window = strings.TrimSpace(string(out))
		return err == nil && d.window != "" && !strings.Contains(d.window, "\n")
	})
	d.eventually("the window to have the keys", func() bool { // the window manager may still be starting
		return d.command("timeout", "20", "xdotool", "windowactivate", "--sync", d.window).Run() == nil
	})
	out, err := d.command("xdotool", "getwindowgeometry", "--shell", d.window).Output()
	if err != nil {
		d.t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		_, _ = fmt.Sscanf(line, "X=%d", &d.x)
		_, _ = fmt.Sscanf(line, "Y=%d", &d.y)
	}
	d.eventually("the window to be drawn", func() bool { return colors(d.region(0, 0, 1200, 800)) > 50 })
	d.settled()
}

// stop closes the window as its user does, with Ctrl+Q.
func (d *desk) stop() {
	d.t.Helper()
	done := make(chan error, 1)
	go func() { done <- d.program.Wait() }()
	for presses := 1; presses <= 3; presses++ { // as a person does when nothing happens
		d.key("ctrl+q")
		select {
		case err := <-done:
			if err != nil {
				d.t.Fatalf("the window ended with %v\n%s", err, d.log)
			}
			return
		case <-time.After(patience):
			d.t.Logf("the window did not close within %v of Ctrl+Q number %d", patience, presses)
		}
		if presses == 1 && d.command("xdotool", "windowactivate", "--sync", d.window).Run() != nil {
			break // it is gone, but the program is not
		}
	}
	d.picture(filepath.Join(os.TempDir(), "rejoinder-e2e-failed.png"))
	_ = d.program.Process.Signal(syscall.SIGQUIT) // it tells what its goroutines do
	err := <-done
	d.t.Fatalf("the window did not close; killed, it ended with %v\n%s", err, d.log)
}

// patience is how long a slow and busy machine may take for anything. Nothing is
// wrong because it is slow.
const patience = 5 * time.Minute

// eventually waits for a condition; what it waits for is on the screen or in
// the notebook, so it asks again and again.
func (d *desk) eventually(what string, ok func() bool) {
	d.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(lookAgain) {
		if ok() {
			return
		}
	}
	picture := filepath.Join(os.TempDir(), "rejoinder-e2e-failed.png")
	d.picture(picture)
	d.t.Fatalf("waited in vain for %s; the screen is in %s\n%s", what, picture, d.log)
}

// recorded waits until the notebook has something, and the window is done with it: a
// form is closed only after what it saved is there.
func (d *desk) recorded(what string, ok func() bool) {
	d.t.Helper()
	d.eventually(what, ok)
	d.settled()
}

func (d *desk) xdotool(args ...string) {
	d.t.Helper()
	if out, err := d.command("xdotool", args...).CombinedOutput(); err != nil {
		d.t.Fatalf("xdotool %v: %v\n%s", args, err, out)
	}
}

func (d *desk) key(keys ...string) {
	d.t.Helper()
	d.xdotool(append([]string{"key", "--delay", "60"}, keys...)...)
}

func (d *desk) typeText(text string) {
	d.t.Helper()
	d.xdotool("type", "--delay", "40", text)
}

// click clicks a place of the window, n times.
func (d *desk) click(x, y, n int) {
	d.t.Helper()
	d.xdotool("mousemove", "--window", d.window, fmt.Sprint(x), fmt.Sprint(y))
	d.xdotool("click", "--repeat", fmt.Sprint(n), "--delay", "1", "1") // a double click is one however slow the machine is
}

// drag presses the mouse at one place of the window and lets go at another.
func (d *desk) drag(x0, y0, x1, y1 int) {
	d.t.Helper()
	d.xdotool("mousemove", "--window", d.window, fmt.Sprint(x0), fmt.Sprint(y0))
	d.xdotool("mousedown", "1")
	for i := 1; i <= 8; i++ {
		d.xdotool("mousemove", "--window", d.window, fmt.Sprint(x0+(x1-x0)*i/8), fmt.Sprint(y0+(y1-y0)*i/8)) // a jump is no drag
	}
	d.xdotool("mouseup", "1")
}

// picture saves what the window shows.
func (d *desk) picture(path string) {
	d.t.Helper()
	if out, err := d.command("import", "-window", d.window, path).CombinedOutput(); err != nil {
		d.t.Errorf("picture: %v\n%s", err, out)
	}
}

// rejoinder runs the command line on a notebook, beside the open window.
func (d *desk) rejoinder(notebook string, args ...string) []map[string]any {
	d.t.Helper()
	path, err := builtProgram()
	if err != nil {
		d.t.Fatal(err)
	}
	c := d.command(path, append([]string{"--notebook", notebook, "--json"}, args...)...)
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		d.t.Fatalf("rejoinder %v: %v", args, err)
	}
	var rows []map[string]any
	for line := range strings.Lines(string(out)) {
		var row map[string]any
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			d.t.Fatalf("rejoinder %v printed %q: %v", args, line, err)
		}
		rows = append(rows, row)
	}
	return rows
}
