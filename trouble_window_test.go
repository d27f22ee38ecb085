//go:build e2e

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

const seaArticle = "The sea\n\nThe harbour office said that the sea was calm.\n\nThe pilots said that it was not."

// broken makes a notebook with an article and a backup.
func (d *desk) broken() string {
	d.t.Helper()
	notebook := filepath.Join(d.dir, "notebook")
	d.write("home/sea.txt", seaArticle)
	d.rejoinder(notebook, "import", filepath.Join(d.dir, "home/sea.txt"))
	d.rejoinder(notebook, "notebook", "backup")
	return notebook
}

// there says whether a notebook has a database, and in it so many of something.
func (d *desk) there(notebook, what string, n int) bool {
	if _, err := os.Stat(filepath.Join(notebook, "notebook.db")); err != nil {
		return false
	}
	return len(d.rejoinder(notebook, "list", what)) == n
}

// Somebody's database was deleted. The window opens all the same, says what is there,
// and the backup is put back with three Returns; then the article can be worked on.
func TestWindowRestoresWhatWasDeleted(t *testing.T) {
	d := newDesk(t, lightSettings)
	notebook := d.broken()
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(filepath.Join(notebook, "notebook.db"+end)); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	d.start(notebook)
	d.settled()
	size := d.geometry()
	d.key("Return") // the best way out has the keys: it lists the backups
	d.settled()
	d.key("Return") // the newest
	d.settled()
	if d.there(notebook, "articles", 1) {
		t.Error("it was restored without a question")
	}
	d.key("Return") // yes
	d.recorded("the article to be there", func() bool { return d.there(notebook, "articles", 1) })
	d.settled()
	d.key("ctrl+shift+n")
	d.settled()
	d.typeText("Back again")
	d.key("Return")
	d.recorded("the notebook to be worked on", func() bool { return d.there(notebook, "collections", 1) })
	if now := d.geometry(); now != size {
		t.Errorf("the window was %s and is %s", size, now)
	}
	d.stop()
}

// geometry is the window's size.
func (d *desk) geometry() string {
	d.t.Helper()
	out, err := d.command("xdotool", "search", "--name", "Rejoinder", "getwindowgeometry").Output()
	if err != nil {
		d.t.Fatal(err)
	}
	_, size, _ := strings.Cut(string(out), "Geometry:")
	return strings.TrimSpace(size)
}

// A program that keeps folders in step puts another file in the database's place. What
// is typed then is not lost, all that was saved before is saved as a copy, and the work
// goes on in that.
func TestWindowKeepsWhatWasReplaced(t *testing.T) {
	d := newDesk(t, lightSettings)
	notebook := d.broken()
	older := filepath.Join(d.dir, "older.db")
	data, err := os.ReadFile(fmt.Sprint(d.rejoinder(notebook, "notebook", "backups")[0]["path"]))
	if err != nil {
		t.Fatal(err)
	}
	d.write("older.db", string(data))
	d.start(notebook)
	collection := func(name string) {
		d.key("ctrl+shift+n")
		d.settled()
		d.typeText(name)
		d.key("Return")
		d.settled()
	}
	collection("Before")
	d.recorded("the collection", func() bool { return d.there(notebook, "collections", 1) })
	if err := os.Rename(older, filepath.Join(notebook, "notebook.db")); err != nil {
		t.Fatal(err)
	}
	collection("After") // is refused
	d.key("Escape")     // the reason
	d.settled()
	d.key("Escape") // the form, which was still there
	d.settled()
	d.key("ctrl+shift+a")
	d.settled()
	d.key("Return") // the folder that is offered
	copied := notebook + "-copy"
	d.recorded("the copy", func() bool { return d.there(copied, "collections", 1) })
	d.settled()
	d.key("Return") // opens it
	d.settled()
	collection("In the copy")
	d.recorded("the work to go on in the copy", func() bool { return d.there(copied, "collections", 2) })
	d.stop()
	if !d.there(notebook, "collections", 0) || !d.there(copied, "articles", 1) {
		t.Error("the file that is there now was written to, or the copy lacks the article")
	}
}

// A second window on the same notebook says who has it, and has it when the first is
// closed and it is tried again.
func TestWindowIsAlone(t *testing.T) {
	d := newDesk(t, lightSettings)
	notebook := d.broken()
	holder := func() string {
		data, err := os.ReadFile(filepath.Join(notebook, "window.json"))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	d.start(notebook)
	first, window := d.program, d.window
	if !strings.Contains(holder(), fmt.Sprintf(`"pid":%d`, first.Process.Pid)) {
		t.Fatalf("the notebook is said to be held by %s", holder())
	}
	path, err := builtProgram()
	if err != nil {
		t.Fatal(err)
	}
	d.program = d.command(path, "--notebook", notebook)
	d.program.Stderr = d.log
	d.run(d.program)
	d.eventually("the second window", func() bool {
		out, err := d.command("xdotool", "search", "--onlyvisible", "--name", "^Rejoinder$").Output()
		for id := range strings.FieldsSeq(string(out)) {
			if id != window {
				d.window = id
			}
		}
		return err == nil && d.window != window
	})
	d.eventually("it to have the keys", func() bool {
		return d.command("timeout", "20", "xdotool", "windowactivate", "--sync", d.window).Run() == nil
	})
	d.settled()
	d.key("Return") // in vain
	d.settled()
	if err := first.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := first.Wait(); err != nil {
		t.Error("the first window ended with", err)
	}
	d.xdotool("windowactivate", "--sync", d.window)
	d.settled()
	d.key("Return")
	d.eventually("the second window to have the notebook", func() bool {
		return strings.Contains(holder(), fmt.Sprintf(`"pid":%d`, d.program.Process.Pid))
	})
	d.settled()
	d.stop()
}
